//! What a decision amounts to, by its own words.
//!
//! The table is read from the top: what turns a matter down or puts it off outweighs what adopts it, and that outweighs
//! what merely tells. The recommendation and the title never count.

use std::sync::LazyLock;

use crate::model::{Outcome, SectionKind, Votes};
use crate::segment::Line;
use crate::understand::text::sentences;
use crate::{Pattern, pattern};

/// Outcome and the phrases that tell it, in lower case, as patterns.
const PHRASES: [(Outcome, &str); 9] = [
    // Neither adopted nor turned down: whoever reads must see the words.
    (Outcome::Other, r"\banbefales ikke\b|\banbefaler ikke\b|\bkan ikke anbefale[sr]?\b"),
    (
        Outcome::Amended,
        r"\b(?:godkend\p{L}*|tiltråd\p{L}*|tiltræde\p{L}*|vedtag\p{L}*|vedtog)\b.*(?:\bmed (?:den|de|det|følgende|en|enkelte|få|ovenstående) (?:\p{L}+ )?(?:ændring|ændringer|tilføjelse|tilføjelser|rettelse|rettelser|justering|justeringer|præcisering|præciseringer)\b|\bmed ændringer\b|\bmed undtagelse af\b|\bbortset fra\b|\bi ændret form\b)|\bændringsforslaget (?:blev |er |)(?:vedtaget|godkendt|tiltrådt)\b",
    ),
    (
        Outcome::Rejected,
        r"\bforkast(?:et|es|ede)\b|\bnedstemt\b|\bafvis(?:t|es|te|ning)\b|\bafslås\b|\bafslag\b|\bbortfaldt\b|\bikke (?:godkendt|godkendes|tiltrådt|tiltrædes|vedtaget|vedtages|imødekommet|imødekommes|imødekomme|bevilget)\b|\b(?:godkendes|tiltrædes|imødekommes|vedtages|godkendte|godkender|imødekommer) ikke\b|\bkan ikke (?:godkendes|imødekommes|tiltrædes)\b",
    ),
    (
        Outcome::Postponed,
        r"^udsat\b|\b(?:blev|er|bliver|sagen|punktet|punkt \d+|sag \d+|behandlingen|beslutningen|afgørelsen|og) udsat\b|\budsat til\b|\budsættes(?: til|\.|,|$| og| med)|\budsætter (?:sagen|punktet|behandlingen|beslutningen)|\budsatte (?:sagen|punktet|behandlingen|beslutningen)|\budsk(?:ydes|udt)\b|\bgenoptages\b|\bstand ?by\b|\bi bero\b|\bsag(?:en)?(?: \d+)? udg(?:år|ik)\b|\bpunktet udg(?:år|ik)\b|\b(?:taget|tages|tog) af dagsordenen\b|\binden endelig behandling\b",
    ),
    (
        Outcome::Appointed,
        r"\b(?:gen)?valgt(?:e)?(?: \p{L}+){0,5} (?:som|til)\b|\bblev (?:gen)?valgt\b|\bvælge[sr](?: \p{L}+){0,5} (?:som|til)\b|\budpeg(?:et|es|er|ede)\b|\bkonstituere\p{L}*\b|\btilmeldes\b|\bbestår af\s*:|\bat være medlem(?:mer)? af\b|\bindtræder i\b|\ber (?:ny )?formand\b|\bnye medlemmer\s*:",
    ),
    (
        Outcome::Referred,
        r"^anbefales\b|\banbefales (?:godkendt|over ?for|til godkendelse|tiltrådt|vedtaget)|\banbefaler,? (?:at |over ?for )?(?:byrådet|kommunalbestyrelsen|\p{L}*udvalget|til )|\banbefaler over ?for\b|\bindstilles? (?:godkendt|tiltrådt|vedtaget|til godkendelse)|\bindstille[sr] til (?:\p{L}+-?,? (?:og )?)*?\p{L}*(?:udvalg|råd|bestyrelse)\p{L}*|\b(?:over|frem|videre)sende[sr]\b|\b(?:over|frem|videre)sendt\b|\bhenvis(?:t|es) til\b|\bsend(?:t|es|er) (?:sagen )?(?:videre )?til (?:\p{L}+ )*?(?:behandling|godkendelse|byråd\p{L}*|kommunalbestyrelse\p{L}*|økonomi\p{L}*)|\bsendes videre til\b",
    ),
    (
        Outcome::Approved,
        r"\bgodkend(?:t|te|er|es)\b|\btiltråd(?:t|te)\b|\btiltrådte\b|\btiltræde[sr]\b|\bvedtag(?:et|es)\b|\bvedtog\b|\bbevilge(?:t|s|de)\b|\bimødekomme[ts]\b|\bsom indstillet\b|\bbifald(?:t|es)\b",
    ),
    (Outcome::Noted, r"\btil efterretning\b|\btil orientering\b|\btil underretning\b"),
    (Outcome::Discussed, r"\bdrøft(?:et|ede|es|else|elsen|elser)\b|\bdebatteret\b|\bdebatterede\b"),
];

static TABLE: LazyLock<Vec<(Outcome, Pattern)>> =
    LazyLock::new(|| PHRASES.iter().map(|(outcome, phrases)| (*outcome, pattern(phrases))).collect());

/// A motion beside the recommendation, which was only put or was turned down: it leaves the recommendation as it is.
static SIDE_MOTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"ændringsforslag\p{L}* .*(?:forkast|nedstemt|faldt|afvist|bortfaldt)|^(?:\p{L}+ ){0,3}forslag(?:et)?\b.*(?:forkast|nedstemt|faldt|afvist|bortfaldt)|\b(?:foreslog|foreslår|stillede forslag|stiller forslag|begærede|mindretal\p{L}*|modforslag\p{L}*)\b",
    )
});

/// What was decided before, and what befell the meeting itself, is not what was decided now.
static ASIDE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:har|blev|er|var) tidligere\b|\btidligere (?:godkendt|besluttet|behandlet|vedtaget|udsat)\b|^mødet (?:blev|er|var)\b",
    )
});

/// What follows these words comments on the decision.
const REMARKS: [&str; 3] = [" med bemærkning", " med kommentar", " med opfordring"];

/// A first sentence no longer than this that adopts is the decision; what follows comments on it.
const LONGEST_FORMULA: usize = 90;

/// The outcome of a decision's text; [`Outcome::Other`] when no phrase of the table is in it, or when its sentences disagree.
pub(super) fn outcome(text: &str) -> Outcome {
    let lines: Vec<Line<'_>> = text.lines().map(|text| Line { number: 0, text }).collect();
    let sentences: Vec<String> = sentences(SectionKind::Decision, &lines)
        .into_iter()
        .map(|sentence| sentence.text.to_lowercase())
        .collect();
    let counts = |sentence: &&String| !SIDE_MOTION.is_match(sentence) && !ASIDE.is_match(sentence);
    let told: Vec<Outcome> =
        sentences.iter().filter(counts).filter_map(|sentence| in_sentence(sentence)).collect();
    // Where a motion is all there is, it was the matter itself.
    let told = if told.is_empty() {
        sentences.iter().filter_map(|sentence| in_sentence(sentence)).collect()
    } else {
        told
    };
    let first = sentences.iter().find(counts);
    let formula = first
        .is_some_and(|first| first.len() <= LONGEST_FORMULA && in_sentence(first) == Some(Outcome::Approved));
    let has = |outcome: Outcome| told.contains(&outcome);
    if has(Outcome::Rejected) && has(Outcome::Approved) {
        return Outcome::Other;
    }
    if formula {
        return if has(Outcome::Referred) { Outcome::Referred } else { Outcome::Approved };
    }
    TABLE.iter().map(|(outcome, _)| *outcome).find(|outcome| has(*outcome)).unwrap_or(Outcome::Other)
}

/// What one sentence, in lower case, tells; None when no phrase of the table is in it.
fn in_sentence(sentence: &str) -> Option<Outcome> {
    let clause = sentence.trim_start_matches(['•', '-', '–', ' ']);
    let end = REMARKS.iter().filter_map(|remark| clause.find(remark)).min().unwrap_or(clause.len());
    // "med bemærkning" may itself be the whole of an adoption with a change.
    let told = |clause: &str| {
        TABLE.iter().find(|(_, phrases)| phrases.is_match(clause)).map(|(outcome, _)| *outcome)
    };
    told(&clause[..end]).or_else(|| told(clause))
}

static PLAIN_OUTCOME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:(?:indstilling(?:en|erne)?|sagen|punktet|referatet|dagsordenen|orienteringen|udvalget|rådet|emnet)\b.{0,60}?)?",
        r"(?:\bblev |\ber |\btog |^)?.{0,40}?\b(?:godkendt|tiltrådt|vedtaget|drøftet|taget til (?:efterretning|orientering)|til efterretning|udsat|forkastet)\b.{0,40}$",
    ))
});

/// Whether a line by itself plainly says how a matter ended, so that it may be taken for the decision where the decision's own
/// heading is empty. A proposal ("at …", "Til drøftelse.") does not.
pub(super) fn is_plain_outcome(line: &str) -> bool {
    let line = line.trim();
    let past = ["godkendt", "tiltrådt", "vedtaget", "drøftet", "taget til", "udsat", "forkastet"];
    let lower = line.to_lowercase();
    !lower.starts_with("at ")
        && !lower.contains("indstiller")
        && past.iter().any(|word| lower.contains(word))
        && PLAIN_OUTCOME.is_match(line)
}

static COUNTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bmed (\d{1,3}) stemmer (?:i)?mod (\d{1,3})\b(?:.{0,60}?(\d{1,3}) (?:undlod|hverken|blank))?",
    )
});
static VOTE_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:(for|imod|mod)(?: stemte)?\s*:?\s*(\d{1,3})?\b|(?:for|imod) stemte\b|.*\bundlod at stemme\b\s*:?\s*(\d{1,3})?)",
    )
});
static VOTE_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bstemmer (?:i)?mod\b|^\s*(?:for|imod|mod)(?: stemte\b|\s*:)|\bundlod at stemme\b|\bstemte (?:for|imod|mod)\b|\bet flertal\b",
    )
});

/// The vote that a decision's text records; None when it records none.
pub(super) fn votes(text: &str) -> Option<Votes> {
    let told: Vec<&str> = text.lines().map(str::trim).filter(|line| VOTE_WORDS.is_match(line)).collect();
    if told.is_empty() {
        return None;
    }
    let mut votes = Votes { in_favour: None, against: None, abstained: None, text: told.join("\n") };
    for line in &told {
        if let Some(found) = COUNTS.captures(line) {
            let (stated, other) = (found[1].parse().ok(), found[2].parse().ok());
            // "forkastet med 39 stemmer imod 5": the larger number is against.
            (votes.in_favour, votes.against) = if in_sentence(&line.to_lowercase()) == Some(Outcome::Rejected)
            {
                (other, stated)
            } else {
                (stated, other)
            };
            votes.abstained = found.get(3).and_then(|count| count.as_str().parse().ok());
        } else if let Some(found) = VOTE_LINE.captures(line) {
            let count = found.get(2).and_then(|count| count.as_str().parse().ok());
            match found.get(1).map(|side| side.as_str().to_lowercase()).as_deref() {
                Some("for") => votes.in_favour = votes.in_favour.or(count),
                Some(_) => votes.against = votes.against.or(count),
                None => votes.abstained = found.get(3).and_then(|count| count.as_str().parse().ok()),
            }
        }
    }
    Some(votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decision's text, and its outcome: one a line.
    const DECISIONS: &str = include_str!("../../tests/outcomes.txt");

    #[test]
    fn the_words_decide() {
        for row in DECISIONS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let found = serde_json::to_value(outcome(&text.replace('¶', "\n"))).unwrap();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn votes_have_a_direction() {
        let vote = |text| votes(text).map(|v| (v.in_favour, v.against, v.abstained));
        assert_eq!(
            vote("Indstillingen blev tiltrådt med 34 stemmer imod 15."),
            Some((Some(34), Some(15), None))
        );
        assert_eq!(
            vote("Indstillingen blev forkastet med 39 stemmer imod 5."),
            Some((Some(5), Some(39), None))
        );
        assert_eq!(vote("Godkendt.\nFor: 20 (A, B)\nImod: 6 (C)"), Some((Some(20), Some(6), None)));
        assert_eq!(vote("For stemte: A og B.\nImod stemte: C."), Some((None, None, None)));
        assert_eq!(vote("Godkendt som indstillet."), None);
    }

    #[test]
    fn a_proposal_is_no_outcome() {
        assert!(is_plain_outcome("Referatet blev godkendt."));
        assert!(is_plain_outcome("Taget til efterretning."));
        for proposal in
            ["at referatet godkendes", "Til drøftelse.", "Formanden indstiller,", "at planen bliver godkendt"]
        {
            assert!(!is_plain_outcome(proposal), "{proposal}");
        }
    }
}
