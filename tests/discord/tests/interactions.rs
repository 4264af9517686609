//! Interactions, answered by hand: what Discord takes, when, and what it then shows.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::time::{Duration, Instant};

use common::{ask, get, message};
use fake_discord::{APPLICATION, Asker, CHANNEL, Fake, Reply, Setup, USER};
use reqwest::Method;
use serde_json::{Value, json};

/// How long Discord waits for the first answer.
const FIRST_ANSWER: Duration = Duration::from_secs(3);

const CALLBACK: &str = "/interactions/7/t/callback";
const ORIGINAL: &str = "/webhooks/100000000000000001/t/messages/@original";
const FOLLOW_UP: &str = "/webhooks/100000000000000001/t";

fn interaction(kind: u8) -> Value {
    json!({
        "id": "7", "token": "t", "type": kind, "channel_id": CHANNEL.to_string(),
        "member": { "user": { "id": USER.to_string() } },
    })
}

/// Sends an interaction that the bot does not get, and answers it by hand.
async fn answered(fake: &Fake, interaction: Value, callback: Value) -> Reply {
    let (reply, (status, body)) =
        tokio::join!(fake.command_raw(interaction), ask(fake, Method::POST, CALLBACK, callback));
    assert_eq!((status, body), (204, Value::Null));
    reply
}

fn private() -> Value {
    json!({ "flags": 64 })
}

#[tokio::test]
async fn an_interaction_is_answered_once() {
    let fake = Fake::start(Setup::default()).await;
    let callback = json!({ "type": 4, "data": message("svar", private()) });
    let reply = answered(&fake, interaction(2), callback.clone()).await;
    assert_eq!((reply.text().as_str(), reply.private, reply.message().ephemeral), ("svar", true, true));
    let again = ask(&fake, Method::POST, CALLBACK, callback.clone()).await;
    assert_eq!((again.0, &again.1["code"]), (400, &json!(40_060)));
    for path in ["/interactions/8/t/callback", "/interactions/7/x/callback"] {
        let unknown = ask(&fake, Method::POST, path, callback.clone()).await;
        assert_eq!((unknown.0, &unknown.1["code"]), (404, &json!(10_062)), "{path}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_late_is_not_taken() {
    let fake = Fake::start(Setup::default()).await;
    let late = async {
        let sent = Instant::now();
        tokio::time::sleep_until((sent + FIRST_ANSWER + Duration::from_millis(50)).into()).await;
        ask(&fake, Method::POST, CALLBACK, json!({ "type": 4, "data": message("svar", json!({})) })).await
    };
    let patient = fake.within(Duration::from_secs(4));
    let (reply, (status, body)) = tokio::join!(patient.try_command_raw(interaction(2)), late);
    assert_eq!((status, &body["code"]), (404, &json!(10_062)));
    assert!(reply.is_err());
}

#[tokio::test]
async fn answers_fit_their_interactions() {
    let cases = [
        (2, 4, 204),
        (2, 5, 204),
        (2, 6, 400),
        (2, 7, 400),
        (2, 8, 400),
        (3, 4, 204),
        (3, 6, 204),
        (4, 4, 400),
        (4, 5, 400),
        (4, 8, 204),
    ];
    for (kind, callback, expected) in cases {
        let fake = Fake::start(Setup::default()).await;
        let body = match callback {
            4 | 7 => json!({ "type": callback, "data": message("svar", json!({})) }),
            8 => json!({ "type": 8, "data": { "choices": [] } }),
            _ => json!({ "type": callback }),
        };
        let hasty = fake.within(Duration::from_millis(200));
        let (_, (status, answer)) =
            tokio::join!(hasty.try_command_raw(interaction(kind)), ask(&fake, Method::POST, CALLBACK, body));
        assert_eq!(status, expected, "{callback} to {kind}: {answer}");
    }
}

#[tokio::test]
async fn the_first_message_after_an_announcement_is_the_announced_answer() {
    let fake = Fake::start(Setup::default()).await;
    let reply = answered(&fake, interaction(2), json!({ "type": 5, "data": private() })).await;
    assert!(reply.deferred && reply.private && reply.messages.is_empty());
    let (_, original) = get(&fake, Method::GET, ORIGINAL).await;
    assert_eq!(original["flags"], 64 | 128);
    // It is private although it does not say so, and it is no new message.
    let (status, first) = ask(&fake, Method::POST, FOLLOW_UP, message("svar", json!({}))).await;
    assert_eq!((status, &first["id"], &first["flags"]), (200, &original["id"], &json!(64)));
    let (_, second) = ask(&fake, Method::POST, FOLLOW_UP, message("mere", json!({}))).await;
    assert_ne!(second["id"], original["id"]);
    let reply = reply.settled().await;
    let seen: Vec<(&str, bool, bool)> =
        reply.messages.iter().map(|it| (it.content.as_str(), it.ephemeral, it.edited)).collect();
    assert_eq!(seen, [("svar", true, false), ("mere", false, false)]);
}

#[tokio::test]
async fn answers_are_changed_and_deleted_by_the_token() {
    let fake = Fake::start(Setup::default()).await;
    let mut reply =
        answered(&fake, interaction(2), json!({ "type": 4, "data": message("svar", json!({})) })).await;
    let (status, _) = ask(&fake, Method::PATCH, ORIGINAL, message("rettet", json!({}))).await;
    reply.look();
    assert_eq!((status, reply.text().as_str(), reply.message().edited), (200, "rettet", true));
    let (_, more) = ask(&fake, Method::POST, FOLLOW_UP, message("mere", private())).await;
    let path = format!("{FOLLOW_UP}/messages/{}", more["id"].as_str().unwrap());
    assert_eq!(ask(&fake, Method::PATCH, &path, message("endnu mere", json!({}))).await.0, 200);
    assert_eq!(get(&fake, Method::GET, &path).await.1["content"], "endnu mere");
    reply.look();
    assert_eq!(reply.text(), "rettet\nendnu mere");
    assert_eq!(get(&fake, Method::DELETE, &path).await.0, 204);
    assert_eq!(get(&fake, Method::DELETE, ORIGINAL).await.0, 204);
    assert_eq!(get(&fake, Method::GET, ORIGINAL).await.1["code"], 10_008);
    reply.look();
    assert!(reply.messages.is_empty() && reply.deleted);
}

#[tokio::test]
async fn tokens_are_known_answered_and_not_too_old() {
    let fake = Fake::start(Setup::default()).await;
    let follow_up = async |path: &str| {
        let (status, body) = ask(&fake, Method::POST, path, message("x", json!({}))).await;
        (status, body["code"].as_u64())
    };
    assert_eq!(follow_up(FOLLOW_UP).await, (404, Some(10_015)));
    let before = async {
        let before = follow_up(FOLLOW_UP).await;
        ask(&fake, Method::POST, CALLBACK, json!({ "type": 5 })).await;
        before
    };
    let (_, before) = tokio::join!(fake.command_raw(interaction(2)), before);
    assert_eq!(before, (404, Some(10_015)));
    assert_eq!(follow_up("/webhooks/1/t").await, (404, Some(10_015)));
    assert_eq!(follow_up(FOLLOW_UP).await.0, 200);
    fake.expire_tokens();
    assert_eq!(follow_up(FOLLOW_UP).await, (401, Some(50_027)));
}

#[tokio::test]
async fn a_press_changes_the_message_it_is_on() {
    let fake = Fake::start(Setup::default()).await;
    let row =
        json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Mere", "custom_id": "m" }] }]);
    let posted = message("før", json!({ "components": row }));
    ask(&fake, Method::POST, &format!("/channels/{CHANNEL}/messages"), posted).await;
    let shown = fake.next_message(CHANNEL).await;
    let mut press = interaction(3);
    press["message"] = json!({ "id": shown.id.to_string() });
    let reply = answered(&fake, press, json!({ "type": 6 })).await;
    assert!(reply.deferred && reply.edited.is_none());
    ask(&fake, Method::PATCH, ORIGINAL, message("efter", json!({ "components": [] }))).await;
    let reply = reply.settled().await;
    assert_eq!((reply.text().as_str(), reply.message().id), ("efter", shown.id));
    assert_eq!(fake.message(shown.id).map(|it| it.content), Some("efter".to_owned()));
    let gone = fake.try_press(&Asker::default(), &shown, "Mere").await;
    assert!(gone.is_err_and(|it| it.to_string().contains("no button")));
}

#[tokio::test]
async fn what_one_person_sees_is_nowhere_else() {
    let fake = Fake::start(Setup::default()).await;
    let row =
        json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Mere", "custom_id": "m" }] }]);
    let data = message("hemmeligt", json!({ "flags": 64, "components": row }));
    let reply = answered(&fake, interaction(2), json!({ "type": 4, "data": data })).await;
    let (_, listed) = get(&fake, Method::GET, &format!("/channels/{CHANNEL}/messages")).await;
    assert_eq!(listed, json!([]));
    let path = format!("/channels/{CHANNEL}/messages/{}", reply.message().id);
    assert_eq!(ask(&fake, Method::PATCH, &path, message("x", json!({}))).await.0, 404);
    let other = Asker { user: fake_discord::OTHER_USER, ..Asker::default() };
    let seen = fake.try_press(&other, reply.message(), "Mere").await;
    assert!(seen.is_err_and(|it| it.to_string().contains("does not see")));
}

#[tokio::test]
async fn secrets_are_the_tokens() {
    let fake = Fake::start(Setup::default()).await;
    answered(&fake, interaction(2), json!({ "type": 5 })).await;
    assert_eq!(fake.secrets(), [fake.token(), "t".to_owned()]);
    assert_eq!(APPLICATION.to_string(), FOLLOW_UP.split('/').nth(2).unwrap());
}
