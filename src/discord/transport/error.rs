//! Why something could not be sent, told apart by what the caller can do about it.

use serde_json::Value;

/// Discord's codes for what was there once: the message, the channel, the interaction or its token.
const GONE: &[u32] = &[10_003, 10_004, 10_008, 10_013, 10_015, 10_062, 50_027];
/// Discord's codes for what the bot may not do where it was asked to: no access, this person takes no messages, no permission.
const FORBIDDEN: &[u32] = &[50_001, 50_007, 50_013];
/// Discord's codes for what it does not take now and may take later: slow mode, the write limits of a channel and of a guild, sending
/// or something else switched off for a time, overload. Source:
/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
const LATER: &[u32] = &[20_016, 20_028, 20_029, 40_004, 40_006, 130_000];
/// The interaction has been answered already.
pub(super) const ALREADY_ANSWERED: u32 = 40_060;
/// What people are told of a code, before the code itself; others have a general sentence.
const REASONS: &[(u32, &str)] = &[
    (10_003, "kanalen findes ikke længere"),
    (10_004, "serveren findes ikke længere, eller botten er ikke på den"),
    (10_008, "beskeden findes ikke længere"),
    (50_001, "botten har ikke adgang til kanalen"),
    (50_007, "personen tager ikke imod beskeder fra botten"),
    (50_013, "botten mangler en tilladelse i kanalen"),
];
/// Of what Discord or a library says about a failure, in characters.
const LONGEST_TEXT: usize = 300;

/// Why something was not sent. The text is for logs, [`SendError::danish`] for people; neither ever holds a URL or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SendError {
    /// What it was meant for is no more: trying again is useless.
    #[error("what it was meant for is gone (code {code})")]
    Gone {
        /// Discord's code.
        code: u32,
    },
    /// The bot lacks access or permission there; a person has to change that.
    #[error("the bot may not do this here (code {code})")]
    Forbidden {
        /// Discord's code; 0 when it gave none.
        code: u32,
    },
    /// Discord will never take it as it is: a fault of ours.
    #[error("refused with status {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status; 0 when it could not even be sent.
        status: u16,
        /// Discord's code; 0 when it gave none.
        code: u32,
        /// What Discord says about it, shortened.
        message: String,
    },
    /// Something between the bot and Discord refused it: Discord itself always answers in JSON.
    #[error("refused with status {status}, but not by discord")]
    NotDiscord {
        /// The HTTP status.
        status: u16,
    },
    /// The bot's token is not valid, or no longer.
    #[error("the token is refused")]
    Unauthorized,
    /// The caller's time was up, or a rate limit lasts longer than it; it was not carried out, unless twice is the same as once.
    #[error("out of time")]
    OutOfTime,
    /// Discord could not be reached, or only said that it is out of order, until the time was up; it was not carried out, unless
    /// twice is the same as once.
    #[error("discord cannot be reached: {what}")]
    Unreachable {
        /// How the last try ended.
        what: String,
    },
    /// It may have been carried out or not, and a repetition might be seen twice.
    #[error("it is not known whether it was carried out: {what}")]
    Uncertain {
        /// How the try ended.
        what: String,
    },
    /// Discord took it, but its answer, which was asked for, cannot be read.
    #[error("the answer cannot be read")]
    Unreadable,
    /// There are too many messages to be sure whether one of them is the one looked for.
    #[error("more than {most} messages to look through")]
    TooMany {
        /// How many are looked through.
        most: usize,
    },
}

impl SendError {
    /// What a person is told, one sentence without a full stop.
    pub(crate) fn danish(&self) -> String {
        match self {
            Self::Gone { code } => reason(*code, "det, der skulle sendes til, findes ikke længere"),
            Self::Forbidden { code } => reason(*code, "botten har ikke adgang eller tilladelse til det"),
            Self::Refused { status, code, message } => {
                format!("Discord afviste det (status {status}, kode {code}): {message}")
            }
            Self::NotDiscord { status } => {
                format!("noget mellem botten og Discord afviste det (status {status})")
            }
            Self::Unauthorized => "Discord afviser tokenet".to_owned(),
            Self::OutOfTime => "Discord svarede ikke i tide".to_owned(),
            Self::Unreachable { what } => format!("Discord kan ikke nås ({what})"),
            Self::Uncertain { what } => format!("det er uvist, om Discord fik det ({what})"),
            Self::Unreadable => "Discords svar kan ikke læses".to_owned(),
            Self::TooMany { most } => {
                format!("der er over {most} beskeder at se efter i, så det er uvist, om den er sendt")
            }
        }
    }

    /// What an answer says that is neither a success, a rate limit nor a server error. `secrets` are struck out of its text.
    pub(super) fn of_answer(status: u16, body: Option<&Value>, secrets: &[&str]) -> Self {
        let code = body.and_then(|body| body["code"].as_u64()).and_then(|code| u32::try_from(code).ok());
        let code = code.unwrap_or(0);
        if GONE.contains(&code) {
            return Self::Gone { code };
        }
        if status == 401 {
            return Self::Unauthorized;
        }
        if !body.is_some_and(Value::is_object) {
            return Self::NotDiscord { status };
        }
        if FORBIDDEN.contains(&code) || (status == 403 && !is_for_now(code)) {
            return Self::Forbidden { code };
        }
        let mut message = body.and_then(|body| body["message"].as_str()).unwrap_or_default().to_owned();
        if let Some(fault) = body.and_then(|body| first_fault(&body["errors"], "")) {
            message = format!("{message} ({fault})");
        }
        Self::Refused { status, code, message: harmless(&message, secrets) }
    }
}

fn reason(code: u32, otherwise: &str) -> String {
    let known = REASONS.iter().find(|(known, _)| *known == code).map(|(_, reason)| *reason);
    format!("{} (Discords kode {code})", known.unwrap_or(otherwise))
}

/// The first field that Discord finds fault with, as `embeds.0.title: …`. Its faults are nested under the fields' names.
fn first_fault(errors: &Value, path: &str) -> Option<String> {
    let fields = errors.as_object()?;
    if let Some(fault) = fields.get("_errors").and_then(|faults| faults[0]["message"].as_str()) {
        return Some(format!("{path}: {fault}"));
    }
    let (name, inside) = fields.iter().next()?;
    let dot = if path.is_empty() { "" } else { "." };
    first_fault(inside, &format!("{path}{dot}{name}"))
}

/// A text from outside, fit for a log: one line, short, without the secrets and without anything that looks like an address.
pub(super) fn harmless(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "…");
    }
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(|word| if word.contains("://") || word.contains("/api/") { "…" } else { word });
    let mut line = words.collect::<Vec<&str>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST_TEXT) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Whether Discord's code says that it may take it later.
pub(super) fn is_for_now(code: u32) -> bool {
    LATER.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_are_told_apart() {
        let refused =
            |status, code, message: &str| SendError::Refused { status, code, message: message.into() };
        for (status, body, expected) in [
            (
                404,
                Some(json!({ "code": 10062, "message": "Unknown interaction" })),
                SendError::Gone { code: 10_062 },
            ),
            (404, Some(json!({ "code": 10015 })), SendError::Gone { code: 10_015 }),
            (404, Some(json!({ "code": 10008 })), SendError::Gone { code: 10_008 }),
            (404, Some(json!({ "code": 10003 })), SendError::Gone { code: 10_003 }),
            (401, Some(json!({ "code": 50027 })), SendError::Gone { code: 50_027 }),
            (401, Some(json!({ "code": 0, "message": "401: Unauthorized" })), SendError::Unauthorized),
            (401, None, SendError::Unauthorized),
            (403, Some(json!({ "code": 50013 })), SendError::Forbidden { code: 50_013 }),
            (403, Some(json!({ "code": 50001 })), SendError::Forbidden { code: 50_001 }),
            (403, Some(json!({ "code": 160_005 })), SendError::Forbidden { code: 160_005 }),
            (403, Some(json!({})), SendError::Forbidden { code: 0 }),
            (403, Some(json!({ "code": 40004, "message": "Later" })), refused(403, 40_004, "Later")),
            (403, None, SendError::NotDiscord { status: 403 }),
            (400, Some(json!({ "code": 50007 })), SendError::Forbidden { code: 50_007 }),
            (400, Some(json!({ "code": 40060, "message": "Already" })), refused(400, 40_060, "Already")),
            (404, Some(json!({ "code": 0, "message": "404: Not Found" })), refused(404, 0, "404: Not Found")),
            (400, None, SendError::NotDiscord { status: 400 }),
            (302, None, SendError::NotDiscord { status: 302 }),
            (400, Some(json!({})), refused(400, 0, "")),
            (400, Some(json!({ "code": -1, "message": 7 })), refused(400, 0, "")),
            (400, Some(json!("text")), SendError::NotDiscord { status: 400 }),
            (
                400,
                Some(
                    json!({ "code": 50035, "message": "Invalid Form Body", "errors": { "embeds": { "0": { "title":
                    { "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer." }] } } } } }),
                ),
                refused(400, 50_035, "Invalid Form Body (embeds.0.title: Must be 256 or fewer.)"),
            ),
        ] {
            assert_eq!(SendError::of_answer(status, body.as_ref(), &[]), expected, "{status} {body:?}");
        }
    }

    #[test]
    fn what_others_say_is_made_harmless() {
        for (text, expected) in [
            ("not found: https://discord.com/api/v10/webhooks/1/aW50 there", "not found: … there"),
            ("POST /api/v10/webhooks/1/aW50", "POST …"),
            ("the token topsecret is bad", "the token … is bad"),
            ("two\r\nlines\u{7}\u{1b}[31m", "two lines [31m"),
        ] {
            assert_eq!(harmless(text, &["topsecret", ""]), expected);
        }
        assert_eq!(harmless(&"å".repeat(LONGEST_TEXT + 1), &[]), "å".repeat(LONGEST_TEXT) + "…");
    }

    #[test]
    fn every_failure_has_a_danish_text() {
        let what = "status 503".to_owned();
        for error in [
            SendError::Gone { code: 1 },
            SendError::Forbidden { code: 1 },
            SendError::Refused { status: 400, code: 1, message: String::new() },
            SendError::NotDiscord { status: 403 },
            SendError::Unauthorized,
            SendError::OutOfTime,
            SendError::Unreachable { what: what.clone() },
            SendError::Uncertain { what },
            SendError::Unreadable,
            SendError::TooMany { most: 100 },
        ] {
            let text = error.danish();
            assert!(!text.is_empty() && !text.ends_with('.') && text != error.to_string(), "{text}");
        }
    }
}
