//! What a test of deliveries needs: many channels, limits, histories, channels that go away, a bot that is killed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::time::{Duration, Instant};

use common::{Got, ask, get, message, send};
use fake_discord::permissions::{READ_MESSAGE_HISTORY, SEND_MESSAGES};
use fake_discord::{
    APPLICATION, CHANNEL, Fake, GUILD, Limited, OTHER_CHANNEL, Setup, THREAD, USER, extra_channel,
    rough_posts,
};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

fn posts(channel: u64) -> String {
    format!("/channels/{channel}/messages")
}

async fn post(fake: &Fake, channel: u64, body: Value) -> Option<Got> {
    send(fake, Method::POST, &posts(channel), Some(&body)).await.ok()
}

fn marked(mark: &str) -> Value {
    let button = json!({ "type": 2, "style": 2, "label": "Sag", "custom_id": mark });
    message("x", json!({ "nonce": mark, "components": [{ "type": 1, "components": [button] }] }))
}

fn once(nonce: &str) -> Value {
    message("x", json!({ "nonce": nonce, "enforce_nonce": true }))
}

#[tokio::test]
async fn lists_show_whose_a_message_is_and_what_its_buttons_send_but_no_nonce() {
    let fake = Fake::start(Setup::default()).await;
    let posted = post(&fake, CHANNEL, marked("1a|sag|27~m1")).await.unwrap().body;
    assert_eq!(posted["nonce"], "1a|sag|27~m1");
    let (_, listed) = get(&fake, Method::GET, &format!("{}?after=1&limit=100", posts(CHANNEL))).await;
    let one = &listed[0];
    assert_eq!((&one["id"], &one["type"]), (&posted["id"], &json!(0)));
    assert_eq!(one["author"]["id"], APPLICATION.to_string());
    assert_eq!(one["components"][0]["components"][0]["custom_id"], "1a|sag|27~m1");
    assert_eq!(one.get("nonce"), None);
    let alone = format!("{}/{}", posts(CHANNEL), posted["id"].as_str().unwrap());
    assert_eq!(get(&fake, Method::GET, &alone).await.1.get("nonce"), None);
    for query in ["limit=0", "limit=101", "limit=x", "after=x", "after=1&before=2"] {
        let (status, body) = get(&fake, Method::GET, &format!("{}?{query}", posts(CHANNEL))).await;
        assert_eq!((status, &body["code"]), (400, &json!(50_035)), "{query}");
    }
}

#[tokio::test]
async fn without_leave_to_read_lists_are_empty_and_single_messages_refused() {
    let fake = Fake::start(Setup::default()).await;
    let posted = post(&fake, CHANNEL, marked("m")).await.unwrap().body;
    for id in [posted["id"].as_str().unwrap(), "1"] {
        fake.deny(CHANNEL, READ_MESSAGE_HISTORY);
        assert_eq!(get(&fake, Method::GET, &posts(CHANNEL)).await, (200, json!([])));
        let alone = format!("{}/{id}", posts(CHANNEL));
        let (status, body) = get(&fake, Method::GET, &alone).await;
        assert_eq!((status, &body["code"]), (403, &json!(50_013)), "{id}");
        fake.deny(CHANNEL, 0);
        assert_eq!(get(&fake, Method::GET, &posts(CHANNEL)).await.1.as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn nonces_are_forgotten_when_the_setup_says_so() {
    for (nonces, expected) in [(true, 1), (false, 2)] {
        let fake = Fake::start(Setup { nonces, ..Setup::default() }).await;
        for _ in 0..2 {
            assert_eq!(post(&fake, CHANNEL, once("n")).await.unwrap().status, 200);
        }
        assert_eq!(fake.messages(CHANNEL).len(), expected, "{nonces}");
    }
}

#[tokio::test]
async fn a_message_keeps_what_it_said_before() {
    let fake = Fake::start(Setup::default()).await;
    let begun = Instant::now();
    let posted = post(&fake, CHANNEL, message("et", json!({}))).await.unwrap().body;
    let path = format!("{}/{}", posts(CHANNEL), posted["id"].as_str().unwrap());
    for text in ["to", "tre"] {
        assert_eq!(ask(&fake, Method::PATCH, &path, message(text, json!({}))).await.0, 200);
    }
    post(&fake, CHANNEL, message("fire", json!({}))).await.unwrap();
    assert_eq!(get(&fake, Method::DELETE, &path).await.0, 204);
    let [first, second] = &fake.messages_in(CHANNEL)[..] else { panic!("two messages") };
    let texts: Vec<&str> = first.versions.iter().map(|it| it.message.content.as_str()).collect();
    assert_eq!(texts, ["et", "to", "tre"]);
    assert!(first.versions.is_sorted_by_key(|it| it.at) && first.versions[0].at >= begun);
    assert!(first.deleted.unwrap() >= first.versions[2].at && first.last().edited);
    assert_eq!((second.versions.len(), second.last().content.as_str()), (1, "fire"));
    assert!(second.deleted.is_none() && !second.last().edited);
    assert!(fake.messages_in(OTHER_CHANNEL).is_empty());
    assert_eq!(fake.messages(CHANNEL).len(), 1);
}

#[tokio::test]
async fn channels_go_away_and_rights_come_and_go() {
    let fake = Fake::start(Setup::default()).await;
    post(&fake, THREAD, once("a")).await.unwrap();
    for (denied, status) in [(0, 200), (SEND_MESSAGES, 403), (0, 200)] {
        fake.deny(CHANNEL, denied);
        assert_eq!(post(&fake, CHANNEL, message("x", json!({}))).await.unwrap().status, status);
    }
    let dm = fake.dm(USER);
    for closed in [true, false] {
        if closed {
            fake.close_dms(USER);
        } else {
            fake.open_dms(USER);
        }
        let got = post(&fake, dm, message("x", json!({}))).await.unwrap();
        assert_eq!(got.body["code"] == 50_007, closed);
    }
    fake.delete_channel(CHANNEL);
    for channel in [CHANNEL, THREAD] {
        let got = post(&fake, channel, message("x", json!({}))).await.unwrap();
        assert_eq!((got.status, &got.body["code"]), (404, &json!(10_003)));
        assert_eq!(get(&fake, Method::GET, &posts(channel)).await.0, 404);
        assert!(fake.messages(channel).is_empty());
        assert!(fake.messages_in(channel).iter().all(|it| it.deleted.is_some()));
    }
    assert_eq!((fake.messages_in(CHANNEL).len(), fake.messages_in(THREAD).len()), (2, 1));
}

#[tokio::test]
async fn many_channels_are_cheap() {
    let fake = Fake::start(Setup::default().with_channels(2_000)).await;
    for channel in [extra_channel(0), extra_channel(1_999)] {
        assert_eq!(post(&fake, channel, once("n")).await.unwrap().status, 200);
    }
    assert_eq!(post(&fake, extra_channel(2_000), once("n")).await.unwrap().status, 404);
    let (_, channels) = get(&fake, Method::GET, &format!("/guilds/{GUILD}/channels")).await;
    assert!(channels.as_array().unwrap().len() >= 2_000);
}

#[tokio::test]
async fn a_bot_asks_fifty_times_in_a_second_when_it_is_limited() {
    let fake = Fake::start(Setup { limits: true, ..Setup::default() }.with_channels(60)).await;
    let begun = Instant::now();
    let asked = join_all((0..60).map(|it| post(&fake, extra_channel(it), once("n")))).await;
    let limited: Vec<Got> = asked.into_iter().flatten().filter(|it| it.status == 429).collect();
    let Limited { global, channel } = fake.limited();
    // On a busy machine some may have come later.
    assert!(global == 10 || begun.elapsed() > Duration::from_secs(1), "{global}");
    assert_eq!((limited.len(), channel), (global, 0));
    for got in limited {
        let wait = got.body["retry_after"].as_f64().unwrap();
        assert!(wait > 0.0 && wait <= 1.0, "{wait}");
        assert_eq!(got.body["global"], true);
        assert_eq!(
            (&got.headers["x-ratelimit-global"], &got.headers["x-ratelimit-scope"]),
            (&"true".parse().unwrap(), &"global".parse().unwrap())
        );
    }
}

#[tokio::test]
async fn a_channel_refuses_as_it_is_told() {
    let fake = Fake::start(Setup::default()).await;
    for (status, code) in [(403, 50_001), (404, 10_003)] {
        fake.faults(&format!(
            "[[fault]]\non = 'POST {}'\ntimes = 2\nstatus = {status}\ncode = {code}",
            posts(OTHER_CHANNEL)
        ));
        for (channel, expected) in [(CHANNEL, 200), (OTHER_CHANNEL, status), (OTHER_CHANNEL, status)] {
            let got = post(&fake, channel, message("x", json!({}))).await.unwrap();
            assert_eq!((got.status, got.body["code"] == code), (expected, expected == status));
        }
        assert_eq!(fake.faults_left(), 0);
    }
}

/// What 300 posts get on a rough day: each one's status, 0 without an answer.
async fn rough_day(seed: u32) -> (Vec<u16>, usize) {
    let fake = Fake::start(Setup { faults: rough_posts(seed), ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..300 {
        let got = post(&fake, CHANNEL, message("x", json!({}))).await;
        statuses.push(got.map_or(0, |it| it.status));
    }
    (statuses, fake.messages(CHANNEL).len())
}

#[tokio::test]
async fn a_rough_day_for_posts_is_the_same_for_the_same_seed() {
    let ((one, there), again, other) = tokio::join!(rough_day(1), rough_day(1), rough_day(2));
    assert_eq!((&one, there), (&again.0, again.1));
    assert_ne!(one, other.0);
    for status in [0, 200, 429, 500, 502, 503] {
        assert!(one.contains(&status) && other.0.contains(&status), "no {status}");
    }
    let wrong = one.iter().filter(|it| **it != 200).count();
    assert!((30..180).contains(&wrong), "{wrong} of 300 went wrong");
    // Some that were not said to be there are there.
    assert!(there > one.iter().filter(|it| **it == 200).count());
}

#[tokio::test]
async fn what_a_sender_that_is_gone_had_asked_is_in_the_log() {
    let fake = Fake::start(Setup::default()).await;
    fake.faults("[[fault]]\non = 'POST /channels/*/messages'\nhang_ms = 60000\nafter = true");
    let hurried = tokio::time::timeout(Duration::from_millis(500), post(&fake, CHANNEL, once("n"))).await;
    assert!(hurried.is_err());
    let deadline = Instant::now() + Duration::from_secs(5);
    let asked = |it: &fake_discord::Entry| it.what.to_string().contains("messages -> cut");
    while !fake.log().iter().any(asked) {
        assert!(Instant::now() < deadline, "it never came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(fake.messages(CHANNEL).len(), 1);
}
