//! Transcripts over the samples: each file of `tests/bot/transcripts` is played line by line, and what people see must be there to the
//! letter.
//!
//! A file begins with a heading and lines `today: …`, `minutes: …` and `config: …` as needed. Then each `> ` line is something that a
//! person does, and what follows is what they see. `UPDATE=1 cargo test` writes that anew; read the difference.
//!
//! | line | what is done |
//! |---|---|
//! | `/sag nummer:27` | a command, in the channel |
//! | `forslag /sag nummer: 27` | what is proposed while somebody types; further options follow as `navn=værdi` |
//! | `tryk Historik` | a button of the message seen last |
//! | `slå op: tekst` | the message command on a message with that text |
//! | `skriv: tekst` | a message in the channel, and the next one of the bot there; `@Referent` is the bot |
//! | `læg: tekst`, `vent` | the two halves of that |
//!
//! `(dm)`, `(anden)`, `(leder)` or `(tråd)` before it: in a direct message, by another person, by one with the role of those who manage,
//! in a thread.

use std::fmt::Write;
use std::fs;

use fake_discord::{ADMIN, Asker, CHANNEL, Fake, OTHER_USER, Reply, ShownMessage, THREAD, USER};

use crate::bot::{Bot, Start, root};

#[tokio::test(flavor = "multi_thread")]
async fn transcripts_are_played_to_the_letter() {
    let mut files: Vec<_> = fs::read_dir(root().join("tests/bot/transcripts"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "tests/bot/transcripts holds no transcript");
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let played = play(&written).await;
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, played).unwrap();
        } else {
            assert_eq!(written, played, "{}", file.display());
        }
    }
}

async fn play(transcript: &str) -> String {
    let (head, named) = heading(transcript);
    let usual = Start::default();
    let start = Start {
        today: named("today: ").unwrap_or(usual.today),
        minutes: named("minutes: ").unwrap_or(usual.minutes),
        config: named("config: ").map(|line| line.replace("; ", "\n")).unwrap_or(usual.config),
        ..Start::default()
    };
    let bot = Bot::start(start).await;
    let mut stage = Stage::new(&bot.fake);
    let mut played = head.trim_end().to_owned() + "\n";
    for line in transcript.lines().filter_map(|line| line.strip_prefix("> ")) {
        let _ = write!(played, "\n> {line}\n{}", stage.act(line).await);
    }
    played
}

/// What stands before the first line that is played, and what a line of it says after its name.
pub(crate) fn heading(transcript: &str) -> (&str, impl Fn(&str) -> Option<String>) {
    let (head, _) = transcript.split_once("\n> ").unwrap();
    (head, |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned))
}

/// A person in front of the bot.
pub(crate) struct Stage<'a> {
    fake: &'a Fake,
    /// The message whose buttons can be pressed.
    last: Option<ShownMessage>,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(fake: &'a Fake) -> Self {
        Self { fake, last: None }
    }

    /// Has the buttons of a message at hand.
    pub(crate) fn turn_to(&mut self, message: ShownMessage) {
        self.last = Some(message);
    }

    /// Does what a line says, and gives what is seen.
    pub(crate) async fn act(&mut self, line: &str) -> String {
        let (asker, channel, line) = self.who(line);
        if let Some(text) = line.strip_prefix("skriv: ") {
            let text = text.replace("@Referent", &self.fake.mention());
            self.fake.say(&asker, &text).await;
            let message = self.fake.next_message(channel).await;
            let seen = show(&message);
            self.last = Some(message);
            return seen;
        }
        if let Some(text) = line.strip_prefix("læg: ") {
            let text = text.replace("@Referent", &self.fake.mention());
            self.fake.say(&asker, &text).await;
            return String::new();
        }
        if line == "vent" {
            return show(&self.fake.next_message(channel).await);
        }
        if let Some(rest) = line.strip_prefix("forslag ") {
            return self.propose(&asker, rest).await;
        }
        let reply = if let Some(button) = line.strip_prefix("tryk ") {
            let last = self.last.clone().expect("a message to press a button on");
            self.fake.press(&asker, &last, button).await
        } else if let Some(text) = line.strip_prefix("slå op: ") {
            let message = self.fake.say(&asker, text).await;
            self.fake.message_command(&asker, "Slå sagsnumre op", &message).await
        } else {
            self.fake.command(&asker, line).await
        };
        self.seen(reply).await
    }

    async fn seen(&mut self, reply: Reply) -> String {
        let reply = reply.settled().await;
        let message = reply.message();
        let seen = show(message);
        self.last = Some(message.clone());
        seen
    }

    async fn propose(&self, asker: &Asker, rest: &str) -> String {
        let (command, rest) = rest.split_once(' ').unwrap();
        let (option, rest) = rest.split_once(':').unwrap();
        let (others, typed): (Vec<&str>, Vec<&str>) =
            rest.split_whitespace().partition(|word| word.contains('='));
        let others: Vec<(&str, &str)> = others.iter().map(|word| word.split_once('=').unwrap()).collect();
        let choices = self.fake.autocomplete(asker, command, option, &typed.join(" "), &others).await;
        let mut seen = String::new();
        for choice in choices {
            let value = choice.value.as_str().unwrap_or_default();
            let same = choice.name == value;
            let _ = writeln!(
                seen,
                "- {}{}",
                choice.name,
                if same { String::new() } else { format!(" = {value}") }
            );
        }
        if seen.is_empty() { "(ingen)\n".to_owned() } else { seen }
    }

    fn who<'l>(&self, line: &'l str) -> (Asker, u64, &'l str) {
        match line.split_once(") ") {
            Some(("(dm", line)) => (Asker::in_dm(USER), self.fake.dm(USER), line),
            Some(("(anden", line)) => (Asker::in_channel(OTHER_USER, CHANNEL), CHANNEL, line),
            Some(("(leder", line)) => (Asker::in_channel(ADMIN, CHANNEL), CHANNEL, line),
            Some(("(tråd", line)) => (Asker::in_channel(USER, THREAD), THREAD, line),
            _ => (Asker::in_channel(USER, CHANNEL), CHANNEL, line),
        }
    }
}

/// A message as a transcript shows it.
pub(crate) fn show(message: &ShownMessage) -> String {
    let mut seen = String::new();
    if message.ephemeral {
        seen.push_str("(kun til dig)\n");
    }
    if !message.content.is_empty() {
        let _ = writeln!(seen, "{}", message.content);
    }
    for embed in &message.embeds {
        let text = |key: &str| embed[key].as_str().unwrap_or_default();
        let colour = embed["color"].as_u64().map(|colour| format!(" #{colour:06x}")).unwrap_or_default();
        let url = embed["url"].as_str().map(|url| format!(" <{url}>")).unwrap_or_default();
        let _ = writeln!(seen, "┌{colour} {}{url}", text("title"));
        for line in text("description").lines() {
            let _ = writeln!(seen, "│ {line}");
        }
        if let Some(footer) = embed["footer"]["text"].as_str() {
            let _ = writeln!(seen, "└ {footer}");
        }
    }
    for file in &message.attachments {
        let _ = writeln!(seen, "(fil {}, {} byte)", file.name, file.bytes.len());
    }
    let buttons: Vec<String> = message
        .buttons()
        .iter()
        .map(|button| format!("[{}{}]", button.label, if button.disabled { " –" } else { "" }))
        .collect();
    if !buttons.is_empty() {
        let _ = writeln!(seen, "{}", buttons.join(" "));
    }
    seen
}
