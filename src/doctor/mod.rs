//! `referent doctor`: looks at everything that the bot needs, and says of each thing that is wrong how it is mended.

mod discord;
mod doubts;
mod house;
mod registered;

use std::fmt;
use std::io::{self, IsTerminal, Write};

use crate::cli::Cli;
use crate::config::Config;
use crate::discord::{Api, Token};
use crate::failure::{Exit, Failure};
use crate::health;
use crate::neutral::one_line;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// In order.
    Good,
    /// The bot works, but not as well as it could.
    Doubtful,
    /// Something does not work.
    Bad,
}

/// What was looked at, how it is, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    state: State,
    /// What was looked at, one or two words.
    subject: &'static str,
    what: String,
    /// What to do or where to look; None where nothing needs to be done.
    mend: Option<String>,
}

impl Finding {
    fn good(subject: &'static str, what: impl Into<String>) -> Self {
        Self { state: State::Good, subject, what: what.into(), mend: None }
    }

    fn doubtful(subject: &'static str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { state: State::Doubtful, subject, what: what.into(), mend: Some(mend.into()) }
    }

    fn bad(subject: &'static str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { state: State::Bad, ..Self::doubtful(subject, what, mend) }
    }
}

/// Marks, and their colours as SGR codes.
const MARKS: [(State, &str, &str); 3] =
    [(State::Good, "✓", "32"), (State::Doubtful, "!", "33"), (State::Bad, "✗", "31")];

/// Looks at everything; with `alive`, only whether the bot that uses this data folder is well right now.
///
/// # Errors
/// When standard output is closed, and with `alive` a mistake in bot.toml.
pub(crate) fn run(cli: &Cli, alive: bool) -> Result<Exit, Failure> {
    if alive {
        return is_alive(cli);
    }
    let mut report = Report { colours: io::stdout().is_terminal(), worst: State::Good };
    let config = match Config::load(cli.config.as_deref(), cli.data.as_deref()) {
        Ok(config) => config,
        Err(failure) => {
            let what = failure.text().unwrap_or_default();
            report.tell(&Finding::bad("Opsætning", what, "ret bot.toml, og prøv igen"))?;
            return Ok(Exit::Partly);
        }
    };
    report.tell(&Finding::good("Opsætning", format!("bot.toml er i orden ({})", config.council.name)))?;
    for finding in house::look(&config) {
        report.tell(&finding)?;
    }
    let link = match (Token::find(config.discord.token_file.as_deref()), Api::from_env()) {
        (Ok(Some(token)), Ok(api)) => discord::look(&config, token, api, &mut report)?,
        (Ok(None), _) => {
            report.tell(&Finding::doubtful(
                "Token",
                "DISCORD_TOKEN er ikke sat, så botten kan kun svare i terminalen",
                "lav en bot i Discords udviklerportal, og sæt DISCORD_TOKEN eller [discord] token_file",
            ))?;
            None
        }
        (Err(error), _) => {
            report.tell(&Finding::bad(
                "Token",
                error.to_string(),
                "hent et nyt token i Discords udviklerportal",
            ))?;
            None
        }
        (_, Err(error)) => {
            report.tell(&Finding::bad(
                "DISCORD_API",
                error.to_string(),
                "fjern DISCORD_API; den er til prøver",
            ))?;
            None
        }
    };
    if let Some(link) = link {
        writeln!(io::stdout(), "\nInvitér botten til en server med dette link:\n{link}")?;
    }
    Ok(if report.worst == State::Bad { Exit::Partly } else { Exit::Done })
}

/// Whether the running bot said lately that it is well.
fn is_alive(cli: &Cli) -> Result<Exit, Failure> {
    let config = Config::load(cli.config.as_deref(), cli.data.as_deref())?;
    let (text, exit) = match health::age(&health::alive_file(&config.data)) {
        Some(age) if age <= health::OLDEST => ("botten er forbundet", Exit::Done),
        Some(_) => ("botten har ikke været forbundet det seneste minut", Exit::Partly),
        None => ("botten kører ikke", Exit::Partly),
    };
    writeln!(io::stdout(), "{text}")?;
    Ok(exit)
}

/// Tells findings as they are made.
struct Report {
    colours: bool,
    worst: State,
}

impl Report {
    fn tell(&mut self, finding: &Finding) -> Result<(), Failure> {
        self.worst = self.worst.max(finding.state);
        let mut out = io::stdout().lock();
        if self.colours {
            let (_, mark, colour) = MARKS[finding.state as usize];
            writeln!(out, "\u{1b}[{colour}m{mark}\u{1b}[0m{}", &finding.to_string()[mark.len()..])?;
        } else {
            writeln!(out, "{finding}")?;
        }
        Ok(out.flush()?)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, mark, _) = MARKS[self.state as usize];
        write!(f, "{mark} {}: {}", self.subject, one_line(&self.what))?;
        match &self.mend {
            Some(mend) => write!(f, "\n  → {}", one_line(mend)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_in_the_order_of_states() {
        for (at, (state, ..)) in MARKS.into_iter().enumerate() {
            assert_eq!(state as usize, at);
        }
    }

    #[test]
    fn a_finding_says_what_to_do() {
        let finding = Finding::bad("Kilde", "mappen\u{1b}[2J findes ikke", "lav den");
        assert_eq!(finding.to_string(), "✗ Kilde: mappen\u{fffd}[2J findes ikke\n  → lav den");
        assert_eq!(Finding::good("Data", "5 møder").to_string(), "✓ Data: 5 møder");
    }
}
