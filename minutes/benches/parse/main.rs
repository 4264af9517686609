//! How fast minutes are read in each format, how long the slowest take, and what a document costs in memory.
//!
//! Speed is told in megabytes of the file a second on one core, and text beside the least that could be done with it: lines cut,
//! and one pattern looked for in each. What has a bar is a ratio, so that it holds on any machine.
//! `cargo bench -p minutes --bench parse`; `REFERENT_BENCH_DOCUMENTS` makes it shorter or longer.

#![allow(clippy::unwrap_used, reason = "what cannot be written cannot be measured")]

mod files;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use minutes::read;
use peak_alloc::PeakAlloc;
use regex::Regex;

use files::Format;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Documents when nothing else is said, some 12 KB of text each.
const DOCUMENTS: u64 = 100;
const SEED: u64 = 1;
/// Each document is read so often; the fastest counts, for nothing makes a reading faster than it is.
const ROUNDS: usize = 3;

/// The bar: text read and understood, in times of cutting its lines and looking for one pattern in each.
const MOST_TIMES: f64 = 120.0;
/// The bar: bytes allocated at once by the reading of a document, in times of the file's and its text's bytes together.
const MOST_MEMORY: f64 = 40.0;
/// What any reading may take besides, however small the document.
const MOST_BESIDE: usize = 1 << 20;

fn main() -> ExitCode {
    let documents =
        env::var("REFERENT_BENCH_DOCUMENTS").ok().and_then(|wanted| wanted.parse().ok()).unwrap_or(DOCUMENTS);
    let texts: Vec<String> = synthetic::corpus(SEED, documents).map(|made| made.text).collect();
    let least = least(&texts);
    println!("{documents} documents\n{:<24}{}", "lines and one pattern", least.told());
    let mut holds = true;
    for format in Format::ALL {
        let files: Vec<Vec<u8>> = texts.iter().map(|text| format.file(text)).collect();
        let found = measure(&files, &texts, |file| format.read(file));
        println!("{:<24}{}", format.name(), found.told());
        holds &= bar("memory beside file and text", found.memory, MOST_MEMORY);
        if format == Format::Text {
            holds &= bar("time beside lines and one pattern", found.seconds() / least.seconds(), MOST_TIMES);
        }
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was measured of one format.
struct Found {
    bytes: usize,
    /// The fastest time of each document.
    times: Vec<Duration>,
    /// Bytes allocated at once by the document that took most.
    peak: usize,
    /// The same in times of its file and text, without [`MOST_BESIDE`].
    memory: f64,
}

impl Found {
    fn seconds(&self) -> f64 {
        self.times.iter().sum::<Duration>().as_secs_f64()
    }

    fn told(&self) -> String {
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
        let p99 = sorted.get(at).copied().unwrap_or_default();
        let speed = self.bytes as f64 / 1e6 / self.seconds();
        let peak = self.peak as f64 / 1e6;
        format!("{speed:>9.1} MB/s   p99 {p99:>9.1?} a document   at most {peak:.2} MB of memory")
    }
}

fn measure<T>(files: &[Vec<u8>], texts: &[String], read: impl Fn(&[u8]) -> T) -> Found {
    // Tables and patterns are made on first use and stay.
    for file in files {
        black_box(read(file));
    }
    let (mut times, mut peak, mut memory) = (Vec::new(), 0, 0.0_f64);
    for (file, text) in files.iter().zip(texts) {
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        let mut fastest = Duration::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            black_box(read(black_box(file)));
            fastest = fastest.min(start.elapsed());
        }
        times.push(fastest);
        let taken = ALLOCATED.peak_usage().saturating_sub(before);
        peak = peak.max(taken);
        memory = memory.max(taken.saturating_sub(MOST_BESIDE) as f64 / (file.len() + text.len()) as f64);
    }
    Found { bytes: files.iter().map(Vec::len).sum(), times, peak, memory }
}

/// The least that could be done with a text: its lines, and whether each names a day.
fn least(texts: &[String]) -> Found {
    let day = Regex::new(r"\b\d{1,2}\. \p{L}+ \d{4}\b").expect("the pattern is well formed");
    let files: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    measure(&files, texts, |file| {
        let text = str::from_utf8(file).unwrap_or_default();
        text.lines().filter(|line| day.is_match(line)).count()
    })
}

/// Says what is asked for, and whether it is so.
fn bar(what: &str, found: f64, most: f64) -> bool {
    let holds = found <= most;
    println!("    bar: {what} at most {most}: {found:.2}, {}", if holds { "holds" } else { "misses" });
    holds
}

/// Reads a file as the program does, a PDF without the process of its own.
fn text_of(file: &[u8], is_pdf: bool) -> String {
    let read = if is_pdf { read::pdf::text(file) } else { read::text(file) };
    read.expect("the bench's own files can be read").text
}
