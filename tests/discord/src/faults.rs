//! Scripted faults.

use crate::gateway::GatewayFault;

/// When a gateway fault is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Connect,
    Identify,
    Resume,
}

/// The faults that are still to come.
#[derive(Default)]
pub(crate) struct Faults;

impl Faults {
    pub(crate) fn gateway(&mut self, _moment: Moment) -> Option<GatewayFault> {
        None
    }
}
