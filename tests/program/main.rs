//! The program as a whole: the built binary, run on folders of its own. No network.

mod bad_input;
mod command_line;
mod crash;
mod data_folder;
mod place;
