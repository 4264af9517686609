//! Where items begin. Each way of beginning one is a hypothesis, judged by what the text does under it: numbers that rise by one,
//! headings or a case number that follow, lines of their own. The best wins.

use super::facts::{Fact, Facts};
use super::head::Head;
use super::headings::Weight;
use super::numbering::Numbering::Figures;
use super::previous_text;
use super::styles::{STYLES, Style};
use super::titles::{
    STANDING_TITLES, bare, is_status, is_title_of_number, title_above_text, title_after, title_before,
    title_below_text, without_page,
};
use crate::model::SectionKind;
use crate::segment::Line;
use crate::segment::closed::{bracketed, is_closed, is_closed_line, leads_closed, lettered, state};

/// A longer line is a sentence, in bytes.
const LONGEST_TITLE: usize = 400;

/// More numbered lines than any meeting has are not looked at: no text can make the search crawl.
const MOST_CANDIDATES: usize = 2_000;

/// Points: a heading or a label of an item follows before the next number.
const HAS_BODY: i32 = 6;
/// It follows within a few lines.
const SOON: i32 = 2;
/// It is of the sort that follows most numbers.
const LIKE_THE_OTHERS: i32 = 2;
/// The line begins a paragraph.
const OWN_PARAGRAPH: i32 = 2;
/// The item is marked closed, or bears the name of an item that has no sections.
const STANDING: i32 = 3;
/// The number is one more than that of the item before.
const RISES_BY_ONE: i32 = 2;
/// The line stands between a recommendation and its decision: a row of a list.
const IN_RECOMMENDATION: i32 = -7;
/// A list of contents has the title under the same number.
const IN_CONTENTS: i32 = 4;
/// Lines that count as a few.
const FEW_LINES: usize = 4;

/// A numbered line that may begin an item.
#[derive(Debug, Clone, Copy)]
struct Candidate<'t> {
    at: usize,
    /// The last line of the head: a number may be printed twice, a title over two lines.
    last: usize,
    rank: u32,
    printed: &'t str,
    title: Option<&'t str>,
    closed: bool,
}

/// The items' heads by the best hypothesis, in the order of the text; empty when none holds.
pub(super) fn find<'t>(lines: &[Line<'t>], facts: &Facts<'t>) -> Vec<Head<'t>> {
    let numbered = STYLES.iter().map(|style| numbered(lines, facts, style));
    let unnumbered = [by_case(lines, facts), by_sections(lines, facts)];
    let mut best: (i32, Vec<Head<'t>>) = (0, Vec::new());
    for (points, heads) in numbered.chain(unnumbered) {
        if points > best.0 {
            best = (points, heads);
        }
    }
    let (_, mut heads) = best;
    if !heads.is_empty() {
        add_missed(lines, facts, &mut heads);
        add_marked(lines, facts, &mut heads);
        take_letters(&mut heads);
        take_states(lines, facts, &mut heads);
    }
    heads
}

/// Items whose numbers are out of order, or counted in another way: after a decision, a numbered title with its own case number, or one
/// whose number the others leave out and under which sections begin.
fn add_missed<'t>(lines: &[Line<'t>], facts: &Facts<'t>, heads: &mut Vec<Head<'t>>) {
    let ranks: Vec<u32> = heads.iter().filter(|head| head.number.is_some()).map(|head| head.rank).collect();
    let (Some(low), Some(high)) = (ranks.iter().min().copied(), ranks.iter().max().copied()) else { return };
    let mut is_decided = false;
    let mut added: Vec<Head<'t>> = Vec::new();
    for at in 0..lines.len() {
        if heads.iter().any(|head| !head.listed_only && head.first == at) {
            is_decided = false;
        }
        is_decided |= facts.section(at) == Some(SectionKind::Decision);
        if !is_decided || facts.at(at) != Fact::Text || lines[at].text.len() > LONGEST_TITLE {
            continue;
        }
        let has_case = facts.at(at + 1) == Fact::Case;
        let is_free = at == 0 || lines[at - 1].is_blank();
        let is_headed = is_free
            && facts.first_proof(at + 1, lines.len()).is_some_and(|(_, distance)| distance <= FEW_LINES);
        if !has_case && !is_headed {
            continue;
        }
        let styles = STYLES.iter().filter(|style| style.counts());
        let mut candidates = styles.filter_map(|style| Some((style, candidate(lines, at, style)?)));
        let found = candidates.find_map(|(style, found)| {
            let is_new = !heads.iter().chain(&added).any(|head| head.number == Some(found.printed));
            let fits = || low < found.rank && found.rank < high && is_style_of(lines, heads, style);
            (is_new && found.title.is_some() && (has_case || fits())).then_some(found)
        });
        let found = found.map(|found| Head {
            first: at,
            last: at,
            number: Some(found.printed),
            rank: found.rank,
            title: found.title,
            closed: found.closed,
            listed_only: false,
        });
        if let Some(head) =
            found.or_else(|| figured(lines, facts, at, &heads.iter().chain(&added).collect::<Vec<_>>()))
        {
            added.push(head);
            is_decided = false;
        }
    }
    heads.append(&mut added);
    heads.sort_by_key(|head| head.first);
}

/// Fewer titles that begin with a letter by itself have it as a word of their own.
const ENOUGH_LETTERS: usize = 2;

/// Takes from titles the letter with which several begin: `L` for closed items, `Å` for open ones (`11. L Køb af grund`).
fn take_letters(heads: &mut [Head<'_>]) {
    let is_lettered = |head: &&Head<'_>| head.title.and_then(lettered).is_some();
    if heads.iter().filter(is_lettered).count() < ENOUGH_LETTERS {
        return;
    }
    for head in heads {
        if let Some((is_closed, title)) = head.title.and_then(lettered) {
            head.closed |= is_closed;
            head.title = Some(title);
        }
    }
}

/// Labels that say whether an item is open may stand right above its title (`Offentlighed: Lukket`): where one stands above the first
/// item, each is of the item below it, and not of the one before.
fn take_states(lines: &[Line<'_>], facts: &Facts<'_>, heads: &mut [Head<'_>]) {
    let above = |head: &Head<'_>| {
        let is_label = |at: &usize| {
            let is_section = matches!(facts.at(*at), Fact::Heading(_) | Fact::Case | Fact::Blank);
            !is_section && lines[*at].text.contains(':')
        };
        let rows = (0..head.first).rev().take(FEW_LINES).take_while(is_label);
        rows.filter(|at| facts.labels(*at).is_some_and(|labels| labels.closed.is_some())).last()
    };
    let own = |heads: &[Head<'_>]| heads.iter().position(|head| !head.listed_only);
    if own(heads).is_none_or(|first| above(&heads[first]).is_none()) {
        return;
    }
    for head in heads.iter_mut().filter(|head| !head.listed_only) {
        head.first = above(head).unwrap_or(head.first);
    }
}

/// The head of the item that comes next by its number, where its title begins with a figure and its sections right below: `2 1. behandling
/// af budget`. The number alone tells it, for a row of a table looks alike.
fn figured<'t>(lines: &[Line<'t>], facts: &Facts<'t>, at: usize, known: &[&Head<'t>]) -> Option<Head<'t>> {
    let text = lines[at].text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (printed, rest) = text.split_at(digits);
    let title = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(' ')?.trim_start();
    let is_title = title.starts_with(|c: char| c.is_ascii_digit())
        && title.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
        && !title.ends_with(['.', ',', ';', ':']);
    let rank = Figures.rank(printed).filter(|_| is_title && digits <= MOST_DIGITS)?;
    let next = super::next_text(lines, at + 1)?;
    let is_headed = facts.first_proof(next, next + 1).is_some();
    let own = known.iter().filter(|head| !head.listed_only && head.number.is_some());
    let before = own.clone().filter(|head| head.first < at).max_by_key(|head| head.first)?;
    let after = own.filter(|head| head.first > at).min_by_key(|head| head.first);
    let fits = Figures.is_next(before.rank, rank) && after.is_none_or(|after| rank < after.rank);
    let is_counted = before.number.is_some_and(|number| number.parse::<u32>().is_ok());
    (is_headed && fits && is_counted).then(|| Head {
        first: at,
        last: at,
        number: Some(printed),
        rank,
        title: Some(without_page(bare(title))),
        closed: is_closed(title),
        listed_only: false,
    })
}

/// A title that begins with a figure has so many letters; a row of figures has fewer.
const FEWEST_LETTERS: usize = 6;

/// An item's number has no more.
const MOST_DIGITS: usize = 3;

/// Whether most of the heads are of a style.
fn is_style_of(lines: &[Line<'_>], heads: &[Head<'_>], style: &Style) -> bool {
    let is_of = |head: &&Head<'_>| {
        (head.first..=head.last)
            .filter_map(|at| candidate(lines, at, style))
            .any(|found| head.number == Some(found.printed))
    };
    heads.iter().filter(is_of).count() * 2 > heads.len()
}

/// Closed items may begin in another way than their neighbours (`Lukket punkt 4. Titel` among `3. Titel`): a mark at the beginning
/// of a line is enough, one behind a title where its number fits between the neighbours' too.
fn add_marked<'t>(lines: &[Line<'t>], facts: &Facts<'t>, heads: &mut Vec<Head<'t>>) {
    let own = |heads: &[Head<'_>]| heads.iter().filter(|head| !head.listed_only).map(|head| head.first).min();
    let Some(first) = own(heads) else { return };
    let mut added: Vec<Head<'t>> = Vec::new();
    for at in 0..lines.len() {
        let is_free = matches!(facts.at(at), Fact::Text | Fact::Label | Fact::Case)
            && lines[at].text.len() <= LONGEST_TITLE
            && (at == 0 || lines[at - 1].is_blank())
            && !heads.iter().any(|head| (head.first..=head.last).contains(&at));
        let Some(mut head) = is_free.then(|| marked(lines, at, heads)).flatten() else { continue };
        // Before the first item it is a row of the contents, unless something proves it.
        head.listed_only = at < first && facts.first_proof(at + 1, first).is_none();
        added.push(head);
    }
    heads.append(&mut added);
    heads.sort_by_key(|head| head.first);
}

/// The head of a closed item that a line is by its mark.
fn marked<'t>(lines: &[Line<'t>], at: usize, heads: &[Head<'t>]) -> Option<Head<'t>> {
    let text = lines[at].text;
    let may_be_letter = text.trim_start().starts_with(CLOSED_LETTER);
    if !may_be_letter && !is_closed(text) && !text.contains("ukket") && !text.contains("UKKET") {
        return None;
    }
    let mut candidates = STYLES.iter().filter_map(|style| candidate(lines, at, style));
    if let Some(found) = candidates.find(|candidate| candidate.closed) {
        let before = heads.iter().rfind(|head| !head.listed_only && head.first < at);
        let after = heads.iter().find(|head| !head.listed_only && head.first > at);
        let fits = before.is_none_or(|head| head.rank < found.rank)
            && after.is_none_or(|head| head.rank == 0 || found.rank < head.rank);
        let is_taken = heads.iter().any(|head| head.number == Some(found.printed));
        let is_marked_first = leads_closed(text) || found.title.is_none_or(|title| !is_closed(title));
        let is_head = (fits && !is_taken) || (is_marked_first && !may_be_letter && !is_taken);
        return is_head.then_some(Head {
            first: at,
            last: at,
            number: Some(found.printed),
            rank: found.rank,
            title: found.title,
            closed: true,
            listed_only: false,
        });
    }
    let is_title = text.len() <= LONGEST_MARKED && !text.trim_end().ends_with(['.', ',', ';']);
    (is_title && leads_closed(text) && state(text).is_none()).then(|| Head {
        first: at,
        last: at,
        title: Some(bare(text)),
        closed: true,
        ..Head::default()
    })
}

/// Begins the number of a closed item in some systems: `L-4`.
const CLOSED_LETTER: char = 'L';

/// A longer line that begins with a mark is a sentence, in bytes.
const LONGEST_MARKED: usize = 160;

/// The heads of closed items from a line on where nothing else tells how items begin: the first line is one, whatever it says. Others
/// are known by their numbers, which go on from the first; but a row of a list inside a closed item must not become a title.
pub(super) fn closed_from<'t>(
    lines: &[Line<'t>],
    facts: &Facts<'t>,
    first: usize,
    end: usize,
) -> Vec<Head<'t>> {
    let closed =
        |at, number, title| Head { first: at, last: at, number, title, closed: true, ..Head::default() };
    let found = STYLES.iter().find_map(|style| Some((style, candidate(lines, first, style)?)));
    let Some((style, mut before)) = found else {
        let title = Some(bare(lines[first].text)).filter(|title| title.len() <= LONGEST_MARKED);
        return vec![closed(first, None, title)];
    };
    let mut heads = vec![closed(first, Some(before.printed), before.title)];
    let of_head = |at: usize| matches!(facts.at(at), Fact::Blank | Fact::Case | Fact::Label | Fact::Page);
    let only_titles = (first..end).all(|at| of_head(at) || candidate(lines, at, style).is_some());
    let is_proven = |at: usize| {
        let near = facts.first_proof(at + 1, end).is_some_and(|(_, distance)| distance <= FEW_LINES);
        near && (at == 0 || lines[at - 1].is_blank())
    };
    for at in first + 1..end {
        let next = candidate(lines, at, style).filter(|next| style.numbering.is_next(before.rank, next.rank));
        let Some(next) = next.filter(|next| only_titles || is_proven(before.at) && is_proven(next.at)) else {
            continue;
        };
        heads.push(closed(at, Some(next.printed), next.title));
        before = next;
    }
    heads
}

fn numbered<'t>(lines: &[Line<'t>], facts: &Facts<'t>, style: &Style) -> (i32, Vec<Head<'t>>) {
    let candidates: Vec<Candidate<'t>> = (0..lines.len())
        .filter(|at| facts.at(*at) != Fact::Blank && lines[*at].text.len() <= LONGEST_TITLE)
        .filter_map(|at| candidate(lines, at, style))
        .take(MOST_CANDIDATES)
        .collect();
    let candidates = joined(lines, facts, candidates);
    let listed = in_contents(lines, &candidates);
    let free: Vec<Candidate<'t>> = candidates
        .iter()
        .zip(&listed)
        .filter(|(_, listed)| !**listed)
        .map(|(candidate, _)| *candidate)
        .collect();
    let is_named = |candidate: &Candidate<'_>| {
        let mut rows = candidates.iter().zip(&listed).filter(|(_, listed)| **listed).map(|(row, _)| row);
        candidate.title.is_some()
            && rows.any(|row| {
                row.rank == candidate.rank && row.title.is_some() && alike(row.title, candidate.title)
            })
    };
    let free = own_paragraphs(lines, free);
    let in_list = in_lists(lines, &free);
    let free: Vec<Candidate<'t>> = free
        .into_iter()
        .zip(in_list)
        .filter(|(_, in_list)| !in_list)
        .map(|(candidate, _)| candidate)
        .collect();
    let own: Vec<i32> =
        free.iter().map(|candidate| if is_named(candidate) { IN_CONTENTS } else { 0 }).collect();
    let (points, chain) = best_chain(lines, facts, &free, style, &own);
    let is_proven = chain.iter().any(|at| has_body(facts, &free, *at).is_some())
        || (facts.is_unheaded_minutes && is_row_of_items(lines, &free, &chain));
    let ranks: Vec<u32> = chain.iter().map(|at| free[*at].rank).collect();
    if !is_proven || !style.numbering.may_number(&ranks) {
        return (0, Vec::new());
    }
    let chain: Vec<Candidate<'t>> = chain.into_iter().map(|at| free[at]).collect();
    let titles = Titles::of(lines, facts, &chain);
    let mut heads: Vec<Head<'t>> =
        chain.iter().map(|candidate| titles.head(lines, facts, candidate)).collect();
    for (candidate, _) in candidates.iter().zip(&listed).filter(|(_, listed)| **listed) {
        match heads.iter_mut().find(|head| head.number == Some(candidate.printed)) {
            Some(head) => {
                head.title = head.title.or(candidate.title);
                head.closed |= candidate.closed;
            }
            None => heads.push(Head {
                first: candidate.at,
                last: candidate.at,
                number: Some(candidate.printed),
                rank: candidate.rank,
                title: candidate.title,
                closed: candidate.closed,
                listed_only: true,
            }),
        }
    }
    (points, heads)
}

fn candidate<'t>(lines: &[Line<'t>], at: usize, style: &Style) -> Option<Candidate<'t>> {
    let (mark, text) = bracketed(lines[at].text).unwrap_or((false, lines[at].text));
    if !style.numbering.may_stand_in(text) {
        return None;
    }
    let found = style.form.captures(text)?;
    let number = found.name("n").or_else(|| found.name("m"))?;
    let mut title = found.name("t").map(|title| without_page(bare(title.as_str())));
    let mut state = found.name("s");
    if let (Some(word), Some(rest), Some(from)) = (state, title, found.name("t")) {
        // `Lukket punkt` may be all the title there is, but for a case number.
        let is_case = rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains(char::is_lowercase);
        let is_all = matches!(rest, "punkt" | "sag") || (is_case && word.start() > number.start());
        // `Lukket vej ved søen` is a title that begins with the word.
        let goes_on = word.start() > number.start()
            && !is_all
            && text[word.end()..from.start()].trim().is_empty()
            && rest.starts_with(char::is_lowercase);
        if is_all || goes_on {
            title = Some(bare(&text[word.start()..]));
        }
        state = state.filter(|_| !goes_on);
    }
    // `Punkt 4 (Lukket).` has its title elsewhere.
    let status = title.filter(|title| is_status(title));
    title = title.filter(|_| status.is_none());
    if let Some(title) = title {
        let glued_digit = found.name("t").is_some_and(|t| {
            text[..t.start()].ends_with(['.', ':']) && t.as_str().starts_with(|c: char| c.is_ascii_digit())
        });
        // Behind a mark stands a title, however it begins.
        let is_marked = state.is_some() && title.starts_with(char::is_lowercase);
        if glued_digit || !(is_marked || is_title_of_number(title)) {
            return None;
        }
    }
    let closed = mark
        || state.is_some_and(|state| matches!(state.as_str().to_lowercase().as_str(), "lukket" | "l"))
        || status.is_some_and(|status| status.to_lowercase().contains("lukket"))
        || title.is_some_and(is_closed);
    Some(Candidate {
        at,
        last: at,
        rank: style.numbering.rank(number.as_str())?,
        printed: number.as_str(),
        title,
        closed,
    })
}

/// Candidates whose number is printed again right below are one.
fn joined<'t>(lines: &[Line<'t>], facts: &Facts<'t>, candidates: Vec<Candidate<'t>>) -> Vec<Candidate<'t>> {
    let mut kept: Vec<Candidate<'t>> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        match kept.last_mut() {
            Some(before)
                if before.rank == candidate.rank
                    && super::next_text(lines, before.last + 1) == Some(candidate.at)
                    && (before.title.is_none()
                        || candidate.title.is_none()
                        || before.title == candidate.title)
                    && facts.first_proof(before.at + 1, candidate.at).is_none() =>
            {
                before.last = candidate.at;
                before.title = before.title.or(candidate.title);
                before.closed |= candidate.closed;
            }
            _ => kept.push(candidate),
        }
    }
    kept
}

/// Which candidates stand in a list of contents: rows right after each other, whose numbers and titles come again below.
fn in_contents(lines: &[Line<'_>], candidates: &[Candidate<'_>]) -> Vec<bool> {
    let mut listed = vec![false; candidates.len()];
    let mut start = 0;
    while start < candidates.len() {
        let mut end = start + 1;
        while end < candidates.len()
            && candidates[end].rank > candidates[end - 1].rank
            && super::next_text(lines, candidates[end - 1].at + 1) == Some(candidates[end].at)
        {
            end += 1;
        }
        let comes_again = |candidate: &Candidate<'_>| {
            candidates[end..]
                .iter()
                .any(|later| later.rank == candidate.rank && alike(later.title, candidate.title))
        };
        if end - start >= 2 && candidates[start..end].iter().any(comes_again) {
            listed[start..end].fill(true);
        }
        start = end;
    }
    listed
}

/// Whether two printings may be of one title; a missing one fits any.
fn alike(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.starts_with(other) || other.starts_with(one),
        _ => true,
    }
}

/// The sort and the distance of what proves an item, between a candidate and the next.
fn has_body(facts: &Facts<'_>, candidates: &[Candidate<'_>], at: usize) -> Option<(Fact, usize)> {
    let from = candidates[at].at + 1;
    let end = candidates.get(at + 1).map_or(facts.len(), |next| next.at);
    facts.first_proof(from, end)
}

/// Numbers alone on their lines: where several begin a paragraph, the others are figures of tables.
fn own_paragraphs<'t>(lines: &[Line<'t>], candidates: Vec<Candidate<'t>>) -> Vec<Candidate<'t>> {
    let is_own =
        |candidate: &Candidate<'_>| candidate.at.checked_sub(1).is_none_or(|above| lines[above].is_blank());
    let are_alone = candidates.iter().all(|candidate| candidate.title.is_none());
    let several = candidates.iter().filter(|candidate| is_own(candidate)).count() >= FEWEST_ROWS;
    candidates.into_iter().filter(|candidate| !(are_alone && several) || is_own(candidate)).collect()
}

/// Fewer items are a list in a text.
const FEWEST_UNHEADED: usize = 3;

/// Whether candidates are items though nothing stands under them but text: all numbers from one, each with a title that is no sentence
/// and text under it, but for a few.
fn is_row_of_items(lines: &[Line<'_>], candidates: &[Candidate<'_>], chain: &[usize]) -> bool {
    let rises = chain.iter().zip(1..).all(|(at, number)| candidates[*at].rank == number * 100);
    let is_titled =
        |at: &&usize| candidates[**at].title.is_some_and(|title| !title.ends_with(['.', ':', ';', ',']));
    let has_text = |index: &usize| {
        let from = candidates[chain[*index]].last + 1;
        let end = chain.get(index + 1).map_or(lines.len(), |next| candidates[*next].at);
        lines.get(from..end).is_some_and(|lines| lines.iter().any(|line| !line.is_blank()))
    };
    let most = |count: usize| count * 3 >= chain.len() * 2;
    chain.len() >= FEWEST_UNHEADED
        && rises
        && most(chain.iter().filter(is_titled).count())
        && most((0..chain.len()).filter(has_text).count())
}

/// Which candidates are rows of a list inside an item: several right below each other that begin again at one, under a line that ends
/// in a colon.
fn in_lists(lines: &[Line<'_>], candidates: &[Candidate<'_>]) -> Vec<bool> {
    let mut listed = vec![false; candidates.len()];
    let begins = |at: usize| {
        let Some(above) = candidates[at].at.checked_sub(1) else { return false };
        candidates[at].rank == FIRST_RANK
            && lines[above].text.trim_end().ends_with(':')
            && candidates[..at].iter().any(|earlier| earlier.rank == FIRST_RANK)
    };
    let goes_on = |at: usize| {
        let (before, row) = (candidates[at - 1], candidates[at]);
        row.at == before.last + 1 && Figures.is_next(before.rank, row.rank)
    };
    for start in (0..candidates.len()).filter(|at| begins(*at)) {
        let end = (start + 1..candidates.len()).find(|at| !goes_on(*at)).unwrap_or(candidates.len());
        if end - start >= FEWEST_ROWS {
            listed[start..end].fill(true);
        }
    }
    listed
}

/// Fewer rows are no list.
const FEWEST_ROWS: usize = 2;

/// The rank of the figure one.
const FIRST_RANK: u32 = 100;

/// The candidates, by index, whose numbers rise with the most points, and those points.
fn best_chain(
    lines: &[Line<'_>],
    facts: &Facts<'_>,
    candidates: &[Candidate<'_>],
    style: &Style,
    own: &[i32],
) -> (i32, Vec<usize>) {
    let bodies: Vec<Option<(Fact, usize)>> =
        (0..candidates.len()).map(|at| has_body(facts, candidates, at)).collect();
    let sorts: Vec<Fact> = bodies.iter().flatten().map(|(fact, _)| *fact).collect();
    let usual = sorts.iter().copied().max_by_key(|fact| sorts.iter().filter(|other| *other == fact).count());
    let weights: Vec<i32> = candidates
        .iter()
        .zip(&bodies)
        .zip(own)
        .map(|((candidate, body), own)| {
            let mut points = style.prior + own;
            if let Some((sort, distance)) = body {
                points += HAS_BODY;
                points += if *distance <= FEW_LINES { SOON } else { 0 };
                points += if Some(*sort) == usual { LIKE_THE_OTHERS } else { 0 };
            }
            let before = candidate.at.checked_sub(1);
            if before.is_none_or(|before| lines[before].is_blank()) {
                points += OWN_PARAGRAPH;
            }
            let title = candidate.title.unwrap_or_default().to_lowercase();
            if candidate.closed || STANDING_TITLES.iter().any(|standing| title.starts_with(standing)) {
                points += STANDING;
            }
            if facts.is_in_recommendation(candidate.at) {
                points += IN_RECOMMENDATION;
            }
            points
        })
        .collect();
    // The best chain that ends in each candidate.
    let mut totals: Vec<(i32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (at, weight) in weights.iter().enumerate() {
        let mut best = (*weight, None);
        for before in 0..at {
            let (low, high) = (candidates[before].rank, candidates[at].rank);
            if high > low {
                let step = if style.numbering.is_next(low, high) { RISES_BY_ONE } else { 0 };
                let total = totals[before].0 + weight + step;
                if total > best.0 {
                    best = (total, Some(before));
                }
            }
        }
        totals.push(best);
    }
    let Some(last) = (0..totals.len()).max_by_key(|at| totals[*at].0) else { return (0, Vec::new()) };
    let mut chain = vec![last];
    while let Some(before) = chain.last().and_then(|at| totals[*at].1) {
        chain.push(before);
    }
    chain.reverse();
    (totals[last].0, chain)
}

/// Where titles stand that are not on the numbers' lines, and whether case numbers come before them.
struct Titles {
    before: bool,
    case_before: bool,
}

impl Titles {
    fn of(lines: &[Line<'_>], facts: &Facts<'_>, chain: &[Candidate<'_>]) -> Self {
        let without: Vec<&Candidate<'_>> =
            chain.iter().filter(|candidate| candidate.title.is_none()).collect();
        let before = without.iter().filter(|c| title_before(lines, facts, c.at).is_some()).count();
        let adjacent = without.iter().filter(|c| c.at > 0 && !lines[c.at - 1].is_blank()).count();
        let has_case_above =
            |c: &&Candidate<'_>| previous_text(lines, c.at).is_some_and(|at| facts.at(at) == Fact::Case);
        let with_case = chain.iter().filter(has_case_above).count();
        // A case number that ends each item stands above the next one too.
        let ends_text =
            (0..lines.len()).rev().find(|at| !lines[*at].is_blank() && facts.at(*at) != Fact::Page);
        let case_last = ends_text.is_some_and(|at| facts.at(at) == Fact::Case)
            && !chain.first().is_some_and(|first| has_case_above(&first));
        Self {
            before: !without.is_empty() && before * 2 >= without.len() && adjacent * 2 >= without.len(),
            case_before: with_case * 2 > chain.len() && !case_last,
        }
    }

    fn head<'t>(&self, lines: &[Line<'t>], facts: &Facts<'t>, candidate: &Candidate<'t>) -> Head<'t> {
        let mut head = Head {
            first: candidate.at,
            last: candidate.last,
            number: Some(candidate.printed),
            rank: candidate.rank,
            title: candidate.title,
            closed: candidate.closed,
            listed_only: false,
        };
        if head.title.is_none() {
            if self.before {
                if let Some(at) = title_before(lines, facts, candidate.at) {
                    head.first = at;
                    head.title = Some(bare(lines[at].text));
                }
            } else {
                // `Sag 4`, `Åben` and the title may stand below each other, and labels among them.
                let mut from = candidate.last + 1;
                let mut is_closed = false;
                while let Some(next) = super::next_text(lines, from) {
                    let state = state(lines[next].text);
                    if state.is_none() && facts.at(next) != Fact::Label {
                        break;
                    }
                    is_closed |= state == Some(true);
                    from = next + 1;
                }
                let names_item = lines[candidate.at].text.contains(char::is_alphabetic);
                let below = || title_above_text(lines, facts, from).filter(|_| names_item);
                if let Some(at) = title_after(lines, facts, from).or_else(below) {
                    head.last = at;
                    head.title = Some(bare(lines[at].text));
                    head.closed |= is_closed;
                }
            }
        }
        let before = previous_text(lines, head.first).filter(|at| facts.at(*at) == Fact::Case);
        if let Some(at) = before.filter(|_| self.case_before) {
            head.first = at;
        }
        head
    }
}

/// Items that begin at the lines of their case numbers, titles before, after or nowhere.
fn by_case<'t>(lines: &[Line<'t>], facts: &Facts<'t>) -> (i32, Vec<Head<'t>>) {
    let cases: Vec<usize> = (0..lines.len()).filter(|at| facts.at(*at) == Fact::Case).collect();
    let proven = |index: usize| {
        let end = cases.get(index + 1).copied().unwrap_or(lines.len());
        facts.first_heading(cases[index] + 1, end).is_some()
    };
    let good = (0..cases.len()).filter(|index| proven(*index)).count();
    if good == 0 {
        return (0, Vec::new());
    }
    let after = |at: usize| title_after(lines, facts, after_labels(lines, facts, at + 1));
    let have_after = cases.iter().filter(|at| after(**at).is_some()).count();
    let have_before = cases.iter().filter(|at| title_before(lines, facts, **at).is_some()).count();
    let is_before = have_before > have_after;
    let have_titles = have_before.max(have_after) * 2 >= cases.len();
    let mut heads: Vec<Head<'t>> = Vec::new();
    for at in cases.iter().copied() {
        let mut head = Head { first: at, last: at, ..Head::default() };
        let title = if !have_titles {
            None
        } else if is_before {
            title_before(lines, facts, at)
        } else {
            after(at)
        };
        if let Some(title) = title {
            head.first = head.first.min(title);
            head.last = head.last.max(title);
            head.title = Some(bare(lines[title].text));
        }
        head.closed = head.title.is_some_and(is_closed);
        heads.push(head);
    }
    take_numbers(lines, &mut heads);
    add_closed(lines, facts, &mut heads);
    let points = i32::try_from(good).unwrap_or(i32::MAX / 32).saturating_mul(HAS_BODY + OWN_PARAGRAPH);
    (points, heads)
}

/// Titles that begin with a number, in one way or several, though the numbers do not rise: the numbers are the items'.
fn take_numbers<'t>(lines: &[Line<'t>], heads: &mut [Head<'t>]) {
    let of_title = |head: &Head<'t>| {
        let at = (head.first..=head.last)
            .find(|at| head.title.is_some_and(|title| bare(lines[*at].text) == title))?;
        STYLES.iter().filter(|style| style.counts()).find_map(|style| candidate(lines, at, style))
    };
    let found: Vec<Option<Candidate<'t>>> = heads.iter().map(of_title).collect();
    let titled = heads.iter().filter(|head| head.title.is_some()).count();
    let numbered = found.iter().flatten().filter(|found| found.title.is_some()).count();
    if numbered < 2 || numbered < titled {
        return;
    }
    for (head, found) in heads.iter_mut().zip(found) {
        if let Some(found) = found {
            (head.number, head.title) = (Some(found.printed), found.title);
            head.closed |= found.closed;
        }
    }
}

/// Items known by their sections alone: where those begin anew after a decision, the line before is the next item's title.
fn by_sections<'t>(lines: &[Line<'t>], facts: &Facts<'t>) -> (i32, Vec<Head<'t>>) {
    let mut heads: Vec<Head<'t>> = Vec::new();
    let mut seen: Vec<SectionKind> = Vec::new();
    let mut last = 0;
    for at in 0..lines.len() {
        let Some(kind) = facts.section(at) else { continue };
        let is_bare_meeting =
            facts.heading(at).is_some_and(|h| h.names_meeting && h.weight == Weight::Common);
        if heads.is_empty() && is_bare_meeting {
            continue;
        }
        // The only words under a decision's heading are the decision, however like a title they look.
        let decided = seen.contains(&SectionKind::Decision);
        let again = decided && seen.contains(&kind);
        let title = title_before(lines, facts, at)
            .or_else(|| if again { title_below_text(lines, facts, at) } else { None })
            .filter(|title| heads.is_empty() || (last + 1..*title).any(|line| facts.at(line) == Fact::Text));
        let anew = decided
            && matches!(kind, SectionKind::Summary | SectionKind::Recommendation | SectionKind::Background);
        if heads.is_empty() || ((again || anew) && title.is_some()) {
            let first = title.unwrap_or(at);
            let text = title.map(|title| bare(lines[title].text));
            heads.push(Head {
                first,
                last: title.unwrap_or(first),
                title: text,
                closed: text.is_some_and(is_closed),
                ..Head::default()
            });
            seen.clear();
        }
        seen.push(kind);
        last = at;
    }
    let decided = |at: &usize| {
        facts
            .heading(*at)
            .is_some_and(|heading| heading.kind == SectionKind::Decision && !heading.names_meeting)
    };
    // Several decisions and no title: nobody knows which matter each is of.
    if heads.iter().all(|head| head.title.is_none()) && (0..lines.len()).filter(decided).count() > 1 {
        return (0, Vec::new());
    }
    if !heads.is_empty() {
        add_closed(lines, facts, &mut heads);
        add_standing(lines, facts, &mut heads);
    }
    let points = i32::from(!heads.is_empty());
    (points, heads)
}

/// Items such as `Eventuelt` that have no sections, after a decision: their name alone between blank lines.
fn add_standing<'t>(lines: &[Line<'t>], facts: &Facts<'t>, heads: &mut Vec<Head<'t>>) {
    let Some(first) = heads.first().map(|head| head.first) else { return };
    let is_alone = |at: usize| lines[at - 1].is_blank() && lines.get(at + 1).is_none_or(Line::is_blank);
    let is_standing = |at: &usize| {
        let title = bare(lines[*at].text).trim_end_matches(':');
        facts.at(*at) == Fact::Text
            && title.starts_with(char::is_uppercase)
            && STANDING_TITLES.contains(&title.to_lowercase().as_str())
            && is_alone(*at)
            && !heads.iter().any(|head| (head.first..=head.last).contains(at))
    };
    let found: Vec<usize> = (first + 1..lines.len()).filter(is_standing).collect();
    heads.extend(found.into_iter().map(|at| Head {
        first: at,
        last: at,
        title: Some(bare(lines[at].text)),
        ..Head::default()
    }));
    heads.sort_by_key(|head| head.first);
}

/// Closed items have a title and nothing else: lines of their own that say so.
fn add_closed<'t>(lines: &[Line<'t>], facts: &Facts<'t>, heads: &mut Vec<Head<'t>>) {
    let taken =
        |at: usize, heads: &[Head<'_>]| heads.iter().any(|head| (head.first..=head.last).contains(&at));
    let alone =
        |at: usize| (at == 0 || lines[at - 1].is_blank()) && lines.get(at + 1).is_none_or(Line::is_blank);
    let closed: Vec<usize> = (0..lines.len())
        .filter(|at| facts.at(*at) == Fact::Text && alone(*at) && is_closed_line(lines[*at].text))
        .filter(|at| !taken(*at, heads))
        .collect();
    heads.extend(closed.into_iter().map(|at| Head {
        first: at,
        last: at,
        title: Some(bare(lines[at].text)),
        closed: true,
        ..Head::default()
    }));
    heads.sort_by_key(|head| head.first);
}

/// The first line after labels such as caseworkers.
fn after_labels(lines: &[Line<'_>], facts: &Facts<'_>, from: usize) -> usize {
    let mut at = from;
    while let Some(next) = super::next_text(lines, at).filter(|next| facts.at(*next) == Fact::Label) {
        at = next + 1;
    }
    at
}
