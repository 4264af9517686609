//! `[notify]`: when and how people are told of what is new.

use commands::Quiet;
use jiff::civil::Time;
use serde::Deserialize;
use toml::Spanned;

/// When what is told daily or weekly is told: before the working day.
const DEFAULT_DIGEST_AT: Time = Time::constant(8, 0, 0, 0);
/// Meetings longer ago are told to nobody: minutes come within weeks, and an archive that is added later is no news.
const DEFAULT_MAX_AGE_DAYS: u16 = 60;
/// How many days ahead what is due is told.
const DEFAULT_REMIND_DAYS: u16 = 3;
/// The longest that `remind_days` may be: a quarter.
const MOST_REMIND_DAYS: u16 = 92;

/// When and how people are told of what is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notify {
    /// The hour for what is told daily or weekly.
    pub(crate) digest_at: Time,
    /// Meetings longer ago than this many days are told to nobody.
    pub(crate) max_age_days: u16,
    /// How many days ahead what is due is told.
    pub(crate) remind_days: u16,
    /// Hours when nothing is told to whoever did not say otherwise; None: there are none.
    pub(crate) quiet: Option<Quiet>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct NotifyTable {
    digest_at: Option<Spanned<String>>,
    max_age_days: Option<u16>,
    remind_days: Option<Spanned<u16>>,
    quiet: Option<Spanned<String>>,
}

/// What the table says, or where the mistake is and what it is.
pub(super) fn notify(table: &NotifyTable) -> Result<Notify, (usize, String)> {
    let digest_at = match &table.digest_at {
        Some(text) => commands::clock(text.get_ref()).ok_or_else(|| {
            let what = format!("\"{}\" er ikke et klokkeslæt; skriv for eksempel \"08:00\"", text.get_ref());
            (text.span().start, what)
        })?,
        None => DEFAULT_DIGEST_AT,
    };
    let quiet = match &table.quiet {
        Some(text) => Some(commands::quiet_hours(text.get_ref()).ok_or_else(|| {
            let what =
                format!("\"{}\" er ikke en tid på døgnet; skriv for eksempel \"22-07\"", text.get_ref());
            (text.span().start, what)
        })?),
        None => None,
    };
    let remind_days = match &table.remind_days {
        Some(days) if *days.get_ref() > MOST_REMIND_DAYS => {
            return Err((days.span().start, format!("remind_days er højst {MOST_REMIND_DAYS}")));
        }
        given => given.as_ref().map_or(DEFAULT_REMIND_DAYS, |days| *days.get_ref()),
    };
    let max_age_days = table.max_age_days.unwrap_or(DEFAULT_MAX_AGE_DAYS);
    Ok(Notify { digest_at, max_age_days, remind_days, quiet: quiet.flatten() })
}
