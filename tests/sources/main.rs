//! `referent sync` from the web, with the built binary: a site with 300 meetings in the shape of Herning's addresses.

// Clippy knows a test by its attribute; these are the helpers of tests.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../program/place.rs"]
mod place;
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use place::{Place, Run, minutes};
use site::{Reply, Seen, TestSite, links};

/// For what has to happen at some time: long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(120);

const BODIES: usize = 6;
const MEETINGS_EACH: usize = 50;
const MEETINGS: usize = BODIES * MEETINGS_EACH;
const BASE: &str = "/byraad-udvalg-raad-og-naevn";

fn body(number: usize) -> String {
    format!("{BASE}/politiske-udvalg/udvalg-{number}/dagsordner-og-referater")
}

fn agenda(number: usize) -> String {
    format!(
        "agenda={:02}-{:02}-2020/Dagsorden(ID{})/dagsorden.xml",
        1 + number % 28,
        1 + number / 28,
        1000 + number
    )
}

fn page(number: usize) -> String {
    format!("{}/agenda?{}", body(number / MEETINGS_EACH), agenda(number))
}

fn print_view(number: usize) -> String {
    format!("{}/printagenda?{}&print=all", body(number / MEETINGS_EACH), agenda(number))
}

/// A place whose one source is the site, and the site.
fn herning(runtime: &tokio::runtime::Runtime) -> (Place, TestSite) {
    let site = runtime.block_on(TestSite::start());
    let place = Place::new();
    let source = format!(
        "[council]\nname = \"Prøveby\"\n[data]\ndirectory = \"data\"\n[limits]\nfile_bytes = 50000\n[[sources]]\n\
         kind = \"page\"\nname = \"byen\"\nurl = \"{}\"\nfollow = '{BASE}(/[^/?]+){{1,3}}$'\n\
         meetings = '/(print)?agenda\\?agenda=.*Dagsorden\\(ID\\d+\\)'\ndepth = 3\nhosts = [\"127.0.0.1\"]\n\
         contact = \"a@b.dk\"\npause_ms = 0\n",
        site.url(BASE)
    );
    fs::write(place.path("bot.toml"), source).unwrap();

    let menu = ["/".to_owned(), "/om-os".to_owned(), "https://www.fjordby.dk/agenda?agenda=x".to_owned()];
    let groups = [format!("{BASE}/politiske-udvalg"), "mailto:a@b.dk".to_owned(), "#top".to_owned()];
    site.put(BASE, Reply::Page(links(menu.iter().chain(&groups))));
    let bodies: Vec<String> = (0..BODIES).map(body).collect();
    site.put(&groups[0], Reply::Dated(links(menu.iter().chain(&bodies).chain([&BASE.to_owned()]))));
    for (number, at) in bodies.iter().enumerate() {
        let meetings = number * MEETINGS_EACH..(number + 1) * MEETINGS_EACH;
        // Every other meeting is also listed as it is printed, and by one of its items.
        let targets = meetings.flat_map(|meeting| {
            let item = format!("{}/printagenda?{}&id=7&print=single", body(number), agenda(meeting));
            let all = [page(meeting), item, print_view(meeting)];
            all.into_iter().take(if meeting.is_multiple_of(2) { 1 } else { 3 })
        });
        let months = ["kalender?maaned=1&aar=2020".to_owned()];
        site.put(at, Reply::Page(links(menu.iter().cloned().chain(targets).chain(months))));
    }
    for meeting in 0..MEETINGS {
        site.put(&address(meeting), Reply::Page(minutes(meeting, 1)));
    }
    (place, site)
}

/// Where a meeting is fetched.
fn address(meeting: usize) -> String {
    if meeting.is_multiple_of(2) { page(meeting) } else { print_view(meeting) }
}

fn lists() -> BTreeSet<String> {
    let groups = [BASE.to_owned(), format!("{BASE}/politiske-udvalg")];
    (0..BODIES).map(body).chain(groups).collect()
}

fn targets(seen: &[Seen]) -> BTreeSet<String> {
    seen.iter().map(|seen| seen.target.clone()).collect()
}

fn sync(place: &Place) -> Run {
    place.run(&["sync"])
}

#[test]
fn three_hundred_meetings_and_what_goes_wrong_with_them() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (place, site) = herning(&runtime);
    let other = runtime.block_on(TestSite::start());
    let everything: BTreeSet<String> = lists().into_iter().chain((0..MEETINGS).map(address)).collect();
    let status = |code: u16, headers| Reply::Status(code, headers);
    let elsewhere = format!("http://localhost:{}/x", other.address.port());
    // Missing, elsewhere, without end, slow, and busy for a while.
    site.remove(&address(10));
    site.put(&address(20), status(302, vec![("location", elsewhere)]));
    site.put(&address(30), Reply::Endless);
    site.put(&address(40), Reply::Slow(Duration::from_millis(500), minutes(40, 1)));
    let busy = vec![("retry-after", "1".to_owned())];
    site.put(&address(50), Reply::Then(vec![status(503, busy.clone()), Reply::Page(minutes(50, 1))]));
    site.put(&address(60), Reply::Then(vec![status(429, busy), Reply::Page(minutes(60, 1))]));

    let first = sync(&place);
    first.expect(
        1,
        &[
            "Hentet fra byen: 297 nye, 0 ændrede, 0 uændrede (308 sider spurgt)",
            "findes ikke (svaret var 404)",
            "adressen fører til localhost, som ikke står i hosts",
            "er for stor",
            "297 nye, 0 rettede",
        ],
    );
    let seen = site.seen();
    assert_eq!(targets(&seen), everything);
    assert_eq!(seen.len(), everything.len() + 2, "two were asked again");
    assert!(seen.iter().all(|seen| !seen.is_conditional));
    assert_eq!((other.count(), site.most_open()), (0, 1));

    // The second round is all on condition but for what has never been had.
    site.put(&address(40), Reply::Page(minutes(40, 1)));
    sync(&place)
        .expect(1, &["0 nye, 0 ændrede, 297 uændrede (308 sider spurgt)", "0 nye, 0 rettede, 297 uændrede"]);
    let seen = site.seen();
    assert_eq!(targets(&seen), everything);
    let unconditional: BTreeSet<String> =
        seen.iter().filter(|seen| !seen.is_conditional).map(|seen| seen.target.clone()).collect();
    // The slow page came without anything to ask on.
    assert_eq!(unconditional, [10, 20, 30, 40].map(address).into_iter().collect());
    assert!(seen.iter().all(|seen| seen.is_conditional == (seen.status == 304)));

    // All is well again; one meeting is corrected, one withdrawn with its link, one without.
    for meeting in [10, 20, 30] {
        site.put(&address(meeting), Reply::Page(minutes(meeting, 1)));
    }
    site.put(&address(70), Reply::Page(minutes(70, 2)));
    site.remove(&address(0));
    let first_body: Vec<String> = (1..MEETINGS_EACH).map(address).collect();
    site.put(&body(0), Reply::Page(links(first_body)));
    site.remove(&address(299));
    sync(&place).expect(
        1,
        &[
            "3 nye, 1 ændret, 294 uændrede (308 sider spurgt), 1 findes ikke mere",
            "3 nye, 1 rettet, 295 uændrede",
            "1 dokument er ikke i kilden mere",
        ],
    );
    assert!(targets(&site.seen()).is_subset(&everything));
    assert_eq!(other.count(), 0);

    // The answer cites the page.
    let answer = place.run(&["ask", "--json", &format!("/sag {}", place::case_number(70))]);
    answer.expect(0, &["i udgave 2", &site.url(&address(70)).replace('"', "\\\"")]);
}

#[test]
fn a_process_killed_while_it_fetches_takes_up_where_it_was() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (place, site) = herning(&runtime);
    let mut child = place.command(&["sync"]).spawn().unwrap();
    let begun = Instant::now();
    while site.count() < 150 {
        assert!(begun.elapsed() < DEADLINE, "{} requests", site.count());
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    site.seen();
    sync(&place).expect(0, &["300 nye, 0 rettede"]);
    let seen = site.seen();
    let on_condition = seen.iter().filter(|seen| seen.is_conditional).count();
    // The index is written after each 32 pages.
    assert!(on_condition >= 96, "{on_condition}");
    assert_eq!(seen.len(), lists().len() + MEETINGS);
}

#[test]
fn a_site_inside_the_house_is_not_asked_unless_it_is_named() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (place, site) = herning(&runtime);
    let config = fs::read_to_string(place.path("bot.toml")).unwrap();
    let config = config.replace("hosts = [\"127.0.0.1\"]\n", "");
    fs::write(place.path("bot.toml"), &config).unwrap();
    sync(&place).expect(2, &["adressen fører til 127.0.0.1 på vores eget net"]);
    fs::write(place.path("bot.toml"), config.replace("http://127.0.0.1", "http://localhost")).unwrap();
    sync(&place).expect(1, &["Kan ikke hentes: adressen fører til localhost på vores eget net"]);
    assert_eq!(site.count(), 0);
}
