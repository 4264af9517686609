//! What others make of the same queries: SQLite's FTS5, by its own words and by ours, and ripgrep.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};

use index::{Steps, stemmed};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::Engine;
use crate::judged::Corpus;

/// Rows read for ten cases.
const ROWS: u32 = 200;

type Named = (String, Option<Box<dyn Engine>>);

pub(crate) fn all(corpus: &Corpus) -> Result<Vec<Named>, Box<dyn Error>> {
    let stem = |text: &str| stemmed(text, Steps { compounds: false, ..Steps::ALL });
    let plain = |text: &str| text.to_owned();
    let mut engines: Vec<Named> = Vec::new();
    for (name, joined) in [("all words", " "), ("any word", " OR ")] {
        engines.push((format!("FTS5, {name}"), Some(Box::new(Fts5::new(corpus, plain, joined)?))));
        engines.push((format!("FTS5 stemmed, {name}"), Some(Box::new(Fts5::new(corpus, stem, joined)?))));
    }
    let grep = Grep::new(corpus)?.map(|grep| Box::new(grep) as Box<dyn Engine>);
    engines.push(("ripgrep".to_owned(), grep));
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
        let mut keys: Vec<String> = Vec::new();
        while let Some(row) = rows.next()? {
            let key = &self.keys[usize::try_from(row.get::<_, i64>(0)?)?];
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        Ok(keys)
    }
}

/// `rg`, a file for each entry: those with most different words first, then with most of them.
struct Grep {
    directory: TempDir,
    keys: Vec<String>,
}

impl Grep {
    /// None where it is not installed.
    fn new(corpus: &Corpus) -> Result<Option<Self>, Box<dyn Error>> {
        let is_there =
            Command::new("rg").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if is_there.is_err() {
            return Ok(None);
        }
        let directory = tempfile::tempdir()?;
        for (id, entry) in corpus.entries.iter().enumerate() {
            fs::write(directory.path().join(id.to_string()), entry.texts.join("\n"))?;
        }
        Ok(Some(Self { directory, keys: corpus.entries.iter().map(|entry| entry.key.clone()).collect() }))
    }
}

impl Engine for Grep {
    fn answer(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let words: HashSet<String> = query
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut command = Command::new("rg");
        command.args([
            "--only-matching",
            "--no-line-number",
            "--ignore-case",
            "--fixed-strings",
            "--no-heading",
        ]);
        command.args(words.iter().flat_map(|word| ["-e", word])).arg(".").current_dir(self.directory.path());
        let output = String::from_utf8(command.output()?.stdout)?;
        let mut found: Vec<(HashSet<String>, usize)> = vec![(HashSet::new(), 0); self.keys.len()];
        for line in output.lines() {
            let Some((file, word)) = line.split_once(':') else { continue };
            let id: usize = file.trim_start_matches("./").parse()?;
            found[id].0.insert(word.to_lowercase());
            found[id].1 += 1;
        }
        let mut ranked: Vec<usize> = (0..found.len()).filter(|id| found[*id].1 > 0).collect();
        ranked.sort_by_key(|id| (std::cmp::Reverse((found[*id].0.len(), found[*id].1)), *id));
        let mut keys: Vec<String> = Vec::new();
        for key in ranked.into_iter().map(|id| &self.keys[id]) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        Ok(keys)
    }
}
