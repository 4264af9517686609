//! People whose seats the minutes tell of, those that something was decided about first.

use index::{Error, Person};

use super::{Asked, MOST_PROPOSALS, Proposal};
use crate::choose;

pub(super) fn propose(asked: &Asked<'_>) -> Result<Vec<Proposal>, Error> {
    let told = asked.archive.people()?;
    let people = asked.council.roster.and(&told);
    let people: Vec<&Person> = people.iter().map(AsRef::as_ref).collect();
    let found = match asked.typed {
        "" => people,
        typed => choose::fitting_people(typed, &people),
    };
    let proposal = |name: &String| Proposal { label: name.clone(), value: name.clone() };
    Ok(found.into_iter().take(MOST_PROPOSALS).map(|person| proposal(&person.name)).collect())
}
