//! Any text that no family claims: a title, then text. A download page's list of related documents is kept apart.

use super::{Line, Outline, OutlineSection, generic, labelled};
use crate::model::{SectionKind, Warning};

/// A longer first line is text, not a title.
const LONGEST_TITLE: usize = 200;

/// Heads the list of other documents on a download page.
const RELATED: &str = "Relaterede dokumenter";

/// Heads the text of the document itself on such a page.
const TRANSCRIPT: [&str; 1] = ["Transkript"];

pub(super) fn segment<'t>(lines: &[Line<'t>]) -> Outline<'t> {
    let first = lines.iter().position(|line| !line.is_blank());
    let title = first.map(|at| lines[at]).filter(|line| line.text.trim().chars().count() <= LONGEST_TITLE);
    let rest = match (title, first) {
        (Some(_), Some(at)) => &lines[at + 1..],
        _ => lines,
    };
    let mut sections = vec![OutlineSection::new(SectionKind::Other, None)];
    let has_transcript = rest.iter().any(|line| labelled(line.text, &TRANSCRIPT) == Some(""));
    for line in rest {
        if has_transcript && line.text.trim() == RELATED {
            sections.push(OutlineSection::new(SectionKind::Related, Some(*line)));
        } else if labelled(line.text, &TRANSCRIPT) == Some("") {
            sections.push(OutlineSection::new(SectionKind::Other, Some(*line)));
        } else if let Some(section) = sections.last_mut() {
            section.lines.push(*line);
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.is_blank());
    let mut outline = Outline { layout: "document", title, sections, ..Outline::default() };
    if generic::is_of_minutes(lines) {
        let what = "the text calls itself minutes, but no items were found".to_owned();
        outline.warnings.push(Warning { line: first.map_or(1, |at| lines[at].number), what });
    }
    outline
}
