//! The connection over which Discord sends its events, kept alive.
//!
//! serenity speaks with the gateway and resumes what can be resumed. Left alone it stops hearing in several ways: it falls back to
//! an address of its own when asking for the gateway's fails; when a connection ends without a close code, or with one that it
//! has no remedy for, it turns in a circle with a core of its own until the next heartbeat; and a connection attempt that nobody
//! answers it waits for without end. So each of its connections is a [`Session`] that is watched from here:
//!
//! * A websocket ping every [`Pace::pulse`] ends a session whose socket is dead, circle and all.
//! * A session that hears nothing, or does not get ready, is thrown away.
//! * The next one is not begun before the last is gone, so that no event is answered twice.
//!
//! [`Session`]: session::Session

mod pace;
mod session;
mod signs;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serenity::client::EventHandler;
use serenity::gateway::GatewayError;
use serenity::http::Route;
use serenity::model::gateway::{Gateway, GatewayIntents};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

pub(crate) use signs::{Seen, Signs};

use super::pauses::pauses;
use super::transport::{SendError, Transport};
use pace::{Budget, PACE, Pace};
use session::{Bot, Session};

/// Connections in a row that Discord may end before they are ready, without serenity knowing what to do about it.
const STRIKES: u32 = 3;

/// Libraries whose log lines may hold tokens and whole messages: serenity's warnings quote what it cannot read, its spans hold
/// events, the others show frames and requests. Whoever sets up the log lets them say no more than errors.
pub(crate) const TALKATIVE: &[&str] =
    &["serenity", "tungstenite", "tokio_tungstenite", "reqwest", "hyper", "hyper_util"];

/// Why there are no more events. The texts are for people and say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GatewayEnd {
    /// Trying again is useless until a person has changed something.
    #[error("{text}")]
    Fatal {
        /// What is wrong, and what to do about it.
        text: String,
    },
    /// Discord ended one connection after the other before it was ready. It may pass, or somebody has to change something.
    #[error("{text}")]
    NeverReady {
        /// What may be wrong, and what to do about it.
        text: String,
    },
    /// An old connection could not be ended, and a second one would answer everything twice: the process has to end, and may
    /// begin anew.
    #[error("forbindelsen til Discord kunne ikke afbrydes; start programmet igen")]
    Stuck,
}

/// Receives events for `handler` until `stop`. It goes on through everything that passes: `signs` tells how it is going.
///
/// `transport` learns the application's id before the first event arrives. Events are handled on the caller's runtime; handlers
/// that are still at work when a connection ends go on.
///
/// # Errors
/// What does not pass: see [`GatewayEnd`].
pub(crate) async fn run<H: EventHandler + 'static>(
    transport: &Transport,
    handler: Arc<H>,
    intents: GatewayIntents,
    signs: Arc<Signs>,
    stop: CancellationToken,
) -> Result<(), GatewayEnd> {
    run_at(&PACE, transport, handler, intents, signs, stop).await
}

/// The same in another pace, for tests.
async fn run_at<H: EventHandler + 'static>(
    pace: &Pace,
    transport: &Transport,
    handler: Arc<H>,
    intents: GatewayIntents,
    signs: Arc<Signs>,
    stop: CancellationToken,
) -> Result<(), GatewayEnd> {
    let bot = Bot::new(transport.clone(), handler, intents, signs);
    let mut url: Option<String> = None;
    let mut strikes = 0;
    let mut budget = Budget::new();
    let mut waits = pauses(pace.first_pause, pace.longest_pause);
    loop {
        let address = match url.take() {
            Some(address) => address,
            None => match stop.run_until_cancelled(ask(pace, transport)).await {
                Some(address) => address?,
                None => return Ok(()),
            },
        };
        let begun = Instant::now();
        match stop.run_until_cancelled(Session::begin(pace, &bot, &address)).await {
            None => return Ok(()),
            Some(Err(error)) => tracing::warn!(%error, "discord's gateway cannot be reached"),
            Some(Ok(mut session)) => {
                // Asked for anew only when nobody is there.
                url = Some(address);
                match watch(pace, &mut session, &bot, &stop).await? {
                    Ended::Stopped => return Ok(()),
                    Ended::Gone => strikes = 0,
                    Ended::Strike => strikes += 1,
                }
            }
        }
        if strikes == STRIKES {
            return Err(never_ready());
        }
        if begun.elapsed() >= pace.lasting {
            waits = pauses(pace.first_pause, pace.longest_pause);
        }
        let wait = waits.next().unwrap_or(pace.longest_pause);
        let next = budget.take(pace, (Instant::now() + wait).max(begun + pace.between_sessions));
        tracing::info!(pause_ms = (next - Instant::now()).as_millis(), "connecting to discord again");
        if stop.run_until_cancelled(sleep_until(next)).await.is_none() {
            return Ok(());
        }
    }
}

/// How a session ended.
enum Ended {
    /// It was asked to, and so is everything.
    Stopped,
    /// It is gone; the next one may be better.
    Gone,
    /// Discord ended it before it was ready, and serenity did not know what to do.
    Strike,
}

/// Asks Discord where its gateway is, until it says.
async fn ask(pace: &Pace, transport: &Transport) -> Result<String, GatewayEnd> {
    let mut waits = pauses(pace.first_pause, pace.longest_pause);
    loop {
        match transport.get::<Gateway>(Route::Gateway, Instant::now() + pace.ask).await {
            Ok(answer) if transport.api().trusts_gateway(&answer.value.url) => return Ok(answer.value.url),
            Ok(_) => tracing::warn!("discord names a gateway that is not safe to connect to"),
            Err(SendError::Unauthorized) => return Err(refused_token()),
            Err(error) => tracing::warn!(%error, "discord cannot be asked for its gateway"),
        }
        sleep(waits.next().unwrap_or(pace.longest_pause)).await;
    }
}

/// Watches a session until it is gone.
async fn watch(
    pace: &Pace,
    session: &mut Session,
    bot: &Bot,
    stop: &CancellationToken,
) -> Result<Ended, GatewayEnd> {
    let mut pulse = interval_at(Instant::now() + pace.pulse, pace.pulse);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ready_until = Instant::now() + pace.ready;
    let ended = loop {
        tokio::select! {
            // In this order: nothing is said to a session that has ended.
            biased;
            () = stop.cancelled() => {
                if !session.close(pace.close).await {
                    tracing::warn!("the connection to discord could not be closed in good order");
                }
                break Ok(Ended::Stopped);
            }
            result = session.ended() => break judge(session, result).await,
            _ = pulse.tick() => {}
        }
        let (is_ready, ack) = session.look().await;
        bot.signs.look(is_ready, ack);
        if is_ready {
            ready_until = Instant::now() + pace.ready;
        }
        let is_deaf = bot.signs.silence(session.begun) > pace.deaf;
        if is_deaf || Instant::now() > ready_until {
            tracing::warn!(is_deaf, is_ready, "the connection to discord is dead and is given up");
            break if session.close(pace.close).await { Ok(Ended::Gone) } else { Err(GatewayEnd::Stuck) };
        }
        session.ping();
    };
    bot.signs.disconnected();
    ended
}

/// What the end of a session means.
async fn judge(session: &Session, result: Option<serenity::Result<()>>) -> Result<Ended, GatewayEnd> {
    match result {
        Some(Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication))) => Err(refused_token()),
        Some(Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents))) => Err(unknown_intents()),
        Some(Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents))) => {
            Err(disallowed_intents())
        }
        Some(Ok(())) if !session.was_ready() && !session.wanted_another().await => {
            tracing::warn!("discord ended the connection before it was ready");
            Ok(Ended::Strike)
        }
        Some(Ok(())) => {
            tracing::info!("the connection to discord has ended");
            Ok(Ended::Gone)
        }
        // Its text may quote what came in.
        Some(Err(_)) | None => {
            tracing::warn!("the connection to discord has ended with a fault");
            Ok(Ended::Gone)
        }
    }
}

fn refused_token() -> GatewayEnd {
    fatal(
        "Discord afviser tokenet. Lav et nyt i Discords udviklerportal under »Bot« (»Reset Token«), og sæt det i \
         DISCORD_TOKEN eller i filen, som discord.token_file peger på.",
    )
}

fn unknown_intents() -> GatewayEnd {
    fatal(
        "Discord kender ikke de hændelser (intents), som programmet beder om (4013). Det er en fejl i programmet: brug en \
         nyere udgave.",
    )
}

fn disallowed_intents() -> GatewayEnd {
    fatal(
        "Discord giver ikke botten de hændelser (intents), som den beder om (4014). Slå dem til i Discords udviklerportal under \
         »Bot«, »Privileged Gateway Intents«.",
    )
}

fn never_ready() -> GatewayEnd {
    let text = format!(
        "Discord lukkede forbindelsen {STRIKES} gange i træk, før den var i gang. Se på https://discordstatus.com, om der er \
         driftsstop; er der ikke det, er botten på flere servere, end én forbindelse kan betjene (4011), eller programmet er \
         for gammelt."
    );
    GatewayEnd::NeverReady { text }
}

fn fatal(text: &str) -> GatewayEnd {
    GatewayEnd::Fatal { text: text.to_owned() }
}
