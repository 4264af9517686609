//! What Discord says about its rate limits: <https://discord.com/developers/docs/topics/rate-limits>.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde_json::Value;

use super::pace;

/// A refusal with status 429.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// How long to wait; never nothing.
    pub(super) pause: Duration,
    /// Whether it goes for all that the bot sends, and not only for this route.
    pub(super) global: bool,
}

/// What a refusal with status 429 says. `body` is None when it is not JSON.
///
/// The `Retry-After` header (seconds, or a date as HTTP allows) goes before the body's `retry_after`; when neither can be read,
/// [`pace::DEFAULT_LIMIT`] is taken.
pub(super) fn limit(headers: &HeaderMap, body: Option<&Value>, now: Timestamp) -> Limit {
    let said = header(headers, RETRY_AFTER.as_str())
        .and_then(|text| seconds(text).or_else(|| until_date(text, date(headers).unwrap_or(now))))
        .or_else(|| body.and_then(|body| body["retry_after"].as_f64()).and_then(duration));
    let is_global = header(headers, "x-ratelimit-global").is_some_and(|text| text.eq_ignore_ascii_case("true"))
        || header(headers, "x-ratelimit-scope").is_some_and(|text| text.eq_ignore_ascii_case("global"))
        || body.is_some_and(|body| body["global"] == true)
        // Discord itself always answers in JSON. What does not comes from the guard before it, and goes for the whole machine.
        || body.is_none();
    Limit {
        pause: said.unwrap_or(pace::DEFAULT_LIMIT).clamp(pace::SHORTEST_LIMIT, pace::LONGEST_LIMIT),
        global: is_global,
    }
}

/// How long to wait before the next request of the same route, when this was the last one that is allowed; else None.
pub(super) fn spent(headers: &HeaderMap) -> Option<Duration> {
    if header(headers, "x-ratelimit-remaining")? != "0" {
        return None;
    }
    seconds(header(headers, "x-ratelimit-reset-after")?).map(|pause| pause.min(pace::LONGEST_LIMIT))
}

/// The time of the answer by the server's clock; None without a readable `Date` header.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    rfc2822::parse(header(headers, DATE.as_str())?).ok().map(|date| date.timestamp())
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn seconds(text: &str) -> Option<Duration> {
    duration(text.parse().ok()?)
}

/// None for what is no length of time: negative, endless or not a number.
fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

/// None for what is no date; nothing when it has passed.
fn until_date(text: &str, now: Timestamp) -> Option<Duration> {
    let then = rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};
    use serde_json::json;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn a_pause_is_found_in_all_its_forms() {
        let now: Timestamp = "2020-08-12T08:00:00Z".parse().unwrap();
        let body = || {
            Some(json!({ "message": "You are being rate limited.", "retry_after": 0.75, "global": false }))
        };
        for (retry_after, other, body, milliseconds) in [
            ("3", None, body(), 3_000),
            (" 3 ", None, body(), 3_000),
            ("0.5", None, body(), 500),
            ("1e0", None, body(), 1_000),
            ("Wed, 12 Aug 2020 08:00:02 GMT", None, body(), 2_000),
            ("Wed, 12 Aug 2020 08:00:02 GMT", Some(("date", "Wed, 12 Aug 2020 07:59:58 GMT")), body(), 4_000),
            ("Wed, 12 Aug 2020 07:59:00 GMT", None, body(), 50),
            ("0", None, body(), 50),
            ("soon", None, body(), 750),
            ("-1", None, body(), 750),
            ("inf", None, body(), 750),
            ("NaN", None, body(), 750),
            ("", None, body(), 750),
            ("1e300", None, body(), 750),
            ("86400", None, body(), 3_600_000),
            ("soon", None, Some(json!({ "retry_after": "soon" })), 1_000),
            ("soon", None, Some(json!({ "retry_after": -4 })), 1_000),
            ("soon", None, None, 1_000),
        ] {
            let mut pairs = vec![("retry-after", retry_after)];
            pairs.extend(other);
            let limit = limit(&headers(&pairs), body.as_ref(), now);
            assert_eq!(
                limit.pause,
                Duration::from_millis(milliseconds),
                "{retry_after:?} {other:?} {body:?}"
            );
        }
        let nothing = Some(json!({}));
        assert_eq!(limit(&HeaderMap::new(), nothing.as_ref(), now).pause, pace::DEFAULT_LIMIT);
    }

    #[test]
    fn limits_of_everything_are_told_from_those_of_a_route() {
        for (pairs, body, global) in [
            (headers(&[]), Some(json!({ "global": true })), true),
            (headers(&[("x-ratelimit-global", "true")]), Some(json!({})), true),
            (headers(&[("x-ratelimit-scope", "global")]), Some(json!({})), true),
            (headers(&[("x-ratelimit-scope", "user")]), Some(json!({ "global": false })), false),
            (headers(&[("x-ratelimit-scope", "shared")]), Some(json!({})), false),
            (headers(&[("retry-after", "1")]), None, true),
        ] {
            assert_eq!(
                limit(&pairs, body.as_ref(), Timestamp::UNIX_EPOCH).global,
                global,
                "{pairs:?} {body:?}"
            );
        }
    }

    #[test]
    fn the_last_allowed_request_is_known() {
        for (pairs, pause) in [
            (headers(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "1.5")]), Some(1_500)),
            (headers(&[("x-ratelimit-remaining", "1"), ("x-ratelimit-reset-after", "1.5")]), None),
            (headers(&[("x-ratelimit-remaining", "0")]), None),
            (headers(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "soon")]), None),
            (
                headers(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "1e12")]),
                Some(3_600_000),
            ),
            (headers(&[]), None),
        ] {
            assert_eq!(spent(&pairs), pause.map(Duration::from_millis), "{pairs:?}");
        }
    }

    #[test]
    fn the_servers_clock_is_read() {
        let date = date(&headers(&[("date", "Wed, 12 Aug 2020 08:00:02 GMT")]));
        assert_eq!(date, Some("2020-08-12T08:00:02Z".parse().unwrap()));
        assert_eq!(super::date(&headers(&[("date", "yesterday")])), None);
        assert_eq!(super::date(&HeaderMap::new()), None);
    }
}
