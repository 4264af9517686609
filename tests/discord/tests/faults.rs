//! Scripted faults of requests, as a client by hand meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::time::{Duration, Instant};

use common::{Got, message, send};
use fake_discord::{CHANNEL, Fake, ROUGH, Setup, What};
use reqwest::Method;
use serde_json::json;

async fn post(fake: &Fake) -> Option<Got> {
    let body = message("x", json!({}));
    send(fake, Method::POST, &format!("/channels/{CHANNEL}/messages"), Some(&body)).await.ok()
}

fn on_post(rest: &str) -> String {
    format!("[[fault]]\non = 'POST /channels/*/messages'\n{rest}")
}

#[tokio::test]
async fn each_fault_does_what_it_says_and_then_all_is_well() {
    let fake = Fake::start(Setup::default()).await;
    // What the script says, the status that comes (0 is none), whether the body is JSON, and how many messages there are then.
    let cases = [
        ("status = 503", 503, true, 0),
        ("status = 500\nbody = '<html>'", 500, false, 0),
        ("refuse = true", 0, false, 0),
        ("after = true", 0, false, 1),
        ("after = true\nstatus = 502", 502, true, 1),
        ("garbage = true", 200, false, 0),
        ("garbage = true\nafter = true", 200, false, 1),
        ("hang_ms = 30", 200, true, 1),
        ("hang_ms = 30\nrefuse = true", 0, false, 0),
        ("hang_ms = 30\nafter = true", 200, true, 1),
        ("headers = { x-test = 'ja' }", 200, true, 1),
        ("status = 429", 429, true, 0),
    ];
    let mut there = 0;
    for (script, status, is_json, made) in cases {
        fake.faults(&on_post(script));
        let begun = Instant::now();
        let got = post(&fake).await;
        assert_eq!(got.as_ref().map_or(0, |it| it.status), status, "{script}");
        assert_eq!(got.is_some_and(|it| !it.body.is_null()), is_json, "{script}");
        assert!(!script.contains("hang") || begun.elapsed() >= Duration::from_millis(30), "{script}");
        there += made;
        assert_eq!(fake.messages(CHANNEL).len(), there, "{script}");
        assert_eq!(fake.faults_left(), 0, "{script}");
        assert_eq!(post(&fake).await.map(|it| it.status), Some(200), "{script}");
        there += 1;
    }
    let played = fake.log().into_iter().filter(|it| matches!(it.what, What::Fault(_))).count();
    assert_eq!(played, cases.len());
    let cut = fake
        .log()
        .into_iter()
        .filter(|it| matches!(&it.what, What::Request(it) if it.status.is_none()))
        .count();
    assert_eq!(cut, 3);
}

#[tokio::test]
async fn limits_are_told_in_every_way() {
    let fake = Fake::start(Setup::default()).await;
    let cases = [
        ("retry_after = 0.25", Some("0.25"), false),
        ("retry_after = 2.0\nheader = 'seconds'\nglobal = true", Some("2"), true),
        ("header = 'none'", None, false),
        ("header = 'malformed'", Some("soon"), false),
    ];
    for (script, expected, global) in cases {
        fake.faults(&on_post(&format!("status = 429\n{script}")));
        let got = post(&fake).await.unwrap();
        let header = got.headers.get("retry-after").map(|it| it.to_str().unwrap());
        assert_eq!(header, expected, "{script}");
        assert_eq!(got.body["global"], global, "{script}");
        assert_eq!(got.headers.contains_key("x-ratelimit-global"), global, "{script}");
        assert!(got.body["retry_after"].is_f64(), "{script}");
    }
    fake.faults(&on_post("status = 429\nheader = 'date'\nretry_after = 60.0"));
    let got = post(&fake).await.unwrap();
    let date = got.headers["retry-after"].to_str().unwrap();
    assert!(date.ends_with(" GMT") && date.len() == 29, "{date}");
}

#[tokio::test]
async fn the_gateways_address_can_fail_from_the_first_connection_on() {
    let faults = "[[fault]]\non = 'GET /gateway'\nstatus = 503\ntimes = 2".to_owned();
    let fake = Fake::start(Setup { faults, ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(send(&fake, Method::GET, "/gateway", None).await.unwrap().status);
    }
    assert_eq!(statuses, [503, 503, 200]);
}

#[tokio::test]
async fn on_a_rough_day_it_is_known_what_was_carried_out() {
    let fake = Fake::start(Setup { faults: ROUGH.to_owned(), ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..200 {
        statuses.push(post(&fake).await.map_or(0, |it| it.status));
    }
    let count = |wanted: u16| statuses.iter().filter(|it| **it == wanted).count();
    assert_eq!(count(200) + count(502) + count(429), 200);
    assert!(count(502) > 0 && count(429) > 0);
    assert_eq!(fake.messages(CHANNEL).len(), count(200) + count(502));
}
