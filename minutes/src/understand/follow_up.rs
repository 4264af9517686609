//! What is to happen after the meeting, sentence by sentence. The rules are the contract of `parse --json`.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::{FollowUp, FollowUpKind, SectionKind};
use crate::understand::bodies::{self, BodyMention};
use crate::understand::date::{self, Mention};
use crate::understand::text::Sentence;
use crate::{Pattern, pattern};

/// What the sentences are read against.
pub(super) struct Meeting<'a> {
    /// The day of the meeting, or of the document.
    pub(super) date: Date,
    /// The body that met, for "udvalget" and "rådet".
    pub(super) body: Option<&'a str>,
    /// Days on which a seat of the same item begins or ends: they are no follow-ups.
    pub(super) seat_days: &'a [Date],
}

/// A longer period is a term of office, a contract or a budget.
const LONGEST_PERIOD_DAYS: i32 = 366;

/// Fewer words around a day make it a row of a calendar.
const FEWEST_WORDS: usize = 2;

/// More follow-ups than any item has: a text that holds more is a table or an attack.
const MOST_FOLLOW_UPS: usize = 200;

/// Sections whose days belong to something else: earlier meetings, other documents, file names.
const SKIPPED: [SectionKind; 4] =
    [SectionKind::History, SectionKind::Attachments, SectionKind::Related, SectionKind::Routing];

static CANCELLED: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:aflyst|aflyses|aflysning|bortfalder|udgår)\b"));
static LAW: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:§|Stk\.|Kap\.)"));
static MONEY_STATUS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:forbrug\w*|restgæld\w*|opgjort|regnskab\w*|saldo\w*|indbyggertal\w*)\b")
});
static TERM_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)(?:funktions|valg|byråds|råds|udvalgs|budget|regnskabs|aftale|kontrakt)periode")
});

/// A body is said to have decided something before; what it decided follows in a list.
static EARLIER_DECISION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:besluttede|vedtog|godkendte|tiltrådte|har (?:\p{L}+ )?(?:besluttet|vedtaget|godkendt|tiltrådt))\b.*[,:]$",
    )
});

/// Finite verbs in the past.
static PAST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:blev|var|havde|fik|deltog|besluttede|holdt|afholdt|afholdtes|gik|kom|fandt|skete|godkendte|drøftede|behandlede|vedtog|mødtes|startede|sluttede|besøgte|bad|ansøgte|modtog|indgik|valgte|rejste|\p{L}+lagde|\p{L}{3,}ede|har været|har (?:\p{L}+ ){0,2}\p{L}+(?:et|dt|ft)|er (?:blevet|afholdt|gennemført|behandlet|drøftet|godkendt))\b",
    )
});

/// Verbs in the present, and passives: what a season or a month without a year needs to be ahead.
static PRESENT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:er|har|vil|skal|kan|må|bliver|får|indgår|sker|begynder|starter|slutter|evaluerer|gennemfører|holder|mødes|vender|følger|kommer|tager|behandler|drøfter|\p{L}{4,}es)\b",
    )
});

/// Past verbs that look ahead: what was agreed, told or asked for is still to come.
static LOOKS_AHEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:besluttet|aftalt|opfordret|inviteret|udsat|fastsat|planlagt|indkaldt|fortalte|orienterede|oplyste|nævnte|foreslog|mindede|gjorde opmærksom|berettede|bad om|ønskede|besluttede|aftalte)\b",
    )
});

static TREATS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:behandl|drøft|godkend|beslut|stilling|præsenter|forelæg|fremlæg|fremlagt|forelagt|dagsorden|orienter|genoptag|afgør|møde\b|mødet\b|møder\b|mødes\b|politisk)",
    )
});
static IS_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:behandl|dagsorden|forelæg|forelagt|fremlægges|fremlagt|genoptag|udvalgsmøde|byrådsmøde|rådsmøde|politisk|tages op|drøftes|præsenter)",
    )
});
static IS_DEADLINE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)(?:frist|senest\b|\binden\b|foreligge|aflever|indsend|\bansøgning)"));
static NEXT_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:næste|førstkommende|næstkommende|kommende)\s+(?:\p{L}+\s+)?(\p{L}*møde(?:t|r)?)\b")
});
/// An article that makes a "coming meeting" any meeting.
static SOME_MEETING: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bet\s+kommende\s"));

/// The follow-ups of a text, one for each run of days and body, in the order found.
pub(super) fn read(sentences: &[Sentence<'_>], meeting: &Meeting<'_>) -> Vec<FollowUp> {
    let mut found: Vec<FollowUp> = Vec::new();
    let mut quotes_decision = false;
    for sentence in sentences.iter().filter(|sentence| !SKIPPED.contains(&sentence.section)) {
        let is_row = sentence.text.starts_with("at ") || sentence.text.starts_with('•');
        quotes_decision = (quotes_decision && is_row) || announces_list(&sentence.text);
        let in_decision =
            sentence.section == SectionKind::Decision || sentence.section == SectionKind::Recommendation;
        if (quotes_decision && !in_decision)
            || CANCELLED.is_match(&sentence.text)
            || LAW.is_match(&sentence.text)
        {
            continue;
        }
        for follow_up in in_sentence(&sentence.text, meeting) {
            let known = found.iter().any(|known| {
                (known.from, known.to, &known.body) == (follow_up.from, follow_up.to, &follow_up.body)
                    && (known.from.is_some() || known.kind == follow_up.kind)
            });
            if !known && found.len() < MOST_FOLLOW_UPS {
                found.push(follow_up);
            }
        }
    }
    without_bodiless_twins(found)
}

/// Whether a sentence tells an earlier decision whose parts follow.
fn announces_list(text: &str) -> bool {
    text.ends_with([',', ':']) && EARLIER_DECISION.is_match(text)
}

/// A day that one sentence ties to a body, and another does not, is one follow-up.
fn without_bodiless_twins(found: Vec<FollowUp>) -> Vec<FollowUp> {
    let with_body: Vec<_> = found.iter().filter(|f| f.body.is_some()).map(|f| (f.from, f.to)).collect();
    let twin = |f: &FollowUp| f.body.is_none() && f.from.is_some() && with_body.contains(&(f.from, f.to));
    found.into_iter().filter(|follow_up| !twin(follow_up)).collect()
}

fn in_sentence(text: &str, meeting: &Meeting<'_>) -> Vec<FollowUp> {
    let mentions = date::mentions(text);
    if mentions.is_empty() && !NEXT_MEETING.is_match(text) {
        return Vec::new();
    }
    if CANCELLED.is_match(text) {
        return Vec::new();
    }
    let named = bodies::mentions(text);
    let mut found = Vec::new();
    let pairs = paired(text, &mentions, &named);
    let tied = ties(text, &mentions, &named);
    for (at, mention) in mentions.iter().enumerate() {
        let Some((from, to)) =
            mention.resolve(meeting.date).filter(|days| is_ahead(text, mention, *days, meeting))
        else {
            continue;
        };
        if !mention.is_exact()
            && mentions.iter().any(|other| is_inside(other, mention, from, to, meeting.date))
        {
            continue;
        }
        let bodies = match &pairs {
            Some(pairs) => vec![pairs[at]],
            None => tied[at].clone(),
        };
        let row = |body: Option<String>| FollowUp {
            from: Some(from),
            to: Some(to),
            kind: kind(text, mention, body.is_some()),
            body,
            quote: text.to_owned(),
        };
        if bodies.is_empty() {
            found.push(row(None));
        }
        found.extend(bodies.into_iter().map(|body| row(name_of(body, meeting))));
    }
    if mentions.is_empty() {
        found.extend(next_meeting(text, &named, meeting));
    }
    found
}

/// A month or season that stands over a day inside it says nothing more.
fn is_inside(other: &Mention, vague: &Mention, from: Date, to: Date, meeting: Date) -> bool {
    let inside = |(first, last): (Date, Date)| from <= first && last <= to;
    other != vague && other.is_exact() && other.resolve(meeting).is_some_and(inside)
}

/// Whether the days lie ahead and are something to follow up.
fn is_ahead(text: &str, mention: &Mention, (from, to): (Date, Date), meeting: &Meeting<'_>) -> bool {
    let length = date::length(from, to);
    let is_term =
        length > LONGEST_PERIOD_DAYS || (length > 1 && mention.is_exact() && TERM_WORDS.is_match(text));
    let before = &text[..mention.start];
    let this_meeting = !mention.is_exact()
        && (from..=to).contains(&meeting.date)
        && before.trim_end().ends_with("møde")
        && !before.contains("næste");
    let is_status = before.trim_end().to_lowercase().ends_with("pr.") && MONEY_STATUS.is_match(text);
    let is_row = words_around(text, mention) < FEWEST_WORDS;
    let is_seat = from == to && meeting.seat_days.contains(&from);
    let is_past = mention.without_year() && told_as_past(text, mention);
    // "Kassebeholdning i 1. kvartal." tells of no time to come.
    let has_no_verb = mention.without_year() && !mention.is_exact() && !PRESENT.is_match(text);
    to > meeting.date
        && !(is_term || this_meeting || is_status || is_row || is_seat || is_past || has_no_verb)
}

/// Whether what happens on a day without a year is told in the past tense.
fn told_as_past(text: &str, mention: &Mention) -> bool {
    let after = clause_after(&text[mention.end..]);
    // "På mødet den 31. januar blev der …": the verb right after the day.
    let first_words: String = after.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let starts_past = [
        "blev",
        "var",
        "havde",
        "fik",
        "deltog",
        "besluttede",
        "holdt",
        "godkendte",
        "drøftede",
        "vedtog",
        "afholdtes",
    ]
    .iter()
    .any(|verb| first_words.split(' ').any(|word| word == *verb));
    let before = &text[..mention.start];
    let past_before = PAST.is_match(before) && !LOOKS_AHEAD.is_match(before) && !IS_FUTURE.is_match(before);
    starts_past || past_before
}

static IS_FUTURE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:vil|skal|kan|bliver|forventes|planlægges|afholdes|holdes|sættes|tages|behandles|forelægges|er fastsat|er planlagt)\b",
    )
});

fn clause_after(text: &str) -> &str {
    text.find([',', ';', ':']).map_or(text, |end| &text[..end])
}

fn words_around(text: &str, mention: &Mention) -> usize {
    let filler = ["den", "kl", "tirsdag", "onsdag", "torsdag", "fredag", "mandag", "efter", "fra"];
    let words = |part: &str| {
        part.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() >= 3 && !filler.contains(&word.to_lowercase().as_str()))
            .count()
    };
    words(&text[..mention.start]) + words(&text[mention.end..])
}

fn kind(text: &str, mention: &Mention, has_body: bool) -> FollowUpKind {
    let before = &text[..mention.start];
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(60))..];
    if has_body || IS_MEETING.is_match(text) {
        FollowUpKind::Meeting
    } else if IS_DEADLINE.is_match(near) {
        FollowUpKind::Deadline
    } else if matches!(
        mention.when,
        date::When::Days(..) | date::When::Months { .. } | date::When::Weeks { .. }
    ) {
        FollowUpKind::Period
    } else {
        FollowUpKind::Event
    }
}

fn name_of(body: &BodyMention, meeting: &Meeting<'_>) -> Option<String> {
    body.name.clone().or_else(|| meeting.body.map(str::to_owned))
}

/// Words that may stand between a body and the day on which it meets.
const LINKS: [&str; 37] = [
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
    "mødes",
    "pr",
];

fn only_links(gap: &str) -> bool {
    gap.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| LINKS.contains(&word.to_lowercase().as_str()))
}

/// "henholdsvis den 3. og den 9. maj i A og B": as many bodies as days, in the same order, all after the days.
fn paired<'b>(text: &str, mentions: &[Mention], named: &'b [BodyMention]) -> Option<Vec<&'b BodyMention>> {
    let listed = text.contains("henholdsvis") || text.contains("hhv");
    let last = mentions.last()?;
    let after: Vec<_> = named.iter().filter(|body| body.start >= last.end).collect();
    (listed && mentions.len() > 1 && after.len() == mentions.len()).then_some(after)
}

/// The bodies that a sentence ties to each of its days; a day that goes on with the one before has that one's.
fn ties<'b>(text: &str, mentions: &[Mention], named: &'b [BodyMention]) -> Vec<Vec<&'b BodyMention>> {
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
    let before = named.iter().rposition(|body| body.end <= mention.start);
    if let Some(at) = before.filter(|at| !other_day_between(named[*at].end, mention.start)) {
        let gap = &text[named[at].end..mention.start];
        let treats = TREATS.is_match(gap) && !gap.contains("til mødet") && !gap.contains(". ");
        if only_links(gap)
            || treats
            || is_receiver(text, &named[at], gap)
            || is_subject(text, &named[at], gap)
        {
            return with_neighbours(text, named, at);
        }
    }
    let after = named.iter().position(|body| body.start >= mention.end);
    let tied = after.filter(|at| {
        let gap = &text[mention.end..named[*at].start];
        let acts = gap.split_whitespace().count() == 1 && ACTS.is_match(gap);
        !gap.trim_start().starts_with(',') && (only_links(gap) || acts) && !gap.contains(" og ")
    });
    tied.map_or_else(Vec::new, |at| vec![&named[at]])
}

/// Verbs that a body does something with on a day.
static ACTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:holder|behandler|drøfter|mødes|tager|træffer|får|besøger|skal|vil|afholder|godkender|beslutter)\s*$",
    )
});

/// Longer stretches between a body and a day say something else.
const LONGEST_CLAUSE: usize = 100;

/// "Udvalget besøger skolen den …": the body begins the clause that the day ends.
fn is_subject(text: &str, body: &BodyMention, gap: &str) -> bool {
    let before = text[..body.start].trim_end();
    let begins =
        before.is_empty() || before.ends_with(['•', '-', ':']) || before.ends_with(" at") || before == "at";
    begins && gap.len() <= LONGEST_CLAUSE && !gap.contains([',', ';', ':']) && !gap.contains("mødet")
}

/// "den 3. og igen den 9. maj": the second day goes with what the first does.
fn goes_on(gap: &str) -> bool {
    let joined = gap.trim_start().starts_with("og ") || gap.trim_start().starts_with(',');
    let words = |part: &str| {
        part.split_whitespace()
            .all(|word| ["anden", "tredje", "gang", "igen", ","].contains(&word) || only_links(word))
    };
    joined && words(gap)
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

/// A promise for the next meeting, whose day the sentence does not tell.
fn next_meeting(text: &str, named: &[BodyMention], meeting: &Meeting<'_>) -> Option<FollowUp> {
    let found = NEXT_MEETING.find(text)?;
    if SOME_MEETING.is_match(text) || (PAST.is_match(text) && !LOOKS_AHEAD.is_match(text)) {
        return None;
    }
    let after =
        named.iter().find(|body| body.start >= found.end() && only_links(&text[found.end()..body.start]));
    let inside = named.iter().find(|body| body.start < found.end() && body.end > found.start());
    let owner = named
        .iter()
        .rev()
        .find(|body| body.end <= found.start() && only_links(&text[body.end..found.start()]));
    Some(FollowUp {
        from: None,
        to: None,
        body: after.or(inside).or(owner).and_then(|body| name_of(body, meeting)),
        kind: FollowUpKind::NextMeeting,
        quote: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence, and its follow-ups seen from a meeting of Kulturudvalget on 22 March 2018: one a line.
    const SENTENCES: &str = include_str!("../../tests/follow_ups.txt");

    #[test]
    fn sentences_hold_what_the_table_says() {
        let meeting =
            Meeting { date: "2018-03-22".parse().unwrap(), body: Some("Kulturudvalget"), seat_days: &[] };
        for row in SENTENCES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let sentence = Sentence { text: text.into(), section: SectionKind::Background };
            let found: Vec<String> = read(&[sentence], &meeting)
                .into_iter()
                .map(|f| {
                    let days = match (f.from, f.to) {
                        (Some(from), Some(to)) if from != to => format!("{from}..{to}"),
                        (Some(from), _) => from.to_string(),
                        _ => "next".to_owned(),
                    };
                    format!("{days} {}", f.body.as_deref().unwrap_or("-"))
                })
                .collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            assert_eq!(found, expected, "{text}");
        }
    }
}
