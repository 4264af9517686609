//! Chat transcripts over the samples: each file of `tests/chat` is asked line by line and must be answered to the letter.
//!
//! A file begins with a heading and a line `today: YYYY-MM-DD`; then each `> ` line is a question, and what follows is the
//! answer as a terminal shows it, with `(exit N)` before it where the exit code is not 0. `UPDATE=1 cargo test` writes the
//! answers anew; read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

const BINARY: &str = env!("CARGO_BIN_EXE_referent");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One answer as the transcript shows it: what goes to standard output, then what goes to standard error.
fn ask(data: &Path, today: &str, question: &str) -> String {
    let output = Command::new(BINARY)
        .args(["ask", "--today", today, "--data"])
        .arg(data)
        .arg(question)
        .current_dir(root())
        .env_remove("DISCORD_TOKEN")
        .output()
        .unwrap();
    let exit = match output.status.code() {
        Some(0) => String::new(),
        code => format!("(exit {})\n", code.unwrap()),
    };
    let text = [output.stdout, output.stderr].concat();
    format!("{exit}{}", String::from_utf8(text).unwrap())
}

fn replay(data: &Path, transcript: &str) -> String {
    let (head, _) = transcript.split_once("\n> ").unwrap();
    let today =
        head.lines().find_map(|line| line.strip_prefix("today: ")).expect("a line `today: YYYY-MM-DD`");
    let mut played = head.trim_end().to_owned() + "\n";
    for question in transcript.lines().filter_map(|line| line.strip_prefix("> ")) {
        let _ = write!(played, "\n> {question}\n{}", ask(data, today, question));
    }
    played
}

#[test]
fn transcripts_are_answered_to_the_letter() {
    let data = tempfile::tempdir().unwrap();
    let sync =
        Command::new(BINARY).args(["sync", "--data"]).arg(data.path()).current_dir(root()).output().unwrap();
    assert!(sync.status.success(), "{}", String::from_utf8_lossy(&sync.stderr));
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/chat")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "tests/chat holds no transcript");
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let played = replay(data.path(), &written);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, played).unwrap();
        } else {
            assert_eq!(written, played, "{}", file.display());
        }
    }
}
