//! `/søg` beside SQLite's own full-text search, FTS5 with the tokenizer `unicode61`, over the same texts in the same six
//! fields with the same weights, merged into one piece.
//!
//! Both are asked the same words with the same limits, need all of them, rank by BM25 and give the best eight. FTS5 gives their
//! numbers only. `/søg` gives the whole answer: how the question was read, how many there are (one word in more than
//! [`index::MOST_COUNTED`] is not counted to the end), one place a case, passage, decision and source; and it finds other endings
//! and spellings of a word, compounds with it, and other words for the same. Each question is asked once unmeasured.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, ToSql, params, params_from_iter};

use crate::direct;
use crate::figures::{Times, bar, beside, ratio};
use crate::indexed::{self, TEXTS};
use crate::place::Place;
use crate::questions::Asked;

/// As many as `/søg` shows.
const HITS: u32 = 8;
/// Questions of each form.
const QUESTIONS: usize = 100;
/// The bar: `/søg` takes at most this share of FTS5's time, at a million items.
const MOST: f64 = 1.0 / 3.0;

/// What a question is made of.
enum Form {
    /// Words of an item's title and summary, by their places: together they stand somewhere.
    Of(&'static [usize]),
    /// The same within the body that the item was before.
    Within(&'static [usize]),
    /// The same with a letter doubled in the first of them: it stands nowhere.
    Misspelt(&'static [usize]),
    /// These words, each in a large share of all items.
    Common(&'static [&'static str]),
}

/// Forms of questions. The third word of an item is one of some seven thousand nouns, each in a few items of a hundred; the first
/// ones are of few.
const FORMS: [(&str, Form); 8] = [
    ("one word", Form::Of(&[2])),
    ("two words", Form::Of(&[2, 5])),
    ("three words", Form::Of(&[0, 2, 5])),
    ("five words", Form::Of(&[0, 2, 4, 5, 7])),
    ("two words in one body", Form::Within(&[2, 5])),
    ("a slip", Form::Misspelt(&[2])),
    ("a slip and another word", Form::Misspelt(&[2, 5])),
    (
        "common words",
        Form::Common(&["forvaltningen", "kommunen", "godkendt", "naboerne orienteres", "planen"]),
    ),
];

/// A question: its words, and the body it is limited to.
struct Question {
    words: String,
    body: Option<(String, String)>,
}

const BEST: &str = "SELECT rowid, rank FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2";
const BEST_WITHIN: &str = "SELECT t.rowid, t.rank FROM texts t JOIN bodies b ON b.entry = t.rowid
                           WHERE t.texts MATCH ?1 AND b.body_key = ?3 ORDER BY t.rank LIMIT ?2";
const COUNT: &str = "SELECT count(*) FROM texts WHERE texts MATCH ?1";

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let asked = Asked::open(&place.data()?)?;
    let fts5 = fts5(place)?;
    println!("/søg beside FTS5, the best {HITS}");
    sizes(place)?;
    let (mut all, mut all_fts5, mut more, mut fewer) = (Times::default(), Times::default(), 0, 0);
    for (name, form) in FORMS {
        let questions = questions(asked.connection(), &form)?;
        let (mut asking, mut best) = (Times::default(), Times::default());
        for question in &questions {
            let there: u32 =
                fts5.prepare_cached(COUNT)?.query_row([quoted(&question.words)], |row| row.get(0))?;
            let found = u32::try_from(asked.found(&question.words)?)?;
            more += usize::from(found > there);
            fewer += usize::from(found < there && found < u32::try_from(index::MOST_COUNTED)?);
        }
        for measured in [false, true] {
            for question in &questions {
                let start = Instant::now();
                asked.answer(&question.line())?;
                let asked_time = start.elapsed();
                let start = Instant::now();
                stepped(&fts5, question)?;
                let best_time = start.elapsed();
                if measured {
                    asking.add(asked_time);
                    best.add(best_time);
                    if !matches!(form, Form::Misspelt(_)) {
                        all.add(asked_time);
                        all_fts5.add(best_time);
                    }
                }
            }
        }
        beside(name, &asking, "FTS5", &best);
    }
    // FTS5 does not look for what was meant.
    beside("all forms without slips", &all, "FTS5", &all_fts5);
    println!("  /søg finds more than FTS5 for {more} questions, fewer for {fewer}");
    bar("ratio of p50 to FTS5", ratio(all.median(), all_fts5.median()), MOST);
    Ok(())
}

/// The texts of every entry of the search index, each in a row, and its body. Weighted and merged into one piece: FTS5 at its
/// best. Made once.
pub(crate) fn fts5(place: &Place) -> Result<Connection, Box<dyn Error>> {
    let file = place.path("fts5.db");
    if !file.exists() {
        fill(&direct::read_only(&place.data()?)?, &file)?;
    }
    Ok(Connection::open(&file)?)
}

fn fill(archive: &Connection, file: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut fts5 = Connection::open(file)?;
    let transaction = fts5.transaction()?;
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE texts USING fts5 (title, case_number, decision, names, summary, text, content = '',
                                                tokenize = 'unicode61');
         CREATE TABLE bodies (entry INTEGER PRIMARY KEY, body_key TEXT)",
    )?;
    let mut weights = [0.0; TEXTS];
    let mut insert = transaction.prepare(
        "INSERT INTO texts (title, case_number, decision, names, summary, text, rowid) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut bodies = transaction.prepare("INSERT INTO bodies VALUES (?1, ?2)")?;
    let mut body = archive.prepare("SELECT body_key FROM documents WHERE id = ?1")?;
    let mut number = 0_i64;
    direct::for_each_document(archive, |id, entries| {
        let body: String = body.query_row([id], |row| row.get(0))?;
        for entry in &entries {
            let texts = indexed::texts(entry);
            weights = texts.each_ref().map(|(_, weight)| *weight);
            number += 1;
            let values = texts.iter().map(|(text, _)| text as &dyn ToSql).chain([&number as &dyn ToSql]);
            insert.execute(params_from_iter(values))?;
            bodies.execute(params![number, body])?;
        }
        Ok(())
    })?;
    drop((insert, bodies));
    let weights = weights.map(|weight| weight.to_string()).join(", ");
    transaction.execute_batch(&format!(
        "INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25({weights})');
         INSERT INTO texts (texts) VALUES ('optimize')"
    ))?;
    transaction.commit()?;
    println!("FTS5 filled in {:.1?}, the texts read again from the archive", start.elapsed());
    Ok(())
}

/// What an item takes in each index.
fn sizes(place: &Place) -> Result<(), Box<dyn Error>> {
    let data = place.data()?;
    let items: f64 =
        direct::read_only(&data)?.query_row("SELECT count(*) FROM items", [], |row| row.get(0))?;
    let mut ours = 0;
    for file in fs::read_dir(data.join("search"))? {
        ours += file?.metadata()?.len();
    }
    let theirs = fs::metadata(place.path("fts5.db"))?.len();
    println!(
        "  bytes of the index for each of {items} items: {:.0}; FTS5 {:.0}",
        ours as f64 / items,
        theirs as f64 / items
    );
    Ok(())
}

impl Question {
    fn line(&self) -> String {
        match &self.body {
            Some((name, _)) => format!("/søg {} udvalg:{name}", self.words),
            None => format!("/søg {}", self.words),
        }
    }
}

fn questions(archive: &Connection, form: &Form) -> Result<Vec<Question>, Box<dyn Error>> {
    let places = match form {
        Form::Common(words) => {
            let question = |words: &&str| Question { words: (*words).to_owned(), body: None };
            return Ok(words.iter().map(question).collect());
        }
        Form::Of(places) | Form::Within(places) | Form::Misspelt(places) => *places,
    };
    let mut statement = archive.prepare(
        "SELECT i.title || ' ' || json_extract(i.detail, '$.sections[1].text'), d.body, d.body_key
         FROM items i JOIN documents d ON d.id = i.document
         WHERE i.title IS NOT NULL AND d.body IS NOT NULL ORDER BY i.id * 2654435761 % 4294967296",
    )?;
    let mut rows = statement.query([])?;
    let mut questions = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| questions.len() < QUESTIONS) {
        let Some(text) = row.get::<_, Option<String>>(0)? else { continue };
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).collect();
        let mut chosen: Vec<String> =
            places.iter().filter_map(|at| words.get(*at)).map(|word| (*word).to_owned()).collect();
        if chosen.len() < places.len() {
            continue;
        }
        if let (Form::Misspelt(_), Some(first)) = (form, chosen.first_mut()) {
            let (at, letter) = first.char_indices().nth(2).unwrap_or_default();
            first.insert(at, letter);
        }
        let body = match form {
            Form::Within(_) => Some((row.get(1)?, row.get(2)?)),
            _ => None,
        };
        questions.push(Question { words: chosen.join(" "), body });
    }
    Ok(questions)
}

fn stepped(fts5: &Connection, question: &Question) -> rusqlite::Result<usize> {
    let words = quoted(&question.words);
    let (mut statement, mut rows);
    match &question.body {
        None => {
            statement = fts5.prepare_cached(BEST)?;
            rows = statement.query(params![words, HITS])?;
        }
        Some((_, key)) => {
            statement = fts5.prepare_cached(BEST_WITHIN)?;
            rows = statement.query(params![words, HITS, key])?;
        }
    }
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
