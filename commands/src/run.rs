//! Which function answers which command: the one place that knows them all.

use crate::table::Id;
use crate::{Answer, Context, Request, UserError};
use crate::{
    beslaegtet, foelg, foelger, historik, hjaelp, hvorfor, moede, opfoelgning, person, raad, sag, soeg,
    spoerg, status,
};

/// Answers a question.
pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let answers = match request.command.id {
        Id::Case => sag::run,
        Id::History => historik::run,
        Id::Related => beslaegtet::run,
        Id::FollowUps => opfoelgning::run,
        Id::Seats => raad::run,
        Id::Person => person::run,
        Id::Meeting => moede::run,
        Id::Search => soeg::run,
        Id::Question => spoerg::run,
        Id::Follow => foelg::run,
        Id::Followed => foelger::run,
        Id::Why => hvorfor::run,
        Id::Status => status::run,
        Id::Help => hjaelp::run,
    };
    answers(context, request)
}
