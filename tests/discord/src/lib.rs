//! A Discord of our own for the tests: REST and gateway over real sockets on loopback.
//!
//! A test makes a [`Setup`] (who and what exists), starts a [`Fake`], and starts the bot as a program of its own with
//! `DISCORD_TOKEN` = [`Fake::token`] and `DISCORD_API` = [`Fake::api`]; or, to have it believe that it talks to discord.com, with
//! [`Setup::tls`] and [`Fake::real_env`]. Then it plays people, who can do only what Discord lets people do, by what the bot has
//! registered:
//!
//! ```no_run
//! # use fake_discord::{Asker, Fake};
//! # async fn test(fake: Fake) {
//! fake.wait_registered().await;
//! let reply = fake.command(&Asker::default(), "/sag nummer:27.00.00-A00-5-15").await.settled().await;
//! assert!(reply.text().contains("Taget til efterretning"));
//! let next = fake.press(&Asker::default(), reply.message(), "Historik").await;
//! # }
//! ```
//!
//! [`Fake::command`], [`Fake::autocomplete`], [`Fake::press`], [`Fake::message_command`], [`Fake::say`] with [`Fake::next_message`] wait
//! for what the bot does, with a deadline ([`Fake::within`] sets another), and give what a person would see; each has a form that
//! gives a [`Trouble`] instead of a panic. They may run many at once.
//!
//! What goes wrong is scripted: [`Fake::faults`] for requests and moments of the gateway, [`Fake::gateway`] for what happens now. What
//! happened is in [`Fake::log`], with times.
//!
//! Every request is judged by rules of our own, by twilight's models and validation, and, where the environment variable
//! `REFERENT_DISCORD_SCHEMA` names a folder with Discord's `openapi.json`, by that. What would be refused by Discord is refused; what
//! only this house does not want (an unknown field, somebody who could be pinged) is carried out. Either is kept as a
//! [`Violation`], and the end of the fake is a panic unless [`Fake::take_violations`] took it.
//!
//! What it is not: it has one shard, no voice, no modals, no menus, no uploads by people, and knows only the routes in its table; others are
//! violations. `rest` is the HTTP side, `gateway` the websockets, `drive` the people, `state` what exists, `json` how Discord writes
//! that, `wire` and `tls` the sockets.

mod drive;
mod faults;
mod gateway;
mod json;
mod judges;
mod log;
mod messages;
pub mod permissions;
mod rest;
mod setup;
mod shared;
mod shown;
mod state;
mod tls;
mod wire;

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
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
pub use messages::{History, Version};
pub use rest::limits::Limited;
pub use setup::*;
pub use shown::{Button, ShownFile, ShownMessage};

use crate::faults::Faults;
use crate::gateway::intents;
use crate::shared::Shared;
use crate::tls::{Addresses, Tls};
use crate::wire::{Cut, Door};

/// How long the bot is waited for, if nothing else is said.
const DEADLINE: Duration = Duration::from_secs(5);

/// A Discord. Clones are the same one; it ends when the last is dropped.
#[derive(Clone)]
pub struct Fake {
    owner: Arc<Owner>,
    deadline: Duration,
}

/// A script of faults for a rough day: a small part of all requests goes wrong, in every way, for ever.
pub const ROUGH: &str = include_str!("../faults/rough.toml");

/// A script of faults for what the bot posts, changes and looks for in channels: one post in three goes wrong, for ever, each time
/// in the same way for the same seed and the same order of requests.
pub fn rough_posts(seed: u32) -> String {
    format!("seed = {seed}\n{}", include_str!("../faults/rough_posts.toml"))
}

/// Where cargo puts the bare bot of this crate's examples beside the program that runs: the least that serenity can be, as a floor to
/// compare with. It is built with `cargo build --package fake-discord --example bare`, and by `cargo test --package fake-discord`.
/// `None` when it is not there.
pub fn bare() -> Option<PathBuf> {
    let running = std::env::current_exe().ok()?;
    // Tests and benches are in `deps`, programs beside it.
    let places = running.ancestors().skip(1).take(2).map(|it| it.join("examples/bare"));
    places.into_iter().find(|it| it.is_file())
}

/// Ends the fake.
struct Owner {
    shared: Arc<Shared>,
}

impl Drop for Owner {
    /// Ends the fake.
    ///
    /// # Panics
    /// When a judge found something that no test has taken.
    fn drop(&mut self) {
        self.shared.stop.cancel();
        let violations = std::mem::take(&mut self.shared.state().violations);
        if !violations.is_empty() && !std::thread::panicking() {
            let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
            panic!("the judges found:\n{}", lines.join("\n"));
        }
    }
}

impl Fake {
    /// Starts one on a free port of loopback, on the runtime of the caller.
    ///
    /// # Panics
    /// When no port can be had, when the faults cannot be read, and when `REFERENT_DISCORD_SCHEMA` names a folder without
    /// `openapi.json`.
    pub async fn start(setup: Setup) -> Self {
        match Self::try_start(setup).await {
            Ok(it) => it,
            Err(trouble) => panic!("the fake cannot be started: {trouble}"),
        }
    }

    async fn try_start(setup: Setup) -> Result<Self, Box<dyn Error>> {
        let faults = Faults::read(&setup.faults)?;
        if setup.judge {
            judges::prepare();
        }
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let shared = if setup.tls {
            let (tls, addresses) = Tls::bind().await?;
            let shared = Arc::new(Shared::new(setup, address, faults, Some(addresses)));
            tls.serve(&shared);
            shared
        } else {
            Arc::new(Shared::new(setup, address, faults, None))
        };
        let app =
            Router::new().route("/", get(gateway::upgrade)).fallback(rest::any).with_state(shared.clone());
        let service = app.into_make_service_with_connect_info::<Cut>();
        let stop = shared.stop.clone();
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

    /// The environment in which a bot that is told of no other server takes the fake for `discord.com`; empty without
    /// [`Setup::tls`]. `DISCORD_TOKEN` is not in it.
    pub fn real_env(&self) -> Vec<(String, String)> {
        self.shared().tls.as_ref().map(Addresses::environment).unwrap_or_default()
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
        self.shared().state().dispatch(event, data, intents::NONE);
    }

    /// Plays a fault on every open websocket.
    pub fn gateway(&self, fault: &GatewayFault) {
        let mut state = self.shared().state();
        state.log.add(What::Fault(format!("{fault:?}")));
        state.gateway.fault(fault);
    }

    /// Sets the faults that are to come; those that were still to come are forgotten. The script is TOML, a `[[fault]]` each:
    ///
    /// | key | meaning |
    /// |---|---|
    /// | `on` | `"POST /interactions/*/*/callback"`: method and path without `/api/v10`, `*` is any part; or `"CONNECT"`, `"IDENTIFY"`, `"RESUME"` of the gateway |
    /// | `skip`, `times` | how many fitting occasions pass first (0), on how many it is played (1) |
    /// | `chance`, `seed` | played on this part of the occasions (then for ever, if `times` does not say otherwise) |
    /// | `status`, `body`, `code` | answered instead; without a body one as Discord's, with its code if one is given |
    /// | `retry_after`, `header`, `global` | with `status = 429`: seconds; `Retry-After` as `"seconds"`, `"date"`, `"none"`, `"malformed"`; whether everything is limited |
    /// | `refuse` | the connection is closed without an answer |
    /// | `hang_ms` | nothing happens for so long; then the rest, or else the request is served |
    /// | `garbage` | half a JSON object is answered, with `status` or 200 |
    /// | `after` | the request is carried out, and then answered so; alone: the connection is closed |
    /// | `headers` | a table of headers that are added to the answer or replaced |
    /// | `gateway` | `"close"` (with `code`, or without one), `"drop"`, `"reconnect"`, `"invalid"` (with `resumable`), `"mute"`, `"unknown"`, `"refuse"` (for `ms`, beginning with this connection) |
    ///
    /// A `seed` before the first fault changes the chances of all.
    ///
    /// On each occasion the first fault that fits and is due is played. On `CONNECT`, `IDENTIFY` and `RESUME`, `close`, `drop` and
    /// `invalid` come instead of HELLO, READY and RESUMED, the others after them.
    ///
    /// # Panics
    /// When the script cannot be read.
    pub fn faults(&self, script: &str) {
        match Faults::read(script) {
            Ok(faults) => self.shared().set_faults(faults),
            Err(trouble) => panic!("{trouble}"),
        }
    }

    /// How many faults are still to be played, each counted as often as it is; those that go on for ever do not count.
    pub fn faults_left(&self) -> u32 {
        self.shared().faults().left()
    }

    /// What the judges have found and no test has taken.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared().state().violations.clone()
    }

    /// Takes what the judges have found, for tests that wanted it. What is not taken makes the end of the fake a panic.
    pub fn take_violations(&self) -> Vec<Violation> {
        std::mem::take(&mut self.shared().state().violations)
    }

    /// Lets the tokens of all interactions until now expire, as they do after 15 minutes.
    pub fn expire_tokens(&self) {
        self.shared().state().interactions.values_mut().for_each(|it| it.token_expired = true);
    }

    /// The bot is invited to a guild.
    pub fn join(&self, guild: Guild) {
        let mut state = self.shared().state();
        let Some(bot) = state.users.get_mut(&self.shared().setup.application) else { return };
        bot.member_of.push(Membership { guild: guild.id, nick: None, roles: vec![bot.id] });
        let event = json::guild_create(&guild, &self.shared().setup, bot);
        state.guilds.insert(guild.id, guild);
        state.dispatch("GUILD_CREATE", &event, intents::GUILDS);
    }

    /// Whether the bot is in a guild.
    pub fn is_in(&self, guild: u64) -> bool {
        self.shared().state().guilds.contains_key(&guild)
    }

    /// How often the bot met Discord's limits; see [`Setup::limits`].
    pub fn limited(&self) -> Limited {
        self.shared().state().limits.given
    }

    /// Deletes a channel, its threads and all that was said there; [`Fake::messages_in`] still knows it.
    ///
    /// # Panics
    /// When there is no such channel in a guild.
    pub fn delete_channel(&self, channel: u64) {
        let mut state = self.shared().state();
        let mut gone = Vec::new();
        for guild in state.guilds.values_mut() {
            let is_gone = |it: &mut Channel| it.id == channel || it.kind == Kind::Thread { parent: channel };
            let (guild_id, deleted) = (guild.id, guild.channels.extract_if(.., is_gone));
            gone.extend(deleted.map(|it| (guild_id, it)));
        }
        assert!(gone.iter().any(|(_, it)| it.id == channel), "there is no channel {channel}");
        for (guild, deleted) in gone {
            state.messages.remove_channel(deleted.id);
            let (name, event) = json::channel_gone(guild, &deleted);
            state.dispatch(name, &event, intents::GUILDS);
        }
    }

    /// Someone takes no direct messages of the bot any more.
    pub fn close_dms(&self, user: u64) {
        self.takes_dms(user, false);
    }

    /// Someone takes direct messages of the bot again.
    pub fn open_dms(&self, user: u64) {
        self.takes_dms(user, true);
    }

    fn takes_dms(&self, user: u64, takes: bool) {
        if let Some(user) = self.shared().state().users.get_mut(&user) {
            user.takes_dms = takes;
        }
    }

    /// Changes what the bot is denied in a channel; 0 gives everything back.
    ///
    /// # Panics
    /// When there is no such channel in a guild.
    pub fn deny(&self, channel: u64, permissions: u64) {
        let mut state = self.shared().state();
        let mut channels = state.guilds.values_mut().flat_map(|it| &mut it.channels);
        match channels.find(|it| it.id == channel) {
            Some(found) => found.deny_bot = permissions,
            None => panic!("there is no channel {channel}"),
        }
        let changed = state.channel(channel);
        let event = changed.map(|(guild, it)| json::channel(it, guild, &self.shared().setup, None));
        if let Some(event) = event {
            state.dispatch("CHANNEL_UPDATE", &event, intents::GUILDS);
        }
    }
}
