//! `referent parse`: how files are read, without configuration or archive. The JSON is a contract with other tools.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use commands::danish;
use minutes::{Document, Outcome, Warning};
use serde::Serialize;

use crate::config::DEFAULT_FILE_BYTES;
use crate::failure::{Exit, Failure};
use crate::reading;
use crate::sources;
use crate::terminal::one_line;

/// One line of `parse --json`.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    document: &'a Document,
    warnings: &'a [Warning],
}

/// Shows each of `files` in order on standard output, and on standard error those that cannot be read.
///
/// # Errors
/// Only when standard output cannot be written.
pub(crate) fn run(files: &[impl AsRef<Path>], json: bool) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    let mut exit = Exit::Done;
    for path in files {
        let name = path.as_ref().to_string_lossy();
        match read(path.as_ref()) {
            Ok((document, warnings)) if json => {
                let line = Line { file: &name, document: &document, warnings: &warnings };
                serde_json::to_writer(&mut out, &line).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            Ok((document, warnings)) => summary(&mut out, &name, &document, &warnings)?,
            Err(reason) => {
                eprintln!("{}: {}", one_line(&name), one_line(&reason));
                exit = Exit::Partly;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// The document in a file or, for `-`, in standard input; with the warnings of both steps in the order of the lines.
fn read(path: &Path) -> Result<(Document, Vec<Warning>), String> {
    let bytes = if path == Path::new("-") {
        sources::read_all(io::stdin().lock(), DEFAULT_FILE_BYTES)?
    } else {
        // Named by hand: a pipe such as bash's <(…) is as good as a file.
        let file = fs::File::open(path).map_err(|error| sources::reason(&error))?;
        sources::read_all(file, DEFAULT_FILE_BYTES)?
    };
    let text = reading::text(&bytes)?;
    let (document, warnings) = minutes::parse(&text.text);
    let mut all = text.warnings;
    all.extend(warnings);
    all.sort_by_key(|warning| warning.line);
    Ok((document, all))
}

fn summary(out: &mut impl Write, name: &str, document: &Document, warnings: &[Warning]) -> io::Result<()> {
    let head = [
        Some(danish::kind(document.kind).to_owned()),
        document.body.clone(),
        document.date.map(danish::date),
        document.place.clone(),
        document.title.clone(),
    ];
    let head: Vec<String> = head.into_iter().flatten().collect();
    writeln!(out, "{}: {} ({})", one_line(name), one_line(&head.join(", ")), document.layout)?;
    for item in &document.items {
        let outcome = item.decision.as_ref().map_or(Outcome::None, |decision| decision.outcome);
        let words = [
            item.number.as_ref().map(|number| format!("{number}.")),
            item.case_number.as_ref().map(ToString::to_string),
            item.title.clone(),
            Some(format!("[{}]", danish::outcome(outcome))),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        writeln!(out, "  {}", one_line(&words.join("  ")))?;
    }
    for warning in warnings {
        writeln!(out, "  advarsel, linje {}: {}", warning.line, one_line(&warning.what))?;
    }
    Ok(())
}
