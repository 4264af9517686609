//! `/sag`: the latest decision on a case.

use index::Treatment;
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{FollowUp, FollowUpKind, Outcome, Reference};

use crate::opfoelgning::NEXT_MEETING_DAYS;
use crate::treatment::{self, Sitting, sittings};
use crate::{Answer, Context, Field, Request, Suggestion, UserError, choose, danish, suggest};

/// A number used at this many meetings …
const STANDING_MEETINGS: usize = 4;

/// … over at least this many years is a standing number, not one matter.
const STANDING_YEARS: i16 = 2;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("nummer").unwrap_or_default();
    match choose::case(context, typed, request.command.name)? {
        choose::Case::One(key, note) => {
            let mut answer = latest(context, request, context.archive.treatments(&key)?)?;
            if let Some(note) = note {
                answer.text = [note, answer.text].join("\n").trim_end().to_owned();
            }
            Ok(answer)
        }
        choose::Case::Answer(answer) => Ok(*answer),
    }
}

/// The answer on a case with at least one treatment.
fn latest(context: &Context<'_>, request: &Request, treatments: Vec<Treatment>) -> Result<Answer, UserError> {
    let today = context.today;
    let sittings = sittings(treatments);
    let Some(last) = sittings.last() else { return Ok(Answer::default()) };
    let last_decided = sittings.iter().rposition(Sitting::is_decided);
    let last_day = last.date;
    // What met on the last day, and if that decided nothing, the last that did.
    let newest: Vec<&Sitting> = sittings.iter().filter(|sitting| sitting.date == last_day).collect();
    let decided_earlier = match last_decided {
        Some(at) if !newest.iter().any(|sitting| sitting.is_decided()) => Some(&sittings[at]),
        _ => None,
    };
    let shown: Vec<&Treatment> =
        newest.iter().copied().chain(decided_earlier).flat_map(|sitting| &sitting.items).collect();
    let mut cards: Vec<_> = shown.iter().map(|treatment| treatment::card(treatment, today)).collect();
    let earlier = sittings.len() - newest.len();
    let named = unknown_references(&sittings).len();
    for (card, treatment) in cards.iter_mut().zip(&shown) {
        if treatment::has_minutes(context, &treatment.meeting)? {
            card.status = Some("På dagsordenen; punktet står ikke i mødets referat".to_owned());
        }
        let others = sittings.iter().flat_map(|sitting| &sitting.disagreeing);
        for (_, other) in others.filter(|(item, _)| *item == treatment.item_id) {
            card.status =
                card.status.take().map(|status| format!("{status}; en anden fil siger noget andet"));
            card.fields.insert(1, disagreement(other));
        }
        if let Some(next) = next(treatment, today) {
            card.fields.push(next_field(next, treatment.meeting.date, today));
            card.fields.push(Field::quoted("Det står der", next.quote.clone()));
        }
        if treatment.meeting.date == last_day {
            card.fields.push(Field::new("Tidligere", earlier_treatments(earlier, named)));
        }
    }
    let number = newest[0].items[0].item.case_number.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(Answer {
        title: title(&number, &shown),
        text: introduction(&sittings, &newest, decided_earlier, last_decided.is_some(), today),
        cards,
        suggestions: suggestions(&number, &newest),
        found: true,
        request: Some(request.with("nummer", &number)),
    })
}

/// Another document of the same meeting that has other words.
pub(crate) fn disagreement(other: &Treatment) -> Field {
    let text = other.item.decision.as_ref().map(|decision| decision.text.clone()).unwrap_or_default();
    Field::quoted(&format!("En anden fil om samme møde siger ({})", other.meeting.file), text)
}

fn title(number: &str, shown: &[&Treatment]) -> String {
    let first = shown[0].item.title.as_deref();
    let one_title = shown.iter().all(|treatment| treatment.item.title.as_deref() == first);
    match first.filter(|_| one_title) {
        Some(title) => format!("{number} · {title}"),
        None => format!("{number} · {}", danish::count(shown.len(), "punkt", "punkter")),
    }
}

/// What must be said before the cards: several items, a standing number, no decision, an older decision.
fn introduction(
    sittings: &[Sitting],
    newest: &[&Sitting],
    decided_earlier: Option<&Sitting>,
    any_decision: bool,
    today: Date,
) -> String {
    let mut lines = Vec::new();
    let first_day = sittings.iter().find_map(|sitting| sitting.date);
    let last_day = newest[0].date;
    if let (Some(first), Some(last)) = (first_day, last_day)
        && sittings.len() >= STANDING_MEETINGS
        && last.year() - first.year() >= STANDING_YEARS
    {
        lines.push(format!(
            "Nummeret er brugt på {} møder siden {}. Her er det seneste mødes punkter.",
            sittings.len(),
            first.year()
        ));
    }
    let items: usize = newest.iter().map(|sitting| sitting.items.len()).sum();
    if items > 1 {
        let when = last_day.map(|day| format!(" den {}", danish::date(day))).unwrap_or_default();
        lines.push(format!("Der var {items} punkter under nummeret{when}; de vises alle."));
    }
    let closed = newest.iter().all(|sitting| sitting.items.iter().all(|treatment| treatment.item.closed));
    let coming = last_day.is_some_and(|day| day >= today);
    let last_time = last_day.map_or_else(|| "uden dato".to_owned(), danish::date);
    let earlier = decided_earlier.and_then(|sitting| sitting.date).map(danish::date);
    let now = match (closed, coming, earlier.is_some()) {
        (true, _, true) => {
            format!("Seneste gang ({last_time}) var punktet lukket; beslutningen er ikke offentliggjort.")
        }
        (true, _, false) => "Punktet er lukket for offentligheden; referatet gengiver kun titlen.".to_owned(),
        (false, true, true) => format!("Sagen er på en dagsorden den {last_time} og ikke behandlet endnu."),
        (false, true, false) => "Sagen er på en dagsorden, men der er ingen beslutning endnu.".to_owned(),
        (false, false, true) => format!("Seneste gang er der ingen beslutning ({last_time})."),
        (false, false, false) => {
            "Der er ikke gengivet nogen beslutning i sagen i de indlæste referater.".to_owned()
        }
    };
    match earlier {
        Some(date) => lines.push(format!("{now} Den seneste beslutning er fra {date} og vises nedenunder.")),
        None if !any_decision => lines.push(now),
        None => {}
    }
    lines.join("\n")
}

/// The follow-up to show: the nearest one ahead, else the last one whose day has passed, else one without a day. Where the
/// matter was put off or sent on, the meeting that takes it up comes before anything else.
fn next(treatment: &Treatment, today: Date) -> Option<&FollowUp> {
    let unfinished = matches!(treatment::outcome(treatment), Outcome::Referred | Outcome::Postponed);
    let all = &treatment.item.follow_ups;
    let meetings = all.iter().filter(|next| next.kind == FollowUpKind::Meeting && next.to.is_some());
    let meetings: Vec<&FollowUp> = if unfinished { meetings.collect() } else { Vec::new() };
    let of_interest: Vec<&FollowUp> = if meetings.is_empty() { all.iter().collect() } else { meetings };
    let dated = || of_interest.iter().copied().filter(|next| next.to.is_some());
    let ahead = dated().filter(|next| next.to.is_some_and(|to| to >= today)).min_by_key(|next| next.from);
    ahead.or_else(|| dated().max_by_key(|next| next.to)).or_else(|| of_interest.first().copied())
}

/// What comes next, or what should have come: a day that has passed is said to have.
fn next_field(next: &FollowUp, meeting: Option<Date>, today: Date) -> Field {
    let when = danish::follow_up(next);
    let is_old = || meeting.is_some_and(|day| day.saturating_add(NEXT_MEETING_DAYS.days()) < today);
    match next.to {
        Some(to) if to < today => Field::new("Ventet", format!("{when} (datoen er passeret)")),
        None if is_old() => Field::new("Ventet", when),
        _ => Field::new("Næste", when),
    }
}

fn earlier_treatments(known: usize, named: usize) -> String {
    let read = match known {
        0 => "ingen tidligere behandling i de indlæste referater".to_owned(),
        _ => danish::count(known, "tidligere behandling", "tidligere behandlinger"),
    };
    match named {
        0 => read,
        _ => format!("{read}; {named} nævnt i teksten, men ikke læst ind"),
    }
}

/// References to treatments that are not in the archive, each once, with the treatment whose text names it.
pub(crate) fn unknown_references(sittings: &[Sitting]) -> Vec<(&Reference, &Treatment)> {
    let mut unknown: Vec<(&Reference, &Treatment)> = Vec::new();
    for treatment in sittings.iter().flat_map(|sitting| &sitting.items) {
        for reference in &treatment.item.references {
            let told = |(other, _): &(&Reference, &Treatment)| {
                (&other.number, other.date) == (&reference.number, reference.date)
            };
            if !is_known(sittings, reference) && !unknown.iter().any(told) {
                unknown.push((reference, treatment));
            }
        }
    }
    unknown
}

/// Whether a treatment on that day, with that number or none, is in the archive.
fn is_known(sittings: &[Sitting], reference: &Reference) -> bool {
    sittings.iter().filter(|sitting| sitting.date == reference.date).any(|sitting| {
        let same = |number: &String| *number == reference.number;
        sitting.items.iter().any(|treatment| treatment.item.number.as_ref().is_none_or(same))
    })
}

fn suggestions(number: &str, newest: &[&Sitting]) -> Vec<Suggestion> {
    let mut suggestions = vec![suggest(format!("/historik {number}"), "alle behandlinger af sagen")];
    let meeting = &newest[0].items[0].meeting;
    if let (Some(body), Some(date)) = (&meeting.body, meeting.date) {
        suggestions.push(suggest(format!("/møde udvalg:{body} dato:{date}"), "hele mødet"));
    }
    suggestions
}
