//! Chat transcripts over the samples: each file of `tests/chat` is asked line by line and must be answered to the letter.
//!
//! A file begins with a heading and a line `today: YYYY-MM-DD`, and may name another folder of minutes than the samples
//! (`minutes: tests/disorder`) and be played in the chat (`place: terminal`), where something can be followed; then each `> ` line is
//! a question, and what follows is the answer as a terminal shows it, with `(exit N)` before it where the exit code is not 0. A line
//! `>> ` goes on with the conversation: it is asked in a chat in which the questions before it were.
//! `UPDATE=1 cargo test` writes the answers anew; read the difference.
//!
//! With `clock: 2020-08-20T10:00+02:00` in the place of `today: …` the clock stands until it is set, and minutes arrive: lines are
//! also what [`Arriving::happens`] takes, and then what the chat tells without being asked.
//!
//! In a story (`story: tests/story`) days go by: a line `today: YYYY-MM-DD` among the questions begins another day, and the files
//! whose names begin with that day or an earlier one are read before it goes on. `roster: FILE` is the council's own list of seats.

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

/// The last answer of a conversation in the chat.
fn converse(place: &Path, today: &str, questions: &[&str]) -> String {
    let said = |questions: &[&str]| {
        chat_with(place, &questions.join("\n"), |chat| chat.args(["chat", "--today", today]))
    };
    let before = said(&questions[..questions.len() - 1]);
    let all = said(questions);
    all.strip_prefix(before.as_str()).expect("the same answers again").trim_start_matches('\n').to_owned()
}

/// A folder of its own, in which `bot.toml` names a folder of minutes and the council's own list of seats, if there is one.
fn place_over(minutes: &Path, roster: Option<&str>) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let mut config = fs::read_to_string(root().join("bot.toml")).unwrap();
    assert!(minutes.is_dir(), "{}", minutes.display());
    config = config.replace("path = \"samples\"", &format!("path = {:?}", minutes.display().to_string()));
    if let Some(roster) = roster {
        fs::copy(root().join(roster), place.path().join("pladser.csv")).unwrap();
        config = config.replace("# roster = ", "roster = ");
    }
    fs::write(place.path().join("bot.toml"), config).unwrap();
    place
}

/// Reads the minutes, all at the same moment.
fn read(place: &Path) {
    let sync = Command::new(BINARY).arg("sync").current_dir(place).output().unwrap();
    assert!(sync.status.success(), "{}", String::from_utf8_lossy(&sync.stderr));
    let database = rusqlite::Connection::open(place.join("data/referent.db")).unwrap();
    database.execute("UPDATE documents SET recorded_at = ?1", [RECORDED_AT]).unwrap();
    let at = RECORDED_AT.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    database.execute("UPDATE news SET at = ?1", [at]).unwrap();
    database.execute("UPDATE sources SET first_read_at = ?1, succeeded_at = ?1", [at]).unwrap();
}

/// Puts the files of a story there that are not later than a day.
fn arrive(story: &Path, minutes: &Path, today: &str) {
    for file in fs::read_dir(story).unwrap().map(|file| file.unwrap()) {
        let name = file.file_name().into_string().unwrap();
        if name.as_str() <= today || name.starts_with(today) {
            fs::copy(file.path(), minutes.join(name)).unwrap();
        }
    }
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
    if let Some(clock) = named("clock: ") {
        let (place, mut arriving) = place_at(named("minutes: ").unwrap_or(SOURCE), clock);
        for line in transcript.lines().filter_map(|line| line.strip_prefix("> ")) {
            let _ = write!(played, "\n> {line}\n{}", play_at(place.path(), &mut arriving, line));
        }
        return played;
    }
    let mut today = named("today: ").expect("a line `today: YYYY-MM-DD`");
    let story = named("story: ").map(|story| (root().join(story), tempfile::tempdir().unwrap()));
    let minutes = match &story {
        Some((_, minutes)) => minutes.path().to_owned(),
        None => root().join(named("minutes: ").unwrap_or("samples")),
    };
    let place = place_over(&minutes, named("roster: "));
    let begin = |today: &str| {
        if let Some((story, minutes)) = &story {
            arrive(story, minutes.path(), today);
        }
        read(place.path());
    };
    begin(today);
    let answer = if named("place: ") == Some("terminal") { chat } else { ask };
    let mut conversation: Vec<&str> = Vec::new();
    for line in transcript[head.len()..].lines() {
        if let Some(day) = line.strip_prefix("today: ") {
            today = day;
            begin(today);
            let _ = write!(played, "\n{line}\n");
        } else if let Some(question) = line.strip_prefix(">> ") {
            conversation.push(question);
            let _ = write!(played, "\n>> {question}\n{}", converse(place.path(), today, &conversation));
        } else if let Some(question) = line.strip_prefix("> ") {
            conversation = vec![question];
            let _ = write!(played, "\n> {question}\n{}", answer(place.path(), today, question));
        }
    }
    played
}

/// Plays a transcript again; what differs, if it is not to be written anew.
fn differs(file: &Path) -> Option<String> {
    let written = fs::read_to_string(file).unwrap();
    let played = replay(&written);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, played).unwrap();
        return None;
    }
    let line = written.lines().zip(played.lines()).position(|(written, played)| written != played);
    let line = line.unwrap_or_else(|| written.lines().count().min(played.lines().count()));
    let of = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    (written != played).then(|| {
        format!("{}:{}\n  written: {}\n  played:  {}", file.display(), line + 1, of(&written), of(&played))
    })
}

#[test]
fn transcripts_are_answered_to_the_letter() {
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/chat")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort_by_key(|file| std::cmp::Reverse(fs::metadata(file).unwrap().len()));
    assert!(!files.is_empty(), "tests/chat holds no transcript");
    // The longest first, each by whoever is free: no transcript knows of another.
    let next = std::sync::atomic::AtomicUsize::new(0);
    let next_file = || files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let players = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut different: Vec<String> = std::thread::scope(|scope| {
        let play = || std::iter::from_fn(next_file).filter_map(|file| differs(file)).collect::<Vec<_>>();
        let playing: Vec<_> = (0..players).map(|_| scope.spawn(play)).collect();
        playing.into_iter().flat_map(|player| player.join().unwrap()).collect()
    });
    different.sort();
    assert!(different.is_empty(), "{} transcripts differ:\n{}", different.len(), different.join("\n"));
}
