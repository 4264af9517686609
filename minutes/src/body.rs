//! Names of councils, committees and boards: what makes two spellings the same body.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

static TERM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?:\s*\(\s*(?:\d{4}|\d{2})\s*[-–]\s*(?:\d{4}|\d{2})\s*\)|\s+\d{4}\s*[-–]\s*\d{4})\s*$")
});

/// A municipality's name as it is printed, for patterns.
pub(crate) const MUNICIPALITY: &str =
    r"\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)? (?:Kommune|KOMMUNE|kommune|Regionskommune)";

/// Endings of a body's name: definite form, indefinite form. The longest that fits counts.
const FORMS: [(&str, &str); 9] = [
    ("kommunalbestyrelsen", "kommunalbestyrelse"),
    ("repræsentationen", "repræsentation"),
    ("kommissionen", "kommission"),
    ("forsamlingen", "forsamling"),
    ("bestyrelsen", "bestyrelse"),
    ("magistraten", "magistrat"),
    ("udvalget", "udvalg"),
    ("rådet", "råd"),
    ("nævnet", "nævn"),
];

/// Words of a name that are written or left out at will.
const BESIDE: [&str; 2] = ["og", "det"];

/// The council's own name whether or not the town stands before it.
const COUNCILS: [&str; 2] = ["byråd", "kommunalbestyrelse"];

/// A body's name without its term of office: `Kommunalbestyrelsen 2022-2025` is `Kommunalbestyrelsen`.
pub fn without_term(name: &str) -> &str {
    let name = name.trim();
    TERM.find(name).map_or(name, |term| name[..term.start()].trim_end())
}

/// What two spellings of a body's name are compared by: lower case, without article, term, genitive,
/// hyphens, `og` and `det`, or the town before a council. `Udsatteråd` and `Udsatterådet` have one key, `Herning Byråd` and
/// `Byrådet` too. Empty for a blank name.
pub fn key(name: &str) -> String {
    let lower = without_term(name).to_lowercase();
    let mut words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !BESIDE.contains(word))
        .map(indefinite)
        .collect();
    if words.len() > 1 && words.last().is_some_and(|last| COUNCILS.contains(&last.as_str())) {
        words.drain(..words.len() - 1);
    }
    words.join(" ")
}

/// Whether a key ([`key`]) is a council's.
pub fn is_council(key: &str) -> bool {
    COUNCILS.contains(&key)
}

fn indefinite(word: &str) -> String {
    let nominative = |w: &str| {
        FORMS.iter().find_map(|(definite, indefinite)| {
            w.strip_suffix(definite).map(|stem| format!("{stem}{indefinite}"))
        })
    };
    nominative(word)
        .or_else(|| word.strip_suffix('s').and_then(nominative))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_body_share_a_key() {
        for (one, other) in [
            ("Udsatteråd", "Udsatterådet"),
            ("Herning Byråd", "byrådet"),
            ("Kommunalbestyrelsen 2022-2025", "Kommunalbestyrelsen"),
            ("Folkeoplysningsudvalget (18-21)", "Folkeoplysningsudvalg"),
            ("Plan-, Miljø og Klimaudvalget", "Plan-, Miljø- og Klimaudvalgets"),
            ("Teknik & Miljøudvalget", "Teknik- og Miljøudvalget"),
            ("Det Sociale Udvalg", "Sociale Udvalg"),
        ] {
            assert_eq!(key(one), key(other), "{one} / {other}");
        }
        assert_ne!(key("Ældrerådet"), key("Handicaprådet"));
        assert_eq!(key(" "), "");
    }

    #[test]
    fn terms_are_no_part_of_a_name() {
        assert_eq!(without_term("Kommunalbestyrelsen 2022-2025"), "Kommunalbestyrelsen");
        assert_eq!(without_term("Folkeoplysningsudvalget (18-21)"), "Folkeoplysningsudvalget");
        assert_eq!(without_term("§17,4 udvalg 2030"), "§17,4 udvalg 2030");
    }
}
