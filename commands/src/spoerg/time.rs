//! Which words of a question say when.

use jiff::civil::Date;

use super::words::Words;
use crate::period::{self, Days, MOST_WORDS, Towards};

/// A time begins with one of these, or follows one of [`MEETING`]: "budget 2022" and "pr. 31. marts" name a matter, not when.
const BEFORE: [&str; 20] = [
    "i", "fra", "den", "d", "paa", "mellem", "hele", "sidste", "seneste", "naeste", "denne", "dette",
    "forrige", "foer", "inden", "efter", "siden", "til", "de", "kommende",
];
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
        if !begins && !follows {
            return None;
        }
        Some((from, count, period::days(&text, today, towards)?))
    });
    let (from, count, days) = found?;
    words.take(from, count);
    Some(days)
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
            ("mødet 12. august 2020", Some("2020-08-12")),
            ("hvad blev besluttet før sommerferien 2020 om skolen", Some("2020-01-01..2020-06-30")),
            ("ældrepolitik 2021-2025", None),
        ] {
            let found = take(&mut Words::of(question), today, Towards::Past).map(written);
            assert_eq!(found.as_deref(), expected, "{question}");
        }
    }
}
