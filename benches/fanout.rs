//! One meeting's minutes, and two thousand channels that follow the body: how fast all of them are told within Discord's limits, how
//! long the first one waits, and what it is to ask meanwhile.
//!
//! `cargo bench --bench fanout`; `REFERENT_FANOUT_CHANNELS` makes it smaller or larger. It fails when a channel gets no message or
//! two, and when Discord had to refuse a request because there were too many.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fake_discord::{Asker, CHANNEL, Fake, Setup, USER, extra_channel};
use index::{Archive, Cadence, Follow, Subject};
use jiff::{Timestamp, ToSpan, Zoned};

const CHANNELS: u64 = 2_000;
const FEW_CHANNELS: u64 = 40;
/// Discord's limit for a bot, requests in a second; answers to questions do not count.
const ALLOWED: f64 = 50.0;
/// The bars: the share of the allowed rate, how many times longer a question may take, and seconds to the first message after the
/// file has been still for as long as is waited for.
const LEAST_SHARE: f64 = 0.9;
const MOST_TIMES_IDLE: f64 = 2.0;
const MOST_SECONDS_TO_FIRST: f64 = 2.0;
/// A file is read when it has been still for so long.
const DEBOUNCE: Duration = Duration::from_secs(2);
/// Between two questions.
const ASK_EVERY: Duration = Duration::from_millis(40);
/// Questions while nothing else goes on.
const IDLE_QUESTIONS: usize = 400;
const CONFIG: &str = "[council]\nname = \"Fjordby Kommune\"\n[[sources]]\nkind = \"folder\"\npath = \"referater\"\n\
                      [data]\ndirectory = \"data\"\n[limits]\nquestions_per_minute = 4000000000\n";
const QUESTION: &str = "/sag nummer:27.00.00-A00-5-26";

fn main() -> Result<(), Box<dyn Error>> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let default = if is_bench { CHANNELS } else { FEW_CHANNELS };
    let channels = match std::env::var("REFERENT_FANOUT_CHANNELS") {
        Ok(channels) => channels.parse()?,
        Err(_) => default,
    };
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(channels))
}

/// Minutes of a meeting so many days ago.
fn minutes(days: i64) -> String {
    let day = Zoned::now().date().saturating_sub(days.days());
    format!(
        "Udvalg: Byrådet\nMødedato: {}\nMødested: C3.40\n\nDagsordenpunkter\n\n\
         Sagsnr.: 27.00.00-A00-5-26 Sagsbehandler: Mie Lundhede \u{a0}\n\nRammer for samarbejdet\n\n\
         Øvrige sagsbehandlere: -\n\nSagsfremstilling\n\nDer er ikke mere at sige.\n\nBeslutning\n\nGodkendt.\n\nBilag\n\n",
        commands::danish::date(day)
    )
}

async fn run(channels: u64) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    let folder = place.path().join("referater");
    fs::create_dir(&folder)?;
    fs::write(place.path().join("bot.toml"), CONFIG)?;
    fs::write(folder.join("gammelt.txt"), minutes(40))?;
    referent(place.path()).arg("sync").stdout(Stdio::null()).status()?;
    follow(place.path(), channels)?;
    let fake =
        Fake::start(Setup { judge: false, limits: true, ..Setup::default() }.with_channels(channels)).await;
    let mut bot = referent(place.path())
        .env("DISCORD_TOKEN", fake.token())
        .env("DISCORD_API", fake.api())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    fake.within(Duration::from_secs(60)).wait_registered().await;
    let found = measure(&fake, &bot, &folder, channels).await;
    bot.kill()?;
    bot.wait()?;
    found
}

fn referent(place: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_referent"));
    command.current_dir(place).env_remove("DISCORD_TOKEN").env_remove("RUST_LOG");
    command
}

fn follow(place: &Path, channels: u64) -> Result<(), Box<dyn Error>> {
    let archive = Archive::open(&place.join("data"))?;
    let mut ledger = archive.ledger()?;
    let follow = Follow {
        subject: Subject::Body,
        key: minutes::body::key("Byrådet"),
        label: "Byrådet".to_owned(),
        cadence: Cadence::AtOnce,
        quiet: None,
    };
    for nth in 0..channels {
        ledger.subscribe(
            &format!("discord:{}", extra_channel(nth)),
            &follow,
            usize::MAX,
            Timestamp::now(),
        )?;
    }
    Ok(())
}

async fn measure(fake: &Fake, bot: &Child, folder: &Path, channels: u64) -> Result<(), Box<dyn Error>> {
    let ask = || async { fake.timed_command(&Asker::in_channel(USER, CHANNEL), QUESTION).await };
    let mut idle = Vec::new();
    for _ in 0..IDLE_QUESTIONS {
        tokio::time::sleep(ASK_EVERY / 10).await;
        idle.push(ask().await);
    }
    let before = megabytes(bot)?;
    fs::write(folder.with_file_name("nyt.txt"), minutes(2))?;
    fs::rename(folder.with_file_name("nyt.txt"), folder.join("nyt.txt"))?;
    let closed = Instant::now();
    let (mut busy, mut most, mut told) = (Vec::new(), before, 0);
    let patience = Duration::from_secs(60 + channels / 20);
    while told < channels && closed.elapsed() < patience {
        tokio::time::sleep(ASK_EVERY).await;
        if told > 0 {
            busy.push(ask().await);
            most = most.max(megabytes(bot)?);
        }
        told = (0..channels).map(|nth| fake.messages(extra_channel(nth)).len() as u64).sum();
    }
    let mut times: Vec<Instant> = (0..channels)
        .flat_map(|nth| fake.messages_in(extra_channel(nth)))
        .filter_map(|message| message.versions.first().map(|version| version.at))
        .collect();
    times.sort_unstable();
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return Err("nobody was told".into());
    };
    let rate = (times.len() as f64 - 1.0) / last.duration_since(*first).as_secs_f64();
    println!("fanout: {} messages to {channels} channels, {rate:.1} a second", times.len());
    at_least("share of the allowed rate", rate / ALLOWED, LEAST_SHARE);
    let to_first = first.duration_since(closed).as_secs_f64() - DEBOUNCE.as_secs_f64();
    at_most("seconds to the first message after the debounce", to_first, MOST_SECONDS_TO_FIRST);
    let (idle, busy) = (p99(&mut idle), p99(&mut busy));
    println!("  a question meanwhile: p99 {busy:.1?}, idle {idle:.1?}");
    at_most("times longer than idle, p99", busy.as_secs_f64() / idle.as_secs_f64(), MOST_TIMES_IDLE);
    println!("  memory before {before:.1} MB, at most {most:.1} MB");
    let limited = fake.limited();
    println!("  refused for too many requests: {} in all, {} in a channel", limited.global, limited.channel);
    let each_once = (0..channels).all(|nth| fake.messages(extra_channel(nth)).len() == 1);
    match (each_once, limited.global + limited.channel) {
        (true, 0) => Ok(()),
        (true, _) => Err("requests were refused because there were too many".into()),
        (false, _) => Err("not every channel was told once".into()),
    }
}

fn p99(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) * 99 / 100).copied().unwrap_or_default()
}

fn at_least(what: &str, found: f64, least: f64) {
    println!(
        "  bar: {what} at least {least}: {found:.2}, {}",
        if found >= least { "holds" } else { "misses" }
    );
}

fn at_most(what: &str, found: f64, most: f64) {
    println!("  bar: {what} at most {most}: {found:.2}, {}", if found <= most { "holds" } else { "misses" });
}

/// What a process has in memory.
fn megabytes(bot: &Child) -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string(format!("/proc/{}/status", bot.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc")?;
    Ok(line.split_whitespace().next().ok_or("no number")?.parse::<f64>()? / 1024.0)
}
