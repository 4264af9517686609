//! Everything that is shown in a terminal. Texts from minutes and files are hostile: they are neutralised here,
//! once, before they are wrapped.

mod arrivals;
mod chat;

mod screen;
mod wrap;

pub(crate) use crate::neutral::one_line;
pub(crate) use chat::run as chat;
pub(crate) use screen::Screen;
