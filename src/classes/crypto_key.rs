//! Class 4D.CryptoKey: a pair of keys that signs, checks signatures, encrypts and decrypts. It is a shared object: any
//! process may use it.

use std::any::Any;
use std::sync::Arc;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::builtin::parameter::OneOf;
use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::instance::SharedInstance;
use crate::value::key::{Chance, Curve, Hash, Key, check_rsa_bits};
use crate::value::number::to_integer;
use crate::value::object::Object;
use crate::value::shared::SharedObject;
use crate::value::text::Text;

/// 4D.CryptoKey
pub const CLASS: Class = Class {
    store: "4D",
    name: "CryptoKey",
    extends: None,
    constructor: Some(native!(make(process, settings))),
    functions: &[DECRYPT, ENCRYPT, GET_PRIVATE_KEY, GET_PUBLIC_KEY, SIGN, VERIFY],
    properties: &[CURVE, PEM, SIZE, TYPE],
};

/// What the properties show.
const PROPERTIES: &[&str] = &["curve", "pem", "size", "type"];

/// A key, and how it came to be.
pub struct CryptoKey {
    key: Key,
    type_: &'static str,
    pem: Option<String>,
}

impl SharedInstance for CryptoKey {
    fn class_name(&self) -> &'static str {
        "CryptoKey"
    }

    fn computes(&self, key: &str) -> bool {
        PROPERTIES.contains(&key)
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// The bits for keys of a process.
pub fn chance(process: &Process) -> Chance<'_> {
    Chance::new(|bytes| process.runtime.host.secret(bytes))
}

fn text(object: &Object, key: &str) -> Option<String> {
    match object.get_str(key) {
        Some(Value::Text(text)) if !text.is_empty() => Some(text.to_str().into_owned()),
        Some(_) | None => None,
    }
}

/// `4D.CryptoKey.new(settings)`
fn make(process: &mut Process, settings: Object) -> Result<Object> {
    let mut chance = chance(process);
    let type_ = text(&settings, "type").unwrap_or_default();
    let key = match type_.to_ascii_uppercase().as_str() {
        "RSA" => {
            let bits = settings.get_str("size").and_then(|size| size.as_real()).map_or(2048, to_integer);
            CryptoKey { key: Key::new_rsa(check_rsa_bits(bits)?, &mut chance)?, type_: "RSA", pem: None }
        }
        "ECDSA" => {
            let name = text(&settings, "curve").unwrap_or_else(|| Curve::P256.name().to_owned());
            let curve = Curve::named(&name).ok_or_else(|| {
                Error::quatre(5621, format!("there is no curve `{name}` for keys"))
                    .help("take \"prime256v1\", \"secp384r1\" or \"secp521r1\"")
            })?;
            CryptoKey { key: Key::new_on(curve, &mut chance)?, type_: "ECDSA", pem: None }
        }
        "PEM" => {
            let pem = text(&settings, "pem").unwrap_or_default();
            CryptoKey { key: Key::from_pem(&pem)?, type_: "PEM", pem: Some(pem) }
        }
        other => {
            return Err(Error::quatre(5621, format!("there are no keys of the type `{other}`"))
                .help("`type` is \"RSA\", \"ECDSA\" or \"PEM\": `4D.CryptoKey.new({type: \"RSA\"})`"));
        }
    };
    Ok(Object::shared(SharedObject::with_native(Arc::new(key))))
}

// ---- options ----

/// How bytes are written as a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Base64,
    Base64Url,
}

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const FOR_URLS: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT.with_encode_padding(false));

impl Encoding {
    /// The first of the named options that is there.
    fn of(options: &Object, keys: &[&str], default: Self) -> Result<Self> {
        let Some(name) = keys.iter().find_map(|key| text(options, key)) else { return Ok(default) };
        match name.to_ascii_lowercase().as_str() {
            "base64" => Ok(Self::Base64),
            "base64url" => Ok(Self::Base64Url),
            "utf-8" | "utf8" if default == Self::Utf8 => Ok(Self::Utf8),
            _ => Err(Error::quatre(5626, format!("there is no encoding `{name}` here"))
                .help("take \"Base64\" or \"Base64URL\"")),
        }
    }

    fn encode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Self::Base64 => Some(PLAIN.encode(bytes)),
            Self::Base64Url => Some(FOR_URLS.encode(bytes)),
        }
    }

    fn decode(self, text: &Text) -> Option<Vec<u8>> {
        let text = text.to_str();
        let plain = || text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Base64 => PLAIN.decode(plain()).ok(),
            Self::Base64Url => FOR_URLS.decode(plain()).ok(),
        }
    }
}

/// The digest: by name, or by a constant such as `SHA256 digest`.
fn hash(options: &Object) -> Result<Hash> {
    let (found, shown) = match options.get_str("hash") {
        None | Some(Value::Null | Value::Undefined) => return Ok(Hash::default()),
        Some(Value::Text(name)) => (Hash::named(&name.to_str()), name.to_str().into_owned()),
        Some(value) => {
            let number = value.as_real().map_or(-1, to_integer);
            (Hash::numbered(number), number.to_string())
        }
    };
    found.ok_or_else(|| {
        Error::quatre(5626, format!("there is no digest `{shown}`"))
            .help("take \"SHA256\", \"SHA384\" or \"SHA512\"")
    })
}

fn pss(options: &Object) -> bool {
    options.get_str("pss").is_some_and(|pss| crate::value::convert::to_boolean(&pss))
}

fn bytes(message: OneOf<Text, Blob>) -> Vec<u8> {
    match message {
        OneOf::First(text) => text.to_str().into_owned().into_bytes(),
        OneOf::Second(blob) => blob.bytes().to_vec(),
    }
}

/// The object that says how it went, with the reason why it did not go well.
fn status(outcome: std::result::Result<(), Error>) -> Object {
    let status = Object::new();
    status.put("success", outcome.is_ok());
    if let Err(error) = outcome {
        let described = Object::new();
        described.put("errCode", error.details().code.number());
        described.put("message", error.details().message.as_str());
        described.put("componentSignature", error.details().component.as_str());
        status.put("errors", Collection::from_vec(vec![Value::Object(described)]));
    }
    status
}

// ---- functions ----

const SIGN: Function = Function {
    name: "sign",
    help: "The signature of a message with the private key, as a text in Base64 or Base64URL.",
    syntaxes: &[native!(sign(process, this, message, options))],
};

fn sign(
    process: &mut Process,
    this: Arc<CryptoKey>,
    message: OneOf<Text, Blob>,
    options: Object,
) -> Result<String> {
    let encoding = Encoding::of(&options, &["encoding", "encodingEncrypted"], Encoding::Base64)?;
    let signature = this.key.sign(hash(&options)?, pss(&options), &bytes(message), &mut chance(process))?;
    Ok(encoding.encode(&signature).unwrap_or_default())
}

const VERIFY: Function = Function {
    name: "verify",
    help: "An object that says whether a signature is that of this message, made with the private key of this pair.",
    syntaxes: &[native!(verify(this, message, signature, options))],
};

fn verify(
    this: Arc<CryptoKey>,
    message: OneOf<Text, Blob>,
    signature: Text,
    options: Object,
) -> Result<Object> {
    let encoding = Encoding::of(&options, &["encoding", "encodingEncrypted"], Encoding::Base64)?;
    let (hash, pss) = (hash(&options)?, pss(&options));
    let is_right = encoding
        .decode(&signature)
        .is_some_and(|signature| this.key.verify(hash, pss, &bytes(message), &signature));
    let wrong =
        || Error::quatre(5627, "the signature is of another message, another key or another way to sign");
    Ok(status(is_right.then_some(()).ok_or_else(wrong)))
}

const ENCRYPT: Function = Function {
    name: "encrypt",
    help: "A message encrypted with the public key, as a text in Base64 or Base64URL.",
    syntaxes: &[native!(encrypt(process, this, message, options))],
};

fn encrypt(process: &mut Process, this: Arc<CryptoKey>, message: Text, options: Object) -> Result<String> {
    let from = Encoding::of(&options, &["encodingDecrypted"], Encoding::Utf8)?;
    let to = Encoding::of(&options, &["encodingEncrypted"], Encoding::Base64)?;
    let message =
        from.decode(&message).ok_or_else(|| Error::quatre(5626, "the message is not written in Base64"))?;
    let encrypted = this.key.encrypt(hash(&options)?, &message, &mut chance(process))?;
    Ok(to.encode(&encrypted).unwrap_or_default())
}

const DECRYPT: Function = Function {
    name: "decrypt",
    help: "An object that says whether a message could be decrypted with the private key, and holds it as `result`.",
    syntaxes: &[native!(decrypt(process, this, message, options))],
};

fn decrypt(process: &mut Process, this: Arc<CryptoKey>, message: Text, options: Object) -> Result<Object> {
    let from = Encoding::of(&options, &["encodingEncrypted"], Encoding::Base64)?;
    let to = Encoding::of(&options, &["encodingDecrypted"], Encoding::Utf8)?;
    let hash = hash(&options)?;
    let decrypted =
        this.key.decrypt(hash, &from.decode(&message).unwrap_or_default(), &mut chance(process))?;
    let wrong = || Error::quatre(5628, "the message was encrypted for another key or in another way");
    let result = decrypted.ok_or_else(wrong).and_then(|bytes| {
        to.encode(&bytes).ok_or_else(|| {
            Error::quatre(5628, "what was encrypted is no text: ask for it with `encodingDecrypted`")
        })
    });
    Ok(match result {
        Ok(result) => {
            let status = status(Ok(()));
            status.put("result", result);
            status
        }
        Err(error) => status(Err(error)),
    })
}

const GET_PRIVATE_KEY: Function = Function {
    name: "getPrivateKey",
    help: "The private key in PEM, \"\" when the key is a public one.",
    syntaxes: &[native!(get_private_key(this))],
};

fn get_private_key(this: Arc<CryptoKey>) -> String {
    this.key.private_pem().unwrap_or_default()
}

const GET_PUBLIC_KEY: Function = Function {
    name: "getPublicKey",
    help: "The public key in PEM.",
    syntaxes: &[native!(get_public_key(this))],
};

fn get_public_key(this: Arc<CryptoKey>) -> String {
    this.key.public_pem()
}

// ---- properties ----

const CURVE: Property = Property {
    name: "curve",
    help: "The name of the curve of a key that has one.",
    get: native!(curve(this)),
    set: None,
};

fn curve(this: Arc<CryptoKey>) -> Value {
    this.key.curve().map_or(Value::Undefined, |curve| Value::text(curve.name()))
}

const PEM: Property = Property {
    name: "pem",
    help: "The text that the key was read from, when it was.",
    get: native!(pem(this)),
    set: None,
};

fn pem(this: Arc<CryptoKey>) -> Value {
    this.pem.as_ref().map_or(Value::Undefined, |pem| Value::text(pem))
}

const SIZE: Property =
    Property { name: "size", help: "The size of an RSA key in bits.", get: native!(size(this)), set: None };

fn size(this: Arc<CryptoKey>) -> Value {
    this.key.bits().map_or(Value::Undefined, Value::Integer)
}

const TYPE: Property = Property {
    name: "type",
    help: "How the key was made: \"RSA\" or \"ECDSA\" for a new one, \"PEM\" for one that was read.",
    get: native!(type_of(this)),
    set: None,
};

fn type_of(this: Arc<CryptoKey>) -> &'static str {
    this.type_
}
