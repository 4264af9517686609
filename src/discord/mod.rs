//! Discord: what comes in becomes a [`commands::Request`], what goes out is rendered within Discord's limits.

mod access;
mod api;
mod custom_id;
mod desk;
pub(crate) mod gateway;
mod limits;
mod markdown;
mod message;
pub(crate) mod pauses;
mod receive;
mod register;
mod render;
mod token;
mod transport;

pub(crate) use access::is_allowed;
pub(crate) use api::Api;
pub(crate) use desk::Desk;
pub(crate) use desk::channel_of;
pub(crate) use gateway::{GatewayEnd, Seen, Signs, TALKATIVE};
pub(crate) use message::Message;
pub(crate) use pauses::pauses;
pub(crate) use receive::Receiver;
pub(crate) use register::{Scope, commands as registered_commands};
pub(crate) use token::Token;
pub(crate) use transport::{Fate, Fetched, SendError, Transport, TransportCounts};
