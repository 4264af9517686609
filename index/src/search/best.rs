//! The best entries that a query finds, one a case: equally good ones newest first, then as recorded, the same at every asking.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, Score, Searcher};

use super::place::{Numbers, Place, place};

/// What an entry loses for each year that it is older than the newest, and at most: equally good ones come newest first, and a
/// better one stays before a newer one.
const LOST_A_YEAR: f32 = 0.006;
const MOST_LOST: f32 = 0.12;

/// Entries kept for each case wanted, and besides, to know others of the same case; and at most, however many a case has.
const KEPT_EACH: usize = 4;
const LEAST_KEPT: usize = 32;
const MOST_KEPT: usize = 20_000;

/// Entries taken in at least before the best are picked out of them: sorting few often takes longer.
const LEAST_ROOM: usize = 512;

/// The best entries seen so far.
pub(super) struct Best {
    /// Cases, and entries of none, that are asked for.
    wanted: usize,
    /// Entries that are kept anyway.
    kept: usize,
    /// As many entries as are taken in before all but the best are let go.
    room: usize,
    entries: Vec<Ranked>,
    /// A score below this is too low by now.
    least: Score,
    /// The newest day of the index.
    newest: u64,
}

#[derive(Clone, Copy)]
struct Ranked {
    score: Score,
    day: u64,
    document: u64,
    item: u64,
    case: u64,
}

impl Ranked {
    /// Better first.
    fn order(&self, other: &Self) -> Ordering {
        (other.score.total_cmp(&self.score))
            .then(other.day.cmp(&self.day))
            .then((self.document, self.item).cmp(&(other.document, other.item)))
    }
}

impl Best {
    /// For so many cases. An error where the days cannot be read.
    pub(super) fn new(searcher: &Searcher, wanted: usize) -> tantivy::Result<Self> {
        let mut newest = 0;
        for segment in searcher.segment_readers() {
            newest = Numbers::of(segment)?.newest().max(newest);
        }
        let kept = wanted.saturating_mul(KEPT_EACH).saturating_add(LEAST_KEPT).min(MOST_KEPT);
        Ok(Self {
            wanted,
            kept,
            room: LEAST_ROOM.max(2 * kept),
            entries: Vec::new(),
            least: Score::MIN,
            newest,
        })
    }

    /// Looks at every entry found, and says how many there are.
    pub(super) fn of_all(&mut self, searcher: &Searcher, query: &dyn Query) -> tantivy::Result<usize> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut count = 0;
        for segment in searcher.segment_readers() {
            let (numbers, alive) = (Numbers::of(segment)?, segment.alive_bitset());
            weight.for_each(segment, &mut |entry, score| {
                if alive.is_none_or(|alive| alive.is_alive(entry)) {
                    count += 1;
                    self.add(&numbers, entry, score);
                }
            })?;
        }
        Ok(count)
    }

    /// Passes over entries that cannot be among the best, which tantivy knows for blocks of them at once where the query is terms
    /// of which any may stand there.
    pub(super) fn of_likely(&mut self, searcher: &Searcher, query: &dyn Query) -> tantivy::Result<()> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        for segment in searcher.segment_readers() {
            let (numbers, alive) = (Numbers::of(segment)?, segment.alive_bitset());
            // Only what is above is looked at, and an equal score may be a newer entry's.
            weight.for_each_pruning(self.least.next_down(), segment, &mut |entry, score| {
                if alive.is_none_or(|alive| alive.is_alive(entry)) {
                    self.add(&numbers, entry, score);
                }
                self.least.next_down()
            })?;
        }
        Ok(())
    }

    fn add(&mut self, numbers: &Numbers, entry: DocId, score: Score) {
        // Age only ever lowers a score.
        if score < self.least {
            return;
        }
        let (document, item, day, case) = numbers.at(entry);
        let score = score * freshness(day, self.newest);
        if score < self.least {
            return;
        }
        self.entries.push(Ranked { score, day, document, item, case });
        if self.entries.len() >= self.room {
            self.let_go();
        }
    }

    /// Lets go of all that comes after as many cases as are wanted, and as many entries as are kept anyway.
    fn let_go(&mut self) {
        let mut seen = HashSet::new();
        self.entries.sort_unstable_by(Ranked::order);
        self.entries.retain(|entry| seen.insert((entry.document, entry.item)));
        let mut cases = HashSet::new();
        let mut places = 0;
        let enough = self.entries.iter().position(|entry| {
            places += usize::from(entry.case == 0 || cases.insert(entry.case));
            places >= self.wanted
        });
        let kept = enough.map_or(MOST_KEPT, |last| last + 1).max(self.kept);
        if self.entries.len() > kept {
            self.entries.truncate(kept);
            self.least = self.entries.last().map_or(self.least, |entry| entry.score);
        }
        self.room = self.room.max(2 * self.entries.len());
    }

    /// Those asked for, best first, each with the others of its case, as far as they were kept.
    pub(super) fn places(mut self, limit: usize, offset: usize) -> Vec<Place> {
        self.let_go();
        let mut places: Vec<Place> = Vec::new();
        let mut at: HashMap<u64, usize> = HashMap::new();
        for entry in self.entries {
            let place = place(entry.score, entry.document, entry.item);
            match at.get(&entry.case).filter(|_| entry.case != 0) {
                Some(first) => places[*first].others.extend(place.item),
                None => {
                    at.insert(entry.case, places.len());
                    places.push(place);
                }
            }
        }
        places.into_iter().skip(offset).take(limit).collect()
    }
}

/// What an entry's score is multiplied by. One without a day counts as the oldest.
fn freshness(day: u64, newest: u64) -> f32 {
    let years = |day: u64| (day / 10_000) as f32 + (day / 100 % 100) as f32 / 12.0;
    1.0 - ((years(newest) - years(day)) * LOST_A_YEAR).clamp(0.0, MOST_LOST)
}

#[cfg(test)]
mod tests {
    use super::super::analysis::{self, Analysis, Steps};
    use super::super::schema;
    use super::*;
    use tantivy::query::{BooleanQuery, BoostQuery, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::{Index, TantivyDocument, Term};

    const ENTRIES: u64 = 3_000;

    /// Entries with a word in title or text, or both, of all years, some of one case, in three segments; a tenth of them deleted.
    fn searcher() -> Searcher {
        let (schema, fields) = schema::schema();
        let index = Index::create_in_ram(schema);
        index.tokenizers().register(analysis::NAME, Analysis::built_in(Steps::ALL).analyzer());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for nth in 0..ENTRIES {
            let mut entry = TantivyDocument::new();
            entry.add_u64(fields.document, nth);
            entry.add_u64(fields.item, nth + 1);
            entry.add_u64(fields.day, (2000 + nth * 7 % 23) * 10_000 + 101);
            entry.add_u64(fields.case, if nth % 3 == 0 { 1 + nth % 40 } else { 0 });
            if nth % 11 == 0 {
                entry.add_text(fields.title, "havn");
            }
            let filler = "og ".repeat(usize::try_from(nth * 13 % 60).unwrap());
            entry.add_text(fields.text, format!("{}{filler}", "havn ".repeat(1 + nth as usize % 4)));
            writer.add_document(entry).unwrap();
            if nth % (ENTRIES / 3) == ENTRIES / 3 - 1 {
                writer.commit().unwrap();
            }
        }
        for nth in (0..ENTRIES).step_by(10) {
            writer.delete_term(Term::from_field_u64(fields.document, nth));
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.segment_readers().len(), 3);
        searcher
    }

    fn query() -> BooleanQuery {
        let (_, fields) = schema::schema();
        let term = |field, weight| -> Box<dyn Query> {
            let term = TermQuery::new(Term::from_field_text(field, "havn"), IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(Box::new(term), weight))
        };
        BooleanQuery::union(vec![term(fields.title, 4.0), term(fields.text, 1.0)])
    }

    #[test]
    fn what_is_passed_over_is_not_among_the_best() {
        let searcher = searcher();
        let all = |wanted: usize| {
            let mut best = Best::new(&searcher, wanted).unwrap();
            assert_eq!(best.of_all(&searcher, &query()).unwrap(), (ENTRIES - ENTRIES / 10) as usize);
            best.places(wanted, 0)
        };
        // Of cases only the best item is the same: others are known as far as was looked.
        let heads = |places: Vec<Place>| -> Vec<Place> {
            places.into_iter().map(|place| Place { others: Vec::new(), ..place }).collect()
        };
        let whole = heads(all(usize::MAX));
        assert!(whole.len() > 1_000);
        assert!(whole.windows(2).all(|pair| pair[0].score >= pair[1].score));
        for wanted in [1, 9, 180] {
            assert_eq!(heads(all(wanted)), whole[..wanted]);
            let mut best = Best::new(&searcher, wanted).unwrap();
            best.of_likely(&searcher, &query()).unwrap();
            assert_eq!(heads(best.places(wanted, 0)), whole[..wanted]);
        }
    }

    #[test]
    fn an_entry_found_twice_is_one() {
        let searcher = searcher();
        let mut best = Best::new(&searcher, 9).unwrap();
        best.of_all(&searcher, &query()).unwrap();
        best.of_likely(&searcher, &query()).unwrap();
        let places = best.places(9, 0);
        let items: HashSet<Option<i64>> = places.iter().map(|place| place.item).collect();
        assert_eq!(items.len(), 9);
        assert!(places.iter().all(|place| !place.others.contains(&place.item.unwrap())));
    }
}
