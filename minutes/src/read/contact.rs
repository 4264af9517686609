//! Private addresses, phone numbers and e-mails of members never get past reading. Only pages that list members are looked at: in
//! minutes, a citizen's road or an office's number may be the matter itself.

use std::sync::LazyLock;

use super::mask;
use crate::segment::members;
use crate::{Pattern, pattern};

/// What stands in the place of each.
const MASK: &str = "[udeladt]";

/// How headings of such lists begin beside those that [`members::is_list_heading`] knows, in lower case.
const LISTS_BEGIN: [&str; 2] = ["medlemmer af ", "hvem sidder i "];

/// A longer line is a sentence, and no heading.
const LONGEST_HEADING: usize = 60;

/// No beginning in [`MEETING`] is longer, in characters.
const LONGEST_BEGINNING: usize = 20;

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
    let places: Vec<_> = CONTACT.find_iter(&text).map(|found| found.range()).collect();
    mask::over(text, &places, MASK)
}

fn lists_members(text: &str) -> bool {
    text.lines().any(is_heading) && !text.lines().any(is_of_meeting)
}

fn is_heading(line: &str) -> bool {
    let head = line.trim();
    let begins = || LISTS_BEGIN.iter().any(|begin| head.to_lowercase().starts_with(begin));
    head.len() <= LONGEST_HEADING
        && members::may_head_list(head)
        && (members::is_list_heading(head) || begins())
}

fn is_of_meeting(line: &str) -> bool {
    let start: String = line.trim_start().chars().take(LONGEST_BEGINNING).collect::<String>().to_lowercase();
    MEETING.iter().any(|begin| start.starts_with(begin))
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
