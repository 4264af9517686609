//! An interaction on its way to the bot, and the waiting for its answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;

use super::wait::silence;
use super::{Asker, Place, Reply, Trouble, demand, impossible};
use crate::Fake;
use crate::gateway::intents;
use crate::rest::interactions::AUTOCOMPLETE;
use crate::setup::Kind;
use crate::shared::Shared;
use crate::shown::id;
use crate::state::{Interaction, State};

/// An interaction that was sent.
pub(super) struct Sent {
    pub(super) id: u64,
    pub(super) changes: watch::Receiver<u32>,
    pub(super) shared: Arc<Shared>,
    pub(super) deadline: Duration,
}

impl Fake {
    /// Sends an interaction as it stands, however malformed. `id`, `token` and `application_id` are added where they are missing; the
    /// answer is waited for as for a well-formed one.
    pub async fn command_raw(&self, interaction: Value) -> Reply {
        demand(self.try_command_raw(interaction).await)
    }

    /// The same; an answer that does not come is an error.
    pub async fn try_command_raw(&self, mut interaction: Value) -> Result<Reply, Trouble> {
        let sent = {
            let mut state = self.shared().state();
            let fresh = state.next_id();
            let token = token(fresh);
            let missing = [
                ("id", fresh.to_string()),
                ("token", token),
                ("application_id", self.shared().setup.application.to_string()),
            ];
            for (key, value) in missing {
                if interaction.get(key).is_none() {
                    interaction[key] = value.into();
                }
            }
            let number = id(&interaction["id"]).unwrap_or(fresh);
            let source = id(&interaction["message"]["id"]);
            self.send(&mut state, number, &interaction, source)
        };
        sent.answered().await?;
        Ok(sent.reply())
    }

    /// Where someone is; direct messages are opened if need be.
    pub(super) fn place(state: &mut State, asker: &Asker) -> Result<u64, Trouble> {
        match asker.place {
            Place::Dm if state.users.contains_key(&asker.user) => Ok(state.dm(asker.user)),
            Place::Dm => impossible(format!("there is no user {}", asker.user)),
            Place::Channel(channel) => Self::enter(state, asker.user, channel),
        }
    }

    /// A channel that someone may enter.
    pub(super) fn enter(state: &State, user: u64, channel: u64) -> Result<u64, Trouble> {
        let Some((guild, found)) = state.channel(channel) else {
            return impossible(format!("there is no channel {channel}"));
        };
        let Some(person) = state.users.get(&user) else {
            return impossible(format!("there is no user {user}"));
        };
        let may = match guild {
            Some(guild) => person.member_of.iter().any(|it| it.guild == guild.id),
            None => found.kind == Kind::Dm { user },
        };
        if may { Ok(channel) } else { impossible(format!("{user} may not enter {channel}")) }
    }

    /// Makes an interaction and sends it.
    pub(super) fn interact(
        &self,
        state: &mut State,
        kind: u8,
        (user, channel): (u64, u64),
        data: &Value,
        source: Option<u64>,
    ) -> Sent {
        let number = state.next_id();
        let token = token(number);
        let setup = &self.shared().setup;
        let mut made = crate::json::interaction(state, setup, (number, &token), kind, (user, channel), data);
        if let Some(message) = source.and_then(|it| state.messages.get(it)) {
            made["message"] = crate::json::message(state, message, true);
        }
        self.send(state, number, &made, source)
    }

    fn send(&self, state: &mut State, number: u64, made: &Value, source: Option<u64>) -> Sent {
        let token = crate::shown::string(&made["token"]).to_owned();
        state.tokens.insert(token.clone(), number);
        let (changed, changes) = watch::channel(0);
        let interaction = Interaction {
            token,
            user: id(&made["member"]["user"]["id"]).or_else(|| id(&made["user"]["id"])).unwrap_or_default(),
            channel: id(&made["channel_id"]).unwrap_or_default(),
            kind: made["type"].as_u64().and_then(|it| u8::try_from(it).ok()).unwrap_or_default(),
            source,
            sent: Instant::now(),
            token_expired: false,
            callbacks: Vec::new(),
            original: None,
            private: false,
            settled: true,
            edited_source: false,
            deleted: false,
            messages: Vec::new(),
            choices: None,
            changed,
        };
        state.interactions.insert(number, interaction);
        state.dispatch("INTERACTION_CREATE", made, intents::NONE);
        Sent { id: number, changes, shared: self.shared().clone(), deadline: self.deadline }
    }
}

/// The token of an interaction: known when it is seen, so that it can be looked for where it must not be.
fn token(interaction: u64) -> String {
    format!("aW50ZXJhY3Rpb246{interaction}-only-for-tests")
}

impl Sent {
    /// Waits for the first answer.
    pub(super) async fn answered(&self) -> Result<(), Trouble> {
        self.until("answer to the interaction", |it| !it.callbacks.is_empty()).await
    }

    /// Waits until the interaction is as `check` wants it.
    pub(super) async fn until(
        &self,
        what: &str,
        check: impl Fn(&Interaction) -> bool,
    ) -> Result<(), Trouble> {
        let mut changes = self.changes.clone();
        let deadline = Instant::now() + self.deadline;
        loop {
            if self.shared.state().interactions.get(&self.id).is_some_and(&check) {
                return Ok(());
            }
            let change = tokio::time::timeout_at(deadline.into(), changes.changed()).await;
            if !matches!(change, Ok(Ok(()))) {
                return Err(silence(&self.shared, what, self.deadline));
            }
        }
    }

    /// From the sending of the interaction to the end of its first answer; nothing if there is none.
    pub(super) fn took(&self) -> Option<Duration> {
        let state = self.shared.state();
        let (_, after) = state.interactions.get(&self.id)?.callbacks.first()?;
        Some(*after)
    }

    /// What was proposed; null if nothing was.
    pub(super) fn choices(&self) -> Value {
        let state = self.shared.state();
        let interaction = state.interactions.get(&self.id).filter(|it| it.kind == AUTOCOMPLETE);
        interaction.and_then(|it| it.choices.clone()).unwrap_or_default()
    }
}
