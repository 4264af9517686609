//! The gateway by hand: a websocket that reads and writes frames.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::time::Duration;

use fake_discord::{Asker, CHANNEL, Counts, Fake, GatewayFault, Setup, What};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const DEADLINE: Duration = Duration::from_secs(5);
/// Guilds, messages in guilds, direct messages.
const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What comes over a websocket.
#[derive(Debug, PartialEq)]
enum Frame {
    Payload(Value),
    /// A close frame, and its code.
    Closed(Option<u16>),
    /// The end without a close frame.
    Cut,
}

impl Socket {
    /// Connects; `None` if nobody is let in.
    async fn open(fake: &Fake) -> Option<Self> {
        let url = format!("{}/?v=10", fake.api().replace("http", "ws"));
        connect_async(url).await.ok().map(|(socket, _)| Self(socket))
    }

    async fn send(&mut self, payload: Value) {
        self.0.send(Message::Text(payload.to_string())).await.unwrap();
    }

    async fn next(&mut self) -> Frame {
        match tokio::time::timeout(DEADLINE, self.0.next()).await.unwrap() {
            Some(Ok(Message::Text(text))) => Frame::Payload(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => Frame::Closed(frame.map(|it| it.code.into())),
            Some(Ok(other)) => panic!("{other:?}"),
            Some(Err(_)) | None => Frame::Cut,
        }
    }

    async fn payload(&mut self) -> Value {
        match self.next().await {
            Frame::Payload(payload) => payload,
            other => panic!("{other:?}"),
        }
    }

    async fn identify(&mut self, fake: &Fake, intents: u64) {
        let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
        let data = json!({ "token": fake.token(), "intents": intents, "properties": properties });
        self.send(json!({ "op": 2, "d": data })).await;
    }

    async fn resume(&mut self, fake: &Fake, session: &str, seq: u64) {
        self.send(json!({ "op": 6, "d": { "token": fake.token(), "session_id": session, "seq": seq } }))
            .await;
    }

    /// Connects, identifies and reads what comes until all guilds are there; with the session.
    async fn ready(fake: &Fake) -> (Self, String) {
        let mut socket = Self::open(fake).await.unwrap();
        assert_eq!(socket.payload().await["op"], 10);
        socket.identify(fake, INTENTS).await;
        let ready = socket.payload().await;
        assert_eq!((&ready["t"], &ready["s"]), (&json!("READY"), &json!(1)));
        for guild in ready["d"]["guilds"].as_array().unwrap() {
            let created = socket.payload().await;
            assert_eq!((&created["t"], &created["d"]["id"]), (&json!("GUILD_CREATE"), &guild["id"]));
        }
        (socket, ready["d"]["session_id"].as_str().unwrap().to_owned())
    }
}

#[tokio::test]
async fn hello_ready_and_heartbeats_come_as_discord_sends_them() {
    let fake = Fake::start(Setup { heartbeat: Duration::from_millis(1_234), ..Setup::default() }).await;
    let mut socket = Socket::open(&fake).await.unwrap();
    assert_eq!(socket.payload().await, json!({ "op": 10, "d": { "heartbeat_interval": 1_234 } }));
    socket.identify(&fake, INTENTS).await;
    for _ in 0..3 {
        socket.payload().await;
    }
    socket.send(json!({ "op": 1, "d": 3 })).await;
    assert_eq!(socket.payload().await["op"], 11);
    let expected = Counts { connections: 1, identifies: 1, resumes: 0, heartbeats: 1, open: 1 };
    assert_eq!(fake.counts(), expected);
}

#[tokio::test]
async fn who_may_not_identify_is_sent_away() {
    let fake = Fake::start(Setup::default()).await;
    let cases = [
        (json!({ "op": 2, "d": { "token": "wrong", "intents": INTENTS } }), 4004),
        (json!({ "op": 6, "d": { "token": "wrong", "session_id": "x", "seq": 1 } }), 4004),
        (json!({ "op": 2, "d": { "token": fake.token(), "intents": INTENTS | 1 << 15 } }), 4014),
        (json!({ "op": 3, "d": {} }), 4003),
        (json!({ "op": 99, "d": {} }), 4001),
    ];
    for (payload, expected) in cases {
        let mut socket = Socket::open(&fake).await.unwrap();
        socket.payload().await;
        socket.send(payload.clone()).await;
        assert_eq!(socket.next().await, Frame::Closed(Some(expected)), "{payload}");
    }
    assert_eq!(fake.counts().identifies, 0);
}

#[tokio::test]
async fn a_session_is_resumed_with_all_that_was_missed() {
    let fake = Fake::start(Setup::default()).await;
    let (socket, session) = Socket::ready(&fake).await;
    drop(socket);
    fake.say(&Asker::default(), "et").await;
    fake.say(&Asker::default(), "to").await;
    let mut socket = Socket::open(&fake).await.unwrap();
    socket.payload().await;
    socket.resume(&fake, &session, 3).await;
    let events = [socket.payload().await, socket.payload().await, socket.payload().await];
    let seen: Vec<(&str, u64)> =
        events.iter().map(|it| (it["t"].as_str().unwrap(), it["s"].as_u64().unwrap())).collect();
    assert_eq!(seen, [("MESSAGE_CREATE", 4), ("MESSAGE_CREATE", 5), ("RESUMED", 6)]);
    assert_eq!(fake.counts().resumes, 1);
}

#[tokio::test]
async fn a_session_that_is_not_known_cannot_be_resumed() {
    let fake = Fake::start(Setup::default()).await;
    let (_socket, session) = Socket::ready(&fake).await;
    for (session, seq) in [("another", 1), (session.as_str(), 1_000)] {
        let mut socket = Socket::open(&fake).await.unwrap();
        socket.payload().await;
        socket.resume(&fake, session, seq).await;
        assert_eq!(socket.payload().await, json!({ "op": 9, "d": false }));
    }
}

#[tokio::test]
async fn events_go_to_those_who_asked_for_them() {
    let fake = Fake::start(Setup::default()).await;
    let mut socket = Socket::open(&fake).await.unwrap();
    socket.payload().await;
    socket.identify(&fake, 1 << 12).await;
    assert_eq!(socket.payload().await["t"], "READY");
    fake.say(&Asker::default(), "i kanalen").await;
    fake.say(&Asker::in_dm(fake_discord::USER), "til dig").await;
    let event = socket.payload().await;
    assert_eq!((&event["t"], &event["d"]["content"]), (&json!("MESSAGE_CREATE"), &json!("til dig")));
    assert_eq!(event["d"].get("guild_id"), None);
    fake.dispatch("ANYTHING", &json!({ "a": 1 }));
    assert_eq!(socket.payload().await["d"], json!({ "a": 1 }));
}

#[tokio::test]
async fn an_event_that_the_bot_makes_comes_back_to_it() {
    let fake = Fake::start(Setup::default()).await;
    let (mut socket, _) = Socket::ready(&fake).await;
    let path = format!("/channels/{CHANNEL}/messages");
    let (_, posted) = common::ask(&fake, reqwest::Method::POST, &path, common::message("x", json!({}))).await;
    let created = socket.payload().await;
    assert_eq!((&created["t"], &created["d"]["id"]), (&json!("MESSAGE_CREATE"), &posted["id"]));
    let path = format!("{path}/{}", posted["id"].as_str().unwrap());
    common::ask(&fake, reqwest::Method::PATCH, &path, common::message("y", json!({}))).await;
    assert_eq!(socket.payload().await["t"], "MESSAGE_UPDATE");
    common::get(&fake, reqwest::Method::DELETE, &path).await;
    assert_eq!(socket.payload().await["t"], "MESSAGE_DELETE");
    common::get(&fake, reqwest::Method::DELETE, &format!("/users/@me/guilds/{}", fake_discord::OTHER_GUILD))
        .await;
    assert_eq!(socket.payload().await["t"], "GUILD_DELETE");
}

#[tokio::test]
async fn faults_hit_the_connections_that_are_open() {
    let cases = [
        (GatewayFault::Close(Some(4000)), Frame::Closed(Some(4000))),
        (GatewayFault::Close(None), Frame::Closed(None)),
        (GatewayFault::Drop, Frame::Cut),
        (GatewayFault::Reconnect, Frame::Payload(json!({ "op": 7, "d": null }))),
        (GatewayFault::Invalid { resumable: true }, Frame::Payload(json!({ "op": 9, "d": true }))),
        (GatewayFault::Invalid { resumable: false }, Frame::Payload(json!({ "op": 9, "d": false }))),
    ];
    for (fault, expected) in cases {
        let fake = Fake::start(Setup::default()).await;
        let (mut socket, _) = Socket::ready(&fake).await;
        fake.gateway(&fault);
        assert_eq!(socket.next().await, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn a_muted_connection_acknowledges_nothing() {
    let fake = Fake::start(Setup::default()).await;
    let (mut socket, _) = Socket::ready(&fake).await;
    fake.gateway(&GatewayFault::Mute);
    socket.send(json!({ "op": 1, "d": null })).await;
    fake.gateway(&GatewayFault::Unknown);
    let events = [socket.payload().await, socket.payload().await];
    assert_eq!(events.map(|it| it["op"].clone()), [json!(0), json!(0)]);
    let (mut fresh, _) = Socket::ready(&fake).await;
    fresh.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(fresh.payload().await["op"], 11);
}

#[tokio::test]
async fn nobody_gets_in_while_connections_are_refused() {
    let fake = Fake::start(Setup::default()).await;
    let (mut socket, _) = Socket::ready(&fake).await;
    fake.gateway(&GatewayFault::Refuse(Duration::from_millis(300)));
    assert!(Socket::open(&fake).await.is_none());
    let opened = tokio::time::timeout(DEADLINE, async {
        loop {
            match Socket::open(&fake).await {
                Some(socket) => break socket,
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    });
    assert_eq!(opened.await.unwrap().payload().await["op"], 10);
    // Who was in stays in.
    socket.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(socket.payload().await["op"], 11);
}

#[tokio::test]
async fn scripted_faults_come_at_their_moments() {
    let fake = Fake::start(Setup::default()).await;
    let fault = |on: &str, rest: &str| format!("[[fault]]\non = '{on}'\n{rest}\n");
    let script = [
        fault("CONNECT", "gateway = 'refuse'"),
        fault("CONNECT", "gateway = 'close'\ncode = 4008"),
        fault("CONNECT", "gateway = 'drop'"),
        fault("IDENTIFY", "gateway = 'invalid'"),
        fault("IDENTIFY", "gateway = 'close'\ncode = 4013"),
        fault("RESUME", "gateway = 'close'"),
    ];
    fake.faults(&script.concat());
    assert!(Socket::open(&fake).await.is_none());
    assert_eq!(Socket::open(&fake).await.unwrap().next().await, Frame::Closed(Some(4008)));
    assert_eq!(Socket::open(&fake).await.unwrap().next().await, Frame::Cut);
    let mut socket = Socket::open(&fake).await.unwrap();
    socket.payload().await;
    socket.identify(&fake, INTENTS).await;
    assert_eq!(socket.payload().await, json!({ "op": 9, "d": false }));
    socket.identify(&fake, INTENTS).await;
    assert_eq!(socket.next().await, Frame::Closed(Some(4013)));
    let (socket, session) = Socket::ready(&fake).await;
    drop(socket);
    let mut socket = Socket::open(&fake).await.unwrap();
    socket.payload().await;
    socket.resume(&fake, &session, 3).await;
    assert_eq!(socket.next().await, Frame::Closed(None));
    assert_eq!(fake.faults_left(), 0);
    let played = fake.log().into_iter().filter(|it| matches!(it.what, What::Fault(_))).count();
    assert_eq!(played, script.len());
}
