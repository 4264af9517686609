//! The council's terms: the four years from 1 January after an election (kommunal- og regionalvalgloven § 6).

use jiff::civil::Date;

/// Years of a term, and a year in which one began.
const YEARS: i16 = 4;
const ONE_BEGAN: i16 = 2018;

/// The month in which the council that was just elected constitutes itself (styrelsesloven § 6: 1 to 15 December).
const CONSTITUTING_MONTH: i8 = 12;

/// The first and the last day of the term that a day lies in.
pub fn of(day: Date) -> (Date, Date) {
    let first_year = day.year() - (day.year() - ONE_BEGAN).rem_euclid(YEARS);
    let first = Date::new(first_year, 1, 1).unwrap_or(day);
    let last = Date::new(first_year + YEARS - 1, 12, 31).unwrap_or(day);
    (first, last)
}

/// Whether a council elected for the next term may meet on that day already: in the last month of a term.
pub fn may_constitute(day: Date) -> bool {
    day.month() == CONSTITUTING_MONTH && of(day).1.year() == day.year()
}

/// The first and the last day of the term after the one that a day lies in.
pub fn after(day: Date) -> (Date, Date) {
    of(day).1.tomorrow().map_or_else(|_| of(day), of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_the_councils() {
        for (day, first, last) in [
            ("2018-01-01", "2018-01-01", "2021-12-31"),
            ("2021-12-31", "2018-01-01", "2021-12-31"),
            ("2014-03-25", "2014-01-01", "2017-12-31"),
            ("2022-06-01", "2022-01-01", "2025-12-31"),
        ] {
            let (from, to) = of(day.parse().unwrap());
            assert_eq!((from.to_string().as_str(), to.to_string().as_str()), (first, last), "{day}");
        }
        assert_eq!(after("2017-12-07".parse().unwrap()).0.to_string(), "2018-01-01");
    }

    #[test]
    fn a_new_council_meets_in_december() {
        for (day, may) in [("2017-12-07", true), ("2018-12-07", false), ("2017-11-30", false)] {
            assert_eq!(may_constitute(day.parse().unwrap()), may, "{day}");
        }
    }
}
