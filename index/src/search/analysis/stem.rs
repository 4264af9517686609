//! Words without their endings: Snowball's rules for Danish, what they miss by rule, and the rest by the table `families.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

/// Words that belong together: a family a line, `#` begins a comment. Each word of a line is compared as the first one; one
/// marked `*` also with its endings. Where the first begins with `=`, the rules would make another word of it, and it stays as it is.
const FAMILIES: &str = include_str!("families.txt");

/// Letters left at least when an ending that makes a noun of a verb is taken off.
const LEAST_OF_VERB: usize = 4;

/// Endings that make nouns of verbs. The longest first: "orientering" is what "orienteret" is without "eret".
const NOUNS_OF_VERBS: [&str; 3] = ["ering", "ning", "ing"];

/// Endings of verbs in the past; not of names like "Østhede".
const PAST: [&str; 2] = ["edes", "ede"];

/// Endings of participles that lose their t: "fordelt", "betalt", "socialt".
const PARTICIPLES: [&str; 4] = ["alt", "elt", "ilt", "ult"];
/// Letters that such a word has at least: "felt" and "salt" are none.
const LEAST_OF_PARTICIPLE: usize = 6;

/// Endings of a noun of one syllable that ends in a vowel, "byen", "stier": Snowball leaves them.
const SHORT_NOUN_ENDINGS: [&str; 9] = ["ernes", "erne", "ens", "ets", "ers", "ene", "en", "et", "er"];
/// Vowels that such a noun ends in.
const SHORT_NOUN_VOWELS: [char; 7] = ['y', 'i', 'ø', 'å', 'u', 'o', 'æ'];
/// Consonants that it begins with at most.
const SHORT_NOUN_CONSONANTS: usize = 3;

/// Short nouns whose last letter is doubled before an ending, "skatten", "haller": with it alone, "skater" and "hale" are other words.
const DOUBLED: [&str; 20] = [
    "bal", "blok", "bus", "flok", "gas", "hal", "hat", "kat", "klub", "kop", "krop", "net", "pas", "ret",
    "rum", "skat", "stok", "top", "trup", "ven",
];

static STEMS: LazyLock<Stems> = LazyLock::new(Stems::new);

/// The stems of words.
#[derive(Debug)]
pub(super) struct Stems {
    /// A word in one form, and the stem of its family.
    words: HashMap<String, String>,
    /// A stem, and the stem of its family.
    stems: HashMap<String, String>,
}

impl Stems {
    pub(super) fn get() -> &'static Self {
        &STEMS
    }

    fn new() -> Self {
        let mut stems = Self { words: HashMap::new(), stems: HashMap::new() };
        for line in FAMILIES.lines() {
            let words: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
            let Some(first) = words.first() else { continue };
            let family = match first.strip_prefix('=') {
                Some(kept) => kept.to_owned(),
                None => by_rule(first.trim_end_matches('*')),
            };
            for word in words {
                let word = word.trim_start_matches('=');
                match word.strip_suffix('*') {
                    Some(word) => stems.stems.insert(by_rule(word), family.clone()),
                    None => stems.words.insert(word.to_owned(), family.clone()),
                };
            }
        }
        stems
    }

    /// By Snowball's rules alone.
    pub(super) fn snowball(&self, word: &str) -> String {
        snowball(word)
    }

    /// A word in one form without its ending, as all its family.
    pub(super) fn stem(&self, word: &str) -> String {
        if let Some(family) = self.words.get(word) {
            return family.clone();
        }
        let stem = by_rule(word);
        match self.stems.get(&stem) {
            Some(family) => family.clone(),
            None => stem,
        }
    }
}

fn snowball(word: &str) -> String {
    Stemmer::new(Algorithm::Danish).stem(word).into_owned()
}

fn by_rule(word: &str) -> String {
    if let Some(noun) = short_noun(word) {
        return noun.to_owned();
    }
    if let Some(verb) = past(word) {
        return verb.to_owned();
    }
    let stem = snowball(word);
    if DOUBLED.contains(&stem.as_str()) && word[stem.len()..].starts_with('e') {
        return format!("{stem}e");
    }
    let stem = without_participle(&stem);
    let stem = without_noun_of_verb(stem);
    without_e_before_l(without_r_after_t(stem))
}

/// "byen", "stierne": one syllable that ends in a vowel, and an ending.
fn short_noun(word: &str) -> Option<&str> {
    let vowel = word.find(SHORT_NOUN_VOWELS)?;
    if vowel == 0
        || word[..vowel].chars().count() > SHORT_NOUN_CONSONANTS
        || word[..vowel].contains(['a', 'e'])
    {
        return None;
    }
    let end = vowel + word[vowel..].chars().next()?.len_utf8();
    SHORT_NOUN_ENDINGS.contains(&&word[end..]).then(|| &word[..end])
}

/// "besluttede", "drøftedes": Snowball takes the last e alone.
fn past(word: &str) -> Option<&str> {
    let verb = PAST.iter().find_map(|ending| word.strip_suffix(ending))?;
    let is_verb = verb.chars().count() >= LEAST_OF_VERB && !verb.ends_with('h');
    is_verb.then(|| without_double(verb))
}

fn without_participle(stem: &str) -> &str {
    let ends = PARTICIPLES.iter().any(|ending| stem.ends_with(ending));
    if ends && stem.chars().count() >= LEAST_OF_PARTICIPLE { &stem[..stem.len() - 1] } else { stem }
}

fn without_noun_of_verb(stem: &str) -> &str {
    for ending in NOUNS_OF_VERBS {
        let Some(verb) = stem.strip_suffix(ending) else { continue };
        if verb.chars().count() >= LEAST_OF_VERB {
            return without_double(verb);
        }
    }
    stem
}

/// A consonant that stands doubled before an ending stands alone without it.
fn without_double(stem: &str) -> &str {
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && !is_vowel(last) => {
            &stem[..stem.len() - last.len_utf8()]
        }
        _ => stem,
    }
}

/// "centret" and "center", "numre" and "nummer": the latter has lost its -er as an ending.
fn without_r_after_t(stem: &str) -> &str {
    match stem.strip_suffix('r') {
        Some(rest) if rest.ends_with(['t', 'm']) && rest.chars().count() > 2 => rest,
        _ => stem,
    }
}

/// "cykel" and "cykler", "middel" and "midler".
fn without_e_before_l(stem: &str) -> String {
    match stem.strip_suffix("el") {
        Some(rest) if stem.chars().count() > 4 && !rest.ends_with(is_vowel) => {
            let mut short = without_double(rest).to_owned();
            short.push('l');
            short
        }
        _ => stem.to_owned(),
    }
}

fn is_vowel(c: char) -> bool {
    "aeiouyæøå".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line is of one stem, and of another than the others.
    const FAMILIES: &[&str] = &[
        "indstilling indstiller indstillet indstillede indstillinger indstillingen indstilles",
        "beslutning besluttet beslutninger beslutter beslutte beslutningen",
        "barn børn børnene barnet børns",
        "by byen byer byernes",
        "sti stien stier stierne",
        "cykel cykler cyklen",
        "middel midler midlerne",
        "center centret centre centeret centrene",
        "orientering orienteret orienterer orienteringen",
        "godkendelse godkendt godkender godkendes",
        "udpegning udpeget udpeger udpeges",
        "vedtage vedtaget vedtog vedtages vedtagelse",
        "social socialt sociale",
        "fordele fordelt fordeles fordeling",
        "forvaltning forvaltningen forvaltninger",
        "parkering parkeringen parkere",
        "park parken parker",
        "toilet toilettet toiletter",
        "ledig ledige ledighed",
        "leder lederen ledelse",
        "museum museet museer",
        "udsættelse udsættelser udsat udsættes",
        "skat skatten skatter skatterne",
        "skater skateren skatere",
        "hal hallen haller hallerne",
        "hale halen haler",
        "ven vennen venner",
        "læge lægen læger lægerne",
        "lægge lægger lægges lagt",
        "ryge ryger rygning rygere",
        "ryg ryggen rygge",
    ];

    #[test]
    fn words_of_a_family_are_one_and_of_two_are_two() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for family in FAMILIES {
            let stems: Vec<String> = family.split(' ').map(|word| Stems::get().stem(word)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{family}: {stems:?}");
            assert_eq!(seen.insert(stems[0].clone(), family), None, "{family}");
        }
    }

    #[test]
    fn each_word_of_the_table_stands_once() {
        let mut seen = HashMap::new();
        for line in super::FAMILIES.lines() {
            for word in line.split('#').next().unwrap_or_default().split_whitespace() {
                let word = word.trim_start_matches('=');
                assert_eq!(seen.insert(word, line), None, "{word}");
            }
        }
    }
}
