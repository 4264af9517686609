//! A Discord of our own for the tests: REST and gateway over real sockets on loopback.
//!
//! A test makes a [`Setup`] (who and what exists), starts a [`Fake`], and starts the bot as a program of its own with
//! `DISCORD_TOKEN` and `DISCORD_API`. It then plays people with [`Fake::command`], [`Fake::press`], [`Fake::say`] and the others; each
//! waits for what the bot does, with a deadline, and gives what a person would see.

mod drive;
mod faults;
mod gateway;
mod json;
mod judges;
mod log;
pub mod permissions;
mod rest;
mod setup;
mod shared;
mod shown;
mod state;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;

pub use drive::{Asker, Callback, Choice, Place, Reply, Trouble};
pub use gateway::{Counts, GatewayFault};
pub use judges::Violation;
pub use log::{Entry, Request, What};
pub use setup::*;
pub use shown::{Button, ShownFile, ShownMessage};

use crate::faults::Faults;
use crate::gateway::intents;
use crate::shared::Shared;
use crate::wire::{Cut, Door};

/// How long the bot is waited for, if nothing else is said.
const DEADLINE: Duration = Duration::from_secs(5);

/// A Discord. Clones are the same one; it ends when the last is dropped.
#[derive(Clone)]
pub struct Fake {
    owner: Arc<Owner>,
    deadline: Duration,
}

/// Ends the fake.
struct Owner {
    shared: Arc<Shared>,
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

impl Fake {
    /// Starts one on a free port of loopback, on the runtime of the caller.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start(setup: Setup) -> Self {
        match Self::try_start(setup).await {
            Ok(it) => it,
            Err(trouble) => panic!("the fake cannot be started: {trouble}"),
        }
    }

    async fn try_start(setup: Setup) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(setup, address, Faults));
        let app =
            Router::new().route("/", get(gateway::upgrade)).fallback(rest::any).with_state(shared.clone());
        let stop = shared.stop.clone();
        let service = app.into_make_service_with_connect_info::<Cut>();
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                _ = axum::serve(Door(listener), service) => {}
            }
        });
        Ok(Self { owner: Arc::new(Owner { shared }), deadline: DEADLINE })
    }

    /// The same fake, with another deadline for all that is waited for.
    #[must_use]
    pub fn within(&self, deadline: Duration) -> Self {
        Self { deadline, ..self.clone() }
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.owner.shared
    }

    /// What the bot is given as `DISCORD_API`.
    pub fn api(&self) -> String {
        format!("http://{}", self.shared().address)
    }

    /// What the bot is given as `DISCORD_TOKEN`.
    pub fn token(&self) -> String {
        self.shared().setup.token.clone()
    }

    /// Everything that must be in no log and no message: the bot's token and those of all interactions until now.
    pub fn secrets(&self) -> Vec<String> {
        let mut secrets = vec![self.token()];
        secrets.extend(self.shared().state().tokens.keys().cloned());
        secrets
    }

    /// What the bot registered for all guilds, as Discord keeps it; empty if it registered nothing yet.
    pub fn commands(&self) -> Vec<Value> {
        self.shared().state().commands.clone().unwrap_or_default()
    }

    /// What the bot registered for one guild.
    pub fn guild_commands(&self, guild: u64) -> Vec<Value> {
        self.shared().state().guild_commands.get(&guild).cloned().unwrap_or_default()
    }

    /// Everything that happened, in order; empty of requests when nothing is judged.
    pub fn log(&self) -> Vec<Entry> {
        self.shared().state().log.all()
    }

    /// How often things happened at the gateway.
    pub fn counts(&self) -> Counts {
        self.shared().state().gateway.counts
    }

    /// Sends an event to the bot, whatever its intents.
    pub fn dispatch(&self, event: &str, data: &Value) {
        self.shared().state().gateway.dispatch(event, data, intents::NONE);
    }

    /// Plays a fault on every open websocket.
    pub fn gateway(&self, fault: &GatewayFault) {
        self.shared().state().gateway.fault(fault);
    }
}
