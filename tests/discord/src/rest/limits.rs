//! Rate limits: the headers on every answer, and the real limit of a channel when it is on.
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::{Call, Route};
use crate::state::State;

/// What a channel takes in a [`WINDOW`].
const POSTS: u32 = 5;
/// After this a channel's bucket is full again.
const WINDOW: Duration = Duration::from_secs(5);
/// The limit that is told where there is none.
const GENEROUS: u32 = 1_000;

const LIMITED: &str = "/channels/{channel_id}/messages";

/// How much of what is limited was used: by method and channel, since when and how often.
#[derive(Default)]
pub(crate) struct Buckets(HashMap<(&'static str, String), (Instant, u32)>);

/// What a bucket says after a request.
pub(crate) struct Level {
    limit: u32,
    remaining: u32,
    reset_after: Duration,
    bucket: String,
    /// Whether the request is not carried out.
    pub(crate) exceeded: bool,
}

impl Level {
    /// Of a route without limits.
    fn generous(route: &Route) -> Self {
        Self {
            limit: GENEROUS,
            remaining: GENEROUS - 1,
            reset_after: Duration::from_secs(1),
            bucket: bucket(route),
            exceeded: false,
        }
    }

    /// When there is room again, in seconds.
    pub(crate) fn retry_after(&self) -> f64 {
        self.reset_after.as_secs_f64()
    }

    /// Writes the level into an answer.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let reset = (now + self.reset_after).as_secs_f64();
        let told = [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", format!("{reset:.3}")),
            ("x-ratelimit-reset-after", format!("{:.3}", self.retry_after())),
            ("x-ratelimit-bucket", self.bucket.clone()),
        ];
        for (name, value) in told {
            set(headers, name, &value);
        }
        if self.exceeded {
            set(headers, "x-ratelimit-scope", "user");
            // In this header Discord writes whole seconds only.
            set(headers, "retry-after", &format!("{:.0}", self.retry_after().ceil()));
        }
    }
}

/// Sets a header; one that HTTP does not allow is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// The same for all requests of a route; Discord writes a hash.
fn bucket(route: &Route) -> String {
    let hash =
        route.path.bytes().chain(route.method.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    format!("{hash:016x}")
}

/// Counts a request. `limits` says whether channels have their real limit.
pub(crate) fn count(state: &mut State, route: &Route, call: &Call, limits: bool) -> Level {
    let mut level = Level::generous(route);
    if !limits || !route.path.starts_with(LIMITED) || !matches!(route.method, "POST" | "PATCH") {
        return level;
    }
    let key = (route.method, call.part(0).to_owned());
    let (since, used) = state.buckets.0.entry(key).or_insert((call.arrived, 0));
    if call.arrived.saturating_duration_since(*since) >= WINDOW {
        (*since, *used) = (call.arrived, 0);
    }
    *used += 1;
    level.exceeded = *used > POSTS;
    level.limit = POSTS;
    level.remaining = POSTS.saturating_sub(*used);
    level.reset_after = WINDOW.saturating_sub(call.arrived.saturating_duration_since(*since));
    level
}
