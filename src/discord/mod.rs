//! Discord: what comes in becomes a [`commands::Request`], what goes out is rendered within Discord's limits.

mod api;
mod gateway;
mod limits;
mod message;
mod pauses;
mod token;
mod transport;
