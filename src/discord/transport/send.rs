//! How a call is sent: in its turn, within its time, and as often as is safe.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use serenity::http::LightMethod;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::super::pauses::pauses;
use super::call::{self, Call, Repeat};
use super::counts::count;
use super::error::{ALREADY_ANSWERED, SendError, harmless};
use super::lanes::Lane;
use super::limit::{self, Limit};
use super::{Transport, pace};

/// Discord's word for a request that reached nobody who could carry it out: "There was not a gateway available to process your
/// request", <https://discord.com/developers/docs/topics/opcodes-and-status-codes>. The other server errors leave it open.
const NOT_CARRIED_OUT: StatusCode = StatusCode::BAD_GATEWAY;

/// A call that Discord took.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) headers: HeaderMap,
    /// None when there was none, or when it could not be read to its end.
    pub(super) body: Option<Vec<u8>>,
}

/// How one try ended.
enum Outcome {
    Taken(Reply),
    Refused(SendError),
    Limited(Limit),
    /// No answer, or one that says that the server is out of order.
    Failed {
        what: String,
        /// Whether it may have been carried out all the same.
        is_maybe_done: bool,
    },
    /// The time was up before anything was sent.
    NotStarted,
}

impl Transport {
    /// Sends a call, and sends it again where that is safe, until it is taken, refused or out of time.
    pub(super) async fn send(&self, call: &Call<'_>, until: Instant) -> Result<Reply, SendError> {
        let result = self.queue(call, until).await;
        let counters = &self.inner.counters;
        count(if result.is_ok() { &counters.sent } else { &counters.failed });
        result
    }

    async fn queue(&self, call: &Call<'_>, until: Instant) -> Result<Reply, SendError> {
        let (call::Lane::Channel(channel) | call::Lane::Delivery(channel)) = call.lane else {
            return self.tries(call, None, until).await;
        };
        let lane = self.inner.lanes.lane(channel);
        let _turn = lane.turn(until).await?;
        self.tries(call, Some(&lane), until).await
    }

    async fn tries(&self, call: &Call<'_>, lane: Option<&Lane>, until: Instant) -> Result<Reply, SendError> {
        let mut pauses = pauses(pace::FIRST_PAUSE, pace::LONGEST_PAUSE);
        // When a try first ended so that the call may have been carried out.
        let mut maybe_done: Option<Instant> = None;
        let mut is_first = true;
        // What to say when the time is up.
        let mut last = SendError::OutOfTime;
        loop {
            if let Err(error) = self.pass_gates(call, lane, until).await {
                return Err(in_the_end(call, maybe_done, error));
            }
            let pause = match self.try_once(call, until).await {
                Outcome::NotStarted => return Err(in_the_end(call, maybe_done, last)),
                Outcome::Taken(reply) => {
                    if let (Some(lane), Some(pause)) = (lane, limit::spent(&reply.headers)) {
                        lane.gate.close(pause);
                    }
                    return Ok(reply);
                }
                Outcome::Refused(error) if maybe_done.is_some() && was_done(call, &error) => {
                    return Ok(Reply::default());
                }
                // Nobody else answers our interactions: a try that seemed to fail must have arrived.
                Outcome::Refused(error) if !is_first && is_answered(call, &error) => {
                    return Ok(Reply::default());
                }
                Outcome::Refused(error) => return Err(in_the_end(call, maybe_done, error)),
                Outcome::Limited(limit) => {
                    self.limited(call, lane, &limit);
                    last = SendError::OutOfTime;
                    limit.pause
                }
                Outcome::Failed { what, is_maybe_done } => {
                    if is_maybe_done && matches!(call.repeat, Repeat::Never | Repeat::ByCaller) {
                        return Err(SendError::Uncertain { what });
                    }
                    if is_maybe_done {
                        maybe_done.get_or_insert_with(Instant::now);
                    }
                    last = SendError::Unreachable { what };
                    pauses.next().unwrap_or(pace::LONGEST_PAUSE)
                }
            };
            let next = Instant::now() + pause;
            if next >= until {
                return Err(in_the_end(call, maybe_done, last));
            }
            if maybe_done.is_some_and(|then| !may_repeat(call.repeat, next - then)) {
                return Err(SendError::Uncertain { what: last.to_string() });
            }
            sleep_until(next).await;
            is_first = false;
            count(&self.inner.counters.retried);
            tracing::debug!(call = call.name, cause = %last, "discord is asked again");
        }
    }

    /// Waits until neither Discord's global limit nor the channel's own stands in the way.
    async fn pass_gates(
        &self,
        call: &Call<'_>,
        lane: Option<&Lane>,
        until: Instant,
    ) -> Result<(), SendError> {
        if let Some(lane) = lane {
            lane.gate.pass(until).await?;
        }
        if call.lane == call::Lane::Interaction { Ok(()) } else { self.inner.everything.pass(until).await }
    }

    /// Waits for its turn within Discord's global limit, from a place that it has already: between this and the first byte nothing
    /// else is waited for.
    async fn keep_pace(&self, call: &Call<'_>, until: Instant) -> Result<(), SendError> {
        if call.lane == call::Lane::Interaction {
            return Ok(());
        }
        loop {
            self.inner.everything.pass(until).await?;
            self.inner.pacer.pass(until).await?;
            // It may have been closed while this one waited for its turn.
            if self.inner.everything.is_open() {
                return Ok(());
            }
        }
    }

    /// Where a call of this sort takes its place.
    fn places(&self, call: &Call<'_>) -> &Semaphore {
        match call.lane {
            call::Lane::Interaction => &self.inner.answers,
            call::Lane::Delivery(_) => &self.inner.deliveries,
            call::Lane::Channel(_) | call::Lane::Other => &self.inner.others,
        }
    }

    /// Lets the others know of a limit.
    fn limited(&self, call: &Call<'_>, lane: Option<&Lane>, limit: &Limit) {
        count(&self.inner.counters.limited);
        let pause_ms = limit.pause.as_millis();
        tracing::info!(call = call.name, pause_ms, global = limit.global, "discord limits the rate");
        if limit.global {
            self.inner.everything.close(limit.pause);
        }
        if let Some(lane) = lane {
            lane.gate.close(limit.pause);
        }
    }

    async fn try_once(&self, call: &Call<'_>, until: Instant) -> Outcome {
        let Ok(Ok(_place)) = timeout_at(until, self.places(call).acquire()).await else {
            return Outcome::NotStarted;
        };
        if self.keep_pace(call, until).await.is_err() {
            return Outcome::NotStarted;
        }
        let now = Instant::now();
        if now >= until {
            return Outcome::NotStarted;
        }
        let end = until.min(now + longest_try(call));
        let secrets = [self.inner.token.reveal(), call.interaction_token];
        let response = match timeout_at(end, self.request(call).send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if error.is_builder() => {
                let message = harmless(&innermost(&error), &secrets);
                return Outcome::Refused(SendError::Refused { status: 0, code: 0, message });
            }
            Ok(Err(error)) => {
                let what = harmless(&innermost(&error), &secrets);
                return Outcome::Failed { what, is_maybe_done: !error.is_connect() };
            }
            Err(_) => return Outcome::Failed { what: "no answer in time".to_owned(), is_maybe_done: true },
        };
        let status = response.status();
        let headers = response.headers().clone();
        let body = timeout_at(end, read(response)).await.ok().flatten();
        if status.is_success() {
            return if call.method == LightMethod::Get && body.is_none() {
                Outcome::Failed { what: "the answer breaks off".to_owned(), is_maybe_done: true }
            } else {
                Outcome::Taken(Reply { headers, body })
            };
        }
        let json: Option<Value> = body.and_then(|body| serde_json::from_slice(&body).ok());
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Outcome::Limited(limit::limit(&headers, json.as_ref(), Timestamp::now()));
        }
        if status.is_server_error() {
            let what = format!("status {}", status.as_u16());
            let is_maybe_done = status != NOT_CARRIED_OUT || call.repeat == Repeat::ByCaller;
            return Outcome::Failed { what, is_maybe_done };
        }
        Outcome::Refused(SendError::of_answer(status.as_u16(), json.as_ref(), &secrets))
    }

    fn request(&self, call: &Call<'_>) -> reqwest::RequestBuilder {
        let url = self.url(call.route) + &call.query;
        let mut request = self.inner.client.request(call.method.reqwest_method(), url);
        if call.interaction_token.is_empty() {
            request = request.header(AUTHORIZATION, self.inner.authorization.clone());
        }
        if !call.files.is_empty() {
            return request.multipart(call.form());
        }
        match &call.body {
            Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.clone()),
            None => request,
        }
    }
}

/// Whether a call that may have been carried out `age` ago may be sent again.
fn may_repeat(repeat: Repeat, age: Duration) -> bool {
    match repeat {
        Repeat::Freely | Repeat::TakenOnce => true,
        Repeat::ByNonce => age <= pace::NONCE_LIFE,
        Repeat::Never | Repeat::ByCaller => false,
    }
}

/// What to say of a call that ended with `error`, when an earlier try may have been carried out.
fn in_the_end(call: &Call<'_>, maybe_done: Option<Instant>, error: SendError) -> SendError {
    match call.repeat {
        Repeat::ByNonce if maybe_done.is_some() => SendError::Uncertain { what: error.to_string() },
        _ => error,
    }
}

/// A first answer is given up early for a second try; one with files may really take its time.
fn longest_try(call: &Call<'_>) -> Duration {
    if call.repeat == Repeat::TakenOnce && call.files.is_empty() { pace::ANSWER_TRY } else { pace::TRY }
}

/// Whether this refusal of a repetition says that an earlier try was carried out.
fn was_done(call: &Call<'_>, error: &SendError) -> bool {
    matches!(error, SendError::Gone { .. }) && call.method == LightMethod::Delete
}

/// Whether this refusal says that the interaction has its answer.
fn is_answered(call: &Call<'_>, error: &SendError) -> bool {
    let has_answer = matches!(error, SendError::Refused { code, .. } if *code == ALREADY_ANSWERED);
    has_answer && call.repeat == Repeat::TakenOnce
}

/// The whole body; None when it breaks off or is larger than anything we ask for.
async fn read(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > pace::LARGEST_BODY {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// The cause at the bottom of an error, which is where a library says what really happened. The error itself names the URL.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| "no connection".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::message::File;
    use serenity::http::Route;

    #[test]
    fn a_nonce_is_trusted_for_its_life() {
        let longer = pace::NONCE_LIFE + Duration::from_millis(1);
        for (repeat, age, expected) in [
            (Repeat::ByNonce, pace::NONCE_LIFE, true),
            (Repeat::ByNonce, longer, false),
            (Repeat::Freely, longer, true),
            (Repeat::TakenOnce, longer, true),
            (Repeat::Never, Duration::ZERO, false),
            (Repeat::ByCaller, Duration::ZERO, false),
        ] {
            assert_eq!(may_repeat(repeat, age), expected, "{repeat:?} {age:?}");
        }
    }

    #[test]
    fn only_first_answers_without_files_are_given_up_early() {
        let files = [File { name: "a.txt".to_owned(), text: String::new() }];
        for (repeat, files, expected) in [
            (Repeat::TakenOnce, &[] as &[File], pace::ANSWER_TRY),
            (Repeat::TakenOnce, &files, pace::TRY),
            (Repeat::Freely, &[], pace::TRY),
            (Repeat::Never, &[], pace::TRY),
        ] {
            let call = Call { repeat, files, ..Call::plain("test", LightMethod::Post, Route::Gateway) };
            assert_eq!(longest_try(&call), expected, "{repeat:?}");
        }
    }
}
