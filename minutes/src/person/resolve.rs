//! Which names of one body in one term are the same person's. A name that may be two people's stays by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{is_drift, is_genitive, is_short_for};

/// More different names than any body has in a term: beyond that nothing is resolved, and no text can make it crawl.
const MOST_NAMES: usize = 300;

/// A name in the minutes about one body in one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention<'a> {
    /// See [`super::key`].
    pub key: &'a str,
    /// The party's letter beside it; None without one, or where the party is written out.
    pub letter: Option<char>,
    /// The list in which it stands with others: two names of one list are two people. None outside lists.
    pub list: Option<u64>,
}

/// What is known of one spelling.
#[derive(Default)]
struct Spelling {
    mentions: usize,
    letters: BTreeSet<char>,
    lists: BTreeSet<u64>,
}

/// For each spelling that is another name's: that name's key. Short names (`Bodil`, `Hanne K.`) are the one full name that they
/// fit; of two spellings a letter apart the more frequent one is the name.
pub fn resolve(mentions: &[Mention<'_>]) -> BTreeMap<String, String> {
    let mut spellings: BTreeMap<&str, Spelling> = BTreeMap::new();
    for mention in mentions {
        let spelling = spellings.entry(mention.key).or_default();
        spelling.mentions += 1;
        spelling.letters.extend(mention.letter);
        spelling.lists.extend(mention.list);
    }
    if spellings.len() > MOST_NAMES {
        return BTreeMap::new();
    }
    // Fuller names first: "Hanne" may be "Hanne K.", which is "Hanne Kvist".
    let mut keys: Vec<&str> = spellings.keys().copied().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.len()));
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for key in &keys {
        let fuller = keys.iter().copied().filter(|other| is_short_for(key, other));
        let full = only(fuller.map(|other| names.get(other).copied().unwrap_or(other)));
        let name = match full {
            Fit::One(full) => Some(full),
            Fit::None if keys.iter().any(|other| is_genitive(key, other)) => key.strip_suffix('s'),
            Fit::None => match only(keys.iter().filter(|other| is_drift(key, other)).copied()) {
                Fit::One(other) => Some(other).filter(|other| is_rarer(&spellings, key, other)),
                Fit::None | Fit::Several => None,
            },
            Fit::Several => None,
        };
        if let Some(name) = name.filter(|name| *name != *key && !are_apart(&spellings, key, name)) {
            names.insert(key, name);
        }
    }
    let end = |name: &str| names.get(name).copied().unwrap_or(name).to_owned();
    names.iter().map(|(key, name)| ((*key).to_owned(), end(name))).collect()
}

/// The rarer of two spellings; of two as rare, the later one in the alphabet.
fn is_rarer(spellings: &BTreeMap<&str, Spelling>, key: &str, other: &str) -> bool {
    let mentions = |key: &str| spellings.get(key).map_or(0, |spelling| spelling.mentions);
    (mentions(key), other) < (mentions(other), key)
}

/// Whether two names stand in one list, or beside different parties only.
fn are_apart(spellings: &BTreeMap<&str, Spelling>, key: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (spellings.get(key), spellings.get(other)) else { return false };
    let have_letters = !one.letters.is_empty() && !other.letters.is_empty();
    !one.lists.is_disjoint(&other.lists) || (have_letters && one.letters.is_disjoint(&other.letters))
}

/// The one of these names that a name is, whole, short, or a letter apart; None where nobody or several fit.
pub fn find<'a>(key: &str, names: &[&'a str]) -> Option<&'a str> {
    if let Some(same) = names.iter().copied().find(|name| *name == key) {
        return Some(same);
    }
    for fits in [is_short_for, |key: &str, name: &str| is_short_for(name, key), is_genitive, is_drift] {
        match only(names.iter().copied().filter(|name| fits(key, name))) {
            Fit::One(name) => return Some(name),
            Fit::Several => return None,
            Fit::None => {}
        }
    }
    None
}

/// How many fit.
enum Fit<'a> {
    None,
    One(&'a str),
    Several,
}

fn only<'a>(found: impl Iterator<Item = &'a str>) -> Fit<'a> {
    let mut fit = Fit::None;
    for one in found {
        match fit {
            Fit::None => fit = Fit::One(one),
            Fit::One(known) if known == one => {}
            Fit::One(_) | Fit::Several => return Fit::Several,
        }
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::super::key;
    use super::*;

    /// Names as `Ida Holm (A) 1`: the party's letter and the list, each where there is one.
    #[track_caller]
    fn check(names: &[&str], expected: &[(&str, &str)]) {
        let keys: Vec<String> =
            names.iter().map(|name| key(name.split(['(', '1', '2']).next().unwrap())).collect();
        let mentions: Vec<Mention<'_>> = names
            .iter()
            .zip(&keys)
            .map(|(name, key)| Mention {
                key,
                letter: name.split_once('(').and_then(|(_, rest)| rest.chars().next()),
                list: name.chars().last().and_then(|last| last.to_digit(10)).map(u64::from),
            })
            .collect();
        let found: Vec<(String, String)> = resolve(&mentions).into_iter().collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(name, of)| (key(name), key(of))).collect();
        assert_eq!(found, expected, "{names:?}");
    }

    #[test]
    fn names_are_resolved_where_only_one_fits() {
        check(&["Bodil", "Bodil Egesvang"], &[("Bodil", "Bodil Egesvang")]);
        check(&["Bodil", "Bodil Egesvang", "Bodil Dahl"], &[]);
        check(&["Hanne", "Hanne K.", "Hanne Kvist"], &[("Hanne", "Hanne Kvist"), ("Hanne K", "Hanne Kvist")]);
        check(&["Hanne K.", "Hanne Ø.", "Hanne Kvist"], &[("Hanne K", "Hanne Kvist")]);
        check(
            &["Hanne", "Hanne K.", "Hanne Ø.", "Hanne Kvist", "Hanne Ørts"],
            &[("Hanne K", "Hanne Kvist"), ("Hanne Ø", "Hanne Ørts")],
        );
        check(&["Bo Dahl", "Bo Ravn Dahl", "Bo Per Dahl"], &[]);
    }

    #[test]
    fn two_of_one_list_are_two() {
        check(&["Bo Dahl 1", "Bo Ravn Dahl 1"], &[]);
        check(&["Bo Dahl 1", "Bo Ravn Dahl 2"], &[("Bo Dahl", "Bo Ravn Dahl")]);
        check(&["Hans Ejner Søby 1", "Hans Ejnar Søby 1"], &[]);
    }

    #[test]
    fn the_rarer_spelling_is_the_others() {
        let ejnar = [("Hans Ejnar Søby", "Hans Ejner Søby")];
        check(&["Hans Ejner Søby", "Hans-Ejner Søby", "Hans Ejnar Søby"], &ejnar);
        check(&["Hans Ejnar Søby", "Hans Ejner Søby"], &[("Hans Ejner Søby", "Hans Ejnar Søby")]);
        check(
            &["H. E. Søby", "Hans Ejner Søby", "Hans Ejner Søby", "Hans Ejnar Søby"],
            &[("H E Søby", "Hans Ejner Søby"), ("Hans Ejnar Søby", "Hans Ejner Søby")],
        );
    }

    #[test]
    fn a_genitive_is_no_name_of_its_own() {
        check(&["Ida Egs", "Ida Eg"], &[("Ida Egs", "Ida Eg")]);
        check(&["Ida Egs 1", "Ida Eg 1"], &[]);
        check(&["Ida Egs"], &[]);
        assert_eq!(find("ida egs", &["bo dahl", "ida eg"]), Some("ida eg"));
    }

    #[test]
    fn other_parties_are_other_people() {
        check(&["Bo Dahl (A)", "Bo Ravn Dahl (V)"], &[]);
        check(&["Bo Dahl (A)", "Bo Ravn Dahl (A)"], &[("Bo Dahl", "Bo Ravn Dahl")]);
        check(&["Bo Dahl", "Bo Ravn Dahl (A)"], &[("Bo Dahl", "Bo Ravn Dahl")]);
    }

    #[test]
    fn a_name_is_found_among_others() {
        let names = ["hanne kvist", "hanne oerts", "hans ejner soeby"];
        for (typed, expected) in [
            ("hanne kvist", Some("hanne kvist")),
            ("hanne k", Some("hanne kvist")),
            ("hanne", None),
            ("hanne marie kvist", Some("hanne kvist")),
            ("hans ejnar soeby", Some("hans ejner soeby")),
            ("bodil", None),
        ] {
            assert_eq!(find(typed, &names), expected, "{typed}");
        }
    }
}
