//! The bare bot as a program of its own: against loopback, and unmodified against what it takes for discord.com.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

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
async fn a_killed_bot_leaves_a_fake_that_serves_the_next_one() {
    let fake = Fake::start(Setup::default()).await;
    for round in 1..=4 {
        let mut bot = start(&fake, vec![("DISCORD_API".to_owned(), fake.api())]);
        fake.wait_identified(round).await;
        fake.wait_registered().await;
        assert_eq!(fake.command(&Asker::default(), "/ping").await.text(), "pong", "round {round}");
        // In the midst of an answer, which hangs.
        fake.faults("[[fault]]\non = 'POST /interactions/*/*/callback'\nhang_ms = 60000");
        let hurried = fake.within(Duration::from_millis(300));
        assert!(hurried.try_command(&Asker::default(), "/ping").await.is_err(), "round {round}");
        let deadline = Instant::now() + Duration::from_secs(5);
        while fake.faults_left() > 0 {
            assert!(Instant::now() < deadline, "the answer never came");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bot.0.kill().unwrap();
        bot.0.wait().unwrap();
        fake.wait_gone().await;
        assert_eq!(fake.counts().open, 0);
        fake.faults("");
        // Said to nobody, and told to nobody later.
        fake.say(&Asker::default(), "er her nogen?").await;
    }
    let counts = fake.counts();
    assert_eq!((counts.connections, counts.identifies, counts.resumes), (4, 4, 0));
    let cut = |it: &fake_discord::Entry| it.what.to_string().ends_with("/callback -> cut");
    assert_eq!(fake.log().iter().filter(|it| cut(it)).count(), 4);
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
