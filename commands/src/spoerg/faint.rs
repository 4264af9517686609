//! Words that tell little of what a question is about: left out where nothing has all of its words, and that is said.

use index::SearchFilter;

use super::table;
use super::words::Words;
use crate::Context;

/// Question words after which the verb stands ("hvornår bygges hallen?"); after others a noun does ("hvilke skoler").
const BEFORE_A_VERB: [&str; 6] = ["hvad", "hvem", "hvornaar", "hvorfor", "hvordan", "hvor"];

/// Verbs before what somebody has or has done.
const HAD: [&str; 3] = ["har", "havde", "fik"];
/// Words for a case that was named before.
const PRONOUNS: [&str; 5] = ["den", "det", "sagen", "denne", "dette"];

/// Takes them out of a question whose words do not all stand in one place, and gives them as typed; empty where they were not in the
/// way, or where they are all that is asked about.
pub(super) fn leave_out(context: &Context<'_>, words: &mut Words<'_>) -> Vec<String> {
    let is_aspect = |at: usize| words.all[at].is_topic() && table::is_aspect(&words.all[at].folded);
    let faint: Vec<usize> =
        (0..words.all.len()).filter(|at| is_faint(words, *at) || is_aspect(*at)).collect();
    let left = words.topic_besides(&faint);
    if faint.is_empty() || left.is_empty() || has_all(context, &words.topic()) {
        return Vec::new();
    }
    faint
        .into_iter()
        .map(|at| {
            words.take(at, 1);
            words.all[at].text.to_owned()
        })
        .collect()
}

/// Whether every word that tells what is asked about tells little: it asks of a case that another answer showed, and names none. Where
/// such a case is named by a pronoun (`refers`), so does what somebody has ("hvem har ansvaret for den?").
pub(super) fn is_all(words: &Words<'_>, refers: bool) -> bool {
    let tells_little = |at: &usize| {
        let word = &words.all[*at];
        let is_had = || at.checked_sub(1).is_some_and(|had| HAD.contains(&words.all[had].folded.as_str()));
        let is_lower = !word.is_quoted && word.text.chars().all(char::is_lowercase);
        is_faint(words, *at) || is_lower && (table::is_aspect(&word.folded) || refers && is_had())
    };
    let faint: Vec<usize> = (0..words.all.len()).filter(tells_little).collect();
    words.topic_besides(&faint).is_empty()
}

/// Whether a pronoun for a case stands in a question, with no topic after it: in "den nye skole" it is none.
pub(super) fn refers(words: &Words<'_>) -> bool {
    let is_that = |word: &super::words::Word<'_>| !word.is_time && PRONOUNS.contains(&word.folded.as_str());
    let Some(at) = words.all.iter().rposition(is_that) else { return false };
    words.all[at + 1..].iter().all(|word| !word.is_topic() || table::is_aspect(&word.folded))
}

fn is_faint(words: &Words<'_>, at: usize) -> bool {
    let word = &words.all[at];
    let is_lower = word.text.chars().all(char::is_lowercase);
    let is_verb = || {
        let before = at.checked_sub(1).map(|before| words.all[before].folded.as_str());
        before.is_some_and(|before| BEFORE_A_VERB.contains(&before))
    };
    word.is_topic() && !word.is_quoted && is_lower && (table::is_faint(&word.folded) || is_verb())
}

/// Whether something has all the words as they are typed.
fn has_all(context: &Context<'_>, topic: &str) -> bool {
    // Where the search cannot be asked, it says so itself.
    let Ok(found) = context.archive.find(topic, &SearchFilter::default(), 1, 0, |_| true) else {
        return true;
    };
    !found.hits.is_empty() && !found.reading.is_partial && found.reading.corrected.is_empty()
}
