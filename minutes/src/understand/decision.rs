//! What a decision amounts to, by its own words.
//!
//! The table is read from the top: what turns a matter down or puts it off outweighs what adopts it, and that outweighs
//! what merely tells. The recommendation and the title never count.

mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::model::{Outcome, SectionKind};
use crate::segment::Line;
use crate::understand::names;
use crate::understand::text::sentences;
use crate::{Pattern, cued, pattern};

static TABLE: LazyLock<Vec<(Outcome, Pattern)>> = LazyLock::new(|| {
    let changed = (Outcome::Amended, cued(words::CHANGES, words::CHANGED));
    let rows = words::PHRASES.iter().map(|(outcome, phrases)| (*outcome, pattern(phrases)));
    std::iter::once(changed).chain(rows).collect()
});

static SIDE_MOTION: LazyLock<Pattern> = LazyLock::new(|| cued(words::SIDE_MOTION_CUE, words::SIDE_MOTION));
static AFTER_MOTION: LazyLock<Pattern> = LazyLock::new(|| pattern(words::AFTER_MOTION));
static ASIDE: LazyLock<Pattern> = LazyLock::new(|| pattern(words::ASIDE));
static REMARK: LazyLock<Pattern> = LazyLock::new(|| cued(words::REMARK_CUE, words::REMARK));
static AGENDA: LazyLock<Pattern> = LazyLock::new(|| cued("dagsorden", words::AGENDA));
static NUMBERED_PART: LazyLock<Pattern> = LazyLock::new(|| pattern(words::NUMBERED_PART));
static TELLING: LazyLock<Pattern> = LazyLock::new(|| pattern(words::TELLING));
static RESUMES: LazyLock<Pattern> = LazyLock::new(|| pattern(words::RESUMES));
static ON_RECORD: LazyLock<Pattern> = LazyLock::new(|| cued("[»“\"„]", words::ON_RECORD));
static CARRIES: LazyLock<Pattern> = LazyLock::new(|| pattern(words::CARRIES));
static DISSENT: LazyLock<Pattern> = LazyLock::new(|| cued(words::DISSENT_CUE, words::DISSENT));
static VOICE: LazyLock<Pattern> = LazyLock::new(|| pattern(words::VOICE));
static ALL_BUT: LazyLock<Pattern> = LazyLock::new(|| cued(words::ALL_BUT_CUE, words::ALL_BUT));
static FALLEN_BESIDE: LazyLock<Pattern> = LazyLock::new(|| cued("forslag", words::FALLEN_BESIDE));
static OBJECT: LazyLock<Pattern> = LazyLock::new(|| pattern(words::OBJECT));
static OF_THE_MATTER: LazyLock<Pattern> = LazyLock::new(|| pattern(words::OF_THE_MATTER));
static CHOSEN_THINGS: LazyLock<Pattern> = LazyLock::new(|| pattern(words::CHOSEN_THINGS));
static ASKS: LazyLock<Pattern> = LazyLock::new(|| cued("indstil|anbefal", words::ASKS));
static ASKS_BELOW: LazyLock<Pattern> = LazyLock::new(|| cued("indstil|anbefal", words::ASKS_BELOW));
static CARRIED_OFF: LazyLock<Pattern> = LazyLock::new(|| cued("udsæt", words::CARRIED_OFF));
static CARRIED_DOWN: LazyLock<Pattern> = LazyLock::new(|| cued(words::CARRIED_DOWN_CUE, words::CARRIED_DOWN));
static NOT_FOLLOWED: LazyLock<Pattern> = LazyLock::new(|| cued("indstilling", words::NOT_FOLLOWED));
static SEATS: LazyLock<Pattern> = LazyLock::new(|| pattern(words::SEATS));
static NUMBERED_POINT: LazyLock<Pattern> = LazyLock::new(|| pattern(words::NUMBERED_POINT));
static BESIDES: LazyLock<Pattern> = LazyLock::new(|| cued("beslutte", words::BESIDES));
static PART_LABEL: LazyLock<Pattern> = LazyLock::new(|| pattern(words::PART_LABEL));
static PLAIN_OUTCOME: LazyLock<Pattern> = LazyLock::new(|| pattern(words::PLAIN_OUTCOME));

/// A first sentence no longer than this that adopts, notes or discusses is the decision; what follows comments on it.
const LONGEST_FORMULA: usize = 90;

/// What begins a row of a list.
const BULLETS: [char; 5] = ['•', '-', '–', '*', ' '];

/// The outcome of a decision's text; [`Outcome::Other`] when no phrase of the table is in it, or when its sentences disagree.
pub(super) fn outcome(text: &str) -> Outcome {
    let whole = text.trim().trim_end_matches('.').to_lowercase();
    if let Some((_, outcome)) = words::FORMULAS.iter().find(|(formula, _)| *formula == whole) {
        return *outcome;
    }
    let told = by_sentences_or_below(text, &whole);
    if matches!(told, Outcome::Noted | Outcome::Discussed) && decides_besides(&whole) {
        return Outcome::Other;
    }
    told
}

/// Whether a body that noted or talked decided something of the matter too: "tog sagen til efterretning og besluttede at bevilge …".
fn decides_besides(text: &str) -> bool {
    BESIDES.find_iter(text).any(|found| {
        let rest = text[found.end()..].trim_start_matches(|c: char| !c.is_alphabetic());
        let rest = rest.strip_prefix("at ").unwrap_or(rest);
        !rest.is_empty() && !words::FOLLOW_ON.iter().any(|word| rest.starts_with(word))
    })
}

fn by_sentences_or_below(text: &str, whole: &str) -> Outcome {
    if whole.split_once('\n').is_some_and(|(first, _)| ASKS_BELOW.is_match(first.trim_end())) {
        return Outcome::Referred;
    }
    by_sentences(text)
}

/// Whether a sentence of a decision puts its matter off, rather than telling that somebody moved to.
pub(super) fn postpones(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    !ASIDE.is_match(&lower)
        && !SIDE_MOTION.is_match(&lower)
        && in_sentence(sentence) == Some(Outcome::Postponed)
}

/// The outcome of a text that is more than a formula.
fn by_sentences(text: &str) -> Outcome {
    let own = without(text, &ON_RECORD);
    let lines: Vec<Line<'_>> = own.lines().map(|text| Line { number: 0, text }).collect();
    let told = |(printed, lower): (String, String)| {
        let outcome = in_sentence(&printed);
        (lower, outcome)
    };
    let clauses = sentences(SectionKind::Decision, &lines);
    let clauses = clauses.iter().flat_map(|sentence| sentence.text.split("; "));
    let mut is_remark = false;
    let clauses: Vec<(String, String)> = clauses
        .map(|clause| clause.trim_start_matches(BULLETS))
        .map(|clause| (clause.to_owned(), clause.to_lowercase()))
        .filter(|(_, lower)| {
            is_remark = REMARK.is_match(lower) || (is_remark && !is_decided_again(lower));
            !is_remark && !ASIDE.is_match(lower)
        })
        .collect();
    let carried_off = carried_off(&clauses);
    let (motions, own): (Vec<_>, Vec<_>) = clauses
        .into_iter()
        .partition(|(printed, lower)| SIDE_MOTION.is_match(lower) || is_dissent(printed, lower));
    let votes_on_matter =
        own.iter().any(|(_, lower)| lower.contains("indstilling") && lower.contains("afstemning"));
    let own: Vec<(String, Option<Outcome>)> = own.into_iter().map(told).collect();
    let first = own.first().and_then(|(sentence, outcome)| Some((sentence.clone(), (*outcome)?)));
    let with_outcome = |(sentence, outcome): (String, Option<Outcome>)| Some((sentence, outcome?));
    let mut found: Vec<(String, Outcome)> = own.into_iter().filter_map(with_outcome).collect();
    if let Some((sentence, Outcome::Approved)) = found.last()
        && sentence.starts_with(words::THE_MOTION)
        && motions.last().is_some_and(|(motion, _)| in_sentence(motion) == Some(Outcome::Postponed))
    {
        return Outcome::Postponed;
    }
    if carried_off.is_some() && found.last().map(|(sentence, _)| sentence) == carried_off.as_ref() {
        return Outcome::Postponed;
    }
    // The recommendation's own vote, which is told in figures, is what decides where there is one.
    if found.is_empty() && !votes_on_matter {
        // Where a motion is all there is, it was the matter itself.
        found = motions.into_iter().map(told).filter_map(with_outcome).collect();
    }
    let formula = first.filter(|(sentence, _)| sentence.len() <= LONGEST_FORMULA);
    if matches!(formula, Some((_, Outcome::Noted | Outcome::Discussed))) {
        found.retain(|(sentence, outcome)| !changes_the_matter(*outcome) || OF_THE_MATTER.is_match(sentence));
    }
    weighed(&found, formula.as_ref())
}

/// The sentence, in lower case, that says of a motion told right before it, which was to put the matter off, that it was carried.
fn carried_off(clauses: &[(String, String)]) -> Option<String> {
    let pair = clauses.windows(2).find(|pair| {
        CARRIES.is_match(&pair[1].1)
            && SIDE_MOTION.is_match(&pair[0].1)
            && in_sentence(&pair[0].0) == Some(Outcome::Postponed)
    })?;
    Some(pair[1].1.clone())
}

/// Whether a sentence tells that somebody, or a party, would have had it otherwise: the body's decision stands.
fn is_dissent(printed: &str, lower: &str) -> bool {
    let Some(verb) = DISSENT.find(lower) else { return false };
    // Letters in capitals may be longer than their small ones.
    let Some(subject) = printed.get(..verb.start()).filter(|_| printed.len() == lower.len()) else {
        return false;
    };
    let mut rest = String::new();
    let mut from = 0;
    for name in names::in_text(subject) {
        rest.push_str(&subject[from..name.start]);
        from = name.end;
    }
    rest.push_str(&subject[from..]);
    rest.split([',', '(', ')', '+'])
        .flat_map(|part| part.split(" og "))
        .all(|part| VOICE.is_match(part.trim()))
}

/// Whether a sentence after somebody's remark is the body's own again.
fn is_decided_again(sentence: &str) -> bool {
    OF_THE_MATTER.is_match(sentence) && !words::WISHES.iter().any(|wish| sentence.contains(wish))
}

/// A text without what a pattern finds in it, as is where it finds nothing.
fn without<'t>(text: &'t str, pattern: &Pattern) -> Cow<'t, str> {
    let (mut own, mut from) = (String::new(), 0);
    for found in pattern.find_iter(text) {
        own.push_str(&text[from..found.start()]);
        from = found.end();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    own.push_str(&text[from..]);
    Cow::Owned(own)
}

/// What the sentences amount to together.
fn weighed(found: &[(String, Outcome)], formula: Option<&(String, Outcome)>) -> Outcome {
    let has = |outcome: Outcome| found.iter().any(|(_, told)| *told == outcome);
    if has(Outcome::Other) || (has(Outcome::Rejected) && has(Outcome::Approved)) {
        return Outcome::Other;
    }
    let mut parts = found.iter().filter(|(sentence, _)| is_of_a_part(sentence)).map(|(_, outcome)| *outcome);
    if let Some(first) = parts.next()
        && parts.any(|other| other != first && (is_undone(first) || is_undone(other)))
    {
        return Outcome::Other;
    }
    if has(Outcome::Rejected)
        && let Some((sentence, Outcome::Postponed)) = found.last()
    {
        // "Ikke godkendt. Sagen udsættes.": it comes again.
        return if is_of_a_part(sentence) { Outcome::Other } else { Outcome::Postponed };
    }
    if let Some((sentence, Outcome::Approved)) = formula {
        if is_of_a_part(sentence) && has(Outcome::Postponed) {
            return Outcome::Other;
        }
        return if has(Outcome::Referred) { Outcome::Referred } else { Outcome::Approved };
    }
    TABLE.iter().map(|(outcome, _)| *outcome).find(|outcome| has(*outcome)).unwrap_or(Outcome::Other)
}

/// Whether a sentence, in lower case, is about a part of the recommendation only.
fn is_of_a_part(sentence: &str) -> bool {
    words::PARTS.iter().any(|start| sentence.starts_with(start))
        || sentence.contains(words::OF_A_PART)
        || PART_LABEL.is_match(sentence)
        || NUMBERED_POINT.is_match(sentence)
}

/// Whether an outcome leaves what was proposed undone.
fn is_undone(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Rejected | Outcome::Postponed)
}

/// Whether an outcome is more than noting or talking, and no choice of people, which a sentence may tell beside the matter.
fn changes_the_matter(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::Noted | Outcome::Discussed | Outcome::Appointed)
}

/// What one sentence tells by its own words: [`Outcome::Other`] when it adopts one part and not another, None when no phrase of the
/// table is in them.
fn in_sentence(sentence: &str) -> Option<Outcome> {
    let lower = sentence.to_lowercase();
    let bare = lower.trim_start_matches(BULLETS);
    let bare = AGENDA.captures(bare).and_then(|found| found.get(1)).map_or(bare, |agenda| agenda.as_str());
    if ASKS.is_match(bare) {
        return Some(Outcome::Referred);
    }
    if CARRIED_OFF.is_match(bare) {
        return Some(Outcome::Postponed);
    }
    if CARRIED_DOWN.is_match(bare) {
        return Some(Outcome::Rejected);
    }
    let bare = &without(bare, &FALLEN_BESIDE);
    let bare = &without(bare, &ALL_BUT);
    let own = own_words(&bare[PART_LABEL.find(bare).map_or(0, |label| label.end())..]);
    let end = words::REMARKS.iter().filter_map(|remark| own.find(remark)).min().unwrap_or(own.len());
    let told = |clause: &str| {
        let mut outcomes = TABLE
            .iter()
            .filter(|(_, phrases)| phrases.find_iter(clause).any(|phrase| is_told(clause, phrase.range())))
            .map(|(outcome, _)| *outcome)
            .filter(|outcome| *outcome != Outcome::Appointed || chooses_people(sentence, &own));
        let first = outcomes.next()?;
        let is_mixed = is_undone(first)
            && NUMBERED_PART.is_match(clause)
            && outcomes.any(|outcome| outcome == Outcome::Approved);
        Some(if is_mixed { Outcome::Other } else { first })
    };
    // "at ansøgningen imødekommes, og at klagen afvises": one thing is adopted, another is not.
    let clauses = || CLAUSES.iter().find_map(|parting| own[..end].split_once(parting));
    if let Some((one, other)) = clauses()
        && matches!(
            (told(one), told(other)),
            (Some(Outcome::Approved), Some(Outcome::Rejected))
                | (Some(Outcome::Rejected), Some(Outcome::Approved))
        )
    {
        return Some(Outcome::Other);
    }
    // "med bemærkning" may itself be the whole of an adoption with a change.
    told(&own[..end]).or_else(|| if end < own.len() { told(&own) } else { None })
}

/// What parts two things that one sentence decides.
const CLAUSES: [&str; 3] = [" og at ", ", mens ", ", og "];

/// A sentence without what it says others said, and without what a recommendation is about.
fn own_words(sentence: &str) -> String {
    let mut own = String::with_capacity(sentence.len());
    let motion_ends =
        AFTER_MOTION.captures(sentence).and_then(|found| found.get(1)).map_or(0, |group| group.start());
    let mut rest = &sentence[motion_ends..];
    while let Some(telling) = TELLING.find(rest) {
        own.push_str(&rest[..telling.end()]);
        rest = &rest[telling.end()..];
        rest = RESUMES.find(rest).map_or("", |resumes| &rest[resumes.start()..]);
    }
    own.push_str(rest);
    if let Some(object) = OBJECT.captures(&own).and_then(|found| found.get(1)).map(|object| object.range()) {
        own.replace_range(object, "");
    }
    own
}

/// Whether the words around a phrase leave it standing.
fn is_told(clause: &str, phrase: Range<usize>) -> bool {
    let before = clause[..phrase.start].trim_end();
    let after = &clause[phrase.end..];
    let is_undone = words::NOT_AFTER
        .iter()
        .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)));
    !is_undone && ![" ikke ", " ikke."].iter().any(|not| after.starts_with(not))
}

/// Whether a choice gives somebody a seat: a solution is chosen too, and areas are pointed out.
fn chooses_people(sentence: &str, own: &str) -> bool {
    !CHOSEN_THINGS.is_match(own) || SEATS.is_match(own) || !names::in_text(sentence).is_empty()
}

/// The longest line that is taken for a decision in a wrong place.
const LONGEST_PLAIN_OUTCOME: usize = 160;

/// Whether a line is one of the formulas and nothing else.
pub(super) fn is_formula(line: &str) -> bool {
    let whole = line.trim().trim_end_matches('.').to_lowercase();
    words::FORMULAS.iter().any(|(formula, _)| *formula == whole)
}

/// Whether a line by itself plainly says how a matter ended, so that it may be taken for the decision where the decision's own
/// heading is empty. A proposal ("at …", "Til drøftelse.") does not.
pub(super) fn is_plain_outcome(line: &str) -> bool {
    let line = line.trim();
    if line.len() > LONGEST_PLAIN_OUTCOME {
        return false;
    }
    let lower = line.to_lowercase();
    !lower.starts_with("at ")
        && !words::NO_PLAIN_OUTCOME.iter().any(|word| lower.contains(word))
        && PLAIN_OUTCOME.is_match(&lower)
}

/// Whether a sentence tells by its own words what became of a matter.
pub(super) fn ends(sentence: &str) -> bool {
    in_sentence(sentence).is_some()
}

/// A sentence from where it turns from a motion that fell to the matter itself, and whether it does.
pub(super) fn after_motion(sentence: &str) -> (&str, bool) {
    let lower = sentence.to_lowercase();
    let found = AFTER_MOTION.captures(&lower).and_then(|found| found.get(1)).map(|own| own.start());
    // Letters in capitals may be longer than their small ones: then nothing is cut.
    match found.filter(|_| lower.len() == sentence.len()).and_then(|at| sentence.get(at..)) {
        Some(own) => (own, true),
        None => (sentence, false),
    }
}

/// A sentence up to where it tells of an amendment that fell beside the matter.
pub(super) fn before_fallen(sentence: &str) -> &str {
    let lower = sentence.to_lowercase();
    let found = FALLEN_BESIDE.find(&lower).filter(|_| lower.len() == sentence.len());
    found.and_then(|found| sentence.get(..found.start())).filter(|own| ends(own)).unwrap_or(sentence)
}

/// Whether a decision's words turn down the recommendation, which may itself have been to turn a matter down.
pub fn turns_down_recommendation(decision: &str) -> bool {
    NOT_FOLLOWED.is_match(&decision.to_lowercase())
}

/// Whether a recommendation is to turn its matter down: `at der meddeles afslag`.
pub fn proposes_refusal(recommendation: &str) -> bool {
    recommendation.lines().any(turns_down)
}

/// Whether a sentence says that its matter was turned down.
pub(super) fn turns_down(sentence: &str) -> bool {
    in_sentence(sentence) == Some(Outcome::Rejected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decision's text, and its outcome: one a line.
    const DECISIONS: &str = include_str!("../../tests/outcomes.txt");

    #[test]
    fn formulas_are_what_the_table_makes_of_them() {
        for (formula, outcome) in words::FORMULAS {
            assert_eq!(by_sentences(&format!("{formula}.")), outcome, "{formula}");
        }
    }

    #[test]
    fn the_words_decide() {
        let mut differ = Vec::new();
        for row in DECISIONS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let found = serde_json::to_value(outcome(&text.replace('¶', "\n"))).unwrap();
            if found != expected {
                differ.push(format!("{row}, and not {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    #[test]
    fn a_recommendation_may_be_to_refuse_and_may_be_refused() {
        for told in [
            "Indstillingen blev afvist.",
            "Udvalget kan ikke følge indstillingen.",
            "Indstillingen ikke godkendt.",
        ] {
            assert!(turns_down_recommendation(told), "{told}");
        }
        for told in
            ["Ansøgningen afslås.", "Indstillingen om at afvise klagen blev godkendt.", "Ikke godkendt."]
        {
            assert!(!turns_down_recommendation(told), "{told}");
        }
        assert!(proposes_refusal("at der meddeles afslag på ansøgningen"));
        assert!(proposes_refusal("at ansøgningen ikke imødekommes"));
        assert!(!proposes_refusal("at ansøgningen imødekommes"));
    }

    #[test]
    fn a_proposal_is_no_outcome() {
        for told in [
            "Referatet blev godkendt.",
            "Taget til efterretning.",
            "Udvalget godkendte forslaget.",
            "Rådet tog orienteringen til efterretning.",
            "Rådet drøftede oplægget.",
            "Udsat.",
            "Anbefales.",
            "Ansøgningen blev ikke imødekommet.",
            "Rådet valgte Karl Bukh som formand.",
            "Sagen blev godkendt, og planen sendes til Byrådet den 22. maj sammen med en indstilling om at afsætte penge.",
        ] {
            assert!(is_plain_outcome(told), "{told}");
        }
        for proposal in [
            "at referatet godkendes",
            "Til drøftelse.",
            "Formanden indstiller,",
            "at planen bliver godkendt",
            "Orienteringen tages til efterretning.",
            "Byrådet har godkendt planen.",
            "Der blev orienteret om planen.",
            "Forvaltningen indstiller, at planen drøftes.",
        ] {
            assert!(!is_plain_outcome(proposal), "{proposal}");
        }
    }
}
