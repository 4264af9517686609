//! The supervision against a gateway that fails in every way we know.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use fake_discord::{Asker, Fake, GatewayFault, Setup, USER, What};
use serenity::async_trait;
use serenity::client::{Context, EventHandler};
use serenity::futures::future::join_all;
use serenity::futures::{SinkExt, StreamExt};
use serenity::model::channel::Message;
use serenity::model::gateway::GatewayIntents;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite;
use tokio_util::sync::CancellationToken;

use super::signs::Seen;
use super::{GatewayEnd, Pace, STRIKES, Signs, run_at};
use crate::discord::api::Api;
use crate::discord::token::Token;
use crate::discord::transport::{SendError, Transport};

/// For what has to happen at some time: long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// The bot's pace, but faster.
const FAST: Pace = Pace {
    pulse: Duration::from_millis(100),
    ask: Duration::from_secs(1),
    connect: Duration::from_secs(2),
    ready: Duration::from_secs(10),
    deaf: Duration::from_secs(20),
    close: Duration::from_secs(2),
    between_sessions: Duration::from_millis(200),
    first_pause: Duration::from_millis(50),
    longest_pause: Duration::from_millis(500),
    lasting: Duration::from_secs(1),
    sessions_at_once: 100,
    session_every: Duration::from_secs(120),
};

/// Remembers what it was told.
#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<String>>,
}

#[async_trait]
impl EventHandler for Ear {
    async fn message(&self, _context: Context, message: Message) {
        self.heard.lock().unwrap().push(message.content);
    }
}

/// A bot that is running against a fake.
struct Running {
    fake: Fake,
    transport: Transport,
    ear: Arc<Ear>,
    signs: Arc<Signs>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), GatewayEnd>>,
}

impl Running {
    async fn start(setup: Setup, pace: &Pace) -> Self {
        let token = setup.token.clone();
        Self::start_as(&token, INTENTS, setup, pace).await
    }

    async fn start_as(token: &str, intents: GatewayIntents, setup: Setup, pace: &Pace) -> Self {
        let fake = Fake::start(setup).await.within(DEADLINE);
        let api = Api::parse(&fake.api()).unwrap();
        let transport = Transport::new(Token::parse(token).unwrap(), api).unwrap();
        let (ear, signs, stop) =
            (Arc::new(Ear::default()), Arc::new(Signs::default()), CancellationToken::new());
        let task = tokio::spawn({
            let (pace, transport, ear) = (pace.clone(), transport.clone(), Arc::clone(&ear));
            let (signs, stop) = (Arc::clone(&signs), stop.clone());
            async move { run_at(&pace, &transport, ear, intents, signs, stop).await }
        });
        Self { fake, transport, ear, signs, stop, task }
    }

    async fn ready(setup: Setup, pace: &Pace) -> Self {
        let running = Self::start(setup, pace).await;
        running.until(|seen| seen.connected && seen.ready == 1).await;
        running
    }

    fn seen(&self) -> Seen {
        self.signs.seen()
    }

    /// Waits until the signs say so.
    async fn until(&self, is_so: impl Fn(&Seen) -> bool) {
        eventually(|| is_so(&self.seen())).await;
    }

    /// Says something to the bot, waits until it has heard it, and gives how often it did.
    async fn hears(&self, text: &str) -> usize {
        self.fake.say(&Asker::in_dm(USER), text).await;
        let count = || self.ear.heard.lock().unwrap().iter().filter(|heard| *heard == text).count();
        eventually(|| count() > 0).await;
        count()
    }

    /// Whether the bot has said goodbye as it should.
    fn closed_well(&self) -> bool {
        let log = self.fake.log();
        log.iter().any(
            |entry| matches!(&entry.what, What::Ended(how) if how == "by the bot, close frame Some(1000)"),
        )
    }

    /// Waits for the end of it.
    async fn end(self) -> Result<(), GatewayEnd> {
        timeout(DEADLINE, self.task).await.expect("it ends").unwrap()
    }

    async fn stop(self) {
        self.stop.cancel();
        self.end().await.unwrap();
    }
}

async fn eventually(is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it never came about");
        sleep(Duration::from_millis(5)).await;
    }
}

fn fatal(end: Result<(), GatewayEnd>) -> String {
    match end {
        Err(GatewayEnd::Fatal { text } | GatewayEnd::NeverReady { text }) => text,
        other => panic!("{other:?} is not fatal"),
    }
}

/// How the bot gets back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// By taking up its session: nothing is lost.
    Resumed,
    /// With a new session.
    Identified,
}

async fn gets_back(fault: GatewayFault, back: Back) {
    let heartbeat = if fault == GatewayFault::Mute { 400 } else { 41_250 };
    let setup = Setup { heartbeat: Duration::from_millis(heartbeat), ..Setup::default() };
    let running = Running::ready(setup, &FAST).await;
    assert_eq!(running.hears("before").await, 1);
    running.fake.gateway(&fault);
    assert_no_core_is_kept_busy(&fault).await;
    match back {
        Back::Resumed => running.until(|seen| seen.resumed == 1).await,
        Back::Identified => running.until(|seen| seen.ready == 2).await,
    }
    running.until(|seen| seen.connected).await;
    // Were there a second connection, it would hear this too.
    assert_eq!(running.hears("after").await, 1, "{fault:?}");
    let counts = running.fake.counts();
    assert_eq!(counts.open, 1, "{fault:?}");
    assert_eq!(counts.identifies, if back == Back::Identified { 2 } else { 1 }, "{fault:?}");
    let heard = running.ear.heard.lock().unwrap().clone();
    assert_eq!(heard, ["before", "after"], "{fault:?}");
    running.stop().await;
}

/// No connection of now keeps a core busy from now on: it may turn in its circle until the next ping, and is gone then.
async fn assert_no_core_is_kept_busy(fault: &GatewayFault) {
    let before = gateway_threads();
    let window = Duration::from_secs(1);
    sleep(window).await;
    let after = gateway_threads();
    // Threads of other tests too; what goes for this one goes for them.
    for (thread, used) in after {
        if let Some((_, earlier)) = before.iter().find(|(id, _)| *id == thread) {
            assert!(used - *earlier < window / 5, "{fault:?}: a thread used {:?}", used - *earlier);
        }
    }
}

/// The threads of this process that connections have, with the CPU time they have used. Empty where there is no /proc.
fn gateway_threads() -> Vec<(String, Duration)> {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return Vec::new() };
    tasks
        .filter_map(|task| {
            let folder = task.ok()?.path();
            let name = std::fs::read_to_string(folder.join("comm")).ok()?;
            let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
            // The fields after the name in brackets: state is the first, user and system time the 12th and 13th, in hundredths.
            let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
            let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
            let id = folder.file_name()?.to_str()?.to_owned();
            (name.trim() == "gateway").then_some((id, Duration::from_millis(10 * ticks)))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_without_a_code_is_noticed() {
    gets_back(GatewayFault::Close(None), Back::Identified).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_that_serenity_has_no_remedy_for_are_noticed() {
    let all = [4003, 4010, 4011].map(|code| gets_back(GatewayFault::Close(Some(code)), Back::Identified));
    join_all(all).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_resumed_is() {
    let all = [
        GatewayFault::Close(Some(4000)),
        GatewayFault::Close(Some(1001)),
        GatewayFault::Close(Some(4012)),
        GatewayFault::Drop,
        GatewayFault::Reconnect,
        GatewayFault::Invalid { resumable: true },
    ];
    join_all(all.map(|fault| gets_back(fault, Back::Resumed))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_resumed_is_begun_anew() {
    let all = [
        GatewayFault::Close(Some(4009)),
        GatewayFault::Invalid { resumable: false },
        // No acknowledgement of heartbeats.
        GatewayFault::Mute,
    ];
    join_all(all.map(|fault| gets_back(fault, Back::Identified))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_waited_out() {
    let running = Running::ready(Setup::default(), &FAST).await;
    running.fake.gateway(&GatewayFault::Refuse(Duration::from_secs(2)));
    running.fake.gateway(&GatewayFault::Drop);
    running.until(|seen| !seen.connected).await;
    running.until(|seen| seen.connected && seen.ready == 2).await;
    assert_eq!(running.hears("after").await, 1);
    assert_eq!(running.fake.counts().open, 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_fault_after_the_other_is_survived() {
    let running = Running::ready(Setup::default(), &FAST).await;
    for n in 2..7 {
        running.fake.gateway(&GatewayFault::Close(if n % 2 == 0 { None } else { Some(4010) }));
        running.until(|seen| seen.connected && seen.ready == n).await;
        assert_eq!(running.hears(&format!("after {n}")).await, 1);
        assert_eq!(running.fake.counts().open, 1);
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_a_person_can_mend_is_told() {
    let at_identify = |gateway: &str, times: u32| Setup {
        faults: format!("[[fault]]\non = \"IDENTIFY\"\ntimes = {times}\ngateway = {gateway}"),
        ..Setup::default()
    };
    let cases = [
        (at_identify("\"close\"\ncode = 4004", 1), ["token", "DISCORD_TOKEN"]),
        (at_identify("\"close\"\ncode = 4013", 1), ["intents", "4013"]),
        (at_identify("\"close\"\ncode = 4014", 1), ["intents", "4014"]),
        (at_identify("\"close\"\ncode = 4003", STRIKES), ["i træk", "discordstatus"]),
        (at_identify("\"close\"\ncode = 4010", STRIKES), ["i træk", "discordstatus"]),
        (at_identify("\"close\"\ncode = 4011", STRIKES), ["i træk", "4011"]),
        (at_identify("\"close\"", STRIKES), ["i træk", "discordstatus"]),
    ];
    join_all(cases.map(|(setup, words)| async move {
        let faults = setup.faults.clone();
        let running = Running::start(setup, &FAST).await;
        let fake = running.fake.clone();
        let text = fatal(running.end().await);
        assert!(words.iter().all(|word| text.contains(word)) && text.ends_with('.'), "{faults}: {text}");
        assert_eq!(fake.faults_left(), 0);
        assert_eq!(fake.counts().identifies, 0);
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_told() {
    let running = Running::start_as("wr0ng", INTENTS, Setup::default(), &FAST).await;
    let text = fatal(running.end().await);
    assert!(text.contains("DISCORD_TOKEN") && !text.contains("wr0ng"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_at_once_is_told() {
    let faults = "[[fault]]\non = \"GET /gateway\"\nstatus = 401".to_owned();
    let running = Running::start(Setup { faults, ..Setup::default() }, &FAST).await;
    assert!(fatal(running.end().await).contains("DISCORD_TOKEN"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn intents_without_leave_are_told() {
    let token = Setup::default().token;
    let intents = INTENTS | GatewayIntents::MESSAGE_CONTENT;
    let running = Running::start_as(&token, intents, Setup::default(), &FAST).await;
    assert!(fatal(running.end().await).contains("Privileged Gateway Intents"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_end_before_they_are_ready_are_borne_for_a_while() {
    let ways = ["\"close\"\ncode = 4010", "\"close\"", "\"drop\"", "\"invalid\""];
    join_all(ways.map(|how| async move {
        let times = STRIKES - 1;
        let faults = format!("[[fault]]\non = \"IDENTIFY\"\ntimes = {times}\ngateway = {how}");
        let running = Running::ready(Setup { faults, ..Setup::default() }, &FAST).await;
        assert_eq!(running.hears("now").await, 1, "{how}");
        assert_eq!(running.fake.counts().open, 1, "{how}");
        running.stop().await;
    }))
    .await;
    // What serenity knows a remedy for may happen more often.
    let faults = format!("[[fault]]\non = \"IDENTIFY\"\ntimes = {}\ngateway = \"invalid\"", 2 * STRIKES);
    Running::ready(Setup { faults, ..Setup::default() }, &FAST).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gateways_address_is_asked_for_until_it_is_had() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!(r#"status = 200{}body = '{{"url":"ws://{}"}}'"#, '\n', silent.local_addr().unwrap());
    let answers = [
        "status = 503\ntimes = 6",
        "status = 403",
        "status = 429\nretry_after = 0.1\ntimes = 2",
        "refuse = true\ntimes = 3",
        "garbage = true",
        "status = 200\nbody = '{}'",
        // Where the token must not go.
        r#"status = 200
           body = '{"url":"wss://gateway.discord.gg"}'"#,
        // Nobody answers there.
        r#"status = 200
           body = '{"url":"ws://127.0.0.1:1"}'"#,
        &silent,
    ];
    join_all(answers.map(|answer| async move {
        let faults = format!("[[fault]]\non = \"GET /gateway\"\n{answer}");
        let pace = Pace { connect: Duration::from_millis(300), ..FAST };
        let running = Running::ready(Setup { faults, ..Setup::default() }, &pace).await;
        assert_eq!(running.fake.faults_left(), 0, "{answer}");
        assert_eq!(running.seen().identified, 1, "{answer}");
        running.stop().await;
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_hears_nothing_is_thrown_away() {
    // The fake's heartbeats come too late for this pace.
    let pace = Pace { deaf: Duration::from_millis(1_500), ..FAST };
    let running = Running::ready(Setup::default(), &pace).await;
    running.until(|seen| seen.ready == 2).await;
    assert!(running.fake.counts().open <= 1);
    assert!(running.closed_well());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_heartbeats_are_signs_of_life() {
    let pace = Pace { deaf: Duration::from_millis(1_500), ..FAST };
    let setup = Setup { heartbeat: Duration::from_millis(300), ..Setup::default() };
    let running = Running::ready(setup, &pace).await;
    let first = running.seen().last_event.unwrap();
    running.until(|seen| seen.last_ack.is_some_and(|ack| ack > first + 2 * pace.deaf)).await;
    assert_eq!(running.seen().identified, 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_never_gets_ready_is_thrown_away() {
    // Says hello, acknowledges heartbeats, and leaves the IDENTIFY unanswered.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let goodbye = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        let hello = r#"{"op":10,"d":{"heartbeat_interval":200}}"#;
        socket.send(tungstenite::Message::Text(hello.to_owned())).await.unwrap();
        while let Some(Ok(message)) = socket.next().await {
            match message {
                tungstenite::Message::Text(text) if text.contains("\"op\":1,") => {
                    let ack = r#"{"op":11,"d":null,"s":null,"t":null}"#;
                    socket.send(tungstenite::Message::Text(ack.to_owned())).await.unwrap();
                }
                tungstenite::Message::Close(frame) => return frame.map(|frame| u16::from(frame.code)),
                _ => {}
            }
        }
        None
    });
    let faults =
        format!("[[fault]]\non = \"GET /gateway\"\nstatus = 200\nbody = '{{\"url\":\"ws://{address}\"}}'");
    let pace = Pace { ready: Duration::from_secs(1), ..FAST };
    let running = Running::start(Setup { faults, ..Setup::default() }, &pace).await;
    assert_eq!(timeout(DEADLINE, goodbye).await.unwrap().unwrap(), Some(1000));
    assert_eq!(running.seen().ready, 0);
    assert!(running.seen().last_ack.is_some());
    running.stop.cancel();
    running.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_events_are_counted_and_harm_nothing() {
    let running = Running::ready(Setup::default(), &FAST).await;
    running.fake.gateway(&GatewayFault::Unknown);
    running.until(|seen| seen.unknown == 2).await;
    assert_eq!(running.hears("after").await, 1);
    assert_eq!(running.seen().identified, 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_in_good_order() {
    for fault in [None, Some(GatewayFault::Invalid { resumable: false }), Some(GatewayFault::Close(None))] {
        let running = Running::ready(Setup::default(), &FAST).await;
        if let Some(fault) = &fault {
            running.fake.gateway(fault);
            running.until(|seen| seen.connected && seen.ready == 2).await;
        }
        running.stop.cancel();
        eventually(|| running.fake.counts().open == 0).await;
        assert!(running.closed_well(), "{fault:?}");
        let signs = Arc::clone(&running.signs);
        running.end().await.unwrap();
        assert!(!signs.seen().connected, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_before_it_has_begun() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("status = 200\nbody = '{{\"url\":\"ws://{}\"}}'", silent.local_addr().unwrap());
    let slow = Pace { connect: DEADLINE, first_pause: DEADLINE, longest_pause: DEADLINE, ..FAST };
    for answer in ["status = 503", "hang_ms = 10000", &silent] {
        let times = 1_000;
        let faults = format!("[[fault]]\non = \"GET /gateway\"\ntimes = {times}\n{answer}");
        let running = Running::start(Setup { faults, ..Setup::default() }, &slow).await;
        eventually(|| running.fake.faults_left() < times).await;
        let stopping = Instant::now();
        running.stop().await;
        assert!(stopping.elapsed() < DEADLINE / 2, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_application_is_known_when_events_come() {
    let running = Running::ready(Setup::default(), &FAST).await;
    let until = Instant::now() + DEADLINE;
    let result = running.transport.delete_answer("no-token", until).await;
    assert!(matches!(result, Err(SendError::Gone { .. })), "{result:?}");
    running.stop().await;
}

#[tokio::test]
async fn one_worker_is_enough() {
    // A circle on the only worker would let nothing else run.
    let running = Running::ready(Setup::default(), &FAST).await;
    running.fake.gateway(&GatewayFault::Close(None));
    running.until(|seen| seen.ready == 2).await;
    assert_eq!(running.hears("after").await, 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_dropped_lets_go_of_discord() {
    let running = Running::ready(Setup::default(), &FAST).await;
    running.task.abort();
    eventually(|| running.fake.counts().open == 0).await;
}
