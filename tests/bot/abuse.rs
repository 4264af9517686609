//! People who mean it ill, and what no well-formed client sends: each gets a polite answer for them alone or none at all, nobody else
//! notices, and nothing is given away.

mod buttons;
mod flood;
mod guilds;
mod injections;
mod malformed;
mod privacy;

use fake_discord::{Asker, CHANNEL, Reply, ShownMessage, USER};

use crate::bot::Bot;
use crate::live::{Piece, live, without_own_marks};
use crate::sent::{Place, requests, words};

/// A question that the samples answer, and words of the answer.
const QUESTION: &str = "/sag nummer:27.00.00-A00-5-15";
const ANSWER: &str = "Rammer for samarbejdet på udsatteområdet";

fn anne() -> Asker {
    Asker::in_channel(USER, CHANNEL)
}

/// What the samples say is still told.
async fn lives(bot: &Bot, asker: &Asker) {
    let reply = bot.fake.command(asker, QUESTION).await.settled().await;
    assert!(reply.text().contains(ANSWER), "{}", reply.text());
}

/// A sentence to whoever asked, and to nobody else.
#[track_caller]
fn check_polite(reply: &Reply) {
    assert!(reply.private, "everybody sees: {}", reply.text());
    assert!(reply.edited.is_none(), "another message was changed: {}", reply.text());
    let text = reply.text();
    let is_start = |c: char| c.is_uppercase() || c == '/' || c == '»';
    assert!(text.ends_with(['.', '?', '«']) && text.starts_with(is_start), "{text}");
    for word in ["error", "panic", "Err(", "None", "null"] {
        assert!(!text.contains(word), "{text}");
    }
}

/// Of all that was sent until now nothing is acted on by Discord, and no secret is in it or in the log.
fn check_all_sent(bot: &Bot) {
    let all = words(&bot.fake);
    assert!(!all.is_empty());
    for words in &all {
        let found = match words.place {
            Place::Markdown => without_own_marks(&words.text).iter().find_map(Piece::live),
            // Headings and lists are none in a title.
            Place::Title => Piece::Within(&words.text).live(),
            Place::Plain => live(&words.text, false),
            Place::FileName => {
                let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
                (!words.text.chars().all(is_plain)).then(|| "a strange file name".to_owned())
            }
        };
        assert_eq!(found, None, "{words:?}");
    }
    for secret in bot.fake.secrets() {
        let told = all.iter().find(|words| words.text.contains(&secret));
        assert!(told.is_none(), "a token was sent: {told:?}");
    }
    check_log(bot);
}

/// Nothing is in the log that nobody may know, and nothing went wrong that nobody foresaw.
fn check_log(bot: &Bot) {
    let log = bot.log();
    assert!(!log.contains("panicked"), "{log}");
    for secret in bot.fake.secrets() {
        assert!(!log.contains(&secret), "a token is in the log: {log}");
    }
}

/// Of something that a person wrote nothing is in the log or in anything that was sent.
fn check_forgotten(bot: &Bot, what: &str) {
    assert!(!bot.log().contains(what), "{what} is in the log: {}", bot.log());
    for request in requests(&bot.fake) {
        assert!(!request.body.to_string().contains(what), "{what} was sent: {}", request.body);
    }
}

/// The bot's own messages in a channel, those that only one person sees left out.
fn open_messages(bot: &Bot, channel: u64) -> Vec<ShownMessage> {
    let mut messages = bot.fake.messages(channel);
    messages.retain(|message| message.author == fake_discord::APPLICATION && !message.ephemeral);
    messages
}
