//! Laying a data folder's files aside, when its owner asks for it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::lock::Lock;
use crate::{search, store};

/// Moves the database and the search index into `directory/set-aside-<stamp>/` and returns that folder. Nothing is
/// deleted; what is not there is passed over. [`Error::InUse`] while another process writes; [`Error::Io`] when
/// the folder of that name exists already or the files cannot be moved.
pub fn set_aside(directory: &Path, stamp: &str) -> Result<PathBuf, Error> {
    let _lock = Lock::take(directory)?;
    let aside = directory.join(format!("set-aside-{stamp}"));
    fs::create_dir(&aside).map_err(Error::io(&aside))?;
    for name in store::FILES.iter().chain(&search::FOLDERS) {
        let from = directory.join(name);
        match fs::rename(&from, aside.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io(&from)(error));
            }
            _ => {}
        }
    }
    Ok(aside)
}
