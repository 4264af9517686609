//! What of a question may be a case number.

/// Whether a text holds a whole case number, or is a part of one.
pub(crate) fn is_number(text: &str) -> bool {
    minutes::case_number::is_whole(text) || looks_like_number(text)
}

/// Whether a text is a number with its thousands parted: "240.000".
pub(crate) fn is_amount(text: &str) -> bool {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = text.trim().split('.');
    let first = groups.next().unwrap_or_default();
    let mut thousands = groups.peekable();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && thousands.peek().is_some()
        && thousands.all(|group| group.len() == 3 && is_digits(group))
}

/// Whether a text is a case number or a part of one: mostly digits, at most a facet's letter.
pub(crate) fn looks_like_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 2 && letters <= 3 && letters < digits && !text.trim().contains(char::is_whitespace) || {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.len() > 1 && digits >= 5 && letters <= 2
    }
}

/// Whether a case number is a year and a serial number within it, and so the number of one matter: "22/3001", "EMN-2022-00123".
pub(crate) fn is_of_year(number: &str) -> bool {
    let groups: Vec<&str> =
        number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let is_year = |group: &str| group.len() == 2 || group.len() == 4 && ["19", "20"].contains(&&group[..2]);
    !number.contains('.') && groups.windows(2).any(|pair| is_year(pair[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_and_a_serial_number_are_one_matter() {
        for number in ["22/3001", "2022-3001", "EMN-2022-00123", "450-2018-4075"] {
            assert!(is_of_year(number), "{number}");
        }
        for number in ["299835", "27.00.00", "00.01.00P35-0104", "BR 366", "A 22"] {
            assert!(!is_of_year(number), "{number}");
        }
    }
}
