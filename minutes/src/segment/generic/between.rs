//! Lines between items that belong to none of them: headings over several, and the line that tells when the meeting ended.

use std::sync::LazyLock;

use super::head::Head;
use super::previous_text;
use crate::segment::Line;
use crate::{Pattern, pattern};

/// The line right before an item that heads several: part 2 before an item `2.1`, or a line that is about items only, with white
/// space around it (`B. SAGER TIL AFGØRELSE I BYRÅDET`). None where there is none.
pub(super) fn group_heading(lines: &[Line<'_>], head: &Head<'_>) -> Option<usize> {
    let before = previous_text(lines, head.first)?;
    let line = lines[before].text.trim();
    if let Some((part, "1")) = head.number.and_then(|number| number.split_once('.')) {
        let rest = line.strip_prefix(part)?;
        return rest.trim_start_matches('.').starts_with(' ').then_some(before);
    }
    let is_apart =
        before + 1 < head.first && before.checked_sub(1).is_none_or(|above| lines[above].is_blank());
    (is_apart && GROUP.is_match(line)).then_some(before)
}

/// A letter and what sort of items follow, or the same in capitals without one.
static GROUP: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(?:[A-ZÆØÅ][.:)]?\s+(?i:\p{L}*(?:sager|punkter|orienteringer|meddelelser))\b[^.:]{0,80}|(?:[A-ZÆØÅ][.:)]?\s+)?(?:\p{Lu}*SAGER|\p{Lu}*PUNKTER)\b[\p{Lu}\s,/-]{0,80})$",
    )
});

/// A line that tells when the meeting ended, which belongs to no item.
static ENDED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:mødet|møde) (?:blev |er )?(?:hævet|hævedes|ophævet|slut|sluttede|sluttet|afsluttet)\b.{0,24}$|^(?:åben|lukket) dagsorden (?:slut|sluttet|afsluttet)\.?$",
    )
});

/// Whether a line tells when the meeting ended.
pub(super) fn tells_the_end(line: &str) -> bool {
    ENDED.is_match(line.trim())
}

/// A heading over the places where members sign.
static SIGNATURES: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^underskrift(?:er|sside|sark|sblad)?:?$"));

/// A line to sign on, or the names under some.
static SIGNED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?:[_.…]{3,}[\s_.…]*",
        r"|\p{Lu}[\p{L}.'’-]*(?:\s+(?:\p{Lu}[\p{L}.'’-]*|\(\p{L}{1,20}\)|de|von|van|la|/|formand|næstformand|borgmester),?)*)\s*$",
    ))
});

/// The lines of a page of signatures that ends a text: its heading, and nothing but names and lines to sign on after it. Empty where
/// there is none.
pub(super) fn signatures(lines: &[Line<'_>], first: usize) -> std::ops::Range<usize> {
    let heading = (first..lines.len()).rev().find(|at| SIGNATURES.is_match(lines[*at].text.trim()));
    let Some(heading) = heading else { return lines.len()..lines.len() };
    let is_signed = |line: &Line<'_>| line.is_blank() || SIGNED.is_match(line.text);
    if lines[heading + 1..].iter().all(is_signed) { heading..lines.len() } else { lines.len()..lines.len() }
}
