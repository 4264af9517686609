//! `/spørg`: a question in plain words, read into the command that answers it. The answer is that command's, and says how the question
//! was read; nothing is answered that no minutes say.

mod before;
mod facts;
mod faint;
mod notes;
mod reading;
mod succession;
pub(crate) mod table;
mod time;
mod words;

pub use before::Before;

use index::{SearchFilter, Treatment};
use jiff::civil::Date;
use reading::Read;

use crate::request::ask;
use crate::soeg::{NO_HITS, filters};
use crate::table::QUESTION;
use crate::treatment::{self, place};
use crate::{Answer, Context, Request, Suggestion, UserError, choose, danish, suggest};

/// Characters of a question that are read; what is longer is no question.
const MOST_CHARS: usize = 1_000;

/// Between two questions, with the word that the second begins with.
const AND: &str = " og ";
const SECONDS: [&str; 9] = [
    " og hvem ",
    " og hvad ",
    " og hvornår ",
    " og hvorfor ",
    " og hvordan ",
    " og hvor ",
    " og hvilke ",
    " og hvilken ",
    " og hvilket ",
];
/// Words that each of them has at least.
const LEAST_WORDS_OF_TWO: usize = 3;

/// Bodies listed, and offered.
const MOST_BODIES: usize = 50;
const MOST_SUGGESTED: usize = 3;

/// What the minutes cannot answer, by its name in refused.txt, and what is said then.
const REFUSALS: [(&str, &str); 10] = [
    (
        "mening",
        "Referent har ingen mening og giver ingen råd. Kun det, der står i referaterne, kan gengives.",
    ),
    ("jura", "Referent giver ikke juridisk rådgivning. Spørg forvaltningen eller en advokat."),
    (
        "privat",
        "Referent fortæller ikke om private forhold, kun hvad der er besluttet og hvem der sidder hvor.",
    ),
    ("fremtid", "Referent ved ikke, hvad der vil ske, kun hvad der står, at der skal ske."),
    ("handling", "Referent kan kun svare ud fra referaterne og gør ikke andet."),
    ("kontakt", "Referent kender ikke telefonnumre, adresser og åbningstider. Se kommunens hjemmeside."),
    ("borger", "Referent er ikke borgerservice. Se kommunens hjemmeside eller borger.dk."),
    (
        "optælling",
        "Referent tæller og sammenligner ikke på tværs af sager og møder, men finder dem, så man selv kan.",
    ),
    ("vejr", "Det står ikke i de indlæste referater."),
    ("andet", "Det står ikke i de indlæste referater."),
];

/// Of a question that is refused the topic may be asked of the minutes all the same.
const SEARCHED: [&str; 4] = ["mening", "jura", "fremtid", "optælling"];

/// What a next-best reading gives, by its command.
const OTHERWISE: [(&str, &str); 8] = [
    ("beslægtet", "sager, der hører sammen med den"),
    ("sag", "den seneste beslutning"),
    ("historik", "alle behandlinger"),
    ("opfølgning", "det, der kommer igen"),
    ("råd", "hvem der sidder der"),
    ("person", "hvor personen sidder"),
    ("møde", "punkterne på mødet"),
    ("søg", "ordene i alle referater"),
];

/// Questions to try, where one is not understood.
const EXAMPLES: [&str; 3] =
    ["Hvad blev der besluttet om svømmehallen?", "Hvornår kommer sagen igen?", "Hvem sidder i byrådet?"];

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let question = request.option(QUESTION).unwrap_or_default();
    if question.chars().count() > MOST_CHARS {
        return Ok(unanswered(
            "Spørgsmålet er for langt",
            format!("Skriv det med højst {MOST_CHARS} tegn."),
            vec![],
        ));
    }
    let (read, notes) = match first_of_two(context, question)? {
        Some(first) => first,
        None => reading::read(context, question)?,
    };
    Ok(match read {
        Read::As(readings) => return answered(context, readings, notes),
        Read::Refused(why, topic) => refused(why, &topic),
        Read::NothingBefore => unanswered(
            "Hvad eller hvem er der tale om?",
            format!(
                "{}. Skriv et sagsnummer, et navn eller et par ord fra titlen.",
                if context.asker.before.is_some() {
                    "Det fremgår ikke af det, der blev svaret før"
                } else {
                    "Der er ikke spurgt om noget før, som spørgsmålet kan handle om"
                }
            ),
            vec![],
        ),
        Read::NoTime(time) => unanswered(
            "Tiden er ikke forstået",
            format!("Hvilke dage er »{}«? Skriv et år, en måned eller en dag.", choose::echo(&time)),
            vec![],
        ),
        Read::Thanked => unanswered("Selv tak", String::new(), vec![]),
        Read::Bodies => bodies(context)?,
        Read::NotUnderstood => unanswered(
            "Spørgsmålet er ikke forstået",
            format!("Skriv, hvad det handler om, for eksempel: »{}«", EXAMPLES.join("« eller »")),
            vec![suggest("/hjælp", "hvad man kan spørge om")],
        ),
        Read::Which(cases) => Answer {
            request: cases.first().cloned().filter(|_| cases.len() == 1),
            ..unanswered(
                "Hvilken sag?",
                "Svaret før handlede om flere sager.".to_owned(),
                cases.iter().map(|request| suggest(request.line(), "")).collect(),
            )
        },
        Read::Item(treatment, later) => item(context, &treatment, &later),
        Read::NoMeetingBeside(body, day, is_before) => unanswered(
            &format!(
                "Intet møde i {} {} {}",
                choose::echo(&body),
                if is_before { "før" } else { "efter" },
                danish::date(day)
            ),
            "Det står ikke i de indlæste referater.".to_owned(),
            vec![suggest(format!("/møde udvalg:{body}"), "det seneste møde")],
        ),
        Read::NoNextMeeting(body, told) => no_next_meeting(&body.name, told),
    })
}

/// No paper and no plan tells when a body meets next; `told` is the first coming day on which the minutes tell of a meeting of it.
fn no_next_meeting(body: &str, told: Option<Date>) -> Answer {
    let text = match told {
        Some(day) => format!(
            "Ingen dagsorden og ingen mødeplan fortæller det. Det første møde, som referaterne nævner, er {}; der kan være møder før.",
            danish::date(day)
        ),
        None => "Det står ikke i de indlæste referater.".to_owned(),
    };
    let where_told = told
        .map(|day| suggest(format!("/opfølgning udvalg:{body} periode:{day}"), "det, der er nævnt om dagen"));
    let others = [
        suggest(format!("/møde udvalg:{body}"), "det seneste møde"),
        suggest(format!("/opfølgning udvalg:{body}"), "det, der kommer igen"),
    ];
    let suggestions = where_told.into_iter().chain(others).collect();
    let title = format!("Næste møde i {} kendes ikke", choose::echo(body));
    Answer { found: told.is_some(), ..unanswered(&title, text, suggestions) }
}

/// One treatment of a case, and what is said of the later ones.
fn item(context: &Context<'_>, treatment: &Treatment, later: &str) -> Answer {
    let at = place(&treatment.meeting, treatment.item.number.as_deref());
    let number = treatment.item.case_number.as_ref().map(ToString::to_string).unwrap_or_default();
    let sag = ask("sag", &[("nummer", &number)]);
    let meeting = &treatment.meeting;
    let whole = meeting
        .body
        .as_deref()
        .zip(meeting.date)
        .map(|(body, date)| suggest(format!("/møde udvalg:{body} dato:{date}"), "hele mødet"));
    let latest = suggest(format!("/sag {number}"), "den seneste beslutning");
    let all = suggest(format!("/historik {number}"), "alle behandlinger");
    Answer {
        title: format!("{number} · {}", treatment::heading(treatment)),
        text: format!("Forstået som: {at}\n{later}"),
        cards: vec![treatment::card(treatment, context.today)],
        suggestions: [latest, all].into_iter().chain(whole).collect(),
        found: true,
        request: sag,
        ..Answer::default()
    }
}

/// "hvad sagde byrådet til planen, og hvad sagde ældrerådet?": the first question, where it can be read by itself, and that the other
/// is to be asked by itself. None for one question.
fn first_of_two(context: &Context<'_>, question: &str) -> Result<Option<(Read, Vec<String>)>, UserError> {
    let lower = question.to_lowercase();
    let at = SECONDS.iter().filter_map(|second| lower.find(second)).min();
    let Some((first, second)) =
        at.and_then(|at| Some((question.get(..at)?, question.get(at + AND.len()..)?)))
    else {
        return Ok(None);
    };
    let is_whole = |part: &str| part.split_whitespace().count() >= LEAST_WORDS_OF_TWO;
    if !is_whole(first) || !is_whole(second) {
        return Ok(None);
    }
    let (read, mut notes) = reading::read(context, first.trim_end_matches([',', ' ']))?;
    let Read::As(_) = read else { return Ok(None) };
    notes.push(format!(
        "Her er svaret på det første spørgsmål. Stil det andet for sig: »{}«",
        choose::echo(second.trim())
    ));
    Ok(Some((read, notes)))
}

/// The bodies that minutes were read from, those with most meetings first.
fn bodies(context: &Context<'_>) -> Result<Answer, UserError> {
    let mut bodies = context.archive.bodies()?;
    bodies.sort_by_key(|body| std::cmp::Reverse(body.meetings));
    let names: Vec<String> = bodies.iter().map(|body| choose::short_name(body, &bodies)).collect();
    let card = |(body, name): (&index::BodySummary, &String)| crate::Card {
        heading: name.clone(),
        fields: vec![crate::Field::new(
            "Møder",
            format!(
                "{}, det seneste {}",
                danish::count(usize::try_from(body.meetings).unwrap_or(usize::MAX), "møde", "møder"),
                danish::date(body.last)
            ),
        )],
        ..crate::Card::default()
    };
    Ok(Answer {
        title: danish::count(bodies.len(), "udvalg eller råd", "udvalg og råd"),
        text: "Dem, der er referater fra i det indlæste.".to_owned(),
        cards: bodies.iter().zip(&names).take(MOST_BODIES).map(card).collect(),
        suggestions: names
            .iter()
            .take(MOST_SUGGESTED)
            .map(|name| suggest(format!("/råd udvalg:{name}"), "medlemmerne"))
            .collect(),
        found: !bodies.is_empty(),
        ..Answer::default()
    })
}

/// The answer of the best reading, with how it was read, what is said beside it, and the next-best readings.
fn answered(context: &Context<'_>, readings: Vec<Request>, notes: Vec<String>) -> Result<Answer, UserError> {
    let mut readings = readings.into_iter();
    let Some(best) = readings.next() else {
        return Ok(unanswered("Spørgsmålet er ikke forstået", String::new(), vec![]));
    };
    let mut answer = context.answer(&best)?;
    let understood = answer.request.get_or_insert(best);
    let mut told = vec![format!("Forstået som: {}", understood.line())];
    let sought = understood.option("ord").unwrap_or_default().to_owned();
    if !answer.found && answer.title.starts_with(NO_HITS) && stands_nowhere(context, &sought) {
        told.push(format!("{}.", answer.title));
        answer.title = "Det står ikke i de indlæste referater".to_owned();
    }
    if answer.found {
        told.extend(notes);
    }
    told.extend(Some(std::mem::take(&mut answer.text)).filter(|text| !text.is_empty()));
    answer.text = told.join("\n");
    let is_same = |request: &Request| Some(request) == answer.request.as_ref();
    let others: Vec<Suggestion> =
        readings.filter(|request| !is_same(request)).map(|request| otherwise(&request)).collect();
    answer.suggestions.retain(|next| !others.iter().any(|other| other.ask == next.ask));
    answer.suggestions.extend(others);
    Ok(answer)
}

/// Whether none of the words stands anywhere: of words that only stand apart it cannot be said that the minutes do not have it.
fn stands_nowhere(context: &Context<'_>, sought: &str) -> bool {
    let Ok(found) = context.archive.find(sought, &SearchFilter::default(), 1, 0, |_| true) else {
        return false;
    };
    let unknown: Vec<String> = found.reading.unknown.iter().map(|word| danish::fold(word)).collect();
    let telling = filters::telling(sought);
    let mut words = telling.split_whitespace().map(filters::bare);
    found.hits.is_empty() && words.all(|word| unknown.contains(&danish::fold(&word)))
}

fn otherwise(request: &Request) -> Suggestion {
    let gives =
        OTHERWISE.iter().find(|(name, _)| *name == request.command.name).map_or("", |(_, gives)| *gives);
    suggest(minutes::read::without_cpr(&request.line()), format!("eller mente du: {gives}?"))
}

fn refused(why: &str, topic: &str) -> Answer {
    let text = REFUSALS.iter().find(|(name, _)| *name == why).map_or("", |(_, text)| *text);
    let search = SEARCHED.contains(&why) && topic.contains(char::is_alphabetic);
    let search = search.then(|| {
        let topic = minutes::read::without_cpr(&danish::shorten(topic, 80));
        suggest(format!("/søg {topic}"), "hvad referaterne siger om det")
    });
    unanswered("Det kan Referent ikke svare på", text.to_owned(), search.into_iter().collect())
}

/// An answer without anything of the minutes.
fn unanswered(title: &str, text: String, suggestions: Vec<Suggestion>) -> Answer {
    Answer { title: title.to_owned(), text, suggestions, ..Answer::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_of_the_table_has_its_words() {
        for row in table::REFUSED.iter() {
            let name = row.name.trim_start_matches(['!', '?', '=']);
            assert!(REFUSALS.iter().any(|(known, text)| *known == name && !text.is_empty()), "{name}");
        }
        for name in SEARCHED {
            assert!(REFUSALS.iter().any(|(known, _)| *known == name), "{name}");
        }
    }
}
