//! What is proposed while one types, a letter at a time, and `/person`: how long each takes. Numbers are proposed beside the bare
//! query for those that begin so, titles beside FTS5's for titles with these words, the last one begun; for the rest there is
//! nothing to compare with but the patience of whoever types.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use commands::COMMANDS;
use rusqlite::{Connection, params};

use crate::figures::{Times, beside};
use crate::place::Place;
use crate::questions::Asked;
use crate::search;

/// Numbers, titles and names typed.
const TYPED: u32 = 100;

/// As many as Discord shows.
const PROPOSED: u32 = 25;

/// What is typed, the command and its option, and where the texts come from.
const KINDS: [(&str, &str, &str, &str); 5] = [
    ("case numbers", "sag", "nummer", "SELECT case_number FROM items WHERE case_key IS NOT NULL"),
    ("titles", "sag", "nummer", "SELECT title FROM items WHERE title IS NOT NULL"),
    ("bodies", "møde", "udvalg", "SELECT body FROM documents WHERE body IS NOT NULL"),
    ("days", "møde", "dato", "SELECT date FROM documents WHERE date IS NOT NULL"),
    ("people", "person", "navn", "SELECT json_extract(detail, '$.person') FROM seats"),
];

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let asked = Asked::open(&place.data()?)?;
    let fts5 = search::fts5(place)?;
    println!("proposals, at every letter of {TYPED} of each");
    for (name, command, option, sql) in KINDS {
        let texts = texts(asked.connection(), sql)?;
        let command = COMMANDS.iter().find(|known| known.name == command).ok_or("no such command")?;
        let mut slip = Times::default();
        let (mut right, mut bare) = (Times::default(), Times::default());
        for text in &texts {
            let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
            for end in ends {
                let start = Instant::now();
                black_box(asked.propose(command, option, &text[..end]));
                right.add(start.elapsed());
                let start = Instant::now();
                match name {
                    "case numbers" => begun_numbers(&asked, &text[..end])?,
                    "titles" => begun_titles(&fts5, &text[..end])?,
                    _ => continue,
                }
                bare.add(start.elapsed());
            }
            let misspelt = misspelt(text);
            let start = Instant::now();
            black_box(asked.propose(command, option, &misspelt));
            slip.add(start.elapsed());
        }
        match name {
            "case numbers" | "titles" => beside(name, &right, "bare prefix query", &bare),
            _ => tell(name, &right),
        }
        tell(&format!("{name}, two letters changed about"), &slip);
    }
    let mut people = Times::default();
    for name in texts(asked.connection(), KINDS[4].3)? {
        let start = Instant::now();
        asked.answer(&format!("/person {name}"))?;
        people.add(start.elapsed());
    }
    tell("/person", &people);
    Ok(())
}

fn texts(archive: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let sql = format!("{sql} ORDER BY id * 2654435761 % 4294967296 LIMIT ?1");
    archive.prepare(&sql)?.query_map([TYPED], |row| row.get(0))?.collect()
}

/// Numbers of cases that begin with what is typed, as they are compared: by letters and digits.
fn begun_numbers(asked: &Asked, typed: &str) -> rusqlite::Result<()> {
    let key: String = typed.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let sql = "SELECT DISTINCT case_number FROM items WHERE case_key >= ?1 AND case_key < ?1 || char(1114111) LIMIT ?2";
    asked.rows(sql, &[&key, &PROPOSED])?;
    Ok(())
}

/// Items with all these words in the title, the last one begun.
fn begun_titles(fts5: &Connection, typed: &str) -> rusqlite::Result<()> {
    let words: Vec<String> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    if words.is_empty() {
        return Ok(());
    }
    let mut statement = fts5.prepare_cached("SELECT rowid FROM texts WHERE texts MATCH ?1 LIMIT ?2")?;
    let mut rows = statement.query(params![format!("title : ({} *)", words.join(" ")), PROPOSED])?;
    while let Some(row) = rows.next()? {
        black_box(row.get::<_, i64>(0)?);
    }
    Ok(())
}

fn misspelt(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = letters.len() * 2 / 3;
    if at > 0 {
        letters.swap(at - 1, at);
    }
    letters.into_iter().collect()
}

fn tell(name: &str, times: &Times) {
    println!("  {name}: p50 {:.1?}, p99 {:.1?}", times.percentile(50), times.percentile(99));
}
