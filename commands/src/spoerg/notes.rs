//! What is said beside the answer about a case: when it was decided, and that no vote is recorded. Nothing that no minutes say.

use index::Treatment;
use minutes::{Kind, Outcome, case_number};

use crate::treatment::{Sitting, place, sittings};
use crate::{Context, UserError, danish};

/// Times that are listed.
const MOST_TIMES: usize = 5;

/// Characters of a decision in whose words a reason may stand.
const MOST_REASON_CHARS: usize = 400;

/// Words that tell only how a vote went.
const OF_VOTES: [&str; 3] = ["stemte", "stemmer", "stemt"];

/// Words that a reason is given with, wherever they stand.
const REASONS: [&str; 6] = ["fordi", "idet", "grund", "grundet", "begrundelse", "skyldes"];

/// `Sagen er godkendt 12. marts 2019 i Teknisk Udvalg.`; None where no minutes say that it was.
pub(super) fn decided(context: &Context<'_>, case: &str) -> Result<Option<String>, UserError> {
    let mut times: Vec<String> = Vec::new();
    for sitting in of(context, case)? {
        let approved = sitting.items.iter().find_map(|treatment| Some((treatment, approved(treatment)?)));
        let Some(((treatment, outcome), date)) = approved.zip(sitting.date) else { continue };
        let outcome = danish::outcome_in_short(outcome);
        let body = treatment.meeting.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
        times.push(format!("{} {}{body}", outcome.to_lowercase(), danish::date(date)));
    }
    times.truncate(MOST_TIMES);
    Ok(Some(format!("Sagen er {}.", danish::list(&times))).filter(|_| !times.is_empty()))
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
        None => Some(format!("At sagen er {said}, står ikke i de indlæste referater.")),
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

/// That the minutes record no vote on a case; None where one is recorded, or the case is not known by this number.
pub(super) fn no_vote(context: &Context<'_>, case: &str) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let mut decisions = sittings.iter().flat_map(|it| &it.items).filter_map(|it| it.item.decision.as_ref());
    let has_vote = decisions.any(|decision| decision.votes.is_some());
    let said = "Der er ikke gengivet nogen afstemning om sagen i de indlæste referater.".to_owned();
    Ok(Some(said).filter(|_| !sittings.is_empty() && !has_vote))
}

fn of(context: &Context<'_>, case: &str) -> Result<Vec<Sitting>, UserError> {
    Ok(sittings(context.archive.treatments(&case_number::key(case))?))
}

/// The outcome of an item that was approved, with or without changes.
fn approved(treatment: &Treatment) -> Option<Outcome> {
    let outcome = treatment.item.decision.as_ref()?.outcome;
    let is_approved = matches!(outcome, Outcome::Approved | Outcome::Amended);
    Some(outcome).filter(|_| is_approved && treatment.meeting.kind == Kind::Minutes)
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
