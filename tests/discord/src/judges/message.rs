//! Own rules for messages.
//! Source of the lengths: <https://discord.com/developers/docs/resources/message>.

use std::collections::HashSet;

use serde_json::Value;

use super::own::{Findings, utf16};
use crate::rest::{Sort, Upload};
use crate::shown::{id, list, string};

const CONTENT: usize = 2_000;
const EMBEDS_TOTAL: usize = 6_000;
const FILES: usize = 10;
const BUTTONS: usize = 5;
const NONCE: usize = 25;
const URL: usize = 512;

/// Texts of an embed: where, the least and the greatest length.
const EMBED: &[(&str, usize, usize)] =
    &[("/title", 0, 256), ("/description", 0, 4_096), ("/author/name", 1, 256), ("/footer/text", 0, 2_048)];
/// Texts of a field of an embed.
const FIELD: &[(&str, usize, usize)] = &[("/name", 1, 256), ("/value", 1, 1_024)];
/// Texts of a button.
const BUTTON: &[(&str, usize, usize)] = &[("/label", 0, 80), ("/custom_id", 1, 100), ("/url", 1, URL)];

/// Fields of a message that is sent, by what it is sent as.
const SHARED: &[&str] =
    &["content", "embeds", "components", "allowed_mentions", "attachments", "flags", "tts", "poll"];
const POST: &[&str] = &["nonce", "enforce_nonce", "message_reference", "sticker_ids"];

pub(super) fn judge(found: &mut Findings, sort: Sort, message: &Value, files: &[Upload]) {
    let more = if sort == Sort::Post { POST } else { &[] };
    found.fields("message", message, &[SHARED, more].concat());
    found.length("content", &message["content"], 0, CONTENT);
    embeds(found, message);
    rows(found, message);
    attachments(found, message, files);
    nobody_is_pinged(found, message);
    nonce(found, message);
    empty(found, sort, message, files);
}

fn embeds(found: &mut Findings, message: &Value) {
    let mut total = 0;
    for (number, embed) in list(&message["embeds"]).iter().enumerate() {
        let what = format!("embed {number}");
        texts(found, &what, embed, EMBED);
        total += EMBED
            .iter()
            .filter_map(|(place, ..)| embed.pointer(place))
            .map(|it| utf16(string(it)))
            .sum::<usize>();
        for field in list(&embed["fields"]) {
            for (place, ..) in FIELD {
                let text = field.pointer(place).and_then(Value::as_str);
                match text {
                    // Discord trims, and then finds nothing.
                    Some(text) if text.trim().is_empty() => {
                        found.refused(format!("{what}: a field with an empty {place}"));
                    }
                    Some(text) => total += utf16(text),
                    None => found.refused(format!("{what}: a field without {place}")),
                }
            }
            texts(found, &format!("{what}, field"), field, FIELD);
        }
        if embed["timestamp"].as_str().is_some_and(|it| it.parse::<jiff::Timestamp>().is_err()) {
            found.refused(format!("{what}: a timestamp that cannot be read"));
        }
    }
    if total > EMBEDS_TOTAL {
        found.refused(format!("embeds: {total} UTF-16 units in all, not {EMBEDS_TOTAL} at most"));
    }
}

fn texts(found: &mut Findings, what: &str, object: &Value, lengths: &[(&str, usize, usize)]) {
    for (place, least, most) in lengths {
        if let Some(text) = object.pointer(place) {
            found.length(&format!("{what}{place}"), text, *least, *most);
        }
    }
}

fn rows(found: &mut Findings, message: &Value) {
    let mut seen = HashSet::new();
    for (number, row) in list(&message["components"]).iter().enumerate() {
        let buttons = list(&row["components"]);
        if row["type"] == 1 && !(1..=BUTTONS).contains(&buttons.len()) {
            found.refused(format!("row {number}: {} buttons, not 1 to {BUTTONS}", buttons.len()));
        }
        for button in buttons {
            button_alone(found, &format!("row {number}, button"), button);
            let custom_id = string(&button["custom_id"]);
            if !custom_id.is_empty() && !seen.insert(custom_id) {
                found.refused(format!("row {number}: the custom_id {custom_id} stands twice in the message"));
            }
        }
    }
}

fn button_alone(found: &mut Findings, what: &str, button: &Value) {
    texts(found, what, button, BUTTON);
    if button["type"] != 2 {
        return;
    }
    let is_link = button["style"] == 5;
    if is_link == button["url"].is_null() {
        found.refused(format!("{what}: a link needs an url, and only a link has one"));
    }
    if is_link != button["custom_id"].is_null() {
        found.refused(format!("{what}: all but links need a custom_id, and a link has none"));
    }
    if button["url"].as_str().is_some_and(|it| !it.starts_with("https://") && !it.starts_with("http://")) {
        found.refused(format!("{what}: an url that is neither http nor https"));
    }
    if string(&button["label"]).trim().is_empty() && button["emoji"].is_null() {
        found.refused(format!("{what}: neither label nor emoji"));
    }
}

fn attachments(found: &mut Findings, message: &Value, files: &[Upload]) {
    if files.len() > FILES {
        found.refused(format!("{} files of at most {FILES}", files.len()));
    }
    let mut numbers = HashSet::new();
    for file in files {
        if !numbers.insert(file.number) {
            found.refused(format!("files[{}] stands twice", file.number));
        }
        let described = list(&message["attachments"]).iter().any(|it| id(&it["id"]) == Some(file.number));
        if message.get("attachments").is_some() && !described {
            found.house(format!("files[{}] is not among the attachments", file.number));
        }
        if file.name.is_empty() {
            found.refused(format!("files[{}] has no name", file.number));
        }
    }
}

/// A rule of this house: what is sent names nobody who is pinged.
fn nobody_is_pinged(found: &mut Findings, message: &Value) {
    let allowed = &message["allowed_mentions"];
    let nobody = allowed["parse"].as_array().is_some_and(Vec::is_empty)
        && list(&allowed["users"]).is_empty()
        && list(&allowed["roles"]).is_empty()
        && allowed["replied_user"] != true;
    if !nobody {
        found.house(format!("allowed_mentions lets somebody be pinged: {allowed}"));
    }
}

fn nonce(found: &mut Findings, message: &Value) {
    let nonce = &message["nonce"];
    found.length("nonce", nonce, 1, NONCE);
    if message["enforce_nonce"] == true && !nonce.is_string() && !nonce.is_u64() {
        found.refused("enforce_nonce without a nonce".to_owned());
    }
}

/// A new message has something on it; a change may leave what was there, but not take all away.
fn empty(found: &mut Findings, sort: Sort, message: &Value, files: &[Upload]) {
    let bare = |key: &str| match &message[key] {
        Value::Null => sort != Sort::Edit,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    let parts = ["content", "embeds", "components", "attachments"];
    if files.is_empty() && parts.into_iter().all(bare) && message["poll"].is_null() {
        found.refused("an empty message".to_owned());
    }
}
