//! The gateway's times.

use std::time::Duration;

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
    // and a thousand a day; a bot that does more loses its token.
    longest_pause: Duration::from_secs(120),
    lasting: Duration::from_secs(120),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discords_limits_are_kept() {
        let day = Duration::from_secs(24 * 60 * 60);
        // Pauses vary by a quarter; the first ones are shorter, which is what the margin is for.
        let sessions_a_day = day.div_duration_f64(PACE.longest_pause.mul_f64(0.75));
        assert!(sessions_a_day < 980.0, "{sessions_a_day}");
        assert!(day.div_duration_f64(PACE.lasting) < 980.0);
        assert!(PACE.between_sessions >= Duration::from_secs(5));
        // 120 sends a minute, of which pings should be the lesser part.
        assert!(Duration::from_secs(60).div_duration_f64(PACE.pulse) <= 40.0);
        // Two intervals of the heartbeat.
        assert!(PACE.deaf > 2 * Duration::from_millis(41_250));
    }
}
