//! Where a page leads.

use std::collections::HashSet;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use reqwest::Url;

use super::address::MOST_URL_BYTES;

/// Links of one page that are looked at. The longest list of meetings known has some 2,500.
pub(super) const MOST_LINKS: usize = 20_000;

/// The addresses that the page at `page` links to, in its order, each once: whole, without the part after `#`, with what stands
/// after `?`. Links that are no addresses are left out.
pub(super) fn links(markup: &[u8], page: &Url) -> Vec<Url> {
    let mut base = page.clone();
    let mut seen = HashSet::new();
    let mut links = Vec::new();
    for (element, href) in hrefs(&utf8(markup)) {
        let Some(url) = join(&base, &href) else { continue };
        match element {
            Element::Base => base = url,
            Element::Link if seen.insert(url.clone()) => links.push(url),
            Element::Link => {}
        }
        if links.len() == MOST_LINKS {
            break;
        }
    }
    links
}

/// An address on a page as a whole one, without the part after `#`.
pub(super) fn join(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > MOST_URL_BYTES {
        return None;
    }
    let mut url = base.join(href).ok()?;
    url.set_fragment(None);
    Some(url).filter(|url| url.as_str().len() <= MOST_URL_BYTES)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Link,
    /// What relative addresses on the page are relative to.
    Base,
}

/// Each `href` of an element that links, with the element.
fn hrefs(markup: &str) -> Vec<(Element, String)> {
    let mut element = None;
    let mut is_href = false;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                element = match name {
                    b"a" | b"area" => Some(Element::Link),
                    b"base" => Some(Element::Base),
                    _ => None,
                };
                is_href = false;
            }
            CallbackEvent::AttributeName { name } => is_href = name == b"href",
            CallbackEvent::AttributeValue { value } if is_href => {
                return Some((element?, String::from_utf8_lossy(value).into_owned()));
            }
            _ => {}
        }
        None
    });
    // What stands in a script is no link.
    emitter.naively_switch_states(true);
    let Ok(hrefs) = Tokenizer::new_with_emitter(markup, emitter).collect();
    hrefs
}

/// Addresses are ASCII but for what the page's author forgot to encode; a page that is not UTF-8 is taken for Latin-1.
fn utf8(markup: &[u8]) -> String {
    match std::str::from_utf8(markup) {
        Ok(markup) => markup.to_owned(),
        Err(_) => markup.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: impl AsRef<[u8]>, expected: &[&str]) {
        let page = Url::parse("https://a.dk/raad/oversigt?side=1").unwrap();
        let found: Vec<String> = links(markup.as_ref(), &page).iter().map(Url::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_are_made_whole() {
        check("<a href=m1>", &["https://a.dk/raad/m1"]);
        check("<A class='x' HREF='/m1'>", &["https://a.dk/m1"]);
        check("<a href=\"?side=2&amp;x=1#punkt\">", &["https://a.dk/raad/oversigt?side=2&x=1"]);
        check("<a href=//b.dk/x><area href=../y>", &["https://b.dk/x", "https://a.dk/y"]);
        check("<base href=/andet/><a href=m1>", &["https://a.dk/andet/m1"]);
        check("<a href=' m1\n'>", &["https://a.dk/raad/m1"]);
        check("<a href=møder/1>", &["https://a.dk/raad/m%C3%B8der/1"]);
        check(b"<a href=m\xf8der/1>", &["https://a.dk/raad/m%C3%B8der/1"]);
        check(
            "<a href=agenda?agenda=26-05-2021/Dagsorden(ID2423)/dagsorden.xml>",
            &["https://a.dk/raad/agenda?agenda=26-05-2021/Dagsorden(ID2423)/dagsorden.xml"],
        );
    }

    #[test]
    fn each_is_there_once_and_what_is_no_link_is_not() {
        check("<a href=m1><a href=m1#2><a href=m2>", &["https://a.dk/raad/m1", "https://a.dk/raad/m2"]);
        check("<a><a href><a href=''><a href=#x><img href=x><link href=x><a name=x>", &[]);
        check("<!-- <a href=x> --><script>'<a href=x>'</script><style><a href=x></style>", &[]);
        check("<a href=http://[>", &[]);
        check(format!("<a href={}>", "x".repeat(MOST_URL_BYTES)), &[]);
        check("<a href=\"m1", &[]);
    }

    #[test]
    fn a_page_of_links_without_end_is_cut() {
        let page = Url::parse("https://a.dk/").unwrap();
        let markup: String = (0..MOST_LINKS + 10).map(|n| format!("<a href={n}>")).collect();
        assert_eq!(links(markup.as_bytes(), &page).len(), MOST_LINKS);
    }
}
