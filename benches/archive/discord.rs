//! The bot in Discord: from a question sent to its answer received, and what the process takes, beside the least bot that serenity
//! can be. Both are programs of their own, asked by the same fake Discord in the same run.

use std::env;
use std::error::Error;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fake_discord::{Asker, CHANNEL, Fake, Setup, USER};
use serenity::all::{
    ClientBuilder, Command as Registered, Context, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready,
};
use serenity::async_trait;

use crate::direct;
use crate::figures::{Times, bar, beside, ratio};
use crate::place::Place;

/// Set, it makes this program the bare bot.
const BARE: &str = "REFERENT_BENCH_BARE";
/// Questions of a kind, one at a time.
const ONE_AT_A_TIME: usize = 1_000;
/// Questions of a kind, so many at once.
const AT_ONCE: usize = 50;
const ROUNDS: usize = 20;
/// How often each process is started.
const STARTS: usize = 9;
/// Cases that are asked for in turn.
const CASES: u32 = 100;
/// The least that our own process answers: a text that is there, with nothing asked of the archive.
const HELP: &str = "/hjælp, which asks the archive nothing";
/// The bars: how many times a ping's time (of the same process for `/sag`, of the bare bot for proposals), milliseconds, and MB.
const MOST_TIMES_PING: f64 = 2.0;
const MOST_TIMES_PING_PROPOSING: f64 = 10.0;
const MOST_MORE_MILLISECONDS: f64 = 50.0;
const MOST_MORE_MEGABYTES: f64 = 40.0;

const CONFIG: &str = "sources = []\n[council]\nname = \"Fjordby Kommune\"\n[data]\ndirectory = \"data\"\n[limits]\nquestions_per_minute = 4000000000\n";

/// A bot under measurement, ended when dropped.
struct Bot {
    child: Child,
    fake: Fake,
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let data = place.data()?;
    let cases: Vec<String> = direct::read_only(&data)?
        .prepare(
            "SELECT DISTINCT case_number FROM items WHERE case_number IS NOT NULL ORDER BY case_key LIMIT ?1",
        )?
        .query_map([CASES], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if cases.is_empty() {
        return Err("no case in the archive".into());
    }
    fs::write(place.path("discord.toml"), CONFIG)?;
    println!("discord");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        starts(place).await?;
        let ((ours, _), (bare, _)) = (start(place, false).await?, start(place, true).await?);
        answers(&ours, &bare, &cases).await;
        let more = memory(&ours.child)? - memory(&bare.child)?;
        println!(
            "  memory after all of it: {:.1} MB, the bare bot {:.1} MB",
            memory(&ours.child)?,
            memory(&bare.child)?
        );
        bar("MB more than the bare bot", more, MOST_MORE_MEGABYTES);
        Ok(())
    })
}

/// One at a time, and many at once.
async fn answers(ours: &Bot, bare: &Bot, cases: &[String]) {
    let sag = |n: usize| format!("/sag nummer:{}", cases[n % cases.len()]);
    let help = |_: usize| "/hjælp kommando:sag".to_owned();
    let ping = |_: usize| "/ping".to_owned();
    let mut times: Vec<Times> = (0..4).map(|_| Times::default()).collect();
    for n in 0..ONE_AT_A_TIME {
        times[0].add(bare.ask(&ping(n)).await);
        times[1].add(ours.ask(&help(n)).await);
        times[2].add(ours.ask(&sag(n)).await);
        times[3].add(ours.propose(&cases[n % cases.len()]).await);
    }
    println!("  one at a time, {ONE_AT_A_TIME} of each in turn");
    beside("/sag", &times[2], "the bare bot's /ping", &times[0]);
    beside("/sag", &times[2], HELP, &times[1]);
    let times_ping = ratio(times[2].percentile(50), times[1].percentile(50));
    bar("/sag beside the least command of the same process, p50", times_ping, MOST_TIMES_PING);
    beside("proposals for a case", &times[3], "the bare bot's /ping", &times[0]);
    bar(
        "proposals beside /ping, p99",
        ratio(times[3].percentile(99), times[0].percentile(99)),
        MOST_TIMES_PING_PROPOSING,
    );

    let mut times: Vec<Times> = (0..4).map(|_| Times::default()).collect();
    for round in 0..ROUNDS {
        bare.ask_at_once(round, ping, &mut times[0]).await;
        ours.ask_at_once(round, help, &mut times[1]).await;
        ours.ask_at_once(round, sag, &mut times[2]).await;
        ours.propose_at_once(round, cases, &mut times[3]).await;
    }
    println!("  {AT_ONCE} at once, {ROUNDS} times");
    beside("/sag", &times[2], "the bare bot's /ping", &times[0]);
    beside("/sag", &times[2], HELP, &times[1]);
    beside("proposals for a case", &times[3], "the bare bot's /ping", &times[0]);
}

impl Bot {
    async fn ask(&self, line: &str) -> Duration {
        self.fake.timed_command(&Asker::in_channel(USER, CHANNEL), line).await
    }

    /// The first half of a number is typed.
    async fn propose(&self, case: &str) -> Duration {
        let typed: String = case.chars().take(case.chars().count() / 2).collect();
        let start = Instant::now();
        self.fake.autocomplete(&Asker::in_channel(USER, CHANNEL), "/sag", "nummer", &typed, &[]).await;
        start.elapsed()
    }

    async fn ask_at_once(&self, round: usize, line: impl Fn(usize) -> String, times: &mut Times) {
        let asked: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let (fake, line) = (self.fake.clone(), line(round * AT_ONCE + n));
                tokio::spawn(
                    async move { fake.timed_command(&Asker::in_channel(USER, CHANNEL), &line).await },
                )
            })
            .collect();
        for answer in asked {
            times.add(answer.await.unwrap_or_default());
        }
    }

    async fn propose_at_once(&self, round: usize, cases: &[String], times: &mut Times) {
        let asked: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let case = &cases[(round * AT_ONCE + n) % cases.len()];
                let typed: String = case.chars().take(case.chars().count() / 2).collect();
                let fake = self.fake.clone();
                tokio::spawn(async move {
                    let start = Instant::now();
                    fake.autocomplete(&Asker::in_channel(USER, CHANNEL), "/sag", "nummer", &typed, &[]).await;
                    start.elapsed()
                })
            })
            .collect();
        for answer in asked {
            times.add(answer.await.unwrap_or_default());
        }
    }
}

/// From the start of the process to READY, in turn.
async fn starts(place: &Place) -> Result<(), Box<dyn Error>> {
    let (mut ours, mut bare) = (Times::default(), Times::default());
    for _ in 0..STARTS {
        for (is_bare, times) in [(false, &mut ours), (true, &mut bare)] {
            times.add(start(place, is_bare).await?.1);
        }
    }
    beside("process start to READY", &ours, "the bare bot", &bare);
    let more = ours.median().saturating_sub(bare.median());
    bar("milliseconds more than the bare bot, p50", more.as_secs_f64() * 1e3, MOST_MORE_MILLISECONDS);
    Ok(())
}

/// A bot that can be asked, and the time from its start to its session.
async fn start(place: &Place, is_bare: bool) -> Result<(Bot, Duration), Box<dyn Error>> {
    // What was registered with the last fake Discord is not known to this one.
    match fs::remove_file(place.path("data/discord-commands.json")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let fake = Fake::start(Setup { judge: false, ..Setup::default() }).await;
    let mut command = if is_bare {
        let mut command = Command::new(env::current_exe()?);
        command.env(BARE, "1");
        command
    } else {
        place.command(&["run", "--config", "discord.toml"])
    };
    command.env("DISCORD_TOKEN", fake.token()).env("DISCORD_API", fake.api());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let bot = Bot { child: command.spawn()?, fake };
    bot.fake.wait_ready().await;
    let ready = begun.elapsed();
    bot.fake.wait_registered().await;
    Ok((bot, ready))
}

/// What a process has in memory, in MB, mapped files among it.
fn memory(child: &Child) -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc")?;
    Ok(line.split_whitespace().next().ok_or("no number")?.parse::<f64>()? / 1024.0)
}

/// Whether this program is to be the bare bot.
pub(crate) fn is_bare() -> bool {
    env::var_os(BARE).is_some()
}

/// The least bot that serenity can be: one command, answered with one word.
pub(crate) fn be_bare() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let intents =
            GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
        let http = HttpBuilder::new(env::var("DISCORD_TOKEN")?)
            .proxy(env::var("DISCORD_API")?)
            .ratelimiter_disabled(true)
            .build();
        ClientBuilder::new_with_http(http, intents).event_handler_arc(Arc::new(Bare)).await?.start().await?;
        Ok(())
    })
}

struct Bare;

#[async_trait]
impl EventHandler for Bare {
    async fn ready(&self, context: Context, ready: Ready) {
        context.http.set_application_id(ready.application.id);
        let ping = CreateCommand::new("ping").description("Says pong");
        if let Err(error) = Registered::set_global_commands(&context.http, vec![ping]).await {
            eprintln!("cannot register: {error}");
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let pong = CreateInteractionResponseMessage::new().content("pong");
        if let Err(error) =
            command.create_response(&context.http, CreateInteractionResponse::Message(pong)).await
        {
            eprintln!("cannot answer: {error}");
        }
    }
}
