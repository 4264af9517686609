//! Whether what a message is about is still followed where it goes.

use super::matching::Reason;
use super::subscription::{Pause, Subscription};

/// Whether a place still wants a message, from what it wants least to what it wants most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing of what the message is about is followed any more.
    Stopped,
    /// Somebody paused all of it that is.
    Paused,
    /// Some of it is. That the place is closed to the bot is nobody's wish.
    Followed,
}

/// How reasons stand to what a place follows now.
pub fn standing(reasons: &[Reason], following: &[Subscription]) -> Standing {
    reasons.iter().map(|reason| reason.standing(following)).max().unwrap_or(Standing::Stopped)
}

impl Reason {
    /// How this one stands.
    pub(super) fn standing(&self, following: &[Subscription]) -> Standing {
        let same = following.iter().find(|it| self.is_of(it));
        same.map_or(Standing::Stopped, |it| match it.paused {
            Some(Pause::Asked) => Standing::Paused,
            Some(Pause::NoAccess) | None => Standing::Followed,
        })
    }

    /// Whether it is what the subscription follows.
    pub fn is_of(&self, subscription: &Subscription) -> bool {
        let follow = &subscription.follow;
        self.subject == follow.subject && (self.label == follow.label || self.key() == follow.key)
    }
}
