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
pub(crate) use refusal::Refusal;
pub(crate) use route::{Route, Sort};

use crate::log::{self, What};
use crate::shared::Shared;
use crate::wire::Cut;

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

/// Takes every request that is not for the gateway's socket.
pub(crate) async fn any(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(_cut): ConnectInfo<Cut>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let arrived = Instant::now();
    let method = parts.method.as_str().to_owned();
    let path = parts.uri.path().strip_prefix(BASE).unwrap_or(parts.uri.path()).to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let authorized = is_authorized(&parts.headers, &shared.setup.token);
    let Some((route, ids)) = Route::find(&method, &path) else {
        return unknown(&shared, arrived, &method, &path);
    };
    let read = call::read(&parts.headers, bytes).await;
    let (sent, result) = match read {
        _ if route.bot && !authorized => (Value::Null, Err(refusal::UNAUTHORIZED)),
        Err(()) => (Value::Null, Err(refusal::BAD_JSON)),
        Ok((json, files)) => {
            let call = Call { ids, query, json, files, arrived };
            let result = carry_out(&shared, route, &call, &format!("{method} {path}"));
            (call.json, result)
        }
    };
    let response = respond(&shared, route, &path, result);
    if shared.setup.judge {
        let status = Some(response.status().as_u16());
        let entry = log::Request { method, path, body: sent, status };
        shared.state().log.add_at(arrived, What::Request(entry));
    }
    response
}

/// Judges a request and does what it asks for.
fn carry_out(shared: &Shared, route: &Route, call: &Call, _request: &str) -> Result<Answer, Refusal> {
    let mut state = shared.state();
    let result = (route.handler)(shared, &mut state, call);
    drop(state);
    shared.pulse();
    result
}

fn is_authorized(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    given.and_then(|it| it.strip_prefix("Bot ")) == Some(token)
}

fn unknown(shared: &Shared, arrived: Instant, method: &str, path: &str) -> Response {
    let mut state = shared.state();
    state.violations.push(crate::Violation {
        judge: "own",
        request: format!("{method} {path}"),
        text: "no such route".to_owned(),
    });
    let entry = log::Request {
        method: method.to_owned(),
        path: path.to_owned(),
        body: Value::Null,
        status: Some(StatusCode::NOT_FOUND.as_u16()),
    };
    state.log.add_at(arrived, What::Request(entry));
    drop(state);
    refused(&refusal::NO_ROUTE)
}

fn respond(_shared: &Shared, route: &Route, path: &str, result: Result<Answer, Refusal>) -> Response {
    let mut response = match result {
        Ok(Answer { status, body }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            match body {
                Some(body) => (status, axum::Json(body)).into_response(),
                None => status.into_response(),
            }
        }
        Err(refusal) => refused(&refusal),
    };
    limits::generous(response.headers_mut(), route, path);
    response
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut body = json!({ "message": refusal.message, "code": refusal.code });
    if let Some(errors) = &refusal.errors {
        body["errors"] = json!({ "_errors": [{ "code": "BASE_TYPE_BAD", "message": errors }] });
    }
    (status, axum::Json(body)).into_response()
}
