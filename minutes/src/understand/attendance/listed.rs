//! What a list of names prints beside each: `Formand Anna Krogh (A)`, `Anna Krogh, formand (A)`, `Anna Krogh (A) – formand`.

use std::sync::LazyLock;

use crate::model::{Listed, Role};
use crate::understand::names;
use crate::{Pattern, pattern};

/// Words of an office as lists print them, in lower case. Who only acts in one is left out: whose it is, the list does not tell.
const OFFICES: [(&str, Role); 12] = [
    ("formand", Role::Chair),
    ("formanden", Role::Chair),
    ("fmd", Role::Chair),
    ("udvalgsformand", Role::Chair),
    ("formand for udvalget", Role::Chair),
    ("formand for rådet", Role::Chair),
    ("næstformand", Role::ViceChair),
    ("næstformanden", Role::ViceChair),
    ("næstfmd", Role::ViceChair),
    ("borgmester", Role::Mayor),
    ("borgmesteren", Role::Mayor),
    ("viceborgmester", Role::DeputyMayor),
];

/// Ends of words that name somebody of the administration, in lower case.
const OFFICIALS: [&str; 15] = [
    "direktør",
    "direktøren",
    "chef",
    "chefen",
    "leder",
    "lederen",
    "konsulent",
    "sekretær",
    "jurist",
    "koordinator",
    "fuldmægtig",
    "sagsbehandler",
    "planlægger",
    "medarbejder",
    "stadsingeniør",
];

/// Those of them who are members of nothing, wherever they stand.
const NEVER_MEMBERS: [&str; 9] = [
    "kommunaldirektør",
    "kommunaldirektøren",
    "forvaltningsdirektør",
    "udvalgssekretær",
    "rådssekretær",
    "byrådssekretær",
    "sekretariatschef",
    "sekretær",
    "referent",
];

/// Ends of such words, in lower case: `borgmestersekretær`, `vicekommunaldirektør`.
const NEVER_MEMBER_ENDS: [&str; 4] = ["sekretær", "sekretæren", "kommunaldirektør", "kommunaldirektøren"];

/// Parties that are none: a member without one.
const WITHOUT_PARTY: [&str; 2] = ["løsgænger", "uden for partierne"];

/// The word of an office, or of one of the administration, right before a name.
static BEFORE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[,;(:•*·–\t-] ?| og | samt )((?:[12]\. ?)?\p{L}+)(?:: ?| )$"));
/// What parts the words beside a name.
static PARTS: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"[,;:()/•*·\t]|\s[–-]\s|\s(?:og|samt)\s*$|\s{2,}"));

/// One name of a line with what is printed beside it.
pub(super) struct Entry {
    pub(super) listed: Listed,
    /// Titles beside the name, in lower case.
    titles: Vec<String>,
}

impl Entry {
    /// Whether it is somebody of the administration: by a title that no member has, or, where the list prints the members' parties,
    /// by one beside no party.
    pub(super) fn is_official(&self, has_parties: bool) -> bool {
        let is_never_member = |title: &String| is_never_member(title);
        let is_official = |title: &String| is_of_official(title);
        self.titles.iter().any(is_never_member)
            || (has_parties && self.listed.party.is_none() && self.titles.iter().any(is_official))
    }
}

/// Every whole name of a line, in order.
pub(super) fn entries(line: &str) -> Vec<Entry> {
    let found = names::in_text(line);
    let mut entries = Vec::new();
    let mut from = 0;
    for (at, name) in found.iter().enumerate() {
        let to = found.get(at + 1).map_or(line.len(), |next| next.start);
        let bare_end = name.start + name.person.len();
        let before = line.get(from..name.start).unwrap_or_default();
        let before = BEFORE.captures(before).and_then(|found| found.get(1)).map_or("", |word| word.as_str());
        let after = line.get(bare_end..to).unwrap_or_default();
        // "Anna Krogh, formand Bent Holm": a title right before a name is the next one's.
        let next = BEFORE.captures(after).and_then(|found| found.get(1)).filter(|word| {
            at + 1 < found.len() && (office(word.as_str()).is_some() || is_title(word.as_str()))
        });
        let after = next.map_or(after, |word| &after[..word.start()]);
        let words: Vec<&str> = std::iter::once(before).chain(parts(after)).collect();
        entries.push(Entry {
            listed: Listed {
                person: name.person.clone(),
                role: words.iter().find_map(|word| office(word)),
                party: words[1..].iter().find_map(|word| party(word)),
            },
            titles: words.iter().filter(|word| is_title(word)).map(|word| word.to_lowercase()).collect(),
        });
        from = bare_end;
    }
    entries
}

/// What a line prints beside the names, of those for whom it prints anything.
pub(super) fn read(line: &str) -> Vec<Listed> {
    let tells = |listed: &Listed| listed.role.is_some() || listed.party.is_some();
    entries(line).into_iter().map(|entry| entry.listed).filter(tells).collect()
}

/// The office that a line consists of: whose it is stands on the next one.
pub(super) fn bare_office(line: &str) -> Option<Role> {
    office(line.trim().trim_end_matches(':').trim_end())
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    PARTS
        .find_iter(text)
        .map(|part| (part.start(), part.end()))
        .chain([(text.len(), text.len())])
        .map(move |(start, end)| &text[std::mem::replace(&mut from, end)..start])
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
}

fn office(words: &str) -> Option<Role> {
    let lower = words.to_lowercase();
    let lower = lower.trim_end_matches('.');
    let word = ["1. ", "2. ", "1.", "2.", "første ", "anden "].iter().find_map(|nth| lower.strip_prefix(nth));
    let word = word.unwrap_or(lower);
    OFFICES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}

/// Whether a word, in lower case, names somebody of the administration.
pub(in crate::understand) fn is_of_official(word: &str) -> bool {
    OFFICIALS.iter().any(|end| word.ends_with(end))
}

fn is_never_member(title: &str) -> bool {
    NEVER_MEMBERS.contains(&title) || NEVER_MEMBER_ENDS.iter().any(|end| title.ends_with(end))
}

fn is_title(word: &str) -> bool {
    let lower = word.to_lowercase();
    !word.contains(' ') && (is_never_member(&lower) || OFFICIALS.iter().any(|end| lower.ends_with(end)))
}

/// The party that words consist of: a letter, or a list's name.
fn party(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let is_letter = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_uppercase);
    if let Some(letter) = lower.strip_prefix("liste ").map(|rest| &words[words.len() - rest.len()..])
        && is_letter(letter)
    {
        return Some(letter.to_owned());
    }
    let is_list = words.starts_with(char::is_uppercase)
        && !words.contains(' ')
        && ["listen", "partiet"].iter().any(|end| lower.ends_with(end));
    let is_party =
        is_letter(words) || is_list || names::is_party(words) || WITHOUT_PARTY.contains(&lower.as_str());
    is_party.then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of a list, and each name with its office and party.
    #[test]
    fn offices_and_parties_are_read_beside_names() {
        for (line, expected) in [
            ("Anna Krogh (A), formand", "Anna Krogh: chair A"),
            ("Formand Anna Krogh (A)", "Anna Krogh: chair A"),
            ("Formand: Anna Krogh (A)", "Anna Krogh: chair A"),
            ("Anna Krogh (formand)", "Anna Krogh: chair -"),
            ("Anna Krogh (A) (formand)", "Anna Krogh: chair A"),
            ("Anna Krogh (formand) (A)", "Anna Krogh: chair A"),
            ("Anna Krogh (A, formand)", "Anna Krogh: chair A"),
            ("Anna Krogh, formand (A)", "Anna Krogh: chair A"),
            ("Anna Krogh (A) – Formand", "Anna Krogh: chair A"),
            ("Anna Krogh (V) - næstformand", "Anna Krogh: vice_chair V"),
            ("Anna Krogh (O) formand", "Anna Krogh: chair O"),
            ("Anna Krogh (Borgmester), Bo Dahl (Deltager)", "Anna Krogh: mayor -"),
            ("Anna Krogh (A), 1. viceborgmester, Bo Dahl (V)", "Anna Krogh: deputy_mayor A; Bo Dahl: - V"),
            ("Anna Krogh, formand, Bo Dahl, næstformand", "Anna Krogh: chair -; Bo Dahl: vice_chair -"),
            (
                "Formand Anna Krogh, næstformand Bo Dahl og Per Toft",
                "Anna Krogh: chair -; Bo Dahl: vice_chair -",
            ),
            ("Anna Krogh (A), formand og Bo Dahl (V)", "Anna Krogh: chair A; Bo Dahl: - V"),
            (
                "Anna Krogh (Socialdemokratiet), Bo Dahl (Borgerlisten)",
                "Anna Krogh: - Socialdemokratiet; Bo Dahl: - Borgerlisten",
            ),
            ("Mette Bro, formand, DH", "Mette Bro: chair -"),
            // Offices elsewhere, and what is no party.
            ("Mette Bro, formand for Danske Seniorer", ""),
            ("Mette Bro, konstitueret formand", ""),
            ("Mette Bro (Danske Seniorer)", ""),
            ("Anna Krogh (ferie), Bo Dahl (deltog virtuelt)", ""),
        ] {
            let found: Vec<String> = read(line)
                .into_iter()
                .map(|one| {
                    let role = one.role.map(|role| serde_json::to_value(role).unwrap());
                    let role = role.as_ref().and_then(|role| role.as_str()).unwrap_or("-");
                    format!("{}: {role} {}", one.person, one.party.as_deref().unwrap_or("-"))
                })
                .collect();
            assert_eq!(found.join("; "), expected, "{line}");
        }
    }
}
