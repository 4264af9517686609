//! What a search is limited to: by its options, and by plain words among those searched for ("afviste sager om cykelstier",
//! "fra 2020", "i Byrådet"). What cannot be read as a limit is searched for.

use index::{BodySummary, SearchFilter};
use jiff::civil::{Date, date};
use minutes::Outcome;

use crate::period::{self, MOST_WORDS, Towards};
use crate::{Context, Request, UserError, choose, danish};

/// Years that minutes may be from.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

/// Words of a body's name at most, and of a caseworker's.
const MOST_BODY_WORDS: usize = 6;
const MOST_NAME_WORDS: usize = 4;

/// What the option `udfald` and the words of a question say of outcomes: the option's value, what it is called, the outcomes,
/// the words.
const OUTCOMES: [(&str, &str, &[Outcome], &[&str]); 7] = [
    (
        "godkendt",
        "godkendt",
        &[Outcome::Approved, Outcome::Amended],
        &["godkendt", "godkendte", "vedtaget", "vedtagne", "vedtagede", "tiltrådt", "tiltrådte"],
    ),
    (
        "afvist",
        "afvist",
        &[Outcome::Rejected],
        &[
            "afvist",
            "afviste",
            "forkastet",
            "forkastede",
            "nedstemt",
            "nedstemte",
            "afslået",
            "afslåede",
            "afslag",
        ],
    ),
    ("udsat", "udsat", &[Outcome::Postponed], &["udsat", "udsatte", "udskudt", "udskudte"]),
    ("drøftet", "drøftet", &[Outcome::Discussed], &["drøftet", "drøftede"]),
    ("efterretning", "taget til efterretning", &[Outcome::Noted], &["taget til efterretning"]),
    (
        "sendt videre",
        "sendt videre",
        &[Outcome::Referred],
        &["anbefalet", "anbefalede", "oversendt", "oversendte", "videresendt", "videresendte"],
    ),
    ("valgt", "valgt eller udpeget", &[Outcome::Appointed], &[]),
];

/// Outcomes that are called by several words, folded.
pub(crate) const CALLED: [&[&str]; 2] = [&["taget", "til", "efterretning"], &SENT_ON];
/// The one of them that tells to whom.
pub(crate) const SENT_ON: [&str; 2] = ["sendt", "videre"];

/// Words for an item that is closed to the public, right before one of [`DECIDED`].
pub(crate) const CLOSED: [&str; 2] = ["lukkede", "lukket"];

/// What is decided about: a word of outcome right before one of these, or after one of the verbs, is a limit.
const DECIDED: [&str; 4] = ["sager", "sag", "punkter", "punkt"];
const DECIDED_AND_SOUGHT: [&str; 5] =
    ["forslag", "ansøgninger", "indstillinger", "lokalplaner", "anmodninger"];
const VERBS: [&str; 4] = ["blev", "blevet", "er", "bliver"];

/// Words that turn an outcome into what it is not, folded; and how many words at most stand between the two.
pub(crate) const NOT: [&str; 3] = ["ikke", "ej", "aldrig"];
const MOST_BETWEEN: usize = 3;

/// Words that say nothing of what is sought. Words of votes and "ikke" are none: "ikke godkendt" must not become "godkendt".
const COLOURLESS: [&str; 32] = [
    "sager",
    "sag",
    "sagerne",
    "punkter",
    "punkt",
    "punkterne",
    "møder",
    "møderne",
    "beslutninger",
    "beslutning",
    "afgørelser",
    "behandlinger",
    "forslag",
    "emner",
    "ting",
    "noget",
    "alt",
    "alle",
    "hvad",
    "hvilke",
    "hvilken",
    "der",
    "er",
    "blev",
    "blevet",
    "har",
    "været",
    "vis",
    "find",
    "besluttet",
    "om",
    "som",
];
/// Words before what is sought is about.
const ABOUT: [&str; 5] = ["om", "vedr", "vedrørende", "angående", "omkring"];

/// Words before a body, a year or a month.
const IN: [&str; 8] = ["i", "fra", "på", "hos", "ved", "af", "år", "året"];
/// Words that a time begins with.
const TIMES: [&str; 17] = [
    "i", "fra", "den", "d", "på", "hele", "sidste", "seneste", "forrige", "denne", "dette", "før", "inden",
    "efter", "siden", "de", "næste",
];
const SINCE: [&str; 2] = ["siden", "efter"];
const BEFORE: [&str; 2] = ["før", "inden"];

/// What the last word of a body's name ends in.
const BODIES: [&str; 7] = ["udvalg", "udvalget", "råd", "rådet", "bestyrelsen", "nævnet", "kommissionen"];

/// A search as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Limits {
    pub(crate) filter: SearchFilter,
    /// What it is limited to, in words.
    pub(crate) said: Vec<String>,
    /// An outcome that was negated, as typed. The filter has its opposite where that is sure, and no outcome elsewhere.
    pub(crate) negated: Option<String>,
}

impl Limits {
    /// "ikke godkendt" is "afvist"; of any other negated outcome it is not known which ones are meant.
    fn not(&mut self, typed: &[&str]) {
        self.negated = Some(typed.join(" "));
        let mut outcome = Limits::default();
        let is_read = typed.last().is_some_and(|word| outcome.outcome(&bare(word)));
        if is_read && outcome.filter.outcomes.contains(&Outcome::Approved) {
            self.outcome("afvist");
        }
    }

    fn closed(&mut self) {
        self.filter.closed = true;
        self.said.push("lukkede punkter".to_owned());
    }

    /// Whether an outcome was negated that is not known to be another.
    pub(crate) fn is_open(&self) -> bool {
        self.negated.is_some() && self.filter.outcomes.is_empty()
    }

    fn outcome(&mut self, word: &str) -> bool {
        let folded = danish::fold(word);
        let is = |written: &&str| danish::fold(written) == folded;
        let Some((_, said, outcomes, _)) =
            OUTCOMES.iter().find(|(value, _, _, words)| is(value) || words.iter().any(is))
        else {
            return false;
        };
        self.filter.outcomes = outcomes.to_vec();
        self.said.push((*said).to_owned());
        true
    }

    fn period(&mut self, from: Option<Date>, to: Option<Date>) {
        self.filter.from = from.or(self.filter.from);
        self.filter.to = to.or(self.filter.to);
        self.said.push(match (from, to) {
            (Some(from), Some(to)) => danish::period(from, to),
            (Some(from), None) => format!("siden {}", danish::date(from)),
            (None, Some(to)) => format!("til og med {}", danish::date(to)),
            (None, None) => return,
        });
    }

    fn body(&mut self, body: &BodySummary) {
        self.filter.body_key = Some(body.key.clone());
        self.said.push(format!("i {}", body.name));
    }

    fn caseworker(&mut self, name: &str) {
        self.filter.caseworker = Some(name.to_owned());
        self.said.push(format!("sagsbehandler {}", choose::echo(name)));
    }

    fn kle(&mut self, group: &str) {
        self.filter.kle = Some(group.to_owned());
        self.said.push(format!("KLE {group}"));
    }
}

/// What the options say; what they say that cannot be read is told.
pub(crate) fn of_options(
    context: &Context<'_>,
    request: &Request,
    bodies: &[BodySummary],
) -> Result<(Limits, Vec<String>), UserError> {
    let (mut limits, mut unread) = (Limits::default(), Vec::new());
    let mut miss = |name: &str, typed: &str| unread.push(format!("{name} »{}«", choose::echo(typed)));
    if let Some(typed) = request.option("udvalg") {
        match choose::only_body(context.council, typed, bodies) {
            Some(body) => limits.body(body),
            None => miss("udvalg", typed),
        }
    }
    if let Some(typed) = request.option("periode") {
        match days(typed, context.today) {
            Some((from, to)) => limits.period(from, to),
            None => miss("periode", typed),
        }
    }
    if let Some(typed) = request.option("udfald")
        && !limits.outcome(typed)
    {
        miss("udfald", typed);
    }
    if let Some(name) = request.option("sagsbehandler") {
        limits.caseworker(name);
    }
    if let Some(name) = request.option("person") {
        limits.filter.person = Some(name.to_owned());
        limits.said.push(format!("med {}", choose::echo(name)));
    }
    if let Some(typed) = request.option("kle") {
        match kle(typed) {
            true => limits.kle(typed),
            false => miss("kle", typed),
        }
    }
    Ok((limits, unread))
}

/// What the words say, and those that are left to be searched for. Words in quotation marks are left alone, and so is what an
/// option already says.
pub(crate) fn of_words(
    context: &Context<'_>,
    typed: &str,
    options: &Limits,
    bodies: &[BodySummary],
) -> Result<(Limits, String), UserError> {
    let mut limits = options.clone();
    if typed.contains(['"', '»', '«', '“', '”', '„']) {
        return Ok((limits, typed.to_owned()));
    }
    let mut words: Vec<&str> = typed.split_whitespace().collect();
    if options.filter.outcomes.is_empty()
        && let Some((from, to)) = negated(&words)
    {
        limits.not(&words[from..=to]);
        words.drain(from..=to);
        // "blev ikke godkendt"
        if from > 0 && VERBS.contains(&bare(words[from - 1]).as_str()) {
            words.remove(from - 1);
        }
    }
    let (mut left, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let read = limit_at(context, &words[at..], &mut limits, options, bodies);
        if read == 0 {
            left.push(words[at]);
        }
        at += read.max(1);
    }
    let reads_outcomes = limits.filter.outcomes.is_empty() && limits.negated.is_none();
    if reads_outcomes && left.iter().any(|word| VERBS.contains(&bare(word).as_str())) {
        // "hvorfor blev strategien udsat?"
        left.pop_if(|last| limits.outcome(&bare(last)));
    }
    if limits.filter.from.is_none() && limits.filter.to.is_none() {
        year_beside(context, &mut left, &mut limits)?;
    }
    if limits != *options {
        // "Teknisk Udvalg 2021": a body's name and nothing else.
        if limits.filter.body_key.is_none()
            && let Some(body) = named_body(context, &left.join(" "), bodies)
        {
            limits.body(body);
            left.clear();
        }
        let is_of_outcomes = |word: &&str| {
            (!limits.filter.outcomes.is_empty() || limits.negated.is_some())
                && DECIDED_AND_SOUGHT.contains(&bare(word).as_str())
        };
        if left.iter().all(|word| is_colourless(word) || is_of_outcomes(word)) {
            left.clear();
        }
        // "vedtaget i Teknisk Udvalg": an outcome and nothing else.
        if limits.filter.outcomes.is_empty()
            && limits.negated.is_none()
            && let [only] = left.as_slice()
            && limits.outcome(&bare(only))
        {
            left.clear();
        }
        while left.first().is_some_and(|word| ABOUT.contains(&bare(word).as_str())) {
            left.remove(0);
        }
    }
    Ok((limits, left.join(" ")))
}

/// From a word that negates to the outcome that it negates.
fn negated(words: &[&str]) -> Option<(usize, usize)> {
    let is_outcome = |word: &&str| is_outcome(word);
    words.iter().enumerate().filter(|(_, word)| is_not(word)).find_map(|(at, _)| {
        let near = words[at + 1..].iter().take(MOST_BETWEEN + 1);
        let count = near.take_while(|word| !ABOUT.contains(&bare(word).as_str())).position(is_outcome)?;
        Some((at, at + 1 + count))
    })
}

fn is_not(word: &str) -> bool {
    NOT.contains(&bare(word).as_str())
}

fn is_outcome(word: &str) -> bool {
    let word = bare(word);
    CALLED.iter().any(|called| called.last() == Some(&word.as_str())) || Limits::default().outcome(&word)
}

/// Whether an outcome is negated by one of these words: what it is decided as is not what is asked for.
pub(crate) fn has_negated(words: &[&str]) -> bool {
    negated(words).is_some()
}

/// Takes a bare year for a limit ("vindmøller 2022", "2022"), where no case has it in its title with other words ("budget 2022").
fn year_beside(context: &Context<'_>, left: &mut Vec<&str>, limits: &mut Limits) -> Result<(), UserError> {
    let Some(at) = left.iter().position(|word| year(&bare(word)).is_some()) else { return Ok(()) };
    let title = left.join(" ").replace('"', " ");
    if left.len() > 1 && !context.archive.cases_by_title(&title, 1)?.is_empty() {
        return Ok(());
    }
    let year = year(&bare(left[at]));
    left.remove(at);
    limits.period(year.and_then(start), year.and_then(end));
    Ok(())
}

/// The words that tell what is sought; empty where none does.
pub(crate) fn telling(words: &str) -> String {
    words.split_whitespace().filter(|word| !is_colourless(word)).collect::<Vec<_>>().join(" ")
}

fn is_colourless(word: &str) -> bool {
    COLOURLESS.contains(&bare(word).as_str())
}

/// How many words from the first on are a limit; 0 where they are none.
fn limit_at(
    context: &Context<'_>,
    words: &[&str],
    limits: &mut Limits,
    options: &Limits,
    bodies: &[BodySummary],
) -> usize {
    let bare: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let first = bare[0].as_str();
    let second = bare.get(1).map(String::as_str).unwrap_or_default();
    if options.filter.outcomes.is_empty() && limits.negated.is_none() {
        let verb = usize::from(VERBS.contains(&first));
        let is_called = |called: &&&[&str]| bare.get(verb..).is_some_and(|left| starts_with(left, called));
        if let Some(called) = CALLED.iter().find(is_called)
            && limits.outcome(&called.join(" "))
        {
            let read = verb + called.len();
            return read + recipient(context, &words[read..], limits, bodies);
        }
        if DECIDED.contains(&second) && limits.outcome(first) {
            return 2;
        }
        if DECIDED_AND_SOUGHT.contains(&second) && limits.outcome(first) {
            return 1;
        }
        if VERBS.contains(&first) && limits.outcome(second) {
            return 2;
        }
    }
    if !limits.filter.closed && CLOSED.contains(&first) && DECIDED.contains(&second) {
        limits.closed();
        return 2;
    }
    if options.filter.kle.is_none() && matches!(first, "kle" | "kle-gruppe") && kle(second) {
        limits.kle(second);
        return 2;
    }
    if options.filter.caseworker.is_none() && matches!(first, "sagsbehandler" | "sagsbehandleren") {
        let is_name = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
        let name: Vec<&str> = words[1..].iter().take(MOST_NAME_WORDS).take_while(is_name).copied().collect();
        if !name.is_empty() {
            limits.caseworker(&name.join(" "));
            return 1 + name.len();
        }
    }
    if options.filter.from.is_none() && options.filter.to.is_none() {
        let read = period_at(&bare, limits);
        let read = if read > 0 { read } else { time_at(words, context.today, limits) };
        if read > 0 {
            return read;
        }
    }
    if options.filter.body_key.is_none() && limits.filter.body_key.is_none() && IN.contains(&first) {
        for count in (1..=MOST_BODY_WORDS.min(words.len() - 1)).rev() {
            let name = words[1..=count].join(" ");
            let name = name.trim_end_matches(['?', '.', ',', '!']);
            if let Some(body) = named_body(context, name, bodies) {
                limits.body(body);
                return 1 + count;
            }
        }
    }
    0
}

/// `udvalg:klimaudvalget støj`: the question with the longest beginning of what was typed that names a body, and the rest among its
/// words. None where all of it names a body, or no beginning does.
pub(crate) fn body_apart(
    context: &Context<'_>,
    request: &Request,
    bodies: &[BodySummary],
) -> Option<Request> {
    let typed = request.option("udvalg")?;
    let words: Vec<&str> = typed.split_whitespace().collect();
    let names =
        |count: &usize| choose::only_body(context.council, &words[..*count].join(" "), bodies).is_some();
    let count = (1..=words.len()).rev().find(names).filter(|count| *count < words.len())?;
    let more = request.option("ord").map(str::to_owned);
    let sought: Vec<String> = [words[count..].join(" ")].into_iter().chain(more).collect();
    Some(request.with("udvalg", &words[..count].join(" ")).with("ord", &sought.join(" ")))
}

/// How many words say to which body something was sent, which is not known of an item: that it is not used is said.
fn recipient(context: &Context<'_>, words: &[&str], limits: &mut Limits, bodies: &[BodySummary]) -> usize {
    if words.first().is_none_or(|word| bare(word) != "til") {
        return 0;
    }
    let is_body = |count: &usize| {
        let name = words[1..=*count].join(" ");
        named_body(context, name.trim_end_matches(['?', '.', ',', '!']), bodies).is_some()
    };
    let Some(count) = (1..=MOST_BODY_WORDS.min(words.len() - 1)).rev().find(is_body) else { return 0 };
    limits.said.push("uanset til hvem".to_owned());
    1 + count
}

fn starts_with(words: &[String], called: &[&str]) -> bool {
    words.len() >= called.len() && words.iter().zip(called).all(|(word, part)| word == part)
}

/// A body by an abbreviation, or by a name that ends as bodies' names do.
fn named_body<'b>(context: &Context<'_>, name: &str, bodies: &'b [BodySummary]) -> Option<&'b BodySummary> {
    let folded = danish::fold(name);
    let is_short = context.council.abbreviations.keys().any(|short| danish::fold(short) == folded);
    let is_body = BODIES.iter().any(|ending| folded.ends_with(&danish::fold(ending)));
    if !is_short && !is_body {
        return choose::by_initials(name, bodies);
    }
    choose::only_body(context.council, name, bodies)
}

/// "fra 2020", "i august 2020", "siden 2019", "mellem 2019 og 2021", "2019-2021".
fn period_at(words: &[String], limits: &mut Limits) -> usize {
    let first = words[0].as_str();
    let at = |nth: usize| words.get(nth).map(String::as_str).unwrap_or_default();
    let year_after = |nth: usize| if matches!(at(nth), "år" | "året") { nth + 1 } else { nth };
    if first == "mellem"
        && let (Some(from), Some(to)) = (year(at(1)), year(at(3)))
    {
        limits.period(start(from), end(to));
        return 4;
    }
    if matches!(first, "fra" | "i")
        && matches!(at(2), "til" | "og")
        && let (Some(from), Some(to)) = (year(at(1)), year(at(3)))
    {
        limits.period(start(from), end(to));
        return 4;
    }
    let nth = year_after(1);
    if IN.contains(&first)
        && let Some(year) = year(at(nth))
    {
        limits.period(start(year), end(year));
        return nth + 1;
    }
    if IN.contains(&first)
        && let Some((from, to)) = month(at(1), at(2))
    {
        limits.period(Some(from), Some(to));
        return 3;
    }
    if SINCE.contains(&first)
        && let Some(year) = year(at(nth))
    {
        limits.period(start(if first == "efter" { year + 1 } else { year }), None);
        return nth + 1;
    }
    if BEFORE.contains(&first)
        && let Some(year) = year(at(nth))
    {
        limits.period(None, end(year - 1));
        return nth + 1;
    }
    match years(first) {
        Some((from, to)) => {
            limits.period(start(from), end(to));
            1
        }
        None => 0,
    }
}

/// "sidste år", "i efteråret 2019", "september 2022", "den 10. maj 2022": the longest time that begins here. A year by itself is none.
fn time_at(words: &[&str], today: Date, limits: &mut Limits) -> usize {
    let first = bare(words[0]);
    for count in (1..=words.len().min(MOST_WORDS)).rev() {
        let text = words[..count].join(" ");
        let text = text.trim_end_matches(['?', ',', '!', ';']);
        let is_time = TIMES.contains(&first.as_str()) || is_whole_time(&words[..count]);
        if is_time && let Some((from, to)) = period::days(text, today, Towards::Past) {
            limits.period(Some(from), Some(to));
            return count;
        }
    }
    0
}

/// Whether words without one of [`TIMES`] are a time: a month, a season or a day, with its year.
fn is_whole_time(words: &[&str]) -> bool {
    let has_year = words.last().is_some_and(|word| bare(word).len() >= 4 && word.contains(char::is_numeric));
    has_year && words.first().and_then(|word| year(&bare(word))).is_none()
}

/// What the option `periode` says: a year, two of them, a month, a day, or "siden 2019".
fn days(typed: &str, today: Date) -> Option<(Option<Date>, Option<Date>)> {
    let words: Vec<String> = typed.split_whitespace().map(bare).collect();
    let first = words.first()?;
    if let Some(year) = year(first).filter(|_| words.len() == 1) {
        return Some((start(year), end(year)));
    }
    let mut limits = Limits::default();
    if period_at(&words, &mut limits) == words.len() {
        return Some((limits.filter.from, limits.filter.to));
    }
    if let [name, written] = words.as_slice()
        && let Some((from, to)) = month(name, written)
    {
        return Some((Some(from), Some(to)));
    }
    let (from, to) =
        period::days(typed, today, Towards::Past).filter(|(from, _)| YEARS.contains(&from.year()))?;
    Some((Some(from), Some(to)))
}

/// Whether a text is a year and nothing else.
pub(crate) fn is_year(typed: &str) -> bool {
    year(typed.trim()).is_some()
}

fn year(word: &str) -> Option<i16> {
    let year = (word.len() == 4).then(|| word.parse().ok())??;
    YEARS.contains(&year).then_some(year)
}

fn years(word: &str) -> Option<(i16, i16)> {
    let (from, to) = word.split_once(['-', '–'])?;
    Some((year(from)?, year(to)?))
}

fn start(year: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()
}

fn end(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

fn month(name: &str, written: &str) -> Option<(Date, Date)> {
    let from = date(year(written)?, minutes::month::named(name)?, 1);
    Some((from, from.last_of_month()))
}

/// Whether it is a group, main subject or subject of KLE.
fn kle(typed: &str) -> bool {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    matches!(digits, 2 | 4 | 6) && typed.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// A word in lower case without the signs around it.
pub(crate) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        for (typed, expected) in [
            ("2020", "2020-01-01 2020-12-31"),
            ("2019-2021", "2019-01-01 2021-12-31"),
            ("siden 2019", "2019-01-01 -"),
            ("før 2019", "- 2018-12-31"),
            ("fra 2019 til 2020", "2019-01-01 2020-12-31"),
            ("august 2020", "2020-08-01 2020-08-31"),
            ("i august 2020", "2020-08-01 2020-08-31"),
            ("12. august 2020", "2020-08-12 2020-08-12"),
            ("i går", "2020-08-19 2020-08-19"),
            ("2020-01-01..2020-06-30", "2020-01-01 2020-06-30"),
            ("0000", "none"),
        ] {
            let tell = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
            let found = days(typed, date(2020, 8, 20))
                .map_or("none".to_owned(), |(from, to)| format!("{} {}", tell(from), tell(to)));
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn every_outcome_of_several_words_is_one() {
        for called in CALLED {
            assert!(Limits::default().outcome(&called.join(" ")), "{called:?}");
        }
    }

    #[test]
    fn what_is_negated_is_no_outcome() {
        for (typed, expected) in [
            ("sager der blev ikke godkendt", Some((3, 4))),
            ("ikke vedtaget i 2022", Some((0, 1))),
            ("sager der ikke blev endeligt udsat", Some((2, 5))),
            ("aldrig godkendte sager", Some((0, 1))),
            ("godkendte sager om ikke rygning", None),
            ("sager der ikke er sendt videre", Some((2, 5))),
            ("afviste sager", None),
        ] {
            assert_eq!(negated(&typed.split(' ').collect::<Vec<_>>()), expected, "{typed}");
        }
        for (word, outcomes) in [
            ("godkendt", &[Outcome::Rejected][..]),
            ("vedtaget", &[Outcome::Rejected]),
            ("tiltrådte", &[Outcome::Rejected]),
            ("udsat", &[]),
            ("afvist", &[]),
        ] {
            let mut limits = Limits::default();
            limits.not(&["ikke", word]);
            assert_eq!(limits.filter.outcomes, outcomes, "{word}");
        }
    }

    #[test]
    fn every_choice_is_an_outcome() {
        for (_, value) in crate::table::OUTCOMES {
            assert!(Limits::default().outcome(value), "{value}");
        }
    }
}
