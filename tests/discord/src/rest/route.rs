//! The table of routes. Paths are written as in Discord's own description.

use super::{Answer, Call, Refusal, channels, commands, guilds, interactions, messages, webhooks};
use crate::shared::Shared;
use crate::state::State;

type Handler = fn(&Shared, &mut State, &Call) -> Result<Answer, Refusal>;

/// What a request's body is; the judges go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// None.
    Empty,
    /// A message that is posted.
    Post,
    /// A change of a message.
    Edit,
    /// A message that follows an interaction's answer.
    FollowUp,
    /// The answer to an interaction.
    Callback,
    /// All commands.
    Commands,
    /// Something small that only the schema judges.
    Other,
}

/// A route.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Whether the bot's token is wanted.
    pub(crate) bot: bool,
    pub(crate) sort: Sort,
    pub(crate) handler: Handler,
}

const fn open(method: &'static str, path: &'static str, sort: Sort, handler: Handler) -> Route {
    Route { method, path, bot: false, sort, handler }
}

const fn bot(method: &'static str, path: &'static str, sort: Sort, handler: Handler) -> Route {
    Route { method, path, bot: true, sort, handler }
}

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    open("POST", "/interactions/{interaction_id}/{interaction_token}/callback", Sort::Callback, interactions::callback),
    open("POST", "/webhooks/{webhook_id}/{webhook_token}", Sort::FollowUp, webhooks::follow_up),
    open("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Sort::Empty, webhooks::get_original),
    open("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Sort::Edit, webhooks::edit_original),
    open("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Sort::Empty, webhooks::delete_original),
    open("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Sort::Empty, webhooks::get),
    open("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Sort::Edit, webhooks::edit),
    open("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Sort::Empty, webhooks::delete),
    open("GET", "/gateway", Sort::Empty, guilds::gateway),
    bot("GET", "/gateway/bot", Sort::Empty, guilds::gateway_bot),
    bot("GET", "/users/@me", Sort::Empty, guilds::me),
    bot("GET", "/users/{user_id}", Sort::Empty, guilds::user),
    bot("GET", "/applications/@me", Sort::Empty, guilds::application),
    bot("GET", "/oauth2/applications/@me", Sort::Empty, guilds::application),
    bot("GET", "/users/@me/guilds", Sort::Empty, guilds::mine),
    bot("DELETE", "/users/@me/guilds/{guild_id}", Sort::Empty, guilds::leave),
    bot("POST", "/users/@me/channels", Sort::Other, channels::open_dm),
    bot("GET", "/guilds/{guild_id}", Sort::Empty, guilds::get),
    bot("GET", "/guilds/{guild_id}/channels", Sort::Empty, guilds::channels),
    bot("GET", "/guilds/{guild_id}/roles", Sort::Empty, guilds::roles),
    bot("GET", "/guilds/{guild_id}/members/{user_id}", Sort::Empty, guilds::member),
    bot("GET", "/channels/{channel_id}", Sort::Empty, channels::get),
    bot("GET", "/channels/{channel_id}/messages", Sort::Empty, messages::list),
    bot("POST", "/channels/{channel_id}/messages", Sort::Post, messages::post),
    bot("GET", "/channels/{channel_id}/messages/{message_id}", Sort::Empty, messages::get),
    bot("PATCH", "/channels/{channel_id}/messages/{message_id}", Sort::Edit, messages::edit),
    bot("DELETE", "/channels/{channel_id}/messages/{message_id}", Sort::Empty, messages::delete),
    bot("GET", "/applications/{application_id}/commands", Sort::Empty, commands::get),
    bot("PUT", "/applications/{application_id}/commands", Sort::Commands, commands::put),
    bot("GET", "/applications/{application_id}/guilds/{guild_id}/commands", Sort::Empty, commands::get_guild),
    bot("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", Sort::Commands, commands::put_guild),
];

impl Route {
    /// The route of a request, and what stands in its path for `{…}`, in order. A literal is preferred to a placeholder by the
    /// table's order.
    pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Self, Vec<String>)> {
        ROUTES.iter().filter(|it| it.method == method).find_map(|it| Some((it, fit(it.path, path)?)))
    }
}

fn fit(pattern: &str, path: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        if wanted.starts_with('{') {
            if part.is_empty() {
                return None;
            }
            found.push(part.to_owned());
        } else if wanted != part {
            return None;
        }
    }
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A route's path and what was found for its placeholders.
    type Found = (&'static str, &'static [&'static str]);

    #[test]
    fn paths_find_their_routes() {
        let cases: &[(&str, &str, Option<Found>)] = &[
            ("GET", "/users/@me", Some(("/users/@me", &[]))),
            ("GET", "/users/7", Some(("/users/{user_id}", &["7"]))),
            (
                "PATCH",
                "/webhooks/1/t/messages/@original",
                Some(("/webhooks/{webhook_id}/{webhook_token}/messages/@original", &["1", "t"])),
            ),
            (
                "PATCH",
                "/webhooks/1/t/messages/5",
                Some(("/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", &["1", "t", "5"])),
            ),
            ("POST", "/users/@me", None),
            ("GET", "/users//", None),
            ("GET", "/channels/1/messages/", None),
            ("GET", "/nothing", None),
        ];
        for (method, path, expected) in cases {
            let found = Route::find(method, path);
            let found = found.as_ref().map(|(it, ids)| (it.path, ids.iter().map(String::as_str).collect()));
            let expected = expected.map(|(path, ids)| (path, ids.to_vec()));
            assert_eq!(found, expected, "{method} {path}");
        }
    }
}
