//! Rate limits: the headers on every answer, and the real limit of a channel when it is on.
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::Route;

/// How much of what is limited was used.
#[derive(Default)]
pub(crate) struct Buckets;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET_AFTER: HeaderName = HeaderName::from_static("x-ratelimit-reset-after");

/// The headers of a limit that nobody reaches.
pub(crate) fn generous(headers: &mut HeaderMap, _route: &Route, _path: &str) {
    headers.insert(LIMIT, HeaderValue::from_static("1000"));
    headers.insert(REMAINING, HeaderValue::from_static("999"));
    headers.insert(RESET_AFTER, HeaderValue::from_static("1.000"));
}
