//! Encrypted connections to servers. With `server` the only code that names the crate rustls.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore, SignatureScheme, StreamOwned,
    SupportedProtocolVersion,
};

use crate::runtime::sandbox::web::{Problem, Socket};

/// An encrypted stream.
pub(super) type Secured = StreamOwned<ClientConnection, Socket>;

/// How a connection is secured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Security {
    /// Whether the server must prove who it is.
    pub validate: bool,
    /// Whether it must speak version 1.3 of the protocol.
    pub newest: bool,
    /// The folder with `cert.pem` and `key.pem`, by which the program proves who it is.
    pub certificates: Option<PathBuf>,
}

impl Default for Security {
    fn default() -> Self {
        Self { validate: true, newest: false, certificates: None }
    }
}

static VERSIONS: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];
static NEWEST: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13];

/// Encrypts a stream to the server of this name.
pub(super) fn secure(socket: Socket, host: &str, security: &Security) -> Result<Secured, Problem> {
    let failed = |problem: &dyn std::fmt::Display| {
        Problem::Security(format!("there is no safe connection to `{host}`: {problem}"))
    };
    let config = config(security).map_err(|problem| failed(&problem))?;
    let name = ServerName::try_from(host.to_owned()).map_err(|problem| failed(&problem))?;
    let connection = ClientConnection::new(Arc::new(config), name).map_err(|problem| failed(&problem))?;
    let mut stream = StreamOwned::new(connection, socket);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).map_err(|problem| match super::problem_of(&problem) {
            Problem::Security(why) => failed(&why),
            Problem::Broken(why) => failed(&why),
            other @ (Problem::Unreachable(_) | Problem::TimedOut | Problem::Stopped) => other,
        })?;
    }
    Ok(stream)
}

fn config(security: &Security) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let versions = if security.newest { NEWEST } else { VERSIONS };
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .map_err(|problem| problem.to_string())?;
    let builder = if security.validate {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        builder.with_root_certificates(roots)
    } else {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider)))
    };
    let Some(folder) = security.certificates.as_deref() else { return Ok(builder.with_no_client_auth()) };
    match proof(folder)? {
        Some((chain, key)) => {
            builder.with_client_auth_cert(chain, key).map_err(|problem| problem.to_string())
        }
        None => Ok(builder.with_no_client_auth()),
    }
}

/// The certificate and the key in a folder; a folder without them is none of a client.
fn proof(folder: &Path) -> Result<Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>, String> {
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    if !crate::runtime::sandbox::is_file(&certificate) || !crate::runtime::sandbox::is_file(&key) {
        return Ok(None);
    }
    let read = |path: &Path| {
        crate::runtime::sandbox::read(path).map_err(|problem| {
            format!("`{}` cannot be read: {}", path.display(), crate::runtime::sandbox::reason(&problem))
        })
    };
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(&certificate)?).collect();
    let chain = chain.map_err(|_| format!("`{}` is no certificate in PEM", certificate.display()))?;
    let key_of = PrivateKeyDer::from_pem_slice(&read(&key)?)
        .map_err(|_| format!("`{}` is no private key in PEM", key.display()))?;
    Ok(Some((chain, key_of)))
}

/// What was wrong with the encryption, when that was it.
pub(super) fn problem_of(problem: &io::Error) -> Option<String> {
    let inner = problem.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(inner.to_string())
}

/// Takes any server for what it says: for those who ask not to validate certificates.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
