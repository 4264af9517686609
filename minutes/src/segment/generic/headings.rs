//! The headings of any municipality's minutes: a table of words, and decision headings that carry their meeting.
//!
//! Wider than the table of the known layouts: upper and lower case, decorations and a text on the same line are all met.

use std::sync::LazyLock;

use crate::model::SectionKind::{self, *};
use crate::{Pattern, pattern};

/// A heading at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) kind: SectionKind,
    /// What the heading says about the text.
    pub(super) weight: Weight,
    /// The heading itself tells which meeting the words under it are from.
    pub(super) names_meeting: bool,
    /// The heading names its item by number; what follows may be the item's title.
    pub(super) names_item: bool,
    /// Bytes of the line that the heading takes; text may follow it.
    pub(super) end: usize,
}

/// How much a heading by itself says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Only minutes and agendas have it.
    Sure,
    /// Other documents have it too: it divides an item, and proves none.
    Common,
    /// `Referat` and the like: heads a decision where the text has no other decision heading.
    Instead,
}
use Weight::{Common, Instead, Sure};

/// Headings in lower case, without a colon.
const HEADINGS: [(&str, SectionKind, Weight); 164] = [
    ("beslutning", Decision, Sure),
    ("beslutninger", Decision, Sure),
    ("endelig beslutning", Decision, Sure),
    ("mødets beslutning", Decision, Sure),
    ("beslutning og protokol", Decision, Sure),
    ("behandling og beslutning", Decision, Sure),
    ("drøftelse og beslutning", Decision, Sure),
    ("referat og beslutning", Decision, Sure),
    ("beslutning/referat", Decision, Sure),
    ("beslutningsreferat", Decision, Sure),
    ("afgørelse", Decision, Sure),
    ("vedtagelse", Decision, Sure),
    ("protokollering", Decision, Sure),
    ("protokollat", Decision, Sure),
    ("mødebehandling", Decision, Sure),
    ("byrådet besluttede", Decision, Instead),
    ("kommunalbestyrelsen besluttede", Decision, Instead),
    ("udvalget besluttede", Decision, Instead),
    ("rådet besluttede", Decision, Instead),
    ("bestyrelsen besluttede", Decision, Instead),
    ("det blev besluttet", Decision, Instead),
    ("besluttet", Decision, Instead),
    ("udfald", Decision, Instead),
    ("konklusion", Decision, Instead),
    ("resultat", Decision, Instead),
    ("aftalt", Decision, Instead),
    ("opsamling", Decision, Instead),
    ("protokol", Decision, Instead),
    ("referat", Decision, Instead),
    ("indstilling", Recommendation, Sure),
    ("indstillinger", Recommendation, Sure),
    ("administrativ indstilling", Recommendation, Sure),
    ("administrationens indstilling", Recommendation, Sure),
    ("forvaltningens indstilling", Recommendation, Sure),
    ("direktionens indstilling", Recommendation, Sure),
    ("formandens indstilling", Recommendation, Sure),
    ("alternativ indstilling", Recommendation, Sure),
    ("indstilling og beslutning", Recommendation, Sure),
    ("forslag til beslutning", Recommendation, Sure),
    ("beslutningsforslag", Recommendation, Sure),
    ("forslag til afgørelse", Recommendation, Sure),
    ("forslag til vedtagelse", Recommendation, Sure),
    ("indstilling til beslutning", Recommendation, Sure),
    ("det indstilles", Recommendation, Sure),
    ("forvaltningen foreslår", Recommendation, Sure),
    ("forvaltningen indstiller", Recommendation, Sure),
    ("forvaltningen anbefaler", Recommendation, Sure),
    ("administrationen foreslår", Recommendation, Sure),
    ("administrationen indstiller", Recommendation, Sure),
    ("administrationen anbefaler", Recommendation, Sure),
    ("direktionen indstiller", Recommendation, Sure),
    ("anbefaling", Recommendation, Common),
    ("anbefalinger", Recommendation, Common),
    ("forslag", Recommendation, Common),
    ("sagsresume", Summary, Sure),
    ("sagsresumé", Summary, Sure),
    ("beslutningstema", Summary, Sure),
    ("sagens kerne", Summary, Sure),
    ("kort om sagen", Summary, Sure),
    ("sagen kort", Summary, Sure),
    ("sagen i korte træk", Summary, Sure),
    ("kort fortalt", Summary, Common),
    ("tema", Summary, Common),
    ("resume", Summary, Common),
    ("resumé", Summary, Common),
    ("kort resume", Summary, Common),
    ("kort resumé", Summary, Common),
    ("sammenfatning", Summary, Common),
    ("indledning", Summary, Common),
    ("anledning", Summary, Common),
    ("formål", Summary, Common),
    ("sagsfremstilling", Background, Sure),
    ("supplerende sagsfremstilling", Background, Sure),
    ("sagsbeskrivelse", Background, Sure),
    ("beskrivelse af sagen", Background, Sure),
    ("sagens baggrund", Background, Sure),
    ("baggrund for sagen", Background, Sure),
    ("sagens opståen", Background, Sure),
    ("sagens indhold", Background, Sure),
    ("sagsindhold", Background, Sure),
    ("sagens oplysninger", Background, Sure),
    ("sagsoplysninger", Background, Sure),
    ("oplysninger om sagen", Background, Sure),
    ("oplysning af sagen", Background, Sure),
    ("fremstilling", Background, Common),
    ("sagen", Background, Common),
    ("baggrund", Background, Common),
    ("beskrivelse", Background, Common),
    ("redegørelse", Background, Common),
    ("problemstilling", Background, Common),
    ("løsning", Background, Common),
    ("præsentation", Background, Common),
    ("vurdering", Background, Common),
    ("forvaltningens vurdering", Background, Common),
    ("forvaltningen vurderer", Background, Common),
    ("administrationens vurdering", Background, Common),
    ("administrationen vurderer", Background, Common),
    ("forvaltningens bemærkninger", Background, Common),
    ("administrationens bemærkninger", Background, Common),
    ("økonomi", Economy, Common),
    ("økonomiske forhold", Economy, Common),
    ("økonomiske konsekvenser", Economy, Common),
    ("økonomi og finansiering", Economy, Common),
    ("økonomiske og personalemæssige konsekvenser", Economy, Common),
    ("bevillingsmæssige konsekvenser", Economy, Common),
    ("finansiering", Economy, Common),
    ("økonomisk overblik", Economy, Common),
    ("bevilling", Economy, Common),
    ("historik", History, Common),
    ("sagsforløb", History, Common),
    ("politisk behandling", History, Common),
    ("politisk proces", Other, Common),
    ("sagshistorik", History, Sure),
    ("sagshistorik, henvisninger", History, Sure),
    ("sagens forløb", History, Sure),
    ("tidligere behandling", History, Sure),
    ("tidligere behandlinger", History, Sure),
    ("tidligere politisk behandling", History, Sure),
    ("tidligere beslutning", History, Sure),
    ("tidligere beslutninger", History, Sure),
    ("lovgrundlag", Law, Common),
    ("retsgrundlag", Law, Common),
    ("lovgivning", Law, Common),
    ("juridiske forhold", Law, Common),
    ("plangrundlag", Law, Common),
    ("høring", Hearing, Common),
    ("høringer", Hearing, Common),
    ("partshøring", Hearing, Common),
    ("inddragelse", Hearing, Common),
    ("borgerinddragelse", Hearing, Common),
    ("kommunikation", Hearing, Common),
    ("høring og inddragelse", Hearing, Common),
    ("inddragelse og kommunikation", Hearing, Common),
    ("bilag", Attachments, Common),
    ("bilagsnr", Attachments, Common),
    ("bilagsliste", Attachments, Common),
    ("bilagsoversigt", Attachments, Common),
    ("bilag til sag", Attachments, Common),
    ("bilag til sagen", Attachments, Common),
    ("bilag til punktet", Attachments, Common),
    ("vedhæftede filer", Attachments, Common),
    ("personale", Other, Common),
    ("personalemæssige konsekvenser", Other, Common),
    ("konsekvenser", Other, Common),
    ("øvrige konsekvenser", Other, Common),
    ("miljømæssige konsekvenser", Other, Common),
    ("sundhedsmæssige konsekvenser", Other, Common),
    ("tidsperspektiv", Other, Common),
    ("tidsplan", Other, Common),
    ("videre forløb", Other, Common),
    ("det videre forløb", Other, Common),
    ("videre proces", Other, Common),
    ("den videre proces", Other, Common),
    ("videre sagsgang", Other, Common),
    ("forventet sagsgang", Other, Sure),
    ("sagsgang", Other, Sure),
    ("sagsgang og sagstype", Other, Sure),
    ("sagen afgøres i", Other, Sure),
    ("sagen afgøres af", Other, Sure),
    ("sagen behandles i", Other, Sure),
    ("sagen behandles af", Other, Sure),
    ("beslutningskompetence", Other, Sure),
    ("hvem beslutter", Other, Sure),
    ("behandlet af", Other, Common),
];

/// No heading of the table is longer, in bytes.
const LONGEST: usize = 48;

/// What else a heading of several matters names beside those of the table (`Økonomi, personale og miljø`), in lower case.
const MATTERS: [&str; 14] = [
    "beredskab",
    "erhverv",
    "handicap",
    "jura",
    "klima",
    "ledelse",
    "ligestilling",
    "miljø",
    "natur",
    "organisation",
    "sundhed",
    "tid",
    "trafik",
    "ældre",
];

/// What parts the matters of such a heading.
const BETWEEN_MATTERS: [&str; 5] = [", ", " og ", " samt ", " & ", "/"];

/// What somebody's own section is called: after a genitive (`Sekretariatets forslag`, `Skolechefens indstilling`).
const OWNED: [(&str, SectionKind, Weight); 8] = [
    ("anbefaling", Recommendation, Sure),
    ("forslag", Recommendation, Common),
    ("indstilling", Recommendation, Sure),
    ("bemærkninger", Background, Common),
    ("fremstilling", Background, Common),
    ("redegørelse", Background, Common),
    ("udtalelse", Hearing, Common),
    ("vurdering", Background, Common),
];

/// A decision heading that carries its meeting is no longer than this, in bytes.
const LONGEST_WITH_MEETING: usize = 200;

/// A body's name, as it ends. Lines are bounded before they are matched, so that no repetition is counted here.
const BODY: &str = r"(?:\p{L}[\p{L}\d§.,&/ -]*?)?(?:udvalg(?:et)?|råd(?:et)?|bestyrelsen?|nævn(?:et)?|repræsentation(?:en)?|magistrat(?:en)?|kommission(?:en)?|forsamling(?:en)?|direktion(?:en)?)(?: for [\p{L}, -]+?)?";

/// A day, in figures or with the name of a month.
const DATE: &str = r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\. ?\p{L}+,? \d{4})";

/// Day and hour of a meeting, and the number that the item had there.
fn day() -> String {
    format!(
        r"(?:(?:\p{{L}}+dag,? )?(?:den|d\.)?\s*{DATE}(?:,? kl\.? ?\d[\d.:]*)?(?:[,;]? ?\(?(?:pkt|punkt|sag)\.?(?: nr\.?)? ?\d{{1,4}}\)?)?)"
    )
}

/// `Beslutning`, whose, and when; each part but the word may be missing.
static DECISION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^[\s•·*#]*(?:[\p{{L}}\d§.,&/ -]*?(?:udvalgets|udvalgs|rådets|råds|bestyrelsens|nævnets|repræsentationens|kommissionens|forsamlingens|direktionens|magistratens)\s+)?(?:endelige? )?(?:beslutning|afgørelse|behandling)(?:\s+truffet)?,?(?:\s+(?:i|fra|af|på|for))?(?:\s+(?:{BODY}|(?:\p{{L}}+ )?møde[t]?|(?:\p{{L}}+ )?(?:udvalg|råd|bestyrelse)smødet))?,?(?:\s*(?P<day>{})\s*[:.]?(?P<rest>$|\s*(?-i:\p{{Lu}}).*$)|\s*:(?P<more>\s*(?-i:\p{{Lu}}).*$)|\s*[:.]?\s*$)",
        day()
    ))
});

/// The end of a sentence: a heading has none inside.
static SENTENCE_ENDS: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\p{Ll}{2}[.!?] \p{Lu}"));

/// First words of a page's title, in lower case: body and day after them head no decision.
const TITLES: [&str; 5] = ["referat", "dagsorden", "beslutningsprotokol", "møde", "udskrift"];

/// A body and a day and nothing else: whose words follow.
static MEETING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"(?i)^\s*(?:{BODY}),?\s+{}\s*:?\s*$", day())));

/// The same of a body's meeting: `Magistratens møde den 22. august 2022`. Only names begin with capitals throughout.
static MEETING_OF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"^\s*\p{{Lu}}[\p{{L}}-]*(?:,? (?:(?:og|for|&) )?\p{{Lu}}[\p{{L}}-]*)* ?(?i:møde[t]?),?\s+(?i:{})\s*:?\s*$",
        day()
    ))
});

/// Ends of a body's name in the genitive.
const GENITIVES: [&str; 7] = [
    "udvalgets ",
    "rådets ",
    "bestyrelsens ",
    "nævnets ",
    "repræsentationens ",
    "agistratens ",
    "forsamlingens ",
];

/// Whether a line is a body's meeting and its day.
fn is_meeting_of(line: &str) -> bool {
    GENITIVES.iter().any(|end| line.contains(end)) && MEETING_OF.is_match(line)
}

/// A body in short, a day and a colon: `KB 26. april 2023:`; or with a comma for it: `KB, den 26. april 2023`.
static SHORT_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"^\s*[A-ZÆØÅ]{{2,4}}(?:,?\s+(?i:{day})\s*:|,\s+den\s+(?i:{day}))\s*$", day = day()))
});

/// What a body did on a day, and which: `Indstilling 30. august 2021, pkt. 181 af By- og Miljøudvalget:`.
static DAY_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^\s*(?:indstilling|beslutning|behandling)\s+{},?\s+(?:af|i|fra)\s+{BODY}\s*:?\s*$",
        day()
    ))
});

/// A day and nothing else, after a comma or a blank.
static DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!(r"(?i)^,?\s+{}\s*:?\s*$", day())));

/// The heading that a line is which begins with one of some names and goes on with a day: bodies whose names have no word for one.
pub(super) fn with_name(line: &str, names: &[&str]) -> Option<Heading> {
    let text = line.trim();
    let is_named = text.len() <= LONGEST_WITH_MEETING
        && text.contains(|c: char| c.is_ascii_digit())
        && names.iter().any(|name| text.strip_prefix(name).is_some_and(|rest| DAY.is_match(rest)));
    is_named.then_some(Heading {
        kind: Decision,
        weight: Common,
        names_meeting: true,
        names_item: false,
        end: line.len(),
    })
}

/// The heading that a line is or begins with; None for any other line.
///
/// Asked of every line of every text.
pub(super) fn find(line: &str) -> Option<Heading> {
    let start = line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '•', '·', '*', '#', '_']).len();
    let bare = &line[start..];
    let name_end = bare.find(':').unwrap_or(bare.len());
    let name = bare[..name_end].trim_end_matches([' ', '\t', '\u{a0}', '*', '_', '\r']);
    if name.len() <= LONGEST {
        let lower = name.to_lowercase();
        let lower = lower.strip_suffix(',').unwrap_or(&lower);
        let known = named(lower).or_else(|| owned(lower)).or_else(|| of_matters(lower));
        if let Some((kind, weight)) = known.or_else(|| of_one_kind(lower)) {
            let has_colon = name_end < bare.len();
            let end = start + name_end + usize::from(has_colon);
            let is_alone = line[end..].trim_matches(['*', '_', ' ', '\u{a0}', '\t', '\r']).is_empty();
            // Text goes on after a colon only where the word begins like a heading.
            let may_go_on = has_colon
                && name.starts_with(char::is_uppercase)
                && matches!(kind, Decision | Recommendation | Summary | Background | Economy | Attachments);
            return (is_alone || may_go_on).then_some(Heading {
                kind,
                weight,
                names_meeting: false,
                names_item: false,
                end: if is_alone { line.len() } else { end },
            });
        }
    }
    with_meeting(line)
        .or_else(|| of_item(line, start))
        .or_else(|| glued(line, start))
        .or_else(|| in_column(line, start))
}

/// A heading in a column of its own, its text beside it: `Beslutning       Godkendt.`
fn in_column(line: &str, start: usize) -> Option<Heading> {
    let bare = &line[start..];
    let end = bare.find("  ").into_iter().chain(bare.find('\t')).min().filter(|end| *end <= LONGEST)?;
    let (kind, weight) = named(&bare[..end].to_lowercase())?;
    let text = bare[end..].trim_start();
    let begins = bare.starts_with(char::is_uppercase) && text.starts_with(char::is_uppercase);
    // Rows of tables have more cells.
    let is_row = text.contains('\t') || text.contains("   ");
    (weight == Sure && begins && !is_row).then_some(Heading {
        kind,
        weight,
        names_meeting: false,
        names_item: false,
        end: start + end,
    })
}

/// A section's word, and the number of the item that it is of: `Beslutning for Punkt 4: Titel`.
static OF_ITEM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(?P<word>\p{Lu}\p{L}+) (?:for|til|vedr\.?|vedrørende) (?i:dagsordenspunkt|punkt|pkt\.?|sag) ?(?i:nr\.? ?)?\d{1,4}[.:]?(?:\s|$)",
    )
});

/// The heading of a section that names its item by number. What follows the number is a title, or the text begins there:
/// whoever knows the titles tells.
fn of_item(line: &str, start: usize) -> Option<Heading> {
    let bare = &line[start..];
    // Asked of every line: most have no number near their beginning.
    let head = &bare[..bare.floor_char_boundary(LONGEST)];
    if !head.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = OF_ITEM.captures(head)?;
    let (kind, weight) = named(&found.name("word")?.as_str().to_lowercase())?;
    let end = start + found.get(0)?.end();
    (weight != Common).then_some(Heading { kind, weight, names_meeting: false, names_item: true, end })
}

/// What follows the first number of a line and the marks after it: a title, on the line of its item and in headings that name it.
pub(super) fn after_number(line: &str) -> Option<&str> {
    let head = &line[..line.floor_char_boundary(LONGEST)];
    let number = head.find(|c: char| c.is_ascii_digit())?;
    let rest = line[number..].trim_start_matches(|c: char| c.is_ascii_digit());
    let title = rest.trim_start_matches([' ', '.', ':', ')', '-', '–', '\u{a0}', '\t']).trim_end();
    (!title.is_empty()).then_some(title)
}

/// Which of the words that head a decision for want of a better one does so in a text, by the lines that have one as heading: the
/// first of the table that heads most. Minutes that tell under `Referat` what was said, and under `Konklusion` what was decided,
/// have both.
pub(super) fn instead(lines: &[&str]) -> Option<&'static str> {
    let words = HEADINGS.iter().filter(|(_, _, weight)| *weight == Instead).map(|(word, _, _)| *word);
    let counted: Vec<(&str, usize)> =
        words.map(|word| (word, lines.iter().filter(|line| is_headed(line, word)).count())).collect();
    let most = counted.iter().map(|(_, count)| *count).max()?;
    // `Referat` stands over the page too.
    counted.into_iter().find(|(_, count)| *count + 1 >= most && *count > 0).map(|(word, _)| word)
}

/// Whether a heading, known to be of that sort, is that word.
pub(super) fn is_headed(line: &str, word: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '\u{a0}', '•', '·', '*', '#', '_']);
    let head: String = bare.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    head.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// The heading of the table that a text in lower case is.
fn named(lower: &str) -> Option<(SectionKind, Weight)> {
    HEADINGS.iter().find(|(known, _, _)| *known == lower).map(|(_, kind, weight)| (*kind, *weight))
}

/// Several words for one kind of section, at least one of which only minutes have: `Beslutning/konklusion`.
fn of_one_kind(lower: &str) -> Option<(SectionKind, Weight)> {
    // Names of elements in exports have a space for the stroke.
    let mut parts = lower.split(['/', ' ']).filter(|part| !part.is_empty()).map(named);
    let (kind, mut weight) = parts.next()??;
    for part in parts {
        let (_, other) = part.filter(|(other, _)| *other == kind)?;
        weight = if other == Sure { other } else { weight };
    }
    (weight == Sure).then_some((kind, weight))
}

/// Somebody's own section: one word in the genitive, then what it is.
fn owned(lower: &str) -> Option<(SectionKind, Weight)> {
    let (whose, what) = lower.split_once(' ')?;
    let found = OWNED.iter().find(|(known, _, _)| *known == what)?;
    (whose.ends_with('s') && whose.chars().all(|c| c.is_alphabetic() || c == '-'))
        .then_some((found.1, found.2))
}

/// A heading of several matters is of the kind of the first that the table knows. Decisions share theirs with nothing.
fn of_matters(lower: &str) -> Option<(SectionKind, Weight)> {
    if !BETWEEN_MATTERS.iter().any(|between| lower.contains(between)) {
        return None;
    }
    let mut text = lower.to_owned();
    for between in BETWEEN_MATTERS {
        text = text.replace(between, "\n");
    }
    let mut kind = None;
    for matter in text.split('\n').map(str::trim).filter(|matter| !matter.is_empty()) {
        match named(matter) {
            Some((Decision, _)) => return None,
            Some((found, _)) => kind = kind.or(Some(found)),
            None if MATTERS.contains(&matter) => {}
            None => return None,
        }
    }
    kind.map(|kind| (kind, Common))
}

/// A heading with its text glued to it: `BeslutningGodkendt.`
fn glued(line: &str, start: usize) -> Option<Heading> {
    let bare = &line[start..];
    let mut low = false;
    let at = bare.char_indices().take(LONGEST).find_map(|(at, c)| {
        let begins_anew = low && c.is_uppercase();
        low = c.is_lowercase();
        begins_anew.then_some(at)
    })?;
    let (name, rest) = bare.split_at(at);
    let begins = name.starts_with(char::is_uppercase) && !rest.trim().is_empty();
    let (kind, weight) = named(&name.to_lowercase())?;
    (begins && weight == Sure).then_some(Heading {
        kind,
        weight,
        names_meeting: false,
        names_item: false,
        end: start + at,
    })
}

fn with_meeting(line: &str) -> Option<Heading> {
    let has_word = ["eslutning", "ESLUTNING", "fgørelse", "FGØRELSE", "ehandling"]
        .iter()
        .any(|word| line.contains(word));
    let head = &line[..line.floor_char_boundary(LONGEST_WITH_MEETING)];
    if let Some(found) = has_word.then(|| DECISION.captures(head)).flatten() {
        // Text goes on after a day or a colon only.
        let end = found.name("rest").or_else(|| found.name("more")).map_or(head.len(), |rest| rest.start());
        if end == head.len() && head.len() < line.len() {
            return None;
        }
        let heading = line[..end].trim();
        let names_meeting = found.name("day").is_some();
        // `Behandling` alone heads many things.
        let is_behandling = heading.trim_start().to_lowercase().starts_with("behandling");
        let begins = heading.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
        let fits = begins && (!is_behandling || names_meeting) && !SENTENCE_ENDS.is_match(heading);
        return fits.then_some(Heading {
            kind: Decision,
            weight: Sure,
            names_meeting,
            names_item: false,
            end: if line[end..].trim().is_empty() { line.len() } else { end },
        });
    }
    // What the body decided may follow the colon.
    let end = before_decision(head).or((head.len() == line.len()).then_some(line.len()))?;
    let head = &line[..end];
    let may_be = head.contains(|c: char| c.is_ascii_digit())
        && head.trim_start().starts_with(char::is_uppercase)
        && !TITLES.iter().any(|title| head.trim_start().to_lowercase().starts_with(title));
    (may_be
        && (MEETING.is_match(head)
            || is_meeting_of(head)
            || SHORT_MEETING.is_match(head)
            || DAY_FIRST.is_match(head)))
    .then_some(Heading { kind: Decision, weight: Common, names_meeting: true, names_item: false, end })
}

/// Where the words begin that follow a meeting's day and a colon on one line: `Byrådet, den 4. maj 2026: Godkendt.`
fn before_decision(line: &str) -> Option<usize> {
    line.match_indices(": ").map(|(at, _)| at + 1).find(|end| {
        line[..end - 1].ends_with(|c: char| c.is_ascii_digit() || c == ')')
            && line[*end..].trim_start().starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn kind(line: &str) -> Option<(SectionKind, &str)> {
        find(line).map(|heading| (heading.kind, line[heading.end..].trim()))
    }

    #[test]
    fn headings_are_met_in_any_dress() {
        for (line, expected) in [
            ("BESLUTNING", Decision),
            ("  Beslutning:", Decision),
            ("**Beslutning**", Decision),
            ("Administrationens indstilling:", Recommendation),
            ("SAGSFREMSTILLING", Background),
            ("Udvalgets beslutning", Decision),
            ("Byrådets beslutning den 4. maj 2026:", Decision),
            ("Teknisk Udvalgs beslutning 04-05-2026", Decision),
            ("Beslutning fra  Konstituerende møde  den 12. december 2017:", Decision),
            ("Beslutning i Byrådet den 19-12-2016", Decision),
            ("Beslutning i Byrådet", Decision),
            ("Beslutning Udvalget for teknik den 18-02-2019", Decision),
            ("Økonomiudvalget, 18. september 2019, pkt. 153:", Decision),
            ("Børne- og Skoleudvalget den 6. november 2018:", Decision),
            ("Magistratens møde den 22. august 2022", Decision),
            ("Børne- og Skoleudvalgets møde den 16. august 2022", Decision),
            ("KB 26. april 2023:", Decision),
            ("KB, den 26. april 2023", Decision),
            ("Indstilling 30. august 2021, pkt. 181 af By- og Miljøudvalget:", Decision),
            ("Forvaltningen indstiller,", Recommendation),
            ("Skolechefens indstilling", Recommendation),
            ("Sekretariatets forslag:", Recommendation),
            ("Økonomi, personale og miljø", Economy),
            ("Beslutning/konklusion:", Decision),
            ("Konklusion / beslutning", Decision),
            ("Beslutning konklusion", Decision),
            ("Høring/borgerinddragelse", Hearing),
            ("Borgerrepræsentationens beslutning i mødet den 4. november 2021", Decision),
        ] {
            assert_eq!(kind(line), Some((expected, "")), "{line}");
        }
    }

    #[test]
    fn a_heading_may_name_its_item() {
        assert_eq!(kind("Beslutning for Punkt 4: Vejplan"), Some((Decision, "Vejplan")));
        assert_eq!(kind("Indstilling til pkt. nr. 4"), Some((Recommendation, "")));
        assert_eq!(kind("Beslutning for hele området 4"), None);
        assert_eq!(kind("Oplæg til punkt 4: Vejplan"), None);
        assert_eq!(after_number("Beslutning for Punkt 4: Vejplan"), Some("Vejplan"));
        assert_eq!(after_number("  Punkt 4.  Vejplan "), Some("Vejplan"));
        assert_eq!(after_number("4."), None);
    }

    #[test]
    fn text_may_follow_a_heading() {
        assert_eq!(kind("Beslutning: Godkendt."), Some((Decision, "Godkendt.")));
        assert_eq!(kind("BeslutningGodkendt som indstillet."), Some((Decision, "Godkendt som indstillet.")));
        assert_eq!(kind("Beslutning i Byrådet den 04-05-2026:Udsat."), Some((Decision, "Udsat.")));
        assert_eq!(
            kind("Beslutning i Udvalget for By og Land den 04-05-2026 Udsat."),
            Some((Decision, "Udsat."))
        );
        assert_eq!(kind("Beslutning Teknisk Udvalg, 28.02.2011 Anbefales."), Some((Decision, "Anbefales.")));
        assert_eq!(
            kind("Byrådet, den 4. maj 2026: Beslutningen udsat."),
            Some((Decision, "Beslutningen udsat."))
        );
        assert_eq!(
            kind("Teknisk Udvalg den 4. maj 2026 kl. 15:30, pkt. 4: Anbefales. Ida Holm (F) stemte imod."),
            Some((Decision, "Anbefales. Ida Holm (F) stemte imod."))
        );
        assert_eq!(kind("Beslutning        Godkendt."), Some((Decision, "Godkendt.")));
        assert_eq!(kind("Sagsfremstilling\tDer er en plan."), Some((Background, "Der er en plan.")));
        assert_eq!(kind("Indstilling: at planen godkendes."), Some((Recommendation, "at planen godkendes.")));
    }

    #[test]
    fn sentences_are_no_headings() {
        for line in [
            "Beslutning om budget blev truffet.",
            "Beslutningen blev udsat.",
            "Beslutning i Byrådet den 4. maj 2026 blev udsat.",
            "Byrådet godkendte den 4. maj 2026 planen.",
            "Byrådet, den 4. maj 2026: se bilag",
            "Godkendelse af dagsorden til Byrådets møde den 29. august 2022",
            "KB 26. april 2023",
            "Byrådet mødes den 4. maj 2026: Alle er velkomne",
            "Udvalget mødes den 4. maj 2026 i Byrådssalen",
            "Behandling",
            "Udvalget indstiller, at planen vedtages. Byrådets beslutning den 4. maj 2026",
            "Et forslag",
            "Klima og miljø",
            "Indstilling/beslutning",
            "Konklusion/referat",
            "Beslutning/eventuelt",
            "Beslutning   Dato   Initialer",
            "beslutning  Godkendt",
            "Økonomi og kaffe",
            "BeslutningsForslag fra rådet",
            "Høring: den slutter i maj",
            "beslutning: nej",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn the_table_can_be_found_in() {
        assert!(HEADINGS.iter().all(|(name, _, _)| name.len() <= LONGEST && *name == name.to_lowercase()));
    }
}
