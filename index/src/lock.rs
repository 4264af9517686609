//! One writer: a lock on the file `lock` in the data folder, which the system releases when its process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::Error;

const FILE: &str = "lock";

/// The turn to send to the places of a sort: one process has it at a time, and nobody sends twice. Given back when it is dropped, and
/// by the system when its process ends.
pub struct Turn(#[expect(dead_code, reason = "held for as long as the value lives")] Lock);

impl Turn {
    pub(crate) fn take(directory: &Path, sort: &str) -> Result<Self, Error> {
        Lock::of_file(directory, &format!("{FILE}-{sort}")).map(Self)
    }
}

/// Process numbers are short; a longer file is not one of ours.
const MAX_PID_BYTES: u64 = 32;

/// Held for as long as the value lives.
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock without waiting. [`Error::InUse`] when somebody else, or another handle here, has it.
    pub(crate) fn take(directory: &Path) -> Result<Self, Error> {
        Self::of_file(directory, FILE)
    }

    fn of_file(directory: &Path, name: &str) -> Result<Self, Error> {
        let path = directory.join(name);
        let file = open(&path).map_err(Error::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::InUse { directory: directory.into(), pid: pid(&file) });
            }
            Err(TryLockError::Error(source)) => return Err(Error::io(&path)(source)),
        }
        // The number is only told to people: the lock holds without it, on a full disk for instance.
        let _ = write_pid(&file);
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nobody reads the number of a free lock; emptying it is tidiness.
        let _ = self.file.set_len(0);
    }
}

/// Whether this process may write in the folder.
pub(crate) fn is_read_only(directory: &Path) -> bool {
    matches!(
        open(&directory.join(FILE)).map_err(|error| error.kind()),
        Err(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
    )
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn write_pid(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(std::process::id().to_string().as_bytes())
}

fn pid(file: &File) -> Option<u32> {
    let mut text = String::new();
    file.take(MAX_PID_BYTES).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
