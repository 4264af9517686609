//! How the process ends: the exit codes that scripts rely on, and why a command gave up.

use std::io;
use std::process::ExitCode;

/// How a command that ran to its end went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The question was answered, or everything was read.
    Done = 0,
    /// Nothing was found, or something could not be read.
    Partly = 1,
    /// A signal asked the program to stop, and it did so in good order (128 + SIGINT, as shells count).
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command gave up. The texts are what the person reads, in Danish.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line or bot.toml asks for something that cannot be.
    BadUse(String),
    /// The data folder, the disk or the terminal is in the way.
    Trouble(String),
    /// Whoever read our output has gone; nothing is left to say.
    ClosedPipe,
}

impl Failure {
    /// The exit code that stands for this failure.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::BadUse(_) => 2,
            Self::Trouble(_) => 3,
            Self::ClosedPipe => 0,
        })
    }

    /// What the person is told; None when nobody listens.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::BadUse(text) | Self::Trouble(text) => Some(text),
            Self::ClosedPipe => None,
        }
    }
}

impl From<index::Error> for Failure {
    fn from(error: index::Error) -> Self {
        Self::Trouble(error.danish())
    }
}

impl From<commands::UserError> for Failure {
    fn from(error: commands::UserError) -> Self {
        match error {
            commands::UserError::BadUse { text, suggestions } => {
                let lines = suggestions.iter().map(|suggestion| format!("\n  {}", suggestion.ask));
                Self::BadUse(text + &lines.collect::<String>())
            }
            commands::UserError::Trouble { text } => Self::Trouble(text),
        }
    }
}

/// Input and output of our own standard streams; files have their own messages.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            io::ErrorKind::StorageFull => {
                Self::Trouble("disken er fuld: svaret kunne ikke skrives ud".to_owned())
            }
            _ => Self::Trouble(format!("kan ikke læse eller skrive i terminalen: {error}")),
        }
    }
}
