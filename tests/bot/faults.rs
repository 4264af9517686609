//! What goes wrong between the bot and Discord, by script: each file of `tests/bot/faults` is one story.
//!
//! A story has a `trap`, what it is about, and steps. A step may script faults of requests (`faults`, see `fake_discord::Fake::faults`),
//! play one at the gateway (`gateway`), wait for a number of sessions (`identified`, `resumed`), do something (`act`, as in the
//! transcripts) and say what must be seen then: `sees` in the answer, `posts` messages of the bot in the channel in all, `log` in its
//! log. At the end the bot must end in good order, unless `exit` and `says` tell how it ends by itself.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fake_discord::{APPLICATION, CHANNEL, GatewayFault, Setup};
use serde::Deserialize;

use crate::bot::{Bot, Start, place, root, spawn};
use crate::transcripts::Stage;

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(40);
/// Stories that are told at the same time.
const AT_ONCE: usize = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    trap: String,
    /// Faults that are there before the bot is.
    #[serde(default)]
    faults: String,
    #[serde(default)]
    config: String,
    /// What HELLO says, in milliseconds.
    heartbeat_ms: Option<u64>,
    #[serde(default)]
    step: Vec<Step>,
    /// The bot ends by itself with this code …
    exit: Option<i32>,
    /// … and says this.
    says: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(default)]
    faults: String,
    gateway: Option<String>,
    code: Option<u16>,
    identified: Option<usize>,
    resumed: Option<usize>,
    act: Option<String>,
    sees: Option<String>,
    posts: Option<usize>,
    log: Option<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn stories_of_faults_end_well() {
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/bot/faults")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "tests/bot/faults holds no story");
    let turns = std::sync::Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let told: Vec<_> = files
        .into_iter()
        .map(|file| {
            let turns = turns.clone();
            tokio::spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                tell(&file).await;
            })
        })
        .collect();
    let mut ended_badly = Vec::new();
    for story in told {
        ended_badly.extend(story.await.err().map(|error| error.to_string()));
    }
    assert!(ended_badly.is_empty(), "{}", ended_badly.join("\n"));
}

async fn tell(file: &Path) {
    let story: Story = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let name = format!("{}: {}", file.display(), story.trap);
    let mut setup = Setup { faults: story.faults.clone(), ..Setup::default() };
    if let Some(heartbeat) = story.heartbeat_ms {
        setup.heartbeat = Duration::from_millis(heartbeat);
    }
    let start = Start { setup, config: story.config.clone(), ..Start::default() };
    if story.exit.is_some() {
        return ends_by_itself(&name, &story, start).await;
    }
    let mut bot = Bot::start_within(place(&start), start, PATIENCE).await;
    let fake = bot.fake.within(PATIENCE);
    let mut stage = Stage::new(&fake);
    for (at, step) in story.step.iter().enumerate() {
        let name = format!("{name}, step {}", at + 1);
        if !step.faults.is_empty() {
            fake.faults(&step.faults);
        }
        if let Some(fault) = &step.gateway {
            fake.gateway(&gateway(fault, step.code));
        }
        if let Some(times) = step.identified {
            fake.wait_identified(times).await;
        }
        if let Some(times) = step.resumed {
            until(&name, || fake.counts().resumes >= times).await;
        }
        if let Some(act) = &step.act {
            let seen = stage.act(act).await;
            let wanted = step.sees.as_deref().unwrap_or_default();
            assert!(seen.contains(wanted), "{name}: {seen}");
        }
        if let Some(posts) = step.posts {
            let count = || {
                let theirs =
                    fake.messages(CHANNEL).into_iter().filter(|message| message.author == APPLICATION);
                theirs.filter(|message| !message.ephemeral).count()
            };
            until(&format!("{name}: {posts} posts"), || count() >= posts).await;
            assert_eq!(count(), posts, "{name}");
        }
        if let Some(wanted) = &step.log {
            until(&format!("{name}: {wanted} in the log"), || bot.log().contains(wanted)).await;
        }
    }
    until(&format!("{name}: a fault was not met"), || fake.faults_left() == 0).await;
    assert_eq!(bot.end().await, Some(0), "{name}: {}", bot.log());
    for secret in fake.secrets() {
        assert!(!bot.log().contains(&secret), "{name}: a token in the log");
    }
}

async fn ends_by_itself(name: &str, story: &Story, start: Start) {
    let place = place(&start);
    let fake = fake_discord::Fake::start(start.setup).await;
    let mut child = spawn(&fake, place.path(), &start.today);
    let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
    let log = fs::read_to_string(place.path().join("log")).unwrap();
    let code = ended.unwrap_or_else(|_| panic!("{name}: it goes on\n{log}")).unwrap().code();
    assert_eq!(code, story.exit, "{name}: {log}");
    assert!(log.contains(story.says.as_deref().unwrap_or_default()), "{name}: {log}");
    assert!(!log.contains(&fake.token()), "{name}: the token in the log");
}

/// Waits for something that is looked at again and again.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: in vain");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn gateway(name: &str, code: Option<u16>) -> GatewayFault {
    match name {
        "close" => GatewayFault::Close(code),
        "drop" => GatewayFault::Drop,
        "reconnect" => GatewayFault::Reconnect,
        "invalid" => GatewayFault::Invalid { resumable: false },
        "resumable" => GatewayFault::Invalid { resumable: true },
        "mute" => GatewayFault::Mute,
        "unknown" => GatewayFault::Unknown,
        "refuse" => GatewayFault::Refuse(Duration::from_secs(3)),
        other => panic!("no such fault: {other}"),
    }
}
