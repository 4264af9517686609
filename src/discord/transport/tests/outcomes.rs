//! How calls end: scripts of answers, and what the caller is told.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serenity::futures::future::join_all;
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, InteractionId, MessageId};
use tokio::time::Instant;

use super::server::{DEADLINE, INTERACTION, Server, Step, TOKEN, eventually};
use super::{later, text};
use crate::discord::message::Message;
use crate::discord::transport::{AnswerKind, SendError, Transport, pace};

use Step::{BreakOff, Drop, Flood, Hang, Say, SayDate};

/// Something to call. Each gives its result as a text, so that all fit in one table.
#[derive(Debug, Clone, Copy)]
enum Do {
    Answer,
    Edit,
    Delete,
    FollowUp,
    /// With a nonce.
    Post,
    /// Without one.
    PostLoose,
    PostOnce,
    EditMessage,
    Find,
    Get,
    Leave,
    Register,
}

async fn carry_out(what: Do, transport: &Transport, until: Instant) -> Result<String, SendError> {
    let message = text("Hej");
    let with_nonce = Message { nonce: Some("n1".to_owned()), ..text("Hej") };
    let channel = ChannelId::new(9);
    let id = InteractionId::new(8);
    let shown = |id: Option<MessageId>| id.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    let done = |()| "done".to_owned();
    match what {
        Do::Answer => transport.answer(id, INTERACTION, AnswerKind::Message(&message), until).await.map(done),
        Do::Edit => transport.edit_answer(INTERACTION, &message, until).await.map(done),
        Do::Delete => transport.delete_answer(INTERACTION, until).await.map(done),
        Do::FollowUp => transport.follow_up(INTERACTION, &message, until).await.map(shown),
        Do::Post => transport.post(channel, &with_nonce, until).await.map(shown),
        Do::PostLoose => transport.post(channel, &message, until).await.map(shown),
        Do::PostOnce => transport.post_once(channel, &with_nonce, until).await.map(shown),
        Do::EditMessage => transport.edit(channel, MessageId::new(5), &message, until).await.map(done),
        Do::Find => transport.find(channel, Timestamp::UNIX_EPOCH, "m", until).await.map(shown),
        Do::Get => transport.get::<Value>(Route::UserMe, until).await.map(|got| got.value.to_string()),
        Do::Leave => transport.leave(GuildId::new(3), until).await.map(done),
        Do::Register => transport.register(None, &[] as &[Value], until).await.map(done),
    }
}

/// Runs `what` against the script and gives the result with the number of requests that came in. No text of any error holds a
/// secret or an address.
async fn run(what: Do, script: &[Step], time: Duration) -> (Result<String, SendError>, usize) {
    let server = Server::new(script).await;
    run_at(what, &server, &server.transport(), time).await
}

/// What is called, the server's script, the result, and the number of requests that come in.
type Case<'a> = (Do, &'a [Step], Result<&'a str, SendError>, usize);

/// Runs all cases at the same time. Making a transport takes the time of a few answers, so all are made beforehand.
async fn run_all(cases: &[Case<'_>]) {
    let mut places = Vec::new();
    for (_, script, _, _) in cases {
        let server = Server::new(script).await;
        places.push((server.transport(), server));
    }
    join_all(cases.iter().zip(&places).map(|(case, (transport, server))| async move {
        let (what, script, expected, requests) = case;
        let got = run_at(*what, server, transport, LONG).await;
        assert_eq!(got, (expected.clone().map(str::to_owned), *requests), "{what:?} {script:?}");
    }))
    .await;
}

async fn run_at(
    what: Do,
    server: &Server,
    transport: &Transport,
    time: Duration,
) -> (Result<String, SendError>, usize) {
    let until = Instant::now() + time;
    let result = tokio::time::timeout(DEADLINE, carry_out(what, transport, until)).await.expect("it ends");
    if let Err(error) = &result {
        assert_discreet(error);
    }
    let counts = transport.counts();
    // What was taken but not understood was sent.
    let is_sent = result.is_ok() || result == Err(SendError::Unreadable);
    assert_eq!((counts.sent, counts.failed), if is_sent { (1, 0) } else { (0, 1) });
    let repetitions = server.seen().len().saturating_sub(1) as u64;
    // The last one may have been cut off on its way.
    assert!(counts.retried == repetitions || time == SHORT && counts.retried == repetitions + 1);
    (result, server.seen().len())
}

#[track_caller]
fn assert_discreet(error: &SendError) {
    let text = format!("{error} {error:?} {}", error.danish());
    for word in [TOKEN, INTERACTION, "://", "/api/", "127.0.0.1"] {
        assert!(!text.contains(word), "{text}");
    }
}

/// Longer than any of these takes, and longer than `run` waits.
const LONG: Duration = Duration::from_secs(30);
/// Shorter than any pause that is waited out in vain.
const SHORT: Duration = Duration::from_millis(300);

const OK: Step = Say(200, &[], r#"{"id":"5"}"#);
const DONE: Step = Say(204, &[], "");
const BROKEN: Step = Say(500, &[], "oh no");
const BAD_GATEWAY: Step = Say(502, &[], "<html>");
const ANSWERED: Step =
    Say(400, &[], r#"{"code":40060,"message":"Interaction has already been acknowledged."}"#);
const GONE: Step = Say(404, &[], r#"{"code":10062,"message":"Unknown interaction"}"#);
const NO_MESSAGE: Step = Say(404, &[], r#"{"code":10008,"message":"Unknown Message"}"#);
const NO_CHANNEL: Step = Say(404, &[], r#"{"code":10003,"message":"Unknown Channel"}"#);
const LIMITED: Step = Say(429, &[], r#"{"message":"Slow","retry_after":0.1,"global":false}"#);

#[tokio::test]
async fn what_is_taken_in_the_end() {
    run_all(&[
        (Do::Answer, &[DONE], Ok("done"), 1),
        (Do::Answer, &[BROKEN, DONE], Ok("done"), 2),
        (Do::Answer, &[BAD_GATEWAY, Drop, BROKEN, DONE], Ok("done"), 4),
        (Do::Answer, &[LIMITED, DONE], Ok("done"), 2),
        (Do::Answer, &[Hang, DONE], Ok("done"), 2),
        // The first was carried out, but its answer was lost.
        (Do::Answer, &[Drop, ANSWERED], Ok("done"), 2),
        (Do::Answer, &[Hang, ANSWERED], Ok("done"), 2),
        (Do::Answer, &[BROKEN, LIMITED, ANSWERED], Ok("done"), 3),
        (Do::Answer, &[LIMITED, ANSWERED], Ok("done"), 2),
        (Do::Answer, &[BAD_GATEWAY, ANSWERED], Ok("done"), 2),
        (Do::Edit, &[Drop, BROKEN, OK], Ok("done"), 3),
        (Do::Delete, &[DONE], Ok("done"), 1),
        (Do::Delete, &[Drop, NO_MESSAGE], Ok("done"), 2),
        (Do::FollowUp, &[OK], Ok("5"), 1),
        (Do::FollowUp, &[LIMITED, OK], Ok("5"), 2),
        (Do::FollowUp, &[BAD_GATEWAY, OK], Ok("5"), 2),
        (Do::Post, &[BROKEN, Drop, BAD_GATEWAY, LIMITED, OK], Ok("5"), 5),
        (Do::PostLoose, &[LIMITED, BAD_GATEWAY, OK], Ok("5"), 3),
        // What is repeated by nobody but the caller is repeated only after what certainly was no success.
        (Do::PostOnce, &[LIMITED, LIMITED, OK], Ok("5"), 3),
        (Do::PostOnce, &[BreakOff], Ok("unknown"), 1),
        (Do::EditMessage, &[BROKEN, Drop, BAD_GATEWAY, LIMITED, OK], Ok("done"), 5),
        (Do::Get, &[BROKEN, Drop, BreakOff, OK], Ok(r#"{"id":"5"}"#), 4),
        (Do::Leave, &[Drop, DONE], Ok("done"), 2),
        (Do::Register, &[Drop, BROKEN, Say(200, &[], "[]")], Ok("done"), 3),
        // A success that cannot be read is a success, and never repeated.
        (Do::Answer, &[BreakOff], Ok("done"), 1),
        (Do::FollowUp, &[Say(200, &[], "<garbage>")], Ok("unknown"), 1),
        (Do::FollowUp, &[BreakOff], Ok("unknown"), 1),
        (Do::Post, &[Say(200, &[], "")], Ok("unknown"), 1),
        (Do::Post, &[Say(200, &[], r#"{"id":"0"}"#)], Ok("unknown"), 1),
        (Do::Post, &[Flood], Ok("unknown"), 1),
        (Do::PostLoose, &[BreakOff], Ok("unknown"), 1),
    ])
    .await;
}

#[tokio::test]
async fn what_is_refused_or_given_up() {
    let uncertain = |what: &str| SendError::Uncertain { what: what.to_owned() };
    let refused = |status, code, message: &str| SendError::Refused { status, code, message: message.into() };
    let already = refused(400, 40_060, "Interaction has already been acknowledged.");
    run_all(&[
        (Do::Answer, &[GONE], Err(SendError::Gone { code: 10_062 }), 1),
        // Somebody else answered: nothing of ours arrived before.
        (Do::Answer, &[ANSWERED], Err(already), 1),
        (Do::Edit, &[Say(401, &[], r#"{"code":50027}"#)], Err(SendError::Gone { code: 50_027 }), 1),
        (Do::Delete, &[NO_MESSAGE], Err(SendError::Gone { code: 10_008 }), 1),
        (Do::Edit, &[Drop, NO_MESSAGE], Err(SendError::Gone { code: 10_008 }), 2),
        // It may have been carried out, and a second one would be seen.
        (Do::FollowUp, &[BROKEN, OK], Err(uncertain("status 500")), 1),
        (Do::FollowUp, &[Say(503, &[], ""), OK], Err(uncertain("status 503")), 1),
        (Do::FollowUp, &[Say(504, &[], ""), OK], Err(uncertain("status 504")), 1),
        (Do::FollowUp, &[LIMITED, BROKEN, OK], Err(uncertain("status 500")), 2),
        (Do::PostLoose, &[BROKEN, OK], Err(uncertain("status 500")), 1),
        (Do::Post, &[Say(403, &[], r#"{"code":50013}"#)], Err(SendError::Forbidden { code: 50_013 }), 1),
        (
            Do::Post,
            &[Say(400, &[], r#"{"code":50006,"message":"Empty"}"#)],
            Err(refused(400, 50_006, "Empty")),
            1,
        ),
        (Do::PostOnce, &[BROKEN, OK], Err(uncertain("status 500")), 1),
        (Do::PostOnce, &[BAD_GATEWAY, OK], Err(uncertain("status 502")), 1),
        (Do::PostOnce, &[LIMITED, Say(503, &[], ""), OK], Err(uncertain("status 503")), 2),
        (Do::PostOnce, &[NO_CHANNEL], Err(SendError::Gone { code: 10_003 }), 1),
        (Do::PostOnce, &[Say(403, &[], "<html>")], Err(SendError::NotDiscord { status: 403 }), 1),
        // The first may have arrived, whatever happened to the channel since.
        (Do::Post, &[BROKEN, NO_CHANNEL], Err(uncertain("what it was meant for is gone (code 10003)")), 2),
        (Do::EditMessage, &[BROKEN, NO_MESSAGE], Err(SendError::Gone { code: 10_008 }), 2),
        (Do::Find, &[Say(401, &[], "")], Err(SendError::Unauthorized), 1),
        (Do::Register, &[Say(401, &[], r#"{"code":0}"#)], Err(SendError::Unauthorized), 1),
        (Do::Get, &[Say(401, &[], "")], Err(SendError::Unauthorized), 1),
        (
            Do::Get,
            &[Say(302, &[("location", "/elsewhere")], ""), OK],
            Err(SendError::NotDiscord { status: 302 }),
            1,
        ),
        (Do::Get, &[Say(200, &[], "<garbage>")], Err(SendError::Unreadable), 1),
    ])
    .await;
}

#[tokio::test]
async fn a_lost_answer_to_what_cannot_be_repeated_is_told_as_such() {
    for what in [Do::FollowUp, Do::PostLoose, Do::PostOnce] {
        let (result, requests) = run(what, &[Drop, OK], LONG).await;
        assert!(matches!(result, Err(SendError::Uncertain { .. })), "{result:?}");
        assert_eq!(requests, 1);
        let (result, requests) = run(what, &[Hang, OK], SHORT).await;
        assert!(matches!(result, Err(SendError::Uncertain { .. })), "{result:?}");
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn the_time_is_kept() {
    for (what, script) in
        [(Do::Answer, Hang), (Do::Post, Hang), (Do::Get, Hang), (Do::Post, BROKEN), (Do::Get, Drop)]
    {
        let script = vec![script; 10];
        let (result, requests) = run(what, &script, SHORT).await;
        let error = result.unwrap_err();
        let is_known = matches!(error, SendError::Unreachable { .. });
        assert!(is_known || matches!(error, SendError::Uncertain { .. }), "{what:?} {error:?}");
        // Only a message can be there twice.
        assert_eq!(is_known, !matches!(what, Do::Post), "{what:?} {error:?}");
        assert!((1..10).contains(&requests), "{what:?}: {requests} requests");
    }
}

#[tokio::test]
async fn nothing_is_sent_when_the_time_is_up() {
    for what in [Do::Answer, Do::FollowUp, Do::Post, Do::PostOnce, Do::EditMessage, Do::Find, Do::Get] {
        let (result, requests) = run(what, &[OK], Duration::ZERO).await;
        assert_eq!((result, requests), (Err(SendError::OutOfTime), 0), "{what:?}");
    }
}

#[tokio::test]
async fn a_limit_longer_than_the_time_is_not_waited_for() {
    for limit in [
        Say(429, &[("retry-after", "3600")], r#"{"retry_after":3600,"global":false}"#),
        Say(429, &[("retry-after", "65")], "error code: 1015"),
        SayDate(600),
    ] {
        for what in [Do::Answer, Do::FollowUp, Do::Post, Do::Get] {
            // `run` itself ends before this time does.
            let (result, requests) = run(what, &[limit.clone(), OK], LONG).await;
            assert_eq!((result, requests), (Err(SendError::OutOfTime), 1), "{what:?} {limit:?}");
        }
    }
}

#[tokio::test]
async fn a_limit_is_waited_out_whatever_its_form() {
    let body = r#"{"message":"Slow","retry_after":0.4,"global":false}"#;
    let body_with = |headers| Say(429, headers, body);
    let cases = [
        (body_with(&[("retry-after", "1")]), 1_000),
        (body_with(&[("retry-after", "0.3")]), 300),
        (body_with(&[("retry-after", "soon")]), 400),
        (body_with(&[("retry-after", "-3")]), 400),
        (body_with(&[]), 400),
        (body_with(&[("retry-after", "0")]), pace::SHORTEST_LIMIT.as_millis()),
        (Say(429, &[], "{}"), pace::DEFAULT_LIMIT.as_millis()),
        (Say(429, &[], ""), pace::DEFAULT_LIMIT.as_millis()),
        // Dates know whole seconds only: up to one of the two is cut off.
        (SayDate(2), 1_000),
    ];
    let mut places = Vec::new();
    for (limit, least) in cases {
        let server = Server::new(&[limit.clone(), OK]).await;
        places.push((server.transport(), server, limit, least));
    }
    join_all(places.iter().map(|(transport, server, limit, least)| async move {
        carry_out(Do::Post, transport, later()).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2, "{limit:?}");
        let gap = seen[1].at.duration_since(seen[0].at).as_millis();
        assert!(gap >= *least, "{limit:?}: asked again after {gap} ms");
        assert_eq!(transport.counts().limited, 1);
    }))
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_yet_is_waited_for() {
    for what in [Do::Answer, Do::FollowUp, Do::PostLoose, Do::PostOnce, Do::EditMessage, Do::Get] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let transport = super::server::transport(address);
        let calling = tokio::spawn({
            let transport = transport.clone();
            async move { carry_out(what, &transport, later()).await }
        });
        eventually(|| transport.counts().retried >= 1).await;
        let listener = tokio::net::TcpListener::bind(address).await.unwrap();
        let server = Server::at(listener, &[("", OK)]);
        calling.await.unwrap().unwrap();
        assert_eq!(server.seen().len(), 1, "{what:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_never_there_is_told_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let transport = super::server::transport(listener.local_addr().unwrap());
    drop(listener);
    for what in [Do::Answer, Do::FollowUp, Do::Post, Do::PostLoose, Do::PostOnce, Do::EditMessage, Do::Get] {
        let until = Instant::now() + Duration::from_millis(250);
        let error = carry_out(what, &transport, until).await.unwrap_err();
        assert!(matches!(error, SendError::Unreachable { .. }), "{what:?}: {error:?}");
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_request_betrays_nothing() {
    const ECHO: Step = Say(
        400,
        &[],
        r#"{"code":0,"message":"b0t-s3cret sent https://discord.com/api/v10/webhooks/77/1nteraction-s3cret and
           POST /api/v10/webhooks/77/1nteraction-s3cret with (1nteraction-s3cret)",
           "errors":{"1nteraction-s3cret":{"_errors":[{"message":"b0t-s3cret"}]}}}"#,
    );
    for what in [Do::Answer, Do::Edit, Do::FollowUp, Do::Post, Do::Register] {
        // A raw line end is no JSON: both the readable and the unreadable form must be discreet.
        let (result, _) = run(what, &[ECHO], LONG).await;
        assert_eq!(result, Err(SendError::NotDiscord { status: 400 }));
    }
    const READABLE: Step = Say(
        400,
        &[],
        r#"{"code":7,"message":"(1nteraction-s3cret) b0t-s3cret https://discord.com/api/v10/webhooks/77/1nteraction-s3cret"}"#,
    );
    for what in [Do::Answer, Do::FollowUp] {
        let (result, _) = run(what, &[READABLE], LONG).await;
        let expected = SendError::Refused { status: 400, code: 7, message: "(…) … …".to_owned() };
        assert_eq!(result, Err(expected));
    }
}

#[tokio::test]
async fn without_the_application_nothing_is_sent() {
    let server = Server::new(&[]).await;
    let transport = server.transport();
    transport.inner.application.store(0, std::sync::atomic::Ordering::Release);
    for what in [Do::Edit, Do::Delete, Do::FollowUp, Do::Register] {
        let result = carry_out(what, &transport, later()).await;
        assert!(matches!(result, Err(SendError::Refused { status: 0, .. })), "{what:?}: {result:?}");
    }
    assert!(server.seen().is_empty());
}
