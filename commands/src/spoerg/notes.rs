//! What is said beside the answer about a case: when it was decided, and that no vote is recorded. Nothing that no minutes say.

use std::collections::HashSet;

use index::{Treatment, Was};
use jiff::civil::Date;
use minutes::{Kind, Outcome, Votes, case_number, term};

use crate::seats::{AttendanceLists, Place, Seated};
use crate::treatment::{Sitting, place, sittings};
use crate::{Context, UserError, danish, sag};

/// Times that are listed.
const MOST_TIMES: usize = 5;

/// Characters of a decision in whose words a reason may stand.
const MOST_REASON_CHARS: usize = 400;

/// Words that tell only how a vote went.
const OF_VOTES: [&str; 3] = ["stemte", "stemmer", "stemt"];

/// Words that a reason is given with, wherever they stand.
const REASONS: [&str; 6] = ["fordi", "idet", "grund", "grundet", "begrundelse", "skyldes"];

/// `Sagen er godkendt 12. marts 2019 i Teknisk Udvalg.`, or that no minutes say that it had one of these outcomes. None where the case
/// is not known by this number.
pub(super) fn decided(
    context: &Context<'_>,
    case: &str,
    outcomes: &[Outcome],
    said: &str,
) -> Result<Option<String>, UserError> {
    let mut times: Vec<String> = Vec::new();
    let sittings = of(context, case)?;
    for sitting in &sittings {
        let decided =
            sitting.items.iter().find_map(|treatment| Some((treatment, outcome_among(treatment, outcomes)?)));
        let Some(((treatment, outcome), date)) = decided.zip(sitting.date) else { continue };
        let outcome = danish::outcome_in_short(outcome);
        let body = treatment.meeting.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
        times.push(format!("{} {}{body}", outcome.to_lowercase(), danish::date(date)));
    }
    times.truncate(MOST_TIMES);
    Ok(match (sittings.is_empty(), times.is_empty()) {
        (true, _) => None,
        (false, true) => Some(never(said)),
        (false, false) => Some(format!("Sagen er {}.", danish::list(&times))),
    })
}

/// `I den tid (maj 2021) er sagen behandlet 3. maj 2021 i Teknisk Udvalg (udsat).`, or that it was not treated in those days. None where the case is not known by this
/// number.
pub(super) fn treated(
    context: &Context<'_>,
    case: &str,
    (from, to): (Date, Date),
) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let mut times: Vec<String> = Vec::new();
    for sitting in &sittings {
        let Some((day, item)) = sitting.date.zip(sitting.items.last()) else { continue };
        if (from..=to).contains(&day) {
            let outcome = danish::outcome_in_short(crate::treatment::outcome(item)).to_lowercase();
            let body = item.meeting.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
            times.push(format!("{}{body} ({outcome})", danish::date(day)));
        }
    }
    times.truncate(MOST_TIMES);
    let asked = danish::period(from, to);
    Ok(match (sittings.is_empty(), times.is_empty()) {
        (true, _) => None,
        (false, true) => Some(format!("I de indlæste referater er sagen ikke behandlet {asked}.")),
        (false, false) => Some(format!("I den tid ({asked}) er sagen behandlet {}.", danish::list(&times))),
    })
}

/// `Sagen er behandlet igen senere, senest 9. oktober 2023 i Byrådet (godkendt).`, or that its number was used again or is on an agenda;
/// None where nothing later is known.
pub(super) fn came_back(context: &Context<'_>, treatment: &Treatment) -> Result<Option<String>, UserError> {
    let (Some(number), Some(day)) = (&treatment.item.case_number, treatment.meeting.date) else {
        return Ok(None);
    };
    let meetings = context.archive.case_meetings(&number.key())?;
    let Some(last) = meetings.last().filter(|last| last.date > Some(day)) else { return Ok(None) };
    let held = sittings(context.archive.treatments_on(&number.key(), last.date)?);
    let Some((item, date)) = held.last().and_then(|sitting| sitting.items.last().zip(sitting.date)) else {
        return Ok(None);
    };
    let outcome = danish::outcome_in_short(crate::treatment::outcome(item)).to_lowercase();
    let body = item.meeting.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
    let at = format!("{}{body}", danish::date(date));
    Ok(Some(if sag::standing_since(&meetings).is_some() {
        format!("Nummeret er brugt igen senere, senest {at}.")
    } else if item.meeting.kind == Kind::Agenda {
        format!("Sagen står senere på dagsordenen: {at}.")
    } else {
        format!("Sagen er behandlet igen senere, senest {at} ({outcome}).")
    }))
}

/// The words in which the latest decision of this outcome says why; that it says no more than the outcome; or that there is none. None
/// where the case is not known by this number.
pub(super) fn reason(
    context: &Context<'_>,
    case: &str,
    outcomes: &[Outcome],
    said: &str,
) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let mut decided = sittings.iter().rev().flat_map(|sitting| &sitting.items).filter_map(|treatment| {
        let decision = treatment.item.decision.as_ref()?;
        let is_it = outcomes.contains(&decision.outcome) && treatment.meeting.kind == Kind::Minutes;
        is_it.then_some((&treatment.meeting, decision.text.as_str()))
    });
    Ok(match decided.next() {
        None if sittings.is_empty() => None,
        None => Some(never(said)),
        Some((meeting, text)) => {
            let (at, words) = (place(meeting, None), danish::one_line(text));
            let quoted = danish::shorten(&words, MOST_REASON_CHARS);
            Some(if says_more(text) {
                format!("Sagen blev {said} ({at}) med ordene: »{quoted}«")
            } else {
                format!("Hvorfor sagen blev {said}, står ikke i beslutningen ({at}): »{quoted}«")
            })
        }
    })
}

/// Whether a decision says more than its outcome, which is its first sentence, and who voted how.
fn says_more(decision: &str) -> bool {
    let sentences = decision.split(['.', '\n', ';']).map(str::trim).filter(|sentence| !sentence.is_empty());
    let words = |sentence: &str| -> Vec<String> {
        sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    sentences.enumerate().any(|(nth, sentence)| {
        let words = words(sentence);
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        // Letters of parties and dates cut off at their full stop are no sentences.
        has(&REASONS)
            || (nth > 0 && !has(&OF_VOTES) && words.iter().filter(|word| word.len() > 2).count() > 2)
    })
}

/// Whether a case stands in the minutes of one meeting only.
pub(super) fn is_treated_once(context: &Context<'_>, case: &str) -> Result<bool, UserError> {
    Ok(of(context, case)?.len() == 1)
}

/// That the minutes record no vote on a case, or at which earlier meetings they do; None where its latest treatment records one, or the
/// case is not known by this number.
pub(super) fn votes(context: &Context<'_>, case: &str) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let Some(latest) = sittings.last() else { return Ok(None) };
    if latest.items.iter().any(|treatment| vote(treatment).is_some()) {
        return Ok(None);
    }
    let voted = sittings.iter().rev().flat_map(|it| &it.items).find_map(|treatment| {
        let text = danish::shorten(&danish::one_line(&vote(treatment)?.text), MOST_REASON_CHARS);
        Some(format!("Der blev stemt om sagen ({}): »{text}«", place(&treatment.meeting, None)))
    });
    Ok(Some(voted.unwrap_or_else(|| {
        "Der er ikke gengivet nogen afstemning om sagen i de indlæste referater.".to_owned()
    })))
}

fn vote(treatment: &Treatment) -> Option<&Votes> {
    treatment.item.decision.as_ref()?.votes.as_ref()
}

/// Who sits on a body for a party on a day: `Med (V) pr. 1. oktober 2021: Henrik Ørnholt.`, or that nobody is told to.
pub(super) fn of_party(
    context: &Context<'_>,
    body_key: &str,
    day: Date,
    party: &str,
    letter: &str,
) -> Result<String, UserError> {
    let rows = context.archive.seats(body_key)?;
    let changes = context.archive.party_changes(day)?;
    let roster = context.council.roster.in_body(body_key);
    let seated = Seated::new(&rows, &roster, &changes);
    let is_theirs = |told: &str| {
        told.split(|c: char| !c.is_alphanumeric())
            .any(|word| word == letter || danish::fold(word) == danish::fold(party))
    };
    let of = |place: &Place<'_>| seated.parties().of(place, day).is_some_and(|told| is_theirs(&told));
    let sitting = seated.sitting(day);
    let names = sitting.iter().filter(|sitting| of(sitting.place));
    let names: Vec<String> = names.map(|sitting| seated.name(sitting.place).to_owned()).collect();
    // Of whom no decision tells, the last list that names somebody may.
    let attended = context.archive.attended(body_key, (term::of(day).0, day))?;
    let lists = AttendanceLists(&attended);
    let mut seen = HashSet::new();
    let others = attended
        .iter()
        .filter(|row| row.was != Was::Substitute && row.person_key.contains(' '))
        .filter(|row| seen.insert(row.person_key.as_str()) && !seated.tells_of(&row.person_key, day))
        .filter(|row| lists.party(&row.person_key).is_some_and(is_theirs));
    let others: Vec<String> = others.map(|row| row.person.clone()).collect();
    let day = danish::date(day);
    let called = if party == letter { letter.to_owned() } else { format!("{party} ({letter})") };
    let listed = || format!("{} (i fremmødelisten)", danish::list(&others));
    Ok(match (names.is_empty(), others.is_empty()) {
        (true, true) => format!("Ingen medlemmer er skrevet med {called} pr. {day}."),
        (false, true) => format!("For {called} pr. {day}: {}.", danish::list(&names)),
        (true, false) => format!("For {called} pr. {day}: {}.", listed()),
        (false, false) => format!("For {called} pr. {day}: {}; desuden {}.", danish::list(&names), listed()),
    })
}

/// That a party is written by its letter where the minutes of a case tell of votes; None where they call it by its name, or have no such
/// letter.
pub(super) fn written(
    context: &Context<'_>,
    case: &str,
    party: &str,
    letter: &str,
) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let decisions = sittings.iter().flat_map(|it| &it.items).filter_map(|it| it.item.decision.as_ref());
    let texts: Vec<&str> = decisions.filter(|it| it.votes.is_some()).map(|it| it.text.as_str()).collect();
    let folded = danish::fold(party);
    let stands = |is: &dyn Fn(&str) -> bool| {
        texts.iter().any(|text| text.split(|c: char| !c.is_alphanumeric()).any(is))
    };
    let by_name = stands(&|word| danish::fold(word).trim_end_matches('s') == folded.trim_end_matches('s'));
    let said = || format!("{party} er skrevet {letter} ved afstemninger.");
    Ok((!by_name && stands(&|word| word == letter)).then(said))
}

fn of(context: &Context<'_>, case: &str) -> Result<Vec<Sitting>, UserError> {
    Ok(sittings(context.archive.treatments(&case_number::key(case))?))
}

fn never(said: &str) -> String {
    format!("At sagen er {said}, står ikke i de indlæste referater.")
}

/// The outcome of an item that was decided in one of these ways.
fn outcome_among(treatment: &Treatment, outcomes: &[Outcome]) -> Option<Outcome> {
    let outcome = treatment.item.decision.as_ref()?.outcome;
    Some(outcome).filter(|outcome| outcomes.contains(outcome) && treatment.meeting.kind == Kind::Minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_that_only_tells_its_outcome_and_votes_gives_no_reason() {
        for (decision, expected) in [
            ("Udsat.", false),
            ("Sagen udsættes til mødet den 3. maj 2021.", false),
            ("Udsat.\n\nUdvalget vil først høre naboerne.", true),
            ("Udsat på grund af manglende tid.", true),
            ("Afvist, idet der ikke er afsat penge.", true),
            (
                "Forslaget blev forkastet med 12 stemmer mod 7. For stemte: B, F og Ø. Imod stemte: A og V.",
                false,
            ),
            ("Afvist.\nFor stemte: A.\nImod stemte: B, C og V.", false),
        ] {
            assert_eq!(says_more(decision), expected, "{decision}");
        }
    }
}
