//! What is proposed while one types, a letter at a time, and `/person`: how long each takes. There is nothing to compare it with
//! but the patience of whoever types.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use commands::COMMANDS;
use rusqlite::Connection;

use crate::figures::Times;
use crate::place::Place;
use crate::questions::Asked;

/// Numbers, titles and names typed.
const TYPED: u32 = 100;

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
    println!("proposals, at every letter of {TYPED} of each");
    for (name, command, option, sql) in KINDS {
        let texts = texts(asked.connection(), sql)?;
        let command = COMMANDS.iter().find(|known| known.name == command).ok_or("no such command")?;
        let mut slip = Times::default();
        let mut right = Times::default();
        for text in &texts {
            let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
            for end in ends {
                let start = Instant::now();
                black_box(asked.propose(command, option, &text[..end]));
                right.add(start.elapsed());
            }
            let misspelt = misspelt(text);
            let start = Instant::now();
            black_box(asked.propose(command, option, &misspelt));
            slip.add(start.elapsed());
        }
        tell(name, &right);
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
