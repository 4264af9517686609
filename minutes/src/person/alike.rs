//! How two names may be one person's. They are compared by their keys, see [`super::key`]; whether they are, only those around
//! them can tell.

/// Shorter words are other names when one letter differs: Lis and Lise, Anna and Anne.
const LEAST_DRIFTING_LETTERS: usize = 5;

/// The end of so many surnames that a letter before it makes another one: Jensen and Jepsen.
const SURNAME_END: &str = "sen";

/// Letters that are two in a key: æ, ø, å.
const WRITTEN_OUT: [&str; 3] = ["ae", "oe", "aa"];

/// Whether `short` is the other name with words left out or only their first letters: `Hanne`, `Hanne K.` and `H. Kvist` of
/// `Hanne Marie Kvist`. A last name is never left out beside anything but one first name: `Ida Holm` is not `Ida Holm Dahl`.
pub(super) fn is_short_for(short: &str, full: &str) -> bool {
    let (short, full): (Vec<&str>, Vec<&str>) = (short.split(' ').collect(), full.split(' ').collect());
    let ([first, .., last], Some(wanted)) = (full.as_slice(), short.first()) else { return false };
    if let [only] = short.as_slice() {
        return only.chars().count() > 1 && only == first;
    }
    let Some(wanted_last) = short.last() else { return false };
    // One whole word at least must be the same: two initials are anybody's.
    let is_told = wanted == first || wanted_last == last;
    let fits = begins(first, wanted) && begins(last, wanted_last);
    short != full && short.len() <= full.len() && is_told && fits && middle_fits(&short, &full)
}

/// Whether the words between the first and the last stand in the other name, in order, whole or as initials.
fn middle_fits(short: &[&str], full: &[&str]) -> bool {
    let mut rest = full[1..full.len() - 1].iter();
    short[1..short.len() - 1].iter().all(|word| rest.any(|whole| begins(whole, word)))
}

/// The same word, or its first letter.
fn begins(whole: &str, word: &str) -> bool {
    let is_initial = word.chars().count() == 1 || WRITTEN_OUT.contains(&word);
    whole == word || (is_initial && whole.starts_with(word))
}

/// Whether a name is the other one in the genitive: `Ida Egs` of `Ida Eg`.
pub(super) fn is_genitive(name: &str, other: &str) -> bool {
    name.strip_suffix('s') == Some(other)
}

/// Whether the names are as long and one letter of one word differs, as in `Ejner` and `Ejnar`, `Schaltz` and `Shaltz`.
pub(super) fn is_drift(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if one.len() != other.len() || one.len() < 2 {
        return false;
    }
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (differing.next(), differing.next()) else { return false };
    let long = |word: &str| word.chars().count() >= LEAST_DRIFTING_LETTERS;
    let surnames = one.ends_with(SURNAME_END) && other.ends_with(SURNAME_END);
    long(one)
        && long(other)
        && !surnames
        && one.chars().next() == other.chars().next()
        && strsim::osa_distance(one, other) == 1
}

#[cfg(test)]
mod tests {
    use super::super::key;
    use super::*;

    #[test]
    fn a_name_is_short_for_another() {
        for (short, full, expected) in [
            ("Bodil", "Bodil Egesvang", true),
            ("Hanne K.", "Hanne Kvist", true),
            ("Hanne K.", "Hanne Marie Kvist", true),
            ("H. Kvist", "Hanne Kvist", true),
            ("Hanne M. Kvist", "Hanne Marie Kvist", true),
            ("Hanne Kvist", "Hanne Marie Kvist", true),
            ("H. K.", "Hanne Kvist", false),
            ("H.", "Hanne Kvist", false),
            ("Hanne Ø.", "Hanne Kvist", false),
            ("Hanne Ø.", "Hanne Ørts", true),
            ("Ida Holm", "Ida Holm Dahl", false),
            ("Hanne P. Kvist", "Hanne Marie Kvist", false),
            ("Kvist", "Hanne Kvist", false),
            ("Hanne Kvist", "Hanne Kvist", false),
            ("Hanne", "Hanne", false),
        ] {
            assert_eq!(is_short_for(&key(short), &key(full)), expected, "{short} / {full}");
        }
    }

    #[test]
    fn one_letter_may_drift() {
        for (one, other, expected) in [
            ("Hans-Ejner Søby", "Hans Ejnar Søby", true),
            ("Lis Schaltz", "Lis Shaltz", true),
            ("Birte Rugager", "Birthe Rugager", true),
            ("Lis Holm", "Lise Holm", false),
            ("Per Jensen", "Per Jepsen", false),
            ("Per Hansen", "Per Jansen", false),
            ("Bodil", "Bodel", false),
            ("Ejner Schaltz", "Ejnar Shaltz", false),
        ] {
            assert_eq!(is_drift(&key(one), &key(other)), expected, "{one} / {other}");
        }
    }
}
