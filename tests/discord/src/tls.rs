//! The fake as `discord.com`: a TLS front with a certificate of a test authority, and an HTTP proxy that leads there.
//!
//! native-tls (OpenSSL) trusts the authorities in the file that `SSL_CERT_FILE` names, reqwest takes the proxy that `HTTPS_PROXY` names.
//! serenity's websocket takes no proxy and connects to the address it is told, which is on `localhost`.

use std::error::Error;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_native_tls::TlsAcceptor;
use tokio_native_tls::native_tls::{self, Identity};

use crate::Violation;
use crate::shared::Shared;

/// Whom the certificate names.
const NAMES: [&str; 2] = ["discord.com", "localhost"];
/// Where the proxy leads to the front.
const TARGET: &str = "discord.com:443";
/// The longest request to the proxy.
const HEAD: usize = 8 << 10;

/// What is bound and made before the fake starts.
pub(crate) struct Tls {
    front: TcpListener,
    proxy: TcpListener,
    acceptor: TlsAcceptor,
}

/// Where the front and the proxy are, and the folder with the authority's certificate.
pub(crate) struct Addresses {
    pub(crate) front: SocketAddr,
    proxy: SocketAddr,
    folder: TempDir,
}

impl Addresses {
    /// What makes a program that knows nothing of the fake talk to it.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        [
            ("HTTPS_PROXY", format!("http://{}", self.proxy)),
            ("NO_PROXY", String::new()),
            ("SSL_CERT_FILE", path("authority.pem")),
            ("SSL_CERT_DIR", path("empty")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

impl Tls {
    /// Makes an authority and a certificate, and binds two ports.
    pub(crate) async fn bind() -> Result<(Self, Addresses), Box<dyn Error>> {
        let mut authority = CertificateParams::default();
        // Not the same name as the certificate's, which would be taken for one that vouches for itself.
        authority.distinguished_name.push(DnType::CommonName, "An authority for tests");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::new(NAMES.map(str::to_owned))?.signed_by(&key, &authority)?;
        let identity = Identity::from_pkcs8(certificate.pem().as_bytes(), key.serialize_pem().as_bytes())?;
        let acceptor = native_tls::TlsAcceptor::new(identity)?.into();

        let folder = TempDir::new()?;
        std::fs::create_dir(folder.path().join("empty"))?;
        std::fs::write(folder.path().join("authority.pem"), authority.pem())?;

        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let front = TcpListener::bind(any_port).await?;
        let proxy = TcpListener::bind(any_port).await?;
        let addresses = Addresses { front: front.local_addr()?, proxy: proxy.local_addr()?, folder };
        Ok((Self { front, proxy, acceptor }, addresses))
    }

    /// Serves until the fake ends.
    pub(crate) fn serve(self, shared: &Arc<Shared>) {
        let plain = shared.address;
        spawn(shared, self.front, move |stream| {
            let acceptor = self.acceptor.clone();
            async move { through_tls(stream, &acceptor, plain).await }
        });
        let judged = shared.clone();
        spawn(shared, self.proxy, move |stream| {
            let shared = judged.clone();
            async move { through_proxy(stream, &shared).await }
        });
    }
}

/// Takes connections until the fake ends. What goes wrong with one ends that one.
fn spawn<F>(shared: &Shared, listener: TcpListener, take: impl Fn(TcpStream) -> F + Send + 'static)
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let stop = shared.stop.clone();
    tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(stop.clone().run_until_cancelled_owned(take(stream)));
        }
    }));
}

async fn through_tls(stream: TcpStream, acceptor: &TlsAcceptor, plain: SocketAddr) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut outside = acceptor.accept(stream).await.map_err(io::Error::other)?;
    let mut inside = TcpStream::connect(plain).await?;
    inside.set_nodelay(true)?;
    copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}

async fn through_proxy(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let head = head(&mut stream).await?;
    let asked = head.split_whitespace().nth(1).unwrap_or_default();
    let front = shared.tls.as_ref().map(|it| it.front);
    let Some(front) = front.filter(|_| head.starts_with("CONNECT ") && asked == TARGET) else {
        shared.state().violations.push(Violation {
            judge: "own",
            request: head.lines().next().unwrap_or_default().to_owned(),
            text: format!("a connection to something else than {TARGET}"),
        });
        return stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await;
    };
    let mut inside = TcpStream::connect(front).await?;
    inside.set_nodelay(true)?;
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    copy_bidirectional(&mut stream, &mut inside).await.map(drop)
}

/// The head of a request, up to its empty line.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < HEAD {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
