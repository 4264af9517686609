//! Discord: what comes in becomes a [`commands::Request`], what goes out is rendered within Discord's limits.

mod custom_id;
mod limits;
mod markdown;
mod message;
