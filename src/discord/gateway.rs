//! stub
use super::transport::Transport;
use serenity::client::*;
use serenity::model::gateway::GatewayIntents;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
#[derive(Debug, Default)]
pub(crate) struct Signs;
impl Signs {
    pub(crate) fn is_well(&self) -> bool {
        true
    }
    pub(crate) fn unknown_events(&self) -> u64 {
        0
    }
    pub(crate) fn reconnections(&self) -> u64 {
        0
    }
    pub(crate) fn last_event(&self) -> Option<jiff::Timestamp> {
        None
    }
}
#[derive(Debug, thiserror::Error)]
pub(crate) enum GatewayEnd {
    #[error("{text}")]
    Fatal { text: String },
    #[error("x")]
    Other,
}
pub(crate) async fn run<H: EventHandler + 'static>(
    transport: &Transport,
    handler: Arc<H>,
    intents: GatewayIntents,
    _signs: Arc<Signs>,
    stop: CancellationToken,
) -> Result<(), GatewayEnd> {
    let mut client = ClientBuilder::new_with_http(transport.http(), intents)
        .event_handler_arc(handler)
        .await
        .map_err(|_| GatewayEnd::Other)?;
    tokio::select! { r = client.start() => r.map_err(|_| GatewayEnd::Other), () = stop.cancelled() => Ok(()) }
}
