//! FirstAgenda's publication interface: one list of all bodies and their meetings, and each meeting as JSON.

use std::collections::BTreeMap;

use reqwest::Url;
use serde::Deserialize;

use super::client::{Kind, Trouble};
use super::links::MOST_LINKS;
use super::meeting::{FIRST_AGENDA, is_guid};
use super::mirror::Link;
use super::round::{Listed, Round};

const LIST: &str = "/api/agenda/udvalgsliste";
/// Where people read a meeting, before its GUID.
const SHOWN: &str = "/vis?id=";

/// The list, as far as it is needed: bodies by the period that they sit in.
#[derive(Deserialize)]
struct Publication {
    #[serde(rename = "Udvalg")]
    bodies: BTreeMap<String, Vec<Body>>,
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "Moeder", default)]
    meetings: Option<Vec<Meeting>>,
}

#[derive(Deserialize)]
struct Meeting {
    #[serde(rename = "Id")]
    id: String,
    /// `Dagsorden`, `Referat`, … or null.
    #[serde(rename = "Navn", default)]
    name: Option<String>,
    #[serde(rename = "ReleasedDate", default)]
    released: Option<String>,
}

/// The meetings that are published, closed ones too: what of them is closed is not in them.
///
/// # Errors
/// When the list cannot be had or is none.
pub(super) async fn list(round: &mut Round<'_>) -> Result<Listed, Trouble> {
    let url = at(&round.site.url, LIST)?;
    let links = round.list(&url, &|bytes, page| meetings(bytes, page)).await?;
    Ok(Listed { links, is_complete: true, failed: None })
}

fn meetings(bytes: &[u8], page: &Url) -> Result<Vec<Link>, String> {
    let publication: Publication = serde_json::from_slice(bytes)
        .map_err(|_| "er ikke den liste over møder, som FirstAgenda giver".to_owned())?;
    let meetings =
        publication.bodies.into_values().flatten().flat_map(|body| body.meetings.unwrap_or_default());
    // What the list says is not trusted to be a part of an address.
    let named = meetings.filter(|meeting| is_guid(&meeting.id));
    let link = |meeting: Meeting| {
        let url = at(page, &format!("{FIRST_AGENDA}{}", meeting.id)).ok()?;
        // Without a date of release, nothing here tells that it has changed.
        let stamp = meeting.released.map(|date| format!("{date} {}", meeting.name.unwrap_or_default()));
        Some(Link { url: url.into(), stamp })
    };
    Ok(named.filter_map(link).take(MOST_LINKS).collect())
}

/// Where people read the meeting with that key.
pub(super) fn shown(site: &Url, key: &str) -> Option<String> {
    at(site, &format!("{SHOWN}{key}")).ok().filter(|_| is_guid(key)).map(String::from)
}

fn at(site: &Url, path: &str) -> Result<Url, Trouble> {
    site.join(path).map_err(|error| Trouble::new(Kind::Barred, format!("url kan ikke bruges: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_are_known_by_guid_and_stamped_by_their_release() {
        let list = br#"{"Udvalg": {
            "2026-2029": [{"Id": "b", "Navn": "Byr\u00e5d", "Moeder": [
                {"Id": "0F8FAD5B-d9cb-469f-a165-70867728950e", "Navn": "Referat", "ReleasedDate": "2026-05-04T14:00:00+02:00", "Ny": 1},
                {"Id": "1f8fad5b-d9cb-469f-a165-70867728950e", "Navn": null, "ReleasedDate": "2026-05-05"},
                {"Id": "2f8fad5b-d9cb-469f-a165-70867728950e", "Navn": "Lukket referat"},
                {"Id": "../../hemmelig", "Navn": "Referat", "ReleasedDate": "x"}]}],
            "2022-2025": [{"Id": "c", "Moeder": null}, {"Id": "d"}]}}"#;
        let links = meetings(list, &Url::parse("https://a.dk/api/agenda/udvalgsliste").unwrap()).unwrap();
        let links: Vec<_> = links.iter().map(|link| (link.url.as_str(), link.stamp.as_deref())).collect();
        let url = |first: &str| {
            format!("https://a.dk/api/agenda/dagsorden/{first}fad5b-d9cb-469f-a165-70867728950e")
        };
        assert_eq!(
            links,
            [
                (
                    url("0F8").replace("0F8fad5b", "0F8FAD5B").as_str(),
                    Some("2026-05-04T14:00:00+02:00 Referat")
                ),
                (url("1f8").as_str(), Some("2026-05-05 ")),
                (url("2f8").as_str(), None),
            ]
        );
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let page = Url::parse("https://a.dk/").unwrap();
        let nested = format!("{{\"Udvalg\": {}", "[".repeat(100_000));
        for bad in ["", "<html>", "[]", "{}", "{\"Udvalg\": []}", &nested] {
            assert!(meetings(bad.as_bytes(), &page).is_err());
        }
    }

    #[test]
    fn people_read_a_meeting_at_its_page() {
        let site = Url::parse("https://a.dk/forside").unwrap();
        let guid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(shown(&site, guid), Some(format!("https://a.dk/vis?id={guid}")));
        assert_eq!(shown(&site, "x"), None);
    }
}
