//! From a question to the commands that answer it, the best first. Rules over what it asks for ([`table::INTENTS`]) and what it names
//! ([`Facts`]); what is left open may be what the answer before it was about.

use index::{Found, Meeting, SearchFilter, Treatment};
use jiff::civil::Date;
use minutes::Outcome;

use super::before::Before;
use super::facts::{self, Facts, Named};
use super::words::{Word, Words};
use super::{faint, notes, succession, table, time};
use crate::period::{self, Days, Towards};
use crate::request::ask;
use crate::soeg::filters;
use crate::{Context, Request, UserError, beslaegtet, choose, danish, moede, opfoelgning, raad};

/// Readings of a question: the best and the next-best ones.
pub(super) const MOST_READINGS: usize = 3;

/// What a question is read as.
#[derive(Debug)]
pub(super) enum Read {
    /// Commands that may answer it, the best first; at least one, at most [`MOST_READINGS`].
    As(Vec<Request>),
    /// It is not for the minutes to answer: the name of why, and its topic, which may be empty.
    Refused(&'static str, String),
    /// Nothing tells what is asked.
    NotUnderstood,
    /// It refers to something that was not asked about before.
    NothingBefore,
    /// Nothing is named but a time, as typed, and which days it means is not known.
    NoTime(String),
    /// Nothing is asked, only thanked.
    Thanked,
    /// Which bodies there are.
    Bodies,
    /// Several cases may be meant: the same question of each.
    Which(Vec<Request>),
    /// One treatment of a matter that came back later, where it would not stand first in any command's answer: the treatment, and what is
    /// said of the later ones.
    Item(Box<Treatment>, String),
    /// The next meeting of a body is asked for, and no paper and no plan tells when it is: the body, and the first coming day on which
    /// the minutes tell of a meeting of it. It may meet before.
    NoNextMeeting(Named, Option<Date>),
    /// The meeting of a body right before or after another one is asked for, and there is none: the body, the day, whether before.
    NoMeetingBeside(String, Date, bool),
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Intent {
    Help,
    NextMeeting,
    FollowUps,
    Person,
    Members,
    History,
    Related,
    Decision,
    Meeting,
    Bodies,
    /// No word tells.
    Open,
}

/// The names of intents in the table.
const INTENTS: [(&str, Intent); 10] = [
    ("hjælp", Intent::Help),
    ("næste møde", Intent::NextMeeting),
    ("opfølgning", Intent::FollowUps),
    ("person", Intent::Person),
    ("råd", Intent::Members),
    ("historik", Intent::History),
    (beslaegtet::NAME, Intent::Related),
    ("sag", Intent::Decision),
    ("møde", Intent::Meeting),
    ("udvalgene", Intent::Bodies),
];

/// Words that begin a question without its mark.
const ASKING: [&str; 26] = [
    "hvad", "hvem", "hvor", "hvornaar", "hvorfor", "hvordan", "hvilke", "hvilken", "hvilket", "blev", "er",
    "var", "har", "skal", "kommer", "bliver", "sidder", "sad", "fik", "kan", "maa", "vil", "og", "findes",
    "staar", "stod",
];
/// Words for what the answer before was about.
const THAT_CASE: [&str; 6] = ["den", "sagen", "denne", "dette", "det", "punktet"];
const THAT_BODY: [&str; 6] = ["der", "udvalget", "raadet", "bestyrelsen", "naevnet", "her"];
const THAT_PERSON: [&str; 6] = ["han", "hun", "vedkommende", "ham", "hende", "personen"];
const THAT_MEETING: [&str; 9] =
    ["moedet", "dagsordenen", "referatet", "punkter", "ellers", "fravaerende", "fravaer", "afbud", "udeblev"];
const LATEST: [&str; 3] = ["sidste", "seneste", "sidst"];
const FIRST: &str = "foerste";
/// Words of what is or will be, and of what was.
const NOW: [&str; 8] =
    ["sker", "skal", "kommer", "besluttes", "behandles", "droeftes", "afholdes", "fremover"];
const THEN: [&str; 7] = ["blev", "var", "skete", "skulle", "kom", "havde", "har"];
/// Words of a vote.
const VOTED: [&str; 7] = ["stemte", "stemt", "stemmer", "stemme", "afstemning", "afstemningen", "imod"];
/// Words that ask when something was decided, whichever way.
const DECIDED: [&str; 3] = ["besluttet", "afgjort", "bestemt"];
const SETTLED: Reasoned = ("", &[Outcome::Approved, Outcome::Amended, Outcome::Rejected], "afgjort");
/// The beginning of a word, the outcomes that it asks for, and what is said of a matter that had them.
type Reasoned = (&'static str, &'static [Outcome], &'static str);
/// Outcomes whose day or reason may be asked for, by the beginnings of words, and what is said of a matter that had them.
const REASONED: [Reasoned; 11] = [
    ("udsat", &[Outcome::Postponed], "udsat"),
    ("udsaett", &[Outcome::Postponed], "udsat"),
    ("udskudt", &[Outcome::Postponed], "udsat"),
    ("udskyd", &[Outcome::Postponed], "udsat"),
    ("afvis", &[Outcome::Rejected], "afvist"),
    ("afslaa", &[Outcome::Rejected], "afvist"),
    ("forkast", &[Outcome::Rejected], "afvist"),
    ("nedstem", &[Outcome::Rejected], "afvist"),
    ("nej", &[Outcome::Rejected], "afvist"),
    ("godkend", &[Outcome::Approved, Outcome::Amended], "godkendt"),
    ("vedtag", &[Outcome::Approved, Outcome::Amended], "godkendt"),
];
/// Words for the body that was asked about.
const ITS: [&str; 4] = ["deres", "dets", "udvalgets", "raadets"];
/// Words for who was not there.
const ABSENT: [&str; 3] = ["fravaerende", "fravaer", "afbud"];
/// Words that ask on about the answer before, with nothing else.
const ON: [&str; 4] = ["nu", "saa", "videre", "igen"];
/// Words that ask on about who sits there.
const WHO: [&str; 2] = ["hvem", "det"];
/// First words of a question that goes on from the one before.
const GOING_ON: [&str; 2] = ["og", "men"];
/// Question words, and what stands after them where only another body or time is named: "hvad så i maj?"
const QUESTION_WORDS: [&str; 5] = ["hvad", "hvem", "hvornaar", "hvordan", "hvor"];
const BEFORE_THE_OTHER: [&str; 8] = ["i", "med", "om", "for", "paa", "saa", "fra", "der"];
/// Words that ask of a meeting as a whole.
const OF_A_MEETING: [&str; 5] = ["moede", "moedet", "sidste", "seneste", "sidst"];

/// Words before the letter of a party.
const BEFORE_A_PARTY: [&str; 4] = ["for", "fra", "parti", "partiet"];

/// Commands that are asked without words to search for.
const OF_NO_WORDS: [&str; 3] = ["person", "møde", raad::NAME];

/// Words beside "mødet" for the one before and the one after that which was asked about.
const PREVIOUS: [&str; 4] = ["foer", "forrige", "inden", "foregaaende"];
const FOLLOWING: [&str; 2] = ["efter", "efterfoelgende"];
const A_MEETING: [&str; 2] = ["moedet", "moede"];

/// Words beside those that a question goes on with: "og i 2020?" asks the same again, "ikke godkendte sager i 2020" does not.
const ASKING_ELSE: [&str; 5] = ["sager", "punkter", "sag", "punkt", "beslutninger"];

/// Many items, and what outcomes are called before them in a search.
const ITEMS: [&str; 4] = ["sager", "forslag", "punkter", "ansoegninger"];
const OUTCOMES: [(&str, &str); 9] = [
    ("afvis", "afviste"),
    ("afslaae", "afviste"),
    ("forkast", "afviste"),
    ("nedstem", "afviste"),
    ("udsat", "udsatte"),
    ("udskudt", "udsatte"),
    ("godkendt", "godkendte"),
    ("vedtaget", "godkendte"),
    ("vedtagn", "godkendte"),
];
/// Question words before what was decided so ("hvilke boliger er afvist?"), and verbs between the two. After "har" somebody stands.
const WHICH: [&str; 3] = ["hvilke", "hvilken", "hvilket"];
const DECIDED_BY: [&str; 6] = ["er", "blev", "blevet", "bliver", "var", "har"];
const WHO_DECIDED: &str = "har";
/// Words before what a question is about.
const ABOUT: [&str; 5] = ["om", "vedr", "vedroerende", "angaaende", "omkring"];
/// Words that may stand before an outcome at the beginning: "er der afviste boliger?"
const BEFORE_AN_OUTCOME: [&str; 6] = ["der", "alle", "hvilke", "nogen", "nogle", "er"];
/// An outcome that is something else before people: "udsatte unge".
const ALSO_OF_PEOPLE: &str = "udsatte";
/// Beginnings of words of outcomes that after "hvad" only ask what was decided, whichever way: "hvad blev der vedtaget om skolen?"
const WHICHEVER_WAY: &str = "vedtag";

/// What items that are closed to the public are called in a search.
const CLOSED_ITEMS: &str = "lukkede punkter";

/// States of follow-ups by the beginnings of words.
const STATES: [(&str, &str); 5] = [
    ("forfald", "forfalden"),
    ("overskred", "forfalden"),
    ("aflyst", "aflyst"),
    ("udsat", "udsat"),
    ("udskudt", "udsat"),
];

/// Reads a question. Beside what it is read as: what is to be said with the answer, each a sentence.
pub(super) fn read(context: &Context<'_>, question: &str) -> Result<(Read, Vec<String>), UserError> {
    let mut words = Words::of(question);
    if let Some((why, places)) = refused(context, &words)? {
        places.into_iter().for_each(|at| words.take(at, 1));
        return Ok((Read::Refused(why, words.topic()), Vec::new()));
    }
    let found = {
        let (folded, start) = (words.folded(), words.start);
        table::INTENTS.iter().find_map(|row| Some((row.name, row.find(&folded, start)?)))
    };
    let first = words.all.get(words.start);
    // "udsatte punkter i 2020" is words to search for, as they would be after /søg.
    let is_negated = negates(&words);
    let is_listed = !words.is_asked && words.start == 0 && (lists(&words) || is_negated && !asks(&words));
    let is_question = words.is_asked
        || words.start > 0
        || first.is_some_and(|word| ASKING.contains(&word.folded.as_str()) || table::is_small(&word.folded));
    let is_question = is_question && !is_listed;
    let (intent, matched) = match found.filter(|_| !is_listed) {
        Some((name, places)) => {
            let intent =
                INTENTS.iter().find(|(known, _)| *known == name).map_or(Intent::Open, |(_, intent)| *intent);
            if intent == Intent::Decision && !is_question {
                (Intent::Open, Vec::new())
            } else {
                (intent, places)
            }
        }
        None => (Intent::Open, Vec::new()),
    };
    let is_ahead =
        matches!(intent, Intent::FollowUps | Intent::NextMeeting) || (words.has(&NOW) && !words.has(&THEN));
    let towards = if is_ahead { Towards::Future } else { Towards::Past };
    let wanted = facts::Wanted {
        towards,
        body: matches!(intent, Intent::Members | Intent::NextMeeting | Intent::Meeting | Intent::FollowUps),
        only_body: matches!(intent, Intent::Members | Intent::NextMeeting),
        person: intent == Intent::Person,
        is_plain: !is_question && intent == Intent::Open,
    };
    let mut party = if intent == Intent::Members { take_party(&mut words) } else { None };
    let mut facts = facts::take(context, &mut words, &matched, &wanted)?;
    let (mut notes, mut left_out) = (Vec::new(), Vec::new());
    let unread = if is_question { time::take_unread(&mut words) } else { None };
    facts.topic = if unread.is_some() { words.topic() } else { facts.topic };
    let (mut is_of_before, mut asked_of_it) = (false, String::new());
    if is_question && !facts.topic.is_empty() {
        let is_vote = words.has(&VOTED);
        party = words.all.iter_mut().filter(|word| !word.taken).find_map(|word| {
            let letter = table::party(&word.folded).filter(|_| is_vote)?;
            word.taken = true;
            Some((word.text, letter))
        });
        // "hvad kostede det?", "hvad var begrundelsen?" are asked of the answer before.
        let names_none =
            facts.case.is_none() && facts.body.is_none() && facts.person.is_none() && facts.days.is_none();
        is_of_before = asks_of_case(context, &words, !names_none)
            || context.asker.before.is_some() && words.has(&THAT_CASE) && faint::is_all(&words, false);
        if is_of_before {
            asked_of_it = words.topic();
            words.all.iter_mut().for_each(|word| word.taken = true);
        }
        left_out = faint::leave_out(context, &mut words);
        facts.topic = words.topic();
    }
    let names_nothing = facts.topic.is_empty() && facts.case.is_none() && facts.body.is_none();
    let is_only_time = names_nothing && facts.person.is_none() && facts.days.is_none();
    if let Some(time) = unread.as_ref().filter(|_| is_only_time) {
        return Ok((Read::NoTime(time.clone()), Vec::new()));
    }
    notes.extend(
        unread.map(|time| format!("Tiden »{}« er ikke forstået og ikke brugt.", choose::echo(&time))),
    );
    let before = context.asker.before;
    let asks_party = party.is_some();
    let words = &words;
    let asked =
        Asked { context, words, facts, before, question, is_question, is_listed, is_of_before, asks_party };
    if let Some((members, said)) = succession::read(context, words, &asked.facts)? {
        notes.push(said);
        let person = asked.facts.person.as_deref().and_then(|name| ask("person", &[("navn", name)]));
        return Ok((asked.readings([Some(members), person]), notes));
    }
    let read = asked.brief(asked.read(intent)?)?;
    if !left_out.is_empty() && is_of_words(&read) {
        let left_out: Vec<String> = left_out.iter().map(|word| format!("»{}«", choose::echo(word))).collect();
        notes.push(format!("Søgt uden {}, som ikke står sammen med resten.", danish::list(&left_out)));
    }
    notes.extend(asked.note(&read)?);
    if !asked_of_it.is_empty() {
        notes.push(format!("»{}« er der ikke søgt efter; her er sagen fra før.", choose::echo(&asked_of_it)));
    }
    if let Some((name, letter)) = party {
        notes.extend(asked.of_party(&read, name, letter)?);
    }
    Ok((read, notes))
}

/// Whether words of the question were searched for.
fn is_of_words(read: &Read) -> bool {
    let Read::As(readings) = read else { return false };
    let is_closed = |best: &Request| best.option("ord") == Some(CLOSED_ITEMS);
    readings.first().is_some_and(|best| !OF_NO_WORDS.contains(&best.command.name) && !is_closed(best))
}

/// "hvem er medlem for Venstre?": the party by its name and letter. All its words are understood by that.
fn take_party<'q>(words: &mut Words<'q>) -> Option<(&'q str, &'static str)> {
    let (mut found, mut is_after) = (None, false);
    for word in words.all.iter_mut().filter(|word| !word.is_quoted) {
        // A letter is a party's only after a word that parties are sat for by: "udvalg B" is none.
        let letter = table::letter(word.text).filter(|_| is_after);
        if let Some(letter) = table::party(&word.folded).or(letter) {
            word.taken = true;
            found = found.or(Some((word.text, letter)));
        }
        is_after = BEFORE_A_PARTY.contains(&word.folded.as_str());
    }
    found
}

/// Whether an outcome is negated: "sager, der ikke blev udsat".
fn negates(words: &Words<'_>) -> bool {
    filters::has_negated(&words.all.iter().map(|word| word.text).collect::<Vec<_>>())
}

/// Whether anything is negated.
fn negates_any(words: &Words<'_>) -> bool {
    words.all.iter().any(|word| filters::NOT.contains(&word.folded.as_str()))
}

fn asks(words: &Words<'_>) -> bool {
    words.all.first().is_some_and(|word| ASKING.contains(&word.folded.as_str()))
}

/// Whether the first words are an outcome and what was decided so: "afviste sager".
fn lists(words: &Words<'_>) -> bool {
    let [first, second, ..] = words.all.as_slice() else { return false };
    let is_outcome = outcome(first).is_some() || filters::CLOSED.contains(&first.folded.as_str());
    is_outcome && ITEMS.contains(&second.folded.as_str())
}

/// Why it is not answered, and the places of the words that tell.
fn refused(
    context: &Context<'_>,
    words: &Words<'_>,
) -> Result<Option<(&'static str, Vec<usize>)>, UserError> {
    let folded = words.folded();
    // "hvad koster det?" after a case asks of that case.
    let of_minutes =
        folded.iter().any(|word| table::is_of_minutes(word)) || asks_of_case(context, words, true);
    for row in table::REFUSED.iter() {
        let Some(places) = row.find(&folded, words.start) else { continue };
        let (why, stands) = if let Some(why) = row.name.strip_prefix('!') {
            (why, true)
        } else if let Some(why) = row.name.strip_prefix('?') {
            (why, !of_minutes && !is_in_minutes(context, words, &places)?)
        } else if let Some(why) = row.name.strip_prefix('=') {
            (why, !of_minutes && !is_in_minutes(context, words, &[])?)
        } else {
            (row.name, !of_minutes)
        };
        if stands {
            return Ok(Some((why, places)));
        }
    }
    Ok(None)
}

/// Whether a question asks of the cases of the answer before: by a pronoun, or also by naming no matter of its own.
fn asks_of_case(context: &Context<'_>, words: &Words<'_>, only_refers: bool) -> bool {
    let has_cases = context.asker.before.is_some_and(|before| !before.cases.is_empty());
    let refers = faint::refers(words);
    has_cases && (refers || !only_refers) && faint::is_all(words, refers)
}

/// Whether the minutes have all that is asked about besides these words, and that is more than a person.
fn is_in_minutes(context: &Context<'_>, words: &Words<'_>, besides: &[usize]) -> Result<bool, UserError> {
    let topic = words.topic_besides(besides);
    let people = context.archive.people()?;
    let names: Vec<String> = topic.split_whitespace().map(minutes::person::key).collect();
    let is_name = |name: &String| {
        let genitive = name.strip_suffix('s').unwrap_or(name);
        people.iter().any(|person| person.key.split(' ').any(|part| part == name || part == genitive))
    };
    if names.iter().all(is_name) {
        return Ok(false);
    }
    // Where the search cannot be asked, nothing is known.
    let Ok(found) = context.archive.find(&topic, &SearchFilter::default(), 1, 0, |_| true) else {
        return Ok(false);
    };
    Ok(!found.hits.is_empty() && !found.reading.is_partial && found.reading.corrected.is_empty())
}

/// A question, and what was understood of it.
struct Asked<'a, 'q> {
    context: &'a Context<'a>,
    words: &'a Words<'q>,
    facts: Facts,
    before: Option<&'a Before>,
    question: &'q str,
    is_question: bool,
    /// Words to search for: an outcome and what was decided so.
    is_listed: bool,
    /// All that is asked is asked of the answer before.
    is_of_before: bool,
    /// A party is named: its members, or its votes.
    asks_party: bool,
}

impl Asked<'_, '_> {
    fn read(&self, intent: Intent) -> Result<Read, UserError> {
        if intent == Intent::Help {
            return Ok(self.readings([ask("hjælp", &[])]));
        }
        if let Some(again) = self.again(intent) {
            return Ok(self.readings([Some(again)]));
        }
        if self.facts.item.is_some()
            && let Some(read) = self.item()?
        {
            return Ok(read);
        }
        if let Some(read) = self.meeting_beside()? {
            return Ok(read);
        }
        // "hvem var inhabil?" after a case asks for nobody's seats.
        if self.is_of_before && self.before.is_some_and(|before| !before.cases.is_empty()) {
            return match intent {
                Intent::History => self.case_before("historik"),
                Intent::Related => self.case_before(beslaegtet::NAME),
                Intent::FollowUps => self.case_before(opfoelgning::NAME),
                _ => self.case_before("sag"),
            };
        }
        match intent {
            Intent::NextMeeting => self.next_meeting(),
            Intent::FollowUps => self.follow_ups(),
            Intent::Person => self.person(),
            Intent::Members => Ok(self.members()),
            Intent::History => self.case("historik"),
            Intent::Related => self.case(beslaegtet::NAME),
            Intent::Decision => self.case("sag"),
            Intent::Meeting => self.meeting(),
            Intent::Bodies => Ok(Read::Bodies),
            Intent::Open | Intent::Help => self.open(),
        }
    }

    /// "og i 2020?", "hvad med Ældrerådet?": the question before, of another body or time.
    fn again(&self, intent: Intent) -> Option<Request> {
        let Facts { case, item, body, person, days, topic } = &self.facts;
        let only_these = case.is_none() && item.is_none() && person.is_none() && topic.is_empty();
        let is_who = |before: &Before| {
            let asks = matches!(intent, Intent::Person | Intent::Members) && self.words.has(&WHO);
            asks && before.request.command.name == raad::NAME && !self.asks_for_mayor()
        };
        let is_continued = (intent == Intent::Open && (self.goes_on() || !self.is_whole()))
            || self.says(&["hvad", "med"])
            || (body.is_none() && self.before.is_some_and(is_who));
        let asks_else = self.is_listed
            || self.words.has(&ASKING_ELSE) && !self.words.folded().starts_with(&["og"])
            || self.words.all.iter().any(|word| outcome(word).is_some());
        if let Some(other) = self.of_unknown_body() {
            return Some(other);
        }
        let before = self.before.filter(|_| only_these && is_continued && !asks_else)?;
        let has = |name: &&str| before.request.command.option(name).is_some();
        let mut request = before.request.clone();
        if let Some(body) = body {
            request = request.with(Some("udvalg").filter(has)?, &body.name);
        }
        if let Some(days) = *days {
            let option = ["periode", "dato"].into_iter().find(has)?;
            let day = if before.request.command.name == raad::NAME {
                self.day(days).to_string()
            } else {
                period::written(days)
            };
            request = request.with(option, &day);
        } else if body.is_some() && before.request.command.name == "møde" {
            // Another body met on another day.
            request.options.retain(|(name, _)| *name != "dato");
        }
        (body.is_some() || days.is_some()).then_some(request)
    }

    /// "og i SSU?" where no body is known to be called so: the question before, of that; it is said not to be known.
    fn of_unknown_body(&self) -> Option<Request> {
        let before = self.before.filter(|before| before.request.option("udvalg").is_some())?;
        let words = self.words.folded();
        let name = &self.facts.topic;
        let is_short = name.chars().count() > 1 && name.chars().all(char::is_uppercase);
        let is_asked = matches!(words.as_slice(), ["og" | "hvad", .., "i" | "med" | "for", _]);
        (is_short && is_asked).then(|| before.request.with("udvalg", name))
    }

    /// "hvad blev der besluttet i punkt 72?": the case of that item at the meeting named, or at the one before. None where no
    /// meeting is, or where no meeting of that body and time has such an item.
    fn item(&self) -> Result<Option<Read>, UserError> {
        let Facts { item, body, days, .. } = &self.facts;
        let Some(number) = item else { return Ok(None) };
        let before = self.before.filter(|_| body.is_none() && days.is_none());
        let Some(meetings) = self.meetings_asked()? else { return Ok(None) };
        if let Some((meeting, found)) = self.item_of(number, meetings)? {
            // `/sag` would show what was decided later.
            if let Some(said) = notes::came_back(self.context, &found)? {
                return Ok(Some(Read::Item(Box::new(found), said)));
            }
            let day = meeting.date.map(|date| date.to_string());
            let whole = ask("møde", &given(&[("udvalg", meeting.body.as_deref()), ("dato", day.as_deref())]));
            let case = found.item.case_number.as_ref().map(ToString::to_string);
            let sag = case.as_deref().and_then(|case| ask("sag", &[("nummer", case)]));
            let historik = case.as_deref().and_then(|case| ask("historik", &[("nummer", case)]));
            return Ok(Some(self.readings([sag, whole, historik])));
        }
        let name = body.as_ref().map(|body| body.name.clone()).or_else(|| before?.body.clone());
        let days = days.or_else(|| before?.date.map(|day| (day, day))).map(period::written);
        let whole = ask("møde", &given(&[("udvalg", name.as_deref()), ("dato", days.as_deref())]));
        Ok(Some(self.readings([whole])))
    }

    /// The meetings on whose agendas an item is asked for: those named, or the one before. None where there are none to look at.
    fn meetings_asked(&self) -> Result<Option<Vec<Meeting>>, UserError> {
        let Facts { body, days, .. } = &self.facts;
        let before = self.before.filter(|_| body.is_none() && days.is_none());
        let body_key = self.body_key().or_else(|| Some(minutes::body::key(before?.body.as_deref()?)));
        let days = days.or_else(|| before?.date.map(|day| (day, day)));
        Ok(match (&body_key, days) {
            (None, None) => None,
            (Some(key), None) => Some(moede::best(self.context, key, None)?.into_iter().collect()),
            (_, Some(days)) => Some(moede::held(self.context, body_key.as_deref(), days)?),
        })
    }

    /// The item of a number, of the first meeting that has one.
    fn item_of(
        &self,
        number: &String,
        meetings: Vec<Meeting>,
    ) -> Result<Option<(Meeting, Treatment)>, UserError> {
        for meeting in meetings {
            let treatments = self.context.archive.items_of(meeting.document)?;
            let found = treatments.into_iter().find(|it| it.item.number.as_ref() == Some(number));
            if let Some(found) = found {
                return Ok(Some((meeting, found)));
            }
        }
        Ok(None)
    }

    /// That the meeting shown has no item of the number asked for.
    fn no_item(&self) -> Result<Option<String>, UserError> {
        let Some(number) = &self.facts.item else { return Ok(None) };
        let Some(meetings) = self.meetings_asked()? else { return Ok(None) };
        let found = self.item_of(number, meetings)?;
        let said = || format!("Et punkt {} er der ikke på mødet.", choose::echo(number));
        Ok(found.is_none().then(said))
    }

    /// "mødet før": the meeting of the same body right before that of the answer before, or right after it.
    fn meeting_beside(&self) -> Result<Option<Read>, UserError> {
        let Facts { body, days, person, topic, .. } = &self.facts;
        let is_asked = self.words.has(&A_MEETING)
            && (body.is_none() && days.is_none() && person.is_none() && topic.is_empty());
        let (is_before, is_after) = (self.words.has(&PREVIOUS), self.words.has(&FOLLOWING));
        let told = self.before.filter(|_| is_asked && is_before != is_after);
        let Some((name, day)) = told.and_then(|before| Some((before.body.as_deref()?, before.date?))) else {
            return Ok(None);
        };
        let found = moede::beside(self.context, &minutes::body::key(name), day, is_before)?;
        Ok(Some(match found.and_then(|meeting| meeting.date) {
            Some(date) => self.readings([ask("møde", &[("udvalg", name), ("dato", &date.to_string())])]),
            None => Read::NoMeetingBeside(name.to_owned(), day, is_before),
        }))
    }

    fn next_meeting(&self) -> Result<Read, UserError> {
        let body = match self.facts.body.clone().or_else(|| self.body_before()) {
            Some(body) => body,
            None => return Ok(self.readings([ask(opfoelgning::NAME, &[])])),
        };
        let Some(key) = &body.key else {
            return Ok(self.readings([ask("møde", &[("udvalg", &body.name)])]));
        };
        let today = self.context.today;
        let Some(next) = self.context.archive.next_meeting(key, today, today)? else {
            let told = opfoelgning::next_meeting_told(self.context, key)?;
            return Ok(Read::NoNextMeeting(body, told));
        };
        let date = next.date.to_string();
        let of_its_own = self
            .context
            .archive
            .meeting(next.document)?
            .is_some_and(|meeting| meeting.date == Some(next.date) && meeting.body_key == *key);
        let meeting = ask("møde", &[("udvalg", &body.name), ("dato", &date)]);
        let coming = ask(opfoelgning::NAME, &[("udvalg", &body.name), ("periode", &date)]);
        Ok(if of_its_own { self.readings([meeting, coming]) } else { self.readings([coming, meeting]) })
    }

    fn follow_ups(&self) -> Result<Read, UserError> {
        let Facts { body, topic, days, .. } = &self.facts;
        let is_when = self.words.has(&["hvornaar"]) || self.words.has(&THAT_CASE);
        let is_of_case = self.refers_to_case() || days.is_none();
        if self.facts.case.is_some() || !topic.is_empty() || (is_when && body.is_none() && is_of_case) {
            return self.case(opfoelgning::NAME);
        }
        let state =
            STATES.iter().find(|(begin, _)| self.words.all.iter().any(|word| word.folded.starts_with(begin)));
        let period = days.map(period::written);
        let name = body.as_ref().map(|body| body.name.as_str());
        let options = given(&[
            ("udvalg", name),
            ("periode", period.as_deref()),
            ("tilstand", state.map(|(_, state)| *state)),
        ]);
        Ok(self.readings([ask(opfoelgning::NAME, &options)]))
    }

    fn person(&self) -> Result<Read, UserError> {
        let name = self.facts.person.clone().or_else(|| self.before?.person.clone());
        Ok(match name {
            Some(name) => self.readings([ask("person", &[("navn", &name)]), ask("søg", &[("ord", &name)])]),
            None if self.facts.body.is_some() => self.members(),
            None if !self.facts.topic.is_empty() && self.absent().is_none() => return self.case("sag"),
            None => self.absent().map_or(Read::NothingBefore, |request| self.readings([Some(request)])),
        })
    }

    /// "hvem var fraværende?" after a meeting: what its minutes say of it.
    fn absent(&self) -> Option<Request> {
        let word = self.words.all.iter().find(|word| ABSENT.contains(&word.folded.as_str()))?;
        let before = self.before?;
        let (body, day) = (before.body.as_deref()?, before.date?.to_string());
        ask("søg", &[("ord", word.text), ("udvalg", body), ("periode", &day)])
    }

    fn members(&self) -> Read {
        if let (Some(person), None) = (&self.facts.person, &self.facts.body) {
            return self.readings([ask("person", &[("navn", person)]), ask("søg", &[("ord", person)])]);
        }
        let of_council = self.asks_for_mayor();
        let refers = self.words.has(&THAT_BODY) && !of_council;
        let before = if of_council || self.asks_party && !refers { None } else { self.body_before() };
        let body = self.facts.body.clone().or(before);
        if body.is_none() && refers {
            return Read::NothingBefore;
        }
        let day = self.facts.days.map(|days| self.day(days).to_string());
        let name = body.as_ref().map(|body| body.name.as_str());
        let members = ask(raad::NAME, &given(&[("udvalg", name), ("dato", day.as_deref())]));
        let person = self.facts.person.as_deref().and_then(|name| ask("person", &[("navn", name)]));
        self.readings([members, person])
    }

    /// The council's own offices are asked for: no other body has them, whichever was asked about before.
    fn asks_for_mayor(&self) -> bool {
        self.words.all.iter().any(|word| succession::is_of_council(&word.folded))
    }

    /// A question of one case: what was decided, all treatments, or when it comes back.
    fn case(&self, command: &str) -> Result<Read, UserError> {
        let Facts { case, topic, body, days, .. } = &self.facts;
        // "hvad skete der på deres sidste møde?"
        if case.is_none() && topic.is_empty() && body.is_none() && self.its_meeting().is_some() {
            return self.meeting();
        }
        if let Some(case) = case {
            return Ok(self.readings(of_case(command, case)));
        }
        if let Some(listed) = self.listed()? {
            return Ok(self.readings([Some(listed)]));
        }
        if topic.is_empty() {
            return self.case_before(command);
        }
        // When something comes is no time at which it was treated.
        let is_open = body.is_none() && (days.is_none() || command == opfoelgning::NAME);
        let only = if is_open { self.only_case()? } else { None };
        Ok(match only {
            Some(case) => {
                let [best, ..] = of_case(command, &case);
                self.readings([best, self.search(topic)].into_iter().chain(of_case(command, &case)))
            }
            None if self.has_titles()? => {
                self.readings([self.search(topic), ask("sag", &[("nummer", topic)])])
            }
            None => self.readings([self.search(topic)]),
        })
    }

    /// Whether cases have the topic in their titles.
    fn has_titles(&self) -> Result<bool, UserError> {
        Ok(!self.context.archive.cases_by_title(&self.facts.topic.replace('"', " "), 1)?.is_empty())
    }

    /// Whether a pronoun of the question may mean a case of the answer before.
    fn refers_to_case(&self) -> bool {
        self.before.is_some_and(|before| !before.cases.is_empty()) && self.words.has(&THAT_CASE)
    }

    /// What the answer before was about, or the meeting that is named.
    fn case_before(&self, command: &str) -> Result<Read, UserError> {
        let Facts { body, days, person, .. } = &self.facts;
        let refers = self.words.has(&THAT_CASE);
        // "hvilke sager er ikke afgjort?" is of many, not of the one before.
        if self.words.has(&["sager"]) && negates_any(self.words) && body.is_none() && days.is_none() {
            return Ok(Read::NotUnderstood);
        }
        let cases = self.before.map_or(&[][..], |before| &before.cases);
        let is_open = body.is_none() && days.is_none() && person.is_none();
        match cases {
            [only] if is_open || refers => return Ok(self.readings(of_case(command, only))),
            [only] if body.is_some() && days.is_none() && self.goes_on() => {
                // What another body did about it stands among all treatments.
                let meeting = self.meeting_request();
                return Ok(self.readings([ask("historik", &[("nummer", only)]), meeting]));
            }
            [_, ..] if is_open || refers => {
                let which =
                    cases.iter().filter_map(|case| of_case(command, case).into_iter().next().flatten());
                return Ok(Read::Which(which.collect()));
            }
            _ => {}
        }
        if body.is_some() || days.is_some() {
            return self.meeting();
        }
        if let Some(person) = person {
            return Ok(self.readings([ask("person", &[("navn", person)]), ask("søg", &[("ord", person)])]));
        }
        // "hvad skete der på sidste møde?": of any body.
        let is_last = self.words.has(&LATEST) && self.words.has(&["moede", "moedet"]);
        if is_last { self.meeting() } else { Ok(Read::NothingBefore) }
    }

    /// "og hvad sagde Økonomiudvalget?", "hvad med byrådet?": by its first words the question goes on from the one before.
    fn goes_on(&self) -> bool {
        let is_first = |word: &Word<'_>| GOING_ON.contains(&word.folded.as_str());
        self.words.all.first().is_some_and(is_first) || self.says(&["hvad", "med"])
    }

    /// Whether a verb stands after the question word: the question is a whole one ("hvad behandlede byrådet i maj?"), unlike "hvad i maj?".
    fn is_whole(&self) -> bool {
        let is_verb = |word: &Word<'_>| !word.taken && !BEFORE_THE_OTHER.contains(&word.folded.as_str());
        let asks = |word: &Word<'_>| QUESTION_WORDS.contains(&word.folded.as_str());
        self.words.all.windows(2).any(|pair| asks(&pair[0]) && is_verb(&pair[1]))
    }

    /// The latest meeting of the body that the answer before was about.
    fn its_meeting(&self) -> Option<Request> {
        let is_asked = self.words.has(&ITS) && self.words.has(&LATEST) && self.facts.days.is_none();
        ask("møde", &[("udvalg", self.before.filter(|_| is_asked)?.body.as_deref()?)])
    }

    fn meeting(&self) -> Result<Read, UserError> {
        let Facts { topic, case, .. } = &self.facts;
        if case.is_some() {
            return self.case("historik");
        }
        if self.facts.days.is_none()
            && !self.words.has(&LATEST)
            && let Some(closed) = self.closed()
        {
            return Ok(self.readings([Some(closed)]));
        }
        if let Some(first) = self.first_meeting()? {
            return Ok(self.readings([Some(first)]));
        }
        if !topic.is_empty() {
            // "hvad blev der sagt om skolen på sidste møde i byrådet?"
            let latest =
                match self.body_key().filter(|_| self.words.has(&LATEST) && self.facts.days.is_none()) {
                    Some(key) => moede::best(self.context, &key, None)?.and_then(|meeting| meeting.date),
                    None => None,
                };
            let days = self.facts.days.or_else(|| Some((latest?, latest?)));
            let topic = if self.closed().is_some() { CLOSED_ITEMS } else { topic };
            return Ok(self.readings([self.search_in(topic, days), self.meeting_request()]));
        }
        if let Some(days) = self.facts.days.filter(|(from, _)| *from > self.context.today) {
            return self.coming(days);
        }
        Ok(self.readings([self.meeting_request()]))
    }

    /// "første møde i 2023": the first meeting held in the days named. None where it is not asked for, or there is none.
    fn first_meeting(&self) -> Result<Option<Request>, UserError> {
        let is_first = danish::fold(&self.facts.topic) == FIRST;
        let Some(days) = self.facts.days.filter(|_| is_first) else { return Ok(None) };
        let held = moede::held(self.context, self.body_key().as_deref(), days)?;
        let Some((first, day)) = held.last().and_then(|first| Some((first, first.date?))) else {
            return Ok(None);
        };
        Ok(ask("møde", &given(&[("udvalg", first.body.as_deref()), ("dato", Some(&day.to_string()))])))
    }

    /// Days to come: a meeting whose agenda is there, or what is to come back then.
    fn coming(&self, days: Days) -> Result<Read, UserError> {
        let has_agenda = !moede::held(self.context, self.body_key().as_deref(), days)?.is_empty();
        let name = self.facts.body.as_ref().map(|body| body.name.as_str());
        let days = period::written(days);
        let follow_ups = ask(opfoelgning::NAME, &given(&[("udvalg", name), ("periode", Some(&days))]));
        let meeting = self.meeting_request();
        Ok(self.readings(if has_agenda { [meeting, follow_ups] } else { [follow_ups, meeting] }))
    }

    fn meeting_request(&self) -> Option<Request> {
        let Facts { body, days, .. } = &self.facts;
        let that = || {
            let refers = self.words.has(&THAT_MEETING) && !self.words.has(&LATEST);
            let before = self.before.filter(|_| refers && body.is_none() && days.is_none())?;
            ask("møde", &[("udvalg", before.body.as_deref()?), ("dato", &before.date?.to_string())])
        };
        let period = days.map(period::written);
        let name = body.as_ref().map(|body| body.name.as_str());
        let its = || self.its_meeting().filter(|_| body.is_none());
        that().or_else(its).or_else(|| ask("møde", &given(&[("udvalg", name), ("dato", period.as_deref())])))
    }

    /// No word tells what is asked: what is named tells it.
    fn open(&self) -> Result<Read, UserError> {
        let Facts { case, body, person, days, topic, .. } = &self.facts;
        if self.is_listed {
            return Ok(self.readings([ask("søg", &[("ord", &danish::one_line(self.question))])]));
        }
        if let Some(case) = case {
            return Ok(self.readings(of_case("sag", case)));
        }
        if let Some(listed) = self.listed()?.filter(|_| self.is_question) {
            return Ok(self.readings([Some(listed)]));
        }
        // "hvor længe har Ida Holm været borgmester?"
        if let Some(person) = person
            && self.is_question
            && topic.split(' ').all(is_of_a_seat)
        {
            return Ok(self.readings([ask("person", &[("navn", person)]), ask("søg", &[("ord", person)])]));
        }
        if !topic.is_empty() {
            let plain = danish::one_line(self.question);
            let typed = ask("søg", &[("ord", &plain)]).filter(|_| !self.is_question);
            return Ok(self.readings([typed.or_else(|| self.search(topic))]));
        }
        if let Some(person) = person {
            return Ok(self.readings([ask("person", &[("navn", person)]), ask("søg", &[("ord", person)])]));
        }
        if days.is_some() {
            // "og om det i 2019?"
            return if self.refers_to_case() { self.case_before("historik") } else { self.meeting() };
        }
        match body {
            Some(_) => Ok(self.members()),
            None if self.words.has(&THAT_PERSON) => self.person(),
            None if self.before.is_some() && self.words.has(&ON) => self.case_before(opfoelgning::NAME),
            None if self.before.is_some() && self.words.has(&THAT_CASE) => self.case_before("sag"),
            None if self.before.is_some() && self.words.has(&["hvorfor"]) => self.case_before("sag"),
            None if self.words.has(&["tak"]) => Ok(Read::Thanked),
            None => Ok(Read::NotUnderstood),
        }
    }

    /// "hvornår blev den vedtaget?": the outcome whose day is asked for.
    fn dated(&self) -> Option<&'static Reasoned> {
        if !self.words.has(&["hvornaar"]) {
            return None;
        }
        self.of_outcome().or_else(|| self.words.has(&DECIDED).then_some(&SETTLED))
    }

    /// "hvorfor blev den udsat?": the outcome whose reason is asked for.
    fn reasoned(&self) -> Option<&'static Reasoned> {
        self.of_outcome().filter(|_| self.words.has(&["hvorfor"]))
    }

    /// The outcome that the question names.
    fn of_outcome(&self) -> Option<&'static Reasoned> {
        let begins =
            |(begin, ..): &&Reasoned| self.words.all.iter().any(|word| word.folded.starts_with(begin));
        let asked = REASONED.iter().find(begins)?;
        if !negates(self.words) {
            return Some(asked);
        }
        // "hvorfor blev den ikke godkendt?" asks why it was rejected; of what else it was not, nothing is known.
        let is_rejected = |(_, outcomes, _): &&Reasoned| outcomes.contains(&Outcome::Rejected);
        REASONED.iter().find(is_rejected).filter(|_| asked.1.contains(&Outcome::Approved))
    }

    /// A case that was treated once is shown whole where it is only asked when it was decided.
    fn brief(&self, read: Read) -> Result<Read, UserError> {
        let Read::As(mut readings) = read else { return Ok(read) };
        let case = readings.first().and_then(|best| best.option("nummer")).unwrap_or_default();
        if self.dated().is_some() && notes::is_treated_once(self.context, case)? {
            readings.sort_by_key(|request| request.command.name != "sag");
        }
        Ok(Read::As(readings))
    }

    /// What is said of a party beside the answer: its members of the body that is shown, or how it is written where a case was voted on.
    fn of_party(&self, read: &Read, name: &str, letter: &str) -> Result<Option<String>, UserError> {
        let Read::As(readings) = read else { return Ok(None) };
        let Some(best) = readings.first() else { return Ok(None) };
        if best.command.name == raad::NAME {
            let Some(key) = self.body_shown(best)? else { return Ok(None) };
            let day = self.facts.days.map_or(self.context.today, |days| self.day(days));
            return notes::of_party(self.context, &key, day, name, letter).map(Some);
        }
        best.option("nummer").map_or(Ok(None), |case| notes::written(self.context, case, name, letter))
    }

    /// The key of the body that `/råd` shows; of the municipality's own council where none is named. None where none is known.
    fn body_shown(&self, members: &Request) -> Result<Option<String>, UserError> {
        let known = raad::known_bodies(self.context.archive, self.context.council)?;
        Ok(match members.option("udvalg") {
            Some(name) => choose::only_body(self.context.council, name, &known).map(|body| body.key.clone()),
            None => raad::own_council(self.context.council, &known).map(|body| body.key),
        })
    }

    /// "hvor mange møder har byrådet holdt i 2021?"
    fn count(&self) -> Result<Option<String>, UserError> {
        let Some(days) = self.facts.days.filter(|_| self.says(&["hvor", "mange", "moeder"])) else {
            return Ok(None);
        };
        let held = moede::held(self.context, self.body_key().as_deref(), days)?.len();
        Ok(Some(format!("I de indlæste referater er der {}.", danish::count(held, "møde", "møder"))))
    }

    /// What is said beside the answer about one case: when it was decided, or that no vote is recorded.
    fn note(&self, read: &Read) -> Result<Option<String>, UserError> {
        let Read::As(readings) = read else { return Ok(None) };
        let Some(best) = readings.first() else { return Ok(None) };
        if best.command.name == "møde" {
            return match (&self.facts.item, self.first_meeting()?) {
                (Some(_), _) => self.no_item(),
                (None, Some(_)) => Ok(Some("Det er det første af de indlæste møder i den tid.".to_owned())),
                (None, None) => self.count(),
            };
        }
        let Some(case) = best.option("nummer") else { return Ok(None) };
        if let Some((_, outcomes, said)) = self.dated() {
            return notes::decided(self.context, case, outcomes, said);
        }
        if let Some((_, outcomes, said)) = self.reasoned() {
            return notes::reason(self.context, case, outcomes, said);
        }
        if self.words.has(&VOTED) {
            return notes::votes(self.context, case);
        }
        let is_of_case = self.facts.item.is_none();
        match self.facts.days.filter(|_| is_of_case && ["sag", "historik"].contains(&best.command.name)) {
            Some(days) => notes::treated(self.context, case, days),
            None => Ok(None),
        }
    }

    /// "hvilke sager er sendt videre til byrådet?": a search for an outcome of several words. Whom it was sent to is no body that met.
    fn called(&self) -> Result<Option<Request>, UserError> {
        let Some(items) = self.words.all.iter().find(|word| ITEMS.contains(&word.folded.as_str())) else {
            return Ok(None);
        };
        let Some(called) = filters::CALLED.iter().find(|called| self.says(called)) else { return Ok(None) };
        let is_sent = *called == filters::SENT_ON;
        let (sender, receiver, topic) =
            if is_sent { self.sent_on()? } else { (None, None, self.facts.topic.clone()) };
        // What is not sent on is not known: `/søg` says so.
        let not = if negates(self.words) { "ikke " } else { "" };
        let left = topic.split(' ').filter(|word| {
            !word.is_empty() && *word != items.text && !called.contains(&word.to_lowercase().as_str())
        });
        let left: Vec<&str> = left.collect();
        let about = if left.is_empty() { String::new() } else { format!(" om {}", left.join(" ")) };
        let outcome = format!("{} {not}{}", items.text, called.join(" "));
        if !is_sent {
            return Ok(self.search(&format!("{outcome}{about}")));
        }
        let to = receiver.map(|body| format!(" til {}", body.name)).unwrap_or_default();
        let words = format!("{outcome}{to}{about}");
        let days = self.facts.days.map(period::written);
        Ok(ask(
            "søg",
            &given(&[
                ("ord", Some(&words)),
                ("udvalg", sender.as_ref().map(|body| body.name.as_str())),
                ("periode", days.as_deref()),
                ("person", self.facts.person.as_deref()),
            ]),
        ))
    }

    /// The body that sent matters on, the one after "til" that they were sent to, and the topic besides both.
    fn sent_on(&self) -> Result<(Option<Named>, Option<Named>, String), UserError> {
        let topic = || self.facts.topic.clone();
        let Some(body) = self.facts.body.clone() else { return Ok((None, None, topic())) };
        let is_to = |pair: &[Word<'_>]| pair[0].folded == "til" && pair[1].taken && !pair[1].is_time;
        let is_receiver = self.words.all.windows(2).any(is_to);
        let (other, left) = facts::body_of(self.context, &self.facts.topic)?;
        let left = if other.is_some() { left } else { topic() };
        Ok(if is_receiver { (other, Some(body), left) } else { (Some(body), other, left) })
    }

    /// "hvilke sager blev afvist i 2021?": a search for an outcome.
    fn listed(&self) -> Result<Option<Request>, UserError> {
        if let Some(called) = self.called()? {
            return Ok(Some(called));
        }
        if let Some(closed) = self.closed() {
            return Ok(Some(closed));
        }
        let is_negated = negates(self.words);
        let items = self.words.all.iter().find(|word| ITEMS.contains(&word.folded.as_str()));
        // "hvad blev ikke godkendt i 2021?"
        let is_of_all = self.facts.topic.is_empty()
            && self.words.has(&["hvad"])
            && (is_negated || self.asks_what_was_decided_so());
        let is_of_all = is_of_all || self.lists_topic()?;
        let items = items.map(|word| word.text).or_else(|| is_of_all.then_some(ITEMS[0]));
        let decided = self.words.all.iter().find_map(|word| Some((word, outcome(word)?)));
        let Some((items, (outcome, adjective))) = items.zip(decided) else { return Ok(None) };
        let left: Vec<&str> = self
            .facts
            .topic
            .split(' ')
            .filter(|word| !word.is_empty() && *word != items && *word != outcome.text)
            .collect();
        let about = if left.is_empty() { String::new() } else { format!(" om {}", left.join(" ")) };
        let not = if is_negated { "ikke " } else { "" };
        Ok(self.search(&format!("{not}{adjective} {items}{about}")))
    }

    /// "hvilke boliger er afvist?", "afviste boliger", "hvad er der afvist om boliger?": every matter of the topic that was decided so;
    /// "blev boligerne afvist?" and "hvilke vilkår blev planen godkendt på?" ask of one.
    fn lists_topic(&self) -> Result<bool, UserError> {
        let Facts { case, item, topic, .. } = &self.facts;
        let words = &self.words.all;
        let decided = words.iter().position(|word| !word.is_quoted && outcome(word).is_some());
        let Some(at) = decided.filter(|_| case.is_none() && item.is_none() && !topic.is_empty()) else {
            return Ok(false);
        };
        let folded = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
        if folded(at).ends_with('e') {
            let is_first = words[self.words.start.min(at)..at]
                .iter()
                .all(|word| BEFORE_AN_OUTCOME.contains(&word.folded.as_str()));
            let is_before_topic = words.get(at + 1).is_some_and(Word::is_topic);
            let lists = is_first && is_before_topic && folded(at) != ALSO_OF_PEOPLE;
            // What a matter is called is no question.
            let title = || words[at..].iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            return Ok(lists && self.context.archive.cases_by_title(&title(), 1)?.is_empty());
        }
        let Some(verb) = words[..at].iter().rposition(|word| DECIDED_BY.contains(&word.folded.as_str()))
        else {
            return Ok(false);
        };
        let names_one = |word: &Word<'_>| word.is_topic() || THAT_CASE.contains(&word.folded.as_str());
        let is_active = folded(verb) == WHO_DECIDED && verb + 1 == at;
        if is_active || words[verb..at].iter().any(names_one) {
            return Ok(false);
        }
        let first = folded(self.words.start);
        let is_named = words[..verb].iter().any(Word::is_topic);
        let is_about = ABOUT.contains(&folded(at + 1)) && !folded(at).starts_with(WHICHEVER_WAY);
        Ok(WHICH.contains(&first) && is_named || first == "hvad" && is_about)
    }

    /// "hvad er udsat?", "hvad har vi afvist i 2023?": of all matters, not of the one before, nor of one meeting.
    fn asks_what_was_decided_so(&self) -> bool {
        let Facts { case, item, person, days, .. } = &self.facts;
        let names_one = case.is_some() || item.is_some() || person.is_some();
        // "hvad er der godkendt i skoleudvalget?" names all that it asks about.
        let names_none = days.is_none() && self.facts.body.is_none();
        let is_of_before = self.before.is_some() && names_none || self.words.has(&THAT_CASE);
        let is_of_meeting = self.words.has(&OF_A_MEETING) || days.is_some_and(|(from, to)| from == to);
        !names_one && !is_of_before && !is_of_meeting
    }

    /// "hvilke punkter var lukkede i 2021?", "blev noget behandlet for lukkede døre?": a search for closed items.
    fn closed(&self) -> Option<Request> {
        let is_closed = |word: &str| filters::CLOSED.contains(&word);
        let folded = self.words.folded();
        let closes =
            |what: &dyn Fn(&str) -> bool| folded.windows(2).any(|pair| is_closed(pair[0]) && what(pair[1]));
        let has = folded.iter().any(|word| is_closed(word));
        let is_of_items = self.words.has(&["punkt", "punkter"]) || closes(&|word| ITEMS.contains(&word));
        let is_behind_doors = closes(&|word| word == "doere");
        let mut left = self.facts.topic.split(' ').filter(|word| !word.is_empty()).map(danish::fold);
        let is_all = left.all(|word| is_closed(&word) || word == "doere");
        if !has || !is_all || !(is_of_items || is_behind_doors) || negates_any(self.words) {
            return None;
        }
        self.search(CLOSED_ITEMS)
    }

    fn search(&self, topic: &str) -> Option<Request> {
        self.search_in(topic, self.facts.days)
    }

    fn search_in(&self, topic: &str, days: Option<Days>) -> Option<Request> {
        let body = self.facts.body.as_ref();
        let period = days.map(period::written);
        // A body that is not known is a word like others.
        let words = match body.filter(|body| body.key.is_none()) {
            Some(body) => format!("{topic} {}", body.name),
            None => topic.to_owned(),
        };
        let name = body.filter(|body| body.key.is_some()).map(|body| body.name.as_str());
        let person = self.facts.person.as_deref();
        let options = given(&[
            ("ord", Some(&words)),
            ("udvalg", name),
            ("periode", period.as_deref()),
            ("person", person),
        ]);
        ask("søg", &options)
    }

    /// The one case that has the topic in its title, or else in what was proposed or decided; None where there are several, or none. What
    /// a case only mentions is not decided in it.
    fn only_case(&self) -> Result<Option<String>, UserError> {
        let archive = self.context.archive;
        let topic = &self.facts.topic;
        match archive.cases_by_title(&topic.replace('"', " "), 2)?.as_slice() {
            [only] => return Ok(Some(only.case_number.to_string())),
            [] => {}
            _ => return Ok(None),
        }
        // How a matter was voted on is not told by a case that only mentions it.
        if self.words.has(&VOTED) {
            return Ok(None);
        }
        // Where the search cannot be asked, it says so itself.
        let Ok(found) = archive.find(topic, &SearchFilter::default(), 2, 0, |_| true) else {
            return Ok(None);
        };
        let as_typed = !found.reading.is_partial && found.reading.corrected.is_empty();
        Ok(match found.hits.as_slice() {
            [only] if as_typed => match &only.found {
                // Words that stand in several of its treatments are what it is about.
                Found::Item(treatment) if only.others == 0 && !is_about(treatment, topic) => None,
                Found::Item(treatment) => treatment.item.case_number.as_ref().map(ToString::to_string),
                Found::Document(_) => None,
            },
            _ => None,
        })
    }

    /// One day of a period for those who sit: the last that is not to come.
    fn day(&self, (from, to): Days) -> Date {
        if from > self.context.today { from } else { to.min(self.context.today) }
    }

    fn body_key(&self) -> Option<String> {
        self.facts.body.as_ref()?.key.clone()
    }

    fn body_before(&self) -> Option<Named> {
        let name = self.before?.body.clone()?;
        let key = Some(minutes::body::key(&name));
        Some(Named { name, key })
    }

    /// Whether these words stand right after each other.
    fn says(&self, run: &[&str]) -> bool {
        self.words.folded().windows(run.len()).any(|words| words == run)
    }

    /// These and what else may be meant by what is named, each once.
    fn readings(&self, best: impl IntoIterator<Item = Option<Request>>) -> Read {
        let Facts { case, body, person, topic, .. } = &self.facts;
        let mut all: Vec<Request> = Vec::new();
        let has_topic = !topic.is_empty();
        let named = body.as_ref().map(|body| body.name.as_str());
        let of_body = |command: &str| ask(command, &[("udvalg", named?)]);
        let of_case = case.as_deref().map(|case| of_case("sag", case)).unwrap_or_default();
        let others = [
            person.as_deref().and_then(|name| ask("person", &[("navn", name)])),
            Some(topic).filter(|_| has_topic).and_then(|topic| ask("søg", &[("ord", topic)])),
            of_body("møde"),
            of_body(opfoelgning::NAME),
            of_body(raad::NAME),
            self.meeting_request().filter(|_| !has_topic),
            ask(opfoelgning::NAME, &[]).filter(|_| !has_topic),
        ];
        for request in best.into_iter().chain(of_case).chain(others).flatten() {
            if all.len() < MOST_READINGS && !all.contains(&request) {
                all.push(request);
            }
        }
        Read::As(all)
    }
}

/// Whether a word of a topic tells nothing but an office, or little.
fn is_of_a_seat(word: &str) -> bool {
    let folded = danish::fold(word);
    word.is_empty() || table::is_faint(&folded) || succession::is_any_office(&folded)
}

/// What an outcome is called before what was decided so; None where the word is none.
fn outcome(word: &Word<'_>) -> Option<&'static str> {
    OUTCOMES.iter().find(|(begin, _)| word.folded.starts_with(begin)).map(|(_, adjective)| *adjective)
}

/// The three questions of a case, the one of a command first.
fn of_case(command: &str, case: &str) -> [Option<Request>; 3] {
    let sag = ask("sag", &[("nummer", case)]);
    let historik = ask("historik", &[("nummer", case)]);
    let follow_ups = ask(opfoelgning::NAME, &[("sag", case)]);
    match command {
        "historik" => [historik, sag, follow_ups],
        "sag" => [sag, historik, follow_ups],
        beslaegtet::NAME => [ask(command, &[("nummer", case)]), sag, historik],
        _ => [follow_ups, sag, historik],
    }
}

/// Options that have a value.
fn given<'v>(options: &[(&'static str, Option<&'v str>)]) -> Vec<(&'static str, &'v str)> {
    options.iter().filter_map(|(name, value)| Some((*name, (*value)?))).collect()
}

/// Letters of a word that are compared, and how many of its last ones may be an ending.
const LEAST_COMPARED: usize = 4;
const LONGEST_ENDING: usize = 3;

/// Whether the title, the decision or what was proposed has the words of a topic, whatever their endings.
fn is_about(treatment: &Treatment, topic: &str) -> bool {
    let title = treatment.item.title.as_deref().unwrap_or_default();
    let decision = treatment.item.decision.as_ref().map_or("", |decision| decision.text.as_str());
    let proposed = treatment.item.recommendations.iter().map(|proposal| proposal.text.as_str());
    let told: Vec<&str> = [title, decision].into_iter().chain(proposed).collect();
    let told = danish::fold(&told.join(" "));
    topic.split(|c: char| !c.is_alphanumeric()).map(danish::fold).all(|word| {
        let letters = word.chars().count();
        let compared = letters.saturating_sub(LONGEST_ENDING).max(LEAST_COMPARED.min(letters));
        told.contains(&word.chars().take(compared).collect::<String>())
    })
}
