//! Performs requests over HTTP and TLS: the only module that opens a connection. It identifies itself, bounds time and
//! size (of the unpacked body), keeps cookies for one run, goes through the proxy that the environment names, and has
//! every name look-up checked by the address policy. Redirects are returned, not followed.

use super::address_policy::{AddressPolicy, RefusedAddress};
use super::fetch::{Fetch, FetchAnswer, FetchFailure, FetchLimits, FetchPurpose, FetchRequest};
use super::http_lookup::{CheckedResolver, NameLookup, system_lookup};
use std::io::Read;
use std::sync::{Arc, OnceLock};
use ureq::http::{HeaderMap, HeaderName, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, Proxy, Timeout};

/// What every request says of this program.
const PROGRAM: &str = concat!("baocao/", env!("CARGO_PKG_VERSION"));
/// Where the program comes from, as Cargo.toml has it; empty if it does not say.
const PROJECT: &str = env!("CARGO_PKG_REPOSITORY");

/// Where the library looks for a proxy, in its order.
const PROXY_VARIABLES: [&str; 6] = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// A longer value of a header is not kept.
const MAX_HEADER_BYTES: usize = 1000;

/// How a client connects.
#[derive(Clone)]
pub struct HttpSettings {
    pub limits: FetchLimits,
    /// Certificates of authorities, as PEM, in place of those built in.
    pub roots: Option<Vec<u8>>,
    pub lookup: Arc<NameLookup>,
    /// Whether the proxy that the environment names is used.
    pub uses_proxy: bool,
    /// Whom a site's owner can write to, by the user's settings.
    pub contact: Option<String>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self { limits: FetchLimits::default(), roots: None, lookup: system_lookup(), uses_proxy: true, contact: None }
    }
}

/// Fetches over HTTP. Opens nothing before the first request.
pub struct HttpClient {
    settings: HttpSettings,
    proxy: Option<Proxy>,
    roots: RootCerts,
    /// For public addresses, and for sources that may have private ones. Each has cookies of its own.
    public: OnceLock<Agent>,
    private: OnceLock<Agent>,
}

impl HttpClient {
    /// A client that connects as the environment says: through its proxy, and with the certificates of `SSL_CERT_FILE`
    /// in place of those built in. `contact` is named in every request. The error says what is wrong with the
    /// certificates.
    pub fn of_environment(contact: Option<&str>) -> Result<Self, String> {
        let mut settings = HttpSettings { contact: contact.map(str::to_owned), ..HttpSettings::default() };
        let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) else {
            return Self::new(settings);
        };
        let bad = |why: &dyn std::fmt::Display| {
            format!("the certificates {path:?} of SSL_CERT_FILE could not be read: {why}")
        };
        settings.roots = Some(std::fs::read(&path).map_err(|error| bad(&crate::import::why(&error)))?);
        Self::new(settings).map_err(|why| bad(&why))
    }

    /// Prepares a client. The error says what is wrong with the certificates, or the proxy.
    pub fn new(settings: HttpSettings) -> Result<Self, String> {
        let roots = match &settings.roots {
            None => RootCerts::WebPki,
            Some(pem) => RootCerts::new_with_certs(&certificates(pem)?),
        };
        let proxy = if settings.uses_proxy { proxy_of_environment()? } else { None };
        Ok(Self { settings, proxy, roots, public: OnceLock::new(), private: OnceLock::new() })
    }

    fn agent(&self, policy: AddressPolicy) -> &Agent {
        let slot = if policy.allow_private { &self.private } else { &self.public };
        slot.get_or_init(|| {
            let limits = &self.settings.limits;
            let config = Agent::config_builder()
                .user_agent(user_agent(self.settings.contact.as_deref()))
                .max_redirects(0)
                .max_redirects_will_error(false)
                .http_status_as_error(false)
                .timeout_global(Some(limits.time))
                .timeout_resolve(Some(limits.connect_time))
                .timeout_connect(Some(limits.connect_time))
                .tls_config(TlsConfig::builder().root_certs(self.roots.clone()).build())
                .proxy(self.proxy.clone())
                .build();
            let proxy = self.proxy.as_ref().map(|proxy| (proxy.host().to_owned(), proxy.port()));
            let resolver = CheckedResolver { lookup: Arc::clone(&self.settings.lookup), policy, proxy };
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        })
    }

    /// The proxy's own address is exempt from the check of look-ups, so it must not be asked for as a page.
    fn is_proxy(&self, request: &FetchRequest) -> bool {
        self.proxy.as_ref().is_some_and(|proxy| {
            Some(proxy.host()) == request.url.host_str() && Some(proxy.port()) == request.url.port_or_known_default()
        })
    }
}

impl Fetch for HttpClient {
    fn fetch(&self, request: &FetchRequest) -> Result<FetchAnswer, FetchFailure> {
        request.policy.check(&request.url)?;
        let host = request.url.host_str().unwrap_or_default().to_owned();
        if self.is_proxy(request) && !request.policy.allow_private {
            return Err(RefusedAddress::LocalName(host).into());
        }
        let failed = |error: Error| failure(error, &host, self.proxy.is_some());
        let mut call = self.agent(request.policy).get(request.url.as_str()).header("Accept", accepted(request.purpose));
        if let Some(etag) = &request.etag {
            call = call.header("If-None-Match", etag);
        }
        if let Some(modified) = &request.modified {
            call = call.header("If-Modified-Since", modified);
        }
        let (head, body) = call.call().map_err(failed)?.into_parts();
        let mut answer = answer_of(head.status.as_u16(), &head.headers);
        answer.encoding = body.charset().map(str::to_owned);
        if answer.location.is_some() && head.status.is_redirection() {
            return Ok(answer);
        }
        let limit = match request.purpose {
            FetchPurpose::Page => self.settings.limits.page_bytes,
            FetchPurpose::Robots | FetchPurpose::List => self.settings.limits.list_bytes,
        };
        let mut limited = body.into_reader().take(limit as u64 + 1);
        let read = limited.read_to_end(&mut answer.body);
        answer.is_cut = answer.body.len() > limit;
        answer.body.truncate(limit);
        if let Err(error) = read {
            return Err(failed(error.downcast::<Error>().unwrap_or_else(Error::Io)));
        }
        Ok(answer)
    }
}

/// What a request says of who asks, so that a site's owner knows the program and whom to write to.
fn user_agent(contact: Option<&str>) -> String {
    let reach = [contact.unwrap_or_default(), PROJECT].map(|reach| match reach {
        "" => String::new(),
        reach => format!("; +{reach}"),
    });
    let reach = reach.concat();
    format!("{PROGRAM} (terminal reader; one request at a time{reach})")
}

fn accepted(purpose: FetchPurpose) -> &'static str {
    match purpose {
        FetchPurpose::Robots => "text/plain,*/*;q=0.5",
        FetchPurpose::List => {
            "application/rss+xml,application/atom+xml,application/xml,text/xml,text/html;q=0.8,*/*;q=0.5"
        }
        FetchPurpose::Page => "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    }
}

/// The headers that matter; a value that is no text or too long is left out.
fn answer_of(status: u16, headers: &HeaderMap) -> FetchAnswer {
    let value = |name: HeaderName| {
        let value = headers.get(name)?.to_str().ok()?.trim();
        (!value.is_empty() && value.len() <= MAX_HEADER_BYTES).then(|| value.to_owned())
    };
    FetchAnswer {
        status,
        etag: value(header::ETAG),
        modified: value(header::LAST_MODIFIED),
        retry_after: value(header::RETRY_AFTER),
        // A header may have bytes beyond ASCII, which browsers take for UTF-8.
        location: headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        sets_cookie: headers.contains_key(header::SET_COOKIE),
        headers: headers.keys().map(|name| name.as_str().to_owned()).collect(),
        ..FetchAnswer::default()
    }
}

/// The proxy that the environment names. A faulty address is an error: to connect without the proxy would not be what
/// the user wants.
fn proxy_of_environment() -> Result<Option<Proxy>, String> {
    let proxy = Proxy::try_from_env();
    let is_set = |name: &&&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if let Some(name) = PROXY_VARIABLES.iter().find(is_set).filter(|_| proxy.is_none()) {
        return Err(format!(
            "the proxy of the environment ({name}) is not an address; write http://host:port, or unset it"
        ));
    }
    Ok(proxy)
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, String> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| error.to_string())? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err("there is no certificate in it".to_owned()) } else { Ok(found) }
}

/// An error of the library in words for the user.
fn failure(error: Error, host: &str, has_proxy: bool) -> FetchFailure {
    match error {
        Error::Other(inner) => match inner.downcast::<RefusedAddress>() {
            Ok(refused) => FetchFailure::Refused(*refused),
            Err(other) => FetchFailure::Broken(other.to_string()),
        },
        Error::HostNotFound if has_proxy => FetchFailure::Proxy("its name is not known".to_owned()),
        Error::HostNotFound => FetchFailure::UnknownName(host.to_owned()),
        Error::Timeout(Timeout::Resolve) => FetchFailure::Timeout("the look-up of its name"),
        Error::Timeout(Timeout::Connect) => FetchFailure::Timeout("the connection"),
        Error::Timeout(_) => FetchFailure::Timeout("the page"),
        Error::ConnectProxyFailed(why) => FetchFailure::Proxy(why),
        Error::InvalidProxyUrl => FetchFailure::Proxy("its address is wrong".to_owned()),
        Error::Rustls(error) => FetchFailure::Certificate(error.to_string()),
        Error::Tls(why) => FetchFailure::Certificate(why.to_owned()),
        Error::Io(error) => of_io(&error),
        Error::ConnectionFailed => FetchFailure::Connection("refused".to_owned()),
        other => FetchFailure::Broken(other.to_string()),
    }
}

fn of_io(error: &std::io::Error) -> FetchFailure {
    use std::io::ErrorKind;
    let text = error.to_string();
    match error.kind() {
        ErrorKind::ConnectionRefused
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::AddrNotAvailable
        | ErrorKind::NotConnected
        | ErrorKind::PermissionDenied => FetchFailure::Connection(text),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => FetchFailure::Timeout("the page"),
        // rustls puts its errors into those of the stream.
        ErrorKind::InvalidData if text.contains("certificate") => FetchFailure::Certificate(text),
        _ => FetchFailure::Broken(text),
    }
}
