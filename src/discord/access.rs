//! Who is answered, and how often.

use std::hash::Hash;
use std::time::Duration;

use dashmap::DashMap;
use serenity::model::Permissions;
use serenity::model::guild::Member;
use serenity::model::id::{GuildId, UserId};

use crate::config::{Discord, OtherGuilds};
use tokio::time::Instant;

/// The time that a number of questions is counted over.
const WINDOW: Duration = Duration::from_secs(60);
/// Proposals that one person gets in that time: one for every key of a quick typist.
const PROPOSALS: u32 = 600;
/// People remembered before those whose time is over are forgotten.
const MOST_REMEMBERED: usize = 10_000;

/// Whether the bot answers in a server; direct messages have none.
pub(crate) fn is_allowed(config: &Discord, guild: Option<GuildId>) -> bool {
    guild.is_none_or(|guild| config.guilds.is_empty() || config.guilds.contains(&guild.get()))
}

/// Whether the bot leaves a server that it is in.
pub(crate) fn is_to_leave(config: &Discord, guild: GuildId) -> bool {
    config.other_guilds == OtherGuilds::Leave && !is_allowed(config, Some(guild))
}

/// Whether somebody may decide what a channel follows: whoever may manage it, or has a role that the configuration names, or is
/// alone with the bot, where there is no member.
pub(crate) fn may_manage(config: &Discord, guild: Option<GuildId>, member: Option<&Member>) -> bool {
    if guild.is_none() {
        return true;
    }
    member.is_some_and(|member| {
        let may = member.permissions.unwrap_or(Permissions::empty());
        let has_role = member.roles.iter().any(|role| config.manager_roles.contains(&role.get()));
        may.contains(Permissions::MANAGE_CHANNELS) || has_role
    })
}

/// How often each person asked lately.
#[derive(Debug)]
pub(crate) struct Pace {
    questions: Counters<UserId>,
    proposals: Counters<UserId>,
}

/// Whether a person may ask now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Yes.
    Yes,
    /// Not before this many seconds, at least 1; `first` when this is the first refusal of the window.
    Wait {
        /// Seconds.
        seconds: u64,
        /// Nothing was refused in this window before.
        first: bool,
    },
}

impl Pace {
    pub(crate) fn new(questions_per_minute: u32) -> Self {
        Self { questions: Counters::new(questions_per_minute), proposals: Counters::new(PROPOSALS) }
    }

    /// Counts a question.
    pub(crate) fn question(&self, user: UserId, now: Instant) -> Turn {
        self.questions.count(user, now)
    }

    /// Counts a look at proposals.
    pub(crate) fn proposals(&self, user: UserId, now: Instant) -> Turn {
        self.proposals.count(user, now)
    }
}

/// What was counted for each of many, each in a window that begins with its first. Locked shard by shard, for as long as one
/// count takes: two people rarely meet.
#[derive(Debug)]
struct Counters<K: Eq + Hash> {
    most: u32,
    windows: DashMap<K, Window>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    counted: u32,
}

impl<K: Eq + Hash> Counters<K> {
    fn new(most: u32) -> Self {
        Self { most, windows: DashMap::new() }
    }

    fn count(&self, key: K, now: Instant) -> Turn {
        let is_over = |window: &Window| now.saturating_duration_since(window.began) >= WINDOW;
        if self.windows.len() >= MOST_REMEMBERED {
            self.windows.retain(|_, window| !is_over(window));
        }
        let mut window = self.windows.entry(key).or_insert(Window { began: now, counted: 0 });
        if is_over(&window) {
            *window = Window { began: now, counted: 0 };
        }
        window.counted = window.counted.saturating_add(1);
        if window.counted <= self.most {
            return Turn::Yes;
        }
        let left = WINDOW.saturating_sub(now.saturating_duration_since(window.began));
        Turn::Wait { seconds: left.as_secs().max(1), first: window.counted == self.most + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_waits_and_the_others_do_not() {
        let pace = Pace::new(2);
        let start = Instant::now();
        let (anna, bo) = (UserId::new(1), UserId::new(2));
        assert_eq!(pace.question(anna, start), Turn::Yes);
        assert_eq!(pace.question(anna, start), Turn::Yes);
        assert_eq!(
            pace.question(anna, start + Duration::from_secs(20)),
            Turn::Wait { seconds: 40, first: true }
        );
        assert_eq!(
            pace.question(anna, start + Duration::from_secs(59)),
            Turn::Wait { seconds: 1, first: false }
        );
        assert_eq!(pace.question(bo, start + Duration::from_secs(20)), Turn::Yes);
        assert_eq!(pace.question(anna, start + WINDOW), Turn::Yes);
    }

    #[test]
    fn people_are_forgotten_when_their_time_is_over() {
        let pace = Pace::new(1);
        let start = Instant::now();
        for user in 1..=MOST_REMEMBERED as u64 {
            pace.question(UserId::new(user), start);
        }
        pace.question(UserId::new(u64::MAX - 1), start + WINDOW);
        assert_eq!(pace.questions.windows.len(), 1);
    }

    fn config() -> Discord {
        Discord {
            guilds: vec![],
            other_guilds: OtherGuilds::Leave,
            answers: crate::config::Answers::Private,
            token_file: None,
            questions_per_minute: 1,
            admin_channel: None,
            manager_roles: vec![],
        }
    }

    #[test]
    fn who_may_manage_a_channel_or_has_a_role_decides() {
        let config = Discord { manager_roles: vec![7], ..config() };
        let manage = Permissions::MANAGE_CHANNELS.bits();
        for (permissions, roles, may) in
            [(0, vec![], false), (manage, vec![], true), (0, vec!["7"], true), (0, vec!["8"], false)]
        {
            let member: Member = serde_json::from_value(serde_json::json!({
                "user": { "id": "5", "username": "ida", "discriminator": "0", "avatar": null },
                "guild_id": "1", "roles": roles, "joined_at": null, "deaf": false, "mute": false, "flags": 0,
                "permissions": permissions.to_string(),
            }))
            .unwrap();
            assert_eq!(may_manage(&config, Some(GuildId::new(1)), Some(&member)), may, "{permissions}");
        }
        assert!(!may_manage(&config, Some(GuildId::new(1)), None));
        assert!(may_manage(&config, None, None), "alone with the bot");
    }

    #[test]
    fn servers_are_allowed_by_name_or_all() {
        let mut config = config();
        let (ours, other) = (GuildId::new(1), GuildId::new(2));
        assert!(is_allowed(&config, Some(other)));
        config.guilds = vec![1];
        assert!(
            is_allowed(&config, Some(ours)) && !is_allowed(&config, Some(other)) && is_allowed(&config, None)
        );
        assert!(is_to_leave(&config, other) && !is_to_leave(&config, ours));
        config.other_guilds = OtherGuilds::Ignore;
        assert!(!is_to_leave(&config, other));
    }
}
