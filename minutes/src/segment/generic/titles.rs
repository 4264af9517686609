//! What an item's title is: on the line of its number, before or after it, on one line or two.

use super::facts::{Fact, Facts};
use super::head::Head;
use super::labels;
use super::previous_text;
use crate::segment::Line;

/// Titles of items that often have no sections.
pub(super) const STANDING_TITLES: [&str; 6] =
    ["eventuelt", "evt.", "evt", "underskriftsark", "underskriftsside", "meddelelser"];

/// A title without the dots and the page number that a list of contents prints after it.
pub(super) fn without_page(title: &str) -> &str {
    let cut = title.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let bare = cut.trim_end_matches(['.', '…', ' ']);
    if cut.len() - bare.len() >= 3 && cut.len() < title.len() { bare } else { title }
}

/// Whether what stands where a title would only tells that the item is open or closed.
pub(super) fn is_status(title: &str) -> bool {
    let word = title.trim_end_matches('.').strip_prefix('(').and_then(|word| word.strip_suffix(')'));
    word.is_some_and(|word| {
        ["åben", "åbent", "offentlig", "offentligt", "lukket"].contains(&word.to_lowercase().as_str())
    })
}

/// A row of a proposal or of a sentence is no title.
pub(super) fn is_title_of_number(title: &str) -> bool {
    let low = title.starts_with(char::is_lowercase);
    let is_row = title.starts_with("At ") || title.ends_with([',', ';']);
    title.starts_with(|c: char| c.is_alphanumeric() || "\"'»”§(&-–".contains(c)) && !low && !is_row
}

/// In bytes. A title that is known by its place alone is shorter than one that has a number.
const LONGEST_BARE_TITLE: usize = 220;

/// A title without the marks by which some systems print bold, and without its label.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches(['*', '_', '#']).trim();
    TITLE_LABELS.iter().find_map(|label| text.strip_prefix(label)).map_or(text, str::trim_start)
}

/// Labels of a title.
const TITLE_LABELS: [&str; 8] =
    ["Emne:", "EMNE:", "Titel:", "TITEL:", "Overskrift:", "OVERSKRIFT:", "Sagstitel:", "SAGSTITEL:"];

fn is_bare_title(text: &str) -> bool {
    let text = bare(text);
    text.len() <= LONGEST_BARE_TITLE
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"»”'§".contains(c))
        && !text.ends_with([',', ';', ':'])
}

/// The line before, where it begins a paragraph and is no sentence, heading or label; what belongs to the page is passed over.
pub(super) fn title_before(lines: &[Line<'_>], facts: &Facts<'_>, at: usize) -> Option<usize> {
    let mut before = previous_text(lines, at)?;
    // Labels of the item may stand between its title and its first heading.
    while matches!(facts.at(before), Fact::Page | Fact::Label) {
        before = previous_text(lines, before)?;
    }
    let text = bare(lines[before].text);
    let begins = before == 0 || lines[before - 1].is_blank() || facts.at(before - 1) != Fact::Text;
    let is_sentence = text.ends_with(['.', '!']) && !STANDING_TITLES.contains(&text.to_lowercase().as_str());
    (facts.at(before) == Fact::Text && begins && !is_sentence && is_bare_title(text)).then_some(before)
}

/// The line before, where it stands right below the end of a sentence.
pub(super) fn title_below_text(lines: &[Line<'_>], facts: &Facts<'_>, at: usize) -> Option<usize> {
    let before = previous_text(lines, at)?;
    let text = bare(lines[before].text);
    let ends_above = before > 0
        && facts.at(before - 1) == Fact::Text
        && lines[before - 1].text.trim_end().ends_with(['.', '!', '?']);
    let is_sentence = text.ends_with(['.', '!', '?']);
    (facts.at(before) == Fact::Text && ends_above && !is_sentence && is_bare_title(text)).then_some(before)
}

/// The next line, where a blank line, a label or a heading follows it.
pub(super) fn title_after(lines: &[Line<'_>], facts: &Facts<'_>, from: usize) -> Option<usize> {
    let next = super::next_text(lines, from)?;
    let after = lines.get(next + 1);
    let ends = after.is_none_or(|line| line.is_blank() || labels::unlabelled_case(line.text).is_some())
        || facts.at(next + 1) != Fact::Text;
    (facts.at(next) == Fact::Text && ends && is_bare_title(lines[next].text)).then_some(next)
}

/// The next line, where it is short and no sentence: a line that only says `Punkt 4` has its title below it, whatever follows that.
pub(super) fn title_above_text(lines: &[Line<'_>], facts: &Facts<'_>, from: usize) -> Option<usize> {
    let next = super::next_text(lines, from)?;
    let text = bare(lines[next].text);
    let is_short = text.len() <= LONGEST_ABOVE_TEXT && !text.ends_with(['.', '!', '?']);
    let begins_high = lines.get(next + 1)?.text.trim_start().starts_with(|c: char| !c.is_lowercase());
    (facts.at(next) == Fact::Text && is_short && begins_high && is_bare_title(text)).then_some(next)
}

/// In bytes. Where text follows at once, a longer line may be text itself.
const LONGEST_ABOVE_TEXT: usize = 110;

/// A title broken over two lines goes on where the next line begins low, and a blank line or a label ends it.
pub(super) fn take_second_line<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    facts: &Facts<'t>,
    head: &mut Head<'t>,
) {
    let (Some(title), Some(next)) = (head.title, lines.get(head.last + 1)) else { return };
    let begins_low = next.text.trim_start().starts_with(char::is_lowercase)
        || OPEN_ENDS.iter().any(|end| title.ends_with(end))
            && next.text.trim_start().starts_with(char::is_uppercase);
    let ends = matches!(facts.at(head.last + 2), Fact::Blank | Fact::Case | Fact::Label | Fact::Heading(_));
    let is_row = next.text.trim_start().starts_with("at ");
    let open = !title.ends_with(['.', ':', '!', '?']);
    if head.listed_only || facts.at(head.last + 1) != Fact::Text || !begins_low || !ends || is_row || !open {
        return;
    }
    // Both lie in the text, so their places in it tell where the whole title does.
    let start = (title.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let end = (next.text.as_ptr() as usize)
        .checked_sub(text.as_ptr() as usize)
        .map(|at| at + next.text.trim_end().len());
    if let Some(whole) = start.zip(end).and_then(|(start, end)| text.get(start..end)) {
        head.title = Some(whole);
        head.last += 1;
    }
}

/// Ends of a title's first line with which no title ends.
const OPEN_ENDS: [&str; 14] = [
    " for",
    " og",
    " af",
    " til",
    " på",
    " ved",
    " om",
    " med",
    " mellem",
    " samt",
    " fra",
    " vedrørende",
    ",",
    " –",
];

/// Whether a title is printed again on a line.
pub(super) fn same_title(line: &str, title: &str) -> bool {
    line.split_whitespace().eq(title.split_whitespace())
}

/// A case number that stands before the title on the head's line, or in parentheses after it.
pub(super) fn case_in_title<'t>(head: &mut Head<'t>) -> Option<&'t str> {
    let (case, title) = labels::leading_case(head.title?).or_else(|| labels::trailing_case(head.title?))?;
    head.title = Some(title);
    Some(case)
}
