//! Days that a sentence names only to say that they do not count: "behandles ikke i juni", "var planlagt til maj, men udskydes",
//! "den oprindelige frist var den 1. maj". And the day of a letter: "brevet er fra 2. april".

use std::sync::LazyLock;

use super::{CANCELLED, MOVED};
use crate::understand::date::Mention;
use crate::{Pattern, pattern};

/// What leads from a word to its day and says nothing by itself.
const LINKS: &str =
    r"(?:(?:i|på|til|at|den|d\.|løbet|af|mødet|møde|hverken|(?:man|tirs|ons|tors|fre|lør|søn)dag)\s+)*$";

/// "behandles ikke i juni", "hverken den 4. eller …"; what comes "ikke før" a day is no such thing.
static NOT_THEN: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!(r"(?i)\b(?:ikke|hverken)\s+{LINKS}")));

/// "der var planlagt til", "den oprindelige frist var", "fristen var".
static WAS_PLANNED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:(?:var|blev|været)\s+(?:oprindeligt?\s+|tidligere\s+|først\s+)?(?:planlagt|berammet|fastsat|programsat|sat|ventet)",
            r"|oprindelige?\s+\p{{L}}*(?:frist|dato|plan|dag|termin)\p{{L}}*(?:\s+(?:var|er))?",
            r"|\p{{L}}*(?:fristen|datoen|terminen)\s+var)\s+{LINKS}",
        ),
        LINKS = LINKS
    ))
});
/// What makes a plan an old one.
static INSTEAD_OF_PLAN: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i),\s+men\b|\b(?:holdes|afholdes|nu|i\s+stedet|forlænge[st]|forlænget)\b"));

/// "Brevet er fra 2. april": nothing follows that begins then.
static IS_FROM: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:er|var)\s+fra\s+(?:(?:den|d\.)\s+)?$"));

/// A motion that was turned down, with all that it was about: "Forslag om at udsætte sagen til mødet den … blev ikke vedtaget".
static MOTION_DOWN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:forslag\p{L}*|anmodning\p{L}*|begæring\p{L}*|ønsket?)\s+(?:om|fra|af)\b[^;]{0,200}?",
        r"\b(?:ikke\s+(?:vedtaget|godkendt|imødekommet|tiltrådt|støttet|flertal)|forkast\p{L}+|nedstem\p{L}+|afvist|afslået|faldt|bortfaldt)\b",
        r"|\b(?:afviste|afslog|forkastede|nedstemte|(?:besluttede|ønskede|vedtog)\s+ikke)\s+(?:at|(?:et\s+)?forslag\p{L}*)\b[^,;.]*",
    ))
});

/// Words between two days of which one "ikke" tells.
const GOES_ON: [&str; 6] = ["eller", "eller den", "eller i", ", eller", "/", ","];

/// Leaves out the days of a sentence that it takes back.
pub(super) fn without(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let down: Vec<_> = MOTION_DOWN.find_iter(text).map(|found| found.range()).collect();
    let mut kept = Vec::with_capacity(mentions.len());
    let mut refused_until = None;
    for mention in mentions {
        let before = &text[..mention.start];
        let goes_on =
            refused_until.is_some_and(|end: usize| GOES_ON.contains(&text[end..mention.start].trim()));
        if goes_on || NOT_THEN.is_match(before) {
            refused_until = Some(mention.end);
        } else if !down.iter().any(|down| down.contains(&mention.start))
            && !is_old_plan(before, &text[mention.end..])
            && !is_origin(text, &mention)
        {
            kept.push(mention);
        }
    }
    kept
}

fn is_old_plan(before: &str, after: &str) -> bool {
    WAS_PLANNED.is_match(before)
        && (MOVED.is_match(after) || CANCELLED.is_match(after) || INSTEAD_OF_PLAN.is_match(after))
}

/// Whether the day without a year is that of a letter or a figure, and the clause ends with it.
fn is_origin(text: &str, mention: &Mention) -> bool {
    let after = text[mention.end..].trim_start();
    let ends = after.is_empty() || after.starts_with(['.', ',', ';', ')']);
    mention.is_one_day() && mention.without_year() && ends && IS_FROM.is_match(&text[..mention.start])
}
