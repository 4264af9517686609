//! Where Discord is: at discord.com, or for tests at a server of this machine.

/// The environment variable that points the bot at another server.
pub(crate) const VARIABLE: &str = "DISCORD_API";

/// The hosts that are this machine, written as in a URL.
const LOOPBACK: &[&str] = &["127.0.0.1", "[::1]", "localhost"];

/// The server that is taken for Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Api {
    /// discord.com.
    Discord,
    /// A server of this machine: `http://HOST:PORT`, without a slash at the end.
    Loopback(String),
}

/// An address that the token is not sent to. The text is for people.
#[derive(Debug, thiserror::Error)]
#[error(
    "DISCORD_API kan kun pege på denne maskine, for eksempel http://127.0.0.1:8080 (127.0.0.1, [::1] eller localhost, \
     med en port og uden mere)"
)]
pub(crate) struct ApiError;

impl Api {
    /// What [`VARIABLE`] says; Discord itself when it is unset or empty.
    ///
    /// # Errors
    /// As [`Api::parse`].
    pub(crate) fn from_env() -> Result<Self, ApiError> {
        match std::env::var_os(VARIABLE) {
            Some(text) if !text.is_empty() => Self::parse(text.to_str().ok_or(ApiError)?),
            _ => Ok(Self::Discord),
        }
    }

    /// The server at a base URL, with or without one slash at its end.
    ///
    /// # Errors
    /// Everything but a loopback host and a port: whoever gets the requests gets the token.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        let base = text.strip_suffix('/').unwrap_or(text);
        let rest = base.strip_prefix("http://").ok_or(ApiError)?;
        if is_loopback(rest) { Ok(Self::Loopback(base.to_owned())) } else { Err(ApiError) }
    }

    /// Whether the bot may identify itself at this address, given as the gateway's: the token must neither travel in the clear
    /// nor, in tests, leave the machine.
    pub(crate) fn trusts_gateway(&self, url: &str) -> bool {
        match self {
            Self::Discord => url.starts_with("wss://"),
            Self::Loopback(_) => url
                .strip_prefix("ws://")
                .is_some_and(|rest| is_loopback(rest.split('/').next().unwrap_or_default())),
        }
    }
}

/// Whether this is one of the loopback hosts with a port, and nothing else.
fn is_loopback(authority: &str) -> bool {
    LOOPBACK.iter().any(|host| {
        let port = authority.strip_prefix(host).and_then(|rest| rest.strip_prefix(':'));
        // `parse` alone would take a sign before the digits.
        port.is_some_and(|port| {
            port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_taken() {
        for (text, taken) in [
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:1", true),
            ("http://localhost:65535", true),
            ("", false),
            ("127.0.0.1:8080", false),
            ("https://127.0.0.1:8080", false),
            ("HTTP://127.0.0.1:8080", false),
            ("http://127.0.0.1", false),
            ("http://127.0.0.1:", false),
            ("http://127.0.0.1:0", false),
            ("http://127.0.0.1:65536", false),
            ("http://127.0.0.1:+80", false),
            ("http://127.0.0.1:80a", false),
            ("http://127.0.0.1:80//", false),
            ("http://127.0.0.1:80/api", false),
            ("http://127.0.0.1:80?x", false),
            ("http://127.0.0.1:80#x", false),
            ("http://user@127.0.0.1:80", false),
            ("http://127.0.0.1:80@example.org", false),
            ("http://127.0.0.1.example.org:80", false),
            ("http://localhost.example.org:80", false),
            ("http://localhost.:80", false),
            ("http://127.0.0.2:80", false),
            ("http://127.1:80", false),
            ("http://::1:80", false),
            ("http://0.0.0.0:80", false),
            ("http://10.0.0.1:80", false),
            ("http://example.org:80", false),
            ("https://discord.com", false),
            (" http://127.0.0.1:80", false),
            ("http://127.0.0.1:80\n", false),
        ] {
            match Api::parse(text) {
                Ok(Api::Loopback(base)) => {
                    assert!(taken, "{text:?} is taken");
                    assert_eq!(base, text.trim_end_matches('/'));
                }
                Ok(Api::Discord) => panic!("{text:?} is taken for Discord"),
                Err(error) => {
                    assert!(!taken, "{text:?} is refused");
                    assert!(error.to_string().contains("denne maskine"));
                }
            }
        }
    }

    #[test]
    fn the_token_is_sent_to_no_other_gateway() {
        let loopback = Api::Loopback("http://127.0.0.1:1".to_owned());
        for (api, url, trusted) in [
            (&Api::Discord, "wss://gateway.discord.gg", true),
            (&Api::Discord, "ws://gateway.discord.gg", false),
            (&Api::Discord, "", false),
            (&loopback, "ws://127.0.0.1:8080", true),
            (&loopback, "ws://[::1]:8080/", true),
            (&loopback, "wss://gateway.discord.gg", false),
            (&loopback, "ws://example.org:80", false),
            (&loopback, "ws://127.0.0.1:80/gateway", true),
            (&loopback, "ws://127.0.0.1:80@example.org/", false),
        ] {
            assert_eq!(api.trusts_gateway(url), trusted, "{url}");
        }
    }
}
