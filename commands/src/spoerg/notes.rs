//! What is said beside the answer about a case: when it was decided, and that no vote is recorded. Nothing that no minutes say.

use index::Treatment;
use minutes::{Kind, Outcome, case_number};

use crate::treatment::{Sitting, sittings};
use crate::{Context, UserError, danish};

/// Times that are listed.
const MOST_TIMES: usize = 5;

/// `Sagen er godkendt 12. marts 2019 i Teknisk Udvalg.`; None where no minutes say that it was.
pub(super) fn decided(context: &Context<'_>, case: &str) -> Result<Option<String>, UserError> {
    let mut times: Vec<String> = Vec::new();
    for sitting in of(context, case)? {
        let approved = sitting.items.iter().find_map(|treatment| Some((treatment, approved(treatment)?)));
        let Some(((treatment, outcome), date)) = approved.zip(sitting.date) else { continue };
        let outcome = danish::outcome_in_short(outcome);
        let body = treatment.meeting.body.as_deref().map(|body| format!(" i {body}")).unwrap_or_default();
        times.push(format!("{} {}{body}", outcome.to_lowercase(), danish::date(date)));
    }
    times.truncate(MOST_TIMES);
    Ok(Some(format!("Sagen er {}.", danish::list(&times))).filter(|_| !times.is_empty()))
}

/// Whether a case stands in the minutes of one meeting only.
pub(super) fn is_treated_once(context: &Context<'_>, case: &str) -> Result<bool, UserError> {
    Ok(of(context, case)?.len() == 1)
}

/// That the minutes record no vote on a case; None where one is recorded, or the case is not known by this number.
pub(super) fn no_vote(context: &Context<'_>, case: &str) -> Result<Option<String>, UserError> {
    let sittings = of(context, case)?;
    let mut decisions = sittings.iter().flat_map(|it| &it.items).filter_map(|it| it.item.decision.as_ref());
    let has_vote = decisions.any(|decision| decision.votes.is_some());
    let said = "Der er ikke gengivet nogen afstemning om sagen i de indlæste referater.".to_owned();
    Ok(Some(said).filter(|_| !sittings.is_empty() && !has_vote))
}

fn of(context: &Context<'_>, case: &str) -> Result<Vec<Sitting>, UserError> {
    Ok(sittings(context.archive.treatments(&case_number::key(case))?))
}

/// The outcome of an item that was approved, with or without changes.
fn approved(treatment: &Treatment) -> Option<Outcome> {
    let outcome = treatment.item.decision.as_ref()?.outcome;
    let is_approved = matches!(outcome, Outcome::Approved | Outcome::Amended);
    Some(outcome).filter(|_| is_approved && treatment.meeting.kind == Kind::Minutes)
}
