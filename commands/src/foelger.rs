//! `/følger`: what a place follows, and buttons to pause it, let it go on, or stop it.

use index::{Pause, Subscription};
use jiff::tz::TimeZone;

use crate::foelg::{may_manage, place};
use crate::{
    Answer, Card, Context, Field, Request, Suggestion, UserError, bad_use, choose, danish, following, suggest,
};

pub(crate) use crate::table::FOLLOWED as NAME;

/// Things on one page: so many that each has its two buttons beside the one that turns the page (Discord shows 25 buttons, of which
/// an answer's questions take 15).
const ON_A_PAGE: usize = 7;

/// What is done with a subscription, by the option that names it.
const ACTIONS: [&str; 3] = ["pause", "genoptag", "stop"];

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let place = place(context)?;
    let actions: Vec<(&str, &str)> = request
        .options
        .iter()
        .map(|(name, typed)| named(name, typed))
        .filter(|(name, _)| ACTIONS.contains(name))
        .collect();
    let page = match request.option("side").filter(|typed| named("", typed).0.is_empty()) {
        Some(typed) => number(typed)?.max(1) - 1,
        None => 0,
    };
    let listed = Request { options: Vec::new(), ..request.clone() };
    let answer = match actions.as_slice() {
        [] => list(context, place, usize::try_from(page).unwrap_or(usize::MAX), None)?,
        [(action, typed)] => {
            may_manage(context)?;
            let id = number(typed)?;
            // Where it stood tells which page to show.
            let at = context.archive.subscriptions(place)?.iter().position(|it| it.id == id);
            let done = act(context, place, action, id)?;
            list(context, place, at.unwrap_or(0) / ON_A_PAGE, Some(done))?
        }
        _ => return Err(bad_use("Skriv én ting ad gangen: pause, genoptag eller stop.", vec![])),
    };
    // To show the list again must do nothing again.
    let request = if page == 0 { listed } else { listed.with("side", &(page + 1).to_string()) };
    Ok(Answer { request: Some(request), ..answer })
}

/// `/følger stop 1`: the word before the number says what is done, whichever option it was read into.
fn named<'t>(option: &'static str, typed: &'t str) -> (&'static str, &'t str) {
    let split = typed.trim().split_once(char::is_whitespace);
    let action = |word: &str| ACTIONS.into_iter().find(|action| danish::fold(word) == *action);
    split.and_then(|(word, number)| Some((action(word)?, number.trim()))).unwrap_or((option, typed))
}

fn number(typed: &str) -> Result<i64, UserError> {
    typed.trim_start_matches('#').parse().ok().filter(|number| *number >= 0).ok_or_else(|| {
        bad_use(
            format!("»{}« er ikke et nummer fra listen.", choose::echo(typed)),
            vec![suggest(format!("/{NAME}"), "")],
        )
    })
}

/// Does it, and tells what was done.
fn act(context: &Context<'_>, place: &str, action: &str, id: i64) -> Result<String, UserError> {
    let now = context.asker.now;
    let mut ledger = context.archive.ledger()?;
    let (found, done) = match action {
        "pause" => (ledger.pause(place, id, Some(Pause::Asked), now)?, "er på pause"),
        "genoptag" => (ledger.pause(place, id, None, now)?, "er i gang igen"),
        _ => (ledger.stop(place, id)?, "følges ikke mere"),
    };
    Ok(match found {
        Some(found) => format!("{} {done}.", following::heading(found.follow.subject, &found.follow.label)),
        None => format!("Her følges intet med nummer {id}; det er måske allerede stoppet."),
    })
}

fn list(context: &Context<'_>, place: &str, page: usize, done: Option<String>) -> Result<Answer, UserError> {
    let all = context.archive.subscriptions(place)?;
    if all.is_empty() {
        let how =
            "Skriv /følg og en sag, et udvalg, et emne eller alt; så kommer der besked her, når der er nyt.";
        return Ok(Answer {
            title: "Her følges intet".to_owned(),
            text: done.into_iter().chain([how.to_owned()]).collect::<Vec<_>>().join("\n"),
            suggestions: vec![suggest("/hjælp følg", "hvordan man følger noget")],
            ..Answer::default()
        });
    }
    let pages = all.len().div_ceil(ON_A_PAGE);
    let page = page.min(pages - 1);
    let shown: Vec<&Subscription> = all.iter().skip(page * ON_A_PAGE).take(ON_A_PAGE).collect();
    let mut text: Vec<String> = done.into_iter().collect();
    if pages > 1 {
        text.push(format!("Side {} af {pages}.", page + 1));
    }
    let mut suggestions: Vec<Suggestion> = shown.iter().flat_map(|it| actions(it)).collect();
    if pages > 1 {
        let next = (page + 1) % pages + 1;
        let label = if next == 1 { "de første" } else { "de næste" };
        suggestions.push(suggest(format!("/{NAME} side:{next}"), label));
    }
    let mut cards = Vec::new();
    for subscription in shown {
        cards.push(card(context, subscription)?);
    }
    Ok(Answer {
        title: format!("{} følges her", danish::count(all.len(), "ting", "ting")),
        text: text.join("\n"),
        cards,
        suggestions,
        found: true,
        ..Answer::default()
    })
}

fn card(context: &Context<'_>, subscription: &Subscription) -> Result<Card, UserError> {
    let follow = &subscription.follow;
    let case = match follow.subject {
        index::Subject::Case => context.archive.case(&follow.key)?,
        _ => None,
    };
    let title = case.and_then(|case| case.title).map(|title| format!(" · {title}")).unwrap_or_default();
    let since = day(subscription, &context.council.time_zone);
    let mut fields = vec![
        Field::new("Besked", following::cadence(follow.cadence)),
        Field::new("Stille", following::quiet(follow.quiet)),
        Field::new("Siden", since),
    ];
    fields.extend(subscription.paused.map(|why| Field::new("Pause", following::pause(why))));
    let heading =
        format!("{}. {}{title}", subscription.id, following::heading(follow.subject, &follow.label));
    Ok(Card { heading, fields, ..Card::default() })
}

fn day(subscription: &Subscription, zone: &TimeZone) -> String {
    danish::date(subscription.created_at.to_zoned(zone.clone()).date())
}

/// What can be done with it.
fn actions(subscription: &Subscription) -> [Suggestion; 2] {
    let what = following::what(subscription.follow.subject, &subscription.follow.label);
    let (action, word) = match subscription.paused {
        Some(_) => ("genoptag", "genoptag"),
        None => ("pause", "pause"),
    };
    let id = subscription.id;
    [
        suggest(format!("/{NAME} {action}:{id}"), format!("{word}: {what}")),
        suggest(format!("/{NAME} stop:{id}"), format!("stop: {what}")),
    ]
}
