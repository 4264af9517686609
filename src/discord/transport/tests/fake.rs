//! Deliveries into the fake Discord, which keeps Discord's limits and finds out what was carried out.

use std::time::Duration;

use fake_discord::permissions::READ_MESSAGE_HISTORY;
use fake_discord::{CHANNEL, Fake, Setup, extra_channel, rough_posts};
use jiff::Timestamp;
use serenity::builder::{CreateActionRow, CreateButton};
use serenity::model::id::{ChannelId, MessageId};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{later, text};
use crate::discord::api::Api;
use crate::discord::message::Message;
use crate::discord::token::Token;
use crate::discord::transport::{Fate, SendError, Transport, pace};

fn transport(fake: &Fake) -> Transport {
    Transport::new(Token::parse(&fake.token()).unwrap(), Api::parse(&fake.api()).unwrap()).unwrap()
}

/// A message with a nonce, whose button ends in the mark.
fn marked(mark: &str) -> Message {
    let button = CreateButton::new(format!("1a|sag|27.00.00-A00-5-15~{mark}")).label("Sag");
    Message {
        rows: vec![CreateActionRow::Buttons(vec![button])],
        nonce: Some(mark.to_owned()),
        ..text("Nyt referat")
    }
}

async fn find(transport: &Transport, channel: u64, mark: &str) -> Result<Option<u64>, SendError> {
    let found = transport.find(ChannelId::new(channel), Timestamp::now(), mark, later()).await;
    found.map(|id| id.map(MessageId::get))
}

/// Time for one message among very many.
fn in_its_turn() -> Instant {
    Instant::now() + Duration::from_secs(300)
}

/// Sends one message as a careful sender does, and gives its id: what is not known is looked for, and sent again only if it is not there.
async fn deliver(transport: &Transport, channel: u64, mark: &str) -> u64 {
    for _ in 0..50 {
        match transport.post_once(ChannelId::new(channel), &marked(mark), in_its_turn()).await {
            Ok(Some(id)) => return id.get(),
            Err(error) if error.fate() == Fate::Refused => panic!("{error}"),
            Ok(None) | Err(_) => {}
        }
        if let Ok(Some(id)) = find(transport, channel, mark).await {
            return id;
        }
    }
    panic!("{mark} cannot be delivered");
}

async fn deliver_to(fake: &Fake, channels: u64) -> Transport {
    let transport = transport(fake);
    let mut deliveries = JoinSet::new();
    for number in 0..channels {
        let transport = transport.clone();
        deliveries.spawn(async move {
            let id = deliver(&transport, extra_channel(number), "m").await;
            (number, id)
        });
    }
    for (number, id) in deliveries.join_all().await {
        let there = fake.messages_in(extra_channel(number));
        assert_eq!(there.iter().map(|it| it.id).collect::<Vec<u64>>(), [id], "channel {number}");
    }
    transport
}

#[tokio::test]
async fn what_was_posted_is_found_where_the_bot_may_read_and_nowhere_else() {
    let fake = Fake::start(Setup::default()).await;
    let transport = transport(&fake);
    assert_eq!(find(&transport, CHANNEL, "m1").await, Ok(None));
    let id = deliver(&transport, CHANNEL, "m1").await;
    for mark in ["m2", "m3"] {
        deliver(&transport, CHANNEL, mark).await;
    }
    assert_eq!(find(&transport, CHANNEL, "m1").await, Ok(Some(id)));
    assert_eq!(find(&transport, CHANNEL, "1").await, Ok(None));
    // A correction that keeps the mark is found, too.
    transport.edit(ChannelId::new(CHANNEL), MessageId::new(id), &marked("m1"), later()).await.unwrap();
    assert_eq!(find(&transport, CHANNEL, "m1").await, Ok(Some(id)));
    fake.deny(CHANNEL, READ_MESSAGE_HISTORY);
    let refused = find(&transport, CHANNEL, "m1").await.unwrap_err();
    assert_eq!((refused.fate(), &refused), (Fate::Refused, &SendError::Forbidden { code: 50_013 }));
    fake.deny(CHANNEL, 0);
    fake.delete_channel(CHANNEL);
    let gone = find(&transport, CHANNEL, "m1").await.unwrap_err();
    assert_eq!((gone.fate(), gone), (Fate::Refused, SendError::Gone { code: 10_003 }));
}

#[tokio::test]
async fn a_message_is_found_behind_many_others() {
    let fake = Fake::start(Setup::default()).await;
    let transport = transport(&fake);
    let talk = async |lines: usize| {
        for line in 0..lines {
            fake.say(&fake_discord::Asker::default(), &line.to_string()).await;
        }
    };
    talk(250).await;
    let id = deliver(&transport, CHANNEL, "m").await;
    talk(250).await;
    assert_eq!(find(&transport, CHANNEL, "m").await, Ok(Some(id)));
    assert_eq!(find(&transport, CHANNEL, "n").await, Ok(None));
    talk(pace::LISTS * pace::LISTED).await;
    let most = pace::LISTS * pace::LISTED;
    assert_eq!(find(&transport, CHANNEL, "n").await, Err(SendError::TooMany { most }));
}

#[tokio::test]
async fn on_a_rough_day_each_channel_gets_its_message_once() {
    for nonces in [true, false] {
        let faults = rough_posts(u32::from(nonces));
        let fake = Fake::start(Setup { faults, nonces, ..Setup::default() }.with_channels(80)).await;
        deliver_to(&fake, 80).await;
    }
}

#[tokio::test]
async fn discords_limits_are_never_met() {
    // A tenth of a second for each post, as Discord may take.
    let faults = "[[fault]]\non = 'POST /channels/*/messages'\ntimes = 1000000\nhang_ms = 100".to_owned();
    let fake = Fake::start(Setup { faults, limits: true, ..Setup::default() }.with_channels(150)).await;
    let transport = deliver_to(&fake, 150).await;
    assert_eq!(transport.counts().limited, 0);
    assert_eq!(fake.limited(), fake_discord::Limited::default());
}
