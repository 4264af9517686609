//! Which bodies a sentence ties to its days.

use std::sync::LazyLock;

use crate::understand::bodies::BodyMention;
use crate::understand::date::{Mention, When};
use crate::{Pattern, cued, pattern};

static TREATS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:behandl|drøft|godkend|beslut|stilling|præsenter|forelæg|fremlæg|fremlagt|forelagt|dagsorden|orienter|genoptag|afgør|møde\b|mødet\b|møder\b|mødes\b|politisk)",
    )
});

/// A body asks those who work for it to do something.
static ASKS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:anmod|bed|bad|pålæg|pålag)\p{L}*\s+(?:forvaltningen|administrationen|direktionen|sekretariatet|borgmesteren|formanden)\s+om\b",
    )
});
/// What it asks them for comes to itself.
static TO_ITSELF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:forelæg|forelag|fremlæg|fremlag|præsenter|orienter|behandl|dagsorden|tilbage|udvalg|rådet|status|redegør|notat|oplæg|evaluer)",
    )
});

/// What leads to that which a body decided to do.
const DECIDED_TO: [&str; 4] = ["besluttede at ", "vedtog at ", "godkendte at ", "valgte at "];

/// Who holds such an event meets the public, not to treat anything.
static HOLDS_EVENT: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "older|rrangerer|nviterer|olde |rrangere |nvitere ",
        concat!(
            r"(?i)\b(?:(?:af)?holde[rs]?|arrangerer?|inviterer?\s+til)\s+(?:(?:en|et|den|det|sin|sit|fælles|stor|stort|\p{L}+lige?t?)\s+){0,3}(?:åbent\s+hus|åben\s+dag",
            r"|\p{L}*(?:fest|festen|fernisering|reception|koncert|loppemarked|julemarked|indvielse|fødselsdag))\b",
        ),
    )
});

/// Words that may stand between a body and the day on which it meets.
const LINKS: [&str; 40] = [
    "er",
    "møde",
    "mødet",
    "møder",
    "ordinære",
    "ekstraordinære",
    "den",
    "d",
    "på",
    "i",
    "til",
    "kl",
    "om",
    "og",
    "samt",
    "henholdsvis",
    "hhv",
    "kommende",
    "næste",
    "førstkommende",
    "endelig",
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "søndag",
    "løbet",
    "af",
    "primo",
    "medio",
    "ultimo",
    "s",
    "sit",
    "afholdes",
    "bliver",
    "holdes",
    "mødes",
    "pr",
];

pub(super) fn only_links(gap: &str) -> bool {
    gap.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| LINKS.contains(&word.to_lowercase().as_str()))
}

/// Whether a sentence gives days and bodies one by one, in the same order.
fn is_respective(text: &str) -> bool {
    ["henholdsvis", "Henholdsvis", "hhv"].iter().any(|word| text.contains(word))
}

/// The last day of any month.
const LAST_DAY: i8 = 31;

/// "henholdsvis den 18. og 26. februar", "henholdsvis april og maj": two times, where "den 18. og 26. februar" alone is one run.
pub(super) fn split_respective(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    if !is_respective(text) {
        return mentions;
    }
    let mut split = Vec::new();
    for mention in mentions {
        match (mention.when, text[mention.start..mention.end].find(" og ")) {
            (When::Days(first, last), Some(at)) => {
                let middle = mention.start + at;
                split.push(Mention { end: middle, when: When::Day(first), ..mention.clone() });
                split.push(Mention { start: middle + " og ".len(), when: When::Day(last), ..mention });
            }
            (When::Months { from, year, first, last }, Some(at)) if last == first % 12 + 1 => {
                let middle = mention.start + at;
                let before = year.map(|year| if first > last { year - 1 } else { year });
                let of = |year, month| When::Month { year, month, first: 1, last: LAST_DAY };
                split.push(Mention { end: middle, when: of(from.or(before), first), ..mention.clone() });
                split.push(Mention { start: middle + " og ".len(), when: of(year, last), ..mention });
            }
            _ => split.push(mention),
        }
    }
    split
}

/// "henholdsvis den 3. og den 9. maj i A og B": as many bodies as days, in the same order, all before or all after them.
fn paired<'b>(
    text: &str,
    mentions: &[Mention],
    named: &'b [BodyMention],
) -> Option<Vec<Vec<&'b BodyMention>>> {
    let (first, last) = (mentions.first()?, mentions.last()?);
    if named.len() != mentions.len() || mentions.len() < 2 {
        return None;
    }
    let in_row =
        named.iter().all(|body| body.start >= last.end) || named.iter().all(|body| body.end <= first.start);
    let pairs = (in_row && (is_respective(text) || stand_together(text, mentions, named)))
        || alternate(text, mentions, named);
    pairs.then(|| named.iter().map(|body| vec![body]).collect())
}

/// "forelægges A og B den 11. og 26. oktober": a body meets once, so the days are theirs in this order.
fn stand_together(text: &str, mentions: &[Mention], named: &[BodyMention]) -> bool {
    let joined = |gap: &str| ["og", ",", "samt", "og i", "samt i", ", og"].contains(&gap.trim());
    TREATS.is_match(text)
        && named.windows(2).all(|pair| joined(&text[pair[0].end..pair[1].start]))
        && mentions.windows(2).all(|pair| {
            joined(
                text[pair[0].end..pair[1].start]
                    .trim_end_matches("den ")
                    .trim_end_matches("d. ")
                    .trim_matches('.'),
            )
        })
}

/// "den 13. september i A og den 21. september i B": each day is followed by its body.
fn alternate(text: &str, mentions: &[Mention], named: &[BodyMention]) -> bool {
    let leads = |at: usize| {
        let gap = text.get(mentions[at].end..named[at].start);
        gap.is_some_and(|gap| ["i", "på", "af", "for", "(", ":"].contains(&gap.trim()))
    };
    let follows = |at: usize| {
        let gap = text.get(named[at - 1].end..mentions[at].start);
        gap.is_some_and(|gap| gap.len() <= LONGEST_CLAUSE)
    };
    (0..mentions.len()).all(|at| leads(at) && (at == 0 || follows(at)))
}

/// Rows of a plan that begin with their day, "19-03-2018 Økonomiudvalget 27-03-2018 Byrådet": each body stands right after its
/// day. None where a body stands elsewhere.
fn day_first<'b>(
    text: &str,
    mentions: &[Mention],
    named: &'b [BodyMention],
) -> Option<Vec<Vec<&'b BodyMention>>> {
    let stands_after = |mention: &Mention, body: &BodyMention| {
        let gap = text.get(mention.end..body.start);
        gap.is_some_and(|gap| gap.trim().is_empty() || [":", "-", "–"].contains(&gap.trim()))
    };
    let is_plan =
        named.len() >= 2 && named.iter().all(|body| mentions.iter().any(|day| stands_after(day, body)));
    let of_day = |day| named.iter().filter(|body| stands_after(day, body)).collect();
    is_plan.then(|| mentions.iter().map(of_day).collect())
}

/// The bodies that a sentence ties to each of its days; a day that goes on with the one before has that one's.
pub(super) fn ties<'b>(
    text: &str,
    mentions: &[Mention],
    named: &'b [BodyMention],
) -> Vec<Vec<&'b BodyMention>> {
    if let Some(paired) = paired(text, mentions, named) {
        return paired;
    }
    if let Some(rows) = day_first(text, mentions, named) {
        return rows;
    }
    let mut tied: Vec<Vec<&BodyMention>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let mut bodies = bodies_of(text, mention, mentions, named);
        if bodies.is_empty()
            && let Some(previous) = at.checked_sub(1)
            && goes_on(&text[mentions[previous].end..mention.start])
        {
            bodies.clone_from(&tied[previous]);
        }
        tied.push(bodies);
    }
    tied
}

/// The bodies that a sentence ties to a day.
fn bodies_of<'b>(
    text: &str,
    mention: &Mention,
    mentions: &[Mention],
    named: &'b [BodyMention],
) -> Vec<&'b BodyMention> {
    let other_day_between =
        |start: usize, end: usize| mentions.iter().any(|m| m != mention && m.start >= start && m.end <= end);
    // "ansøger Byrådet om midler pr. 1. maj": nobody meets "pr." a day, and nobody for a whole "perioden".
    let before = text[..mention.start].trim_end();
    if before.ends_with("pr.") || (!mention.is_one_day() && before.ends_with("perioden")) {
        return Vec::new();
    }
    let before = named.iter().rposition(|body| body.end <= mention.start);
    if let Some(at) = before.filter(|at| !other_day_between(named[*at].end, mention.start)) {
        let gap = &text[named[at].end..mention.start];
        // "Udvalget godkendte, at vejen åbnes den …": what was decided then says who meets on the day.
        let said = gap.rsplit(", at ").next().unwrap_or(gap);
        // "Udvalget besluttede at udskyde festen til den …": so does what it decided to do.
        if HOLDS_EVENT.is_match(said) {
            return Vec::new();
        }
        let to_do = DECIDED_TO.iter().find_map(|verb| said.split_once(verb)).map(|(_, to_do)| to_do);
        let said = to_do.unwrap_or(said);
        // "Udvalget beder forvaltningen om at indkalde til dialogmøde inden …": somebody else does it.
        if ASKS.find(gap).is_some_and(|asked| !TO_ITSELF.is_match(&gap[asked.end()..])) {
            return Vec::new();
        }
        let treats = TREATS.is_match(said) && !gap.contains("til mødet") && !gap.contains(". ");
        let acts = to_do.is_none() && is_subject(text, named, at, gap);
        if only_links(gap)
            || is_by_then(&text[..named[at].start], gap)
            || treats
            || is_receiver(text, &named[at], gap)
            || acts
        {
            return with_neighbours(text, named, at);
        }
    }
    let is_event = |at: &usize| {
        let gap = &text[mention.end..named[*at].start];
        gap.len() <= LONGEST_CLAUSE && HOLDS_EVENT.is_match(&without(text, mention.end, &named[*at]))
    };
    let after = named.iter().position(|body| body.start >= mention.end).filter(|at| !is_event(at));
    let tied = after.filter(|at| {
        let gap = &text[mention.end..named[*at].start];
        let acts = gap.split_whitespace().count() == 1 && ACTS.is_match(gap);
        let close = !gap.trim_start().starts_with(',') && (only_links(gap) || acts) && !gap.contains(" og ");
        close
            || (is_treatment(&text[..mention.start], gap)
                && !other_day_between(mention.end, named[*at].start))
    });
    tied.map_or_else(Vec::new, |at| vec![&named[at]])
}

/// The clause from a place on without the body that stands in it: "Den 3. maj holder [bestyrelsen] åbent hus".
fn without(text: &str, from: usize, body: &BodyMention) -> String {
    let after = &text[body.end..];
    let clause = after.find([',', ';', ':']).map_or(after, |at| &after[..at]);
    format!("{}{}", &text[from..body.start], clause.trim_start())
}

/// "Den 18. februar behandles sagen i Byrådet", "4. marts: Behandling i Byrådet": the day opens the clause, the body is where.
fn is_treatment(before: &str, gap: &str) -> bool {
    let opens = before.rfind([',', ':', ';']).map_or(before, |at| &before[at + 1..]);
    let leads = gap.split_whitespace().next_back().unwrap_or_default();
    let is_place = ["i", "for", "på"].contains(&leads) || leads == "inviteres" || leads == "orienteres";
    is_place
        && gap.len() <= LONGEST_CLAUSE
        && !gap.contains([',', ';'])
        && !gap.contains(". ")
        && only_links(opens.trim_start_matches(['•', '-']))
        && (TREATS.is_match(gap) || leads.ends_with("es") || gap.contains("vedtage"))
}

/// Verbs that a body does something with on a day.
static ACTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:holder|behandler|drøfter|mødes|tager|træffer|får|besøger|skal|vil|afholder|godkender|beslutter)\s*$",
    )
});

/// Longer stretches between a body and a day say something else.
const LONGEST_CLAUSE: usize = 100;

/// "Udvalget besøger skolen den …", "A og B får planen i marts": the body begins the clause that the day ends.
fn is_subject(text: &str, named: &[BodyMention], at: usize, gap: &str) -> bool {
    let first = with_neighbours(text, named, at).first().map_or(named[at].start, |body| body.start);
    let before = text[..first].trim_end();
    let begins = before.is_empty()
        || before.ends_with(['•', '-', ':'])
        || [" at", " og", " mens"].iter().any(|word| before.ends_with(word) && is_clause_end(before, word))
        || before == "at";
    begins && gap.len() <= LONGEST_CLAUSE && !gap.contains([',', ';', ':']) && !gap.contains("mødet")
}

/// " at" opens a clause always, " og" and " mens" only after a comma.
fn is_clause_end(before: &str, word: &str) -> bool {
    word == " at" || before[..before.len() - word.len()].ends_with(',')
}

/// "den 3. og igen den 9. maj": the second day goes with what the first does.
fn goes_on(gap: &str) -> bool {
    let joined = gap.trim_start().starts_with("og ") || gap.trim_start().starts_with(',');
    let words = |part: &str| {
        part.split_whitespace().all(|word| {
            ["anden", "tredje", "2.", "3.", "behandling", "gang", "igen", ","].contains(&word)
                || only_links(word)
        })
    };
    joined && words(gap)
}

/// "i Byrådet senest den 5. december": where something is treated, and by when.
fn is_by_then(before: &str, gap: &str) -> bool {
    let limit = ["senest", "inden"].iter().find_map(|word| gap.trim_start().strip_prefix(word));
    let is_place = before.ends_with(" i ") || before.ends_with(" på ");
    is_place && limit.is_some_and(only_links)
}

/// "forelægges Udvalget, som …": the body is what a verb of treatment leads to, and nothing but it comes before the day.
fn is_receiver(text: &str, body: &BodyMention, gap: &str) -> bool {
    static LEADS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:behandles|behandling(?:en)?|forelægges|fremlægges|drøftes|godkendes|præsenteres|genoptages)\s+(?:\p{L}+\s+){0,3}$",
        )
    });
    let leads = LEADS.is_match(&text[..body.start]);
    leads && gap.len() <= 60 && !gap.contains([',', ';', ':'])
}

/// `A og B den …`: the bodies that stand together with one.
fn with_neighbours<'b>(text: &str, named: &'b [BodyMention], at: usize) -> Vec<&'b BodyMention> {
    let mut first = at;
    while first > 0 {
        let gap = text[named[first - 1].end..named[first].start].trim();
        if !["og", ",", "samt", "og i", "samt i"].contains(&gap) {
            break;
        }
        first -= 1;
    }
    named[first..=at].iter().collect()
}
