//! Whether a name is the one that was typed, or a part of it, or nearly so. Names and typing are compared folded.

use crate::danish;

/// A misspelt name this many letters away may still be meant.
const MOST_SLIPS: usize = 2;

/// So many letters for each slip: in a shorter word, two slips make another word.
const LETTERS_PER_SLIP: usize = 3;

/// Whether a name fits what was typed.
type Fit = fn(&str, &str) -> bool;

/// How names of bodies end, as they are compared.
const KINDS: [&str; 3] = ["udvalg", "raad", "naevn"];

/// Letters of the word that a short name is made of, at least.
const LEAST_OF_SHORT_NAME: usize = 4;

/// "klimaudvalg" for "plan klima miljøudvalg": the kind with one of the name's words.
fn is_short_name(name: &str, wanted: &str) -> bool {
    KINDS.iter().any(|kind| match (name.strip_suffix(kind), wanted.strip_suffix(kind)) {
        (Some(name), Some(own)) => {
            own.chars().count() >= LEAST_OF_SHORT_NAME
                && name.split(' ').any(|word| word == own || word.strip_suffix('s') == Some(own))
        }
        _ => false,
    })
}

/// The strictest test first: the same, beginning, beginnings of words, any part, a short name.
const FITS: [Fit; 5] = [
    |name, wanted| name == wanted,
    |name, wanted| name.starts_with(wanted),
    |name, wanted| wanted.split(' ').all(|part| name.split(' ').any(|word| word.starts_with(part))),
    |name, wanted| name.contains(wanted),
    is_short_name,
];

/// A name or what was typed, in the two ways in which letters are written out.
pub(super) struct Wanted {
    folded: String,
    short: String,
}

impl Wanted {
    /// From what names are compared by.
    pub(super) fn new(key: &str) -> Self {
        Self { folded: danish::fold(key), short: danish::fold_short(key) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    fn fits(&self, name: &Self, fit: Fit) -> bool {
        fit(&name.folded, &self.folded) || fit(&name.short, &self.short)
    }
}

/// Those that fit by the strictest test that any passes.
pub(super) fn strictest<'a, T>(all: &'a [T], key: fn(&T) -> &str, wanted: &Wanted) -> Vec<&'a T> {
    let names: Vec<(Wanted, &T)> = all.iter().map(|one| (Wanted::new(key(one)), one)).collect();
    for fit in FITS {
        let found: Vec<&T> =
            names.iter().filter(|(name, _)| wanted.fits(name, fit)).map(|(_, one)| *one).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Those that fit by any test, in the order given.
pub(super) fn any<'a, T>(all: &'a [T], key: fn(&T) -> &str, wanted: &Wanted) -> Vec<&'a T> {
    let fits = |one: &&T| {
        let name = Wanted::new(key(one));
        FITS.iter().any(|fit| wanted.fits(&name, *fit))
    };
    all.iter().filter(fits).collect()
}

/// Those a few slips away, the nearest first: the whole name, as much of it as was typed, or a word of it.
pub(super) fn nearest<'a, T>(all: &'a [T], key: fn(&T) -> &str, wanted: &Wanted) -> Vec<&'a T> {
    let letters = wanted.folded.chars().count();
    let most = MOST_SLIPS.min(letters / LETTERS_PER_SLIP);
    let near = |part: &str| {
        let alike = part.chars().count().abs_diff(letters) <= most;
        alike.then(|| strsim::osa_distance(part, &wanted.folded)).filter(|distance| *distance <= most)
    };
    let distance = |name: &str| {
        let begun: String = name.chars().take(letters).collect();
        [name, begun.as_str()].into_iter().chain(name.split(' ')).filter_map(near).min()
    };
    let mut found: Vec<(usize, &T)> =
        all.iter().filter_map(|one| Some((distance(&danish::fold(key(one)))?, one))).collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] =
        ["social sundhedsudvalg", "beskæftigelsesudvalg", "beskæftigelsesråd", "råd", "ældreråd"];

    fn key<'n>(name: &'n &'static str) -> &'n str {
        name
    }

    #[track_caller]
    fn check(typed: &str, expected: [&[&str]; 3]) {
        let wanted = Wanted::new(typed);
        let of = |found: Vec<&&'static str>| found.into_iter().copied().collect::<Vec<_>>();
        assert_eq!(of(strictest(&NAMES, key, &wanted)), expected[0], "strictest: {typed}");
        assert_eq!(of(any(&NAMES, key, &wanted)), expected[1], "any: {typed}");
        assert_eq!(of(nearest(&NAMES, key, &wanted)), expected[2], "nearest: {typed}");
    }

    #[test]
    fn names_are_found_by_what_is_typed() {
        check("raad", [&["råd"], &["beskæftigelsesråd", "råd", "ældreråd"], &["råd"]]);
        check("sundhed", [&["social sundhedsudvalg"], &["social sundhedsudvalg"], &[]]);
        check(
            "udvalg",
            [
                &["social sundhedsudvalg", "beskæftigelsesudvalg"],
                &["social sundhedsudvalg", "beskæftigelsesudvalg"],
                &[],
            ],
        );
        check("aeldrerad", [&["ældreråd"], &["ældreråd"], &["ældreråd"]]);
        check("ældrerpd", [&[], &[], &["ældreråd"]]);
        check("soical sun", [&[], &[], &["social sundhedsudvalg"]]);
        check("xy", [&[], &[], &[]]);
        check("socialudvalg", [&["social sundhedsudvalg"], &["social sundhedsudvalg"], &[]]);
        check("socialråd", [&[], &[], &[]]);
        check("socudvalg", [&[], &[], &[]]);
    }
}
