//! Days that a sentence names only to say that they do not count: "behandles ikke i juni", "var planlagt til maj, men udskydes",
//! "den oprindelige frist var den 1. maj". And the day of a letter: "brevet er fra 2. april".

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Match;

use super::{CANCELLED, MOVED};
use crate::model::SectionKind;
use crate::understand::date::Mention;
use crate::understand::text::Sentence;
use crate::{Pattern, pattern};

/// What leads from a word to its day and says nothing by itself.
const LINKS: &str =
    r"(?:(?:i|på|til|at|den|d\.|løbet|af|mødet|møde|hverken|(?:man|tirs|ons|tors|fre|lør|søn)dag)\s+)*$";

/// "behandles ikke i juni", "hverken den 4. eller …"; what comes "ikke før" a day is no such thing.
static NOT_THEN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:(?:ikke|hverken)\s+(?:(?:skal|kan|vil|blive|på|op|igen|\p{{L}}{{3,}}es)\s+)*",
            r"|i\s+stedet\s+for\s+(?:som\s+planlagt\s+)?){LINKS}",
        ),
        LINKS = LINKS
    ))
});
/// The clause after a day takes it back: "udskydes på ubestemt tid", "Fristen den 1. april fastholdes ikke".
static TAKEN_BACK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[^,;:]*\b(?:udsat|udsættes|udskudt|udskydes)\s+(?:(?:indtil|til)\s+videre|(?:på|til|i)\s+ubestemt)\b",
        r"|^\s+(?:fastholdes|opretholdes|overholdes|holder|gælder)\s+(?:(?:derfor|dermed|længere|alligevel)\s+)?ikke\b",
        r"|^\s+kan\s+(?:(?:derfor|dermed|alligevel)\s+)?ikke\s+(?:fastholdes|opretholdes|overholdes|holdes|nås)\b",
    ))
});

/// "der var planlagt til", "den oprindelige frist var", "fristen var".
static WAS_PLANNED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:(?:var|blev|været)\s+(?:oprindeligt?\s+|tidligere\s+|først\s+)?(?:planlagt|berammet|fastsat|programsat|sat|ventet)",
            r"|\bskulle\s+(?:\p{{L}}+\s+)?(?:have\s+været|været)(?:\s+(?:behandlet|drøftet|forelagt|holdt|afholdt))?",
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

/// What a motion is said to have come to that fell.
const FELL: &str = r"(?:ikke\s+(?:vedtaget|godkendt|imødekommet|tiltrådt|støttet|flertal)|forkast\p{L}+|nedstem\p{L}+|afvist|afslået|faldt|bortfaldt)";

/// A motion that was turned down, with all that it was about: "Forslag om at udsætte sagen til mødet den … blev ikke vedtaget".
static MOTION_DOWN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:forslag\p{{L}}*|anmodning\p{{L}}*|begæring\p{{L}}*|ønsket?)\s+(?:om|fra|af)\b[^;]{{0,200}}?",
            r"\b{FELL}\b",
            r"|\bmindretal(?:let)?\b[^;]{{0,60}}?\b(?:ønsker|ønskede|foreslår|foreslog|stemte\s+for|ville)\b[^;]*?(?:,\s+men\b|;|$)",
            r"|^(?-i:\p{{Lu}}[\p{{L}}.-]+(?:\s\p{{Lu}}[\p{{L}}.-]+){{0,3}}\s\(\p{{Lu}}{{1,3}}\))\s(?:ønsker|ønskede|foreslår|foreslog|ville)\b[^;]*",
            r"|\b(?:afviste|afslog|forkastede|nedstemte|(?:besluttede|ønskede|vedtog)\s+ikke)\s+(?:at|(?:et\s+)?forslag\p{{L}}*)\b[^,;.]*",
        ),
        FELL = FELL
    ))
});

/// A motion that a decision tells of as put: "Der blev stillet ændringsforslag fra A om, at …".
static MOTION_PUT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:stille(?:s|r|de|t)|fremsatte|fremsat|fremsættes)\b[^;]*?\b(?:\p{L}*forslag|anmodning|begæring)\b|^ændringsforslag\b",
    )
});
/// A later sentence says that it fell.
static IT_FELL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"(?i)^(?:\p{{L}}*forslaget|anmodningen|begæringen)\b[^,;]*?\b{FELL}\b"))
});
/// So many sentences after a motion tell at most how it went: who voted for it, and who against.
const FELL_WITHIN: usize = 4;

/// One of several ways that a text sets out, named by its label: "Alternativ 1: …".
static ALTERNATIVE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[•*–-]\s*)?((?:alternativ|model|scenarie|scenario|løsning|variant|mulighed)\s+(?:\d{1,2}|[a-h]))\b",
    )
});
/// What is said right after the label of one that was turned down.
static TURNED_DOWN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s+(?:(?:blev|bliver|er)\s+)?(?:forkast\p{L}+|fravalgt|fravælges|afvist|afvises|nedstem\p{L}+|ikke\s+(?:vedtaget|godkendt|valgt))\b",
    )
});

/// The labels, in small letters, of the ways that a decision turned down.
pub(super) fn turned_down(sentences: &[Sentence<'_>]) -> HashSet<String> {
    let decided = sentences.iter().filter(|said| said.section == SectionKind::Decision);
    let down = decided.filter_map(|said| {
        let label = label(said)?;
        TURNED_DOWN.is_match(&said.text[label.end()..]).then(|| label.as_str().to_ascii_lowercase())
    });
    down.collect()
}

/// Whether a sentence tells of a motion that fell, or of one of the ways that were [`turned_down`].
pub(super) fn is_lost(sentences: &[Sentence<'_>], at: usize, turned_down: &HashSet<String>) -> bool {
    let sentence = &sentences[at];
    if sentence.section == SectionKind::Decision && MOTION_PUT.is_match(&sentence.text) {
        let later = sentences[at + 1..].iter().take(FELL_WITHIN);
        let mut of_motion = later
            .take_while(|next| next.section == SectionKind::Decision && !MOTION_PUT.is_match(&next.text));
        return of_motion.any(|next| IT_FELL.is_match(&next.text));
    }
    !turned_down.is_empty()
        && label(sentence).is_some_and(|label| turned_down.contains(&label.as_str().to_ascii_lowercase()))
}

/// The label with which a sentence begins, as `Alternativ 1`.
fn label<'s>(sentence: &'s Sentence<'_>) -> Option<Match<'s>> {
    ALTERNATIVE.captures(&sentence.text)?.get(1)
}

/// After the item's own matter another item is put off by its number: "udsætte punktet …, og punkt 13 udsættes til mødet den".
static OTHER_ITEM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:punktet|sagen)\b[^;]*[,;]\s+(?:(?:og|mens|samt)\s+)?(?:punkt|pkt\.)\s*\d{1,3}\s+(?:\p{L}+\s+)?",
        r"(?:udsættes|udsat|udskydes|udskudt|flyttes|flyttet|overføres|behandles|drøftes)\b[^,;:]*$",
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
            && !TAKEN_BACK.is_match(&text[mention.end..])
            && !is_origin(text, &mention)
            && !OTHER_ITEM.is_match(before)
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
