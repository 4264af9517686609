//! Where minutes come from. A source lists what it has; reading is a second step, since what was listed may be gone.
//!
//! A source on the web is fetched into a mirror first, a folder of files in the data folder, and listed from there: what reads
//! sources needs no network, and what was fetched once is kept.

mod folder;
mod habit;
mod look;
mod passed_over;
mod rounds;
mod settled;
mod watch;
pub(crate) mod web;
mod zipped;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use index::SourceProblem;
use tokio_util::sync::CancellationToken;

pub(crate) use folder::Folder;
use zipped::Member;
pub(crate) use {
    habit::{Health, History, health},
    look::Look,
    rounds::{Round, run},
    web::{Ended, Fetched, Site, Web},
    zipped::in_zip,
};

/// A place that minutes come from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// A folder of files.
    Folder(Folder),
    /// A site on the web.
    Site(Box<Site>),
}

impl Source {
    /// What its files are cited under: the first part of every origin.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Folder(folder) => &folder.name,
            Self::Site(site) => &site.name,
        }
    }

    /// Whether it is a folder, which is there or not; a site is there as far as its lists are understood.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Everything that the source has now, sorted by name; of a site, what was fetched. Files larger than `file_bytes` are refused
    /// unread.
    pub(crate) fn list(&self, file_bytes: u64) -> Listing {
        match self {
            Self::Folder(folder) => folder.list(file_bytes),
            Self::Site(site) => site.list(file_bytes),
        }
    }

    /// Brings what was fetched of a site up to date, page by page, until `stop`; None for a folder, where nothing is fetched.
    /// `progress` is called after each page.
    pub(crate) async fn fetch(
        &self,
        web: &Web,
        file_bytes: u64,
        stop: &CancellationToken,
        progress: &(dyn Fn(&Fetched) + Sync),
    ) -> Option<Fetched> {
        match self {
            Self::Folder(_) => None,
            Self::Site(site) => Some(site.fetch(web, file_bytes, stop, progress).await),
        }
    }

    /// How long after one round the next one is due.
    pub(crate) fn every(&self) -> Duration {
        match self {
            Self::Folder(folder) => folder.every,
            Self::Site(site) => site.every,
        }
    }

    /// The source's folder when `path` lies in it, so that the program never reads what it wrote itself. A site has none.
    pub(crate) fn holds(&self, path: &Path) -> Option<&Path> {
        let Self::Folder(folder) = self else { return None };
        let root = folder.path.canonicalize().ok()?;
        // A data folder that is not made yet lies where its nearest existing parent lies.
        let nearest =
            std::path::absolute(path).ok()?.ancestors().find_map(|parent| parent.canonicalize().ok())?;
        nearest.starts_with(root).then_some(&folder.path)
    }
}

/// What a source has.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Files to be read, in the order listed.
    pub(crate) files: Vec<File>,
    /// What cannot be read, and why.
    pub(crate) refused: Vec<Refused>,
    /// Whether everything that the source has is listed or refused by name: then what is not is not there.
    pub(crate) is_complete: bool,
    /// What keeps the source as a whole from being read, or from being read to its end; None: nothing does.
    pub(crate) problem: Option<Problem>,
}

/// What keeps a source from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Whether it may pass by itself.
    pub(crate) kind: SourceProblem,
    /// What it is, in Danish.
    pub(crate) text: String,
}

/// A file as listed.
#[derive(Debug)]
pub(crate) struct File {
    /// What it is known by, in every run: the source's name and the path in it, with slashes.
    pub(crate) origin: String,
    /// Where to read it.
    pub(crate) path: PathBuf,
    /// Its size when listed.
    pub(crate) bytes: u64,
    /// When it last changed; None where that is not known or does not matter.
    pub(crate) modified: Option<SystemTime>,
    /// Where people can read it; None when that is not known.
    pub(crate) url: Option<String>,
    /// Its place in a ZIP file, when it is in one; its path then goes through that file.
    pub(crate) member: Option<Member>,
}

impl File {
    /// All its bytes. What was listed as a regular file may have become anything since.
    ///
    /// # Errors
    /// Why it could not be read, in Danish: gone, no access, larger than `limit` (then at most `limit` bytes were read).
    pub(crate) fn read(&self, limit: u64) -> Result<Vec<u8>, String> {
        if let Some(member) = &self.member {
            return member.read(limit);
        }
        if fs::symlink_metadata(&self.path).map_err(|error| reason(&error))?.is_file() {
            let file = fs::File::open(&self.path).map_err(|error| reason(&error))?;
            read_all(file, limit)
        } else {
            Err(NOT_A_FILE.to_owned())
        }
    }
}

/// A file or folder that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Its origin, or as much of it as is known.
    pub(crate) file: String,
    /// Why, in Danish.
    pub(crate) reason: String,
}

/// All bytes of `input`.
///
/// # Errors
/// Why it could not be read, in Danish; also when it holds more than `limit` bytes.
pub(crate) fn read_all(input: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > limit { Err(too_large(bytes.len() as u64, limit)) } else { Ok(bytes) }
}

/// Said of folders, pipes, sockets and devices.
const NOT_A_FILE: &str = "er ikke en almindelig fil";

fn too_large(bytes: u64, limit: u64) -> String {
    let size = |bytes: u64| match bytes >> 20 {
        0 => format!("{bytes} byte"),
        megabytes => format!("{megabytes} MB"),
    };
    format!("er for stor ({}; grænsen er {}, [limits] file_bytes i bot.toml)", size(bytes), size(limit))
}

/// Why the operating system refused, in Danish.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "findes ikke (mere)".to_owned(),
        io::ErrorKind::PermissionDenied => "må ikke læses; giv programmet læseadgang".to_owned(),
        io::ErrorKind::NotADirectory => "er ikke en mappe".to_owned(),
        io::ErrorKind::IsADirectory => "er en mappe, ikke en fil".to_owned(),
        _ => format!("kan ikke læses ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanished_after_the_listing_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "tekst").unwrap();
        let source = Source::Folder(Folder::new("f", folder.path()));
        let listing = source.list(10);
        fs::remove_file(&path).unwrap();
        assert_eq!(listing.files[0].read(10), Err("findes ikke (mere)".to_owned()));
    }

    #[test]
    fn a_file_that_grew_after_the_listing_is_refused() {
        assert_eq!(read_all(io::repeat(b'a'), 10).unwrap_err().split(" (").next(), Some("er for stor"));
        assert_eq!(read_all(&b"0123456789"[..], 10).unwrap().len(), 10);
    }

    #[test]
    fn a_data_folder_inside_a_source_is_noticed() {
        let source = Source::Folder(Folder::new("f", Path::new(".")));
        assert!(source.holds(Path::new("data")).is_some());
        assert!(source.holds(Path::new("../data")).is_none());
    }
}
