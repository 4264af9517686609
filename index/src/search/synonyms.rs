//! Other words for the same: a table that a clerk can edit.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::analysis::{Analysis, words_of};

/// What everybody may mean by each other's words.
const BUILT_IN: &str = include_str!("synonyms.txt");

/// Groups and words of a group at most: a table is read at every question that comes after a change.
const MOST_GROUPS: usize = 5_000;
const MOST_WORDS: usize = 20;

/// A larger file is no table of words (bytes).
const MOST_BYTES: u64 = 1_000_000;

/// The table that comes with the program, and one in a file beside it that is read again when it has changed.
#[derive(Debug)]
pub(crate) struct SynonymFile {
    path: Option<PathBuf>,
    last: Mutex<(Stamp, Arc<Synonyms>)>,
}

/// When a file was changed and how large it is; None where there is none.
type Stamp = Option<(SystemTime, u64)>;

impl SynonymFile {
    pub(crate) fn new(path: Option<PathBuf>) -> Self {
        Self { path, last: Mutex::new((None, Arc::new(Synonyms::built_in()))) }
    }

    /// Both tables as of now. A file that cannot be read says so in the log, once for each change, and the last table is kept.
    pub(crate) fn current(&self) -> Arc<Synonyms> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.path else { return Arc::clone(&last.1) };
        let stamp = fs::metadata(path).ok().and_then(|file| Some((file.modified().ok()?, file.len())));
        if stamp != last.0 {
            last.0 = stamp;
            if let Some(own) = read(path, stamp) {
                last.1 = Arc::new(Synonyms::built_in().and(own));
            }
        }
        Arc::clone(&last.1)
    }
}

/// The table in a file; an empty one where there is none. None where it cannot be read.
fn read(path: &Path, stamp: Stamp) -> Option<Synonyms> {
    let Some((_, bytes)) = stamp else { return Some(Synonyms::default()) };
    if bytes > MOST_BYTES {
        tracing::warn!(path = %path.display(), bytes, "too large for a table of synonyms, the last one is kept");
        return None;
    }
    match fs::read_to_string(path) {
        Ok(text) => {
            let (synonyms, bad) = Synonyms::parse(&text);
            for line in bad {
                tracing::warn!(path = %path.display(), %line, "left out of the table of synonyms");
            }
            Some(synonyms)
        }
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "table of synonyms cannot be read, the last one is kept");
            None
        }
    }
}

/// Groups of words for the same thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<String>>,
    /// A word's folded form, or that of several words joined by single spaces, and the groups it is in.
    by_word: HashMap<String, Vec<usize>>,
}

/// A line of a table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// Counted from 1.
    line: usize,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not a list of two words or more, parted by commas", self.line)
    }
}

impl Synonyms {
    /// The table that comes with the program.
    pub(super) fn built_in() -> Self {
        Self::parse(BUILT_IN).0
    }

    /// A table: a group of words a line, parted by commas; `#` begins a comment. What cannot be read is left out and told.
    fn parse(text: &str) -> (Self, Vec<BadLine>) {
        let (mut synonyms, mut bad) = (Self::default(), Vec::new());
        for (nth, line) in text.lines().enumerate() {
            let written = line.split('#').next().unwrap_or_default().trim_start_matches('\u{feff}');
            if written.trim().is_empty() {
                continue;
            }
            let words: Vec<String> = written.split(',').map(key).filter(|word| !word.is_empty()).collect();
            if words.len() < 2 || words.len() > MOST_WORDS || synonyms.groups.len() >= MOST_GROUPS {
                bad.push(BadLine { line: nth + 1 });
                continue;
            }
            synonyms.add(words);
        }
        (synonyms, bad)
    }

    /// With the groups of another table too.
    fn and(mut self, other: Self) -> Self {
        other.groups.into_iter().for_each(|group| self.add(group));
        self
    }

    fn add(&mut self, words: Vec<String>) {
        for word in &words {
            self.by_word.entry(word.clone()).or_default().push(self.groups.len());
        }
        self.groups.push(words);
    }

    /// Other words for a word, each as one or several words. Endings do not matter: a group is found by any form of its words.
    pub(super) fn of(
        &self,
        analysis: &Analysis,
        stems: &HashMap<String, Vec<usize>>,
        stem: &str,
    ) -> Vec<Vec<String>> {
        let mut others: Vec<Vec<String>> = Vec::new();
        for group in stems.get(stem).into_iter().flatten() {
            for word in &self.groups[*group] {
                let words: Vec<String> = word.split(' ').map(|word| analysis.word(word).whole).collect();
                if words.join(" ") != stem && !others.contains(&words) {
                    others.push(words);
                }
            }
        }
        others
    }

    /// The stems of the words, joined by single spaces, and the groups that each is in.
    pub(super) fn stems(&self, analysis: &Analysis) -> HashMap<String, Vec<usize>> {
        let mut stems: HashMap<String, Vec<usize>> = HashMap::new();
        for (word, groups) in &self.by_word {
            let words: Vec<String> = word.split(' ').map(|word| analysis.word(word).whole).collect();
            stems.entry(words.join(" ")).or_default().extend(groups);
        }
        for groups in stems.values_mut() {
            groups.sort_unstable();
            groups.dedup();
        }
        stems
    }
}

fn key(word: &str) -> String {
    let words: Vec<String> = words_of(word).map(|at| word[at].to_lowercase()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_what_is_no_group_is_told() {
        let (synonyms, bad) =
            Synonyms::parse("# ord\nvarmestue, værested\n\nkun ét\nblå kors, misbrugscenter # o\n");
        assert_eq!(bad, [BadLine { line: 4 }]);
        assert_eq!(synonyms.groups.len(), 2);
        assert_eq!(Synonyms::parse(BUILT_IN).1, []);
    }

    #[test]
    fn a_file_is_read_again_when_it_has_changed() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("synonymer.txt");
        let file = SynonymFile::new(Some(path.clone()));
        let built_in = file.current().groups.len();
        fs::write(&path, "kaj, bolværk\n").unwrap();
        assert_eq!(file.current().groups.len(), built_in + 1);
        fs::write(&path, "kaj, bolværk\nslæbested, rampe\n").unwrap();
        assert_eq!(file.current().groups.len(), built_in + 2);
        fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(file.current().groups.len(), built_in + 2);
        fs::remove_file(&path).unwrap();
        assert_eq!(file.current().groups.len(), built_in);
    }
}
