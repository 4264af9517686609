//! Minutes as files in a folder: listed, never followed out of it.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use index::SourceProblem;

use super::passed_over::is_passed_over;
use super::{File, Listing, NOT_A_FILE, Problem, Refused, reason, too_large, zipped};

/// A folder is listed again so often when nothing is heard of it and `every_minutes` does not say.
pub(crate) const DEFAULT_EVERY: Duration = Duration::from_secs(10 * 60);

/// Folders inside folders are read this deep; deeper ones are refused.
const DEPTH: usize = 32;
/// A folder of minutes.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// What its files are cited under.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// It is listed again at least so often.
    pub(crate) every: Duration,
}

impl Folder {
    /// A folder that is listed again as often as is usual.
    pub(crate) fn new(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { name: name.into(), path: path.into(), every: DEFAULT_EVERY }
    }

    /// Every file in it and in its folders, sorted by name; those [passed over](is_passed_over) are left out without a word.
    pub(crate) fn list(&self, file_bytes: u64) -> Listing {
        let listing = Listing { is_complete: true, ..Listing::default() };
        let mut walk = Walk { root: PathBuf::new(), file_bytes, listing };
        match self.path.canonicalize() {
            Ok(root) => {
                walk.root.clone_from(&root);
                walk.folder(&root, &self.name, 0);
            }
            Err(error) => walk.root_failed(&self.path.to_string_lossy(), &error),
        }
        walk.listing
    }
}

struct Walk {
    /// The folder without symbolic links in its path: what a link must stay within.
    root: PathBuf,
    file_bytes: u64,
    listing: Listing,
}

impl Walk {
    fn folder(&mut self, path: &Path, origin: &str, depth: usize) {
        if depth > DEPTH {
            return self.give_up(origin, &format!("ligger mere end {DEPTH} mapper nede"));
        }
        let entries: io::Result<Vec<DirEntry>> = fs::read_dir(path).and_then(Iterator::collect);
        match entries {
            Ok(mut entries) => {
                entries.sort_by_key(DirEntry::file_name);
                for entry in entries {
                    self.entry(&entry, origin, depth);
                }
            }
            Err(error) if depth == 0 => self.root_failed(origin, &error),
            Err(error) => self.give_up(origin, &reason(&error)),
        }
    }

    fn root_failed(&mut self, folder: &str, error: &io::Error) {
        let kind = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory => SourceProblem::Refused,
            // A network drive may come back.
            _ => SourceProblem::Failing,
        };
        self.listing.problem = Some(Problem { kind, text: reason(error) });
        self.give_up(folder, &reason(error));
    }

    fn entry(&mut self, entry: &DirEntry, parent: &str, depth: usize) {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let origin = format!("{parent}/{}", name.to_string_lossy());
            return self.refuse(&origin, "navnet er ikke UTF-8; giv filen et andet navn");
        };
        if is_passed_over(name) {
            return;
        }
        // The name is shown as the source of every answer.
        let origin = format!("{parent}/{}", minutes::read::without_cpr(name));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => self.folder(&entry.path(), &origin, depth + 1),
            Ok(kind) if kind.is_symlink() => self.link(&entry.path(), origin),
            Ok(_) => self.file(entry.path(), origin),
            Err(error) => self.refuse(&origin, &reason(&error)),
        }
    }

    /// A link counts as the file it leads to, within the folder. Links to folders are never followed: what they
    /// lead to is listed at its own place, and there can be no loops.
    fn link(&mut self, path: &Path, origin: String) {
        match path.canonicalize() {
            Ok(target) if !target.starts_with(&self.root) => {
                self.refuse(&origin, "er en genvej ud af mappen");
            }
            Ok(target) if target.is_dir() => self.refuse(&origin, "er en genvej til en mappe og følges ikke"),
            Ok(target) => self.file(target, origin),
            Err(error) => self.refuse(&origin, &format!("er en genvej, hvis mål {}", reason(&error))),
        }
    }

    fn file(&mut self, path: PathBuf, origin: String) {
        match fs::symlink_metadata(&path) {
            Ok(data) if !data.is_file() => self.refuse(&origin, NOT_A_FILE),
            Ok(data) if data.len() > self.most_bytes(&origin) => {
                self.refuse(&origin, &too_large(data.len(), self.most_bytes(&origin)));
            }
            Ok(data) => {
                let modified = data.modified().ok();
                let file = File { origin, path, bytes: data.len(), modified, url: None, member: None };
                let whole = match zipped::is_named_so(&file.origin) {
                    true => zipped::list(file, self.file_bytes, &mut self.listing),
                    false => Some(file),
                };
                self.listing.files.extend(whole);
            }
            Err(error) => self.refuse(&origin, &reason(&error)),
        }
    }

    /// A file's most bytes. What matters of a ZIP file is how large those in it are, and they have limits of their own.
    fn most_bytes(&self, origin: &str) -> u64 {
        if zipped::is_named_so(origin) { u64::MAX } else { self.file_bytes }
    }

    /// A folder that cannot be listed: nobody knows what is in it.
    fn give_up(&mut self, folder: &str, reason: &str) {
        self.listing.is_complete = false;
        self.refuse(folder, reason);
    }

    fn refuse(&mut self, file: &str, reason: &str) {
        self.listing.refused.push(Refused { file: file.to_owned(), reason: reason.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(folder: &Path) -> (Vec<String>, Vec<String>) {
        let listing = Folder::new("kilde", folder).list(100);
        let files = listing.files.into_iter().map(|file| file.origin).collect();
        let refused = listing.refused.into_iter().map(|r| format!("{}: {}", r.file, r.reason)).collect();
        (files, refused)
    }

    #[test]
    fn files_are_listed_by_name_without_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for name in [
            "c.txt",
            "b/z.txt",
            "a.txt",
            ".skjult",
            "README.md",
            ".git/x",
            "b/README.md",
            "a.txt~",
            "a.bak",
            "~$a.txt",
        ] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let expected = ["kilde/a.txt", "kilde/b/z.txt", "kilde/c.txt"].map(str::to_owned).to_vec();
        assert_eq!(list(folder.path()), (expected, Vec::new()));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("hemmelig.txt"), "x").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.txt"), "x").unwrap();
        symlink(at("a.txt"), at("b.txt")).unwrap();
        symlink(outside.path().join("hemmelig.txt"), at("c.txt")).unwrap();
        symlink(folder.path(), at("d")).unwrap();
        symlink(at("findes-ikke"), at("e.txt")).unwrap();
        symlink(at("f.txt"), at("f.txt")).unwrap();
        let (files, refused) = list(folder.path());
        assert_eq!(files, ["kilde/a.txt", "kilde/b.txt"]);
        assert_eq!(
            refused[..3],
            [
                "kilde/c.txt: er en genvej ud af mappen",
                "kilde/d: er en genvej til en mappe og følges ikke",
                "kilde/e.txt: er en genvej, hvis mål findes ikke (mere)",
            ]
        );
        assert!(
            refused[3].starts_with("kilde/f.txt: er en genvej, hvis mål kan ikke læses"),
            "{}",
            refused[3]
        );
    }

    #[test]
    fn folders_are_read_only_so_deep() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("m/".repeat(DEPTH + 1))).unwrap();
        fs::write(folder.path().join("m/".repeat(DEPTH)).join("a.txt"), "x").unwrap();
        let (files, refused) = list(folder.path());
        assert_eq!((files.len(), refused.len()), (1, 1));
        assert!(refused[0].ends_with("ligger mere end 32 mapper nede"), "{}", refused[0]);
    }

    #[test]
    fn a_missing_folder_is_refused_by_name() {
        let (files, refused) = list(Path::new("findes-ikke"));
        assert_eq!((files.len(), refused), (0, vec!["findes-ikke: findes ikke (mere)".to_owned()]));
    }

    #[test]
    fn a_source_that_cannot_be_listed_says_whether_it_may_pass() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("fil"), "x").unwrap();
        for (name, kind) in [("findes-ikke", SourceProblem::Failing), ("fil", SourceProblem::Refused)] {
            let listing = Folder::new("kilde", folder.path().join(name)).list(100);
            assert_eq!(listing.problem.map(|problem| problem.kind), Some(kind), "{name}");
            assert!(!listing.is_complete);
        }
        let listing = Folder::new("kilde", folder.path()).list(100);
        assert_eq!((listing.problem, listing.is_complete), (None, true));
    }

    #[test]
    fn the_listing_follows_renames_replacements_and_deletions() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let listed = || {
            let listing = Folder::new("kilde", folder.path()).list(100);
            assert!(listing.is_complete);
            listing.files.into_iter().map(|file| (file.origin, file.bytes)).collect::<Vec<_>>()
        };
        fs::write(at("a.txt"), "x").unwrap();
        assert_eq!(listed(), [("kilde/a.txt".to_owned(), 1)]);
        fs::rename(at("a.txt"), at("b.txt")).unwrap();
        assert_eq!(listed(), [("kilde/b.txt".to_owned(), 1)]);
        fs::write(at("ny"), "xyz").unwrap();
        fs::rename(at("ny"), at("b.txt")).unwrap();
        assert_eq!(listed(), [("kilde/b.txt".to_owned(), 3)]);
        fs::remove_file(at("b.txt")).unwrap();
        assert_eq!(listed(), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf_8_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"a\xff.txt")), "x").unwrap();
        assert_eq!(
            list(folder.path()).1,
            ["kilde/a\u{fffd}.txt: navnet er ikke UTF-8; giv filen et andet navn"]
        );
    }
}
