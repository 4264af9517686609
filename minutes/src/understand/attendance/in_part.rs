//! Who was there for a part of the meeting only, or took no part in one item, in the minutes' own words.

use std::sync::LazyLock;

use super::{MOST_NAMED, are_joined, is_in_part, pieces};
use crate::model::InPart;
use crate::segment::Line;
use crate::understand::names::{self, Name};
use crate::{Pattern, pattern};

/// Stems without which no line tells of it: one cheap test before names are looked for.
const TELLS: [&str; 10] =
    ["ankom", " kom ", "(kom ", "mødte", " gik ", "(gik ", "forlod", "deltog", "nhabil", "il stede"];

/// Most letters of what is told: a longer text is no note on somebody.
const LONGEST_TOLD: usize = 200;

/// What follows the names in words that tell it. Without a point in time, an item or a treatment, nobody was there in part:
/// "kom med et forslag" and "gik imod" tell of no absence.
static WAS_IN_PART: LazyLock<Pattern> = LazyLock::new(|| {
    const AT: &str = r"(?:\p{L}+ ){0,4}(?:kl\.?|klokken|(?:punkt|pkt\.|sag)(?:et|en|erne)?(?: nr\.)?) ?\d";
    pattern(&format!(
        r"^(?: \(|(?:,| -| –)?(?: som)? )(?:(?:(?:var|er) )?(?:fraværende|(?:ikke )?til stede) (?:fra|til|indtil|efter|under|ved) {AT}|(?:ankom|forlod|trådte) {AT}|kom (?:først |til )?(?:til )?(?:mødet |stede )?(?:kl\.?|klokken|under|ved|til|efter) ?{AT}|(?:kom|mødte|mødte op) (?:først )?kl(?:\.|okken)? ?\d|gik (?:fra mødet |hjem )?(?:før|efter|under|ved) {AT}|gik (?:fra mødet |hjem )?kl(?:\.|okken)? ?\d|forlod (?:mødet|lokalet|salen|mødelokalet|mødesalen)|deltog (?:derfor )?(?:ikke|kun|alene) (?:i|under|ved|fra|til) (?:{AT}|(?:\p{{L}}+s )?(?:behandling|drøftelse|afstemning)(?:en)?\b)|deltog (?:fra|til|indtil|under|i) {AT}|(?:(?:var|er|blev|erklærede|erklærer|erklæret|sig|derfor) ){{1,3}}inhabil)"
    ))
});

/// Reads lines of the header, or of what was decided on an item.
///
/// `item` is the number of the item under which the lines stand; None for the header's.
pub(in crate::understand) fn read(lines: &[Line<'_>], item: Option<&str>) -> Vec<InPart> {
    let tells = |line: &&Line<'_>| TELLS.iter().any(|word| line.text.contains(word));
    let told = lines.iter().filter(tells).flat_map(|line| pieces(line.text)).flat_map(of_piece);
    let with_item = |(person, told)| InPart { person, told, item: item.map(str::to_owned) };
    told.map(with_item).take(MOST_NAMED).collect()
}

/// Those of whom one sentence or one part of a list tells it, each with the words.
fn of_piece(piece: &str) -> Vec<(String, String)> {
    let people = names::in_text(piece);
    let mut found = Vec::new();
    let mut first = 0;
    for (at, name) in people.iter().enumerate() {
        let end = people.get(at + 1).map_or(piece.len(), |next| next.start);
        let after = &piece[name.end..end];
        if let Some(note) = name.note.as_deref().filter(|note| is_in_part(note)) {
            found.extend(told(note).map(|told| (name.person.clone(), told)));
        } else if WAS_IN_PART.is_match(after) {
            // "Ida Holm og Bo Dahl forlod mødet": of all whom nothing else stands between.
            let series = &people[first..=at];
            let series = if is_series(piece, series) { series } else { &people[at..=at] };
            let words = told(&piece[name.end..]).filter(|_| at + 1 == people.len()).or_else(|| told(after));
            let Some(words) = words else { continue };
            found.extend(series.iter().map(|one| (one.person.clone(), words.clone())));
        } else if are_joined(piece, &people[at..people.len().min(at + 2)]) {
            continue;
        }
        first = at + 1;
    }
    found
}

/// Whether names are told together (`A, B og C`): in a list parted by commas alone the words are of the last one.
fn is_series(piece: &str, people: &[Name]) -> bool {
    let ends_it = |pair: &[Name]| {
        piece.get(pair[0].end..pair[1].start).is_some_and(|gap| gap.contains("og") || gap.contains("samt"))
    };
    are_joined(piece, people) && people.windows(2).next_back().is_none_or(ends_it)
}

/// The words without what ties them to the name, or those of a parenthesis; None where they are too long for a note.
fn told(words: &str) -> Option<String> {
    let words = words.strip_prefix(" (").map_or(words, |inside| inside.split(')').next().unwrap_or(inside));
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || [',', ';', '-', '–', '(', ')', '.'].contains(&c));
    let words = words.strip_suffix(" og").unwrap_or(words).trim_end_matches(',');
    (!words.is_empty() && words.chars().count() <= LONGEST_TOLD).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    /// Each row of the table in a meeting of its own: in the header, or under the decision of item 1.
    #[test]
    fn the_table_holds() {
        let mut differ = Vec::new();
        let rows = include_str!("../../../tests/in_part.txt").lines().filter(|row| !row.starts_with('#'));
        for row in rows {
            let (lines, expected) = row.split_once(" | ").unwrap();
            let (place, lines) = lines.split_once(" > ").unwrap();
            let lines = lines.replace('¶', "\n");
            let (header, decision) =
                if place == "H" { (lines.as_str(), "Godkendt.") } else { ("", lines.as_str()) };
            let text = format!(
                "Referat\nKulturudvalget\n\nMødedato: 28. november 2023\nMødested: Salen\n{header}\n\n1. Vejplan\n\nSagsnr.: 23/117\n\nBeslutning\n{decision}\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
            );
            let found = crate::parse(&text).0.attendance.in_part;
            let of = if place == "H" { None } else { Some("1") };
            assert!(found.iter().all(|one| one.item.as_deref() == of), "{row}");
            let found: Vec<String> =
                found.into_iter().map(|one| format!("{}: {}", one.person, one.told)).collect();
            let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }
}
