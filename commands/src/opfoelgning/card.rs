//! A follow-up as a card: when, what about, the sentence, where it stands, and what tells its state.

use index::Meeting;
use minutes::{FollowUpKind, Kind};

use super::group::Group;
use crate::follow_up_state::{Course, Evidence, State, Why};
use crate::treatment::{head_source, place};
use crate::{Card, Context, Field, UserError, danish};

/// Characters of a sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

pub(super) fn card(context: &Context<'_>, course: &Course, group: Group) -> Result<Card, UserError> {
    let row = &course.row;
    let source = head_source(&row.meeting, row.item.as_ref());
    let what: Vec<String> =
        [source.case_number.clone(), source.title.clone()].into_iter().flatten().collect();
    let mut fields = vec![
        Field::new("Sag", what.join(" · ")),
        Field::shortened("Det står der", &row.follow_up.quote, MOST_QUOTE_CHARS),
        Field::new("Fra", place(&row.meeting, source.number.as_deref())),
    ];
    let (status, evidence) = told(context, course)?;
    fields.extend(next_meeting(context, course)?);
    fields.extend(evidence);
    fields.retain(|field| !field.value.is_empty());
    let outcome = match (&course.state, &course.evidence) {
        (State::Treated | State::Postponed, Evidence::Item(item)) => Some(item.outcome),
        (State::Postponed, _) => Some(minutes::Outcome::Postponed),
        _ => None,
    };
    Ok(Card {
        heading: heading(course),
        status: Some(status),
        outcome,
        fields,
        item: Some(source),
        group: Some(group.label()),
    })
}

/// `23. september 2020 i Byrådet`.
fn heading(course: &Course) -> String {
    let follow_up = &course.row.follow_up;
    match (course.due, follow_up.from) {
        (Some((from, to)), None) => {
            let body = follow_up.body.as_ref().or(course.row.meeting.body.as_ref());
            let body = body.map(|body| format!(" i {body}")).unwrap_or_default();
            format!("{}{body} (næste møde)", danish::period(from, to))
        }
        _ => danish::capital(&danish::follow_up(follow_up)),
    }
}

/// What tells the day of a next meeting.
fn next_meeting(context: &Context<'_>, course: &Course) -> Result<Vec<Field>, UserError> {
    let Some(next) = &course.next else { return Ok(Vec::new()) };
    let Some(meeting) = context.archive.meeting(next.document)? else { return Ok(Vec::new()) };
    Ok(match &next.quote {
        Some(quote) => vec![
            Field::shortened("Mødets dag", quote, MOST_QUOTE_CHARS),
            Field::new("Nævnt i", cited(&meeting, None)),
        ],
        None => vec![Field::new(
            "Mødets dag",
            format!("efter {}: {}", papers(meeting.kind), cited(&meeting, None)),
        )],
    })
}

fn papers(kind: Kind) -> &'static str {
    if kind == Kind::Agenda { "dagsordenen" } else { "referatet" }
}

/// The state in words, and what it rests on.
fn told(context: &Context<'_>, course: &Course) -> Result<(String, Vec<Field>), UserError> {
    let state = match course.state {
        State::Coming => "Kommende",
        State::Treated => "Behandlet",
        State::Overdue => "Forfalden",
        State::Unknown => "Ukendt",
        State::Cancelled => "Aflyst",
        State::Postponed => "Udsat",
    };
    let told = match &course.evidence {
        Evidence::Day => (state.to_owned(), Vec::new()),
        Evidence::Why(why) => (format!("{state}: {}", explained(*why, course)), Vec::new()),
        Evidence::Minutes(first, _) if course.state == State::Unknown => {
            let day = danish::date(*first);
            (format!("{state}: det første referat derefter, der er læst ind, er fra {day}"), Vec::new())
        }
        Evidence::Minutes(first, count) => {
            let minutes = danish::count(*count, "referat", "referater");
            let text = format!(
                "{minutes} fra {} og senere er læst, og sagen står ikke i {}",
                danish::date(*first),
                if *count == 1 { "det" } else { "dem" }
            );
            (state.to_owned(), vec![Field::new("Fordi", text)])
        }
        Evidence::Item(item) => {
            let Some(meeting) = context.archive.meeting(item.document)? else {
                return Ok((state.to_owned(), Vec::new()));
            };
            let cited = cited(&meeting, item.number.as_deref());
            match course.state {
                State::Coming => (format!("{state}: på dagsordenen"), vec![Field::new("Dagsorden", cited)]),
                State::Unknown => (
                    format!("{state}: sagen var på dagsordenen, og referatet er ikke læst ind"),
                    vec![Field::new("Dagsorden", cited)],
                ),
                _ => (
                    format!("{state}: {}", danish::outcome_in_short(item.outcome)),
                    vec![Field::new("Behandlet", cited)],
                ),
            }
        }
        Evidence::Setback(setback) => {
            let meeting = context.archive.meeting(setback.document)?;
            let mut fields = vec![Field::shortened("Afgjort", &setback.quote, MOST_QUOTE_CHARS)];
            fields.extend(meeting.map(|it| Field::new("På", cited(&it, setback.number.as_deref()))));
            (state.to_owned(), fields)
        }
    };
    Ok(told)
}

/// Where something stands, with the file or page.
fn cited(meeting: &Meeting, number: Option<&str>) -> String {
    let source = meeting.url.as_ref().unwrap_or(&meeting.file);
    format!("{} ({source})", place(meeting, number))
}

fn explained(why: Why, course: &Course) -> String {
    let body = course.row.follow_up.body.as_ref().or(course.row.meeting.body.as_ref());
    let body = body.map_or("organet", String::as_str);
    let day = course.due.map(|(_, to)| danish::date(to));
    match (why, day) {
        (Why::NoMinutes, Some(day)) => {
            format!("ingen referater fra {body} fra {day} eller senere er læst ind")
        }
        (Why::NoMinutes, None) => format!("ingen senere møder i {body} er læst ind"),
        (Why::NoBody, _) => "teksten nævner ikke, hvem der skal tage det op".to_owned(),
        (Why::NoCase, _) => "punktet har intet sagsnummer at følge".to_owned(),
        (Why::Standing, _) => "punktet er et fast punkt, der er på hver gang".to_owned(),
        (Why::OtherTitle, _) => "sagsnummeret står i senere referater, men under en anden titel".to_owned(),
        (Why::Earlier, _) => "sagen blev behandlet før fristen, og ikke siden".to_owned(),
        (Why::NoDay, _) if course.row.follow_up.kind == FollowUpKind::Task => {
            "uden dato, og sagen er ikke set siden".to_owned()
        }
        (Why::NoDay, _) => "der er ingen dato".to_owned(),
        (Why::Withdrawn, _) => "kilden har trukket dokumentet tilbage".to_owned(),
    }
}
