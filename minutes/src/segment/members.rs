//! A page that lists who sits on a body: the body's name first, then a heading that speaks of members, then names.

use std::sync::LazyLock;

use super::{Header, Line, Outline, outside};
use crate::{Pattern, pattern};

/// Headings, in lower case, that introduce the list.
const LIST_HEADINGS: [&str; 9] = [
    "hvem sidder i udvalget?",
    "hvem sidder i rådet?",
    "hvem sidder i byrådet?",
    "udvalgets medlemmer",
    "rådets medlemmer",
    "byrådets medlemmer",
    "kommunalbestyrelsens medlemmer",
    "medlemmer af udvalget",
    "medlemmer",
];

/// A shorter list is a mention, not a page of members.
const FEWEST_MEMBERS: usize = 3;

static MEMBER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^[\s•*·-]*\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*)+ \([\p{L} ]{1,25}\)\s*$"));

/// Whether a line has a word that all such headings have, in small letters or capitals: it is looked for first.
pub(crate) fn may_head_list(line: &str) -> bool {
    ["edlem", "EDLEM", "idder i", "IDDER I"].iter().any(|word| line.contains(word))
}

/// Whether a line introduces a list of who sits on a body.
pub(crate) fn is_list_heading(line: &str) -> bool {
    may_head_list(line) && LIST_HEADINGS.contains(&line.trim().trim_end_matches(':').to_lowercase().as_str())
}

pub(super) fn segment<'t>(lines: &[Line<'t>]) -> Option<Outline<'t>> {
    lines.iter().find(|line| is_list_heading(line.text))?;
    if lines.iter().filter(|line| MEMBER.is_match(line.text)).count() < FEWEST_MEMBERS {
        return None;
    }
    let first = lines.iter().position(|line| !line.is_blank())?;
    let header = Header { body: Some(lines[first]), ..Header::default() };
    let sections = outside(lines[first + 1..].to_vec());
    Some(Outline { layout: "members", is_members_page: true, header, sections, ..Outline::default() })
}
