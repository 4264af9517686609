//! Text to [`Outline`]: header, items, headed sections. All knowledge of layouts lives here, none of meaning.
//!
//! One file a family of layouts. A family says by evidence in the lines whether a text is its own; what no family
//! claims becomes one plain document. Each non-blank line ends up in exactly one place of the outline.

mod closed;
mod document;
pub(crate) mod export;
mod generic;
mod grid;
mod headings;
mod herning;
pub(crate) mod members;

use std::collections::HashSet;

pub(crate) use closed::is_closed;

use crate::model::{SectionKind, Warning};

/// A line of the input, or a part of one where a heading was glued to a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Counted from 1.
    pub(crate) number: usize,
    /// As printed, without its line end.
    pub(crate) text: &'t str,
}

/// The number tells lines apart; hashing their text too would cost as much as reading it.
impl std::hash::Hash for Line<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl Line<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A text taken apart, nothing understood yet.
#[derive(Debug, Default)]
pub(crate) struct Outline<'t> {
    /// Name of the layout, as `parse --json` gives it.
    pub(crate) layout: &'static str,
    /// The document's title, when it is no meeting.
    pub(crate) title: Option<Line<'t>>,
    /// The page lists who sits on a body.
    pub(crate) is_members_page: bool,
    /// Labelled values before the first item.
    pub(crate) header: Header<'t>,
    /// Items in the order printed.
    pub(crate) items: Vec<OutlineItem<'t>>,
    /// Text outside the items.
    pub(crate) sections: Vec<OutlineSection<'t>>,
    /// Lines of the header that no label claims: they may name the meeting. They stand in `sections` too.
    pub(crate) hints: Vec<Line<'t>>,
    /// Decision headings, which may name the meeting, the last first. They stand in `items` too.
    pub(crate) decision_hints: Vec<Line<'t>>,
    /// The header says that this is minutes or an agenda.
    pub(crate) is_declared: bool,
    /// The header says that these are minutes: what was decided may stand without a heading.
    pub(crate) is_minutes: bool,
    /// What was strange.
    pub(crate) warnings: Vec<Warning>,
}

/// Labelled values of a meeting; the text is the value, without the label. None when the label is missing.
#[derive(Debug, Default)]
pub(crate) struct Header<'t> {
    pub(crate) body: Option<Line<'t>>,
    pub(crate) date: Option<Line<'t>>,
    pub(crate) time: Option<Line<'t>>,
    pub(crate) place: Option<Line<'t>>,
    /// A line of names each.
    pub(crate) present: Vec<Line<'t>>,
    pub(crate) absent: Vec<Line<'t>>,
    pub(crate) substitutes: Vec<Line<'t>>,
}

impl<'t> Header<'t> {
    /// The values that are there.
    fn lines(&self) -> impl Iterator<Item = Line<'t>> + '_ {
        let single = [self.body, self.date, self.time, self.place].into_iter().flatten();
        let lists = [&self.present, &self.absent, &self.substitutes];
        single.chain(lists.into_iter().flatten().copied())
    }
}

/// One item, taken apart.
#[derive(Debug, Default)]
pub(crate) struct OutlineItem<'t> {
    /// The line that begins it, for warnings.
    pub(crate) line: usize,
    pub(crate) number: Option<&'t str>,
    pub(crate) case_number: Option<&'t str>,
    pub(crate) title: Option<&'t str>,
    /// The source itself says that the item is closed, whatever its title says.
    pub(crate) closed: bool,
    /// Values of the caseworker labels, each a list of names as printed.
    pub(crate) caseworkers: Vec<&'t str>,
    pub(crate) routed_to: Option<Vec<String>>,
    /// The lines that number, case number, title and caseworkers stand in.
    pub(crate) head: Vec<Line<'t>>,
    pub(crate) sections: Vec<OutlineSection<'t>>,
}

impl OutlineItem<'_> {
    /// Whether the item is closed to the public, by what the source says, by its title, or by a line inside it.
    pub(crate) fn is_closed(&self) -> bool {
        let mut inside = self.head.iter().chain(self.sections.iter().flat_map(|section| &section.lines));
        let unheaded = self.sections.iter().take_while(|section| section.heading.is_none());
        let mut above = self.head.iter().chain(unheaded.flat_map(|section| &section.lines));
        let lines_of =
            |section: &'_ OutlineSection<'_>| section.lines.iter().filter(|line| !line.is_blank()).count();
        // What may head the part that follows is about this item only where it stands above the rest of the item or of a section.
        let is_above = |(index, section): (usize, &OutlineSection<'_>)| {
            let rest = || index == 0 && (self.sections.len() > 1 || lines_of(section) > 1);
            (section.heading.is_some() || rest())
                && section
                    .lines
                    .iter()
                    .find(|line| !line.is_blank())
                    .is_some_and(|line| closed::tells_closed(line.text))
        };
        self.closed
            || self.title.is_some_and(|title| closed::is_closed(title.trim()))
            || inside.any(|line| closed::tells_closed(line.text) && !closed::is_part_or_told(line.text))
            || self.sections.iter().enumerate().any(is_above)
            || above.any(|line| closed::tells_closed_first(line.text))
    }
}

/// A headed run of lines, blank ones included: they part paragraphs.
#[derive(Debug, Clone)]
pub(crate) struct OutlineSection<'t> {
    pub(crate) kind: SectionKind,
    pub(crate) heading: Option<Line<'t>>,
    pub(crate) lines: Vec<Line<'t>>,
}

impl<'t> OutlineSection<'t> {
    pub(crate) fn new(kind: SectionKind, heading: Option<Line<'t>>) -> Self {
        Self { kind, heading, lines: Vec::new() }
    }

    /// Whether the section holds nothing but blank lines.
    pub(crate) fn is_blank(&self) -> bool {
        self.lines.iter().all(Line::is_blank)
    }
}

/// Takes a text apart by the first family that claims it.
pub(crate) fn outline(text: &str) -> Outline<'_> {
    of_one_meeting(&lines(text), &|lines| {
        let of_herning = || herning::is_own(lines).then(|| herning::segment(lines)).flatten();
        export::segment(lines)
            .or_else(|| of_herning().map(|own| more_titled(own, || generic::segment(text, lines))))
            .or_else(|| generic::segment(text, lines))
            .or_else(|| herning::segment(lines).filter(|own| !own.items.is_empty()))
            .or_else(|| members::segment(lines))
            .unwrap_or_else(|| document::segment(lines))
    })
}

/// Takes a text apart without any family's own knowledge: what a municipality that nobody has seen gets.
pub(crate) fn outline_generic(text: &str) -> Outline<'_> {
    of_one_meeting(&lines(text), &|lines| {
        generic::segment(text, lines)
            .or_else(|| members::segment(lines))
            .unwrap_or_else(|| document::segment(lines))
    })
}

/// An outline, or the other one where most items of the first have no title and the other finds as many items and more titles: the
/// layout's own knowledge did not fit.
fn more_titled<'t>(own: Outline<'t>, other: impl Fn() -> Option<Outline<'t>>) -> Outline<'t> {
    let titled = |outline: &Outline<'_>| outline.items.iter().filter(|item| item.title.is_some()).count();
    if titled(&own) * 2 >= own.items.len() {
        return own;
    }
    match other() {
        Some(other) if other.items.len() >= own.items.len() && titled(&other) > titled(&own) => other,
        _ => own,
    }
}

/// The outline of a text's first meeting. What a second one decided must not stand under the first one's day: its lines are text
/// outside the items, and a warning says so.
fn of_one_meeting<'t>(lines: &[Line<'t>], segment: &dyn Fn(&[Line<'t>]) -> Outline<'t>) -> Outline<'t> {
    let Some(at) = generic::second_meeting(lines) else { return segment(lines) };
    let mut outline = segment(&lines[..at]);
    let others = outline_lines(&lines[at..], &of_one_meeting(&lines[at..], segment));
    outline.sections.extend(outside(others));
    let what = "another meeting begins here, which is not read".to_owned();
    outline.warnings.push(Warning { line: lines[at].number, what });
    outline
}

/// The lines of an outline in the order of the text, without the inside of closed items. Those of the header are whole again: two values
/// below each other would read as a sentence that nobody wrote.
fn outline_lines<'t>(lines: &[Line<'t>], outline: &Outline<'t>) -> Vec<Line<'t>> {
    let of_header: HashSet<usize> = outline.header.lines().map(|line| line.number).collect();
    let header = lines.iter().filter(|line| of_header.contains(&line.number)).copied();
    let inside = outline.items.iter().filter(|item| !item.is_closed()).flat_map(|item| &item.sections);
    let sections = inside.chain(&outline.sections);
    let mut lines: Vec<Line<'t>> = header
        .chain(outline.title)
        .chain(outline.items.iter().flat_map(|item| item.head.iter().copied()))
        .chain(sections.flat_map(|section| section.heading.iter().chain(&section.lines).copied()))
        .collect();
    lines.sort_by_key(|line| (line.number, line.text.as_ptr() as usize));
    lines
}

/// Labels that only a meeting's minutes have.
const MINUTES_LABELS: [&str; 6] = ["Udvalg", "Mødedato", "Mødested", "Sagsnr.", "Sagsnr", "Sagsbehandler"];

/// Whether a line says by itself that minutes stand here: a label of a meeting or an item, or a heading that divides an item.
pub(crate) fn is_evidence(line: &str) -> bool {
    labelled(line, &MINUTES_LABELS).is_some()
        || headings::find(line).is_some_and(|heading| {
            heading.main && !matches!(heading.kind, SectionKind::Attachments | SectionKind::Economy)
        })
        || generic::is_evidence(line)
}

/// Whether all of a line is the heading of a section: nothing goes on with it, however full its line is.
pub(crate) fn is_heading(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(char::is_uppercase)
        && generic::heading(line).is_some_and(|heading| heading.end == line.len())
}

/// Whether a line begins with such a heading, or says by itself that minutes stand here: it goes on with no line before it.
pub(crate) fn begins_section(line: &str) -> bool {
    is_evidence(line) || (line.starts_with(char::is_uppercase) && generic::heading(line).is_some())
}

/// The lines of a text, with headings that are glued to the end of a sentence on lines of their own.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let number = index + 1;
        match headings::glued(line) {
            Some(at) => {
                lines.push(Line { number, text: &line[..at] });
                lines.push(Line { number, text: &line[at..] });
            }
            None => lines.push(Line { number, text: line }),
        }
    }
    lines
}

/// Sections of text that is outside the items: blank ones are left out.
fn outside<'t>(lines: Vec<Line<'t>>) -> Vec<OutlineSection<'t>> {
    let section = OutlineSection { kind: SectionKind::Other, heading: None, lines };
    if section.is_blank() { Vec::new() } else { vec![section] }
}

/// The value after a label at the start of a line (`Udvalg: Byrådet`); empty when only the label stands there.
fn labelled<'t>(line: &'t str, labels: &[&str]) -> Option<&'t str> {
    let line = line.trim();
    labels.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix(':')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every place of the outline that holds lines.
    fn placed<'t>(outline: &Outline<'t>) -> Vec<Line<'t>> {
        let in_items = outline.items.iter().flat_map(|item| item.head.iter().copied());
        let sections = outline.items.iter().flat_map(|item| &item.sections).chain(&outline.sections);
        let in_sections = sections.flat_map(|section| section.heading.iter().chain(&section.lines).copied());
        let header = outline.header.lines().chain(outline.title);
        header.chain(in_items).chain(in_sections).filter(|line| !line.is_blank()).collect()
    }

    fn check_nothing_lost(text: &str) -> Result<(), TestCaseError> {
        for outline in [outline(text), outline_generic(text)] {
            let mut pieces: Vec<(usize, usize, usize)> = placed(&outline)
                .iter()
                .map(|line| {
                    let start = line.text.as_ptr() as usize - text.as_ptr() as usize;
                    (start, start + line.text.len(), line.number)
                })
                .collect();
            pieces.sort_unstable();
            for pair in pieces.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0, "twice: {:?} in\n{}", &text[pair[1].0..pair[1].1], text);
            }
            // A heading glued to a line, or before its text, makes two pieces of one line.
            let mut placed: Vec<usize> = pieces.iter().map(|piece| piece.2).collect();
            placed.dedup();
            let mut expected: Vec<usize> =
                lines(text).iter().filter(|line| !line.is_blank()).map(|line| line.number).collect();
            expected.dedup();
            prop_assert_eq!(placed, expected, "{}", text);
        }
        Ok(())
    }

    /// Lines that mean something to a segmenter, and some that do not.
    const LINES: [&str; 64] = [
        "Dagsordener og referater",
        "Udvalg: Udsatteråd",
        "Mødedato: 21. marts 2013",
        "Mødested: Salen",
        "",
        "Dagsordenpunkter",
        "Sagsnr.: 29.00.00-A26-1-13 Sagsbehandler: Ida Holm \u{a0}",
        "Sagsnr.:",
        "",
        "72. Rammer for samarbejdet",
        "Rammer for samarbejdet",
        "73. Salg - Lukket punkt",
        "DIR",
        "FOU",
        "BFU",
        "SOS",
        "BSK",
        "KFU",
        "BYP",
        "TMU",
        "ØKE",
        "BYR",
        "BYRx",
        "\u{a0}",
        " x",
        "(x)",
        "Øvrige sagsbehandlere: A og B",
        "xØvrige sagsbehandlere: -",
        "Sagsresume",
        "Sagsfremstilling",
        "Indstilling",
        "Indstilling:",
        "Direktøren indstiller,",
        "at sagen godkendes.",
        "Beslutning",
        "Godkendt.",
        "Bilag",
        " • fil.pdf",
        "Sådan er \"det\".Indstilling",
        "00.30.14-Ø00-3-26 -",
        "Referat",
        "Byrådet, 4. maj 2026, pkt. 7:",
        "Beslutning i Byrådet den 4. maj 2026",
        "Beslutning: Godkendt.",
        "Beslutning Teknisk Udvalg, 28.02.2011 Anbefales.",
        "Punkt 1: Godkendelse af dagsorden",
        "Punkt 2",
        "1. Godkendelse af dagsorden",
        "2. Budget for de kommende år og",
        "deres overslag",
        "10. Eventuelt1. Godkendelse af dagsorden",
        "Sagsfremstilling2. Budget for de kommende år og",
        "3 (Lukket) Ejendomssag",
        "Sag nr. 129",
        "4.",
        "Sagsid.: 20/26406, Sagsinitialer: SBOE",
        "J.nr.",
        "UDVALG",
        "Handicaprådet",
        "Fraværende",
        "Ida Holm (A)",
        "Lukkede punkter",
        "Til toppen",
        "Det foreslås,",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn each_line_is_in_one_place(picks in proptest::collection::vec(0..LINES.len(), 0..60)) {
            check_nothing_lost(&picks.iter().map(|at| LINES[*at]).collect::<Vec<_>>().join("\n"))?;
        }

        #[test]
        fn any_text_can_be_taken_apart(text in "\\PC{0,300}|[\\n\\x00-\\x7f]{0,300}") {
            check_nothing_lost(&text)?;
        }
    }
}
