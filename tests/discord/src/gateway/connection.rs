//! One websocket: HELLO, IDENTIFY or RESUME, heartbeats, and what it is ordered to send.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Gateway, GatewayFault, Order, intents};
use crate::faults::Moment;
use crate::log::What;
use crate::shared::Shared;
use crate::shown::{id, string};
use crate::wire::Cut;
use crate::{json, shown};

/// Close codes, as Discord numbers them.
const UNKNOWN_OPCODE: u16 = 4001;
const DECODE_ERROR: u16 = 4002;
const NOT_AUTHENTICATED: u16 = 4003;
const AUTHENTICATION_FAILED: u16 = 4004;
const ALREADY_AUTHENTICATED: u16 = 4005;
const DISALLOWED_INTENTS: u16 = 4014;

/// Opens a websocket, unless they are refused for now.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    socket: WebSocketUpgrade,
) -> Response {
    let fault = shared.faults().gateway(Moment::Connect);
    let refused = {
        let mut state = shared.state();
        if let Some(fault) = &fault {
            state.log.add(What::Fault(format!("Connect: {fault:?}")));
        }
        if let Some(GatewayFault::Refuse(time)) = &fault {
            state.gateway.refuse_until = Some(Instant::now() + *time);
        }
        state.gateway.refuses() || matches!(fault, Some(GatewayFault::Refuse(_)))
    };
    if refused {
        cut.cut();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    socket.on_upgrade(move |socket| Connection::run(shared, cut, socket, fault))
}

struct Connection {
    shared: Arc<Shared>,
    socket: WebSocket,
    cut: Cut,
    number: u64,
    muted: bool,
    begun: bool,
}

/// How a connection ended.
enum End {
    ByBot(String),
    ByUs(String),
}

impl Connection {
    async fn run(shared: Arc<Shared>, cut: Cut, socket: WebSocket, fault: Option<GatewayFault>) {
        let (sender, orders) = unbounded_channel();
        let number = {
            let mut state = shared.state();
            state.log.add(What::Connected);
            state.gateway.open(sender)
        };
        let mut connection = Self { shared: shared.clone(), socket, cut, number, muted: false, begun: false };
        let end = connection.talk(orders, fault).await;
        let how = match end {
            End::ByBot(how) => format!("by the bot, {how}"),
            End::ByUs(how) => format!("by us, {how}"),
        };
        {
            let mut state = shared.state();
            state.gateway.closed(number);
            state.log.add(What::Ended(how));
        }
        shared.pulse();
    }

    async fn talk(&mut self, mut orders: UnboundedReceiver<Order>, fault: Option<GatewayFault>) -> End {
        let stop = self.shared.stop.clone();
        if fault.as_ref().is_none_or(|it| !it.comes_instead()) {
            let hello =
                json!({ "op": 10, "d": { "heartbeat_interval": self.shared.setup.heartbeat.as_millis() } });
            self.order(Order::Send(hello.to_string().into()));
        }
        if let Some(fault) = fault {
            self.shared.state().gateway.fault_on(self.number, &fault);
        }
        self.shared.pulse();
        loop {
            let end = tokio::select! {
                () = stop.cancelled() => Some(End::ByUs("the fake has ended".to_owned())),
                order = orders.recv() => self.obey(order).await,
                message = self.socket.recv() => self.hear(message),
            };
            if let Some(end) = end {
                return end;
            }
        }
    }

    fn order(&self, order: Order) {
        self.shared.state().gateway.order(self.number, order);
    }

    async fn obey(&mut self, order: Option<Order>) -> Option<End> {
        match order {
            None => Some(End::ByUs("forgotten".to_owned())),
            Some(Order::Mute) => {
                self.muted = true;
                None
            }
            Some(Order::Drop) => {
                self.cut.cut();
                Some(End::ByUs("dropped".to_owned()))
            }
            Some(Order::Close(code)) => {
                let frame = code.map(|code| CloseFrame { code, reason: "".into() });
                // The bot may be gone; then it is closed already.
                let _ = self.socket.send(Message::Close(frame)).await;
                Some(End::ByUs(format!("close frame {code:?}")))
            }
            Some(Order::Send(text)) => {
                let sent = self.socket.send(Message::Text(text.as_ref().into())).await;
                sent.err().map(|trouble| End::ByBot(trouble.to_string()))
            }
        }
    }

    fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Option<End> {
        match message {
            None => Some(End::ByBot("without a close frame".to_owned())),
            Some(Err(trouble)) => Some(End::ByBot(trouble.to_string())),
            Some(Ok(Message::Close(frame))) => {
                Some(End::ByBot(format!("close frame {:?}", frame.map(|it| it.code))))
            }
            Some(Ok(Message::Text(text))) => {
                match serde_json::from_str(&text) {
                    Ok(payload) => self.handle(&payload),
                    Err(_) => self.order(Order::Close(Some(DECODE_ERROR))),
                }
                None
            }
            Some(Ok(_)) => None,
        }
    }

    fn handle(&mut self, payload: &Value) {
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => self.heartbeat(),
            Some(2) if self.begun => self.order(Order::Close(Some(ALREADY_AUTHENTICATED))),
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(3 | 4 | 8 | 31) if self.begun => {}
            Some(3 | 4 | 8 | 31) => self.order(Order::Close(Some(NOT_AUTHENTICATED))),
            _ => self.order(Order::Close(Some(UNKNOWN_OPCODE))),
        }
        self.shared.pulse();
    }

    fn heartbeat(&self) {
        let mut state = self.shared.state();
        state.gateway.counts.heartbeats += 1;
        state.log.add(What::Heartbeat);
        if !self.muted {
            state.gateway.order(self.number, Order::Send(r#"{"t":null,"s":null,"op":11,"d":null}"#.into()));
        }
    }

    fn identify(&mut self, data: &Value) {
        if string(&data["token"]).trim_start_matches("Bot ") != self.shared.setup.token {
            return self.order(Order::Close(Some(AUTHENTICATION_FAILED)));
        }
        let asked = data["intents"].as_u64().unwrap_or_default();
        if Gateway::disallowed(asked, self.shared.setup.privileged) {
            return self.order(Order::Close(Some(DISALLOWED_INTENTS)));
        }
        let fault = self.shared.faults().gateway(Moment::Identify);
        let mut state = self.shared.state();
        if let Some(fault) = &fault {
            state.log.add(What::Fault(format!("Identify: {fault:?}")));
        }
        if let Some(fault) = fault.as_ref().filter(|it| it.comes_instead()) {
            return state.gateway.fault_on(self.number, fault);
        }
        self.begun = true;
        let session = format!("session-{}", state.next_id());
        state.gateway.begin(self.number, session.clone(), asked);
        state.log.add(What::Identified);
        let (ready, guilds) = self.ready(&state, &session);
        state.gateway.tell(self.number, "READY", &ready);
        if asked & intents::GUILDS != 0 {
            for guild in guilds {
                state.gateway.tell(self.number, "GUILD_CREATE", &guild);
            }
        }
        if let Some(fault) = fault {
            state.gateway.fault_on(self.number, &fault);
        }
    }

    /// READY, and what follows it.
    fn ready(&self, state: &crate::state::State, session: &str) -> (Value, Vec<Value>) {
        let setup = &self.shared.setup;
        let Some(bot) = state.users.get(&setup.application) else { return (Value::Null, Vec::new()) };
        let unavailable: Vec<Value> =
            state.guilds.keys().map(|it| json!({ "id": it.to_string(), "unavailable": true })).collect();
        let ready = json!({
            "v": 10,
            "user": json::user(bot),
            "guilds": unavailable,
            "session_id": session,
            "resume_gateway_url": self.shared.gateway_url(),
            "session_type": "normal",
            "private_channels": [],
            "presences": [],
            "relationships": [],
            "shard": [0, 1],
            "application": { "id": setup.application.to_string(), "flags": 0 },
        });
        (ready, state.guilds.values().map(|it| json::guild_create(it, setup, bot)).collect())
    }

    fn resume(&mut self, data: &Value) {
        if string(&data["token"]).trim_start_matches("Bot ") != self.shared.setup.token {
            return self.order(Order::Close(Some(AUTHENTICATION_FAILED)));
        }
        let fault = self.shared.faults().gateway(Moment::Resume);
        let mut state = self.shared.state();
        if let Some(fault) = &fault {
            state.log.add(What::Fault(format!("Resume: {fault:?}")));
        }
        if let Some(fault) = fault.as_ref().filter(|it| it.comes_instead()) {
            return state.gateway.fault_on(self.number, fault);
        }
        let sequence = id(&data["seq"]).unwrap_or_default();
        match state.gateway.resume(self.number, shown::string(&data["session_id"]), sequence) {
            Some(replayed) => {
                self.begun = true;
                state.log.add(What::Resumed { replayed });
            }
            None => state.gateway.fault_on(self.number, &GatewayFault::Invalid { resumable: false }),
        }
        if let Some(fault) = fault {
            state.gateway.fault_on(self.number, &fault);
        }
    }
}
