//! RSS and Atom: each entry leads to a meeting.

use regex::Regex;
use reqwest::Url;

use super::address::readable;
use super::client::Trouble;
use super::links::{MOST_LINKS, join};
use super::mirror::Link;
use super::round::{Listed, Round};

/// The meetings in the feed.
///
/// # Errors
/// When the feed cannot be had or is none.
pub(super) async fn list(round: &mut Round<'_>, meetings: Option<&Regex>) -> Result<Listed, Trouble> {
    let url = round.site.url.clone();
    let read = |bytes: &[u8], page: &Url| {
        let entries = entries(bytes, page)?.into_iter();
        let wanted = entries.filter(|url| meetings.is_none_or(|meetings| meetings.is_match(&readable(url))));
        Ok(wanted.map(|url| Link { url: url.into(), stamp: None }).collect())
    };
    Ok(Listed { links: round.list(&url, &read).await?, is_complete: true, failed: None })
}

/// Where the entries of a feed lead, in its order.
fn entries(bytes: &[u8], page: &Url) -> Result<Vec<Url>, String> {
    let feed = feed_rs::parser::parse(bytes)
        .map_err(|_| "er ikke et feed, som kan læses (RSS eller Atom)".to_owned())?;
    let addresses = feed.entries.iter().filter_map(|entry| {
        // An entry may also link to its comments, its sound, itself.
        let is_page = |rel: Option<&str>| matches!(rel, None | Some("alternate" | ""));
        let link = entry.links.iter().find(|link| is_page(link.rel.as_deref()))?;
        join(page, &link.href)
    });
    Ok(addresses.take(MOST_LINKS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feed: &str) -> Result<Vec<String>, String> {
        let page = Url::parse("https://a.dk/nyt/feed.xml").unwrap();
        entries(feed.as_bytes(), &page).map(|urls| urls.iter().map(Url::to_string).collect())
    }

    #[test]
    fn entries_lead_to_pages() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Referater</title><link>https://a.dk/</link>
            <item><title>Et</title><link>https://a.dk/moede/1</link></item>
            <item><title>To</title><link>https://a.dk/moede/2#top</link><comments>https://a.dk/c</comments></item>
            <item><title>Uden link</title></item></channel></rss>"#;
        assert_eq!(check(rss).unwrap(), ["https://a.dk/moede/1", "https://a.dk/moede/2"]);
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>R</title><id>x</id>
            <entry><id>1</id><title>Et</title><link rel="self" href="https://a.dk/e/1"/><link href="https://a.dk/moede/1?a=1&amp;b=2"/></entry>
            <entry><id>2</id><title>To</title><link rel="alternate" href="/moede/2"/></entry></feed>"#;
        assert_eq!(check(atom).unwrap(), ["https://a.dk/moede/1?a=1&b=2", "https://a.dk/moede/2"]);
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for bad in ["", "<html><body>Nede</body></html>", "<rss", "{\"a\":1}", "\u{0}\u{1}"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nesting_and_entities_do_no_harm() {
        let deep = format!("<rss version=\"2.0\"><channel>{}", "<item><description><b>".repeat(100_000));
        let _ = check(&deep);
        let bomb = r#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <rss version="2.0"><channel><item><link>https://a.dk/&b;</link></item></channel></rss>"#;
        if let Ok(urls) = check(bomb) {
            assert!(urls.iter().all(|url| url.len() < 100), "{urls:?}");
        }
    }
}
