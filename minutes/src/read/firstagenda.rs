//! FirstAgenda's publication of a meeting (`GET /api/agenda/dagsorden/{GUID}`): items and their sections come ready.
//!
//! Known from public clients of several hosts, which disagree on a few names; both are read. Whatever else stands in it is passed
//! over without being kept in memory.

use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::export::{Item, Meeting, is_no};
use super::{Refusal, html};
use crate::month;
use crate::segment::export as form;

/// Items of a meeting; the longest agendas known have some 150.
pub(super) const MOST_ITEMS: usize = 2_000;
/// Sections of an item.
pub(super) const MOST_SECTIONS: usize = 200;
/// Attachments of an item.
pub(super) const MOST_ATTACHMENTS: usize = 500;

/// What the error of a list that is too long says, to know it from others.
const TOO_MANY: &str = "too many entries";

/// Begins the name of a meeting whose minutes are not public.
const CLOSED_MEETING: &str = "lukket";

/// Where times without a place are meant.
const DENMARK: &str = "Europe/Copenhagen";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Agenda {
    #[serde(default)]
    udvalg: Named,
    #[serde(default)]
    moede: Meet,
    dagsordenpunkter: Bounded<Point, MOST_ITEMS>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Named {
    navn: Loose,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Meet {
    navn: Loose,
    dato: Loose,
    sted: Loose,
}

/// Danish names, and the English ones that some hosts have in their place.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Point {
    punktnummer: Loose,
    number: Loose,
    navn: Loose,
    caption: Loose,
    sags_nummer: Loose,
    case_number: Loose,
    lukket: Loose,
    is_closed: Loose,
    is_open: Loose,
    is_public: Loose,
    felter: Bounded<Field, MOST_SECTIONS>,
    bilag: Bounded<Named, MOST_ATTACHMENTS>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Field {
    navn: Loose,
    html: Loose,
}

/// The meeting in the form of `segment::export`.
///
/// # Errors
/// [`Refusal::Json`] for other JSON, [`Refusal::Crowded`] and [`Refusal::Nested`] at the limits.
pub(super) fn text(json: &str) -> Result<String, Refusal> {
    let agenda: Agenda = serde_json::from_str(json).map_err(|error| {
        if error.to_string().contains(TOO_MANY) { Refusal::Crowded } else { Refusal::Json }
    })?;
    let name = agenda.moede.navn.0;
    let is_closed = name.trim().to_lowercase().starts_with(CLOSED_MEETING);
    let (sign, _) = form::SIGNS[0];
    let header = vec![
        (form::BODY, agenda.udvalg.navn.0),
        (form::DATE, day(&agenda.moede.dato.0)),
        (form::PLACE, agenda.moede.sted.0),
        ("Møde", name),
    ];
    let items: Result<Vec<Item>, Refusal> =
        agenda.dagsordenpunkter.0.into_iter().map(|point| item(point, is_closed)).collect();
    Ok(Meeting { sign, header, items: items? }.into_text())
}

fn item(point: Point, in_closed_meeting: bool) -> Result<Item, Refusal> {
    let says = |word: &Loose, no: bool| is_no(&word.0) == Some(no);
    let closed = in_closed_meeting
        || says(&point.lukket, false)
        || says(&point.is_closed, false)
        || says(&point.is_open, true)
        || says(&point.is_public, true);
    let mut item = Item {
        title: point.navn.or(point.caption),
        number: point.punktnummer.or(point.number),
        case_number: point.sags_nummer.or(point.case_number),
        closed,
        ..Item::default()
    };
    if closed {
        return Ok(item);
    }
    for field in point.felter.0 {
        item.sections.push((field.navn.0, html::fragment(&field.html.0)?));
    }
    item.attachments = point.bilag.0.into_iter().map(|file| file.navn.0).collect();
    Ok(item)
}

/// A time as it is printed in minutes (`4. maj 2026 kl. 14:00`). With an offset it is Danish time already; a time in UTC is made so.
/// What is no time is given back.
fn day(written: &str) -> String {
    let in_utc = || written.ends_with('Z').then(|| written.parse::<Timestamp>().ok()).flatten();
    let local = match in_utc() {
        Some(utc) => TimeZone::get(DENMARK).ok().map(|zone| utc.to_zoned(zone).datetime()),
        None => written.get(..19).unwrap_or(written).parse::<DateTime>().ok(),
    };
    let Some(local) = local else { return written.to_owned() };
    let day = format!("{}. {} {}", local.day(), month::name(local.month()), local.year());
    if (local.hour(), local.minute()) == (0, 0) {
        day
    } else {
        format!("{day} kl. {:02}:{:02}", local.hour(), local.minute())
    }
}

/// A value as words, whatever its type; empty for null, lists and objects.
#[derive(Debug, Default)]
struct Loose(String);

impl Loose {
    fn or(self, other: Self) -> String {
        if self.0.trim().is_empty() { other.0 } else { self.0 }
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Loose, E> {
                Ok(Loose(value.to_owned()))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Loose, E> {
                Ok(Loose(value.to_string()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Loose, E> {
                Ok(Loose(value.to_string()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Loose, E> {
                Ok(Loose(value.to_string()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Loose, E> {
                Ok(Loose(value.to_string()))
            }

            fn visit_unit<E: Error>(self) -> Result<Loose, E> {
                Ok(Loose::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A list of at most `MOST`, or null; a longer one is an error, before it is all in memory.
#[derive(Debug)]
struct Bounded<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> Default for Bounded<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned, const MOST: usize> Deserialize<'de> for Bounded<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: DeserializeOwned, const MOST: usize> Visitor<'de> for List<T, MOST> {
            type Value = Bounded<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Bounded::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut found = Vec::new();
                while let Some(entry) = list.next_element()? {
                    if found.len() == MOST {
                        return Err(A::Error::custom(TOO_MANY));
                    }
                    found.push(entry);
                }
                Ok(Bounded(found))
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_danish() {
        for (written, expected) in [
            ("2026-05-04T14:00:00+02:00", "4. maj 2026 kl. 14:00"),
            ("2026-05-04T12:00:00Z", "4. maj 2026 kl. 14:00"),
            ("2026-01-04T23:30:00Z", "5. januar 2026 kl. 00:30"),
            ("2026-12-24T00:00:00", "24. december 2026"),
            ("2026-12-24", "24. december 2026"),
            ("i morgen", "i morgen"),
            ("", ""),
        ] {
            assert_eq!(day(written), expected, "{written}");
        }
    }

    #[test]
    fn each_limit_is_a_refusal() {
        let points = |count: usize| format!("{{\"Dagsordenpunkter\":[{}]}}", vec!["{}"; count].join(","));
        assert!(text(&points(MOST_ITEMS)).is_ok());
        assert_eq!(text(&points(MOST_ITEMS + 1)), Err(Refusal::Crowded));
        let lists = |name: &str, count: usize| {
            let entries = vec!["{}"; count].join(",");
            format!("{{\"Dagsordenpunkter\":[{{\"{name}\":[{entries}]}}]}}")
        };
        for (name, most) in [("Felter", MOST_SECTIONS), ("Bilag", MOST_ATTACHMENTS)] {
            assert!(text(&lists(name, most)).is_ok());
            assert_eq!(text(&lists(name, most + 1)), Err(Refusal::Crowded), "{name}");
        }
    }
}
