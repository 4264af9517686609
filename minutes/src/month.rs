//! The names of the months.

/// Months as written, in lower case: the full name, then its short forms. The place is the number less one.
pub(crate) const WRITTEN: [&[&str]; 12] = [
    &["januar", "jan"],
    &["februar", "feb", "febr"],
    &["marts", "mar"],
    &["april", "apr"],
    &["maj"],
    &["juni", "jun"],
    &["juli", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "okt"],
    &["november", "nov"],
    &["december", "dec"],
];

/// The full name of a month, in lower case; empty for a number that is no month's.
pub fn name(number: i8) -> &'static str {
    let written =
        number.checked_sub(1).and_then(|at| usize::try_from(at).ok()).and_then(|at| WRITTEN.get(at));
    written.and_then(|written| written.first()).copied().unwrap_or_default()
}

/// The month, 1 to 12, whose full name this is, in lower case.
pub fn named(word: &str) -> Option<i8> {
    (1..=12).find(|number| name(*number) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_the_same_months() {
        for number in 1..=12 {
            assert_eq!(named(name(number)), Some(number));
        }
        assert_eq!([name(0), name(13), name(i8::MIN)], ["", "", ""]);
        assert_eq!([named(""), named("jan"), named("Januar")], [None; 3]);
    }
}
