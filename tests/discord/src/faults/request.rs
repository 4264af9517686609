//! What goes wrong with a request on purpose.

use std::time::{Duration, SystemTime};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::rest::set_header;

/// The body of an answer that nobody can read.
const GARBAGE: &str = r#"{"id": "12", "channel_id": "#;

/// A fault of a request.
#[derive(Debug, Clone)]
pub(crate) struct RequestFault {
    /// How long nothing happens first.
    pub(crate) hang: Duration,
    /// Whether the request is carried out all the same.
    pub(crate) after: bool,
    pub(crate) lie: Lie,
    /// Headers of the answer that are added or replaced.
    pub(crate) headers: Vec<(String, String)>,
}

/// What is answered instead of the truth.
#[derive(Debug, Clone)]
pub(crate) enum Lie {
    /// The truth is answered, late or with other headers.
    None,
    /// The connection ends without an answer.
    Cut,
    /// A status, and a body if it is given.
    Status(u16, Option<String>),
    /// A status and half an object.
    Garbage(u16),
    /// Too many requests.
    Limited {
        /// In seconds.
        retry_after: f64,
        header: RetryHeader,
        /// Whether everything is limited and not this route only.
        global: bool,
    },
}

/// How the header `Retry-After` is written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RetryHeader {
    /// Seconds with their fraction.
    Seconds,
    /// A date, as HTTP allows.
    Date,
    /// Not at all.
    None,
    /// A word.
    Malformed,
}

impl Lie {
    /// Whether the request is carried out, when nothing else is said.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The answer; `None` when the truth is told, and when nothing is.
    pub(crate) fn answer(&self) -> Option<Response> {
        match self {
            Self::None | Self::Cut => None,
            Self::Status(code, body) => {
                let told = status(*code);
                let body = body.clone();
                let body =
                    body.unwrap_or_else(|| json!({ "message": told.to_string(), "code": 0 }).to_string());
                Some((told, [(header::CONTENT_TYPE, "application/json")], body).into_response())
            }
            Self::Garbage(code) => {
                Some((status(*code), [(header::CONTENT_TYPE, "application/json")], GARBAGE).into_response())
            }
            Self::Limited { retry_after, header, global } => Some(limited(*retry_after, *header, *global)),
        }
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn limited(retry_after: f64, header: RetryHeader, global: bool) -> Response {
    let body =
        json!({ "message": "You are being rate limited.", "retry_after": retry_after, "global": global });
    let mut response = (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response();
    let headers = response.headers_mut();
    let written = match header {
        RetryHeader::Seconds => Some(retry_after.to_string()),
        RetryHeader::Date => Some(http_date(SystemTime::now() + Duration::from_secs_f64(retry_after))),
        RetryHeader::None => None,
        RetryHeader::Malformed => Some("soon".to_owned()),
    };
    if let Some(written) = written {
        set_header(headers, "retry-after", &written);
    }
    set_header(headers, "x-ratelimit-scope", if global { "global" } else { "user" });
    if global {
        set_header(headers, "x-ratelimit-global", "true");
    }
    response
}

/// A date as HTTP writes it (RFC 9110, 5.6.7).
fn http_date(time: SystemTime) -> String {
    let Ok(time) = jiff::Timestamp::try_from(time) else { return String::new() };
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn dates_are_written_as_http_writes_them() {
        let time = UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
