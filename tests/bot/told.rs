//! Transcripts of what is told without being asked: each file of `tests/bot/told` is played line by line over a folder that minutes
//! arrive in and a clock that stands until it is set. What each channel then gets must be there to the letter.
//!
//! A file begins as in [`transcripts`](crate::transcripts), with a line `clock: …` in the place of `today: …`. Lines are what people
//! do, as there, what happens, as in [`Arriving::happens`], and:
//!
//! | line | what is done |
//! |---|---|
//! | `genstart` | the bot ends in good order and begins anew, a second later; then the folder is read, and what is near is looked for |
//! | `dræb` | the same after SIGKILL |
//! | `kanalen lukkes`, `kanalen åbnes` | the bot may not write in the channel, and may again |
//! | `discord svarer 400`, `discord svarer igen` | to every message of the bot's in the channel |

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fake_discord::{CHANNEL, Fake, OTHER_CHANNEL, Setup, THREAD, USER, permissions};
use tempfile::TempDir;
use tokio::process::Child;
use tokio::task::JoinSet;

use crate::arriving::{Arriving, CLOCK, SOURCE};
use crate::bot::{self, Start, root};
use crate::transcripts::{Stage, heading, show};

/// For what has to happen at some time: long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(90);
/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(20);
/// Milliseconds from which on a time lies so far ahead that a clock was wrong: it counts as come.
const FURTHEST: i64 = 9 * 24 * 3_600_000;
/// Transcripts played at a time.
const AT_ONCE: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_told_to_the_letter() {
    let folder = root().join("tests/bot/told");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "tests/bot/told holds no transcript");
    let mut playing = JoinSet::new();
    let mut played: Vec<(std::path::PathBuf, String, String)> = Vec::new();
    for file in files {
        if playing.len() == AT_ONCE {
            played.extend(playing.join_next().await.map(Result::unwrap));
        }
        let written = fs::read_to_string(&file).unwrap();
        playing.spawn(async move {
            let played = play(&written).await;
            (file, written, played)
        });
    }
    played.extend(playing.join_all().await);
    for (file, written, played) in played {
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, played).unwrap();
        } else {
            assert_eq!(written, played, "{}", file.display());
        }
    }
}

async fn play(transcript: &str) -> String {
    let (head, named) = heading(transcript);
    let start = Start {
        minutes: named("minutes: ").unwrap_or_else(|| SOURCE.to_owned()),
        config: named("config: ").map(|line| line.replace("; ", "\n")).unwrap_or_default(),
        clock: Some(named("clock: ").expect("a line `clock: 2020-08-20T10:00+02:00`")),
        ..Start::default()
    };
    let mut play = Play::begin(&start).await;
    let fake = play.fake.clone();
    let mut stage = Stage::new(&fake);
    let mut played = head.trim_end().to_owned() + "\n";
    for line in transcript.lines().filter_map(|line| line.strip_prefix("> ")) {
        let _ = write!(played, "\n> {line}\n{}", play.act(&mut stage, line).await);
    }
    bot::end(&mut play.child).await;
    played
}

struct Play {
    fake: Fake,
    place: TempDir,
    arriving: Arriving,
    child: Child,
    /// How much of the log was there when the bot began.
    log_before: usize,
    /// The messages that a transcript has shown or will not show, by channel and id, with what they said.
    seen: BTreeMap<(u64, u64), String>,
}

impl Play {
    async fn begin(start: &Start) -> Self {
        let (place, arriving) = bot::place_of(start);
        let arriving = arriving.unwrap();
        let fake = Fake::start(Setup::default()).await;
        let child = spawn(&fake, place.path(), &arriving);
        let play = Self { fake, place, arriving, child, log_before: 0, seen: BTreeMap::new() };
        play.begun().await;
        play
    }

    async fn act(&mut self, stage: &mut Stage<'_>, line: &str) -> String {
        let is_arrival = line.starts_with("kommer ") || line.starts_with("forsvinder ");
        if self.arriving.happens(line) {
            if is_arrival {
                self.read().await;
            }
        } else {
            match line {
                "genstart" => {
                    bot::end(&mut self.child).await;
                    self.restart().await;
                }
                "dræb" => {
                    self.child.kill().await.unwrap();
                    self.restart().await;
                }
                "kanalen lukkes" => self.fake.deny(CHANNEL, permissions::SEND_MESSAGES),
                "kanalen åbnes" => self.fake.deny(CHANNEL, 0),
                "discord svarer igen" => self.fake.faults(""),
                line => match line.strip_prefix("discord svarer ") {
                    Some(status) => self.fake.faults(&format!(
                        "[[fault]]\non = 'POST /channels/{CHANNEL}/messages'\ntimes = 1000\nstatus = {status}\n"
                    )),
                    None => {
                        let seen = stage.act(line).await;
                        self.settled().await;
                        self.news();
                        return without_process(&seen);
                    }
                },
            }
        }
        self.settled().await;
        let mut told = String::new();
        for (place, is_change, message) in self.news() {
            let change = if is_change { ", ændret" } else { "" };
            let _ = write!(told, "({place}{change})\n{}", show(&message));
            stage.turn_to(message);
        }
        if told.is_empty() { "(intet)\n".to_owned() } else { told }
    }

    async fn restart(&mut self) {
        self.fake.wait_gone().await;
        self.arriving.later();
        self.log_before = self.log().len();
        self.child = spawn(&self.fake, self.place.path(), &self.arriving);
        self.begun().await;
    }

    /// Waits until the bot has done all that it does at its beginning.
    async fn begun(&self) {
        self.fake.within(DEADLINE).wait_ready().await;
        self.fake.within(DEADLINE).wait_registered().await;
        self.read().await;
        self.logged(&["what is near was looked for".to_owned()]).await;
    }

    /// Waits until the folder was read as it now is.
    async fn read(&self) {
        let (files, at) = (self.arriving.files(), self.arriving.now());
        self.logged(&["round ended".to_owned(), format!("files={files} "), format!("at={at}")]).await;
    }

    /// Waits until a line of the log since the bot's beginning holds all these words.
    async fn logged(&self, words: &[String]) {
        let is_it = |line: &str| words.iter().all(|word| line.contains(word));
        self.until(words, || self.log()[self.log_before..].lines().any(is_it)).await;
    }

    /// Waits until nothing is under way and nothing's time has come.
    async fn settled(&self) {
        let file = self.place.path().join("data/referent.db");
        let now = self.arriving.now().as_millisecond();
        let under_way = || -> bool {
            let is_due = |at: &str| format!("({at} <= ?1 OR {at} > ?1 + {FURTHEST})");
            let sql = format!(
                "SELECT count(*) FROM outbox WHERE (ready_at IS NULL OR {}) AND id IN (
                     SELECT min(id) FROM outbox
                     WHERE settled_at IS NULL AND state <> 'held' AND place LIKE 'discord:%' AND {} GROUP BY place)",
                is_due("ready_at"),
                is_due("not_before")
            );
            let database = rusqlite::Connection::open(&file).unwrap();
            database.query_row(&sql, [now], |row| row.get::<_, i64>(0)).unwrap() > 0
        };
        self.until(&["nothing under way".to_owned()], || !under_way()).await;
    }

    async fn until(&self, what: &[String], is_so: impl Fn() -> bool) {
        let end = Instant::now() + DEADLINE;
        while !is_so() {
            assert!(Instant::now() < end, "{what:?} never came\n{}", self.log());
            tokio::time::sleep(LOOK).await;
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.place.path().join("log")).unwrap_or_default()
    }

    /// What is new in the channels since this was last asked: where, whether it is a change of an earlier message, and what it says.
    fn news(&mut self) -> Vec<(&'static str, bool, fake_discord::ShownMessage)> {
        let places = [
            ("i kanalen", CHANNEL),
            ("i kanalen for drift", OTHER_CHANNEL),
            ("i tråden", THREAD),
            ("i en direkte besked", self.fake.dm(USER)),
        ];
        let mut news = Vec::new();
        for (place, channel) in places {
            for message in self.fake.messages(channel) {
                let before = self.seen.insert((channel, message.id), show(&message));
                if before.as_ref() != Some(&show(&message)) {
                    news.push((place, before.is_some(), message));
                }
            }
        }
        news
    }
}

/// What `/status` tells of the process is another thing each time.
fn without_process(seen: &str) -> String {
    let mut is_process = false;
    let mut kept = String::new();
    for line in seen.lines() {
        is_process = (is_process && line.starts_with("│ ")) || line == "│ **Programmet**";
        if !is_process {
            let _ = writeln!(kept, "{line}");
        }
    }
    kept
}

fn spawn(fake: &Fake, place: &Path, arriving: &Arriving) -> Child {
    let environment = [
        ("DISCORD_API".to_owned(), fake.api()),
        (CLOCK.to_owned(), arriving.clock().display().to_string()),
        ("RUST_LOG".to_owned(), "info,referent=debug".to_owned()),
    ];
    bot::spawn_with(fake, place, None, &environment)
}
