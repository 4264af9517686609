//! Reading the sources for as long as the bot runs, and telling those who run it when one of them is in trouble, and when it no
//! longer is.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::courier;
use crate::discord::Desk;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::session::Session;
use crate::sources::web::Pace;
use crate::sources::{self, Health, Round, Web};

/// A failure that may pass is told when it has lasted for so long.
const FAILS_FOR: SignedDuration = SignedDuration::from_hours(2);

/// Reads each source whenever it is due, until `stop`.
pub(crate) async fn run(desk: Arc<Desk>, interrupt: Interrupt, stop: CancellationToken) {
    let config = &desk.session.config;
    let (sources, file_bytes) = (config.sources.clone(), config.file_bytes);
    let read = move |round: Round| {
        let name = round.source.name().to_owned();
        if let Err(failure) = read(&desk.session, round, &interrupt) {
            tracing::error!(source = name, reason = failure.text().unwrap_or_default(), "source not read");
        }
    };
    sources::run(sources, Web::new(Pace::USUAL), file_bytes, stop, read).await;
}

fn read(session: &Session, round: Round, interrupt: &Interrupt) -> Result<(), Failure> {
    let source = round.source.clone();
    if let Some(fetched) = round.fetched.as_ref().filter(|it| it.new + it.changed + it.refused.len() > 0) {
        let (asked, new, changed, refused) =
            (fetched.asked, fetched.new, fetched.changed, fetched.refused.len());
        tracing::info!(source = source.name(), asked, new, changed, refused, "source fetched");
    }
    let files = round.listing.files.len();
    let report = session.read_round(round, interrupt)?;
    let (new, corrected, withdrawn) = (report.new, report.corrected, report.withdrawn.len());
    if new + corrected + withdrawn + report.read_again + report.renamed > 0 {
        let refused = report.refused.len();
        tracing::info!(source = source.name(), new, corrected, withdrawn, refused, "source read");
    }
    tell(session, source.name())?;
    tracing::debug!(source = source.name(), files, at = %session.now().timestamp(), "round ended");
    Ok(())
}

/// Tells how a source is doing, when that is something else than what was told last.
fn tell(session: &Session, name: &str) -> Result<(), Failure> {
    let Some(row) = session.archive.source(name)? else { return Ok(()) };
    let now = session.now();
    let health = session.health(&row, &now)?;
    let lasts = row.succeeded_at.is_none_or(|at| now.timestamp().duration_since(at) >= FAILS_FOR);
    let state = match health {
        Health::Failing if !lasts => return Ok(()),
        trouble if trouble.is_trouble() => trouble.danish(),
        _ => WELL,
    };
    let text = match (row.told.as_deref(), state) {
        (told, state) if told == Some(state) => return Ok(()),
        // That all is well from the beginning is no news.
        (None, WELL) => None,
        (Some(told), WELL) if told == Health::Late.danish() => {
            Some(format!("Kilden »{name}« er ikke stille mere; der er noget nyt i den."))
        }
        (_, WELL) => Some(format!("Kilden »{name}« virker igen.")),
        _ => {
            let error = row.error.as_deref().map(|error| format!(" ({error})")).unwrap_or_default();
            Some(format!("Kilden »{name}« {}{error}.", health.meaning()))
        }
    };
    if let Some(text) = &text {
        tracing::warn!(source = name, text, "a source is doing otherwise");
    }
    let admin = session.config.discord.admin_channel.map(|id| format!("{}:{id}", courier::SORT));
    let notice = admin.as_deref().zip(text.as_deref());
    Ok(session.archive.ledger()?.source_told(name, state, notice, &now)?)
}

/// What is noted when nothing is wrong.
const WELL: &str = "i orden";
