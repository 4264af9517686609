//! Questions answered by `commands`, beside the SQL that each rests on: the statement prepared, its rows read, nothing made
//! of them.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Debug;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use commands::{Command, Council, Setting};
use index::Archive;
use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use crate::direct;
use crate::figures::{Times, bar, beside, ratio};
use crate::place::Place;

/// Items whose cases are asked for: a case is asked for as often as it is treated.
const CASES: u32 = 2_000;
/// Times that each body is asked for.
const ROUNDS: usize = 20;
/// The bar: `/sag` and `/råd` take at most so many times as long as their SQL.
const MOST: f64 = 3.0;

const MEETING: &str = "d.id, d.kind, d.body, d.body_key, d.date, d.time, d.place, d.title, d.origin, d.url, d.recorded_at, d.version";
const HEAD: &str = "i.id, i.number, i.case_number, i.title, i.outcome";

/// What all questions are asked of.
pub(crate) struct Asked {
    archive: Archive,
    council: Council,
    connection: Connection,
    pub(crate) today: Date,
}

impl Asked {
    pub(crate) fn open(data: &Path) -> Result<Self, Box<dyn Error>> {
        let connection = direct::read_only(data)?;
        let today: String = connection.query_row("SELECT max(date) FROM documents", [], |row| row.get(0))?;
        Ok(Self {
            archive: Archive::open(data)?,
            council: Council::default(),
            connection,
            today: today.parse()?,
        })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// How many items and documents hold the words.
    pub(crate) fn found(&self, words: &str) -> Result<usize, Box<dyn Error>> {
        Ok(self.archive.search(words, 1, 0)?.total)
    }

    /// How many proposals there are for what is typed of an option.
    pub(crate) fn propose(&self, command: &Command, option: &str, typed: &str) -> usize {
        commands::propose(&self.archive, &self.council, command, option, typed, &[], self.today).len()
    }

    /// Whether the line was answered with something found.
    pub(crate) fn answer(&self, line: &str) -> Result<bool, Box<dyn Error>> {
        let request = commands::parse_line(line).map_err(|error| format!("{line}: {error:?}"))?;
        let setting = Setting {
            council: &self.council,
            today: self.today,
            process: &[],
            sources: &[],
            asker: commands::Asker::default(),
        };
        let answer = commands::brief_answer(&self.archive, &setting, &request)
            .map_err(|error| format!("{line}: {error:?}"))?;
        Ok(black_box(&answer).found)
    }

    /// Steps through all rows and looks at every column; how many rows.
    pub(crate) fn rows(&self, sql: &str, parameters: &[&dyn ToSql]) -> rusqlite::Result<usize> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query(parameters)?;
        let (mut count, mut bytes) = (0, 0);
        while let Some(row) = rows.next()? {
            count += 1;
            for at in 0..width {
                bytes += match row.get_ref(at)? {
                    ValueRef::Text(text) | ValueRef::Blob(text) => text.len(),
                    _ => 1,
                };
            }
        }
        black_box(bytes);
        Ok(count)
    }
}

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let asked = Asked::open(&place.data()?)?;
    println!("questions as of {}, beside the bare SQL", asked.today);
    case(&asked)?;
    follow_ups(&asked)?;
    seats(&asked)
}

/// Both in turn for every question, after each was asked once unmeasured. A question must find something.
fn measure<Q: Debug>(
    questions: &[Q],
    ask: impl Fn(&Q) -> Result<bool, Box<dyn Error>>,
    bare: impl Fn(&Q) -> rusqlite::Result<usize>,
) -> Result<(Times, Times), Box<dyn Error>> {
    for question in questions {
        if !ask(question)? || bare(question)? == 0 {
            return Err(format!("{question:?} found nothing").into());
        }
    }
    let (mut asking, mut stepping) = (Times::default(), Times::default());
    for question in questions {
        let start = Instant::now();
        black_box(ask(question)?);
        asking.add(start.elapsed());
        let start = Instant::now();
        black_box(bare(question)?);
        stepping.add(start.elapsed());
    }
    Ok((asking, stepping))
}

/// `/sag`, beside what it rests on: the treatments of the case, and what tells where a promise of the last one stands.
fn case(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let cases: Vec<(String, String)> = asked
        .connection
        .prepare(
            "SELECT case_number, case_key FROM items WHERE case_key IS NOT NULL
             ORDER BY id * 2654435761 % 4294967296 LIMIT ?1",
        )?
        .query_map([CASES], |row| Ok((format!("/sag {}", row.get::<_, String>(0)?), row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let treatments = format!(
        "SELECT i.id, i.position, i.detail, {MEETING} FROM items i JOIN documents d ON d.id = i.document
         WHERE i.case_key = ?1 ORDER BY d.date, d.id, i.position"
    );
    let promised = format!(
        "SELECT f.detail, {MEETING}, {HEAD} FROM follow_ups f JOIN documents d ON d.id = f.document
         LEFT JOIN items i ON i.document = f.document AND i.position = f.position WHERE f.document = ?1 ORDER BY f.id"
    );
    // The last item, and whether it promised something: then where that stands is told.
    let last = "SELECT i.document, d.body_key, EXISTS (
            SELECT 1 FROM follow_ups f WHERE f.document = i.document AND f.position = i.position)
         FROM items i JOIN documents d ON d.id = i.document
         WHERE i.case_key = ?1 AND d.kind = 'minutes' ORDER BY d.date DESC, d.id DESC, i.position DESC LIMIT 1";
    let bare = |(_, key): &(String, String)| {
        let treated = asked.rows(&treatments, &[key])?;
        let last = asked.connection.prepare_cached(last)?.query_row([key], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
        });
        Ok(match last.optional()? {
            Some((document, body, true)) => {
                let told = asked.rows(&promised, &[&document])?;
                treated + told + rows_of_case(asked, key)? + rows_of_body(asked, &body)?
            }
            _ => treated,
        })
    };
    let (asking, stepping) = measure(&cases, |(line, _)| asked.answer(line), bare)?;
    beside("/sag", &asking, "its SQL", &stepping);
    bar("ratio of p50", ratio(asking.median(), stepping.median()), MOST);
    Ok(())
}

/// The bodies that met, with a command for each.
fn bodies(asked: &Asked, command: &str, sql: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let bodies: Vec<(String, String)> = asked
        .connection
        .prepare(sql)?
        .query_map([], |row| Ok((format!("/{command} udvalg:{}", row.get::<_, String>(0)?), row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok((0..ROUNDS).flat_map(|_| bodies.clone()).collect())
}

/// `/opfølgning`, of all bodies and of each, beside what it rests on: the rows that are ahead, those without a day and those that are
/// over, and for each case and body among them what tells their state.
fn follow_ups(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let of_bodies =
        bodies(asked, "opfølgning", "SELECT DISTINCT body, body_key FROM documents WHERE body <> ''")?;
    let bare = |(_, key): &(String, String)| follow_up_rows(asked, Some(key));
    let (asking, stepping) = measure(&of_bodies, |(line, _)| asked.answer(line), bare)?;
    beside("/opfølgning udvalg:…", &asking, "its SQL", &stepping);
    bar("ratio of p50", ratio(asking.percentile(50), stepping.percentile(50)), MOST);
    bar("ratio of p99", ratio(asking.percentile(99), stepping.percentile(99)), MOST);
    let of_all = vec!["/opfølgning"; ROUNDS];
    let (asking, stepping) = measure(&of_all, |line| asked.answer(line), |_| follow_up_rows(asked, None))?;
    beside("/opfølgning", &asking, "its SQL", &stepping);
    bar("ratio of p50", ratio(asking.percentile(50), stepping.percentile(50)), MOST);
    bar("ratio of p99", ratio(asking.percentile(99), stepping.percentile(99)), MOST);
    Ok(())
}

/// As many rows of each sort as the question looks at.
const MOST_AHEAD: i64 = 501;
const MOST_UNDATED: i64 = 500;
const MOST_PAST: i64 = 1_000;

fn follow_up_rows(asked: &Asked, body: Option<&String>) -> rusqlite::Result<usize> {
    let of_body = if body.is_some() { "f.body_key = ?3" } else { "?3 IS NULL" };
    let columns = format!("f.body_key, i.case_key, f.detail, {MEETING}, {HEAD}");
    let items = "LEFT JOIN items i ON i.document = f.document AND i.position = f.position";
    let by_day = format!("SELECT {columns} FROM follow_ups f JOIN documents d ON d.id = f.document {items}");
    let by_meeting =
        format!("SELECT {columns} FROM documents d CROSS JOIN follow_ups f ON f.document = d.id {items}");
    let statements = [
        format!("{by_day} WHERE f.to_date >= ?1 AND {of_body} ORDER BY f.from_date, d.date, d.id, f.id LIMIT ?2"),
        format!(
            "{by_meeting} WHERE f.from_date IS NULL AND d.date BETWEEN date(?1, '-6 months') AND ?1 AND {of_body}
             ORDER BY d.date DESC, d.id, f.id LIMIT ?2"
        ),
        format!(
            "{by_day} WHERE f.to_date < ?1 AND f.names_body AND {of_body}
             ORDER BY f.to_date DESC, d.date DESC, d.id, f.id LIMIT ?2"
        ),
    ];
    let today = asked.today.to_string();
    let (mut count, mut bodies, mut cases) = (0, HashSet::new(), HashSet::new());
    for (sql, limit) in statements.iter().zip([MOST_AHEAD, MOST_UNDATED, MOST_PAST]) {
        let mut statement = asked.connection.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query(params![today, limit, body])?;
        while let Some(row) = rows.next()? {
            count += 1;
            bodies.insert(row.get::<_, String>(0)?);
            cases.extend(row.get::<_, Option<String>>(1)?);
            for at in 2..width {
                black_box(row.get_ref(at)?);
            }
        }
    }
    for case in &cases {
        rows_of_case(asked, case)?;
    }
    for body in &bodies {
        rows_of_body(asked, body)?;
    }
    Ok(count)
}

/// What tells of a case where its follow-ups stand.
fn rows_of_case(asked: &Asked, case: &str) -> rusqlite::Result<usize> {
    let today = asked.today.to_string();
    let items = "SELECT i.id, d.id, d.date, d.body_key, d.kind, i.number, i.title, i.outcome
         FROM items i JOIN documents d ON d.id = i.document WHERE i.case_key = ?1 AND d.date <= ?2
         ORDER BY d.date DESC, d.id DESC, i.position DESC LIMIT 400";
    Ok(asked.rows(items, &[&case, &today])?
        + asked.rows("SELECT * FROM setbacks WHERE case_key = ?1", &[&case])?)
}

/// What tells of a body where its follow-ups stand.
fn rows_of_body(asked: &Asked, body: &str) -> rusqlite::Result<usize> {
    let days = "SELECT DISTINCT date FROM documents WHERE body_key = ?1 AND kind = 'minutes' AND date <= ?2 ORDER BY date";
    Ok(asked.rows(days, &[&body, &asked.today.to_string()])?
        + asked.rows("SELECT * FROM setbacks WHERE body_key = ?1 AND case_key IS NULL", &[&body])?)
}

/// The seats of a body, those of the council in this term and the year before, and who was at the body's meetings.
fn seats(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let (first, today) = (minutes::term::of(asked.today).0.to_string(), asked.today.to_string());
    // Who sat in a body in an earlier term alone is not known today.
    let told =
        format!("SELECT body, body_key FROM seats WHERE body <> '' AND date >= '{first}' GROUP BY body_key");
    let questions = bodies(asked, "råd", &told)?;
    let seats = format!(
        "SELECT s.detail, s.body_key, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position
         WHERE s.body_key = ?1 ORDER BY s.date, s.document, s.id"
    );
    let changes = format!(
        "SELECT s.detail, s.body_key, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position
         WHERE s.event = 'party_change' AND s.date <= ?1 ORDER BY s.date, s.id"
    );
    let attended = format!(
        "SELECT a.person, a.person_key, a.was, a.other, a.role, a.party, {MEETING}, max(a.date)
         FROM attendance a JOIN documents d ON d.id = a.document
         WHERE a.body_key = ?1 AND a.date BETWEEN ?2 AND ?3
         GROUP BY a.person_key, a.role, a.party ORDER BY max(a.date) DESC, a.id"
    );
    let council = format!(
        "SELECT s.detail, s.body_key, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position
         WHERE s.body_key = ?1 AND (s.date >= date(?2, '-1 year') OR s.date IS NULL) ORDER BY s.date, s.document, s.id"
    );
    let council_key =
        questions.iter().map(|(_, key)| key).find(|key| minutes::body::is_council(key)).cloned();
    let bare = |(_, key): &(String, String)| {
        let of_council = asked.rows(&council, &[&council_key, &first])?;
        let told = asked.rows(&seats, &[key])? + of_council;
        Ok(told + asked.rows(&changes, &[&today])? + asked.rows(&attended, &[key, &first, &today])?)
    };
    let (asking, stepping) = measure(&questions, |(line, _)| asked.answer(line), bare)?;
    beside("/råd udvalg:…", &asking, "its SQL", &stepping);
    for percent in [50, 99] {
        let ratio = ratio(asking.percentile(percent), stepping.percentile(percent));
        bar(&format!("/råd, ratio of p{percent}"), ratio, MOST);
    }
    Ok(())
}
