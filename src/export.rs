//! `referent export`: follow-ups as a file for calendars.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use commands::{Request, Setting};
use jiff::civil::Date;

use crate::cli::Cli;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use crate::terminal::Screen;

/// What the file is of, as written on the command line.
pub(crate) struct Of<'a> {
    /// A body's name, or a part of it.
    pub(crate) body: &'a Option<String>,
    /// A case number, or a part of it.
    pub(crate) case: &'a Option<String>,
    /// A period in Danish.
    pub(crate) period: &'a Option<String>,
}

/// Writes the calendar into a file, whole or not at all, or on standard output.
///
/// # Errors
/// What is asked for cannot be understood, the data folder cannot be used, or the file cannot be written.
pub(crate) fn run(cli: &Cli, out: Option<&Path>, of: &Of<'_>, today: Option<Date>) -> Result<Exit, Failure> {
    let session = Session::open(cli, false)?;
    if let Some(report) = session.read_sources_if_empty()? {
        eprintln!("Kilderne er læst første gang: {report}");
    }
    let given = [("udvalg", of.body), ("sag", of.case), ("periode", of.period)];
    let given = given.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
    let request = Request::new("opfølgning", given.chain([("ics", "ja".to_owned())]))?;
    let today = session.today(today);
    let council = &session.config.council;
    let setting = Setting { council, today, process: &[], sources: &[], asker: session.asker(today) };
    let answer = commands::brief_answer(&session.archive, &setting, &request)?;
    let Some(file) = answer.file else {
        // Several bodies or cases fit, or none, or there is nothing: the answer says which.
        write!(io::stderr().lock(), "{}", Screen::of_stdout().show(&answer))?;
        return Ok(Exit::Partly);
    };
    match out {
        Some(path) => {
            write_whole(path, &file.text)?;
            eprintln!("{} skrevet i {}", file.what, path.display());
        }
        None => write!(io::stdout().lock(), "{}", file.text)?,
    }
    Ok(Exit::Done)
}

/// Written beside and put in place, so that whoever reads the file never sees a part of it.
fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(".new");
    let draft = path.with_file_name(name);
    let written = match path.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => fs::write(&draft, text).and_then(|()| fs::rename(&draft, path)),
    };
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        Failure::Trouble(format!("{} {}", path.display(), refused(&error)))
    })
}

/// Why the file could not be written, in Danish, after its name.
fn refused(error: &io::Error) -> String {
    let known = REFUSALS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(
        || format!("kan ikke skrives ({error})"),
        |(_, text)| format!("kan ikke skrives: {text}"),
    )
}

/// What the operating system refuses, and what to do about it.
const REFUSALS: [(io::ErrorKind, &str); 7] = [
    (io::ErrorKind::NotFound, "mappen findes ikke; lav den først, eller vælg en anden"),
    (io::ErrorKind::NotADirectory, "det, der står før filens navn, er ikke en mappe"),
    (io::ErrorKind::IsADirectory, "det er en mappe; skriv også et filnavn"),
    (io::ErrorKind::PermissionDenied, "programmet må ikke skrive i mappen"),
    (io::ErrorKind::ReadOnlyFilesystem, "disken kan kun læses"),
    (io::ErrorKind::StorageFull, "disken er fuld"),
    (io::ErrorKind::InvalidFilename, "filnavnet er for langt eller ugyldigt"),
];
