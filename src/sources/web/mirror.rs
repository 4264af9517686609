//! What was fetched of a site: a folder with one file a page, and `index.json`, which says what they are.
//!
//! Each file is replaced whole, and the index is written after the files it tells of. A process killed in between leaves a file
//! that the next round fetches again.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::client::Validators;
use crate::sources::{File, Listing, NOT_A_FILE, Problem, Refused, reason, too_large};
use index::SourceProblem;

const INDEX: &str = "index.json";
/// Held by the process that fetches.
const LOCK: &str = "lock";
/// The form of the index. Another one is read as if nothing had been fetched.
const VERSION: u32 = 1;
/// The index is written after so many pages, and at the end: what a crash in between forgets is fetched again.
const SAVED_EVERY: usize = 32;
/// Of a page's key, so many characters stand in its file's name.
const NAME_CHARS: usize = 60;

/// What `index.json` says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Contents {
    version: u32,
    /// Whether a round ever went through to its end: only then what is not here is not there.
    pub(super) is_complete: bool,
    /// What was wrong with the last round; None: nothing.
    pub(super) problem: Option<Trouble>,
    /// The patterns by which links were chosen; when they change, lists are read anew.
    pub(super) rules: String,
    /// Pages that lead to others, by address.
    pub(super) lists: BTreeMap<String, List>,
    /// Meetings, by key.
    pub(super) pages: BTreeMap<String, Page>,
}

/// What was wrong with a round.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Trouble {
    pub(super) kind: SourceProblem,
    pub(super) text: String,
}

/// A page that leads to others.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct List {
    #[serde(flatten)]
    pub(super) validators: Validators,
    pub(super) links: Vec<Link>,
}

/// Where a list leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) url: String,
    /// What the list says of it that changes when it does; None: it has to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stamp: Option<String>,
}

/// A meeting as it was fetched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Page {
    /// Where it was fetched.
    pub(super) url: String,
    /// Where people read it.
    pub(super) shown: String,
    /// Its file in the mirror.
    pub(super) file: String,
    #[serde(flatten)]
    pub(super) validators: Validators,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stamp: Option<String>,
    /// BLAKE3 of the file, in hexadecimal.
    pub(super) hash: String,
    /// When it was last asked for, in RFC 3339.
    pub(super) fetched_at: String,
}

/// A mirror that is being brought up to date. Nobody else does so meanwhile.
pub(super) struct Mirror {
    folder: PathBuf,
    pub(super) contents: Contents,
    unsaved: usize,
    /// Released when it is dropped, also by a crash.
    _lock: fs::File,
}

impl Mirror {
    /// Takes hold of the mirror in `folder`, made if need be.
    ///
    /// # Errors
    /// In Danish: another process fetches at this moment, or the folder cannot be written.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        let failed = |error: io::Error| format!("{} {}", folder.display(), reason(&error));
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = fs::File::create(folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err("hentes allerede af et andet program, der kører".to_owned());
            }
            Err(fs::TryLockError::Error(error)) => return Err(failed(error)),
        }
        // What cannot be read is fetched again.
        let contents = read_index(folder).unwrap_or_default();
        Ok(Self { folder: folder.to_owned(), contents, unsaved: 0, _lock: lock })
    }

    /// Whether a page's file is still there.
    pub(super) fn has_file(&self, page: &Page) -> bool {
        self.folder.join(&page.file).is_file()
    }

    /// Keeps a page in place of what was known by that key. Says whether it was unknown, changed, or the same.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn keep(&mut self, key: &str, mut page: Page, bytes: &[u8]) -> io::Result<Kept> {
        page.hash = blake3::hash(bytes).to_hex().to_string();
        let old = self.contents.pages.get(key);
        // The name is what a document is known by: it stays.
        page.file = old.map_or_else(|| file_name(key), |old| old.file.clone());
        let kept = match old {
            None => Kept::New,
            Some(old) if old.hash != page.hash => Kept::Changed,
            Some(_) => Kept::Same,
        };
        if kept != Kept::Same || !self.has_file(&page) {
            replace(&self.folder, &page.file, bytes)?;
        }
        self.contents.pages.insert(key.to_owned(), page);
        self.changed()?;
        Ok(kept)
    }

    /// Forgets a page and its file.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub(super) fn drop_page(&mut self, key: &str) -> io::Result<()> {
        if let Some(page) = self.contents.pages.remove(key) {
            // A file that stays is not listed.
            let _ = fs::remove_file(self.folder.join(&page.file));
        }
        self.changed()
    }

    fn changed(&mut self) -> io::Result<()> {
        self.unsaved += 1;
        if self.unsaved == SAVED_EVERY { self.save() } else { Ok(()) }
    }

    /// Writes the index.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn save(&mut self) -> io::Result<()> {
        self.contents.version = VERSION;
        let bytes = serde_json::to_vec_pretty(&self.contents)?;
        self.unsaved = 0;
        replace(&self.folder, INDEX, &bytes)
    }
}

/// What keeping a page came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    New,
    Changed,
    Same,
}

/// The pages in the mirror, as files of the source `name`.
pub(super) fn list(folder: &Path, name: &str, file_bytes: u64) -> Listing {
    let mut listing = Listing::default();
    let contents = match read_index(folder) {
        Ok(contents) => contents,
        Err(error) => {
            listing.problem = Some(Problem {
                kind: SourceProblem::Failing,
                text: match error.kind() {
                    io::ErrorKind::NotFound => "er ikke hentet endnu; kør referent sync".to_owned(),
                    _ => format!("det hentede kan ikke læses ({error}); det hentes igen"),
                },
            });
            return listing;
        }
    };
    listing.is_complete = contents.is_complete;
    listing.problem = match contents.problem {
        Some(trouble) => Some(Problem { kind: trouble.kind, text: trouble.text }),
        None if contents.is_complete => None,
        None => Some(Problem {
            kind: SourceProblem::Failing,
            text: "er ikke hentet til ende endnu; det går videre i næste runde".to_owned(),
        }),
    };
    for page in contents.pages.into_values() {
        let origin = format!("{name}/{}", page.file);
        let path = folder.join(&page.file);
        let refused = match fs::symlink_metadata(&path) {
            Ok(data) if !data.is_file() => NOT_A_FILE.to_owned(),
            Ok(data) if data.len() > file_bytes => too_large(data.len(), file_bytes),
            Ok(data) => {
                // An address with a number that may be somebody's is not shown.
                let url =
                    Some(page.shown).filter(|url| words(url) == minutes::read::without_cpr(&words(url)));
                listing.files.push(File {
                    origin,
                    path,
                    bytes: data.len(),
                    modified: None,
                    url,
                    member: None,
                });
                continue;
            }
            Err(error) => {
                // It is fetched again, and was never withdrawn.
                listing.is_complete = false;
                reason(&error)
            }
        };
        listing.refused.push(Refused { file: origin, reason: refused });
    }
    listing.files.sort_unstable_by(|one, other| one.origin.cmp(&other.origin));
    listing
}

fn read_index(folder: &Path) -> io::Result<Contents> {
    let contents: Contents = serde_json::from_slice(&fs::read(folder.join(INDEX))?)?;
    let is_ours = |page: &Page| Path::new(&page.file).file_name().is_some_and(|name| *name == *page.file);
    if contents.version != VERSION || !contents.pages.values().all(is_ours) {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    Ok(contents)
}

/// Puts a file in place of another, whole.
fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let new = folder.join(format!(".{name}.new"));
    fs::write(&new, bytes)?;
    fs::rename(new, folder.join(name))
}

/// A file's name for a key: so much of it as can stand in a name, and a hash that makes it the key's own.
fn file_name(key: &str) -> String {
    let hash = blake3::hash(key.as_bytes()).to_hex();
    let path =
        key.split_once("://").map_or(key, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    // The name is shown as the source of every answer.
    let shown = minutes::read::without_cpr(&words(path)).to_lowercase();
    let name = shown.split([' ', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    // The end of an address tells most.
    let name = name[name.len().saturating_sub(NAME_CHARS)..].trim_start_matches('-');
    match name {
        "" => hash[..16].to_owned(),
        name => format!("{name}-{}", &hash[..8]),
    }
}

/// The words of an address, where a number stands alone as it does in a text.
fn words(address: &str) -> String {
    address
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { ' ' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str) -> Page {
        Page {
            url: url.to_owned(),
            shown: url.to_owned(),
            file: String::new(),
            validators: Validators::default(),
            stamp: None,
            hash: String::new(),
            fetched_at: String::new(),
        }
    }

    #[test]
    fn names_are_of_letters_and_the_keys_own() {
        for (key, start) in [
            ("ID2423", "id2423-"),
            ("https://a.dk/moeder/5?side=2", "moeder-5-side-2-"),
            ("https://a.dk/../..%2f..%2fetc/passwd", "2f-2fetc-passwd-"),
            ("https://a.dk/", ""),
        ] {
            let name = file_name(key);
            assert!(name.starts_with(start), "{key}: {name}");
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{name}");
        }
        assert_ne!(file_name("https://a.dk/A"), file_name("https://a.dk/a"));
        assert!(file_name(&format!("https://a.dk/{}", "x/".repeat(1_000))).len() <= NAME_CHARS + 9);
    }

    #[test]
    fn what_was_kept_is_listed_and_kept_over_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("m/kilde");
        let mut mirror = Mirror::open(&at).unwrap();
        let url = "https://a.dk/moede/1";
        assert_eq!(mirror.keep("ID1", page(url), b"en").unwrap(), Kept::New);
        assert_eq!(mirror.keep("ID1", page(url), b"en").unwrap(), Kept::Same);
        assert_eq!(mirror.keep("ID1", page(url), b"to").unwrap(), Kept::Changed);
        // Nothing is listed before the index tells of it.
        let problem = |listing: &Listing| listing.problem.clone().unwrap().text;
        assert!(problem(&list(&at, "kilde", 10)).starts_with("er ikke hentet endnu"));
        mirror.save().unwrap();
        drop(mirror);
        let listing = list(&at, "kilde", 10);
        assert!(problem(&listing).starts_with("er ikke hentet til ende"));
        assert!(!listing.is_complete);
        assert_eq!(listing.files[0].url.as_deref(), Some(url));
        assert_eq!(fs::read(&listing.files[0].path).unwrap(), b"to");

        let mut mirror = Mirror::open(&at).unwrap();
        mirror.contents.is_complete = true;
        mirror.save().unwrap();
        let listing = list(&at, "kilde", 10);
        assert_eq!((listing.problem, listing.is_complete, listing.files.len()), (None, true, 1));
        assert_eq!(list(&at, "kilde", 1).refused.len(), 1);

        fs::remove_file(&listing.files[0].path).unwrap();
        let listing = list(&at, "kilde", 10);
        assert_eq!((listing.is_complete, listing.files.len(), listing.refused.len()), (false, 0, 1));

        mirror.drop_page("ID1").unwrap();
        mirror.save().unwrap();
        let listing = list(&at, "kilde", 10);
        assert_eq!((listing.is_complete, listing.files.len(), listing.refused.len()), (true, 0, 0));
    }

    #[test]
    fn a_damaged_or_foreign_index_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut mirror = Mirror::open(folder.path()).unwrap();
        mirror.keep("ID1", page("https://a.dk/"), b"en").unwrap();
        mirror.contents.is_complete = true;
        mirror.save().unwrap();
        drop(mirror);
        let index = folder.path().join(INDEX);
        let good = fs::read_to_string(&index).unwrap();
        for bad in [
            "",
            "{",
            "[]",
            &good.replace("\"version\": 1", "\"version\": 2"),
            &good.replace("\"file\": \"id1", "\"file\": \"../id1"),
        ] {
            assert_ne!(bad, good);
            fs::write(&index, bad).unwrap();
            let listing = list(folder.path(), "kilde", 10);
            assert!(!listing.is_complete && listing.files.is_empty() && listing.problem.is_some(), "{bad}");
            assert!(Mirror::open(folder.path()).unwrap().contents.pages.is_empty(), "{bad}");
        }
    }

    #[test]
    fn only_one_fetches_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Mirror::open(folder.path()).unwrap();
        assert!(Mirror::open(folder.path()).is_err());
        drop(first);
        assert!(Mirror::open(folder.path()).is_ok());
    }

    #[test]
    fn addresses_that_may_hold_a_cpr_number_are_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let mut mirror = Mirror::open(folder.path()).unwrap();
        mirror.keep("https://a.dk/010190-1234", page("https://a.dk/010190-1234"), b"en").unwrap();
        mirror.keep("ID2", page("https://a.dk/01-01-1990/2"), b"to").unwrap();
        mirror.save().unwrap();
        let files = list(folder.path(), "k", 10).files;
        let urls: Vec<_> = files.iter().map(|file| file.url.as_deref()).collect();
        assert_eq!(urls, [Some("https://a.dk/01-01-1990/2"), None]);
        assert!(files[1].origin.starts_with("k/xxxxxx-xxxx-"), "{files:?}");
    }
}
