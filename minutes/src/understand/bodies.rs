//! Councils, committees and boards named in running text.

use std::sync::LazyLock;

use crate::{Pattern, cued, pattern};

/// A body named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BodyMention {
    /// Bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The name as printed, without genitive; None for the item's own body ("udvalget", "udvalgsmøde").
    pub(super) name: Option<String>,
}

static BODY_WORD: LazyLock<Pattern> = LazyLock::new(|| {
    const KINDS: &str = "(?i:udvalg|råd|nævn|bestyrelse|kommission|repræsentation|magistrat|forsamling)";
    cued(KINDS, &format!(r"\b(\p{{L}}*?)({KINDS})(et|en|n)?(s)?(?:møde[rt]?(?:ne)?s?)?\b"))
});

/// Abbreviations of bodies that stand in texts of many municipalities.
const ABBREVIATIONS: [&str; 13] =
    ["ØU", "KB", "ØKE", "BYR", "TMU", "BFU", "KFU", "SOS", "BSK", "FOU", "BYP", "BYB", "MIN"];

static ABBREVIATION: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"\b(?:{})\b", ABBREVIATIONS.join("|"))));

/// Word ends that look like a body's and are none.
const NOT_BODIES: [&str; 10] = [
    "områd",
    "samråd",
    "forråd",
    "tråd",
    "gråd",
    "lønråd",
    "fagudvalg",
    "hovedudvalg",
    "underudvalg",
    "§17-udvalg",
];

/// The committee of management and employees, where it is written as a name; other committees above others are told by the word too.
const MAIN_COMMITTEE: &str = "Hovedudvalg";

/// Kinds that only name a body of the council when the word is capitalised, or is this word.
const CAPITALISED_KINDS: [&str; 5] =
    ["bestyrelse", "kommission", "repræsentation", "magistrat", "forsamling"];

/// A council's own name, written without a capital too.
const COUNCIL: &str = "kommunal";

/// Every body named in a text, in order.
pub(super) fn mentions(text: &str) -> Vec<BodyMention> {
    let mut found = Vec::new();
    for captures in BODY_WORD.captures_iter(text) {
        let (Some(whole), Some(stem), Some(kind)) = (captures.get(0), captures.get(1), captures.get(2))
        else {
            continue;
        };
        let article = captures.get(3).map_or(0, |article| article.len());
        let is_meeting = whole.as_str().contains("møde");
        let bare = &text[whole.start()..kind.end()];
        let lower = bare.to_lowercase();
        let needs_capital = CAPITALISED_KINDS.contains(&kind.as_str()) && stem.as_str() != COUNCIL;
        let common_noun = needs_capital && !bare.starts_with(char::is_uppercase);
        let is_main = bare == MAIN_COMMITTEE && article > 0;
        if common_noun || (!is_main && NOT_BODIES.iter().any(|end| lower.ends_with(end))) {
            continue;
        }
        found.extend(mention(
            text,
            whole.start(),
            whole.end(),
            stem.as_str(),
            kind.as_str(),
            article,
            is_meeting,
        ));
    }
    for short in ABBREVIATION.find_iter(text) {
        found.push(BodyMention {
            start: short.start(),
            end: short.end(),
            name: Some(short.as_str().to_owned()),
        });
    }
    found.sort_by_key(|mention| mention.start);
    found
}

fn mention(
    text: &str,
    start: usize,
    end: usize,
    stem: &str,
    kind: &str,
    article_len: usize,
    is_meeting: bool,
) -> Option<BodyMention> {
    let definite = article_len > 0;
    if stem.is_empty() {
        if let Some(from) = paragraph_before(text, start) {
            let word_end = start + kind.len() + article_len;
            return Some(BodyMention { start: from, end, name: Some(spaced(&text[from..word_end])) });
        }
        if kind == "Magistrat" && definite {
            return Some(BodyMention { start, end, name: Some("Magistraten".to_owned()) });
        }
        if ["Udvalg", "Råd"].contains(&kind)
            && !definite
            && !is_meeting
            && let Some(from) = adjective_before(text, start)
        {
            let name = spaced(&text[from..start + kind.len()]);
            return Some(BodyMention { start: from, end, name: Some(name) });
        }
        let own = matches!(kind.to_lowercase().as_str(), "udvalg" | "råd") && (definite || is_meeting);
        if !own {
            return None;
        }
        return Some(match named_after(text, start, end) {
            Some(end) => BodyMention { start, end, name: Some(text[start..end].to_owned()) },
            None => BodyMention { start, end, name: None },
        });
    }
    let capital = stem.starts_with(char::is_uppercase);
    if !capital && !definite && !is_meeting {
        return None;
    }
    let from = extend_left(text, start);
    let town = (!definite && !is_meeting && from == start).then(|| town_before(text, start)).flatten();
    let name = if is_meeting {
        let first: String = text[from..start].to_owned() + stem;
        let article = match kind {
            "udvalg" | "råd" | "nævn" => "et",
            _ if kind.ends_with('e') => "n",
            _ => "en",
        };
        capitalised(&format!("{first}{kind}{article}"))
    } else {
        let word_end = start + stem.len() + kind.len() + article_len;
        spaced(&text[town.unwrap_or(from)..word_end])
    };
    let of_one = (!is_meeting && definite).then(|| board_of(text, end, kind)).flatten();
    if let Some(last) = of_one {
        let name = Some(spaced(&text[town.unwrap_or(from)..last]));
        return Some(BodyMention { start: town.unwrap_or(from), end: last, name });
    }
    Some(BodyMention { start: town.unwrap_or(from), end, name: Some(name) })
}

/// Where the name of a board ends that is told by its school or institution: `Skolebestyrelsen for Østby Skole`. A municipality has
/// many of them.
fn board_of(text: &str, end: usize, kind: &str) -> Option<usize> {
    static OF_ONE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^ (?:for|på|ved|i) \p{Lu}[\p{L}-]+(?: (?:og )?\p{Lu}[\p{L}-]+)*"));
    let is_board = kind.eq_ignore_ascii_case("bestyrelse");
    is_board.then(|| OF_ONE.find(&text[end..]).map(|found| end + found.end())).flatten()
}

/// A name with a capital first.
pub(super) fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `Udvalget for teknik og miljø`: where the name ends that begins with the bare word.
fn named_after(text: &str, start: usize, end: usize) -> Option<usize> {
    static AFTER: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^ for \p{L}+(?:(?:, \p{L}+)* og \p{L}+|(?: \p{Lu}\p{L}+)+)?"));
    let capital = text[start..].starts_with(char::is_uppercase);
    capital.then(|| AFTER.find(&text[end..]).map(|after| end + after.end())).flatten()
}

/// First halves of compounds as some write them without the hyphen: `Børne og Familieudvalget`.
const FIRST_HALVES: [&str; 22] = [
    "Arbejdsmarkeds",
    "Beskæftigelses",
    "Børne",
    "By",
    "Erhvervs",
    "Familie",
    "Fritids",
    "Idræts",
    "Integrations",
    "Klima",
    "Kultur",
    "Landdistrikts",
    "Miljø",
    "Natur",
    "Plan",
    "Skole",
    "Social",
    "Sundheds",
    "Teknik",
    "Undervisnings",
    "Ældre",
    "Økonomi",
];

/// How far before a body's word the rest of its name can begin.
const LONGEST_NAME: usize = 120;

/// Takes in the words before a compound: `Social- og `, `Miljø-, Infrastruktur- og `, `Plan-, Miljø og `, `Det Lokale `.
fn extend_left(text: &str, start: usize) -> usize {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            concat!(
                r"(?:\p{{Lu}}\p{{L}}+-(?:,\s|\s,|,)(?:\p{{Lu}}\p{{L}}+-?,\s)*\p{{Lu}}\p{{L}}+-?\sog\s",
                r"|\p{{Lu}}\p{{L}}+-?\s&\s|\p{{Lu}}\p{{L}}+-\sog\s|\b(?:{})\sog\s|\bDet\s\p{{Lu}}\p{{Ll}}+e\s)$",
            ),
            FIRST_HALVES.join("|")
        ))
    });
    let window = text.floor_char_boundary(start.saturating_sub(LONGEST_NAME));
    let before = &text[window..start];
    // Most bodies stand after "i", "af" or at the beginning.
    if !["og", "&", "e"].iter().any(|end| before.trim_end().ends_with(end)) {
        return start;
    }
    BEFORE.find(before).map_or(start, |before| window + before.start())
}

/// A name whose spaces are plain ones.
fn spaced(name: &str) -> String {
    name.replace(|c: char| c.is_whitespace(), " ")
}

/// `§ 17, stk. 4-udvalget`: where the name begins that a bare word ends.
fn paragraph_before(text: &str, start: usize) -> Option<usize> {
    static PARAGRAPH: LazyLock<Pattern> = LazyLock::new(|| pattern(r"§\s?\d+(?:,?\s?stk\.\s?\d+)?(?:-|\s)$"));
    let window = text.floor_char_boundary(start.saturating_sub(LONGEST_NAME));
    let before = &text[window..start];
    let may_be = before.ends_with(['-', ' ', '\u{a0}']) && before.contains('§');
    may_be.then(|| PARAGRAPH.find(before)).flatten().map(|found| window + found.start())
}

/// Words before the bare word that make no name of it.
const NO_ADJECTIVES: [&str; 10] =
    ["Det", "Dette", "Et", "Hvert", "Hvilket", "Intet", "Nyt", "Andet", "Samme", "Fra"];

/// `Teknisk Udvalg`, `Det Sociale Udvalg`, `Grønt Råd`: where the name begins.
fn adjective_before(text: &str, start: usize) -> Option<usize> {
    static ADJECTIVE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?:\bDet\s)?\b(\p{Lu}\p{Ll}+)\s$"));
    let window = text.floor_char_boundary(start.saturating_sub(LONGEST_NAME));
    let found = ADJECTIVE.captures(&text[window..start])?;
    let is_name = !NO_ADJECTIVES.contains(&&found[1]);
    found.get(0).filter(|_| is_name).map(|it| window + it.start())
}

/// `Herning Byråd`: where the town begins.
fn town_before(text: &str, start: usize) -> Option<usize> {
    static TOWN: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\p{Lu}[\p{L}-]+ $"));
    let window = text.floor_char_boundary(start.saturating_sub(40));
    let found = TOWN.find(&text[window..start])?;
    text[start..].starts_with("Byråd").then_some(window + found.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            mentions(text).into_iter().map(|m| m.name.unwrap_or_else(|| "(own)".to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bodies_are_found_as_printed() {
        check(
            "i Økonomi- og Erhvervsudvalget den 9. april og Byrådet den 17.",
            &["Økonomi- og Erhvervsudvalget", "Byrådet"],
        );
        check(
            "Børne- og Familieudvalget og Beskæftigelsesudvalgets møde",
            &["Børne- og Familieudvalget", "Beskæftigelsesudvalget"],
        );
        check("i Plan-, Miljø og Klimaudvalget i februar", &["Plan-, Miljø og Klimaudvalget"]);
        check("Miljø-, Infrastruktur- og Naturudvalget", &["Miljø-, Infrastruktur- og Naturudvalget"]);
        check("Udvalget for teknik og miljø den 18-02-2019", &["Udvalget for teknik og miljø"]);
        check("udvalget mødes på udvalgsmøde i rådet", &["(own)", "(own)", "(own)"]);
        check("Udvalget tager sagen op. Rådet drøfter.", &["(own)", "(own)"]);
        check("på byrådsmødet i Herning Byråd og i Udsatteråd", &["Byrådet", "Herning Byråd", "Udsatteråd"]);
        check(
            "i Børne og Familieudvalget og Det Lokale Beskæftigelsesråd",
            &["Børne og Familieudvalget", "Det Lokale Beskæftigelsesråd"],
        );
        check("i Økonomi-\u{a0}og\u{a0}Erhvervsudvalget", &["Økonomi- og Erhvervsudvalget"]);
        check("§ 17, stk. 4-udvalget og §17-udvalget", &["§ 17, stk. 4-udvalget", "§17-udvalget"]);
        check("Handicaprådet og Ældrerådet", &["Handicaprådet", "Ældrerådet"]);
        check("behandles i ØU og Kommunalbestyrelsen", &["ØU", "Kommunalbestyrelsen"]);
        check(
            "medlemmer af Teknisk Udvalg: A og B. Det Sociale Udvalgs møde og Tekniske Udvalg",
            &["Teknisk Udvalg", "Det Sociale Udvalg", "Tekniske Udvalg"],
        );
        check("medlem af Grønt Råd. Det Grønne Råds møde, Nyt Råd", &["Grønt Råd", "Det Grønne Råd"]);
        check("i Teknik & Miljøudvalget", &["Teknik & Miljøudvalget"]);
    }

    #[test]
    fn other_words_are_no_bodies() {
        check("råd og vejledning, et udvalg af varer, på området, Rådhuset, fagudvalgene", &[]);
    }
}
