//! The program as a whole: the built binary, run on folders of its own. No network.

// Clippy knows a test by its attribute; these are the helpers of tests.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod command_line;
mod crash;
mod data_folder;
mod hint;
mod pdf;
mod place;
mod zip;
