//! Requests by hand: no library stands between the test and the fake.

#![allow(dead_code, reason = "each of the tests that share this takes a part of it")]

use fake_discord::Fake;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// An answer.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Null if it is no JSON.
    pub(crate) body: Value,
}

thread_local! {
    /// One for each test, which has its thread and its runtime: making one reads all authorities from the disk.
    static CLIENT: Client = Client::builder().no_proxy().build().unwrap();
}

/// A client for loopback.
pub(crate) fn client() -> Client {
    CLIENT.with(Client::clone)
}

/// Sends a request with the bot's token; an error is a connection that ended without an answer.
pub(crate) async fn send(
    fake: &Fake,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Got, reqwest::Error> {
    let url = format!("{}/api/v10{path}", fake.api());
    let mut request = client().request(method, url).header("authorization", format!("Bot {}", fake.token()));
    if let Some(body) = body {
        request = request.json(body);
    }
    let answer = request.send().await?;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = answer.json().await.unwrap_or_default();
    Ok(Got { status, headers, body })
}

/// A request with a body: status and answer.
pub(crate) async fn ask(fake: &Fake, method: Method, path: &str, body: Value) -> (u16, Value) {
    let got = send(fake, method, path, Some(&body)).await.unwrap();
    (got.status, got.body)
}

/// A request without a body: status and answer.
pub(crate) async fn get(fake: &Fake, method: Method, path: &str) -> (u16, Value) {
    let got = send(fake, method, path, None).await.unwrap();
    (got.status, got.body)
}

/// A message that is right, with `more` laid over it.
pub(crate) fn message(text: &str, more: Value) -> Value {
    let mut message = json!({ "content": text, "allowed_mentions": { "parse": [] } });
    if let (Value::Object(message), Value::Object(more)) = (&mut message, more) {
        message.extend(more);
    }
    message
}
