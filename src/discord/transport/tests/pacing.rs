//! How fast messages go out when there are very many.

use std::sync::Arc;
use std::time::Duration;

use serenity::model::id::{ChannelId, InteractionId, MessageId};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::server::{INTERACTION, Server, Step};
use super::{later, text};
use crate::discord::transport::pacer::INTERVAL;
use crate::discord::transport::{AnswerKind, SendError, Transport, pace};

const OK: Step = Step::Say(200, &[], r#"{"id":"5"}"#);
const DONE: Step = Step::Say(204, &[], "");

/// Starts one delivery for each of so many channels.
fn deliver(transport: &Transport, channels: u64) -> JoinSet<Result<Option<MessageId>, SendError>> {
    let mut deliveries = JoinSet::new();
    for channel in 1..=channels {
        let transport = transport.clone();
        deliveries
            .spawn(async move { transport.post_once(ChannelId::new(channel), &text("x"), later()).await });
    }
    deliveries
}

/// Whether these came in as slowly as they are to be sent; some may have been late, which makes the time from the first to the last
/// longer or a little shorter.
#[track_caller]
fn assert_paced(times: &[Instant]) {
    let span = *times.last().unwrap() - times[0];
    let least = INTERVAL * (times.len() as u32 - pace::BURST) * 3 / 4;
    assert!(span >= least, "{} in {span:?}", times.len());
}

#[tokio::test]
async fn discords_limit_is_kept_and_answers_go_beside_it() {
    const CHANNELS: u64 = 120;
    const ANSWERS: u32 = 200;
    let mut script = vec![("channels", OK); CHANNELS as usize];
    script.extend(vec![("interactions", DONE); ANSWERS as usize]);
    let server = Server::by_path(&script).await;
    let transport = server.transport();
    let deliveries = deliver(&transport, CHANNELS);
    server.wait_for(10).await;
    let begun = Instant::now();
    for _ in 0..ANSWERS {
        let kind = AnswerKind::DeferUpdate;
        transport.answer(InteractionId::new(8), INTERACTION, kind, later()).await.unwrap();
    }
    // Far less than if each had waited for its turn.
    assert!(begun.elapsed() < INTERVAL * ANSWERS, "{:?}", begun.elapsed());
    for result in deliveries.join_all().await {
        result.unwrap();
    }
    let seen = server.seen();
    let times: Vec<Instant> = seen.iter().filter(|it| it.line.contains("channels")).map(|it| it.at).collect();
    assert_eq!((seen.len(), times.len()), ((CHANNELS + u64::from(ANSWERS)) as usize, CHANNELS as usize));
    assert_paced(&times);
    assert_eq!(transport.counts().limited, 0);
}

#[tokio::test]
async fn deliveries_leave_room_for_everything_else() {
    let permits = Arc::new(Semaphore::new(0));
    let many = 2 * pace::DELIVERIES_AT_ONCE;
    let mut script = vec![("channels/9999/", OK)];
    script.extend(vec![("channels", Step::Held(Arc::clone(&permits))); many]);
    let server = Server::by_path(&script).await;
    let transport = server.transport();
    let deliveries = deliver(&transport, many as u64);
    server.wait_for(pace::DELIVERIES_AT_ONCE).await;
    transport.post(ChannelId::new(9_999), &text("a reply"), later()).await.unwrap();
    assert_eq!(server.seen().len(), pace::DELIVERIES_AT_ONCE + 1);
    permits.add_permits(many);
    for result in deliveries.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.most_open(), pace::DELIVERIES_AT_ONCE + 1);
}

#[tokio::test]
async fn a_global_limit_is_not_followed_by_a_burst() {
    let global = Step::Say(429, &[("x-ratelimit-global", "true")], r#"{"retry_after":0.5,"global":true}"#);
    let mut script = vec![("channels", global)];
    script.extend(vec![("channels", OK); 30]);
    let server = Server::by_path(&script).await;
    let transport = server.transport();
    for result in deliver(&transport, 30).join_all().await {
        result.unwrap();
    }
    let times: Vec<Instant> = server.seen().iter().map(|it| it.at).collect();
    assert_eq!(times.len(), 31);
    // Some were under way when it came.
    let opened = times[0] + Duration::from_millis(500);
    let held: Vec<Instant> = times.into_iter().filter(|it| *it >= opened).collect();
    assert!(held.len() > 10, "{}", held.len());
    assert_paced(&held);
}

#[tokio::test]
async fn lanes_of_a_great_delivery_are_forgotten() {
    let server = Server::by_path(&vec![("channels", OK); 100]).await;
    let transport = server.transport();
    for result in deliver(&transport, 99).join_all().await {
        result.unwrap();
    }
    assert!(transport.inner.lanes.len() >= 99);
    transport.post(ChannelId::new(9_999), &text("x"), later()).await.unwrap();
    assert!(transport.inner.lanes.len() <= pace::LANES_KEPT);
}
