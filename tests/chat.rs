//! Chat transcripts over the samples: each file of `tests/chat` is asked line by line and must be answered to the letter.
//!
//! A file begins with a heading and a line `today: YYYY-MM-DD`, and may name another folder of minutes than the samples
//! (`minutes: tests/disorder`) and be played in the chat (`place: terminal`), where something can be followed; then each `> ` line is
//! a question, and what follows is the answer as a terminal shows it, with `(exit N)` before it where the exit code is not 0.
//! `UPDATE=1 cargo test` writes the answers anew; read the difference.
//!
//! With `clock: 2020-08-20T10:00+02:00` in the place of `today: …` the clock stands until it is set, and minutes arrive: lines are
//! also what [`Arriving::happens`] takes, and then what the chat tells without being asked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "bot/arriving.rs"]
#[allow(dead_code, reason = "the tests of the bot use all of it")]
mod arriving;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use arriving::{Arriving, CLOCK, SOURCE};

/// When everything counts as recorded, so that an answer that tells it is the same at every run.
const RECORDED_AT: &str = "2021-09-30T04:05:00Z";

const BINARY: &str = env!("CARGO_BIN_EXE_referent");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One answer as the transcript shows it: what goes to standard output, then what goes to standard error.
fn ask(place: &Path, today: &str, question: &str) -> String {
    let output = Command::new(BINARY)
        .args(["ask", "--today", today, question])
        .current_dir(place)
        .env_remove("DISCORD_TOKEN")
        .output()
        .unwrap();
    let exit = match output.status.code() {
        Some(0) => String::new(),
        code => format!("(exit {})\n", code.unwrap()),
    };
    let text = [output.stdout, output.stderr].concat();
    format!("{exit}{}", String::from_utf8(text).unwrap())
}

/// One answer in the chat, which is begun anew for each.
fn chat(place: &Path, today: &str, question: &str) -> String {
    chat_with(place, question, |chat| chat.args(["chat", "--today", today]))
}

/// The same by a clock that stands.
fn chat_at(place: &Path, arriving: &Arriving, question: &str) -> String {
    chat_with(place, question, |chat| chat.arg("chat").env(CLOCK, arriving.clock()))
}

fn chat_with(place: &Path, question: &str, begin: impl Fn(&mut Command) -> &mut Command) -> String {
    let mut chat = begin(&mut Command::new(BINARY))
        .current_dir(place)
        .env_remove("DISCORD_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(chat.stdin.take().unwrap(), "{question}").unwrap();
    let output = chat.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

/// A folder of its own, in which `bot.toml` names the minutes of the transcript, read once.
fn place_over(minutes: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let config = fs::read_to_string(root().join("bot.toml")).unwrap();
    let path = root().join(minutes);
    assert!(path.is_dir(), "{}", path.display());
    let config = config.replace("path = \"samples\"", &format!("path = {:?}", path.display().to_string()));
    fs::write(place.path().join("bot.toml"), config).unwrap();
    let sync = Command::new(BINARY).arg("sync").current_dir(place.path()).output().unwrap();
    assert!(sync.status.success(), "{}", String::from_utf8_lossy(&sync.stderr));
    let database = rusqlite::Connection::open(place.path().join("data/referent.db")).unwrap();
    database.execute("UPDATE documents SET recorded_at = ?1", [RECORDED_AT]).unwrap();
    let at = RECORDED_AT.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    database.execute("UPDATE news SET at = ?1", [at]).unwrap();
    database.execute("UPDATE sources SET first_read_at = ?1, succeeded_at = ?1", [at]).unwrap();
    place
}

/// The same over a copy of the minutes, read at the moment at which the clock stands.
fn place_at(minutes: &str, clock: &str) -> (tempfile::TempDir, Arriving) {
    let place = tempfile::tempdir().unwrap();
    let arriving = Arriving::new(root(), place.path(), minutes, clock);
    fs::copy(root().join("bot.toml"), place.path().join("bot.toml")).unwrap();
    let sync =
        Command::new(BINARY).arg("sync").current_dir(place.path()).env(CLOCK, arriving.clock()).status();
    assert!(sync.unwrap().success());
    (place, arriving)
}

/// What the chat says to a person, or without being asked to what happens.
fn play_at(place: &Path, arriving: &mut Arriving, line: &str) -> String {
    if !arriving.happens(line) {
        return chat_at(place, arriving, line);
    }
    let told = chat_at(place, arriving, "");
    if told.is_empty() { "(intet)\n".to_owned() } else { told }
}

fn replay(transcript: &str) -> String {
    let (head, _) = transcript.split_once("\n> ").unwrap();
    let named = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let mut played = head.trim_end().to_owned() + "\n";
    let lines = transcript.lines().filter_map(|line| line.strip_prefix("> "));
    if let Some(clock) = named("clock: ") {
        let (place, mut arriving) = place_at(named("minutes: ").unwrap_or(SOURCE), clock);
        for line in lines {
            let _ = write!(played, "\n> {line}\n{}", play_at(place.path(), &mut arriving, line));
        }
        return played;
    }
    let today = named("today: ").expect("a line `today: YYYY-MM-DD`");
    let place = place_over(named("minutes: ").unwrap_or("samples"));
    let answer = if named("place: ") == Some("terminal") { chat } else { ask };
    for question in lines {
        let _ = write!(played, "\n> {question}\n{}", answer(place.path(), today, question));
    }
    played
}

#[test]
fn transcripts_are_answered_to_the_letter() {
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/chat")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "tests/chat holds no transcript");
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let played = replay(&written);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, played).unwrap();
        } else {
            assert_eq!(written, played, "{}", file.display());
        }
    }
}
