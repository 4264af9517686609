//! A folder that minutes arrive in, and a clock that stands until it is set: what transcripts of what is told are played with.
//!
//! The texts stand in `tests/arriving`.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

/// The folder that minutes arrive in, and the name of the source.
pub(crate) const SOURCE: &str = "samples";
/// What the program is told by which file holds its time.
pub(crate) const CLOCK: &str = "REFERENT_CLOCK";
/// The folder's file that is no minutes.
const README: &str = "README.md";

/// A place whose source is a folder of its own.
pub(crate) struct Arriving {
    place: PathBuf,
    texts: PathBuf,
    now: Timestamp,
}

impl Arriving {
    /// Copies the minutes that are there from the beginning, and holds the clock at a moment.
    pub(crate) fn new(root: &Path, place: &Path, minutes: &str, now: &str) -> Self {
        fs::create_dir(place.join(SOURCE)).unwrap();
        for file in fs::read_dir(root.join(minutes)).unwrap().map(Result::unwrap) {
            if file.file_name() != README {
                fs::copy(file.path(), place.join(SOURCE).join(file.file_name())).unwrap();
            }
        }
        let arriving =
            Self { place: place.to_owned(), texts: root.join("tests/arriving"), now: now.parse().unwrap() };
        arriving.hold();
        arriving
    }

    pub(crate) fn clock(&self) -> PathBuf {
        self.place.join("clock")
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// How many files are in the folder; none when it is away.
    pub(crate) fn files(&self) -> usize {
        fs::read_dir(self.place.join(SOURCE)).map_or(0, Iterator::count)
    }

    /// Does what a line says that people cannot do; false when it says something else.
    ///
    /// | line | what happens |
    /// |---|---|
    /// | `klokken 2020-09-17T10:00+02:00` | it is that moment, until something else is said |
    /// | `kommer referat.txt`, `kommer referat.txt som a.txt` | a text of `tests/arriving` is in the folder, a second later |
    /// | `forsvinder a.txt` | it is not any more, a second later |
    /// | `kilden er væk`, `kilden er en fil`, `kilden er der igen` | the folder, a second later; it is seen at the next start |
    pub(crate) fn happens(&mut self, line: &str) -> bool {
        let folder = self.place.join(SOURCE);
        let away = self.place.join("away");
        match line.split_once(' ') {
            Some(("klokken", moment)) => self.now = moment.parse().unwrap(),
            Some(("kommer", names)) => {
                let (text, name) = names.split_once(" som ").unwrap_or((names, names));
                // All of it at once.
                let hidden = self.place.join(name);
                fs::copy(self.texts.join(text), &hidden).unwrap();
                fs::rename(hidden, folder.join(name)).unwrap();
                self.later();
            }
            Some(("forsvinder", name)) => {
                fs::remove_file(folder.join(name)).unwrap();
                self.later();
            }
            Some(("kilden", "er væk")) => {
                fs::rename(folder, away).unwrap();
                self.later();
            }
            Some(("kilden", "er en fil")) => {
                fs::write(folder, "").unwrap();
                self.later();
            }
            Some(("kilden", "er der igen")) => {
                let _ = fs::remove_file(&folder);
                fs::rename(away, folder).unwrap();
                self.later();
            }
            _ => return false,
        }
        self.hold();
        true
    }

    /// A second later.
    pub(crate) fn later(&mut self) {
        self.now += SignedDuration::from_secs(1);
        self.hold();
    }

    fn hold(&self) {
        let new = self.place.join("clock.new");
        fs::write(&new, self.now.to_string()).unwrap();
        fs::rename(new, self.clock()).unwrap();
    }
}
