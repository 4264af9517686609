//! The bot as people meet it: the real program, in a Discord of our own, over real sockets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod abuse;
mod arriving;
mod bot;
mod deferred;
mod doctor;
mod faults;
mod limits;
mod live;
mod paper;
mod real;
mod sent;
mod shared;
mod told;
mod transcripts;
