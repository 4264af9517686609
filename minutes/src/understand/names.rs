//! Names of people as Danish minutes write them, and the words that are no names.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// One name with the party in parentheses after it, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Bytes of the text, the party included.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) person: String,
    pub(super) party: Option<String>,
}

/// First name and surname, with initials, hyphens and particles between.
const FULL: &str = r"\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}[\p{Ll}'’]+)*(?: (?:\p{Lu}\.(?:\p{Lu}\.)?|de|von|van|el|al|af|\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}[\p{Ll}'’]+)*))*? \p{Lu}[\p{Ll}\p{Lu}'’]*[\p{Ll}](?:-\p{Lu}[\p{Ll}'’]+)*(?: \p{Lu}[\p{Ll}'’]+(?:-\p{Lu}[\p{Ll}'’]+)*)*";

static FULL_NAME: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"\b({FULL})(?:\s*\(([^()\n]{{1,40}})\))?")));
static LISTED_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^[\s•*·–-]*(\p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}[\p{L}'’.-]*|de|von|van|el|al|af)){0,5})(?:\s*\(([^()\n]{1,40})\))?(?:\s*[,–-]\s+[^\n]{1,80})?\s*[.,;]?\s*$",
    )
});
static SHORT_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"^(\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+))*)(?:\s*\(([^()\n]{1,40})\))?$")
});

/// Words with a capital that begin or make up something else than a name.
const NOT_NAMES: [&str; 64] = [
    "Administrationen",
    "Afdelingen",
    "Afdeling",
    "Afsnit",
    "Alle",
    "Afbud",
    "Beslutning",
    "Bestyrelsen",
    "Bilag",
    "Borgmester",
    "Borgmesteren",
    "Byråd",
    "Byrådet",
    "Center",
    "Chef",
    "Chefen",
    "Danmark",
    "Dansk",
    "Danske",
    "De",
    "Den",
    "Der",
    "Desuden",
    "Det",
    "Direktør",
    "Direktøren",
    "Endvidere",
    "Et",
    "En",
    "Folkeparti",
    "Formand",
    "Formanden",
    "Forvaltningen",
    "Forvaltning",
    "Fra",
    "Følgende",
    "Første",
    "Herning",
    "I",
    "Indstilling",
    "Kommune",
    "Kommunen",
    "Liste",
    "Medlem",
    "Medlemmer",
    "Møde",
    "Mødet",
    "Ny",
    "Nye",
    "Næstformand",
    "Næstformanden",
    "På",
    "Råd",
    "Rådet",
    "Rådhuset",
    "Samt",
    "Sag",
    "Som",
    "Social",
    "Sundhed",
    "Til",
    "Udvalg",
    "Udvalget",
    "Viceborgmester",
];

/// Word ends that no surname has: bodies, offices, organisations.
const NOT_NAME_ENDS: [&str; 19] = [
    "udvalget",
    "udvalg",
    "udvalgets",
    "rådet",
    "rådets",
    "byråd",
    "bestyrelsen",
    "afdelingen",
    "forvaltningen",
    "foreningen",
    "kommune",
    "området",
    "parti",
    "skolen",
    "centret",
    "centeret",
    "chefen",
    "lederen",
    "ministeriet",
];

/// Every full name in a running text, in order.
pub(super) fn in_text(text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(captures) = FULL_NAME.captures_at(text, from) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { break };
        // "Som formand Ida Holm", "Rådet Ida Holm": the words before the name may be taken for a part of it.
        let mut person = name.as_str();
        while let Some((first, rest)) = person.split_once(' ') {
            if !is_no_name(first) || !rest.contains(' ') {
                break;
            }
            person = rest;
        }
        if is_person(person) {
            let start = name.end() - person.len();
            found.push(Name {
                start,
                end: whole.end(),
                person: person.to_owned(),
                party: party(captures.get(2)),
            });
            from = whole.end();
        } else {
            from = name.start() + name.as_str().find(' ').map_or(name.len(), |space| space + 1);
        }
    }
    found
}

/// The name that a line of a list is; None for any other line. One name without a surname is let through.
pub(super) fn listed(line: &str) -> Option<Name> {
    let found = LISTED_NAME.captures(line)?;
    let person = found[1].trim_end_matches(['.', ',', '-']);
    let person =
        if found[1].ends_with('.') && person.rsplit(' ').next().is_some_and(|w| w.chars().count() == 1) {
            &found[1]
        } else {
            person
        };
    let fits = person.contains(' ') || found.get(2).is_some();
    (fits && !person.split(' ').any(is_no_name)).then(|| Name {
        start: 0,
        end: line.len(),
        person: person.to_owned(),
        party: party(found.get(2)),
    })
}

/// Names in a list on one line (`Bodil, Hanne K., Hanne Ø. og Inge`); first names alone too. Empty unless all parts are names.
pub(super) fn in_series(text: &str) -> Vec<Name> {
    let mut names = Vec::new();
    for part in
        text.split([',', ';']).flat_map(|part| part.split(" og ")).flat_map(|part| part.split(" samt "))
    {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let Some(found) = SHORT_NAME.captures(part) else { return Vec::new() };
        if found[1].split(' ').any(is_no_name) {
            return Vec::new();
        }
        names.push(Name { start: 0, end: 0, person: found[1].to_owned(), party: party(found.get(2)) });
    }
    names
}

fn party(found: Option<regex::Match<'_>>) -> Option<String> {
    found.map(|party| party.as_str().trim().to_owned()).filter(|party| !party.is_empty() && party != "-")
}

fn is_person(name: &str) -> bool {
    name.contains(' ') && !name.split(' ').any(is_no_name)
}

fn is_no_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    NOT_NAMES.contains(&word) || NOT_NAME_ENDS.iter().any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<(String, Option<String>)> {
        in_text(text).into_iter().map(|name| (name.person, name.party)).collect()
    }

    #[test]
    fn names_are_found_in_prose() {
        let expected = [("Ida Holm", Some("A")), ("Hans-Peter K. Lund", None), ("Bo Ravn Dahl", None)];
        let found =
            people("Formanden Ida Holm (A), Hans-Peter K. Lund og Bo Ravn Dahl mødte i Fjordby Kommune.");
        let expected: Vec<_> = expected.map(|(n, p)| (n.to_owned(), p.map(str::to_owned))).into();
        assert_eq!(found, expected);
        assert_eq!(people("Social- og Sundhedsudvalget i Fjordby Byråd og Direktøren for Teknik"), []);
    }

    #[test]
    fn lists_are_lines_or_a_series() {
        assert_eq!(
            listed(" • Ida Holm (V)").map(|n| (n.person, n.party)),
            Some(("Ida Holm".into(), Some("V".into())))
        );
        assert_eq!(
            listed("Ida Holm, brugerrepræsentant (genvalg)").map(|n| n.person),
            Some("Ida Holm".into())
        );
        assert_eq!(listed("Nye medlemmer:"), None);
        assert_eq!(listed("Udvalget drøftede sagen."), None);
        let series: Vec<_> =
            in_series("Bodil, Hanne K., Hanne Ø. og Inge").into_iter().map(|n| n.person).collect();
        assert_eq!(series, ["Bodil", "Hanne K.", "Hanne Ø.", "Inge"]);
        assert_eq!(in_series("drøftelser, Bo og hvad der sker"), []);
    }
}
