//! What an entry is found by besides its words: its body, outcome, subject, caseworkers, title, and that it is closed, each as one term.

use minutes::{AgendaItem, Outcome};

/// Digits of a KLE number's levels, without the full stops: group, main subject, subject.
const KLE_DIGITS: [usize; 3] = [2, 4, 6];

/// That an item is marked as closed to the public.
pub(super) const CLOSED: &str = "closed";

/// That an entry is a meeting itself, and none of its items.
pub(super) const MEETING: &str = "meeting";

/// The body that met, by its key ([`minutes::body::key`]).
pub(super) fn body(key: &str) -> String {
    format!("body {key}")
}

/// What a decision amounts to.
pub(super) fn outcome(outcome: Outcome) -> String {
    format!("outcome {outcome:?}")
}

/// Somebody who works on the case, by [`minutes::person::key`].
pub(super) fn caseworker(key: &str) -> String {
    format!("caseworker {key}")
}

/// A subject of KLE: the digits of a group, main subject or subject, and nothing for anything else.
pub(super) fn kle(written: &str) -> Option<String> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    KLE_DIGITS.contains(&digits.len()).then(|| format!("kle {digits}"))
}

/// The words of a title in order, as a number; None for a title without words.
pub(super) fn title(title: &str) -> Option<String> {
    let key = minutes::person::key(title);
    (!key.is_empty()).then(|| format!("title {:016x}", number(&key)))
}

/// A number for a text (FNV-1a, 64 bits); never 0.
pub(super) fn number(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.max(1)
}

/// All that is known of an item.
pub(super) fn of_item(item: &AgendaItem) -> Vec<String> {
    let mut facts = Vec::new();
    let decided = item.decision.as_ref().map_or(Outcome::None, |decision| decision.outcome);
    facts.push(outcome(decided));
    for name in &item.caseworkers {
        let key = minutes::person::key(name);
        facts.extend(key.split(' ').filter(|word| !word.is_empty()).map(caseworker));
        facts.push(caseworker(&key));
    }
    if let Some(parts) = item.case_number.as_ref().and_then(minutes::CaseNumber::kle) {
        let digits: String = parts.subject.chars().filter(char::is_ascii_digit).collect();
        facts.extend(KLE_DIGITS.iter().filter_map(|length| kle(digits.get(..*length)?)));
    }
    facts.extend(item.title.as_deref().and_then(title));
    facts.extend(item.closed.then(|| CLOSED.to_owned()));
    facts
}
