//! Names of people as Danish minutes write them, and the words that are no names.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// One name with what the parentheses after it say, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Bytes of the text, the parentheses included.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) person: String,
    pub(super) party: Option<String>,
    /// What follows the name and is no party: `formand`, `genvalg`, `kom kl. 15`.
    pub(super) note: Option<String>,
}

/// One word of a name, with hyphens.
const WORD: &str = r"\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}[\p{Ll}'’]+)*";

/// Initials with their full stops: `J.`, `J.P.`
const INITIALS: &str = r"\p{Lu}\.(?:\p{Lu}\.)?";

/// Names that are often shortened, without their full stop.
const SHORTENED: &str = "Chr|Fr|Jac|Joh|Jørg|Kr|Nic|Th|Vilh";

/// Particles that stand in names.
const PARTICLES: &str = "de|von|van|el|al|af|la|le";

/// What a second parenthesis in running text says of the one whose party stands in the first: an office, or who stands in for them.
const SECOND_NOTE: &str = r"(?:ny )?(?:(?:næst)?formand|(?:vice)?borgmester|suppleant|stedfortræder|(?:gen|ny)valgt?)|(?:personlig )?(?:suppleant|stedfortræder):? \p{Lu}[^()\n]{1,60}";

static FULL_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"\b((?:{WORD}|{INITIALS})(?: (?:{INITIALS}|{PARTICLES}|{WORD}))*?(?: (?:{SHORTENED})\.)? \p{{Lu}}[\p{{Ll}}\p{{Lu}}'’]*[\p{{Ll}}](?:-\p{{Lu}}[\p{{Ll}}'’]+)*(?:(?: (?:{SHORTENED})\.)? {WORD})*)(?:\s*\(([^()\n]{{1,40}})\))?(?:\s*\(({SECOND_NOTE})\))?"
    ))
});
static LISTED_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"^[\s•*·–-]*(?:\d{{1,3}}[.)]\s+)?(\p{{Lu}}[\p{{L}}'’.-]+(?: (?:\p{{Lu}}[\p{{L}}'’.-]*|{PARTICLES})){{0,5}})(?:\s*\(([^()\n]{{1,40}})\))?(?:\s*\(([^()\n]{{1,40}})\))?(?:\s*[,–-]\s+([^\n]{{1,80}}?))?\s*[.,;]?\s*$"
    ))
});
static SHORT_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"^((?:\p{{Lu}}[\p{{L}}'’-]+|{INITIALS})(?: (?:{INITIALS}|(?:{SHORTENED})\.|{PARTICLES}|\p{{Lu}}[\p{{L}}'’-]+))*)(?:\s*\(([^()\n]{{1,40}})\))?(?:\s*\(([^()\n]{{1,40}})\))?$"
    ))
});

/// What parts the names of a series.
static JOINED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"[,;&/]|\s(?:og|samt)\s"));

/// First words of a parenthesis that tells no party.
const NOT_PARTIES: [&str; 42] = [
    "afbud",
    "ankom",
    "barsel",
    "borgmester",
    "deltager",
    "deltog",
    "ej",
    "ferie",
    "fmd.",
    "forhindret",
    "forlod",
    "formand",
    "fra",
    "fravær",
    "fraværende",
    "gruppeformand",
    "genvalg",
    "genvalgt",
    "gik",
    "ikke",
    "kom",
    "med",
    "medlem",
    "mødt",
    "mødte",
    "ny",
    "nyvalg",
    "nyvalgt",
    "næstformand",
    "orlov",
    "personlig",
    "referent",
    "repræsentant",
    "sekretær",
    "stedfortræder",
    "suppleant",
    "syg",
    "sygdom",
    "til",
    "uden",
    "under",
    "viceborgmester",
];

/// Parties as they stand in full after a name, in lower case without "det" before them.
const PARTIES: [&str; 16] = [
    "alternativet",
    "borgerlisten",
    "dansk folkeparti",
    "danmarksdemokraterne",
    "enhedslisten",
    "konservative folkeparti",
    "konservative",
    "kristendemokraterne",
    "liberal alliance",
    "moderaterne",
    "nye borgerlige",
    "radikale venstre",
    "sf",
    "socialdemokratiet",
    "socialistisk folkeparti",
    "venstre",
];

/// Longer series are no list of members; the rest is not read.
pub(super) const LONGEST_SERIES: usize = 500;

/// Words with a capital that begin or make up something else than a name.
const NOT_NAMES: [&str; 133] = [
    "Administrationen",
    "Afdelingen",
    "Afdeling",
    "Afsnit",
    "Alle",
    "Anden",
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
    "Dato",
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
    "Fonden",
    "Foreningen",
    "Fra",
    "Følgende",
    "Første",
    "Herning",
    "I",
    "Indstilling",
    "Ingen",
    "Kommune",
    "Kommunen",
    "Liste",
    "Medlem",
    "Medlemmer",
    "Museet",
    "Museum",
    "Møde",
    "Mødet",
    "Ny",
    "Nye",
    "Næste",
    "Næstformand",
    "Næstformanden",
    "På",
    "Råd",
    "Rådet",
    "Rådhuset",
    "Repræsentant",
    "Repræsentanter",
    "Samt",
    "Sag",
    "Selskabet",
    "Som",
    "Social",
    "Stedfortræder",
    "Suppleant",
    "Suppleanter",
    "Sundhed",
    "Til",
    "Udvalg",
    "Udvalget",
    "Viceborgmester",
    "Venstre",
    "Venstres",
    "Konservative",
    "Radikale",
    "Socialdemokratiet",
    "Socialdemokraterne",
    "Socialistisk",
    "Liberal",
    "Alliance",
    "Enhedslisten",
    "Alternativet",
    "Orlov",
    "Udtræden",
    "Konstituering",
    "Genvalg",
    "Valg",
    "Valgt",
    "Godkendt",
    "Punkt",
    "Regionsrådet",
    "Plejecenter",
    "Skole",
    "Børnehave",
    "Ældreråd",
    "Efter",
    "Under",
    "Ved",
    "Med",
    "Hvis",
    "Når",
    "Mens",
    "Da",
    "Fordi",
    "Herefter",
    "Derefter",
    "Dermed",
    "Hermed",
    "For",
    "Også",
    "Samtidig",
    "Formålet",
    "Byrådets",
    "Udvalgets",
    "Rådets",
    "Udsat",
    "Udsættes",
    "Udgår",
    "Vakant",
    "Ubesat",
    "Afventer",
    "Afvist",
    "Bortfalder",
    "Uændret",
    "Genvalgt",
    "Drøftet",
];

/// Word ends that no surname has: bodies, offices, titles, organisations.
const NOT_NAME_ENDS: [&str; 48] = [
    "medlem",
    "medlemmet",
    "medlemmer",
    "udvalget",
    "udvalg",
    "udvalgets",
    "rådet",
    "rådets",
    "byråd",
    "bestyrelsen",
    "afdelingen",
    "forvaltningen",
    "forening",
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
    "gården",
    "hjemmet",
    "huset",
    "gruppen",
    "listen",
    "partiet",
    "komiteen",
    "klubben",
    "skole",
    "folkeparti",
    "kommunen",
    "kommunes",
    "møde",
    "mødet",
    "plejecenter",
    "direktør",
    "direktøren",
    "formand",
    "formanden",
    "borgmester",
    "borgmesteren",
    "sekretær",
    "konsulent",
    "koordinator",
    "rådmand",
];

/// Who stands in for somebody, by the note after that one's name: `stedfortræder: A`.
pub(super) fn stand_in(note: &str) -> Option<Name> {
    static STAND_IN: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)^(?:personlig )?(?:suppleant|stedfortræder):? "));
    let mut people = in_series(&note[STAND_IN.find(note)?.end()..]);
    let only = people.pop().filter(|name| people.is_empty() && name.person.contains(' '))?;
    // Its place in the note is none in the text.
    Some(only)
}

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
        let start = name.end() - person.len();
        if is_person(person) && names_an_organisation(&text[..start]) {
            from = whole.end();
        } else if is_person(person) {
            let person = without_genitive(person, &text[whole.end()..]);
            found.push(Name {
                start,
                end: whole.end(),
                person: person.to_owned(),
                party: party(captures.get(2)).or_else(|| party(captures.get(3))),
                note: note(captures.get(2)).or_else(|| note(captures.get(3))),
            });
            from = whole.end();
        } else {
            from = name.start() + name.as_str().find(' ').map_or(name.len(), |space| space + 1);
        }
    }
    found
}

/// Words, in lower case, after which a name with a preposition is a place's or an organisation's: `bestyrelsen for Tranum Havn`.
const ORGANISATIONS: [&str; 11] = [
    "bestyrelse",
    "bestyrelsen",
    "repræsentantskab",
    "repræsentantskabet",
    "fond",
    "fonden",
    "museum",
    "museet",
    "foreningen",
    "selskabet",
    "kuratoriet",
];

/// Those of them that stand right before their own name: `fonden Gamle Strandvej`.
const BEFORE_OWN_NAME: [&str; 6] = ["fonden", "museet", "museum", "foreningen", "selskabet", "havnen"];

/// Whether what follows a text is the name of an organisation, or of the place it is in.
fn names_an_organisation(before: &str) -> bool {
    let mut words = before.split_ascii_whitespace().rev();
    let Some(last) = words.next() else { return false };
    let is_one = |known: &[&str], word: &str| known.contains(&word.to_lowercase().as_str());
    if ["for", "i", "af", "ved", "på"].contains(&last) {
        return words.next().is_some_and(|word| is_one(&ORGANISATIONS, word));
    }
    before.ends_with(' ') && is_one(&BEFORE_OWN_NAME, last)
}

/// What stands after a name in the genitive: something of one who has a seat. Elsewhere a name that ends in s may be so in itself.
static OF_SOMEBODY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"^ (?:(\p{Ll}+) )?(?:orlov\p{L}*|udtræden|fratræden|fravær|sygdom|afgang|død|plads(?:er|en|erne)?|sæde|sted|mandat|hverv|post(?:er|en|erne)?|udvalgs(?:plads|post)\p{L}*|medlemskab(?:er)?|afløser|efterfølger",
        r"|anmodning|ansøgning|ønske|stedfortræder|suppleant|indtræden|valgperiode|partiskifte?)\b",
    ))
});

/// Verbs in the past tense between a name and what somebody has or asks for; those in the present end in r, or in s.
const HAD: [&str; 7] = ["bad", "fik", "havde", "modtog", "søgte", "tog", "ønskede"];

/// Words between a name and what is not its own: `ansøgningen fra Carsten Riis om orlov`.
const NOT_OF_SOMEBODY: [&str; 12] =
    ["om", "til", "fra", "på", "af", "for", "med", "og", "under", "i", "ved", "efter"];

/// Whether a word is a verb: `Jens Friis har orlov` tells no genitive.
fn is_verb(word: &str) -> bool {
    word.ends_with(['r', 's']) || HAD.contains(&word)
}

/// A name without the genitive's ending, where what follows is somebody's: `Ida Egs udtræden`, `Ida Friis' orlov`.
fn without_genitive<'n>(name: &'n str, after: &str) -> &'n str {
    let Some(found) = OF_SOMEBODY.captures(after) else { return name };
    if found.get(1).is_some_and(|word| is_verb(word.as_str()) || NOT_OF_SOMEBODY.contains(&word.as_str())) {
        return name;
    }
    ["'s", "’s", "'", "’", "s"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// The name that a line of a list is; None for any other line. One name without a surname is let through.
pub(super) fn listed(line: &str) -> Option<Name> {
    let found = LISTED_NAME.captures(line)?;
    let person = found[1].trim_end_matches(['.', ',', '-']);
    let person = if found[1].ends_with('.') && ends_in_initial(&found[1]) { &found[1] } else { person };
    let fits = person.contains(' ') || found.get(2).is_some();
    (fits && !person.split(' ').any(is_no_name)).then(|| Name {
        start: 0,
        end: line.len(),
        person: person.to_owned(),
        party: party(found.get(2)).or_else(|| party(found.get(3))),
        note: note(found.get(2))
            .or_else(|| note(found.get(3)))
            .or_else(|| found.get(4).map(|tail| tail.as_str().trim().to_owned())),
    })
}

/// Offices that stand between the commas of a series, each of the name before it.
const SERIES_OFFICES: [&str; 4] = ["formand", "næstformand", "borgmester", "viceborgmester"];

/// Names in a list on one line (`Bodil, Hanne K., Hanne Ø. og Inge`); first names alone too. Empty unless all parts are
/// names; of a long series only the first [`LONGEST_SERIES`].
pub(super) fn in_series(text: &str) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for part in parted(text).take(LONGEST_SERIES) {
        // "Ida Holm (A), formand, Bo Dahl (V)"
        if let Some(last) = names.last_mut().filter(|_| SERIES_OFFICES.contains(&part)) {
            last.note.get_or_insert_with(|| part.to_owned());
            continue;
        }
        let Some(found) = SHORT_NAME.captures(part) else { return Vec::new() };
        if found[1].split(' ').any(is_no_name) {
            return Vec::new();
        }
        names.push(Name {
            start: 0,
            end: 0,
            person: found[1].to_owned(),
            party: party(found.get(2)).or_else(|| party(found.get(3))),
            note: note(found.get(2)).or_else(|| note(found.get(3))),
        });
    }
    // "Tove Gram, DH": beside whole names, capitals alone are what somebody stands for.
    if names.iter().any(|name| name.person.contains(' ')) {
        names.retain(|name| !is_abbreviation(&name.person));
    }
    names
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// The parts of a series (`A, B og C`, `A / B`, `A & B`), blank ones left out.
pub(super) fn parted(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    JOINED
        .find_iter(text)
        .map(|joint| (joint.start(), joint.end()))
        .chain([(text.len(), text.len())])
        .map(move |(start, end)| &text[std::mem::replace(&mut from, end)..start])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Whether a text's last full stop belongs to its last word: an initial (`Hanne K.`) or a shortened name (`Bent Chr.`).
pub(super) fn ends_in_initial(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit([' ', '.', '\u{a0}']).next().unwrap_or("");
    word.chars().count() == 1 || SHORTENED.split('|').any(|short| short == word)
}

fn party(found: Option<regex::Match<'_>>) -> Option<String> {
    let text = found?.as_str().trim();
    (!text.is_empty() && text != "-" && !is_note(text)).then(|| text.to_owned())
}

/// The party that stands between commas right after a name: `, Det Konservative Folkeparti, har …`, `, liste V, …`.
pub(super) fn party_after(after: &str) -> Option<String> {
    let words = after.strip_prefix(", ")?;
    let words = words[..words.floor_char_boundary(LONGEST_PARTY)].split([',', '.']).next()?.trim();
    if is_party(words) {
        return Some(words.to_owned());
    }
    let lower = words.to_lowercase();
    let letter = lower.strip_prefix("liste ").map(|letter| &words[words.len() - letter.len()..])?;
    (letter.chars().count() <= 2 && letter.chars().all(char::is_uppercase)).then(|| letter.to_owned())
}

/// Whether words are a party's name in full.
pub(super) fn is_party(words: &str) -> bool {
    let lower = words.to_lowercase();
    PARTIES.contains(&lower.strip_prefix("det ").unwrap_or(&lower))
}

/// A longer text between commas names no party.
const LONGEST_PARTY: usize = 40;

fn note(found: Option<regex::Match<'_>>) -> Option<String> {
    let text = found?.as_str().trim();
    is_note(text).then(|| text.to_owned())
}

/// Letters that stand for a party, at the most.
const LETTERS_OF_PARTY: usize = 3;

/// First words, in lower case, of what tells a party in words that need no capital; other words without one tell something else.
const BEFORE_PARTY: [&str; 6] = ["det", "liste", "løsgænger", "partiløs", "uafhængig", "udenfor"];

fn is_note(text: &str) -> bool {
    let first = text.split([' ', ',', ':', '\u{a0}']).next().unwrap_or(text).to_lowercase();
    let is_word = text.starts_with(char::is_lowercase) && first.chars().count() > LETTERS_OF_PARTY;
    let names_none = is_word && !is_party(text) && !BEFORE_PARTY.contains(&first.as_str());
    NOT_PARTIES.contains(&first.as_str()) || names_none || text.contains(|c: char| c.is_ascii_digit())
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
        let initials = people("Valgt er Bent Chr. Kjær, J. P. Holm (formand) og Lis la Cour.");
        let initials: Vec<_> = initials.into_iter().map(|(name, _)| name).collect();
        assert_eq!(initials, ["Bent Chr. Kjær", "J. P. Holm", "Lis la Cour"]);
        assert_eq!(people("Social- og Sundhedsudvalget i Fjordby Byråd og Direktøren for Teknik"), []);
    }

    #[test]
    fn a_genitive_is_no_part_of_a_name() {
        for (text, expected) in [
            ("Under Ida Egs orlov", "Ida Eg"),
            ("Ida Egs udtræden godkendes", "Ida Eg"),
            ("på Ida Friis' plads", "Ida Friis"),
            ("i Jens Friis’ sted", "Jens Friis"),
            ("Ida Friis orienterede om orlov", "Ida Friis"),
            ("Bo Jens foreslog", "Bo Jens"),
        ] {
            assert_eq!(people(text).first().map(|(name, _)| name.as_str()), Some(expected), "{text}");
        }
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
        let parts: Vec<_> = parted("Ida & Bo / Kaj samt Per\u{a0}og\u{a0}Lis, ").collect();
        assert_eq!(parts, ["Ida", "Bo", "Kaj", "Per", "Lis"]);
        assert_eq!(
            listed("2. Per Toft (formand)").map(|n| (n.party, n.note)),
            Some((None, Some("formand".into())))
        );
        assert_eq!(in_series("drøftelser, Bo og hvad der sker"), []);
    }
}
