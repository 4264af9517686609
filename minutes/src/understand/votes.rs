//! The vote that a decision records: how many, and who, on each side.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::{Captures, Match};

use super::decision::{after_motion, before_fallen, ends, turns_down};
use super::number;
use super::text::sentences;
use crate::model::{Outcome, SectionKind, Votes};
use crate::segment::Line;
use crate::{Pattern, cued, pattern};

/// A count: figures, or a number in words.
static COUNT: LazyLock<String> = LazyLock::new(|| format!(r"(\d{{1,3}}|{})", *number::WORDS));

/// How a side is called where nobody was for or against.
const NEITHER: &str =
    r"hverken ?/ ?eller|hverken for eller i?mod|undlod(?: at stemme)?|undlader(?: at stemme)?|blankt?";

/// Those of a side in parentheses, in which their parties may stand in parentheses too.
const LIST: &str = r"(?: ?\(((?:[^()]|\([^()]*\))*)\))?";

/// Words that may follow a count.
const VOTES: &str = r"(?:stemmer |stemte |medlemmer (?:stemte )?)?";

/// `med 34 stemmer imod 15`, `med 14 stemmer (A, B) mod 13 (V)`, `Vedtaget 15 mod 10`: those who carried it are named first.
static AGAINST_EACH_OTHER: LazyLock<Pattern> = LazyLock::new(|| {
    let source = format!(
        r"(?i)\b(?:med|vedtaget|godkendt|tiltrådt|forkastet|afvist|nedstemt),? \(?{0}(?: stemmer)?(?: for)?{LIST} i?mod {0}\b(?: stemmer)?{LIST}",
        *COUNT
    );
    cued("(?i)mod", &source)
});

/// `12 stemte for og 13 imod`, `5 stemmer for (A), 2 imod (V)`.
static FOR_AND_AGAINST: LazyLock<Pattern> = LazyLock::new(|| {
    let source = format!(r"(?i)\b{0} {VOTES}for\b{LIST}[^.\n]{{0,80}}?\b{0} {VOTES}i?mod\b{LIST}", *COUNT);
    cued("(?i)mod", &source)
});

/// One side by itself: `9 stemmer imod (F og Ø)`, `Et flertal på 5 (A, V) stemte for`.
static ONE_SIDE: LazyLock<Pattern> = LazyLock::new(|| {
    let source = format!(r"(?i)\b{0}{LIST} (?:medlemmer )?(?:stemmer|stemte) (for|i?mod)\b{LIST}", *COUNT);
    cued("(?i)stem", &source)
});

/// How many carried it, and nothing of the others: `Vedtaget med 25 stemmer.`
static CARRIED_BY: LazyLock<Pattern> =
    LazyLock::new(|| cued("(?i)stemmer", &format!(r"(?i)\bmed {0} stemmer{LIST}(?:$|[.,;])", *COUNT)));

/// `Vedtaget 22-5`, `Vedtaget med stemmerne 10-8-1`: for, against, neither. A row of points counts upwards, and a day goes on.
static SCORE: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        r"\d ?[-–] ?\d",
        r"(?i)\b(?:vedtaget|godkendt|tiltrådt|forkastet|afvist|nedstemt)(?: med)?(?: stemme(?:rne|tallene))? (\d{1,3}) ?[-–] ?(\d{1,3})(?: ?[-–] ?(\d))?(?:[.,;]?$|[.,;]? \p{L})",
    )
});

/// `1 hverken for eller imod`, `2 undlod at stemme (O)`, `1 (C) undlod at stemme`.
static COUNTED_NEITHER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"(?i)\b{}{LIST} (?:medlem(?:mer)? |stemte |stemmer )?(?:{NEITHER}){LIST}", *COUNT))
});

/// A side, then its count or its voters: `For stemte: A og B`, `Imod: 6 (C)`, `For 9 (O, C, L)`, `Følgende undlod at stemme: Ø`.
static SIDE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)(?:^[•\-–\s]*|[.;,:)] +|\bog )(?:(?:følgende|der) )?(for|i?mod|{neither})",
            r"\b(?: (?:\p{{L}}+ ){{0,3}}?(stemte|stemmer))?\s*(:)?\s*(?:{count}\b)?"
        ),
        neither = NEITHER,
        count = *COUNT
    ))
});

/// Who, then the side: `Venstre stemte imod`, `A og B undlod at stemme`.
static VOTED: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "(?i)stem|undl",
        r"(?i)\b(?:stemte (for|i?mod|blankt|hverken for eller i?mod)\b|(undl(?:od|ader)(?: at stemme\b|\.?$)))",
    )
});

/// A majority, with those who made it: `Et flertal (A+V)`, `Et flertal bestående af A og V`.
static MAJORITY: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "(?i)flertal",
        r"(?i)\b(?:et )?flertal(?:let)?(?: bestående af ([^.;]{1,120}?)(?: stem\p{L}+|[.;]|$)| ?\(([^)]{1,80})\))?",
    )
});

/// What makes a sentence one about a vote, where it has no counts of both sides.
static VOTE_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bstemmer i?mod\b|(?:^\s*|: )(?:for|i?mod)(?: (?:\p{L}+ ){0,3}?stemte\b|\s*:)|^hverken for eller i?mod\b|^(?:undlod|blankt?)\s*:|\bundl(?:od|ader) at stemme\b|\bstemte (?:for|i?mod|blankt|hverken)\b|\bet flertal\b|^flertallet\b",
    )
});

/// Words before those who voted that are no part of their names, in lower case.
const NOT_A_VOTER: [&str; 14] = [
    "et flertal bestående af",
    "et mindretal bestående af",
    "flertallet bestående af",
    "mindretallet bestående af",
    "udvalgsmedlem",
    "udvalgsmedlemmerne",
    "byrådsmedlem",
    "byrådsmedlemmerne",
    "mindretallet",
    "flertallet",
    "et mindretal",
    "et flertal",
    "følgende",
    "gruppen",
];

/// Words that begin a clause with voters of its own.
const CLAUSES: [&str; 4] = [" idet ", " mens ", " men ", " hvor "];

/// More words than this are no party and no person.
const MOST_WORDS: usize = 6;

/// Words after which a voter's reason stands.
const REASONS: [&str; 6] = [" med ", " fordi ", " idet ", " da ", " på grund ", " under "];

/// Words of names that begin low: particles, and parts of parties' names.
const LOW: [&str; 22] = [
    "af",
    "al",
    "borgerlige",
    "de",
    "del",
    "den",
    "der",
    "det",
    "el",
    "folkeparti",
    "for",
    "frie",
    "konservative",
    "la",
    "le",
    "liberale",
    "liste",
    "nye",
    "parti",
    "radikale",
    "uden",
    "von",
];

/// First words that stand for nobody.
const NOBODY: [&str; 2] = ["Ingen", "Intet"];

/// How many a party was: `LA (11)`.
static COUNTED: LazyLock<Pattern> = LazyLock::new(|| pattern(r" ?\((\d{1,3})\)$"));

/// What may stand before and after voters.
const BETWEEN: [char; 5] = [' ', ':', ',', ';', '.'];

/// What stands between two voters.
static LISTED: LazyLock<Pattern> = LazyLock::new(|| pattern(r" ?\+ ?|,\s*(?:og |samt )?| og | samt "));

/// A motion beside the matter itself, whose vote is not the matter's.
static MOTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ændrings|mod|under)forslag|\balternativ\p{L}* indstilling|\b(?:stillede|stiller|fremsatte) (?:\p{L}+ ){0,3}forslag|\bforeslog\b|\bforslag(?:et)? om (?:udsættelse|at udsætte|at sende)",
    )
});

/// What the matter itself is called, where a motion was told before.
static MATTER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bindstilling(?:en|erne)?\b|\bhovedforslag|\bændrede forslag"));

/// Parts of words, one of which stands wherever a vote is told in words.
const CUES: [&str; 8] = ["stem", "temte", "mod", "Mod", "lertal", "verken", "ndl", "lank"];

/// A vote, and the lines that tell it.
#[derive(Default)]
struct Ballot<'t> {
    votes: Votes,
    told: Vec<&'t str>,
}

/// The vote that a decision's text records; None when it records none, or only that of a motion beside what was decided.
pub(super) fn votes(text: &str) -> Option<Votes> {
    // Asked of every decision, and most are not voted on.
    if !CUES.iter().any(|cue| text.contains(cue)) && !SCORE.is_match(text) {
        return None;
    }
    let lines: Vec<Line<'_>> = text.lines().map(|text| Line { number: 0, text }).collect();
    let (mut own, mut motion) = (Ballot::default(), Ballot::default());
    let (mut in_motion, mut is_decided) = (false, false);
    for line in &lines {
        for sentence in sentences(SectionKind::Decision, std::slice::from_ref(line)) {
            let (sentence, is_after) = after_motion(before_fallen(&sentence.text));
            if !is_after && MOTION.is_match(sentence) && !amends(sentence) {
                in_motion = true;
            } else if is_after
                || MATTER.is_match(sentence)
                || (ends(sentence) && !(in_motion && is_of_motion(sentence)))
            {
                in_motion = false;
                is_decided |= ends(sentence);
            }
            let ballot = if in_motion { &mut motion } else { &mut own };
            if read(sentence, &mut ballot.votes) && ballot.told.last() != Some(&line.text.trim()) {
                ballot.told.push(line.text.trim());
            }
        }
    }
    let ballot = if own.told.is_empty() && !is_decided { motion } else { own };
    let text = ballot.told.join("\n");
    (!text.is_empty()).then_some(Votes { text, ..ballot.votes })
}

/// Whether the sentence says that the matter itself was adopted with a change: `Det således ændrede forslag …`.
fn amends(sentence: &str) -> bool {
    sentence.contains("ændrede forslag")
}

/// Whether a sentence goes on about a motion told before it.
fn is_of_motion(sentence: &str) -> bool {
    ["Forslaget", "Det ", "Dette"].iter().any(|start| sentence.starts_with(start))
}

/// What the counts alone say of a recommendation that was voted on; None where a count is missing, both are the same, or it was
/// something else that was voted on.
pub(super) fn outcome(votes: &Votes) -> Option<Outcome> {
    let (in_favour, against) = (votes.in_favour?, votes.against?);
    let is_of_recommendation = votes.text.to_lowercase().contains("indstilling");
    match in_favour.cmp(&against) {
        Ordering::Greater if is_of_recommendation => Some(Outcome::Approved),
        Ordering::Less if is_of_recommendation => Some(Outcome::Rejected),
        _ => None,
    }
}

/// Puts what one sentence tells into `votes`; whether it tells anything.
fn read(sentence: &str, votes: &mut Votes) -> bool {
    if let Some((in_favour, against)) = both_sides(sentence) {
        // Another vote than the one told before.
        if votes.in_favour.is_some() || votes.against.is_some() {
            *votes = Votes::default();
        }
        (votes.in_favour, votes.for_by) = in_favour;
        (votes.against, votes.against_by) = against;
        read_neither(sentence, votes);
        return true;
    }
    let mut is_one_side = false;
    for found in ONE_SIDE.captures_iter(sentence) {
        let (count, voters) = votes.of(Side::of(&found[3]));
        *count = number::read(&found[1]);
        voters.extend(listed(found.get(2)).into_iter().chain(listed(found.get(4))));
        is_one_side = true;
    }
    if is_one_side {
        read_neither(sentence, votes);
        return true;
    }
    if let Some(found) = CARRIED_BY.captures(sentence) {
        let side = if turns_down(sentence) { Side::Against } else { Side::For };
        let (count, voters) = votes.of(side);
        *count = number::read(&found[1]);
        voters.extend(listed(found.get(2)));
        return true;
    }
    let sides: Vec<_> = SIDE
        .captures_iter(sentence)
        .filter(|found| found.get(2).or(found.get(3)).or(found.get(4)).is_some())
        .collect();
    let has = |wanted: Side| sides.iter().any(|found| Side::of(&found[1]) == wanted);
    let is_about_a_vote = VOTE_WORDS.is_match(sentence);
    if !sides.is_empty() && (is_about_a_vote || has(Side::For) && has(Side::Against)) {
        for (at, found) in sides.iter().enumerate() {
            let end = sides.get(at + 1).map_or(sentence.len(), |next| next.get(1).map_or(0, |it| it.start()));
            let start = found.get(0).map_or(0, |it| it.end()).min(end);
            let (count, voters) = votes.of(Side::of(&found[1]));
            let list = first_list(&sentence[start..end]);
            let counted = || found.get(4).and_then(|it| number::read(it.as_str())).or_else(|| summed(list));
            *count = count.or_else(counted);
            voters.extend(voters_in(list));
        }
        read_neither(sentence, votes);
        return true;
    }
    // `A og B stemte for, mens C stemte imod`: each side stands before its word.
    let mut from = 0;
    for found in VOTED.captures_iter(sentence) {
        let side = found.get(1).or(found.get(2)).map_or(Side::Neither, |it| Side::of(it.as_str()));
        let (start, end) = found.get(0).map_or((from, from), |it| (it.start(), it.end()));
        let before = &sentence[from..start];
        let clause = CLAUSES.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len())).max();
        let before = clause.map_or(before, |start| &before[start..]).trim_start_matches(BETWEEN);
        votes.of(side).1.extend(voters_in(before.strip_prefix("og ").unwrap_or(before)));
        from = end;
    }
    if from > 0 {
        return true;
    }
    if COUNTED_NEITHER.is_match(sentence) {
        read_neither(sentence, votes);
        return true;
    }
    if let Some(voters) = MAJORITY.captures(sentence).and_then(|found| found.get(1).or(found.get(2))) {
        let side = if turns_down(sentence) { Side::Against } else { Side::For };
        votes.of(side).1.extend(voters_in(voters.as_str()));
    }
    is_about_a_vote
}

/// How many a side had, and who.
type Count = (Option<u32>, Vec<String>);

/// Those for and those against, where a sentence counts both.
fn both_sides(sentence: &str) -> Option<(Count, Count)> {
    let counts = |found: &Captures<'_>| {
        let side = |count: usize| (number::read(&found[count]), listed(found.get(count + 1)));
        (side(1), side(3))
    };
    if let Some((stated, other)) = AGAINST_EACH_OTHER.captures(sentence).map(|found| counts(&found)) {
        // "forkastet med 39 stemmer imod 5", "faldt med 3 stemmer mod 4": the larger number is against.
        let is_swapped = turns_down(sentence) && stated.0 > other.0;
        return Some(if is_swapped { (other, stated) } else { (stated, other) });
    }
    if let Some(found) = FOR_AND_AGAINST.captures(sentence) {
        return Some(counts(&found));
    }
    let found = SCORE.captures(sentence)?;
    let (first, second) = (number::read(&found[1]), number::read(&found[2]));
    let (more, fewer) = ((first.max(second), Vec::new()), (first.min(second), Vec::new()));
    let (is_down, has_neither) = (turns_down(sentence), found.get(3).is_some());
    // Those for may be named first of what fell, but "Afvist 8-10" is a row of points.
    let is_vote = first > second || (first < second && is_down && has_neither);
    is_vote.then_some(if is_down { (fewer, more) } else { (more, fewer) })
}

/// Those who voted neither for nor against, where a sentence counts them.
fn read_neither(sentence: &str, votes: &mut Votes) {
    if let Some(third) = SCORE.captures(sentence).and_then(|found| found.get(3)) {
        votes.abstained = number::read(third.as_str());
        return;
    }
    let Some(found) = COUNTED_NEITHER.captures(sentence) else { return };
    votes.abstained = votes.abstained.or_else(|| number::read(&found[1]));
    if votes.abstained_by.is_empty() {
        votes.abstained_by = listed(found.get(2)).into_iter().chain(listed(found.get(3))).collect();
    }
}

fn listed(list: Option<Match<'_>>) -> Vec<String> {
    list.map_or_else(Vec::new, |list| voters_in(list.as_str()))
}

/// How many a list of parties was together; None unless each has its count.
fn summed(list: &str) -> Option<u32> {
    let list = list.trim_matches(BETWEEN);
    let (mut sum, mut start) = (0, 0);
    for (end, next) in
        LISTED.find_iter(list).map(|it| (it.start(), it.end())).chain([(list.len(), list.len())])
    {
        let count = COUNTED.captures(list[start..end].trim_end_matches(BETWEEN))?;
        sum += number::read(&count[1])?;
        start = next;
    }
    Some(sum)
}

/// A list in parentheses that begins a text, and nothing after it; else all of the text.
fn first_list(text: &str) -> &str {
    let text = text.trim_start();
    let mut open = 0;
    for (at, c) in text.char_indices() {
        open += i32::from(c == '(') - i32::from(c == ')');
        if open == 0 {
            return if at == 0 { text } else { &text[..=at] };
        }
    }
    text
}

/// What somebody voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    For,
    Against,
    Neither,
}

impl Side {
    fn of(word: &str) -> Self {
        match word.to_lowercase().as_str() {
            "for" => Self::For,
            "imod" | "mod" => Self::Against,
            _ => Self::Neither,
        }
    }
}

impl Votes {
    /// The count and the voters of a side.
    fn of(&mut self, side: Side) -> (&mut Option<u32>, &mut Vec<String>) {
        match side {
            Side::For => (&mut self.in_favour, &mut self.for_by),
            Side::Against => (&mut self.against, &mut self.against_by),
            Side::Neither => (&mut self.abstained, &mut self.abstained_by),
        }
    }
}

/// Parties and people in a list (`A, B og F`, `A+V`, `20 (Ida Holm (A), Bo Lund (V))`), as printed. Empty where anything else stands
/// among them: then it is no list of those who voted.
fn voters_in(list: &str) -> Vec<String> {
    let list = list.trim_matches(BETWEEN);
    let list = list.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(list);
    let mut voters = Vec::new();
    let mut start = 0;
    let betweens = LISTED.find_iter(list).map(|between| (between.start(), between.end()));
    for (end, next) in betweens.chain([(list.len(), list.len())]) {
        match voter(&list[start..end]) {
            Some(voter) => voters.push(voter),
            None if list[start..end].trim_matches(BETWEEN).is_empty() => {}
            None => return Vec::new(),
        }
        start = next;
    }
    voters
}

/// One entry of such a list; None for what is neither a party nor a person.
fn voter(entry: &str) -> Option<String> {
    let mut entry = entry.trim_matches(BETWEEN);
    for word in NOT_A_VOTER {
        if entry.get(..word.len()).is_some_and(|start| start.to_lowercase() == word) {
            entry = entry[word.len()..].trim();
        }
    }
    if let Some(bare) = entry.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        entry = bare;
    }
    let bare = entry.strip_prefix("liste ").filter(|letter| letter.starts_with(char::is_uppercase));
    let entry = up_to_reason(bare.unwrap_or(entry));
    let entry = COUNTED.find(entry).map_or(entry, |count| &entry[..count.start()]).trim();
    let mut outside = entry;
    let mut words = 0;
    while let Some((before, rest)) = outside.split_once('(') {
        words += names_in(before)?;
        outside = rest.split_once(')')?.1;
    }
    words += names_in(outside)?;
    let is_name = entry.starts_with(char::is_uppercase) && words <= MOST_WORDS;
    // What ended the list is the last initial's own.
    let full_stop = if is_initials(entry) { "." } else { "" };
    let is_nobody = NOBODY.contains(&entry.split(' ').next().unwrap_or_default());
    (is_name && !is_nobody).then(|| format!("{entry}{full_stop}"))
}

/// Whether an entry is initials without their last full stop: `A.B`.
fn is_initials(entry: &str) -> bool {
    let is_letter = |part: &str| part.chars().count() == 1 && part.starts_with(char::is_uppercase);
    entry.contains('.') && entry.split('.').all(is_letter)
}

/// How many words a name has; None where one of them is no part of a name.
fn names_in(text: &str) -> Option<usize> {
    let is_part = |word: &str| {
        let starts = word.starts_with(|c: char| c.is_uppercase() || c == '"');
        (starts && !word.contains(|c: char| c.is_ascii_digit())) || LOW.contains(&word)
    };
    text.split_whitespace()
        .try_fold(0, |words, word| is_part(word.trim_matches(BETWEEN)).then_some(words + 1))
}

/// An entry up to a parenthesis that closes more than was opened, and up to why somebody voted so.
fn up_to_reason(entry: &str) -> &str {
    let mut open = 0;
    let closes = entry.char_indices().find(|(_, c)| {
        open += i32::from(*c == '(') - i32::from(*c == ')');
        open < 0
    });
    let entry = closes.map_or(entry, |(at, _)| &entry[..at]);
    let reason = REASONS.iter().filter_map(|word| entry.find(word)).min();
    reason.map_or(entry, |at| &entry[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A decision's text; for, against, neither; who on each side.
    const VOTES: &str = include_str!("../../tests/votes.txt");

    #[test]
    fn each_side_has_its_count_and_its_voters() {
        for row in VOTES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let found = votes(&text.replace('¶', "\n"));
            let side = |count: Option<u32>, by: &[String]| match (count, by.is_empty()) {
                (None, true) => "-".to_owned(),
                (None, false) => by.join("+"),
                (Some(count), true) => count.to_string(),
                (Some(count), false) => format!("{count} {}", by.join("+")),
            };
            let found = found.map_or_else(
                || "none".to_owned(),
                |it| {
                    let sides = [
                        (it.in_favour, &it.for_by),
                        (it.against, &it.against_by),
                        (it.abstained, &it.abstained_by),
                    ];
                    sides.map(|(count, by)| side(count, by)).join("; ")
                },
            );
            assert_eq!(found, expected, "{text}");
        }
    }
}
