//! The program under test, started in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fake_discord::{Fake, Setup};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::arriving::{Arriving, CLOCK, SOURCE};

/// When everything counts as recorded, so that an answer that tells it is the same at every run.
const RECORDED_AT: &str = "2020-08-15T04:05:00Z";
const BINARY: &str = env!("CARGO_BIN_EXE_referent");
/// How long the program may take to be connected and registered.
pub(crate) const TO_START: Duration = Duration::from_secs(15);
/// For `bot.toml`, where nobody is asked to wait.
pub(crate) const NO_HURRY: &str = "[limits]\nquestions_per_minute = 1000000\n";
/// How long the program may take to end in good order.
const TO_END: Duration = Duration::from_secs(20);

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A running bot, and the Discord that it is in. It is killed when dropped.
pub(crate) struct Bot {
    pub(crate) fake: Fake,
    pub(crate) child: Child,
    pub(crate) place: TempDir,
}

/// How a bot is started.
pub(crate) struct Start {
    pub(crate) setup: Setup,
    /// The folder of minutes; a relative one is from the repository's root.
    pub(crate) minutes: String,
    /// What `bot.toml` says besides.
    pub(crate) config: String,
    /// The day that counts as today.
    pub(crate) today: String,
    /// The moment that the clock is held at, over a copy of the minutes; None: it runs.
    pub(crate) clock: Option<String>,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            setup: Setup::default(),
            minutes: "samples".to_owned(),
            config: String::new(),
            today: "2020-08-20".to_owned(),
            clock: None,
        }
    }
}

/// A folder with a `bot.toml` and all minutes read.
pub(crate) fn place(start: &Start) -> TempDir {
    place_of(start).0
}

/// The same, with what moves the minutes and the clock where the clock is held.
pub(crate) fn place_of(start: &Start) -> (TempDir, Option<Arriving>) {
    let place = tempfile::tempdir().unwrap();
    let arriving =
        start.clock.as_ref().map(|clock| Arriving::new(root(), place.path(), &start.minutes, clock));
    let minutes = if arriving.is_some() { place.path().join(SOURCE) } else { root().join(&start.minutes) };
    assert!(minutes.is_dir(), "{}", minutes.display());
    let config = fs::read_to_string(root().join("bot.toml")).unwrap();
    let (council, _) = config.split_once("[[sources]]").unwrap();
    let config = format!(
        "{council}\n[[sources]]\nkind = \"folder\"\npath = {:?}\nname = \"samples\"\n[data]\ndirectory = \"data\"\n{}",
        minutes.display().to_string(),
        start.config
    );
    fs::write(place.path().join("bot.toml"), config).unwrap();
    let mut sync = std::process::Command::new(BINARY);
    sync.arg("sync").current_dir(place.path());
    if let Some(arriving) = &arriving {
        sync.env(CLOCK, arriving.clock());
    }
    let sync = sync.output().unwrap();
    assert!(sync.status.success(), "{}", String::from_utf8_lossy(&sync.stderr));
    if arriving.is_some() {
        return (place, arriving);
    }
    let database = rusqlite::Connection::open(place.path().join("data/referent.db")).unwrap();
    database.execute("UPDATE documents SET recorded_at = ?1", [RECORDED_AT]).unwrap();
    let at = RECORDED_AT.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    database.execute("UPDATE news SET at = ?1", [at]).unwrap();
    (place, None)
}

/// The answer to a line of Discord's as data, from `referent ask --json`.
pub(crate) fn ask_json(place: &Path, today: &str, line: &str) -> serde_json::Value {
    // Who sees an answer is no question of the terminal's, and the help's commands have no slash there.
    let line = line.replace(" privat:nej", "").replace(" kommando:/", " kommando:");
    let asked = std::process::Command::new(BINARY)
        .args(["ask", "--json", "--today", today, &line])
        .current_dir(place)
        .output()
        .unwrap();
    assert!(asked.status.code().is_some_and(|code| code <= 1), "{}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).unwrap()
}

impl Bot {
    /// Starts one over freshly read minutes, and waits until it is connected and has registered its commands.
    pub(crate) async fn start(start: Start) -> Self {
        Self::start_within(place(&start), start, TO_START).await
    }

    /// [`Bot::start`] in a folder that is there already, with another time to wait for it.
    pub(crate) async fn start_within(place: TempDir, start: Start, time: Duration) -> Self {
        let fake = Fake::start(start.setup).await;
        let child = spawn(&fake, place.path(), &start.today);
        let bot = Self { fake, child, place };
        bot.fake.within(time).wait_ready().await;
        bot.fake.within(time).wait_registered().await;
        bot
    }

    /// What it wrote to standard error until now.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(log_file(self.place.path())).unwrap()
    }

    /// Asks it to end, and gives its exit code.
    pub(crate) async fn end(&mut self) -> Option<i32> {
        end(&mut self.child).await
    }
}

/// Asks a bot to end, and gives its exit code.
pub(crate) async fn end(child: &mut Child) -> Option<i32> {
    let pid = child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    tokio::time::timeout(TO_END, child.wait()).await.unwrap().unwrap().code()
}

impl Drop for Bot {
    /// A test that fails tells what the bot had to say.
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "the bot's log:\n{}",
                fs::read_to_string(log_file(self.place.path())).unwrap_or_default()
            );
        }
    }
}

fn log_file(place: &Path) -> PathBuf {
    place.join("log")
}

/// The program as a child in plain mode: it is killed when dropped.
pub(crate) fn spawn(fake: &Fake, place: &Path, today: &str) -> Child {
    spawn_with(fake, place, Some(today), &[("DISCORD_API".to_owned(), fake.api())])
}

/// The program as a child in an environment that leads it to the fake; on that day, where one is given.
pub(crate) fn spawn_with(
    fake: &Fake,
    place: &Path,
    today: Option<&str>,
    environment: &[(String, String)],
) -> Child {
    let log = fs::File::options().create(true).append(true).open(log_file(place)).unwrap();
    Command::new(BINARY)
        .arg("run")
        .args(today.iter().flat_map(|day| ["--today", day]))
        .current_dir(place)
        .env_remove("DISCORD_API")
        .env("DISCORD_TOKEN", fake.token())
        .env("RUST_LOG", "info")
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}
