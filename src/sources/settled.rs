//! Files that have stopped changing. Whoever copies a file into a folder takes a while, and half of one is no minutes.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::Listing;

/// A file is read when it looked the same at two looks at least this far apart.
pub(crate) const DEBOUNCE: Duration = Duration::from_secs(2);

/// A file that was last written so long ago is read at the first look: nobody pauses for that long while copying, and clocks that
/// differ do so by less.
const LONG_AGO: Duration = Duration::from_secs(60);

/// How each file of a folder looked when it last changed.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    seen: HashMap<PathBuf, Look>,
}

#[derive(Debug, Clone, Copy)]
struct Look {
    bytes: u64,
    /// None where the file system does not tell; then the size has to do.
    modified: Option<SystemTime>,
    /// The first look at which it was so.
    since: Instant,
}

impl Settled {
    /// Leaves out of `listing` what has not looked the same for [`DEBOUNCE`], and says how much that is. A listing that lacks a file
    /// for this reason is not complete. What is not in the listing is forgotten.
    pub(crate) fn only(&mut self, listing: &mut Listing, now: Instant) -> usize {
        let mut seen = HashMap::with_capacity(listing.files.len());
        let before = listing.files.len();
        listing.files.retain(|file| {
            let same = |look: &&Look| look.bytes == file.bytes && look.modified == file.modified;
            let since = self.seen.get(&file.path).filter(same).map_or(now, |look| look.since);
            seen.insert(file.path.clone(), Look { bytes: file.bytes, modified: file.modified, since });
            now.duration_since(since) >= DEBOUNCE || is_long_ago(file.modified)
        });
        self.seen = seen;
        let waiting = before - listing.files.len();
        listing.is_complete &= waiting == 0;
        waiting
    }
}

/// Whether a time is [`LONG_AGO`]; one that lies ahead is not.
fn is_long_ago(modified: Option<SystemTime>) -> bool {
    modified.and_then(|at| at.elapsed().ok()).is_some_and(|ago| ago >= LONG_AGO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::File;

    /// A time that has not come yet: nothing of it is long ago.
    const AHEAD: Duration = Duration::from_secs(10_000_000_000);

    #[test]
    fn what_was_written_long_ago_is_read_at_once() {
        let mut listing = listing(&[("a", 1, 1), ("b", 1, 1)]);
        listing.files[1].modified = Some(SystemTime::now() - 2 * LONG_AGO);
        assert_eq!(Settled::default().only(&mut listing, Instant::now()), 1);
        assert_eq!(listing.files[0].origin, "b");
    }

    fn listing(files: &[(&str, u64, u64)]) -> Listing {
        let file = |&(name, bytes, modified): &(&str, u64, u64)| File {
            origin: name.to_owned(),
            path: PathBuf::from(name),
            bytes,
            modified: Some(SystemTime::UNIX_EPOCH + AHEAD + Duration::from_secs(modified)),
            url: None,
            member: None,
        };
        Listing { files: files.iter().map(file).collect(), is_complete: true, ..Listing::default() }
    }

    #[test]
    fn a_file_is_read_when_it_has_stopped_changing() {
        let start = Instant::now();
        let mut settled = Settled::default();
        // Seconds, the folder as (name, size, time of change), what is read.
        for (second, files, read) in [
            (0, &[("a", 1, 1)][..], &[][..]),
            (1, &[("a", 1, 1)], &[]),
            (2, &[("a", 1, 1), ("b", 5, 1)], &["a"]),
            (3, &[("a", 1, 1), ("b", 6, 1)], &["a"]),
            (4, &[("a", 1, 1), ("b", 6, 2)], &["a"]),
            (5, &[("a", 1, 1), ("b", 6, 2)], &["a"]),
            (6, &[("a", 1, 1), ("b", 6, 2)], &["a", "b"]),
            // A file put in the place of another, as old as that or older.
            (7, &[("a", 1, 0), ("b", 6, 2)], &["b"]),
            (9, &[("a", 1, 0), ("b", 6, 2)], &["a", "b"]),
            // Gone and there again.
            (10, &[("b", 6, 2)], &["b"]),
            (20, &[("a", 1, 0), ("b", 6, 2)], &["b"]),
        ] {
            let mut listing = listing(files);
            let waiting = settled.only(&mut listing, start + Duration::from_secs(second));
            let names: Vec<&str> = listing.files.iter().map(|file| file.origin.as_str()).collect();
            assert_eq!(names, read, "after {second} s");
            assert_eq!((waiting, listing.is_complete), (files.len() - read.len(), waiting == 0));
        }
    }
}
