//! Rounds at a site of our own, with times in milliseconds.

#[allow(dead_code, reason = "each test uses a part of it")]
#[path = "../../../tests/sources/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use regex::Regex;
use reqwest::Url;
use tokio_util::sync::CancellationToken;

use self::site::{Reply, Seen, TestSite, links};
use super::{Ended, Fetched, Hosts, Pace, Site, SiteKind, Web};

const MOST_BYTES: u64 = 100_000;

/// A site with the source that reads it.
struct Trial {
    there: TestSite,
    site: Site,
    web: Web,
    _folder: tempfile::TempDir,
}

impl Trial {
    /// A list at `/` with links to `targets`, of which those in `/moede` are meetings and those in `/liste` and `/kalender` lists.
    async fn new(targets: &[&str]) -> Self {
        let there = TestSite::start().await;
        there.put("/", Reply::Page(links(targets)));
        let folder = tempfile::tempdir().unwrap();
        let url = Url::parse(&there.url("/")).unwrap();
        let site = Site {
            name: "k".to_owned(),
            kind: SiteKind::Page {
                follow: Some(Regex::new("/(liste|kalender)/").unwrap()),
                meetings: Regex::new("/moede").unwrap(),
                depth: 5,
            },
            hosts: Hosts::new(&url, &["127.0.0.1".to_owned()]),
            url,
            contact: "a@b.dk".to_owned(),
            pause: Duration::ZERO,
            every: super::DEFAULT_EVERY,
            mirror: folder.path().join("mirror/k"),
        };
        Self { there, site, web: Web::new(Pace::QUICK), _folder: folder }
    }

    async fn round(&self) -> Fetched {
        self.site.fetch(&self.web, MOST_BYTES, &CancellationToken::new(), &|_| {}).await
    }

    fn put(&self, target: &str, reply: Reply) {
        self.there.put(target, reply);
    }

    /// What is listed, by address without the host: the text.
    fn listed(&self) -> BTreeMap<String, String> {
        let listing = self.site.list(MOST_BYTES);
        let host = self.there.url("");
        let text = |file: crate::sources::File| {
            let url = file.url.unwrap();
            (url.strip_prefix(&host).unwrap().to_owned(), fs::read_to_string(file.path).unwrap())
        };
        listing.files.into_iter().map(text).collect()
    }

    /// What was asked for since the last time, and whether on condition.
    fn asked(&self) -> Vec<(String, bool)> {
        self.there.seen().into_iter().map(|seen| (seen.target, seen.is_conditional)).collect()
    }
}

fn page(text: &str) -> Reply {
    Reply::Page(text.to_owned())
}

/// New, changed, unchanged, dropped, refused.
fn counts(fetched: &Fetched) -> [usize; 5] {
    [fetched.new, fetched.changed, fetched.unchanged, fetched.dropped, fetched.refused.len()]
}

fn is_asked(asked: &[(String, bool)], expected: &[(&str, bool)]) {
    let asked: Vec<(&str, bool)> =
        asked.iter().map(|(target, condition)| (target.as_str(), *condition)).collect();
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn the_second_round_asks_on_condition() {
    let trial = Trial::new(&["/liste/1", "/moede/1#top", "/moede/1", "/om", "http://b.dk/liste/1"]).await;
    trial.put("/liste/1", Reply::Dated(links(["/moede/2", "/moede/3", "/"])));
    trial.put("/moede/1", page("et"));
    trial.put("/moede/2", Reply::Dated("to".to_owned()));
    trial.put("/moede/3", Reply::Plain("tre".to_owned()));
    let first = trial.round().await;
    assert_eq!((counts(&first), &first.ended, first.asked), ([3, 0, 0, 0, 0], &Ended::Well, 5));
    is_asked(
        &trial.asked(),
        &[("/", false), ("/liste/1", false), ("/moede/1", false), ("/moede/2", false), ("/moede/3", false)],
    );
    let second = trial.round().await;
    assert_eq!((counts(&second), second.ended), ([0, 0, 3, 0, 0], Ended::Well));
    // Where a server says nothing that could be asked on, the same text is unchanged too.
    is_asked(
        &trial.asked(),
        &[("/", true), ("/liste/1", true), ("/moede/1", true), ("/moede/2", true), ("/moede/3", false)],
    );
    trial.put("/moede/2", page("to, rettet"));
    assert_eq!(counts(&trial.round().await), [0, 1, 2, 0, 0]);
    let texts: Vec<String> = trial.listed().into_values().collect();
    assert_eq!(texts, ["et", "to, rettet", "tre"]);
}

#[tokio::test]
async fn only_what_is_gone_and_not_listed_is_dropped() {
    let trial = Trial::new(&["/moede/1", "/moede/2", "/moede/3"]).await;
    for target in ["/moede/1", "/moede/2", "/moede/3"] {
        trial.put(target, page(target));
    }
    trial.round().await;
    // The first is gone but listed, the second there but not listed, the third neither.
    trial.put("/", Reply::Page(links(["/moede/1"])));
    trial.there.remove("/moede/1");
    trial.there.remove("/moede/3");
    let second = trial.round().await;
    assert_eq!((counts(&second), second.ended), ([0, 0, 1, 1, 1], Ended::Well));
    assert_eq!(second.refused[0].reason, "findes ikke (svaret var 404)");
    assert_eq!(trial.listed().into_keys().collect::<Vec<_>>(), ["/moede/1", "/moede/2"]);
}

#[tokio::test]
async fn nothing_is_dropped_when_a_list_could_not_be_read() {
    let trial = Trial::new(&["/liste/1", "/moede/9"]).await;
    trial.put("/liste/1", Reply::Page(links(["/moede/1"])));
    trial.put("/moede/1", page("et"));
    trial.put("/moede/9", page("ni"));
    trial.round().await;
    trial.there.remove("/moede/1");
    for (reply, ended) in [
        (Reply::Status(500, Vec::new()), Ended::Failed("har en fejl lige nu (svaret var 500)".to_owned())),
        (Reply::Status(404, Vec::new()), Ended::Well),
    ] {
        trial.put("/liste/1", reply);
        let round = trial.round().await;
        assert_eq!((round.dropped, round.ended), (0, ended));
        assert!(trial.listed().contains_key("/moede/1"));
    }
}

#[tokio::test]
async fn what_a_site_says_decides_what_follows() {
    let status = |code: u16| Reply::Status(code, Vec::new());
    // The first list; how the round ends; how often it was tried.
    for (reply, expected, tries) in [
        (status(500), "Failed: har en fejl lige nu (svaret var 500)", 3),
        (status(503), "Failed: har en fejl lige nu (svaret var 503)", 3),
        (status(429), "Failed: bliver spurgt for tit; sæt pause_ms op (svaret var 429)", 3),
        (status(408), "Failed: svarer ikke ordentligt lige nu (svaret var 408)", 3),
        (status(401), "Refused: kræver, at man logger ind (svaret var 401)", 1),
        (status(403), "Refused: må ikke hentes herfra (svaret var 403)", 1),
        (status(451), "Refused: er spærret af juridiske grunde (svaret var 451)", 1),
        (status(404), "Refused: findes ikke (svaret var 404)", 1),
        (status(304), "Refused: kan ikke hentes (svaret var 304)", 1),
        (status(302), "Refused: fører videre, men siger ikke hvorhen", 1),
        (page("<p>Siden er lavet om</p>"), "Refused: ingen links passer til meetings", 1),
        (Reply::Endless, "Refused: er for stor", 1),
        (Reply::Slow(Duration::from_secs(60), String::new()), "Failed: svarer ikke inden for tiden", 3),
        // Asked to wait longer than is waited, nobody asks again before the next round.
        (
            Reply::Status(503, vec![("retry-after", "3600".to_owned())]),
            "Failed: har en fejl lige nu (svaret var 503)",
            1,
        ),
        (
            Reply::Status(429, vec![("retry-after", "Wed, 21 Oct 2099 07:28:00 GMT".to_owned())]),
            "Failed: bliver spurgt for tit; sæt pause_ms op (svaret var 429)",
            1,
        ),
        (
            Reply::Status(200, vec![("content-encoding", "gzip".to_owned())]),
            "Refused: er sendt pakket, selv om der ikke er bedt om det",
            1,
        ),
        // Passing by itself within the round.
        (Reply::Then(vec![status(503), status(502), Reply::Page(links(["/moede/1"]))]), "Well", 3),
    ] {
        let trial = Trial::new(&[]).await;
        trial.put("/", reply);
        trial.put("/moede/1", page("et"));
        let ended = match trial.round().await.ended {
            Ended::Failed(why) => format!("Failed: {why}"),
            Ended::Refused(why) => format!("Refused: {why}"),
            ended => format!("{ended:?}"),
        };
        assert!(ended.starts_with(expected), "{ended}\nexpected: {expected}");
        let tried = trial.there.seen().iter().filter(|seen| seen.target == "/").count();
        assert_eq!(tried, tries, "{expected}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_accepted() {
    use tokio_native_tls::native_tls::{Identity, TlsAcceptor};
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (own.cert.pem(), own.signing_key.serialize_pem());
    let identity = Identity::from_pkcs8(certificate.as_bytes(), key.as_bytes()).unwrap();
    let acceptor = tokio_native_tls::TlsAcceptor::from(TlsAcceptor::new(identity).unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://localhost:{}/", listener.local_addr().unwrap().port())).unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // It is the other side that hangs up.
            let _ = acceptor.accept(stream).await;
        }
    });
    let trial = Trial::new(&[]).await;
    let site = Site { hosts: Hosts::new(&url, &["localhost".to_owned()]), url, ..trial.site.clone() };
    let round = site.fetch(&trial.web, MOST_BYTES, &CancellationToken::new(), &|_| {}).await;
    assert_eq!(round.ended, Ended::Refused("har et certifikat, som ikke kan godkendes".to_owned()));
}

#[tokio::test]
async fn a_site_that_is_not_there_may_come_back() {
    let trial = Trial::new(&[]).await;
    // Nobody listens at the port that was just given back.
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let site = Site { hosts: Hosts::new(&url, &["127.0.0.1".to_owned()]), url, ..trial.site.clone() };
    let round = site.fetch(&trial.web, MOST_BYTES, &CancellationToken::new(), &|_| {}).await;
    assert_eq!(round.ended, Ended::Failed("kan ikke nås".to_owned()));
    let problem = site.list(MOST_BYTES).problem.unwrap();
    assert_eq!((problem.kind, problem.text.as_str()), (index::SourceProblem::Failing, "kan ikke nås"));
}

#[tokio::test]
async fn a_wish_to_wait_is_granted() {
    let trial = Trial::new(&["/moede/1"]).await;
    let busy = Reply::Status(503, vec![("retry-after", "1".to_owned())]);
    trial.put("/moede/1", Reply::Then(vec![busy, page("et")]));
    assert_eq!(trial.round().await.new, 1);
    let seen = trial.there.seen();
    assert!(seen[2].at - seen[1].at >= Duration::from_secs(1), "{seen:?}");
}

#[tokio::test]
async fn a_page_that_does_not_end_is_left_and_the_rest_fetched() {
    let trial = Trial::new(&["/moede/1", "/moede/2", "/moede/3"]).await;
    trial.put("/moede/1", Reply::Endless);
    trial.put("/moede/2", page(&"x".repeat(usize::try_from(MOST_BYTES).unwrap())));
    trial.put("/moede/3", page(&"x".repeat(usize::try_from(MOST_BYTES).unwrap() + 1)));
    let round = trial.round().await;
    assert_eq!((counts(&round), round.ended), ([1, 0, 0, 0, 2], Ended::Well));
    assert!(round.refused.iter().all(|refused| refused.reason.starts_with("er for stor")));
}

#[tokio::test]
async fn nobody_is_followed_to_another_host() {
    let other = TestSite::start().await;
    let trial = Trial::new(&["/moede/1", "/moede/2", "/moede/3", "/moede/4", "/moede/5"]).await;
    let to = |target: String| Reply::Status(302, vec![("location", target)]);
    trial.put("/moede/1", to(format!("http://localhost:{}/moede/1", other.address.port())));
    trial.put("/moede/2", to(other.url("/moede/2")));
    trial.put("/moede/3", to("/moede/3/ny".to_owned()));
    trial.put("/moede/3/ny", page("tre"));
    trial.put("/moede/4", to("/moede/4".to_owned()));
    trial.put("/moede/5", to("file:///etc/passwd".to_owned()));
    let round = trial.round().await;
    assert_eq!((counts(&round), &round.ended), ([1, 0, 0, 0, 4], &Ended::Well));
    let reasons: Vec<&str> = round.refused.iter().map(|refused| refused.reason.as_str()).collect();
    assert_eq!(reasons[0], "adressen fører til localhost, som ikke står i hosts");
    assert_eq!(reasons[1], format!("adressen fører til port {} på 127.0.0.1", other.address.port()));
    assert_eq!(
        reasons[2..],
        ["fører videre mere end 5 gange", "adressen begynder ikke med http:// eller https://"]
    );
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn a_name_that_leads_into_our_own_net_is_not_connected_to() {
    let trial = Trial::new(&["/moede/1"]).await;
    let url = Url::parse(&format!("http://localhost:{}/", trial.there.address.port())).unwrap();
    let site =
        |named: &[String]| Site { hosts: Hosts::new(&url, named), url: url.clone(), ..trial.site.clone() };
    let round = |site: Site| {
        let web = &trial.web;
        async move { site.fetch(web, MOST_BYTES, &CancellationToken::new(), &|_| {}).await }
    };
    let refused = round(site(&[])).await;
    let why = "adressen fører til localhost på vores eget net; er det meningen, så skriv den i hosts";
    assert_eq!(refused.ended, Ended::Refused(why.to_owned()));
    assert_eq!(trial.there.count(), 0);
    let named = round(site(&["localhost".to_owned()])).await;
    assert_eq!((named.ended, trial.there.count()), (Ended::Well, 2));
}

#[tokio::test]
async fn a_calendar_without_end_is_left_at_the_limit() {
    let mut trial = Trial::new(&["/kalender/1", "/moede/1"]).await;
    trial.put("/moede/1", page("et"));
    // By its depth: a list at each step, with two ways on, of which some meet.
    let round = trial.round().await;
    assert_eq!((round.new, round.ended), (1, Ended::Well));
    let lists = trial.there.seen().iter().filter(|seen| seen.target.starts_with("/kalender/")).count();
    assert!(lists < 32, "{lists}");
    // By the number of lists.
    let SiteKind::Page { depth, .. } = &mut trial.site.kind else { unreachable!() };
    *depth = super::MOST_DEPTH;
    let round = trial.round().await;
    assert_eq!((round.seen, round.refused.len(), round.ended), (1, 1, Ended::Well));
    assert!(round.refused[0].reason.starts_with("fører til mere end 1000 lister"), "{:?}", round.refused);
    assert_eq!(trial.there.count(), super::page::MOST_LISTS + 1);
}

#[tokio::test]
async fn a_site_that_fails_again_and_again_is_left_alone() {
    let targets: Vec<String> = (0..20).map(|n| format!("/moede/{n}")).collect();
    let trial = Trial::new(&targets.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for target in &targets {
        trial.put(target, Reply::Status(403, Vec::new()));
    }
    let round = trial.round().await;
    assert_eq!(round.refused.len(), 5);
    assert!(matches!(&round.ended, Ended::Refused(why) if why.starts_with("5 sider i træk")), "{round:?}");
    assert_eq!(trial.there.count(), 6);
}

#[tokio::test]
async fn what_was_cut_short_is_taken_up() {
    let targets: Vec<String> = (0..20).map(|n| format!("/moede/{n}")).collect();
    let trial = Trial::new(&targets.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for target in &targets {
        trial.put(target, page(target));
    }
    let stop = CancellationToken::new();
    let cut = |fetched: &Fetched| {
        if fetched.seen == 7 {
            stop.cancel();
        }
    };
    let first = trial.site.fetch(&trial.web, MOST_BYTES, &stop, &cut).await;
    assert_eq!((first.new, first.ended), (7, Ended::Stopped));
    let listing = trial.site.list(MOST_BYTES);
    assert_eq!((listing.files.len(), listing.is_complete, listing.problem.is_some()), (7, false, true));
    trial.there.seen();
    let second = trial.round().await;
    assert_eq!((second.new, second.unchanged, second.ended), (13, 7, Ended::Well));
    let unconditional = trial.asked().into_iter().filter(|(_, on_condition)| !on_condition).count();
    assert_eq!(unconditional, 13);
    let listing = trial.site.list(MOST_BYTES);
    assert_eq!((listing.files.len(), listing.is_complete, listing.problem), (20, true, None));
}

#[tokio::test]
async fn one_meeting_is_fetched_once_and_its_print_view_first() {
    let agenda = |id: u32| format!("agenda=26-05-2021/Dagsorden(ID{id})/dagsorden.xml");
    let whole = format!("/moede/agenda?{}", agenda(1));
    let print = format!("/moede/printagenda?{}&print=all", agenda(1));
    let item = |id: u32| format!("/moede/printagenda?{}&id={id}&print=single", agenda(1));
    let other = format!("/moede/agenda?{}", agenda(2));
    let trial = Trial::new(&[&item(5), &item(6)]).await;
    for target in [&whole, &print, &item(5), &item(6), &other] {
        trial.put(target, page(target));
    }
    let listed = |trial: &Trial| trial.listed().into_keys().collect::<Vec<_>>();
    // As long as only its items are listed, they stand for it.
    assert_eq!(trial.round().await.new, 2);
    assert_eq!(listed(&trial), [item(5), item(6)]);
    trial.put("/", Reply::Page(links([&item(5), &whole, &other])));
    assert_eq!(counts(&trial.round().await), [2, 0, 0, 0, 0]);
    assert_eq!(listed(&trial), [whole.clone(), other.clone()]);
    let file = |trial: &Trial| trial.site.list(MOST_BYTES).files[0].origin.clone();
    let name = file(&trial);
    trial.put("/", Reply::Page(links([&item(5), &whole, &print, &other])));
    trial.there.seen();
    // The document stays the same one: its text is corrected.
    assert_eq!(counts(&trial.round().await), [0, 1, 1, 0, 0]);
    assert_eq!(listed(&trial), [other.clone(), print.clone()]);
    assert_eq!(file(&trial), name);
    is_asked(&trial.asked(), &[("/", true), (print.as_str(), false), (other.as_str(), true)]);
}

#[tokio::test]
async fn a_host_is_asked_by_one_at_a_time_and_rests() {
    const PAUSE: Duration = Duration::from_millis(40);
    let mut trial = Trial::new(&["/moede/1", "/moede/2"]).await;
    trial.put("/moede/1", Reply::Slow(Duration::from_millis(30), "et".to_owned()));
    trial.put("/moede/2", page("to"));
    trial.site.pause = PAUSE;
    let other =
        Site { name: "l".to_owned(), mirror: trial.site.mirror.with_file_name("l"), ..trial.site.clone() };
    let stop = CancellationToken::new();
    let (one, two) = tokio::join!(
        trial.site.fetch(&trial.web, MOST_BYTES, &stop, &|_| {}),
        other.fetch(&trial.web, MOST_BYTES, &stop, &|_| {}),
    );
    assert_eq!((one.new, two.new, trial.there.most_open()), (2, 2, 1));
    let seen: Vec<Seen> = trial.there.seen();
    assert!(seen.windows(2).all(|pair| pair[1].at - pair[0].at >= PAUSE), "{seen:?}");
}

#[tokio::test]
async fn two_rounds_at_once_do_not_mix() {
    let trial = Trial::new(&["/moede/1"]).await;
    trial.put("/moede/1", page("et"));
    let (one, two) = tokio::join!(trial.round(), trial.round());
    assert_eq!((one.new, two.asked), (1, 0));
    assert!(matches!(&two.ended, Ended::Failed(why) if why.starts_with("hentes allerede")), "{two:?}");
}

#[tokio::test]
async fn changed_patterns_read_the_lists_anew() {
    let mut trial = Trial::new(&["/moede/1", "/andet/2"]).await;
    trial.put("/moede/1", page("et"));
    trial.put("/andet/2", page("to"));
    trial.round().await;
    let SiteKind::Page { meetings, .. } = &mut trial.site.kind else { unreachable!() };
    *meetings = Regex::new("/andet").unwrap();
    trial.there.seen();
    assert_eq!(counts(&trial.round().await), [1, 0, 0, 0, 0]);
    // What no longer matches is not asked for, and stays.
    is_asked(&trial.asked(), &[("/", false), ("/andet/2", false)]);
    assert_eq!(trial.listed().len(), 2);
}

#[tokio::test]
async fn a_lost_file_or_index_is_fetched_again() {
    let trial = Trial::new(&["/moede/1", "/moede/2"]).await;
    trial.put("/moede/1", page("et"));
    trial.put("/moede/2", page("to"));
    trial.round().await;
    let first = trial.site.list(MOST_BYTES).files.remove(0);
    fs::remove_file(&first.path).unwrap();
    assert_eq!(counts(&trial.round().await), [0, 0, 2, 0, 0]);
    assert_eq!(trial.listed().len(), 2);
    fs::write(trial.site.mirror.join("index.json"), "{").unwrap();
    assert!(!trial.site.list(MOST_BYTES).is_complete);
    assert_eq!(counts(&trial.round().await), [2, 0, 0, 0, 0]);
    // Known by the same name as before.
    assert_eq!(trial.site.list(MOST_BYTES).files[0].origin, first.origin);
}

#[tokio::test]
async fn first_agenda_is_asked_for_what_was_released() {
    let mut trial = Trial::new(&[]).await;
    trial.site.kind = SiteKind::FirstAgenda;
    let id = |n: u32| format!("0f8fad5b-d9cb-469f-a165-7086772895{n:02}");
    let at = |n: u32| format!("/api/agenda/dagsorden/{}", id(n));
    let meeting = |n: u32, name: &str, released: &str| {
        format!(r#"{{"Id": "{}", "Navn": {name}, "ReleasedDate": {released}}}"#, id(n))
    };
    let list = |meetings: &[String]| {
        Reply::Page(format!(
            r#"{{"Udvalg": {{"2026-2029": [{{"Id": "b", "Moeder": [{}]}}]}}}}"#,
            meetings.join(",")
        ))
    };
    let put_list = |trial: &Trial, meetings: &[String]| trial.put("/api/agenda/udvalgsliste", list(meetings));
    for n in 1..=4 {
        trial.put(&at(n), page(&format!(r#"{{"Id": "{}"}}"#, id(n))));
    }
    let closed = meeting(2, "\"Lukket referat\"", "\"2026-05-02\"");
    put_list(
        &trial,
        &[meeting(1, "\"Dagsorden\"", "\"2026-05-01\""), closed.clone(), meeting(3, "null", "null")],
    );
    assert_eq!(counts(&trial.round().await), [3, 0, 0, 0, 0]);
    let shown = trial.listed();
    assert_eq!(shown.keys().next().unwrap(), &format!("/vis?id={}", id(1)));
    assert_eq!(shown.values().next().unwrap(), &format!(r#"{{"Id": "{}"}}"#, id(1)));
    trial.there.seen();
    // Nothing released since: only what has no date of release is asked for.
    assert_eq!(counts(&trial.round().await), [0, 0, 3, 0, 0]);
    is_asked(&trial.asked(), &[("/api/agenda/udvalgsliste", true), (at(3).as_str(), true)]);
    // The first became minutes; the last is new; the second is gone.
    let minutes = meeting(1, "\"Referat\"", "\"2026-05-01\"");
    put_list(&trial, &[minutes, meeting(3, "null", "null"), meeting(4, "\"Referat\"", "\"2026-05-09\"")]);
    trial.put(&at(1), page("{}"));
    trial.there.remove(&at(2));
    assert_eq!(counts(&trial.round().await), [1, 1, 1, 1, 0]);
    trial.put("/api/agenda/udvalgsliste", page("<html>Log ind</html>"));
    assert!(matches!(trial.round().await.ended, Ended::Refused(why) if why.starts_with("er ikke den liste")));
    assert_eq!(trial.listed().len(), 3);
}

#[tokio::test]
async fn a_feed_leads_to_its_entries() {
    let mut trial = Trial::new(&[]).await;
    trial.site.kind = SiteKind::Feed { meetings: Some(Regex::new("/moede").unwrap()) };
    let item =
        |target: &str| format!("<item><title>x</title><link>{}</link></item>", trial.there.url(target));
    let feed = |targets: &[&str]| {
        let items: String = targets.iter().map(|target| item(target)).collect();
        page(&format!("<rss version=\"2.0\"><channel><title>R</title>{items}</channel></rss>"))
    };
    trial.put("/", feed(&["/moede/1", "/nyhed/2"]));
    trial.put("/moede/1", page("et"));
    trial.put("/moede/2", page("to"));
    assert_eq!(counts(&trial.round().await), [1, 0, 0, 0, 0]);
    // The oldest entries leave a feed; their pages stay.
    trial.put("/", feed(&["/moede/2"]));
    assert_eq!(counts(&trial.round().await), [1, 0, 1, 0, 0]);
    trial.there.seen();
    assert_eq!(counts(&trial.round().await), [0, 0, 2, 0, 0]);
    is_asked(&trial.asked(), &[("/", true), ("/moede/2", true), ("/moede/1", true)]);
    trial.put("/", page("<html>Nede</html>"));
    assert!(matches!(trial.round().await.ended, Ended::Refused(why) if why.starts_with("er ikke et feed")));
    assert_eq!(trial.listed().len(), 2);
}

#[tokio::test]
async fn each_request_says_who_asks() {
    let trial = Trial::new(&["/moede/1"]).await;
    trial.round().await;
    let expected = concat!("Referent/", env!("CARGO_PKG_VERSION"), " (+a@b.dk)");
    assert!(trial.there.seen().iter().all(|seen| seen.agent == expected));
}
