//! When something is told: cadences and quiet hours, by the clock on the municipality's wall.

use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

/// The day of what is told weekly.
const WEEKLY_ON: Weekday = Weekday::Monday;

/// How soon it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// As soon as it is read.
    AtOnce,
    /// Once a day, at the hour for that.
    Daily,
    /// On Mondays, at the hour for that.
    Weekly,
}

/// Hours of the day when nothing is told. From `from` until just before `to`; over midnight where `to` is the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// Their beginning.
    pub from: Time,
    /// Their end. The same as the beginning: there are none.
    pub to: Time,
}

impl Quiet {
    fn holds(self, time: Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }
}

/// The first moment from `now` on at which it may be told. Where the clock is put forward over that hour, the moment after; where
/// it is put back, the first of the two.
pub(super) fn release(now: &Zoned, cadence: Cadence, quiet: Option<Quiet>, digest_at: Time) -> Timestamp {
    let moment = match cadence {
        Cadence::AtOnce => now.clone(),
        Cadence::Daily => next(now, digest_at, |_| true),
        Cadence::Weekly => next(now, digest_at, |day| day == WEEKLY_ON),
    };
    match quiet {
        Some(quiet) if quiet.holds(moment.time()) => next(&moment, quiet.to, |_| true).timestamp(),
        _ => moment.timestamp(),
    }
}

/// The next time after `now` that the clock shows `time` on such a day of the week.
fn next(now: &Zoned, time: Time, on: impl Fn(Weekday) -> bool) -> Zoned {
    let days = (0..=8).filter_map(|days| now.date().checked_add(days.days()).ok());
    days.filter(|day| on(day.weekday()))
        .filter_map(|day| day.to_datetime(time).to_zoned(now.time_zone().clone()).ok())
        .find(|moment| moment > now)
        // Only at the end of all calendars.
        .unwrap_or_else(|| now.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Now, cadence, quiet hours, and when it is told; by the clock in Copenhagen. Digests are at eight.
    const TABLE: &[(&str, Cadence, &str, &str)] = &[
        ("2026-11-22T10:00+01:00", Cadence::AtOnce, "", "2026-11-22T10:00+01:00"),
        ("2026-11-22T23:30+01:00", Cadence::AtOnce, "22-07", "2026-11-23T07:00+01:00"),
        ("2026-11-22T06:59+01:00", Cadence::AtOnce, "22-07", "2026-11-22T07:00+01:00"),
        ("2026-11-22T07:00+01:00", Cadence::AtOnce, "22-07", "2026-11-22T07:00+01:00"),
        ("2026-11-22T22:00+01:00", Cadence::AtOnce, "22-07", "2026-11-23T07:00+01:00"),
        ("2026-11-22T13:00+01:00", Cadence::AtOnce, "12-14", "2026-11-22T14:00+01:00"),
        ("2026-11-22T13:00+01:00", Cadence::AtOnce, "13-13", "2026-11-22T13:00+01:00"),
        ("2026-11-22T07:00+01:00", Cadence::Daily, "", "2026-11-22T08:00+01:00"),
        ("2026-11-22T08:00+01:00", Cadence::Daily, "", "2026-11-23T08:00+01:00"),
        ("2026-11-22T09:00+01:00", Cadence::Daily, "07-10", "2026-11-23T10:00+01:00"),
        // A Sunday, a Monday before and after the hour.
        ("2026-11-22T09:00+01:00", Cadence::Weekly, "", "2026-11-23T08:00+01:00"),
        ("2026-11-23T07:00+01:00", Cadence::Weekly, "", "2026-11-23T08:00+01:00"),
        ("2026-11-23T08:00+01:00", Cadence::Weekly, "", "2026-11-30T08:00+01:00"),
        // Quiet until half past two on the night when that hour is left out, and when it comes twice.
        ("2026-03-29T01:00+01:00", Cadence::AtOnce, "22-02:30", "2026-03-29T03:30+02:00"),
        ("2026-10-25T01:00+02:00", Cadence::AtOnce, "22-02:30", "2026-10-25T02:30+02:00"),
        // The second time that the clock shows a quarter past two it is quiet again, until the next night.
        ("2026-10-25T02:15+01:00", Cadence::AtOnce, "22-02:30", "2026-10-26T02:30+01:00"),
        ("2026-03-28T23:00+01:00", Cadence::Daily, "", "2026-03-29T08:00+02:00"),
        // A leap day, and the end of a year.
        ("2028-02-28T22:30+01:00", Cadence::AtOnce, "22-07", "2028-02-29T07:00+01:00"),
        ("2028-02-29T08:30+01:00", Cadence::Daily, "", "2028-03-01T08:00+01:00"),
        ("2026-12-31T23:59+01:00", Cadence::AtOnce, "22-07", "2027-01-01T07:00+01:00"),
    ];

    fn quiet(text: &str) -> Option<Quiet> {
        let time = |text: &str| -> Time {
            let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
            Time::new(hour.parse().unwrap(), minute.parse().unwrap(), 0, 0).unwrap()
        };
        text.split_once('-').map(|(from, to)| Quiet { from: time(from), to: time(to) })
    }

    #[test]
    fn it_is_told_when_it_may_be() {
        let zone = jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap();
        for (now, cadence, hours, expected) in TABLE {
            let at = |text: &str| text.parse::<Timestamp>().unwrap().to_zoned(zone.clone());
            let told = release(&at(now), *cadence, quiet(hours), Time::constant(8, 0, 0, 0));
            assert_eq!(told.to_zoned(zone.clone()), at(expected), "{now} {cadence:?} {hours}");
        }
    }
}
