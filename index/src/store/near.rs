//! How many slips of the finger part two texts.

/// A text that others are compared with, and what comparing needs.
pub(crate) struct Near {
    wanted: Vec<char>,
    most: usize,
    other: Vec<char>,
    /// The distances of the last row, of the one before it, and of the one in the making.
    rows: [Vec<usize>; 3],
}

impl Near {
    /// Others count as near when at most `most` edits part them.
    pub(crate) fn new(wanted: &str, most: usize) -> Self {
        let wanted: Vec<char> = wanted.chars().collect();
        let row = vec![0; wanted.len() + 1];
        Self { wanted, most, other: Vec::new(), rows: [row.clone(), row.clone(), row] }
    }

    /// How many letters added, left out or changed, or neighbours exchanged once, make one of the other; None for more than
    /// asked for. The optimal string alignment distance, given up as soon as it can only be more.
    pub(crate) fn distance(&mut self, other: &str) -> Option<usize> {
        self.other.clear();
        self.other.extend(other.chars());
        let width = self.wanted.len();
        if self.other.len().abs_diff(width) > self.most {
            return None;
        }
        let [last, before, row] = &mut self.rows;
        last.iter_mut().enumerate().for_each(|(at, distance)| *distance = at);
        let mut least_before = 0;
        for (at, letter) in self.other.iter().enumerate() {
            row[0] = at + 1;
            for (to, wanted) in self.wanted.iter().enumerate() {
                let changed = last[to] + usize::from(letter != wanted);
                row[to + 1] = changed.min(last[to + 1] + 1).min(row[to] + 1);
                let exchanged =
                    at > 0 && to > 0 && *letter == self.wanted[to - 1] && self.other[at - 1] == *wanted;
                if exchanged {
                    row[to + 1] = row[to + 1].min(before[to - 1] + 1);
                }
            }
            let least = row.iter().copied().min().unwrap_or(0);
            if least > self.most && least_before > self.most {
                return None;
            }
            least_before = least;
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        (last[width] <= self.most).then_some(last[width])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn distances_are_as_defined(one in "[AB0Ø]{0,8}", others in prop::collection::vec("[AB0Ø]{0,8}", 1..4), most in 0..4usize) {
            let mut near = Near::new(&one, most);
            for other in others {
                let distance = strsim::osa_distance(&one, &other);
                prop_assert_eq!(near.distance(&other), (distance <= most).then_some(distance));
            }
        }
    }
}
