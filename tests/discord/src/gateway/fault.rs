//! What goes wrong at the gateway on purpose.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Gateway, Order, intents};

/// The name of an event that no library knows.
const UNHEARD_OF: &str = "REFERENT_UNHEARD_OF";

/// A fault of the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayFault {
    /// A close frame with this code; `None` is a close frame without a code.
    Close(Option<u16>),
    /// The connection ends without a close frame.
    Drop,
    /// Op 7: the bot is asked to connect again and resume.
    Reconnect,
    /// Op 9. A session that is not resumable is forgotten.
    Invalid {
        /// Whether the bot may resume it.
        resumable: bool,
    },
    /// Heartbeats are not acknowledged on the connections that are open.
    Mute,
    /// Two events: one of a kind that nobody knows, and a message that cannot be read.
    Unknown,
    /// Websockets are refused for this time.
    Refuse(Duration),
}

impl GatewayFault {
    /// Whether a connection that is hit while it begins gets nothing else.
    pub(super) fn comes_instead(&self) -> bool {
        matches!(self, Self::Close(_) | Self::Drop | Self::Invalid { .. })
    }
}

impl Gateway {
    /// Plays a fault on every open connection.
    pub(crate) fn fault(&mut self, fault: &GatewayFault) {
        if let GatewayFault::Refuse(time) = fault {
            self.refuse_until = Some(Instant::now() + *time);
        }
        for connection in self.open_connections() {
            self.fault_on(connection, fault);
        }
    }

    /// Plays a fault on one connection.
    pub(super) fn fault_on(&mut self, connection: u64, fault: &GatewayFault) {
        match fault {
            GatewayFault::Close(code) => self.order(connection, Order::Close(*code)),
            GatewayFault::Drop => self.order(connection, Order::Drop),
            GatewayFault::Reconnect => self.raw(connection, &json!({ "op": 7, "d": null })),
            GatewayFault::Invalid { resumable } => {
                self.raw(connection, &json!({ "op": 9, "d": resumable }));
                if !resumable {
                    self.forget(connection);
                }
            }
            GatewayFault::Mute => self.order(connection, Order::Mute),
            GatewayFault::Unknown => {
                self.tell(connection, UNHEARD_OF, &json!({ "when": "never" }));
                self.tell(connection, "MESSAGE_CREATE", &json!({ "id": "no number", "content": 7 }));
            }
            GatewayFault::Refuse(time) => self.refuse_until = Some(Instant::now() + *time),
        }
    }

    /// Whether websockets are refused now.
    pub(super) fn refuses(&self) -> bool {
        self.refuse_until.is_some_and(|until| Instant::now() < until)
    }

    fn raw(&self, connection: u64, payload: &Value) {
        self.order(connection, Order::Send(payload.to_string().into()));
    }

    /// Says whether `needed` is asked for without leave.
    pub(super) fn disallowed(asked: u64, privileged: bool) -> bool {
        !privileged && asked & intents::PRIVILEGED != 0
    }
}
