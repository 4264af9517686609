//! What was proposed, and by whom.

use std::sync::LazyLock;

use super::{bodies, date};
use crate::model::Recommendation;
use crate::segment::Line;
use crate::{Pattern, pattern};

/// What may follow the verb where a line only says who proposes.
static TO_WHOM: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^(?:\s+(?:til|over ?for)\s.{2,120}?)?\s*[,:;]?(?:\s*at)?\s*[,:]?$"));

/// Proposer and proposal on one line.
static ON_ONE_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(\p{Lu}[^.:;]+?)\s+(?:indstiller|anbefaler|foreslår)(?:\s+(?:til|over ?for)\s[^,]{2,120}?)?\s*[,:]?\s+at\s+(\S.*)$",
    )
});

/// Letters of a proposer at the most; after its capital, where the proposal follows on the same line. Counted apart: in a pattern
/// each costs a state.
const LONGEST_PROPOSER: usize = 200;

/// The verbs of proposing.
const VERBS: [&str; 3] = ["indstiller", "anbefaler", "foreslår"];

/// What numbers a row of a list.
static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:\d{1,2}|[a-zæøå])[.)]\s+(?P<row>\S.*)$"));

/// Introductions that name no proposer.
const IMPERSONAL: [&str; 3] = ["Det indstilles", "Det foreslås", "Det anbefales"];

/// Ends of a definite noun in the genitive: `Skolechefens indstilling`, `Sekretariatets forslag`.
const GENITIVE: [&str; 2] = ["ens", "ets"];

/// One entry for each proposal of a recommendation section; a proposer's line that is printed again after the list counts once.
/// The heading may name the proposer, where the text names nobody.
pub(super) fn read(heading: Option<Line<'_>>, lines: &[Line<'_>]) -> Vec<Recommendation> {
    let mut found: Vec<Recommendation> = Vec::new();
    let mut by = heading.and_then(|heading| headed(heading.text));
    let mut open = false;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        let bare = row(text);
        let is_row = bare.len() < text.len() || is_proposal(bare);
        if is_addressee(text) {
            open = false;
            continue;
        }
        if let Some((proposer, told)) = on_one_line(text) {
            by = Some(proposer.to_owned());
            found.push(Recommendation { by: by.clone(), text: told.to_owned() });
            open = true;
            continue;
        }
        if let Some(proposal) = IMPERSONAL
            .iter()
            .find_map(|start| text.strip_prefix(start)?.trim_start_matches(',').strip_prefix(" at "))
        {
            found.push(Recommendation { by: by.clone(), text: proposal.to_owned() });
            open = true;
            continue;
        }
        if let Some(proposer) = proposer(text).filter(|_| !is_row) {
            by = proposer;
            open = false;
            continue;
        }
        let proposal = if is_proposal(bare) { &bare["at ".len()..] } else { bare };
        match found.last_mut() {
            // The rows of a sentence that leads up to them (`at udvalget godkender, at:`) mean nothing without it.
            Some(last) if open && (proposal == text || leads_up(&last.text)) => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            _ => found.push(Recommendation { by: by.clone(), text: proposal.to_owned() }),
        }
        open = true;
    }
    found
}

/// A line without the bullet, the number or the letter that begins it as a row of a list. A number that begins a day is none.
fn row(text: &str) -> &str {
    let bare = text.trim_start_matches(['•', '·', '-', '–']).trim_start();
    let is_day = || date::mentions(bare).first().is_some_and(|day| day.start == 0);
    match NUMBERED.captures(bare).and_then(|found| found.name("row")) {
        Some(row) if !is_day() => row.as_str(),
        _ => bare,
    }
}

/// Whether a row begins with the word that all proposals begin with.
fn is_proposal(row: &str) -> bool {
    row.starts_with("at ") || row.starts_with("At ")
}

/// Whether a line only says to whom something is proposed: `Til Økonomiudvalget og Byrådet:`.
fn is_addressee(line: &str) -> bool {
    line.starts_with("Til ") && line.ends_with(':') && !bodies::mentions(line).is_empty()
}

/// Whether the first line of a proposal ends before what is proposed.
fn leads_up(proposal: &str) -> bool {
    let first = proposal.lines().next().unwrap_or_default();
    first.ends_with(':') || first.ends_with(" at")
}

/// Who proposes by a section's heading: `Forvaltningen foreslår`, `Direktionens indstilling`.
fn headed(heading: &str) -> Option<String> {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(told) = proposer(heading) {
        return told;
    }
    let (whose, _) = heading.split_once(' ')?;
    let is_genitive = GENITIVE.iter().any(|end| whose.ends_with(end));
    is_genitive.then(|| whose.trim_end_matches('s').to_owned())
}

/// Who proposes, for a line that only says so: Some(None) where it names nobody.
pub(super) fn proposer(line: &str) -> Option<Option<String>> {
    let bare = line.trim_end_matches([',', ':', ' ']).trim_end_matches(" at").trim_end_matches([',', ' ']);
    if IMPERSONAL.contains(&bare) {
        return Some(None);
    }
    let (at, _) = VERBS
        .iter()
        .flat_map(|verb| line.match_indices(verb))
        .filter(|(at, verb)| {
            line[..*at].ends_with(char::is_whitespace) && TO_WHOM.is_match(&line[at + verb.len()..])
        })
        .min()?;
    let by = line[..at].trim_end();
    (2..=LONGEST_PROPOSER).contains(&by.chars().count()).then(|| Some(by.to_owned()))
}

/// Proposer and proposal of a line that holds both.
fn on_one_line(line: &str) -> Option<(&str, &str)> {
    if !proposes(line) {
        return None;
    }
    let found = ON_ONE_LINE.captures(line)?;
    let (by, proposal) = (found.get(1)?.as_str(), found.get(2)?.as_str());
    (by.chars().skip(1).count() <= LONGEST_PROPOSER).then_some((by, proposal))
}

/// Asked of every line of a list: the verb is looked for before a pattern is tried.
fn proposes(line: &str) -> bool {
    VERBS.iter().any(|verb| line.contains(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Option<&str>, &str)]) {
        let lines: Vec<Line> = text.lines().enumerate().map(|(number, text)| Line { number, text }).collect();
        let found = read(None, &lines);
        let found: Vec<_> = found.iter().map(|r| (r.by.as_deref(), r.text.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_proposer_has_no_more_letters_than_any_has() {
        let longest = "Ø".repeat(LONGEST_PROPOSER);
        assert_eq!(proposer(&format!("{longest} indstiller")), Some(Some(longest.clone())));
        assert_eq!(proposer(&format!("Ø{longest} indstiller")), None);
        // On one line the capital that begins it is not counted.
        assert!(on_one_line(&format!("Ø{longest} indstiller, at sagen drøftes")).is_some());
        assert!(on_one_line(&format!("ØØ{longest} indstiller, at sagen drøftes")).is_none());
    }

    #[test]
    fn a_heading_may_name_the_proposer() {
        for (heading, by) in [
            ("Forvaltningen foreslår", Some("Forvaltningen")),
            ("Administrationen anbefaler,", Some("Administrationen")),
            ("**Børne- og Ungeforvaltningen indstiller, at**", Some("Børne- og Ungeforvaltningen")),
            ("Skolechefens indstilling:", Some("Skolechefen")),
            ("Sekretariatets forslag", Some("Sekretariatet")),
            ("Det indstilles", None),
            ("Administrativ indstilling", None),
            ("Indstilling og beslutning", None),
        ] {
            let line = |text| Line { number: 1, text };
            let found = read(Some(line(heading)), &[line("at planen vedtages.")]);
            let [only] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((only.by.as_deref(), only.text.as_str()), (by, "planen vedtages."), "{heading}");
            let found = read(Some(line(heading)), &[line("Centerchefen indstiller, at planen vedtages.")]);
            assert_eq!(found[0].by.as_deref(), Some("Centerchefen"), "{heading}");
        }
    }

    #[test]
    fn proposals_have_a_proposer() {
        check(
            "Direktøren for Social, Sundhed og Beskæftigelse indstiller,\n\nat a tages til efterretning,\nat b godkendes.\nDirektøren for Social, Sundhed og Beskæftigelse indstiller,",
            &[
                (Some("Direktøren for Social, Sundhed og Beskæftigelse"), "a tages til efterretning,"),
                (Some("Direktøren for Social, Sundhed og Beskæftigelse"), "b godkendes."),
            ],
        );
        check("Det indstilles,\n\nat referatet godkendes.", &[(None, "referatet godkendes.")]);
        check("Det indstilles, at planen vedtages.", &[(None, "planen vedtages.")]);
        check("Det indstilles at planen vedtages.", &[(None, "planen vedtages.")]);
        check("Til drøftelse.", &[(None, "Til drøftelse.")]);
        check(
            "Teknik indstiller over for udvalget,\n1. at udvalget indstiller til Økonomiudvalget, at prisen hæves",
            &[(Some("Teknik"), "udvalget indstiller til Økonomiudvalget, at prisen hæves")],
        );
        check(
            "Teknik indstiller\n\nTil Teknikudvalget og Byrådet:\n\nAt planen vedtages.",
            &[(Some("Teknik"), "planen vedtages.")],
        );
        check(
            "Havnechefen indstiller, at\na) taksten hæves\nb) ordningen ses efter\n1. maj 2022.\n2) at planen vedtages",
            &[
                (Some("Havnechefen"), "taksten hæves"),
                (Some("Havnechefen"), "ordningen ses efter\n1. maj 2022."),
                (Some("Havnechefen"), "planen vedtages"),
            ],
        );
        check(
            "Direktionen indstiller, at udvalget godkender, at:\n1. planen vedtages\n2. prisen hæves",
            &[(Some("Direktionen"), "udvalget godkender, at:\n1. planen vedtages\n2. prisen hæves")],
        );
        check(
            "Chef for Teknik Ida Holm indstiller til udvalget, at planen drøftes,\nat prisen godkendes.",
            &[
                (Some("Chef for Teknik Ida Holm"), "planen drøftes,"),
                (Some("Chef for Teknik Ida Holm"), "prisen godkendes."),
            ],
        );
        check(
            "Chef for Teknik Ida Holm indstiller til udvalget, at\n • orienteringen drøftes.",
            &[(Some("Chef for Teknik Ida Holm"), "orienteringen drøftes.")],
        );
    }
}
