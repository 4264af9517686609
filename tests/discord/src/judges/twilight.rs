//! A second library's reading: twilight's models decode what was sent, and twilight's validation checks it.

use std::fmt::{Debug, Display};

use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandType};
use twilight_model::channel::message::{AllowedMentions, Component, Embed, MessageFlags, MessageReference};
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::InteractionResponse;
use twilight_validate::{command as check_command, message as check_message};

use super::Finding;
use crate::rest::Sort;
use crate::shown::list;

/// A message that is sent. twilight has a type for this only inside answers to interactions.
#[derive(Debug, Deserialize)]
struct Message {
    content: Option<String>,
    #[serde(default)]
    embeds: Option<Vec<Embed>>,
    #[serde(default)]
    components: Option<Vec<Component>>,
    #[serde(rename = "allowed_mentions")]
    _allowed_mentions: Option<AllowedMentions>,
    attachments: Option<Vec<Attachment>>,
    flags: Option<MessageFlags>,
    #[serde(rename = "message_reference")]
    _message_reference: Option<MessageReference>,
    #[serde(rename = "tts")]
    _tts: Option<bool>,
    #[serde(rename = "enforce_nonce")]
    _enforce_nonce: Option<bool>,
}

pub(super) fn judge(sort: Sort, body: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    let outcome = match sort {
        Sort::Commands => list(body).iter().try_for_each(command),
        Sort::Callback => callback(body),
        Sort::Post | Sort::Edit | Sort::FollowUp => message(body),
        Sort::Empty | Sort::Other => Ok(()),
    };
    if let Err(text) = outcome {
        found.push(Finding { judge: "twilight", text, refused: true });
    }
    found
}

fn text(trouble: impl Display) -> String {
    trouble.to_string()
}

/// With what the display of validation errors leaves out.
fn whole(trouble: impl Display + Debug) -> String {
    format!("{trouble}: {trouble:?}")
}

/// Adds what Discord does not want, but the models do, and takes away timestamps, which they read in one form only.
fn made_readable(message: &Value) -> Value {
    let mut message = message.clone();
    let embeds = message.get_mut("embeds").and_then(Value::as_array_mut);
    for embed in embeds.into_iter().flatten().filter_map(Value::as_object_mut) {
        embed.entry("type").or_insert_with(|| json!("rich"));
        embed.remove("timestamp");
    }
    message
}

fn message(body: &Value) -> Result<(), String> {
    let message = Message::deserialize(made_readable(body)).map_err(text)?;
    let is_v2 = message.flags.is_some_and(|it| it.contains(MessageFlags::IS_COMPONENTS_V2));
    if let Some(content) = &message.content {
        check_message::content(content).map_err(whole)?;
    }
    if let Some(embeds) = &message.embeds {
        check_message::embeds(embeds).map_err(whole)?;
    }
    if let Some(components) = &message.components {
        check_message::components(components, is_v2).map_err(whole)?;
    }
    for attachment in message.attachments.iter().flatten() {
        check_message::attachment(attachment).map_err(whole)?;
    }
    Ok(())
}

fn callback(body: &Value) -> Result<(), String> {
    let mut readable = body.clone();
    if !body["data"].is_null() {
        readable["data"] = made_readable(&body["data"]);
    }
    let callback = InteractionResponse::deserialize(readable).map_err(text)?;
    if let Some(data) = super::message(Sort::Callback, body) {
        message(data)?;
    }
    let choices = callback.data.and_then(|it| it.choices).unwrap_or_default();
    choices.iter().try_for_each(check_command::choice).map_err(whole)
}

fn command(sent: &Value) -> Result<(), String> {
    // What Discord adds, the model wants.
    let mut sent = sent.clone();
    let fields = sent.as_object_mut().ok_or("a command that is no object")?;
    for (key, value) in [
        ("type", json!(1)),
        ("description", json!("")),
        ("version", json!("1")),
        ("default_member_permissions", Value::Null),
    ] {
        fields.entry(key).or_insert(value);
    }
    let command = Command::deserialize(sent).map_err(text)?;
    check_command::command(&command).map_err(whole)?;
    if command.kind == CommandType::ChatInput {
        check_command::chat_input_name(&command.name).map_err(whole)?;
    } else {
        check_command::name(&command.name).map_err(whole)?;
    }
    check_command::options(&command.options).map_err(whole)
}
