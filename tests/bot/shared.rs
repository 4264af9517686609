//! What the terminal answers, Discord answers: each question of `tests/chat` over the samples is asked in both places, and every card
//! of the one must be on some page of the other, in the same words.

use std::fs;
use std::process::Command;

use fake_discord::{Asker, Setup, USER, extra_channel};
use serde_json::Value;

use crate::bot::{Bot, Start, root};

/// Of a fact, so many characters are looked for: what a page cuts off stands behind a button.
const LOOKED_FOR: usize = 60;
/// More pages than any answer over the samples has.
const MOST_PAGES: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn discord_says_what_the_terminal_says() {
    let mut asked = 0;
    for (today, questions) in transcripts() {
        let config = "[limits]\nquestions_per_minute = 100000\n".to_owned();
        let setup = Setup::default().with_channels(questions.len() as u64);
        let bot = Bot::start(Start { setup, today: today.clone(), config, ..Start::default() }).await;
        for (at, question) in (0..).zip(questions) {
            // What a line of text gets wrong, a form with options cannot.
            let Ok(request) = commands::parse_line(&question) else { continue };
            if request.command.options.iter().any(|option| {
                request
                    .option(option.name)
                    .is_some_and(|value| value.chars().count() > option.max_chars.into())
            }) {
                continue;
            }
            let options: Vec<String> =
                request.options.iter().map(|(name, value)| format!("{name}:{value}")).collect();
            let line = format!("/{} {}", request.command.name, options.join(" "));
            // Elsewhere each time: in the terminal nothing was asked before.
            let asker = Asker::in_channel(USER, extra_channel(at));
            let mut reply = bot.fake.command(&asker, line.trim_end()).await.settled().await;
            let mut pages = plain(&reply.message().text());
            for _ in 0..MOST_PAGES {
                let message = reply.message().clone();
                if !message.buttons().iter().any(|button| button.label == "›" && !button.disabled) {
                    break;
                }
                reply = bot.fake.press(&asker, &message, "›").await.settled().await;
                pages.push_str(&plain(&reply.message().text()));
            }
            check(&question, &in_terminal(&bot, &today, &question), &pages);
            asked += 1;
        }
    }
    assert!(asked > 40, "{asked}");
}

/// The days and questions of all transcripts over the samples.
fn transcripts() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for file in fs::read_dir(root().join("tests/chat")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        // What is done in a place is of that place alone.
        if ["\nminutes: ", "\nplace: ", "\nclock: "].iter().any(|named| text.contains(named)) {
            continue;
        }
        let today = text.lines().find_map(|line| line.strip_prefix("today: ")).unwrap().to_owned();
        found.push((
            today,
            text.lines().filter_map(|line| line.strip_prefix("> ")).map(str::to_owned).collect(),
        ));
    }
    found
}

/// The terminal's answer as data; null where it is an error.
fn in_terminal(bot: &Bot, today: &str, question: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_referent"))
        .args(["ask", "--json", "--today", today, question])
        .current_dir(bot.place.path())
        .env_remove("DISCORD_TOKEN")
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

#[track_caller]
fn check(question: &str, answer: &Value, pages: &str) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for card in list(&answer["cards"]) {
        let facts = list(&card["fields"]);
        let texts = facts.iter().map(|fact| &fact["value"]).chain([&card["heading"], &card["status"]]);
        for text in texts.filter_map(Value::as_str) {
            let wanted: String = plain(text).chars().take(LOOKED_FOR).collect();
            // `/status` tells of the process as well, and of the moment.
            if !question.starts_with("/status") {
                assert!(pages.contains(wanted.trim()), "{question}: »{wanted}« is not in\n{pages}");
            }
        }
    }
    assert!(!pages.trim().is_empty(), "{question}");
}

/// A text without what makes it markdown, on one line.
fn plain(text: &str) -> String {
    let bare: String =
        text.lines().map(|line| line.strip_prefix("> ").unwrap_or(line)).collect::<Vec<_>>().join(" ");
    let bare = bare.replace("**", "").replace(['\\', '\u{200b}'], "");
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    words.push("");
    words.join(" ")
}
