//! Slash commands, and commands on a message.

use std::time::Duration;

use serde_json::{Value, json};

use super::interaction::Sent;
use super::{Asker, Reply, Trouble, demand, impossible, line};
use crate::Fake;
use crate::permissions;
use crate::rest::interactions::COMMAND;
use crate::shown::{ShownMessage, id, list, string};
use crate::state::State;

/// Sorts of commands.
const CHAT: u64 = 1;
const ON_MESSAGE: u64 = 3;

impl Fake {
    /// Someone gives a command, written as `/sag nummer:27.00.00-A00-5-15 privat:ja`, and sees the first answer. A value runs until
    /// the next `name:` of an option that the bot has registered; the first option's name may be left out if it is required.
    ///
    /// # Panics
    /// When Discord would not let a person send this, and when nothing is answered in time.
    pub async fn command(&self, asker: &Asker, line: &str) -> Reply {
        demand(self.try_command(asker, line).await)
    }

    /// The same, with an error instead of a panic.
    pub async fn try_command(&self, asker: &Asker, line: &str) -> Result<Reply, Trouble> {
        let sent = self.send_command(asker, line)?;
        sent.answered().await?;
        Ok(sent.reply())
    }

    /// From the sending of a command to the end of its first answer's request.
    ///
    /// # Panics
    /// As [`Fake::command`].
    pub async fn timed_command(&self, asker: &Asker, line: &str) -> Duration {
        let sent = demand(self.send_command(asker, line));
        demand(sent.answered().await);
        sent.took().unwrap_or_default()
    }

    /// Someone uses a command on a message.
    ///
    /// # Panics
    /// As [`Fake::command`].
    pub async fn message_command(&self, asker: &Asker, name: &str, message: &ShownMessage) -> Reply {
        let sent = demand(self.send_message_command(asker, name, message));
        demand(sent.answered().await);
        sent.reply()
    }

    fn send_command(&self, asker: &Asker, text: &str) -> Result<Sent, Trouble> {
        let mut state = self.shared().state();
        let channel = Self::place(&mut state, asker)?;
        let command = registered(&state, asker.user, channel, line::name(text), CHAT)?;
        let pairs = line::pairs(text, &command)?;
        let options = line::options(&command, &pairs)?;
        let data = data(&command, options);
        Ok(self.interact(&mut state, COMMAND, (asker.user, channel), &data, None))
    }

    fn send_message_command(
        &self,
        asker: &Asker,
        name: &str,
        message: &ShownMessage,
    ) -> Result<Sent, Trouble> {
        let mut state = self.shared().state();
        let channel = Self::place(&mut state, asker)?;
        let command = registered(&state, asker.user, channel, name, ON_MESSAGE)?;
        let Some(target) = state.messages.get(message.id) else { return impossible("the message is gone") };
        if target.channel != channel {
            return impossible("the message is in another channel");
        }
        let mut data = data(&command, Vec::new());
        data["target_id"] = json!(message.id.to_string());
        let resolved = crate::json::message(&state, target, true);
        data["resolved"] = json!({ "messages": { message.id.to_string(): resolved } });
        Ok(self.interact(&mut state, COMMAND, (asker.user, channel), &data, None))
    }
}

/// The part of an interaction that names the command.
pub(super) fn data(command: &Value, options: Vec<Value>) -> Value {
    let mut data = json!({ "id": command["id"], "name": command["name"], "type": command["type"] });
    if !options.is_empty() {
        data["options"] = options.into();
    }
    if let Some(guild) = command.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    data
}

/// The command that someone sees by this name in a channel. A guild's own comes before the one for all.
pub(super) fn registered(
    state: &State,
    user: u64,
    channel: u64,
    name: &str,
    kind: u64,
) -> Result<Value, Trouble> {
    let guild = state.channel(channel).and_then(|(guild, _)| guild);
    let own = guild.and_then(|it| state.guild_commands.get(&it.id));
    let all = own.into_iter().chain(state.commands.as_ref()).flatten();
    let mut fitting = all.filter(|it| it["type"] == kind && string(&it["name"]) == name);
    let Some(command) = fitting.next() else {
        return impossible(format!("no command »{name}« is registered"));
    };
    let context = u64::from(guild.is_none());
    let contexts = &command["contexts"];
    let hidden = contexts.is_array() && !list(contexts).iter().any(|it| *it == context)
        || contexts.is_null() && guild.is_none() && command["dm_permission"] == false;
    if hidden {
        return impossible(format!("»{name}« is not shown here"));
    }
    let needed = id(&command["default_member_permissions"]);
    let person = state.users.get(&user);
    let held = person.map_or(0, |it| permissions::of_user(guild, it));
    if needed.is_some_and(|it| guild.is_some() && (it == 0 || held & it != it) && held != u64::MAX) {
        return impossible(format!("»{name}« is not shown to {user}"));
    }
    Ok(command.clone())
}
