//! The beginning of an item, as it was found.

/// The beginning of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head<'t> {
    /// Index of the first line of the item.
    pub(super) first: usize,
    /// Index of the last line that the head takes; labels may follow it.
    pub(super) last: usize,
    pub(super) number: Option<&'t str>,
    /// Where the number stands among the others; 0 without one.
    pub(super) rank: u32,
    pub(super) title: Option<&'t str>,
    pub(super) closed: bool,
    /// The item stands in the list of contents only: the line is all there is of it.
    pub(super) listed_only: bool,
}
