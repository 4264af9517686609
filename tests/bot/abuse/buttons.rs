//! Buttons that the bot never made, and buttons pressed by others than those for whom it made them.

use fake_discord::{ADMIN, Asker, CHANNEL, OTHER_USER, Setup, THREAD, USER, permissions};

use super::{ANSWER, QUESTION, anne, check_all_sent, check_polite, lives, open_messages};
use crate::bot::{Bot, NO_HURRY, Start};

const OTHER_VERSION: &str =
    "Knappen er fra en anden udgave af Referent. Stil spørgsmålet igen, så får du nye knapper.";
const NOT_OURS: &str = "Den knap kan ikke læses. Stil spørgsmålet igen, så får du nye knapper.";
const NOT_TO_SHARE: &str = "Du har ikke lov til at skrive i denne kanal, så svaret kan ikke deles her.";
const SHARE: &str = "Del i kanalen";
const FORTH: &str = "›";
const BACK: &str = "‹";

/// A question whose answer has several pages.
const PAGES: &str = "/søg udvalget";

/// Texts of buttons that are read as none of this version.
const UNREADABLE: &[(&str, &str)] = &[
    ("slet alt", NOT_OURS),
    ("1", NOT_OURS),
    ("{}", NOT_OURS),
    ("side", NOT_OURS),
    ("@everyone", NOT_OURS),
    ("1a|sag", NOT_OURS),
    ("1p|sag|27", NOT_OURS),
    ("1p-1.20200820|sag|27", NOT_OURS),
    ("1p+1.20200820|sag|27", NOT_OURS),
    ("1p1.5.20200820|sag|27", NOT_OURS),
    ("1p10000.20200820|sag|27", NOT_OURS),
    ("1p18446744073709551616.20200820|sag|27", NOT_OURS),
    ("1p٣.20200820|sag|27", NOT_OURS),
    ("1p0.20201341|sag|27", NOT_OURS),
    ("1p0.20200230|sag|27", NOT_OURS),
    ("1p0.i dag|sag|27", NOT_OURS),
    ("1p0.999999999999999999999|sag|27", NOT_OURS),
    ("1a|sag|\\", NOT_OURS),
    ("1æ|sag|27", NOT_OURS),
    ("\u{0}1a|sag|27", NOT_OURS),
    ("2a|sag|27", OTHER_VERSION),
    ("0p1|sag|27", OTHER_VERSION),
    ("9|||||", OTHER_VERSION),
    ("1a|budget|27", OTHER_VERSION),
    ("1a|sag|27|extra", OTHER_VERSION),
    ("1a||", OTHER_VERSION),
];

/// Questions and their options, as a button carries them.
const CARRIED: &[&str] = &[
    "sag|27.00.00-A00-5-15",
    "sag|27",
    "sag|\\p\\\\",
    "historik|27.00.00-A00-5-15",
    "opfølgning",
    "råd",
    "råd|Ældrerådet",
    "råd|Ældrerådet|9999-12-31",
    "råd|Ældrerådet|0001-01-01",
    "møde",
    "møde|Social- og Sundhedsudvalget|2020-08-12",
    "møde||9999-12-31",
    "søg|samarbejde",
    "søg|@everyone **x** https://ond.example",
    "hjælp",
    "hjælp|@everyone",
];
/// What is done, with numbers and days that are well formed and lead nowhere.
const HEADS: &[&str] = &[
    "a",
    "p0.99991231",
    "p9999.00010101",
    "w9999.99991231",
    "w0.00010101",
    "v9999.9999.99991231",
    "v0.9999.00010101",
    "s9999.99991231",
    "p0.-99990101",
];

#[tokio::test(flavor = "multi_thread")]
async fn buttons_from_nowhere_do_no_harm() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let source = bot.fake.command(&anne(), QUESTION).await.settled().await.message().clone();
    let before = source.text();
    let too_long = format!("1a|søg|{}", "x".repeat(10_000));
    for (text, told) in UNREADABLE.iter().copied().chain([(too_long.as_str(), NOT_OURS)]) {
        let reply = bot.fake.press_raw(&anne(), &source, text).await.settled().await;
        assert_eq!(reply.text(), told, "{text}");
        check_polite(&reply);
    }
    assert_eq!(bot.fake.message(source.id).unwrap().text(), before, "the message stays as it was");
    for (head, question) in HEADS.iter().flat_map(|head| CARRIED.iter().map(move |question| (head, question)))
    {
        let text = format!("1{head}|{question}");
        let reply = bot.fake.press_raw(&anne(), &source, &text).await.settled().await;
        assert!(!reply.text().is_empty(), "{text}: {reply:?}");
    }
    lives(&bot, &anne()).await;
    check_all_sent(&bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn others_turn_the_pages_of_a_copy() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let other = Asker::in_channel(OTHER_USER, CHANNEL);
    let by_command = bot.fake.command(&anne(), &format!("{PAGES} privat:nej")).await.settled().await;
    let mut open = vec![by_command.message().clone()];
    let private = bot.fake.command(&anne(), PAGES).await.settled().await.message().clone();
    open.push(bot.fake.press(&anne(), &private, SHARE).await.settled().await.message().clone());
    bot.fake.say(&anne(), &format!("{} {PAGES}", bot.fake.mention())).await;
    open.push(bot.fake.next_message(CHANNEL).await);
    for message in open {
        assert!(!message.ephemeral, "{}", message.text());
        let copy = bot.fake.press(&other, &message, FORTH).await.settled().await;
        assert!(copy.private && copy.edited.is_none(), "{copy:?}");
        let copy = copy.message().clone();
        assert_ne!(copy.text(), message.text());
        assert_eq!(bot.fake.message(message.id).unwrap().text(), message.text(), "what others see stays");
        let back = bot.fake.press(&other, &copy, BACK).await.settled().await;
        assert_eq!(
            back.edited.as_ref().map(|back| back.id),
            Some(copy.id),
            "one's own copy is turned in place"
        );
        let own = bot.fake.press(&anne(), &message, FORTH).await.settled().await;
        assert_eq!(
            own.edited.as_ref().map(|own| own.id),
            Some(message.id),
            "the asker's own is turned in place"
        );
    }
    check_all_sent(&bot);
}

/// What the members of a server may do, and where they may share: in a channel, in a thread.
const RIGHTS: &[(u64, bool, bool)] = &[
    (permissions::EVERYONE, true, true),
    (permissions::EVERYONE & !permissions::SEND_MESSAGES, false, true),
    (permissions::EVERYONE & !permissions::SEND_MESSAGES_IN_THREADS, true, false),
    (permissions::VIEW_CHANNEL | permissions::USE_APPLICATION_COMMANDS, false, false),
];

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_write_cannot_share() {
    for (everyone, in_channel, in_thread) in RIGHTS {
        let mut setup = Setup::default();
        for guild in &mut setup.guilds {
            guild.everyone = *everyone;
            guild.bot |= permissions::SEND_MESSAGES | permissions::SEND_MESSAGES_IN_THREADS;
        }
        let bot = Bot::start(Start { setup, ..Start::default() }).await;
        // Who manages the server has no right here that others have not.
        for (user, name) in [(USER, "Anne"), (ADMIN, "Carla")] {
            for (channel, may) in [(CHANNEL, *in_channel), (THREAD, *in_thread)] {
                let asker = Asker::in_channel(user, channel);
                let before = open_messages(&bot, channel).len();
                let message = bot.fake.command(&asker, QUESTION).await.settled().await.message().clone();
                let shared = bot.fake.press(&asker, &message, SHARE).await.settled().await;
                if may {
                    let expected = format!("Delt af {name}");
                    assert!(!shared.private && shared.text().starts_with(&expected), "{}", shared.text());
                    assert!(shared.text().contains(ANSWER), "{}", shared.text());
                } else {
                    check_polite(&shared);
                    assert_eq!(shared.text(), NOT_TO_SHARE);
                }
                assert_eq!(open_messages(&bot, channel).len(), before + usize::from(may));
            }
        }
    }
}
