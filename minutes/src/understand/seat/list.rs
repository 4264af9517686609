//! Lists of names: one a line under a line that speaks of members, or on one line after its colon.

use std::sync::LazyLock;

use super::{
    MOST_SEATS, PROPOSES, SINGLE, View, composition, election, item_body, proposal, quote, role_in, role_of,
    role_of_note,
};
use crate::body;
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::segment::Line;
use crate::understand::names::{self, Name};
use crate::understand::{bodies, text};
use crate::{Pattern, pattern};

static LIST_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\p{L}*medlem(?:mer)?|udpeg\p{L}*|vælg\p{L}*|valgt\p{L}*|genvalgt|består(?: \p{L}+| (?:i|for) \p{L}*perioden? .{4,60}?)? af|repræsentant\p{L}*|konstituer\p{L}*|suppleant\p{L}*|stedfortræder\p{L}*|indstilles|indstiller|formand|næstformand)\b",
    )
});

/// What makes a line with such words tell something else: who was there, who left, whom nobody chose, what was talked of.
static NO_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\btil ?stede\b|\bdeltog\b|\bdeltagere?\b|\bmødte\b|\bfravær|\bafbud\b|\bikke\b|\bemner?\b|\btemaer?\b|\bpunkter\b|\bspørgsmål\b|\bforslag (?:fra|af)\b|\bbidrag\b|\boplæg\b|\bindlæg\b|\b(?:foreslået|stillet|rejst|ønsket|nævnt|fremført) af\b|\btidligere\b|\bafgående\b|\bfratråd|\bfratræd|\budtr[æå]d|\btaletid\b",
    )
});

/// Between two names of one line.
const PAIRED: &str = " / ";

/// A line without a colon that is longer names no role.
const LONGEST_ROLE: usize = 30;

/// Lines of names under a line that speaks of members, and names after such a line's colon.
pub(super) fn read(view: &View<'_>, section: SectionKind, lines: &[Line<'_>], seats: &mut Vec<Seat>) {
    let fills_bodies = view.title.is_some_and(|title| CONSTITUTES.is_match(title));
    let mut lead: Option<Lead> = if fills_bodies { lead_of_title(view, section, lines) } else { None };
    let pairs = lines.iter().filter(|line| line.text.contains(PAIRED)).count();
    for (at, line) in lines.iter().enumerate() {
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
        if fills_bodies && let Some(body) = heading(view, lines, at) {
            let members = Lead::of_role(view, section, Role::Member, lead.as_ref());
            lead = Some(Lead { body: Some(body), is_open: false, ..members });
            continue;
        }
        if let Some(body) = bare_body(fills_bodies, text, lead.as_ref()) {
            lead =
                Some(Lead { body: Some(body), ..Lead::of_role(view, section, Role::Member, lead.as_ref()) });
            continue;
        }
        if let Some((role, name)) = office_and_name(text).filter(|_| fills_bodies) {
            let members = Lead::of_role(view, section, Role::Member, lead.as_ref());
            seats.push(Lead { role, ..members.clone() }.seat(name, text));
            lead = Some(members);
            continue;
        }
        if let (Some(current), Some(party)) = (lead.as_mut().filter(|lead| lead.is_open), bare_party(text)) {
            current.party = Some(party.to_owned());
            continue;
        }
        if let (Some(current), Some(name)) = (lead.as_ref().filter(|lead| lead.is_open), with_stand_in(text))
        {
            seats.extend(current.seats(name, text));
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
            // "Formand: A", "Næstformand: B", and under them the others, each on a line of their own.
            let is_office = fills_bodies && parts.only_one && !parts.is_open && !parts.is_of_council();
            lead = Some(if is_office {
                Lead::of_role(view, section, Role::Member, Some(&parts))
            } else {
                parts
            });
            continue;
        }
        let Some(current) = lead.as_mut().filter(|lead| lead.is_open) else {
            lead = Lead::of_chosen(view, section, text);
            continue;
        };
        let people = people_of_row(text);
        // "A / B" is two of the list; where several lines are so, it is one and who stands in, and none says which.
        let is_pair = pairs > 1 && text.contains(PAIRED);
        if people.is_empty() || (current.only_one && people.len() > 1) {
            lead = Lead::of_chosen(view, section, text);
            continue;
        }
        if is_pair {
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
        .or_else(|| split_mayor(fills_bodies, rest))
    {
        let mut current = Lead::read(view, section, head, found.as_ref().or(outer));
        let leads_council = [Role::Mayor, Role::DeputyMayor].contains(&current.role);
        if leads_council && !current.is_of_council() {
            return found;
        }
        if value.is_empty() {
            return Some(current);
        }
        let names = without_verb(value.trim_end_matches('.'));
        let mut people = names::in_series(names);
        if people.is_empty() && !current.only_one {
            people = with_offices(names);
        }
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

/// A group of the council, by its number.
static GROUP: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:fra|for|af|valgt af) )?(?:(?:valg)?gruppen? ?(?:\d{1,2}|[IVX]{1,4}|[A-D])|(?:\d{1,2}|[IVX]{1,4})\. ?(?:valg)?gruppe)$",
    )
});

/// The same for those whom a group of the council chooses: `Fra gruppe 1: A, B og C.`
fn split_group(fills_bodies: bool, line: &str) -> Option<(&str, &str, &str)> {
    let colon = line.find(": ").filter(|at| fills_bodies && GROUP.is_match(&line[..*at]))?;
    let (value, after) = first_sentence(line[colon + 1..].trim());
    let people = names::in_series(value.trim_end_matches('.'));
    let is_list = !people.is_empty() && people.iter().all(|name| name.person.contains(' '));
    is_list.then_some((&line[..colon], value, after))
}

/// The same of those who lead the council: `Borgmester: A`, `1. viceborgmester: B`.
fn split_mayor(fills_bodies: bool, line: &str) -> Option<(&str, &str, &str)> {
    static LEADS: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)^(?:(?:[12]\.|første|anden) )?(?:vice)?borgmester$"));
    let colon = line.find(": ").filter(|at| fills_bodies && LEADS.is_match(&line[..*at]))?;
    let (value, after) = first_sentence(line[colon + 1..].trim());
    let people = names::in_series(value.trim_end_matches('.'));
    let is_one = people.len() == 1 && people.iter().all(|name| name.person.contains(' '));
    is_one.then_some((&line[..colon], value, after))
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

/// An introduction without the parenthesis that ends it: who has an office in it is not those below (`Skoleudvalget (formand Ida Holm):`).
fn without_parentheses(head: &str) -> &str {
    let before = || head.trim_end().strip_suffix(')')?.rsplit_once(" (").map(|(before, _)| before);
    before().unwrap_or(head)
}

/// Whether an introduction is to those who stand in for the holder of an office: `Stedfortræder for formanden:`.
fn stands_in_for(head: &str) -> bool {
    const WORDS: [&str; 4] =
        ["stedfortræder for ", "stedfortrædere for ", "suppleant for ", "suppleanter for "];
    let lower = head.to_lowercase();
    WORDS.iter().any(|words| lower.contains(words))
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

pub(super) static CONSTITUTES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)konstituer|^(?:gen|ny)?valg (?:af|til)\b|udpegning|besættelse|sammensætning|nedsættelse")
});

/// The body that a line consists of, where the item is about filling bodies: the names below it are of its members.
fn bare_body(fills_bodies: bool, text: &str, outer: Option<&Lead>) -> Option<String> {
    let line = text.trim_end_matches(':').trim_end();
    let number_of_members = |rest: &str| rest.trim_end_matches(')').ends_with(" medlemmer");
    let line = [" (", ": ", " – ", " - ", ", "]
        .iter()
        .find_map(|sign| line.rfind(sign).filter(|at| number_of_members(&line[*at..])))
        .map_or(line, |at| &line[..at]);
    let is_about = fills_bodies || outer.is_some_and(|lead| lead.is_open || lead.only_one);
    if !is_about || line.len() > LONGEST_BODY {
        return None;
    }
    let mut named = bodies::mentions(line);
    let only = named.pop().filter(|body| named.is_empty() && body.start == 0 && body.end == line.len())?;
    only.name
}

/// The body that a line names as a heading of the lines of its offices right below, whether or not it is a known one: those are none
/// of the body that the lines before were about. None for a body known by its name, which [`bare_body`] reads, and where the line may be
/// one more name of a list.
fn heading(view: &View<'_>, lines: &[Line<'_>], at: usize) -> Option<String> {
    let text = lines[at].text.trim();
    let name = text.trim_end_matches(':').trim_end();
    let words = name.split(' ').count();
    let is_title =
        name.starts_with(char::is_uppercase) && !name.contains(": ") && !name.ends_with(['.', ',', ')']);
    if !is_title || name.len() > LONGEST_HEADING || words > MOST_WORDS_OF_HEADING {
        return None;
    }
    let name = ["Til ", "For "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let first = name.split(' ').next().unwrap_or_default();
    let says_how = LIST_LEAD.is_match(name) || NO_HEADINGS.contains(&first);
    if says_how || !name.starts_with(char::is_uppercase) || !may_be_unknown_body(name) {
        return None;
    }
    let mut below = lines[at + 1..].iter().map(|line| line.text.trim()).filter(|text| !text.is_empty());
    let office = below.next().filter(|text| is_of_office(text))?;
    let is_blank = |at: usize| lines.get(at).is_none_or(|line| line.text.trim().is_empty());
    let stands_above = at.checked_sub(1).is_none_or(is_blank) && !is_blank(at + 1);
    let is_institution = name.split(' ').next_back().is_some_and(|last| INSTITUTIONS.contains(&last));
    // "Sekretær Ida Holm"
    if names::in_text(name).iter().any(|person| person.start > 0 && person.end == name.len()) {
        return None;
    }
    // "Ida Holm", and below who stands in for her, or what she is.
    let is_of_person = bare_role(office).is_some() || role_in(office) == Some(Role::Substitute);
    // A council fills the boards of others; another body has helpers of its own.
    let council_met = view.body.is_some_and(|name| body::is_council(&body::key(name)));
    let is_place = is_institution || (stands_above && council_met && !is_of_person);
    let may_be_person = !is_place && !people_of_row(text).is_empty();
    (!may_be_person).then(|| name.to_owned())
}

/// Whether a name may be that of a body that is not known: it is no party, no group of the council, and no known one.
fn may_be_unknown_body(name: &str) -> bool {
    party_of(name).is_none()
        && !GROUP.is_match(name)
        && !["Bestyrelse", "Bestyrelsen"].contains(&name)
        && bodies::mentions(name).is_empty()
}

/// Whether a line is of an office: the word of it alone, or with its holders.
fn is_of_office(text: &str) -> bool {
    let of_colon = || text.split_once(':').and_then(|(head, _)| head.rsplit(' ').next()).and_then(role_in);
    bare_role(text).or_else(|| office_and_name(text).map(|(role, _)| role)).or_else(of_colon).is_some()
}

/// A longer line is no heading.
const LONGEST_HEADING: usize = 70;
const MOST_WORDS_OF_HEADING: usize = 8;

/// Last words of names that nobody has.
const INSTITUTIONS: [&str; 14] = [
    "Affald",
    "Bibliotek",
    "Brandvæsen",
    "Center",
    "Energi",
    "Fond",
    "Forsyning",
    "Gymnasium",
    "Havn",
    "Lufthavn",
    "Museum",
    "Skole",
    "Teater",
    "Varme",
];

/// First words of lines that tell how people were chosen, not for what.
const NO_HEADINGS: [&str; 29] = [
    "Som",
    "Således",
    "Følgende",
    "Valg",
    "Valget",
    "Valgt",
    "Resultat",
    "Resultatet",
    "Afstemning",
    "Herefter",
    "Derefter",
    "Ved",
    "Der",
    "Det",
    "De",
    "Beslutning",
    "Beslutningen",
    "Indstilling",
    "Formandskab",
    "Formandskabet",
    "Gruppe",
    "Gruppen",
    "Valggruppe",
    "Valggruppen",
    "Valgforbund",
    "Periode",
    "Perioden",
    "Funktionsperiode",
    "Valgperiode",
];

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

/// The party and the names of a line such as `A: Ida Holm, Bo Dahl`, `Liste V: …`, `Socialdemokratiet: …`, `Venstre (V): …`.
fn of_party(text: &str) -> Option<(&str, &str)> {
    let (head, series) = text.trim_start_matches(['•', '·', '*', '–', '-', ' ']).split_once(": ")?;
    Some((party_of(head)?, series.trim()))
}

/// The party that a line of its own consists of; a letter alone may be anything.
fn bare_party(text: &str) -> Option<&str> {
    let head = text.trim_end_matches(':').trim_end();
    party_of(head).filter(|_| head.chars().count() > LETTERS_OF_LIST)
}

/// Letters of a list at the most.
const LETTERS_OF_LIST: usize = 2;

/// The party that words are: a letter, one with the word, or a party's name, perhaps with its letter in parentheses.
fn party_of(head: &str) -> Option<&str> {
    let is_letters = |text: &str| {
        (1..=LETTERS_OF_LIST).contains(&text.chars().count()) && text.chars().all(char::is_uppercase)
    };
    let head = ["Liste ", "liste ", "Partiet ", "For ", "Fra "]
        .iter()
        .find_map(|word| head.strip_prefix(word))
        .unwrap_or(head);
    let name = match head.strip_suffix(')').and_then(|head| head.split_once(" (")) {
        Some((name, letters)) if is_letters(letters) || letters.to_lowercase().starts_with("liste ") => name,
        Some(_) => return None,
        None => head,
    };
    let listed = ["-gruppen", "-listen"].iter().find_map(|end| name.strip_suffix(end));
    let name = listed.unwrap_or(name);
    (is_letters(name) || names::is_party(name)).then_some(name)
}

/// An office and its holder on a line of their own: `Formand Ida Holm (A)`.
fn office_and_name(text: &str) -> Option<(Role, Name)> {
    let (word, rest) = text.split_once(' ')?;
    let role = role_of(word).filter(|role| SINGLE.contains(role) && !word.ends_with(':'))?;
    let mut people = names::in_series(rest.trim_end_matches('.'));
    let only = people.pop().filter(|name| people.is_empty() && name.person.contains(' '))?;
    Some((role, only))
}

/// A name with who stands in for it, on a line of their own: `Ida Holm (A) – stedfortræder: Bo Dahl (A)`.
fn with_stand_in(text: &str) -> Option<Name> {
    static BESIDE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)(?:,| [–-]|\() ?(?:(?:med )?personlig )?(?:stedfortræder|suppleant):? ")
    });
    if !["tedfortræder", "uppleant"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let beside = BESIDE.find(text)?;
    let name = names::in_series(text[..beside.start()].trim_start_matches(['•', '·', '*', '-', '–', ' ']));
    let [one] = name.as_slice() else { return None };
    let other = text[beside.end()..].trim_end_matches(['.', ')']);
    // "Bo Dahl (A)": the parenthesis is the name's own.
    let other = if other.contains('(') { format!("{other})") } else { other.to_owned() };
    let note = format!("stedfortræder: {other}");
    (one.person.contains(' ') && names::stand_in(&note).is_some())
        .then(|| Name { note: Some(note), ..one.clone() })
}

/// Names that stand each after the word of an office: `Formand Ida Holm, næstformand Bo Dahl, medlemmer Lis Krog og Per Toft`. Empty
/// unless every part is a name and one of them has an office.
fn with_offices(series: &str) -> Vec<Name> {
    let mut people = Vec::new();
    let mut has_office = false;
    let mut role = None;
    for part in names::parted(series).take(names::LONGEST_SERIES) {
        let after = part.split_once(' ').filter(|(word, _)| role_of(word).is_some());
        if let Some((word, _)) = after {
            has_office = true;
            role = role_of(word).map(|role| (role, word.to_lowercase()));
        }
        let name = names::in_series(after.map_or(part, |(_, name)| name)).pop();
        let Some(name) = name.filter(|name| name.person.contains(' ')) else { return Vec::new() };
        let note = role.as_ref().map(|(_, word)| word.clone());
        people.push(Name { note: name.note.clone().or(note), ..name });
        // One person has such an office; the word of several goes on.
        role = role.filter(|(role, _)| !SINGLE.contains(role));
    }
    if has_office { people } else { Vec::new() }
}

/// Something with a name that is no known body, of which an introduction tells the office: `Formand for Hegnssynet`. Whom one stands in
/// for, and the party of a member, is none.
fn of_a_name(sentence: &str) -> Option<String> {
    static OFFICE_OF: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:ny(?:e|t)? |valg af )?(næstformand|formand|suppleant|suppleanter|stedfortræder|stedfortrædere|medlem|medlemmer|repræsentant|repræsentanter) (for|i|af|til) ((?:bestyrelsen (?:for|i|af) )?(?-i:\p{Lu})[\p{L}/.&'’ -]*)$",
        )
    });
    let found = OFFICE_OF.captures(sentence.trim())?;
    let name = found[3].trim_end();
    let is_single = role_in(&found[1]).is_some_and(|role| SINGLE.contains(&role));
    // "Medlem for Venstre", "Suppleant for Ida Holm", "Stedfortræder for Ida"
    let stands_for = &found[2] == "for" && !is_single;
    let may_be_whom =
        stands_for && (name.contains(' ') || name.len() < SHORTEST_THING || role_in(name).is_some());
    (!may_be_whom && may_be_unknown_body(name) && bodies::mentions(sentence).is_empty())
        .then(|| bodies::capitalised(name))
}

/// A shorter word may be a first name.
const SHORTEST_THING: usize = 9;

/// The introduction that the title of an election is to a decision that consists of nothing but lists: rows of names, of parties with
/// their names, and of offices with theirs.
fn lead_of_title(view: &View<'_>, section: SectionKind, lines: &[Line<'_>]) -> Option<Lead> {
    let is_list = |text: &str| {
        of_party(text).is_some_and(|(_, series)| {
            let people = names::in_series(series.trim_end_matches('.'));
            !people.is_empty() && people.iter().all(|name| name.person.contains(' '))
        }) || bare_party(text).is_some()
            || office_and_name(text).is_some()
            || with_stand_in(text).is_some()
            || people_of_row(text).first().is_some_and(|name| name.party.is_some())
            || bare_role(text).is_some()
            || (split_lead(text).is_some() && !PROPOSES.is_match(text))
    };
    let mut rows = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).peekable();
    let several = rows.clone().nth(1).is_some();
    if section != SectionKind::Decision || !several || rows.peek().is_none() || !rows.all(is_list) {
        return None;
    }
    let (role, body) = election::office_of_title(view)?;
    let is_member = role == Role::Member || role == Role::Substitute;
    is_member.then(|| Lead { body, ..Lead::of_role(view, section, role, None) })
}

/// The role that a line without a colon consists of.
fn bare_role(text: &str) -> Option<Role> {
    (text.len() <= LONGEST_ROLE).then(|| role_of(text)).flatten()
}

/// What a list's introduction says of the names under it.
#[derive(Clone)]
pub(super) struct Lead {
    body: Option<String>,
    role: Role,
    status: SeatStatus,
    /// The role is one that a single person holds.
    only_one: bool,
    /// Names on the lines below belong to it.
    is_open: bool,
    /// The party whose names these are, by a line of its own above them.
    party: Option<String>,
}

impl Lead {
    fn read(view: &View<'_>, section: SectionKind, head: &str, outer: Option<&Self>) -> Self {
        let named = bodies::mentions(head);
        let is_own = named.iter().any(|body| body.name.is_none());
        let own_group = is_own && head.contains("består") && composition::sets_up_another(view);
        let of_other = of_a_name(text::last_sentence(head));
        let body = of_other.or_else(|| named.into_iter().rev().find_map(|body| body.name));
        let inherited = outer.and_then(|outer| outer.body.clone());
        let from_item = || if own_group || super::in_other_group(head) { None } else { item_body(view) };
        let words = without_parentheses(text::last_sentence(head));
        let role = if stands_in_for(words) { Some(Role::Substitute) } else { role_in(words) };
        let role = role.unwrap_or(Role::Member);
        // "Udvalget med Ida Holm som formand:" tells who has the office, and below are the others.
        let is_told = SINGLE.contains(&role) && !names::in_text(words).is_empty();
        let role = if is_told { Role::Member } else { role };
        Self {
            body: body.or(inherited).or_else(from_item),
            role,
            status: Self::status(view, section, head, outer),
            only_one: SINGLE.contains(&role),
            is_open: true,
            party: None,
        }
    }

    /// The introduction that a sentence of election is to an office alone below it.
    fn of_chosen(view: &View<'_>, section: SectionKind, text: &str) -> Option<Self> {
        let body = Some(chosen_for(text)?);
        Some(Self { body, is_open: false, ..Self::of_role(view, section, Role::Member, None) })
    }

    pub(super) fn of_role(view: &View<'_>, section: SectionKind, role: Role, outer: Option<&Self>) -> Self {
        Self {
            body: outer.and_then(|outer| outer.body.clone()).or_else(|| item_body(view)),
            role,
            status: Self::status(view, section, "", outer),
            only_one: SINGLE.contains(&role),
            is_open: true,
            party: None,
        }
    }

    fn is_of_council(&self) -> bool {
        self.body.as_deref().is_some_and(|name| body::is_council(&body::key(name)))
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

    pub(super) fn seat(&self, name: Name, text: &str) -> Seat {
        let role = name.note.as_deref().and_then(role_of_note).unwrap_or(self.role);
        Seat {
            person: name.person,
            body: self.body.clone(),
            role,
            event: SeatEvent::Appointed,
            status: self.status,
            from: None,
            to: None,
            party: name.party.or_else(|| self.party.clone()),
            acting: false,
            quote: quote(text),
            adopted_by: None,
            members: None,
        }
    }
}
