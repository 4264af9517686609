//! Bodies: by any part of their name, or an abbreviation; those with most meetings first.

use index::{BodySummary, Error};

use super::{Asked, Proposal};
use crate::{choose, raad};

pub(super) fn propose(asked: &Asked<'_>) -> Result<Vec<Proposal>, Error> {
    let bodies = known(asked)?;
    let found: Vec<&BodySummary> = match asked.typed {
        "" => bodies.iter().collect(),
        typed => choose::fitting_bodies(asked.council, typed, &bodies),
    };
    let proposal =
        |body: &&BodySummary| Proposal { label: body.name.clone(), value: choose::short_name(body, &bodies) };
    Ok(found.iter().map(proposal).collect())
}

/// The bodies that the command knows.
pub(super) fn known(asked: &Asked<'_>) -> Result<Vec<BodySummary>, Error> {
    if asked.command.name == raad::NAME {
        raad::known_bodies(asked.archive, asked.council)
    } else {
        asked.archive.bodies()
    }
}
