//! When and how far back news are told, and what sorts of them there are.

use jiff::Zoned;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// How news are told.
#[derive(Debug, Clone)]
pub struct Telling {
    /// When it is, in the municipality.
    pub now: Zoned,
    /// The hour for what is told daily or weekly.
    pub digest_at: Time,
    /// Meetings longer ago than this many days are told to nobody.
    pub max_age_days: u16,
    /// The source was never read to its end before: nothing in it is news.
    pub first_reading: bool,
}

/// What sort of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// An agenda that was not known.
    Agenda,
    /// Minutes that were not known, or an agenda that became minutes.
    Minutes,
    /// Something else that was not known.
    Document,
    /// Another version of what was known.
    Correction,
    /// The source has it no more.
    Withdrawn,
    /// The source has it again.
    Returned,
}
