//! When two addresses are the same meeting.

use reqwest::Url;

use super::address::readable;

/// How much of a meeting an address shows; what is preferred comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum View {
    /// All of it, for printing: items have their numbers there.
    Print,
    /// All of it.
    Page,
    /// One item.
    Item,
}

/// Before the ID of an agenda in an address of the shape that Herning's have, in lower case.
const AGENDA: &str = "dagsorden(id";
/// Before the GUID of a meeting in FirstAgenda's interface.
pub(super) const FIRST_AGENDA: &str = "/api/agenda/dagsorden/";
/// Between the key of a meeting and its item's ID.
const ITEM: char = '/';

/// What a meeting is known by on its site in all rounds, and how much of it this address shows.
///
/// Pages in the shape that Herning's have (`…/agenda?agenda=DD-MM-YYYY/Dagsorden(IDnnnn)/dagsorden.xml`, `…/printagenda?…&print=all`,
/// `…&id=nnnnn&print=single`) are known by the agenda's ID, which is unique over all bodies, and a page of one item by that and the
/// item's; FirstAgenda's by their GUID; all others by their address.
pub(super) fn key(url: &Url) -> (String, View) {
    let text = readable(url).to_lowercase();
    if let Some(guid) = guid_in(&text) {
        return (guid.to_owned(), View::Page);
    }
    let Some(id) = agenda_in(&text) else { return (url.to_string(), View::Page) };
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
    match (value("print").as_deref(), value("id")) {
        (Some("single"), Some(item)) => (format!("ID{id}{ITEM}{item}"), View::Item),
        (Some("all"), _) => (format!("ID{id}"), View::Print),
        _ => (format!("ID{id}"), View::Page),
    }
}

/// The key of the whole meeting, for a key of one of its items; None for all other keys.
pub(super) fn whole(key: &str) -> Option<&str> {
    let (whole, _) = key.split_once(ITEM)?;
    let id = whole.strip_prefix("ID")?;
    id.bytes().all(|byte| byte.is_ascii_digit()).then_some(whole)
}

fn agenda_in(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once(AGENDA)?;
    let (id, _) = rest.split_once(')')?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

fn guid_in(address: &str) -> Option<&str> {
    let (_, guid) = address.split_once(FIRST_AGENDA)?;
    is_guid(guid).then_some(guid)
}

/// Whether a text is 32 hexadecimal digits with hyphens in four places (RFC 9562, section 4).
pub(super) fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str, view: View) {
        assert_eq!(key(&Url::parse(url).unwrap()), (expected.to_owned(), view));
    }

    #[test]
    fn meetings_are_known_by_the_ids_of_their_site() {
        const HERNING: &str = "https://politik.herning.dk/byraad-udvalg-raad-og-naevn/byraadet";
        let agenda = "agenda=26-05-2021/Dagsorden(ID2423)/dagsorden.xml";
        check(&format!("{HERNING}/agenda?{agenda}"), "ID2423", View::Page);
        check(&format!("{HERNING}/printagenda?{agenda}&print=all"), "ID2423", View::Print);
        check(&format!("{HERNING}/printagenda?{agenda}&id=27633&print=single"), "ID2423/27633", View::Item);
        let encoded = "agenda=26-05-2021%2FDagsorden%28ID2423%29%2Fdagsorden.xml";
        check(&format!("{HERNING}/agenda?{encoded}"), "ID2423", View::Page);
        let closed = "agenda=18-03-2013/Lukket_dagsorden(ID319)/dagsorden.xml";
        check(&format!("{HERNING}/agenda?{closed}"), "ID319", View::Page);
        let url = format!("{HERNING}/agenda?agenda=Dagsorden(IDx)");
        check(&url, &url, View::Page);
        let guid = "0F8FAD5B-D9CB-469F-A165-70867728950E";
        check(&format!("https://a.dk/api/agenda/dagsorden/{guid}"), &guid.to_lowercase(), View::Page);
        check("https://a.dk/api/agenda/dagsorden/../x", "https://a.dk/api/agenda/x", View::Page);
        check("https://a.dk/moede?id=5&print=single", "https://a.dk/moede?id=5&print=single", View::Page);
    }

    #[test]
    fn an_item_belongs_to_its_meeting() {
        for (key, expected) in [
            ("ID2423/27633", Some("ID2423")),
            ("ID2423", None),
            ("https://a.dk/ID5/6", None),
            ("IDx/6", None),
        ] {
            assert_eq!(whole(key), expected, "{key}");
        }
    }

    #[test]
    fn guids_are_recognised() {
        for (text, is) in [
            ("0f8fad5b-d9cb-469f-a165-70867728950e", true),
            ("0F8FAD5B-D9CB-469F-A165-70867728950E", true),
            ("0f8fad5b-d9cb-469f-a165-70867728950", false),
            ("0f8fad5bd9cb469fa16570867728950e", false),
            ("../../../etc/passwd", false),
            ("0f8fad5b-d9cb-469f-a165-7086772895/e", false),
            ("", false),
        ] {
            assert_eq!(is_guid(text), is, "{text}");
        }
    }
}
