//! x
mod date;
mod text;
