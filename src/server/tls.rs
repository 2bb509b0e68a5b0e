//! TLS with a given certificate: for the server, and for the prompt that connects to one.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, ServerConfig, SignatureScheme, crypto, version,
};
use tokio_rustls::{TlsAcceptor, TlsConnector, rustls};

use crate::runtime::sandbox;
use crate::runtime::web::Settings;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    sandbox::read(path)
        .map_err(|problem| format!("cannot read `{}`: {}", path.display(), sandbox::reason(&problem)))
}

/// The certificates of a PEM file.
///
/// # Errors
/// It cannot be read or holds none.
pub fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let bytes = read(path)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    let all = all.map_err(|problem| format!("`{}` holds no certificate: {problem:?}", path.display()))?;
    if all.is_empty() {
        return Err(format!("`{}` holds no certificate", path.display()));
    }
    Ok(all)
}

/// What makes connections of a server secret.
///
/// # Errors
/// The files cannot be read, or do not belong together.
pub fn acceptor(certificate: &Path, key: &Path, settings: &Settings) -> Result<TlsAcceptor, String> {
    let chain = certificates(certificate)?;
    let key_bytes = read(key)?;
    let secret = PrivateKeyDer::from_pem_slice(&key_bytes)
        .map_err(|_| format!("`{}` holds no private key", key.display()))?;
    let versions: &[&rustls::SupportedProtocolVersion] = if settings.number("minTLSVersion") == 4 {
        &[&version::TLS13]
    } else {
        &[&version::TLS13, &version::TLS12]
    };
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_protocol_versions(versions)
        .map_err(|problem| problem.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|problem| format!("the certificate cannot be used: {problem}"))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// What makes the connection of a client secret: it trusts the certificates of a file, as they are or as those who have
/// signed the server's.
///
/// # Errors
/// The file cannot be read.
pub fn connector(trusted: &Path) -> Result<TlsConnector, String> {
    let chain = certificates(trusted)?;
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(chain.iter().cloned());
    let provider = Arc::new(crypto::ring::default_provider());
    let signed = if roots.is_empty() {
        None
    } else {
        let built =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build();
        Some(built.map_err(|problem| problem.to_string())?)
    };
    let trust = Arc::new(Trust { chain, signed, provider: Arc::clone(&provider) });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|problem| problem.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(trust)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The name of a server as certificates have it.
///
/// # Errors
/// It is none.
pub fn server_name(host: &str) -> Result<ServerName<'static>, String> {
    ServerName::try_from(host.to_owned()).map_err(|_| format!("`{host}` is no name of a server"))
}

/// Trusts a certificate that is one of those given, whatever name it has, or that is signed by one of them.
#[derive(Debug)]
struct Trust {
    chain: Vec<CertificateDer<'static>>,
    signed: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<crypto::CryptoProvider>,
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.chain.iter().any(|known| known.as_ref() == end_entity.as_ref()) {
            return Ok(ServerCertVerified::assertion());
        }
        match &self.signed {
            Some(signed) => {
                signed.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            None => Err(rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
