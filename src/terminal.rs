//! Everything that is shown in a terminal. Texts from minutes and files are hostile: they are neutralised here,
//! once, before they are wrapped.

mod chat;
mod neutral;
mod screen;
mod wrap;

pub(crate) use chat::run as chat;
pub(crate) use neutral::one_line;
pub(crate) use screen::Screen;
