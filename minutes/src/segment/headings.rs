//! The headings that Danish minutes use inside an item, and what each means.

use std::sync::LazyLock;

use crate::model::SectionKind;
use crate::{Pattern, pattern};

/// A heading of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heading {
    /// What it means.
    pub(crate) kind: SectionKind,
    /// One of the few that divide an item. The others also occur as sub-headings inside a section.
    pub(crate) main: bool,
}

/// Heading as printed, its meaning, whether it divides an item.
const HEADINGS: [(&str, SectionKind, bool); 44] = [
    ("Sagsresume", SectionKind::Summary, true),
    ("Sagsresumé", SectionKind::Summary, true),
    ("Resume", SectionKind::Summary, true),
    ("Resumé", SectionKind::Summary, true),
    ("Sagsfremstilling", SectionKind::Background, true),
    ("Økonomi", SectionKind::Economy, true),
    ("Indstilling", SectionKind::Recommendation, true),
    ("Beslutning", SectionKind::Decision, true),
    ("Bilag", SectionKind::Attachments, true),
    ("Administrativ indstilling", SectionKind::Recommendation, true),
    ("Alternativ indstilling", SectionKind::Recommendation, false),
    ("Beslutningstema", SectionKind::Summary, false),
    ("Anledning", SectionKind::Summary, false),
    ("Sagens kerne", SectionKind::Summary, false),
    ("Sagsbeskrivelse", SectionKind::Background, false),
    ("Beskrivelse af sagen", SectionKind::Background, false),
    ("Baggrund", SectionKind::Background, false),
    ("Baggrund for sagen", SectionKind::Background, false),
    ("Sagens opståen", SectionKind::Background, false),
    ("Problemstilling", SectionKind::Background, false),
    ("Løsning", SectionKind::Background, false),
    ("Præsentation", SectionKind::Background, false),
    ("Økonomiske konsekvenser", SectionKind::Economy, false),
    ("Økonomi og finansiering", SectionKind::Economy, false),
    ("Personale", SectionKind::Other, false),
    ("Øvrige konsekvenser", SectionKind::Other, false),
    ("Tidsperspektiv", SectionKind::Other, false),
    ("Forventet sagsgang", SectionKind::Other, false),
    ("Sagsgang og sagstype", SectionKind::Other, false),
    ("Historik", SectionKind::History, false),
    ("Tidligere behandling", SectionKind::History, false),
    ("Tidligere beslutninger", SectionKind::History, false),
    ("Sagshistorik, henvisninger", SectionKind::History, false),
    ("Sagens forløb", SectionKind::History, false),
    ("Lovgrundlag", SectionKind::Law, false),
    ("Retsgrundlag", SectionKind::Law, false),
    ("Høring", SectionKind::Hearing, false),
    ("Høringer", SectionKind::Hearing, false),
    ("Inddragelse", SectionKind::Hearing, false),
    ("Kommunikation", SectionKind::Hearing, false),
    ("Borgerinddragelse", SectionKind::Hearing, false),
    ("Forvaltningen foreslår", SectionKind::Recommendation, false),
    ("Forvaltningen indstiller", SectionKind::Recommendation, false),
    ("Bilagsnr", SectionKind::Attachments, false),
];

/// No heading of the table is longer, in bytes, its colon included.
const LONGEST: usize = 32;

/// The heading that a line is, with or without a colon; None for any other line.
pub(crate) fn find(line: &str) -> Option<Heading> {
    let line = line.trim();
    if line.starts_with(DECISION) && names_a_meeting(line) {
        return Some(Heading { kind: SectionKind::Decision, main: true });
    }
    // Asked of every line: most are longer than any heading.
    if line.len() > LONGEST {
        return None;
    }
    let name = line.strip_suffix(':').unwrap_or(line).trim_end();
    HEADINGS
        .iter()
        .find(|(known, _, _)| *known == name)
        .map(|(_, kind, main)| Heading { kind: *kind, main: *main })
}

const DECISION: &str = "Beslutning";

/// A decision heading that carries its meeting (`Beslutning i Byrådet den 4. maj 2026:`) is no longer than this.
const LONGEST_WITH_MEETING: usize = 160;

/// Whether a decision heading goes on with a body and a day, and with nothing else.
fn names_a_meeting(line: &str) -> bool {
    static MEETING: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"^Beslutning(?:,| i| fra| truffet)? (?:\S.*[ ,])?(?:den )?(?:\d{1,2}\. ?\p{L}+ \d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4})\s*:?$",
        )
    });
    line.len() <= LONGEST_WITH_MEETING && MEETING.is_match(line)
}

/// Splits a line that ends in a main heading glued to the sentence before it (`… med."Indstilling`):
/// the byte at which the heading begins. None when the line has no such end.
pub(crate) fn glued(line: &str) -> Option<usize> {
    let line = line.trim_end();
    // Asked of every line, and most end in a full stop.
    if !line.ends_with(char::is_lowercase) {
        return None;
    }
    HEADINGS.iter().filter(|(_, _, main)| *main).find_map(|(name, _, _)| {
        let before = line.strip_suffix(name)?;
        before.ends_with(['.', '!', '?', '"', '”', '»', ')']).then_some(before.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_alone() {
        assert_eq!(find(" Sagsresume ").map(|h| (h.kind, h.main)), Some((SectionKind::Summary, true)));
        assert_eq!(find("Indstilling:").map(|h| h.kind), Some(SectionKind::Recommendation));
        assert_eq!(find("Indstillingen blev tiltrådt."), None);
        assert_eq!(find("beslutning"), None);
    }

    #[test]
    fn no_heading_is_longer_than_the_longest() {
        assert!(HEADINGS.iter().all(|(name, _, _)| name.len() < LONGEST));
    }

    #[test]
    fn decision_headings_may_carry_their_meeting() {
        for line in [
            "Beslutning i Beskæftigelsesudvalget den 4. maj 2026",
            "Beslutning, 7. maj 2018",
            "Beslutning Udvalget for teknik den 18-02-2019:",
        ] {
            assert_eq!(find(line).map(|h| (h.kind, h.main)), Some((SectionKind::Decision, true)), "{line}");
        }
        assert_eq!(find("Beslutning om budget blev truffet."), None);
    }

    #[test]
    fn glued_headings_are_split() {
        assert_eq!(glued("om verdensmål\".Indstilling"), Some("om verdensmål\".".len()));
        assert_eq!(glued("se vedlagte Bilag"), None);
        assert_eq!(glued("Indstilling"), None);
    }
}
