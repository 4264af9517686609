//! Days: of meetings, or of decisions about seats, by what is typed of them; the newest first.

use index::{BodySummary, Error};
use jiff::civil::Date;

use super::{Asked, MOST_PROPOSALS, Proposal, body};
use crate::{choose, danish, raad};

/// Meetings looked for: several bodies may have met on one day.
const MOST_MEETINGS: usize = 4 * MOST_PROPOSALS;

pub(super) fn propose(asked: &Asked<'_>) -> Result<Vec<Proposal>, Error> {
    let bodies = body::known(asked)?;
    let named = asked.other("udvalg");
    let body = named.and_then(|typed| choose::only_body(asked.council, typed, &bodies));
    let day = minutes::day(asked.typed);
    // A whole day is wanted whether or not anything happened on it.
    let wanted = Typed::new(asked.typed);
    let wanted = |date: Date| day.map_or_else(|| wanted.fits(date), |day| day == date);
    if asked.command.name != raad::NAME {
        // A body that cannot be told has no meetings to propose.
        let found =
            if named.is_some() && body.is_none() { Vec::new() } else { meetings(asked, body, wanted)? };
        let none = |day: Date| Proposal {
            label: format!("{} · intet møde læst ind", danish::date(day)),
            value: day.to_string(),
        };
        return Ok(day.filter(|_| found.is_empty()).map(none).into_iter().chain(found).collect());
    }
    let council = || raad::own_council(asked.council, &bodies);
    let body = if named.is_some() { body.cloned() } else { council() };
    let decided = match &body {
        Some(body) => asked.archive.seat_days(&body.key)?,
        None => Vec::new(),
    };
    let plain = |day: Date| Proposal { label: danish::date(day), value: day.to_string() };
    let today =
        Proposal { label: format!("{} · i dag", danish::date(asked.today)), value: asked.today.to_string() };
    let first = if asked.typed.is_empty() { Some(today) } else { day.map(plain) };
    let told = |day: Date| Proposal {
        label: format!("{} · pladser besluttet", danish::date(day)),
        value: day.to_string(),
    };
    Ok(first.into_iter().chain(decided.into_iter().filter(|day| wanted(*day)).map(told)).collect())
}

/// Days of meetings, each with the bodies that met.
fn meetings(
    asked: &Asked<'_>,
    body: Option<&BodySummary>,
    wanted: impl Fn(Date) -> bool,
) -> Result<Vec<Proposal>, Error> {
    let days = asked.archive.meeting_days(body.map(|body| body.key.as_str()), MOST_MEETINGS, wanted)?;
    let mut proposals: Vec<Proposal> = Vec::new();
    for met in days {
        let (value, name) =
            (met.date.to_string(), met.body.unwrap_or_else(|| "organet er ikke nævnt".to_owned()));
        match proposals.last_mut().filter(|last| last.value == value) {
            Some(same_day) => same_day.label.push_str(&format!(", {name}")),
            None => {
                let label = format!("{} · {name}", danish::date(met.date));
                proposals.push(Proposal { label, value });
            }
        }
    }
    Ok(proposals)
}

/// A day typed in part: its words and numbers.
struct Typed(Vec<String>);

impl Typed {
    fn new(typed: &str) -> Self {
        let parts = typed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        Self(parts.map(str::to_lowercase).collect())
    }

    /// Whether some way of writing the day begins so. A month's name may be cut short anywhere, a number only where it is the
    /// last thing typed.
    fn fits(&self, date: Date) -> bool {
        let (day, month, year) = (date.day().to_string(), date.month().to_string(), date.year().to_string());
        let name = danish::month(date).to_owned();
        let ways: [&[&String]; 6] = [
            &[&day, &name, &year],
            &[&day, &month, &year],
            &[&year, &month, &day],
            &[&year, &name],
            &[&name, &year],
            &[&month, &year],
        ];
        let begins = |way: &&[&String]| {
            self.0.len() <= way.len()
                && self.0.iter().zip(*way).enumerate().all(|(at, (typed, part))| {
                    let may_go_on = at + 1 == self.0.len() || **part == name;
                    is_whole(typed, part) || (may_go_on && is_begun(typed, part))
                })
        };
        ways.iter().any(begins)
    }
}

/// A nought may fill a day or a month up to two digits.
fn is_whole(typed: &str, part: &str) -> bool {
    typed == part || (part.len() == 1 && typed.strip_prefix('0') == Some(part))
}

fn is_begun(typed: &str, part: &str) -> bool {
    part.starts_with(typed) || (part.len() == 1 && typed == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_known_by_what_is_typed_of_them() {
        let date: Date = "2020-08-12".parse().unwrap();
        for typed in [
            "",
            "1",
            "12",
            "12.",
            "12. a",
            "12. aug",
            "12. aug 20",
            "12/8",
            "12-08-2020",
            "12.8.20",
            "2020",
            "20",
            "2020-0",
            "2020-08",
            "2020-08-1",
            "august",
            "aug 2020",
            "August 2020",
            "2020 aug",
            "8",
            "8/2020",
            "08-2020",
            "2020-8-12",
            "0",
            "12-0",
        ] {
            assert!(Typed::new(typed).fits(date), "{typed}");
        }
        for typed in [
            "3",
            "11",
            "12. s",
            "12/9",
            "2021",
            "2020-09",
            "2020-08-13",
            "sep",
            "9/2020",
            "8/2021",
            "x",
            "12 aug 2020 kl",
            "2020-01",
            "02-08",
            "012",
        ] {
            assert!(!Typed::new(typed).fits(date), "{typed}");
        }
    }
}
