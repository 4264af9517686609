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
use crate::sources::{self, Refused};
use crate::terminal::one_line;

/// One line of `parse --json`.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    document: &'a Document,
    warnings: &'a [Warning],
}

/// How files are to be read and shown.
pub(crate) struct Wanted {
    /// As JSON, one line a document.
    pub(crate) json: bool,
    /// By what is inferred alone, see [`minutes::parse_generic`].
    pub(crate) generic: bool,
}

/// Shows each of `files` in order on standard output, and on standard error those that cannot be read.
///
/// # Errors
/// Only when standard output cannot be written.
pub(crate) fn run(files: &[impl AsRef<Path>], wanted: &Wanted) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    let mut all_read = true;
    for path in files {
        let name = path.as_ref().to_string_lossy();
        let listing = sources::in_zip(path.as_ref(), &name, DEFAULT_FILE_BYTES);
        match &listing {
            None => all_read &= show(&mut out, &name, read(path.as_ref(), wanted), wanted.json)?,
            Some(listing) => {
                for file in &listing.files {
                    let read = file
                        .read(DEFAULT_FILE_BYTES)
                        .and_then(|bytes| document(&bytes, &file.origin, wanted));
                    all_read &= show(&mut out, &file.origin, read, wanted.json)?;
                }
                for Refused { file, reason } in &listing.refused {
                    all_read &= show(&mut out, file, Err(reason.clone()), wanted.json)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(if all_read { Exit::Done } else { Exit::Partly })
}

/// Shows what was read of one file, or why it was not; whether it was.
fn show(
    out: &mut impl Write,
    name: &str,
    read: Result<(Document, Vec<Warning>), String>,
    json: bool,
) -> io::Result<bool> {
    match read {
        Ok((document, warnings)) if json => {
            let line = Line { file: name, document: &document, warnings: &warnings };
            serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Ok((document, warnings)) => summary(out, name, &document, &warnings)?,
        Err(reason) => {
            eprintln!("{}: {}", one_line(name), one_line(&reason));
            return Ok(false);
        }
    }
    Ok(true)
}

/// The document in a file or, for `-`, in standard input; with the warnings of both steps in the order of the lines.
fn read(path: &Path, wanted: &Wanted) -> Result<(Document, Vec<Warning>), String> {
    let bytes = if path == Path::new("-") {
        sources::read_all(io::stdin().lock(), DEFAULT_FILE_BYTES)?
    } else {
        // Named by hand: a pipe such as bash's <(…) is as good as a file.
        let file = fs::File::open(path).map_err(|error| sources::reason(&error))?;
        sources::read_all(file, DEFAULT_FILE_BYTES)?
    };
    document(&bytes, &path.to_string_lossy(), wanted)
}

fn document(bytes: &[u8], place: &str, wanted: &Wanted) -> Result<(Document, Vec<Warning>), String> {
    let text = reading::text(bytes)?;
    let (document, warnings) = match wanted.generic {
        true => minutes::parse_generic(&text.text, place),
        false => minutes::parse_from(&text.text, place),
    };
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
        let fared = if item.closed { "Lukket punkt" } else { danish::outcome(outcome) };
        let words = [
            item.number.as_ref().map(|number| format!("{number}.")),
            item.case_number.as_ref().map(ToString::to_string),
            item.title.clone(),
            Some(format!("[{fared}]")),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        writeln!(out, "  {}", one_line(&words.join("  ")))?;
    }
    for warning in warnings {
        writeln!(out, "  advarsel, linje {}: {}", warning.line, one_line(&warning.what))?;
    }
    Ok(())
}
