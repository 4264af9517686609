//! Bytes to text, each kind of file where it is safe: text here, and PDF in a child process of this very program, since what a PDF
//! asks for in time and memory nobody knows before. A child that hangs, crashes or wants too much costs its one file.
//!
//! The child gets the file on standard input and writes one JSON text, `minutes::read::pdf`'s result; it has no arguments, no
//! environment, and nothing to say on standard error.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use minutes::read::{Refusal, Text, pdf};

use crate::failure::{Exit, Failure};

/// The hidden subcommand that a child is started with.
pub(crate) const READ_PDF: &str = "read-pdf";

/// The longest that reading one PDF may take. The longest minutes known take 2 seconds.
const TIME: Duration = Duration::from_secs(20);

/// Address space of a child, in bytes; a file of 64 MB takes a third of it.
const MEMORY: u64 = 640 << 20;

/// Bytes of one text; a year's minutes have some 5 MB.
const MOST_TEXT: u64 = 32 << 20;

/// How often an ended child is looked for, once it has closed its output.
const LOOK: Duration = Duration::from_millis(5);

/// Reads a file's bytes as text.
///
/// # Errors
/// Why it is not read and what to do, in Danish.
pub(crate) fn text(bytes: &[u8]) -> Result<Text, String> {
    match minutes::read::text(bytes) {
        Err(Refusal::Pdf) => in_child(bytes, TIME),
        result => result.map_err(|refusal| refusal.danish().to_owned()),
    }
}

fn in_child(bytes: &[u8], time: Duration) -> Result<Text, String> {
    let deadline = Instant::now() + time;
    let mut child = start().map_err(|error| format!("læsningen af PDF kan ikke startes ({error})"))?;
    let output = exchange(&mut child, bytes, deadline);
    // Whatever came, nobody is left behind.
    let ended = wait(&mut child, deadline);
    match output {
        Output::Late => Err(too_slow(time)),
        Output::TooLong => Err(format!(
            "teksten i PDF-filen er for lang (grænsen er {} MB); gem hvert møde som en fil for sig",
            MOST_TEXT >> 20
        )),
        Output::Whole(_) if ended.is_none() => Err(too_slow(time)),
        Output::Whole(json) => match serde_json::from_slice::<Result<Text, Refusal>>(&json) {
            Ok(result) if ended == Some(true) => result.map_err(|refusal| refusal.danish().to_owned()),
            _ => Err(crashed()),
        },
    }
}

fn too_slow(time: Duration) -> String {
    format!("PDF-filen tager mere end {} sekunder at læse; gem referatet som tekstfil (.txt)", time.as_secs())
}

fn crashed() -> String {
    format!(
        "PDF-filen kan ikke læses: den kræver mere end {} MB hukommelse eller får læsningen til at gå ned; gem referatet som tekstfil (.txt)",
        MEMORY >> 20
    )
}

/// This program, as a child that reads one PDF.
fn start() -> io::Result<Child> {
    let mut command = Command::new(program()?);
    command.arg(READ_PDF).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

/// The program that runs now, also when its file was replaced since.
fn program() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { std::env::current_exe() }
}

/// What a child wrote.
enum Output {
    Whole(Vec<u8>),
    TooLong,
    Late,
}

/// Gives the child its file and takes what it writes, at the same time: either may wait for the other.
fn exchange(child: &mut Child, bytes: &[u8], deadline: Instant) -> Output {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Output::Whole(Vec::new());
    };
    let (sender, receiver) = channel();
    thread::scope(|scope| {
        // A child that ended early reads no more: that shows in what it wrote.
        scope.spawn(move || drop(input.write_all(bytes)));
        scope.spawn(move || {
            let mut json = Vec::new();
            let read = output.take(MOST_TEXT + 1).read_to_end(&mut json);
            // The receiver may have gone when the time was up.
            drop(sender.send(read.map(|_| json)));
        });
        let output = match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Ok(json)) if json.len() as u64 > MOST_TEXT => Output::TooLong,
            Ok(Ok(json)) => Output::Whole(json),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Output::Whole(Vec::new()),
            Err(RecvTimeoutError::Timeout) => Output::Late,
        };
        if !matches!(output, Output::Whole(_)) {
            // Both threads wait for the child, and it is no longer needed. It may have ended by itself.
            drop(child.kill());
        }
        output
    })
}

/// Whether the child ended well; None when it had to be ended.
fn wait(child: &mut Child, deadline: Instant) -> Option<bool> {
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) => thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    // It may have ended by itself; then there is nothing to end and nothing to wait for.
    drop(child.kill());
    drop(child.wait());
    None
}

/// The child: reads a PDF on standard input, within its limits, and writes its text on standard output.
///
/// # Errors
/// When the limits cannot be set, or the parent has gone.
pub(crate) fn read_pdf() -> Result<Exit, Failure> {
    limit()?;
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let result = pdf::text(&bytes);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &result).map_err(io::Error::from)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Sets the limits of this process, for good.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rlimit::Resource;
    // The parent may have died, and nobody counts the seconds then.
    let seconds = TIME.as_secs() + 1;
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, seconds), (Resource::CORE, 0)] {
        rlimit::setrlimit(resource, most, most)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}
