//! Discord: what comes in becomes a [`commands::Request`], what goes out is rendered within Discord's limits.

mod limits;
mod markdown;
mod message;
