//! What a new text under a known name is to the text that was read there before.

use std::collections::HashSet;

use minutes::{AgendaItem, Document, Kind};

use crate::ledger::changes::{texts, words};

/// At least one part in so many is missing of a text that was cut off in its last item, unless the decision is: less may be a
/// correction.
const CUT_OFF_PART: usize = 10;

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Succession {
    /// Another version of the same.
    Version,
    /// The minutes or the agenda of another meeting: the name is used again.
    OtherMeeting,
    /// No meeting where there was one, or the beginning of it alone: an error page, half a file.
    Nothing,
}

/// A document and the text it was read from.
pub(super) type Read<'a> = (&'a Document, &'a str);

pub(super) fn of(old: Read<'_>, new: Read<'_>) -> Succession {
    if !holds_meeting(old.0) {
        Succession::Version
    } else if !holds_meeting(new.0) || is_cut_off(old, new) {
        Succession::Nothing
    } else if is_other_meeting(old.0, new.0) {
        Succession::OtherMeeting
    } else {
        Succession::Version
    }
}

fn holds_meeting(document: &Document) -> bool {
    matches!(document.kind, Kind::Minutes | Kind::Agenda) && !document.items.is_empty()
}

/// Whether the new text is the beginning of the old one and ends inside an item. What ends between two of them has had items taken
/// out, as far as anybody can tell; what lacks little at the very end may be a correction.
fn is_cut_off(old: Read<'_>, new: Read<'_>) -> bool {
    let count = new.0.items.len();
    let (Some(last), Some(whole)) = (new.0.items.last(), old.0.items.get(count - 1)) else { return false };
    if last == whole {
        return false;
    }
    let (before, after) = (words(old.1), words(new.1));
    let missing = before.len().saturating_sub(after.len());
    let is_much = count < old.0.items.len()
        || (last.decision.is_none() && whole.decision.is_some())
        || missing * CUT_OFF_PART >= before.len();
    is_much && missing > 0 && before.starts_with(&after)
}

/// Another body on another day always is; one of the two alone is a correction as long as the items are mostly the same. What is not
/// known is no difference.
fn is_other_meeting(old: &Document, new: &Document) -> bool {
    let bodies = old.body.as_deref().zip(new.body.as_deref());
    let is_other_body = bodies.is_some_and(|(old, new)| minutes::body::key(old) != minutes::body::key(new));
    let is_other_day = old.date.zip(new.date).is_some_and(|(old, new)| old != new);
    match (is_other_body, is_other_day) {
        (false, false) => false,
        (true, true) => true,
        _ => !is_mostly_the_same(old, new),
    }
}

/// Whether most of the text of the new items, decisions left out, stood in the old ones. By length: short items come back at every
/// meeting.
fn is_mostly_the_same(old: &Document, new: &Document) -> bool {
    let content = |item: &AgendaItem| {
        format!("{}|{}", words(item.title.as_deref().unwrap_or_default()), texts(&item.sections, true))
    };
    let known: HashSet<String> = old.items.iter().map(content).collect();
    let (same, other): (Vec<String>, Vec<String>) =
        new.items.iter().map(content).partition(|content| known.contains(content));
    let length = |all: &[String]| all.iter().map(String::len).sum::<usize>();
    length(&same) > length(&other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEETING: &str = "Udvalg: Byrådet\nMødedato: 3. november 2026\nMødetidspunkt: 17:00\nMødested: A1\n\n\
                           Dagsordenpunkter\n\n";

    fn item(number: u32, title: &str, text: &str, decision: &str) -> String {
        format!(
            "{number}. {title}\n\nSagsnr.: 05.04.00-A00-{number}-26 Sagsbehandler: Bo Lund  \n\n{title}\n\n\
             Øvrige sagsbehandlere: -\n\nSagsfremstilling\n\n{text}\n\nBeslutning\n\n{decision}\n\nBilag\n\n"
        )
    }

    fn two() -> String {
        let long = "Vejen anlægges fra broen til skolen og får en sti på begge sider.";
        format!("{MEETING}{}{}", item(1, "Ny vej", long, "Godkendt."), item(2, "Sti", "Ved åen.", "Udsat."))
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: Succession) {
        let read = |text: &str| minutes::parse(text).0;
        assert_eq!(of((&read(old), old), (&read(new), new)), expected, "{new}");
    }

    #[test]
    fn what_holds_no_meeting_takes_no_meetings_place() {
        let nothing = "Beklager, der skete en fejl. Prøv igen senere.";
        check(&two(), nothing, Succession::Nothing);
        check(&two(), MEETING, Succession::Nothing);
        check(nothing, &two(), Succession::Version);
        check(nothing, "Siden er under ombygning.", Succession::Version);
    }

    #[test]
    fn half_a_file_takes_no_meetings_place() {
        let whole = two();
        for at in ["skolen og", "Godkendt.\n", "Ved åen"] {
            let end = whole.find(at).unwrap() + 4;
            check(&whole, &whole[..end], Succession::Nothing);
        }
        // Items taken out at the end, and a decision that became shorter.
        check(&whole, &whole[..whole.find("2. Sti").unwrap()], Succession::Version);
        let shorter = whole.replace("Udsat.\n\nBilag\n\n", "Udsat til maj.");
        check(&shorter, shorter.trim_end_matches(" til maj."), Succession::Version);
    }

    #[test]
    fn a_name_that_is_used_again_holds_another_meeting() {
        let other_items =
            format!("{MEETING}{}", item(7, "Ny bro", "Broen er for smal til biler.", "Godkendt."));
        let other_day = |text: &str| text.replace("3. november", "10. november");
        let other_body = |text: &str| text.replace("Byrådet", "Teknikudvalget");
        check(&two(), &other_day(&other_items), Succession::OtherMeeting);
        check(&two(), &other_body(&other_items), Succession::OtherMeeting);
        check(&two(), &other_body(&other_day(&two())), Succession::OtherMeeting);
        // What comes back at every meeting is short.
        let usual = item(2, "Sti", "Ved åen.", "Udsat.");
        check(&two(), &other_day(&format!("{other_items}{usual}")), Succession::OtherMeeting);
    }

    #[test]
    fn a_corrected_day_or_name_is_the_same_meeting() {
        check(&two(), &two().replace("3. november", "4. november"), Succession::Version);
        check(&two(), &two().replace("Byrådet", "Fjordby Byråd"), Succession::Version);
        check(&two(), &two().replace("Mødedato: 3. november 2026\n", ""), Succession::Version);
        let other_items = format!("{MEETING}{}", item(7, "Ny bro", "Broen er for smal.", "Godkendt."));
        check(&two(), &other_items, Succession::Version);
    }
}
