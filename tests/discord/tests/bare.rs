//! The bare bot as a program of its own: against loopback, and unmodified against what it takes for discord.com.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Child, Command, Stdio};

use fake_discord::{Asker, Fake, Setup, What};

/// Ends the bot with the test.
struct Bot(Child);

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(fake: &Fake, environment: Vec<(String, String)>) -> Bot {
    let program = fake_discord::bare().unwrap();
    let mut command = Command::new(program);
    command.env("DISCORD_TOKEN", fake.token()).env_remove("DISCORD_API").envs(environment);
    Bot(command.stdin(Stdio::null()).spawn().unwrap())
}

#[tokio::test]
async fn the_bare_bot_answers_over_loopback() {
    let fake = Fake::start(Setup::default()).await;
    let _bot = start(&fake, vec![("DISCORD_API".to_owned(), fake.api())]);
    fake.wait_registered().await;
    assert_eq!(fake.command(&Asker::default(), "/ping").await.text(), "pong");
    assert!(!fake.timed_command(&Asker::default(), "/ping").await.is_zero());
}

#[tokio::test]
async fn the_bare_bot_takes_the_tls_front_for_discord() {
    let fake = Fake::start(Setup { tls: true, ..Setup::default() }).await;
    let _bot = start(&fake, fake.real_env());
    fake.wait_registered().await;
    assert_eq!(fake.command(&Asker::default(), "/ping").await.text(), "pong");
}

#[tokio::test]
async fn many_commands_at_once_are_each_answered() {
    let fake = Fake::start(Setup::default()).await;
    let _bot = start(&fake, vec![("DISCORD_API".to_owned(), fake.api())]);
    fake.wait_registered().await;
    let ask = |_| {
        let fake = fake.clone();
        tokio::spawn(async move { fake.command(&Asker::default(), "/ping").await.text() })
    };
    let asked: Vec<_> = (0..300).map(ask).collect();
    for answer in asked {
        assert_eq!(answer.await.unwrap(), "pong");
    }
    let callbacks = fake
        .log()
        .into_iter()
        .filter(|it| matches!(&it.what, What::Request(it) if it.path.ends_with("/callback")));
    assert_eq!(callbacks.count(), 300);
}
