//! `/følg`: has a place be told of a case, a body, a topic or everything.

use index::{Cadence, Follow, Quiet, Subject, Subscribed, Subscription};
use minutes::case_number;

use crate::following::{self, MOST_FOLLOWED};
use crate::soeg::filters::{self, Limits};
use crate::{
    Answer, Card, Context, Field, Request, Suggestion, UserError, bad_use, choose, clock, danish, number,
    suggest,
};

/// The words for how soon it is told.
const CADENCES: [Cadence; 3] = [Cadence::AtOnce, Cadence::Daily, Cadence::Weekly];

/// What is to be followed, before it is said how.
struct Wanted {
    subject: Subject,
    /// As the ledger takes it, see [`Follow::key`].
    key: String,
    label: String,
    /// What is to be known about it besides.
    note: Option<String>,
    /// What may have been meant instead.
    instead: Vec<Suggestion>,
}

impl Wanted {
    fn new(subject: Subject, key: String, label: String) -> Self {
        Self { subject, key, label, note: None, instead: Vec::new() }
    }
}

/// What was asked for, or the answer that asks back.
enum Meant {
    One(Wanted),
    Answer(Box<Answer>),
}

/// Said of words that no item holds.
const UNKNOWN_TOPIC: &str =
    "Ordene står ikke i noget af det, der er læst indtil nu. Er de stavet, som de skal være?";

/// Said of words that are nearly a body's name.
const NEARLY_A_BODY: &str = "Det ligner navnet på et udvalg, men følges som ord, sådan som det er skrevet.";

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let place = place(context)?;
    may_manage(context)?;
    let request = &with_cadence(request);
    let cadence = request.option("hvornår").map(cadence).transpose()?;
    let quiet = request.option("stille").map(quiet_hours).transpose()?;
    let wanted = match meant(context, request)? {
        Meant::One(wanted) => wanted,
        Meant::Answer(answer) => return Ok(*answer),
    };
    let before = existing(context, place, &wanted)?;
    let follow = Follow {
        subject: wanted.subject,
        key: wanted.key,
        label: wanted.label,
        cadence: cadence.or(before.as_ref().map(|it| it.follow.cadence)).unwrap_or(Cadence::AtOnce),
        // What was said before holds until something else is said.
        quiet: quiet.unwrap_or_else(|| before.as_ref().map_or(context.asker.quiet, |it| it.follow.quiet)),
    };
    let mut ledger = context.archive.ledger()?;
    match ledger.subscribe(place, &follow, MOST_FOLLOWED, context.asker.now)? {
        Subscribed::New(made) => {
            Ok(answer("Følges nu", &made, place, wanted.note.as_slice(), wanted.instead))
        }
        Subscribed::Changed(made) => {
            let changes = before.map(|before| changes(&before, &made)).unwrap_or_default();
            let title = if changes.is_empty() { "Følges allerede" } else { "Ændret" };
            let notes: Vec<String> = wanted.note.into_iter().chain(changes).collect();
            Ok(answer(title, &made, place, &notes, wanted.instead))
        }
        Subscribed::Full => Err(bad_use(
            format!(
                "Her følges allerede {MOST_FOLLOWED} ting, og flere kan der ikke være. Stop noget af det først."
            ),
            vec![suggest("/følger", "")],
        )),
    }
}

/// The place that is told.
pub(crate) fn place<'a>(context: &Context<'a>) -> Result<&'a str, UserError> {
    context.asker.place.ok_or_else(|| {
        bad_use(
            "Her kan der ikke sendes besked. Brug kommandoen i en kanal i Discord eller i »referent chat«.",
            vec![],
        )
    })
}

/// Refuses whoever may not decide what the place follows.
pub(crate) fn may_manage(context: &Context<'_>) -> Result<(), UserError> {
    if context.asker.may_manage {
        return Ok(());
    }
    Err(bad_use(
        "Hvad kanalen følger, bestemmer de, der må administrere kanalen eller har en rolle til det. \
         Spørg en af dem, eller skriv /følg til mig i en direkte besked; så får du selv besked.",
        vec![suggest("/følger", "")],
    ))
}

fn cadence(typed: &str) -> Result<Cadence, UserError> {
    let folded = danish::fold(typed);
    let is_meant = |known: &Cadence| danish::fold(following::cadence(*known)) == folded;
    CADENCES.into_iter().find(is_meant).ok_or_else(|| {
        let words: Vec<String> = CADENCES.iter().map(|known| following::cadence(*known).to_owned()).collect();
        bad_use(
            format!(
                "»hvornår« er {}, ikke »{}«.",
                danish::list(&words).replace(" og ", " eller "),
                choose::echo(typed)
            ),
            vec![],
        )
    })
}

/// `/følg alt dagligt`: a last word that says how soon is that option, where it is not given by its name.
fn with_cadence(request: &Request) -> Request {
    let (Some(typed), None) = (request.option("sag"), request.option("hvornår")) else {
        return request.clone();
    };
    match typed.trim().rsplit_once(char::is_whitespace) {
        Some((rest, last)) if cadence(last).is_ok() => request.with("sag", rest).with("hvornår", last),
        _ => request.clone(),
    }
}

fn quiet_hours(typed: &str) -> Result<Option<Quiet>, UserError> {
    let read = clock::quiet_hours(typed);
    if read.flatten().is_some_and(|quiet| quiet.from == quiet.to) {
        return Err(bad_use(
            "Det er hele døgnet. Skriv en tid som 22-07, eller sæt det på pause med /følger.",
            vec![suggest("/følger", "")],
        ));
    }
    read.ok_or_else(|| {
        bad_use(
            format!("»stille« er en tid på døgnet som 22-07, eller aldrig, ikke »{}«.", choose::echo(typed)),
            vec![],
        )
    })
}

fn meant(context: &Context<'_>, request: &Request) -> Result<Meant, UserError> {
    let given: Vec<&(&str, String)> =
        request.options.iter().filter(|(name, _)| ["sag", "udvalg", "emne", "alt"].contains(name)).collect();
    match given.as_slice() {
        [] => Err(bad_use(
            "Skriv, hvad der skal følges: en sag, et udvalg, et emne eller alt.",
            request.command.examples.iter().map(|line| suggest(*line, "")).collect(),
        )),
        [(name, typed)] => match *name {
            "udvalg" => body(context, request, typed),
            "emne" => topic(context, typed),
            "alt" => everything(typed),
            _ => any(context, request, typed),
        },
        _ => Err(bad_use("Skriv én ting ad gangen: en sag, et udvalg, et emne eller alt.", vec![])),
    }
}

/// What stands without a name: a case's number, else a body, else a topic.
fn any(context: &Context<'_>, request: &Request, typed: &str) -> Result<Meant, UserError> {
    let numbers = case_number::find_all(&typed.to_uppercase());
    if numbers.len() > 1 {
        let each = numbers.iter().map(|number| suggest(format!("/følg {number}"), "")).collect();
        return Err(bad_use("Skriv én sag ad gangen.", each));
    }
    if number::is_number(typed) {
        return case(context, request, typed);
    }
    if danish::fold(typed) == "alt" {
        return everything("ja");
    }
    let bodies = context.archive.bodies()?;
    match choose::only_body(context.council, typed, &bodies) {
        Some(body) => Ok(of_body(&body.key, &body.name)),
        None => topic(context, typed),
    }
}

fn case(context: &Context<'_>, request: &Request, typed: &str) -> Result<Meant, UserError> {
    match choose::case(context, typed, request.command.name)? {
        choose::Case::One(key, note) => {
            let known = context.archive.case(&key)?;
            let label = known.as_ref().map_or_else(|| typed.to_owned(), |case| case.case_number.to_string());
            let title = known.and_then(|case| case.title).map(|title| format!("Sagen hedder »{title}«."));
            let note = [note, title].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let note = Some(note).filter(|note| !note.is_empty());
            Ok(Meant::One(Wanted { note, ..Wanted::new(Subject::Case, key, label) }))
        }
        // A case that was never on an agenda may be waited for.
        choose::Case::Answer(_) if case_number::is_whole(typed) => {
            let label = case_number::find_all(&typed.to_uppercase())
                .first()
                .map_or_else(|| typed.to_owned(), ToString::to_string);
            let note = Some("Sagen er ikke i de indlæste referater endnu.".to_owned());
            let key = case_number::key(&label);
            Ok(Meant::One(Wanted { note, ..Wanted::new(Subject::Case, key, label) }))
        }
        choose::Case::Answer(answer) => Ok(Meant::Answer(answer)),
    }
}

fn body(context: &Context<'_>, request: &Request, typed: &str) -> Result<Meant, UserError> {
    let bodies = context.archive.bodies()?;
    Ok(match choose::body(context, request, typed, &bodies) {
        choose::Body::One(body) => of_body(&body.key, &body.name),
        choose::Body::Answer(answer) => Meant::Answer(answer),
    })
}

fn of_body(key: &str, name: &str) -> Meant {
    let (key, label) = (key.to_owned(), name.to_owned());
    Meant::One(Wanted::new(Subject::Body, key, label))
}

fn topic(context: &Context<'_>, typed: &str) -> Result<Meant, UserError> {
    if minutes::read::without_cpr(typed) != typed {
        return Err(bad_use("Et CPR-nummer kan ikke følges.", vec![]));
    }
    let bodies = context.archive.bodies()?;
    let (limits, words) = filters::of_words(context, typed, &Limits::default(), &bodies)?;
    let is_limited = !limits.said.is_empty() && !index::topic_key(&words).is_empty();
    let words = if is_limited { without_preposition(&words) } else { typed.to_owned() };
    if index::topic_key(&words).is_empty() {
        return Err(bad_use(format!("Der er intet ord at følge i »{}«.", choose::echo(typed)), vec![]));
    }
    let (mut notes, mut instead) = (Vec::new(), Vec::new());
    if is_limited {
        let all = choose::echo(&words);
        notes.push(format!(
            "Et emne kan ikke afgrænses ({}): der kommer besked om alt om »{all}«.",
            limits.said.join(", ")
        ));
    }
    // Whoever misspells a word or a body's name would wait for ever.
    let near = choose::nearest_bodies(&words, &bodies);
    let found = context.archive.search(&words, 1, 0)?;
    if !near.is_empty() {
        notes.push(NEARLY_A_BODY.to_owned());
        instead.extend(near.iter().map(|body| suggest(format!("/følg udvalg:{}", body.name), "udvalget")));
    } else if found.total == 0 || found.reading.is_partial || !found.reading.corrected.is_empty() {
        notes.push(UNKNOWN_TOPIC.to_owned());
        let corrected = found
            .reading
            .corrected
            .iter()
            .fold(words.clone(), |text, (typed, meant)| text.replace(typed, meant));
        instead.extend(
            (corrected != words).then(|| suggest(format!("/følg emne:{corrected}"), "mente du det?")),
        );
    }
    let note = Some(notes.join(" ")).filter(|note| !note.is_empty());
    Ok(Meant::One(Wanted { subject: Subject::Topic, key: words.clone(), label: words, note, instead }))
}

/// What is left of "afviste sager om cykelstier" when its limit is taken off.
fn without_preposition(words: &str) -> String {
    let words = words.trim();
    let rest = ["om ", "for ", "til "].iter().find_map(|word| words.strip_prefix(word));
    rest.unwrap_or(words).to_owned()
}

fn everything(typed: &str) -> Result<Meant, UserError> {
    if danish::fold(typed) != "ja" {
        return Err(bad_use("»alt« er ja, eller også skrives det ikke.", vec![]));
    }
    let (key, label) = (String::new(), String::new());
    Ok(Meant::One(Wanted::new(Subject::Everything, key, label)))
}

/// What the place follows already of the same.
fn existing(context: &Context<'_>, place: &str, wanted: &Wanted) -> Result<Option<Subscription>, UserError> {
    let key = match wanted.subject {
        Subject::Topic => index::topic_key(&wanted.key),
        _ => wanted.key.clone(),
    };
    let mut all = context.archive.subscriptions(place)?.into_iter();
    Ok(all.find(|it| it.follow.subject == wanted.subject && it.follow.key == key))
}

/// What is another than before, a sentence each.
fn changes(before: &Subscription, after: &Subscription) -> Vec<String> {
    let (old, new) = (&before.follow, &after.follow);
    let cadence = (old.cadence != new.cadence).then(|| {
        format!(
            "Før blev det sendt {}, nu {}.",
            following::cadence(old.cadence),
            following::cadence(new.cadence)
        )
    });
    let quiet = (old.quiet != new.quiet).then(|| {
        format!("Stille før: {}; nu: {}.", following::quiet(old.quiet), following::quiet(new.quiet))
    });
    let going_on = (before.paused.is_some() && after.paused.is_none()).then(|| "Pausen er slut.".to_owned());
    [cadence, quiet, going_on].into_iter().flatten().collect()
}

fn answer(
    title: &str,
    made: &Subscription,
    place: &str,
    notes: &[String],
    instead: Vec<Suggestion>,
) -> Answer {
    let follow = &made.follow;
    let here = if place == following::TERMINAL { "her i chatten" } else { "her" };
    let card = Card {
        heading: following::heading(follow.subject, &follow.label),
        fields: vec![
            Field::new("Besked", format!("{here}, {}", following::cadence_in_full(follow.cadence))),
            Field::new("Stille", following::quiet(follow.quiet)),
            Field::new("Stoppes med", format!("/følger stop:{}", made.id)),
        ],
        ..Card::default()
    };
    Answer {
        title: format!("{title}: {}", following::what(follow.subject, &follow.label)),
        text: notes.join("\n"),
        cards: vec![card],
        suggestions: instead.into_iter().chain([suggest("/følger", "alt, der følges her")]).collect(),
        found: true,
        ..Answer::default()
    }
}
