//! Follow-ups as a calendar (RFC 5545): one event each, known for ever by a UID that is made of what stays when a document is
//! corrected: who met when, the case, the body that is to act, and the sentence without its days.

use std::collections::{BTreeSet, HashMap, HashSet};

use icalendar::{Calendar, Component, Event, Property};
use index::{BodySummary, CalendarEvent, CalendarRevision, FollowUpFilter, FollowUpOrder, FollowUpRow};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{FollowUpKind, Kind, fold};

use crate::follow_up_state::{Course, NEXT_MEETING_DAYS, courses, other_case};
use crate::propose::is_unseen;
use crate::treatment::{has_minutes, head_source, place};
use crate::{AnswerFile, Context, UserError, danish};

/// Events of one calendar at most, the nearest to its first day.
const MOST_EVENTS: usize = 3_000;

/// What ended longer ago is in no calendar unless its period is asked for.
const BACK_MONTHS: i32 = 12;

/// Characters of a summary and of a sentence in a description.
const MOST_SUMMARY_CHARS: usize = 200;
const MOST_QUOTE_CHARS: usize = 1_000;

/// Characters of an address that is led to.
const MOST_URL_CHARS: usize = 500;

/// Hexadecimal digits of a UID: 128 bits.
const UID_DIGITS: usize = 32;

/// The program, as calendars name it (RFC 5545, section 3.7.3).
const PRODID: &str = "-//Referent//Referent//DA";

/// The file's name.
const NAME: &str = "opfoelgninger.ics";

/// What a calendar is of; the conditions hold at once.
pub(crate) struct Window<'a> {
    pub(crate) body: Option<&'a BodySummary>,
    /// A case's key and number.
    pub(crate) case: Option<(&'a str, &'a str)>,
    pub(crate) period: Option<(Date, Date)>,
}

/// The calendar; None where there is nothing with a day.
///
/// What was given out before and is in no document any more is in it as cancelled, and what left the period is in it with its new
/// days: whoever took the calendar before must be told, of whatever part it is.
pub(crate) fn file(context: &Context<'_>, window: &Window<'_>) -> Result<Option<AnswerFile>, UserError> {
    let back = context.today.saturating_sub(BACK_MONTHS.months());
    let first = window.period.map_or(back, |period| period.0);
    let (mut events, is_all) = events_of(context, window, first, Some(context.today))?;
    if is_all {
        let left = left(context, window, first.min(back), &events)?;
        events.extend(left);
    }
    if events.is_empty() {
        return Ok(None);
    }
    let revisions = context.archive.give_out(&events, context.asker.now)?;
    Ok(Some(AnswerFile {
        name: NAME.to_owned(),
        text: written(context, window, &revisions),
        what: danish::count(revisions.len(), "begivenhed", "begivenheder"),
        command: command(window),
    }))
}

/// What was given out as being in this window and is not any more: with its new days where it has left the period, else as cancelled.
fn left(
    context: &Context<'_>,
    window: &Window<'_>,
    first: Date,
    events: &[CalendarEvent],
) -> Result<Vec<CalendarEvent>, UserError> {
    let from = window.period.map_or(first, |period| period.0);
    let known: HashSet<&str> = events.iter().map(|event| event.uid.as_str()).collect();
    let given_out = context.archive.calendar(window.body.map(|body| body.key.as_str()), from)?;
    let mut left: Vec<CalendarEvent> = given_out.into_iter().map(|revision| revision.event).collect();
    left.retain(|event| {
        let in_period = window.period.is_none_or(|(_, last)| event.from <= last);
        let of_case = window.case.is_none_or(|(key, _)| event.case_key.as_deref() == Some(key));
        in_period && of_case && !known.contains(event.uid.as_str())
    });
    if left.is_empty() {
        return Ok(left);
    }
    let (all, is_all) = events_of(context, &Window { period: None, ..*window }, first, None)?;
    let mut elsewhere: HashMap<String, CalendarEvent> =
        all.into_iter().map(|event| (event.uid.clone(), event)).collect();
    // What is told by minutes of a later day than the one that is asked about is neither shown nor gone.
    left.retain(|event| {
        let in_period = |now: &CalendarEvent| window.period.is_none_or(|(_, last)| now.from <= last);
        !elsewhere.get(&event.uid).is_some_and(in_period)
    });
    if window.period.is_none() {
        return Ok(left.into_iter().map(cancelled).collect());
    }
    let now = |event: CalendarEvent| match elsewhere.remove(&event.uid) {
        Some(moved) => Some(moved),
        // Where not all can be looked through, it may be there.
        None => is_all.then(|| cancelled(event)),
    };
    Ok(left.into_iter().filter_map(now).collect())
}

fn cancelled(event: CalendarEvent) -> CalendarEvent {
    CalendarEvent { is_cancelled: true, ..event }
}

/// How the file is made in a terminal.
fn command(window: &Window<'_>) -> String {
    let mut command = "referent export --format ics".to_owned();
    if let Some(body) = window.body {
        command.push_str(&format!(" --body \"{}\"", body.name));
    }
    if let Some((_, number)) = window.case {
        command.push_str(&format!(" --case {number}"));
    }
    if let Some((from, to)) = window.period {
        command.push_str(&format!(" --period {from}..{to}"));
    }
    command + &format!(" --out {NAME}")
}

/// The events that were known on a day (None: all), and whether they are all there are.
fn events_of(
    context: &Context<'_>,
    window: &Window<'_>,
    first: Date,
    as_of: Option<Date>,
) -> Result<(Vec<CalendarEvent>, bool), UserError> {
    let archive = context.archive;
    let last = window.period.map(|period| period.1);
    let filter = FollowUpFilter {
        body_key: window.body.map(|body| body.key.clone()),
        case_key: window.case.map(|(key, _)| key.to_owned()),
        from: Some(first),
        to: last,
        as_of,
        ..FollowUpFilter::default()
    };
    let mut rows = archive.follow_ups(&filter, FollowUpOrder::NearestFirst, MOST_EVENTS + 1, 0)?;
    let is_all = rows.len() <= MOST_EVENTS;
    rows.truncate(MOST_EVENTS);
    // A next meeting has its day from elsewhere.
    let said = (first.saturating_sub(NEXT_MEETING_DAYS.days()), last.unwrap_or(Date::MAX));
    rows.extend(archive.undated_follow_ups(&filter, said, MOST_EVENTS)?);
    let documents: BTreeSet<i64> = rows.iter().map(|row| row.meeting.document).collect();
    let wanted: HashSet<String> = rows.iter().map(told).collect();
    let (mut kept, mut uids) = (Vec::new(), Vec::new());
    for document in documents {
        let all = archive.follow_ups_of(document)?;
        let is_superseded = match all.first() {
            Some(row) => has_minutes(context, &row.meeting)?,
            None => false,
        };
        // Numbered among all of the document, so that no window changes what an event is called.
        for (uid, row) in uids_of(&all).into_iter().zip(all) {
            if !is_superseded && wanted.contains(&told(&row)) {
                uids.push(uid);
                kept.push(row);
            }
        }
    }
    let mut best: HashMap<String, (bool, CalendarEvent)> = HashMap::new();
    for (uid, course) in uids.into_iter().zip(courses(context, kept)?) {
        let Some((from, to)) = course.shown() else { continue };
        if to < first || last.is_some_and(|last| from > last) {
            continue;
        }
        let is_best = course.row.meeting.withdrawn_at.is_none();
        let event = event(uid.clone(), (from, to), &course);
        if best.get(&uid).is_none_or(|(known, _)| is_best && !known) {
            best.insert(uid, (is_best, event));
        }
    }
    let mut events: Vec<CalendarEvent> = best.into_values().map(|(_, event)| event).collect();
    events.sort_by(|one, other| (one.from, one.to, &one.uid).cmp(&(other.from, other.to, &other.uid)));
    Ok((events, is_all))
}

/// What a row is known by inside the archive.
fn told(row: &FollowUpRow) -> String {
    let item = row.item.as_ref().map(|item| item.item_id);
    let FollowUpRow { follow_up: it, meeting, .. } = row;
    format!("{:?}", (meeting.document, item, it.from, it.to, &it.body, it.kind, &it.quote))
}

/// The UID of each follow-up of a document, in the same order. A sentence that sets several days has one for each, by their order.
fn uids_of(rows: &[FollowUpRow]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut uids = Vec::with_capacity(rows.len());
    for row in rows {
        let key = identity(row);
        let nth = seen.entry(key.clone()).or_insert(0);
        let hash = blake3::hash(format!("{key}\u{1f}{nth}").as_bytes()).to_hex();
        uids.push(format!("{}@referent", &hash[..UID_DIGITS]));
        *nth += 1;
    }
    uids
}

/// What stays of a follow-up when its document is corrected, or its agenda becomes minutes.
fn identity(row: &FollowUpRow) -> String {
    let letters = |text: &str| {
        let folded = fold(text);
        folded
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let item = row.item.as_ref();
    let case = item.and_then(|item| item.case_number.as_ref()).map(minutes::CaseNumber::key);
    // Where there is no number, the title tells which item; of a document, its file.
    let matter = case
        .or_else(|| item.and_then(|item| item.title.as_deref()).map(letters))
        .unwrap_or_else(|| row.meeting.file.clone());
    let said_on = row.meeting.date.map(|day| day.to_string()).unwrap_or_default();
    let acting = row.follow_up.body.as_deref().map(minutes::body::key).unwrap_or_default();
    let words = letters(&minutes::without_days(&row.follow_up.quote));
    [row.meeting.body_key.as_str(), &said_on, &matter, &acting, &words].join("\u{1f}")
}

fn event(uid: String, (from, to): (Date, Date), course: &Course) -> CalendarEvent {
    let row = &course.row;
    let source = head_source(&row.meeting, row.item.as_ref());
    let is_meeting_itself = minutes::is_day_of_next_meeting(&row.follow_up.quote);
    let is_own = row.follow_up.kind == FollowUpKind::NextMeeting || is_meeting_itself;
    let body = row.follow_up.body.as_ref().or_else(|| Some(&row.meeting.body).filter(|_| is_own)?.as_ref());
    let sort = match row.follow_up.kind {
        FollowUpKind::Deadline => Some("Frist".to_owned()),
        _ => body.cloned(),
    };
    // A sentence that names another case is of that one.
    let other = other_case(row);
    let case = match &other {
        _ if is_meeting_itself => None,
        Some(other) => Some(other),
        None => row.item.as_ref().and_then(|item| item.case_number.as_ref()),
    };
    let number = case.map(ToString::to_string);
    let what = match is_meeting_itself {
        true => Some("møde".to_owned()),
        false => source.title.clone().filter(|_| other.is_none()).or_else(|| number.clone()),
    };
    let summary: Vec<String> = [sort, what].into_iter().flatten().collect();
    let summary = if summary.is_empty() { "Opfølgning".to_owned() } else { summary.join(": ") };
    let mut lines = vec![format!("»{}«", danish::shorten(&row.follow_up.quote, MOST_QUOTE_CHARS))];
    lines.extend(number.map(|number| format!("Sag: {number}")));
    lines.push(format!("Fra: {}", place(&row.meeting, source.number.as_deref())));
    lines.push(format!("Kilde: {}", row.meeting.url.as_ref().unwrap_or(&row.meeting.file)));
    CalendarEvent {
        uid,
        body_key: row.follow_up.body.as_deref().map_or(row.meeting.body_key.clone(), minutes::body::key),
        case_key: case.map(minutes::CaseNumber::key),
        from,
        to,
        is_cancelled: course.is_off() || row.meeting.withdrawn_at.is_some(),
        summary: danish::shorten(&summary, MOST_SUMMARY_CHARS),
        description: lines.join("\n"),
        url: row.meeting.url.clone().filter(|url| is_address(url) && row.meeting.kind != Kind::Members),
    }
}

/// Whether an address can stand in a calendar as it is: visible ASCII, and a page.
fn is_address(url: &str) -> bool {
    let is_page = url.starts_with("https://") || url.starts_with("http://");
    is_page && url.len() <= MOST_URL_CHARS && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The calendar as text: lines folded at 75 octets, ended by CRLF (RFC 5545, section 3.1).
fn written(context: &Context<'_>, window: &Window<'_>, revisions: &[CalendarRevision]) -> String {
    let name = [
        Some(context.council.name.clone()).filter(|name| !name.is_empty()),
        window.body.map(|it| it.name.clone()),
    ];
    let name: Vec<String> = name.into_iter().flatten().collect();
    let name = if name.is_empty() {
        "Opfølgninger".to_owned()
    } else {
        format!("Opfølgninger · {}", name.join(" · "))
    };
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", PRODID));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("X-WR-CALNAME", clean(&name)));
    if let Some(zone) = context.council.time_zone.iana_name() {
        calendar.append_property(Property::new("X-WR-TIMEZONE", zone));
    }
    for revision in revisions {
        calendar.push(written_event(revision));
    }
    calendar.done().to_string()
}

fn written_event(revision: &CalendarRevision) -> Event {
    let CalendarRevision { event, sequence, revised_at } = revision;
    let at = revised_at.strftime("%Y%m%dT%H%M%SZ").to_string();
    // The day after the last one: DTEND is not part of the event (RFC 5545, section 3.8.2.2).
    let end = event.to.tomorrow().unwrap_or(event.to);
    let mut written = Event::new();
    written.uid(&event.uid);
    written.append_property(Property::new("DTSTAMP", at.clone()));
    written.append_property(Property::new("LAST-MODIFIED", at));
    written.append_property(day("DTSTART", event.from));
    written.append_property(day("DTEND", end));
    written.append_property(Property::new("SEQUENCE", sequence.to_string()));
    written
        .append_property(Property::new("STATUS", if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" }));
    // Nobody is busy because a hearing goes on.
    written.append_property(Property::new("TRANSP", "TRANSPARENT"));
    written.summary(&clean(&event.summary));
    written.description(&clean(&event.description));
    if let Some(url) = &event.url {
        written.append_property(Property::new("URL", url.clone()));
    }
    written.done()
}

fn day(name: &str, day: Date) -> Property {
    Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// Without what acts or is not seen; only line breaks of our own stay, and these are escaped.
fn clean(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !(c.is_control() || is_unseen(*c))).collect()
}
