//! Something else in the place of what must not get further.

use std::ops::Range;

/// The text with `mask` in the place of each range, and the line (from 1) on which each begins. Line ends within a range stay, so that
/// lines keep their numbers. The ranges are in order and apart.
pub(super) fn over(text: String, ranges: &[Range<usize>], mask: &str) -> (String, Vec<usize>) {
    if ranges.is_empty() {
        return (text, Vec::new());
    }
    let line_ends = |piece: &str| piece.matches('\n').count();
    let (mut lines, mut masked, mut copied, mut line) = (Vec::new(), String::new(), 0, 1);
    for range in ranges {
        let before = &text[copied..range.start];
        line += line_ends(before);
        lines.push(line);
        masked.push_str(before);
        masked.push_str(mask);
        let within = line_ends(&text[range.clone()]);
        masked.extend(std::iter::repeat_n('\n', within));
        line += within;
        copied = range.end;
    }
    masked.push_str(&text[copied..]);
    (masked, lines)
}
