//! A round under way: the lists that are read in it, and what could not be had.

use reqwest::Url;

use super::client::{Answer, Kind, Trouble, Visitor};
use super::mirror::{Link, List, Mirror};
use super::{Fetched, Site};
use crate::sources::Refused;

/// After so many pages in a row that could not be had, the site is left alone until the next round.
const MOST_MISSES: usize = 5;

/// What a site's lists came to.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) links: Vec<Link>,
    /// Whether all lists were read: only then what is in none of them is not listed.
    pub(super) is_complete: bool,
    /// Why a list could not be had that may be had the next time.
    pub(super) failed: Option<String>,
}

/// How a list is read: the addresses on it, or what is wrong with it.
type ReadList<'a> = dyn Fn(&[u8], &Url) -> Result<Vec<Link>, String> + Sync + 'a;

/// A round under way.
pub(super) struct Round<'a> {
    pub(super) site: &'a Site,
    pub(super) fetched: Fetched,
    pub(super) visitor: Visitor<'a>,
    pub(super) mirror: Mirror,
    /// Pages in a row that could not be had.
    pub(super) misses: usize,
    pub(super) progress: &'a (dyn Fn(&Fetched) + Sync),
}

impl Round<'_> {
    /// The addresses on a list, asked for on condition that it has changed.
    pub(super) async fn list(&mut self, url: &Url, read: &ReadList<'_>) -> Result<Vec<Link>, Trouble> {
        let known = self.mirror.contents.lists.get(url.as_str());
        let validators = known.map(|list| list.validators.clone()).unwrap_or_default();
        self.fetched.asked += 1;
        let answer = self.visitor.get(url, &validators).await?;
        (self.progress)(&self.fetched);
        self.misses = 0;
        match answer {
            Answer::Unchanged => {
                Ok(self.mirror.contents.lists.get(url.as_str()).cloned().unwrap_or_default().links)
            }
            Answer::Page(bytes, validators) => {
                let links = read(&bytes, url).map_err(|what| Trouble::new(Kind::Barred, what))?;
                let list = List { validators, links: links.clone() };
                self.mirror.contents.lists.insert(url.to_string(), list);
                Ok(links)
            }
        }
    }

    /// Notes what could not be had.
    ///
    /// # Errors
    /// `trouble` itself when it is one too many.
    pub(super) fn miss(&mut self, url: &Url, trouble: &Trouble) -> Result<(), Trouble> {
        self.fetched.refused.push(Refused { file: url.to_string(), reason: trouble.text.clone() });
        self.misses = match trouble.kind {
            Kind::Passing | Kind::Barred => self.misses + 1,
            Kind::Gone | Kind::Unfit | Kind::Stopped => 0,
        };
        if self.misses < MOST_MISSES {
            return Ok(());
        }
        let text = format!("{MOST_MISSES} sider i træk kunne ikke hentes: {}", trouble.text);
        Err(Trouble::new(trouble.kind, text))
    }
}
