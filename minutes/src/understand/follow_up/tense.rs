//! Whether what a sentence ties to a day has happened or is to come. Needed for days without a year: "den 28. januar" is
//! last week or next year.
//!
//! The verb of the clause in which the day stands decides: the nearest one before it, else the first one after it. Danish
//! verbs are told by tables and by their endings; this is no grammar.

use std::sync::LazyLock;

use super::verbs::{
    CLAUSE_WORDS, DEFINITE_NOUNS, DONE, LOOKS_AHEAD, NOT_PASSIVE, NOT_PAST, NOT_PRESENT, PARTICIPLE_ENDS,
    PARTICIPLES, PAST, PAST_AUXILIARIES, PRESENT, SAID,
};
use crate::{Pattern, pattern};

/// When something happens, as far as the words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    /// Likely past ("er modtaget"), or nothing told.
    Open,
    Ahead,
}

/// Words that tell of a day as that of something before: "referat af mødet den", "siden den", "brev af".
static LOOKS_BACK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\bsiden(?:\s+\p{L}+){0,2}|\bdateret",
        r"|(?:referat\p{L}*\s+(?:af|fra)|\bfra|\bbaggrund\s+af|opfølgning\s+på|forlængelse\s+af)\s+\p{L}*(?:møde|dag|besøg|konference|seminar)\p{L}*",
        r"|\b(?:blev|er|var)\s+(?:\p{L}+\s+){0,2}?(?:besluttet|aftalt|nævnt|omtalt|oplyst|vedtaget|godkendt|behandlet|drøftet)\s+(?:på|ved)\s+(?:\p{L}+\s+){0,2}?\p{L}*mødet?",
        r"|(?:aftale|brev|mail|skrivelse|notat|lov|dom|afgørelse|udtalelse|henvendelse)\p{L}*\s+(?:af|fra))",
        r"\s+(?:d(?:en|\.)\s+)?$",
    ))
});

/// "fra tirsdag den 5. til …" is no day looked back at.
static FROM_WEEKDAY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bfra\s+(?:man|tirs|ons|tors|fre|lør|søn)dag\s+(?:d(?:en|\.)\s+)?$"));

/// How far before a day its words are looked at.
const WINDOW: usize = 400;

/// How far after "har" or "er" its participle stands, in words.
const PARTICIPLE_WITHIN: usize = 5;

/// Whether what happens on the day between `before` and `after` has happened.
pub(super) fn of_day(before: &str, after: &str) -> Tense {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(WINDOW))..];
    let after = &after[..after.floor_char_boundary(WINDOW)];
    if LOOKS_BACK.is_match(before) && !FROM_WEEKDAY.is_match(before) {
        return Tense::Past;
    }
    let words = words(before);
    let here = words.iter().rposition(|word| begins_clause(word)).unwrap_or(0);
    let after = clause(after);
    told_before(&words[here..], &after)
        .or_else(|| told_after(&after))
        .or_else(|| told_before(&words[..here], &after))
        .unwrap_or(Tense::Open)
}

/// Whether the words hold a verb in the present or in the passive.
pub(super) fn has_present(text: &str) -> bool {
    let words = words(text);
    (0..words.len()).any(|at| ["er", "har"].contains(&&*words[at].lower) || is_present(&words, at))
}

/// Whether a sentence tells what somebody did or was to do before: its first verb is in the past, and no later one is not.
pub(super) fn is_old_plan(text: &str) -> bool {
    let words = words(text);
    let past = |at: &usize| is_past(&words[*at].lower) && !LOOKS_AHEAD.contains(&&*words[*at].lower);
    let asks = words.iter().any(|word| ["blev", "bad", "anmodede", "ønskede"].contains(&&*word.lower));
    !asks && (0..words.len()).any(|at| past(&at)) && !(0..words.len()).any(|at| is_present(&words, at))
}

/// A word of a clause.
struct Word<'t> {
    text: &'t str,
    lower: String,
    /// Whether a comma, colon or semicolon stands right before it.
    parted: bool,
}

fn begins_clause(word: &Word<'_>) -> bool {
    word.parted || CLAUSE_WORDS.contains(&&*word.lower)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut parted = false;
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            words.push(Word { text: bare, lower: bare.to_lowercase(), parted });
            parted = false;
        }
        parted |= piece.ends_with([',', ';', ':']);
    }
    words
}

/// The words after a day up to the end of its clause.
fn clause(after: &str) -> Vec<Word<'_>> {
    let end = after.find([',', ';', ':']).unwrap_or(after.len());
    words(&after[..end])
}

/// What the nearest verb of the words before a day tells; None when there is none.
fn told_before(words: &[Word<'_>], after: &[Word<'_>]) -> Option<Tense> {
    for at in (0..words.len()).rev() {
        let lower = &*words[at].lower;
        // Only "den" between it and the day: the day is that of the verb itself.
        let adjacent = words[at + 1..].iter().all(|word| ["den", "d", "pr"].contains(&&*word.lower));
        if LOOKS_AHEAD.contains(&lower) && is_done_before(words, at) {
            return Some(Tense::Past);
        } else if LOOKS_AHEAD.contains(&lower) {
            match (adjacent, SAID.contains(&lower)) {
                (true, true) => return Some(Tense::Past),
                (true, false) => {}
                // What was told of may have been, or be to come.
                (false, true) => return Some(Tense::Open),
                (false, false) => return Some(Tense::Ahead),
            }
        } else if ["har", "er"].contains(&lower) {
            return Some(of_auxiliary(lower, words[at + 1..].iter().chain(after)));
        } else if is_past(lower) && !is_after_auxiliary(&words[..at], lower) && !is_noun(words, at) {
            return Some(Tense::Past);
        } else if is_present(words, at) {
            return Some(Tense::Ahead);
        } else if lower == "at" && words.get(at + 1).is_some_and(|next| next.lower != "have") {
            // An infinitive: what is still to be done.
            return Some(Tense::Ahead);
        }
    }
    None
}

/// "blev lukket i september", "blev sat i gang i foråret", but "er lukket", "blev sat til den 3. april".
fn is_done_before(words: &[Word<'_>], at: usize) -> bool {
    let is_act = match &*words[at].lower {
        // "har lukket" is "er lukket".
        "lukket" => words[..at].last().is_none_or(|word| word.lower != "har"),
        "sat" => words.get(at + 1).is_some_and(|next| ["i", "ind", "ned", "op"].contains(&&*next.lower)),
        _ => false,
    };
    is_act && words[..at].iter().rev().take(3).any(|word| PAST_AUXILIARIES.contains(&&*word.lower))
}

/// "vil blive afholdt": a form that is past by itself and a participle after such words.
fn is_after_auxiliary(before: &[Word<'_>], word: &str) -> bool {
    let auxiliaries = ["blive", "bliver", "blevet", "være", "er", "har", "blev"];
    word.ends_with("holdt") && before.iter().rev().take(3).any(|word| auxiliaries.contains(&&*word.lower))
}

/// "ved kontraktens udløb": the noun, not the verb.
fn is_noun(words: &[Word<'_>], at: usize) -> bool {
    words[at].lower == "udløb"
        && at.checked_sub(1).is_none_or(|before| {
            let before = &*words[before].lower;
            ["ved", "efter", "før", "inden", "til"].contains(&before) || before.ends_with('s')
        })
}

/// What the first verb after a day tells.
fn told_after(words: &[Word<'_>]) -> Option<Tense> {
    let at = (0..words.len()).find(|at| {
        let lower = &*words[*at].lower;
        ["har", "er"].contains(&lower) || is_past(lower) || is_present(words, *at)
    })?;
    let lower = &*words[at].lower;
    let rest = &words[at + 1..];
    Some(match lower {
        "har" | "er" => of_auxiliary(lower, rest.iter()),
        // "Temadagen den 6. maj blev omtalt."
        "blev"
            if rest.first().is_some_and(|next| ["omtalt", "nævnt", "annonceret"].contains(&&*next.lower)) =>
        {
            Tense::Ahead
        }
        _ if is_past(lower) => Tense::Past,
        _ => Tense::Ahead,
    })
}

/// "har ansøgt", "er godkendt" are past, "har åbent", "er mandag" are not.
fn of_auxiliary<'w>(auxiliary: &str, rest: impl Iterator<Item = &'w Word<'w>>) -> Tense {
    let near: Vec<&str> = rest.take(PARTICIPLE_WITHIN).map(|word| &*word.lower).collect();
    if near.iter().any(|word| LOOKS_AHEAD.contains(word)) {
        return Tense::Ahead;
    }
    match near.iter().find(|word| is_participle(word)) {
        Some(_) if auxiliary == "har" => Tense::Past,
        Some(word) if DONE.contains(word) => Tense::Past,
        Some(_) => Tense::Open,
        None => Tense::Ahead,
    }
}

/// "ansøgt", "modtaget", "holdt": the ending tells, longer words only.
fn is_participle(word: &str) -> bool {
    PARTICIPLES.contains(&word)
        || (word.len() > 4
            && PARTICIPLE_ENDS.iter().any(|end| word.ends_with(end))
            && !DEFINITE_NOUNS.iter().any(|noun| word.ends_with(noun)))
}

fn is_past(word: &str) -> bool {
    let preterite = (word.ends_with("ede") && word.chars().count() >= 6) || word.ends_with("lagde");
    PAST.contains(&word) || (preterite && !NOT_PAST.contains(&word))
}

/// Whether a word is a verb in the present: a known one, a passive in "es", or one in "er" where a verb can stand.
fn is_present(words: &[Word<'_>], at: usize) -> bool {
    let word = &*words[at].lower;
    let length = word.chars().count();
    if PRESENT.contains(&word) || (length >= 4 && word.ends_with("es") && !NOT_PASSIVE.contains(&word)) {
        return true;
    }
    if length < 5 || !word.ends_with("er") || NOT_PRESENT.contains(&word) {
        return false;
    }
    // After its subject or after "og": "Cykelstien åbner", "og inviterer", "Pia deltager"; but "mange elever".
    at.checked_sub(1).is_some_and(|before| {
        let subject = &words[before];
        let definite =
            ["en", "et", "ne"].iter().any(|end| subject.lower.ends_with(end)) && subject.lower.len() > 4;
        let name =
            before > 0 && subject.text.starts_with(char::is_uppercase) && !subject.lower.ends_with('s');
        definite
            || name
            || ["og", "der", "som", "han", "hun", "man", "vi", "de", "det", "den"].contains(&&*subject.lower)
    })
}
