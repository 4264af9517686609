//! Who was absent and who stood in: from the header's labels, and from lines that stand before or after a decision's words.

mod in_part;
pub(super) mod listed;
mod stand_in;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::{Attendance, Listed};
use crate::segment::{Header, Line};
use crate::understand::names::{self, Name};
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

/// Labels of a line that names who was absent.
const ABSENT: [&str; 16] = [
    "Fraværende med afbud",
    "Fraværende uden afbud",
    "Fraværende var",
    "Fraværende",
    "Fravær",
    "Afbud fra",
    "Afbud",
    "Ikke til stede",
    "Ej til stede",
    "Ikke mødt",
    "Ej mødt",
    "Følgende var fraværende",
    "Følgende medlemmer var fraværende",
    "Følgende havde meldt afbud",
    "Følgende har meldt afbud",
    "Følgende deltog ikke",
];

/// Labels that name people without a colon too (`Afbud fra A og B.`).
const WITHOUT_COLON: [&str; 4] = ["Afbud fra ", "Afbud ", "Fraværende med afbud ", "Fraværende "];

/// Words that stand for nobody, in lower case.
const NOBODY: [&str; 9] = ["", "ingen", "ingen afbud", "intet", "-", "--", "–", "—", "nej"];

/// Lines, in lower case, that say that nobody was absent.
const NOBODY_ABSENT: [&str; 6] =
    ["ingen afbud", "ingen fraværende", "ingen fravær", "alle var til stede", "alle til stede", "alle mødt"];

/// First words of a parenthesis after one who was there for a part of the meeting, or from afar.
const IN_PART: [&str; 9] = ["ankom", "deltager", "deltog", "forlod", "fra", "gik", "kom", "mødte", "under"];

/// Stems without which no sentence tells who was absent: one cheap test before the patterns.
const TELLS_ABSENCE: [&str; 9] = [
    "ravær",
    "fbud",
    "tedfortræder",
    "uppleant",
    " stedet ",
    " deltog ikke",
    " forhindret",
    "il stede",
    " mødte for ",
];

/// A longer line is a part of the decision, whatever it tells.
const LONGEST_LINE: usize = 400;

/// More people than any body has: no text can make the search for doubles crawl.
const MOST_NAMED: usize = 500;

/// What follows the names in a sentence that tells they were absent.
static WERE_ABSENT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^ (?:var|er) fraværende(?: (?:fra|på) mødet| under hele mødet| med afbud| uden afbud)?\.?$|^ (?:havde|har) meldt afbud\.?$|^ deltog ikke i mødet\.?$|^ (?:var|er) (?:forhindret(?: i at deltage(?: i mødet)?)?|ikke til stede)\.?$",
    )
});
/// What follows the name of one who was there for a part of the meeting, perhaps after the party.
static THERE_IN_PART: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?: \([^()]{1,40}\))?(?:,| -| –)? (?:(?:var )?(?:fraværende )?(?:fra|til|indtil|efter|under)|ankom|kom|gik|forlod(?: mødet)?|deltog ikke (?:under|i|ved)|deltog (?:kun )?(?:under|i|fra|til))",
        r"(?: \p{L}+){0,3} (?:kl\.|klokken|punkt|pkt\.|sag|dagsordenens)",
    ))
});
/// Shortened words before a number: their full stop ends no sentence.
const BEFORE_NUMBER: [&str; 4] = [" kl", " pkt", " nr", "(kl"];
static PLACE_AND_DATE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:,? ?(?:den|d\.))? ?$"));
static AFTER_DATE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^(?:,? ?(?:pkt\.|punkt)(?: nr\.)? ?\d{1,4})? ?[:.,]?$"));

/// Words before the name of the body in a line that only says whose decision follows.
const WHOSE: [&str; 4] = ["Beslutning i ", "Beslutning fra ", "Beslutning ", ""];

/// Attendance as the header's labels tell it.
pub(super) fn from_header(header: &Header<'_>) -> Attendance {
    let Header { present, absent, substitutes, .. } = header;
    let mut attendance = Attendance::default();
    with_parentheses(absent).iter().for_each(|text| add(&mut attendance, people(text)));
    for piece in substitutes.iter().filter(|line| !is_nobody(line.text)).flat_map(|line| pieces(line.text)) {
        stand_in::named(piece, &mut attendance);
    }
    stand_in::tie_the_only(&mut attendance);
    add_listed(&mut attendance, substitutes.iter().flat_map(|line| listed::read(line.text)).collect());
    come(present, &mut attendance);
    for lines in [present, absent, substitutes] {
        attendance.in_part.extend(in_part::read(lines, None));
    }
    attendance.substitutes.truncate(MOST_NAMED);
    attendance
}

/// The texts of lines, each with the parentheses on the lines after it: what stands in them is of the one above. Those that say
/// themselves who came for whom stand alone.
fn with_parentheses<'t>(lines: &[Line<'t>]) -> Vec<Cow<'t, str>> {
    let tells_alone = |text: &str| stand_in::read(text.trim(), &[], &mut Attendance::default());
    let mut texts: Vec<Cow<'t, str>> = Vec::with_capacity(lines.len());
    for line in lines {
        match texts.last_mut() {
            Some(above) if line.text.trim_start().starts_with('(') && !tells_alone(line.text) => {
                *above = Cow::Owned(format!("{} {}", above.trim_end(), line.text.trim()));
            }
            _ => texts.push(Cow::Borrowed(line.text)),
        }
    }
    texts
}

/// Who was absent or stood in by lines of the header that have no label: `Per Toft deltog som stedfortræder for Karl Bukh.`
pub(super) fn from_loose_lines(lines: &[Line<'_>]) -> Attendance {
    let mut attendance = Attendance::default();
    let tells = |line: &&Line<'_>| TELLS_ABSENCE.iter().any(|word| line.text.contains(word));
    for found in lines.iter().filter(tells).filter_map(|line| absence(line.text)) {
        add(&mut attendance, found);
    }
    attendance.in_part = in_part::read(lines, None);
    attendance
}

/// Who took no part in one item, by the lines under its decision, or was there for a part of the meeting.
pub(super) fn in_part(lines: &[Line<'_>], item: Option<&str>) -> Attendance {
    Attendance { in_part: in_part::read(lines, item), ..Attendance::default() }
}

/// Reads lists of who came. Boxes before the names say who did where one of them is ticked.
fn come(lines: &[Line<'_>], attendance: &mut Attendance) {
    let has_parties = lines.iter().any(|line| listed::read(line.text).iter().any(|one| one.party.is_some()));
    let ticks = lines.iter().any(|line| line.text.contains(TICKED));
    let mut office = None;
    let mut of_officials = None;
    for line in lines {
        // Those of the administration go on to the next label.
        if OF_OFFICIALS.is_match(line.text) || of_officials.is_some_and(|at| at + 1 == line.number) {
            of_officials = Some(line.number);
            continue;
        }
        if let Some(role) = listed::bare_office(line.text) {
            office = Some(role);
            continue;
        }
        if let Some(rest) = after_all_but(line.text) {
            add(attendance, people(rest));
            continue;
        }
        let officials: HashSet<String> = listed::entries(line.text)
            .into_iter()
            .filter(|entry| entry.is_official(has_parties))
            .map(|entry| entry.listed.person)
            .collect();
        let mut told = listed::read(line.text);
        told.retain(|one| !officials.contains(&one.person));
        let mut found = named_in(line.text, Of::Present);
        found.listed.clear();
        let mut away = told_away(line.text);
        if ticks && line.text.contains(NOT_TICKED) && !line.text.contains(TICKED) {
            away.extend(found.absent.iter().cloned());
        }
        let stood_in: HashSet<String> =
            found.substitutes.iter().filter_map(|one| one.stands_in_for.clone()).collect();
        let came = found.absent.iter().chain(found.substitutes.iter().map(|one| &one.person));
        let came = came
            .filter(|name| !away.contains(name) && !stood_in.contains(*name) && !officials.contains(*name));
        let came: Vec<String> = came.cloned().collect();
        if let (Some(role), Some(first)) = (office.take(), came.first())
            && !told.iter().any(|one| one.person == *first && one.role.is_some())
        {
            match told.iter_mut().find(|one| one.person == *first) {
                Some(one) => one.role = Some(role),
                None => told.push(Listed { person: first.clone(), role: Some(role), party: None }),
            }
        }
        attendance.present.extend(came.into_iter().take(MOST_NAMED - attendance.present.len()));
        found.substitutes.extend(stand_in::among_present(line.text));
        let not_there = found.substitutes.iter().filter_map(|one| one.stands_in_for.clone());
        found.absent = away.into_iter().chain(stood_in).chain(not_there).collect();
        add(attendance, found);
        add_listed(attendance, told);
    }
}

/// Boxes before names.
const TICKED: [char; 3] = ['☑', '☒', '✓'];
const NOT_TICKED: char = '☐';

/// A line that begins those of the administration.
static OF_OFFICIALS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^\s*(?:(?:fra|for) (?:\p{L}+- ?og )?\p{L}*(?:forvaltning|administration|sekretariat|afdeling)\p{L}*\b",
        r"|(?:\p{L}*forvaltningen|administrationen|embedsmænd|embedsværket|øvrige (?:mødte|deltagere)|(?:desuden|endvidere|også|derudover) (?:deltog|mødte|deltager|til stede)|gæster?|tilforordnede?|observatør(?:er)?)\b[^,;]{0,20}(?::|$))",
    ))
});

/// Who did not come by a line that says that all the others did: `Alle undtagen Karl Bukh`.
fn after_all_but(line: &str) -> Option<&str> {
    static ALL_BUT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s*alle(?: \p{L}*medlemmer(?:ne)?)?(?: (?:var |er )?(?:mødt|til ?stede|fremmødt))?,? (?:undtagen|bortset fra|på nær|med undtagelse af|minus|dog ikke|men ikke|foruden) ",
        )
    });
    let found = ALL_BUT.find(line)?;
    Some(line[found.end()..].trim())
}

/// Those whom a list of members itself tells to be absent: `Karl Bukh (C), afbud`.
fn told_away(list: &str) -> Vec<String> {
    static AWAY: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:[,;:]| -| –)? ?\(?(?:(?:(?:har|havde|var|er) )?(?:meldt |meldte |med |uden )?(?:afbud|fravær(?:ende)?)\b|(?:ikke|ej) (?:til ?stede|mødt)\b|(?:deltog|mødte) ikke(?: i mødet)?(?:[),.;]|$))",
        )
    });
    if !TELLS_ABSENCE.iter().chain(&[" mødt", "mødte ikke"]).any(|word| list.contains(word)) {
        return Vec::new();
    }
    let is_away = |name: &Name| {
        AWAY.is_match(&list[name.end..]) || name.note.as_deref().is_some_and(|note| AWAY.is_match(note))
    };
    names::in_text(list).into_iter().filter(is_away).map(|name| name.person).take(MOST_NAMED).collect()
}

/// Takes from those present who was absent: a list of all members says nothing else of them.
pub(super) fn leave_out_absent(attendance: &mut Attendance) {
    // Who is told in the header to have been away for some items was there for the others, whatever stands under those.
    let in_part = &attendance.in_part;
    let was_there = |name: &String| in_part.iter().any(|one| one.item.is_none() && one.person == *name);
    attendance.absent.retain(|name| !was_there(name));
    let absent: HashSet<&String> = attendance.absent.iter().collect();
    attendance.present.retain(|name| !absent.contains(name));
}

/// Who was absent by a list of names with their parties, and nothing else, right under an item's title. In the minutes that print
/// one there, it is the list of those who did not come.
pub(super) fn from_bare_list(lines: &[Line<'_>]) -> Attendance {
    let mut text = lines.iter().filter(|line| !line.is_blank());
    let (Some(only), None) = (text.next(), text.next()) else { return Attendance::default() };
    let series = names::in_series(only.text.trim());
    let all_have_parties = !series.is_empty() && series.iter().all(|name| name.party.is_some());
    if all_have_parties { people(only.text) } else { Attendance::default() }
}

/// Parts the lines under a decision heading into the decision and who was absent by the lines before or after it. A line
/// before it that only names body and day of the meeting is no part of it either. Where nothing else is recorded, those
/// lines are the decision.
///
/// `chooses`: the item chooses people, and who stands in for whom is chosen too.
pub(super) fn split<'t>(lines: &[Line<'t>], day: Option<Date>, chooses: bool) -> (Vec<Line<'t>>, Attendance) {
    let text: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_blank()).collect();
    let read = |at: &usize| absence(lines[*at].text).filter(|_| !chooses || !pairs(lines[*at].text));
    let mut before: Vec<Attendance> = Vec::new();
    let mut first = 0;
    let mut only_head = false;
    let mut list = List::None;
    while let Some(at) = text.get(first) {
        let line = lines[*at].text.trim();
        if let Some(found) = list.read(line).filter(|_| !chooses || !pairs(line)) {
            before.push(found);
            first += 1;
            continue;
        }
        match read(at) {
            Some(found) => before.push(found),
            None if first == 0 && is_head(lines[*at].text, day) => only_head = true,
            None => break,
        }
        first += 1;
    }
    let after: Vec<Attendance> = text[first..].iter().rev().map_while(read).collect();
    let last = text.len() - after.len();
    // "Godkendt. Fraværende: Ida Holm.": the line is the decision's, who was absent is told too.
    let beside = text.get(..last).and_then(|text| text.last()).filter(|_| !chooses).and_then(|at| {
        let parts = pieces(lines[*at].text);
        parts.split_first().and_then(|(_, rest)| absence(rest.last()?))
    });
    let told = before.into_iter().chain(after.into_iter().rev()).chain(beside);
    let mut away = Attendance::default();
    told.for_each(|found| add(&mut away, found));
    stand_in::tie_the_only(&mut away);
    if first < text.len() && (first, last) != (0, text.len()) {
        return (lines[text[first]..=text[last - 1]].to_vec(), away);
    }
    if first == 0 || only_head {
        return (lines.to_vec(), away);
    }
    // A label without a name is no decision either.
    let tells = |line: &&Line<'t>| absence(line.text).is_none_or(|found| found != Attendance::default());
    let kept: Vec<Line<'t>> = lines.iter().filter(tells).copied().collect();
    (if kept.iter().all(Line::is_blank) { Vec::new() } else { kept }, away)
}

/// Whether a line only says who stands in for whom, and nothing of a meeting: `A (stedfortræder: B)`, `Stedfortræder: B`.
fn pairs(line: &str) -> bool {
    const OF_A_MEETING: [&str; 8] =
        ["fravær", "afbud", "deltog", "deltager", "mødt", "indkaldt", "i stedet", "til stede"];
    let lower = line.to_lowercase();
    ["stedfortræder", "suppleant"].iter().any(|word| lower.contains(word))
        && !OF_A_MEETING.iter().any(|word| lower.contains(word))
}

/// A label alone on its line, and what the lines after it are.
enum List {
    None,
    Absent,
    Substitutes,
}

/// Labels of a list of those who stood in.
const SUBSTITUTES: [&str; 4] = ["Stedfortrædere", "Suppleanter", "Stedfortræder", "Suppleant"];

static CALLED_IN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"^ (?:blev|er|var) (?:indkaldt|mødt) (?:som (?:stedfortræder|suppleant) )?for $")
});
static IN_PART_OF_MEETING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^ (?:ankom|forlod mødet|gik|kom)\b.{0,20} kl\. ?\d"));

impl List {
    /// Who is away by a line that begins a list or goes on with it; None for any other line.
    fn read(&mut self, line: &str) -> Option<Attendance> {
        if let Some(name) = line.strip_suffix(':') {
            let next = if ABSENT.contains(&name) {
                Self::Absent
            } else if SUBSTITUTES.contains(&name) {
                Self::Substitutes
            } else {
                *self = Self::None;
                return None;
            };
            *self = next;
            return Some(Attendance::default());
        }
        if matches!(self, Self::None) || line.len() > LONGEST_LINE {
            return None;
        }
        let found = names::in_text(line);
        let first = found.first().filter(|name| name.start == 0)?;
        let after = &line[first.end..];
        // Who came late or left early was there.
        if IN_PART_OF_MEETING.is_match(after) {
            return Some(Attendance::default());
        }
        let mut away = Attendance::default();
        match (&self, found.as_slice()) {
            (Self::Absent, [only]) if after.is_empty() || after.starts_with([',', '.']) => {
                let reason = after.trim_start_matches([',', ' ']);
                // A reason begins low; anything else is a sentence of the decision.
                if reason.starts_with(char::is_uppercase) || reason.split(' ').count() > MOST_REASON_WORDS {
                    return None;
                }
                away.absent.push(only.person.clone());
            }
            (Self::Substitutes, [who, absent]) if CALLED_IN.is_match(&line[who.end..absent.start]) => {
                stood_in(&mut away, who, absent);
            }
            _ => return None,
        }
        Some(away)
    }
}

/// A longer reason for being away is a sentence.
const MOST_REASON_WORDS: usize = 4;

/// Adds what lists print beside names; of one person the first that tells it.
fn add_listed(attendance: &mut Attendance, told: Vec<Listed>) {
    for one in told {
        let is_full = attendance.listed.len() >= MOST_NAMED;
        match attendance.listed.iter_mut().find(|known| known.person == one.person) {
            Some(known) => {
                known.role = known.role.or(one.role);
                known.party = known.party.take().or(one.party);
            }
            None if is_full => {}
            None => attendance.listed.push(one),
        }
    }
}

/// Adds those known to be away, each once.
pub(super) fn add(attendance: &mut Attendance, away: Attendance) {
    add_listed(attendance, away.listed);
    for name in away.absent {
        if attendance.absent.len() < MOST_NAMED && !attendance.absent.contains(&name) {
            attendance.absent.push(name);
        }
    }
    for substitute in away.substitutes {
        if attendance.substitutes.len() < MOST_NAMED && !attendance.substitutes.contains(&substitute) {
            attendance.substitutes.push(substitute);
        }
    }
    for one in away.in_part {
        if attendance.in_part.len() < MOST_NAMED && !attendance.in_part.contains(&one) {
            attendance.in_part.push(one);
        }
    }
}

/// Whether a value says that there is nobody to name.
pub(super) fn is_nobody(value: &str) -> bool {
    NOBODY.contains(&value.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// Who was absent by an absence line; None for any other line.
fn absence(line: &str) -> Option<Attendance> {
    let line = line.trim();
    let label = ABSENT.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix(':'));
    if let Some(value) = label {
        return Some(people(value.trim()));
    }
    if NOBODY_ABSENT.contains(&line.trim_end_matches('.').to_lowercase().as_str()) {
        return Some(Attendance::default());
    }
    let all_but = COMING.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix(':'));
    if let Some(rest) = all_but.and_then(after_all_but) {
        return Some(people(rest));
    }
    if line.len() > LONGEST_LINE || !TELLS_ABSENCE.iter().any(|word| line.contains(word)) {
        return None;
    }
    if let Some(value) = WITHOUT_COLON.iter().find_map(|label| line.strip_prefix(label)) {
        let parts = pieces(value);
        let (first, rest) = parts.split_first()?;
        let tells = |piece: &&str| stand_in::read(piece, &[], &mut Attendance::default());
        let is_absence = !names::in_series(first).is_empty() && rest.iter().all(tells);
        return is_absence.then(|| people(value));
    }
    sentences_of_absence(line)
}

/// Labels of a line that tells who came, if only by who did not.
const COMING: [&str; 6] = ["Mødt", "Mødte", "Til stede", "Tilstede", "Fremmødte", "Deltagere"];

/// Sentences that tell who was absent and who came instead; None if one of them tells something else.
fn sentences_of_absence(line: &str) -> Option<Attendance> {
    let mut away = Attendance::default();
    let mut just_told = Vec::new();
    for sentence in pieces(line) {
        if stand_in::read(sentence, &just_told, &mut away) {
            continue;
        }
        let people = names::in_text(sentence);
        let (first, last) = (people.first()?, people.last()?);
        let (before, after) = (&sentence[..first.start], &sentence[last.end..]);
        if !before.is_empty() || !are_joined(sentence, &people) || !WERE_ABSENT.is_match(after) {
            return None;
        }
        just_told = people.into_iter().map(|name| name.person).collect();
        away.absent.extend(just_told.iter().cloned());
    }
    away.listed = listed::read(line);
    Some(away)
}

/// The sentences of a line, each without its full stop; that of an initial or a shortened name ends none, nor one between
/// parentheses. No more than [`MOST_NAMED`].
fn pieces(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut looked, mut open) = (0, 0, 0_usize);
    for (at, _) in line.match_indices(". ") {
        let new = &line[looked..at];
        open = (open + new.matches('(').count()).saturating_sub(new.matches(')').count());
        looked = at;
        let is_shortened = BEFORE_NUMBER.iter().any(|word| line[from..at].ends_with(word));
        if open == 0 && !is_shortened && !names::ends_in_initial(&line[from..at]) {
            found.push(&line[from..at]);
            from = at + 2;
        }
    }
    let last = line[from..].trim_end();
    found.push(if names::ends_in_initial(last) { last } else { last.trim_end_matches('.') });
    found.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).take(MOST_NAMED).collect()
}

/// Whether names are a series (`A, B og C`) that nothing else stands in.
fn are_joined(text: &str, people: &[Name]) -> bool {
    people.windows(2).all(|pair| {
        let gap = text[pair[0].end..pair[1].start].trim();
        [",", "og", "samt", ", og"].contains(&gap)
    })
}

fn stood_in(away: &mut Attendance, who: &Name, absent: &Name) {
    stand_in::tell(away, &who.person, Some(absent.person.clone()));
}

/// Whom a list names: who came late or left early is among those present, and not among those absent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Present,
    Absent,
}

/// The names in a label's value, without parties and reasons; who came late or left early was there.
fn people(value: &str) -> Attendance {
    named_in(value, Of::Absent)
}

fn named_in(value: &str, of: Of) -> Attendance {
    let mut away = Attendance::default();
    if is_nobody(value) {
        return away;
    }
    let mut just_told = Vec::new();
    for (at, piece) in pieces(value).into_iter().flat_map(stand_in::parted).enumerate() {
        if stand_in::read(piece, &just_told, &mut away) {
            continue;
        }
        let parts = stand_in::each_apart(piece);
        if !parts.is_empty() {
            for part in parts {
                if stand_in::read(part, &[], &mut away) {
                    continue;
                }
                let rest = named_in(part, of);
                away.absent.extend(rest.absent);
                away.substitutes.extend(rest.substitutes);
            }
            continue;
        }
        let series = names::in_series(piece);
        let found = if series.is_empty() { names::in_text(piece) } else { series };
        // What follows the names in sentences of its own is about other things than who was absent.
        let names_only = found.iter().all(|name| name.end == 0) || is_series(piece, &found);
        if at > 0 && !names_only {
            continue;
        }
        for name in &found {
            stand_in::in_parentheses(name, &mut away);
        }
        let is_absent = |name: &Name| {
            let is_there = name.end > 0 && THERE_IN_PART.is_match(&piece[name.end..]);
            of == Of::Present || (!is_there && !name.note.as_deref().is_some_and(is_in_part))
        };
        just_told = found.into_iter().filter(is_absent).map(|name| name.person).take(MOST_NAMED).collect();
        away.absent.extend(just_told.iter().cloned());
    }
    let Attendance { absent, substitutes, .. } = &mut away;
    absent.retain(|name| !substitutes.iter().any(|one| one.person == *name));
    absent.truncate(MOST_NAMED);
    let named = |one: &Listed| {
        absent.contains(&one.person) || substitutes.iter().any(|came| came.person == one.person)
    };
    away.listed = listed::read(value).into_iter().filter(named).collect();
    away
}

/// Whether a text is a series of names and nothing else.
fn is_series(text: &str, people: &[Name]) -> bool {
    let (Some(first), Some(last)) = (people.first(), people.last()) else { return false };
    first.start == 0 && text[last.end..].trim().is_empty() && are_joined(text, people)
}

fn is_in_part(note: &str) -> bool {
    let lower = note.trim_end_matches('.').to_lowercase();
    if ["deltog ikke", "mødte ikke", "deltog ikke i mødet"].contains(&lower.as_str()) {
        return false;
    }
    let first = note.split([' ', '\u{a0}']).next().unwrap_or(note).to_lowercase();
    IN_PART.contains(&first.as_str())
}

/// Whether a line only names a body and the day of the meeting (`Ældrerådet, den 13. februar 2019:`).
fn is_head(line: &str, day: Option<Date>) -> bool {
    let line = line.trim();
    let ends_in_number = line.trim_end_matches([':', '.', ',', ' ']).ends_with(|c: char| c.is_ascii_digit());
    if line.len() > LONGEST_LINE || day.is_none() || !ends_in_number {
        return false;
    }
    let rest = WHOSE.iter().find_map(|words| line.strip_prefix(words)).unwrap_or(line);
    let named = bodies::mentions(rest).into_iter().next();
    let Some(body) = named.filter(|body| body.start == 0 && body.name.is_some()) else { return false };
    let rest = &rest[body.end..];
    date::full_date(rest) == day
        && date::mentions(rest).first().is_some_and(|mention| {
            PLACE_AND_DATE.is_match(&rest[..mention.start]) && AFTER_DATE.is_match(&rest[mention.end..])
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Substitute;

    #[track_caller]
    fn check(text: &str, decision: &str, absent: &[&str]) -> Vec<(String, Option<String>)> {
        let lines: Vec<Line> = text.lines().enumerate().map(|(number, text)| Line { number, text }).collect();
        let (kept, away) = split(&lines, "2019-02-13".parse().ok(), false);
        assert_eq!(kept.iter().map(|line| line.text).collect::<Vec<_>>().join("\n"), decision, "{text}");
        assert_eq!(away.absent, absent, "{text}");
        away.substitutes.into_iter().map(|found| (found.person, found.stands_in_for)).collect()
    }

    #[test]
    fn absence_lines_are_no_decision() {
        check("Fraværende:  Kaj Lund (V)\n\nGodkendt.", "Godkendt.", &["Kaj Lund"]);
        check("Godkendt.\n\nAfbud: Ida Holm (Løsgænger)\n", "Godkendt.", &["Ida Holm"]);
        check("Godkendt.\nFraværende:", "Godkendt.", &[]);
        check("Fraværende:", "", &[]);
        check("Afbud: Ida Holm\nFraværende:", "Afbud: Ida Holm", &["Ida Holm"]);
        check("Afbud: Ingen.\nGodkendt.", "Godkendt.", &[]);
        check("Afbud: Ida Holm, Bo Dahl", "Afbud: Ida Holm, Bo Dahl", &["Ida Holm", "Bo Dahl"]);
        check("Godkendt.", "Godkendt.", &[]);
        check("Godkendt.\n\nAfbud fra Karl Bukh og Lis Krog.", "Godkendt.", &["Karl Bukh", "Lis Krog"]);
        check("Godkendt.\n\nKarl Bukh var fraværende.", "Godkendt.", &["Karl Bukh"]);
        check("Fraværende: Karl Bukh (kom kl. 15.30)\n\nGodkendt.", "Godkendt.", &[]);
        check(
            "Ida Holm var fraværende under punktet.\nGodkendt.",
            "Ida Holm var fraværende under punktet.\nGodkendt.",
            &[],
        );
        check("Godkendt.\nFraværende Lis Krog", "Godkendt.", &["Lis Krog"]);
        check("Fraværende Lis Krog\nGodkendt.", "Godkendt.", &["Lis Krog"]);
        check("Fraværende medlemmer er valgt.", "Fraværende medlemmer er valgt.", &[]);
        check("Afbud fra foreningen.\nGodkendt.", "Afbud fra foreningen.\nGodkendt.", &[]);
    }

    #[test]
    fn who_stood_in_is_told() {
        let stood_in = [("Per Toft".to_owned(), Some("Karl Bukh".to_owned()))];
        for line in [
            "Karl Bukh (V) var fraværende. Som stedfortræder deltog Per Toft (V).",
            "Per Toft deltog i mødet i stedet for Karl Bukh.",
            "Afbud: Karl Bukh - Per Toft mødte som stedfortræder.",
            "Fraværende: Per Toft deltog i mødet i stedet for Karl Bukh",
            "Fraværende: Karl Bukh. Som stedfortræder deltog Per Toft.",
            "Fraværende: Karl Bukh (V). Som stedfortræder for Karl Bukh deltog Per Toft (V).",
            "Fraværende: Karl Bukh. I stedet for Karl Bukh deltog Per Toft",
            "Fraværende: Karl Bukh. I stedet for Karl deltog Per Toft",
            "Fraværende: Karl Bukh. I stedet deltog Per Toft.",
            "Fraværende: Karl Bukh. I hans sted mødte Per Toft.",
            "Fraværende: Karl Bukh. Per Toft deltog som stedfortræder for Karl Bukh.",
            "Fraværende: Karl Bukh. Per Toft (V) deltog som stedfortræder.",
            "Fraværende: Karl Bukh, i stedet deltog Per Toft.",
            "Fraværende: Karl Bukh; stedfortræder: Per Toft",
            "Fraværende: Karl Bukh. Stedfortræder: Per Toft.",
            "Fraværende: Karl Bukh (stedfortræder: Per Toft)",
            "Fraværende: Karl Bukh (Per Toft deltog som stedfortræder)",
            "Fraværende: Karl Bukh, for hvem Per Toft deltog.",
            "Afbud fra Karl Bukh. Som suppleant mødte Per Toft.",
            "I stedet for Karl Bukh deltog Per Toft.",
            "Som stedfortræder for Karl Bukh mødte Per Toft.",
            "Per Toft deltog som stedfortræder for Karl Bukh.",
            "Fraværende: Karl Bukh\nSom stedfortræder deltog Per Toft.",
        ] {
            let found = check(&format!("{line}\n\nGodkendt."), "Godkendt.", &["Karl Bukh"]);
            assert_eq!(found, stood_in, "{line}");
        }
    }

    #[test]
    fn who_is_present_as_a_substitute_is_told() {
        let line = |text| vec![Line { number: 1, text }];
        let present = line("Ida Holm, Per Toft (stedfortræder for Karl Bukh)");
        let told = from_header(&Header { present, absent: line("Karl Bukh"), ..Header::default() });
        assert_eq!(told.present, ["Ida Holm", "Per Toft"]);
        assert_eq!(told.absent, ["Karl Bukh"]);
        let [one] = told.substitutes.as_slice() else { panic!("{told:?}") };
        assert_eq!((one.person.as_str(), one.stands_in_for.as_deref()), ("Per Toft", Some("Karl Bukh")));
    }

    /// A line of a header, and who was there and who was not by it.
    #[test]
    fn a_header_tells_it_under_several_labels() {
        for (line, present, absent) in [
            ("Fravær: Ida Holm (F). Stedfortræder: Per Toft (F)", "", "Ida Holm"),
            ("Ikke til stede: Ida Holm (V), Bo Dahl (F)", "", "Ida Holm, Bo Dahl"),
            ("Afbud fra Ida Holm og Bo Dahl", "", "Ida Holm, Bo Dahl"),
            ("Afbud fra: Ida Holm", "", "Ida Holm"),
            ("Tilstedeværende: Ida Holm, Bo Dahl og Lis Krog.", "Ida Holm, Bo Dahl, Lis Krog", ""),
            ("Afbud fra foreningen.", "", ""),
            ("Deltagere: Ida Holm (A), Bo Dahl (V), afbud, Lis Krog (F)", "Ida Holm, Lis Krog", "Bo Dahl"),
            ("Deltagere: Ida Holm, Bo Dahl (afbud)", "Ida Holm", "Bo Dahl"),
            ("Deltagere: Ida Holm, Bo Dahl\nAfbud: Bo Dahl", "Ida Holm", "Bo Dahl"),
        ] {
            let head =
                format!("Udvalg: Kulturudvalget\nMødedato: 12. august 2020\nMødested: Salen\n{line}\n");
            let item = "\nDagsordenpunkter\n\n1. Vejplan\n\nSagsnr.: 00.22.00-A00-1-20 Sagsbehandler: Lis Brix\n\nVejplan\n\nSagsresume\n\nVejene.\n\nBeslutning\n\nGodkendt.\n";
            let told = crate::parse(&(head + item)).0.attendance;
            assert_eq!(
                (told.present.join(", ").as_str(), told.absent.join(", ").as_str()),
                (present, absent),
                "{line}"
            );
        }
    }

    /// The value of a header's label, and who was absent by it.
    #[test]
    fn who_was_there_in_part_or_stood_in_was_not_absent() {
        for (value, absent, stood_in) in [
            ("Ida Holm (A) og Bo Dahl (B); i stedet mødte Per Toft (A)", "Ida Holm, Bo Dahl", "Per Toft"),
            (
                "Ida Holm (A) og Bo Dahl, i deres sted mødte Per Toft og Lis Krog",
                "Ida Holm, Bo Dahl",
                "Per Toft, Lis Krog",
            ),
            ("Ida Holm (A) - som stedfortræder deltog Per Toft", "Ida Holm", "Per Toft"),
            ("Ida Holm (V) fra kl. 17.30, Bo Dahl (F)", "Bo Dahl", ""),
            ("Ida Holm fra kl. 17.30 og Bo Dahl", "Bo Dahl", ""),
            ("Ida Holm (V), fra punkt 4", "", ""),
            ("Ida Holm (V) deltog ikke under punkt 3", "", ""),
            ("Ida Holm deltog ikke i behandlingen af pkt. 3", "", ""),
            ("Bo Dahl (F). Ida Holm (V) deltog ikke under punkt 3.", "Bo Dahl", ""),
            ("Ida Holm (V) og Bo Dahl (F) (orlov)", "Ida Holm, Bo Dahl", ""),
        ] {
            let away = people(value);
            let came: Vec<String> = away.substitutes.into_iter().map(|found| found.person).collect();
            assert_eq!(
                (away.absent.join(", ").as_str(), came.join(", ").as_str()),
                (absent, stood_in),
                "{value}"
            );
        }
    }

    /// The value of a header's label that names who came instead, beside one that names two who did not.
    #[test]
    fn a_label_may_name_who_stood_in() {
        let told = |value: &'static str| {
            let line = |text| vec![Line { number: 1, text }];
            let (absent, substitutes) = (line("Karl Bukh (V), Lis Krog (A)"), line(value));
            let told = from_header(&Header { absent, substitutes, ..Header::default() });
            assert_eq!(told.absent, ["Karl Bukh", "Lis Krog"], "{value}");
            let tie = |one: Substitute| (one.person, one.stands_in_for.unwrap_or_default());
            told.substitutes.into_iter().map(tie).collect::<Vec<_>>()
        };
        let (per, bo) = ("Per Toft".to_owned(), "Bo Dahl".to_owned());
        let (karl, lis) = ("Karl Bukh".to_owned(), "Lis Krog".to_owned());
        assert_eq!(
            told("Per Toft (V) og Bo Dahl"),
            [(per.clone(), String::new()), (bo.clone(), String::new())]
        );
        for each in [
            "Per Toft (V) for Karl Bukh (V), Bo Dahl for Lis Krog",
            "Per Toft for Karl Bukh og Bo Dahl for Lis Krog.",
            "Per Toft (for Karl Bukh), Bo Dahl (stedfortræder for Lis Krog)",
        ] {
            assert_eq!(told(each), [(per.clone(), karl.clone()), (bo.clone(), lis.clone())], "{each}");
        }
        assert_eq!(told("Per Toft i stedet for Karl Bukh"), [(per, karl)]);
        assert_eq!(told("Ingen"), []);
        assert_eq!(told("blev ikke indkaldt"), []);
    }

    #[test]
    fn the_table_holds() {
        let list = |names: Vec<String>| if names.is_empty() { "-".to_owned() } else { names.join(", ") };
        let mut differ = Vec::new();
        for row in include_str!("../../tests/attendance.txt").lines().filter(|row| !row.starts_with('#')) {
            let (lines, expected) = row.split_once(" | ").unwrap();
            let (place, lines) = lines.split_once(" > ").unwrap();
            let lines = lines.replace('¶', "\n");
            let (header, decision) =
                if place == "H" { (lines.as_str(), "Godkendt.") } else { ("", lines.as_str()) };
            let text = format!(
                "Referat\nKulturudvalget\n\nMødedato: 28. november 2023\nMødested: Salen\n{header}\n\n1. Vejplan\n\nSagsnr.: 23/117\n\nBeslutning\n{decision}\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
            );
            let document = crate::parse(&text).0;
            let told = document.attendance;
            let came: Vec<String> = told
                .substitutes
                .into_iter()
                .map(|one| format!("{} for {}", one.person, one.stands_in_for.unwrap_or_default()))
                .collect();
            let came = if came.is_empty() { "-".to_owned() } else { came.join("; ") };
            let found = format!("{} | {} | {came}", list(told.present), list(told.absent));
            let first = document.items[0].decision.as_ref().map(|decision| decision.text.as_str());
            if found != expected || first != Some("Godkendt.") {
                differ.push(format!("{row}\n    found: {found}, {first:?}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    #[test]
    fn several_stand_in_for_several() {
        let two = ["Karl Bukh", "Lis Krog"];
        let nobody = check(
            "Fraværende: Karl Bukh og Lis Krog. Som stedfortrædere deltog Per Toft og Bo Dahl.\nGodkendt.",
            "Godkendt.",
            &two,
        );
        assert_eq!(nobody, [("Per Toft".to_owned(), None), ("Bo Dahl".to_owned(), None)]);
        let each = check(
            "Fraværende: Karl Bukh og Lis Krog. I stedet for Karl Bukh deltog Per Toft. I stedet for Lis Krog deltog Bo Dahl.\nGodkendt.",
            "Godkendt.",
            &two,
        );
        let of = |who: &str, absent: &str| (who.to_owned(), Some(absent.to_owned()));
        assert_eq!(each, [of("Per Toft", "Karl Bukh"), of("Bo Dahl", "Lis Krog")]);
        check("Fraværende: Karl Bukh. Per Toft ankom kl. 15.30.\nGodkendt.", "Godkendt.", &["Karl Bukh"]);
        check(
            "Fraværende: Karl Bukh. Per Toft deltog ikke som stedfortræder.\nGodkendt.",
            "Godkendt.",
            &["Karl Bukh"],
        );
        check("Som stedfortræder skal Per Toft udpeges.", "Som stedfortræder skal Per Toft udpeges.", &[]);
    }

    #[test]
    fn a_line_with_body_and_day_is_no_decision() {
        check("Ældrerådet, den 13. februar 2019:\n\nDrøftet.", "Drøftet.", &[]);
        check("Ældrerådet den 13. februar 2019\nGodkendt.", "Godkendt.", &[]);
        check(
            "Beslutning i Ældrerådet den 13. februar 2019:\nAfbud: Ida Holm\nGodkendt.",
            "Godkendt.",
            &["Ida Holm"],
        );
        check("Byrådet, den 6. februar 2019:\nGodkendt.", "Byrådet, den 6. februar 2019:\nGodkendt.", &[]);
        check("Ældrerådet, den 13. februar 2019:", "Ældrerådet, den 13. februar 2019:", &[]);
    }
}
