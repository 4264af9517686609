//! The form of a script of faults.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::request::{Lie, RequestFault, RetryHeader};
use super::{Act, Fault, Moment, Place};
use crate::gateway::GatewayFault;

/// The whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    /// Makes all dice others.
    #[serde(default)]
    pub(super) seed: u64,
    #[serde(default)]
    pub(super) fault: Vec<Row>,
}

/// One fault as it is written; [`Fake::faults`](crate::Fake::faults) explains the keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    on: String,
    #[serde(default)]
    skip: u32,
    times: Option<u32>,
    chance: Option<f64>,
    #[serde(default)]
    seed: u64,

    status: Option<u16>,
    body: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    refuse: bool,
    hang_ms: Option<u64>,
    #[serde(default)]
    after: bool,
    #[serde(default)]
    garbage: bool,
    retry_after: Option<f64>,
    header: Option<RetryHeader>,
    #[serde(default)]
    global: bool,

    gateway: Option<String>,
    code: Option<u16>,
    #[serde(default)]
    resumable: bool,
    #[serde(default)]
    ms: u64,
}

impl Row {
    /// The fault; `seed` is that of the whole script.
    pub(super) fn read(self, seed: u64) -> Result<Fault, String> {
        let place = self.place()?;
        let act = match (&place, &self.gateway) {
            (Place::Moment(_), Some(name)) => Act::Gateway(self.gateway_fault(name)?),
            (Place::Route(_), None) => Act::Request(self.request_fault()?),
            _ => {
                return Err(format!(
                    "on = {}: `gateway` goes with CONNECT, IDENTIFY and RESUME only",
                    self.on
                ));
            }
        };
        let chance = self.chance.unwrap_or(1.0);
        // What depends on chance goes on until it is told otherwise; everything else happens once.
        let left = self.times.unwrap_or(if chance < 1.0 { u32::MAX } else { 1 });
        // A generator of this sort stands still at 0, and neighbouring seeds must not begin alike.
        let dice = self.seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let dice = (dice ^ seed.wrapping_mul(0xbf58_476d_1ce4_e5b9)).max(1);
        Ok(Fault { place, skip: self.skip, left, chance, dice, act })
    }

    fn place(&self) -> Result<Place, String> {
        match self.on.as_str() {
            "CONNECT" => Ok(Place::Moment(Moment::Connect)),
            "IDENTIFY" => Ok(Place::Moment(Moment::Identify)),
            "RESUME" => Ok(Place::Moment(Moment::Resume)),
            route => {
                let (method, path) = route
                    .split_once(" /")
                    .ok_or(format!("on = {route}: neither a moment nor »METHOD /path«"))?;
                Ok(Place::Route(std::iter::once(method).chain(path.split('/')).map(str::to_owned).collect()))
            }
        }
    }

    fn gateway_fault(&self, name: &str) -> Result<GatewayFault, String> {
        match name {
            "close" => Ok(GatewayFault::Close(self.code)),
            "drop" => Ok(GatewayFault::Drop),
            "reconnect" => Ok(GatewayFault::Reconnect),
            "invalid" => Ok(GatewayFault::Invalid { resumable: self.resumable }),
            "mute" => Ok(GatewayFault::Mute),
            "unknown" => Ok(GatewayFault::Unknown),
            "refuse" => Ok(GatewayFault::Refuse(Duration::from_millis(self.ms))),
            other => Err(format!("gateway = {other}: no such fault")),
        }
    }

    fn request_fault(&self) -> Result<RequestFault, String> {
        if self.status.is_some_and(|it| !(200..600).contains(&it)) {
            return Err(format!("on = {}: no such status", self.on));
        }
        let lie = if self.refuse {
            Lie::Cut
        } else if self.garbage {
            Lie::Garbage(self.status.unwrap_or(200))
        } else if self.status == Some(429) {
            let header = self.header.unwrap_or(RetryHeader::Seconds);
            Lie::Limited { retry_after: self.retry_after.unwrap_or(1.0), header, global: self.global }
        } else if let Some(status) = self.status {
            let coded = |code: u16| json!({ "message": "As scripted", "code": code }).to_string();
            Lie::Status(status, self.body.clone().or(self.code.map(coded)))
        } else if self.after && self.hang_ms.is_none() {
            Lie::Cut
        } else {
            Lie::None
        };
        if matches!(lie, Lie::None) && self.hang_ms.is_none() && self.headers.is_empty() {
            return Err(format!("on = {}: it is not said what goes wrong", self.on));
        }
        let hang = Duration::from_millis(self.hang_ms.unwrap_or(0));
        let headers = self.headers.clone().into_iter().collect();
        Ok(RequestFault { hang, after: self.after, lie, headers })
    }
}
