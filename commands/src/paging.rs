//! Pages of an answer: which one is asked for, and what is said where there is no such page.

use crate::{Request, Suggestion, suggest};

/// More pages than this nobody turns.
pub(crate) const MOST_TURNED: usize = 20;

/// What is said of a page beyond the last.
pub(crate) const BEYOND_LAST: &str = "Så mange sider er der ikke.";

/// The page that is turned to, from 1. What is no number is the first.
pub(crate) fn page(request: &Request) -> usize {
    let typed = request.option("side").and_then(|typed| typed.trim().parse().ok());
    typed.unwrap_or(1).clamp(1, MOST_TURNED)
}

/// Leads to a page of the same question.
pub(crate) fn turn(request: &Request, page: usize, what: &str) -> Suggestion {
    suggest(request.with("side", &page.to_string()).line(), what)
}

/// Leads back to the first page.
pub(crate) fn first(request: &Request) -> Suggestion {
    turn(request, 1, "den første side")
}
