//! Danish prose that several commands share: dates, periods, states of a matter, plurals.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minutes::{FollowUp, FollowUpKind, Kind, Outcome, Role};
pub(crate) use minutes::{fold, one_line};

/// `12. august 2020`.
pub fn date(date: Date) -> String {
    format!("{}. {} {}", date.day(), month(date), date.year())
}

/// `12. august 2020 kl. 8.05` where the council is.
pub fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let there = at.to_zoned(zone.clone());
    format!("{} kl. {}.{:02}", date(there.date()), there.hour(), there.minute())
}

/// The name of a date's month.
pub(crate) fn month(date: Date) -> &'static str {
    minutes::month::name(date.month())
}

/// A day or a run of days: `23. september 2020`, `september 2020`, `5.–12. juni 2021`, `1. marts–31. maj 2018`.
pub(crate) fn period(from: Date, to: Date) -> String {
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if from == to {
        date(from)
    } else if same_month && from.day() == 1 && to == to.last_of_month() {
        format!("{} {}", month(from), from.year())
    } else if same_month {
        format!("{}.–{}", from.day(), date(to))
    } else if from.year() == to.year() {
        format!("{}. {}–{}", from.day(), month(from), date(to))
    } else {
        format!("{}–{}", date(from), date(to))
    }
}

/// When and by whom a follow-up comes: `23. september 2020 i Social- og Sundhedsudvalget`.
pub(crate) fn follow_up(follow_up: &FollowUp) -> String {
    let body = follow_up.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
    match (follow_up.from, follow_up.to) {
        (Some(from), Some(to)) => format!("{}{body}", period(from, to)),
        _ if follow_up.kind == FollowUpKind::NextMeeting => format!("på næste møde{body}"),
        _ => format!("uden dato{body}"),
    }
}

/// How a follow-up of a meeting on a day is told that has no beginning but the meeting's own day: `inden sommerferien 2024`. None for
/// any other. `minutes` lets "inden sommerferien" begin at the meeting.
fn before_holiday(follow_up: &FollowUp, said: Option<Date>) -> Option<String> {
    let (said, to) = (said?, follow_up.to?);
    // Most follow-ups begin later, and their sentence need not be read.
    if follow_up.from != Some(said) || to <= said {
        return None;
    }
    let holiday = minutes::before_holiday(&follow_up.quote, said, (said, to))?;
    Some(format!("inden {holiday} {}", to.year()))
}

/// Whether a follow-up of a meeting on a day is told only by when it is to come: its beginning is the meeting's own day, and its words
/// name a holiday.
pub(crate) fn is_by_end(follow_up: &FollowUp, said: Option<Date>) -> bool {
    before_holiday(follow_up, said).is_some()
}

/// The same as [`follow_up`], seen from the meeting that said it: `inden sommerferien 2024 i Byrådet` where only the end is told,
/// `senest 15. december 2019` where the day is a limit.
pub(crate) fn follow_up_said(it: &FollowUp, said: Option<Date>) -> String {
    let body = it.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
    if let Some(told) = before_holiday(it, said) {
        return format!("{told}{body}");
    }
    let limit = match (it.from, it.to, said) {
        (Some(from), Some(to), Some(said)) => minutes::by_day(&it.quote, said, (from, to)),
        _ => None,
    };
    match limit {
        Some(word) => format!("{word} {}", follow_up(it)),
        None => follow_up(it),
    }
}

/// What an outcome is called to people: no more than what the decision's words carry.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Approved => "Besluttet: godkendt",
        Outcome::Amended => "Besluttet: godkendt med ændring",
        Outcome::Rejected => "Besluttet: afvist",
        Outcome::Appointed => "Besluttet: valgt eller udpeget",
        Outcome::Noted => "Taget til efterretning",
        Outcome::Discussed => "Drøftet",
        Outcome::Referred => "Sendt videre, ikke endeligt besluttet",
        Outcome::Postponed => "Udsat",
        Outcome::Other => "Behandlet, se ordlyden",
        Outcome::None => "Ingen beslutning gengivet",
    }
}

/// The same in a list, after a title and a colon.
pub(crate) fn outcome_in_short(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Approved => "Godkendt",
        Outcome::Amended => "Godkendt med ændring",
        Outcome::Rejected => "Afvist",
        Outcome::Appointed => "Valgt eller udpeget",
        Outcome::Noted => "Taget til efterretning",
        Outcome::Discussed => "Drøftet",
        Outcome::Referred => "Sendt videre",
        Outcome::Postponed => "Udsat",
        Outcome::Other => "Se ordlyden",
        Outcome::None => "Ingen beslutning gengivet",
    }
}

/// What sort of document.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Minutes => "referat",
        Kind::Agenda => "dagsorden",
        Kind::Document => "dokument",
        Kind::Members => "medlemsliste",
    }
}

/// An office: `formand`.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Member => "medlem",
        Role::Chair => "formand",
        Role::ViceChair => "næstformand",
        Role::Mayor => "borgmester",
        Role::DeputyMayor => "viceborgmester",
        Role::Substitute => "stedfortræder",
    }
}

/// `Ida Holms`, `Bo Lis'`.
pub(crate) fn genitive(name: &str) -> String {
    let end = if name.ends_with(['s', 'x', 'z']) { "'" } else { "s" };
    format!("{name}{end}")
}

/// `1 møde`, `3 møder`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `en, to og tre`; empty for none.
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} og {last}", first.join(", ")),
    }
}

/// [`fold`] with å as one letter too (`opfolgning`, `rad`): how people write who have no Danish keys.
pub(crate) fn fold_short(text: &str) -> String {
    fold(text).replace("aa", "a").replace("oe", "o").replace("ae", "a")
}

/// A text with a capital letter at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A text with a small letter at its beginning, to go on inside a sentence.
pub(crate) fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A text cut at a word to at most `most` characters, an ellipsis at the end where something is left out.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let flat = one_line(text);
    if flat.chars().count() <= most {
        return flat;
    }
    cut_at_word(&flat.chars().take(most.saturating_sub(1)).collect::<String>())
}

/// The whole words of a text that was cut off, with an ellipsis.
pub(crate) fn cut_at_word(cut: &str) -> String {
    let at = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end_matches([',', ';', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_people_do() {
        for (from, to, expected) in [
            ("2020-09-23", "2020-09-23", "23. september 2020"),
            ("2020-09-01", "2020-09-30", "september 2020"),
            ("2021-06-05", "2021-06-12", "5.–12. juni 2021"),
            ("2018-03-01", "2018-05-31", "1. marts–31. maj 2018"),
            ("2018-12-30", "2019-01-02", "30. december 2018–2. januar 2019"),
        ] {
            assert_eq!(period(from.parse().unwrap(), to.parse().unwrap()), expected);
        }
    }

    #[test]
    fn texts_are_cut_at_words() {
        assert_eq!(shorten("en to tre fire", 20), "en to tre fire");
        assert_eq!(shorten("Udvalget godkendte, at planen sendes ud", 25), "Udvalget godkendte, at…");
        assert_eq!(shorten("æøåæøåæøå", 5), "æøåæ…");
    }

    #[test]
    fn lists_end_in_og() {
        for (parts, expected) in [
            (&[][..], ""),
            (&["en"], "en"),
            (&["en", "to"], "en og to"),
            (&["en", "to", "tre"], "en, to og tre"),
        ] {
            assert_eq!(list(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>()), expected);
        }
    }

    #[test]
    fn typing_is_folded() {
        assert_eq!(fold("Ældrerådet"), "aeldreraadet");
        assert_eq!(fold_short("opfølgning"), "opfolgning");
        assert_eq!(fold_short("råd"), "rad");
    }
}
