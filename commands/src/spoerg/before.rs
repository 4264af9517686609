//! What the last answer of a conversation was about: what "den", "der" and "hun" may mean in the question after it.

use jiff::civil::Date;

use crate::{Answer, Request, raad};

/// Cases of an answer that are remembered.
const MOST_CASES: usize = 5;

/// What an answer was about. Whoever keeps it hands it back with the next question of the same person in the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The question as it was understood.
    pub(crate) request: Request,
    /// Numbers of its cases, the first ones.
    pub(crate) cases: Vec<String>,
    /// The one body it was about.
    pub(crate) body: Option<String>,
    /// The day of the meeting it was about.
    pub(crate) date: Option<Date>,
    /// The person it was about.
    pub(crate) person: Option<String>,
}

impl Before {
    /// What is to be remembered of an answer; None of one that found nothing, or that tells of the program itself. Which body was
    /// asked about is remembered also where its members are not known.
    pub fn of(answer: &Answer) -> Option<Self> {
        let is_of_a_body =
            |request: &Request| request.command.name == raad::NAME && request.option("udvalg").is_some();
        let request = answer.request.clone().filter(|request| answer.found || is_of_a_body(request))?;
        let option = |name: &str| request.option(name).map(str::to_owned);
        let mut cases: Vec<String> = Vec::new();
        match option("nummer").or_else(|| option("sag")) {
            Some(number) => cases.push(number),
            None => {
                for number in answer.cards.iter().filter_map(|card| card.item.as_ref()?.case_number.as_ref())
                {
                    if cases.len() < MOST_CASES && !cases.contains(number) {
                        cases.push(number.clone());
                    }
                }
            }
        }
        let first = answer.cards.first().and_then(|card| card.item.as_ref());
        let body = option("udvalg").or_else(|| first?.body.clone());
        let date = option("dato").or_else(|| first?.date.clone()).and_then(|day| day.parse().ok());
        let person = option("navn");
        let is_about_something = !cases.is_empty() || body.is_some() || person.is_some();
        is_about_something.then_some(Self { request, cases, body, date, person })
    }
}
