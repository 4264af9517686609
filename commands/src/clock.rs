//! Times of the day as people write them.

use index::Quiet;
use jiff::civil::Time;
use minutes::fold;

/// What is written for: no quiet hours.
const NEVER: [&str; 4] = ["aldrig", "ingen", "nej", "fra"];

/// A time of the day: `8`, `08:00`, `kl. 8.30`, `24`. None when it is none.
pub fn clock(text: &str) -> Option<Time> {
    let text = fold(text);
    let text = text.strip_prefix("kl").unwrap_or(&text).trim_start_matches('.').trim();
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let number = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i8>().ok()).flatten()
    };
    match (number(hour)?, number(minute)?) {
        (24, 0) => Some(Time::midnight()),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok(),
    }
}

/// Hours of the day: `22-07`, `22:00 til 6.30`; `Some(None)` for a word that says that there are none. None when it is neither.
pub fn quiet_hours(text: &str) -> Option<Option<Quiet>> {
    let text = fold(text);
    if NEVER.contains(&text.trim()) {
        return Some(None);
    }
    let text =
        text.trim().strip_prefix("fra ").unwrap_or(&text).replace(['–', '—'], "-").replace(" til ", "-");
    let (from, to) = text.split_once('-')?;
    Some(Some(Quiet { from: clock(from)?, to: clock(to)? }))
}

/// Hours of the day as people are told of them: `kl. 22.00–07.00`.
pub(crate) fn hours(quiet: Quiet) -> String {
    let time = |time: Time| time.strftime("%H.%M").to_string();
    format!("kl. {}–{}", time(quiet.from), time(quiet.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_written() {
        for (text, expected) in [
            ("8", Some((8, 0))),
            ("08:00", Some((8, 0))),
            ("kl. 8.30", Some((8, 30))),
            ("Kl 23.59", Some((23, 59))),
            ("24", Some((0, 0))),
            ("25", None),
            ("8:60", None),
            ("", None),
            ("morgen", None),
            ("-1", None),
            ("008", None),
        ] {
            let expected = expected.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
            assert_eq!(clock(text), expected, "{text}");
        }
    }

    #[test]
    fn hours_are_read_as_written() {
        for (text, expected) in [
            ("22-07", Some(Some("kl. 22.00–07.00"))),
            ("fra 22:00 til 6.30", Some(Some("kl. 22.00–06.30"))),
            ("22–7", Some(Some("kl. 22.00–07.00"))),
            ("Aldrig", Some(None)),
            ("om natten", None),
            ("22", None),
            ("22-", None),
        ] {
            assert_eq!(
                quiet_hours(text).map(|found| found.map(hours)).as_ref().map(Option::as_deref),
                expected,
                "{text}"
            );
        }
    }
}
