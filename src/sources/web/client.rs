//! Asks for one address: politely, within its time and size, and again where that may help.

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    CONTENT_ENCODING, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use reqwest::{Client, Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::address::{Hosts, Inside};
use crate::discord::pauses;
use crate::sources::too_large;

/// Addresses that lead on to another one, at most so many times.
const MOST_REDIRECTS: usize = 5;

/// How long, and how often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// For a connection to be made, TLS and all.
    connect: Duration,
    /// Without a byte of an answer.
    silent: Duration,
    /// For one try, from its first byte to the answer's last.
    whole: Duration,
    /// How often one address is tried.
    tries: usize,
    /// Before the second try; each further pause is twice as long.
    first_pause: Duration,
    /// The longest of these pauses, and the longest that a site may ask for: who asks for more is asked again in the next round.
    longest_pause: Duration,
}

impl Pace {
    /// As a patient reader does: the slowest municipal pages known take some ten seconds.
    pub(crate) const USUAL: Self = Self {
        connect: Duration::from_secs(10),
        silent: Duration::from_secs(30),
        whole: Duration::from_secs(120),
        tries: 4,
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(60),
    };
    /// For tests: the same in milliseconds.
    #[cfg(test)]
    pub(crate) const QUICK: Self = Self {
        connect: Duration::from_secs(5),
        silent: Duration::from_millis(300),
        whole: Duration::from_millis(900),
        tries: 3,
        first_pause: Duration::from_millis(5),
        longest_pause: Duration::from_millis(1_500),
    };
}

/// What all sources on the web share: each host is asked by one of them at a time.
#[derive(Debug)]
pub(crate) struct Web {
    pace: Pace,
    turns: Mutex<HashMap<String, Turn>>,
}

/// Whose turn it is at a host, and when the next request may go out.
type Turn = Arc<tokio::sync::Mutex<Instant>>;

impl Web {
    /// With [`Pace::USUAL`] in the program.
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, turns: Mutex::default() }
    }

    fn turn(&self, host: &str) -> Turn {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let free = || Arc::new(tokio::sync::Mutex::new(Instant::now()));
        Arc::clone(turns.entry(host.to_owned()).or_insert_with(free))
    }
}

/// What a server said of a page, so that it need not send it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Validators {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        Self { etag: text(headers, ETAG), last_modified: text(headers, LAST_MODIFIED) }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// What came of asking.
#[derive(Debug)]
pub(super) enum Answer {
    /// The page is as it was when it had the validators that were sent.
    Unchanged,
    /// The page, and what its server says of it.
    Page(Vec<u8>, Validators),
}

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) kind: Kind,
    /// In Danish.
    pub(super) text: String,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// There is no such page.
    Gone,
    /// It may pass by itself.
    Passing,
    /// Somebody has to do something.
    Barred,
    /// This one page cannot be had; others may.
    Unfit,
    /// We were asked to stop.
    Stopped,
}

impl Trouble {
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// One source's way of asking.
pub(super) struct Visitor<'a> {
    web: &'a Web,
    client: Client,
    hosts: &'a Hosts,
    /// Between the end of a request and the beginning of the next one to the same host.
    pause: Duration,
    most_bytes: u64,
    stop: &'a CancellationToken,
}

impl<'a> Visitor<'a> {
    /// Asks hosts of `hosts` only, in the name of `agent`.
    ///
    /// # Errors
    /// When the system has no TLS.
    pub(super) fn new(
        web: &'a Web,
        hosts: &'a Hosts,
        agent: &str,
        pause: Duration,
        most_bytes: u64,
        stop: &'a CancellationToken,
    ) -> Result<Self, Trouble> {
        let client = Client::builder()
            .user_agent(agent)
            .connect_timeout(web.pace.connect)
            .read_timeout(web.pace.silent)
            // Each step is judged here.
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would resolve names by itself.
            .no_proxy()
            .dns_resolver(Arc::new(hosts.clone()))
            .build()
            .map_err(|error| Trouble::new(Kind::Barred, format!("kan ikke hente: {error}")))?;
        Ok(Self { web, client, hosts, pause, most_bytes, stop })
    }

    /// The page at `url`, unless it is still the one that had these validators.
    pub(super) async fn get(&self, url: &Url, known: &Validators) -> Result<Answer, Trouble> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Trouble::new(Kind::Stopped, "afbrudt")),
            answer = self.follow(url.clone(), known) => answer,
        }
    }

    async fn follow(&self, mut url: Url, known: &Validators) -> Result<Answer, Trouble> {
        for _ in 0..=MOST_REDIRECTS {
            self.hosts
                .check(&url)
                .map_err(|reason| Trouble::new(Kind::Barred, format!("adressen {reason}")))?;
            match self.persist(&url, known).await? {
                Step::There(answer) => return Ok(answer),
                Step::On(next) => url = next,
            }
        }
        Err(Trouble::new(Kind::Unfit, format!("fører videre mere end {MOST_REDIRECTS} gange")))
    }

    /// Tries until there is an answer, or no more tries.
    async fn persist(&self, url: &Url, known: &Validators) -> Result<Step, Trouble> {
        let turn = self.web.turn(url.host_str().unwrap_or_default());
        let pace = self.web.pace;
        let mut pauses = pauses::pauses(pace.first_pause, pace.longest_pause);
        let mut tried = 0;
        loop {
            let mut free = turn.lock().await;
            tokio::time::sleep_until(*free).await;
            let outcome = match tokio::time::timeout(pace.whole, self.once(url, known)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Miss::of(Kind::Passing, "blev ikke færdig med at svare")),
            };
            *free = Instant::now() + self.pause;
            tried += 1;
            let miss = match outcome {
                Ok(step) => return Ok(step),
                Err(miss) => miss,
            };
            if miss.trouble.kind != Kind::Passing || tried == pace.tries {
                return Err(miss.trouble);
            }
            let pause = match miss.wait {
                Some(wait) if wait > pace.longest_pause => return Err(miss.trouble),
                Some(wait) => wait,
                None => pauses.next().unwrap_or(pace.longest_pause),
            };
            // Nobody asks this host meanwhile.
            *free = Instant::now() + pause.max(self.pause);
        }
    }

    async fn once(&self, url: &Url, known: &Validators) -> Result<Step, Miss> {
        let mut request = self.client.get(url.clone());
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let response = request.send().await.map_err(|error| failure(&error))?;
        let status = response.status();
        match status.as_u16() {
            200 => self.body(response).await.map(Step::There),
            304 if *known != Validators::default() => Ok(Step::There(Answer::Unchanged)),
            301 | 302 | 303 | 307 | 308 => match text(response.headers(), LOCATION).map(|to| url.join(&to)) {
                Some(Ok(next)) => Ok(Step::On(next)),
                _ => Err(Miss::of(Kind::Unfit, "fører videre, men siger ikke hvorhen")),
            },
            _ => Err(Miss { trouble: refusal(status), wait: retry_after(response.headers()) }),
        }
    }

    /// The body, as far as it may go: what never ends is not waited for.
    async fn body(&self, mut response: Response) -> Result<Answer, Miss> {
        let large = |bytes: u64| Miss::of(Kind::Unfit, too_large(bytes, self.most_bytes));
        if let Some(length) = response.content_length().filter(|length| *length > self.most_bytes) {
            return Err(large(length));
        }
        // None was asked for, and unpacking could make much of little.
        if response.headers().get(CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            return Err(Miss::of(Kind::Unfit, "er sendt pakket, selv om der ikke er bedt om det"));
        }
        let validators = Validators::of(response.headers());
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > self.most_bytes {
                return Err(large(bytes.len() as u64));
            }
        }
        Ok(Answer::Page(bytes, validators))
    }
}

enum Step {
    There(Answer),
    On(Url),
}

/// A try that failed, and how long the server asks us to wait.
struct Miss {
    trouble: Trouble,
    wait: Option<Duration>,
}

impl Miss {
    fn of(kind: Kind, text: impl Into<String>) -> Self {
        Self { trouble: Trouble::new(kind, text), wait: None }
    }
}

/// What a status without a page means.
fn refusal(status: StatusCode) -> Trouble {
    let (kind, what) = match status.as_u16() {
        404 | 410 => (Kind::Gone, "findes ikke"),
        401 | 407 => (Kind::Barred, "kræver, at man logger ind"),
        403 => (Kind::Barred, "må ikke hentes herfra"),
        451 => (Kind::Barred, "er spærret af juridiske grunde"),
        429 => (Kind::Passing, "bliver spurgt for tit; sæt pause_ms op"),
        408 | 425 => (Kind::Passing, "svarer ikke ordentligt lige nu"),
        code if code >= 500 => (Kind::Passing, "har en fejl lige nu"),
        _ => (Kind::Unfit, "kan ikke hentes"),
    };
    Trouble::new(kind, format!("{what} (svaret var {})", status.as_u16()))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER)?;
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value.trim()).ok()?;
    Some(Duration::try_from(date.timestamp().duration_since(Timestamp::now())).unwrap_or_default())
}

/// What a failure without an answer means. Nothing of the library's own text is passed on: it would be English.
fn failure(error: &reqwest::Error) -> Miss {
    let causes = || std::iter::successors(error.source(), |&cause| cause.source());
    if let Some(inside) = causes().find_map(|cause| cause.downcast_ref::<Inside>()) {
        return Miss::of(Kind::Barred, inside.to_string());
    }
    if causes().any(|cause| cause.to_string().contains("certificate")) {
        return Miss::of(Kind::Barred, "har et certifikat, som ikke kan godkendes");
    }
    let what = match error {
        error if error.is_timeout() => "svarer ikke inden for tiden",
        error if error.is_connect() => "kan ikke nås",
        _ => "afbrød svaret",
    };
    Miss::of(Kind::Passing, what)
}
