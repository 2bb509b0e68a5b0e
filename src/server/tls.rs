//! TLS with a given certificate: for the server, and for the prompt that connects to one.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto, version};
use tokio_rustls::{TlsAcceptor, rustls};

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
