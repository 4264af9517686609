//! What others make of the same queries: SQLite's FTS5, by its own words and by ours, and ripgrep.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::error::Error;
use std::fs;

use grep_matcher::Matcher;
use grep_regex::RegexMatcherBuilder;
use grep_searcher::SearcherBuilder;
use grep_searcher::sinks::Bytes;
use index::{Steps, stemmed};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::Engine;
use crate::judged::Corpus;

/// Rows read for ten cases.
const ROWS: u32 = 200;

type Named = (String, Box<dyn Engine>);

pub(crate) fn all(corpus: &Corpus) -> Result<Vec<Named>, Box<dyn Error>> {
    let stem = |text: &str| stemmed(text, Steps { compounds: false, ..Steps::ALL });
    let plain = |text: &str| text.to_owned();
    let mut engines: Vec<Named> = Vec::new();
    for (name, joined) in [("all words", " "), ("any word", " OR ")] {
        engines.push((format!("FTS5, {name}"), Box::new(Fts5::new(corpus, plain, joined)?)));
        engines.push((format!("FTS5 stemmed, {name}"), Box::new(Fts5::new(corpus, stem, joined)?)));
    }
    engines.push(("ripgrep, any word".to_owned(), Box::new(Ripgrep::new(corpus)?)));
    Ok(engines)
}

/// FTS5 with `unicode61`, the texts and queries changed before they come to it.
struct Fts5<F> {
    connection: Connection,
    change: F,
    joined: &'static str,
    keys: Vec<String>,
}

impl<F: Fn(&str) -> String> Fts5<F> {
    fn new(corpus: &Corpus, change: F, joined: &'static str) -> Result<Self, Box<dyn Error>> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE VIRTUAL TABLE texts USING fts5 (title, case_number, decision, names, text, tokenize = 'unicode61');
             INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25(4.0, 3.0, 2.5, 2.0, 1.0)')",
        )?;
        let mut insert =
            connection.prepare("INSERT INTO texts (rowid, title, case_number, decision, names, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut keys = Vec::new();
        for (id, entry) in (0_i64..).zip(&corpus.entries) {
            let [title, number, decision, names, text] = entry.texts.each_ref().map(|text| change(text));
            insert.execute((id, title, number, decision, names, text))?;
            keys.push(entry.key.clone());
        }
        drop(insert);
        Ok(Self { connection, change, joined, keys })
    }
}

impl<F: Fn(&str) -> String> Engine for Fts5<F> {
    fn answer(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let changed = (self.change)(query);
        let words: Vec<String> = changed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\""))
            .collect();
        let mut found = self
            .connection
            .prepare_cached("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2")?;
        let mut rows = found.query((words.join(self.joined), ROWS))?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(usize::try_from(row.get::<_, i64>(0)?)?);
        }
        Ok(each_once(&self.keys, ids))
    }
}

/// ripgrep, as a library, over a file for each entry: those with most different words first, then with most of them.
struct Ripgrep {
    directory: TempDir,
    keys: Vec<String>,
}

impl Ripgrep {
    fn new(corpus: &Corpus) -> Result<Self, Box<dyn Error>> {
        let directory = tempfile::tempdir()?;
        for (id, entry) in corpus.entries.iter().enumerate() {
            fs::write(directory.path().join(id.to_string()), entry.texts.join("\n"))?;
        }
        Ok(Self { directory, keys: corpus.entries.iter().map(|entry| entry.key.clone()).collect() })
    }
}

impl Engine for Ripgrep {
    fn answer(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let words: Vec<&str> =
            query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let matcher = RegexMatcherBuilder::new().case_insensitive(true).build_literals(&words)?;
        let mut searcher = SearcherBuilder::new().build();
        let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
        for id in 0..self.keys.len() {
            let (mut different, mut all) = (HashSet::new(), 0);
            let each_line = Bytes(|_, line| {
                matcher.find_iter(line, |found| {
                    different.insert(String::from_utf8_lossy(&line[found]).to_lowercase());
                    all += 1;
                    true
                })?;
                Ok(true)
            });
            searcher.search_path(&matcher, self.directory.path().join(id.to_string()), each_line)?;
            if all > 0 {
                ranked.push((different.len(), all, id));
            }
        }
        ranked.sort_by_key(|(different, all, id)| (Reverse((*different, *all)), *id));
        Ok(each_once(&self.keys, ranked.into_iter().map(|(_, _, id)| id)))
    }
}

/// The cases of these entries, each where it comes first.
fn each_once(keys: &[String], ids: impl IntoIterator<Item = usize>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for id in ids {
        if !once.contains(&keys[id]) {
            once.push(keys[id].clone());
        }
    }
    once
}
