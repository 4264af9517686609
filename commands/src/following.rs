//! What is followed, in words: shared by the commands about it and by what is told.

use index::{Cadence, Pause, Quiet, Reason, Subject};

use crate::{clock, danish};

/// Most things that one place follows: what is told stays readable, and a list of them can be looked through.
pub const MOST_FOLLOWED: usize = 25;

/// What the outbox calls the terminal's chat as a place.
pub const TERMINAL: &str = "terminal:chat";

/// Things followed that a message names as its reason; of more it tells how many.
const MOST_REASONS: usize = 5;

/// What is followed: `sagen 27.00.00-A00-5-15`, `Byrådet`, `emnet »varmestue«`, `alt`.
pub(crate) fn what(subject: Subject, label: &str) -> String {
    match subject {
        Subject::Case => format!("sagen {label}"),
        Subject::Body => label.to_owned(),
        Subject::Topic => format!("emnet »{label}«"),
        Subject::Everything => "alt".to_owned(),
    }
}

/// The same at the beginning of a line.
pub(crate) fn heading(subject: Subject, label: &str) -> String {
    danish::capital(&what(subject, label))
}

/// Whoever is told, as a message to them begins: `kanalen følger`.
pub(crate) fn follower(place: &str) -> &'static str {
    if place == TERMINAL { "du følger" } else { "kanalen følger" }
}

/// What is followed of all this, `sagen 27.00.00-A00-5-15 og emnet »varmestue«`.
pub(crate) fn reasons(reasons: &[Reason]) -> String {
    let mut named: Vec<String> =
        reasons.iter().take(MOST_REASONS).map(|reason| what(reason.subject, &reason.label)).collect();
    let left_out = reasons.len().saturating_sub(MOST_REASONS);
    if left_out > 0 {
        named.push(format!("{left_out} mere"));
    }
    danish::list(&named)
}

/// How soon it is told: also how one writes it.
pub(crate) fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::AtOnce => "straks",
        Cadence::Daily => "dagligt",
        Cadence::Weekly => "ugentligt",
    }
}

/// How soon it is told, with the day of what is told weekly.
pub(crate) fn cadence_in_full(soon: Cadence) -> &'static str {
    match soon {
        Cadence::AtOnce => "straks",
        Cadence::Daily => "dagligt, samlet på ét tidspunkt",
        Cadence::Weekly => "ugentligt, om mandagen",
    }
}

/// When nothing is told.
pub(crate) fn quiet(quiet: Option<Quiet>) -> String {
    match quiet.filter(|quiet| quiet.from != quiet.to) {
        Some(quiet) => clock::hours(quiet),
        None => "aldrig".to_owned(),
    }
}

/// Why nothing is told at present.
pub(crate) fn pause(pause: Pause) -> &'static str {
    match pause {
        Pause::Asked => "ja, nogen har bedt om det",
        Pause::NoAccess => "ja, fordi Referent ikke må skrive her",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_reasons_are_named_and_many_counted() {
        let reason = |number: usize| Reason {
            subject: Subject::Topic,
            label: format!("ord {number}"),
            items: Vec::new(),
        };
        let many: Vec<Reason> = (1..=7).map(reason).collect();
        assert_eq!(reasons(&many[..2]), "emnet »ord 1« og emnet »ord 2«");
        assert_eq!(
            reasons(&many),
            "emnet »ord 1«, emnet »ord 2«, emnet »ord 3«, emnet »ord 4«, emnet »ord 5« og 2 mere"
        );
    }
}
