//! What the server's tasks and the tests share.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::faults::Faults;
use crate::setup::Setup;
use crate::state::State;
use crate::tls::Addresses;

/// One fake. Its tasks end when `stop` is cancelled.
pub(crate) struct Shared {
    pub(crate) setup: Setup,
    pub(crate) address: SocketAddr,
    pub(crate) started: Instant,
    pub(crate) stop: CancellationToken,
    /// The front by which it is `discord.com`, if it has one.
    pub(crate) tls: Option<Addresses>,
    state: Mutex<State>,
    faults: Mutex<Faults>,
    pulse: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn new(setup: Setup, address: SocketAddr, faults: Faults, tls: Option<Addresses>) -> Self {
        Self {
            state: Mutex::new(State::new(&setup)),
            setup,
            address,
            started: Instant::now(),
            stop: CancellationToken::new(),
            tls,
            faults: Mutex::new(faults),
            pulse: watch::Sender::new(0),
        }
    }

    /// The state. Nothing is awaited while it is held.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The faults; never held together with the state.
    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes those who wait for something that is no answer to an interaction.
    pub(crate) fn pulse(&self) {
        self.pulse.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Is told of every pulse from now on.
    pub(crate) fn pulses(&self) -> watch::Receiver<u64> {
        self.pulse.subscribe()
    }

    /// Replaces the faults.
    pub(crate) fn set_faults(&self, faults: Faults) {
        *self.faults() = faults;
    }

    /// Where the gateway is.
    pub(crate) fn gateway_url(&self) -> String {
        match &self.tls {
            Some(tls) => format!("wss://localhost:{}", tls.front.port()),
            None => format!("ws://{}", self.address),
        }
    }
}
