//! What is sent, in the one shape that new messages, answers, edits and follow-ups share. Who may be pinged by it is no field:
//! the answer is always nobody.

use serde::Serialize;
use serde::ser::SerializeMap;
use serenity::builder::{CreateActionRow, CreateEmbed};
use serenity::model::id::MessageId;

/// Discord's flag for a message that only its receiver sees.
const EPHEMERAL: u64 = 1 << 6;

/// A message to be sent. Every part may be empty, but not all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    /// Text outside the embeds.
    pub(crate) content: String,
    /// At most [`limits::EMBEDS`](super::limits::EMBEDS).
    pub(crate) embeds: Vec<CreateEmbed>,
    /// At most [`limits::ROWS`](super::limits::ROWS).
    pub(crate) rows: Vec<CreateActionRow>,
    /// Sent along as attachments.
    pub(crate) files: Vec<File>,
    /// Only the person who asked sees it. Means nothing for messages posted in a channel.
    pub(crate) private: bool,
    /// A sentence about a question rather than its answer: it never takes an answer's place, and only the person who asked sees it
    /// where that can be.
    pub(crate) is_notice: bool,
    /// It says that there is no answer, where there should have been one.
    pub(crate) is_apology: bool,
    /// The message that this one replies to; for messages posted in a channel.
    pub(crate) reply_to: Option<MessageId>,
    /// Makes Discord take the message once, however often it is sent within a few minutes; for messages posted in a channel.
    /// Discord takes at most 25 characters.
    pub(crate) nonce: Option<String>,
}

/// A file sent along.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Its name; letters, digits, hyphens and one dot.
    pub(crate) name: String,
    /// Its content, UTF-8.
    pub(crate) text: String,
}

#[derive(Serialize)]
struct Reply {
    message_id: MessageId,
    fail_if_not_exists: bool,
}

#[derive(Serialize)]
struct Nobody {
    parse: [&'static str; 0],
    replied_user: bool,
}

#[derive(Serialize)]
struct Attachment<'a> {
    id: usize,
    filename: &'a str,
}

impl Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        // Always there, so that an edit empties what the message had before.
        map.serialize_entry("content", &self.content)?;
        map.serialize_entry("embeds", &self.embeds)?;
        map.serialize_entry("components", &self.rows)?;
        map.serialize_entry("allowed_mentions", &Nobody { parse: [], replied_user: false })?;
        let attachments: Vec<Attachment<'_>> =
            self.files.iter().enumerate().map(|(id, file)| Attachment { id, filename: &file.name }).collect();
        map.serialize_entry("attachments", &attachments)?;
        if self.private {
            map.serialize_entry("flags", &EPHEMERAL)?;
        }
        if let Some(message_id) = self.reply_to {
            map.serialize_entry("message_reference", &Reply { message_id, fail_if_not_exists: false })?;
        }
        if let Some(nonce) = &self.nonce {
            map.serialize_entry("nonce", nonce)?;
            map.serialize_entry("enforce_nonce", &true)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_ever_pinged() {
        let json = serde_json::to_value(Message { private: true, ..Message::default() }).unwrap();
        assert_eq!(json["allowed_mentions"], serde_json::json!({ "parse": [], "replied_user": false }));
        assert_eq!(json["flags"], 64);
        assert!(json.get("nonce").is_none());
    }
}
