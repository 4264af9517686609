//! Which words of a question say when.

use jiff::civil::Date;

use super::words::Words;
use crate::period::{self, Days, MOST_WORDS, Towards};

/// A time begins with one of these, or follows one of [`MEETING`]: "budget 2022" and "pr. 31. marts" name a matter, not when.
const BEFORE: [&str; 24] = [
    "i",
    "fra",
    "den",
    "d",
    "paa",
    "mellem",
    "hele",
    "sidste",
    "seneste",
    "naeste",
    "denne",
    "dette",
    "forrige",
    "foer",
    "inden",
    "efter",
    "siden",
    "til",
    "de",
    "kommende",
    "det",
    "for",
    "indevaerende",
    "nuvaerende",
];
/// Words before the time that is meant, and which one it is.
const ARTICLES: [&str; 3] = ["den", "det", "de"];
const WHICH: [&str; 7] = ["sidste", "seneste", "forrige", "naeste", "kommende", "indevaerende", "nuvaerende"];
/// Words that place something in time.
const PLACING: [&str; 10] = ["i", "fra", "for", "foer", "siden", "inden", "efter", "mellem", "til", "paa"];
/// Words for a stretch of time that say nothing of a matter after one of [`LEADING`] or a number.
const UNITS: [&str; 14] = [
    "aar",
    "aaret",
    "aarene",
    "halvaar",
    "halvaaret",
    "kvartal",
    "kvartalet",
    "maaned",
    "maaneden",
    "maaneder",
    "ugen",
    "uger",
    "valgperiode",
    "valgperioden",
];
const LEADING: [&str; 19] = [
    "det",
    "de",
    "den",
    "denne",
    "dette",
    "sidste",
    "seneste",
    "forrige",
    "foregaaende",
    "naeste",
    "kommende",
    "hele",
    "halve",
    "halvt",
    "indevaerende",
    "nuvaerende",
    "par",
    "foerste",
    "flere",
];
/// Words after which a day is a part of a matter: "regnskabet pr. 31. marts".
const OF_A_MATTER: [&str; 3] = ["pr", "om", "af"];
const MEETING: [&str; 8] =
    ["moede", "moedet", "referat", "referatet", "dagsorden", "dagsordenen", "dagsordnen", "opfoelgninger"];

/// Takes the longest time out of a question.
pub(super) fn take(words: &mut Words<'_>, today: Date, towards: Towards) -> Option<Days> {
    let found = words.runs(MOST_WORDS).into_iter().find_map(|(from, count, text)| {
        let first = words.all[from].folded.as_str();
        let before = from.checked_sub(1).map(|at| words.all[at].folded.as_str());
        let begins = BEFORE.contains(&first) && before != Some("pr");
        // "Byrådet april 2019": after what is understood already.
        let is_after_known = from.checked_sub(1).is_some_and(|at| words.all[at].taken);
        let follows = is_after_known || before.is_none_or(|word| MEETING.contains(&word));
        let second = words.all.get(from + 1).map(|word| word.folded.as_str());
        // "hvad besluttede de om den i januar?": a case, and when.
        let is_pronoun = ARTICLES.contains(&first) && second.is_some_and(|word| PLACING.contains(&word));
        // "hvad skete der 27. februar?"; a day after a noun is a part of its matter.
        let is_day = second.is_some_and(|month| count > 1 && period::is_day_of_month(first, month))
            && before.is_none_or(|word| super::table::is_small(word) && !OF_A_MATTER.contains(&word));
        if (!begins && !follows && !is_day) || is_pronoun {
            return None;
        }
        let is_after_meeting = count == 1 && before.is_some_and(|word| MEETING.contains(&word));
        let may_be_short = is_after_meeting || count == 2 && ["den", "d"].contains(&first);
        let short = || {
            let written = words.all.get(from + count - 1).filter(|_| may_be_short)?;
            period::days(&period::in_words(written.text)?, today, towards)
        };
        Some((from, count, period::days(&text, today, towards).or_else(short)?))
    });
    let (from, count, days) = found?;
    words.take_time(from, count);
    // "den forrige uge": no case either.
    if let Some(article) = from.checked_sub(1).filter(|at| ARTICLES.contains(&words.all[*at].folded.as_str()))
        && WHICH.contains(&words.all[from].folded.as_str())
    {
        words.take_time(article, 1);
    }
    Some(days)
}

/// Takes the words of a time that was not read ("de seneste par år"), which are no topic, and gives them as typed; None where there
/// are none. After "om" they are what is asked about.
pub(super) fn take_unread(words: &mut Words<'_>) -> Option<String> {
    let is_leading = |word: &str| LEADING.contains(&word) || period::number(word).is_some();
    let is_unit = |at: &usize| {
        let (before, word) = (&words.all[at - 1].folded, &words.all[*at]);
        let is_free = word.is_topic() && !word.is_quoted;
        is_free && UNITS.contains(&word.folded.as_str()) && is_leading(before)
    };
    let at = (1..words.all.len()).find(is_unit)?;
    let count = 1 + words.all[..at].iter().rev().take_while(|word| is_leading(&word.folded)).count();
    let from = at + 1 - count;
    let typed: Vec<&str> = words.all[from..=at].iter().map(|word| word.text).collect();
    let typed = typed.join(" ");
    words.take_time(from, count);
    Some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::written;

    #[test]
    fn a_matter_is_no_time() {
        let today = "2020-08-20".parse().unwrap();
        for (question, expected) in [
            ("hvad skete der i går i byrådet", Some("2020-08-19")),
            ("hvad blev besluttet om budgetopfølgning pr. 31. marts 2021", None),
            ("hvad blev besluttet om budget 2022", None),
            ("hvad skete der 27. februar", Some("2020-02-27")),
            ("hvad blev besluttet om budgetopfølgning 31. marts", None),
            ("mødet 27/2", Some("2020-02-27")),
            ("den 27/2-2019", Some("2019-02-27")),
            ("hvad blev besluttet om 27/2", None),
            ("mødet 12. august 2020", Some("2020-08-12")),
            ("hvad blev besluttet før sommerferien 2020 om skolen", Some("2020-01-01..2020-06-30")),
            ("ældrepolitik 2021-2025", None),
            ("hvad skete der for to år siden", Some("2018")),
            ("hvad blev besluttet om støj det seneste år", Some("2019-08-20..2020-08-20")),
            ("hvad blev besluttet om skolen i denne valgperiode", Some("2018-01-01..2021-12-31")),
        ] {
            let found = take(&mut Words::of(question), today, Towards::Past).map(written);
            assert_eq!(found.as_deref(), expected, "{question}");
        }
    }
}
