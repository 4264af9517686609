//! An answer that takes longer than a second is announced first, and given then.

use fake_discord::{Asker, CHANNEL, Fake, USER};

use crate::bot::{Bot, NO_HURRY, Start};

/// Questions at once, to begin with: so many that the last ones wait.
const QUESTIONS: usize = 200;
/// More than this wait for no machine: the bot takes a thousand.
const MOST_QUESTIONS: usize = 800;

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_told_so_and_gets_the_answer() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let mut questions = QUESTIONS;
    loop {
        let announced = ask_at_once(&bot.fake, questions).await;
        if announced > 0 {
            break;
        }
        questions *= 2;
        assert!(questions <= MOST_QUESTIONS, "no answer had to be announced");
    }
}

/// How many answers were announced; all of them came.
async fn ask_at_once(fake: &Fake, questions: usize) -> usize {
    let asked: Vec<_> = (0..questions)
        .map(|_| {
            let fake = fake.within(std::time::Duration::from_secs(30));
            tokio::spawn(async move {
                let asker = Asker::in_channel(USER, CHANNEL);
                let reply = fake.command(&asker, "/opfølgning").await.settled().await;
                assert!(reply.private && reply.text().contains("kommende opfølgninger"), "{reply:?}");
                assert!(reply.messages.len() == 1 && !reply.messages[0].is_loading());
                usize::from(reply.deferred)
            })
        })
        .collect();
    let mut announced = 0;
    for reply in asked {
        announced += reply.await.unwrap();
    }
    announced
}
