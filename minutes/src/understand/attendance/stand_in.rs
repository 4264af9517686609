//! Sentences that tell who came instead of whom: `I stedet for A deltog B`, `B deltog som stedfortræder for A`. Who came was there.

use std::sync::LazyLock;

use crate::model::{Attendance, Substitute};
use crate::understand::names::{self, Name};
use crate::{Pattern, pattern};

/// Verbs of one who is at a meeting.
const CAME: &str = "(?:deltog|deltager|deltog i mødet|mødte|møder|mødte op|var mødt|er mødt|mødt|trådte til|er indkaldt|var indkaldt|blev indkaldt)";

/// What one who stands in is called.
const SUBSTITUTE: &str = r"(?:(?:[1-3]\.|første|anden|personlig) ?)?(?:stedfortræder|suppleant)";

/// Before the name of who came: `Som stedfortræder deltog`, `I hans sted mødte`, `Stedfortræder:`.
static CAME_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)^(?:som {sub}(?:en|e|er)?(?: for (?:ham|hende|vedkommende|dem))? {came} ",
            r"|i (?:stedet|(?:hans|hendes|deres|vedkommendes) sted) {came}(?: {sub}(?:en)?)? ",
            r"|{sub}(?:en|e|er)?: ?)$",
        ),
        sub = SUBSTITUTE,
        came = CAME
    ))
});
/// After the name of who came: `deltog som stedfortræder`, `mødte i stedet`.
static CAME_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^ {CAME}(?: i mødet)? (?:som {SUBSTITUTE}(?:e|er)?|i stedet|i (?:hans|hendes|deres|vedkommendes) sted)(?: for (?:ham|hende|vedkommende))?\.?$"
    ))
});
/// Between who came and who was absent.
static CAME_FOR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(?:,| -| –)? \(?(?:{CAME}(?: i mødet)? )?(?:i stedet for|i (?:hans|hendes) sted for|som {SUBSTITUTE} for|(?:personlig )?{SUBSTITUTE} for|for) $"
    ))
});
/// Before who was absent, where who came stands after: `I stedet for A deltog B`.
static INSTEAD_OF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"(?i)^(?:i stedet for|som {SUBSTITUTE} for|{SUBSTITUTE} for) (?:\p{{Lu}}\p{{L}}+ )?$"))
});
static THEN_CAME: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"(?i)^(?:: ?| {CAME}(?: i mødet)?(?: {SUBSTITUTE}(?:en)?)? )$")));
/// `I stedet for Karl deltog B`: by the first name alone.
static INSTEAD_OF_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"^(?:I stedet for|Som {SUBSTITUTE} for) (\p{{Lu}}\p{{L}}+) {CAME}(?: i mødet)? $"))
});
/// Between who was absent and who came, in the same breath: `A, i stedet deltog B`, `A; stedfortræder: B`.
static INSTEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(?:(?:,| -| –)? \(?(?:(?:med|uden) )?afbud\)?)?(?:[,;]| -| –| \()? ?(?:i (?:stedet|(?:hans|hendes) sted) {CAME} |som {SUBSTITUTE} {CAME} |{SUBSTITUTE}:? ?)$"
    ))
});
static FOR_WHOM: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)^,? (?:for hvem|i hvis sted) $"));
/// Before the name of who came, where the verb follows it: `suppleant B mødte`.
static AS_SUBSTITUTE: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!(r"(?i)^{SUBSTITUTE} $")));
static ONLY_CAME: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"(?i)^ {CAME}(?: i stedet)?\)?\.?$")));

/// Notes who came for whom, and that who did not was absent.
pub(super) fn tell(away: &mut Attendance, who: &str, absent: Option<String>) {
    away.absent.extend(absent.iter().filter(|name| !away.absent.contains(name)).cloned().collect::<Vec<_>>());
    away.substitutes.push(Substitute { person: who.to_owned(), stands_in_for: absent });
}

/// Parts a sentence before what tells who came instead, where several were absent or several came: `A og B; i stedet mødte C`.
pub(super) fn parted(sentence: &str) -> Vec<&str> {
    static TURNS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:[,;]| -| –) ((?:i (?:stedet|(?:hans|hendes|deres) sted)|som {SUBSTITUTE}(?:er|e)?) {CAME} )"
        ))
    });
    let found =
        TURNS.captures(sentence).and_then(|found| Some((found.get(0)?.start(), found.get(1)?.start())));
    match found {
        Some((end, start)) if names::in_text(sentence).len() > 2 => {
            vec![&sentence[..end], &sentence[start..]]
        }
        _ => vec![sentence],
    }
}

/// The parts of a series in which one tells who came instead of whom; empty where none does.
pub(super) fn each_apart(series: &str) -> Vec<&str> {
    let parts = at_top(series);
    let tells = |part: &&str| read(part, &[], &mut Attendance::default());
    if parts.len() > 1 && parts.iter().any(tells) { parts } else { Vec::new() }
}

/// The parts between the commas and semicolons that stand in no parentheses.
fn at_top(series: &str) -> Vec<&str> {
    let (mut parts, mut from, mut open) = (Vec::new(), 0, 0_usize);
    for (at, sign) in series.char_indices() {
        match sign {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            ',' | ';' if open == 0 => {
                parts.push(series[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(series[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads a sentence; false when it tells of nobody who stood in. `just_told` are those told to be absent right before it.
pub(super) fn read(sentence: &str, just_told: &[String], away: &mut Attendance) -> bool {
    let people = names::in_text(sentence);
    let only_one = || match just_told {
        [only] => Some(only.clone()),
        _ => None,
    };
    match people.as_slice() {
        [] => false,
        [who] => {
            let (before, after) = (&sentence[..who.start], &sentence[who.end..]);
            let ends = after.trim_end_matches('.').trim().is_empty();
            if ends && let Some(found) = INSTEAD_OF_FIRST.captures(before) {
                let first = |name: &&String| name.split(' ').next() == found.get(1).map(|word| word.as_str());
                let absent = just_told.iter().find(first).cloned();
                tell(away, &who.person, absent);
                return true;
            }
            let came = (ends && CAME_BEFORE.is_match(before))
                || (before.is_empty() && CAME_AFTER.is_match(after))
                || (AS_SUBSTITUTE.is_match(before) && ONLY_CAME.is_match(after));
            if came {
                tell(away, &who.person, only_one());
            }
            came
        }
        [one, other] => two(sentence, one, other, away) || several(sentence, &people, away),
        _ => several(sentence, &people, away),
    }
}

/// A sentence with one who was absent and one who came.
fn two(sentence: &str, one: &Name, other: &Name, away: &mut Attendance) -> bool {
    let (before, gap) = (&sentence[..one.start], &sentence[one.end..other.start]);
    let after = &sentence[other.end..];
    let ends = after.trim_end_matches(['.', ')']).trim().is_empty();
    let came_second = (ends && INSTEAD_OF.is_match(before) && THEN_CAME.is_match(gap))
        || (before.is_empty() && ends && INSTEAD.is_match(gap))
        || (before.is_empty() && FOR_WHOM.is_match(gap) && ONLY_CAME.is_match(after))
        || (before.is_empty() && INSTEAD.is_match(gap) && ONLY_CAME.is_match(after))
        || (before.is_empty()
            && ["-", "–", ",", ";", "- (", "– ("].contains(&gap.trim())
            && CAME_AFTER.is_match(after.trim_end_matches(')')));
    let opens = before.is_empty() || CAME_BEFORE.is_match(before.trim_start_matches('('));
    let came_first = opens && ends && CAME_FOR.is_match(gap);
    // "A, suppleant: B (mødte ikke)": called in vain.
    if came_second && other.note.as_deref().is_some_and(did_not_come) {
        away.absent.extend([one.person.clone(), other.person.clone()]);
    } else if came_second {
        tell(away, &other.person, Some(one.person.clone()));
    } else if came_first {
        tell(away, &one.person, Some(other.person.clone()));
    }
    came_second || came_first
}

fn did_not_come(note: &str) -> bool {
    const NOT: [&str; 7] =
        ["mødte ikke", "deltog ikke", "ikke mødt", "ej mødt", "ikke til stede", "afbud", "forhindret"];
    let lower = note.to_lowercase();
    NOT.iter().any(|words| lower.starts_with(words))
}

/// `Som stedfortrædere deltog B og C`: for whom each came is not told.
fn several(sentence: &str, people: &[Name], away: &mut Attendance) -> bool {
    let (Some(first), Some(last)) = (people.first(), people.last()) else { return false };
    let (before, after) = (&sentence[..first.start], &sentence[last.end..]);
    let ends = after.trim_end_matches('.').trim().is_empty();
    let came = (ends && CAME_BEFORE.is_match(before)) || (before.is_empty() && CAME_AFTER.is_match(after));
    let joined = people
        .windows(2)
        .all(|pair| [",", "og", "samt", ", og"].contains(&sentence[pair[0].end..pair[1].start].trim()));
    let lower = sentence.to_lowercase();
    let instead = ["stedfortræder", "i stedet ", " sted "].iter().any(|word| lower.contains(word));
    if !came || !joined || !instead {
        return false;
    }
    for who in people {
        tell(away, &who.person, None);
    }
    true
}

/// What the parentheses after one who was absent tell: `(stedfortræder: B)`, `(B deltog som stedfortræder)`.
pub(super) fn in_parentheses(absent: &Name, away: &mut Attendance) {
    static NAMES_ONE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(&format!(r"(?i)^(?:som )?{SUBSTITUTE}(?: er| var|:)? (?:{CAME} )?$")));
    let Some(text) = absent.note.as_deref().or(absent.party.as_deref()) else { return };
    let people = names::in_text(text);
    let [who] = people.as_slice() else { return };
    let (before, after) = (&text[..who.start], &text[who.end..]);
    let comes = after.is_empty() || ONLY_CAME.is_match(after);
    if (comes && NAMES_ONE.is_match(before)) || (before.is_empty() && CAME_AFTER.is_match(after)) {
        tell(away, &who.person, Some(absent.person.clone()));
    }
}

/// Those whom a list of people present calls somebody's substitutes: `B (stedfortræder for A)`.
pub(super) fn among_present(list: &str) -> Vec<Substitute> {
    let series = names::in_series(list.trim_end_matches('.'));
    let found = series.into_iter().filter_map(|name| {
        let absent = for_whom(&name.note?)?;
        Some(Substitute { person: name.person, stands_in_for: Some(absent) })
    });
    found.collect()
}

/// Who came, by a piece of a label's value: `B`, `B og C`, `B for A`, `B (for A)`. For whom is not told of a name alone.
pub(super) fn named(value: &str, away: &mut Attendance) {
    if read(value, &[], away) {
        return;
    }
    for part in names::parted(value) {
        let found = names::in_text(part);
        let [who, rest @ ..] = found.as_slice() else {
            names::in_series(part).iter().for_each(|who| tell(away, &who.person, None));
            continue;
        };
        let absent = match rest {
            [] => who.note.as_deref().or(who.party.as_deref()).and_then(for_whom),
            [absent] if part[who.end..absent.start].trim() == "for" => Some(absent.person.clone()),
            _ => continue,
        };
        let ends = rest.last().unwrap_or(who).end == part.trim_end_matches('.').len();
        if who.start == 0 && ends {
            tell(away, &who.person, absent);
        }
    }
}

/// For whom one came, by the words between parentheses: `for A`, `stedfortræder for A`.
fn for_whom(note: &str) -> Option<String> {
    static FOR_ONE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(&format!(r"(?i)^(?:{CAME} )?(?:(?:som )?{SUBSTITUTE} )?for $")));
    let people = names::in_text(note);
    let [absent] = people.as_slice() else { return None };
    (FOR_ONE.is_match(&note[..absent.start]) && absent.end == note.len()).then(|| absent.person.clone())
}

/// Where the lines tell of one who was absent and one who came, those two belong together.
pub(super) fn tie_the_only(away: &mut Attendance) {
    if let ([absent], [only]) = (away.absent.as_slice(), away.substitutes.as_mut_slice())
        && only.stands_in_for.is_none()
    {
        only.stands_in_for = Some(absent.clone());
    }
}
