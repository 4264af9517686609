//! The transport against a server that does as it is told.

mod fake;
mod find;
mod outcomes;
mod pacing;
mod requests;
mod server;
mod turns;

use std::time::Duration;

use tokio::time::Instant;

use super::super::message::Message;

/// Long after everything in these tests.
fn later() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

fn text(content: &str) -> Message {
    Message { content: content.to_owned(), ..Message::default() }
}
