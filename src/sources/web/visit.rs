//! One round at a site: its lists, what is new, what is known, and what is not listed any more.

use std::collections::{BTreeMap, HashSet};
use std::io;

use reqwest::Url;
use tokio_util::sync::CancellationToken;

use super::client::{Answer, Kind, Trouble, Validators, Visitor, Web};
use super::mirror::{self, Kept, Link, Mirror};
use super::round::{Listed, Round};
use super::{Ended, Fetched, Site, SiteKind, feed, first_agenda, meeting, page};
use crate::clock;
use crate::sources::{Refused, reason};
use index::SourceProblem;

/// Meetings that are asked for in one round. Herning has published some 2,500 in fifteen years.
pub(super) const MOST_MEETINGS: usize = 20_000;
/// A meeting to be asked for.
struct Target {
    key: String,
    url: Url,
    stamp: Option<String>,
    is_listed: bool,
}

pub(super) async fn run(
    site: &Site,
    web: &Web,
    file_bytes: u64,
    stop: &CancellationToken,
    progress: &(dyn Fn(&Fetched) + Sync),
) -> Fetched {
    let fetched = Fetched::begun(&site.name);
    let agent = site.agent();
    let visitor = match Visitor::new(web, &site.hosts, &agent, site.pause, file_bytes, stop) {
        Ok(visitor) => visitor,
        Err(trouble) => return Fetched { ended: Ended::Refused(trouble.text), ..fetched },
    };
    let mirror = match Mirror::open(&site.mirror) {
        Ok(mirror) => mirror,
        Err(why) => return Fetched { ended: Ended::Failed(why), ..fetched },
    };
    let mut round = Round { site, fetched, visitor, mirror, misses: 0, progress };
    let outcome = round.go().await;
    round.end(outcome)
}

impl Round<'_> {
    async fn go(&mut self) -> Result<(), Trouble> {
        let rules = format!("{} {:?}", self.site.url, self.site.kind);
        if self.mirror.contents.rules != rules {
            self.mirror.contents.lists.clear();
            self.mirror.contents.rules = rules;
        }
        let listed = match &self.site.kind {
            SiteKind::Page { follow, meetings, depth } => {
                page::list(self, follow.as_ref(), meetings, *depth).await?
            }
            SiteKind::FirstAgenda => first_agenda::list(self).await?,
            SiteKind::Feed { meetings } => feed::list(self, meetings.as_ref()).await?,
        };
        let targets = self.targets(&listed);
        self.fetched.found = targets.len();
        // What is new comes first: a round that is cut short shall not have spent its time on what is known.
        let (known, new): (Vec<Target>, Vec<Target>) =
            targets.into_iter().partition(|target| self.mirror.contents.pages.contains_key(&target.key));
        for target in new.into_iter().chain(known) {
            self.bring(&target).await?;
            self.fetched.seen += 1;
            (self.progress)(&self.fetched);
        }
        match listed.failed {
            Some(why) => Err(Trouble::new(Kind::Passing, why)),
            None => Ok(()),
        }
    }

    /// Whom to ask for: each meeting once, by the address that shows it best, and those that are known but not listed.
    fn targets(&mut self, listed: &Listed) -> Vec<Target> {
        let mut best: BTreeMap<String, (meeting::View, usize, &Link, Url)> = BTreeMap::new();
        let mut elsewhere = None;
        for (at, link) in listed.links.iter().enumerate() {
            let Ok(url) = Url::parse(&link.url) else { continue };
            if let Err(what) = self.site.hosts.check(&url) {
                elsewhere
                    .get_or_insert(Refused { file: link.url.clone(), reason: format!("adressen {what}") });
                continue;
            }
            let (key, view) = meeting::key(&url);
            match best.get(&key) {
                Some((other, ..)) if *other <= view => {}
                _ => {
                    best.insert(key, (view, at, link, url));
                }
            }
        }
        // One stands for all: they usually lead to the same place.
        self.fetched.refused.extend(elsewhere);
        let keys: HashSet<String> = best.keys().cloned().collect();
        let is_part = |key: &str| meeting::whole(key).is_some_and(|whole| keys.contains(whole));
        let mut listed_targets: Vec<(usize, Target)> = best
            .into_iter()
            .filter(|(key, _)| !is_part(key))
            .map(|(key, (_, at, link, url))| {
                (at, Target { key, url, stamp: link.stamp.clone(), is_listed: true })
            })
            .collect();
        // As the lists have it: the newest meetings usually stand first.
        listed_targets.sort_unstable_by_key(|(at, _)| *at);
        if listed_targets.len() > MOST_MEETINGS {
            listed_targets.truncate(MOST_MEETINGS);
            let what = format!("fører til mere end {MOST_MEETINGS} møder; resten hentes ikke");
            self.fetched.refused.push(Refused { file: self.site.url.to_string(), reason: what });
        }
        let mut targets: Vec<Target> = listed_targets.into_iter().map(|(_, target)| target).collect();
        for (key, page) in &self.mirror.contents.pages {
            let Ok(url) = Url::parse(&page.url) else { continue };
            // The configuration may have become narrower since.
            if keys.contains(key) || is_part(key) || !self.site.may_ask(&url) {
                continue;
            }
            targets.push(Target { key: key.clone(), url, stamp: None, is_listed: !listed.is_complete });
        }
        targets
    }

    /// Asks for one meeting.
    async fn bring(&mut self, target: &Target) -> Result<(), Trouble> {
        let known = self.mirror.contents.pages.get(&target.key).filter(|page| self.mirror.has_file(page));
        let same_stamp = |stamp: &Option<String>| stamp.is_some() && *stamp == target.stamp;
        if known.is_some_and(|page| same_stamp(&page.stamp)) {
            self.fetched.unchanged += 1;
            return Ok(());
        }
        // What a server says of one page is no good for another one.
        let same_page = known.filter(|page| page.url == target.url.as_str());
        let validators = same_page.map(|page| page.validators.clone()).unwrap_or_default();
        self.fetched.asked += 1;
        match self.visitor.get(&target.url, &validators).await {
            Ok(Answer::Unchanged) => {
                self.misses = 0;
                self.fetched.unchanged += 1;
                if let Some(page) = self.mirror.contents.pages.get_mut(&target.key) {
                    page.fetched_at = now();
                    page.stamp.clone_from(&target.stamp);
                }
                Ok(())
            }
            Ok(Answer::Page(bytes, validators)) => {
                self.misses = 0;
                self.keep(target, validators, &bytes).map_err(|error| disk(&error))
            }
            Err(trouble) if trouble.kind == Kind::Stopped => Err(trouble),
            Err(trouble) if trouble.kind == Kind::Gone && !target.is_listed => {
                self.misses = 0;
                self.fetched.dropped += 1;
                self.mirror.drop_page(&target.key).map_err(|error| disk(&error))
            }
            Err(trouble) => self.miss(&target.url, &trouble),
        }
    }

    fn keep(&mut self, target: &Target, validators: Validators, bytes: &[u8]) -> io::Result<()> {
        let url = target.url.to_string();
        let shown = match self.site.kind {
            SiteKind::FirstAgenda => first_agenda::shown(&self.site.url, &target.key),
            SiteKind::Page { .. } | SiteKind::Feed { .. } => None,
        };
        let page = mirror::Page {
            shown: shown.unwrap_or_else(|| url.clone()),
            url,
            file: String::new(),
            validators,
            stamp: target.stamp.clone(),
            hash: String::new(),
            fetched_at: now(),
        };
        match self.mirror.keep(&target.key, page, bytes)? {
            Kept::New => self.fetched.new += 1,
            Kept::Changed => self.fetched.changed += 1,
            Kept::Same => self.fetched.unchanged += 1,
        }
        // Its items were kept one by one as long as nothing showed all of it.
        let is_item = |key: &&String| meeting::whole(key) == Some(&target.key);
        let items: Vec<String> = self.mirror.contents.pages.keys().filter(is_item).cloned().collect();
        items.iter().try_for_each(|item| self.mirror.drop_page(item))
    }

    fn end(mut self, outcome: Result<(), Trouble>) -> Fetched {
        self.fetched.ended = match outcome {
            Ok(()) => Ended::Well,
            Err(Trouble { kind: Kind::Stopped, .. }) => Ended::Stopped,
            Err(Trouble { kind: Kind::Passing, text }) => Ended::Failed(text),
            Err(Trouble { text, .. }) => Ended::Refused(text),
        };
        let contents = &mut self.mirror.contents;
        match &self.fetched.ended {
            Ended::Well => {
                contents.is_complete = true;
                contents.problem = None;
            }
            Ended::Failed(text) => {
                contents.problem = Some(mirror::Trouble { kind: SourceProblem::Failing, text: text.clone() });
            }
            Ended::Refused(text) => {
                contents.problem = Some(mirror::Trouble { kind: SourceProblem::Refused, text: text.clone() });
            }
            // Nothing was wrong that is known of.
            Ended::Stopped => {}
        }
        if let (Err(error), Ended::Well | Ended::Stopped) = (self.mirror.save(), &self.fetched.ended) {
            self.fetched.ended = Ended::Failed(disk(&error).text);
        }
        self.fetched
    }
}

impl Site {
    /// Whether an address that was fetched once may be asked for again.
    fn may_ask(&self, url: &Url) -> bool {
        let is_wanted = match &self.kind {
            SiteKind::Page { meetings, .. } | SiteKind::Feed { meetings: Some(meetings) } => {
                meetings.is_match(&super::address::readable(url))
            }
            SiteKind::FirstAgenda | SiteKind::Feed { meetings: None } => true,
        };
        is_wanted && self.hosts.check(url).is_ok()
    }
}

fn now() -> String {
    clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn disk(error: &io::Error) -> Trouble {
    Trouble::new(Kind::Passing, format!("det hentede kan ikke gemmes: {}", reason(error)))
}
