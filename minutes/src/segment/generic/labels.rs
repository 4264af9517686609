//! Labels of a meeting and of an item in any municipality's usage, with or without a colon.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// What a label in the header gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Body,
    Date,
    Time,
    Place,
    Present,
    Absent,
    /// Who came instead of one who was absent.
    Substitutes,
    /// A label whose value is kept as text only.
    Unused,
}

/// Labels of a header in lower case; the longer before those they begin with.
const HEADER: [(&str, Slot); 75] = [
    ("udvalg", Slot::Body),
    ("organ", Slot::Body),
    ("mødeforum", Slot::Body),
    ("råd/udvalg", Slot::Body),
    ("udvalg/råd", Slot::Body),
    ("mødedato og tid", Slot::Date),
    ("dato og tid", Slot::Date),
    ("dato og tidspunkt", Slot::Date),
    ("mødedato", Slot::Date),
    ("dato", Slot::Date),
    ("starttidspunkt", Slot::Date),
    ("mødetidspunkt", Slot::Date),
    ("mødestart", Slot::Date),
    ("mødetid", Slot::Time),
    ("tidspunkt", Slot::Time),
    ("tid", Slot::Time),
    ("klokkeslæt", Slot::Time),
    ("start kl.", Slot::Time),
    ("start kl", Slot::Time),
    ("starttid", Slot::Time),
    ("sluttidspunkt", Slot::Unused),
    ("mødested", Slot::Place),
    ("mødelokale", Slot::Place),
    ("sted", Slot::Place),
    ("lokale", Slot::Place),
    ("mødedeltagere", Slot::Present),
    ("tilstede var", Slot::Present),
    ("til stede var", Slot::Present),
    ("mødt var", Slot::Present),
    ("fraværende var", Slot::Absent),
    ("medlemmer til stede", Slot::Present),
    ("tilstedeværende medlemmer", Slot::Present),
    ("mødte medlemmer", Slot::Present),
    ("fraværende medlemmer", Slot::Absent),
    ("medlemmer med afbud", Slot::Absent),
    ("deltager(e)", Slot::Present),
    ("deltagere", Slot::Present),
    ("deltager", Slot::Present),
    ("medlemmer", Slot::Present),
    ("til stede", Slot::Present),
    ("tilstede", Slot::Present),
    ("tilstedeværende", Slot::Present),
    ("fremmødte", Slot::Present),
    ("fremmødt", Slot::Present),
    ("mødte", Slot::Present),
    ("mødt", Slot::Present),
    ("ikke fremmødte", Slot::Absent),
    ("ej til stede", Slot::Absent),
    ("ej tilstede", Slot::Absent),
    ("ikke tilstede", Slot::Absent),
    ("ikke mødte", Slot::Absent),
    ("ikke mødt", Slot::Absent),
    ("fraværende med afbud", Slot::Absent),
    ("ikke til stede", Slot::Absent),
    ("fraværende", Slot::Absent),
    ("fraværende uden afbud", Slot::Absent),
    ("fraværende (med afbud)", Slot::Absent),
    ("fravær", Slot::Absent),
    ("meldt afbud", Slot::Absent),
    ("afbud fra", Slot::Absent),
    ("afbud", Slot::Absent),
    ("i stedet mødte", Slot::Substitutes),
    ("i stedet deltog", Slot::Substitutes),
    ("som stedfortræder mødte", Slot::Substitutes),
    ("som stedfortræder deltog", Slot::Substitutes),
    ("mødte stedfortrædere", Slot::Substitutes),
    ("indkaldte stedfortrædere", Slot::Substitutes),
    ("stedfortrædere", Slot::Substitutes),
    ("stedfortræder", Slot::Substitutes),
    ("suppleanter", Slot::Substitutes),
    ("suppleant", Slot::Substitutes),
    ("bemærkninger", Slot::Unused),
    ("mødeleder", Slot::Unused),
    ("referent", Slot::Unused),
    ("møde", Slot::Unused),
];

/// A label of the header: what it gives, where its value begins, and whether a colon or a gap parts the two.
pub(super) fn header(line: &str) -> Option<(Slot, &str, bool)> {
    let text = line.trim();
    let head: String = text.chars().take(LONGEST_LABEL).flat_map(char::to_lowercase).collect();
    // Whose office it is stands with its word: both are the value.
    let is_office =
        |label: &str| head.strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with(':'));
    if OFFICES.iter().any(|label| is_office(label)) && !text.ends_with(':') {
        return Some((Slot::Present, text, true));
    }
    HEADER.iter().find_map(|(label, slot)| {
        head.strip_prefix(label)?;
        let rest = text.get(label.len()..)?;
        if let Some(value) = rest.trim_start().strip_prefix(':') {
            return Some((*slot, value.trim(), true));
        }
        if rest.is_empty() {
            return Some((*slot, "", true));
        }
        // Without a colon a list begins with a name.
        let is_list = matches!(slot, Slot::Present | Slot::Absent | Slot::Substitutes);
        if is_list && !rest.trim_start().starts_with(char::is_uppercase) {
            let names_whose = [" fra ", " for "].iter().any(|word| rest.starts_with(word));
            return (names_whose && rest.contains(": ")).then(|| (*slot, rest.trim(), true));
        }
        let gap = rest.starts_with('\t') || rest.starts_with("  ");
        rest.starts_with(char::is_whitespace).then(|| (*slot, rest.trim(), gap))
    })
}

/// Offices that are a label of their own in a header, in lower case.
const OFFICES: [&str; 5] = ["formand", "næstformand", "borgmester", "1. viceborgmester", "2. viceborgmester"];

/// In characters.
const LONGEST_LABEL: usize = 28;

/// Labels of an item's case number. `Dok.nr.` and `Bilagsnr.` are numbers of papers, and no case's.
static CASE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s,;(])((?:kle-?)?sags(?: nr|nr|nummer|id|-id|-nr)\b\.?|sags id\b\.?|sag id\b\.?|sag(?: nr\.?)? ?:|j\. ?nr\b\.?|journal(?: ?nr|nummer|-nr)\b\.?|acadre(?:nr|sag|-nr)?\b\.?)\s*:?\s*",
    )
});

/// Labels of who prepared an item.
static CASEWORKER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s,;(])((?:øvrige )?sagsbehandlere?|sagsinitialer|initialer|sagsansvarlig|sagsbeh)\b\.?\s*:?\s*",
    )
});

/// The number of a paper, which may stand before the case's.
static PAPER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^dok(?:ument)?\.? ?(?:nr|id)\.? ?:? ?\S+[\s,;]"));

/// Whether a line of labels begins with the number of a paper.
pub(super) fn names_paper(line: &str) -> bool {
    PAPER.is_match(line.trim())
}

/// Words that say whether an item is open.
static STATUS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s,;(])(?:(?:status|offentlighed|åben/lukket|punkttype|sagstype)\s*:\s*)?(åbent?(?: punkt| sag| dagsorden)?|lukket(?: punkt| sag| dagsorden)?)\)?\s*$",
    )
});

/// A case number at the start of a value.
static CASE_NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:\d{2}\.\d{2}\.\d{2}[- ]?[A-ZÆØÅ]\d{2}(?:/\d[\d/-]*)?(?: ?- ?\d[\d/-]*)*",
        r"|\d{2}\.\d{2}[A-ZÆØÅ]\d{2} ?- ?[\d/]+",
        r"|(?:[A-ZÆØÅ]{1,4}[ -])?[A-ZÆØÅ]{0,5}\d[\dA-ZÆØÅa-z]*(?:[./-][\dA-ZÆØÅ]+)*)",
    ))
});

/// What a line of labels in an item's head says.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct ItemLabels<'t> {
    /// The number after a case label; empty where the label stands alone.
    pub(super) case: Option<&'t str>,
    /// The names after a caseworker label; empty where it stands alone.
    pub(super) caseworkers: Option<&'t str>,
    /// Whether the line says that the item is closed (true) or open.
    pub(super) closed: Option<bool>,
}

/// A longer line is text, whatever words stand in it.
const LONGEST_LABEL_LINE: usize = 240;

/// Reads a line that begins with a label of an item's head; None for any other line.
pub(super) fn item(line: &str) -> Option<ItemLabels<'_>> {
    let text = line.trim();
    let first = text.chars().next()?.to_lowercase().next()?;
    if text.len() > LONGEST_LABEL_LINE || !"sjakiøålopd".contains(first) {
        return None;
    }
    if let Some((state, case)) = stated_case(text) {
        let closed = Some(state.to_lowercase().starts_with("lukket"));
        return Some(ItemLabels { case: Some(case), closed, ..ItemLabels::default() });
    }
    let case = CASE.captures(text);
    let worker = CASEWORKER.captures(text);
    let status = STATUS.captures(text);
    let starts = |group: Option<regex::Match<'_>>| group.is_some_and(|found| found.start() == 0);
    let label = |found: &Option<regex::Captures<'_>>| starts(found.as_ref().and_then(|f| f.get(1)));
    let is_after_paper = case.is_some() && PAPER.is_match(text);
    let only_status = status.as_ref().and_then(|found| found.get(0)).is_some_and(|found| found.start() == 0);
    if !(label(&case) || label(&worker) || only_status || is_after_paper) {
        return None;
    }
    let mut labels = ItemLabels::default();
    let ends: Vec<usize> = [&case, &worker, &status]
        .into_iter()
        .filter_map(|found| found.as_ref()?.get(1).map(|group| group.start()))
        .collect();
    let value = |from: usize| {
        let to = ends.iter().copied().filter(|end| *end >= from).min().unwrap_or(text.len());
        text[from..to].trim_matches([' ', ',', ';', '\u{a0}', '\t'])
    };
    if let Some(found) = case.as_ref().and_then(|found| found.get(0)) {
        let value = value(found.end());
        match CASE_NUMBER.find(value).filter(|number| number.as_str().contains(|c: char| c.is_ascii_digit()))
        {
            Some(number) => labels.case = Some(number.as_str().trim_end_matches(['-', '.', ' '])),
            // A word after the label makes a sentence.
            None if value.is_empty() || value == "-" => labels.case = Some(""),
            None => return None,
        }
    }
    if let Some(found) = worker.as_ref().and_then(|found| found.get(0)) {
        labels.caseworkers = Some(value(found.end()));
    }
    if let Some(found) = status.as_ref().and_then(|found| found.get(1)) {
        labels.closed = Some(found.as_str().to_lowercase().starts_with("lukket"));
    }
    Some(labels)
}

/// The state of an item and its case number, which need no label where both make a line: `Åbent - 05.01.00-P20-3-23`.
fn stated_case(text: &str) -> Option<(&str, &str)> {
    static STATE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)^(åbent?|lukket)(?: punkt| sag| dagsorden)?\s*[-–—:,|/]?\s"));
    let found = STATE.captures(text)?;
    let case = unlabelled_case(&text[found.get(0)?.end()..])?;
    Some((found.get(1)?.as_str(), case))
}

/// A case number that begins a text, and the text after it: `BR 366/07. Titel`, `19/2484 - Titel`. Only forms with a slash or a
/// KLE number: a year or a sum of money begins titles too.
pub(super) fn leading_case(title: &str) -> Option<(&str, &str)> {
    static LEADING: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"^((?:[A-ZÆØÅ]{1,3} )?\d{2,6}/\d{2,5}|\d{2}/\d{3,6}|\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2})(?:\.|:|\s[–-]|\s)\s*(\p{Lu}.*)$",
        )
    });
    let found = LEADING.captures(title)?;
    Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
}

/// A case number that ends a title, in parentheses, after a gap, or of a form that nothing else has (`… 00.22.00.P35 24/5566`), and the title before it: `Titel (2021-0022110)`.
pub(super) fn trailing_case(title: &str) -> Option<(&str, &str)> {
    static BARE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?P<title>\S.*?)(?:",
            r"(?:\s{2,}|\t\s*)(?P<a>\d{2,4}/\d{1,6})",
            r"|\s+(?P<b>\d{2}\.\d{2}\.\d{2}[.-][A-ZÆØÅ]\d{2}(?:\s+\d{2,4}/\d{1,6}|-\d{1,6}-\d{2})|\d{2}/\d{4,6}|(?:EMN|SAG|GEO)-\d{4}-\d{3,6})",
            r")$",
        ))
    });
    if let Some((before, case)) = title.strip_suffix(')').and_then(|title| title.rsplit_once(" (")) {
        return Some((unlabelled_case(case)?, before.trim_end())).filter(|(_, before)| !before.is_empty());
    }
    let found = BARE.captures(title)?;
    let case = found.name("a").or_else(|| found.name("b"))?.as_str();
    Some((case, found.name("title")?.as_str().trim_end()))
}

/// A line that is nothing but a KLE case number.
pub(super) fn bare_case(line: &str) -> Option<&str> {
    static BARE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^\s*(\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2})\s*-?\s*$"));
    BARE.captures(line).and_then(|found| found.get(1)).map(|found| found.as_str())
}

/// A case number that stands under a title without a label; None for a month of a year (`12/2023`), for years (`2021-2025`) and all
/// else.
pub(super) fn unlabelled_case(line: &str) -> Option<&str> {
    static UNLABELLED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"^\s*(\d{2}\.\d{2}\.\d{2}[- ]?[A-ZÆØÅ]\d{2} ?- ?\d{1,6}(?:-\d{2,4})?|\d{2}\.\d{2}[A-ZÆØÅ]\d{2} ?- ?\d[\d/]+|\d{2}/\d{3,6}|\d{4}[/-]\d{4,7}|(?:EMN|SAG)-\d{4}-\d{3,6})\s*[-.]?\s*$",
        )
    });
    let case = UNLABELLED.captures(line).and_then(|found| found.get(1))?.as_str();
    let is_year = |year: &u32| (1900..2100).contains(year);
    let is_time = case
        .split_once(['/', '-'])
        .and_then(|(one, other)| Some((one.parse::<u32>().ok()?, other.parse::<u32>().ok()?)))
        .is_some_and(|(one, other)| (one <= 12 || is_year(&one)) && is_year(&other));
    (!is_time).then_some(case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_labels_are_known_in_capitals_and_without_a_colon() {
        assert_eq!(header("UDVALG"), Some((Slot::Body, "", true)));
        assert_eq!(header("Mødested Rådhuset, lokale 2"), Some((Slot::Place, "Rådhuset, lokale 2", false)));
        assert_eq!(header("Dato: 3. maj 2023"), Some((Slot::Date, "3. maj 2023", true)));
        assert_eq!(header("Start kl.: 16.30"), Some((Slot::Time, "16.30", true)));
        assert_eq!(header("Udvalgene mødes"), None);
        assert_eq!(header("Fraværende var:"), Some((Slot::Absent, "", true)));
        assert_eq!(header("Deltagere i turen"), None);
        assert_eq!(header("Ikke tilstede: Ida Holm"), Some((Slot::Absent, "Ida Holm", true)));
        let named = header("Til stede fra Skoleudvalget: Ida Holm");
        assert_eq!(named, Some((Slot::Present, "fra Skoleudvalget: Ida Holm", true)));
    }

    #[test]
    fn item_labels_share_lines() {
        let read = |line| item(line).map(|found| (found.case, found.caseworkers, found.closed));
        assert_eq!(read("Sagsnr.: 23/117"), Some((Some("23/117"), None, None)));
        assert_eq!(
            read("Sagsid.: 20/26406, Sagsinitialer: SBOE"),
            Some((Some("20/26406"), Some("SBOE"), None))
        );
        assert_eq!(
            read("Sagsnr. 299835 Kulturudvalget Åbent punkt"),
            Some((Some("299835"), None, Some(false)))
        );
        assert_eq!(read("Sagsnr."), Some((Some(""), None, None)));
        assert_eq!(read("Initialer"), Some((None, Some(""), None)));
        assert_eq!(read("Lukket punkt"), Some((None, None, Some(true))));
        assert_eq!(read("Punkttype: Lukket sag"), Some((None, None, Some(true))));
        assert_eq!(read("Journal nr.: 2021-01187"), Some((Some("2021-01187"), None, None)));
        assert_eq!(
            read("Dok.nr.: 18441-21  Sagsid.: 21/9021  Initialer: abc"),
            Some((Some("21/9021"), Some("abc"), None))
        );
        assert_eq!(read("Dok.nr.: 18441-21"), None);
        assert_eq!(read("Sags nr.: 14/2011"), Some((Some("14/2011"), None, None)));
        assert_eq!(
            read("J.nr.: 01.02.05P16/08-1044   Åben sag"),
            Some((Some("01.02.05P16/08-1044"), None, Some(false)))
        );
        assert_eq!(
            read("Sagsnr.: 27.00.00-A00-5-15 Sagsbehandler: Ida Holm"),
            Some((Some("27.00.00-A00-5-15"), Some("Ida Holm"), None))
        );
        assert_eq!(read("Åbent - 05.01.00-P20-3-23"), Some((Some("05.01.00-P20-3-23"), None, Some(false))));
        assert_eq!(read("Lukket punkt: 23/11784"), Some((Some("23/11784"), None, Some(true))));
        assert_eq!(read("Åbent 2021-2025"), None);
        assert_eq!(read("Sagsbehandleren oplyste, at vejen er spærret."), None);
        assert_eq!(read("Sagsnummer mangler i brevet."), None);
        assert_eq!(read("Lukket på grund af vejret."), None);
    }

    #[test]
    fn a_case_may_have_a_short_label() {
        assert_eq!(item("SAG: 2026-00123").map(|found| found.case), Some(Some("2026-00123")));
        assert_eq!(item("Sag: Vejen ved søen"), None);
    }

    #[test]
    fn a_case_may_stand_without_a_label() {
        for case in [
            "27.00.00P20-0031",
            "00.01.00-P35-1-24",
            "21/30117",
            "2021-004417",
            "EMN-2021-00412",
            "SAG-2021-118822",
        ] {
            assert_eq!(unlabelled_case(case), Some(case));
        }
        assert_eq!(unlabelled_case("2012-41188."), Some("2012-41188"));
        for other in [
            "12/2023",
            "2021-2025",
            "2021/2022",
            "21/30117 blev nævnt",
            "27.00",
            "2021",
            "31-12-2021",
            "2021/22",
        ] {
            assert_eq!(unlabelled_case(other), None, "{other}");
        }
    }

    #[test]
    fn a_title_may_begin_with_its_case() {
        assert_eq!(leading_case("BR 366/07. Indmeldelse"), Some(("BR 366/07", "Indmeldelse")));
        assert_eq!(leading_case("2018 Regnskab"), None);
        assert_eq!(trailing_case("Grønne gårde (2021-0022110)"), Some(("2021-0022110", "Grønne gårde")));
        assert_eq!(trailing_case("Ferieplan (2021/2022)"), None);
        assert_eq!(trailing_case("Vejplan\t23/1"), Some(("23/1", "Vejplan")));
        assert_eq!(trailing_case("Vejplan 05.01.12.G00 24/3344"), Some(("05.01.12.G00 24/3344", "Vejplan")));
        assert_eq!(trailing_case("Vejplan 22/14112"), Some(("22/14112", "Vejplan")));
        assert_eq!(trailing_case("Budget 2024/2025"), None);
        assert_eq!(trailing_case("Klasser 22/23"), None);
        assert_eq!(trailing_case("Salg (Lukket)"), None);
    }
}
