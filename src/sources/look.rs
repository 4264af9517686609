//! How a source looks: what tells, without a file being read, whether there may be something new in it.

use std::path::PathBuf;
use std::time::SystemTime;

use super::{Listing, Problem};

/// What one listing is compared with the next by: names, sizes, times of change, and what kept it from being listed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    files: Vec<(PathBuf, u64, Option<SystemTime>)>,
    problem: Option<Problem>,
}

impl Look {
    /// How a source looked when this was listed.
    pub(crate) fn of(listing: &Listing) -> Self {
        let files = listing.files.iter().map(|file| (file.path.clone(), file.bytes, file.modified));
        Self { files: files.collect(), problem: listing.problem.clone() }
    }
}
