//! Files of an index that cannot be trusted: checksums, and what tantivy does with bytes that are wrong.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::SystemTime;

use tantivy::{Index, TantivyError};

/// A file that is newer than all others of an index whose checksums were right.
const CHECKED: &str = "checked";
const CHECKING: &str = "checking";

/// Compares the checksums, unless no file changed since that was done last. Reading every byte takes time that a
/// single question need not spend.
pub(super) fn check(index: &Index, directory: &Path, read_only: bool) -> tantivy::Result<()> {
    if is_checked(directory)? {
        return Ok(());
    }
    let checking = directory.join(CHECKING);
    // Made before the first byte is read: a file that changes meanwhile is newer.
    let noted = !read_only && fs::write(&checking, []).is_ok();
    let damaged = guarded(|| index.validate_checksum())?;
    if let Some(file) = damaged.into_iter().next() {
        return Err(tantivy::error::DataCorruption::new(file, "wrong checksum".into()).into());
    }
    if noted {
        fs::rename(&checking, directory.join(CHECKED))?;
    }
    Ok(())
}

fn is_checked(directory: &Path) -> io::Result<bool> {
    let checked = match fs::metadata(directory.join(CHECKED)) {
        Ok(metadata) => metadata.modified()?,
        Err(_) => return Ok(false),
    };
    Ok(newest(directory)? < checked)
}

/// When the last of the files was changed. tantivy's lock files are not part of the index.
fn newest(directory: &Path) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for file in fs::read_dir(directory)? {
        let file = file?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name == CHECKED || name == CHECKING || name.ends_with(".lock") {
            continue;
        }
        match file.metadata() {
            Ok(metadata) => newest = newest.max(metadata.modified()?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(newest)
}

/// tantivy trusts its files and panics on some damage; here that is an error like the others.
pub(super) fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(TantivyError::InternalError("panic over damaged files".into())))
}
