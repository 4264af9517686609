//! `/opfølgning`: what is to come, the nearest first, what is overdue, and what was promised without a day; each row with the sentence
//! that says so, and what its state rests on.

mod card;
mod group;
mod words;

use std::collections::{HashMap, HashSet};

use index::{BodySummary, FollowUpFilter, FollowUpOrder, FollowUpRow};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::FollowUpKind;

use crate::follow_up_state::{Course, NEXT_MEETING_DAYS, STATES, State, courses};
use crate::paging;
use crate::treatment::has_minutes;
use crate::{
    Answer, Card, Context, Request, Suggestion, UserError, bad_use, calendar, choose, danish, period, suggest,
};
pub(crate) use card::{told, when};
use group::Group;

pub(crate) use crate::table::FOLLOW_UPS as NAME;

/// Rows looked at, to say how many there are.
const MOST_COUNTED: usize = 500;

/// Of what is over so many rows are looked at, the last ones first.
const MOST_PAST: usize = 1_000;

/// Promises without a day that are older than so many months are not shown by themselves.
const TASK_MONTHS: i32 = 6;

/// What is asked for.
struct Asked {
    body: Option<BodySummary>,
    /// The case's key and number.
    case: Option<(String, String)>,
    period: Option<(Date, Date)>,
    state: Option<State>,
    /// Whether all states are asked for by name.
    all_states: bool,
    /// The page that is turned to, from 1.
    page: usize,
}

/// Rows in the order shown, and what is to be said of them.
struct Found {
    title: String,
    text: Vec<String>,
    rows: Vec<(Group, Course)>,
    suggestions: Vec<Suggestion>,
}

/// The first coming day on which a body ([`minutes::body::key`]) is to meet, as what is to come up there tells it, naming the body:
/// "Udsat til Byrådets møde den 27. november". None where nothing tells one.
pub(crate) fn next_meeting_told(context: &Context<'_>, body_key: &str) -> Result<Option<Date>, UserError> {
    /// Rows looked at, the nearest first.
    const MOST: usize = 40;
    let filter = FollowUpFilter {
        body_key: Some(body_key.to_owned()),
        from: context.today.tomorrow().ok(),
        as_of: Some(context.today),
        names_body: true,
        ..FollowUpFilter::default()
    };
    let rows = context.archive.follow_ups(&filter, FollowUpOrder::NearestFirst, MOST, 0)?;
    // A limit is the last day, and not when anybody meets.
    let tells_day = |row: &FollowUpRow| {
        let days = row.follow_up.from.zip(row.follow_up.to);
        let is_limit = || {
            row.meeting
                .date
                .zip(days)
                .is_some_and(|(said, days)| minutes::by_day(&row.follow_up.quote, said, days).is_some())
        };
        row.follow_up.kind == FollowUpKind::Meeting
            && days.is_some_and(|(from, to)| from == to && from > context.today)
            && !is_limit()
    };
    let rows = rows.into_iter().filter(tells_day).collect();
    let coming = courses(context, rows)?.into_iter().find(|course| course.state == State::Coming);
    Ok(coming.and_then(|course| course.row.follow_up.from))
}

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let bodies = context.archive.bodies()?;
    let request = &words::put_in_place(context, request, &bodies)?;
    let mut understood = request.clone();
    let mut asked = Asked {
        body: None,
        case: None,
        period: None,
        state: None,
        all_states: false,
        page: paging::page(request),
    };
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
        let (from, to) = period::days(typed, context.today, period::Towards::Future)
            .ok_or_else(|| unreadable_period(typed))?;
        understood = understood.with("periode", &written(from, to));
        asked.period = Some((from, to));
    }
    if let Some(typed) = request.option("tilstand") {
        asked.all_states = words::means_all(typed);
    }
    if let Some(typed) = request.option("tilstand").filter(|_| !asked.all_states) {
        let (state, name) = state(typed)?;
        understood = understood.with("tilstand", name);
        asked.state = Some(state);
    }
    let wants_calendar = wants_calendar(request, &asked)?;
    let found = match (&asked.case, asked.period, asked.state) {
        (None, None, None) if !asked.all_states => overview(context, &asked)?,
        _ => listed(context, &asked)?,
    };
    let Found { title, mut text, rows, mut suggestions } = found;
    let pages = rows.len().div_ceil(context.cards.max(1)).max(1);
    if asked.page > 1 {
        understood = understood.with("side", &asked.page.to_string());
        text.insert(
            0,
            match asked.page <= pages {
                true => format!("Side {} af {pages}.", asked.page),
                false => paging::BEYOND_LAST.to_owned(),
            },
        );
    }
    if pages > 1 {
        let turned = match asked.page < pages {
            true => paging::turn(&understood, asked.page + 1, "de næste"),
            false => paging::first(&understood),
        };
        suggestions.insert(0, turned);
    }
    let mut names: Names = bodies.into_iter().map(|body| (body.key, body.name)).collect();
    let mut cards: Vec<Card> = Vec::new();
    let first = (asked.page - 1).saturating_mul(context.cards);
    for (group, mut course) in rows.into_iter().skip(first).take(context.cards) {
        name_alike(context, &mut names, &mut course);
        cards.push(card::card(context, &course, group)?);
    }
    let mut answer = Answer {
        title,
        text: text.join("\n"),
        found: !cards.is_empty(),
        cards,
        suggestions,
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

/// The names by which bodies are shown, by what they are compared by.
type Names = HashMap<String, String>;

/// Gives the bodies of a row the names by which the archive knows them, or else those by which they are shown first: minutes write
/// `Byrådet` and `Skovby Byråd`.
fn name_alike(context: &Context<'_>, names: &mut Names, course: &mut Course) {
    let abbreviations = &context.council.abbreviations;
    let (meeting, follow_up) = (&mut course.row.meeting.body, &mut course.row.follow_up.body);
    for name in [meeting, follow_up].into_iter().flatten() {
        let whole = abbreviations.iter().find(|(short, _)| danish::fold(short) == danish::fold(name));
        let whole = whole.map_or(name.as_str(), |(_, whole)| whole);
        let known = names.entry(minutes::body::key(whole)).or_insert_with(|| whole.to_owned());
        name.clone_from(known);
    }
}

/// A period as it is read again on any day.
fn written(from: Date, to: Date) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

fn unreadable_period(typed: &str) -> UserError {
    if minutes::is_no_day(typed) {
        return bad_use(
            format!(
                "Dagen »{}« findes ikke i kalenderen. Skriv en anden dag eller en periode.",
                choose::echo(typed)
            ),
            vec![],
        );
    }
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
            format!("»tilstand« er {} eller alle, ikke »{}«.", names.join(", "), choose::echo(typed)),
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

/// What is coming, then what is overdue, then promises without a day; and how much else there is, which is not shown.
fn overview(context: &Context<'_>, asked: &Asked) -> Result<Found, UserError> {
    let (archive, today) = (context.archive, context.today);
    let filter = asked.filter(today);
    let ahead = FollowUpFilter { from: Some(today), ..filter.clone() };
    let mut rows = archive.follow_ups(&ahead, FollowUpOrder::NearestFirst, MOST_COUNTED + 1, 0)?;
    let is_uncounted = rows.len() > MOST_COUNTED;
    rows.truncate(MOST_COUNTED);
    rows.extend(archive.undated_follow_ups(&filter, (since(today), today), MOST_COUNTED)?);
    let Past { rows: past, reached, recent_from } = past(context, &filter)?;
    rows.extend(past);
    let mut unlisted = Unlisted::default();
    let mut found: Vec<(Group, Course)> = Vec::new();
    for course in courses(context, worth_telling(context, rows)?)? {
        let is_old = course.row.follow_up.to.is_some_and(|to| to < recent_from);
        match (course.shown(), course.state) {
            (_, State::Treated) => {}
            (_, state) if is_old && state != State::Overdue => {}
            (Some(_), State::Overdue) => found.push((Group::Overdue, course)),
            (Some(due), State::Coming) => found.push((Group::of(due, today), course)),
            (None, State::Coming) => found.push((Group::NextMeeting, course)),
            (None, State::Unknown | State::Postponed) if is_promise(&course) => {
                found.push((Group::Promises, course));
            }
            (_, state) => unlisted.count(state),
        }
    }
    found.sort_by(|one, other| {
        one.0.order().cmp(&other.0.order()).then_with(|| in_order(one.0, &one.1, &other.1))
    });
    let count = |wanted: &dyn Fn(Group) -> bool| found.iter().filter(|(group, _)| wanted(*group)).count();
    let overdue = count(&|group| group == Group::Overdue);
    let promises = count(&|group| group == Group::Promises);
    let coming = found.len() - overdue - promises;
    let of = asked.of();
    let shown = found.len().min(context.cards);
    let mut text = Vec::new();
    if found.is_empty() && unlisted == Unlisted::default() {
        text.push(format!("De indlæste referater nævner intet, der ligger efter {}.", danish::date(today)));
    } else if is_uncounted && asked.page == 1 {
        text.push(format!(
            "De {shown} nærmeste vises. Der er flere end dem, der er talt; spørg om et enkelt udvalg."
        ));
    } else if asked.page == 1 && shown < found.len() && shown <= coming {
        text.push(format!("De {shown} nærmeste af {coming}."));
    } else if asked.page == 1 && shown < found.len() {
        text.push(format!("De {shown} første af {} vises.", found.len()));
    }
    if let Some(day) = reached {
        text.push(format!("Forfaldne er søgt tilbage til {}.", danish::date(day)));
    }
    text.extend(unlisted.told(recent_from));
    let least = if is_uncounted { "Mindst " } else { "" };
    let mut suggestions = Vec::new();
    let of_body = asked.body.as_ref().map(|body| format!(" udvalg:{}", body.name)).unwrap_or_default();
    let mut lead = |state: &str, what: &str| {
        suggestions.push(suggest(format!("/{NAME}{of_body} tilstand:{state}"), what));
    };
    if shown < coming + overdue && overdue > 0 {
        lead("forfalden", "det, der er forfaldent");
    }
    for (count, state, what) in unlisted.kinds() {
        if count > 0 {
            lead(state, what);
        }
    }
    let title = match found.is_empty() {
        true => "Ingen kommende opfølgninger".to_owned(),
        false => format!("{least}{}", counted(coming, overdue, promises)),
    };
    if found.is_empty() && suggestions.is_empty() {
        suggestions.push(suggest("/møde", "det seneste møde"));
    }
    Ok(Found { title: format!("{title}{of}"), text, rows: found, suggestions })
}

/// How many follow-ups an overview leaves out, by their state.
#[derive(Debug, Default, PartialEq, Eq)]
struct Unlisted {
    unknown: usize,
    cancelled: usize,
    postponed: usize,
}

impl Unlisted {
    fn count(&mut self, state: State) {
        match state {
            State::Unknown => self.unknown += 1,
            State::Cancelled => self.cancelled += 1,
            State::Postponed => self.postponed += 1,
            State::Coming | State::Treated | State::Overdue => {}
        }
    }

    /// How many, the value of the option that asks for them, and what they are.
    fn kinds(&self) -> [(usize, &'static str, &'static str); 3] {
        [
            (self.unknown, "ukendt", "det, hvor det ikke kan vides, hvad der skete"),
            (self.cancelled, "aflyst", "det, der er aflyst"),
            (self.postponed, "udsat", "det, der er udsat"),
        ]
    }

    /// `Ikke med her, siden 1. marts 2022: 3 ukendte og 1 udsat.` None where nothing is left out.
    fn told(&self, since: Date) -> Option<String> {
        let words = [("ukendt", "ukendte"), ("aflyst", "aflyste"), ("udsat", "udsatte")];
        let parts: Vec<String> = self
            .kinds()
            .iter()
            .zip(words)
            .filter(|((count, ..), _)| *count > 0)
            .map(|((count, ..), (one, many))| danish::count(*count, one, many))
            .collect();
        (!parts.is_empty())
            .then(|| format!("Ikke med her, siden {}: {}.", danish::date(since), danish::list(&parts)))
    }
}

/// What is over, as far as it is looked through.
struct Past {
    /// All of the last months, and of what was before what may be overdue.
    rows: Vec<FollowUpRow>,
    /// The day to which overdue ones are looked for, where there is more.
    reached: Option<Date>,
    /// The day since which all of them are there.
    recent_from: Date,
}

fn past(context: &Context<'_>, filter: &FollowUpFilter) -> Result<Past, UserError> {
    let (today, mut recent_from) = (context.today, since(context.today));
    let recent = FollowUpFilter { from: Some(recent_from), before: Some(today), ..filter.clone() };
    let mut rows = context.archive.follow_ups(&recent, FollowUpOrder::LastFirst, MOST_COUNTED, 0)?;
    if rows.len() == MOST_COUNTED
        && let Some(day) = rows.last().and_then(|row| row.follow_up.to)
    {
        // The rest of that day is not here.
        rows.retain(|row| row.follow_up.to > Some(day));
        recent_from = day.tomorrow().unwrap_or(day);
    }
    // Of older ones only what names the body that is to act can be known to be overdue.
    let older = FollowUpFilter { before: Some(recent_from), names_body: true, ..filter.clone() };
    let (older, reached) = last_of(context, &older, MOST_PAST - rows.len())?;
    rows.extend(older);
    Ok(Past { rows, reached, recent_from })
}

/// So many rows at most of what has a day, the last first; and the day to which they go back, where there is more.
fn last_of(
    context: &Context<'_>,
    filter: &FollowUpFilter,
    most: usize,
) -> Result<(Vec<FollowUpRow>, Option<Date>), UserError> {
    let rows = context.archive.follow_ups(filter, FollowUpOrder::LastFirst, most, 0)?;
    let reached = rows.last().and_then(|row| row.follow_up.to).filter(|_| rows.len() == most);
    Ok((rows, reached))
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
        _ => (one.shown(), one.row.meeting.date).cmp(&(other.shown(), other.row.meeting.date)),
    }
}

/// A promise or anything else without a day that is not the next meeting.
fn is_promise(course: &Course) -> bool {
    course.row.follow_up.kind != FollowUpKind::NextMeeting
}

fn since(today: Date) -> Date {
    today.saturating_sub(TASK_MONTHS.months())
}

/// What fits what was asked for.
fn listed(context: &Context<'_>, asked: &Asked) -> Result<Found, UserError> {
    let (archive, today) = (context.archive, context.today);
    let filter = asked.filter(today);
    let mut text = Vec::new();
    let is_back = asked.case.is_none() && asked.period.is_none() && asked.state != Some(State::Coming);
    let mut rows = if is_back {
        let to = match asked.state {
            None | Some(State::Cancelled | State::Postponed) => None,
            _ => Some(today),
        };
        let (rows, reached) = last_of(context, &FollowUpFilter { to, ..filter.clone() }, MOST_PAST)?;
        text.extend(reached.map(|day| format!("Der er søgt tilbage til {}.", danish::date(day))));
        rows
    } else {
        let ahead = (asked.state == Some(State::Coming)).then_some(today);
        let from = asked.period.map(|period| period.0).into_iter().chain(ahead).max();
        let dated = FollowUpFilter { from, to: asked.period.map(|period| period.1), ..filter.clone() };
        let mut rows = archive.follow_ups(&dated, FollowUpOrder::NearestFirst, MOST_COUNTED + 1, 0)?;
        if rows.len() > MOST_COUNTED {
            rows.truncate(MOST_COUNTED);
            text.push(format!("Der er flere end de {MOST_COUNTED} første; spørg om en kortere periode."));
        }
        rows
    };
    let said = match (&asked.case, asked.period) {
        (Some(_), _) => (Date::MIN, today),
        (None, Some((from, to))) => (from.saturating_sub(NEXT_MEETING_DAYS.days()), to.min(today)),
        (None, None) => (since(today), today),
    };
    rows.extend(archive.undated_follow_ups(&filter, said, MOST_COUNTED)?);
    let mut found = courses(context, worth_telling(context, rows)?)?;
    found.retain(|course| {
        let in_period =
            asked.period.is_none_or(|(from, to)| course.due.is_some_and(|due| due.0 <= to && from <= due.1));
        in_period && asked.state.is_none_or(|state| state == course.state)
    });
    let mut rows: Vec<(Group, Course)> =
        found.into_iter().map(|course| (Group::of_course(&course, today), course)).collect();
    rows.sort_by(|one, other| {
        let (one_due, other_due) = (one.1.shown(), other.1.shown());
        let is_ahead = |due: Option<(Date, Date)>| due.is_some_and(|(_, to)| to >= today);
        let key = |group: Group, due: Option<(Date, Date)>| (is_ahead(due), group.order(), due);
        let (one_key, other_key) = (key(one.0, one_due), key(other.0, other_due));
        let by_day = if is_back { other_key.cmp(&one_key) } else { one_key.cmp(&other_key) };
        // What has no day comes last.
        one_due.is_none().cmp(&other_due.is_none()).then(by_day)
    });
    let title = title(asked, rows.len());
    if rows.is_empty() {
        text.push("Det er ikke i de indlæste referater.".to_owned());
    } else if rows.len() > context.cards && asked.page == 1 {
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
