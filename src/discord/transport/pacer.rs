//! Discord's limit for everything that a bot sends, kept from our side: answers to interactions are not counted by it.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::error::SendError;
use super::pace;

/// Between two requests at full speed.
pub(super) const INTERVAL: Duration = Duration::from_micros(1_000_000 / pace::PER_SECOND as u64);

/// Lets requests go, [`pace::PER_SECOND`], in the order in which they came.
#[derive(Debug)]
pub(super) struct Pacer {
    /// When the next one may go. Whoever is next holds the lock while it waits, so that after a standstill of the whole process
    /// those who waited do not all go at once.
    next: Mutex<Instant>,
}

impl Pacer {
    pub(super) fn new() -> Self {
        Self { next: Mutex::new(Instant::now()) }
    }

    /// Waits for its turn. Who does not get it in time leaves it to the next.
    pub(super) async fn pass(&self, until: Instant) -> Result<(), SendError> {
        timeout_at(until, self.turn()).await.map_err(|_| SendError::OutOfTime)
    }

    async fn turn(&self) {
        let came = Instant::now();
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        let now = Instant::now();
        // Who came after its time was late by itself.
        let late = now.saturating_duration_since(came.max(*next)).min(INTERVAL * (pace::BURST - 1));
        *next = (now + INTERVAL).checked_sub(late).unwrap_or(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When each of so many went, since the first.
    async fn times(pacer: &Pacer, count: u32) -> Vec<Duration> {
        let start = Instant::now();
        let mut times = Vec::new();
        for _ in 0..count {
            pacer.pass(start + Duration::from_secs(600)).await.unwrap();
            times.push(start.elapsed());
        }
        times
    }

    /// The most in any one second.
    fn most_in_a_second(times: &[Duration]) -> usize {
        let within = |from: &Duration| {
            times.iter().filter(|it| *it >= from && **it < *from + Duration::from_secs(1)).count()
        };
        times.iter().map(within).max().unwrap_or(0)
    }

    fn assert_kept(times: &[Duration]) {
        let most = most_in_a_second(times);
        assert!(most <= pace::DISCORDS_PER_SECOND as usize, "{most} in a second");
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_than_discord_takes_and_few_have_less() {
        let pacer = Pacer::new();
        tokio::time::sleep(Duration::from_secs(9)).await;
        let times = times(&pacer, 2_000).await;
        assert_kept(&times);
        // The first may be late by three turns without harm.
        let late: Vec<Duration> = times.iter().map(|it| (*it).max(INTERVAL * 3)).collect();
        assert_kept(&late);
        let rate = 2_000.0 / times.last().unwrap().as_secs_f64();
        assert!(rate >= 0.9 * f64::from(pace::DISCORDS_PER_SECOND), "{rate} a second");
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_missed_in_a_standstill_is_hardly_made_up_for() {
        let pacer = Pacer::new();
        let start = Instant::now();
        let times = std::sync::Mutex::new(Vec::new());
        let until = start + Duration::from_secs(600);
        let sending = (0..400).map(|_| async {
            pacer.pass(until).await.unwrap();
            times.lock().unwrap().push(start.elapsed());
        });
        let standing_still = async {
            for millis in [5, 30, 60, 300, 20, 700, 90] {
                tokio::time::sleep(Duration::from_millis(450)).await;
                tokio::time::advance(Duration::from_millis(millis)).await;
            }
        };
        tokio::join!(serenity::futures::future::join_all(sending), standing_still);
        let times = times.into_inner().unwrap();
        assert_eq!(times.len(), 400);
        assert_kept(&times);
        let at_once = times.windows(2).filter(|it| it[0] == it[1]).count();
        assert!((1..=7 * pace::BURST as usize).contains(&at_once), "{at_once}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_no_time_leaves_the_turn_to_others() {
        let pacer = Pacer::new();
        let start = Instant::now();
        for _ in 0..100 {
            assert_eq!(times(&pacer, 1).await.len(), 1);
            let hurried = pacer.pass(Instant::now() + Duration::from_millis(1)).await;
            assert_eq!(hurried, Err(SendError::OutOfTime));
        }
        assert!(start.elapsed() <= INTERVAL * 110, "{:?}", start.elapsed());
    }
}
