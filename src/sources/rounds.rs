//! Reads sources for as long as the program runs: a folder when something changes in it and by the clock, a site by the clock.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::settled::{DEBOUNCE, Settled};
use super::watch::Watch;
use super::{Ended, Fetched, Folder, Listing, Look, Source, Web};
use crate::discord::pauses::pauses;

/// What a source has now, to be read.
#[derive(Debug)]
pub(crate) struct Round {
    /// The source.
    pub(crate) source: Source,
    /// All that can be read of it: of a folder, without files that are still changing; then the listing is not complete.
    pub(crate) listing: Listing,
    /// What was fetched for it; None for a folder.
    pub(crate) fetched: Option<Fetched>,
}

/// Calls `read` for each source now, and again whenever it is due, until `stop`. One round is read at a time, on a thread that may
/// block; while it is, sites are fetched and folders watched on. Returns when the last round has been read.
///
/// A round is due when its [`Source::every`] has passed, more or less, and for a folder also when a file in it appeared, changed or
/// went away, and has looked the same for [`DEBOUNCE`]. A round may have nothing new.
///
/// ```text
/// let rounds = rounds::run(config.sources.clone(), Web::new(Pace::USUAL), config.file_bytes, stop.clone(), move |round| {
///     let listings = vec![(&round.source, round.listing)];
///     let hidden = ProgressBar::hidden();
///     match intake::read_listings(&archive, listings, file_bytes, session.telling(), &interrupt, &hidden) {
///         Ok(report) => tracing::info!(source = round.source.name(), new = report.new, "source read"),
///         Err(failure) => tracing::error!(reason = failure.text().unwrap_or_default(), "source not read"),
///     }
/// });
/// let rounds = tokio::spawn(rounds);
/// ```
pub(crate) async fn run(
    sources: Vec<Source>,
    web: Web,
    file_bytes: u64,
    stop: CancellationToken,
    read: impl Fn(Round) + Send + Sync + 'static,
) {
    let reader = Reader { read: Arc::new(read), turn: Arc::default(), stop, file_bytes };
    let web = Arc::new(web);
    let mut tasks = JoinSet::new();
    for source in sources {
        let (reader, web) = (reader.clone(), Arc::clone(&web));
        tasks.spawn(async move {
            match source.clone() {
                Source::Folder(folder) => watch_folder(source, &folder, &reader).await,
                Source::Site(_) => visit_site(source, &web, &reader).await,
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a source is not read any more");
        }
    }
}

/// Who reads what is found.
#[derive(Clone)]
struct Reader {
    read: Arc<dyn Fn(Round) + Send + Sync>,
    /// Held while a round is read.
    turn: Arc<Mutex<()>>,
    stop: CancellationToken,
    file_bytes: u64,
}

impl Reader {
    async fn list(&self, source: &Source) -> Listing {
        let (source, file_bytes) = (source.clone(), self.file_bytes);
        spawn_blocking(move || source.list(file_bytes)).await.unwrap_or_default()
    }

    async fn read(&self, round: Round) {
        let _turn = self.turn.lock().await;
        if self.stop.is_cancelled() {
            return;
        }
        let (name, read) = (round.source.name().to_owned(), Arc::clone(&self.read));
        if let Err(error) = spawn_blocking(move || read(round)).await {
            tracing::error!(source = name, %error, "reading a source failed");
        }
    }

    /// Waits for a time, or less when we are asked to stop; says whether to go on.
    async fn wait(&self, pause: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(pause) => true,
            () = self.stop.cancelled() => false,
        }
    }
}

async fn visit_site(source: Source, web: &Web, reader: &Reader) {
    loop {
        let fetched = source.fetch(web, reader.file_bytes, &reader.stop, &|_| {}).await;
        if fetched.as_ref().is_some_and(|fetched| fetched.ended == Ended::Stopped) {
            return;
        }
        let listing = reader.list(&source).await;
        reader.read(Round { source: source.clone(), listing, fetched }).await;
        if !reader.wait(about(source.every())).await {
            return;
        }
    }
}

async fn watch_folder(source: Source, folder: &Folder, reader: &Reader) {
    let mut settled = Settled::default();
    let mut watch = None;
    let mut is_warned = false;
    let mut last = Look::default();
    let mut due = Some(Instant::now());
    loop {
        // A network drive that was away may be back.
        watch = watch.or_else(|| listen(folder, &mut is_warned));
        let mut listing = reader.list(&source).await;
        let waiting = settled.only(&mut listing, Instant::now());
        let look = Look::of(&listing);
        let is_due = waiting == 0 && due.is_none_or(|due| due <= Instant::now());
        if is_due || look != last {
            last = look;
            reader.read(Round { source: source.clone(), listing, fetched: None }).await;
        }
        if is_due {
            due = Some(Instant::now() + about(source.every()));
        }
        let pause = match waiting {
            0 => due.map_or(Duration::ZERO, |due| due.saturating_duration_since(Instant::now())),
            _ => DEBOUNCE,
        };
        let changed = async {
            match &watch {
                Some(watch) if waiting == 0 => Watch::changed(watch).await,
                _ => pending().await,
            }
        };
        tokio::select! {
            go_on = reader.wait(pause) => if !go_on { return },
            () = changed => {}
        }
    }
}

/// Listens to a folder; when that cannot be, it is said once, and the clock has to do.
fn listen(folder: &Folder, is_warned: &mut bool) -> Option<Watch> {
    match Watch::new(&folder.path) {
        Ok(watch) => Some(watch),
        Err(reason) => {
            if !*is_warned {
                let minutes = folder.every.as_secs() / 60;
                tracing::warn!(
                    source = folder.name,
                    reason,
                    every_minutes = minutes,
                    "folder is not watched, only listed"
                );
            }
            *is_warned = true;
            None
        }
    }
}

/// Three to five quarters of a time: sites are not all asked in the same minute.
fn about(time: Duration) -> Duration {
    pauses(time, time).next().unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::sources::web::Pace;

    /// For what has to happen at some time: long enough for a busy machine.
    const DEADLINE: Duration = Duration::from_secs(30);

    struct Rounds {
        receiver: Receiver<(Vec<String>, bool)>,
        stop: CancellationToken,
        task: tokio::task::JoinHandle<()>,
    }

    impl Rounds {
        fn begin(path: &Path, every: Duration) -> Self {
            let (sender, receiver) = channel();
            let stop = CancellationToken::new();
            let source = Source::Folder(Folder { every, ..Folder::new("k", path) });
            let read = move |round: Round| {
                let names = round.listing.files.into_iter().map(|file| file.origin).collect();
                let _ = sender.send((names, round.listing.is_complete));
            };
            let task = tokio::spawn(run(vec![source], Web::new(Pace::QUICK), 100, stop.clone(), read));
            Self { receiver, stop, task }
        }

        /// Waits for a round with exactly these files, and all of the folder in it.
        fn expect(&self, files: &[&str]) {
            let begun = std::time::Instant::now();
            while let Ok((names, is_complete)) =
                self.receiver.recv_timeout(DEADLINE - begun.elapsed().min(DEADLINE))
            {
                if is_complete && names == files {
                    return;
                }
            }
            panic!("no round with {files:?}");
        }

        async fn end(self) {
            self.stop.cancel();
            tokio::time::timeout(DEADLINE, self.task).await.unwrap().unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_folder_is_read_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.txt"), "x").unwrap();
        let rounds = Rounds::begin(folder.path(), Duration::from_secs(3600));
        rounds.expect(&["k/a.txt"]);
        fs::write(at("b.txt"), "x").unwrap();
        rounds.expect(&["k/a.txt", "k/b.txt"]);
        fs::rename(at("b.txt"), at("c.txt")).unwrap();
        rounds.expect(&["k/a.txt", "k/c.txt"]);
        fs::remove_file(at("a.txt")).unwrap();
        rounds.expect(&["k/c.txt"]);
        rounds.end().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_folder_that_cannot_be_watched_is_read_by_the_clock() {
        let outside = tempfile::tempdir().unwrap();
        let path = outside.path().join("drev");
        let rounds = Rounds::begin(&path, Duration::from_millis(50));
        // Nothing is there; what then is there is found all the same.
        let (names, is_complete) = rounds.receiver.recv_timeout(DEADLINE).unwrap();
        assert_eq!((names.len(), is_complete), (0, false));
        fs::create_dir(&path).unwrap();
        fs::write(path.join("a.txt"), "x").unwrap();
        rounds.expect(&["k/a.txt"]);
        rounds.end().await;
    }
}
