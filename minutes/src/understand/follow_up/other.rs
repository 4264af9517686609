//! Days ahead that are no follow-ups by what the words around them tell of: the law as it is quoted, leave, seats and posts that begin
//! or end, and terms of office.

use std::sync::LazyLock;

use crate::understand::date::{Mention, When};
use crate::understand::seat;
use crate::{Pattern, pattern};

/// What a law may be.
const LAWS: &str =
    "lov|bekendtgørelse|lovbekendtgørelse|cirkulære|forordning|direktiv|vejledning|lovforslag|anordning";

/// "lov nr. 311 af den": the day is a law's name.
static LAW_OF_DAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b\p{{L}}*(?:{LAWS})\p{{L}}*(?:\s+nr\.?\s*[\d/.-]+|\s+\([^)]*\))?\s+af\s+(?:d(?:en|\.)\s+)?$"
    ))
});
/// Where the law is named by its paragraph.
static PARAGRAPH: LazyLock<Pattern> = LazyLock::new(|| pattern(r"§§?\s?\d+"));
/// "§ 17, stk. 4-udvalget" is a committee.
static COMMITTEE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^§§?\s?\d+(?:,?\s?stk\.\s?\d+)?[-\s]udvalg"));
/// Somebody does not come to a meeting; until when that is to be told is another matter.
static ABSENCE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\bafbud\s+(?:til|fra|for)\s+(?:\p{L}+\s+){0,3}?\p{L}*møde[rt]?\b[^,;:]*$")
});

/// Whether the words before a meeting or its day tell only that somebody does not come to it.
pub(super) fn is_absence(before: &str) -> bool {
    before.contains("fbud ")
        && ABSENCE.is_match(before)
        && !before.contains("senest")
        && !before.contains("inden")
}

/// What the law says follows its name: "… § 12, stk. 2, at …", "… § 4 skal kommunen …".
static PROVIDES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)(?:,\s+at\b|:|\b(?:skal|fastsætter|bestemmer|foreskriver|fastslår|kræver)\b)")
});
/// Not the full stop of "stk.".
static NEW_SENTENCE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"[.]\s+\p{Lu}"));
static LEAVE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b\p{L}*(?:orlov|barsel)(?:en|s?perioden?|s?orloven)?\b"));
/// Between leave and its days stands nothing but these.
static OF_LEAVE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[\s(]*(?:(?:fra|i|perioden|periode|til|og|med|den|d\.|pr\.|gælder|løber|begynder|starter|slutter|ophører|udløber",
        r"|varer|er|uden|løn|på\s+grund\s+af\s+\p{L}+|\d{1,2}\s+(?:måneder|uger|dage)|\p{L}*dag)[\s(]+)*$",
    ))
});
/// Somebody begins or ceases to sit.
static SEAT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:ud|fra)(?:træde[rs]?|trådt)\b|ind(?:træde[rs]?|trådt)\s+(?:i|som|for)\b",
        r"|(?:træde[rs]?|trådt)\s+(?:(?:\p{L}+[,.]?\s+){0,4}?(?:tilbage|ud)|ind\s+(?:i|som|for))\b",
        r"|(?:trække|trækker|trak|trukket)\s+sig\s+(?:\p{L}+\s+){0,2}?(?:som|fra)\b|(?:går|gå|gået)\s+af\b",
        r"|stopper\s+(?:i\s+(?:\p{L}*(?:rådet|udvalget|bestyrelsen|nævnet|kommissionen))|som\s+(?:\p{L}*(?:formand|medlem|borgmester|leder|direktør|chef)))\b",
        r"|(?:tager|tage|indtager)\s+plads\s+i\b|genindtræde[rs]?\b",
        r"|(?:overtager|overtage)\s+(?:\p{L}*(?:formandsposten|formandskabet|borgmesterposten|mandatet|hvervet))\b",
        r"|(?:nedlægger|nedlægge|nedlagt)\s+(?:\p{L}+\s+)?(?:mandat|hverv|formandspost)\p{L}*)",
    ))
});
/// What is left is an agreement, not a seat.
static OF_AGREEMENT: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^\s+(?:fra|af)\s+(?:\p{L}+\s+)?\p{L}*(?:aftale|kontrakt|samarbejde)"));
/// What leaves is no person.
static NO_PERSON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:kommunen|kommunerne|regionen|selskabet|virksomheden|leverandøren|firmaet|staten)\b")
});

/// Somebody is employed as something from a day on: "ansatte Ida Holm som direktør pr. 1. maj".
static EMPLOYED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:ansat|ansatte|ansætter?|ansættes|udnævn(?:er|t|te|es)|konstituere[rst]?)\b[^,;:]{0,120}?\bsom\s+[^,;:]{1,80}?",
        r"\b(?:pr\.|fra|med\s+(?:tiltrædelse|virkning|start)(?:\s+(?:fra|pr\.))?)\s+(?:og\s+med\s+)?(?:(?:den|d\.)\s+)?$",
        r"|\b(?:gen(?:udpeg|vælg|valg|ansæt|ansat)\p{L}*\b[^,;:]{0,120}?|ny\s+\p{L}*(?:direktør|chef|leder|formand|borgmester))",
        r"\s+(?:pr\.|fra)\s+(?:og\s+med\s+)?(?:(?:den|d\.)\s+)?$",
    ))
});
/// A term of office, and what leads from it to a day.
static TERM_UNTIL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:funktions|valg|byråds|råds|udvalgs|mandat)perioden?s?\s+",
        r"(?:(?:løber|udløber|slutter|ophører|begynder|starter|går|gælder|varer|er|udløb|ophør|slutning|indtil|generalforsamlingen|årsmødet|i|fra|til|og|med|frem|ved|den|d\.|pr\.)\s+)*$",
    ))
});
/// The same with the day before it.
static UNTIL_TERM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^,?\s+(?:udløber|slutter|ophører|begynder|starter|løber)\s+(?:\p{L}+\s+){0,2}?(?:funktions|valg|byråds|råds|udvalgs|mandat)periode",
    )
});

/// "tallene for 1. kvartal", "regnskabet for 2018": the time that figures are of, not when they come.
static FIGURES_FOR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\p{L}*(?:tal|tallet|tallene)|\p{L}*(?:regnskab|opgørelse|statistik|årsrapport|evaluering|status|redegørelse)(?:en|et|er|erne)?)\s+(?:af|for|fra|over)\s+(?:hele\s+)?$",
    )
});

/// Whether a period is what figures or a report tell of: "en evaluering af vinteren 2023/24".
pub(super) fn is_reported(text: &str, mention: &Mention) -> bool {
    !mention.is_one_day() && FIGURES_FOR.is_match(&text[..mention.start])
}

/// Whether the day belongs to a law, to leave or to a seat; `has_body`: the sentence ties a body to the day.
pub(super) fn is_no_follow_up(text: &str, mention: &Mention, has_body: bool) -> bool {
    let (before, after) = (&text[..mention.start], &text[mention.end..]);
    LAW_OF_DAY.is_match(before)
        || is_absence(before)
        || is_leave(before, has_body && mention.is_one_day())
        || is_seat(before, after)
        || EMPLOYED.is_match(before)
        || TERM_UNTIL.is_match(before)
        || seat::is_term_of_choice(before)
        || UNTIL_TERM.is_match(after)
        || (!has_body && is_law_quoted(before))
        || (!has_body && mention.without_year() && is_rule(text) && EVERYBODY.is_match(before))
        || (mention.without_year() && OF_ANOTHER_YEAR.is_match(after))
        || (matches!(mention.when, When::Within { .. }) && is_for_anybody(text))
}

/// Whether a sentence is a rule with the place where it stands: "Kommunen skal hvert år senest den 1. oktober …, jf. § 3".
pub(super) fn is_rule(text: &str) -> bool {
    static RULE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:skal|kan|må|bør|senest|inden)\b.*\bj(?:f|vf)\.\s+(?:\p{L}+\s+){0,3}§§?\s?\d")
    });
    text.contains('§') && RULE.is_match(text)
}

/// "senest 1. marts året efter": the year is that of something else, and not known.
static OF_ANOTHER_YEAR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^,?\s+(?:i\s+)?(?:året\s+(?:efter|før|forinden)|(?:det\s+)?(?:følgende|efterfølgende|foregående)\s+år)\b",
    )
});

/// On whom the law lays a duty.
static EVERYBODY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:kommunen|kommunerne|kommunalbestyrelsen|byrådet|regionsrådet|regionen|ejeren|ejere|ansøgeren|borgeren|virksomheden)\s+(?:skal|kan|må)|(?:skal|kan|må)\s+(?:kommunen|kommunalbestyrelsen|byrådet|regionsrådet)|hvert\s+år|årligt)\b",
    )
});

/// Who does something within some days of the meeting: without one of them the words are a rule for anybody.
static WHO: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:forvaltning|administration|sekretariat|direktion|direktør|afdeling|formand|borgmester|udvalg|rådet|\p{L}+rådet|bestyrelsen|sagen|punktet|mødet|svar|notat|redegørelse)\p{L}*",
    )
});
/// What anybody may or has to do within some days of something.
static ANYBODY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)§|\b(?:klage|ansøg|anke|betal|indsigelse|begær|påbud|reklam|opsig|altid|normalt|som regel|hvis|såfremt|når)\p{L}*",
    )
});

/// Whether "inden 14 dage" is counted from something else than the meeting, whatever that is.
fn is_for_anybody(text: &str) -> bool {
    ANYBODY.is_match(text) || !WHO.is_match(text)
}

/// "§ 12, stk. 2, fastsætter, at … senest den": what the law demands of everybody, not what this body said it will do.
fn is_law_quoted(before: &str) -> bool {
    let Some(law) = PARAGRAPH.find_iter(before).find(|found| !COMMITTEE.is_match(&before[found.start()..]))
    else {
        return false;
    };
    let said = &before[law.end()..];
    !NEW_SENTENCE.is_match(said) && PROVIDES.is_match(said)
}

/// Whether the day is one of a leave. A single day of a body is when it treats the leave, unless the leave is from it or to it.
fn is_leave(before: &str, may_be_meeting: bool) -> bool {
    LEAVE.find_iter(before).any(|leave| {
        let gap = &before[leave.end()..];
        let is_bound = gap.split_whitespace().any(|word| ["fra", "til"].contains(&word));
        OF_LEAVE.is_match(gap) && (is_bound || !may_be_meeting)
    })
}

/// Whether the verb of the day's clause tells of a seat; the clause may begin with the day.
fn is_seat(before: &str, after: &str) -> bool {
    let clause_before = before.rfind([',', ';', ':']).map_or(before, |at| &before[at + 1..]);
    let clause_after = after.find([',', ';', ':']).map_or(after, |at| &after[..at]);
    let is_of_person = |clause: &&str| {
        let ends = SEAT.find(clause).map(|verb| verb.end());
        ends.is_some_and(|end| !OF_AGREEMENT.is_match(&clause[end..])) && !NO_PERSON.is_match(clause)
    };
    [clause_before, clause_after].iter().any(is_of_person)
}
