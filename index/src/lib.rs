//! All that the bot knows: the documents read, their items, cases, follow-ups and seats, and where their words are.
//!
//! [`Archive`] is the one type that others see. SQLite is the truth; the search index beside it may be deleted or
//! damaged at any time and is made again from it. No network, no clock: time comes in as an argument.

mod archive;
mod aside;
mod error;
mod failpoint;
mod kept;
mod ledger;
mod lock;
mod search;
mod store;
mod writer;

pub use archive::Archive;
pub use aside::set_aside;
pub use error::Error;
pub use failpoint::{FAILPOINTS, failpoint};
pub use ledger::{
    Attempt, Cadence, CalendarEvent, CalendarRevision, Change, Difference, Follow, Ledger, Letter, Matter,
    News, NewsKind, OutboxCounts, OutboxRow, Pause, Quiet, Reason, Silence, SourceProblem, SourceRow,
    Standing, State, Subject, Subscribed, Subscription, Telling, standing, topic_key,
};
pub use lock::Turn;
pub use search::{
    Found, Hit, MOST_COUNTED, PASSAGE_CHARS, Reading, SearchFilter, SearchResult, Steps, stemmed,
};
pub use store::attendance::{AttendanceRow, InPartRow, Was};
pub use store::case_heads::CaseHead;
pub use store::cases::{CaseMeeting, CaseSummary};
pub use store::documents::{Counts, CurrentText, Outdated, StoredVersion};
pub use store::follow_ups::{FollowUpFilter, FollowUpOrder, FollowUpRow};
pub use store::meetings::{BodySummary, ItemHead, Meeting, MeetingDay, MeetingFilter, Treatment};
pub use store::seats::{People, Person, SeatRow};
pub use store::traces::{NextMeeting, SetbackRow, Sought, TracedItem, Traces};
pub use store::withdraw::Compared;
pub use store::write::{Entry, Recorded};
pub use writer::Writer;
