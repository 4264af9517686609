//! What a decision puts off or calls off: its own matter, another item, another case, or a meeting.
//!
//! Read from a [`Document`] that is understood already, by the words of its decisions alone; what somebody only proposed or
//! feared is not told.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::follow_up::moves_between;
use super::text::sentences;
use super::{bodies, date, decision};
use crate::case_number::{self, CaseNumber};
use crate::model::{AgendaItem, Document, Kind, Outcome, Section, SectionKind};
use crate::segment::Line;
use crate::{Pattern, body, cued, fold, pattern};

/// Something that will not be as it was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setback {
    /// Which item of the document says so, from 0.
    pub position: usize,
    /// Whether there is nothing to wait for any more, rather than a later day.
    pub is_cancelled: bool,
    /// What will not be.
    pub what: Off,
    /// The sentence of the decision that says so.
    pub quote: String,
}

/// What is put off or called off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Off {
    /// The matter of an item of the same document, counted from 0.
    Item(usize),
    /// The matter with this number.
    Case(CaseNumber),
    /// A matter of another meeting, which the sentence names by its title alone; see [`names_title`].
    Titled,
    /// A meeting.
    Meeting {
        /// The body that was to meet; None for the one whose minutes these are.
        body: Option<String>,
        /// Its day.
        day: Date,
    },
}

/// The item was not reached: "Ikke behandlet på grund af tidnød".
static NOT_TREATED: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "ikke|Ikke|IKKE",
        concat!(
            r"(?i)^(?:(?:sagen|punktet)\s+(?:blev\s+|er\s+)?)?(?:ikke\s+(?:behandlet|drøftet|nået)\b|nåedes\s+ikke\b|blev\s+ikke\s+(?:behandlet|drøftet|nået)\b)",
            r"|^(?:sagen|punktet)\s+nåede\s+ikke\b",
            r"|^(?:udvalget|rådet|man|byrådet)\s+nåede\s+ikke\b[^,;:]{0,40}\b(?:sagen|punktet)\b",
        ),
    )
});

/// More setbacks than any minutes tell of.
const MOST_SETBACKS: usize = 100;

/// Letters of a title that is known again inside a sentence: shorter ones stand in sentences about other things.
const SHORTEST_TITLE: usize = 12;

static CALLED_OFF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:aflys(?:es|t|er|te)|bortfalder|bortfaldet|frafald(?:es|er|et|t)|skrinlægges|skrinlagt|opgives|opgivet",
        r"|(?:tages|taget|tog)\s+(?:(?:helt|permanent|endeligt|punktet|sagen)\s+){0,2}af\s+dagsordenen\s+(?:for\s+(?:godt|altid)|permanent|endeligt)",
        r"|(?:tages|taget)\s+(?:helt|permanent|endeligt)\s+af\s+dagsordenen",
        r"|(?:trækkes|trukket|trak|trækker)\b(?:\s+\p{L}+){0,4}?\s+tilbage",
        r"|(?:trukket|trak|trækker)\s+(?:sin|sit|sine|sagen|forslaget|ansøgningen|anmodningen)\b[^,;:.]{0,120}?\s+tilbage",
        r"|(?:gennemføres|afholdes|holdes)\s+(?:derfor\s+|alligevel\s+)?ikke|ikke\s+(?:gennemført|afholdt|holdt)",
        r"|annulleres|annulleret",
        r"|(?:sagen|punktet|forslaget|ansøgningen|klagen)\s+(?:\p{L}+\s+){0,2}?(?:henlægges|henlagt)|arbejdet\s+indstilles)\b",
        r"|\bsagen\s+lukkes\.?$",
    ))
});
/// What does not come back.
static NOT_AGAIN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:forelægges|fremlægges|behandles|drøftes|genoptages|kommer|tages\s+op)\s+(?:\p{L}+\s+){0,3}?ikke",
        r"|ikke\s+(?:forelægges|fremlægges|behandles|drøftes|komme|tages\s+op))\s+(?:\p{L}+\s+){0,4}?igen\b",
    ))
});
/// "… igen før maj": then it does.
static UNTIL: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)^\s+(?:før|inden|i|på)\b"));
/// What makes of such words a question, a condition or somebody's wish.
static NOT_DECIDED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:hvis|såfremt|foreslog|foreslår|ønsker|ønskede|overveje\p{L}*|frygter|risiko\p{L}*|(?:bør|skal|må)\s+ikke|mindretal\p{L}*)\b",
        r"|\bikke\s+(?:aflys|opgiv|bortfald|udsæt|udsat|træk|truk|vedtag|støtt|imødekom)\p{L}*",
        r"|\b(?:afviste|afslog|forkastede|nedstemte)\s+at\b|\?$",
    ))
});
/// What a setback is of where the sentence names no other matter.
static OWN_MATTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:sagen|punktet|emnet|forslaget|projektet|planen|ansøgningen|arrangementet|temadagen|turen|besøget|seminaret|konferencen|høringen|arbejdet\s+indstilles|(?:endelige?\s+)?vedtagelsen?|forelæggelsen|fremlæggelsen|evalueringen|status(?:sen)?|orienteringen|godkendelsen|afstemningen|\p{L}*fristen)\b",
    )
});
/// A limit that is made longer: "høringsfristen forlænges til den 10. maj". A lease that is made longer is put off to no day.
static LONGER: LazyLock<Pattern> = LazyLock::new(|| {
    cued("forlæng", r"(?i)\b(?:\p{L}*fristen|høringen)\b[^,;:]{0,60}?\b(forlænges|forlænget)\b")
});
/// What leaves the plan: "forelæggelsen i marts udgår".
static DROPPED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\budg(?:år|ik|ået)\b"));
static ITEM_NUMBERS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:punkt(?:erne)?|pkt\.?|sag(?:erne)?)\s+(?:nr\.?\s*)?(\d{1,4})((?:\s*,\s*\d{1,4})*(?:\s+og\s+\d{1,4})?)\b",
    )
});
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\d{1,4}"));
/// A meeting whose day follows: "mødet den", "udvalgets møde onsdag den", "byrådsmødet fra den".
static MEETING_ON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\p{L}*mødet?\s+(?:(?:i|fra|planlagt|til|den|d\.|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|\p{Lu}\p{L}+)\s+){0,5}$",
    )
});
/// How meetings begin that no body holds by itself.
const MEETINGS_WITH_OTHERS: [&str; 9] =
    ["beboer", "borger", "bruger", "dialog", "forældre", "informations", "nabo", "offentlig", "orienterings"];
/// A meeting or a matter that gets another day.
static MOVED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:flyttes|flyttet|rykkes|rykket|skydes|skudt|udsættes|udsætte|udsatte|udsat|udskydes|udskyde|udskød|udskudt|overføres|fremrykkes|fremrykket)\b",
    )
});
/// The matter itself, before the verb that moves it.
static MOVED_MATTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:behandling(?:en)?|drøftelse(?:n)?|beslutningen|afgørelsen|stillingtagen|punkt(?:et)?|sag(?:en)?)\b",
    )
});
/// What stands between "fra" or "til" and its day.
static FROM_DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bfra\s+(?:[\p{L}.]+\s+){0,4}$"));
static TO_DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\btil\s+(?:[\p{L}.-]+\s+){0,6}$"));
/// "der var planlagt til maj", "den oprindelige frist": the time that follows is the old one.
static PLANNED_FOR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:planlagt|berammet|fastsat|programsat|sat|ventet|oprindelige?t?)\s+(?:(?:til|på|i|at|skulle|være|frist|mødet|var|den|d\.|\p{L}+dag)\s+)*$",
    )
});
/// The matter's own day: "Behandlingen den 4. maj".
static MATTER_ON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:behandling(?:en)?|drøftelsen?|punktet|sagen|vedtagelsen?|forelæggelsen?|fremlæggelsen?|evalueringen?|orienteringen?|godkendelsen?)\s+(?:(?:på|mødet|i|den|d\.|\p{L}+dag)\s+)*$",
    )
});
/// A later meeting without its day.
static TO_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\btil\s+(?:\p{L}+\s+){0,3}(?:næste|kommende|førstkommende|senere)\s+(?:\p{L}+\s+)?\p{L}*møde",
    )
});

/// From when and to when something is moved, or when what is called off was to be, as a sentence tells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// First and last day of when it was to be; None where that is not told.
    pub from: Option<(Date, Date)>,
    /// First and last day of when it is to be; None where that is not told.
    pub to: Option<(Date, Date)>,
}

/// What a sentence of a decision taken on `day` says of the days that something is moved from and to.
pub fn moved(sentence: &str, day: Date) -> Moved {
    let Some(verb) = moving_verb(sentence) else { return called_off(sentence, day) };
    let mut moved = Moved { from: planned_before(sentence, verb.start, day), to: None };
    let mut since = verb.end;
    for mention in date::mentions(sentence).iter().filter(|mention| mention.start >= verb.end) {
        if moves_between(sentence, mention)
            && let Some((first, last)) = mention.ends(day)
        {
            return Moved { from: Some(first), to: Some(last) };
        }
        let gap = &sentence[since..mention.start];
        since = mention.end;
        match (FROM_DAY.is_match(gap), TO_DAY.is_match(gap)) {
            // "fra den 4. til den 18. april" is one time, read as a period.
            (true, _) => match mention.ends(day) {
                Some((first, last)) => (moved.from, moved.to) = (Some(first), Some(last)),
                None => moved.from = mention.resolve(day).or(moved.from),
            },
            (_, true) => moved.to = moved.to.or(mention.resolve(day)),
            _ => {}
        }
    }
    moved
}

/// Where the verb stands by which a sentence gives something another day.
fn moving_verb(sentence: &str) -> Option<Range<usize>> {
    let longer = || LONGER.captures(sentence).and_then(|found| found.get(1)).map(|verb| verb.range());
    MOVED.find(sentence).map(|verb| verb.range()).or_else(longer)
}

/// "Behandlingen, der var planlagt til maj, udskydes": the time named before the verb at `verb` as that of what is moved.
fn planned_before(sentence: &str, verb: usize, day: Date) -> Option<(Date, Date)> {
    let mentions = date::mentions(sentence);
    let named = mentions.iter().filter(|mention| mention.end <= verb).find(|mention| {
        let before = &sentence[..mention.start];
        PLANNED_FOR.is_match(before) || MATTER_ON.is_match(before)
    })?;
    // A year left open is that of the time around the decision, which may be just over.
    let open_from = if named.without_year() { day.first_of_month() } else { day };
    named.resolve(open_from)
}

/// "Arrangementet den 6. maj aflyses": the day that will not be, if it is one to come.
fn called_off(sentence: &str, day: Date) -> Moved {
    let Some(verb) = CALLED_OFF.find(sentence).or_else(|| DROPPED.find(sentence)) else {
        return Moved::default();
    };
    let named = date::mentions(sentence).into_iter().find(|it| it.end <= verb.start());
    let days = named.and_then(|mention| mention.resolve(day)).filter(|(_, to)| *to > day);
    Moved { from: days, to: None }
}

/// All that the decisions of a document put off or call off, in order; empty where its day is not known.
pub fn setbacks(document: &Document) -> Vec<Setback> {
    let Some(day) = document.date else { return Vec::new() };
    let mut found = Vec::new();
    for (position, item) in document.items.iter().enumerate() {
        let Some(decided) = &item.decision else { continue };
        let lines: Vec<Line<'_>> = decided.text.lines().map(|text| Line { number: 0, text }).collect();
        for sentence in sentences(SectionKind::Decision, &lines) {
            found.extend(in_sentence(&sentence.text, document, position, day));
        }
        if found.len() >= MOST_SETBACKS {
            break;
        }
    }
    for section in document.sections.iter().chain(agenda_text(document)) {
        found.extend(outside_decisions(section, document, day));
    }
    if document.kind == Kind::Minutes {
        found.extend(told_of_others(document));
    }
    found.truncate(MOST_SETBACKS);
    found
}

/// What is said of the agenda itself at an item where nothing else is decided.
fn agenda_text(document: &Document) -> impl Iterator<Item = &Section> {
    let is_agenda = |item: &&AgendaItem| {
        let title = item.title.as_deref().unwrap_or_default().to_lowercase();
        item.decision.is_none() && title.contains("dagsorden") && !item.closed
    };
    let items = document.items.iter().filter(is_agenda);
    items.flat_map(|item| item.sections.iter().filter(|section| section.kind != SectionKind::Recommendation))
}

/// "Punkt 13 udsættes." outside all decisions: of the item that it names by its number, and of nothing else.
fn outside_decisions(section: &Section, document: &Document, day: Date) -> Vec<Setback> {
    let is_told = ["unkt", "pkt", "Pkt"].iter().any(|piece| section.text.contains(piece));
    if document.kind != Kind::Minutes || !is_told || !MOVED.is_match(&section.text) {
        return Vec::new();
    }
    let lines: Vec<Line<'_>> = section.text.lines().map(|text| Line { number: 0, text }).collect();
    let told = sentences(section.kind, &lines).into_iter().flat_map(|sentence| {
        let text = &*sentence.text;
        let is_decided = !NOT_DECIDED.is_match(text)
            && !CALLED_OFF.is_match(text)
            && (decision::postpones(text) || moves_matter(text, day));
        let named =
            if is_decided && ITEM_NUMBERS.is_match(text) { named_items(text, document) } else { None };
        let setback =
            |at| Setback { position: at, is_cancelled: false, what: Off::Item(at), quote: text.to_owned() };
        named.unwrap_or_default().into_iter().map(setback).collect::<Vec<_>>()
    });
    told.collect()
}

/// Beginnings of titles, folded, under which a body is told of matters that are no items of the meeting.
const TELLING_TITLES: [&str; 6] =
    ["eventuelt", "gensidig orientering", "meddelelser", "orientering fra", "orienteringer", "siden sidst"];

/// What is not as planned.
static TITLED_OFF: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "udg|afly|bortf|skrin|opgiv|udsk|udsæt|udsat|rykke|flytte",
        r"(?i)\b(?:(udgår|udgået|aflyses|aflyst|bortfalder|bortfaldet|skrinlægges|skrinlagt|opgives|opgivet)|udskydes|udskudt|udsættes|udsat|rykkes|rykket|flyttes|flyttet)\b",
    )
});

/// What minutes tell of other meetings' matters where each is named by its title, as under "Meddelelser".
fn told_of_others(document: &Document) -> Vec<Setback> {
    const SKIPPED: [SectionKind; 3] =
        [SectionKind::Recommendation, SectionKind::History, SectionKind::Attachments];
    let is_telling = |item: &AgendaItem| {
        let title = item.title.as_deref().map(fold).unwrap_or_default();
        !item.closed && TELLING_TITLES.iter().any(|start| title.starts_with(start))
    };
    let mut found = Vec::new();
    for (position, item) in document.items.iter().enumerate().filter(|(_, item)| is_telling(item)) {
        let told = item.sections.iter().filter(|section| !SKIPPED.contains(&section.kind));
        let decided = item.decision.iter().map(|decision| &decision.text);
        let texts = told.map(|section| &section.text).chain(decided);
        for text in texts.filter(|text| TITLED_OFF.is_match(text)) {
            let lines: Vec<Line<'_>> = text.lines().map(|text| Line { number: 0, text }).collect();
            let sentences = sentences(SectionKind::Other, &lines);
            found.extend(sentences.iter().filter_map(|sentence| titled(&sentence.text, position)));
        }
    }
    found
}

/// The setback of a matter that a sentence may name by its title.
fn titled(text: &str, position: usize) -> Option<Setback> {
    let verb = TITLED_OFF.captures(text)?;
    let whole = verb.get(0)?;
    let (subject, after) = (subject(&text[..whole.start()]), &text[whole.end()..]);
    let is_denied = ["ikke", "næppe"].iter().any(|word| after.trim_start().starts_with(word));
    if subject.len() < SHORTEST_SUBJECT || is_denied || NOT_DECIDED.is_match(text) {
        return None;
    }
    // What only leaves this agenda comes on another.
    let is_cancelled = verb.get(1).is_some() && !after.contains("dagsorden");
    Some(Setback { position, is_cancelled, what: Off::Titled, quote: text.to_owned() })
}

/// Bytes of a title that tells a matter from another.
const SHORTEST_SUBJECT: usize = 8;

/// The words of a clause before its verb.
fn subject(before: &str) -> &str {
    let clause = before.rfind([',', ';', ':']).map_or(before, |at| &before[at + 1..]).trim();
    clause.strip_prefix("at ").unwrap_or(clause)
}

/// Words that may stand before a title, and between it and its verb, folded.
const BEFORE_TITLE: [&str; 9] =
    ["af", "behandlingen", "droeftelsen", "emnet", "punkt", "punktet", "sag", "sagen", "temaet"];
const AFTER_TITLE: [&str; 8] = ["bliver", "blev", "derfor", "desvaerre", "dermed", "er", "maa", "nu"];

/// What makes a word definite.
const DEFINITE_ENDS: [&str; 6] = ["n", "en", "t", "et", "ne", "erne"];

/// Whether what a sentence puts off or calls off is the matter of this title, named whole: "Evalueringen af taksterne udgår" of
/// "Evaluering af takster".
pub fn names_title(sentence: &str, title: &str) -> bool {
    // A cheap test first: but for a capital, the title's first word stands in the sentence.
    let first = title.split_whitespace().next().unwrap_or_default();
    let rest = first.char_indices().nth(1).map_or("", |(at, _)| &first[at..]);
    if !sentence.contains(rest) {
        return false;
    }
    let Some(verb) = TITLED_OFF.find(sentence) else { return false };
    let (subject, title) = (fold(subject(&sentence[..verb.start()])), fold(title));
    let words = |text: &'_ str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (subject, title) = (words(&subject), words(&title));
    let is_same = |said: &String, word: &String| {
        said.strip_prefix(word.as_str()).is_some_and(|end| end.is_empty() || DEFINITE_ENDS.contains(&end))
    };
    let is_named_from = |from: usize| {
        let (before, rest) = subject.split_at(from);
        let (said, after) = rest.split_at(title.len());
        said.iter().zip(&title).all(|(said, word)| is_same(said, word))
            && before.iter().all(|word| BEFORE_TITLE.contains(&word.as_str()))
            && after.iter().all(|word| AFTER_TITLE.contains(&word.as_str()))
    };
    let is_told = title.iter().map(String::len).sum::<usize>() >= SHORTEST_SUBJECT;
    is_told && (0..=subject.len()).any(|from| from + title.len() <= subject.len() && is_named_from(from))
}

/// Whether a sentence of a decision says that its item was not reached: "Ikke behandlet på grund af tidnød".
pub fn is_not_treated(sentence: &str) -> bool {
    NOT_TREATED.is_match(sentence)
}

/// Whether a sentence puts its matter off to the next meeting, without its day.
pub fn is_to_next_meeting(sentence: &str) -> bool {
    TO_MEETING.find(sentence).is_some_and(|found| !found.as_str().contains("senere"))
}

fn in_sentence(text: &str, document: &Document, position: usize, day: Date) -> Vec<Setback> {
    let is_over = NOT_AGAIN.find(text).is_some_and(|found| !UNTIL.is_match(&text[found.end()..]));
    if NOT_DECIDED.is_match(text) && !is_over {
        return Vec::new();
    }
    let is_cancelled = is_over || CALLED_OFF.is_match(text);
    let setback = |what| Setback { position, is_cancelled, what, quote: text.to_owned() };
    if (is_cancelled || MOVED.is_match(text))
        && let Some(meeting) = meeting(text, day)
    {
        return vec![setback(meeting)];
    }
    if NOT_TREATED.is_match(text) {
        return vec![setback(Off::Item(position))];
    }
    let is_put_off =
        decision::postpones(text) || moves_matter(text, day) || puts_item_off(text) || drops_step(text, day);
    if !is_cancelled && !is_put_off {
        return Vec::new();
    }
    let cases = case_number::find_all(text);
    if !cases.is_empty() {
        return cases.into_iter().map(|case| setback(Off::Case(case))).collect();
    }
    if let Some(named) = named_items(text, document) {
        return named.into_iter().map(|at| setback(Off::Item(at))).collect();
    }
    let own = document.items.get(position).and_then(|item| item.decision.as_ref());
    let is_own = own.is_some_and(|own| own.outcome == Outcome::Postponed) && !is_cancelled;
    // "Besigtigelsen den 7. december er aflyst": what was to be on that day, and nothing else of the matter.
    let is_event = is_cancelled && called_off(text, day).from.is_some();
    if is_own
        || is_event
        || asked_for(text).is_some()
        || OWN_MATTER.is_match(text)
        || moves_matter(text, day)
        || MOVED_MATTER.is_match(text)
    {
        return vec![setback(Off::Item(position))];
    }
    Vec::new()
}

/// Words by which a decision on one matter goes on with another.
const GOES_ON: [&str; 4] = [" idet ", " men ", " mens ", " dog "];

/// "Godkendt, idet punkt 9 udsættes": one matter is decided, and another, by its number, put off.
fn puts_item_off(text: &str) -> bool {
    let rest = GOES_ON.iter().filter_map(|word| text.split_once(word)).map(|(_, rest)| rest);
    rest.max_by_key(|rest| rest.len())
        .is_some_and(|rest| ITEM_NUMBERS.is_match(rest) && decision::postpones(rest))
}

/// Words of the matter as a whole, and of its treatment: a sentence about them is about all that is to come of it.
const WHOLE_MATTER: [&str; 15] = [
    "afgørelsen",
    "ansøgningen",
    "arbejdet",
    "behandlingen",
    "beslutningen",
    "drøftelsen",
    "emnet",
    "forslaget",
    "genoptagelsen",
    "klagen",
    "mødet",
    "planen",
    "projektet",
    "punktet",
    "sagen",
];

/// How the words for those end who act rather than are put off.
const ACTORS: [&str; 11] = [
    "administrationen",
    "afdelingen",
    "bestyrelsen",
    "borgmesteren",
    "direktøren",
    "flertallet",
    "formanden",
    "forvaltningen",
    "kommunen",
    "rådet",
    "udvalget",
];

/// What a decision's sentence itself names as put off or called off, where that is less than the matter: `overrækkelsen`, `borgermødet`.
/// None where it names the matter, or nothing.
pub fn off_subject(sentence: &str) -> Option<String> {
    static DEFINITE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:(?:den|det|de)\s+\p{L}{3,}(?:e|t)\s+(\p{L}{4,})|(\p{L}{4,}(?:en|et|ene|erne)))\b")
    });
    if let Some(asked) = asked_for(sentence) {
        return Some(asked.to_lowercase());
    }
    let off = CALLED_OFF.find(sentence).or_else(|| DROPPED.find(sentence)).map(|verb| verb.range());
    let verb = [moving_verb(sentence), off].into_iter().flatten().min_by_key(|verb| verb.start)?;
    let (before, after) = (&sentence[..verb.start], &sentence[verb.end..]);
    if OWN_MATTER.find_iter(before).any(|word| is_whole_matter(word.as_str()))
        || MOVED_MATTER.is_match(before)
    {
        return None;
    }
    let clause = before.rfind([',', ';', ':']).map_or(before, |at| &before[at + 1..]);
    let object = after.find([',', ';', ':']).map_or(after, |at| &after[..at]);
    let noun = |text: &str| {
        DEFINITE.captures_iter(text).find_map(|found| {
            let word = found.get(1).or(found.get(2))?.as_str().to_lowercase();
            (!ACTORS.iter().any(|actor| word.ends_with(actor))).then_some(word)
        })
    };
    // Right after the verb: "udskød overrækkelsen", not "udsættes til fornyet behandling".
    let is_object = object.split_whitespace().next().is_some_and(|word| DEFINITE.is_match(word));
    noun(clause).or_else(|| noun(object).filter(|_| is_object)).filter(|word| !is_whole_matter(word))
}

/// What a body no longer asks for: `overslag` of "Udvalget trækker sin anmodning om et økonomisk overslag tilbage".
fn asked_for(sentence: &str) -> Option<&str> {
    static ASKED: LazyLock<Pattern> = LazyLock::new(|| {
        cued(
            "tilbage",
            concat!(
                r"(?i)\b(?:trukket|trak|trækker)\s+(?:(?:sin|sit)\s+)?(?:anmodning(?:en)?|ønsket?|bestilling(?:en)?)\s+om\s+(?:at\s+(?:få|se)\s+)?(?:en|et)\s+",
                r"(?:(?:\p{L}+(?:isk|ligt?|elt?)|nyt?|samlet|yderligere)\s+){0,2}(\p{L}{4,})\b[^,;:.]*?\s+tilbage\b",
            ),
        )
    });
    ASKED.captures(sentence)?.get(1).map(|thing| thing.as_str())
}

/// What the name of the body is compared by ([`body::key`]) whose treatment alone a sentence puts off or calls off: "Behandlingen i
/// Byrådet udskydes", "Byrådets drøftelse rykkes". None where it names none.
pub fn body_put_off(sentence: &str) -> Option<String> {
    static STEP: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:behandling|drøftelse|forelæggelse|vedtagelse|godkendelse)(?:n|en)?\b")
    });
    let off = CALLED_OFF.find(sentence).map(|verb| verb.range());
    let verb = moving_verb(sentence).or(off)?;
    let before = &sentence[..verb.start];
    let step = STEP.find(before)?;
    let named: Vec<_> = bodies::mentions(before);
    let [only] = named.as_slice() else { return None };
    let is_place = only.start >= step.end()
        && before[..only.start].ends_with(" i ")
        && !before[step.end()..only.start].contains([',', ';', ':']);
    let is_owner =
        only.end <= step.start() && before[only.end..step.start()].trim_start_matches('s').trim().is_empty();
    only.name.as_deref().filter(|_| is_place || is_owner).map(body::key)
}

/// Whether a sentence takes its own matter back without treating it: "Forvaltningen trækker sagen tilbage".
pub fn withdraws(sentence: &str) -> bool {
    static WITHDRAWN: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:trækkes|trukket|trak|trækker)\b(?:(?:\s+\p{L}+){0,4}?|\s+(?:sin|sit|sine|sagen|forslaget|ansøgningen|anmodningen)\b[^,;:.]{0,120}?)\s+tilbage\b",
        )
    });
    WITHDRAWN.is_match(sentence) && !NOT_DECIDED.is_match(sentence)
}

fn is_whole_matter(word: &str) -> bool {
    WHOLE_MATTER.contains(&word.to_lowercase().as_str())
}

/// Letters that two words for one thing have in common at least: "overrækkelsen" and "overrækkes".
const SHORTEST_STEM: usize = 5;

/// Whether a sentence has a word for the thing that [`off_subject`] names.
pub fn names_subject(sentence: &str, subject: &str) -> bool {
    let subject = fold(subject);
    let bare =
        ["erne", "ene", "en", "et"].iter().find_map(|end| subject.strip_suffix(*end)).unwrap_or(&subject);
    fold(sentence).split(|c: char| !c.is_alphanumeric()).any(|word| {
        let common = word.chars().zip(subject.chars()).take_while(|(one, other)| one == other).count();
        common >= SHORTEST_STEM || word == bare
    })
}

/// The points of a recommendation that a decision turns down by their numbers, from 1: "2. at-punkt blev ikke godkendt", "Punkt 2
/// forkastes". Empty where it names none.
pub fn points_turned_down(decision: &str) -> Vec<usize> {
    static POINT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?:\b(\d{1,2})\.\s*(?:at[- ]?punkt|punkt|pind|dot|at)\b|\b(?:at[- ]?punkt|punkt|pkt\.?|pind|dot|ad\.?)\s*(\d{1,2})\b)\s*:?\s*",
            r"(?:(?:blev|er|bliver|kan|kunne|\s)\s*)*",
            r"(?:ikke\s+(?:godkend\p{L}+|tiltråd\p{L}*|tiltræd\p{L}*|vedtag\p{L}+|imødekom\p{L}+)|forkast\p{L}+|afvis\p{L}+|afslå\p{L}+|nedstem\p{L}+)",
        ))
    });
    let number = |found: regex::Captures<'_>| found.get(1).or(found.get(2))?.as_str().parse().ok();
    POINT.captures_iter(decision).filter_map(number).collect()
}

/// Whether a sentence of a decision taken on `day` puts its own matter off: "Udsat til den 20. marts".
pub fn puts_off(sentence: &str, day: Date) -> bool {
    !NOT_DECIDED.is_match(sentence) && (decision::postpones(sentence) || moves_matter(sentence, day))
}

/// The number of the one other item of the agenda that a sentence of an item moves to another day ("Punkt 13 udsættes til mødet den …");
/// None where it names none, several, or its own.
pub fn other_item(sentence: &str, own: Option<&str>) -> Option<String> {
    let names_item = ["unkt ", "kt. ", "Sag ", "sag "].iter().any(|piece| sentence.contains(piece));
    if !names_item || !MOVED.is_match(sentence) {
        return None;
    }
    let mut named = ITEM_NUMBERS.captures_iter(sentence);
    let (only, more) = (named.next()?, named.next());
    let is_one = more.is_none() && only.get(2).is_none_or(|rest| rest.is_empty());
    let is_case = sentence[only.get(0)?.end()..].starts_with(['.', '/', '-'])
        && !sentence[only.get(0)?.end()..].starts_with(". ");
    (is_one && !is_case && own != Some(&only[1])).then(|| only[1].to_owned())
}

/// Whether a sentence of a decision says that its own matter is treated again: "Punktet tages op igen på mødet i marts", "Behandles i
/// stedet på mødet den 8. marts". Nobody else can do something again.
pub fn comes_again(sentence: &str) -> bool {
    static AGAIN: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?:^|\b(?:sagen|punktet|emnet|og)\s+)(?:(?:tages\s+op|forelægges|behandles|drøftes|fremlægges|kommer)\s+(?:igen|i\s+stedet)|genoptages)\b",
            r"|^(?:ny|fornyet)\s+(?:behandling|drøftelse|forelæggelse)\b",
        ))
    });
    AGAIN.is_match(sentence) && !NOT_DECIDED.is_match(sentence)
}

/// Whether a sentence only says that its own matter is treated again, without a word that puts it off: "Sagen genoptages på mødet den 6.
/// september". What else was to come in the matter comes all the same.
pub fn only_comes_again(sentence: &str) -> bool {
    comes_again(sentence)
        && !MOVED.is_match(sentence)
        && !is_taken_off(sentence)
        && !["stedet", "i bero"].iter().any(|word| sentence.contains(word))
}

/// Whether a decision goes against what a sentence proposes: "Udvalget anbefaler, at skolen ikke lukkes" against "at skolen lukkes",
/// or "Udvalget anbefaler ikke forslaget" against anything.
pub fn is_against(decision: &str, proposal: &str) -> bool {
    static NOT_DONE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\bikke\s+(?:skal\s+)?(\p{L}{3,}s)\b"));
    static REFUSES: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:anbefaler|støtter|følger|tiltræder|godkender)\s+(?:derfor\s+)?ikke\s+(?:indstillingen|forslaget|lukningen|salget)\b",
        )
    });
    if !decision.contains("ikke") {
        return false;
    }
    let is_proposed = |verb: &str| {
        let mut words = proposal.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.any(|word| word == verb) && !proposal.contains(&format!("ikke {verb}"))
    };
    REFUSES.is_match(decision) || NOT_DONE.captures_iter(decision).any(|found| is_proposed(&found[1]))
}

/// Whether a sentence only proposes or recommends: "Direktøren indstiller, at skolen lukkes", "at skolen lukkes" of a list of points.
pub fn is_proposed(sentence: &str) -> bool {
    static PROPOSES: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:indstiller|indstilles|foreslår|foreslås|anbefaler|anbefales)\b,?\s+(?:\p{L}+\s+){0,3}?at\b",
        )
    });
    sentence.starts_with("at ") || PROPOSES.is_match(sentence)
}

/// Whether a decision takes its own item off the agenda without treating it: "Punktet blev taget af dagsordenen".
pub fn is_taken_off(decision: &str) -> bool {
    static TAKEN_OFF: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:taget|tages|tog|tager|trukket|trækkes|trak|udgået)\s+(?:\p{L}+\s+){0,4}?(?:af|fra)\s+dagsordenen\b",
            r"|\b(?:sagen|punktet|emnet)\s+(?:\p{L}+\s+)?(?:udgår|udgik|udgået|trukket|trækkes|(?:taget|tages)\s+af)\b",
        ))
    });
    TAKEN_OFF.is_match(decision) && !NOT_DECIDED.is_match(decision)
}

/// "Sagen rykkes fra den 4. april til den 2. maj": the matter has a later day.
fn moves_matter(text: &str, day: Date) -> bool {
    let Some(verb) = moving_verb(text) else { return false };
    let (before, moved) = (&text[..verb.start], moved(text, day));
    let is_matter = OWN_MATTER.is_match(before) || MOVED_MATTER.is_match(before);
    // Whatever its name is, what was to be on one very day and is to be on another is a step of the matter.
    let is_one_day = |days: Option<(Date, Date)>| days.is_some_and(|(from, to)| from == to);
    (is_matter && (moved.to.is_some() || TO_MEETING.is_match(&text[verb.end..])))
        || (is_one_day(moved.from) && is_one_day(moved.to))
}

/// "Forelæggelsen i marts udgår": a step that was to be at a time of its own.
fn drops_step(text: &str, day: Date) -> bool {
    DROPPED.find(text).is_some_and(|verb| OWN_MATTER.is_match(&text[..verb.start()]))
        && moved(text, day).from.is_some()
}

/// The meeting that a sentence calls off or moves, on a day that lies ahead.
fn meeting(text: &str, day: Date) -> Option<Off> {
    let mention = date::mentions(text).into_iter().find(date::Mention::is_exact)?;
    let before = &text[..mention.start];
    let word = MEETING_ON.find(before)?.as_str().to_lowercase();
    // A meeting with others is no meeting of a body, and "sagen, der var berammet til mødet den …" is not the meeting itself.
    let is_matter =
        !CALLED_OFF.is_match(text) && PLANNED_FOR.is_match(before) && MOVED_MATTER.is_match(before);
    if is_matter || MEETINGS_WITH_OTHERS.iter().any(|with| word.starts_with(with)) {
        return None;
    }
    // "Sagen udsættes til mødet den …": the meeting is where it is put off to.
    let moves = MOVED.find(text).map(|found| found.start());
    let is_target = moves
        .is_some_and(|at| at < mention.start && !text[at..mention.start].to_lowercase().contains(" fra "));
    let is_old_and_new = moves_between(text, &mention);
    if is_target && !is_old_and_new && !CALLED_OFF.is_match(text) {
        return None;
    }
    let (from, to) = if is_old_and_new { mention.ends(day)?.0 } else { mention.resolve(day)? };
    let body = bodies::mentions(text).into_iter().next().and_then(|body| body.name);
    (from == to && from > day).then_some(Off::Meeting { body, day: from })
}

/// The items of the document that a sentence names by number or by title, not all of which need be there; None where it names none.
fn named_items(text: &str, document: &Document) -> Option<Vec<usize>> {
    let mut numbers: Vec<String> = Vec::new();
    for found in ITEM_NUMBERS.captures_iter(text) {
        numbers.push(found[1].to_owned());
        let more = found.get(2).map_or("", |more| more.as_str());
        numbers.extend(NUMBER.find_iter(more).map(|number| number.as_str().to_owned()));
    }
    let at = |wanted: &dyn Fn(&AgendaItem) -> bool| document.items.iter().position(wanted);
    if !numbers.is_empty() {
        let is = |number: &String| at(&|item| item.number.as_ref() == Some(number));
        return Some(numbers.iter().filter_map(is).collect());
    }
    let folded = fold(text);
    let by_title = at(&|item| {
        let title = item.title.as_deref().map(fold).unwrap_or_default();
        title.chars().count() >= SHORTEST_TITLE && folded.contains(&title)
    });
    by_title.map(|at| vec![at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of the decision of item 2, and what they put off or call off, one a line, as the first lines say.
    const SENTENCES: &str = include_str!("../../tests/setbacks.txt");

    fn read(text: &str) -> Document {
        let item = |number: &str, title: &str, case: &str, decision: &str| {
            format!(
                "{number}. {title}\n\nSagsnr.: {case} Sagsbehandler: Ida Holm\n\n{title}\n\nSagsfremstilling\n\nEn sag.\n\nBeslutning\n\n{decision}\n\n"
            )
        };
        let text = format!(
            "Udvalg: Kulturudvalget\nMødedato: 22. marts 2018\nMødested: B1\n\nDagsordenpunkter\n\n{}{}{}",
            item("1", "Godkendelse af dagsorden", "00.01.00-A00-1-18", "Godkendt."),
            item("2", "Renovering af svømmehallen", "04.01.00-P20-2-18", text),
            item("3", "Tilskud til musikskolen", "20.01.00-Ø40-3-18", "Godkendt."),
        );
        crate::parse(&text).0
    }

    #[test]
    fn a_thing_of_its_own_is_not_the_matter() {
        for (sentence, expected) in [
            ("Overrækkelsen udskydes til den 3. juni 2018.", Some("overrækkelsen")),
            ("Formanden oplyste, at borgermødet om ladestandere den 10. maj er aflyst.", Some("borgermødet")),
            ("Den planlagte spærring i uge 28-30 aflyses.", Some("spærring")),
            ("Byrådet udskød overrækkelsen til juni.", Some("overrækkelsen")),
            ("Sagen udsættes til næste møde.", None),
            ("Udvalget udsatte sagen.", None),
            ("Behandlingen af svarene, der var planlagt til maj, udskydes.", None),
            ("Mødet den 18. april 2018 aflyses.", None),
            ("Udsat til den 3. juni.", None),
            ("Udsættes til fornyet behandling i Byrådet.", None),
            ("Godkendt.", None),
        ] {
            assert_eq!(off_subject(sentence).as_deref(), expected, "{sentence}");
        }
        for (sentence, subject, expected) in [
            ("Prisen overrækkes den 20. maj.", "overrækkelsen", true),
            ("Byrådet evaluerer prisen i 3. kvartal.", "overrækkelsen", false),
            ("Broen spærres i uge 28-30.", "spærring", true),
            ("Der holdes fest den 20. maj.", "festen", true),
            ("Der holdes møde den 20. maj.", "festen", false),
        ] {
            assert_eq!(names_subject(sentence, subject), expected, "{sentence}");
        }
    }

    #[test]
    fn other_matters_are_put_off_under_titles_that_tell() {
        for (title, decision, expected) in [
            ("Meddelelser", "Evalueringen af taksterne i havnebadet udgår.", "cancelled titled"),
            ("Orientering fra formanden", "Affaldsplanen udskydes til den 23. maj 2018.", "postponed titled"),
            ("Meddelelser", "Affaldsplanen udgår af dagsordenen for mødet i maj.", "postponed titled"),
            ("Meddelelser", "Affaldsplanen udskydes ikke.", "nothing"),
            ("Meddelelser", "Affaldsplanen godkendes.", "nothing"),
            ("Årshjul", "Tidsplanen rykkes en måned.", "nothing"),
        ] {
            let mut document = read("Godkendt.");
            let text = decision.to_owned();
            document.items[0].title = Some(title.to_owned());
            document.items[0].sections = vec![Section { kind: SectionKind::Other, heading: None, text }];
            let found: Vec<String> = setbacks(&document).iter().map(shown).collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            assert_eq!(found, expected, "{title}: {decision}");
        }
    }

    #[test]
    fn a_title_is_named_whole() {
        for (sentence, title, expected) in [
            ("Evalueringen af taksterne i svømmehallen udgår.", "Evaluering af takster i svømmehallen", true),
            ("Formanden oplyste, at affaldsplanen udskydes til maj.", "Affaldsplan", true),
            ("Behandlingen af affaldsplanen er udskudt.", "Affaldsplan", true),
            ("Høringen om affaldsplanen udskydes.", "Affaldsplan", false),
            ("Affaldsplanen for havnen udskydes.", "Affaldsplan", false),
            ("Affaldsplanen udskydes.", "Affaldsplan for havnen", false),
            ("Affaldsplanen godkendes.", "Affaldsplan", false),
            ("Vejen udgår.", "Vej", false),
            ("Sagen udgår.", "", false),
        ] {
            assert_eq!(names_title(sentence, title), expected, "{sentence} / {title}");
        }
    }

    #[test]
    fn points_are_turned_down_by_their_numbers() {
        for (decision, expected) in [
            ("Indstillingens 1. at-punkt godkendt. 2. at-punkt blev ikke godkendt.", vec![2]),
            ("Punkt 1 tiltrådt. Punkt 2 og 3 drøftet. Punkt 4 forkastes.", vec![4]),
            ("Ad 1: Godkendt. Ad 2: Ikke godkendt.", vec![2]),
            ("Ikke godkendt.", vec![]),
            ("Godkendt.", vec![]),
        ] {
            assert_eq!(points_turned_down(decision), expected, "{decision}");
        }
    }

    #[test]
    fn another_item_is_named_by_its_number() {
        for (sentence, expected) in [
            ("Punkt 13 udsættes til mødet den 8. maj.", Some("13")),
            ("Godkendt, idet sag 3 udsættes til mødet d. 10. oktober.", Some("3")),
            ("Punkt 2 udsættes til mødet den 8. maj.", None),
            ("Punkt 3 og 4 udsættes til mødet den 8. maj.", None),
            ("Punkt 3 blev drøftet.", None),
            ("Sag 85.02.00-A00-7-17 udsættes til efteråret.", None),
            ("Sagen udsættes til mødet den 8. maj.", None),
        ] {
            assert_eq!(other_item(sentence, Some("2")).as_deref(), expected, "{sentence}");
        }
    }

    #[test]
    fn a_decision_against_a_proposal_denies_its_verb() {
        for (decision, expected) in [
            ("Udvalget anbefaler, at gaden ikke lukkes.", true),
            ("Udvalget anbefaler ikke forslaget.", true),
            ("Gaden lukkes, og træerne fældes ikke.", false),
            ("Udvalget anbefaler, at gaden lukkes, og at træerne ikke fældes.", false),
            ("Godkendt.", false),
        ] {
            let proposal = "Direktøren indstiller, at gaden lukkes pr. 1. juli 2024.";
            assert_eq!(is_against(decision, proposal), expected, "{decision}");
            assert!(!is_against("Gaden skal ikke lukkes.", "Det foreslås, at gaden ikke lukkes."));
        }
        for (sentence, expected) in [
            ("Direktøren indstiller, at gaden lukkes.", true),
            ("at gaden lukkes.", true),
            ("Gaden lukkes den 1. juli 2024.", false),
        ] {
            assert_eq!(is_proposed(sentence), expected, "{sentence}");
        }
        for (sentence, expected) in [
            ("Behandlingen i Byrådet udskydes til den 28. april 2018.", Some("byråd")),
            ("Udsat til Byrådets møde den 28. april 2018.", None),
            ("Sagen udskydes til den 28. april 2018.", None),
        ] {
            assert_eq!(body_put_off(sentence).as_deref(), expected, "{sentence}");
        }
    }

    #[test]
    fn what_comes_again_says_so() {
        for sentence in [
            "Punktet tages op igen på martsmødet.",
            "Behandles i stedet på mødet den 8. marts.",
            "Ny behandling den 14. marts 2018.",
            "Sagen udgår og behandles i stedet den 8. marts.",
        ] {
            assert!(comes_again(sentence), "{sentence}");
        }
        for sentence in
            ["Sagen behandles den 8. marts.", "Byrådet behandler sagen igen.", "Sagen bør ikke genoptages."]
        {
            assert!(!comes_again(sentence), "{sentence}");
        }
    }

    #[test]
    fn sentences_put_off_what_the_table_says() {
        let mut differ = Vec::new();
        for row in SENTENCES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let document = read(text);
            assert_eq!(document.items.len(), 3, "{row}");
            let found: Vec<String> = setbacks(&document).iter().map(shown).collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            let found = match expected.contains(" to ") || expected.contains(" from ") {
                true => found + &days(moved(text, "2018-03-22".parse().unwrap())),
                false => found,
            };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    #[test]
    fn an_item_is_put_off_outside_decisions_by_its_number_alone() {
        for (outside, expected) in [
            ("Punkt 3 udsættes til næste møde.", vec!["postponed item 3"]),
            ("Pkt. 2 blev udsat.", vec!["postponed item 2"]),
            ("Punkt 3 udsættes ikke.", vec![]),
            ("Hvis punkt 3 udsættes, mødes udvalget igen.", vec![]),
            ("Punkt 7 udsættes.", vec![]),
            ("Mødet blev udsat en time.", vec![]),
            ("Punkt 3 er lukket.", vec![]),
        ] {
            let mut document = read("Godkendt.");
            let text = outside.to_owned();
            let section = Section { kind: SectionKind::Other, heading: None, text };
            document.sections.push(section.clone());
            let found: Vec<String> = setbacks(&document).iter().map(shown).collect();
            assert_eq!(found, expected, "{outside}");
            document.sections.clear();
            document.items[0].decision = None;
            document.items[0].sections = vec![section];
            let found: Vec<String> = setbacks(&document).iter().map(shown).collect();
            assert_eq!(found, expected, "at the item of the agenda: {outside}");
        }
    }

    fn days(moved: Moved) -> String {
        let shown = |word: &str, days: Option<(Date, Date)>| match days {
            Some((from, to)) if from == to => format!(" {word} {from}"),
            Some((from, to)) => format!(" {word} {from}..{to}"),
            None => String::new(),
        };
        shown("from", moved.from) + &shown("to", moved.to)
    }

    fn shown(setback: &Setback) -> String {
        let event = if setback.is_cancelled { "cancelled" } else { "postponed" };
        match &setback.what {
            Off::Item(at) => format!("{event} item {}", at + 1),
            Off::Case(case) => format!("{event} case {case}"),
            Off::Titled => format!("{event} titled"),
            Off::Meeting { body, day } => format!("{event} meeting {day} {}", body.as_deref().unwrap_or("-")),
        }
    }
}
