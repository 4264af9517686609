//! What is different in a corrected document, in words.

use index::{Change, Difference};

use crate::danish;

/// Items that are named; of more it is told how many.
const MOST_NAMED: usize = 8;

/// Characters of a title that names an item without a number.
const MOST_TITLE_CHARS: usize = 60;

/// A number longer than this is a title.
const MOST_NUMBER_CHARS: usize = 8;

/// What a difference is called, after its item in brackets or by itself.
const WORDS: [(Difference, &str); 9] = [
    (Difference::Added, "nyt punkt"),
    (Difference::Removed, "udgået"),
    (Difference::Title, "titlen"),
    (Difference::Decision, "beslutningen"),
    (Difference::Text, "teksten"),
    (Difference::Closed, "åbent eller lukket"),
    (Difference::Meeting, "mødets dag, tid eller sted"),
    (Difference::Attendance, "hvem der var til stede"),
    (Difference::Rest, "teksten uden for punkterne"),
];

/// `punkt 4 (beslutningen og teksten), punkt 7 (nyt punkt)`; of many the first.
pub(crate) fn changes(changes: &[Change]) -> String {
    let mut named: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for change in changes {
        let word =
            WORDS.iter().find(|(what, _)| *what == change.what).map_or("", |(_, word)| word).to_owned();
        match named.last_mut().filter(|(item, _)| item.is_some() && *item == change.item.as_deref()) {
            Some((_, words)) => words.push(word),
            None => named.push((change.item.as_deref(), vec![word])),
        }
    }
    let left_out = named.len().saturating_sub(MOST_NAMED);
    named.truncate(MOST_NAMED);
    let mut parts: Vec<String> = named
        .into_iter()
        .map(|(item, words)| match item {
            Some(item) => format!("{} ({})", name(item), danish::list(&words)),
            None => danish::list(&words),
        })
        .collect();
    if left_out > 0 {
        parts.push(format!("og {left_out} mere"));
    }
    parts.join(", ")
}

/// An item by its number or its title.
fn name(item: &str) -> String {
    let is_number = item.chars().count() <= MOST_NUMBER_CHARS
        && item.starts_with(|c: char| c.is_ascii_digit())
        && !item.contains(char::is_whitespace);
    match item {
        "" => "et punkt uden titel".to_owned(),
        number if is_number => format!("punkt {number}"),
        title => format!("»{}«", danish::shorten(title, MOST_TITLE_CHARS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(told: &[(Option<&str>, Difference)], expected: &str) {
        let of =
            |(item, what): &(Option<&str>, Difference)| Change { item: item.map(str::to_owned), what: *what };
        assert_eq!(changes(&told.iter().map(of).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn differences_have_words() {
        use Difference::{Added, Attendance, Closed, Decision, Meeting, Removed, Rest, Text, Title};
        check(&[], "");
        check(&[(Some("4"), Decision), (Some("7"), Added)], "punkt 4 (beslutningen), punkt 7 (nyt punkt)");
        check(
            &[(Some("4"), Title), (Some("4"), Decision), (Some("4"), Text)],
            "punkt 4 (titlen, beslutningen og teksten)",
        );
        check(
            &[(Some("Ny vej"), Removed), (Some(""), Closed)],
            "»Ny vej« (udgået), et punkt uden titel (åbent eller lukket)",
        );
        check(
            &[(None, Meeting), (None, Attendance), (None, Rest)],
            "mødets dag, tid eller sted, hvem der var til stede, teksten uden for punkterne",
        );
    }

    #[test]
    fn long_lists_are_cut() {
        let numbers: Vec<String> = (1..=30).map(|number| number.to_string()).collect();
        let all: Vec<_> = numbers.iter().map(|number| (Some(number.as_str()), Difference::Text)).collect();
        let named: Vec<String> = (1..=8).map(|number| format!("punkt {number} (teksten)")).collect();
        check(&all, &format!("{}, og 22 mere", named.join(", ")));
    }

    #[test]
    fn every_difference_has_a_word_of_its_own() {
        let mut words: Vec<&str> = WORDS.iter().map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), WORDS.len());
    }
}
