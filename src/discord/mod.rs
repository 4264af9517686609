//! Discord: what comes in becomes a [`commands::Request`], what goes out is rendered within Discord's limits.

mod api;
mod limits;
mod message;
mod token;
mod transport;
