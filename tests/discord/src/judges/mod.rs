//! The judges of what is sent: [`own`] rules of Discord's and of this house, [`twilight`]'s models and validation, and Discord's own
//! description of its API ([`openapi`]). None of them knows serenity.

mod commands;
mod message;
mod openapi;
mod own;
mod twilight;

use std::fmt;

use serde_json::Value;

use crate::rest::{Route, Sort, Upload};

/// A request that broke a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which judge found it: `own`, `twilight` or `openapi`.
    pub judge: &'static str,
    /// Method and path of the request.
    pub request: String,
    /// What is wrong, and where in the body.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.judge, self.request, self.text)
    }
}

/// What a judge found.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) judge: &'static str,
    pub(crate) text: String,
    /// Whether Discord would refuse the request for it. What only breaks a rule of this house it would take.
    pub(crate) refused: bool,
}

/// Reads Discord's description of its API if the environment names it, so that no request waits for that.
///
/// # Panics
/// When the environment names a folder where it is not.
pub(crate) fn prepare() {
    openapi::schemas();
}

/// What all judges find in a request that can be read.
pub(crate) fn judge(route: &Route, body: &Value, files: &[Upload]) -> Vec<Finding> {
    let mut found = own::judge(route, body, files);
    found.extend(twilight::judge(route.sort, body));
    if route.sort != Sort::Empty {
        found.extend(openapi::judge(route, body));
    }
    found
}

/// The part of a body that is a message, if it is there to be shown: nothing for announcements and proposals.
fn message(sort: Sort, body: &Value) -> Option<&Value> {
    match sort {
        Sort::Post | Sort::Edit | Sort::FollowUp => Some(body),
        Sort::Callback if body["type"] == 4 || body["type"] == 7 => Some(&body["data"]),
        Sort::Callback | Sort::Commands | Sort::Empty | Sort::Other => None,
    }
}
