//! The whole process: one question beside a process that does nothing, and the memory that a chat takes.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::time::Instant;

use crate::direct;
use crate::figures::{Times, bar, beside};
use crate::place::Place;

/// Each is run so often, in turn.
const RUNS: usize = 40;
/// The bar: memory of its own that a chat has beside the mapped index, in MB.
const MOST_MEGABYTES: f64 = 100.0;
/// Questions of a chat, other than for cases.
const QUESTIONS: [&str; 6] =
    ["/søg skoleplanen", "/søg godkendt trafikplanen", "/opfølgning", "/råd", "/møde", "/sag 27.00"];
/// Cases that a chat asks for.
const CASES: u32 = 100;

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let data = place.data()?;
    let cases: Vec<String> = direct::read_only(&data)?
        .prepare(
            "SELECT DISTINCT case_number FROM items WHERE case_number IS NOT NULL ORDER BY case_key LIMIT ?1",
        )?
        .query_map([CASES], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    println!("process");
    let question = format!("/sag {}", cases.first().ok_or("no case in the archive")?);
    let (mut asking, mut nothing) = (Times::default(), Times::default());
    for _ in 0..RUNS {
        for (arguments, times) in [(&["ask", &question][..], &mut asking), (&["--version"][..], &mut nothing)]
        {
            let start = Instant::now();
            let status = place.command(arguments).stdout(Stdio::null()).status()?;
            times.add(start.elapsed());
            if !status.success() {
                return Err(format!("{arguments:?} ended with {status}").into());
            }
        }
    }
    beside("referent ask \"/sag …\"", &asking, "referent --version", &nothing);
    chat(place, &cases)
}

fn chat(place: &Place, cases: &[String]) -> Result<(), Box<dyn Error>> {
    let mut command = place.command(&["chat"]);
    let mut chat = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let found = converse(&mut chat, cases);
    // Its input ends with the dropped pipe; a chat that was cut off by an error has nothing left to lose.
    drop(chat.stdin.take());
    let status = chat.wait()?;
    let memory = found?;
    if !status.success() {
        return Err(format!("referent chat ended with {status}").into());
    }
    let megabytes = |name: &str| -> Option<f64> {
        let line = memory.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim_start_matches(':').split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
    };
    let own = megabytes("RssAnon").ok_or("no RssAnon in /proc")?;
    let mapped = megabytes("RssFile").ok_or("no RssFile in /proc")?;
    println!(
        "  memory of referent chat after {} questions: {own:.1} MB of its own, {mapped:.1} MB of mapped files",
        cases.len() + QUESTIONS.len()
    );
    bar("MB of its own", own, MOST_MEGABYTES);
    Ok(())
}

/// Asks everything, and says what the system tells of the process's memory then.
fn converse(chat: &mut Child, cases: &[String]) -> Result<String, Box<dyn Error>> {
    const LAST: &str = "/hjælp søg";
    let mut input = chat.stdin.take().ok_or("the chat has no input")?;
    let output = chat.stdout.take().ok_or("the chat has no output")?;
    let questions: Vec<String> = QUESTIONS
        .iter()
        .map(|question| (*question).to_owned())
        .chain(cases.iter().map(|case| format!("/sag {case}")))
        .chain([LAST.to_owned()])
        .collect();
    let status = format!("/proc/{}/status", chat.id());
    let (first, rest) = questions.split_at(1);
    let reader = std::thread::spawn(move || {
        let mut lines = BufReader::new(output).lines();
        // The answer to the last question tells of its command; nothing before it does.
        lines.find(|line| line.as_ref().map_or(true, |line| line.contains("Søg med ord"))).is_some()
    });
    for question in first.iter().chain(rest) {
        writeln!(input, "{question}")?;
    }
    input.flush()?;
    let answered = reader.join().map_err(|_| "reading the answers failed")?;
    let memory = fs::read_to_string(status)?;
    if answered { Ok(memory) } else { Err("the chat ended before its last answer".into()) }
}
