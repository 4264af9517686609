//! Private addresses, phone numbers and e-mails of members never get past reading. Only pages that list members are looked at: in
//! minutes, a citizen's road or an office's number may be the matter itself.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// What stands in the place of each.
const MASK: &str = "[udeladt]";

/// Beginnings of lines that introduce a list of members, in lower case.
const LIST_HEADINGS: [&str; 4] = ["medlemmer", "hvem sidder i", "udvalgets medlemmer", "rådets medlemmer"];

/// A longer line is a sentence, and no heading.
const LONGEST_HEADING: usize = 60;

/// Lines that only an agenda or minutes have, in lower case and without a colon.
const MEETING: [&str; 8] = [
    "dagsorden",
    "referat",
    "beslutning",
    "indstilling",
    "sagsfremstilling",
    "mødedato",
    "fraværende",
    "afbud",
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
            r"|(?:\+45 ?)?\b\d{{2}}(?:[ .]?\d{{2}}){{3}}\b",
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
    let head = |line: &str| line.trim().trim_end_matches(':').to_lowercase();
    let is_heading = |line: &str| {
        line.len() <= LONGEST_HEADING && LIST_HEADINGS.iter().any(|heading| head(line).starts_with(heading))
    };
    let is_of_meeting =
        |line: &str| line.split(':').next().is_some_and(|label| MEETING.contains(&head(label).as_str()));
    text.lines().any(is_heading) && !text.lines().any(is_of_meeting)
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
            "Referat\nMedlemmer: Ole Ravn\nPunkt 1: Lindevej 4\nBeslutning\nGodkendt, ring 97 12 34 56.",
            "Punkt 1: Lindevej 4\nSkriv til plan@kommune.dk.",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn each_place_is_counted_by_its_line() {
        assert_eq!(mask("Medlemmer\nOle Ravn\nab@post.dk\n12345678".to_owned()).1, [3, 4]);
    }
}
