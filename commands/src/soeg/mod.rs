//! `/søg`: words in all that has been read.

pub(crate) mod filters;

use index::{Found, Hit, Reading, SearchFilter, Treatment};
use minutes::{Kind, case_number};

use crate::paging;
use crate::request::ask;
use crate::spoerg::table::is_topic;
use crate::treatment::{self, Sitting, meeting_source, place, sittings};
use crate::{
    Answer, Card, Context, Field, Request, Suggestion, UserError, choose, danish, number, sag, suggest,
};
use filters::Limits;

/// Pages of hits read at most, to have enough when doubles are left out.
const MOST_PAGES: usize = 3;

/// Characters of a decision shown with a hit.
const MOST_DECISION_CHARS: usize = 160;

/// How the title of an answer without hits begins.
pub(crate) const NO_HITS: &str = "Ingen fund";

/// What is said of hits that do not have all that was sought: most of several words, or the parts of one.
const MOST_WORDS: &str = "Intet har alle ordene; her er det, der har de fleste.";
const PARTS_ONLY: &str = "Her er det, der har ordets dele.";

/// Bodies offered where nothing was found, for each word.
const MOST_BODIES: usize = 2;

/// Words offered alone, where no entry has all.
const MOST_FEWER: usize = 2;

/// A word of the minutes less like one that stands nowhere than this helps nobody.
const LEAST_LIKE: f64 = 0.65;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let bodies = context.archive.bodies()?;
    match filters::body_apart(context, request, &bodies) {
        Some(request) => {
            Ok(Answer { request: Some(request.clone()), ..searched(context, &request, &bodies)? })
        }
        None => searched(context, request, &bodies),
    }
}

fn searched(
    context: &Context<'_>,
    request: &Request,
    bodies: &[index::BodySummary],
) -> Result<Answer, UserError> {
    let typed = request.option("ord").unwrap_or_default();
    let is_number = number::is_number(typed) && !number::is_amount(typed) && !filters::is_year(typed);
    if is_number && request.options.len() == 1 {
        return by_number(context, typed);
    }
    let (options, mut unread) = filters::of_options(context, request, bodies)?;
    let options_named_no_body = request.option("udvalg").is_some() && options.filter.body_key.is_none();
    let page = paging::page(request);
    let (limits, words) = filters::of_words(context, typed, &options, bodies)?;
    if limits.is_open() {
        unread.extend(limits.negated.as_deref().map(|typed| format!("»{}«", choose::echo(typed))));
    }
    let is_negated = limits.negated.is_some();
    // Without its negated outcome, "sager, der ikke blev udsat" says nothing of what is sought; nor does an option that is not understood.
    let says_nothing = (limits.is_open() || typed.is_empty())
        && limits.filter == SearchFilter::default()
        && filters::telling(&words).is_empty();
    let mut best =
        if says_nothing { Best::default() } else { best_hits(context, &words, &limits.filter, page)? };
    let mut read = (limits, words);
    if best.hits.is_empty() && read.0 != options {
        // Words that any question has ("sager", "blev") need not stand beside a limit.
        let telling = filters::telling(&read.1);
        if telling != read.1 && !telling.is_empty() {
            let least = best_hits(context, &telling, &read.0.filter, page)?;
            if !least.hits.is_empty() {
                (best, read.1) = (least, telling);
            }
        }
    }
    let mut taken_back = false;
    // The words of what was negated would find what was decided so.
    if best.hits.is_empty() && read.0 != options && !is_negated {
        // What was read as a limit may have been meant as words.
        let plain = best_hits(context, typed, &options.filter, page)?;
        if !plain.hits.is_empty() {
            (best, read, taken_back) = (plain, (options, typed.to_owned()), true);
        }
    }
    let (limits, words) = read;
    let mut answer = match unlimited(context, &words, &limits.filter, &best)? {
        Some(others) => beyond(&words, &others),
        None if best.hits.is_empty() => none(context, request, &words, &best.reading),
        None => found(context, request, &sought(typed, &limits), &best, page)?,
    };
    if best.hits.is_empty() {
        answer.title = nothing(typed, &limits);
    }
    // The nearest bodies, where the one named is none.
    let unknown = request.option("udvalg").filter(|_| options_named_no_body);
    answer.suggestions.extend(unknown.into_iter().flat_map(|typed| nearest(context, request, typed, bodies)));
    let told = told(&limits, typed, &words, &unread, &best.reading, taken_back);
    answer.text = [told.join("\n"), answer.text]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    Ok(answer)
}

/// What was searched for, for a title: the words as typed, or else the limits. An outcome that was not understood was not searched for.
fn sought(typed: &str, limits: &Limits) -> String {
    match (typed.is_empty(), &limits.negated) {
        (true, _) => format!("afgrænset til: {}", limits.said.join(", ")),
        (false, Some(negated)) if limits.is_open() => format!("uden hensyn til »{}«", choose::echo(negated)),
        (false, _) => format!("på »{}«", choose::echo(typed)),
    }
}

/// The same question of the bodies that are most like a name that none has.
fn nearest(
    context: &Context<'_>,
    request: &Request,
    typed: &str,
    bodies: &[index::BodySummary],
) -> Vec<Suggestion> {
    let whole = choose::fitting_bodies(context.council, typed, bodies);
    let first =
        || choose::fitting_bodies(context.council, typed.split(' ').next().unwrap_or_default(), bodies);
    let near = if whole.is_empty() { first() } else { whole };
    near.into_iter()
        .take(MOST_BODIES)
        .map(|body| suggest(request.with("udvalg", &choose::short_name(body, bodies)).line(), ""))
        .collect()
}

fn nothing(typed: &str, limits: &Limits) -> String {
    match &limits.negated {
        Some(negated) if limits.is_open() => format!("»{}« er ikke forstået", choose::echo(negated)),
        None if typed.is_empty() && limits.said.is_empty() => "Afgrænsningen er ikke forstået".to_owned(),
        _ => format!("{NO_HITS} {}", sought(typed, limits)).trim_end().to_owned(),
    }
}

/// How the question was read, where that is not plain.
fn told(
    limits: &Limits,
    typed: &str,
    words: &str,
    unread: &[String],
    reading: &Reading,
    taken_back: bool,
) -> Vec<String> {
    let mut told = Vec::new();
    // Limits without words stand in the title.
    if !limits.said.is_empty() && !typed.is_empty() {
        let about =
            if words.trim().is_empty() { "alt".to_owned() } else { format!("»{}«", choose::echo(words)) };
        told.push(format!("Læst som: {about}, {}.", limits.said.join(", ")));
    }
    if taken_back {
        told.push("Intet fandtes med den afgrænsning, så alle ordene er søgt som ord.".to_owned());
    }
    if !unread.is_empty() {
        told.push(format!("Ikke forstået og ikke brugt: {}.", unread.join(", ")));
    }
    for (typed, instead) in &reading.corrected {
        told.push(format!(
            "»{}« står ingen steder. Mente du »{instead}«? Det er der søgt på.",
            choose::echo(typed)
        ));
    }
    if reading.is_partial {
        told.extend(nowhere(&reading.unknown));
        let is_one = words.split_whitespace().nth(1).is_none();
        told.push(if is_one { PARTS_ONLY } else { MOST_WORDS }.to_owned());
        told.extend(meant(&near(reading)));
    }
    told
}

fn found(
    context: &Context<'_>,
    request: &Request,
    sought: &str,
    best: &Best,
    page: usize,
) -> Result<Answer, UserError> {
    let cards: Vec<Card> =
        best.hits.iter().map(|hit| card(hit, context)).collect::<Result<_, UserError>>()?;
    let first_case = cards.iter().find_map(|card| card.item.as_ref()?.case_number.clone());
    let mut suggestions: Vec<Suggestion> = first_case
        .map(|number| suggest(format!("/sag {number}"), "den seneste beslutning i den første sag"))
        .into_iter()
        .collect();
    if best.reading.is_partial {
        suggestions.extend(offered(request, &best.reading));
    }
    if best.has_more && page < paging::MOST_TURNED {
        suggestions.push(paging::turn(request, page + 1, "flere fund"));
    }
    let (shown, typed) = (cards.len(), request.option("ord"));
    let text = match (best.has_more, page) {
        (false, 1) => String::new(),
        (true, 1) if typed.is_none() => format!("De {shown} nyeste vises."),
        (true, 1) => format!("De {shown} bedste vises."),
        _ => format!("Side {page}."),
    };
    // A word that stands nearly everywhere is not counted to the end.
    let least = if best.is_more { "Mindst " } else { "" };
    Ok(Answer {
        title: format!("{least}{} {sought}", danish::count(best.total, "fund", "fund")),
        text,
        cards,
        suggestions,
        found: true,
        ..Answer::default()
    })
}

/// Nothing, with the nearest words and bodies.
fn none(context: &Context<'_>, request: &Request, words: &str, reading: &Reading) -> Answer {
    let mut text = Vec::new();
    let mut suggestions = Vec::new();
    if paging::page(request) > 1 {
        text.push(paging::BEYOND_LAST.to_owned());
        suggestions.push(paging::first(request));
    }
    let is_known = reading.unknown.is_empty();
    if is_known && words.split_whitespace().nth(1).is_some() {
        text.push("Ordene står ikke i samme punkt eller dokument. Prøv med færre ord.".to_owned());
    }
    text.extend(nowhere(&reading.unknown));
    text.extend(meant(&near(reading)));
    suggestions.extend(offered(request, reading));
    suggestions.extend(fewer(request, words, reading));
    if let Ok(bodies) = context.archive.bodies() {
        for word in &reading.unknown {
            let near = choose::fitting_bodies(context.council, word, &bodies).into_iter().take(MOST_BODIES);
            suggestions.extend(
                near.map(|body| suggest(format!("/møde udvalg:{}", choose::short_name(body, &bodies)), "")),
            );
        }
    }
    Answer { text: text.join("\n"), suggestions, ..Answer::default() }
}

/// What is found without the limits, where a word is not known and nothing is found within them: that a word stands nowhere is only
/// true where its parts do not either. None where nothing is, and where something is found within them.
fn unlimited(
    context: &Context<'_>,
    words: &str,
    filter: &SearchFilter,
    best: &Best,
) -> Result<Option<Best>, UserError> {
    if !best.hits.is_empty() || best.reading.unknown.is_empty() || *filter == SearchFilter::default() {
        return Ok(None);
    }
    let others = best_hits(context, words, &SearchFilter::default(), 1)?;
    Ok(Some(others).filter(|others| !others.hits.is_empty()))
}

/// Nothing within the limits, and how much there is without them.
fn beyond(words: &str, others: &Best) -> Answer {
    let least = if others.is_more { "mindst " } else { "" };
    let count = danish::count(others.total, "fund", "fund");
    let of = match (others.reading.is_partial, words.split_whitespace().nth(1)) {
        (false, _) => "",
        (true, None) => " med ordets dele",
        (true, Some(_)) => " med de fleste af ordene",
    };
    let text = format!("Med den afgrænsning er der ingen; uden den er der {least}{count}{of}.");
    let whole = ask("søg", &[("ord", words)]).map(|request| suggest(request.line(), "uden afgrænsning"));
    Answer { text, suggestions: whole.into_iter().collect(), ..Answer::default() }
}

/// The same question with each of its first words alone that stands somewhere: one of them may do. None for one word.
fn fewer(request: &Request, words: &str, reading: &Reading) -> Vec<Suggestion> {
    let is_known =
        |word: &&str| !reading.unknown.iter().any(|unknown| filters::bare(unknown) == filters::bare(word));
    let telling = filters::telling(words);
    let all: Vec<&str> = telling.split_whitespace().filter(|word| !word.contains('"')).collect();
    let is_told = |word: &&str| is_topic(word) && is_known(word);
    let known = all.iter().copied().filter(is_told).take(MOST_FEWER);
    let alone = |word: &str| suggest(request.with("ord", word).line(), "");
    if all.len() > 1 { known.map(alone).collect() } else { Vec::new() }
}

/// Which words stand nowhere; None where all do.
fn nowhere(unknown: &[String]) -> Option<String> {
    let quoted: Vec<String> = unknown.iter().map(|word| format!("»{}«", choose::echo(word))).collect();
    let said = || format!("{} står ingen steder i de indlæste referater.", danish::list(&quoted));
    (!unknown.is_empty()).then(said)
}

/// Words of the minutes that may have been meant by those that stand nowhere.
fn near(reading: &Reading) -> Vec<&String> {
    reading.near.iter().filter(|near| is_near(near, &reading.unknown)).collect()
}

/// The question whether they were; None where there are none.
fn meant(near: &[&String]) -> Option<String> {
    let quoted: Vec<String> = near.iter().map(|word| format!("»{word}«")).collect();
    (!near.is_empty()).then(|| format!("Mente du {}?", quoted.join(" eller ")))
}

/// The same question with each of the words that may have been meant in place of the one it is most like.
fn offered(request: &Request, reading: &Reading) -> Vec<Suggestion> {
    let typed = request.option("ord").unwrap_or_default();
    let like = |word: &str, near: &str| {
        strsim::normalized_damerau_levenshtein(&danish::fold(word), &danish::fold(near))
    };
    let again = |near: &&String| {
        let unknown =
            reading.unknown.iter().max_by(|one, other| like(one, near).total_cmp(&like(other, near)))?;
        let words: Vec<&str> = typed
            .split_whitespace()
            .map(|word| if filters::bare(word) == filters::bare(unknown) { near.as_str() } else { word })
            .collect();
        Some(suggest(request.with("ord", &words.join(" ")).line(), ""))
    };
    near(reading).iter().filter_map(again).collect()
}

/// Whether a word is really like one that stands nowhere, and one that may be a topic.
fn is_near(near: &str, unknown: &[String]) -> bool {
    let near_folded = danish::fold(near);
    let like = |word: &String| strsim::normalized_damerau_levenshtein(&danish::fold(word), &near_folded);
    let is_begun = |word: &String| danish::fold(word).starts_with(&near_folded);
    is_topic(near) && unknown.iter().any(|word| like(word) >= LEAST_LIKE || is_begun(word))
}

/// A case number is looked up, not searched for as loose digits.
fn by_number(context: &Context<'_>, typed: &str) -> Result<Answer, UserError> {
    match choose::case(context, typed, "sag")? {
        choose::Case::Answer(answer) => Ok(*answer),
        choose::Case::One(key, _) => choose::only_case(context, typed, &key),
    }
}

/// The best hits of a page.
#[derive(Default)]
struct Best {
    hits: Vec<Hit>,
    /// How many there are, as far as superseded ones were seen without them.
    total: usize,
    /// Whether there are more than that.
    is_more: bool,
    has_more: bool,
    reading: Reading,
}

fn best_hits(
    context: &Context<'_>,
    words: &str,
    filter: &SearchFilter,
    page: usize,
) -> Result<Best, UserError> {
    let wanted = page * context.cards;
    let mut best = Best::default();
    let (mut read, mut dropped, mut failed) = (0, 0, None);
    // Without words only items are asked for, not the meetings that they were treated at.
    let no_meetings = words.trim().is_empty() && *filter != SearchFilter::default();
    let filter = &SearchFilter { no_meetings, ..filter.clone() };
    // The agenda of read minutes and an older file of the same meeting are left out: the better document has the same item.
    let mut stands = |treatment: &Treatment| match treatment::is_superseded(context, treatment) {
        Ok(is_superseded) => {
            dropped += usize::from(is_superseded);
            !is_superseded
        }
        Err(error) => {
            failed.get_or_insert(error);
            true
        }
    };
    for _ in 0..MOST_PAGES {
        // One more than is shown tells whether there are more.
        let limit = wanted + 1 - best.hits.len();
        let found = context.archive.find(words, filter, limit, read, &mut stands)?;
        let count = found.places;
        (best.total, best.is_more) = (found.total, found.is_more);
        (best.reading, read) = (found.reading, read + count);
        best.hits.extend(found.hits);
        if best.hits.len() > wanted || count < limit {
            break;
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    best.has_more = best.hits.len() > wanted;
    best.hits.truncate(wanted);
    best.hits.drain(..(wanted - context.cards).min(best.hits.len()));
    if !best.is_more {
        best.total = best.total.saturating_sub(dropped);
    }
    Ok(best)
}

/// What was decided last in the matter of an item, where that was at a later meeting: what was found may be overtaken. Told of an item
/// with the same title, or else of the last under a number of one matter; of no number that stands for many.
fn later(context: &Context<'_>, found: &Treatment) -> Result<Option<Field>, UserError> {
    let (Some(number), Some(day)) = (&found.item.case_number, found.meeting.date) else { return Ok(None) };
    let (key, archive) = (number.key(), context.archive);
    let meetings = archive.case_meetings(&key)?;
    if sag::standing_since(&meetings).is_some() {
        return Ok(None);
    }
    let last = meetings.iter().rfind(|meeting| meeting.is_decided && meeting.date <= Some(context.today));
    let Some(last) = last.filter(|last| last.date > Some(day)) else { return Ok(None) };
    let title = |treatment: &Treatment| treatment.item.title.as_deref().map(danish::fold);
    let held = sittings(archive.treatments_on(&key, last.date)?);
    let all = held.iter().flat_map(|sitting| &sitting.items);
    let decided: Vec<&Treatment> = all.filter(|one| one.item.decision.is_some()).collect();
    let mut chosen = decided.iter().rfind(|one| title(one) == title(found)).copied();
    // A matter is often called something else when it comes back; two items of one meeting are two matters.
    let is_of_one = case_number::is_whole(number.as_str()) || number::is_of_year(number.as_str());
    if chosen.is_none() && is_of_one {
        let before = sittings(archive.treatments_on(&key, Some(day))?);
        let is_single = |sitting: &Sitting| sitting.items.len() == 1;
        chosen = decided.last().copied().filter(|_| held.iter().chain(&before).all(is_single));
    }
    Ok(chosen.map(|last| {
        let outcome = treatment::outcome_in_short(last);
        let at = place(&last.meeting, last.item.number.as_deref());
        let proposed = treatment::against(last).map(|proposed| {
            format!(" (indstillet: {})", danish::shorten(&danish::one_line(&proposed), MOST_DECISION_CHARS))
        });
        Field::new("Senere", format!("{outcome}: {at}{}", proposed.unwrap_or_default()))
    }))
}

/// The decision, with what was recommended where only both tell what was decided.
fn decision(found: &Treatment) -> Vec<Field> {
    let mut fields = treatment::short_decision(found, MOST_DECISION_CHARS);
    let is_told = treatment::against(found).is_some();
    let followed = treatment::followed(found).filter(|_| !is_told);
    fields.extend(followed.map(|it| Field::shortened("Indstilling", &it, MOST_DECISION_CHARS)));
    fields
}

fn card(hit: &Hit, context: &Context<'_>) -> Result<Card, UserError> {
    let others = (hit.others > 0)
        .then(|| Field::new("I samme sag", danish::count(hit.others, "andet fund", "andre fund")));
    // Without any of the words it is only what stands first, and the decision is shown anyway.
    let passage = if hit.marks.is_empty() { "" } else { hit.passage.as_str() };
    let passage = Field { marks: hit.marks.clone(), ..Field::quoted("Uddrag", passage) };
    Ok(match &hit.found {
        Found::Item(found) => Card {
            heading: treatment::heading(found),
            status: Some(treatment::status(found, context.today)),
            outcome: Some(treatment::outcome(found)),
            fields: [passage]
                .into_iter()
                .filter(|field| !field.value.is_empty())
                .chain(decision(found))
                .chain([Field::new("Møde", place(&found.meeting, found.item.number.as_deref()))])
                .chain(later(context, found)?)
                .chain(treatment::case_number(found))
                .chain(others)
                .collect(),
            item: Some(treatment::source(found)),
            ..Card::default()
        },
        Found::Document(document) => {
            let what = match document.kind {
                Kind::Members => "Medlemsside",
                Kind::Document => "Dokument, ikke et referat",
                Kind::Minutes | Kind::Agenda => "Mødet selv, ikke et punkt",
            };
            Card {
                heading: match document.kind {
                    Kind::Minutes | Kind::Agenda if document.body.is_some() => place(document, None),
                    _ => document
                        .title
                        .clone()
                        .or_else(|| document.body.clone())
                        .unwrap_or_else(|| document.file.clone()),
                },
                fields: [passage, Field::new("Slags", what)]
                    .into_iter()
                    .filter(|field| !field.value.is_empty())
                    .collect(),
                item: Some(meeting_source(document)),
                ..Card::default()
            }
        }
    })
}
