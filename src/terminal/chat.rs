//! `referent chat`: questions and answers until the end of the input, with history and Tab on a terminal.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::sync::mpsc::channel;

use jiff::civil::Date;
use rustyline::completion::Completer;
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Context, Editor, ExternalPrinter, Helper, Highlighter, Hinter, Validator};

use super::Screen;
use super::arrivals::Arrivals;
use crate::cli::Cli;
use crate::clock;
use crate::conversation::Last;
use crate::failure::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::session::{LINE_CHARS, Session, too_long};
use commands::danish;

const PROMPT: &str = "referent> ";
/// Lines that end the chat.
const QUIT: [&str; 6] = ["/slut", "/exit", "/quit", "slut", "exit", "quit"];
/// The file with earlier questions, in the data folder.
const HISTORY: &str = "chat-history";
const HISTORY_LINES: usize = 1_000;
/// The case that the samples tell the story of.
const SAMPLE_CASE: &str = "27.00.00-A00-5-15";

/// Answers line by line until the input ends. Questions that cannot be answered do not end it.
///
/// # Errors
/// When the data folder cannot be used, or the terminal not be read or written.
pub(crate) fn run(cli: &Cli, today: Option<Date>) -> Result<Exit, Failure> {
    let session = Session::open(cli, false)?;
    if let Some(report) = session.read_sources_if_empty()? {
        eprintln!("Kilderne er læst første gang: {report}\n");
        if report.exit() == Exit::Interrupted {
            return Ok(Exit::Interrupted);
        }
    }
    session.warn_of_roster()?;
    if io::stdin().is_terminal() {
        println!("{}", Screen::of_stdout().plain(&banner(&session)?));
        converse(&session, today)?;
    } else {
        // Answers alone go to standard output, for whoever reads them from a script.
        eprintln!("{}", banner(&session)?);
        answer_all(&session, today, io::stdin().lock())?;
    }
    Ok(Exit::Done)
}

fn banner(session: &Session) -> Result<String, Failure> {
    let counts = session.archive.counts()?;
    let period = match (counts.first, counts.last) {
        (Some(first), Some(last)) => format!(", {} til {}", danish::date(first), danish::date(last)),
        _ => String::new(),
    };
    let examples: String = examples(session)?.iter().map(|line| format!("  {line}\n")).collect();
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let read = [
        danish::count(number(counts.documents), "dokument", "dokumenter"),
        danish::count(number(counts.meetings), "møde", "møder"),
        danish::count(number(counts.items), "punkt", "punkter"),
    ];
    Ok(format!(
        "Referent for {}: {}{period}.\nPrøv for eksempel:\n{examples}/hjælp viser alle kommandoer; Ctrl-D eller /slut slutter.\n",
        session.config.council.name,
        read.join(", ")
    ))
}

/// Three lines that have an answer whatever the day: a case that is here, the latest meeting, a search.
fn examples(session: &Session) -> Result<[String; 3], Failure> {
    let archive = &session.archive;
    let sample_key = minutes::case_number::key(SAMPLE_CASE);
    let newest = || -> Result<Option<String>, Failure> {
        Ok(archive.recent_cases(1)?.first().map(|case| case.case_number.to_string()))
    };
    let case = if archive.treatments(&sample_key)?.is_empty() { newest()? } else { None };
    Ok([
        format!("/sag {}", case.as_deref().unwrap_or(SAMPLE_CASE)),
        "/møde".to_owned(),
        "/søg samarbejdsaftale".to_owned(),
    ])
}

/// The chat on a terminal.
fn converse(session: &Session, today: Option<Date>) -> Result<(), Failure> {
    let mut editor: Editor<Tab<'_>, FileHistory> = Editor::new().map_err(trouble)?;
    editor.set_helper(Some(Tab { session, today }));
    editor.set_completion_type(CompletionType::List);
    editor.set_max_history_size(HISTORY_LINES).map_err(trouble)?;
    let history = session.config.data.join(HISTORY);
    // The first chat has no history to load; one that cannot be saved is no reason to end.
    let _ = editor.load_history(&history);
    let arrivals = Arrivals::new(session, today)?;
    let printer = editor.create_external_printer();
    std::thread::scope(|scope| {
        let (_open, stop) = channel();
        if let (Some(arrivals), Ok(mut printer)) = (arrivals, printer) {
            scope.spawn(move || {
                arrivals.watch(&stop, |answer| {
                    // A screen that is gone ends the chat by itself.
                    let _ = printer.print(format!("{}\n", Screen::of_stdout().show(answer)));
                });
            });
        }
        ask_until_the_end(session, today, &mut editor)
    })?;
    if let Err(error) = editor.save_history(&history) {
        eprintln!("spørgsmålene kunne ikke gemmes i {}: {error}", history.display());
    }
    Ok(())
}

fn ask_until_the_end(
    session: &Session,
    today: Option<Date>,
    editor: &mut Editor<Tab<'_>, FileHistory>,
) -> Result<(), Failure> {
    let mut last = None;
    loop {
        match editor.readline(PROMPT) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) if is_quit(&line) => return Ok(()),
            Ok(line) => {
                editor.add_history_entry(line.trim()).map_err(trouble)?;
                reply(session, today, &line, &mut last)?;
            }
            Err(ReadlineError::Interrupted) => println!("Ctrl-D eller /slut slutter."),
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(trouble(error)),
        }
    }
}

fn trouble(error: ReadlineError) -> Failure {
    match error {
        ReadlineError::Io(error) => error.into(),
        other => Failure::Trouble(format!("terminalen svarer ikke: {other}")),
    }
}

/// The chat over a pipe: an answer for each line, before it what is new.
fn answer_all(session: &Session, today: Option<Date>, mut input: impl BufRead) -> Result<(), Failure> {
    let mut arrivals = Arrivals::new(session, today)?;
    let interrupt = Interrupt::default();
    let mut last = None;
    while let Some(line) = read_line(&mut input)? {
        if let Some(arrivals) = &mut arrivals {
            for answer in arrivals.look(&interrupt)? {
                say(&Screen::of_stdout().show(&answer))?;
            }
        }
        match line.as_deref() {
            Some(line) if line.trim().is_empty() => {}
            Some(line) if is_quit(line) => break,
            Some(line) => reply(session, today, line, &mut last)?,
            None => say(&Screen::of_stdout().show_error(&too_long()))?,
        }
    }
    Ok(())
}

fn is_quit(line: &str) -> bool {
    QUIT.contains(&line.trim().to_lowercase().as_str())
}

/// The next line without its end, `Some(None)` for one longer than any question, None at the end of the input.
/// However long a line is, only so much of it is kept. Bytes that are not UTF-8 become replacement characters.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Option<String>>> {
    const MOST: usize = LINE_CHARS * 4;
    let mut bytes = Vec::new();
    input.by_ref().take(MOST as u64 + 1).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && bytes.len() > MOST {
        skip_line(input)?;
        return Ok(Some(None));
    }
    Ok(Some(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())))
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let part = input.fill_buf()?;
        let end = part.iter().position(|byte| *byte == b'\n');
        let (length, done) = end.map_or((part.len(), part.is_empty()), |end| (end + 1, true));
        input.consume(length);
        if done {
            return Ok(());
        }
    }
}

/// Answers one line on standard output, followed by a blank line. `last` is the answer before, then this one.
fn reply(session: &Session, today: Option<Date>, line: &str, last: &mut Option<Last>) -> Result<(), Failure> {
    let screen = Screen::of_stdout();
    let now = clock::now();
    let before = last.clone().and_then(|last| last.still(now));
    say(&match session.answer(line, session.today(today), Some(commands::TERMINAL), before.as_ref()) {
        Ok(answer) => {
            *last = Last::of(&answer, now).or(last.take());
            screen.show(&answer)
        }
        Err(error) => screen.show_error(&error),
    })
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// What Tab does: `commands` proposes whole lines.
#[derive(Helper, Hinter, Highlighter, Validator)]
struct Tab<'a> {
    session: &'a Session,
    today: Option<Date>,
}

impl Completer for Tab<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let Session { archive, config } = self.session;
        let before: Cow<'_, str> = line.get(..at).unwrap_or(line).into();
        Ok((0, commands::complete(archive, &config.council, &before, self.session.today(self.today))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_whole_or_refused() {
        let long = "ø".repeat(3 * LINE_CHARS);
        let mut input = io::BufReader::with_capacity(7, io::Cursor::new(format!("en\r\n\n{long}\nto")));
        let mut next = || read_line(&mut input).unwrap();
        assert_eq!(next(), Some(Some("en".to_owned())));
        assert_eq!(next(), Some(Some(String::new())));
        assert_eq!(next(), Some(None));
        assert_eq!(next(), Some(Some("to".to_owned())));
        assert_eq!(next(), None);
    }
}
