//! From what was typed to the body, case or person that was meant. One that fits is taken; several are offered; a guess is never
//! made.

mod body;
mod case;
mod fit;
mod person;

pub(crate) use body::{
    Body, body, by_initials, fitting as fitting_bodies, nearest as nearest_bodies, only as only_body,
    short_name, with_body,
};
pub(crate) use case::{Case, case, fitting as fitting_cases, nearest as nearest_cases, only as only_case};
pub(crate) use person::{Person, again, fitting as fitting_people, person};

use crate::danish;

/// Offered when none fits.
const MOST_NEAREST: usize = 5;

/// Characters of what was typed that an answer repeats.
const MOST_ECHOED: usize = 80;

/// What was typed, shortened and without CPR numbers, as an answer repeats it.
pub(crate) fn echo(typed: &str) -> String {
    danish::shorten(&minutes::read::without_cpr(typed), MOST_ECHOED)
}
