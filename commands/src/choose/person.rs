//! The person that a name or a part of it means.

use index::Person;
use minutes::person;

use super::fit::{self, Wanted};

/// Who may be meant, by the strictest test that anybody passes; several when it cannot be told.
pub(crate) fn meant<'p>(typed: &str, people: &'p [Person]) -> Vec<&'p Person> {
    let wanted = Wanted::new(&person::key(typed));
    if wanted.is_empty() { Vec::new() } else { fit::strictest(people, key, &wanted) }
}

/// Everybody who may be meant by what is typed so far, in the order given; where nobody fits, the nearest ones.
pub(crate) fn fitting<'p>(typed: &str, people: &'p [Person]) -> Vec<&'p Person> {
    let wanted = Wanted::new(&person::key(typed));
    let found = fit::any(people, key, &wanted);
    if found.is_empty() { fit::nearest(people, key, &wanted) } else { found }
}

/// Whose name is nearly what was typed, the nearest first.
pub(crate) fn nearest<'p>(typed: &str, people: &'p [Person]) -> Vec<&'p Person> {
    fit::nearest(people, key, &Wanted::new(&person::key(typed)))
}

fn key(person: &Person) -> &str {
    &person.key
}
