//! Whether a message is there: lists of a channel as Discord gives them, and what is made of them.

use jiff::Timestamp;
use serenity::model::id::{ChannelId, MessageId};

use super::later;
use super::server::{Server, Step};
use crate::discord::transport::{SendError, pace};

use Step::{Drop, Say};

const ME: (&str, Step) = ("users/@me", Say(200, &[], r#"{"id":"7"}"#));
const EMPTY: (&str, Step) = ("messages?", Say(200, &[], "[]"));
/// Of the bot, marked with `m`.
const MARKED: (&str, Step) = (
    "messages?",
    Say(
        200,
        &[],
        r#"[{"id":"92","type":0,"author":{"id":"8"},"components":[]},
            {"id":"91","type":0,"author":{"id":"7"},"components":[{"type":1,"components":[{"type":2,"custom_id":"a~m"}]}]}]"#,
    ),
);
/// Of others, with the same mark.
const OTHERS: (&str, Step) = (
    "messages?",
    Say(
        200,
        &[],
        r#"[{"id":"92","type":0,"author":{"id":"8"},"components":[{"type":1,"components":[{"type":2,"custom_id":"a~m"}]}]},
            {"id":"91","type":0,"author":{"id":"7"},"components":[]}]"#,
    ),
);
const NO_MESSAGE: (&str, Step) =
    ("messages/", Say(404, &[], r#"{"code":10008,"message":"Unknown Message"}"#));
const NO_HISTORY: (&str, Step) =
    ("messages/", Say(403, &[], r#"{"code":50013,"message":"Missing Permissions"}"#));

/// What the server does, and what comes of it.
type Case<'a> = (&'a [(&'static str, Step)], Result<Option<u64>, SendError>);

async fn find(server: &Server) -> Result<Option<u64>, SendError> {
    let after: Timestamp = "2020-08-12T08:00:00Z".parse().unwrap();
    let found = server.transport().find(ChannelId::new(9), after, "m", later()).await;
    found.map(|id| id.map(MessageId::get))
}

#[tokio::test]
async fn it_is_there_or_not_or_that_is_not_known() {
    let gone = Say(404, &[], r#"{"code":10003,"message":"Unknown Channel"}"#);
    let denied = Say(403, &[], r#"{"code":50001,"message":"Missing Access"}"#);
    let strange = |body| Say(200, &[], body);
    let cases: &[Case] = &[
        (&[ME, MARKED], Ok(Some(91))),
        (&[ME, OTHERS, MARKED], Ok(Some(91))),
        (&[ME, EMPTY, NO_MESSAGE], Ok(None)),
        (&[ME, OTHERS, EMPTY, NO_MESSAGE], Ok(None)),
        (&[ME, EMPTY, ("messages/", strange("{}"))], Ok(None)),
        // An empty list proves nothing to one who may not read.
        (&[ME, EMPTY, NO_HISTORY], Err(SendError::Forbidden { code: 50_013 })),
        (&[ME, OTHERS, EMPTY, NO_HISTORY], Err(SendError::Forbidden { code: 50_013 })),
        (&[ME, ("messages?", denied)], Err(SendError::Forbidden { code: 50_001 })),
        (&[ME, ("messages?", gone.clone())], Err(SendError::Gone { code: 10_003 })),
        (&[ME, EMPTY, ("messages/", gone)], Err(SendError::Gone { code: 10_003 })),
        (&[ME, ("messages?", strange("<html>"))], Err(SendError::Unreadable)),
        (&[ME, ("messages?", strange(r#"[{"id":"1"}]"#))], Err(SendError::Unreadable)),
        (&[("users/@me", strange("{}"))], Err(SendError::Unreadable)),
        // Asking is repeated as often as need be.
        (&[ME, ("messages?", Drop), ("messages?", Say(500, &[], "")), MARKED], Ok(Some(91))),
    ];
    for (script, expected) in cases {
        let server = Server::by_path(script).await;
        assert_eq!(find(&server).await, *expected, "{script:?}");
        assert_eq!(server.seen().len(), script.len(), "{script:?}");
    }
}

#[tokio::test]
async fn each_list_goes_on_where_the_last_ended() {
    let server = Server::by_path(&[ME, OTHERS, EMPTY, NO_MESSAGE]).await;
    assert_eq!(find(&server).await, Ok(None));
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    // Ten minutes before the time that was asked for.
    let first = (1_597_219_200_000_u64 - 600_000 - 1_420_070_400_000) << 22;
    assert_eq!(lines[1], format!("GET /api/v10/channels/9/messages?limit=100&after={first}"));
    // The script's ids are older; lists never go back.
    assert_eq!(lines[2], lines[1]);
    assert_eq!(lines[3], format!("GET /api/v10/channels/9/messages/{first}"));
}

#[tokio::test]
async fn there_is_an_end_to_looking() {
    let mut script = vec![OTHERS; 2 * pace::LISTS];
    script.push(ME);
    let server = Server::by_path(&script).await;
    let most = pace::LISTS * pace::LISTED;
    assert_eq!(find(&server).await, Err(SendError::TooMany { most }));
    assert_eq!(server.seen().len(), 1 + pace::LISTS);
}

#[tokio::test]
async fn who_the_bot_is_is_asked_once() {
    let server = Server::by_path(&[ME, MARKED, MARKED]).await;
    let transport = server.transport();
    for _ in 0..2 {
        let found = transport.find(ChannelId::new(9), Timestamp::UNIX_EPOCH, "m", later()).await;
        assert_eq!(found, Ok(Some(MessageId::new(91))));
    }
    assert_eq!(server.seen().len(), 3);
}
