//! The HTTP side: one table of routes, and what every request goes through.
//! Source: <https://discord.com/developers/docs/reference>.

mod call;
mod channels;
mod commands;
mod content;
mod guilds;
pub(crate) mod interactions;
pub(crate) mod limits;
mod messages;
mod refusal;
mod route;
mod webhooks;

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub(crate) use call::{Call, Upload};
pub(crate) use content::mentioned;
pub(crate) use limits::set as set_header;
pub(crate) use refusal::Refusal;
pub(crate) use route::{Route, Sort};

use crate::Violation;
use crate::faults::RequestFault;
use crate::judges::{Finding, judge};
use crate::log::{self, What};
use crate::shared::Shared;
use crate::wire::Cut;

/// A body: JSON and files, or an error if it is neither.
type Read = Result<(Value, Vec<Upload>), ()>;

/// What all paths begin with.
const BASE: &str = "/api/v10";
/// The longest body that is read: ten files and some.
const BODY: usize = 110 << 20;

/// The answer to a request that was carried out.
pub(crate) struct Answer {
    status: u16,
    body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

/// A request as it came.
struct Incoming {
    method: String,
    /// Without what all paths begin with.
    path: String,
    query: String,
    authorized: bool,
    arrived: Instant,
}

/// Sees to it that a request gets into the log, though whoever sent it may be gone before it is answered.
struct Noted<'a> {
    shared: &'a Shared,
    arrived: Instant,
    entry: Option<log::Request>,
}

impl Noted<'_> {
    fn answered(&mut self, status: Option<u16>) {
        if let Some(entry) = self.entry.take() {
            self.shared.state().log.add_at(self.arrived, What::Request(log::Request { status, ..entry }));
        }
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.answered(None);
    }
}

/// Takes every request that is not for the gateway's socket.
pub(crate) async fn any(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let incoming = Incoming {
        method: parts.method.as_str().to_owned(),
        path: within_base(parts.uri.path()),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        authorized: is_authorized(&parts.headers, &shared.setup.token),
        arrived: Instant::now(),
    };
    let read = call::read(&parts.headers, bytes).await;
    let sent =
        read.as_ref().ok().filter(|_| shared.setup.judge).map_or(Value::Null, |(json, _)| json.clone());
    let fault = shared.faults().request(&incoming.method, &incoming.path);
    let (method, path) = (incoming.method.clone(), incoming.path.clone());
    let entry = log::Request { method, path, body: sent, status: None };
    let mut noted = Noted { shared: &shared, arrived: incoming.arrived, entry: Some(entry) };
    let response = match fault {
        None => Some(serve(&shared, &incoming, read)),
        Some(fault) => faulty(&shared, incoming, read, fault).await,
    };
    noted.answered(response.as_ref().map(|it| it.status().as_u16()));
    response.unwrap_or_else(|| {
        cut.cut();
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}

/// Plays a fault: the answer, or `None` if the connection is to be cut.
async fn faulty(
    shared: &Shared,
    mut incoming: Incoming,
    read: Read,
    fault: RequestFault,
) -> Option<Response> {
    let what = format!("{} {}: {fault:?}", incoming.method, incoming.path);
    shared.state().log.add(What::Fault(what));
    let truth = if fault.after {
        let truth = serve(shared, &incoming, read);
        tokio::time::sleep(fault.hang).await;
        Some(truth)
    } else {
        tokio::time::sleep(fault.hang).await;
        // It came late: what must come in time is measured from here.
        incoming.arrived = Instant::now();
        fault.lie.is_none().then(|| serve(shared, &incoming, read))
    };
    let mut response = fault.lie.answer().or(truth.filter(|_| fault.lie.is_none()))?;
    for (name, value) in &fault.headers {
        limits::set(response.headers_mut(), name, value);
    }
    Some(response)
}

/// Judges a request, carries it out and answers it.
fn serve(shared: &Shared, incoming: &Incoming, read: Read) -> Response {
    let Some((route, ids)) = Route::find(&incoming.method, &incoming.path) else {
        violation(shared, incoming, vec![own("no such route")]);
        return refused(&refusal::NO_ROUTE);
    };
    if route.bot && !incoming.authorized {
        return refused(&refusal::UNAUTHORIZED);
    }
    let Ok((json, files)) = read else {
        violation(shared, incoming, vec![own("a body that cannot be read")]);
        return refused(&refusal::BAD_JSON);
    };
    let findings = if shared.setup.judge { judge(route, &json, &files) } else { Vec::new() };
    let call = Call { ids, query: incoming.query.clone(), json, files, arrived: incoming.arrived };
    let bad = findings.iter().find(|it| it.refused).map(|it| Call::bad(&it.text));
    violation(shared, incoming, findings);
    let mut state = shared.state();
    let level = limits::count(&mut state, route, &call, shared.setup.limits);
    let result = match bad {
        _ if level.is_exceeded() => Err(refusal::limited(level.retry_after(), level.is_global())),
        Some(bad) => Err(bad),
        None => (route.handler)(shared, &mut state, &call),
    };
    drop(state);
    // Those who wait for an interaction are woken by its own changes.
    if route.bot {
        shared.pulse();
    }
    let mut response = match result {
        Ok(answer) => answered(answer),
        Err(refusal) => refused(&refusal),
    };
    level.write(response.headers_mut());
    response
}

/// A path without what all begin with; one that does not begin so fits no route.
fn within_base(path: &str) -> String {
    path.strip_prefix(BASE).map_or_else(|| format!("(not under {BASE}) {path}"), str::to_owned)
}

fn is_authorized(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    given.and_then(|it| it.strip_prefix("Bot ")) == Some(token)
}

fn own(text: &str) -> Finding {
    Finding { judge: "own", text: text.to_owned(), refused: true }
}

fn violation(shared: &Shared, incoming: &Incoming, findings: Vec<Finding>) {
    if findings.is_empty() {
        return;
    }
    let request = format!("{} {}", incoming.method, incoming.path);
    let found =
        findings.into_iter().map(|it| Violation { judge: it.judge, request: request.clone(), text: it.text });
    shared.state().violations.extend(found);
    shared.pulse();
}

fn answered(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    match answer.body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => status.into_response(),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut body = json!({ "message": refusal.message, "code": refusal.code });
    if let Some(errors) = &refusal.errors {
        body["errors"] = json!({ "_errors": [{ "code": "BASE_TYPE_BAD", "message": errors }] });
    }
    if let Some(retry_after) = refusal.retry_after {
        body = json!({ "message": refusal.message, "retry_after": retry_after, "global": refusal.global });
    }
    (status, axum::Json(body)).into_response()
}
