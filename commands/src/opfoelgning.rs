//! `/opfølgning`: what is to come, the nearest first, what is overdue, and what was promised without a day; each row with the sentence
//! that says so, and what its state rests on.

mod card;
mod group;

use std::collections::HashSet;

use index::{BodySummary, FollowUpFilter, FollowUpOrder, FollowUpRow};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::FollowUpKind;

use crate::follow_up_state::{Course, NEXT_MEETING_DAYS, STATES, State, courses};
use crate::treatment::has_minutes;
use crate::{
    Answer, Card, Context, Request, Suggestion, UserError, bad_use, calendar, choose, danish, suggest,
};
use group::Group;

/// The command's name.
pub(crate) const NAME: &str = "opfølgning";

/// Rows looked at, to say how many there are.
const MOST_COUNTED: usize = 500;

/// Of what is over so many rows are looked at, the last ones first, in pieces of so many.
const MOST_PAST: usize = 1_000;
const PIECE: usize = 250;

/// Promises without a day that are older than so many months are not shown by themselves.
const TASK_MONTHS: i32 = 6;

/// What is asked for.
struct Asked {
    body: Option<BodySummary>,
    /// The case's key and number.
    case: Option<(String, String)>,
    period: Option<(Date, Date)>,
    state: Option<State>,
}

/// Rows in the order shown, and what is to be said of them.
struct Found {
    title: String,
    text: Vec<String>,
    rows: Vec<(Group, Course)>,
    suggestions: Vec<Suggestion>,
}

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let bodies = context.archive.bodies()?;
    let mut understood = request.clone();
    let mut asked = Asked { body: None, case: None, period: None, state: None };
    if let Some(typed) = request.option("udvalg") {
        match choose::body(context, request, typed, &bodies) {
            choose::Body::One(body) => {
                understood = choose::with_body(&understood, &body, &bodies);
                asked.body = Some(body);
            }
            choose::Body::Answer(answer) => return Ok(*answer),
        }
    }
    if let Some(typed) = request.option("sag") {
        match choose::case(context, typed, NAME)? {
            choose::Case::One(key, _) => {
                let known = context.archive.case(&key)?;
                let number = known.map_or_else(|| typed.to_owned(), |case| case.case_number.to_string());
                understood = understood.with("sag", &number);
                asked.case = Some((key, number));
            }
            choose::Case::Answer(answer) => return Ok(*answer),
        }
    }
    if let Some(typed) = request.option("periode") {
        let (from, to) = minutes::period(typed, context.today).ok_or_else(|| unreadable_period(typed))?;
        understood = understood.with("periode", &written(from, to));
        asked.period = Some((from, to));
    }
    if let Some(typed) = request.option("tilstand") {
        let (state, name) = state(typed)?;
        understood = understood.with("tilstand", name);
        asked.state = Some(state);
    }
    let wants_calendar = wants_calendar(request, &asked)?;
    let found = match (&asked.case, asked.period, asked.state) {
        (None, None, None) => overview(context, &asked)?,
        _ => listed(context, &asked)?,
    };
    let shown = found.rows.len().min(context.cards);
    let mut cards: Vec<Card> = Vec::with_capacity(shown);
    for (group, course) in found.rows.iter().take(shown) {
        cards.push(card::card(context, course, *group)?);
    }
    let mut answer = Answer {
        title: found.title,
        text: found.text.join("\n"),
        found: !cards.is_empty(),
        cards,
        suggestions: found.suggestions,
        request: Some(understood),
        file: None,
    };
    if wants_calendar {
        let window = calendar::Window {
            body: asked.body.as_ref(),
            case: asked.case.as_ref().map(|(key, number)| (key.as_str(), number.as_str())),
            period: asked.period,
        };
        answer.file = calendar::file(context, &window)?;
        if answer.file.is_none() {
            answer.add_line("Der er intet med en dato at sætte i en kalender.");
        }
    }
    Ok(answer)
}

/// A period as it is read again on any day.
fn written(from: Date, to: Date) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

fn unreadable_period(typed: &str) -> UserError {
    bad_use(
        format!(
            "Perioden »{}« kan ikke læses. Skriv for eksempel september 2020, efteråret 2020, uge 34, næste måned \
             eller 1. september til 15. oktober 2020.",
            choose::echo(typed)
        ),
        vec![],
    )
}

fn state(typed: &str) -> Result<(State, &'static str), UserError> {
    let folded = danish::fold(typed);
    STATES.into_iter().find(|(_, name)| *name == folded).ok_or_else(|| {
        let names: Vec<String> = STATES.iter().map(|(_, name)| (*name).to_owned()).collect();
        bad_use(
            format!(
                "»tilstand« er {}, ikke »{}«.",
                danish::list(&names).replace(" og ", " eller "),
                choose::echo(typed)
            ),
            vec![],
        )
    })
}

fn wants_calendar(request: &Request, asked: &Asked) -> Result<bool, UserError> {
    match request.option("ics").map(danish::fold).as_deref() {
        None => Ok(false),
        Some("ja") if asked.state.is_some() => Err(bad_use(
            "En kalender har alle tilstande, så aflysninger kommer med. Skriv ics:ja uden tilstand.",
            vec![],
        )),
        Some("ja") => Ok(true),
        Some(_) => Err(bad_use("»ics« er ja, eller også skrives det ikke.", vec![])),
    }
}

impl Asked {
    fn filter(&self, today: Date) -> FollowUpFilter {
        FollowUpFilter {
            body_key: self.body.as_ref().map(|body| body.key.clone()),
            case_key: self.case.as_ref().map(|(key, _)| key.clone()),
            as_of: Some(today),
            ..FollowUpFilter::default()
        }
    }

    /// ` i Byrådet`; empty for all bodies.
    fn of(&self) -> String {
        self.body.as_ref().map(|body| format!(" i {}", body.name)).unwrap_or_default()
    }
}

/// What is coming, then what is overdue, then promises without a day.
fn overview(context: &Context<'_>, asked: &Asked) -> Result<Found, UserError> {
    let (archive, today) = (context.archive, context.today);
    let filter = asked.filter(today);
    let ahead = FollowUpFilter { from: Some(today), ..filter.clone() };
    let mut rows = archive.follow_ups(&ahead, FollowUpOrder::NearestFirst, MOST_COUNTED + 1, 0)?;
    let is_uncounted = rows.len() > MOST_COUNTED;
    rows.truncate(MOST_COUNTED);
    rows.extend(archive.undated_follow_ups(&filter, (since(today), today), MOST_COUNTED)?);
    let mut found: Vec<(Group, Course)> = Vec::new();
    for course in courses(context, worth_telling(context, rows)?)? {
        let is_ahead = course.due.is_some_and(|(_, to)| to >= today);
        match (course.due, course.state) {
            (_, State::Treated) => {}
            (Some(_), State::Overdue) => found.push((Group::Overdue, course)),
            (Some(due), _) if is_ahead => found.push((Group::of(due, today), course)),
            (None, State::Coming) => found.push((Group::NextMeeting, course)),
            (None, state) if is_promise(&course) && state != State::Cancelled => {
                found.push((Group::Promises, course));
            }
            _ => {}
        }
    }
    let (overdue, reached) = overdue(context, &filter)?;
    found.extend(overdue.into_iter().map(|course| (Group::Overdue, course)));
    found.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| in_order(one.0, &one.1, &other.1)));
    let count = |wanted: &dyn Fn(Group) -> bool| found.iter().filter(|(group, _)| wanted(*group)).count();
    let overdue = count(&|group| group == Group::Overdue);
    let promises = count(&|group| group == Group::Promises);
    let coming = found.len() - overdue - promises;
    let of = asked.of();
    if found.is_empty() {
        let text = format!("De indlæste referater nævner intet, der ligger efter {}.", danish::date(today));
        return Ok(Found {
            title: format!("Ingen kommende opfølgninger{of}"),
            text: vec![text],
            rows: found,
            suggestions: vec![suggest("/møde", "det seneste møde")],
        });
    }
    let shown = found.len().min(context.cards);
    let mut text = Vec::new();
    if is_uncounted {
        text.push(format!(
            "De {shown} nærmeste vises. Der er flere end dem, der er talt; spørg om et enkelt udvalg."
        ));
    } else if shown < found.len() && shown <= coming {
        text.push(format!("De {shown} nærmeste af {coming}."));
    } else if shown < found.len() {
        text.push(format!("De {shown} første af {} vises.", found.len()));
    }
    if let Some(day) = reached {
        text.push(format!("Forfaldne er søgt tilbage til {}.", danish::date(day)));
    }
    let least = if is_uncounted { "Mindst " } else { "" };
    let mut suggestions = Vec::new();
    if shown < coming + overdue && overdue > 0 {
        let body = asked.body.as_ref().map(|body| format!(" udvalg:{}", body.name)).unwrap_or_default();
        suggestions.push(suggest(format!("/{NAME}{body} tilstand:forfalden"), "det, der er forfaldent"));
    }
    Ok(Found {
        title: format!("{least}{}{of}", counted(coming, overdue, promises)),
        text,
        rows: found,
        suggestions,
    })
}

/// `3 kommende opfølgninger, 1 forfalden og 2 opgaver uden dato`.
fn counted(coming: usize, overdue: usize, promises: usize) -> String {
    let mut parts = Vec::new();
    if coming > 0 {
        parts.push(danish::count(coming, "kommende opfølgning", "kommende opfølgninger"));
    }
    if overdue > 0 && coming > 0 {
        parts.push(danish::count(overdue, "forfalden", "forfaldne"));
    } else if overdue > 0 {
        parts.push(danish::count(overdue, "forfalden opfølgning", "forfaldne opfølgninger"));
    }
    if promises > 0 {
        parts.push(danish::count(promises, "opgave uden dato", "opgaver uden dato"));
    }
    danish::list(&parts)
}

/// The nearest first; of what is over, the last.
fn in_order(group: Group, one: &Course, other: &Course) -> std::cmp::Ordering {
    match group {
        Group::Overdue => other.due.map(|due| due.1).cmp(&one.due.map(|due| due.1)),
        Group::Promises | Group::NextMeeting => other.row.meeting.date.cmp(&one.row.meeting.date),
        _ => (one.due, one.row.meeting.date).cmp(&(other.due, other.row.meeting.date)),
    }
}

/// A promise or anything else without a day that is not the next meeting.
fn is_promise(course: &Course) -> bool {
    course.row.follow_up.kind != FollowUpKind::NextMeeting
}

fn since(today: Date) -> Date {
    today.saturating_sub(TASK_MONTHS.months())
}

/// What is overdue, the last first; and, where there was too much to look through, the day it was looked back to.
fn overdue(context: &Context<'_>, filter: &FollowUpFilter) -> Result<(Vec<Course>, Option<Date>), UserError> {
    // Only what names the body that is to act can be known to be overdue.
    let past = FollowUpFilter { before: Some(context.today), names_body: true, ..filter.clone() };
    look_back(context, &past, |state| state == State::Overdue)
}

/// Goes back through what has a day, the last first.
fn look_back(
    context: &Context<'_>,
    filter: &FollowUpFilter,
    wanted: impl Fn(State) -> bool,
) -> Result<(Vec<Course>, Option<Date>), UserError> {
    let mut found = Vec::new();
    let mut reached = None;
    for piece in 0..MOST_PAST / PIECE {
        let rows = context.archive.follow_ups(filter, FollowUpOrder::LastFirst, PIECE, piece * PIECE)?;
        let is_all = rows.len() < PIECE;
        reached = rows.last().and_then(|row| row.follow_up.to).or(reached);
        found.extend(
            courses(context, worth_telling(context, rows)?)?
                .into_iter()
                .filter(|course| wanted(course.state)),
        );
        if is_all {
            return Ok((found, None));
        }
    }
    Ok((found, reached))
}

/// What fits what was asked for.
fn listed(context: &Context<'_>, asked: &Asked) -> Result<Found, UserError> {
    let (archive, today) = (context.archive, context.today);
    let filter = asked.filter(today);
    let mut text = Vec::new();
    let is_back = asked.case.is_none() && asked.period.is_none() && asked.state != Some(State::Coming);
    let mut found = if is_back {
        let to = match asked.state {
            Some(State::Cancelled | State::Postponed) => None,
            _ => Some(today),
        };
        let (found, reached) =
            look_back(context, &FollowUpFilter { to, ..filter.clone() }, |state| Some(state) == asked.state)?;
        text.extend(reached.map(|day| format!("Der er søgt tilbage til {}.", danish::date(day))));
        found
    } else {
        let ahead = (asked.state == Some(State::Coming)).then_some(today);
        let from = asked.period.map(|period| period.0).into_iter().chain(ahead).max();
        let dated = FollowUpFilter { from, to: asked.period.map(|period| period.1), ..filter.clone() };
        let mut rows = archive.follow_ups(&dated, FollowUpOrder::NearestFirst, MOST_COUNTED + 1, 0)?;
        if rows.len() > MOST_COUNTED {
            rows.truncate(MOST_COUNTED);
            text.push(format!("Der er flere end de {MOST_COUNTED} første; spørg om en kortere periode."));
        }
        courses(context, worth_telling(context, rows)?)?
    };
    let said = match (&asked.case, asked.period) {
        (Some(_), _) => (Date::MIN, today),
        (None, Some((from, to))) => (from.saturating_sub(NEXT_MEETING_DAYS.days()), to.min(today)),
        (None, None) => (since(today), today),
    };
    let rows = archive.undated_follow_ups(&filter, said, MOST_COUNTED)?;
    found.extend(courses(context, worth_telling(context, rows)?)?);
    found.retain(|course| {
        let in_period =
            asked.period.is_none_or(|(from, to)| course.due.is_some_and(|due| due.0 <= to && from <= due.1));
        in_period && asked.state.is_none_or(|state| state == course.state)
    });
    let mut rows: Vec<(Group, Course)> =
        found.into_iter().map(|course| (Group::of_course(&course, today), course)).collect();
    rows.sort_by(|one, other| {
        let (one_due, other_due) = (one.1.due, other.1.due);
        let by_day = if is_back { other_due.cmp(&one_due) } else { one_due.cmp(&other_due) };
        // What has no day comes last.
        one_due.is_none().cmp(&other_due.is_none()).then(by_day)
    });
    let title = title(asked, rows.len());
    if rows.is_empty() {
        text.push("Det er ikke i de indlæste referater.".to_owned());
    } else if rows.len() > context.cards {
        text.push(format!("De {} første af {} vises.", context.cards, rows.len()));
    }
    let suggestions =
        if rows.is_empty() { vec![suggest(format!("/{NAME}"), "alt, der kommer")] } else { Vec::new() };
    Ok(Found { title, text, rows, suggestions })
}

/// `2 opfølgninger i Byrådet · september 2020 · forfalden`.
fn title(asked: &Asked, count: usize) -> String {
    let count = if count == 0 {
        "Ingen opfølgninger".to_owned()
    } else {
        danish::count(count, "opfølgning", "opfølgninger")
    };
    let case = asked.case.as_ref().map(|(_, number)| format!("sag {number}"));
    let period = asked.period.map(|(from, to)| danish::period(from, to));
    let state = asked.state.and_then(|state| STATES.into_iter().find(|(known, _)| *known == state));
    let parts =
        [Some(format!("{count}{}", asked.of())), case, period, state.map(|(_, name)| name.to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Without what an agenda promised and its minutes are here, and without what is told twice.
fn worth_telling(context: &Context<'_>, rows: Vec<FollowUpRow>) -> Result<Vec<FollowUpRow>, UserError> {
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        if !has_minutes(context, &row.meeting)? {
            kept.push(row);
        }
    }
    // An agenda and its minutes, or two copies of the same minutes, say the same once; one whose source still has it counts.
    kept.sort_by_key(|row| row.meeting.withdrawn_at.is_some());
    let mut seen = HashSet::new();
    kept.retain(|row| {
        let case = row.item.as_ref().and_then(|item| item.case_number.as_ref()).map(ToString::to_string);
        let told = (row.meeting.body_key.clone(), row.meeting.date);
        let follow_up = &row.follow_up;
        let what = (follow_up.from, follow_up.to, follow_up.body.clone(), follow_up.quote.clone());
        seen.insert((what, case, told))
    });
    Ok(kept)
}
