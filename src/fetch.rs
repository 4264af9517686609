//! Fetching from the web before reading, for a person who waits: with a line on a terminal that tells how far it is.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::sources::web::Pace;
use crate::sources::{Fetched, Web};
use crate::terminal::one_line;

/// How often it is looked whether somebody has asked for an end.
const LOOK: Duration = Duration::from_millis(100);

/// One round at each site, one after the other, until somebody asks for an end. What each came to, in the order configured.
///
/// # Errors
/// When nothing can be waited for on this system. A site that cannot be fetched is no error: it says so itself.
pub(crate) fn all(config: &Config, interrupt: &Interrupt) -> Result<Vec<Fetched>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Trouble(format!("kan ikke hente: {error}")))?;
    let stop = CancellationToken::new();
    Ok(runtime.block_on(async {
        tokio::select! {
            fetched = each(config, &stop) => fetched,
            never = cancel_when_asked(interrupt, &stop) => match never {},
        }
    }))
}

async fn each(config: &Config, stop: &CancellationToken) -> Vec<Fetched> {
    let web = Web::new(Pace::USUAL);
    let mut all = Vec::new();
    for source in &config.sources {
        let bar = progress_bar(source.name());
        let progress = |fetched: &Fetched| {
            bar.set_length(fetched.found as u64);
            bar.set_position(fetched.seen as u64);
        };
        all.extend(source.fetch(&web, config.file_bytes, stop, &progress).await);
    }
    all
}

async fn cancel_when_asked(interrupt: &Interrupt, stop: &CancellationToken) -> std::convert::Infallible {
    loop {
        tokio::time::sleep(LOOK).await;
        if interrupt.asked() {
            stop.cancel();
        }
    }
}

/// A line that is gone when it is dropped. indicatif draws on standard error, and only when that is a terminal.
fn progress_bar(name: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_finish(ProgressFinish::AndClear);
    let name = one_line(name).replace(['{', '}'], "");
    let style = ProgressStyle::with_template(&format!(
        "henter {name} {{bar:40}} {{human_pos}} af {{human_len}} møder, {{eta}} tilbage"
    ));
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
