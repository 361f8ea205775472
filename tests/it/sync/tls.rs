//! TLS with roots of the tests' own: a certificate that is not accepted is an error, and nothing is sent.

use super::server::{Server, TestClock};
use super::{NOW, Reply, limits};
use baocao::sync::address_policy::AddressPolicy;
use baocao::sync::fetch::{Fetch, FetchFailure, FetchPurpose, FetchRequest};
use baocao::sync::http::{HttpClient, HttpSettings};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::sync::Arc;
use url::Url;

/// An authority, and a server with a certificate of it for `bao.example.vn`.
pub struct Site {
    pub root: String,
    pub server: Server,
}

pub fn site(change: impl Fn(&mut CertificateParams)) -> Site {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let mut params = CertificateParams::new(vec!["bao.example.vn".to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let own = params.signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key.serialize_der().try_into().unwrap())
        .unwrap();
    let answers = Arc::new(|_: &super::Asked| Reply::page("<p>trang</p>"));
    let server = Server::with(TestClock::new(NOW), Some(Arc::new(config)), answers);
    Site { root: authority.pem(), server }
}

impl Site {
    /// Asks with the site's own root, or with those built in.
    fn ask(&self, address: &str, with_root: bool) -> Result<u16, FetchFailure> {
        let to = self.server.address;
        let client = HttpClient::new(HttpSettings {
            limits: limits(),
            roots: with_root.then(|| self.root.clone().into_bytes()),
            lookup: Arc::new(move |_, _| Ok(vec![to])),
            uses_proxy: false,
            contact: None,
        });
        let request = FetchRequest {
            url: Url::parse(address).unwrap(),
            policy: AddressPolicy { allow_private: true },
            purpose: FetchPurpose::Page,
            etag: None,
            modified: None,
        };
        client.unwrap().fetch(&request).map(|answer| answer.status)
    }
}

fn is_refused(answer: &Result<u16, FetchFailure>) -> bool {
    matches!(answer, Err(FetchFailure::Certificate(_)))
}

#[test]
fn only_a_sound_certificate_is_accepted() {
    let sound = site(|_| {});
    assert_eq!(sound.ask("https://bao.example.vn/", true).unwrap(), 200);
    let unknown = sound.ask("https://bao.example.vn/", false);
    assert!(is_refused(&unknown), "of an unknown authority: {unknown:?}");
    let other = sound.ask("https://khac.example.vn/", true);
    assert!(is_refused(&other), "of another name: {other:?}");
    let expired = site(|params| {
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    });
    let told = expired.ask("https://bao.example.vn/", true);
    assert!(is_refused(&told), "{told:?}");
    assert!(told.unwrap_err().to_string().contains("certificate"));
    assert!(expired.server.asked.lock().unwrap().is_empty(), "nothing was asked");
}

#[test]
fn certificates_that_are_none_are_told() {
    let settings = |pem: &str| HttpSettings { roots: Some(pem.as_bytes().to_vec()), ..HttpSettings::default() };
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n"] {
        assert!(HttpClient::new(settings(pem)).is_err(), "{pem}");
    }
}
