//! The process: the only place with files, signals and the clock. Questions are answered by `commands`.

mod ask;
mod bot;
mod cli;
mod clock;
mod config;
mod conversation;
mod courier;
mod discord;
mod doctor;
mod emphasis;
mod export;
mod failure;
mod fetch;
mod health;
mod in_common;
mod intake;
mod interrupt;
mod neutral;
mod parse;
mod reading;
mod rounds;
mod session;
mod sources;
mod terminal;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use cli::{Cli, Command};
use config::Config;
use discord::{Api, Token};
use failure::{Exit, Failure};
use jiff::civil::Date;
use sources::Ended;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    log();
    let result = match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) if error.use_stderr() => Err(Failure::BadUse(cli::explain(&error))),
        Err(help) => write!(io::stdout(), "{help}").map(|()| Exit::Done).map_err(Failure::from),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if let Some(text) = failure.text() {
                eprintln!("referent: {text}");
            }
            failure.code()
        }
    }
}

fn run(cli: &Cli) -> Result<Exit, Failure> {
    match cli.task() {
        Command::Run { today } => start(cli, *today),
        Command::Chat { today } => terminal::chat(cli, *today),
        Command::Ask { json, today, line } => ask::run(cli, line, *json, *today),
        Command::Parse { json, generic, files } => {
            parse::run(files, &parse::Wanted { json: *json, generic: *generic })
        }
        Command::Doctor { alive } => doctor::run(cli, *alive),
        Command::Export { format: cli::Format::Ics, out, body, case, period, today } => {
            export::run(cli, out.as_deref(), &export::Of { body, case, period }, *today)
        }
        Command::Sync { set_aside } => sync(cli, *set_aside),
        Command::ReadPdf => reading::read_pdf(),
        Command::Completions { shell } => completions(*shell),
    }
}

/// The bot; without a token, the chat.
fn start(cli: &Cli, today: Option<Date>) -> Result<Exit, Failure> {
    let api = Api::from_env().map_err(|error| Failure::BadUse(error.to_string()))?;
    let config = Config::load(cli.config.as_deref(), cli.data.as_deref())?;
    let token = Token::find(config.discord.token_file.as_deref());
    match token.map_err(|error| Failure::BadUse(error.to_string()))? {
        Some(token) => bot::run(cli, token, api, today),
        None => {
            eprintln!("DISCORD_TOKEN er ikke sat: chatten foregår her i terminalen.\n");
            terminal::chat(cli, today)
        }
    }
}

fn sync(cli: &Cli, set_aside: bool) -> Result<Exit, Failure> {
    let session = session::Session::open(cli, set_aside)?;
    let (fetched, report) = session.sync()?;
    session.warn_of_roster()?;
    let mut out = io::stdout().lock();
    for site in &fetched {
        writeln!(out, "Hentet fra {site}")?;
    }
    writeln!(out, "{report}")?;
    let is_cut_short = fetched.iter().any(|site| site.ended == Ended::Stopped);
    let is_all = fetched.iter().all(|site| site.ended == Ended::Well && site.refused.is_empty());
    Ok(match report.exit() {
        _ if is_cut_short => Exit::Interrupted,
        Exit::Done if !is_all => Exit::Partly,
        exit => exit,
    })
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "referent", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// What is worth knowing of the running bot, and warnings of all parts, go to standard error; `RUST_LOG` asks for more or less.
fn log() {
    let usual = || "warn,referent=info".into();
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| usual());
    let layer =
        tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    tracing_subscriber::registry().with(layer.with_filter(asked.and(filter_fn(may_be_told)))).init();
}

/// Whether a line may go into the log whatever is asked for: libraries whose lines may hold tokens tell of errors only.
fn may_be_told(metadata: &Metadata<'_>) -> bool {
    let is_of = |name: &&str| {
        metadata.target().strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    *metadata.level() == Level::ERROR || !discord::TALKATIVE.iter().any(is_of)
}
