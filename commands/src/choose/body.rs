//! The body that a name, a part of it or an abbreviation means.

use index::BodySummary;
use minutes::body;

use super::fit::{self, Wanted};
use super::{MOST_NEAREST, echo};
use crate::{Answer, Context, Council, Request, danish, suggest};

/// A body's name longer than this is asked for by its first words: a button of Discord's must hold it beside a date.
const MOST_NAME_CHARS: usize = 50;

/// Capitals that a body may be called by.
const LEAST_INITIALS: usize = 3;
const MOST_INITIALS: usize = 5;

/// Words of a name that have no part in them.
const BETWEEN_INITIALS: [&str; 4] = ["og", "for", "i", "af"];

/// How the last word of a body's name ends, and the letter for that.
const KINDS: [(&str, char); 6] =
    [("udvalget", 'U'), ("udvalg", 'U'), ("rådet", 'R'), ("råd", 'R'), ("nævnet", 'N'), ("nævn", 'N')];

/// What a typed body may be.
pub(crate) enum Body {
    /// The one that fits.
    One(BodySummary),
    /// Several fit, or none: the answer that says so.
    Answer(Box<Answer>),
}

/// The body meant by what was typed, among those given; an abbreviation of the configuration or a part of the name is enough.
pub(crate) fn body(context: &Context<'_>, request: &Request, typed: &str, bodies: &[BodySummary]) -> Body {
    if let Some(only) = only(context.council, typed, bodies) {
        return Body::One(only.clone());
    }
    let abbreviated = abbreviated(context.council, typed);
    let written = abbreviated.unwrap_or(typed);
    let again = |body: &BodySummary| suggest(format!("/{} udvalg:{}", request.command.name, body.name), "");
    let answer = |title: String, text: &str, bodies: Vec<&BodySummary>| {
        let suggestions = bodies.into_iter().map(again).collect();
        Body::Answer(Box::new(Answer { title, text: text.to_owned(), suggestions, ..Answer::default() }))
    };
    match matching(written, bodies).as_slice() {
        [] if abbreviated.is_some() => answer(
            format!("{written}: ingen referater er læst ind"),
            "Navnet står i bot.toml, men ikke i referaterne.",
            vec![],
        ),
        [] => {
            let near = nearest(written, bodies);
            let title = format!("Intet udvalg eller råd hedder »{}« i de indlæste referater", echo(typed));
            match near.is_empty() {
                true => answer(
                    title,
                    "De, der er flest møder fra, er:",
                    bodies.iter().take(MOST_NEAREST).collect(),
                ),
                false => answer(title, "Det nærmeste er:", near.into_iter().take(MOST_NEAREST).collect()),
            }
        }
        several => answer(
            format!("»{}« kan være flere", echo(typed)),
            "Skriv lidt mere af navnet.",
            several.to_vec(),
        ),
    }
}

/// The one body meant; None when several fit, or none.
pub(crate) fn only<'b>(council: &Council, typed: &str, bodies: &'b [BodySummary]) -> Option<&'b BodySummary> {
    match matching(abbreviated(council, typed).unwrap_or(typed), bodies).as_slice() {
        [only] => Some(only),
        [] => by_initials(typed, bodies),
        _ => None,
    }
}

/// The one body whose name's words begin with these capitals: "SSU" is "Social- og Sundhedsudvalget". None for fewer than three, or
/// where several have them.
pub(crate) fn by_initials<'b>(typed: &str, bodies: &'b [BodySummary]) -> Option<&'b BodySummary> {
    let is_short = (LEAST_INITIALS..=MOST_INITIALS).contains(&typed.chars().count());
    if !is_short || !typed.chars().all(char::is_uppercase) {
        return None;
    }
    let mut fitting = bodies.iter().filter(|body| initials(&body.name) == typed);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// The first letters of a name's words, with that of its kind: "TMU" of "Teknik- og Miljøudvalget".
fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let told = words.filter(|word| !word.is_empty() && !BETWEEN_INITIALS.contains(word));
    let capitals = |word: &str| {
        let lower = word.to_lowercase();
        let kind = KINDS.iter().find(|(ending, _)| lower.len() > ending.len() && lower.ends_with(ending));
        let first = lower.chars().next().into_iter().flat_map(char::to_uppercase);
        first.chain(kind.map(|(_, letter)| *letter)).collect::<String>()
    };
    told.map(capitals).collect()
}

/// Bodies whose names are nearly what was typed, the nearest first.
pub(crate) fn nearest<'b>(typed: &str, bodies: &'b [BodySummary]) -> Vec<&'b BodySummary> {
    let near = fit::nearest(bodies, key, &wanted(typed));
    if !near.is_empty() {
        return near;
    }
    // A slip in the word before its article, and the article is not known for one.
    fit::nearest(bodies, |body| &body.name, &Wanted::new(typed))
}

/// Every body that may be meant by what is typed so far, in the order given; where none fits, the nearest ones.
pub(crate) fn fitting<'b>(council: &Council, typed: &str, bodies: &'b [BodySummary]) -> Vec<&'b BodySummary> {
    let begun = danish::fold(typed);
    let abbreviated = council
        .abbreviations
        .iter()
        .filter(|(short, _)| danish::fold(short).starts_with(&begun))
        .filter_map(|(_, name)| bodies.iter().find(|body| body.key == body::key(name)));
    let mut found: Vec<&BodySummary> = abbreviated.collect();
    let wanted = wanted(typed);
    found.extend(fit::any(bodies, key, &wanted));
    if found.is_empty() {
        return nearest(typed, bodies);
    }
    bodies.iter().filter(|body| found.iter().any(|other| other.key == body.key)).collect()
}

/// The question with this body in place of what was typed for it.
pub(crate) fn with_body(request: &Request, body: &BodySummary, bodies: &[BodySummary]) -> Request {
    request.with("udvalg", &short_name(body, bodies))
}

/// A body's name; of a long one only so many of its first words that it can still be no other.
pub(crate) fn short_name(body: &BodySummary, bodies: &[BodySummary]) -> String {
    if body.name.chars().count() <= MOST_NAME_CHARS {
        return body.name.clone();
    }
    let words: Vec<&str> = body.name.split_whitespace().collect();
    let only_one =
        |name: &String| matches!(matching(name, bodies).as_slice(), [only] if only.key == body.key);
    (1..words.len()).map(|count| words[..count].join(" ")).find(only_one).unwrap_or_else(|| body.name.clone())
}

/// What an abbreviation of the configuration stands for.
fn abbreviated<'c>(council: &'c Council, typed: &str) -> Option<&'c str> {
    let folded = danish::fold(typed);
    let found = council.abbreviations.iter().find(|(short, _)| danish::fold(short) == folded);
    found.map(|(_, name)| name.as_str())
}

/// Bodies that fit, by the strictest test that any passes.
fn matching<'b>(typed: &str, bodies: &'b [BodySummary]) -> Vec<&'b BodySummary> {
    let wanted = wanted(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    fit::strictest(bodies, key, &wanted)
}

fn wanted(typed: &str) -> Wanted {
    // "aeldreraadet" has its article only with the Danish letters put back.
    let danish_letters = typed.to_lowercase().replace("aa", "å").replace("ae", "æ").replace("oe", "ø");
    Wanted::new(&body::key(&danish_letters))
}

fn key(body: &BodySummary) -> &str {
    &body.key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_words_and_the_kind() {
        for (name, expected) in [
            ("Social- og Sundhedsudvalget", "SSU"),
            ("Økonomi- og Erhvervsudvalg", "ØEU"),
            ("Udvalget for Klima og Natur", "UKN"),
            ("Ældrerådet", "ÆR"),
            ("Børne-, Unge- og Familieudvalget", "BUFU"),
            ("Byrådet i Fjordby", "BRF"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
