//! What calls look like to Discord.

use serde_json::{Value, json};
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, InteractionId, MessageId};

use super::server::{INTERACTION, Seen, Server, Step, TOKEN};
use super::{later, text};
use crate::discord::api::Api;
use crate::discord::message::{File, Message};
use crate::discord::token::Token;
use crate::discord::transport::{AnswerKind, Choice, Transport};

const OK: Step = Step::Say(200, &[("date", "Wed, 12 Aug 2020 08:00:02 GMT")], r#"{"id":"5"}"#);

fn body(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap()
}

#[tokio::test]
async fn interactions_are_answered_in_all_ways() {
    let message = text("Hej");
    let private = Message { private: true, nonce: Some("n".to_owned()), ..text("Hej") };
    let choices = [Choice { name: "Byrådet".to_owned(), value: "byraad".to_owned() }];
    for (kind, expected) in [
        (AnswerKind::Message(&message), json!({ "type": 4, "data": { "content": "Hej" } })),
        (AnswerKind::Message(&private), json!({ "type": 4, "data": { "content": "Hej", "flags": 64 } })),
        (AnswerKind::Defer { private: true }, json!({ "type": 5, "data": { "flags": 64 } })),
        (AnswerKind::Defer { private: false }, json!({ "type": 5 })),
        (AnswerKind::DeferUpdate, json!({ "type": 6 })),
        (AnswerKind::Update(&private), json!({ "type": 7, "data": { "content": "Hej" } })),
        (
            AnswerKind::Choices(&choices),
            json!({ "type": 8, "data": { "choices": [{ "name": "Byrådet", "value": "byraad" }] } }),
        ),
    ] {
        let server = Server::new(&[OK]).await;
        server.transport().answer(InteractionId::new(8), INTERACTION, kind, later()).await.unwrap();
        let [seen] = &server.seen()[..] else { panic!("one request") };
        assert_eq!(seen.line, format!("POST /api/v10/interactions/8/{INTERACTION}/callback"));
        let mut body = body(seen);
        if let Some(data) = body.get_mut("data").and_then(Value::as_object_mut) {
            // Always there: what an edit empties, and who may be pinged.
            data.retain(|name, _| {
                ["content", "flags", "nonce", "enforce_nonce", "choices"].contains(&name.as_str())
            });
        }
        assert_eq!(body, expected);
    }
}

#[tokio::test]
async fn each_call_has_its_route_and_shows_only_the_token_it_needs() {
    let server = Server::new(&vec![OK; 9]).await;
    let transport = server.transport();
    let message = Message { nonce: Some("n".to_owned()), reply_to: Some(MessageId::new(4)), ..text("Hej") };
    transport.edit_answer(INTERACTION, &message, later()).await.unwrap();
    transport.delete_answer(INTERACTION, later()).await.unwrap();
    transport.follow_up(INTERACTION, &message, later()).await.unwrap();
    transport.post(ChannelId::new(9), &message, later()).await.unwrap();
    transport.post_once(ChannelId::new(9), &message, later()).await.unwrap();
    transport.edit(ChannelId::new(9), MessageId::new(5), &message, later()).await.unwrap();
    transport.register(None, &[json!({ "name": "søg" })], later()).await.unwrap();
    transport.register(Some(GuildId::new(3)), &[json!({ "name": "søg" })], later()).await.unwrap();
    transport.leave(GuildId::new(3), later()).await.unwrap();
    let seen = server.seen();
    for (seen, (line, is_bots, field, value)) in seen.iter().zip([
        ("PATCH /api/v10/webhooks/77/1nteraction-s3cret/messages/@original", false, "nonce", Value::Null),
        ("DELETE /api/v10/webhooks/77/1nteraction-s3cret/messages/@original", false, "", Value::Null),
        ("POST /api/v10/webhooks/77/1nteraction-s3cret", false, "message_reference", Value::Null),
        ("POST /api/v10/channels/9/messages", true, "enforce_nonce", json!(true)),
        ("POST /api/v10/channels/9/messages", true, "nonce", json!("n")),
        ("PATCH /api/v10/channels/9/messages/5", true, "enforce_nonce", Value::Null),
        ("PUT /api/v10/applications/77/commands", true, "0", Value::Null),
        ("PUT /api/v10/applications/77/guilds/3/commands", true, "0", Value::Null),
        ("DELETE /api/v10/users/@me/guilds/3", true, "", Value::Null),
    ]) {
        assert_eq!(seen.line, line);
        assert_eq!(seen.headers.contains(&format!("authorization: Bot {TOKEN}\n")), is_bots, "{line}");
        assert_eq!(seen.headers.contains(TOKEN), is_bots, "{line}");
        assert!(seen.headers.contains("user-agent: DiscordBot (http"), "{}", seen.headers);
        assert!(seen.headers.contains("Referent/"), "{}", seen.headers);
        if field.is_empty() {
            assert_eq!(seen.body, "");
        } else {
            assert_eq!(body(seen)[field], value, "{line}");
            assert!(seen.headers.contains("content-type: application/json\n"), "{}", seen.headers);
        }
    }
    assert_eq!(seen.len(), 9);
    assert_eq!(body(&seen[7]), json!([{ "name": "søg" }]));
}

#[tokio::test]
async fn files_are_sent_along_with_each_try() {
    let file = File { name: "punkt-72.txt".to_owned(), text: "Til efterretning.\n".to_owned() };
    let message = Message { files: vec![file], ..text("Hej") };
    let server = Server::new(&[Step::Drop, OK]).await;
    server.transport().edit_answer(INTERACTION, &message, later()).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for seen in seen {
        assert!(seen.headers.contains("content-type: multipart/form-data; boundary="), "{}", seen.headers);
        for part in [
            "name=\"payload_json\"",
            "\"content\":\"Hej\"",
            "\"attachments\":[{\"filename\":\"punkt-72.txt\",\"id\":0}]",
            "name=\"files[0]\"; filename=\"punkt-72.txt\"",
            "\r\n\r\nTil efterretning.\n\r\n--",
        ] {
            assert!(seen.body.contains(part), "{part} is not in {}", seen.body);
        }
    }
}

#[tokio::test]
async fn what_is_asked_for_comes_with_discords_time() {
    let server = Server::new(&[OK, Step::Say(200, &[], "{}")]).await;
    let transport = server.transport();
    let got = transport.get::<Value>(Route::Gateway, later()).await.unwrap();
    assert_eq!(got.value, json!({ "id": "5" }));
    assert_eq!(got.date, Some("2020-08-12T08:00:02Z".parse().unwrap()));
    assert_eq!(transport.get::<Value>(Route::Gateway, later()).await.unwrap().date, None);
    assert_eq!(server.seen()[0].line, "GET /api/v10/gateway");
}

#[tokio::test]
async fn discord_itself_is_the_default() {
    let token = || Token::parse(TOKEN).unwrap();
    let real = Transport::new(token(), Api::Discord).unwrap();
    assert_eq!(real.url(Route::Gateway), "https://discord.com/api/v10/gateway");
    let http = real.http();
    assert!(http.ratelimiter.is_some() && http.proxy.is_none());
    let plain = Transport::new(token(), Api::parse("http://[::1]:80/").unwrap()).unwrap();
    assert_eq!(plain.url(Route::Gateway), "http://[::1]:80/api/v10/gateway");
    let http = plain.http();
    assert!(http.ratelimiter.is_none() && http.proxy.as_deref() == Some("http://[::1]:80"));
}
