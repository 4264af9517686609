//! Each judge catches what breaks its rules, and lets through what does not. Requests are made by hand: no library stands between.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::process::Command;

use common::client;
use fake_discord::{CHANNEL, Fake, GUILD, Setup, USER};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// Names the folder with Discord's description of its API.
const SCHEMA: &str = "REFERENT_DISCORD_SCHEMA";

/// A request by hand: its status, and what the judges said, as `judge: text`.
async fn sent(fake: &Fake, method: Method, path: &str, body: &Value) -> (u16, Vec<String>) {
    let url = format!("{}/api/v10{path}", fake.api());
    let authorization = format!("Bot {}", fake.token());
    let request = client().request(method, url).header("authorization", authorization).json(body);
    let status = request.send().await.unwrap().status().as_u16();
    let found = fake.take_violations().into_iter().map(|it| format!("{}: {}", it.judge, it.text)).collect();
    (status, found)
}

fn post_path() -> String {
    format!("/channels/{CHANNEL}/messages")
}

fn commands_path(fake_application: u64) -> String {
    format!("/applications/{fake_application}/commands")
}

/// A message that is right, with `more` laid over it.
fn message(more: Value) -> Value {
    let mut message = json!({
        "content": "Til efterretning.", "embeds": [], "components": [], "attachments": [],
        "allowed_mentions": { "parse": [], "replied_user": false },
    });
    if let (Value::Object(message), Value::Object(more)) = (&mut message, more) {
        message.extend(more);
    }
    message
}

fn button(custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "Mere", "custom_id": custom_id })
}

fn row(buttons: &[Value]) -> Value {
    json!([{ "type": 1, "components": buttons }])
}

fn embed(more: Value) -> Value {
    let mut embed = json!({ "title": "Sag", "description": "Tekst" });
    if let (Value::Object(embed), Value::Object(more)) = (&mut embed, more) {
        embed.extend(more);
    }
    json!([embed])
}

fn command(more: Value) -> Value {
    let mut command = json!({ "name": "søg", "description": "Søger", "options": [
        { "type": 3, "name": "ord", "description": "Ord", "required": true, "max_length": 80 },
    ]});
    if let (Value::Object(command), Value::Object(more)) = (&mut command, more) {
        command.extend(more);
    }
    json!([command])
}

#[tokio::test]
async fn what_is_right_passes() {
    let fake = Fake::start(Setup::default()).await;
    let six_thousand =
        json!([{ "title": "t", "description": "d".repeat(4_096) }, { "description": "e".repeat(1_903) }]);
    let bodies = [
        message(json!({})),
        message(json!({ "content": "æ".repeat(2_000) })),
        message(json!({ "embeds": six_thousand })),
        message(json!({ "embeds": embed(json!({ "timestamp": "2020-08-12T10:00:00Z", "color": 255 })) })),
        message(
            json!({ "components": row(&[button("a"), button("b"), json!({ "type": 2, "style": 5, "label": "Kilde", "url": "https://herning.dk/a?b=c" })]) }),
        ),
        message(json!({ "nonce": "n".repeat(25), "enforce_nonce": true, "flags": 4096 })),
        message(json!({ "message_reference": { "message_id": "1", "fail_if_not_exists": false } })),
    ];
    for body in bodies {
        let (status, found) = sent(&fake, Method::POST, &post_path(), &body).await;
        assert_eq!((status, found), (200, Vec::new()), "{body}");
    }
    let commands =
        command(json!({ "default_member_permissions": "32", "contexts": [0, 1], "integration_types": [0] }));
    let path = commands_path(fake_discord::APPLICATION);
    assert_eq!(sent(&fake, Method::PUT, &path, &commands).await, (200, Vec::new()));
    let dm = json!({ "recipient_id": USER.to_string() });
    assert_eq!(sent(&fake, Method::POST, "/users/@me/channels", &dm).await, (200, Vec::new()));
    assert_eq!(sent(&fake, Method::GET, &format!("/guilds/{GUILD}"), &Value::Null).await.0, 200);
    fake.take_violations();
}

/// A message that breaks a rule, who says so, and a part of what is said.
fn bad_messages() -> Vec<(Value, &'static str, &'static str)> {
    let long_emoji = "🏛".repeat(1_001);
    let field = |name: &str, value: &str| embed(json!({ "fields": [{ "name": name, "value": value }] }));
    let two_rows = json!([
        { "type": 1, "components": [button("a")] }, { "type": 1, "components": [button("a")] },
    ]);
    let six_rows: Vec<Value> = (0..6).map(|it| row(&[button(&it.to_string())])[0].clone()).collect();
    let eleven_embeds: Vec<Value> = (0..11).map(|_| json!({ "title": "t" })).collect();
    let empty = json!({ "content": "", "embeds": [], "components": [] });
    let six: Vec<Value> = (0..6).map(|it| button(&it.to_string())).collect();
    vec![
        (message(json!({ "content": "x".repeat(2_001) })), "own", "content"),
        (message(json!({ "content": "x".repeat(2_001) })), "twilight", "content"),
        (message(json!({ "content": long_emoji })), "own", "2002 UTF-16"),
        (
            message(
                json!({ "embeds": embed(json!({ "description": "d".repeat(4_096), "footer": { "text": "f".repeat(1_902) } })) }),
            ),
            "own",
            "6001",
        ),
        (message(json!({ "embeds": embed(json!({ "title": "t".repeat(257) })) })), "own", "embed 0/title"),
        (message(json!({ "embeds": embed(json!({ "title": "t".repeat(257) })) })), "twilight", "Title"),
        (message(json!({ "embeds": field("", "v") })), "own", "empty /name"),
        (message(json!({ "embeds": field("n", " ") })), "own", "empty /value"),
        (message(json!({ "embeds": field("n", &"v".repeat(1_025)) })), "own", "field/value"),
        (message(json!({ "embeds": embed(json!({ "timestamp": "i går" })) })), "own", "timestamp"),
        (message(json!({ "embeds": eleven_embeds })), "twilight", "embeds"),
        (message(json!({ "embeds": "ingen" })), "twilight", "invalid type"),
        (message(json!({ "components": row(&six) })), "own", "6 buttons"),
        (message(json!({ "components": row(&[]) })), "own", "0 buttons"),
        (message(json!({ "components": six_rows })), "twilight", "component"),
        (message(json!({ "components": two_rows })), "own", "stands twice"),
        (
            message(json!({ "components": row(&[json!({ "type": 2, "style": 1, "label": "x" })]) })),
            "own",
            "custom_id",
        ),
        (
            message(json!({ "components": row(&[json!({ "type": 2, "style": 1, "label": "x" })]) })),
            "twilight",
            "",
        ),
        (
            message(json!({ "components": row(&[json!({ "type": 2, "style": 5, "label": "x" })]) })),
            "own",
            "url",
        ),
        (
            message(
                json!({ "components": row(&[json!({ "type": 2, "style": 5, "label": "x", "url": "file:///etc" })]) }),
            ),
            "own",
            "neither http",
        ),
        (
            message(json!({ "components": row(&[json!({ "type": 2, "style": 1, "custom_id": "x" })]) })),
            "own",
            "label",
        ),
        (message(json!({ "components": row(&[button(&"c".repeat(101))]) })), "own", "custom_id"),
        (
            message(
                json!({ "components": row(&[json!({ "type": 2, "style": 1, "label": "l".repeat(81), "custom_id": "x" })]) }),
            ),
            "own",
            "label",
        ),
        (message(json!({ "nonce": "n".repeat(26), "enforce_nonce": true })), "own", "nonce"),
        (message(json!({ "enforce_nonce": true })), "own", "nonce"),
        (message(json!({ "embed": {} })), "own", "unknown field embed"),
        (message(empty.clone()), "own", "empty message"),
        (message(json!({ "allowed_mentions": null })), "own", "allowed_mentions"),
        (message(json!({ "allowed_mentions": { "parse": ["users"] } })), "own", "allowed_mentions"),
        (message(json!({ "allowed_mentions": { "parse": [], "users": ["1"] } })), "own", "allowed_mentions"),
        (
            message(json!({ "allowed_mentions": { "parse": [], "replied_user": true } })),
            "own",
            "allowed_mentions",
        ),
    ]
}

#[tokio::test]
async fn each_bad_message_is_caught() {
    let fake = Fake::start(Setup::default()).await;
    for (body, judge, part) in bad_messages() {
        let (_, found) = sent(&fake, Method::POST, &post_path(), &body).await;
        let caught = found.iter().any(|it| it.starts_with(&format!("{judge}: ")) && it.contains(part));
        assert!(caught, "{judge} is to say »{part}« of {body}, and there is {found:?}");
    }
}

#[tokio::test]
async fn what_discord_would_refuse_is_refused_and_what_only_we_do_not_want_is_not() {
    let fake = Fake::start(Setup::default()).await;
    let cases = [
        (message(json!({ "content": "x".repeat(2_001) })), 400),
        (message(json!({ "content": "" })), 400),
        (message(json!({ "allowed_mentions": null })), 200),
        (message(json!({ "embed": {} })), 200),
    ];
    for (body, expected) in cases {
        let (status, found) = sent(&fake, Method::POST, &post_path(), &body).await;
        assert_eq!(status, expected, "{body}: {found:?}");
        assert!(!found.is_empty(), "{body}");
    }
    assert_eq!(fake.messages(CHANNEL).len(), 2);
}

#[tokio::test]
async fn each_bad_command_is_caught() {
    let fake = Fake::start(Setup::default()).await;
    let option = |more: Value| {
        let mut option = json!({ "type": 3, "name": "ord", "description": "Ord" });
        if let (Value::Object(option), Value::Object(more)) = (&mut option, more) {
            option.extend(more);
        }
        command(json!({ "options": [option] }))
    };
    let choices: Vec<Value> =
        (0..26).map(|it| json!({ "name": it.to_string(), "value": it.to_string() })).collect();
    let twice = json!([command(json!({}))[0], command(json!({}))[0]]);
    let late = json!([{ "type": 3, "name": "a", "description": "A" }, { "type": 3, "name": "b", "description": "B", "required": true }]);
    let cases = [
        (command(json!({ "name": "Søg" })), "own", "lower case"),
        (command(json!({ "name": "Søg" })), "twilight", ""),
        (command(json!({ "name": "to ord" })), "own", "lower case"),
        (command(json!({ "name": "x".repeat(33) })), "own", "name"),
        (command(json!({ "description": "" })), "own", "description"),
        (command(json!({ "description": "x".repeat(101) })), "twilight", "description"),
        (command(json!({ "description_localizations": { "en-GB": "x".repeat(101) } })), "own", "description"),
        (command(json!({ "farve": 1 })), "own", "unknown field farve"),
        (option(json!({ "name": "Ord" })), "own", "lower case"),
        (option(json!({ "påkrævet": true })), "own", "unknown field"),
        (option(json!({ "choices": choices })), "own", "26 choices"),
        (option(json!({ "choices": [{ "name": "", "value": "v" }] })), "own", "choice"),
        (
            option(json!({ "choices": [{ "name": "a", "value": "v" }], "autocomplete": true })),
            "own",
            "autocomplete",
        ),
        (command(json!({ "options": late })), "twilight", "required"),
        (twice, "own", "stands twice"),
        (json!({ "name": "søg" }), "own", "no list"),
    ];
    for (body, judge, part) in cases {
        let (status, found) =
            sent(&fake, Method::PUT, &commands_path(fake_discord::APPLICATION), &body).await;
        let caught = found.iter().any(|it| it.starts_with(&format!("{judge}: ")) && it.contains(part));
        assert!(caught, "{judge} is to say »{part}« of {body}, and there is {status} {found:?}");
    }
}

#[tokio::test]
async fn each_bad_callback_is_caught() {
    let fake = Fake::start(Setup::default()).await;
    let choices = |count: usize, name: &str| {
        let choice = json!({ "name": name, "value": "v" });
        json!({ "type": 8, "data": { "choices": vec![choice; count] } })
    };
    let cases = [
        (choices(26, "n"), "own", "26 of at most 25"),
        (choices(1, &"n".repeat(101)), "own", "choice, name"),
        (choices(1, ""), "own", "choice"),
        (choices(1, &"n".repeat(101)), "twilight", ""),
        (json!({ "type": 4, "data": { "content": "x" } }), "own", "allowed_mentions"),
        (json!({ "type": 7, "data": { "content": "x" } }), "own", "allowed_mentions"),
        (json!({ "type": 4, "data": message(json!({ "nonce": "1" })) }), "own", "unknown field nonce"),
        (json!({ "type": 4 }), "own", "empty message"),
        (json!({ "type": 5, "data": { "farve": 1 } }), "own", "unknown field farve"),
        (json!({ "type": 4, "data": message(json!({})), "ekstra": 1 }), "own", "unknown field ekstra"),
        (json!({ "type": 77 }), "twilight", "77"),
    ];
    for (body, judge, part) in cases {
        let (_, found) = sent(&fake, Method::POST, "/interactions/1/t/callback", &body).await;
        let caught = found.iter().any(|it| it.starts_with(&format!("{judge}: ")) && it.contains(part));
        assert!(caught, "{judge} is to say »{part}« of {body}, and there is {found:?}");
    }
}

#[tokio::test]
async fn files_and_their_descriptions_belong_together() {
    let fake = Fake::start(Setup::default()).await;
    let url = format!("{}/api/v10{}", fake.api(), post_path());
    let post = async |payload: Value, files: &[(&'static str, &'static str)]| {
        let mut form = Form::new()
            .part("payload_json", Part::text(payload.to_string()).mime_str("application/json").unwrap());
        for (part, name) in files {
            form = form.part(*part, Part::text("indhold").file_name(*name));
        }
        let authorization = format!("Bot {}", fake.token());
        let answer =
            client().post(&url).header("authorization", authorization).multipart(form).send().await.unwrap();
        let found: Vec<String> = fake.take_violations().into_iter().map(|it| it.text).collect();
        (answer.status().as_u16(), found)
    };
    let described = message(json!({ "attachments": [{ "id": 0, "filename": "svar.txt" }] }));
    assert_eq!(post(described.clone(), &[("files[0]", "x.txt")]).await, (200, vec![]));
    let shown = fake.messages(CHANNEL);
    assert_eq!(shown[0].attachments[0].name, "svar.txt");
    assert_eq!(shown[0].attachments[0].bytes, b"indhold");
    let (_, found) = post(described.clone(), &[("files[1]", "x.txt")]).await;
    assert!(found[0].contains("not among the attachments"), "{found:?}");
    let (status, found) = post(described, &[("andet", "x.txt")]).await;
    assert!(status == 400 && found[0].contains("cannot be read"), "{found:?}");
}

#[tokio::test]
async fn what_is_no_route_is_a_violation() {
    let fake = Fake::start(Setup::default()).await;
    let cases = [
        (Method::GET, "/channels/1/typing/x", 404, "no such route"),
        (Method::DELETE, "/users/@me", 404, "no such route"),
        (Method::GET, "/gateway", 200, "a body where none is wanted"),
    ];
    for (method, path, expected, part) in cases {
        let (status, found) = sent(&fake, method, path, &json!({})).await;
        assert_eq!(status, expected, "{path}");
        assert!(found.iter().any(|it| it.contains(part)), "{path}: {found:?}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_as_discord_does() {
    let fake = Fake::start(Setup::default()).await;
    for authorization in ["Bot wrong", "Bearer x", ""] {
        let url = format!("{}/api/v10/users/@me", fake.api());
        let answer = client().get(url).header("authorization", authorization).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert_eq!(
            answer.json::<Value>().await.unwrap(),
            json!({ "message": "401: Unauthorized", "code": 0 })
        );
    }
}

#[tokio::test]
#[should_panic(expected = "the judges found")]
async fn violations_that_nobody_took_make_the_end_a_panic() {
    let fake = Fake::start(Setup::default()).await;
    // There is such a path, but not here.
    let answer = client().get(format!("{}/gateway", fake.api())).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(fake.violations().len(), 1);
}

#[tokio::test]
async fn nothing_is_judged_when_it_is_switched_off() {
    let fake = Fake::start(Setup { judge: false, ..Setup::default() }).await;
    let body = message(json!({ "content": "x".repeat(2_001) }));
    assert_eq!(sent(&fake, Method::POST, &post_path(), &body).await, (200, Vec::new()));
    assert!(fake.log().is_empty());
}

#[tokio::test]
async fn discords_own_description_catches_what_it_describes() {
    if std::env::var_os(SCHEMA).is_none_or(|it| it.is_empty()) {
        eprintln!("skipped: {SCHEMA} is not set");
        return;
    }
    let fake = Fake::start(Setup::default()).await;
    let six: Vec<Value> = (0..6).map(|it| button(&it.to_string())).collect();
    let choices = vec![json!({ "name": "n", "value": "v" }); 26];
    let cases = [
        (Method::POST, post_path(), message(json!({ "embeds": embed(json!({ "title": "t".repeat(257) })) }))),
        (Method::POST, post_path(), message(json!({ "components": row(&six) }))),
        (Method::POST, post_path(), message(json!({ "nonce": "n".repeat(26) }))),
        (Method::POST, post_path(), message(json!({ "attachments": [{ "filename": "x" }] }))),
        (Method::PATCH, format!("{}/1", post_path()), message(json!({ "flags": "64" }))),
        (
            Method::POST,
            "/interactions/1/t/callback".to_owned(),
            json!({ "type": 8, "data": { "choices": choices } }),
        ),
        (
            Method::POST,
            "/interactions/1/t/callback".to_owned(),
            json!({ "type": 4, "data": message(json!({ "components": row(&six) })) }),
        ),
        (
            Method::POST,
            "/webhooks/1/t".to_owned(),
            message(json!({ "embeds": embed(json!({ "color": 16_777_216 })) })),
        ),
        (
            Method::PATCH,
            "/webhooks/1/t/messages/@original".to_owned(),
            message(json!({ "content": "x".repeat(2_001) })),
        ),
        (Method::PUT, commands_path(1), command(json!({ "name": "x".repeat(33) }))),
        (
            Method::PUT,
            format!("/applications/1/guilds/{GUILD}/commands"),
            command(json!({ "options": vec![json!({}); 26] })),
        ),
        (Method::POST, "/users/@me/channels".to_owned(), json!({ "recipient_id": "Anne" })),
    ];
    for (method, path, body) in cases {
        let (_, found) = sent(&fake, method.clone(), &path, &body).await;
        assert!(found.iter().any(|it| it.starts_with("openapi: ")), "{method} {path} {body}: {found:?}");
    }
}

#[test]
fn a_description_that_is_asked_for_and_not_there_is_told_loudly() {
    // In a process of its own, for the environment is read once.
    let program = std::env::current_exe().unwrap();
    let run = Command::new(program)
        .args(["--exact", "a_wrong_token_is_refused_as_discord_does", "--nocapture"])
        .env(SCHEMA, "/nowhere/at/all")
        .output()
        .unwrap();
    assert!(!run.status.success());
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("REFERENT_DISCORD_SCHEMA is set, but there is no openapi.json"), "{told}");
}
