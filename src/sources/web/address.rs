//! Which addresses are asked: only of hosts that the configuration names, and only those that lie outside, unless it names one of
//! our own net. Pages say where they lead; whoever writes them must not make us knock at doors inside the house.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A longer address is no address of a meeting: browsers and servers take 2,000 at least, and rarely more.
pub(crate) const MOST_URL_BYTES: usize = 2_000;
/// The ports that a named host is asked at, besides the one in the source's own address.
const PORTS: [u16; 2] = [80, 443];

/// The hosts that are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hosts {
    /// In lower case: that of the source's address, or those that the configuration names.
    allowed: Vec<String>,
    /// Those that the configuration names may be in our own net.
    named: bool,
    /// The port in the source's own address.
    port: Option<u16>,
}

impl Hosts {
    /// The host of `url` only, when `named` is empty; else those in `named`.
    pub(crate) fn new(url: &Url, named: &[String]) -> Self {
        let allowed = match named {
            [] => url.host_str().map(str::to_owned).into_iter().collect(),
            named => named.iter().map(|host| host.to_lowercase()).collect(),
        };
        Self { allowed, named: !named.is_empty(), port: url.port() }
    }

    /// Whether that address may be asked.
    ///
    /// # Errors
    /// Why not, in Danish, as it goes on after "adressen".
    pub(crate) fn check(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err("begynder ikke med http:// eller https://".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("har et brugernavn eller en adgangskode i sig".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        if !self.allows(host) {
            return Err(format!("fører til {host}, som ikke står i hosts"));
        }
        match url.port_or_known_default() {
            Some(port) if PORTS.contains(&port) || Some(port) == self.port => {}
            port => return Err(format!("fører til port {} på {host}", port.unwrap_or_default())),
        }
        // An address in figures is never resolved, so this is where it is judged.
        let figures = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match figures {
            Ok(address) if !is_outside(address) && !self.named => Err(inside(host)),
            _ => Ok(()),
        }
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == host)
    }
}

fn inside(host: &str) -> String {
    format!("fører til {host} på vores eget net; er det meningen, så skriv den i hosts")
}

/// An address as people read it: `møder` instead of `m%C3%B8der`. Patterns are held against this.
pub(crate) fn readable(url: &Url) -> String {
    percent_decode_str(url.as_str()).decode_utf8_lossy().into_owned()
}

/// Resolves names, and gives only addresses that may be connected to; what was judged is what is connected to.
impl Resolve for Hosts {
    fn resolve(&self, name: Name) -> Resolving {
        let hosts = self.clone();
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            // One address inside is enough: a name that leads to both is not to be trusted.
            if !hosts.named && found.iter().any(|address| !is_outside(address.ip())) {
                return Err(Inside(name).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A name that leads into our own net.
#[derive(Debug)]
pub(super) struct Inside(String);

impl fmt::Display for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "adressen {}", inside(&self.0))
    }
}

impl Error for Inside {}

/// Whether an address is one of the internet's (IANA's registries of special-purpose addresses).
fn is_outside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_outside_v4(address),
        IpAddr::V6(address) => is_outside_v6(address),
    }
}

fn is_outside_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_outside_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, _, _, g, h] = address.segments();
    let last = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        is_outside_v4(Ipv4Addr::new(a, b, c, d))
    };
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_outside_v4(inner);
    }
    match (a, b) {
        // NAT64 and 6to4 carry an IPv4 address.
        (0x64, 0xff9b) => c == 0 && d == 0 && last(g, h),
        (0x2002, _) => last(b, c),
        // Teredo, documentation and other special uses.
        (0x2001, b) => b >= 0x200 && b != 0xdb8,
        (0x3fff, b) => b >= 0x1000,
        // Global unicast.
        (a, _) => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_are_known() {
        for (address, outside) in [
            ("8.8.8.8", true),
            ("185.15.58.224", true),
            ("127.0.0.1", false),
            ("127.8.8.8", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("172.32.0.1", true),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("100.128.0.1", true),
            ("0.0.0.0", false),
            ("198.18.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("2a00:1450:400f::1", true),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("ff02::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:8.8.8.8", true),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::808:808", true),
            ("2002:7f00:1::", false),
            ("2001:0::1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_outside(address.parse().unwrap()), outside, "{address}");
        }
    }

    #[test]
    fn only_named_hosts_are_asked() {
        let named = |hosts: &[&str]| hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>();
        for (own, hosts, url, allowed) in [
            ("https://a.dk/", &[][..], "https://a.dk/x?y", true),
            ("https://a.dk/", &[], "http://A.dk/x", true),
            ("https://a.dk/", &[], "https://b.dk/", false),
            ("https://a.dk/", &[], "https://a.dk.b.dk/", false),
            ("https://a.dk/", &[], "https://x.a.dk/", false),
            ("https://a.dk/", &[], "https://a.dk:8443/", false),
            ("https://a.dk:8443/", &[], "https://a.dk:8443/", true),
            ("https://a.dk/", &[], "https://bruger@a.dk/", false),
            ("https://a.dk/", &[], "https://:kode@a.dk/", false),
            ("https://a.dk/", &[], "ftp://a.dk/", false),
            ("https://a.dk/", &[], "file:///etc/passwd", false),
            ("https://a.dk/", &["a.dk", "B.dk"], "https://b.dk/", true),
            ("https://a.dk/", &["b.dk"], "https://a.dk/", false),
            ("http://127.0.0.1/", &[], "http://127.0.0.1/", false),
            ("http://127.0.0.1/", &["127.0.0.1"], "http://127.0.0.1/", true),
            // Other ways to write the same.
            ("http://2130706433/", &[], "http://0x7f.1/", false),
            ("http://[::1]/", &[], "http://[::1]/", false),
            ("http://[::1]/", &["[::1]"], "http://[::1]/", true),
        ] {
            let own = Url::parse(own).unwrap();
            let checked = Hosts::new(&own, &named(hosts)).check(&Url::parse(url).unwrap());
            assert_eq!(checked.is_ok(), allowed, "{own} {hosts:?} {url}: {checked:?}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_unless_it_is_named() {
        let url = Url::parse("http://localhost/").unwrap();
        let name = || "localhost".parse::<Name>().unwrap();
        let refused = Hosts::new(&url, &[]).resolve(name()).await.err().unwrap();
        assert!(refused.downcast_ref::<Inside>().is_some(), "{refused}");
        let mut found = Hosts::new(&url, &["localhost".to_owned()]).resolve(name()).await.unwrap();
        assert!(found.next().unwrap().ip().is_loopback());
    }

    #[test]
    fn addresses_are_read_as_people_do() {
        let url = Url::parse("https://a.dk/m%C3%B8der/Dagsorden%28ID5%29?%ff").unwrap();
        assert_eq!(readable(&url), "https://a.dk/møder/Dagsorden(ID5)?\u{fffd}");
    }
}
