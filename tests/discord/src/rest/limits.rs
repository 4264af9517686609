//! Rate limits: the headers on every answer, and the real limits of a bot and of a channel when they are on.
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::{Call, Route};
use crate::state::State;

/// What a channel takes in a [`WINDOW`].
const POSTS: u32 = 5;
/// After this a channel's bucket is full again.
const WINDOW: Duration = Duration::from_secs(5);
/// What a bot may ask in a [`SECOND`], answers to interactions apart. Discord does not say whether its seconds are those of a clock;
/// here it is any second, which no bot can be lucky with.
const GLOBAL: usize = 50;
const SECOND: Duration = Duration::from_secs(1);
/// The limit that is told where there is none.
const GENEROUS: u32 = 1_000;

const LIMITED: &str = "/channels/{channel_id}/messages";

/// How much of what is limited was used.
#[derive(Default)]
pub(crate) struct Limits {
    /// By method and channel: since when, and how often.
    channels: HashMap<(&'static str, String), (Instant, u32)>,
    /// When the bot asked something within the last second.
    all: VecDeque<Instant>,
    pub(crate) given: Limited,
}

/// How often a bot was told that it asks too much; what faults say is not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limited {
    /// Because of everything it asked.
    pub global: usize,
    /// Because of one channel.
    pub channel: usize,
}

/// Which limit a request met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Channel,
    Everything,
}

/// What a bucket says after a request.
pub(crate) struct Level {
    limit: u32,
    remaining: u32,
    reset_after: Duration,
    bucket: String,
    /// Why the request is not carried out, if it is not.
    exceeded: Option<Reach>,
}

impl Level {
    /// Of a route without limits.
    fn generous(route: &Route) -> Self {
        Self {
            limit: GENEROUS,
            remaining: GENEROUS - 1,
            reset_after: Duration::from_secs(1),
            bucket: bucket(route),
            exceeded: None,
        }
    }

    pub(crate) fn is_exceeded(&self) -> bool {
        self.exceeded.is_some()
    }

    pub(crate) fn is_global(&self) -> bool {
        self.exceeded == Some(Reach::Everything)
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
        if self.is_global() {
            set(headers, "x-ratelimit-global", "true");
        }
        if self.is_exceeded() {
            set(headers, "x-ratelimit-scope", if self.is_global() { "global" } else { "user" });
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

/// Counts a request. `limits` says whether the real limits are kept.
pub(crate) fn count(state: &mut State, route: &Route, call: &Call, limits: bool) -> Level {
    let level = if limits { state.limits.level(route, call) } else { Level::generous(route) };
    match level.exceeded {
        Some(Reach::Everything) => state.limits.given.global += 1,
        Some(Reach::Channel) => state.limits.given.channel += 1,
        None => {}
    }
    level
}

impl Limits {
    fn level(&mut self, route: &Route, call: &Call) -> Level {
        let level = Level::generous(route);
        // What goes by an interaction's token is not the bot's.
        if route.bot
            && let Some(reset_after) = self.until_room(call.arrived)
        {
            return Level { exceeded: Some(Reach::Everything), remaining: 0, reset_after, ..level };
        }
        if !route.path.starts_with(LIMITED) || !matches!(route.method, "POST" | "PATCH") {
            return level;
        }
        let key = (route.method, call.part(0).to_owned());
        let (since, used) = self.channels.entry(key).or_insert((call.arrived, 0));
        if call.arrived.saturating_duration_since(*since) >= WINDOW {
            (*since, *used) = (call.arrived, 0);
        }
        *used += 1;
        Level {
            exceeded: (*used > POSTS).then_some(Reach::Channel),
            limit: POSTS,
            remaining: POSTS.saturating_sub(*used),
            reset_after: WINDOW.saturating_sub(call.arrived.saturating_duration_since(*since)),
            ..level
        }
    }

    /// Counts a request to all that were in the last second; if there were too many, it is not counted, and this is how long to wait.
    fn until_room(&mut self, now: Instant) -> Option<Duration> {
        while self.all.front().is_some_and(|at| now.saturating_duration_since(*at) >= SECOND) {
            self.all.pop_front();
        }
        match self.all.front() {
            Some(first) if self.all.len() >= GLOBAL => {
                Some(SECOND.saturating_sub(now.saturating_duration_since(*first)))
            }
            _ => {
                self.all.push_back(now);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_second_has_room_for_fifty() {
        let start = Instant::now();
        let mut limits = Limits::default();
        let mut ask = |ms: u64| limits.until_room(start + Duration::from_millis(ms)).map(|it| it.as_millis());
        for number in 0..50 {
            assert_eq!(ask(if number < 25 { 900 } else { 950 }), None, "{number}");
        }
        // What is refused does not count, and the turn of the clock's second does not help.
        for (ms, expected) in [(999, Some(901)), (1_100, Some(800)), (1_899, Some(1)), (1_900, None)] {
            assert_eq!(ask(ms), expected, "{ms}");
        }
        let taken = (0..50).filter(|_| ask(1_949).is_none()).count();
        assert_eq!((taken, ask(1_949), ask(1_950)), (24, Some(1), None));
    }
}
