//! A Discord with channels that follow things, a folder that minutes arrive in, and the program, which lives and dies.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use fake_discord::{Channel, Fake, Setup};
use index::{Archive, Cadence, Follow, Subject};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::paper::{self, Item};

const BINARY: &str = env!("CARGO_BIN_EXE_referent");
/// The first of the channels that a world makes for itself.
const FIRST_CHANNEL: u64 = 410_000_000_000_000_000;
/// For what has to happen at some time: long enough for a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(90);
const SIGKILL: i32 = 9;
const CONFIG: &str = "[council]\nname = \"Fjordby Kommune\"\n[[sources]]\nkind = \"folder\"\npath = \"referater\"\n\
                      [data]\ndirectory = \"data\"\n";

pub(crate) struct World {
    pub(crate) fake: Fake,
    pub(crate) channels: Vec<u64>,
    pub(crate) place: TempDir,
}

/// A meeting's day in words, as minutes write it.
pub(crate) fn in_words(day: Date) -> String {
    commands::danish::date(day)
}

/// So many days ago.
pub(crate) fn days_ago(days: i64) -> Date {
    Zoned::now().date().saturating_sub(days.days())
}

/// An item on a case of its own, unless it says otherwise.
pub(crate) fn item(title: &str, case_number: &str, decision: &str) -> Item {
    Item {
        title: title.to_owned(),
        case_number: case_number.to_owned(),
        decision: decision.to_owned(),
        ..Item::default()
    }
}

impl World {
    /// With so many channels. An archive of one old meeting is read already: what arrives from now on is news.
    pub(crate) async fn new(channels: u64, config: &str, setup: Setup) -> Self {
        let channels: Vec<u64> = (0..channels).map(|nth| FIRST_CHANNEL + nth).collect();
        let mut setup = setup;
        setup.guilds[0].channels.extend(channels.iter().map(|id| Channel::text(*id, &format!("kanal-{id}"))));
        let place = tempfile::tempdir().unwrap();
        for source in ["referater", "arkiv"] {
            fs::create_dir(place.path().join(source)).unwrap();
        }
        fs::write(place.path().join("bot.toml"), format!("{CONFIG}{config}")).unwrap();
        let world = Self { fake: Fake::start(setup).await, channels, place };
        world.arrive("gammelt.txt", &paper::meeting("Byrådet", "7. januar 2020", &[Item::default()]));
        world.sync();
        world
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open(&self.place.path().join("data")).unwrap()
    }

    /// Has a channel told of something at once.
    pub(crate) fn follow(&self, channel: u64, subject: Subject, key: &str) {
        let follow = Follow {
            subject,
            key: key.to_owned(),
            label: key.to_owned(),
            cadence: Cadence::AtOnce,
            quiet: None,
        };
        let mut ledger = self.archive().ledger().unwrap();
        ledger.subscribe(&format!("discord:{channel}"), &follow, usize::MAX, Timestamp::now()).unwrap();
    }

    /// A file is there, all of it at once.
    pub(crate) fn arrive(&self, name: &str, text: &str) {
        let hidden = self.place.path().join(format!(".{name}"));
        fs::write(&hidden, text).unwrap();
        fs::rename(hidden, self.place.path().join("referater").join(name)).unwrap();
    }

    /// The sources are read by a process of their own.
    pub(crate) fn sync(&self) {
        let done = std::process::Command::new(BINARY)
            .arg("sync")
            .current_dir(self.place.path())
            .env_remove("DISCORD_TOKEN")
            .stdout(Stdio::null())
            .status();
        assert!(done.unwrap().success());
    }

    /// The bot is started, to die at a step where one is named.
    pub(crate) fn start(&self, failpoint: Option<&str>) -> Child {
        let log = fs::File::options().create(true).append(true).open(self.place.path().join("log")).unwrap();
        let mut command = Command::new(BINARY);
        command.arg("run").current_dir(self.place.path()).env("DISCORD_API", self.fake.api());
        command
            .env("DISCORD_TOKEN", self.fake.token())
            .env("RUST_LOG", "info")
            .env_remove("REFERENT_FAILPOINT");
        if let Some(failpoint) = failpoint {
            command.env("REFERENT_FAILPOINT", failpoint);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true).spawn().unwrap()
    }

    /// The bot is started, and dies at this step.
    pub(crate) async fn die_at(&self, failpoint: &str) {
        let mut child = self.start(Some(failpoint));
        let ended = tokio::time::timeout(DEADLINE, child.wait()).await;
        let ended =
            ended.unwrap_or_else(|_| panic!("{failpoint} was never reached\n{}", self.log())).unwrap();
        assert_eq!(ended.signal(), Some(SIGKILL), "{failpoint}: {ended}\n{}", self.log());
    }

    /// The bot lives until all files are read and nothing is left to send, and ends in good order.
    pub(crate) async fn settle(&self) {
        let before = self.fake.counts().identifies;
        let mut child = self.start(None);
        // One that is not connected yet does not know how to end in good order.
        self.until(|archive| self.fake.counts().identifies > before && self.is_quiet(archive)).await;
        end(&mut child).await;
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, is_so: impl Fn(&Archive) -> bool) {
        let archive = self.archive();
        let end = Instant::now() + DEADLINE;
        while !is_so(&archive) {
            assert!(Instant::now() < end, "{:?}\n{}", archive.outbox_counts(), self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether every file is recorded as it is, and nothing is left to send.
    pub(crate) fn is_quiet(&self, archive: &Archive) -> bool {
        let known = archive.known().unwrap();
        let is_known = |source: &str| {
            let mut files = fs::read_dir(self.place.path().join(source)).unwrap().map(Result::unwrap);
            files.all(|file| {
                let origin = format!("{source}/{}", file.file_name().to_string_lossy());
                let hash = blake3::hash(&fs::read(file.path()).unwrap()).to_hex().to_string();
                known.get(&origin) == Some(&hash)
            })
        };
        is_known("referater") && is_known("arkiv") && archive.outbox_counts().unwrap().open == 0
    }

    /// How many messages of a channel say each of these words.
    pub(crate) fn tally(&self, channel: u64, words: &[String]) -> BTreeMap<String, usize> {
        let messages: Vec<String> =
            self.fake.messages(channel).iter().map(fake_discord::ShownMessage::text).collect();
        let count = |word: &String| messages.iter().filter(|text| text.contains(word.as_str())).count();
        words.iter().map(|word| (word.clone(), count(word))).collect()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.place.path().join("log")).unwrap_or_default()
    }
}

/// Asks a process to end in good order.
pub(crate) async fn end(child: &mut Child) {
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    assert!(tokio::time::timeout(DEADLINE, child.wait()).await.unwrap().unwrap().success());
}
