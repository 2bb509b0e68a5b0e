//! Pairs of keys for signatures and encryption: RSA, and elliptic curves. The only code that names the crates for them.
//!
//! A key is made or read from PEM, in any of the forms in use: PKCS#8 and SPKI, the older PKCS#1 and SEC 1, and the public
//! key of an X.509 certificate.

use md5::Md5;
use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use rsa::BoxedUint;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, EncodeRsaPublicKey as _};
use rsa::pkcs8::der::Decode as _;
use rsa::pkcs8::spki::SubjectPublicKeyInfoRef;
use rsa::pkcs8::{
    DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding, ObjectIdentifier,
};
use rsa::rand_core::{TryCryptoRng, TryRng};
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::value::certificate;
use crate::value::error::{Error, Result};

/// The shortest RSA key, which protects nothing today, and the longest, which takes its time.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=8192;

/// Fills bytes and says whether it could.
type Fill<'a> = dyn FnMut(&mut [u8]) -> bool + 'a;

/// Where the bits for keys come from.
pub struct Chance<'a>(Box<Fill<'a>>);

impl<'a> Chance<'a> {
    /// Bits from this function.
    pub fn new(fill: impl FnMut(&mut [u8]) -> bool + 'a) -> Self {
        Self(Box::new(fill))
    }

    /// So many bytes.
    ///
    /// # Errors
    /// There are none.
    pub fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        if (self.0)(&mut bytes) { Ok(bytes) } else { Err(no_random()) }
    }
}

/// The error of a system without chance, for the crates.
#[derive(Debug)]
pub struct NoChance;

impl std::fmt::Display for NoChance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the system gives no unpredictable numbers")
    }
}

impl std::error::Error for NoChance {}

impl TryRng for Chance<'_> {
    type Error = NoChance;

    fn try_next_u32(&mut self) -> std::result::Result<u32, NoChance> {
        self.bytes().map(u32::from_le_bytes).map_err(|_| NoChance)
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, NoChance> {
        self.bytes().map(u64::from_le_bytes).map_err(|_| NoChance)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), NoChance> {
        if (self.0)(bytes) { Ok(()) } else { Err(NoChance) }
    }
}

impl TryCryptoRng for Chance<'_> {}

/// A digest of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hash {
    /// MD5
    Md5,
    /// SHA-1
    Sha1,
    /// SHA-224
    Sha224,
    /// SHA-256
    #[default]
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl Hash {
    /// By a name such as `SHA256` or `SHA-256`.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match plain.to_ascii_uppercase().as_str() {
            "MD5" => Self::Md5,
            "SHA1" => Self::Sha1,
            "SHA224" => Self::Sha224,
            "SHA256" => Self::Sha256,
            "SHA384" => Self::Sha384,
            "SHA512" => Self::Sha512,
            _ => return None,
        })
    }

    /// By a constant such as `SHA256 digest`.
    pub fn numbered(number: i32) -> Option<Self> {
        Some(match number {
            0 => Self::Md5,
            1 => Self::Sha1,
            3 => Self::Sha256,
            4 => Self::Sha512,
            _ => return None,
        })
    }
}

/// Calls `$call::<D>` with the type of the digest.
macro_rules! with_hash {
    ($hash:expr, $digest:ident => $call:expr) => {
        match $hash {
            Hash::Md5 => {
                type $digest = Md5;
                $call
            }
            Hash::Sha1 => {
                type $digest = Sha1;
                $call
            }
            Hash::Sha224 => {
                type $digest = Sha224;
                $call
            }
            Hash::Sha256 => {
                type $digest = Sha256;
                $call
            }
            Hash::Sha384 => {
                type $digest = Sha384;
                $call
            }
            Hash::Sha512 => {
                type $digest = Sha512;
                $call
            }
        }
    };
}

/// An elliptic curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// `prime256v1`, for ES256
    P256,
    /// `secp384r1`, for ES384
    P384,
    /// `secp521r1`, for ES512
    P521,
}

impl Curve {
    /// By one of its names.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "prime256v1" | "secp256r1" | "p-256" | "p256" => Self::P256,
            "secp384r1" | "p-384" | "p384" => Self::P384,
            "secp521r1" | "p-521" | "p521" => Self::P521,
            _ => return None,
        })
    }

    /// The name that 4D gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "prime256v1",
            Self::P384 => "secp384r1",
            Self::P521 => "secp521r1",
        }
    }
}

/// A pair of keys, or a public key alone.
pub enum Key {
    /// RSA
    Rsa(Option<Box<rsa::PrivateKey>>, rsa::PublicKey),
    /// The curve `prime256v1`
    P256(Option<p256::SecretKey>, p256::PublicKey),
    /// The curve `secp384r1`
    P384(Option<p384::SecretKey>, p384::PublicKey),
    /// The curve `secp521r1`
    P521(Option<p521::SecretKey>, p521::PublicKey),
}

/// Does the same with a key of each curve: `$module` is its crate.
macro_rules! with_curve {
    ($key:expr, rsa($rsa_private:ident, $rsa_public:ident) => $rsa:expr, ($private:ident, $public:ident, $module:ident) => $call:expr) => {
        match $key {
            Key::Rsa($rsa_private, $rsa_public) => $rsa,
            Key::P256($private, $public) => {
                #[allow(unused_imports, reason = "not every use names it")]
                use p256 as $module;
                $call
            }
            Key::P384($private, $public) => {
                #[allow(unused_imports, reason = "not every use names it")]
                use p384 as $module;
                $call
            }
            Key::P521($private, $public) => {
                #[allow(unused_imports, reason = "not every use names it")]
                use p521 as $module;
                $call
            }
        }
    };
}

#[cold]
fn no_random() -> Error {
    Error::quatre(5624, "the system gives no unpredictable numbers to make a key of")
}

#[cold]
fn no_private() -> Error {
    Error::quatre(5623, "this needs a private key, and the key is a public one")
}

#[cold]
fn cannot(doing: &str, why: &dyn std::fmt::Display) -> Error {
    Error::quatre(5624, format!("cannot {doing} with this key: {why}"))
}

/// A key of a size that can be used.
///
/// # Errors
/// It cannot.
pub fn check_rsa_bits(bits: i32) -> Result<usize> {
    usize::try_from(bits).ok().filter(|bits| RSA_BITS.contains(bits)).ok_or_else(|| {
        Error::quatre(5621, format!("an RSA key cannot have {bits} bits")).help(format!(
            "take from {} to {} bits; 2048 and more are safe",
            RSA_BITS.start(),
            RSA_BITS.end()
        ))
    })
}

impl Key {
    /// A new RSA key of so many bits.
    ///
    /// # Errors
    /// The system gives no unpredictable numbers.
    pub fn new_rsa(bits: usize, chance: &mut Chance<'_>) -> Result<Self> {
        let private =
            rsa::PrivateKey::new_unchecked(chance, bits).map_err(|problem| cannot("make a key", &problem))?;
        let public = private.to_public_key();
        Ok(Self::Rsa(Some(Box::new(private)), public))
    }

    /// A new key on a curve.
    ///
    /// # Errors
    /// The system gives no unpredictable numbers.
    pub fn new_on(curve: Curve, chance: &mut Chance<'_>) -> Result<Self> {
        use p256::elliptic_curve::Generate as _;
        macro_rules! make {
            ($module:ident, $variant:ident) => {{
                let private = $module::SecretKey::try_generate_from_rng(chance).map_err(|_| no_random())?;
                let public = private.public_key();
                Self::$variant(Some(private), public)
            }};
        }
        Ok(match curve {
            Curve::P256 => make!(p256, P256),
            Curve::P384 => make!(p384, P384),
            Curve::P521 => make!(p521, P521),
        })
    }

    /// The key that a text in PEM holds.
    ///
    /// # Errors
    /// It holds none, or one that cannot be used.
    pub fn from_pem(pem: &str) -> Result<Self> {
        // What stands around the key is no matter, and neither is how lines end.
        let start = pem.find("-----BEGIN ");
        let Some(text) = start.and_then(|start| pem.get(start..)) else {
            return Err(no_key("it has no line `-----BEGIN …`"));
        };
        let label = text.get(11..).and_then(|rest| rest.split("-----").next()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let text = format!("{}\n", lines.join("\n"));
        let end = format!("-----END {label}-----");
        let Some(end) = text.find(&end).map(|at| at + end.len()) else {
            return Err(no_key(&format!("it has no line `-----END {label}-----`")));
        };
        let text = format!("{}\n", text.get(..end).unwrap_or_default());
        let bytes =
            |text: &str| rsa::pkcs8::Document::from_pem(text).ok().map(|(_, document)| document.into_vec());
        match label {
            "PRIVATE KEY" => Self::from_pkcs8(&text),
            "RSA PRIVATE KEY" => rsa::PrivateKey::from_pkcs1_pem(&text).ok().map(Self::of_rsa),
            "EC PRIVATE KEY" => Self::from_sec1(&text),
            "PUBLIC KEY" => bytes(&text).and_then(|bytes| Self::from_info(&bytes)),
            "RSA PUBLIC KEY" => bytes(&text).and_then(|bytes| rsa_public(&bytes)),
            "CERTIFICATE" => bytes(&text).and_then(|bytes| Self::from_info(certificate::public_key(&bytes)?)),
            "ENCRYPTED PRIVATE KEY" => return Err(no_key("the key is encrypted with a password")),
            other => return Err(no_key(&format!("it holds a {other}"))),
        }
        .ok_or_else(|| no_key("what stands there is damaged, or a key of another kind than RSA or one of the curves prime256v1, secp384r1 and secp521r1"))
    }

    fn of_rsa(private: rsa::PrivateKey) -> Self {
        let public = private.to_public_key();
        Self::Rsa(Some(Box::new(private)), public)
    }

    fn from_pkcs8(pem: &str) -> Option<Self> {
        macro_rules! read {
            ($module:ident, $variant:ident) => {
                if let Ok(private) = $module::SecretKey::from_pkcs8_pem(pem) {
                    let public = private.public_key();
                    return Some(Self::$variant(Some(private), public));
                }
            };
        }
        read!(p256, P256);
        read!(p384, P384);
        read!(p521, P521);
        rsa::PrivateKey::from_pkcs8_pem(pem).ok().map(Self::of_rsa)
    }

    fn from_sec1(pem: &str) -> Option<Self> {
        macro_rules! read {
            ($module:ident, $variant:ident) => {
                if let Ok(private) = $module::SecretKey::from_sec1_pem(pem) {
                    let public = private.public_key();
                    return Some(Self::$variant(Some(private), public));
                }
            };
        }
        read!(p256, P256);
        read!(p384, P384);
        read!(p521, P521);
        None
    }

    fn from_info(der: &[u8]) -> Option<Self> {
        const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
        const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
        let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
        let bytes = info.subject_public_key.as_bytes()?;
        if info.algorithm.oid == RSA {
            return rsa_public(bytes);
        }
        if info.algorithm.oid != EC {
            return None;
        }
        let curve: ObjectIdentifier = info.algorithm.parameters?.decode_as().ok()?;
        Some(match curve.to_string().as_str() {
            "1.2.840.10045.3.1.7" => Self::P256(None, p256::PublicKey::from_sec1_bytes(bytes).ok()?),
            "1.3.132.0.34" => Self::P384(None, p384::PublicKey::from_sec1_bytes(bytes).ok()?),
            "1.3.132.0.35" => Self::P521(None, p521::PublicKey::from_sec1_bytes(bytes).ok()?),
            _ => return None,
        })
    }

    /// Whether the private key is there.
    pub fn is_private(&self) -> bool {
        with_curve!(self, rsa(private, _public) => private.is_some(), (private, _public, _module) => private.is_some())
    }

    /// The private key in PEM, when it is there.
    pub fn private_pem(&self) -> Option<String> {
        let pem = with_curve!(self,
            rsa(private, _public) => private.as_ref()?.to_pkcs8_pem(LineEnding::LF),
            (private, _public, _module) => private.as_ref()?.to_pkcs8_pem(LineEnding::LF));
        pem.ok().map(|pem| pem.to_string())
    }

    /// The public key in PEM.
    pub fn public_pem(&self) -> String {
        let pem = with_curve!(self,
            rsa(_private, public) => public.to_public_key_pem(LineEnding::LF),
            (_private, public, _module) => public.to_public_key_pem(LineEnding::LF));
        pem.unwrap_or_default()
    }

    /// The public key as bytes: the same for the same key, whatever it was read from.
    pub fn public_der(&self) -> Vec<u8> {
        let der = with_curve!(self,
            rsa(_private, public) => public.to_public_key_der(),
            (_private, public, _module) => public.to_public_key_der());
        der.map(|der| der.as_bytes().to_vec()).unwrap_or_default()
    }

    /// The private and the public key of an RSA pair in the older form of PEM.
    pub fn rsa_pems(&self) -> Option<(String, String)> {
        let Self::Rsa(Some(private), public) = self else { return None };
        let private = private.to_pkcs1_pem(LineEnding::LF).ok()?.to_string();
        Some((private, public.to_pkcs1_pem(LineEnding::LF).ok()?))
    }

    /// The size of an RSA key in bits.
    pub fn bits(&self) -> Option<i32> {
        use rsa::traits::PublicKeyParts as _;
        let Self::Rsa(_, public) = self else { return None };
        i32::try_from(public.n().as_ref().bit_width_vartime()).ok()
    }

    /// The curve of a key that has one.
    pub fn curve(&self) -> Option<Curve> {
        match self {
            Self::Rsa(..) => None,
            Self::P256(..) => Some(Curve::P256),
            Self::P384(..) => Some(Curve::P384),
            Self::P521(..) => Some(Curve::P521),
        }
    }

    /// The signature of a message. `pss` is the padding with chance in it, of RSA keys only; signatures on curves are the
    /// two numbers one after the other, as JSON web tokens want them.
    ///
    /// # Errors
    /// There is no private key, or it is too short.
    pub fn sign(&self, hash: Hash, pss: bool, message: &[u8], chance: &mut Chance<'_>) -> Result<Vec<u8>> {
        let failed = |problem: rsa::Error| cannot("sign", &problem);
        with_curve!(self,
        rsa(private, _public) => {
            let private = private.as_ref().ok_or_else(no_private)?;
            with_hash!(hash, D => if pss { private.pss_sign_with_rng::<D, _>(chance, message) } else { private.pkcs1v15_sign_with_rng::<D, _>(chance, message) })
                .map_err(failed)
        },
        (private, _public, module) => {
            let key = module::ecdsa::SigningKey::from(private.as_ref().ok_or_else(no_private)?);
            let digest = prehash(hash, message, self.least_digest());
            let signature: module::ecdsa::Signature =
                key.sign_prehash(&digest).map_err(|problem| cannot("sign", &problem))?;
            Ok(signature.to_bytes().to_vec())
        })
    }

    /// Whether the signature is that of this message and this key. On curves the form of OpenSSL is taken too.
    pub fn verify(&self, hash: Hash, pss: bool, message: &[u8], signature: &[u8]) -> bool {
        with_curve!(self,
        rsa(_private, public) => with_hash!(hash, D => {
            if pss {
                public.pss_verify::<D>(message, signature)
            } else {
                public.pkcs1v15_verify::<D>(message, signature)
            }
        })
        .is_ok(),
        (_private, public, module) => {
            let key = module::ecdsa::VerifyingKey::from(public);
            let read = module::ecdsa::Signature::from_slice(signature)
                .or_else(|_| module::ecdsa::Signature::from_der(signature));
            let digest = prehash(hash, message, self.least_digest());
            read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok())
        })
    }

    /// The shortest digest that the crate takes.
    fn least_digest(&self) -> usize {
        match self.curve() {
            Some(Curve::P521) => 33,
            Some(Curve::P384) => 24,
            Some(Curve::P256) | None => 16,
        }
    }

    /// Encrypts a short message for the owner of the private key.
    ///
    /// # Errors
    /// The key is on a curve, or too short for the message.
    pub fn encrypt(&self, hash: Hash, message: &[u8], chance: &mut Chance<'_>) -> Result<Vec<u8>> {
        let Self::Rsa(_, public) = self else { return Err(not_for_encryption()) };
        with_hash!(hash, D => public.oaep_encrypt_with_rng::<D, _>(chance, message)).map_err(|problem| {
            let error = cannot("encrypt", &problem);
            if problem == rsa::Error::MessageTooLong {
                error.help("encrypt a key with it, and the message with that key")
            } else {
                error
            }
        })
    }

    /// Decrypts what was encrypted for this key; `None` when it was not.
    ///
    /// # Errors
    /// The key is on a curve, or a public one.
    pub fn decrypt(&self, hash: Hash, message: &[u8], chance: &mut Chance<'_>) -> Result<Option<Vec<u8>>> {
        let Self::Rsa(private, _) = self else { return Err(not_for_encryption()) };
        let private = private.as_ref().ok_or_else(no_private)?;
        Ok(with_hash!(hash, D => private.oaep_decrypt_with_rng::<D, _>(chance, message)).ok())
    }
}

#[cold]
fn no_key(why: &str) -> Error {
    Error::quatre(5622, format!("this text is no key in PEM: {why}"))
}

#[cold]
fn not_for_encryption() -> Error {
    Error::quatre(5625, "a key on an elliptic curve signs, and cannot encrypt")
        .help("encrypt with an RSA key: `4D.CryptoKey.new({type: \"RSA\"})`")
}

/// The digest of a message, for a curve: a digest that is shorter than half of the numbers of the curve is too short for
/// the crate, and means the same with zeros in front.
fn prehash(hash: Hash, message: &[u8], least: usize) -> Vec<u8> {
    let digest = with_hash!(hash, D => D::digest(message).to_vec());
    let mut padded = vec![0; least.saturating_sub(digest.len())];
    padded.extend_from_slice(&digest);
    padded
}

fn rsa_public(pkcs1: &[u8]) -> Option<Key> {
    let numbers = rsa::pkcs1::RsaPublicKeyRef::from_der(pkcs1).ok()?;
    let number = |bytes: &[u8]| {
        let bits = u32::try_from(bytes.len()).ok()?.checked_mul(8)?;
        BoxedUint::from_be_slice(bytes, bits).ok()
    };
    let (n, e) = (number(numbers.modulus.as_bytes())?, number(numbers.public_exponent.as_bytes())?);
    // Old keys of 4D have 512 bits.
    rsa::PublicKey::new_with_size_limits(n, e, *RSA_BITS.start()..=16_384)
        .ok()
        .map(|public| Key::Rsa(None, public))
}
