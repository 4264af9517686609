//! The bot's token: the one secret of the process. It is shown by [`Token::reveal`] and by nothing else.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The environment variable that holds the token.
pub(crate) const VARIABLE: &str = "DISCORD_TOKEN";
/// Longer tokens are taken for something else, and so are larger files. Discord's have about 70 characters.
const LONGEST: usize = 512;

/// A bot token without its `Bot ` prefix: visible ASCII characters, at least one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

/// Why there is no usable token. The texts are for people, and never quote what was refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    #[error("tokenet er tomt")]
    Empty,
    #[error("tokenet har mellemrum eller tegn, der ikke hører til i et token; kopiér det igen")]
    Strange,
    #[error("det er længere, end et token kan være; er det den rigtige fil?")]
    TooLong,
    #[error("filen med tokenet, {}, kan ikke læses: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
}

impl Token {
    /// The token in `text`, without blanks around it and without a leading `Bot `.
    ///
    /// # Errors
    /// What is empty, longer than [`LONGEST`] or could not stand in an HTTP header is refused. The form that Discord gives its
    /// tokens is not asked for: see [`Token::is_plausible`].
    pub(crate) fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        // A byte order mark is what some editors put before the first character of a file.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
        let text = if text == "Bot" { "" } else { text.strip_prefix("Bot ").unwrap_or(text).trim_start() };
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if text.len() > LONGEST {
            return Err(TokenError::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Strange);
        }
        Ok(Self(text.to_owned()))
    }

    /// The token in [`VARIABLE`], else the one in the file. None when the variable is unset or empty and no file is named.
    ///
    /// # Errors
    /// As [`Token::parse`], and when the file cannot be read. A variable that is set to something unusable is an error even if
    /// a file is named: which of the two is meant is not guessed.
    pub(crate) fn find(file: Option<&Path>) -> Result<Option<Self>, TokenError> {
        Self::choose(std::env::var_os(VARIABLE), file)
    }

    fn choose(variable: Option<OsString>, file: Option<&Path>) -> Result<Option<Self>, TokenError> {
        match (variable, file) {
            (Some(text), _) if !text.is_empty() => {
                Self::parse(text.to_str().ok_or(TokenError::Strange)?).map(Some)
            }
            (_, Some(path)) => Self::from_file(path).map(Some),
            _ => Ok(None),
        }
    }

    fn from_file(path: &Path) -> Result<Self, TokenError> {
        let mut text = String::new();
        let read = File::open(path).and_then(|file| {
            // Room for blanks and a line end around the longest token.
            let most = 2 * LONGEST as u64;
            file.take(most).read_to_string(&mut text)
        });
        match read {
            Ok(_) => Self::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(TokenError::Strange),
            Err(error) => Err(TokenError::File { path: path.to_owned(), error }),
        }
    }

    /// The token itself, for the header of a request or the gateway's IDENTIFY; never for a log or a message.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it has the form of Discord's tokens: three parts with dots between, of letters, digits, `-` and `_`.
    pub(crate) fn is_plausible(&self) -> bool {
        let parts: Vec<&str> = self.0.split('.').collect();
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(is_base64))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_and_what_is_refused() {
        for (text, expected) in [
            ("abc.def.ghi", Ok("abc.def.ghi")),
            ("  abc\r\n", Ok("abc")),
            ("Bot abc", Ok("abc")),
            ("\u{feff}Bot   abc\n", Ok("abc")),
            ("Bottle", Ok("Bottle")),
            ("", Err("tomt")),
            (" \n", Err("tomt")),
            ("Bot ", Err("tomt")),
            ("abc def", Err("mellemrum")),
            ("abc\ndef", Err("mellemrum")),
            ("abc\u{0}", Err("mellemrum")),
            ("abcæ", Err("mellemrum")),
            (&"x".repeat(LONGEST + 1), Err("længere")),
        ] {
            match (Token::parse(text), expected) {
                (Ok(token), Ok(expected)) => assert_eq!(token.reveal(), expected),
                (Err(error), Err(word)) => assert!(error.to_string().contains(word), "{text:?}: {error}"),
                (got, _) => panic!("{text:?}: {got:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn no_form_of_printing_shows_it() {
        let token = Token::parse("secret").unwrap();
        assert_eq!(format!("{token} {token:?} {token:#?}"), "Token(…) Token(…) Token(…)");
        let error = Token::parse("very secret").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"));
    }

    #[test]
    fn the_form_of_a_discord_token_is_known() {
        for (text, plausible) in [
            ("MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", true),
            ("a-_1.b.c", true),
            ("test", false),
            ("a.b", false),
            ("a..c", false),
            ("a.b.c.d", false),
            ("a.b!.c", false),
        ] {
            assert_eq!(Token::parse(text).unwrap().is_plausible(), plausible, "{text}");
        }
    }

    #[test]
    fn the_variable_goes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "Bot from-file\n").unwrap();
        let find = |variable: Option<&str>, file: Option<&Path>| {
            Token::choose(variable.map(OsString::from), file).unwrap().map(|token| token.reveal().to_owned())
        };
        assert_eq!(find(Some("from-variable"), Some(&file)).as_deref(), Some("from-variable"));
        assert_eq!(find(Some(""), Some(&file)).as_deref(), Some("from-file"));
        assert_eq!(find(None, Some(&file)).as_deref(), Some("from-file"));
        assert_eq!(find(Some(""), None), None);
        assert_eq!(find(None, None), None);
        assert!(matches!(Token::choose(Some(" ".into()), Some(&file)), Err(TokenError::Empty)));
    }

    #[test]
    fn a_file_that_is_no_token_is_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let error = Token::from_file(&file).unwrap_err().to_string();
        assert!(error.contains("token") && error.contains("kan ikke læses"), "{error}");
        std::fs::write(&file, b"\xff\xfe").unwrap();
        assert!(matches!(Token::from_file(&file), Err(TokenError::Strange)));
        std::fs::write(&file, "x".repeat(10 * LONGEST)).unwrap();
        assert!(matches!(Token::from_file(&file), Err(TokenError::TooLong)));
    }
}
