//! Own rules for registered commands.
//! Source: <https://discord.com/developers/docs/interactions/application-commands>.

use std::collections::HashSet;

use serde_json::Value;

use super::own::Findings;
use crate::shown::{list, string};

/// Most commands of each sort.
const CHAT: usize = 100;
const ON_MESSAGE: usize = 15;
/// Longest description and choice.
const DESCRIPTION: usize = 100;
const CHOICES: usize = 25;
const NAME: usize = 32;

const COMMAND: &[&str] = &[
    "id",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "type",
    "nsfw",
    "default_member_permissions",
    "dm_permission",
    "contexts",
    "integration_types",
    "handler",
];
const OPTION: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
];

pub(super) fn judge(found: &mut Findings, body: &Value) {
    let Some(commands) = body.as_array() else {
        return found.refused("commands: no list".to_owned());
    };
    let mut names = HashSet::new();
    for command in commands {
        let kind = command["type"].as_u64().unwrap_or(1);
        let name = string(&command["name"]);
        if !names.insert((kind, name)) {
            found.refused(format!("commands: {name} stands twice"));
        }
        found.fields(&format!("command {name}"), command, COMMAND);
        named(found, &format!("command {name}"), command, kind == 1);
        for option in list(&command["options"]) {
            self::option(found, &format!("command {name}"), option);
        }
    }
    for (kind, most) in [(1, CHAT), (2, ON_MESSAGE), (3, ON_MESSAGE)] {
        let count = names.iter().filter(|(it, _)| *it == kind).count();
        if count > most {
            found.refused(format!("commands: {count} of sort {kind}, at most {most}"));
        }
    }
}

/// Names and descriptions, in all languages. The names that are typed are lower case.
fn named(found: &mut Findings, what: &str, object: &Value, typed: bool) {
    let translated =
        |key: &str| object[key].as_object().into_iter().flat_map(|it| it.values()).collect::<Vec<_>>();
    for name in translated("name_localizations").into_iter().chain([&object["name"]]) {
        found.length(&format!("{what}, name"), name, 1, NAME);
        let text = string(name);
        if typed && (text.to_lowercase() != text || !text.chars().all(is_typed)) {
            found.refused(format!(
                "{what}: the name {text} is not lower case, or has other signs than letters and digits"
            ));
        }
    }
    let least = usize::from(typed);
    for description in translated("description_localizations").into_iter().chain([&object["description"]]) {
        found.length(&format!("{what}, description"), description, least, DESCRIPTION);
    }
}

fn is_typed(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'')
}

fn option(found: &mut Findings, command: &str, option: &Value) {
    let what = format!("{command}, option {}", string(&option["name"]));
    found.fields(&what, option, OPTION);
    named(found, &what, option, true);
    let choices = list(&option["choices"]);
    if choices.len() > CHOICES {
        found.refused(format!("{what}: {} choices of at most {CHOICES}", choices.len()));
    }
    if !choices.is_empty() && option["autocomplete"] == true {
        found.refused(format!("{what}: both choices and autocomplete"));
    }
    for choice in choices {
        found.length(&format!("{what}, choice"), &choice["name"], 1, DESCRIPTION);
        found.length(&format!("{what}, choice"), &choice["value"], 1, DESCRIPTION);
    }
    for inner in list(&option["options"]) {
        self::option(found, command, inner);
    }
}
