//! The bot: from the token to the last answer before the process ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use sd_notify::NotifyState;
use serenity::model::gateway::GatewayIntents;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::cli::Cli;
use crate::clock;
use crate::conversation::Conversations;
use crate::courier::Courier;
use crate::discord::{Api, Desk, GatewayEnd, Receiver, Signs, Token, Transport, gateway};
use crate::failure::{Exit, Failure};
use crate::health::{self, Health};
use crate::interrupt::Interrupt;
use crate::rounds;
use crate::session::Session;

/// What the bot is told of: the servers it is in, and messages to it. None of them needs Discord's permission.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);
/// How long questions under way are waited for when the process is asked to end.
const DRAIN: Duration = Duration::from_secs(10);
/// How often it is looked for what is near.
const REMIND_EVERY: Duration = Duration::from_secs(15 * 60);
/// How often the signs of life are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Answers in Discord until a signal comes; as if it were always `today`, when that is given.
///
/// # Errors
/// A mistake in the configuration, a data folder that cannot be used, or a refusal by Discord that will not pass by itself.
pub(crate) fn run(cli: &Cli, token: Token, api: Api, today: Option<Date>) -> Result<Exit, Failure> {
    let session = Session::open(cli, false)?;
    session.warn_of_roster()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Trouble(format!("kan ikke starte: {error}")))?;
    let ended = runtime.block_on(serve(session, token, api, today));
    // What still reads the archive is let go: it writes nothing that could be lost.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

async fn serve(session: Session, token: Token, api: Api, today: Option<Date>) -> Result<Exit, Failure> {
    let health = Arc::new(Health::new(clock::now()));
    let signs = Arc::clone(&health.signs);
    let transport = Transport::new(token, api).map_err(|error| Failure::Trouble(error.to_string()))?;
    let alive = health::alive_file(&session.config.data);
    let desk = Arc::new(Desk {
        session,
        health: Arc::clone(&health),
        transport: transport.clone(),
        conversations: Conversations::default(),
        today,
    });
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    let receiver = Arc::new(Receiver::new(Arc::clone(&desk), transport.clone(), tasks.clone(), stop.clone()));
    let interrupt = Interrupt::default();
    let ending = interrupt.clone();

    let signals = tokio::spawn(end_on_signal(stop.clone(), interrupt.clone()));
    let watch = tokio::spawn(tell_that_all_is_well(Arc::clone(&signs), alive.clone(), stop.clone()));
    let courier = Courier::new(Arc::clone(&desk))?;
    let sending = tokio::spawn(courier.run(stop.clone()));
    let reminding = tokio::spawn(remind(Arc::clone(&desk), stop.clone()));
    let reading = tokio::spawn(rounds::run(desk, interrupt, stop.clone()));

    // The connection outlives the wish to stop: questions under way are answered first.
    let hang_up = CancellationToken::new();
    let connection = gateway::run(&transport, receiver, INTENTS, signs, hang_up.clone());
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = stop.cancelled() => {
            let _ = sd_notify::notify(&[NotifyState::Stopping]);
            tasks.close();
            if tokio::time::timeout(DRAIN, tasks.wait()).await.is_err() {
                tracing::warn!(left = tasks.len(), "questions under way were not waited for any longer");
            }
            hang_up.cancel();
            connection.await
        }
    };
    stop.cancel();
    ending.ask();
    watch.abort();
    reminding.abort();
    // What is under way is settled, or looked for by the next process.
    if sending.await.is_err() {
        tracing::error!("the courier broke down");
    }
    // A batch of documents is recorded whole before the reading ends.
    if reading.await.is_err() {
        tracing::error!("reading the sources broke down");
    }
    signals.abort();
    // Who watches the file shall not take a bot that has ended for one that is well.
    let _ = std::fs::remove_file(&alive);
    match ended {
        Ok(()) => Ok(Exit::Done),
        Err(GatewayEnd::Fatal { text }) => Err(Failure::BadUse(text)),
        Err(end) => Err(Failure::Trouble(end.to_string())),
    }
}

/// The first signal asks for an end in good order, the second ends at once.
async fn end_on_signal(stop: CancellationToken, interrupt: Interrupt) {
    let (Ok(mut terminate), Ok(mut control_c)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("cannot listen for signals");
        return;
    };
    loop {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = control_c.recv() => {}
        }
        if stop.is_cancelled() {
            std::process::exit(Exit::Interrupted as i32);
        }
        tracing::info!("ending: questions under way are answered first");
        stop.cancel();
        interrupt.ask();
    }
}

/// Tells the service manager, and whoever looks at the file, that the bot is connected: as long as it is.
async fn tell_that_all_is_well(signs: Arc<Signs>, alive: std::path::PathBuf, stop: CancellationToken) {
    let mut touched: Option<Instant> = None;
    let mut is_told = false;
    while !stop.is_cancelled() {
        if signs.seen().connected {
            if !is_told {
                // Not run by systemd, this does nothing.
                let _ = sd_notify::notify(&[NotifyState::Ready]);
                is_told = true;
            }
            let _ = sd_notify::notify(&[NotifyState::Watchdog]);
            if touched.is_none_or(|at| at.elapsed() >= health::TOUCHED_EVERY) {
                health::touch(&alive);
                touched = Some(Instant::now());
            }
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Puts reminders of what is near into the outbox, once they are due.
async fn remind(desk: Arc<Desk>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let desk = Arc::clone(&desk);
        let reminded = tokio::task::spawn_blocking(move || {
            let session = &desk.session;
            session.archive.ledger()?.remind(&session.telling(), session.config.notify.remind_days)
        });
        match reminded.await {
            Err(_) => {}
            Ok(Ok(messages)) => tracing::debug!(messages, "what is near was looked for"),
            Ok(Err(error)) => tracing::error!(%error, "what is near cannot be looked for"),
        }
        stop.run_until_cancelled(tokio::time::sleep(REMIND_EVERY)).await;
    }
}
