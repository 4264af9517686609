//! Too much of everything: one person who never stops, and everybody at once.

use std::fs;
use std::sync::Arc;

use fake_discord::{Asker, CHANNEL, GUILD, OTHER_USER, Setup, User};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{QUESTION, anne, check_all_sent, check_log, check_polite, lives, open_messages};
use crate::bot::{Bot, Start};

/// Questions of one person.
const FLOOD: usize = 10_000;
/// Of these under way at the same time.
const AT_ONCE: usize = 50;
/// Questions of a minute that are answered, as `bot.toml` says if it says nothing.
const ANSWERED: usize = 20;
/// After so many the memory is looked at for the first time: by then everything is there that is made once.
const WARM: usize = 1_000;
/// How much the memory may grow in the rest, in KiB: less than the questions take together.
const MOST_GROWTH: u64 = 4 << 10;
/// Another person asks after so many questions of the first.
const EVERY: usize = 500;
/// Questions of one person that arrive before the first is answered.
const BURST: u32 = 2_000;
/// Discord on a bad day: it takes its time, and every answer keeps a place so long.
const SLOW: &str = r#"[[fault]]
on = "POST /interactions/*/*/callback"
hang_ms = 300
times = 1000000"#;
/// People who ask at once.
const CROWD: u64 = 200;

const WAIT: &str = "Det gik lidt stærkt. Spørg igen om";

#[tokio::test(flavor = "multi_thread")]
async fn one_person_who_never_stops_disturbs_nobody() {
    // Two answers, thousands of times: the judges see them elsewhere.
    let setup = Setup { judge: false, ..Setup::default() };
    let bot = Bot::start(Start { setup, ..Start::default() }).await;
    let other = Asker::in_channel(OTHER_USER, CHANNEL);
    let (mut refused, mut warm) = (0, 0);
    let mut under_way = JoinSet::new();
    for number in 0..FLOOD {
        if number == WARM {
            warm = memory(&bot);
        }
        let fake = bot.fake.clone();
        under_way.spawn(async move { fake.command(&anne(), QUESTION).await.settled().await });
        if number % EVERY == EVERY - 1 {
            lives(&bot, &other).await;
        }
        while under_way.len() >= AT_ONCE {
            refused += usize::from(is_refused(&under_way.join_next().await.unwrap().unwrap()));
        }
    }
    while let Some(reply) = under_way.join_next().await {
        refused += usize::from(is_refused(&reply.unwrap()));
    }
    let minutes = FLOOD - refused;
    assert!(minutes.is_multiple_of(ANSWERED) && minutes >= ANSWERED, "{minutes} were answered");
    let grown = memory(&bot).saturating_sub(warm);
    assert!(grown <= MOST_GROWTH, "{grown} KiB more after {FLOOD} questions");
    check_log(&bot);
}

/// Whether somebody is asked to wait; else the question is answered.
fn is_refused(reply: &fake_discord::Reply) -> bool {
    if reply.text().starts_with(WAIT) {
        check_polite(reply);
        return true;
    }
    assert!(reply.text().contains(super::ANSWER), "{}", reply.text());
    false
}

/// What the process holds in memory, in KiB.
fn memory(bot: &Bot) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", bot.child.id().unwrap())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_fills_no_channel() {
    let bot = Bot::start(Start::default()).await;
    bot.fake.faults(SLOW);
    let mut under_way = JoinSet::new();
    let begun = Arc::new(Semaphore::new(0));
    for _ in 0..BURST {
        let (fake, begun) = (bot.fake.clone(), begun.clone());
        under_way.spawn(async move {
            begun.add_permits(1);
            // Some of them are refused too late for Discord to show it.
            fake.try_command(&anne(), QUESTION).await.is_ok()
        });
    }
    begun.acquire_many(BURST / 2).await.unwrap().forget();
    // In the middle of it another person asks.
    lives(&bot, &Asker::in_channel(OTHER_USER, CHANNEL)).await;
    let answered = under_way.join_all().await.into_iter().filter(|is_answered| *is_answered).count();
    assert!(answered >= ANSWERED, "{answered}");
    let open: Vec<String> =
        open_messages(&bot, CHANNEL).iter().map(fake_discord::ShownMessage::text).collect();
    // What was answered too late is said to have been; what was refused is not.
    assert!(open.len() <= ANSWERED, "{} posts: {:?}", open.len(), open.first());
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_answered_at_once() {
    let mut setup = Setup::default();
    let first = 600_000_000_000_000_000;
    setup
        .users
        .extend((first..first + CROWD).map(|id| User::member(id, &format!("Person {id}"), &[GUILD], &[])));
    let bot = Bot::start(Start { setup, ..Start::default() }).await;
    let mut under_way = JoinSet::new();
    for user in first..first + CROWD {
        let fake = bot.fake.clone();
        let asker = Asker::in_channel(user, CHANNEL);
        under_way.spawn(async move { fake.command(&asker, QUESTION).await.settled().await });
    }
    for reply in under_way.join_all().await {
        assert!(reply.text().contains(super::ANSWER), "{}", reply.text());
    }
    check_all_sent(&bot);
}
