//! Hears of changes in a folder. Hearing is never relied on: network drives say nothing, and a system has only so many watches.
//! What counts is that the folder is listed again by the clock.

use std::path::Path;
use std::sync::Arc;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

/// A folder that is listened to for as long as this lives.
#[derive(Debug)]
pub(crate) struct Watch {
    changed: Arc<Notify>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Listens to `folder` and all folders in it.
    ///
    /// # Errors
    /// Why that is not possible, in English, for the log: no such folder, too few watches (`fs.inotify.max_user_watches`).
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        let changed = Arc::new(Notify::new());
        let teller = Arc::clone(&changed);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Our own reading is no change. An error may hide one.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                teller.notify_one();
            }
        })
        .map_err(|error| error.to_string())?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| error.to_string())?;
        Ok(Self { changed, _watcher: watcher })
    }

    /// Waits until something has changed since the last time this returned. Many changes in between are one.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    const DEADLINE: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn changes_are_heard_also_in_folders_inside() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("m")).unwrap();
        let watch = Watch::new(folder.path()).unwrap();
        fs::write(folder.path().join("m/a.txt"), "tekst").unwrap();
        tokio::time::timeout(DEADLINE, watch.changed()).await.unwrap();
        fs::rename(folder.path().join("m/a.txt"), folder.path().join("b.txt")).unwrap();
        tokio::time::timeout(DEADLINE, watch.changed()).await.unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_watched() {
        let error = Watch::new(Path::new("findes-ikke")).unwrap_err();
        assert!(!error.is_empty());
    }
}
