//! What the archive holds that tells what became of a follow-up: later items of its case, what was put off, which minutes are here.
//! Nothing is judged here.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{Kind, Outcome};
use rusqlite::{Connection, Row, params};

use super::meetings::date;
use super::values::{Iso, Word};

/// What is looked for about a follow-up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Its case, see [`minutes::case_number::key`]; None where its item has no number.
    pub case_key: Option<String>,
    /// The body that is to act, see [`minutes::body::key`]; None where none is known.
    pub body_key: Option<String>,
    /// The body whose minutes tell the follow-up: an event is called off wherever that body says so.
    pub said_by: String,
}

/// What is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// The items of the case, oldest meeting first; where there is no number, the body's items without one. Of very many the last.
    /// Those of agendas too.
    pub items: Arc<Vec<TracedItem>>,
    /// What was put off or called off of the case; where there is no number, of the body's items without one.
    pub setbacks: Arc<Vec<SetbackRow>>,
    /// Meetings of the body that were put off or called off.
    pub meetings_off: Arc<Vec<SetbackRow>>,
    /// Events that the body which told the follow-up called off, each on its day, at whatever item; and, without a day and a title,
    /// what it put off or called off that may be the matter of an item of another meeting, see [`minutes::names_title`].
    pub events_off: Arc<Vec<SetbackRow>>,
    /// The days of the body's minutes that are here, in order.
    pub minutes: Arc<Vec<Date>>,
}

/// An item that may be the one that was waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedItem {
    /// The item's number in this archive.
    pub item_id: i64,
    /// The number of its document.
    pub document: i64,
    /// The day of its meeting.
    pub date: Date,
    /// What the name of the body that met is compared by.
    pub body_key: String,
    /// Whether these are minutes or an agenda.
    pub kind: Kind,
    /// The number printed at the item.
    pub number: Option<String>,
    /// The title as printed.
    pub title: Option<String>,
    /// What the decision amounts to; [`Outcome::None`] without one.
    pub outcome: Outcome,
}

/// A decision that puts something off or calls it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetbackRow {
    /// The number of the document that says so.
    pub document: i64,
    /// The place of the item that says so, from 0.
    pub position: u32,
    /// The number printed at that item.
    pub number: Option<String>,
    /// The day of the meeting that decided it.
    pub decided_on: Date,
    /// What the name of the body is compared by: of the one that decided, or that was to meet.
    pub body_key: String,
    /// The title of the item whose matter or event it is; None where only its number is named, for a meeting, and for what the
    /// sentence itself names by its title.
    pub title: Option<String>,
    /// The day of the meeting or of the event; None for a matter.
    pub day: Option<Date>,
    /// Whether there is no later day to wait for.
    pub is_cancelled: bool,
    /// The sentence.
    pub quote: String,
}

/// When a body is going to meet next, or did, as the archive tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextMeeting {
    /// The day.
    pub date: Date,
    /// The document that tells it: the meeting's own agenda or minutes, or one that names the day.
    pub document: i64,
    /// The words that name the day; None where it is the document's own.
    pub quote: Option<String>,
}

/// More items of one case, or of one body, are not looked at: the last ones count.
const MOST_ITEMS: usize = 400;

/// An agenda is there so many days before its meeting at most.
const AGENDA_DAYS: i32 = 30;

/// More setbacks of one case or body are not looked at: the last ones count.
const MOST_SETBACKS: usize = 100;

/// The last day of a meeting whose agenda was known on a day.
pub(super) fn agendas_until(as_of: Date) -> Date {
    as_of.saturating_add(AGENDA_DAYS.days())
}

/// For each of those sought, what is known on a day: of meetings up to it, and of agendas.
pub(crate) fn traces(
    connection: &Connection,
    sought: &[Sought],
    as_of: Date,
) -> rusqlite::Result<Vec<Traces>> {
    let mut known = Known {
        connection,
        as_of,
        cases: HashMap::new(),
        bodies: HashMap::new(),
        unnumbered: HashMap::new(),
        events: HashMap::new(),
    };
    sought.iter().map(|sought| known.of(sought)).collect()
}

/// Items and setbacks of one case, or of one body's items without a number.
type Matter = (Arc<Vec<TracedItem>>, Arc<Vec<SetbackRow>>);

/// Days of minutes and meetings that are off, of one body.
type Meetings = (Arc<Vec<Date>>, Arc<Vec<SetbackRow>>);

/// What was looked up already: many follow-ups are of one case, and nearly all of a few bodies.
struct Known<'a> {
    connection: &'a Connection,
    as_of: Date,
    cases: HashMap<String, Matter>,
    bodies: HashMap<String, Meetings>,
    unnumbered: HashMap<String, Matter>,
    events: HashMap<String, Arc<Vec<SetbackRow>>>,
}

impl Known<'_> {
    fn of(&mut self, sought: &Sought) -> rusqlite::Result<Traces> {
        let mut traces = Traces { events_off: self.events(&sought.said_by)?, ..Traces::default() };
        if let Some(body) = &sought.body_key {
            (traces.minutes, traces.meetings_off) = self.meetings(body)?;
        }
        let matter = match (&sought.case_key, &sought.body_key) {
            (Some(case), _) => Some(self.case(case)?),
            (None, Some(body)) => Some(self.without_number(body)?),
            (None, None) => None,
        };
        if let Some((items, setbacks)) = matter {
            (traces.items, traces.setbacks) = (items, setbacks);
        }
        Ok(traces)
    }

    fn case(&mut self, key: &str) -> rusqlite::Result<Matter> {
        if let Some(known) = self.cases.get(key) {
            return Ok(known.clone());
        }
        let items = self.items("i.case_key = ?1", key)?;
        let setbacks = setbacks(self.connection, "s.case_key = ?1", key, self.as_of)?;
        let matter = (Arc::new(items), Arc::new(setbacks));
        self.cases.insert(key.to_owned(), matter.clone());
        Ok(matter)
    }

    fn without_number(&mut self, body: &str) -> rusqlite::Result<Matter> {
        if let Some(known) = self.unnumbered.get(body) {
            return Ok(known.clone());
        }
        let items = self.items("d.body_key = ?1 AND i.case_key IS NULL AND d.kind = 'minutes'", body)?;
        let of = "s.body_key = ?1 AND s.case_key IS NULL AND s.day IS NULL AND s.title IS NOT NULL";
        let setbacks = setbacks(self.connection, of, body, self.as_of)?;
        let matter = (Arc::new(items), Arc::new(setbacks));
        self.unnumbered.insert(body.to_owned(), matter.clone());
        Ok(matter)
    }

    fn meetings(&mut self, body: &str) -> rusqlite::Result<Meetings> {
        if let Some(known) = self.bodies.get(body) {
            return Ok(known.clone());
        }
        let sql = "
            SELECT DISTINCT date FROM documents
            WHERE body_key = ?1 AND kind = 'minutes' AND date <= ?2 ORDER BY date";
        let days: Vec<Date> = self
            .connection
            .prepare_cached(sql)?
            .query_map(params![body, Iso(self.as_of)], |row| Ok(row.get::<_, Iso>(0)?.0))?
            .collect::<rusqlite::Result<_>>()?;
        let off = off_days(self.connection, body, self.as_of)?;
        let meetings = (Arc::new(days), Arc::new(off));
        self.bodies.insert(body.to_owned(), meetings.clone());
        Ok(meetings)
    }

    fn events(&mut self, body: &str) -> rusqlite::Result<Arc<Vec<SetbackRow>>> {
        if let Some(known) = self.events.get(body) {
            return Ok(known.clone());
        }
        let of = "s.body_key = ?1 AND s.case_key IS NULL AND (s.day IS NULL) = (s.title IS NULL)";
        let events = Arc::new(setbacks(self.connection, of, body, self.as_of)?);
        self.events.insert(body.to_owned(), events.clone());
        Ok(events)
    }

    fn items(&self, of: &str, key: &str) -> rusqlite::Result<Vec<TracedItem>> {
        let sql = format!(
            "SELECT i.id, d.id, d.date, d.body_key, d.kind, i.number, i.title, i.outcome
             FROM items i JOIN documents d ON d.id = i.document
             WHERE {of} AND (d.date <= ?2 OR (d.kind = 'agenda' AND d.date <= ?3)) AND d.withdrawn_at IS NULL
             ORDER BY d.date DESC, d.id DESC, i.position DESC LIMIT {MOST_ITEMS}"
        );
        let mut items: Vec<TracedItem> = self
            .connection
            .prepare_cached(&sql)?
            .query_map(params![key, Iso(self.as_of), Iso(agendas_until(self.as_of))], item)?
            .collect::<rusqlite::Result<_>>()?;
        items.reverse();
        Ok(items)
    }
}

fn setbacks(connection: &Connection, of: &str, key: &str, as_of: Date) -> rusqlite::Result<Vec<SetbackRow>> {
    let sql = format!(
        "SELECT s.document, s.position, i.number, d.date, s.body_key, s.title, s.day, s.is_cancelled, s.quote
         FROM setbacks s JOIN documents d ON d.id = s.document
         JOIN items i ON i.document = s.document AND i.position = s.position
         WHERE {of} AND d.date <= ?2 AND d.withdrawn_at IS NULL
         ORDER BY d.date DESC, d.id DESC, s.id DESC LIMIT {MOST_SETBACKS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![key, Iso(as_of)], setback)?;
    let mut rows: Vec<SetbackRow> = rows.collect::<rusqlite::Result<_>>()?;
    rows.reverse();
    Ok(rows)
}

/// The items of a body's minutes from one day to another, both included, in the order of their meetings; the first of very many.
pub(crate) fn items_of_body(
    connection: &Connection,
    body_key: &str,
    (from, to): (Date, Date),
) -> rusqlite::Result<Vec<TracedItem>> {
    let sql = format!(
        "SELECT i.id, d.id, d.date, d.body_key, d.kind, i.number, i.title, i.outcome
         FROM documents d JOIN items i ON i.document = d.id
         WHERE d.body_key = ?1 AND d.kind = 'minutes' AND d.date BETWEEN ?2 AND ?3 AND d.withdrawn_at IS NULL
         ORDER BY d.date, d.id, i.position LIMIT {MOST_ITEMS}"
    );
    connection.prepare_cached(&sql)?.query_map(params![body_key, Iso(from), Iso(to)], item)?.collect()
}

fn item(row: &Row<'_>) -> rusqlite::Result<TracedItem> {
    Ok(TracedItem {
        item_id: row.get(0)?,
        document: row.get(1)?,
        date: row.get::<_, Iso>(2)?.0,
        body_key: row.get(3)?,
        kind: row.get::<_, Word<Kind>>(4)?.0,
        number: row.get(5)?,
        title: row.get(6)?,
        outcome: row.get::<_, Word<Outcome>>(7)?.0,
    })
}

fn setback(row: &Row<'_>) -> rusqlite::Result<SetbackRow> {
    Ok(SetbackRow {
        document: row.get(0)?,
        position: row.get(1)?,
        number: row.get(2)?,
        decided_on: row.get::<_, Iso>(3)?.0,
        body_key: row.get(4)?,
        title: row.get(5)?,
        day: date(row, 6)?,
        is_cancelled: row.get(7)?,
        quote: row.get(8)?,
    })
}

/// The first meeting of a body after a day that is known on another: minutes of that day or before, any agenda, or a day that one of
/// these names, also as the one to which a meeting is moved. Days that were called off or moved are left out.
pub(crate) fn next_meeting(
    connection: &Connection,
    body_key: &str,
    after: Date,
    as_of: Date,
) -> rusqlite::Result<Option<NextMeeting>> {
    let off = off_days(connection, body_key, as_of)?;
    let is_off = |day: Date| off.iter().any(|off| off.day == Some(day));
    let known = params![body_key, Iso(after), Iso(as_of), Iso(agendas_until(as_of))];
    let papers = "
        SELECT d.date, d.id, d.kind = 'minutes' FROM documents d
        WHERE d.body_key = ?1 AND d.date > ?2 AND ((d.kind = 'minutes' AND d.date <= ?3) OR (d.kind = 'agenda' AND d.date <= ?4))
          AND d.withdrawn_at IS NULL
        ORDER BY d.date, d.kind DESC, d.id";
    let mut statement = connection.prepare_cached(papers)?;
    let mut rows = statement.query(known)?;
    let mut held = None;
    while let Some(row) = rows.next()? {
        let (date, was_held): (_, bool) = (row.get::<_, Iso>(0)?.0, row.get(2)?);
        if was_held || !is_off(date) {
            held = Some(NextMeeting { date, document: row.get(1)?, quote: None });
            break;
        }
    }
    // A day to which a meeting was moved tells which later one of the plan is off.
    let told_since = after.saturating_sub(MOVED_FORWARD_DAYS.days());
    let plans = format!(
        "SELECT p.day, p.document, p.quote, d.date FROM planned_meetings p JOIN documents d ON d.id = p.document
         WHERE p.body_key = ?1 AND p.day > ?2 AND (d.date <= ?3 OR (d.kind = 'agenda' AND d.date <= ?4)) AND d.withdrawn_at IS NULL
         ORDER BY p.day, p.id LIMIT {MOST_PLANNED}"
    );
    let planned: Vec<Planned> = connection
        .prepare_cached(&plans)?
        .query_map(params![body_key, Iso(told_since), Iso(as_of), Iso(agendas_until(as_of))], |row| {
            Ok(Planned {
                day: row.get::<_, Iso>(0)?.0,
                document: row.get(1)?,
                quote: row.get(2)?,
                told_on: row.get::<_, Iso>(3)?.0,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let moved_to: Vec<&Planned> =
        planned.iter().filter(|plan| minutes::moves_next_meeting(&plan.quote)).collect();
    let told_next = |plan: &Planned| NextMeeting {
        date: plan.day,
        document: plan.document,
        quote: Some(plan.quote.clone()),
    };
    let mut ahead = planned.iter().filter(|plan| {
        plan.day > after && !is_off(plan.day) && !moved_to.iter().any(|moved| moved.replaces(plan, &planned))
    });
    let is_told_then =
        |plan: &&Planned| plan.told_on == after && minutes::is_day_of_next_meeting(&plan.quote);
    let next_told = ahead.clone().find(is_told_then).map(told_next);
    let planned_next = ahead.next().map(told_next);
    let moved = off.iter().filter_map(|row| {
        let (day, to) = minutes::moved(&row.quote, row.decided_on).to?;
        let is_off = off.iter().any(|later| later.day == Some(day) && later.decided_on >= row.decided_on);
        let is_meeting = !row.is_cancelled && day == to && day > after && !is_off;
        is_meeting.then(|| NextMeeting { date: day, document: row.document, quote: Some(row.quote.clone()) })
    });
    // A plan yields to the meeting that was held, and to the day that the minutes themselves gave for the next one.
    let is_plan_of_past = planned_next.as_ref().is_some_and(|plan| plan.date < as_of && held.is_some());
    let planned_next = next_told.or(planned_next.filter(|_| !is_plan_of_past));
    // Of several that tell one day, the meeting's own papers come first.
    let told = [held, planned_next].into_iter().flatten().chain(moved);
    Ok(told.min_by_key(|told| told.date))
}

/// More days that a body is going to meet on are not looked at.
const MOST_PLANNED: usize = 400;

/// "Næste møde er flyttet til den 23. februar": a meeting planned so many days later at most is the one that was moved forward.
const MOVED_FORWARD_DAYS: i32 = 14;

/// A day on which a body is going to meet, and when that was told.
struct Planned {
    day: Date,
    document: i64,
    quote: String,
    told_on: Date,
}

impl Planned {
    /// Whether this one, to which the next meeting was moved, stands in the place of another, told before and of no day of its own.
    fn replaces(&self, plan: &Self, planned: &[Self]) -> bool {
        if plan.day == self.day || plan.told_on > self.told_on {
            return false;
        }
        let is_next = planned
            .iter()
            .all(|other| other.day == self.day || other.day <= self.told_on || other.day >= plan.day);
        let is_near = plan.day <= self.day.saturating_add(MOVED_FORWARD_DAYS.days());
        plan.day > self.told_on && is_next && is_near
    }
}

/// The meetings of a body that were called off or moved, as known on a day.
fn off_days(connection: &Connection, body_key: &str, as_of: Date) -> rusqlite::Result<Vec<SetbackRow>> {
    let of = "s.body_key = ?1 AND s.case_key IS NULL AND s.day IS NOT NULL AND s.title IS NULL";
    setbacks(connection, of, body_key, as_of)
}
