//! Members who keep their seat under another party, or under none; and the words in which one leaves a party, which are those in
//! which one leaves a body.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Told, effect, item_body};
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::names::{self, Name};
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

/// The name of a party, or its letter.
const PARTY: &str = r"(?:[Dd]et )?\p{Lu}[\p{L}-]*(?: \p{Lu}\p{L}+){0,2}";

/// The party of members who belong to none.
const NO_PARTY: &str = "Løsgænger";

/// Words that only tell of a party: what follows is one whatever it is called.
static NEW_PARTY: LazyLock<Pattern> = LazyLock::new(|| {
    let soon = "(?:fremover|fremadrettet|herefter|nu)";
    pattern(&format!(
        concat!(
            r"\b{soon} (?:vil )?(?:i \p{{L}}+ )?(?:repræsenterer?|tilhører|sidder for|sidde for) (?P<a>{party})",
            r"|\b(?:repræsenterer|tilhører) {soon} (?P<b>{party})",
            r"|\b(?:skifter|skiftet|skiftede|skifte) parti\p{{L}}*,? (?:fra {party}(?: \([^()]{{1,20}}\))? )?til (?:partiet )?(?P<c>{party})",
            r"|\b(?:meldt|melder|meldte) sig ind i (?:partiet )?(?P<d>{party})",
        ),
        soon = soon,
        party = PARTY
    ))
});
/// Words that tell of a party only where what follows is one.
static MAYBE_PARTY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"\b(?:skifter|skiftet|skiftede) (?:fra {party}(?: \([^()]{{1,20}}\))? )?til (?:partiet )?({party})",
            r"|\b(?:indtrådt|indtræder|trådt ind|træder ind|indmeldt|optaget) i (?:partiet )?({party})",
            r"|\b(?:overgået|overgår|gået over|går over) til (?:partiet )?({party})",
        ),
        party = PARTY
    ))
});
static INDEPENDENT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:fremover|nu|herefter|fremadrettet) (?:er|bliver|vil være|fortsætter (?:i \p{L}+ )?som)",
        r"|(?:er|bliver|fortsætter) (?:fremover|nu|herefter|fremadrettet)(?: (?:i \p{L}+ )?som)?",
        r"|(?:fortsætter|fortsætte|sidder|sidde) (?:(?:sit|i|for) (?:\p{L}+ ){1,3})?som|er blevet|bliver|blev|vil være|til at være)",
        r" løsgænger\b|\ber løsgænger (?:fra|pr\.)|\ber (?:fra|pr\.)[^,;]{1,40} løsgænger\b",
    ))
});
/// A change that has taken place, where nothing is decided: the body does not decide who belongs to which party.
static HAS_CHANGED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:har|er) (?:[\p{L}\d.]+ ){0,5}?(?:skiftet|meldt|udtrådt|indtrådt|trådt|blevet|overgået|gået over|optaget|indmeldt)\b",
    )
});
/// A party that is left: `af Venstre`, `fra Venstres byrådsgruppe`.
static OF_PARTY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"^ (?:ud )?(?:af|fra|i) (partiet |listen |gruppen )?({PARTY})( \p{{L}}*gruppe\p{{L}}*)?"
    ))
});

pub(super) fn read(told: &Told<'_>, seats: &mut Vec<Seat>) {
    let text = told.text;
    let Some((at, party)) = new_party(text) else { return };
    let Some(name) = told.people.iter().find(|name| name.end <= at) else { return };
    if is_denied(text, name, at) {
        return;
    }
    let mut seat = told.seat(name, Role::Member, SeatEvent::PartyChange, item_body(told.view));
    let decides = matches!(told.sentence.section, SectionKind::Decision | SectionKind::Recommendation);
    if !decides && HAS_CHANGED.is_match(text) {
        seat.status = SeatStatus::Decided;
    }
    seat.party = Some(party.to_owned());
    seat.from = effect::day(told).or_else(|| day_before(told, at));
    seats.push(seat);
}

/// What may stand between the day of a change and its words: that it was told, and which party was left.
static BEFORE_CHANGE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"^(?:(?:har )?(?:meddelt|oplyst|tilkendegivet|orienteret om)(?: [\p{{L}}]+)?,? at (?:han|hun|vedkommende|\p{{Lu}}\p{{L}}+(?: \p{{Lu}}\p{{L}}+)*))?",
            r" ?(?:(?:har|er) (?:forladt|(?:udtrådt|udmeldt|trådt ud) af|meldt sig ud af) (?:partiet )?{party},? og)?",
            r" ?(?:er|har|blev|er blevet)?$",
        ),
        party = PARTY
    ))
});

/// The day right before the words of a change: `er den 1. juni 2022 indtrådt i`, `har den 1. juni skiftet parti`.
fn day_before(told: &Told<'_>, at: usize) -> Option<Date> {
    let meeting = told.view.date?;
    let before = date::mentions(told.text).into_iter().rfind(|mention| {
        let gap = told.text.get(mention.end..at).map(str::trim);
        mention.is_exact() && gap.is_some_and(|gap| BEFORE_CHANGE.is_match(gap))
    })?;
    before.resolve(meeting).filter(|(from, to)| from == to).map(|(day, _)| day)
}

/// Where a text tells a change of party, and to which.
fn new_party(text: &str) -> Option<(usize, &str)> {
    if let Some(found) = INDEPENDENT.find(text) {
        return Some((found.start(), NO_PARTY));
    }
    if let Some(found) = NEW_PARTY.captures(text) {
        let party = ["a", "b", "c", "d"].iter().find_map(|group| found.name(group))?;
        return is_no_body(party.as_str()).then_some((found.get(0)?.start(), party.as_str()));
    }
    MAYBE_PARTY.captures_iter(text).find_map(|found| {
        let party = (1..=3).find_map(|group| found.get(group))?;
        is_list(party.as_str()).then_some((found.get(0)?.start(), party.as_str()))
    })
}

/// `har ikke skiftet parti`: the word that turns it round stands right before.
fn is_denied(text: &str, name: &Name, at: usize) -> bool {
    text.get(name.end..at).is_some_and(|between| between.trim_end().ends_with(" ikke"))
}

/// Whether what follows a word of leaving or entering is a party: nobody leaves or takes a seat then.
pub(super) fn follows(text: &str, at: usize) -> bool {
    let Some(found) = OF_PARTY.captures(&text[at..]) else { return false };
    let party = &found[2];
    let of_group = found.get(3).is_some() && party.strip_suffix('s').is_some_and(is_list);
    is_list(party) || of_group || (found.get(1).is_some() && is_no_body(party))
}

fn is_no_body(words: &str) -> bool {
    bodies::mentions(words).is_empty()
}

/// Whether words are a party: its name, its letter, or a list's name.
fn is_list(words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_letter = words.chars().count() == 1;
    let names_itself =
        ["listen", "partiet"].iter().any(|end| lower.ends_with(end)) || lower.starts_with("liste ");
    (is_letter || names_itself || names::is_party(words)) && is_no_body(words)
}
