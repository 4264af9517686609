//! One call of Discord's HTTP API: what is sent, and what may be done when it is not known how it went.

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::ChannelId;

use super::super::message::{File, Message};
use super::error::SendError;

/// Where a call waits, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// To do with an interaction: it waits for nobody. Discord's global limit does not go for these.
    Interaction,
    /// A message to a channel: behind the earlier ones to the same channel.
    Channel(ChannelId),
    /// The same for what nobody waits for at a keyboard, of which there may be very much: it has places of its own.
    Delivery(ChannelId),
    /// Anything else: only the global limit holds it back.
    Other,
}

/// What may be done when a try ended so that it may have been carried out. What surely was not carried out is always repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Repeat it: twice is the same as once.
    Freely,
    /// Repeat it: Discord takes one only, and tells of it with [`ALREADY_ANSWERED`](super::error::ALREADY_ANSWERED).
    TakenOnce,
    /// Repeat it while Discord knows the nonce.
    ByNonce,
    /// Leave it: twice would be seen twice.
    Never,
    /// Leave it to the caller, who can find out; not even what Discord says it did not carry out is repeated.
    ByCaller,
}

/// What is sent.
pub(super) struct Call<'a> {
    /// For logs.
    pub(super) name: &'static str,
    pub(super) method: LightMethod,
    pub(super) route: Route<'a>,
    /// What follows the route, with its `?`; empty for most.
    pub(super) query: String,
    /// JSON; None when nothing is sent along.
    pub(super) body: Option<String>,
    pub(super) files: &'a [File],
    pub(super) lane: Lane,
    pub(super) repeat: Repeat,
    /// The interaction's token, which the route holds; empty for calls that prove who they are with the bot's.
    pub(super) interaction_token: &'a str,
}

impl<'a> Call<'a> {
    /// A call without a body, which may be repeated freely.
    pub(super) fn plain(name: &'static str, method: LightMethod, route: Route<'a>) -> Self {
        Self {
            name,
            method,
            route,
            query: String::new(),
            body: None,
            files: &[],
            lane: Lane::Other,
            repeat: Repeat::Freely,
            interaction_token: "",
        }
    }

    /// The form of a call with files, made anew for each try.
    pub(super) fn form(&self) -> Form {
        let mut form = Form::new();
        if let Some(body) = &self.body {
            form = form.text("payload_json", body.clone());
        }
        for (n, file) in self.files.iter().enumerate() {
            let part = Part::bytes(file.text.clone().into_bytes()).file_name(file.name.clone());
            form = form.part(format!("files[{n}]"), part);
        }
        form
    }
}

/// Where a message goes, which decides what may be said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A new message in a channel.
    Post,
    /// A new message that answers an interaction.
    Answer,
    /// In the place of a message's earlier content.
    Edit,
}

/// The parts of a [`Message`] that Discord does not take in a place.
const LACKS: &[(&str, &[Use])] = &[
    ("flags", &[Use::Post, Use::Edit]),
    ("nonce", &[Use::Answer, Use::Edit]),
    ("enforce_nonce", &[Use::Answer, Use::Edit]),
    ("message_reference", &[Use::Answer, Use::Edit]),
];

/// A message as Discord takes it in that place.
pub(super) fn message(message: &Message, place: Use) -> Result<Value, SendError> {
    let mut value = serde_json::to_value(message).map_err(|error| unsendable(&error))?;
    if let Some(fields) = value.as_object_mut() {
        for (field, places) in LACKS {
            if places.contains(&place) {
                fields.remove(*field);
            }
        }
    }
    Ok(value)
}

/// The text of a body.
pub(super) fn json(value: &impl Serialize) -> Result<String, SendError> {
    serde_json::to_string(value).map_err(|error| unsendable(&error))
}

/// What we made is no JSON: a fault of ours, which is not worth ending the process for.
fn unsendable(error: &serde_json::Error) -> SendError {
    SendError::Refused { status: 0, code: 0, message: super::error::harmless(&error.to_string(), &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serenity::model::id::MessageId;

    #[test]
    fn each_place_gets_what_it_takes() {
        let full = Message {
            content: "x".to_owned(),
            private: true,
            reply_to: Some(MessageId::new(1)),
            nonce: Some("n".to_owned()),
            ..Message::default()
        };
        for (place, flags, nonce) in
            [(Use::Post, false, true), (Use::Answer, true, false), (Use::Edit, false, false)]
        {
            let value = message(&full, place).unwrap();
            assert_eq!(value.get("flags").is_some(), flags, "{place:?}");
            for field in ["nonce", "enforce_nonce", "message_reference"] {
                assert_eq!(value.get(field).is_some(), nonce, "{place:?} {field}");
            }
            assert_eq!(value["content"], "x");
            assert_eq!(value["allowed_mentions"]["parse"], serde_json::json!([]));
        }
    }
}
