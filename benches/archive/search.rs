//! `/søg` beside SQLite's own full-text search, FTS5 with the tokenizer `unicode61`, over the same texts in the same six
//! fields with the same weights. Both give the best eight by BM25; FTS5 gives their numbers only, `/søg` the whole answer
//! with how many there are, passage, decision and source. `/søg` also finds other endings and spellings of a word.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, params_from_iter};

use crate::direct;
use crate::figures::{Times, bar, beside, ratio};
use crate::indexed::{self, TEXTS};
use crate::place::Place;
use crate::questions::Asked;

/// As many as `/søg` shows.
const HITS: u32 = 8;
/// Questions of each form.
const QUESTIONS: usize = 300;
/// The bar: `/søg` takes at most as long.
const MOST: f64 = 1.0;

/// Forms of questions: what is asked, and where in an item's title and summary its words stand, counted from 0.
const FORMS: [(&str, &[usize]); 3] =
    [("one word", &[2]), ("two words", &[2, 5]), ("three words", &[0, 2, 5])];

const BEST: &str = "SELECT rowid, rank FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2";
const COUNT: &str = "SELECT count(*) FROM texts WHERE texts MATCH ?1";

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let asked = Asked::open(&place.data()?)?;
    let file = place.path("fts5.db");
    fill(asked.connection(), &file)?;
    let fts5 = Connection::open(&file)?;
    println!("/søg beside FTS5, the best {HITS}");
    let (mut more, mut fewer) = (0, 0);
    let (mut all, mut all_fts5) = (Times::default(), Times::default());
    for (name, form) in FORMS {
        let questions = questions(asked.connection(), form)?;
        let (mut asking, mut best, mut counting) = (Times::default(), Times::default(), Times::default());
        for measured in [false, true] {
            for words in &questions {
                let start = Instant::now();
                asked.answer(&format!("/søg {words}"))?;
                let asked_time = start.elapsed();
                let start = Instant::now();
                stepped(&fts5, words)?;
                let best_time = start.elapsed();
                let there: u32 = fts5.prepare_cached(COUNT)?.query_row([quoted(words)], |row| row.get(0))?;
                let counting_time = start.elapsed();
                if !measured {
                    let found = u32::try_from(asked.found(words)?)?;
                    more += usize::from(found > there);
                    fewer += usize::from(found < there);
                }
                if measured {
                    for times in [&mut asking, &mut all] {
                        times.add(asked_time);
                    }
                    for times in [&mut best, &mut all_fts5] {
                        times.add(best_time);
                    }
                    counting.add(counting_time);
                }
            }
        }
        beside(name, &asking, "FTS5", &best);
        beside(name, &asking, "FTS5 with how many there are", &counting);
    }
    beside("all forms", &all, "FTS5", &all_fts5);
    let questions = FORMS.len() * QUESTIONS;
    println!("  of {questions} questions /søg finds more than FTS5 for {more}, fewer for {fewer}");
    bar("ratio of p50 to FTS5", ratio(all.median(), all_fts5.median()), MOST);
    Ok(())
}

/// The texts of every entry of the search index, each in a row. Weighted and merged into one piece: FTS5 at its best.
fn fill(archive: &Connection, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut fts5 = Connection::open(file)?;
    let transaction = fts5.transaction()?;
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE texts USING fts5 (title, case_number, decision, names, summary, text, content = '',
                                                tokenize = 'unicode61')",
    )?;
    let mut weights = [0.0; TEXTS];
    let mut insert = transaction.prepare("INSERT INTO texts VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    direct::for_each_document(archive, |_, entries| {
        for entry in &entries {
            let texts = indexed::texts(entry);
            weights = texts.each_ref().map(|(_, weight)| *weight);
            insert.execute(params_from_iter(texts.iter().map(|(text, _)| text)))?;
        }
        Ok(())
    })?;
    drop(insert);
    let weights = weights.map(|weight| weight.to_string()).join(", ");
    transaction.execute_batch(&format!(
        "INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25({weights})');
         INSERT INTO texts (texts) VALUES ('optimize')"
    ))?;
    Ok(transaction.commit()?)
}

/// Words that stand together in an item, so that every question finds something.
fn questions(archive: &Connection, form: &[usize]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut statement = archive.prepare(
        "SELECT i.title || ' ' || json_extract(i.detail, '$.sections[1].text') FROM items i
         WHERE i.title IS NOT NULL ORDER BY i.id * 2654435761 % 4294967296",
    )?;
    let mut rows = statement.query([])?;
    let mut questions = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| questions.len() < QUESTIONS) {
        let Some(text) = row.get::<_, Option<String>>(0)? else { continue };
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).collect();
        let chosen: Vec<&str> = form.iter().filter_map(|at| words.get(*at).copied()).collect();
        if chosen.len() == form.len() {
            questions.push(chosen.join(" "));
        }
    }
    Ok(questions)
}

fn stepped(fts5: &Connection, words: &str) -> rusqlite::Result<usize> {
    let mut statement = fts5.prepare_cached(BEST)?;
    let mut rows = statement.query(rusqlite::params![quoted(words), HITS])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        std::hint::black_box(row.get::<_, i64>(0)?);
        count += 1;
    }
    Ok(count)
}

/// Every word as a string of FTS5's query language (sqlite.org/fts5.html, "FTS5 Strings"); all must be there.
fn quoted(words: &str) -> String {
    words.split(' ').map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}
