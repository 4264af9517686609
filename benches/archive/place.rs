//! A folder with a bot.toml and made-up minutes in it, and the program run there.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use crate::figures::Took;
use crate::{direct, figures};

const BINARY: &str = env!("CARGO_BIN_EXE_referent");
const SEED: u64 = 20;
const CONFIG: &str = "[council]\nname = \"Fjordby Kommune\"\n\n[[sources]]\nkind = \"folder\"\npath = \"referater\"\n\n[data]\ndirectory = \"data\"\n";

/// A working directory of its own, on the disk that the build is on, with minutes that are read from memory: they were
/// just written.
pub(crate) struct Place {
    directory: TempDir,
    pub(crate) documents: u64,
    bytes: u64,
}

impl Place {
    pub(crate) fn new(items: u64) -> Result<Self, Box<dyn Error>> {
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let source = directory.path().join("referater");
        fs::create_dir(&source)?;
        fs::write(directory.path().join("bot.toml"), CONFIG)?;
        let documents = synthetic::documents_for(items);
        let mut bytes = 0;
        for made in synthetic::corpus(SEED, documents) {
            bytes += made.text.len() as u64;
            fs::write(source.join(made.name), made.text)?;
        }
        Ok(Self { directory, documents, bytes })
    }

    /// Millions of bytes of text.
    pub(crate) fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The data folder with everything read into it.
    pub(crate) fn data(&self) -> Result<PathBuf, Box<dyn Error>> {
        let data = self.path("data");
        if !data.exists() {
            let took = self.sync(&data)?.time.as_secs_f64();
            let items = direct::read_only(&data)?
                .query_row("SELECT count(*) FROM items", [], |row| row.get::<_, u32>(0))?;
            let (items, megabytes) = (f64::from(items) / took, self.megabytes() / took);
            println!("read in {took:.0} s: {items:.0} items and {megabytes:.2} MB of text a second");
        }
        Ok(data)
    }

    /// `referent sync` into a data folder.
    pub(crate) fn sync(&self, data: &Path) -> Result<Took, Box<dyn Error>> {
        let mut command = self.command(&["sync"]);
        command.arg("--data").arg(data).stdout(Stdio::null()).stderr(Stdio::inherit());
        let before = figures::processor_seconds()?;
        let start = Instant::now();
        let status = command.status()?;
        let time = start.elapsed();
        if !status.success() {
            return Err(format!("referent sync ended with {status}").into());
        }
        Ok(Took { time, processor: figures::processor_seconds()? - before })
    }

    /// The program in this place, without what the environment might say to it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        command.env_remove("DISCORD_TOKEN").env_remove("RUST_LOG");
        command
    }
}
