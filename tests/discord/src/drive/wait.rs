//! Waiting for something the bot does, with a deadline.

use std::time::Instant;

use super::{Trouble, demand};
use crate::Fake;
use crate::setup::Setup;
use crate::shared::Shared;
use crate::state::State;

/// How much of what happened is shown when a wait was in vain.
const TAIL: usize = 25;

impl Fake {
    /// Waits until the bot has a session: it identified and got READY, or resumed.
    pub async fn wait_ready(&self) {
        let ready = self.until("READY", |state, _| state.gateway.is_connected().then_some(())).await;
        demand(ready);
    }

    /// Waits until the bot has registered its commands for all guilds.
    pub async fn wait_registered(&self) {
        let registered = |state: &mut State, _: &Setup| state.commands.is_some().then_some(());
        demand(self.until("commands registered", registered).await);
    }

    /// Waits until the bot has identified `times` times in all.
    pub async fn wait_identified(&self, times: usize) {
        let what = format!("{times} identifies");
        let enough = |state: &mut State, _: &Setup| (state.gateway.counts.identifies >= times).then_some(());
        demand(self.until(&what, enough).await);
    }

    /// Waits until no websocket is open: the bot was killed, and its system has closed what it had open.
    pub async fn wait_gone(&self) {
        demand(
            self.until("end of all websockets", |state, _| (state.gateway.counts.open == 0).then_some(()))
                .await,
        );
    }

    /// Waits until `check` gives something; it is asked again after each thing that happens. The state is locked meanwhile.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        check: impl Fn(&mut State, &Setup) -> Option<T>,
    ) -> Result<T, Trouble> {
        let shared = self.shared();
        let mut pulses = shared.pulses();
        let deadline = Instant::now() + self.deadline;
        loop {
            if let Some(it) = check(&mut shared.state(), &shared.setup) {
                return Ok(it);
            }
            let pulse = tokio::time::timeout_at(deadline.into(), pulses.changed()).await;
            if !matches!(pulse, Ok(Ok(()))) {
                return Err(silence(shared, what, self.deadline));
            }
        }
    }
}

/// That `what` did not happen, with what did.
pub(super) fn silence(shared: &Shared, what: &str, waited: std::time::Duration) -> Trouble {
    let state = shared.state();
    let violations: Vec<String> = state.violations.iter().map(ToString::to_string).collect();
    Trouble::Silence(format!(
        "no {what} within {waited:?}; what happened last:\n{}\n{}",
        state.log.tail(TAIL, shared.started),
        violations.join("\n"),
    ))
}
