//! `referent ask`: one question, one answer.

use std::io::{self, Write};

use commands::{Answer, UserError};
use jiff::civil::Date;

use crate::cli::Cli;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use crate::terminal::Screen;

/// Answers `words`, joined to a line, on standard output; as JSON when asked for.
///
/// # Errors
/// A question that cannot be understood, or a data folder that cannot be used.
pub(crate) fn run(cli: &Cli, words: &[String], json: bool, today: Option<Date>) -> Result<Exit, Failure> {
    let session = Session::open(cli, false)?;
    if let Some(report) = session.read_sources_if_empty()? {
        eprintln!("Kilderne er læst første gang: {report}");
        if report.exit() == Exit::Interrupted {
            return Ok(Exit::Interrupted);
        }
    }
    session.warn_of_roster()?;
    let (line, today) = (words.join(" "), session.today(today));
    // Who reads JSON can leave out what is too much.
    let asked =
        if json { session.whole_answer(&line, today) } else { session.answer(&line, today, None, None) };
    if let (true, Err(UserError::BadUse { text, suggestions })) = (json, &asked) {
        // Who reads JSON gets the reason as JSON too; the exit code tells the rest.
        let title = text.clone();
        print(true, &Answer { title, suggestions: suggestions.clone(), ..Answer::default() })?;
    }
    let answer = asked?;
    print(json, &answer)?;
    Ok(if answer.found { Exit::Done } else { Exit::Partly })
}

fn print(json: bool, answer: &Answer) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, answer).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", Screen::of_stdout().show(answer))?;
    }
    Ok(out.flush()?)
}
