//! What a failure says about the thing that was to be sent: whether it may be there, and whether to try again.

use super::error::{SendError, is_for_now};

/// What became of something that was not surely sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It surely did not arrive, and may be sent later.
    NotSent,
    /// It may have arrived or not: look first, with [`Transport::find`](super::Transport::find).
    Unknown,
    /// It did not arrive, and will not until a person changes something: a right, the channel, the token, the message.
    /// [`SendError::danish`] says what.
    Refused,
}

/// Discord's codes for a channel that is not there, or not any more: itself, or its guild.
const CHANNEL_GONE: &[u32] = &[10_003, 10_004];

impl SendError {
    /// Whether nothing can be sent to the channel until a person changes something: it is gone, or closed to the bot.
    pub(crate) fn closes_channel(&self) -> bool {
        match self {
            Self::Forbidden { .. } => true,
            Self::Gone { code } => CHANNEL_GONE.contains(code),
            _ => false,
        }
    }

    /// What became of the message that [`post_once`](super::Transport::post_once) or [`post`](super::Transport::post) was to send. For
    /// calls where twice is the same as once, such as [`edit`](super::Transport::edit), [`Fate::NotSent`] only means that they may
    /// be made again.
    ///
    /// [`SendError::Unauthorized`] counts as refused, though it is the bot that is refused and not this one message.
    pub(crate) fn fate(&self) -> Fate {
        match self {
            Self::Refused { code, .. } if is_for_now(*code) => Fate::NotSent,
            Self::Gone { .. } | Self::Forbidden { .. } | Self::Refused { .. } | Self::Unauthorized => {
                Fate::Refused
            }
            Self::OutOfTime | Self::Unreachable { .. } => Fate::NotSent,
            Self::Uncertain { .. } | Self::Unreadable | Self::NotDiscord { .. } | Self::TooMany { .. } => {
                Fate::Unknown
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_discord_answers_decides_what_is_done() {
        let code = |code: u32| Some(json!({ "code": code, "message": "x" }));
        for (status, body, fate, word) in [
            (400, code(50_035), Fate::Refused, "afviste"),
            (400, code(50_006), Fate::Refused, "afviste"),
            (401, code(0), Fate::Refused, "tokenet"),
            (401, None, Fate::Refused, "tokenet"),
            (403, code(50_001), Fate::Refused, "adgang til kanalen"),
            (403, code(50_013), Fate::Refused, "tilladelse"),
            (403, code(50_007), Fate::Refused, "beskeder fra botten"),
            (403, code(0), Fate::Refused, "tilladelse"),
            (404, code(10_003), Fate::Refused, "kanalen findes ikke længere"),
            (404, code(10_008), Fate::Refused, "beskeden findes ikke længere"),
            (404, code(0), Fate::Refused, "afviste"),
            (400, code(50_083), Fate::Refused, "afviste"),
            (400, code(20_028), Fate::NotSent, "afviste"),
            (403, code(40_004), Fate::NotSent, "afviste"),
            (400, code(130_000), Fate::NotSent, "afviste"),
            // No JSON: that was not Discord, and nobody knows what lies behind.
            (403, None, Fate::Unknown, "mellem"),
            (404, Some(Value::from("<html>")), Fate::Unknown, "mellem"),
            (302, None, Fate::Unknown, "mellem"),
        ] {
            let error = SendError::of_answer(status, body.as_ref(), &[]);
            assert_eq!(error.fate(), fate, "{status} {body:?}");
            assert!(error.danish().contains(word), "{status} {body:?}: {}", error.danish());
        }
    }

    #[test]
    fn no_answer_decides_by_whether_it_may_have_arrived() {
        let what = || "no answer in time".to_owned();
        for (error, fate) in [
            (SendError::OutOfTime, Fate::NotSent),
            (SendError::Unreachable { what: what() }, Fate::NotSent),
            (SendError::Uncertain { what: what() }, Fate::Unknown),
            (SendError::Unreadable, Fate::Unknown),
            (SendError::TooMany { most: 1 }, Fate::Unknown),
        ] {
            assert_eq!(error.fate(), fate, "{error:?}");
        }
    }
}
