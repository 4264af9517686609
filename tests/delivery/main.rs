//! What is told: each message once, whatever dies on the way.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod failures;
mod matrix;
#[allow(dead_code, reason = "the tests of the bot use all of it")]
#[path = "../bot/paper.rs"]
mod paper;
mod random;
mod terminal;
mod world;
