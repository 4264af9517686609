//! A site of our own on loopback: it answers as it is told, and remembers what it was asked.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// What stands at an address.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A page with an ETag: a 304 for who has it already.
    Page(String),
    /// A page whose server says when it last changed, and sends a 304 for who knows that.
    Dated(String),
    /// A page with neither.
    Plain(String),
    /// A status with these headers and no page.
    Status(u16, Vec<(&'static str, String)>),
    /// A body without end.
    Endless,
    /// The page, after a while.
    Slow(Duration, String),
    /// These, one after the other; the last one stays.
    Then(Vec<Reply>),
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The path with what stands after `?`.
    pub(crate) target: String,
    pub(crate) is_conditional: bool,
    pub(crate) agent: String,
    pub(crate) at: Instant,
    pub(crate) status: u16,
}

#[derive(Default)]
struct Inner {
    pages: HashMap<String, Reply>,
    seen: Vec<Seen>,
    open: usize,
    most_open: usize,
}

/// The site. It answers for as long as the runtime it was started in.
#[derive(Clone)]
pub(crate) struct TestSite {
    pub(crate) address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

const MODIFIED: &str = "Mon, 04 May 2026 12:00:00 GMT";

impl TestSite {
    pub(crate) async fn start() -> Self {
        let inner = Arc::new(Mutex::new(Inner::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, inner }
    }

    pub(crate) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    /// Puts something at an address, in place of what was there.
    pub(crate) fn put(&self, target: &str, reply: Reply) {
        self.inner.lock().unwrap().pages.insert(target.to_owned(), reply);
    }

    pub(crate) fn remove(&self, target: &str) {
        self.inner.lock().unwrap().pages.remove(target);
    }

    /// What it was asked since this was last called.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.inner.lock().unwrap().seen)
    }

    pub(crate) fn count(&self) -> usize {
        self.inner.lock().unwrap().seen.len()
    }

    /// Most requests that were under way at the same time.
    pub(crate) fn most_open(&self) -> usize {
        self.inner.lock().unwrap().most_open
    }
}

/// A page with these links.
pub(crate) fn links(targets: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let links: String = targets.into_iter().map(|target| format!("<li><a href='{target}'>x</a>\n")).collect();
    format!("<!doctype html><title>Liste</title><ul>{links}</ul>")
}

async fn answer(State(inner): State<Arc<Mutex<Inner>>>, request: Request) -> Response {
    // One who does not wait is gone: what then follows never runs.
    let _open = Open::new(&inner);
    let (response, slow) = decide(&inner, &request);
    tokio::time::sleep(slow).await;
    response
}

struct Open(Arc<Mutex<Inner>>);

impl Open {
    fn new(inner: &Arc<Mutex<Inner>>) -> Self {
        let mut open = inner.lock().unwrap();
        open.open += 1;
        open.most_open = open.most_open.max(open.open);
        Self(Arc::clone(inner))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.lock().unwrap().open -= 1;
    }
}

/// The answer, and how long to wait before it is given.
fn decide(inner: &Mutex<Inner>, request: &Request) -> (Response, Duration) {
    let target = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (known, since) = (header("if-none-match"), header("if-modified-since"));
    let reply = {
        let mut inner = inner.lock().unwrap();
        match inner.pages.get_mut(&target) {
            Some(Reply::Then(replies)) if replies.len() > 1 => replies.remove(0),
            Some(Reply::Then(replies)) => replies[0].clone(),
            Some(reply) => reply.clone(),
            None => trap(&target).map_or(Reply::Status(404, Vec::new()), Reply::Page),
        }
    };
    let seen = |status: u16| Seen {
        target: target.clone(),
        is_conditional: known.is_some() || since.is_some(),
        agent: header("user-agent").unwrap_or_default(),
        at: Instant::now(),
        status,
    };
    let slow = match &reply {
        Reply::Slow(pause, _) => *pause,
        _ => Duration::ZERO,
    };
    let builder = Response::builder();
    let response = match reply {
        Reply::Page(page) => {
            let etag = format!(
                "\"{:x}\"",
                page.bytes().fold(page.len(), |sum, b| sum.wrapping_mul(31) + b as usize)
            );
            match known.as_deref() == Some(etag.as_str()) {
                true => builder.status(304).body(Body::empty()),
                false => builder.header("etag", etag).body(Body::from(page)),
            }
        }
        Reply::Dated(page) => match since.as_deref() == Some(MODIFIED) {
            true => builder.status(304).body(Body::empty()),
            false => builder.header("last-modified", MODIFIED).body(Body::from(page)),
        },
        Reply::Plain(page) | Reply::Slow(_, page) => builder.body(Body::from(page)),
        Reply::Status(status, headers) => {
            let begun = builder.status(StatusCode::from_u16(status).unwrap());
            let whole = headers.into_iter().fold(begun, |builder, (name, value)| builder.header(name, value));
            whole.body(Body::empty())
        }
        Reply::Endless => {
            let chunk = || Ok::<_, Infallible>(Bytes::from(vec![b'x'; 4096]));
            builder.body(Body::from_stream(futures_util::stream::repeat_with(chunk)))
        }
        Reply::Then(_) => unreachable!("no lists in lists"),
    };
    let response = response.unwrap();
    inner.lock().unwrap().seen.push(seen(response.status().as_u16()));
    (response, slow)
}

/// A calendar that can be turned for ever, and branches.
fn trap(target: &str) -> Option<String> {
    let month: u64 = target.strip_prefix("/kalender/")?.parse().ok()?;
    Some(links([format!("/kalender/{}", month + 1), format!("/kalender/{}", month * 2 + 100)]))
}
