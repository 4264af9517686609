//! The largest answers that there are, page by page: all within Discord's limits, no card lost, none shown twice, and every word of a
//! decision to be had.

mod largest;
mod pages;

use fake_discord::{Asker, CHANNEL, Fake, ShownMessage, USER};
use serde_json::Value;

use crate::bot::{Bot, NO_HURRY, Start, TO_START, ask_json, place};
use crate::live::as_read;
use pages::{FORTH, WHOLE, check_limits, read_page};

const TODAY: &str = "2020-08-20";

/// Of so many pages, all words of one are looked at.
const LOOKED_INTO: usize = 10;

/// Questions with large answers: as they are asked in Discord, and the cards that the answer has at least.
const QUESTIONS: &[(&str, usize)] = &[
    ("/møde udvalg:Teknikudvalget dato:2020-08-12", largest::ITEMS),
    ("/møde udvalg:det rådgivende privat:nej", 40),
    ("/møde dato:2020-08-05", 10),
    ("/historik nummer:05.01.00-A00-1-90", largest::MEETINGS),
    ("/sag nummer:05.01.00-A00-1-90", 1),
    ("/sag nummer:01.01.00", 10),
    ("/sag nummer:veje stier pladser", 10),
    ("/opfølgning", largest::FOLLOW_UPS),
    ("/opfølgning udvalg:det rådgivende", 40),
    ("/råd udvalg:Idrætsrådet", largest::MEMBERS),
    ("/person navn:Torsten Ugilt", largest::SEATS),
    ("/person navn:Ida", 10),
    ("/søg ord:godkendt", 50),
    ("/søg ord:veje stier pladser torve", 50),
    ("/beslægtet nummer:05.01.00-A00-1-90", 0),
    ("/spørg spørgsmål:hvad blev der besluttet om veje stier pladser?", 10),
    ("/hjælp", 5),
    ("/hjælp kommando:/møde", 1),
    ("/hvorfor sag:05.01.00-A00-1-90", 3),
    ("/status", 0),
];

/// Commands whose answers are of a place: they have a test of their own.
const OF_A_PLACE: [&str; 2] = ["/følg", "/følger"];

fn start(minutes: &std::path::Path) -> Start {
    Start {
        minutes: minutes.display().to_string(),
        config: NO_HURRY.to_owned(),
        today: TODAY.to_owned(),
        ..Start::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_within_limits_and_every_card_on_one_page() {
    let minutes = largest::minutes();
    let start = start(minutes.path());
    let place = place(&start);
    let answers: Vec<Value> = QUESTIONS.iter().map(|(line, _)| ask_json(place.path(), TODAY, line)).collect();
    let bot = Bot::start_within(place, start, TO_START).await;
    for command in bot.fake.commands().iter().filter(|command| command["type"] == 1) {
        let asked = format!("/{}", command["name"].as_str().unwrap());
        let is_asked = QUESTIONS.iter().any(|(line, _)| line.starts_with(&asked));
        assert!(is_asked || OF_A_PLACE.contains(&asked.as_str()), "{asked} is not asked here");
    }
    for ((line, least), answer) in QUESTIONS.iter().zip(&answers) {
        let mut cards = answer["cards"].as_array().unwrap().as_slice();
        assert!(cards.len() >= *least, "{line}: {} cards", cards.len());
        let (mut pages, mut left) = (0, cards);
        let mut message = bot.fake.command(&Asker::default(), line).await.settled().await.message().clone();
        loop {
            check_limits(&message);
            pages += 1;
            // What the process tells of itself is in no other answer.
            if *line != "/status" {
                left = read_page(&message, answer, left)
                    .unwrap_or_else(|trouble| panic!("{line}, page {pages}: {trouble}"));
                let shown = &cards[..cards.len() - left.len()];
                all_words_are_to_be_had(&bot.fake, &message, answer, shown, pages).await;
                cards = left;
            }
            let Some(next) = turned(&bot.fake, &message).await else { break };
            message = next;
        }
        assert!(
            *line == "/status" || left.is_empty(),
            "{line}: {} cards are on none of {pages} pages",
            left.len()
        );
        assert!(*least < 100 || pages >= 10, "{line}: {pages} pages");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_list_of_what_is_followed_has_all_its_buttons() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let asker = Asker::in_dm(USER);
    let ask = async |line: &str| bot.fake.command(&asker, line).await.settled().await.message().clone();
    for number in 0..commands::MOST_FOLLOWED {
        // As long as a topic may be, and twice as long when it is escaped.
        let message = ask(&format!("/følg emne:ord{number:02} {} hvornår:dagligt", "*_".repeat(37))).await;
        check_limits(&message);
        assert!(message.text().contains("Følges nu"), "{}", message.text());
    }
    assert!(ask("/følg emne:mere").await.text().contains("følges allerede 25 ting"));
    let mut message = ask("/følger").await;
    let mut stopped = 0;
    while stopped < commands::MOST_FOLLOWED {
        check_limits(&message);
        let buttons = message.buttons();
        let stop = buttons.iter().find(|button| button.label.starts_with("Stop: ")).unwrap().label.clone();
        message = bot.fake.press(&asker, &message, &stop).await.settled().await.message().clone();
        stopped += 1;
        assert!(message.text().contains("følges ikke mere"), "{}", message.text());
    }
    assert!(message.text().contains("Her følges intet"), "{}", message.text());
}

/// The next page; None after the last.
async fn turned(fake: &Fake, message: &ShownMessage) -> Option<ShownMessage> {
    let forth = message.buttons().into_iter().find(|button| button.label == FORTH)?;
    if forth.disabled {
        return None;
    }
    let reply = fake.press(&Asker::default(), message, FORTH).await.settled().await;
    assert!(reply.edited.is_some(), "a page is turned in place");
    Some(reply.message().clone())
}

/// Where a page leaves words out, a button gives them. A title that stands on every page is given on the first.
async fn all_words_are_to_be_had(
    fake: &Fake,
    message: &ShownMessage,
    answer: &Value,
    shown: &[Value],
    page: usize,
) {
    let has_button = message.buttons().iter().any(|button| button.label == WHOLE);
    let text = message.text();
    let looked_at = if page == 1 { text.as_str() } else { text.split_once('\n').unwrap().1 };
    assert!(has_button || !looked_at.contains('…'), "words are left out, and no button gives them: {text}");
    if !has_button || page % LOOKED_INTO != 1 {
        return;
    }
    let all = squeezed(&whole_text(fake, message).await);
    for key in ["title", "text"] {
        let words = answer[key].as_str().unwrap();
        assert!(
            page > 1 || all.contains(&squeezed(words)) || text.contains(words),
            "{words} is not in {all}"
        );
    }
    for card in shown {
        let heading = card["heading"].as_str().unwrap();
        assert!(all.contains(&squeezed(heading)), "{heading} is not in {all}");
        for field in card["fields"].as_array().unwrap() {
            // What the answer has shortened is looked for where it is known.
            let value = field["value"].as_str().unwrap().trim_end_matches('…');
            assert!(all.contains(&squeezed(value)), "{value} is not in {all}");
        }
    }
}

/// All that *Hele teksten* gives: its parts one after the other, or its file.
async fn whole_text(fake: &Fake, message: &ShownMessage) -> String {
    let reply = fake.press(&Asker::default(), message, WHOLE).await.settled().await;
    assert!(reply.private, "all words are for whoever asks for them");
    let mut part = reply.message().clone();
    let mut text = String::new();
    loop {
        check_limits(&part);
        for embed in &part.embeds {
            text.push_str(&as_read(embed["description"].as_str().unwrap_or_default()));
            text.push('\n');
        }
        for file in &part.attachments {
            text.push_str(std::str::from_utf8(&file.bytes).unwrap());
        }
        match turned(fake, &part).await {
            Some(next) => part = next,
            None => return text,
        }
    }
}

/// Without white space: lines and parts are broken anew where it is shown.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_of_a_long_decision_is_to_be_had() {
    let minutes = largest::minutes();
    let bot = Bot::start(start(minutes.path())).await;
    let decisions = largest::decisions();
    let first = largest::decision_of(1);
    let cases = decisions
        .iter()
        .map(|decision| (format!("/sag nummer:{}", decision.case_number), decision.text.as_str()));
    let (mut files, mut parts) = (0, 0);
    for (line, decision) in cases.chain([(format!("/historik nummer:{}", largest::CASE), first.as_str())]) {
        let reply = bot.fake.command(&Asker::default(), &line).await.settled().await;
        let message = reply.message();
        check_limits(message);
        let all = squeezed(&whole_text(&bot.fake, message).await);
        assert!(all.contains(&squeezed(decision)), "{line}: {}", all.chars().take(500).collect::<String>());
        let given = bot.fake.messages(CHANNEL).pop().unwrap();
        if given.attachments.is_empty() { parts += 1 } else { files += 1 }
    }
    assert!(files >= 4 && parts >= 4, "{files} {parts}");
}

/// What is typed, and how many proposals there are at least.
const TYPED: &[(&str, &str, &str, usize)] = &[
    ("/sag", "nummer", "", PROPOSALS),
    ("/sag", "nummer", "01.01", PROPOSALS),
    ("/sag", "nummer", "veje stier", PROPOSALS),
    ("/historik", "nummer", "a00", PROPOSALS),
    ("/opfølgning", "udvalg", "det r", 1),
    ("/møde", "udvalg", "", 6),
    ("/møde", "dato", "", PROPOSALS),
    ("/råd", "udvalg", "", PROPOSALS),
    ("/råd", "udvalg", "rådet", 0),
    ("/person", "navn", "", PROPOSALS),
    ("/person", "navn", "ida", 20),
];
/// Most proposals that Discord takes, and the longest.
const PROPOSALS: usize = 25;
const PROPOSAL: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_proposed_and_looked_up_is_within_limits() {
    let minutes = largest::minutes();
    let bot = Bot::start(start(minutes.path())).await;
    for (command, option, typed, least) in TYPED {
        let choices = bot.fake.autocomplete(&Asker::default(), command, option, typed, &[]).await;
        assert!(
            (*least..=PROPOSALS).contains(&choices.len()),
            "{command} {option}:{typed}: {}",
            choices.len()
        );
        for choice in choices {
            for text in [choice.name.as_str(), choice.value.as_str().unwrap()] {
                let length = text.encode_utf16().count();
                assert!((1..=PROPOSAL).contains(&length), "{command} {option}:{typed}: {text}");
            }
            // What is proposed can be asked.
            let line = format!("{command} {option}:{}", choice.value.as_str().unwrap());
            bot.fake.try_command(&Asker::default(), &line).await.unwrap();
        }
    }
    let numbers = |of: std::ops::RangeInclusive<usize>| {
        let numbers: Vec<String> = of.map(|number| format!("01.01.00-A00-{number}-20")).collect();
        numbers.join(", ")
    };
    for text in [numbers(1..=2), numbers(1..=90), decisions_in(&largest::decisions()), numbers(201..=230)] {
        let said = bot.fake.say(&Asker::default(), &text).await;
        let reply =
            bot.fake.message_command(&Asker::default(), "Slå sagsnumre op", &said).await.settled().await;
        check_limits(reply.message());
        assert!(!reply.text().is_empty());
    }
}

fn decisions_in(decisions: &[largest::Decision]) -> String {
    decisions.iter().map(|decision| format!("{} ", decision.case_number)).collect()
}
