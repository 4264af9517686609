//! What the bot proposes while someone types.

use serde::Deserialize;
use serde_json::{Value, json};

use super::command::{data, registered};
use super::{Asker, Trouble, demand, impossible, line};
use crate::Fake;
use crate::rest::interactions::AUTOCOMPLETE;
use crate::shown::{list, string};

/// Sorts of commands that have options.
const CHAT: u64 = 1;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Choice {
    /// What is shown.
    pub name: String,
    /// What is sent when it is chosen.
    pub value: Value,
}

impl Fake {
    /// What is proposed when `typed` stands in an option that is being filled in, while `others` are filled in already.
    ///
    /// # Panics
    /// When the option is not registered with autocomplete, and when nothing is answered in time.
    pub async fn autocomplete(
        &self,
        asker: &Asker,
        command: &str,
        option: &str,
        typed: &str,
        others: &[(&str, &str)],
    ) -> Vec<Choice> {
        demand(self.try_autocomplete(asker, command, option, typed, others).await)
    }

    /// The same, with an error instead of a panic.
    pub async fn try_autocomplete(
        &self,
        asker: &Asker,
        command: &str,
        option: &str,
        typed: &str,
        others: &[(&str, &str)],
    ) -> Result<Vec<Choice>, Trouble> {
        let sent = {
            let mut state = self.shared().state();
            let channel = Self::place(&mut state, asker)?;
            let name = command.trim_start_matches('/');
            let command = registered(&state, asker.user, channel, name, CHAT)?;
            let options = options(&command, option, typed, others)?;
            let data = data(&command, options);
            self.interact(&mut state, AUTOCOMPLETE, (asker.user, channel), &data, None)
        };
        sent.answered().await?;
        let choices = sent.choices();
        Ok(list(&choices).iter().filter_map(|it| Choice::deserialize(it).ok()).collect())
    }
}

/// Options of an unfinished command: nothing is checked but that they exist. Values of their option's sort are sent as such.
fn options(
    command: &Value,
    focused: &str,
    typed: &str,
    others: &[(&str, &str)],
) -> Result<Vec<Value>, Trouble> {
    let mut options = Vec::new();
    for (name, value) in others.iter().copied().chain([(focused, typed)]) {
        let Some(known) = list(&command["options"]).iter().find(|it| string(&it["name"]) == name) else {
            return impossible(format!("there is no option {name}"));
        };
        let mut option = json!({ "name": name, "type": known["type"], "value": value });
        if name == focused {
            if known["autocomplete"] != true {
                return impossible(format!("{name} has no autocomplete"));
            }
            option["focused"] = json!(true);
        } else if let Ok(typed) = line::value(known, value) {
            option["value"] = typed;
        }
        options.push(option);
    }
    Ok(options)
}
