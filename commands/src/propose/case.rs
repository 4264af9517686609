//! Cases: by their number in any typing, or by words of their title.

use index::{CaseHead, Error};

use super::{Asked, MOST_PROPOSALS, Proposal};
use crate::choose;

pub(super) fn propose(asked: &Asked<'_>) -> Result<Vec<Proposal>, Error> {
    let mut found = match asked.typed {
        "" => asked.archive.recent_cases(MOST_PROPOSALS)?,
        typed => choose::fitting_cases(asked.archive, typed, MOST_PROPOSALS)?,
    };
    if found.is_empty() {
        found = choose::nearest_cases(asked.archive, asked.typed, MOST_PROPOSALS)?;
    }
    Ok(found.iter().map(proposal).collect())
}

fn proposal(case: &CaseHead) -> Proposal {
    let title = case.title.as_deref().map(|title| format!(" · {title}")).unwrap_or_default();
    Proposal { label: format!("{}{title}", case.case_number), value: case.case_number.to_string() }
}
