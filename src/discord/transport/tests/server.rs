//! A server that answers as a script says, whatever it is asked, and remembers what it was asked.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::discord::api::Api;
use crate::discord::token::Token;
use crate::discord::transport::Transport;

/// What the tests look for in texts that must not hold it.
pub(super) const TOKEN: &str = "b0t-s3cret";
/// The same of an interaction.
pub(super) const INTERACTION: &str = "1nteraction-s3cret";
/// For what has to happen at some time: long enough for a busy machine.
pub(super) const DEADLINE: Duration = Duration::from_secs(20);

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Answers: status, headers, body.
    Say(u16, &'static [(&'static str, &'static str)], &'static str),
    /// The same with a `Retry-After` this many seconds from now, as a date.
    SayDate(i64),
    /// Closes the connection without an answer.
    Drop,
    /// Says that all is well and promises more than it sends.
    BreakOff,
    /// Sends far too much.
    Flood,
    /// Never answers.
    Hang,
    /// Answers with an id once it is let: takes one permit.
    Held(Arc<Semaphore>),
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// `POST /api/v10/…`.
    pub(super) line: String,
    /// Lower-case names with their values, one a line.
    pub(super) headers: String,
    pub(super) body: String,
    pub(super) at: Instant,
}

#[derive(Default)]
struct State {
    script: VecDeque<(&'static str, Step)>,
    seen: Vec<Seen>,
    /// Under way, and the most there ever were.
    open: usize,
    most_open: usize,
}

/// The server. It runs for as long as the test.
#[derive(Clone)]
pub(super) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Server {
    /// One that takes the steps in order.
    pub(super) async fn new(steps: &[Step]) -> Self {
        let steps: Vec<(&str, Step)> = steps.iter().map(|step| ("", step.clone())).collect();
        Self::by_path(&steps).await
    }

    /// One that takes for each request the first step left whose word is in the request's line.
    pub(super) async fn by_path(steps: &[(&'static str, Step)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::at(listener, steps)
    }

    pub(super) fn at(listener: TcpListener, steps: &[(&'static str, Step)]) -> Self {
        let state = State { script: steps.iter().cloned().collect(), ..State::default() };
        let server = Self { address: listener.local_addr().unwrap(), state: Arc::new(Mutex::new(state)) };
        let serving = server.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let server = serving.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        server
    }

    pub(super) fn transport(&self) -> Transport {
        transport(self.address)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    pub(super) fn most_open(&self) -> usize {
        self.state.lock().unwrap().most_open
    }

    /// Waits until so many requests have come in.
    pub(super) async fn wait_for(&self, requests: usize) {
        eventually(|| self.seen().len() >= requests).await;
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut buffer = Vec::new();
        while let Some(seen) = request(&mut stream, &mut buffer).await {
            let step = self.begin(seen);
            let goes_on = act(&mut stream, step).await;
            self.state.lock().unwrap().open -= 1;
            if !goes_on {
                return;
            }
        }
    }

    fn begin(&self, seen: Seen) -> Step {
        let mut state = self.state.lock().unwrap();
        state.open += 1;
        state.most_open = state.most_open.max(state.open);
        let next = state.script.iter().position(|(word, _)| seen.line.contains(word));
        state.seen.push(seen);
        // What the script does not foresee is refused, and found in `seen`.
        next.and_then(|n| state.script.remove(n)).map_or(Step::Say(418, &[], ""), |(_, step)| step)
    }
}

pub(super) fn transport(address: SocketAddr) -> Transport {
    let api = Api::parse(&format!("http://{address}")).unwrap();
    let transport = Transport::new(Token::parse(TOKEN).unwrap(), api).unwrap();
    transport.set_application(serenity::model::id::ApplicationId::new(77));
    transport
}

/// Waits until it is so.
pub(super) async fn eventually(is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it never came about");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// One request, with what follows it left in `buffer`; None when the connection ends.
async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8_lossy(&buffer[..head_end]).into_owned();
    let (line, headers) = head.split_once("\r\n").unwrap();
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: String = headers
        .lines()
        .filter_map(|line| line.split_once(": "))
        .fold(String::new(), |all, (name, value)| format!("{all}{}: {value}\n", name.to_lowercase()));
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
    let end = head_end + length.map_or(0, |length| length.parse().unwrap());
    while buffer.len() < end {
        more(stream, buffer).await?;
    }
    let body = String::from_utf8_lossy(&buffer[head_end..end]).into_owned();
    buffer.drain(..end);
    Some(Seen { line, headers, body, at: Instant::now() })
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 16 * 1024];
    let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
    buffer.extend_from_slice(&chunk[..read]);
    Some(())
}

/// Whether the connection goes on.
async fn act(stream: &mut TcpStream, step: Step) -> bool {
    match step {
        Step::Say(status, headers, body) => say(stream, status, headers, body).await,
        Step::SayDate(seconds) => {
            let then = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
            let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).unwrap();
            say(stream, 429, &[("retry-after", &date)], "{}").await
        }
        Step::Drop => false,
        Step::BreakOff => {
            let text = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": ";
            stream.write_all(text.as_bytes()).await.unwrap();
            false
        }
        Step::Flood => {
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n";
            let mut is_open = stream.write_all(head.as_bytes()).await.is_ok();
            while is_open {
                is_open = stream.write_all(&[b' '; 64 * 1024]).await.is_ok();
            }
            false
        }
        Step::Hang => {
            // Until the other side gives up.
            let _ = more(stream, &mut Vec::new()).await;
            false
        }
        Step::Held(permits) => {
            permits.acquire().await.unwrap().forget();
            say(stream, 200, &[], r#"{"id":"5"}"#).await
        }
    }
}

async fn say(stream: &mut TcpStream, status: u16, headers: &[(&str, &str)], body: &str) -> bool {
    let mut head = format!("HTTP/1.1 {status} x\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if status != 204 {
        head += &format!("content-length: {}\r\n", body.len());
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.is_ok()
}
