//! `[[sources]]`: where minutes come from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use regex::Regex;
use reqwest::Url;
use serde::Deserialize;
use toml::Spanned;

use crate::sources::web::{self, Hosts, SiteKind};
use crate::sources::{Folder, Site, Source};

/// Folder in the data folder with what was fetched, one folder a source.
const MIRROR: &str = "mirror";
/// The longest `every_minutes`: a week.
const MOST_EVERY_MINUTES: u32 = 7 * 24 * 60;
/// The longest `pause_ms`: a minute.
const MOST_PAUSE_MS: u32 = 60_000;
/// The longest `contact`: an address, not a letter.
const MOST_CONTACT_CHARS: usize = 200;

/// One `[[sources]]`. Which keys may stand there depends on `kind`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceTable {
    kind: SourceKind,
    path: Option<Spanned<PathBuf>>,
    name: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    follow: Option<Spanned<String>>,
    meetings: Option<Spanned<String>>,
    depth: Option<Spanned<u32>>,
    hosts: Option<Spanned<Vec<String>>>,
    contact: Option<Spanned<String>>,
    pause_ms: Option<Spanned<u32>>,
    every_minutes: Option<Spanned<u32>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum SourceKind {
    Folder,
    Page,
    FirstAgenda,
    Feed,
}

/// Where in the file a mistake is, and what it is.
type Mistake = (usize, String);

/// The sources in the order written; relative folders start at `base`, and what is fetched goes into `data`.
///
/// # Errors
/// The first mistake.
pub(super) fn sources(
    tables: Vec<Spanned<SourceTable>>,
    base: &Path,
    data: &Path,
) -> Result<Vec<Source>, Mistake> {
    let mut names = BTreeSet::new();
    let mut sources = Vec::with_capacity(tables.len());
    for table in tables {
        let begin = table.span().start;
        let table = table.into_inner();
        let named_at = table.name.as_ref().map(|name| name.span().start);
        let given_at = named_at.or(table.path.as_ref().map(|path| path.span().start));
        let offset = given_at.or(table.url.as_ref().map(|url| url.span().start)).unwrap_or(begin);
        table.check_keys()?;
        let source = match table.kind {
            SourceKind::Folder => folder(&table, begin, base)?,
            SourceKind::Page | SourceKind::FirstAgenda | SourceKind::Feed => site(&table, begin, data)?,
        };
        if !names.insert(source.name().to_owned()) {
            let name = source.name();
            return Err((offset, format!("to kilder hedder \"{name}\"; giv hver sit eget name = \"…\"")));
        }
        sources.push(source);
    }
    Ok(sources)
}

impl SourceTable {
    /// Each key has to mean something for this kind of source: one that does nothing is a misunderstanding.
    fn check_keys(&self) -> Result<(), Mistake> {
        use SourceKind::{Feed, FirstAgenda, Folder, Page};
        let keys: [(&str, Option<usize>, &[SourceKind]); 8] = [
            ("path", start(&self.path), &[Folder]),
            ("url", start(&self.url), &[Page, FirstAgenda, Feed]),
            ("follow", start(&self.follow), &[Page]),
            ("meetings", start(&self.meetings), &[Page, Feed]),
            ("depth", start(&self.depth), &[Page]),
            ("hosts", start(&self.hosts), &[Page, FirstAgenda, Feed]),
            ("contact", start(&self.contact), &[Page, FirstAgenda, Feed]),
            ("pause_ms", start(&self.pause_ms), &[Page, FirstAgenda, Feed]),
        ];
        for (key, offset, kinds) in keys {
            if let (Some(offset), false) = (offset, kinds.contains(&self.kind)) {
                return Err((
                    offset,
                    format!("'{key}' bruges ikke af en kilde med kind = \"{}\"", self.kind.name()),
                ));
            }
        }
        Ok(())
    }
}

impl SourceKind {
    fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Page => "page",
            Self::FirstAgenda => "firstagenda",
            Self::Feed => "feed",
        }
    }
}

fn start<T>(value: &Option<Spanned<T>>) -> Option<usize> {
    value.as_ref().map(|value| value.span().start)
}

fn folder(table: &SourceTable, begin: usize, base: &Path) -> Result<Source, Mistake> {
    let path = table.path.as_ref().ok_or_else(|| (begin, missing("path", table.kind)))?;
    let (offset, path) = (path.span().start, path.get_ref());
    let own_name = || path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = match &table.name {
        Some(name) => name.get_ref().clone(),
        None => own_name().ok_or_else(|| {
            (offset, format!("\"{}\" har intet mappenavn; giv kilden et name = \"…\"", path.display()))
        })?,
    };
    check_name(&name).map_err(|what| (start(&table.name).unwrap_or(offset), what))?;
    let folder = Folder::new(name, base.join(path));
    let every = every(table)?.unwrap_or(folder.every);
    Ok(Source::Folder(Folder { every, ..folder }))
}

fn site(table: &SourceTable, begin: usize, data: &Path) -> Result<Source, Mistake> {
    let text = table.url.as_ref().ok_or_else(|| (begin, missing("url", table.kind)))?;
    let offset = text.span().start;
    let not_an_address = || {
        let what = "er ikke en adresse på nettet; skriv for eksempel \"https://politik.fjordby.dk/\"";
        (offset, format!("\"{}\" {what}", text.get_ref()))
    };
    let url = Url::parse(text.get_ref()).map_err(|_| not_an_address())?;
    let host = url.host_str().ok_or_else(not_an_address)?;

    let name = table.name.as_ref().map_or(host, |name| name.get_ref().as_str()).to_owned();
    check_name(&name).map_err(|what| (start(&table.name).unwrap_or(offset), what))?;
    // The name is that of a folder, too.
    if name.starts_with('.') || name.contains(['\\', '\0']) {
        let what = format!("\"{name}\" kan ikke være en kildes navn; begynd med et bogstav");
        return Err((start(&table.name).unwrap_or(offset), what));
    }

    let named = table.hosts.as_ref().map(|hosts| hosts.get_ref().clone()).unwrap_or_default();
    if let (Some(hosts), Some(bad)) = (&table.hosts, named.iter().find(|host| !is_host(host))) {
        let what = format!("\"{bad}\" er ikke et værtsnavn; skriv kun navnet, for eksempel \"{host}\"");
        return Err((hosts.span().start, what));
    }
    let hosts = Hosts::new(&url, &named);
    hosts.check(&url).map_err(|what| (offset, format!("adressen {what}")))?;

    let contact = table.contact.as_ref().ok_or_else(|| {
        let what =
            "der mangler 'contact': en e-mail eller adresse, som de, der passer webstedet, kan skrive til";
        (begin, what.to_owned())
    })?;
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !b"()\\".contains(&byte));
    if contact.get_ref().is_empty()
        || contact.get_ref().len() > MOST_CONTACT_CHARS
        || !is_plain(contact.get_ref())
    {
        let what = "contact skal være en e-mail eller en adresse på nettet, uden mellemrum, æ, ø og å";
        return Err((contact.span().start, what.to_owned()));
    }

    let kind = match table.kind {
        SourceKind::Feed => SiteKind::Feed { meetings: pattern(&table.meetings)? },
        SourceKind::Page => SiteKind::Page {
            follow: pattern(&table.follow)?,
            meetings: pattern(&table.meetings)?.ok_or_else(|| (begin, missing("meetings", table.kind)))?,
            depth: at_most(&table.depth, "depth", web::MOST_DEPTH)?.unwrap_or(web::DEFAULT_DEPTH),
        },
        SourceKind::FirstAgenda | SourceKind::Folder => SiteKind::FirstAgenda,
    };
    let pause = at_most(&table.pause_ms, "pause_ms", MOST_PAUSE_MS)?;
    Ok(Source::Site(Box::new(Site {
        mirror: data.join(MIRROR).join(&name),
        name,
        kind,
        url,
        hosts,
        contact: contact.get_ref().clone(),
        pause: pause.map_or(web::DEFAULT_PAUSE, |pause| Duration::from_millis(pause.into())),
        every: every(table)?.unwrap_or(web::DEFAULT_EVERY),
    })))
}

fn missing(key: &str, kind: SourceKind) -> String {
    format!("der mangler '{key}' i en kilde med kind = \"{}\"", kind.name())
}

/// A name stands before the first slash of every file's origin; one with a slash could be mistaken for another's.
fn check_name(name: &str) -> Result<(), String> {
    match name.is_empty() || name.contains('/') {
        true => Err(format!("\"{name}\" kan ikke være en kildes navn; brug et navn uden skråstreg")),
        false => Ok(()),
    }
}

fn is_host(host: &str) -> bool {
    Url::parse(&format!("http://{host}/")).is_ok_and(|url| url.host_str() == Some(&host.to_lowercase()))
}

fn pattern(text: &Option<Spanned<String>>) -> Result<Option<Regex>, Mistake> {
    let Some(text) = text else { return Ok(None) };
    Regex::new(text.get_ref()).map(Some).map_err(|error| {
        let what = error.to_string();
        let what = what.lines().last().unwrap_or_default();
        (text.span().start, format!("mønstret \"{}\" kan ikke bruges ({what})", text.get_ref()))
    })
}

fn at_most(number: &Option<Spanned<u32>>, key: &str, most: u32) -> Result<Option<u32>, Mistake> {
    match number {
        Some(number) if *number.get_ref() > most => {
            Err((number.span().start, format!("{key} er højst {most}")))
        }
        number => Ok(number.as_ref().map(|number| *number.get_ref())),
    }
}

fn every(table: &SourceTable) -> Result<Option<Duration>, Mistake> {
    match at_most(&table.every_minutes, "every_minutes", MOST_EVERY_MINUTES)? {
        Some(0) => Err((start(&table.every_minutes).unwrap_or(0), "every_minutes er mindst 1".to_owned())),
        minutes => Ok(minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, parse};
    use super::*;

    /// A configuration whose one source is written so.
    fn config(source: &str) -> Result<Config, String> {
        let text = format!("[council]\nname = \"F\"\n[data]\ndirectory = \"data\"\n[[sources]]\n{source}");
        parse(&text, Path::new("here"), None)
    }

    fn site(source: &str) -> Site {
        match config(source).unwrap().sources.remove(0) {
            Source::Site(site) => *site,
            Source::Folder(folder) => panic!("{folder:?}"),
        }
    }

    #[test]
    fn a_site_has_its_defaults() {
        let site =
            site("kind = \"firstagenda\"\nurl = \"https://Dagsordener.fjordby.dk\"\ncontact = \"a@b.dk\"");
        assert_eq!(site.name, "dagsordener.fjordby.dk");
        assert_eq!(site.mirror, Path::new("here/data/mirror/dagsordener.fjordby.dk"));
        assert_eq!((site.pause, site.every), (web::DEFAULT_PAUSE, web::DEFAULT_EVERY));
        assert!(matches!(site.kind, SiteKind::FirstAgenda));
        assert!(site.hosts.check(&site.url).is_ok());
    }

    #[test]
    fn everything_can_be_said() {
        let site = site(
            "kind = \"page\"\nurl = \"https://a.dk/\"\nname = \"byen\"\nfollow = 'x'\nmeetings = 'y'\ndepth = 0\n\
             hosts = [\"a.dk\", \"B.dk\"]\ncontact = \"https://f.dk/om\"\npause_ms = 0\nevery_minutes = 5",
        );
        assert_eq!((site.name.as_str(), site.pause), ("byen", Duration::ZERO));
        assert_eq!(site.every, Duration::from_secs(300));
        assert!(site.hosts.check(&Url::parse("https://b.dk/x").unwrap()).is_ok());
        assert!(matches!(site.kind, SiteKind::Page { follow: Some(_), depth: 0, .. }));
        let folder = config("kind = \"folder\"\npath = \"x\"\nevery_minutes = 1").unwrap().sources.remove(0);
        assert_eq!(folder.every(), Duration::from_secs(60));
    }

    #[test]
    fn the_examples_in_the_committed_file_are_good() {
        let text = include_str!("../../bot.toml");
        let mut examples = Vec::new();
        for block in text.split("# [[sources]]\n").skip(1) {
            let lines = block.lines().take_while(|line| line.starts_with("# "));
            let source: String = lines.map(|line| format!("{}\n", &line[2..])).collect();
            examples.push(site(&source).kind);
        }
        assert!(matches!(
            examples[..],
            [SiteKind::Page { .. }, SiteKind::FirstAgenda, SiteKind::Feed { .. }]
        ));
        let SiteKind::Page { follow: Some(follow), meetings, .. } = &examples[0] else { unreachable!() };
        let base = "https://politik.herning.dk/byraad-udvalg-raad-og-naevn/politiske-udvalg";
        let agenda = "agenda=26-05-2021/Dagsorden(ID2423)/dagsorden.xml";
        assert!(follow.is_match(&format!("{base}/byplanudvalget/dagsordner-og-referater")));
        assert!(follow.is_match(base));
        assert!(meetings.is_match(&format!("{base}/byplanudvalget/dagsordner-og-referater/agenda?{agenda}")));
        assert!(meetings.is_match(&format!("{base}/x/printagenda?{agenda}&print=all")));
        assert!(!meetings.is_match(&format!("{base}/byplanudvalget/dagsordner-og-referater")));
    }

    #[test]
    fn mistakes_name_the_line_and_what_to_do() {
        const SITE: &str =
            "kind = \"page\"\nurl = \"https://a.dk/\"\nmeetings = \"m\"\ncontact = \"a@b.dk\"\n";
        for (from, to, expected) in [
            ("url = \"https://a.dk/\"\n", "", "linje 5: der mangler 'url' i en kilde med kind = \"page\""),
            ("https://a.dk/", "a.dk", "linje 7: \"a.dk\" er ikke en adresse på nettet"),
            ("https://a.dk/", "ftp://a.dk/", "linje 7: adressen begynder ikke med http"),
            ("https://a.dk/", "https://b:c@a.dk/", "linje 7: adressen har et brugernavn"),
            (
                "https://a.dk/",
                "http://192.168.0.5/",
                "linje 7: adressen fører til 192.168.0.5 på vores eget net",
            ),
            ("meetings = \"m\"\n", "", "linje 5: der mangler 'meetings' i en kilde med kind = \"page\""),
            ("\"m\"", "'m('", "linje 8: mønstret \"m(\" kan ikke bruges"),
            ("\"m\"", "'m{2000000}'", "linje 8: mønstret \"m{2000000}\" kan ikke bruges"),
            ("contact = \"a@b.dk\"\n", "", "linje 5: der mangler 'contact'"),
            ("a@b.dk", "Anna på rådhuset", "linje 9: contact skal være"),
            ("a@b.dk", "a\\r\\nX-Y:1", "linje 9: contact skal være"),
            (
                "contact",
                "path = \"x\"\ncontact",
                "linje 9: 'path' bruges ikke af en kilde med kind = \"page\"",
            ),
            ("contact", "depth = 101\ncontact", "linje 9: depth er højst 100"),
            ("contact", "depth = -1\ncontact", "linje 9: forkert type"),
            ("contact", "pause_ms = 60001\ncontact", "linje 9: pause_ms er højst 60000"),
            ("contact", "every_minutes = 0\ncontact", "linje 9: every_minutes er mindst 1"),
            ("contact", "every_minutes = 10081\ncontact", "linje 9: every_minutes er højst 10080"),
            (
                "contact",
                "hosts = [\"https://a.dk\"]\ncontact",
                "linje 9: \"https://a.dk\" er ikke et værtsnavn",
            ),
            ("contact", "hosts = [\"a.dk/\"]\ncontact", "linje 9: \"a.dk/\" er ikke et værtsnavn"),
            (
                "contact",
                "hosts = [\"b.dk\"]\ncontact",
                "linje 7: adressen fører til a.dk, som ikke står i hosts",
            ),
            ("contact", "name = \"..\"\ncontact", "linje 9: \"..\" kan ikke være en kildes navn"),
            ("contact", "name = \"a/b\"\ncontact", "linje 9: \"a/b\" kan ikke være en kildes navn"),
            (
                "\"page\"",
                "\"firstagenda\"",
                "linje 8: 'meetings' bruges ikke af en kilde med kind = \"firstagenda\"",
            ),
            ("\"page\"", "\"folder\"", "linje 7: 'url' bruges ikke af en kilde med kind = \"folder\""),
        ] {
            assert!(SITE.contains(from), "{from}");
            let mistake = config(&SITE.replacen(from, to, 1)).unwrap_err();
            assert!(mistake.starts_with(expected), "{mistake}\nexpected: {expected}");
        }
        let mistake = config("kind = \"folder\"").unwrap_err();
        assert!(mistake.starts_with("linje 5: der mangler 'path'"), "{mistake}");
        let twice = format!("{SITE}[[sources]]\n{SITE}");
        let mistake = config(&twice).unwrap_err();
        assert!(mistake.starts_with("linje 12: to kilder hedder \"a.dk\""), "{mistake}");
    }
}
