//! The gateway's times.

use std::time::Duration;

use tokio::time::Instant;

/// All times of the supervision. Tests have shorter ones.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// Between two looks at a session, each with a websocket ping.
    pub(super) pulse: Duration,
    /// For asking where the gateway is, repetitions and all, before it is logged that nobody says.
    pub(super) ask: Duration,
    /// For the websocket to be opened.
    pub(super) connect: Duration,
    /// For a session to be ready: at its beginning, and again after each resume.
    pub(super) ready: Duration,
    /// Without an event and without an acknowledged heartbeat, after which a session is taken to be deaf.
    pub(super) deaf: Duration,
    /// For a session to close in good order, and once more for it to be cut off.
    pub(super) close: Duration,
    /// From the beginning of one session to that of the next.
    pub(super) between_sessions: Duration,
    /// After the first session that fails. Each further pause is twice as long, up to `longest_pause`.
    pub(super) first_pause: Duration,
    /// Between two sessions.
    pub(super) longest_pause: Duration,
    /// A session that lived so long was a good one: pauses are short again.
    pub(super) lasting: Duration,
    /// So many sessions may be begun as fast as the rest allows …
    pub(super) sessions_at_once: u32,
    /// … and one more for each such time that has gone by.
    pub(super) session_every: Duration,
}

/// Counts sessions against the number that a day may have.
pub(super) struct Budget {
    /// How far ahead of an even pace the sessions begun are: the moment when an even pace would have begun as many.
    even: Instant,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { even: Instant::now() }
    }

    /// Counts a session that is wanted at `wanted`, and gives the moment at which it may begin.
    pub(super) fn take(&mut self, pace: &Pace, wanted: Instant) -> Instant {
        let ahead = pace.session_every * pace.sessions_at_once;
        let begin = self.even.checked_sub(ahead).map_or(wanted, |earliest| wanted.max(earliest));
        self.even = self.even.max(begin) + pace.session_every;
        begin
    }
}

/// The times of the bot.
pub(super) const PACE: Pace = Pace {
    pulse: Duration::from_secs(2),
    ask: Duration::from_secs(15),
    connect: Duration::from_secs(10),
    ready: Duration::from_secs(60),
    // Discord's heartbeats come every 41 seconds, and one may be under way.
    deaf: Duration::from_secs(100),
    close: Duration::from_secs(3),
    // Discord takes one IDENTIFY in five seconds,
    between_sessions: Duration::from_secs(5),
    first_pause: Duration::from_secs(1),
    longest_pause: Duration::from_secs(120),
    lasting: Duration::from_secs(10),
    // and a thousand a day; a bot that does more loses its token. A restart begins to count anew.
    sessions_at_once: 100,
    session_every: Duration::from_secs(120),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_sessions_do_not_wait_for_each_other() {
        let (begun, mut budget) = (Instant::now(), Budget::new());
        for _ in 0..PACE.sessions_at_once {
            assert_eq!(budget.take(&PACE, begun), begun);
        }
        assert!(budget.take(&PACE, begun) > begun);
    }

    #[test]
    fn discords_limits_are_kept() {
        let day = Duration::from_secs(24 * 60 * 60);
        let (begun, mut budget) = (Instant::now(), Budget::new());
        let mut sessions = 0;
        let mut next = begun;
        while next < begun + day {
            sessions += 1;
            next = budget.take(&PACE, next + PACE.between_sessions);
        }
        assert!((500..900).contains(&sessions), "{sessions}");
        assert!(PACE.between_sessions >= Duration::from_secs(5));
        // 120 sends a minute, of which pings should be the lesser part.
        assert!(Duration::from_secs(60).div_duration_f64(PACE.pulse) <= 40.0);
        // Two intervals of the heartbeat.
        assert!(PACE.deaf > 2 * Duration::from_millis(41_250));
    }
}
