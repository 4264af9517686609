//! Private addresses, phone numbers and e-mails of members never get past reading. Only pages that list members are looked at: in
//! minutes, a citizen's road or an office's number may be the matter itself.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// What stands in the place of each.
const MASK: &str = "[udeladt]";

/// Lines that introduce a list of members, in lower case and without a colon, and how others begin.
const LIST_HEADINGS: [&str; 5] = [
    "medlemmer",
    "udvalgets medlemmer",
    "rådets medlemmer",
    "byrådets medlemmer",
    "kommunalbestyrelsens medlemmer",
];
const LISTS_BEGIN: [&str; 2] = ["medlemmer af ", "hvem sidder i "];

/// A longer line is a sentence, and no heading.
const LONGEST_HEADING: usize = 60;

/// Beginnings of lines that only an agenda or minutes have, in lower case.
const MEETING: [&str; 18] = [
    "dagsordenpunkt",
    "dagsordenspunkt",
    "referat af",
    "referat fra",
    "beslutning",
    "afgørelse",
    "indstilling",
    "sagsfremstilling",
    "mødedato",
    "mødested",
    "mødet ",
    "møde den",
    "fraværende",
    "afbud",
    "til stede",
    "tilstede",
    "sag nr",
    "punkt ",
];

static CONTACT: LazyLock<Pattern> = LazyLock::new(|| {
    let town = r"\d{4} \p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]*)*";
    let floor = r"(?:, ?(?:st|\d{1,2})\.?(?: ?sal)?(?:,? ?(?:th|tv|mf)\.?)?)?";
    let street = r"\p{Lu}[\p{L}.'-]*(?: [\p{L}.'-]+){0,3} \d{1,3} ?[A-Za-z]?\b";
    let road =
        r"(?:\p{Lu}[\p{L}.'-]* ){0,3}\p{L}*(?:vej|gade|alle|allé|stræde|vænget|parken|torvet|bakken|toften)";
    pattern(&format!(
        concat!(
            r"(?m)[\p{{L}}\d.+_-]+@[\p{{L}}\d-]+(?:\.[\p{{L}}\d-]+)+",
            r"|(?:\+45 ?)?\b\d{{2}}(?: ?\d{{2}}){{3}}\b",
            r"|\b{road} \d{{1,3}} ?[A-Za-z]?\b{floor}(?:,? {town})?",
            r"|\b{street}{floor},? {town}",
            r"|^\s*{street}{floor}\s*$",
            r"|^\s*{town}\s*$",
        ),
        town = town,
        floor = floor,
        street = street,
        road = road,
    ))
});

/// The text with what is private masked where it is a page of members, and the line (from 1) of each place that was.
pub(crate) fn mask(text: String) -> (String, Vec<usize>) {
    if !lists_members(&text) {
        return (text, Vec::new());
    }
    let (mut lines, mut masked, mut copied) = (Vec::new(), String::new(), 0);
    for found in CONTACT.find_iter(&text) {
        lines.push(text[..found.start()].matches('\n').count() + 1);
        masked.push_str(&text[copied..found.start()]);
        masked.push_str(MASK);
        masked.extend(found.as_str().chars().filter(|c| *c == '\n'));
        copied = found.end();
    }
    masked.push_str(&text[copied..]);
    (masked, lines)
}

fn lists_members(text: &str) -> bool {
    let heads: Vec<String> =
        text.lines().map(|line| line.trim().trim_end_matches(':').to_lowercase()).collect();
    let is_heading = |head: &String| {
        let begins = head.len() <= LONGEST_HEADING && LISTS_BEGIN.iter().any(|begin| head.starts_with(begin));
        begins || LIST_HEADINGS.contains(&head.as_str())
    };
    let is_of_meeting = |head: &String| MEETING.iter().any(|begin| head.starts_with(begin));
    heads.iter().any(is_heading) && !heads.iter().any(is_of_meeting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, masked: &str) {
        assert_eq!(mask(page.to_owned()).0, masked);
    }

    #[test]
    fn what_is_private_on_a_page_of_members_is_masked() {
        check(
            "Medlemmer af Ældrerådet\nFormand\nAsta Skov\nLindevej 4\n7400 Herning\nTlf. 97 12 34 56\nasta.skov@post.dk\n",
            "Medlemmer af Ældrerådet\nFormand\nAsta Skov\n[udeladt]\n[udeladt]\nTlf. [udeladt]\n[udeladt]\n",
        );
        check(
            "Kulturudvalget\nUdvalget har 5 medlemmer i perioden 2022-2025.\nMedlemmer\nOle Ravn (F), Bakken 4, 2. tv., 4293 Dianalund, mobil +45 23445566",
            "Kulturudvalget\nUdvalget har 5 medlemmer i perioden 2022-2025.\nMedlemmer\nOle Ravn (F), [udeladt], mobil [udeladt]",
        );
        check(
            "Medlemmer:\nMie Strand (C)\n\nPer Dahl (uden for parti)",
            "Medlemmer:\nMie Strand (C)\n\nPer Dahl (uden for parti)",
        );
    }

    #[test]
    fn minutes_keep_their_addresses() {
        for text in [
            "Referat\nMedlemmer\nOle Ravn\nPunkt 1: Lindevej 4\nBeslutning\nGodkendt, ring 97 12 34 56.",
            "Punkt 1: Lindevej 4\nSkriv til plan@kommune.dk.",
            "Udvalget den 11.01.2022\nMedlemmer til stede: Ole Ravn\nSag nr. 1: Elmevej 3\nRing 97123456.",
            "Mødet den 11.01.2022\nMedlemmer\nOle Ravn\nElmevej 3",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn each_place_is_counted_by_its_line() {
        assert_eq!(mask("Medlemmer\nOle Ravn\nab@post.dk\n12345678".to_owned()).1, [3, 4]);
    }
}
