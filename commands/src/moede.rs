//! `/møde`: a meeting's items with their outcomes.

use index::{AttendanceRow, BodySummary, InPartRow, Meeting, MeetingFilter, Was};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::Kind;

use crate::period::{self, Towards};
use crate::treatment::{self, place};
use crate::{Answer, Card, Context, Request, UserError, bad_use, choose, danish, suggest};

/// Documents looked at for the meetings of a day or a period, and for the latest one.
const MOST_IN_A_PERIOD: usize = 100;
const MOST_LATEST: usize = 10;

/// Meetings proposed when none was held that day.
const MOST_SUGGESTED: usize = 5;

/// A longer text is no date.
const LONGEST_DATE: usize = 40;

/// Characters of a decision shown with an item.
const MOST_DECISION_CHARS: usize = 160;

/// Names shown of who was not there.
const MOST_AWAY: usize = 20;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let days = match request.option("dato") {
        Some(typed) => Some(days(typed, context.today).ok_or_else(|| unreadable_date(typed))?),
        None => None,
    };
    let bodies = context.archive.bodies()?;
    let body = match request.option("udvalg") {
        Some(typed) => match choose::body(context, request, typed, &bodies) {
            choose::Body::One(body) => Some(body),
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => None,
    };
    let filter = MeetingFilter {
        body_key: body.as_ref().map(|body| body.key.clone()),
        from: days.map(|(from, _)| from),
        // Without a date the latest meeting is meant, not an agenda of a meeting to come.
        to: Some(days.map_or(context.today, |(_, to)| to)),
        ..MeetingFilter::default()
    };
    let most = if days.is_some() { MOST_IN_A_PERIOD } else { MOST_LATEST };
    let meetings = best_of_each(context.archive.meetings(&filter, most)?);
    match meetings.as_slice() {
        [] => none(context, body.as_ref(), days),
        // Without a date the latest meeting is meant; on one day several bodies may have met.
        [meeting, rest @ ..] if rest.is_empty() || days.is_none() => {
            let understood = understood(request, meeting, &bodies);
            let mut answer = one(context, meeting)?;
            let body = bodies.iter().find(|body| body.key == meeting.body_key);
            if let Some(body) = body.filter(|_| context.asker.place.is_some()) {
                let name = choose::short_name(body, &bodies);
                answer.suggestions.push(suggest(format!("/følg udvalg:{name}"), "følg udvalget"));
            }
            Ok(Answer { request: understood, ..answer })
        }
        several => Ok(Answer {
            title: format!("Flere møder{}", days.map(when).unwrap_or_default()),
            text: "Vælg et af dem.".to_owned(),
            cards: several.iter().map(meeting_card).collect(),
            suggestions: several.iter().map(suggestion).collect(),
            found: true,
            ..Answer::default()
        }),
    }
}

/// The question with the body and the day of the meeting that answers it. None where the minutes lack one of them: as asked.
fn understood(request: &Request, meeting: &Meeting, bodies: &[BodySummary]) -> Option<Request> {
    let body = bodies.iter().find(|body| body.key == meeting.body_key)?;
    Some(choose::with_body(request, body, bodies).with("dato", &meeting.date?.to_string()))
}

/// No such meeting: the latest ones of the body, or of all.
fn none(
    context: &Context<'_>,
    body: Option<&BodySummary>,
    days: Option<(Date, Date)>,
) -> Result<Answer, UserError> {
    let filter = MeetingFilter { body_key: body.map(|body| body.key.clone()), ..MeetingFilter::default() };
    let near = best_of_each(context.archive.meetings(&filter, MOST_LATEST)?);
    let of = body.map(|body| format!(" i {}", body.name)).unwrap_or_default();
    let day = days.map(when).unwrap_or_default();
    Ok(Answer {
        title: format!("Intet møde{of}{day}"),
        text: "Det er ikke i de indlæste referater. De seneste møder er:".to_owned(),
        suggestions: near.iter().take(MOST_SUGGESTED).map(suggestion).collect(),
        ..Answer::default()
    })
}

/// The days that a day or a period means.
fn days(typed: &str, today: Date) -> Option<(Date, Date)> {
    period::days(typed, today, Towards::Past).or_else(|| minutes::day(typed).map(|day| (day, day)))
}

/// ` den 12. august 2020`, ` i perioden 1. marts–31. maj 2018`.
fn when((from, to): (Date, Date)) -> String {
    if from == to {
        format!(" den {}", danish::date(from))
    } else {
        format!(" i perioden {}", danish::period(from, to))
    }
}

/// The meeting of a body on a day, or the latest one until today.
pub(crate) fn best(
    context: &Context<'_>,
    body_key: &str,
    date: Option<Date>,
) -> Result<Option<Meeting>, UserError> {
    let filter = MeetingFilter {
        body_key: Some(body_key.to_owned()),
        date,
        to: date.is_none().then_some(context.today),
        ..MeetingFilter::default()
    };
    Ok(best_of_each(context.archive.meetings(&filter, MOST_LATEST)?).into_iter().next())
}

/// The meetings of some days, of one body or of all, the latest first.
pub(crate) fn held(
    context: &Context<'_>,
    body_key: Option<&str>,
    (from, to): (Date, Date),
) -> Result<Vec<Meeting>, UserError> {
    let filter = MeetingFilter {
        body_key: body_key.map(str::to_owned),
        from: Some(from),
        to: Some(to),
        ..MeetingFilter::default()
    };
    Ok(best_of_each(context.archive.meetings(&filter, MOST_IN_A_PERIOD)?))
}

/// The meeting of a body that was held last before a day, or first after it.
pub(crate) fn beside(
    context: &Context<'_>,
    body_key: &str,
    day: Date,
    is_before: bool,
) -> Result<Option<Meeting>, UserError> {
    let filter = MeetingFilter { body_key: Some(body_key.to_owned()), ..MeetingFilter::default() };
    let filter = if is_before {
        MeetingFilter { to: day.yesterday().ok(), ..filter }
    } else {
        MeetingFilter { from: day.tomorrow().ok(), to: day.checked_add(1.year()).ok(), ..filter }
    };
    let most = if is_before { MOST_LATEST } else { MOST_IN_A_PERIOD };
    let meetings = best_of_each(context.archive.meetings(&filter, most)?);
    Ok(if is_before { meetings.into_iter().next() } else { meetings.into_iter().next_back() })
}

/// What a date that cannot be read is answered with.
pub(crate) fn unreadable_date(typed: &str) -> UserError {
    let echoed = choose::echo(typed);
    let what = no_such_day(typed).map_or("kan ikke læses".to_owned(), |why| format!("findes ikke: {why}"));
    let text = format!("Datoen »{echoed}« {what}. Skriv for eksempel 2020-08-12 eller 12. august 2020.");
    bad_use(text, vec![])
}

/// For a day that its month does not have: how many days it has. Where no year is written, as in a leap year.
fn no_such_day(typed: &str) -> Option<String> {
    const LEAP_YEAR: &str = " 2024";
    if typed.len() > LONGEST_DATE {
        return None;
    }
    let mut from = 0;
    while let Some(start) = typed[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = typed[start..].find(|c: char| !c.is_ascii_digit()).map_or(typed.len(), |at| start + at);
        from = end;
        let Ok(day) = typed[start..end].parse::<i8>() else { continue };
        // The same with the first of the month in its place.
        let first = format!("{}01{}", &typed[..start], &typed[end..]);
        let with_year = minutes::day(&first);
        let month = with_year.or_else(|| minutes::day(&format!("{first}{LEAP_YEAR}")));
        let Some(month) = month.filter(|month| month.day() == 1 && day > month.days_in_month()) else {
            continue;
        };
        let (name, last) = (danish::month(month), month.days_in_month());
        return Some(match with_year {
            Some(_) => format!("{name} {} har {last} dage", month.year()),
            None => format!("{name} har højst {last} dage"),
        });
    }
    None
}

/// Of a meeting's documents the minutes, of those the ones that their source still has, and of those the one recorded last.
fn best_of_each(meetings: Vec<Meeting>) -> Vec<Meeting> {
    let mut kept: Vec<Meeting> = Vec::new();
    for meeting in meetings {
        let worth = |m: &Meeting| (m.kind == Kind::Minutes, m.withdrawn_at.is_none(), m.recorded_at.clone());
        match kept.iter_mut().find(|other| (&other.body_key, other.date) == (&meeting.body_key, meeting.date))
        {
            Some(other) if worth(&meeting) > worth(other) => *other = meeting,
            Some(_) => {}
            None => kept.push(meeting),
        }
    }
    kept
}

fn suggestion(meeting: &Meeting) -> crate::Suggestion {
    let body = meeting.body.as_deref().map(|body| format!(" udvalg:{body}")).unwrap_or_default();
    let date = meeting.date.map(|date| format!(" dato:{date}")).unwrap_or_default();
    suggest(format!("/møde{body}{date}"), place(meeting, None))
}

fn meeting_card(meeting: &Meeting) -> Card {
    Card { heading: place(meeting, None), item: Some(treatment::meeting_source(meeting)), ..Card::default() }
}

fn one(context: &Context<'_>, meeting: &Meeting) -> Result<Answer, UserError> {
    let items = context.archive.items_of(meeting.document)?;
    let what = if meeting.kind == Kind::Agenda { "Dagsorden" } else { "Referat" };
    let mut text = vec![danish::count(items.len(), "punkt", "punkter")];
    text.extend(meeting.place.as_ref().map(|place| format!("sted: {place}")));
    text.extend(away(&context.archive.away(meeting.document)?));
    text.extend(in_part(&context.archive.in_part(meeting.document)?));
    let cards = items
        .iter()
        .map(|treatment| {
            let item = &treatment.item;
            let number = item.number.as_ref().map(|number| format!("{number}. ")).unwrap_or_default();
            Card {
                heading: format!("{number}{}", treatment::heading(treatment)),
                status: Some(treatment::status(treatment, context.today)),
                outcome: Some(treatment::outcome(treatment)),
                fields: treatment::short_decision(treatment, MOST_DECISION_CHARS)
                    .into_iter()
                    .chain(treatment::case_number(treatment))
                    .collect(),
                item: Some(treatment::source(treatment)),
                ..Card::default()
            }
        })
        .collect();
    let first_case = items.iter().find_map(|treatment| treatment.item.case_number.as_ref());
    Ok(Answer {
        title: format!("{what}: {}", place(meeting, None)),
        text: text.join(" · "),
        cards,
        suggestions: first_case
            .map(|number| suggest(format!("/sag {number}"), "sagen bag et punkt"))
            .into_iter()
            .collect(),
        found: true,
        ..Answer::default()
    })
}

/// Who was not there and who stood in, as the minutes say it: `fraværende: Ida Holm (stedfortræder: Per Toft)`. Empty where they say
/// nothing.
fn away(rows: &[AttendanceRow]) -> Vec<String> {
    // Who stood in for one of the absent is named beside them.
    let is_beside = |one: &AttendanceRow| rows.iter().any(|row| row.other.as_ref() == Some(&one.person));
    let line = |label: &str, relation: &str, who: Vec<&AttendanceRow>| {
        let name = |row: &&AttendanceRow| match &row.other {
            Some(other) => format!("{} ({relation} {other})", row.person),
            None => row.person.clone(),
        };
        let mut names: Vec<String> = who.iter().take(MOST_AWAY).map(name).collect();
        let more = who.len() - names.len();
        names.extend((more > 0).then(|| danish::count(more, "anden", "andre")));
        (!names.is_empty()).then(|| format!("{label}: {}", danish::list(&names)))
    };
    let absent = rows.iter().filter(|row| row.was == Was::Absent).collect();
    let others = rows.iter().filter(|row| row.was == Was::Substitute && !is_beside(row)).collect();
    let lines = [line("fraværende", "stedfortræder:", absent), line("stedfortræder", "for", others)];
    lines.into_iter().flatten().collect()
}

/// Who came late, left early, or took no part in some items, in the minutes' words: `en del af mødet: Ida Holm (ankom kl. 17.54)`. None
/// where nothing is told.
fn in_part(rows: &[InPartRow]) -> Option<String> {
    let told = |InPartRow { in_part, .. }: &InPartRow| {
        let item = in_part.item.as_ref().map(|item| format!("punkt {item}: ")).unwrap_or_default();
        format!("{} ({item}{})", in_part.person, in_part.told)
    };
    let mut names: Vec<String> = rows.iter().take(MOST_AWAY).map(told).collect();
    let more = rows.len() - names.len();
    names.extend((more > 0).then(|| danish::count(more, "anden", "andre")));
    (!names.is_empty()).then(|| format!("en del af mødet: {}", danish::list(&names)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_no_month_has_is_said_not_to_exist() {
        for (typed, expected) in [
            ("31. februar 2021", Some("februar 2021 har 28 dage")),
            ("2020-02-30", Some("februar 2020 har 29 dage")),
            ("31.4.2021", Some("april 2021 har 30 dage")),
            ("32. maj 2021", Some("maj 2021 har 31 dage")),
            ("31. februar", Some("februar har højst 29 dage")),
            ("28. februar 2021", None),
            ("i går", None),
            ("", None),
        ] {
            assert_eq!(no_such_day(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(no_such_day(&format!("31. februar 2021{}", " ".repeat(LONGEST_DATE))), None);
    }
}
