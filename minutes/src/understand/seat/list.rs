//! Lists of names: one a line under a line that speaks of members, or on one line after its colon.

use std::sync::LazyLock;

use super::{MOST_SEATS, PROPOSES, View, composition, item_body, proposal, quote, role_in, role_of};
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::segment::Line;
use crate::understand::names::{self, Name};
use crate::understand::{bodies, text};
use crate::{Pattern, pattern};

static LIST_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\p{L}*medlem(?:mer)?|udpeg\p{L}*|vælg\p{L}*|valgt\p{L}*|genvalgt|består(?: \p{L}+)? af|repræsentant\p{L}*|konstituer\p{L}*|suppleant\p{L}*|stedfortræder\p{L}*|indstilles|indstiller|formand|næstformand)\b",
    )
});

/// What makes a line with such words tell something else: who was there, who left, whom nobody chose, what was talked of.
static NO_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\btil ?stede\b|\bdeltog\b|\bdeltagere?\b|\bmødte\b|\bfravær|\bafbud\b|\bikke\b|\bemner?\b|\btemaer?\b|\bpunkter\b|\bspørgsmål\b|\bforslag (?:fra|af)\b|\bbidrag\b|\boplæg\b|\bindlæg\b|\b(?:foreslået|stillet|rejst|ønsket|nævnt|fremført) af\b|\btidligere\b|\bafgående\b|\bfratråd|\bfratræd|\budtr[æå]d|\btaletid\b",
    )
});

/// Offices that one person holds: a bare role above names introduces one of them.
pub(super) const SINGLE: [Role; 4] = [Role::Chair, Role::ViceChair, Role::Mayor, Role::DeputyMayor];

/// A line without a colon that is longer names no role.
const LONGEST_ROLE: usize = 30;

/// Lines of names under a line that speaks of members, and names after such a line's colon.
pub(super) fn read(view: &View<'_>, section: SectionKind, lines: &[Line<'_>], seats: &mut Vec<Seat>) {
    let mut lead: Option<Lead> = None;
    let fills_bodies = view.title.is_some_and(|title| CONSTITUTES.is_match(title));
    for line in lines {
        let text = line.text.trim();
        if seats.len() >= MOST_SEATS {
            return;
        }
        if text.is_empty() {
            continue;
        }
        if let Some(role) = bare_role(text) {
            lead = Some(Lead::of_role(view, section, role, lead.as_ref()));
            continue;
        }
        if let Some(body) = bare_body(fills_bodies, text, lead.as_ref()) {
            lead =
                Some(Lead { body: Some(body), ..Lead::of_role(view, section, Role::Member, lead.as_ref()) });
            continue;
        }
        if let (Some(current), Some((party, series))) =
            (lead.as_ref().filter(|lead| lead.is_open), of_party(text))
        {
            let people = names::in_series(series.trim_end_matches('.'));
            let people = people.into_iter().filter(|name| name.person.contains(' '));
            seats.extend(people.flat_map(|name| {
                let party = name.party.clone().or_else(|| Some(party.to_owned()));
                current.seats(Name { party, ..name }, text)
            }));
            continue;
        }
        if let Some(parts) = introduced(view, fills_bodies, section, text, lead.as_ref(), seats) {
            lead = Some(parts);
            continue;
        }
        let Some(current) = lead.as_mut().filter(|lead| lead.is_open) else {
            lead = chosen_for(text).map(|body| Lead {
                body: Some(body),
                is_open: false,
                ..Lead::of_role(view, section, Role::Member, None)
            });
            continue;
        };
        let people = people_of_row(text);
        if people.is_empty() || (current.only_one && people.len() > 1) {
            lead = None;
            continue;
        }
        current.is_open = !current.only_one;
        let current = &*current;
        seats.extend(people.into_iter().flat_map(|name| current.seats(name, text)));
    }
}

/// The names of a line under an introduction: one, or several with their surnames.
fn people_of_row(text: &str) -> Vec<Name> {
    let several =
        names::in_series(text.trim_start_matches(['•', '·', '*', '-', '–', ' ']).trim_end_matches('.'));
    let have_surnames = several.iter().all(|name| name.person.contains(' '));
    // "Karl Bukh, Danske Seniorer" is one; several are known by what stands beside each.
    let marked = several.iter().filter(|name| name.party.is_some() || name.note.is_some()).count();
    if let Some(name) = names::listed(text).filter(|_| marked < 2 || !have_surnames) {
        return vec![name];
    }
    if have_surnames { several } else { Vec::new() }
}

/// Reads every `introduction: names` of a line. None when the line introduces nothing; else its last introduction, which
/// is not open to names on the lines below where they stood on the line itself.
fn introduced(
    view: &View<'_>,
    fills_bodies: bool,
    section: SectionKind,
    text: &str,
    outer: Option<&Lead>,
    seats: &mut Vec<Seat>,
) -> Option<Lead> {
    let mut found = None;
    let mut rest = text;
    while let Some((head, value, after)) = split_lead(rest)
        .or_else(|| split_body(fills_bodies, rest))
        .or_else(|| split_group(fills_bodies, rest))
    {
        let mut current = Lead::read(view, section, head, found.as_ref().or(outer));
        if value.is_empty() {
            return Some(current);
        }
        let people = names::in_series(without_verb(value.trim_end_matches('.')));
        let free = MOST_SEATS.saturating_sub(seats.len());
        let fits = !current.only_one || people.len() == 1;
        if fits {
            seats.extend(people.into_iter().take(free).flat_map(|name| current.seats(name, text)));
        }
        current.is_open = false;
        found = Some(current);
        rest = after;
    }
    found
}

/// The part of a text up to the colon that introduces names, the sentence after it, and what follows that.
fn split_lead(line: &str) -> Option<(&str, &str, &str)> {
    let colon = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1))?;
    let (head, rest) = (&line[..colon], line[colon + 1..].trim());
    let sentence = text::last_sentence(head);
    // "A (stedfortræder: B)"
    let in_parentheses = head.rfind('(') > head.rfind(')');
    if in_parentheses || !LIST_LEAD.is_match(sentence) || NO_LEAD.is_match(sentence) || is_agent(sentence) {
        return None;
    }
    let (value, after) = first_sentence(rest);
    Some((head, value, after))
}

/// The same where the text up to the colon is nothing but a body's name, the item fills bodies, and several people with their
/// surnames follow: `Skoleudvalget: A, B og C. Formand: A`.
fn split_body(fills_bodies: bool, line: &str) -> Option<(&str, &str, &str)> {
    let colon = line.find(": ").filter(|at| fills_bodies && *at <= LONGEST_BODY)?;
    let named = bodies::mentions(&line[..colon]);
    let [only] = named.as_slice() else { return None };
    let (value, after) = first_sentence(line[colon + 1..].trim());
    let people = names::in_series(value.trim_end_matches('.'));
    let is_list = people.len() > 1 && people.iter().all(|name| name.person.contains(' '));
    (is_list && (only.start, only.end) == (0, colon)).then_some((&line[..colon], value, after))
}

/// The same for those whom a group of the council chooses: `Fra gruppe 1: A, B og C.`
fn split_group(fills_bodies: bool, line: &str) -> Option<(&str, &str, &str)> {
    static GROUP: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:fra|for|af|valgt af) )?(?:(?:valg)?gruppen? ?(?:\d{1,2}|[IVX]{1,4}|[A-D])|(?:\d{1,2}|[IVX]{1,4})\. ?(?:valg)?gruppe)$",
        )
    });
    let colon = line.find(": ").filter(|at| fills_bodies && GROUP.is_match(&line[..*at]))?;
    let (value, after) = first_sentence(line[colon + 1..].trim());
    let people = names::in_series(value.trim_end_matches('.'));
    let is_list = !people.is_empty() && people.iter().all(|name| name.person.contains(' '));
    is_list.then_some((&line[..colon], value, after))
}

/// The first sentence of what follows a colon, and the rest.
fn first_sentence(rest: &str) -> (&str, &str) {
    // "Der nedsættes et udvalg. Udvalget består af: A og Hanne K. Lund. A er tovholder."
    let end = rest
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| !names::ends_in_initial(last_word(&rest[..*at])));
    // "Formand: A, Næstformand: B"
    static NEXT_OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)[,;] (?:(?:ny )?(?:næst)?formand|medlem(?:mer)?|suppleant(?:er)?|stedfortrædere?): ")
    });
    let next = NEXT_OFFICE.find(rest).map(|found| found.start());
    end.into_iter().chain(next).min().map_or((rest, ""), |at| (&rest[..at], &rest[at + 2..]))
}

/// Names without the verb after them: `Ny formand: A blev valgt`.
fn without_verb(names: &str) -> &str {
    const CHOSEN: [&str; 4] = [" blev valgt", " er valgt", " valgt", " valgtes"];
    CHOSEN.iter().find_map(|verb| names.strip_suffix(verb)).unwrap_or(names)
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

/// Whether the members of an introduction are those who act, or whom something is for (`Indlæg fra medlemmer`).
fn is_agent(head: &str) -> bool {
    static AGENT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)(\p{L}+)(?: (?:herefter|fremover|fremadrettet|nu))? (?:af|fra|blandt|for) (?:\p{L}+ )?(?:medlem(?:mer)?|repræsentanter)$",
        )
    });
    static CHOICE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)valg|udpeg|indstil|vælg|beskik|udnævn|består|sammensat|udgøres"));
    AGENT.captures(head).is_some_and(|found| !CHOICE.is_match(&found[1]))
}

static CONSTITUTES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)konstituer|^(?:gen|ny)?valg (?:af|til)\b|udpegning|besættelse|sammensætning|nedsættelse")
});

/// The body that a line consists of, where the item is about filling bodies: the names below it are of its members.
fn bare_body(fills_bodies: bool, text: &str, outer: Option<&Lead>) -> Option<String> {
    let line = text.trim_end_matches(':').trim_end();
    let line =
        line.find(" (").map_or(line, |at| if line.ends_with("medlemmer)") { &line[..at] } else { line });
    let is_about = fills_bodies || outer.is_some_and(|lead| lead.is_open || lead.only_one);
    if !is_about || line.len() > LONGEST_BODY {
        return None;
    }
    let mut named = bodies::mentions(line);
    let only = named.pop().filter(|body| named.is_empty() && body.start == 0 && body.end == line.len())?;
    only.name
}

/// The body for which a line chooses members: an office that stands under it alone is of that body.
fn chosen_for(text: &str) -> Option<String> {
    static CHOOSES: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"^ (?:valgtes|vælges|udpegedes|udpeges|(?:blev|er|bliver) (?:valgt|udpeget))\b")
    });
    let opening = ["Til ", "I "].into_iter().find(|opening| text.starts_with(opening))?;
    let mut named = bodies::mentions(text);
    let only = named.pop().filter(|body| named.is_empty() && CHOOSES.is_match(&text[body.end..]))?;
    only.name.filter(|_| only.start == opening.len())
}

/// A longer line is a sentence.
const LONGEST_BODY: usize = 120;

/// The party and the names of a line such as `A: Ida Holm, Bo Dahl` or `Liste V: …`.
fn of_party(text: &str) -> Option<(&str, &str)> {
    static OF_PARTY: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^(?:[•·*–-]\s*)?(?:[Ll]iste\s+)?([A-ZÆØÅ]{1,2}):\s+(\S.*)$"));
    let found = OF_PARTY.captures(text)?;
    Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
}

/// The role that a line without a colon consists of.
fn bare_role(text: &str) -> Option<Role> {
    (text.len() <= LONGEST_ROLE).then(|| role_of(text)).flatten()
}

/// What a list's introduction says of the names under it.
struct Lead {
    body: Option<String>,
    role: Role,
    status: SeatStatus,
    /// The role is one that a single person holds.
    only_one: bool,
    /// Names on the lines below belong to it.
    is_open: bool,
}

impl Lead {
    fn read(view: &View<'_>, section: SectionKind, head: &str, outer: Option<&Self>) -> Self {
        let named = bodies::mentions(head);
        let is_own = named.iter().any(|body| body.name.is_none());
        let own_group = is_own && head.contains("består") && composition::sets_up_another(view);
        let body = named.into_iter().rev().find_map(|body| body.name);
        let inherited = outer.and_then(|outer| outer.body.clone());
        let from_item = || if own_group || super::in_other_group(head) { None } else { item_body(view) };
        Self {
            body: body.or(inherited).or_else(from_item),
            role: role_in(text::last_sentence(head)).unwrap_or(Role::Member),
            status: Self::status(view, section, head, outer),
            only_one: role_of(head).is_some_and(|role| SINGLE.contains(&role)),
            is_open: true,
        }
    }

    fn of_role(view: &View<'_>, section: SectionKind, role: Role, outer: Option<&Self>) -> Self {
        Self {
            body: outer.and_then(|outer| outer.body.clone()).or_else(|| item_body(view)),
            role,
            status: Self::status(view, section, "", outer),
            only_one: SINGLE.contains(&role),
            is_open: true,
        }
    }

    fn status(view: &View<'_>, section: SectionKind, head: &str, outer: Option<&Self>) -> SeatStatus {
        let proposed = outer.is_some_and(|outer| outer.status == SeatStatus::Recommended);
        match section {
            _ if proposed => SeatStatus::Recommended,
            SectionKind::Recommendation => proposal(view, head),
            _ if PROPOSES.is_match(head) => SeatStatus::Recommended,
            _ => SeatStatus::Decided,
        }
    }

    /// The seat of one who is named, and of who stands in for them where the note after the name tells it.
    fn seats(&self, name: Name, text: &str) -> impl Iterator<Item = Seat> {
        let stands_in = name.note.as_deref().and_then(names::stand_in);
        let stands_in = stands_in.map(|other| Seat { role: Role::Substitute, ..self.seat(other, text) });
        std::iter::once(self.seat(name, text)).chain(stands_in)
    }

    fn seat(&self, name: Name, text: &str) -> Seat {
        let role = name.note.as_deref().and_then(role_of).unwrap_or(self.role);
        Seat {
            person: name.person,
            body: self.body.clone(),
            role,
            event: SeatEvent::Appointed,
            status: self.status,
            from: None,
            to: None,
            party: name.party,
            acting: false,
            quote: quote(text),
            adopted_by: None,
            members: None,
        }
    }
}
