//! `/sag`: the latest decision on a case.

use std::collections::BTreeSet;

use index::{CaseMeeting, FollowUpRow, Treatment};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{FollowUpKind, Outcome, Reference};

use crate::follow_up_state::{Course, NEXT_MEETING_DAYS, State, courses};
use crate::treatment::{self, Sitting, sittings};
use crate::{Answer, Context, Field, Request, Suggestion, UserError, choose, danish, opfoelgning, suggest};

/// A number used at this many meetings …
const STANDING_MEETINGS: usize = 4;

/// … over at least this many years is a standing number, not one matter.
const STANDING_YEARS: i16 = 2;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("nummer").unwrap_or_default();
    match choose::case(context, typed, request.command.name)? {
        choose::Case::One(key, note) => {
            let mut answer = latest(context, request, &key)?;
            if let Some(note) = note {
                answer.text = [note, answer.text].join("\n").trim_end().to_owned();
            }
            Ok(answer)
        }
        choose::Case::Answer(answer) => Ok(*answer),
    }
}

/// The answer on a case with at least one treatment. Only what is shown is read: a number may have been used at hundreds of
/// meetings.
fn latest(context: &Context<'_>, request: &Request, key: &str) -> Result<Answer, UserError> {
    let (archive, today) = (context.archive, context.today);
    let meetings = archive.case_meetings(key)?;
    let Some(last_day) = meetings.last().map(|last| last.date) else { return Ok(Answer::default()) };
    // What met on the last day, and if that decided nothing, the last that did.
    let newest = sittings(archive.treatments_on(key, last_day)?);
    let last_decided = meetings.iter().rfind(|meeting| meeting.is_decided);
    let decided_earlier = match last_decided {
        Some(meeting) if meeting.date != last_day => {
            sittings(archive.treatments_on(key, meeting.date)?).into_iter().rfind(Sitting::is_decided)
        }
        _ => None,
    };
    let on_show = || newest.iter().chain(&decided_earlier);
    let shown: Vec<&Treatment> = on_show().flat_map(|sitting| &sitting.items).collect();
    if shown.is_empty() {
        // Its document was corrected since the meetings were listed.
        return Ok(Answer::default());
    }
    let mut cards: Vec<_> = shown.iter().map(|treatment| treatment::card(treatment, today)).collect();
    let earlier = meetings.iter().filter(|meeting| meeting.date != last_day).count();
    let named = unknown_references(&shown, &named_days(context, key, &meetings, &shown)?).len();
    for (card, treatment) in cards.iter_mut().zip(&shown) {
        if treatment::has_minutes(context, &treatment.meeting)? {
            let status = "På dagsordenen; punktet står ikke i mødets referat".to_owned();
            card.status = Some(treatment::with_withdrawal(status, &treatment.meeting));
        }
        let others = on_show().flat_map(|sitting| &sitting.disagreeing);
        for (_, other) in others.filter(|(item, _)| *item == treatment.item_id) {
            card.status =
                card.status.take().map(|status| format!("{status}; en anden fil siger noget andet"));
            card.fields.insert(1, disagreement(other));
        }
        if let Some(next) = next(context, treatment)? {
            card.fields.extend(next_fields(context, &next)?);
        }
        if treatment.meeting.date == last_day {
            card.fields.push(Field::new("Tidligere", earlier_treatments(earlier, named)));
        }
    }
    let number = newest[0].items[0].item.case_number.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(Answer {
        title: title(&number, &shown),
        text: introduction(&meetings, &newest, decided_earlier.as_ref(), today),
        cards,
        suggestions: suggestions(context, &number, &newest),
        found: true,
        request: Some(request.with("nummer", &number)),
        ..Answer::default()
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

/// Since when a number stands for many matters; None for the number of one.
pub(crate) fn standing_since(meetings: &[CaseMeeting]) -> Option<Date> {
    let first = meetings.iter().find_map(|meeting| meeting.date)?;
    let last = meetings.last()?.date?;
    let is_standing = meetings.len() >= STANDING_MEETINGS && last.year() - first.year() >= STANDING_YEARS;
    is_standing.then_some(first)
}

/// What must be said before the cards: several items, a standing number, no decision, an older decision.
fn introduction(
    meetings: &[CaseMeeting],
    newest: &[Sitting],
    decided_earlier: Option<&Sitting>,
    today: Date,
) -> String {
    let mut lines = Vec::new();
    let last_day = newest[0].date;
    if let Some(first) = standing_since(meetings) {
        lines.push(format!(
            "Nummeret er brugt på {} møder siden {}. Her er det seneste mødes punkter.",
            meetings.len(),
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
        None if !meetings.iter().any(|meeting| meeting.is_decided) => lines.push(now),
        None => {}
    }
    lines.join("\n")
}

/// The follow-up to show: the nearest one that is coming, else the nearest one ahead, else the last one whose day has passed, else one
/// without a day. Where the matter was put off or sent on, the meeting that takes it up comes before anything else.
fn next(context: &Context<'_>, treatment: &Treatment) -> Result<Option<Course>, UserError> {
    if treatment.item.follow_ups.is_empty() {
        return Ok(None);
    }
    let mut rows = context.archive.follow_ups_of(treatment.meeting.document)?;
    // When the body meets next is nothing of the case.
    rows.retain(|row| {
        row.item.as_ref().is_some_and(|item| item.item_id == treatment.item_id)
            && !minutes::is_day_of_next_meeting(&row.follow_up.quote)
    });
    let unfinished = matches!(treatment::outcome(treatment), Outcome::Referred | Outcome::Postponed);
    let is_meeting =
        |row: &FollowUpRow| row.follow_up.kind == FollowUpKind::Meeting && row.follow_up.to.is_some();
    if unfinished && rows.iter().any(is_meeting) {
        rows.retain(is_meeting);
    }
    let all = courses(context, rows)?;
    let ahead = |course: &&Course| course.due.is_some_and(|(_, to)| to >= context.today);
    let dated = || all.iter().filter(|course| course.due.is_some());
    let nearest = |among: &dyn Fn(&&Course) -> bool| dated().filter(among).min_by_key(|course| course.due);
    let chosen = nearest(&|course| ahead(course) && course.state == State::Coming)
        .or_else(|| all.iter().find(|course| course.state == State::Coming))
        .or_else(|| nearest(&ahead))
        .or_else(|| dated().max_by_key(|course| course.due.map(|due| due.1)))
        .or_else(|| all.first());
    Ok(chosen.cloned())
}

/// What comes next, or what should have come and what became of it; with the sentence, and what tells its state.
fn next_fields(context: &Context<'_>, next: &Course) -> Result<Vec<Field>, UserError> {
    let when = opfoelgning::when(next);
    let quote = Field::quoted("Det står der", next.row.follow_up.quote.clone());
    let said = next.row.meeting.date;
    let is_old = said.is_some_and(|day| day.saturating_add(NEXT_MEETING_DAYS.days()) < context.today);
    let is_open = next.state == State::Unknown && next.due.is_none() && !is_old;
    if next.state == State::Coming || is_open {
        return Ok(vec![Field::new("Næste", when), quote]);
    }
    let (status, evidence) = opfoelgning::told(context, next)?;
    let is_over = next.due.is_some_and(|(_, to)| to < context.today);
    let passed = if is_over && next.state == State::Unknown { "datoen er passeret; " } else { "" };
    let mut fields = vec![Field::new("Ventet", format!("{when} ({passed}{})", inside(&status))), quote];
    fields.extend(evidence);
    Ok(fields)
}

/// A status as it stands inside a sentence: `behandlet: godkendt`.
fn inside(status: &str) -> String {
    status.split(": ").map(danish::uncapital).collect::<Vec<_>>().join(": ")
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

/// The case's meetings on the days that these treatments name.
fn named_days(
    context: &Context<'_>,
    key: &str,
    meetings: &[CaseMeeting],
    naming: &[&Treatment],
) -> Result<Vec<Sitting>, UserError> {
    let days: BTreeSet<_> = meetings.iter().map(|meeting| meeting.date).collect();
    let named: BTreeSet<_> = naming
        .iter()
        .flat_map(|treatment| &treatment.item.references)
        .map(|reference| reference.date)
        .filter(|day| days.contains(day))
        .collect();
    let mut known = Vec::new();
    for day in named {
        known.extend(sittings(context.archive.treatments_on(key, day)?));
    }
    Ok(known)
}

/// References to treatments that are not among the known ones, each once, with the treatment whose text names it.
pub(crate) fn unknown_references<'a>(
    naming: &[&'a Treatment],
    known: &[Sitting],
) -> Vec<(&'a Reference, &'a Treatment)> {
    let mut unknown: Vec<(&Reference, &Treatment)> = Vec::new();
    for &treatment in naming {
        for reference in &treatment.item.references {
            let told = |(other, _): &(&Reference, &Treatment)| {
                (&other.number, other.date) == (&reference.number, reference.date)
            };
            if !is_known(known, reference) && !unknown.iter().any(told) {
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

fn suggestions(context: &Context<'_>, number: &str, newest: &[Sitting]) -> Vec<Suggestion> {
    let mut suggestions = vec![suggest(format!("/historik {number}"), "alle behandlinger af sagen")];
    let meeting = &newest[0].items[0].meeting;
    if let (Some(body), Some(date)) = (&meeting.body, meeting.date) {
        suggestions.push(suggest(format!("/møde udvalg:{body} dato:{date}"), "hele mødet"));
    }
    if !number.is_empty() {
        suggestions.push(suggest(format!("/beslægtet {number}"), "beslægtede sager"));
    }
    if context.asker.place.is_some() && !number.is_empty() {
        suggestions.push(suggest(format!("/følg sag:{number}"), "følg sagen"));
    }
    suggestions
}
