//! What rows of `/opfølgning` stand together: a week that is near, a month, what is overdue, what has no day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::danish;
use crate::follow_up_state::{Course, State};

/// Weeks, this one among them, that are groups of their own; what comes later stands by month.
const NEAR_WEEKS: i32 = 4;

/// Rows that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Periods that have begun.
    Underway,
    /// A week, by its Monday.
    Week(Date),
    /// A month, by its first day.
    Month(Date),
    /// What is left of the month in which the near weeks end, by its first day.
    Rest(Date),
    /// The next meeting of a body, whose day is not known.
    NextMeeting,
    /// What should have come.
    Overdue,
    /// What has no day.
    Promises,
}

impl Group {
    /// Of days that are not over.
    pub(super) fn of((from, to): (Date, Date), today: Date) -> Self {
        if from < today {
            return Self::Underway;
        }
        let (monday, month) = (monday(from), from.first_of_month());
        let last_near = monday_of_last_week(today);
        let is_by_month = from == month && to == to.last_of_month();
        match (is_by_month, monday <= last_near) {
            (true, _) => Self::Month(month),
            (false, true) => Self::Week(monday),
            (false, false) if last_near.saturating_add(6.days()).first_of_month() == month => {
                Self::Rest(month)
            }
            (false, false) => Self::Month(month),
        }
    }

    /// Of a row that was asked for, whenever it is.
    pub(super) fn of_course(course: &Course, today: Date) -> Self {
        match course.shown() {
            Some(due) if due.1 >= today => Self::of(due, today),
            Some((from, _)) => Self::Month(from.first_of_month()),
            None if course.state == State::Coming => Self::NextMeeting,
            None => Self::Promises,
        }
    }

    /// Where it stands among the others, each once: weeks and months by their first days, the rest of a month by its last.
    pub(super) fn order(self) -> (u8, Date) {
        match self {
            Self::Underway => (0, Date::MIN),
            Self::Week(first) | Self::Month(first) => (1, first),
            Self::Rest(month) => (1, month.last_of_month()),
            Self::NextMeeting => (2, Date::MIN),
            Self::Overdue => (3, Date::MIN),
            Self::Promises => (4, Date::MIN),
        }
    }

    /// What stands above the rows.
    pub(super) fn label(self) -> String {
        match self {
            Self::Underway => "I gang".to_owned(),
            Self::Week(monday) => {
                let sunday = monday.saturating_add(6.days());
                format!("Uge {} · {}", monday.iso_week_date().week(), danish::period(monday, sunday))
            }
            Self::Month(first) => danish::capital(&danish::period(first, first.last_of_month())),
            Self::Rest(month) => format!("Senere i {}", danish::period(month, month.last_of_month())),
            Self::NextMeeting => "På næste møde, hvis dag ikke kendes endnu".to_owned(),
            Self::Overdue => "Forfaldent".to_owned(),
            Self::Promises => "Opgaver uden dato".to_owned(),
        }
    }
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i32::from(day.weekday().since(Weekday::Monday)).days())
}

fn monday_of_last_week(today: Date) -> Date {
    monday(today).saturating_add((NEAR_WEEKS - 1).weeks())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_by_week_when_near_and_by_month_else() {
        let today = "2020-08-20".parse().unwrap();
        for (from, to, expected) in [
            ("2020-08-01", "2020-09-30", "I gang"),
            ("2020-08-20", "2020-08-20", "Uge 34 · 17.–23. august 2020"),
            ("2020-08-31", "2020-09-04", "Uge 36 · 31. august–6. september 2020"),
            ("2020-09-13", "2020-09-13", "Uge 37 · 7.–13. september 2020"),
            ("2020-08-24", "2020-10-30", "Uge 35 · 24.–30. august 2020"),
            ("2020-09-14", "2020-09-14", "Senere i september 2020"),
            ("2020-10-01", "2020-10-01", "Oktober 2020"),
            ("2020-09-01", "2020-09-30", "September 2020"),
            ("2021-01-01", "2021-03-31", "Januar 2021"),
        ] {
            let group = Group::of((from.parse().unwrap(), to.parse().unwrap()), today);
            assert_eq!(group.label(), expected, "{from}..{to}");
        }
    }

    #[test]
    fn headings_stand_in_the_order_of_their_days() {
        let today = "2022-01-31".parse().unwrap();
        let days = [
            ("2022-02-01", "2022-02-28", "Februar 2022"),
            ("2022-02-14", "2022-04-11", "Uge 7 · 14.–20. februar 2022"),
            ("2022-02-22", "2022-02-22", "Uge 8 · 21.–27. februar 2022"),
            ("2022-02-28", "2022-02-28", "Senere i februar 2022"),
            ("2022-03-01", "2022-03-31", "Marts 2022"),
            ("2022-03-29", "2022-03-29", "Marts 2022"),
        ];
        let mut groups: Vec<Group> = days
            .iter()
            .rev()
            .map(|(from, to, _)| Group::of((from.parse().unwrap(), to.parse().unwrap()), today))
            .collect();
        groups.sort_by_key(|group| group.order());
        let labels: Vec<String> = groups.into_iter().map(Group::label).collect();
        assert_eq!(labels, days.map(|(.., label)| label));
    }
}
