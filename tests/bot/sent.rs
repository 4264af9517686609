//! All that the bot has sent: what stands where, so that a test can look at every word of it.

use fake_discord::{Fake, Request, What};
use serde_json::Value;

/// A text that people may see.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    /// Where it stands.
    pub(crate) place: Place,
    /// The text as it was sent.
    pub(crate) text: String,
}

/// Where a text stands, which decides what Discord makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Text of a message, description of an embed, value of a field: all of markdown.
    Markdown,
    /// Title of an embed, name of a field: marks within the line.
    Title,
    /// Footer of an embed, label of a button, name of a choice: letters only.
    Plain,
    /// Name of a file.
    FileName,
}

/// Where texts stand in a message.
const OF_MESSAGE: &[(&str, Place)] = &[("content", Place::Markdown)];
const OF_EMBED: &[(&str, Place)] = &[
    ("/title", Place::Title),
    ("/description", Place::Markdown),
    ("/footer/text", Place::Plain),
    ("/author/name", Place::Plain),
];
const OF_FIELD: &[(&str, Place)] = &[("name", Place::Title), ("value", Place::Markdown)];

/// The requests that the fake has seen, in order.
pub(crate) fn requests(fake: &Fake) -> Vec<Request> {
    let entries = fake.log().into_iter();
    entries
        .filter_map(|entry| match entry.what {
            What::Request(request) => Some(request),
            _ => None,
        })
        .collect()
}

/// Every text of every message and every proposal that was sent, also of those that were changed later. What was registered is not
/// among them.
pub(crate) fn words(fake: &Fake) -> Vec<Words> {
    let mut words = Vec::new();
    for request in requests(fake).iter().filter(|request| request.method != "PUT") {
        let message = if request.body["data"].is_object() { &request.body["data"] } else { &request.body };
        of_message(&mut words, message);
    }
    words
}

fn of_message(words: &mut Vec<Words>, message: &Value) {
    let mut add = |place: Place, text: &Value| {
        if let Some(text) = text.as_str().filter(|text| !text.is_empty()) {
            words.push(Words { place, text: text.to_owned() });
        }
    };
    for (key, place) in OF_MESSAGE {
        add(*place, &message[*key]);
    }
    for embed in list(&message["embeds"]) {
        for (pointer, place) in OF_EMBED {
            add(*place, embed.pointer(pointer).unwrap_or(&Value::Null));
        }
        for field in list(&embed["fields"]) {
            for (key, place) in OF_FIELD {
                add(*place, &field[*key]);
            }
        }
    }
    for button in list(&message["components"]).iter().flat_map(|row| list(&row["components"])) {
        add(Place::Plain, &button["label"]);
    }
    for choice in list(&message["choices"]) {
        add(Place::Plain, &choice["name"]);
    }
    for file in list(&message["attachments"]) {
        add(Place::FileName, &file["filename"]);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
