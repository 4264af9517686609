//! A folder with a bot.toml and minutes in it, and the binary run there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_referent");

const CONFIG: &str = "[council]\nname = \"Prøveby Kommune\"\n\n[[sources]]\nkind = \"folder\"\npath = \"referater\"\n\n[data]\ndirectory = \"data\"\n";

/// A working directory of its own, with one folder source `referater` and the data folder `data`.
pub(crate) struct Place {
    directory: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// Exit code; None when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// Checks the exit code and that each of `words` stands on standard output or standard error.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for word in words {
            assert!(self.out.contains(word) || self.err.contains(word), "missing {word:?} in {self:#?}");
        }
        self
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self { directory: tempfile::tempdir().unwrap() };
        fs::create_dir(place.path("referater")).unwrap();
        fs::write(place.path("bot.toml"), CONFIG).unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }

    /// Writes a file of the source.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("referater").join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Changes bot.toml.
    pub(crate) fn config(&self, from: &str, to: &str) {
        assert!(CONFIG.contains(from));
        fs::write(self.path("bot.toml"), CONFIG.replacen(from, to, 1)).unwrap();
    }

    /// The binary in this place, without what the tests' own environment might say.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.other_command(BINARY, arguments)
    }

    pub(crate) fn other_command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.root()).stdin(Stdio::null());
        command.env_remove("DISCORD_TOKEN").env_remove("RUST_LOG").env_remove("NO_COLOR");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs with `input` on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_owned();
        let writer = std::thread::spawn(move || {
            // The program may have ended before it has read everything.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output.into()
    }
}

/// Minutes of one meeting with one item, different for every `number` and `edition`.
pub(crate) fn minutes(number: usize, edition: usize) -> String {
    let (year, month, day) = (2001 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    let date = format!("{day:02}-{month:02}-{year}");
    format!(
        "Udvalg: Prøveudvalget\nMødedato: {date}\nMødested: Lokale {number}\n\nDagsordenpunkter\n\n\
         1. Prøvesag {number}\n\nSagsnr.: {} Sagsbehandler: Anna Prøvesen  \n\nPrøvesag {number}\n\n\
         Sagsresume\n\nSagen om prøve {number} forelægges.\n\n\
         Beslutning\n\nGodkendt som prøve {number} i udgave {edition}.\n",
        case_number(number)
    )
}

/// The case number in [`minutes`].
pub(crate) fn case_number(number: usize) -> String {
    format!("27.00.00-A00-{}-20", number + 1)
}
