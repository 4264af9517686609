//! Messages to the bot: in a channel with its name, or in a direct message without.

use std::time::Duration;

use serenity::model::channel::Message as Posted;
use serenity::model::id::UserId;

use super::Receiver;
use super::interaction::wait;
use crate::discord::access::{self, Turn};
use crate::discord::desk::Visitor;
use crate::discord::message::Message;
use crate::discord::render::{self, Shown};
use crate::discord::transport::SendError;
use crate::health::count;
use tokio::time::Instant;

const NO_RIGHT: &str = "Jeg mangler en rettighed i denne kanal for at vise svaret. Brug /sag, eller få den, der driver Referent, til at køre referent doctor.";
/// How long it is tried to answer a message.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

impl Receiver {
    /// Answers a message that was written to the bot. In a channel everybody sees the answer, as they saw the question.
    pub(super) async fn written(&self, message: Posted) {
        let received = Instant::now();
        let Some(me) = self.me.get().copied() else { return };
        if message.author.bot || message.webhook_id.is_some() {
            return;
        }
        let is_to_me = message.guild_id.is_none() || message.mentions_user_id(me);
        if !is_to_me || !access::is_allowed(&self.desk.session.config.discord, message.guild_id) {
            return;
        }
        let answer = match self.pace.question(message.author.id, received) {
            Turn::Yes => {
                let text = without_name(&message.content, me);
                let shown = if message.guild_id.is_some() { Shown::Openly } else { Shown::Directly };
                // A message tells nothing of its author's rights in a channel.
                let visitor = Visitor {
                    channel: message.channel_id,
                    user: message.author.id,
                    may_manage: message.guild_id.is_none(),
                };
                self.message_of(move |desk| desk.line(&text, shown, visitor)).await
            }
            Turn::Wait { seconds, first: true } => {
                count(&self.desk.health.counts.hurried);
                render::notice(&wait(seconds))
            }
            // Told once; a channel is not filled with it.
            Turn::Wait { .. } => return count(&self.desk.health.counts.hurried),
        };
        let answer = Message {
            private: false,
            reply_to: Some(message.id),
            // The same message is answered once, however often it is tried.
            nonce: Some(message.id.to_string()),
            ..answer
        };
        match self.transport.post(message.channel_id, &answer, received + ANSWER_WITHIN).await {
            Ok(_) => self.arrived(&answer),
            Err(error @ (SendError::Forbidden { .. } | SendError::Refused { .. })) => {
                let channel = message.channel_id.get();
                tracing::warn!(channel, %error, "an answer was refused where the bot was asked");
                // Without embeds and reference, which may need rights that the bot lacks there.
                let plain = Message { private: false, ..render::apology(NO_RIGHT) };
                match self.transport.post(message.channel_id, &plain, received + ANSWER_WITHIN).await {
                    Ok(_) => self.arrived(&plain),
                    Err(_) => count(&self.desk.health.counts.lost),
                }
            }
            Err(error) => {
                tracing::error!(%error, "a message was not answered");
                count(&self.desk.health.counts.lost);
            }
        }
    }
}

/// A message without the bot's name in it.
fn without_name(content: &str, me: UserId) -> String {
    let text = content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    text.trim_start_matches([' ', ':', ',']).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bots_name_is_no_part_of_the_question() {
        let me = UserId::new(42);
        for (content, text) in [
            ("<@42> 27.00.00", "27.00.00"),
            ("<@!42>: /råd", "/råd"),
            ("hvad med <@42> og <@43>?", "hvad med   og <@43>?"),
            ("<@42>", ""),
        ] {
            assert_eq!(without_name(content, me), text);
        }
    }
}
