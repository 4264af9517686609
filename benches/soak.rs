//! A day in twenty minutes: people ask steadily while the connection drops, requests fail, limits are met and sessions are begun anew, at
//! random but the same each time. Counted: who was answered, who got an apology, who nothing; and what the process takes in memory.
//!
//! `cargo bench --bench soak` takes twenty minutes; `REFERENT_SOAK_SECONDS` makes it shorter or longer. It fails when anybody was lost.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use fake_discord::{
    APPLICATION, Asker, CHANNEL, Fake, GatewayFault, OTHER_CHANNEL, OTHER_USER, Setup, THREAD, USER,
};

/// How long it takes when nothing else is said, and when it is only to be seen that it works.
const SECONDS: u64 = 20 * 60;
const FEW_SECONDS: u64 = 8;
/// Questions in a second.
const PACE: u64 = 10;
/// Somebody who sees nothing for so long has no answer: Discord's three seconds, and a little.
const ANSWERED_WITHIN: Duration = Duration::from_millis(3_500);
/// A message may be answered later; it does not expire.
const REPLIED_WITHIN: Duration = Duration::from_secs(60);
/// How often a message is looked at for its answer.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Seconds between two faults of the connection, at least and at most.
const FAULTS_EVERY: (u64, u64) = (5, 25);
/// The bar: memory at the end beside the middle.
const MOST_GROWTH: f64 = 1.10;
const SEED: u64 = 7;

/// What goes wrong with requests, by chance.
const FAULTS: &str = r#"
[[fault]]
on = "POST /interactions/*/*/callback"
chance = 0.02
seed = 1
status = 503
[[fault]]
on = "POST /interactions/*/*/callback"
chance = 0.01
seed = 2
refuse = true
[[fault]]
on = "POST /interactions/*/*/callback"
chance = 0.01
seed = 3
after = true
status = 502
[[fault]]
on = "POST /interactions/*/*/callback"
chance = 0.01
seed = 4
status = 429
retry_after = 0.4
header = "none"
[[fault]]
on = "POST /interactions/*/*/callback"
chance = 0.002
seed = 5
hang_ms = 4000
[[fault]]
on = "POST /channels/*/messages"
chance = 0.05
seed = 6
status = 500
[[fault]]
on = "POST /channels/*/messages"
chance = 0.05
seed = 7
status = 429
retry_after = 1.0
[[fault]]
on = "POST /channels/*/messages"
chance = 0.03
seed = 8
after = true
refuse = true
"#;

/// What people ask; a line that begins with `@` is a message.
const QUESTIONS: [&str; 10] = [
    "/sag nummer:27.00.00-A00-5-15",
    "/sag nummer:27",
    "/historik nummer:27.00.00-A00-5-15",
    "/møde",
    "/opfølgning",
    "/råd",
    "/søg ord:samarbejdsaftale",
    "/søg ord:findes slet ikke nogen steder",
    "@27.00.00-A00-5-15",
    "/hjælp",
];

/// What became of the questions.
#[derive(Debug, Default)]
struct Told {
    asked: AtomicU64,
    answered: AtomicU64,
    unanswered: AtomicU64,
}

/// The same series of numbers each time (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let seconds = match env::var("REFERENT_SOAK_SECONDS") {
        Ok(seconds) => seconds.parse()?,
        Err(_) if env::args().any(|argument| argument == "--bench") => SECONDS,
        Err(_) => FEW_SECONDS,
    };
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    prepare(place.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(soak(place.path(), Duration::from_secs(seconds)))
}

/// A bot over the samples, with everything read.
fn prepare(place: &Path) -> Result<(), Box<dyn Error>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let config = format!(
        "[council]\nname = \"Fjordby Kommune\"\nbody = \"Fjordby Byråd\"\n[[sources]]\nkind = \"folder\"\npath = {:?}\n[data]\ndirectory = \"data\"\n[limits]\nquestions_per_minute = 1000000\n",
        samples.display().to_string()
    );
    fs::write(place.join("bot.toml"), config)?;
    let status = Command::new(env!("CARGO_BIN_EXE_referent"))
        .arg("sync")
        .current_dir(place)
        .stdout(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err("the samples cannot be read".into()) }
}

async fn soak(place: &Path, time: Duration) -> Result<(), Box<dyn Error>> {
    let fake = Fake::start(Setup { heartbeat: Duration::from_secs(5), ..Setup::default() }).await;
    let mut bot = Command::new(env!("CARGO_BIN_EXE_referent"))
        .args(["run", "--today", "2020-08-20"])
        .current_dir(place)
        .env("DISCORD_TOKEN", fake.token())
        .env("DISCORD_API", fake.api())
        .env("RUST_LOG", "error")
        .spawn()?;
    fake.wait_ready().await;
    fake.wait_registered().await;
    let found = watch(&fake, &bot, time).await;
    bot.kill()?;
    bot.wait()?;
    found
}

async fn watch(fake: &Fake, bot: &Child, time: Duration) -> Result<(), Box<dyn Error>> {
    fake.faults(FAULTS);
    let told = Arc::new(Told::default());
    let (end, mut dice) = (Instant::now() + time, Dice(SEED));
    let chaos = tokio::spawn(break_connections(fake.clone(), end));
    let mut asking = tokio::task::JoinSet::new();
    let mut memory: Vec<f64> = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / PACE));
    while Instant::now() < end {
        ticks.tick().await;
        if told.asked.load(Relaxed) % PACE == 0 {
            memory.push(megabytes(bot)?);
        }
        let question = QUESTIONS[usize::try_from(dice.throw(QUESTIONS.len() as u64))?];
        let user = if dice.throw(2) == 0 { USER } else { OTHER_USER };
        let channel = [CHANNEL, OTHER_CHANNEL, THREAD][usize::try_from(dice.throw(3))?];
        told.asked.fetch_add(1, Relaxed);
        asking.spawn(ask(fake.clone(), told.clone(), Asker::in_channel(user, channel), question));
        while asking.try_join_next().is_some() {}
    }
    chaos.await?;
    while asking.join_next().await.is_some() {}
    fake.faults("");
    report(fake, &told, &memory).await
}

/// Asks once, and notes whether there was an answer.
async fn ask(fake: Fake, told: Arc<Told>, asker: Asker, question: &str) {
    let is_answered = match question.strip_prefix('@') {
        Some(text) => {
            let asked = fake.say(&asker, &format!("{} {text}", fake.mention())).await.id;
            let end = Instant::now() + REPLIED_WITHIN;
            loop {
                if fake.is_replied_to(asked) {
                    break true;
                }
                if Instant::now() >= end {
                    break false;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
        None => match fake.within(ANSWERED_WITHIN).try_command(&asker, question).await {
            Ok(reply) => reply.try_settled().await.is_ok(),
            Err(_) => false,
        },
    };
    if is_answered { &told.answered } else { &told.unanswered }.fetch_add(1, Relaxed);
}

/// Ends connections in every way there is, at random.
async fn break_connections(fake: Fake, end: Instant) {
    let mut dice = Dice(SEED + 1);
    loop {
        let wait = FAULTS_EVERY.0 + dice.throw(FAULTS_EVERY.1 - FAULTS_EVERY.0);
        let next = Instant::now() + Duration::from_secs(wait);
        if next >= end {
            return;
        }
        tokio::time::sleep_until(next.into()).await;
        let faults = [
            GatewayFault::Drop,
            GatewayFault::Drop,
            GatewayFault::Reconnect,
            GatewayFault::Close(Some(4000)),
            GatewayFault::Close(None),
            GatewayFault::Invalid { resumable: true },
            GatewayFault::Invalid { resumable: false },
            GatewayFault::Unknown,
            GatewayFault::Refuse(Duration::from_secs(2)),
        ];
        let at = usize::try_from(dice.throw(faults.len() as u64)).unwrap_or(0);
        fake.gateway(&faults[at]);
    }
}

async fn report(fake: &Fake, told: &Told, memory: &[f64]) -> Result<(), Box<dyn Error>> {
    // What the bot itself has counted: events that Discord forgot with a session never reached it.
    let status = fake
        .within(Duration::from_secs(30))
        .command(&Asker::in_channel(USER, CHANNEL), "/status")
        .await
        .text();
    let (_, line) = status.split_once("Spørgsmål:").ok_or("no counts in /status")?;
    let line = line.split(['·', '\n']).next().unwrap_or_default().trim_matches(['*', ' ']);
    let numbers: Vec<u64> =
        line.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let [bot_answered, bot_apologised, bot_lost, bot_hurried] = numbers[..] else {
        return Err(format!("the counts have another form: {line}").into());
    };
    let received = bot_answered + bot_apologised + bot_lost + bot_hurried;
    let [asked, answered, unanswered] =
        [&told.asked, &told.answered, &told.unanswered].map(|count| count.load(Relaxed));
    let apologies: u64 = [CHANNEL, OTHER_CHANNEL, THREAD]
        .iter()
        .flat_map(|channel| fake.messages(*channel))
        .filter(|message| message.author == APPLICATION && message.content.starts_with("<@"))
        .count() as u64;
    let never_delivered = asked.saturating_sub(received);
    let lost = unanswered.saturating_sub(apologies).saturating_sub(never_delivered).max(bot_lost);
    let counts = fake.counts();
    println!(
        "asked {asked}: answered {answered}, apologised in the channel {apologies}, forgotten by Discord with a session {never_delivered}, lost {lost}"
    );
    println!("the bot's own count: {line}");
    println!(
        "connections {}, sessions begun {}, resumed {}",
        counts.connections, counts.identifies, counts.resumes
    );
    let around = |from: f64, to: f64| {
        let at = |share: f64| (memory.len() as f64 * share) as usize;
        let part = &memory[at(from)..at(to).max(at(from) + 1).min(memory.len())];
        part.iter().sum::<f64>() / part.len() as f64
    };
    let (middle, last) = (around(0.45, 0.55), around(0.9, 1.0));
    let growth = last / middle;
    println!(
        "memory in the middle {middle:.1} MB, at the end {last:.1} MB: {growth:.3} times, bar {MOST_GROWTH}: {}",
        if growth <= MOST_GROWTH { "holds" } else { "misses" }
    );
    if lost > 0 { Err(format!("{lost} questions were lost").into()) } else { Ok(()) }
}

fn megabytes(bot: &Child) -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string(format!("/proc/{}/status", bot.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc")?;
    Ok(line.split_whitespace().next().ok_or("no number")?.parse::<f64>()? / 1024.0)
}
