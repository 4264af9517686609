//! Interactions that no client of Discord's sends.

#![allow(clippy::needless_pass_by_value, reason = "JSON that is made where it is given")]

use fake_discord::{APPLICATION, CHANNEL, GUILD, USER};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{anne, check_all_sent, check_forgotten, check_polite, lives};
use crate::bot::{Bot, NO_HURRY, Start};
use std::time::Duration;

/// Sorts of interactions.
const PING: u64 = 1;
const COMMAND: u64 = 2;
const BUTTON: u64 = 3;
const AUTOCOMPLETE: u64 = 4;
const FORM: u64 = 5;

/// Longer than anything that Discord lets through.
const LONG: usize = 10_000;
/// Deeper than serde_json reads.
const DEEP: usize = 200;
/// What is typed where it does not belong, and must not come back.
const CPR: &str = "010190-1234";

/// How long an answer to what cannot be understood is waited for.
const A_MOMENT: Duration = Duration::from_secs(2);

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// A sentence to whoever asked.
    Told,
    /// An answer, to whoever asked.
    Answered,
    /// No proposals.
    Empty,
    /// It cannot be read, so nobody is there to be answered.
    Ignored,
}

use Fate::{Answered, Empty, Ignored, Told};

/// An interaction of [`USER`] in [`CHANNEL`], all but what `data` makes of it as Discord sends it.
fn interaction(kind: u64, data: Value) -> Value {
    let user = json!({
        "id": USER.to_string(), "username": "anne", "discriminator": "0", "global_name": "Anne", "avatar": null, "bot": false,
    });
    json!({
        "type": kind,
        "version": 1,
        "application_id": APPLICATION.to_string(),
        "guild_id": GUILD.to_string(),
        "channel_id": CHANNEL.to_string(),
        "data": data,
        "locale": "da",
        "guild_locale": "da",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "context": 0,
        "authorizing_integration_owners": { "0": GUILD.to_string() },
        "app_permissions": "274877991936",
        "member": {
            "user": user, "nick": null, "avatar": null, "roles": [], "joined_at": "2020-08-12T10:00:00+00:00",
            "premium_since": null, "deaf": false, "mute": false, "pending": false, "flags": 0,
            "communication_disabled_until": null, "permissions": "277025459200",
        },
    })
}

fn command(name: &str, options: Value) -> Value {
    interaction(COMMAND, json!({ "id": "1", "name": name, "type": 1, "options": options }))
}

fn text(name: &str, value: impl Into<Value>) -> Value {
    json!({ "name": name, "type": 3, "value": value.into() })
}

/// An option in groups in groups.
fn nested(depth: usize) -> Value {
    (0..depth)
        .fold(text("nummer", "27"), |inner, _| json!({ "name": "nummer", "type": 2, "options": [inner] }))
}

fn button(data: Value) -> Value {
    let mut made = interaction(BUTTON, data);
    made["message"] = json!({
        "id": "1", "channel_id": CHANNEL.to_string(), "author": made["member"]["user"], "content": "",
        "timestamp": "2020-08-12T10:00:00+00:00", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": [], "pinned": false,
        "type": 20, "flags": 0,
    });
    made
}

fn typing(options: Value) -> Value {
    interaction(AUTOCOMPLETE, json!({ "id": "1", "name": "sag", "type": 1, "options": options }))
}

/// `made` without a part, or with another one there.
fn with(mut made: Value, pointer: &str, value: Value) -> Value {
    *made.pointer_mut(pointer).unwrap() = value;
    made
}

fn without(mut made: Value, key: &str) -> Value {
    made.as_object_mut().unwrap().remove(key).unwrap();
    made
}

fn cases() -> Vec<(&'static str, Value, Fate)> {
    let sag = || command("sag", json!([text("nummer", "27")]));
    let long = "9".repeat(LONG);
    let words = "ord ".repeat(LONG / 4);
    vec![
        ("no data", without(sag(), "data"), Ignored),
        ("data is null", with(sag(), "/data", json!(null)), Ignored),
        ("data is a list", with(sag(), "/data", json!([1])), Ignored),
        ("no kind", without(sag(), "type"), Ignored),
        ("a kind in words", with(sag(), "/type", json!("command")), Ignored),
        ("an unknown kind", with(sag(), "/type", json!(99)), Ignored),
        ("a kind out of range", with(sag(), "/type", json!(999)), Ignored),
        ("a ping", interaction(PING, json!({})), Ignored),
        ("no channel", without(sag(), "channel_id"), Ignored),
        ("channel 0", with(sag(), "/channel_id", json!("0")), Ignored),
        ("guild in words", with(sag(), "/guild_id", json!("min server")), Ignored),
        ("nobody", without(sag(), "member"), Answered),
        ("a member without a user", with(sag(), "/member", json!({ "roles": [] })), Ignored),
        ("rights in words", with(sag(), "/app_permissions", json!("alle")), Ignored),
        ("unknown command", command("budget", json!([])), Told),
        ("a command without a name", command("", json!([])), Told),
        ("a long command", command(&long, json!([])), Told),
        ("a command on a person", with(sag(), "/data/type", json!(2)), Told),
        ("an unknown sort of command", with(sag(), "/data/type", json!(77)), Told),
        ("a message command of another name", with(sag(), "/data/type", json!(3)), Told),
        (
            "a message command without a message",
            interaction(COMMAND, json!({ "id": "1", "name": "Slå sagsnumre op", "type": 3 })),
            Told,
        ),
        ("nothing where something is needed", command("sag", json!([])), Told),
        ("options that are none", command("sag", json!("nummer")), Ignored),
        (
            "a number where words are wanted",
            command("sag", json!([{ "name": "nummer", "type": 4, "value": 27 }])),
            Told,
        ),
        (
            "yes where words are wanted",
            command("sag", json!([{ "name": "nummer", "type": 5, "value": true }])),
            Told,
        ),
        ("words that are a number", command("sag", json!([text("nummer", 27)])), Ignored),
        ("words that are null", command("sag", json!([text("nummer", Value::Null)])), Ignored),
        (
            "an unknown sort of option",
            command("sag", json!([{ "name": "nummer", "type": 99, "value": "27" }])),
            Told,
        ),
        (
            "a person as a number",
            command("sag", json!([{ "name": "nummer", "type": 6, "value": "1" }])),
            Told,
        ),
        ("an unknown option", command("sag", json!([text("nummer", "27"), text("alt", "ja")])), Told),
        ("an option without a name", command("sag", json!([text("", "27")])), Told),
        ("a long name of an option", command("sag", json!([text(&long, "27")])), Told),
        ("an option twice", command("sag", json!([text("nummer", "27"), text("nummer", "28")])), Told),
        (
            "a thousand options",
            command("sag", (0..1_000).map(|n| text(&format!("o{n}"), "1")).collect()),
            Told,
        ),
        ("groups in groups", command("sag", json!([nested(20)])), Told),
        ("groups without end", command("sag", json!([nested(DEEP)])), Ignored),
        ("a long number", command("sag", json!([text("nummer", long.as_str())])), Told),
        ("long words", command("søg", json!([text("ord", words.as_str())])), Told),
        ("a long body", command("råd", json!([text("udvalg", "råd".repeat(LONG))])), Told),
        ("null bytes", command("sag", json!([text("nummer", "27\u{0}.00\u{0}")])), Answered),
        ("only null bytes", command("søg", json!([text("ord", "\u{0}\u{0}")])), Told),
        ("nothing but blanks", command("søg", json!([text("ord", " \n\t ")])), Told),
        ("no day", command("møde", json!([text("dato", "9999999999999999999")])), Told),
        ("a day out of range", command("møde", json!([text("dato", "31-02-2020")])), Told),
        ("neither yes nor no", command("sag", json!([text("nummer", "27"), text("privat", "måske")])), Told),
        ("a number for privacy", command("sag", json!([text("nummer", "27"), text("privat", CPR)])), Told),
        (
            "a long privacy",
            command("sag", json!([text("nummer", "27"), text("privat", long.as_str())])),
            Told,
        ),
        ("an unknown help", command("hjælp", json!([text("kommando", "@everyone **x**")])), Told),
        ("a CPR number as a name", command(CPR, json!([])), Told),
        ("a CPR number as an option", command("sag", json!([text(CPR, "27")])), Told),
        (
            "a button without a message",
            without(button(json!({ "custom_id": "1a|råd", "component_type": 2 })), "message"),
            Ignored,
        ),
        ("a button without anything", button(json!({})), Ignored),
        ("a button without a text", button(json!({ "component_type": 2 })), Ignored),
        (
            "an unknown sort of button",
            button(json!({ "custom_id": "1a|råd", "component_type": 99 })),
            Answered,
        ),
        ("a menu", button(json!({ "custom_id": "slet", "component_type": 3, "values": ["1", "2"] })), Told),
        (
            "a menu of people",
            button(json!({ "custom_id": "slet", "component_type": 5, "values": ["1"] })),
            Told,
        ),
        ("a long button", button(json!({ "custom_id": long.as_str(), "component_type": 2 })), Told),
        (
            "a button of a CPR number",
            button(json!({ "custom_id": format!("1x|søg|{CPR}"), "component_type": 2 })),
            Told,
        ),
        ("a form", interaction(FORM, json!({ "custom_id": "1a|råd", "components": [] })), Ignored),
        (
            "a form with a message",
            with(button(json!({ "custom_id": "1a|råd", "components": [] })), "/type", json!(FORM)),
            Ignored,
        ),
        ("typing nowhere", typing(json!([])), Empty),
        (
            "typing in what is not there",
            typing(json!([{ "name": "alt", "type": 3, "value": "x", "focused": true }])),
            Empty,
        ),
        (
            "typing in an unknown command",
            with(
                typing(json!([{ "name": "nummer", "type": 3, "value": "2", "focused": true }])),
                "/data/name",
                json!("budget"),
            ),
            Empty,
        ),
        (
            "typing at length",
            typing(json!([{ "name": "nummer", "type": 3, "value": long.as_str(), "focused": true }])),
            Empty,
        ),
        (
            "typing null bytes",
            typing(json!([{ "name": "nummer", "type": 3, "value": "\u{0}\u{0}\u{0}", "focused": true }])),
            Empty,
        ),
        (
            "typing a number",
            typing(json!([{ "name": "nummer", "type": 4, "value": "x", "focused": true }])),
            Empty,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_client_sends_is_answered_politely_or_not_at_all() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let mut under_way = JoinSet::new();
    for (name, made, fate) in cases() {
        let fake = if fate == Ignored { bot.fake.within(A_MOMENT) } else { bot.fake.clone() };
        under_way.spawn(async move {
            let reply = match fake.try_command_raw(made).await {
                Ok(reply) => Some(reply.settled().await),
                Err(_) => None,
            };
            (name, fate, reply)
        });
    }
    for (name, fate, reply) in under_way.join_all().await {
        match (fate, reply) {
            (Told, Some(reply)) => check_polite(&reply),
            (Answered, Some(reply)) => {
                assert!(reply.private && !reply.messages.is_empty(), "{name}: {reply:?}");
            }
            (Empty, Some(reply)) => {
                assert!(reply.messages.is_empty() && reply.callbacks.len() == 1, "{name}: {reply:?}");
            }
            // Should it be understood one day, it must be politely.
            (Ignored, Some(reply)) => panic!("{name} was answered: {reply:?}"),
            (Ignored, None) => {}
            (Told | Answered | Empty, None) => panic!("{name}: nothing was answered; log:\n{}", bot.log()),
        }
        println!("{name}: {fate:?}");
    }
    lives(&bot, &anne()).await;
    check_all_sent(&bot);
    check_forgotten(&bot, CPR);
    check_forgotten(&bot, &"9".repeat(LONG));
}

/// An interaction of [`USER`] in a server that is not [`GUILD`].
pub(super) fn elsewhere(kind: u64, data: Value) -> Value {
    let mut made = interaction(kind, data);
    made["guild_id"] = json!(fake_discord::OTHER_GUILD.to_string());
    made["channel_id"] = json!(fake_discord::FAR_CHANNEL.to_string());
    made
}
