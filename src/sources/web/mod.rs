//! Minutes on the web. A round goes through a site's lists and brings the mirror in the data folder up to date: what is known is
//! asked for on condition that it has changed, what is not is fetched, and what is neither there nor listed any more is dropped.
//!
//! Only addresses that a list gives, that match the configured patterns, and that lie at a named host are ever asked for. A round
//! may end anywhere; the next one takes up what is missing.

mod address;
mod client;
mod feed;
mod first_agenda;
mod links;
mod meeting;
mod mirror;
mod page;
mod round;
#[cfg(test)]
mod tests;
mod visit;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use commands::danish;
use regex::Regex;
use reqwest::Url;
use tokio_util::sync::CancellationToken;

use super::{Listing, Refused};
use crate::terminal::one_line;

pub(crate) use address::Hosts;
pub(crate) use client::{Pace, Web};

/// Between two requests to one host when `pause_ms` does not say.
pub(crate) const DEFAULT_PAUSE: Duration = Duration::from_secs(1);
/// A site is asked for what is new so often when `every_minutes` does not say.
pub(crate) const DEFAULT_EVERY: Duration = Duration::from_secs(60 * 60);
/// Steps from the first list to others when `depth` does not say: from the list of bodies to each body's list of meetings, and on.
pub(crate) const DEFAULT_DEPTH: u32 = 2;
/// The largest `depth`: as many pages as the longest list that is turned page by page may have.
pub(crate) const MOST_DEPTH: u32 = 100;

/// A site with minutes.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// What its documents are cited under.
    pub(crate) name: String,
    /// How it lists its meetings.
    pub(crate) kind: SiteKind,
    /// Its first list; of FirstAgenda, the address of the publication.
    pub(crate) url: Url,
    /// Which hosts are asked.
    pub(crate) hosts: Hosts,
    /// Whom the site's keepers may write to: stands in each request.
    pub(crate) contact: String,
    /// Between two requests to one host.
    pub(crate) pause: Duration,
    /// Between two rounds.
    pub(crate) every: Duration,
    /// The folder with what was fetched.
    pub(crate) mirror: PathBuf,
}

/// How a site lists its meetings.
#[derive(Debug, Clone)]
pub(crate) enum SiteKind {
    /// Pages with links.
    Page {
        /// Links to more lists: held against the whole address, as people read it. None: there are no more.
        follow: Option<Regex>,
        /// Links to meetings, likewise; they win over `follow`.
        meetings: Regex,
        /// How many steps from the first list others may be.
        depth: u32,
    },
    /// FirstAgenda's publication interface.
    FirstAgenda,
    /// RSS or Atom.
    Feed {
        /// Which entries are meetings; None: all.
        meetings: Option<Regex>,
    },
}

/// What a round at a site came to. Names and reasons are as found: neutralised only when shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// The source's name.
    pub(crate) source: String,
    /// Meetings known or found, as far as that is known by now.
    pub(crate) found: usize,
    /// Meetings gone through.
    pub(crate) seen: usize,
    /// Pages asked for, lists too; tries of the same page count as one.
    pub(crate) asked: usize,
    /// Meetings that are as they were: the site says so, or sent the same again.
    pub(crate) unchanged: usize,
    /// Meetings that were not known.
    pub(crate) new: usize,
    /// Meetings whose page is another one now.
    pub(crate) changed: usize,
    /// Meetings that are neither there nor listed any more.
    pub(crate) dropped: usize,
    /// What could not be fetched, by address, and why.
    pub(crate) refused: Vec<Refused>,
    /// How the round ended.
    pub(crate) ended: Ended,
}

/// How a round at a site ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All lists were read, and all meetings gone through; single ones may be refused.
    Well,
    /// The site failed in a way that may pass by itself; why, in Danish.
    Failed(String),
    /// The site cannot be read before somebody does something; why, in Danish.
    Refused(String),
    /// We were asked to stop.
    Stopped,
}

impl Fetched {
    fn begun(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            found: 0,
            seen: 0,
            asked: 0,
            unchanged: 0,
            new: 0,
            changed: 0,
            dropped: 0,
            refused: Vec::new(),
            ended: Ended::Well,
        }
    }
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize, one, many| danish::count(count, one, many);
        write!(
            f,
            "{}: {}, {}, {} ({} spurgt)",
            one_line(&self.source),
            count(self.new, "ny", "nye"),
            count(self.changed, "ændret", "ændrede"),
            count(self.unchanged, "uændret", "uændrede"),
            count(self.asked, "side", "sider"),
        )?;
        if self.dropped > 0 {
            write!(f, ", {} mere", count(self.dropped, "findes ikke", "findes ikke"))?;
        }
        for Refused { file, reason } in &self.refused {
            write!(f, "\n  {}: {}", one_line(file), one_line(reason))?;
        }
        match &self.ended {
            Ended::Well => Ok(()),
            Ended::Failed(why) => write!(f, "\n  Blev ikke færdig: {}", one_line(why)),
            Ended::Refused(why) => write!(f, "\n  Kan ikke hentes: {}", one_line(why)),
            Ended::Stopped => write!(f, "\n  Afbrudt; resten kommer næste gang"),
        }
    }
}

impl Site {
    /// What was fetched.
    pub(super) fn list(&self, file_bytes: u64) -> Listing {
        mirror::list(&self.mirror, &self.name, file_bytes)
    }

    /// One round: see [`super::Source::fetch`].
    pub(super) async fn fetch(
        &self,
        web: &Web,
        file_bytes: u64,
        stop: &CancellationToken,
        progress: &(dyn Fn(&Fetched) + Sync),
    ) -> Fetched {
        visit::run(self, web, file_bytes, stop, progress).await
    }

    /// Who asks, in the form that RFC 9110, 10.1.5 describes.
    fn agent(&self) -> String {
        format!("Referent/{} (+{})", env!("CARGO_PKG_VERSION"), self.contact)
    }
}
