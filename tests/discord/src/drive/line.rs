//! A typed command line, read by what the bot has registered.

use serde_json::{Value, json};

use super::{Trouble, impossible};
use crate::shown::{list, string};

/// Sorts of options.
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const USER: u64 = 6;
const CHANNEL: u64 = 7;
const ROLE: u64 = 8;
const NUMBER: u64 = 10;

/// Cuts `/sag nummer:27 privat:ja` into the name and the options. Options are those that `command` has; a value runs until the next.
/// What stands first without a name is the first option's if that is required, for the client opens that by itself.
pub(super) fn pairs<'a>(line: &'a str, command: &'a Value) -> Result<Vec<(&'a str, &'a str)>, Trouble> {
    let rest = line.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let known = list(&command["options"]);
    let names: Vec<&str> = known.iter().map(|it| string(&it["name"])).collect();
    let mut starts = Vec::new();
    for (at, _) in rest.char_indices() {
        let begins = at == 0 || rest[..at].ends_with(char::is_whitespace);
        let name =
            names.iter().find(|it| rest[at..].strip_prefix(**it).is_some_and(|it| it.starts_with(':')));
        if let Some(name) = name.filter(|_| begins) {
            starts.push((at, name.len()));
        }
    }
    let mut pairs = Vec::new();
    let before = rest[..starts.first().map_or(rest.len(), |(at, _)| *at)].trim();
    if !before.is_empty() {
        let Some(first) = known.first().filter(|it| it["required"] == true) else {
            return impossible(format!("»{before}« belongs to no option of {}", names.join(", ")));
        };
        pairs.push((string(&first["name"]), before));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([rest.len()]);
    for (&(at, length), end) in starts.iter().zip(ends) {
        pairs.push((&rest[at..at + length], rest[at + length + 1..end].trim()));
    }
    Ok(pairs)
}

/// The name of the command in a line.
pub(super) fn name(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default().trim_start_matches('/')
}

/// The options of an interaction, from names and values as they were typed. A person cannot leave out what is required, nor send
/// what is too long or no choice.
pub(super) fn options(command: &Value, given: &[(&str, &str)]) -> Result<Vec<Value>, Trouble> {
    let known = list(&command["options"]);
    let left_out = known
        .iter()
        .find(|it| it["required"] == true && !given.iter().any(|(name, _)| *name == string(&it["name"])));
    if let Some(option) = left_out {
        return impossible(format!("the option {} is required", option["name"]));
    }
    let mut options: Vec<Value> = Vec::new();
    for (name, value) in given {
        if options.iter().any(|it| string(&it["name"]) == *name) {
            return impossible(format!("the option {name} stands twice"));
        }
        let Some(option) = known.iter().find(|it| string(&it["name"]) == *name) else {
            return impossible(format!("there is no option {name}"));
        };
        let value = self::value(option, value)?;
        options.push(json!({ "name": name, "type": option["type"], "value": value }));
    }
    Ok(options)
}

/// A typed value as its option's sort sends it.
pub(super) fn value(option: &Value, typed: &str) -> Result<Value, Trouble> {
    let name = string(&option["name"]);
    let choices = list(&option["choices"]);
    if !choices.is_empty() {
        let chosen = choices.iter().find(|it| string(&it["name"]) == typed || it["value"] == json!(typed));
        return match chosen {
            Some(it) => Ok(it["value"].clone()),
            None => impossible(format!("»{typed}« is no choice of {name}")),
        };
    }
    let read = match option["type"].as_u64() {
        Some(STRING) => return text(option, typed),
        Some(BOOLEAN) => match typed {
            "ja" | "true" => Some(json!(true)),
            "nej" | "false" => Some(json!(false)),
            _ => None,
        },
        Some(INTEGER) => typed.parse::<i64>().ok().map(|it| json!(it)),
        Some(NUMBER) => typed.parse::<f64>().ok().map(|it| json!(it)),
        Some(USER | CHANNEL | ROLE) => typed.parse::<u64>().ok().map(|it| json!(it.to_string())),
        _ => None,
    };
    read.map_or_else(|| impossible(format!("»{typed}« is no value for {name}")), Ok)
}

fn text(option: &Value, typed: &str) -> Result<Value, Trouble> {
    let length = typed.chars().count() as u64;
    let name = string(&option["name"]);
    if option["max_length"].as_u64().is_some_and(|it| length > it) {
        return impossible(format!("{name} is longer than {}", option["max_length"]));
    }
    if length < option["min_length"].as_u64().unwrap_or(1) {
        return impossible(format!("{name} is too short"));
    }
    Ok(json!(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and values.
    type Pairs = [(&'static str, &'static str)];

    fn command() -> Value {
        json!({ "name": "sag", "options": [
            { "name": "nummer", "type": 3, "required": true, "max_length": 20 },
            { "name": "privat", "type": 5 },
            { "name": "side", "type": 4 },
            { "name": "art", "type": 3, "choices": [{ "name": "Åben", "value": "open" }] },
        ]})
    }

    #[test]
    fn lines_are_cut_at_known_names() {
        let cases: &[(&str, Option<&Pairs>)] = &[
            ("/sag", Some(&[])),
            ("/sag nummer:27.00.00 privat:ja", Some(&[("nummer", "27.00.00"), ("privat", "ja")])),
            ("/sag nummer: kl. 9:30 i byen ", Some(&[("nummer", "kl. 9:30 i byen")])),
            ("/sag nummer:unummer:x", Some(&[("nummer", "unummer:x")])),
            ("/sag 27.00.00 privat:ja", Some(&[("nummer", "27.00.00"), ("privat", "ja")])),
            ("/sag andet:27", Some(&[("nummer", "andet:27")])),
        ];
        for (line, expected) in cases {
            assert_eq!(pairs(line, &command()).ok().as_deref(), *expected, "{line}");
        }
        let without_required = json!({ "name": "råd", "options": [{ "name": "udvalg", "type": 3 }] });
        assert!(pairs("/råd social", &without_required).is_err());
        assert!(pairs("/råd udvalg:social", &without_required).is_ok());
    }

    #[test]
    fn people_send_only_what_discord_lets_them() {
        let cases: &[(&Pairs, Option<Value>)] = &[
            (
                &[("nummer", "27"), ("privat", "ja")],
                Some(json!([
                    { "name": "nummer", "type": 3, "value": "27" }, { "name": "privat", "type": 5, "value": true },
                ])),
            ),
            (
                &[("nummer", "27"), ("side", "2"), ("art", "Åben")],
                Some(json!([
                    { "name": "nummer", "type": 3, "value": "27" }, { "name": "side", "type": 4, "value": 2 },
                    { "name": "art", "type": 3, "value": "open" },
                ])),
            ),
            (&[("privat", "ja")], None),
            (&[("nummer", "")], None),
            (&[("nummer", "012345678901234567890")], None),
            (&[("nummer", "27"), ("privat", "måske")], None),
            (&[("nummer", "27"), ("art", "lukket")], None),
            (&[("nummer", "27"), ("ukendt", "1")], None),
            (&[("nummer", "27"), ("nummer", "28")], None),
        ];
        for (given, expected) in cases {
            assert_eq!(options(&command(), given).ok().map(Value::from), *expected, "{given:?}");
        }
    }
}
