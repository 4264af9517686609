//! A message as those who see it see it.

use std::time::{Instant, SystemTime};

use serde_json::Value;

/// Only one person sees the message.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// An answer that was announced and has not come yet.
pub(crate) const LOADING: u64 = 1 << 7;

/// A message: one that was posted, or an answer to an interaction.
#[derive(Debug, Clone)]
pub struct ShownMessage {
    /// Its id.
    pub id: u64,
    /// The channel where it is seen.
    pub channel: u64,
    /// Who wrote it.
    pub author: u64,
    /// The text outside embeds.
    pub content: String,
    /// Embeds, as they were sent.
    pub embeds: Vec<Value>,
    /// Rows of buttons, as they were sent.
    pub components: Vec<Value>,
    /// Files that hang on it.
    pub attachments: Vec<ShownFile>,
    /// Whether only the asker sees it.
    pub ephemeral: bool,
    /// The message it replies to.
    pub reply_to: Option<u64>,
    /// What made it unique, if the sender cared.
    pub nonce: Option<String>,
    /// Users it mentions in its text.
    pub mentions: Vec<u64>,
    /// Whether it was changed after it was first shown. The filling of an announced answer does not count.
    pub edited: bool,
    /// Since when it says this.
    pub at: Instant,
    /// Discord's flags.
    pub(crate) flags: u64,
    /// The interaction it answers.
    pub(crate) interaction: Option<u64>,
    /// The one who sees it, if nobody else does.
    pub(crate) only_for: Option<u64>,
    pub(crate) sent: SystemTime,
}

/// A file on a message.
#[derive(Debug, Clone)]
pub struct ShownFile {
    /// Id of the attachment.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says; empty for a button that is an emoji only.
    pub label: String,
    /// What it sends; empty for a link.
    pub custom_id: String,
    /// Where it leads, if it is a link.
    pub url: Option<String>,
    /// Whether it can be pressed.
    pub disabled: bool,
}

impl ShownMessage {
    pub(crate) fn new(id: u64, channel: u64, author: u64) -> Self {
        Self {
            id,
            channel,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            ephemeral: false,
            reply_to: None,
            nonce: None,
            mentions: Vec::new(),
            edited: false,
            at: Instant::now(),
            flags: 0,
            interaction: None,
            only_for: None,
            sent: SystemTime::now(),
        }
    }

    /// Everything a person reads on it, in the order in which it stands, a line for each part: content; of each embed the
    /// author, title, description, fields and footer. Buttons and files are not part of it.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        push(&mut lines, self.content.as_str());
        for embed in &self.embeds {
            push(&mut lines, string(&embed["author"]["name"]));
            push(&mut lines, string(&embed["title"]));
            push(&mut lines, string(&embed["description"]));
            for field in list(&embed["fields"]) {
                push(&mut lines, string(&field["name"]));
                push(&mut lines, string(&field["value"]));
            }
            push(&mut lines, string(&embed["footer"]["text"]));
        }
        lines.join("\n")
    }

    /// All buttons, row by row.
    pub fn buttons(&self) -> Vec<Button> {
        let parts = self.components.iter().flat_map(|row| list(&row["components"]));
        parts
            .filter(|part| part["type"] == 2)
            .map(|part| Button {
                label: string(&part["label"]).to_owned(),
                custom_id: string(&part["custom_id"]).to_owned(),
                url: part["url"].as_str().map(str::to_owned),
                disabled: part["disabled"].as_bool().unwrap_or(false),
            })
            .collect()
    }

    /// Lets only one person see it.
    pub(crate) fn hide(&mut self, from_all_but: Option<u64>) {
        self.only_for = from_all_but;
        self.ephemeral = from_all_but.is_some();
    }

    /// Whether it only says that the answer will come.
    pub fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }
}

fn push<'a>(lines: &mut Vec<&'a str>, text: &'a str) {
    if !text.is_empty() {
        lines.push(text);
    }
}

/// The text of a JSON string; empty for everything else.
pub(crate) fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The members of a JSON array; none for everything else.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The id in a JSON value: a decimal string, as Discord writes it, or a number, which it takes too.
pub(crate) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_in_the_order_of_the_screen() {
        let mut message = ShownMessage::new(1, 2, 3);
        message.content = "først".to_owned();
        message.embeds = vec![json!({
            "footer": { "text": "bund" }, "title": "titel", "description": "brød",
            "fields": [{ "name": "navn", "value": "værdi" }]
        })];
        assert_eq!(message.text(), "først\ntitel\nbrød\nnavn\nværdi\nbund");
    }

    #[test]
    fn buttons_are_read_from_all_rows() {
        let mut message = ShownMessage::new(1, 2, 3);
        message.components = vec![
            json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Mere", "custom_id": "m" }] }),
            json!({ "type": 1, "components": [{ "type": 2, "style": 5, "label": "Kilde", "url": "https://x.dk", "disabled": true }] }),
        ];
        let button = |label: &str, custom_id: &str, url: Option<&str>, disabled| Button {
            label: label.to_owned(),
            custom_id: custom_id.to_owned(),
            url: url.map(str::to_owned),
            disabled,
        };
        assert_eq!(
            message.buttons(),
            [button("Mere", "m", None, false), button("Kilde", "", Some("https://x.dk"), true)]
        );
    }
}
