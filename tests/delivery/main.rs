//! What is told: each message once, whatever dies on the way.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod failures;
mod matrix;
#[path = "../bot/paper.rs"]
mod paper;
mod random;
mod world;
