//! Who waits for whom.

use std::sync::Arc;
use std::time::Duration;

use serenity::model::id::{ChannelId, InteractionId};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::server::{INTERACTION, Server, Step, eventually};
use super::{later, text};
use crate::discord::message::Message;
use crate::discord::transport::{AnswerKind, SendError, Transport, pace};

const OK: Step = Step::Say(200, &[], r#"{"id":"5"}"#);
/// The last one for a while.
const SPENT: Step =
    Step::Say(200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "0.5")], r#"{"id":"5"}"#);
const GLOBAL: Step =
    Step::Say(429, &[("x-ratelimit-global", "true")], r#"{"retry_after":0.6,"global":true}"#);

async fn post(transport: &Transport, channel: u64, content: &str) -> Result<(), SendError> {
    let message = Message { nonce: Some(content.to_owned()), ..text(content) };
    transport.post(ChannelId::new(channel), &message, later()).await.map(drop)
}

async fn answer(transport: &Transport) -> Result<(), SendError> {
    transport.answer(InteractionId::new(8), INTERACTION, AnswerKind::DeferUpdate, later()).await
}

fn spawn_post(
    transport: &Transport,
    channel: u64,
    content: String,
) -> tokio::task::JoinHandle<Result<(), SendError>> {
    let transport = transport.clone();
    tokio::spawn(async move { post(&transport, channel, &content).await })
}

#[tokio::test]
async fn one_channel_is_served_in_order() {
    let failing = [Step::Drop, OK, Step::Say(500, &[], ""), OK];
    let server = Server::new(&[&failing[..], &vec![OK; 20]].concat()).await;
    let transport = server.transport();
    // Polled in this order by one task, so that they queue in this order.
    let names: Vec<String> = (0..10).map(|n| format!("nr. {n}")).collect();
    let posts = names.iter().map(|name| post(&transport, 1, name));
    for result in serenity::futures::future::join_all(posts).await {
        result.unwrap();
    }
    let bodies: Vec<String> = server.seen().into_iter().map(|seen| seen.body).collect();
    let mut order: Vec<&String> = Vec::new();
    for body in &bodies {
        let name = names.iter().find(|name| body.contains(name.as_str())).unwrap();
        if order.last() != Some(&name) {
            order.push(name);
        }
    }
    assert_eq!(order, names.iter().collect::<Vec<_>>());
    assert_eq!(bodies.len(), 12);
    assert_eq!(server.most_open(), 1);
}

#[tokio::test]
async fn a_slow_channel_holds_back_its_own_messages_only() {
    let permits = Arc::new(Semaphore::new(0));
    let server = Server::by_path(&[
        ("channels/1/", Step::Held(Arc::clone(&permits))),
        ("channels/1/", OK),
        ("channels/2/", OK),
        ("interactions", Step::Say(204, &[], "")),
    ])
    .await;
    let transport = server.transport();
    let first = spawn_post(&transport, 1, "first".to_owned());
    server.wait_for(1).await;
    let second = spawn_post(&transport, 1, "second".to_owned());
    post(&transport, 2, "elsewhere").await.unwrap();
    answer(&transport).await.unwrap();
    assert!(!server.seen().iter().any(|seen| seen.body.contains("second")));
    permits.add_permits(1);
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert!(server.seen()[3].body.contains("second"));
}

#[tokio::test]
async fn who_waits_behind_a_slow_message_waits_no_longer_than_it_said() {
    let server = Server::by_path(&[("channels/1/", Step::Hang)]).await;
    let transport = server.transport();
    let first = spawn_post(&transport, 1, "first".to_owned());
    server.wait_for(1).await;
    let until = Instant::now() + Duration::from_millis(100);
    let second = transport.post(ChannelId::new(1), &text("second"), until).await;
    assert_eq!(second, Err(SendError::OutOfTime));
    first.abort();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_message_that_nobody_waits_for_any_more_gives_up_its_place() {
    let server = Server::by_path(&[("channels/1/", Step::Hang), ("channels/1/", OK)]).await;
    let transport = server.transport();
    let first = spawn_post(&transport, 1, "first".to_owned());
    server.wait_for(1).await;
    first.abort();
    post(&transport, 1, "second").await.unwrap();
    assert!(server.seen()[1].body.contains("second"));
}

#[tokio::test]
async fn the_last_allowed_message_closes_its_channel_for_the_time_said() {
    let server = Server::by_path(&[("channels/1/", SPENT), ("channels/1/", OK), ("channels/2/", OK)]).await;
    let transport = server.transport();
    post(&transport, 1, "first").await.unwrap();
    let too_soon = Instant::now() + Duration::from_millis(100);
    let refused = transport.post(ChannelId::new(1), &text("in vain"), too_soon).await;
    assert_eq!(refused, Err(SendError::OutOfTime));
    let second = spawn_post(&transport, 1, "second".to_owned());
    post(&transport, 2, "elsewhere").await.unwrap();
    second.await.unwrap().unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen[1].line.contains("channels/2/") && seen[2].body.contains("second"));
    assert!(seen[2].at.duration_since(seen[0].at) >= Duration::from_millis(500));
    assert_eq!(transport.counts().limited, 0);
}

#[tokio::test]
async fn a_limited_channel_holds_back_no_other() {
    let limited = Step::Say(429, &[("x-ratelimit-scope", "user")], r#"{"retry_after":0.5,"global":false}"#);
    let server = Server::by_path(&[("channels/1/", limited), ("channels/1/", OK), ("channels/2/", OK)]).await;
    let transport = server.transport();
    let first = spawn_post(&transport, 1, "first".to_owned());
    eventually(|| transport.counts().limited == 1).await;
    post(&transport, 2, "elsewhere").await.unwrap();
    first.await.unwrap().unwrap();
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert!(lines[1].contains("channels/2/") && lines[2].contains("channels/1/"), "{lines:?}");
}

#[tokio::test]
async fn a_global_limit_stops_all_but_answers() {
    let server = Server::by_path(&[
        ("channels/1/", GLOBAL),
        ("channels", OK),
        ("channels", OK),
        ("interactions", Step::Say(204, &[], "")),
    ])
    .await;
    let transport = server.transport();
    let first = spawn_post(&transport, 1, "first".to_owned());
    eventually(|| transport.counts().limited == 1).await;
    let second = spawn_post(&transport, 2, "second".to_owned());
    let in_vain = Instant::now() + Duration::from_millis(100);
    let refused = transport.get::<serde_json::Value>(serenity::http::Route::UserMe, in_vain).await;
    assert_eq!(refused.unwrap_err(), SendError::OutOfTime);
    answer(&transport).await.unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen[1].line.contains("interactions"), "{}", seen[1].line);
    for held in &seen[2..] {
        assert!(held.at.duration_since(seen[0].at) >= Duration::from_millis(600), "{}", held.line);
    }
}

#[tokio::test]
async fn so_many_at_once_and_answers_beside_them() {
    let permits = Arc::new(Semaphore::new(0));
    let many = 3 * pace::OTHERS_AT_ONCE;
    let mut script = vec![("channels", Step::Held(Arc::clone(&permits))); many];
    script.push(("interactions", Step::Say(204, &[], "")));
    let server = Server::by_path(&script).await;
    let transport = server.transport();
    let mut posts = JoinSet::new();
    for channel in 1..=many as u64 {
        let transport = transport.clone();
        posts.spawn(async move { post(&transport, channel, "x").await });
    }
    server.wait_for(pace::OTHERS_AT_ONCE).await;
    answer(&transport).await.unwrap();
    assert_eq!(server.seen().len(), pace::OTHERS_AT_ONCE + 1);
    permits.add_permits(many);
    for result in posts.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.seen().len(), many + 1);
    assert_eq!(server.most_open(), pace::OTHERS_AT_ONCE + 1);
}

#[tokio::test]
async fn there_is_an_end_to_answers_at_once_too() {
    let permits = Arc::new(Semaphore::new(0));
    let many = 2 * pace::ANSWERS_AT_ONCE;
    let server = Server::by_path(&vec![("webhooks", Step::Held(Arc::clone(&permits))); many]).await;
    let transport = server.transport();
    let mut answers = JoinSet::new();
    for _ in 0..many {
        let transport = transport.clone();
        answers.spawn(async move { transport.edit_answer(INTERACTION, &text("x"), later()).await });
    }
    server.wait_for(pace::ANSWERS_AT_ONCE).await;
    permits.add_permits(many);
    for result in answers.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.most_open(), pace::ANSWERS_AT_ONCE);
}
