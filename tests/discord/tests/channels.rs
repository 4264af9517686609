//! Channels by hand: what the bot may do there, nonces, lists, and the limit of posts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{ask, get, message, send};
use fake_discord::permissions::{
    ATTACH_FILES, EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use fake_discord::{
    Asker, CHANNEL, Fake, GUILD, Guild, OTHER_CHANNEL, OTHER_GUILD, Setup, THREAD, USER, User,
};
use reqwest::Method;
use serde_json::{Value, json};

fn posts(channel: u64) -> String {
    format!("/channels/{channel}/messages")
}

async fn code(fake: &Fake, method: Method, path: &str, body: Option<Value>) -> (u16, u64) {
    let got = send(fake, method, path, body.as_ref()).await.unwrap();
    (got.status, got.body["code"].as_u64().unwrap_or_default())
}

#[tokio::test]
async fn permissions_are_asked_for() {
    let fake = Fake::start(Setup::default()).await;
    let embed = json!({ "embeds": [{ "title": "t" }] });
    let cases = [
        (VIEW_CHANNEL, json!({}), (403, 50_001)),
        (SEND_MESSAGES, json!({}), (403, 50_013)),
        (EMBED_LINKS, embed.clone(), (403, 50_013)),
        (EMBED_LINKS, json!({}), (200, 0)),
        (ATTACH_FILES, embed, (200, 0)),
    ];
    for (denied, more, expected) in cases {
        fake.deny(CHANNEL, denied);
        let outcome = code(&fake, Method::POST, &posts(CHANNEL), Some(message("x", more.clone()))).await;
        assert_eq!(outcome, expected, "{denied} {more}");
    }
    // A thread has its own permission to write, and the rest from its channel.
    fake.deny(CHANNEL, SEND_MESSAGES);
    assert_eq!(code(&fake, Method::POST, &posts(THREAD), Some(message("x", json!({})))).await.0, 200);
    fake.deny(CHANNEL, VIEW_CHANNEL);
    assert_eq!(code(&fake, Method::POST, &posts(THREAD), Some(message("x", json!({})))).await, (403, 50_001));
    assert_eq!(code(&fake, Method::GET, &format!("/channels/{CHANNEL}"), None).await, (403, 50_001));
    assert_eq!(
        get(&fake, Method::GET, &format!("/guilds/{GUILD}/channels")).await.1.as_array().map(Vec::len),
        Some(1)
    );
    fake.deny(CHANNEL, READ_MESSAGE_HISTORY);
    assert_eq!(get(&fake, Method::GET, &posts(CHANNEL)).await, (200, json!([])));
    assert_eq!(code(&fake, Method::POST, &posts(1), Some(message("x", json!({})))).await, (404, 10_003));
}

#[tokio::test]
async fn direct_messages_are_opened_and_may_be_closed() {
    let closed = User { takes_dms: false, ..User::member(9, "Dorthe", &[GUILD], &[]) };
    let mut setup = Setup::default();
    setup.users.push(closed);
    let fake = Fake::start(setup).await;
    let open = async |user: u64| {
        ask(&fake, Method::POST, "/users/@me/channels", json!({ "recipient_id": user.to_string() })).await
    };
    let (_, channel) = open(USER).await;
    let path = format!("/channels/{}/messages", channel["id"].as_str().unwrap());
    assert_eq!(ask(&fake, Method::POST, &path, message("hej", json!({}))).await.0, 200);
    assert_eq!(fake.next_message(fake.dm(USER)).await.content, "hej");
    let (_, shut) = open(9).await;
    let path = format!("/channels/{}/messages", shut["id"].as_str().unwrap());
    assert_eq!(code(&fake, Method::POST, &path, Some(message("hej", json!({})))).await, (403, 50_007));
    assert_eq!(open(404).await.1["code"], 10_013);
    assert_eq!(open(fake_discord::APPLICATION).await.1["code"], 50_007);
}

#[tokio::test]
async fn a_nonce_counts_in_its_channel_and_when_it_is_to() {
    let fake = Fake::start(Setup::default()).await;
    let once = |text: &str| message(text, json!({ "nonce": "n", "enforce_nonce": true }));
    let (_, first) = ask(&fake, Method::POST, &posts(CHANNEL), once("et")).await;
    let (status, again) = ask(&fake, Method::POST, &posts(CHANNEL), once("to")).await;
    assert_eq!((status, &again["id"], &again["content"]), (200, &first["id"], &json!("et")));
    let (_, elsewhere) = ask(&fake, Method::POST, &posts(OTHER_CHANNEL), once("tre")).await;
    assert_ne!(elsewhere["id"], first["id"]);
    let (_, loose) =
        ask(&fake, Method::POST, &posts(CHANNEL), message("fire", json!({ "nonce": "n" }))).await;
    assert_ne!(loose["id"], first["id"]);
    assert_eq!(fake.messages(CHANNEL).len(), 2);
}

#[tokio::test]
async fn replies_name_a_message_that_is_there() {
    let fake = Fake::start(Setup::default()).await;
    let asked = fake.say(&Asker::default(), "hvad?").await;
    let reply = |to: u64, strict: bool| {
        message(
            "svar",
            json!({ "message_reference": { "message_id": to.to_string(), "fail_if_not_exists": strict } }),
        )
    };
    let (_, answer) = ask(&fake, Method::POST, &posts(CHANNEL), reply(asked.id, true)).await;
    assert_eq!(answer["message_reference"]["message_id"], asked.id.to_string());
    let (status, _) = ask(&fake, Method::POST, &posts(CHANNEL), reply(5, true)).await;
    assert_eq!(status, 400);
    let (status, answer) = ask(&fake, Method::POST, &posts(CHANNEL), reply(5, false)).await;
    assert_eq!((status, answer.get("message_reference")), (200, None));
}

#[tokio::test]
async fn lists_are_cut_as_they_are_asked_for() {
    let fake = Fake::start(Setup::default()).await;
    let mut ids = Vec::new();
    for number in 0..6 {
        let (_, posted) =
            ask(&fake, Method::POST, &posts(CHANNEL), message(&number.to_string(), json!({}))).await;
        ids.push(posted["id"].as_str().unwrap().to_owned());
    }
    let cases = [
        (String::new(), "543210"),
        ("?limit=2".to_owned(), "54"),
        (format!("?limit=2&before={}", ids[3]), "21"),
        (format!("?after={}&limit=2", ids[1]), "32"),
        (format!("?after={}", ids[5]), ""),
    ];
    for (query, expected) in cases {
        let (_, listed) = get(&fake, Method::GET, &format!("{}{query}", posts(CHANNEL))).await;
        let texts: String =
            listed.as_array().unwrap().iter().map(|it| it["content"].as_str().unwrap()).collect();
        assert_eq!(texts, expected, "{query}");
    }
}

#[tokio::test]
async fn others_messages_are_theirs_and_their_texts_are_not_shown() {
    let fake = Fake::start(Setup::default()).await;
    let said = fake.say(&Asker::default(), "til ingen").await;
    let path = format!("{}/{}", posts(CHANNEL), said.id);
    assert_eq!(get(&fake, Method::GET, &path).await.1["content"], "");
    assert_eq!(code(&fake, Method::PATCH, &path, Some(message("x", json!({})))).await, (403, 50_005));
    assert_eq!(code(&fake, Method::DELETE, &path, None).await, (403, 50_013));
    let mention = fake.say(&Asker::default(), &format!("{} hej", fake.mention())).await;
    let path = format!("{}/{}", posts(CHANNEL), mention.id);
    assert_eq!(get(&fake, Method::GET, &path).await.1["content"], json!(mention.content));
}

#[tokio::test]
async fn a_channel_takes_five_posts_in_five_seconds_when_it_is_limited() {
    let fake = Fake::start(Setup { limits: true, ..Setup::default() }).await;
    let post = async |channel: u64| {
        send(&fake, Method::POST, &posts(channel), Some(&message("x", json!({})))).await.unwrap()
    };
    for left in (0..5).rev() {
        let got = post(CHANNEL).await;
        assert_eq!(
            (got.status, got.headers["x-ratelimit-remaining"].to_str().unwrap()),
            (200, left.to_string().as_str())
        );
    }
    let got = post(CHANNEL).await;
    assert_eq!((got.status, &got.body["global"]), (429, &json!(false)));
    let wait = got.body["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 5.0, "{wait}");
    let told: f64 = got.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(told >= wait && told.fract() == 0.0, "{told}");
    assert_eq!(got.headers["x-ratelimit-scope"], "user");
    // Another channel has its own.
    assert_eq!(post(OTHER_CHANNEL).await.status, 200);
    tokio::time::sleep(std::time::Duration::from_secs_f64(wait)).await;
    assert_eq!(post(CHANNEL).await.status, 200);
}

#[tokio::test]
async fn guilds_are_joined_and_left() {
    let fake = Fake::start(Setup::default()).await;
    fake.join(Guild::new(77, "Nabokommunen"));
    assert_eq!(get(&fake, Method::GET, "/guilds/77").await.1["name"], "Nabokommunen");
    assert_eq!(
        get(&fake, Method::GET, &format!("/guilds/77/members/{}", fake_discord::APPLICATION)).await.0,
        200
    );
    assert_eq!(get(&fake, Method::GET, &format!("/guilds/77/members/{USER}")).await.1["code"], 10_007);
    assert_eq!(get(&fake, Method::DELETE, "/users/@me/guilds/77").await.0, 204);
    assert!(!fake.is_in(77) && fake.is_in(OTHER_GUILD));
    assert_eq!(get(&fake, Method::GET, "/guilds/77").await.1["code"], 10_004);
}

#[tokio::test]
async fn commands_keep_their_ids_when_they_are_registered_again() {
    let fake = Fake::start(Setup::default()).await;
    let path = format!("/applications/{}/commands", fake_discord::APPLICATION);
    let named = |names: &[&str]| -> Value {
        names.iter().map(|it| json!({ "name": it, "description": "d" })).collect()
    };
    let (_, first) = ask(&fake, Method::PUT, &path, named(&["sag", "møde"])).await;
    let (_, second) = ask(&fake, Method::PUT, &path, named(&["møde", "råd"])).await;
    assert_eq!(first[1]["id"], second[0]["id"]);
    assert_eq!(get(&fake, Method::GET, &path).await.1, second);
    let own = format!("/applications/{}/guilds/{GUILD}/commands", fake_discord::APPLICATION);
    ask(&fake, Method::PUT, &own, named(&["her"])).await;
    assert_eq!(fake.guild_commands(GUILD).len(), 1);
    assert_eq!(get(&fake, Method::GET, &own).await.1[0]["guild_id"], GUILD.to_string());
    let strange = ask(&fake, Method::PUT, "/applications/1/commands", named(&[])).await;
    assert_eq!((strange.0, &strange.1["code"]), (404, &json!(10_002)));
}
