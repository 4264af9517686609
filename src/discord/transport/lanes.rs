//! Order and rate limits of what is sent: one queue a channel, and one gate for everything.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serenity::model::id::ChannelId;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::error::SendError;
use super::pace;

/// A gate that Discord may close for a time. It is open at first.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// When it opens; None or past: it is open. Held for the length of a comparison only.
    opens: Mutex<Option<Instant>>,
}

impl Gate {
    /// Closes it for at least `pause` from now.
    pub(super) fn close(&self, pause: Duration) {
        let then = Instant::now() + pause;
        let mut opens = lock(&self.opens);
        *opens = Some(opens.map_or(then, |earlier| earlier.max(then)));
    }

    /// When it opens; None when it is open.
    fn closed(&self) -> Option<Instant> {
        lock(&self.opens).filter(|opens| *opens > Instant::now())
    }

    pub(super) fn is_open(&self) -> bool {
        self.closed().is_none()
    }

    /// Fails at once when it is known not to open in time.
    fn check(&self, until: Instant) -> Result<(), SendError> {
        match self.closed() {
            Some(opens) if opens >= until => Err(SendError::OutOfTime),
            _ => Ok(()),
        }
    }

    /// Waits until it is open, and fails at once when that is known not to be in time.
    pub(super) async fn pass(&self, until: Instant) -> Result<(), SendError> {
        // More than once, for it may be closed anew meanwhile.
        while let Some(opens) = self.closed() {
            self.check(until)?;
            sleep_until(opens).await;
        }
        Ok(())
    }
}

/// What is sent to one channel, one at a time and in the order in which it was asked for.
#[derive(Debug, Default)]
pub(super) struct Lane {
    turn: tokio::sync::Mutex<()>,
    pub(super) gate: Gate,
}

impl Lane {
    /// Waits for its turn, which lasts as long as what is given back.
    pub(super) async fn turn(&self, until: Instant) -> Result<tokio::sync::MutexGuard<'_, ()>, SendError> {
        self.gate.check(until)?;
        timeout_at(until, self.turn.lock()).await.map_err(|_| SendError::OutOfTime)
    }
}

/// The lanes that are in use. Idle ones are forgotten.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// Held while a lane is looked up, never while one waits.
    lanes: Mutex<HashMap<ChannelId, Arc<Lane>>>,
}

impl Lanes {
    /// The channel's lane. It is in use for as long as what is given back lives.
    pub(super) fn lane(&self, channel: ChannelId) -> Arc<Lane> {
        let mut lanes = lock(&self.lanes);
        if lanes.len() >= pace::LANES_KEPT {
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1 || lane.gate.closed().is_some());
        }
        Arc::clone(lanes.entry(channel).or_default())
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        lock(&self.lanes).len()
    }
}

/// Nothing is left half done under these locks, so that a panic of another holder means nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_closed_gate_opens_in_time_or_fails_at_once() {
        let gate = Gate::default();
        let start = Instant::now();
        let second = Duration::from_secs(1);
        gate.pass(start + second).await.unwrap();
        assert_eq!(start.elapsed(), Duration::ZERO);
        gate.close(5 * second);
        gate.close(2 * second);
        assert_eq!(gate.pass(start + 5 * second).await, Err(SendError::OutOfTime));
        assert_eq!(start.elapsed(), Duration::ZERO);
        gate.pass(start + 6 * second).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_that_closes_again_holds_those_who_wait() {
        let gate = Gate::default();
        let start = Instant::now();
        gate.close(Duration::from_secs(1));
        let waiting = gate.pass(start + Duration::from_secs(10));
        let closing = async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            gate.close(Duration::from_secs(3));
        };
        let (passed, ()) = tokio::join!(waiting, closing);
        passed.unwrap();
        assert_eq!(start.elapsed().as_millis() / 100, 35);
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_is_waited_for_in_time() {
        let lane = Lane::default();
        let start = Instant::now();
        let turn = lane.turn(start + Duration::from_secs(1)).await.unwrap();
        assert!(matches!(lane.turn(start + Duration::from_secs(1)).await, Err(SendError::OutOfTime)));
        assert_eq!(start.elapsed().as_secs(), 1);
        drop(turn);
        lane.gate.close(Duration::from_secs(9));
        assert!(matches!(lane.turn(start + Duration::from_secs(5)).await, Err(SendError::OutOfTime)));
        assert_eq!(start.elapsed().as_secs(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn idle_lanes_are_forgotten_and_busy_ones_kept() {
        let lanes = Lanes::default();
        let busy = lanes.lane(ChannelId::new(1));
        lanes.lane(ChannelId::new(2)).gate.close(Duration::from_secs(9));
        for id in 3..1_000 {
            lanes.lane(ChannelId::new(id));
            assert!(lanes.len() <= pace::LANES_KEPT);
        }
        assert!(Arc::ptr_eq(&busy, &lanes.lane(ChannelId::new(1))));
        assert!(lanes.lane(ChannelId::new(2)).gate.closed().is_some());
    }
}
