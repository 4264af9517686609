//! Pages with links: a list of bodies, each body's list of meetings, and so on.

use std::collections::{HashSet, VecDeque};

use regex::Regex;
use reqwest::Url;

use super::address::readable;
use super::client::{Kind, Trouble};
use super::links::links;
use super::mirror::Link;
use super::round::{Listed, Round};
use crate::sources::Refused;

/// Pages with links in one round. A site of thirty bodies with a page a year has some 400; a calendar that can be turned for ever
/// has no end.
pub(super) const MOST_LISTS: usize = 1_000;

/// The meetings that the site's lists lead to.
///
/// # Errors
/// When the first list cannot be had, or we are asked to stop. Others that cannot be had are noted, and the rest read.
pub(super) async fn list(
    round: &mut Round<'_>,
    follow: Option<&Regex>,
    meetings: &Regex,
    depth: u32,
) -> Result<Listed, Trouble> {
    let start = round.site.url.clone();
    let hosts = &round.site.hosts;
    let is_wanted = |url: &Url| {
        let text = readable(url);
        let is_list = || follow.is_some_and(|follow| follow.is_match(&text)) && hosts.check(url).is_ok();
        meetings.is_match(&text) || is_list()
    };
    let read = |bytes: &[u8], page: &Url| {
        let wanted = links(bytes, page).into_iter().filter(is_wanted);
        Ok(wanted.map(|url| Link { url: url.into(), stamp: None }).collect())
    };
    let mut listed = Listed { is_complete: true, ..Listed::default() };
    let mut seen = HashSet::from([start.clone()]);
    let mut ahead = VecDeque::from([(start.clone(), 0)]);
    let mut lists = 0;
    while let Some((url, steps)) = ahead.pop_front() {
        if lists == MOST_LISTS {
            let reason = format!("fører til mere end {MOST_LISTS} lister; gør follow eller depth snævrere");
            round.fetched.refused.push(Refused { file: start.to_string(), reason });
            listed.is_complete = false;
            break;
        }
        lists += 1;
        let found = match round.list(&url, &read).await {
            Ok(found) => found,
            Err(trouble) if url == start || trouble.kind == Kind::Stopped => return Err(trouble),
            Err(trouble) => {
                listed.is_complete = false;
                round.miss(&url, &trouble)?;
                if trouble.kind == Kind::Passing {
                    listed.failed = Some(trouble.text);
                }
                continue;
            }
        };
        for link in found {
            let Ok(url) = Url::parse(&link.url) else { continue };
            if meetings.is_match(&readable(&url)) {
                listed.links.push(link);
            } else if steps < depth && seen.insert(url.clone()) {
                ahead.push_back((url, steps + 1));
            }
        }
    }
    if listed.links.is_empty() && listed.is_complete {
        let what = "ingen links passer til meetings; er siden lavet om, så ret mønstrene i bot.toml";
        return Err(Trouble::new(Kind::Barred, what));
    }
    Ok(listed)
}
