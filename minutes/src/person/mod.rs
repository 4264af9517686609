//! Names of people: what makes two spellings the same person, and which names of a list are one person's.

mod alike;
mod resolve;

use crate::fold;

pub use resolve::{Mention, find, resolve};

/// What two spellings of a name are compared by: lower case, Danish letters written out, words parted by anything but letters
/// and digits. `Hans-Ejner Søby` and `Hans Ejner Soeby` have one key. Empty for a name without letters.
pub fn key(name: &str) -> String {
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_drift_is_one_person() {
        for (one, other) in [
            ("Hans-Ejner Dahl", "Hans Ejner  Dahl"),
            ("Søren Åkjær", "SOEREN AAKJAER"),
            ("Bent Chr. Kjær", "Bent Chr Kjær"),
            ("André Müller", "Andre Muller"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("Ida Holm"), key("Ida Holm Dahl"));
        assert_eq!(key(" . "), "");
    }
}
