//! A follow-up as a card: when, what about, the sentence, where it stands, and what tells its state.

use index::{Meeting, SetbackRow, TracedItem};
use jiff::ToSpan;
use minutes::{FollowUpKind, Kind};

use super::group::Group;
use crate::follow_up_state::{Course, Evidence, State, Why, is_put_off_by_itself, other_case, other_item};
use crate::treatment::{head_source, place};
use crate::{Card, Context, Field, UserError, danish};

/// Days between two meetings of a body that has its summer.
const LONGEST_GAP_DAYS: i32 = 62;

/// Characters of a sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

pub(super) fn card(context: &Context<'_>, course: &Course, group: Group) -> Result<Card, UserError> {
    let row = &course.row;
    let source = head_source(&row.meeting, row.item.as_ref());
    // A sentence that names another case is of that one; whose title it is, is not told here. The day of a meeting is of none.
    let what: Vec<String> = match (other_case(row), other_item(row)) {
        _ if minutes::is_day_of_next_meeting(&row.follow_up.quote) => Vec::new(),
        (Some(other), _) => vec![other.to_string()],
        (None, Some(number)) => vec![format!("punkt {number} på samme møde")],
        (None, None) => [source.case_number.clone(), source.title.clone()].into_iter().flatten().collect(),
    };
    let mut fields = vec![
        Field::new("Sag", what.join(" · ")),
        Field::shortened("Det står der", &row.follow_up.quote, MOST_QUOTE_CHARS),
        Field::new("Fra", place(&row.meeting, source.number.as_deref())),
    ];
    if let Some(body) = row.meeting.body.as_ref().filter(|_| is_put_off_by_itself(row)) {
        let is_put_off = row.item.as_ref().is_some_and(|item| item.outcome == minutes::Outcome::Postponed);
        let why = if is_put_off { "som udsatte det" } else { "hvor det kommer igen" };
        fields.push(Field::new("Hvem", format!("{body}, {why}; teksten nævner ingen andre")));
    }
    let (status, evidence) = told(context, course)?;
    fields.extend(next_meeting(context, course)?);
    fields.extend(evidence);
    fields.retain(|field| !field.value.is_empty());
    let outcome = match (&course.state, &course.evidence) {
        (State::Treated | State::Postponed, Evidence::Item(item) | Evidence::OtherNumber(item)) => {
            Some(item.outcome)
        }
        (State::Postponed, _) => Some(minutes::Outcome::Postponed),
        _ => None,
    };
    Ok(Card {
        heading: danish::capital(&when(course)),
        status: Some(status),
        outcome,
        fields,
        item: Some(source),
        group: Some(group.label()),
    })
}

/// `23. september 2020 i Byrådet`.
pub(crate) fn when(course: &Course) -> String {
    let follow_up = &course.row.follow_up;
    match (course.due, follow_up.from) {
        (Some((from, to)), None) => {
            let body = follow_up.body.as_ref().or(course.row.meeting.body.as_ref());
            let body = body.map(|body| format!(" i {body}")).unwrap_or_default();
            format!("{}{body} (næste møde)", danish::period(from, to))
        }
        _ => danish::follow_up_said(follow_up, course.row.meeting.date),
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
pub(crate) fn told(context: &Context<'_>, course: &Course) -> Result<(String, Vec<Field>), UserError> {
    let state = name(course.state);
    let told = match &course.evidence {
        Evidence::Day => (state.to_owned(), Vec::new()),
        Evidence::Why(why) => (format!("{state}: {}", explained(*why, course)), Vec::new()),
        Evidence::Minutes(first, _) if course.state == State::Unknown => {
            let day = danish::date(*first);
            (format!("{state}: det første referat derefter, der er læst ind, er fra {day}"), Vec::new())
        }
        Evidence::Minutes(first, count) => {
            let minutes = danish::count(*count, "referat", "referater");
            let mut text = format!(
                "{minutes} fra {} og senere er læst, og sagen står ikke i {}",
                danish::date(*first),
                if *count == 1 { "det" } else { "dem" }
            );
            // Where some are missing before the first, it may have been treated there.
            if let Some((_, to)) = course.due
                && to.saturating_add(LONGEST_GAP_DAYS.days()) < *first
            {
                text += &format!("; fra {} til da er intet referat læst ind", danish::date(to));
            }
            (state.to_owned(), vec![Field::new("Fordi", text)])
        }
        Evidence::Item(item) => return told_by_item(context, course, item),
        Evidence::TurnedDown(item) => {
            let meeting = context.archive.meeting(item.document)?;
            let field = meeting.map(|it| Field::new("Afgjort på", cited(&it, item.number.as_deref())));
            let text = format!("{state}: det blev foreslået, og en senere beslutning går imod det");
            (text, field.into_iter().collect())
        }
        Evidence::OtherNumber(item) => {
            let (status, fields) = told_by_item(context, course, item)?;
            (format!("{status} (samme titel, under et andet sagsnummer)"), fields)
        }
        Evidence::Setback(setback) => (put_off_to(course, setback), off_fields(context, setback)?),
    };
    Ok(told)
}

/// What an item tells: that it treated the matter, put it off, or is to treat it.
fn told_by_item(
    context: &Context<'_>,
    course: &Course,
    item: &TracedItem,
) -> Result<(String, Vec<Field>), UserError> {
    let Some(meeting) = context.archive.meeting(item.document)? else {
        return Ok((name(course.state).to_owned(), Vec::new()));
    };
    let cited = cited(&meeting, item.number.as_deref());
    let outcome = danish::outcome_in_short(item.outcome);
    Ok(match course.state {
        State::Coming => ("Kommende: på dagsordenen".to_owned(), vec![Field::new("Dagsorden", cited)]),
        State::Unknown => (
            "Ukendt: sagen var på dagsordenen, og referatet er ikke læst ind".to_owned(),
            vec![Field::new("Dagsorden", cited)],
        ),
        State::Treated => {
            let is_early = course.due.is_some_and(|(from, _)| item.date < from);
            let early = if is_early { " før fristen" } else { "" };
            let elsewhere = elsewhere(course, item, &meeting).unwrap_or_default();
            let mut fields = Vec::new();
            let status = match &course.put_off {
                // The number says that the case went on, not that a promise without a day was kept.
                None if course.row.follow_up.kind == FollowUpKind::Task && course.due.is_none() => {
                    "Sagen er behandlet siden; om opgaven er løst, siges ikke".to_owned()
                }
                None => format!("Behandlet{early}{elsewhere}: {outcome}"),
                Some(put_off) => {
                    let (day, evidence) = put_off_by(context, put_off)?;
                    fields.extend(evidence);
                    let treated = danish::date(item.date);
                    format!("Udsat{day}, behandlet {treated}{elsewhere}: {outcome}")
                }
            };
            fields.push(Field::new("Behandlet", cited));
            (status, fields)
        }
        State::Postponed => (name(course.state).to_owned(), vec![Field::new("Udsat på", cited)]),
        _ => (format!("{}: {outcome}", name(course.state)), vec![Field::new("Behandlet", cited)]),
    })
}

/// ` i Byrådet, ikke i Teknikudvalget`: where another body treated it than the one that was to, whose minutes from then on tell
/// nothing of it; None where it was that one, or none was told.
fn elsewhere(course: &Course, item: &TracedItem, meeting: &Meeting) -> Option<String> {
    course.body.as_ref().filter(|key| **key != item.body_key)?;
    let wanted = course.row.follow_up.body.as_ref().or(course.row.meeting.body.as_ref())?;
    let treated = meeting.body.as_ref()?;
    Some(match course.has_minutes {
        true => format!(" i {treated}, ikke i {wanted}"),
        false => format!(" i {treated} (om {wanted} har behandlet den, vides ikke)"),
    })
}

/// When something was put off before it was treated, and what says so.
fn put_off_by(context: &Context<'_>, put_off: &Evidence) -> Result<(String, Vec<Field>), UserError> {
    Ok(match put_off {
        Evidence::Setback(setback) => {
            (format!(" {}", danish::date(setback.decided_on)), off_fields(context, setback)?)
        }
        Evidence::Item(item) => {
            let meeting = context.archive.meeting(item.document)?;
            let field = meeting.map(|it| Field::new("Udsat på", cited(&it, item.number.as_deref())));
            (format!(" {}", danish::date(item.date)), field.into_iter().collect())
        }
        _ => (String::new(), Vec::new()),
    })
}

/// `Udsat til 8. april 2024`, where the decision tells the day.
fn put_off_to(course: &Course, setback: &SetbackRow) -> String {
    let state = name(course.state);
    match minutes::moved(&setback.quote, setback.decided_on).to {
        Some((from, to)) if !setback.is_cancelled => format!("{state} til {}", danish::period(from, to)),
        _ => state.to_owned(),
    }
}

/// The words that put something off or call it off, and where they stand.
fn off_fields(context: &Context<'_>, setback: &SetbackRow) -> Result<Vec<Field>, UserError> {
    let meeting = context.archive.meeting(setback.document)?;
    let mut fields = vec![Field::shortened("Afgjort", &setback.quote, MOST_QUOTE_CHARS)];
    fields.extend(meeting.map(|it| Field::new("På", cited(&it, setback.number.as_deref()))));
    Ok(fields)
}

fn name(state: State) -> &'static str {
    match state {
        State::Coming => "Kommende",
        State::Treated => "Behandlet",
        State::Overdue => "Forfalden",
        State::Unknown => "Ukendt",
        State::Cancelled => "Aflyst",
        State::Postponed => "Udsat",
    }
}

/// Where something stands, with the file or page.
fn cited(meeting: &Meeting, number: Option<&str>) -> String {
    let source = meeting.url.as_ref().unwrap_or(&meeting.file);
    format!("{} ({source})", place(meeting, number))
}

/// Whether a body is only named by letters that nothing here explains: what has an explanation has been looked for by its name.
fn is_abbreviation(body: &str) -> bool {
    const LONGEST: usize = 5;
    body.chars().count() <= LONGEST && body.chars().all(char::is_uppercase)
}

fn explained(why: Why, course: &Course) -> String {
    let body = course.row.follow_up.body.as_ref().or(course.row.meeting.body.as_ref());
    let body = body.map_or("organet", String::as_str);
    let day = course.due.map(|(_, to)| danish::date(to));
    match (why, day) {
        (Why::NoMinutes, _) if is_abbreviation(body) => {
            format!("det er ikke fortalt, hvilket organ {body} er")
        }
        (Why::NoMinutes, Some(day)) => {
            format!("ingen referater fra {body} fra {day} eller senere er læst ind")
        }
        (Why::NoMinutes, None) => format!("ingen senere møder i {body} er læst ind"),
        (Why::NoBody, _) => "teksten nævner ikke, hvem der skal tage det op".to_owned(),
        (Why::NoCase, _) => "punktet har intet sagsnummer at følge".to_owned(),
        (Why::Standing, _) => "punktet er et fast punkt, der er på hver gang".to_owned(),
        (Why::OtherTitle, _) => "sagsnummeret står i senere referater, men under en anden titel".to_owned(),
        (Why::OtherItem, _) => "teksten udsætter et andet punkt på dagsordenen".to_owned(),
        (Why::OwnMeeting, _) => "teksten siger, hvornår næste møde er, og nævner ingen sag".to_owned(),
        (Why::Earlier, _) => "sagen blev behandlet før fristen, og ikke siden".to_owned(),
        (Why::NoDay, _) if course.row.follow_up.kind == FollowUpKind::Task => {
            "uden dato, og sagen er ikke set siden".to_owned()
        }
        (Why::NoDay, _) => "der er ingen dato".to_owned(),
        (Why::Rejected, _) => {
            "punktet blev afvist, og beslutningen siger ikke, at det sker alligevel".to_owned()
        }
        (Why::PointRejected, _) => {
            "punktet i indstillingen blev afvist, og beslutningen siger ikke, at det sker alligevel"
                .to_owned()
        }
        (Why::TakenOff, _) => {
            "punktet blev taget af dagsordenen, og beslutningen siger ikke, at det sker alligevel".to_owned()
        }
        (Why::NotFollowed, _) => {
            "indstillingen er ikke vedtaget: beslutningen ved punktet går imod den".to_owned()
        }
        (Why::Withdrawn, _) => "kilden har trukket dokumentet tilbage".to_owned(),
    }
}
