//! What is to happen after the meeting, sentence by sentence. The rules are the contract of `parse --json`.

mod amended;
mod other;
mod task;
mod tense;
mod ties;
mod verbs;
mod withdrawn;

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::{FollowUp, FollowUpKind, SectionKind};
use crate::understand::bodies::{self, BodyMention};
use crate::understand::date::{self, Mention, When};
use crate::understand::text::Sentence;
use crate::{Pattern, body, cued, pattern};
use amended::Change;
use tense::Tense;

/// What the sentences are read against.
pub(super) struct Meeting<'a> {
    /// The day of the meeting, or of the document.
    pub(super) date: Date,
    /// The body that met, for "udvalget" and "rådet".
    pub(super) body: Option<&'a str>,
    /// Days on which a seat of the same item begins or ends: they are no follow-ups.
    pub(super) seat_days: &'a [Date],
    /// Whether the item is a plan of meetings.
    pub(super) is_plan: bool,
}

/// A longer period is a term of office, a contract or a budget.
const LONGEST_PERIOD_DAYS: i32 = 366;

/// Fewer words around a day make it a row of a calendar.
const FEWEST_WORDS: usize = 2;

/// More days in one sentence are a calendar or an attack.
const MOST_DAYS: usize = 40;

/// As many days in a row, told to be meetings, are a calendar.
const FEWEST_OF_CALENDAR: usize = 3;

/// The same where the item is a plan of meetings.
const FEWEST_OF_PLAN: usize = 2;

/// A day without a year that lies further ahead has only just been.
const FAR_AHEAD_DAYS: i32 = 270;

/// No body plans a meeting's day that far ahead without its year: a text written for an earlier body tells of one that has
/// just been.
const NEARLY_A_YEAR_DAYS: i32 = 300;

/// "forløbet fra den 15. januar": the day on which something was.
static FROM_THING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b\p{L}{3,}(?:en|et|erne)\s+fra\s+(?:d(?:en|\.)\s+)?$"));

/// As many figures beside a day, and no more words than figures, are a row of a table.
const FEWEST_FIGURES: usize = 3;

/// More follow-ups than any item has: a text that holds more is a table or an attack.
const MOST_FOLLOW_UPS: usize = 200;

/// Sections whose days belong to something else: earlier meetings, other documents, file names.
const SKIPPED: [SectionKind; 4] =
    [SectionKind::History, SectionKind::Attachments, SectionKind::Related, SectionKind::Routing];

static CANCELLED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:aflyst|aflyses|aflysning|bortfalder|udgår",
        r"|(?:holdes|afholdes|gennemføres) ikke|ikke (?:afholdt|holdt|holde|afholde))\b",
    ))
});
/// What is cancelled has another day.
static INSTEAD: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bi stedet\b|\berstattes af\b|\bnyt møde\b|\bny dato\b|\bflyttes til\b"));
/// What has been moved has a day that no longer counts, and a new one.
static MOVED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:flytte[rs]?|flyttet|rykke[rs]?|rykket|skydes|skudt|udsat|udsættes?|udskydes?|udskudt)\b|(?:udsatte|udsætter|udskød|udskyder)\s+(?:sagen|punktet|emnet|forslaget|(?:behandling|drøftelse|beslutning)en)\b)",
    )
});
static FROM_OLD_DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bfra\s+(?:\p{L}+\.?\s+){0,3}$"));
static TO_NEW_DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\btil\s+(?:\p{L}+\.?\s+){0,3}$"));
/// Days in a row after such words are a calendar.
static CALENDAR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:møder|møderne|mødes|(?:holde[rs]?|afholde[rs]?)\s+(?:\p{L}+\s+){0,2}møde|\p{L}*mødedato\p{L}*|mødeplan\p{L}*|mødekalender\p{L}*)\b",
    )
});
/// A body decided something on a day before; what follows is what it decided.
static DECIDED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:besluttede|vedtog|godkendte|tiltrådte|besluttet|vedtaget|godkendt|tiltrådt)\b")
});
/// Steps of a plan whose rows have no verb.
static IS_STEP: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)(?:behandling|høring|vedtagelse|møde|drøftelse|godkendelse|frist)"));
/// What a quotation of law begins with.
const LAW: [&str; 3] = ["§", "Stk.", "Kap."];
/// "§ 17, stk. 4-udvalget" is no law.
static NO_LAW: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^§\s?\d+(?:,?\s?stk\.\s?\d+)?[-\s]udvalg"));
static MONEY_STATUS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:forbrug\w*|restgæld\w*|kassebeholdning\w*|likviditet\w*|opgjort|regnskab\w*|saldo\w*|indbyggertal\w*|budgetopfølgning\w*|budgetrevision\w*)\b",
    )
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

static IS_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:behandl|dagsorden|forelæg|forelagt|fremlægge|fremlagt|genoptag|udvalgsmøde|byrådsmøde|rådsmøde|politisk|tages op|drøftes|præsenter)",
    )
});
static IS_DEADLINE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:frist|senest\b|\binden\b|foreligge|aflever|indsend|\bansøgning|frem\s+til\s+(?:og\s+med\s+)?(?:d(?:en|\.)\s+)?$)",
    )
});
/// What makes of the day that follows the last one, not the only one.
static BY_THEN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(senest|inden|\p{L}*frist(?:en)?:?(?:\s+for(?:\s+\p{L}+){1,2}?)?|frem\s+til|før)\s+(?:(?:er|på|til|i|med|og|møde|mødet|udvalgsmøde|den|d\.|\p{L}+dag)\s+)*$",
    )
});
/// What is put off to a meeting is treated there.
static IS_PUT_OFF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:rykke[st]?|rykket|overfør\p{L}*|udsat|udsættes?|udskydes?|udskudt)\b.*\b(?:mødet|møde)\b",
        r"|^udsat\s+til\b",
        r"|\b(?:udsatte|udsætter|udskød|udskyder)\s+(?:sagen|punktet|emnet|forslaget|(?:behandling|drøftelse|beslutning)en)\b[^,;]*\b(?:fra|til)\b",
        r"|\b(?:sagen|punktet|emnet|behandlingen|drøftelsen|beslutningen)\s+(?:\p{L}+\s+){0,2}?",
        r"(?:rykkes|rykket|flyttes|flyttet|skydes|skudt|overføres|udsat|udsættes|udskydes|udskudt)\b[^,;]*\b(?:fra|til)\b",
    ))
});
static NEXT_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "øde|ØDE",
        r"(?i)\b(?:næste|førstkommende|næstkommende|næstfølgende|kommende)\s+(?:\p{L}+\s+)?((?:\p{L}+-)?\p{L}*møde(?:t)?)\b",
    )
});
/// What a body takes up "næste gang" it takes up when it meets next.
static NEXT_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "gang|Gang|GANG",
        r"(?i)\b(?:tages\s+op|tager\s+\p{L}+\s+op|genoptages|dagsorden\p{L}*|drøftes|behandles|vender\s+tilbage)\b[^.;]{0,60}\b(næste\s+gang)\b",
    )
});
/// An article that makes a "coming meeting" any meeting, and words that only speak of its day.
static SOME_MEETING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bet\s+kommende\s|\bdato\p{L}*\s+for\s+(?:det\s+)?(?:næste|kommende)"));
/// "førstkommende møde derefter": the first one after something else, not after this meeting.
static AFTER_SOMETHING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^\s+(?:i\s+[\p{L}-]+\s+)?(?:derefter|herefter|efter)\b"));

/// The follow-ups of a text, one for each run of days and body, in the order found.
pub(super) fn read(sentences: &[Sentence<'_>], meeting: &Meeting<'_>) -> Vec<FollowUp> {
    let mut found: Vec<FollowUp> = Vec::new();
    let mut quotes_decision = false;
    let turned_down = withdrawn::turned_down(sentences);
    let (mut planned, mut changes) = (Vec::new(), Vec::new());
    let mut month: Option<(SectionKind, &str)> = None;
    for (at, sentence) in sentences.iter().enumerate() {
        if SKIPPED.contains(&sentence.section) || withdrawn::is_lost(sentences, at, &turned_down) {
            continue;
        }
        let is_row = sentence.text.starts_with("at ") || sentence.text.starts_with('•');
        quotes_decision = (quotes_decision && is_row) || announces_list(&sentence.text);
        let in_decision =
            sentence.section == SectionKind::Decision || sentence.section == SectionKind::Recommendation;
        let is_law =
            LAW.iter().any(|mark| sentence.text.starts_with(mark)) && !NO_LAW.is_match(&sentence.text);
        if (quotes_decision && !in_decision) || is_law {
            continue;
        }
        month = headed_month(sentence).or(month.filter(|(section, _)| *section == sentence.section));
        let text = under_month(&sentence.text, month);
        let mut told = in_sentence(&text, meeting);
        if matches!(text, Cow::Owned(_)) {
            told.iter_mut().for_each(|row| row.quote = sentence.text.clone().into_owned());
        }
        if sentence.section == SectionKind::Decision {
            changes.extend(Change::of(&sentence.text, &told));
        }
        if told.is_empty() && sentence.section == SectionKind::Decision {
            told.extend(task::read(&sentence.text, meeting));
        }
        for follow_up in told {
            let known = found.iter().any(|known| {
                (known.from, known.to, &known.body) == (follow_up.from, follow_up.to, &follow_up.body)
                    && (known.from.is_some() || known.kind == follow_up.kind)
                    // Two promises are two, whoever makes them.
                    && (known.kind != FollowUpKind::Task || known.quote == follow_up.quote)
            });
            if !known && found.len() < MOST_FOLLOW_UPS {
                if sentence.section != SectionKind::Decision {
                    planned.push((found.len(), sentence.section == SectionKind::Recommendation));
                }
                found.push(follow_up);
            }
        }
    }
    without_bodiless_twins(amended::without_replaced(found, &planned, &changes))
}

/// The section and the words of a sentence that is only a month with its year: "November 2021:".
fn headed_month<'s>(sentence: &'s Sentence<'_>) -> Option<(SectionKind, &'s str)> {
    let words = sentence.text.trim_end_matches([':', '.', ' ']);
    /// Longer than any month with its year.
    const LONGEST: usize = 20;
    let is_short = words.len() <= LONGEST && words.ends_with(|c: char| c.is_ascii_digit());
    let is_month = || match date::mentions(words).as_slice() {
        [only] => {
            (only.start, only.end) == (0, words.len()) && matches!(only.when, When::Month { first: 1, .. })
        }
        _ => false,
    };
    (is_short && is_month()).then_some((sentence.section, words))
}

/// A sentence with the month that it stands under, if it names a day and no month: "Byrådet behandler planen den 24."
fn under_month<'s>(text: &'s str, month: Option<(SectionKind, &str)>) -> Cow<'s, str> {
    if let Some((_, month)) = month
        && date::mentions(text).is_empty()
    {
        let whole = format!("{month}: {text}");
        if date::mentions(&whole).iter().any(Mention::is_one_day) {
            return Cow::Owned(whole);
        }
    }
    Cow::Borrowed(text)
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
    let mut mentions = date::mentions(text);
    if mentions.is_empty() {
        let promises = (NEXT_MEETING.is_match(text) || NEXT_TIME.is_match(text)) && !CANCELLED.is_match(text);
        return if promises { next_meeting(text, meeting).into_iter().collect() } else { Vec::new() };
    }
    if mentions.len() > MOST_DAYS {
        return Vec::new();
    }
    mentions = withdrawn::without(text, without_old_days(text, ties::split_respective(text, mentions)));
    mentions = with_years_beside(text, mentions, meeting.date);
    mentions.retain(|mention| !other::is_reported(text, mention));
    if is_calendar(text, &mentions, meeting.is_plan) {
        return Vec::new();
    }
    let named = bodies::mentions(text);
    let tied = ties::ties(text, &mentions, &named);
    let earlier = decided_before(text, &mentions, &named, meeting);
    let mut found = Vec::new();
    let mut since = 0;
    for (at, mention) in mentions.iter().enumerate() {
        // What is said of the first day of a row holds for all of it.
        if let Some(previous) = at.checked_sub(1).map(|previous| mentions[previous].end)
            && !is_list_gap(&text[previous..mention.start])
        {
            since = previous;
        }
        let Some((from, to)) =
            mention.resolve(meeting.date).filter(|days| is_ahead(text, mention, *days, meeting))
        else {
            continue;
        };
        // What the body itself decided before is still to come, unless it is now.
        let told_apart = earlier
            .is_some_and(|(earlier, by_other)| mention.start > earlier && (by_other || from <= meeting.date))
            || (!mention.is_exact()
                && mentions.iter().any(|other| is_inside(text, other, mention, (from, to), meeting.date)));
        let is_just_over = mention.without_year()
            && mention.is_exact()
            && date::length(meeting.date, from) > NEARLY_A_YEAR_DAYS
            && (kind(text, since, mention, !tied[at].is_empty()) == FollowUpKind::Meeting
                || FROM_THING.is_match(&text[..mention.start]));
        if is_after_day(text, mention) {
            found.extend(after_day(text, mention, (from, to), &named, meeting));
            continue;
        }
        if told_apart || is_just_over || other::is_no_follow_up(text, mention, !tied[at].is_empty()) {
            continue;
        }
        let row = |body: Option<String>| FollowUp {
            from: Some(from),
            to: Some(to),
            kind: kind(text, since, mention, !tied[at].is_empty()),
            body,
            quote: text.to_owned(),
        };
        if tied[at].is_empty() {
            found.push(row(None));
        }
        found.extend(tied[at].iter().map(|body| row(name_of(text, body, &named, meeting))));
    }
    found
}

/// See [`date::seen_from`]; but what is told in the past has not the year of what comes: "blev sat i gang i foråret og ventes færdigt
/// ultimo 2024".
fn with_years_beside(text: &str, mentions: Vec<Mention>, meeting: Date) -> Vec<Mention> {
    let mut seen = date::seen_from(text, mentions.clone(), meeting);
    for (seen, told) in seen.iter_mut().zip(mentions) {
        if *seen != told && tense::of_day(&text[..told.start], &text[told.end..]) == Tense::Past {
            *seen = told;
        }
    }
    seen
}

/// The word of a limit (`senest`, or `før` where the day itself is too late) where a sentence of a meeting on `said` tells of these
/// days only as those by which something is to come ("forelægges senest den"); None where it does not.
pub fn by_day(sentence: &str, said: Date, days: (Date, Date)) -> Option<&'static str> {
    let mentions = date::seen_from(sentence, date::mentions(sentence), said);
    let mut of_days = mentions.iter().filter(|mention| mention.resolve(said) == Some(days));
    of_days.find_map(|mention| {
        if matches!(mention.when, When::Within { .. }) {
            return Some("senest");
        }
        let before = &sentence[..mention.start];
        let limit = BY_THEN.captures(before)?;
        // "rykkes frem til den 5. oktober" tells no limit.
        let verb = before[..limit.get(0)?.start()].trim_end().rsplit(' ').next().unwrap_or_default();
        if MOVED.is_match(verb) {
            return None;
        }
        Some(if limit[1].eq_ignore_ascii_case("før") { "før" } else { "senest" })
    })
}

/// What is moved, right before its old day: "flyttes mødet den 25. april til den 2. maj" names two days and no period.
static MOVED_OBJECT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:flytte[rs]?|flyttede|rykke[rs]?|rykkede|udsætte[rs]?|udsatte|udskyde[rs]?|udskød)\s+(?:\p{L}+\s+){0,2}?\p{L}{3,}(?:en|et)\s+",
        r"(?:(?:i|for|den|d\.|\p{L}+dag|\p{L}*udvalget|\p{L}*rådet)\s+)*$",
    ))
});

/// A limit that is made longer has an old day and a new one: "fristen er forlænget fra 1. april til 1. maj".
static LIMIT_MOVED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:\p{L}*frist(?:en)?\b[^,;:]{0,60}?\b(?:forlænge[st]|forlænget|ændre[st]|ændret)",
        r"|(?:forlænge[rs]?|forlængede|ændre[rs]?|ændrede)\s+\p{L}*frist(?:en)?)\s+(?:fra\s+)?(?:(?:den|d\.)\s+)?$",
        r"|\b(?:ændre[st]|ændret|rettes|rettet)\s+fra\s+(?:(?:den|d\.|\p{L}+dag)\s+){0,2}$",
    ))
});

/// Whether two days with "til" between them are when something was to be and when it is to be now.
pub(in crate::understand) fn moves_between(text: &str, mention: &Mention) -> bool {
    matches!(mention.when, When::Days(..))
        && text[mention.start..mention.end].contains(" til ")
        && (MOVED_OBJECT.is_match(&text[..mention.start]) || LIMIT_MOVED.is_match(&text[..mention.start]))
}

/// The holiday before which something is to come, where a sentence of a meeting on `said` tells these days so ("inden sommerferien"), as
/// it stands after "inden"; None where it tells them otherwise.
pub fn before_holiday(sentence: &str, said: Date, days: (Date, Date)) -> Option<&'static str> {
    date::mentions(sentence).iter().find_map(|mention| match mention.when {
        When::Before { holiday, .. } if mention.resolve(said) == Some(days) => Some(holiday.name()),
        _ => None,
    })
}

/// Leaves out the days of what is cancelled, and those from which something has been moved.
fn without_old_days(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    if CANCELLED.is_match(text) {
        // "i stedet for mødet den …" still names what is cancelled.
        let instead = INSTEAD.find_iter(text).find(|found| !text[found.end()..].starts_with(" for "));
        mentions.retain(|mention| instead.is_some_and(|instead| mention.start >= instead.end()));
    }
    let takes_new = |mention: &mut Mention| match mention.when {
        When::Days(_, new) if moves_between(text, mention) => {
            mention.when = When::Day(new);
            true
        }
        _ => false,
    };
    let Some(moved) = MOVED.find(text) else {
        for mention in &mut mentions {
            takes_new(mention);
        }
        return mentions;
    };
    let last = mentions.last().map_or(0, |mention| mention.start);
    let has_new = last > moved.end() && TO_NEW_DAY.is_match(&text[moved.end()..last]);
    mentions.retain_mut(|mention| {
        if takes_new(mention) {
            return true;
        }
        let is_old = if mention.end <= moved.start() {
            has_new && !text[mention.end..moved.start()].contains([',', ';', ':'])
        } else {
            mention.start > moved.end() && FROM_OLD_DAY.is_match(&text[moved.end()..mention.start])
        };
        match mention.when {
            When::Days(_, new) if is_old && mention.start > moved.end() => mention.when = When::Day(new),
            When::Months { year, first, last, .. }
                if is_old && first != last && mention.start > moved.end() =>
            {
                mention.when = When::Months { from: None, year, first: last, last };
            }
            _ if is_old && mention.start < last => return false,
            _ => {}
        }
        true
    });
    mentions
}

/// "Rådets møder i 2019: 20. marts, 22. maj og 20. november": days in a row, told to be meetings.
fn is_calendar(text: &str, mentions: &[Mention], is_plan: bool) -> bool {
    let days: Vec<&Mention> = mentions.iter().filter(|mention| mention.is_exact()).collect();
    let fewest = if is_plan { FEWEST_OF_PLAN } else { FEWEST_OF_CALENDAR };
    let (Some(first), true) = (days.first(), days.len() >= fewest) else { return false };
    let in_row = days.windows(2).all(|pair| is_list_gap(&text[pair[0].end..pair[1].start]));
    let before = &text[..first.start];
    // "mødes med naboerne": what a body does with others on three days is no plan of its meetings.
    let is_told = || {
        CALENDAR.find(before).is_some_and(|found| {
            let is_with = before[found.end()..].trim_start().starts_with("med ");
            !(is_with && found.as_str().ends_with(['e', 's']))
        })
    };
    in_row && (is_plan || is_told())
}

/// What stands between two days of a row beside the comma or the "og" that parts them.
const LIST_FILLERS: [&str; 9] =
    ["den", "d.", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

/// Whether two days stand beside each other in a row of days.
fn is_list_gap(gap: &str) -> bool {
    let mut gap = gap.trim();
    while let Some(rest) = LIST_FILLERS.iter().find_map(|word| gap.strip_suffix(word)) {
        gap = rest.trim_end();
    }
    [",", "og", "samt", ", og", "/", ";", "•"].contains(&gap)
}

/// "efter den 25. marts", "på første møde i Økonomiudvalget efter høringsfristens udløb den 25. marts": the day is none on which it happens.
static AFTER_DAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\b(?:efter|tidligst)\s+|\b(?:første|førstkommende|næste|næstkommende|kommende)\s+(?:\p{L}+\s+)?\p{L}*møde\b[^,;:]{0,80}?\befter\s+(?:\p{L}+\s+){1,4}?)",
        r"(?:(?:den|d\.)\s*)?$",
    ))
});
/// What ends on the day that follows.
static END_OF_LIMIT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\p{L}*(?:frist|periode|høring)(?:en)?s\s+(?:udløb|ophør|afslutning)|(?:udløbet|afslutningen)\s+af\s+\p{L}*(?:frist|periode|høring)(?:en)?)\s+(?:(?:den|d\.)\s*)?$",
    )
});

fn is_after_day(text: &str, mention: &Mention) -> bool {
    let before = &text[..mention.start];
    mention.is_one_day()
        && ["fter ", "idligst "].iter().any(|word| before.contains(word))
        && AFTER_DAY.is_match(before)
}

/// What comes at a time that only begins with a day: the treatment, without a date, and the end of the limit that the day itself is.
fn after_day(
    text: &str,
    mention: &Mention,
    (from, to): (Date, Date),
    named: &[BodyMention],
    meeting: &Meeting<'_>,
) -> Vec<FollowUp> {
    let before = &text[..mention.start];
    let row = |days: Option<(Date, Date)>, body, kind| FollowUp {
        from: days.map(|days| days.0),
        to: days.map(|days| days.1),
        body,
        kind,
        quote: text.to_owned(),
    };
    let mut found = Vec::new();
    if is_treatment(before) && !CANCELLED.is_match(text) {
        let body = named.iter().rev().find(|body| body.end <= mention.start);
        let body = body.and_then(|body| name_of(text, body, named, meeting));
        found.push(row(None, body, FollowUpKind::Meeting));
    }
    if END_OF_LIMIT.is_match(before) {
        found.push(row(Some((from, to)), None, FollowUpKind::Deadline));
    }
    found
}

/// From which byte on the days are those of an earlier decision ("Byrådet vedtog den 29. januar, at …"), and whether a named body took
/// it.
fn decided_before(
    text: &str,
    mentions: &[Mention],
    named: &[BodyMention],
    meeting: &Meeting<'_>,
) -> Option<(usize, bool)> {
    if !text.contains(", at ") {
        return None;
    }
    let verb = DECIDED.find(text)?;
    let opens = verb.end() + text[verb.end()..].find(", at ")?;
    let by_other = named.iter().any(|body| body.end <= opens && body.name.is_some());
    let told = mentions.iter().any(|mention| {
        let is_past = || match mention.without_year() {
            true => is_told_past(text, mention, mention.resolve(meeting.date), meeting.date),
            false => mention.resolve(meeting.date).is_some_and(|(_, to)| to <= meeting.date),
        };
        mention.end <= opens && is_past()
    });
    told.then_some((opens, by_other))
}

/// A month or season that stands over a day inside it says nothing more, unless each has its clause.
fn is_inside(text: &str, other: &Mention, vague: &Mention, (from, to): (Date, Date), meeting: Date) -> bool {
    let inside = |(first, last): (Date, Date)| from <= first && last <= to;
    let own_clause = vague.end <= other.start && text[vague.end..other.start].contains(", og ");
    // "inden jul med en status pr. 1. december": the day is what is told of, not when.
    let is_told_of = text[..other.start].trim_end().ends_with("pr.");
    other != vague
        && !own_clause
        && !is_told_of
        && other.is_exact()
        && other.resolve(meeting).is_some_and(inside)
}

/// Whether the days lie ahead and are something to follow up.
fn is_ahead(text: &str, mention: &Mention, (from, to): (Date, Date), meeting: &Meeting<'_>) -> bool {
    if to <= meeting.date {
        return false;
    }
    let length = date::length(from, to);
    let is_term =
        length > LONGEST_PERIOD_DAYS || (length > 1 && mention.is_exact() && TERM_WORDS.is_match(text));
    let before = &text[..mention.start];
    let this_meeting = !mention.is_exact()
        && (from..=to).contains(&meeting.date)
        && before.trim_end().ends_with("møde")
        && !before.contains("næste");
    // "Kassebeholdningen ventes at være 112 mio. kr. ultimo 2023": how much there is then.
    let is_end_of_year = || before.ends_with("kr. ") && text[mention.start..].starts_with("ultimo");
    let is_status = || {
        (before.trim_end().to_lowercase().ends_with("pr.") || is_end_of_year()) && MONEY_STATUS.is_match(text)
    };
    let is_seat = meeting.seat_days.contains(&from) && meeting.seat_days.contains(&to);
    // "I perioden januar til marts 2022 har der været": a period that has begun may be told of as over.
    let is_told_of =
        || from <= meeting.date && tense::of_day(&text[..mention.start], &text[mention.end..]) == Tense::Past;
    !(is_term
        || this_meeting
        || is_seat
        || is_status()
        || is_told_of()
        || is_row(text, mention)
        || is_row_of_figures(text, mention)
        || (mention.without_year()
            && (is_told_past(text, mention, Some((from, to)), meeting.date)
                || is_without_verb(text, mention))))
}

/// What is to be done, as a label before its day: "Evaluering: 1. kvartal 2027".
static STEP_LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[•·*–\- ]*(?:(?:ny|fornyet|endelig|politisk) )?(?:\p{L}*(?:evaluering|opfølgning|behandling|høring|vedtagelse|drøftelse|godkendelse|forelæggelse|afrapportering))",
        r"(?: \p{L}+){0,3}(?:: *(?:(?:i|den|d\.) )?| (?:den|d\.) )$",
    ))
});

/// Whether a day stands almost alone: a row of a calendar, not of a deadline ("Svarfrist: 15. marts") or of a step that is named.
fn is_row(text: &str, mention: &Mention) -> bool {
    let is_labelled = || {
        ["frist", "Frist", "periode"].iter().any(|word| text.contains(word))
            || STEP_LABEL.is_match(&text[..mention.start])
    };
    words_around(text, mention) < FEWEST_WORDS && !is_labelled() && !tense::has_present(text)
}

/// Whether a day stands among figures: a row of a table, such as "Ansøgt 1. maj 2019 1.200 300 1.500".
fn is_row_of_figures(text: &str, mention: &Mention) -> bool {
    let is_figure = |token: &&str| {
        let bare = token.trim_matches(['(', ')', '%', '-', '+', '.', ',']);
        !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || b".,-".contains(&byte))
    };
    let around = [&text[..mention.start], &text[mention.end..]];
    let figures: usize = around.iter().map(|part| part.split_whitespace().filter(is_figure).count()).sum();
    figures >= FEWEST_FIGURES && words_around(text, mention) <= figures && !tense::has_present(text)
}

/// "Kassebeholdning i 1. kvartal." tells of no time to come; "Uge 10-17: Offentlig høring" is a row of a plan.
fn is_without_verb(text: &str, mention: &Mention) -> bool {
    let is_step = || {
        (mention.start == 0 && text[mention.end..].starts_with(':') && IS_STEP.is_match(text))
            || STEP_LABEL.is_match(&text[..mention.start])
    };
    let is_put_off = || IS_PUT_OFF.is_match(&text[..mention.start]);
    !mention.is_exact() && !tense::has_present(text) && !is_step() && !is_put_off()
}

/// Whether a day without a year is told in the past. Where the words leave it open, a day that was only just is past
/// rather than almost a year ahead.
fn is_told_past(text: &str, mention: &Mention, days: Option<(Date, Date)>, meeting: Date) -> bool {
    match tense::of_day(&text[..mention.start], &text[mention.end..]) {
        Tense::Past => true,
        Tense::Open => days.is_some_and(|(from, _)| date::length(meeting, from) > FAR_AHEAD_DAYS),
        Tense::Ahead => false,
    }
}

fn words_around(text: &str, mention: &Mention) -> usize {
    let filler =
        ["den", "kl", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "efter", "fra"];
    let words = |part: &str| {
        part.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() >= 3 && !filler.contains(&word.to_lowercase().as_str()))
            .count()
    };
    words(&text[..mention.start]) + words(&text[mention.end..])
}

/// Whether a sentence speaks of a treatment by a body; what is "fremlagt i høring" is laid before everybody.
fn is_treatment(text: &str) -> bool {
    static LAID_OUT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)^(?:fremlægge|fremlagt)\p{L}*\s+(?:\p{L}+\s+){0,3}(?:offentlig\p{L}*\b|\p{L}*høring)")
    });
    IS_MEETING.find_iter(text).any(|found| !LAID_OUT.is_match(&text[found.start()..]))
}

/// A hearing and nothing but the words that lead to when it is: "sendes i høring i februar", "høringen løber til den 20. april".
static IN_HEARING: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "øring",
        concat!(
            r"(?i)(?:\bi\s+(?:offentlig\s+|fornyet\s+|ny\s+)?\p{L}*høring|\b\p{L}*høring(?:en|sperioden)\s+(?:løber|varer|gennemføres|starter|begynder))",
            r"(?:\s+(?:i|fra|til|frem|og|med|den|d\.|perioden|løbet|af|\p{L}+dag))*\s+$",
        ),
    )
});

/// What a day is; `since` is where the words begin that belong to it and not to the day before it.
fn kind(text: &str, since: usize, mention: &Mention, has_body: bool) -> FollowUpKind {
    let before = &text[since.min(mention.start)..mention.start];
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(60))..];
    // "godkender forsøget i perioden": nobody treats anything for so long.
    if !mention.is_one_day() && before.trim_end().ends_with("perioden") {
        return FollowUpKind::Period;
    }
    // "sendes i høring i februar og forelægges den 17. marts": a hearing is no meeting, whatever comes after it.
    let is_hearing = !has_body && IN_HEARING.is_match(before);
    let is_meeting =
        has_body || is_treatment(text) || is_of_next_meeting(before) || IS_PUT_OFF.is_match(before);
    if is_meeting && !is_hearing {
        return FollowUpKind::Meeting;
    }
    // "inden sommerferien", "senest ved årsskiftet": the word of a limit may belong to the time itself.
    if IS_DEADLINE.is_match(near) || IS_DEADLINE.is_match(&text[mention.start..mention.end]) {
        return FollowUpKind::Deadline;
    }
    match mention.when {
        When::Day(_) => FollowUpKind::Event,
        When::Month { first, last, .. } if first == last => FollowUpKind::Event,
        _ => FollowUpKind::Period,
    }
}

/// "Næste møde afholdes onsdag den …", "Næste møde er flyttet til den …": only words that lead to the day between the two.
fn is_of_next_meeting(before: &str) -> bool {
    NEXT_MEETING.find(before).is_some_and(|found| {
        let gap = &before[found.end()..];
        let (lead, rest) =
            MOVED.find(gap).map_or((gap, ""), |verb| (&gap[..verb.start()], &gap[verb.end()..]));
        ties::only_links(lead) && ties::only_links(rest)
    })
}

/// The body that is meant by one of those named in a sentence. "Udvalget" is the body that met, unless that is the council: then it is
/// the committee named before, or nobody known.
fn name_of(text: &str, body: &BodyMention, named: &[BodyMention], meeting: &Meeting<'_>) -> Option<String> {
    if body.name.is_some() {
        return body.name.clone();
    }
    let own = meeting.body?;
    let is_committee = text[body.start..body.end].to_lowercase().starts_with("udvalg");
    if !is_committee || !body::is_council(&body::key(own)) {
        return Some(own.to_owned());
    }
    let before = named.iter().rev().filter(|other| other.end <= body.start);
    before.filter_map(|other| other.name.clone()).find(|name| body::key(name).ends_with("udvalg"))
}

/// A promise for the next meeting, whose day the sentence does not tell.
fn next_meeting(text: &str, meeting: &Meeting<'_>) -> Option<FollowUp> {
    let by_time = || NEXT_TIME.captures(text).and_then(|found| found.get(1));
    let found = NEXT_MEETING.find(text).or_else(by_time)?;
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    let is_past = || tense::of_day(before, after) == Tense::Past;
    // A meeting with somebody is not the body's own.
    let is_later = AFTER_SOMETHING.is_match(after);
    if after.starts_with(" med ")
        || other::is_absence(&text[..found.end()])
        || SOME_MEETING.is_match(text)
        || is_later
        || other::is_rule(text)
        || is_past()
    {
        return None;
    }
    let named = bodies::mentions(text);
    let later = named
        .iter()
        .find(|body| body.start >= found.end() && ties::only_links(&text[found.end()..body.start]));
    let inside = named.iter().find(|body| body.start < found.end() && body.end > found.start());
    let owner = named
        .iter()
        .rev()
        .find(|body| body.end <= found.start() && ties::only_links(&text[body.end..found.start()]));
    Some(FollowUp {
        from: None,
        to: None,
        body: later.or(inside).or(owner).and_then(|body| name_of(text, body, &named, meeting)),
        kind: FollowUpKind::NextMeeting,
        quote: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::seat;

    /// Sentences and their follow-ups, one a line, as its first lines say.
    const SENTENCES: &str = include_str!("../../../tests/follow_ups.txt");

    #[test]
    fn sentences_hold_what_the_table_says() {
        let (mut date, mut body) = (Date::MIN, "");
        let mut differ = Vec::new();
        for row in SENTENCES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            if let Some((day, name)) = row.strip_prefix('@').and_then(|seen| seen.split_once(' ')) {
                (date, body) = (day.parse().unwrap(), name);
                continue;
            }
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let (section, text) = match text.strip_prefix("decision > ") {
                Some(decided) => (SectionKind::Decision, decided),
                None => (SectionKind::Background, text),
            };
            let text = text.replace("<NBSP>", "\u{a0}");
            let sentence = Sentence { text: text.as_str().into(), section };
            let sentences = [sentence];
            let (_, seat_days) = seat::read(&seat::View {
                title: None,
                body: Some(body),
                date: Some(date),
                lists: &[],
                sentences: &sentences,
                adopted: false,
            });
            let meeting = Meeting { date, body: Some(body), seat_days: &seat_days, is_plan: false };
            let found: Vec<String> = read(&sentences, &meeting).iter().map(shown).collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    #[test]
    fn days_in_a_row_of_a_plan_are_no_follow_ups() {
        let plain = Meeting {
            date: "2019-02-04".parse().unwrap(),
            body: Some("Kulturudvalget"),
            seat_days: &[],
            is_plan: false,
        };
        let plan = Meeting { is_plan: true, ..plain };
        for (text, of_plain, of_plan) in [
            ("Udvalgets møder: 13. marts 2019 og 5. juni 2019.", 2, 0),
            ("Udvalget drøfter planen den 13. marts 2019.", 1, 1),
        ] {
            let sentence = [Sentence { text: text.into(), section: SectionKind::Background }];
            assert_eq!(
                (read(&sentence, &plain).len(), read(&sentence, &plan).len()),
                (of_plain, of_plan),
                "{text}"
            );
        }
    }

    #[test]
    fn days_have_their_kind() {
        let meeting = Meeting {
            date: "2019-02-04".parse().unwrap(),
            body: Some("Byrådet"),
            seat_days: &[],
            is_plan: false,
        };
        for (text, kinds) in [
            ("Næste møde: 20. marts 2019.", vec![FollowUpKind::Meeting]),
            ("Næste møde afholdes onsdag den 20. marts kl. 13.00.", vec![FollowUpKind::Meeting]),
            ("Puljen kan søges frem til den 1. marts 2019.", vec![FollowUpKind::Deadline]),
            ("Svarfrist: 15. marts 2019.", vec![FollowUpKind::Deadline]),
            (
                "Hegnet flyttes inden 1. marts, hvorefter vejen åbnes 1. april.",
                vec![FollowUpKind::Deadline, FollowUpKind::Event],
            ),
            (
                "Der er frist den 1. marts og 1. september.",
                vec![FollowUpKind::Deadline, FollowUpKind::Deadline],
            ),
            ("Hallen er lukket 18/2 - 22/2 2019.", vec![FollowUpKind::Period]),
        ] {
            let sentence = Sentence { text: text.into(), section: SectionKind::Background };
            let found: Vec<_> = read(&[sentence], &meeting).into_iter().map(|found| found.kind).collect();
            assert_eq!(found, kinds, "{text}");
        }
    }

    #[test]
    fn a_limit_is_told_by_the_words_before_its_day() {
        let said = "2019-02-04".parse().unwrap();
        let day: Date = "2019-03-11".parse().unwrap();
        for (text, expected) in [
            ("Planen forelægges udvalget senest den 11. marts 2019.", Some("senest")),
            ("Planen forelægges udvalget senest på mødet den 11. marts.", Some("senest")),
            ("Planen rykkes frem til den 11. marts.", None),
            ("Planen behandles før den 11. marts.", Some("før")),
            ("Fristen for høringssvar er den 11. marts 2019.", Some("senest")),
            ("Svarfrist: 11. marts 2019.", Some("senest")),
            ("Planen behandles inden mandag den 11. marts.", Some("senest")),
            ("Planen forelægges udvalget den 11. marts 2019.", None),
            ("Svar skal foreligge senest den 1. marts, og planen forelægges den 11. marts 2019.", None),
            ("Planen forelægges senest den 12. marts.", None),
            ("Planen forelægges snart.", None),
        ] {
            assert_eq!(by_day(text, said, (day, day)), expected, "{text}");
        }
    }

    #[test]
    fn the_day_decided_counts_and_not_the_one_recommended() {
        let meeting = Meeting {
            date: "2019-02-04".parse().unwrap(),
            body: Some("Byrådet"),
            seat_days: &[],
            is_plan: false,
        };
        for (recommended, decided, days) in [
            (
                vec!["at høringsfristen fastsættes til den 1. maj 2019."],
                "Godkendt med den ændring, at høringsfristen er den 1. juni 2019.",
                vec!["2019-06-01"],
            ),
            (
                vec!["at broen åbner den 1. maj 2019.", "at regnskabet forelægges Byrådet den 1. maj 2020."],
                "Tiltrådt, dog således at broen åbner den 15. maj 2019.",
                vec!["2020-05-01", "2019-05-15"],
            ),
            (
                vec!["at festen holdes den 3. maj 2019."],
                "Godkendt, idet datoen er den 4. maj 2019 i stedet for den 3. maj 2019.",
                vec!["2019-05-04"],
            ),
            (
                vec!["at festen holdes den 3. maj 2019."],
                "Godkendt med den ændring, at skiltene sættes op den 10. maj 2019.",
                vec!["2019-05-03", "2019-05-10"],
            ),
            (
                vec!["at festen holdes den 3. maj 2019."],
                "Godkendt. Festen evalueres den 4. juni 2019.",
                vec!["2019-05-03", "2019-06-04"],
            ),
        ] {
            let said = |section, text: &'static str| Sentence { text: text.into(), section };
            let mut sentences: Vec<_> =
                recommended.iter().map(|text| said(SectionKind::Recommendation, text)).collect();
            sentences.push(said(SectionKind::Decision, decided));
            let found: Vec<String> =
                read(&sentences, &meeting).iter().filter_map(|row| Some(row.from?.to_string())).collect();
            assert_eq!(found, days, "{decided}");
        }
    }

    #[test]
    fn days_stand_under_their_month() {
        let meeting = Meeting {
            date: "2019-02-04".parse().unwrap(),
            body: Some("Byrådet"),
            seat_days: &[],
            is_plan: false,
        };
        for (texts, days) in [
            (
                vec!["November 2019:", "Behandling i Økonomiudvalget den 8.", "Vedtagelse i Byrådet den 24."],
                vec!["2019-11-08", "2019-11-24"],
            ),
            (vec!["November 2019", "Planen vedtages i Byrådet."], vec![]),
            (vec!["Efteråret i byen", "Planen vedtages i Byrådet den 24."], vec![]),
        ] {
            let said =
                |text: &&'static str| Sentence { text: (*text).into(), section: SectionKind::Background };
            let sentences: Vec<_> = texts.iter().map(said).collect();
            let found = read(&sentences, &meeting);
            let told: Vec<String> = found.iter().filter_map(|row| Some(row.from?.to_string())).collect();
            assert_eq!(told, days, "{texts:?}");
            assert!(found.iter().all(|row| texts.contains(&row.quote.as_str())), "{texts:?}");
        }
    }

    #[test]
    fn what_a_later_sentence_turns_down_is_lost() {
        let meeting = Meeting {
            date: "2019-02-04".parse().unwrap(),
            body: Some("Byrådet"),
            seat_days: &[],
            is_plan: false,
        };
        let (told, decided) = (SectionKind::Background, SectionKind::Decision);
        for (texts, left) in [
            (
                vec![
                    (
                        decided,
                        "Der blev stillet ændringsforslag om, at broen skal være klar inden 1. maj 2019.",
                    ),
                    (decided, "For stemte 4, imod 17."),
                    (decided, "Ændringsforslaget faldt."),
                ],
                0,
            ),
            (
                vec![
                    (
                        decided,
                        "Der blev stillet ændringsforslag om, at broen skal være klar inden 1. maj 2019.",
                    ),
                    (decided, "Ændringsforslaget blev vedtaget."),
                ],
                1,
            ),
            (
                vec![
                    (told, "Alternativ 1: Broen bygges i 2. kvartal 2019."),
                    (told, "Alternativ 2: Broen bygges i 3. kvartal 2019."),
                    (decided, "Alternativ 1 blev forkastet."),
                ],
                1,
            ),
        ] {
            let sentences: Vec<_> = texts
                .iter()
                .map(|(section, text)| Sentence { text: (*text).into(), section: *section })
                .collect();
            assert_eq!(read(&sentences, &meeting).len(), left, "{texts:?}");
        }
    }

    fn shown(found: &FollowUp) -> String {
        let kind = serde_json::to_value(found.kind).unwrap();
        let days = match (found.from, found.to) {
            (Some(from), Some(to)) if from != to => format!("{from}..{to}"),
            (Some(from), _) => from.to_string(),
            _ => "undated".to_owned(),
        };
        format!("{} {days} {}", kind.as_str().unwrap(), found.body.as_deref().unwrap_or("-"))
    }
}
