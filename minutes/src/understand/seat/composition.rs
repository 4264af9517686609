//! Who a body consists of, in running text: `Udvalget består af A, B og C`.

use std::sync::LazyLock;

use super::{Told, View, item_body, role_in, role_of};
use crate::body;
use crate::model::{Role, Seat, SeatEvent, SectionKind};
use crate::segment::Line;
use crate::understand::{bodies, number};
use crate::{Pattern, pattern};

static CONSISTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:består|sammensættes|udgøres)(?: (?:herefter|fremover|fremadrettet|nu|hermed|dermed|således))? af\b|\bmedlemmer(?:ne)? (?:af|i) ([^,.:]{1,100}?) (?:er|bliver)\b",
    )
});
/// What may stand between the verb and the first name.
static BEFORE_NAMES: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^:? (?:(?:følgende|de følgende)(?: \p{L}+)?:? )?$"));
/// What stands between two names, perhaps with the office of the first.
static BETWEEN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?:,? (?:som )?(næstformand|formand|viceborgmester|borgmester))?(?:,|,? og|,? samt) $")
});
static OFFICE_AFTER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^,? (?:som )?(næstformand|formand|viceborgmester|borgmester)\b"));
/// A group that is none of the council's bodies, as the subject.
static GROUP: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b\p{L}*(?:gruppen|komiteen|komitéen|netværket|panelet|forummet)$"));

/// Whether a sentence may tell who a body consists of.
pub(super) fn may_tell(text: &str) -> bool {
    CONSISTS.is_match(text)
}

/// The members that a sentence of a decision or a recommendation says a body consists of.
pub(super) fn read(told: &Told<'_>, seats: &mut Vec<Seat>) {
    if !matches!(told.sentence.section, SectionKind::Decision | SectionKind::Recommendation) {
        return;
    }
    let text = told.text;
    let Some(found) = CONSISTS.captures(text) else { return };
    let Some(cue) = found.get(0) else { return };
    let subject = found.get(1).map_or(&text[..cue.start()], |subject| subject.as_str());
    let Some(body) = body_of(told.view, subject.trim_end()) else { return };
    let mut people = told.people.iter().filter(|name| name.start >= cue.end()).peekable();
    if people.peek().is_none_or(|first| !BEFORE_NAMES.is_match(&text[cue.end()..first.start])) {
        return;
    }
    while let Some(name) = people.next() {
        let next = people.peek().map(|next| next.start);
        let between = next.and_then(|next| BETWEEN.captures(&text[name.end..next]));
        let office = match &between {
            Some(between) => between.get(1).map(|word| word.as_str()),
            None => OFFICE_AFTER
                .captures(&text[name.end..])
                .and_then(|found| found.get(1))
                .map(|word| word.as_str()),
        };
        let by_note = name.note.as_deref().and_then(role_of);
        let role = by_note.or_else(|| office.and_then(role_in)).unwrap_or(Role::Member);
        seats.push(told.seat(name, role, SeatEvent::Appointed, body.clone()));
        if between.is_none() {
            break;
        }
    }
}

/// The lines of a background in which a council that constitutes itself says who it is: `Byrådet består af følgende medlemmer:` and the
/// names below. What a committee consisted of before is told in the same words.
pub(super) fn council_in<'v, 't>(view: &View<'_>, lines: &'v [Line<'t>]) -> Option<&'v [Line<'t>]> {
    static LEADS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:det (?:nyvalgte |nye )?)?(?:byråd|kommunalbestyrelse|borgerrepræsentation)(?:et|en)? består (?:herefter |nu )?af(?: følgende)?(?: (?:\d{1,2} )?(?:medlemmer|personer))?\s*:\s*$",
        )
    });
    static CONSTITUTES: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)konstituer"));
    if !view.title.is_some_and(|title| CONSTITUTES.is_match(title)) {
        return None;
    }
    let first = lines.iter().position(|line| LEADS.is_match(line.text))?;
    let names = lines[first + 1..].iter().skip_while(|line| line.is_blank());
    let blank = lines[first + 1..].len() - names.clone().count();
    let end = first + 1 + blank + names.take_while(|line| !line.is_blank()).count();
    Some(&lines[first..end])
}

/// The body that a subject is; Some(None) for a group that is no body of the council, None for anything else.
fn body_of(view: &View<'_>, subject: &str) -> Option<Option<String>> {
    let named = bodies::mentions(subject).pop().filter(|body| body.end == subject.len());
    match named {
        Some(body) if body.name.is_some() => Some(body.name),
        Some(_) if sets_up_another(view) => Some(None),
        Some(_) => Some(item_body(view)),
        None => GROUP.is_match(subject).then_some(None),
    }
}

/// Whether `udvalget` is one that the item sets up without a name, and not its own.
pub(super) fn sets_up_another(view: &View<'_>) -> bool {
    static SETS_UP: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\bned(?:sæt|sat)\p{L}*\b.{0,60}?\b\p{L}*(?:udvalg|råd|gruppe)\b"));
    let names_it = |title: &str| bodies::mentions(title).iter().any(|body| body.name.is_some());
    !view.title.is_some_and(names_it)
        && view.sentences.iter().any(|sentence| SETS_UP.is_match(&sentence.text))
}

/// Tells at the seats of a body how many members the item says that it has.
pub(super) fn count(view: &View<'_>, seats: &mut [Seat]) {
    if !seats.iter().any(|seat| seat.event == SeatEvent::Appointed) {
        return;
    }
    let told = numbers(view);
    for seat in seats.iter_mut().filter(|seat| seat.event == SeatEvent::Appointed) {
        let key = seat.body.as_deref().map(body::key);
        seat.members =
            told.iter().filter(|(of, _)| Some(of) == key.as_ref()).map(|(_, number)| *number).max();
    }
}

/// Bodies by their keys, each with a number of members that the item tells.
fn numbers(view: &View<'_>) -> Vec<(String, u8)> {
    static MEMBERS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(r"(?i)\b(\d{{1,2}}|{}) (?:faste |ordinære )?medlemmer\b", *number::WORDS))
    });
    let mut told = Vec::new();
    for sentence in view.sentences {
        let text = &*sentence.text;
        for found in MEMBERS.captures_iter(text) {
            let (Some(whole), Some(word)) = (found.get(0), found.get(1)) else { continue };
            let Some(number) = number::read(word.as_str()).and_then(|it| u8::try_from(it).ok()) else {
                continue;
            };
            let named = bodies::mentions(text);
            let after = named.iter().find(|body| {
                text.get(whole.end()..body.start).is_some_and(|gap| ["af", "til", "i"].contains(&gap.trim()))
            });
            let before = named.iter().rfind(|body| {
                text.get(body.end..whole.start())
                    .is_some_and(|gap| gap.trim() == "(" || IS_MADE_OF.is_match(gap))
            });
            let of = match after.or(before) {
                Some(body) => body.name.clone().or_else(|| item_body(view)),
                None => None,
            };
            told.extend(of.map(|name| (body::key(&name), number)));
        }
    }
    told
}

/// Between a body and the number of its members.
static IS_MADE_OF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^ (?:\p{L}+ )?(?:består|bestå|sammensættes|udgøres|har|have)(?: \p{L}+)?(?: af)? $")
});
