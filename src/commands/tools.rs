//! Theme Tools: encodings, digests, identifiers, choices.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::builtin::parameter::{OneOf, Rest, Star, Var};
use crate::builtin::{Command, Theme};
use crate::commands::tools::programs::{launch, set_environment_variable};
use crate::commands::tools::tags::process_tags;
use crate::native;
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{Type, Value};

pub mod programs;
pub mod tags;
pub mod template;

/// Tools
pub const THEME: Theme = Theme {
    name: "Tools",
    commands: &[
        BASE64_DECODE,
        BASE64_ENCODE,
        CHOOSE,
        GENERATE_DIGEST,
        GENERATE_PASSWORD_HASH,
        GENERATE_UUID,
        LAUNCH_EXTERNAL_PROCESS,
        PROCESS_4D_TAGS,
        SET_ENVIRONMENT_VARIABLE,
        VERIFY_PASSWORD_HASH,
    ],
};

// ---- Base64 ----

/// Padding is welcome and not needed.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const FOR_URLS: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT.with_encode_padding(false));

fn base64(for_urls: Option<Star>) -> GeneralPurpose {
    if for_urls.is_some() { FOR_URLS } else { PLAIN }
}

/// The bytes of a blob, or those of a text in UTF-8.
fn bytes_of(value: &Value) -> Result<Vec<u8>> {
    if let Value::Text(text) = value {
        return Ok(text.to_str().into_owned().into_bytes());
    }
    if let Value::Blob(blob) = value {
        return Ok(blob.bytes().to_vec());
    }
    if matches!(value, Value::Undefined) {
        return Ok(Vec::new());
    }
    Err(Error::types(format!("a text or a blob is encoded, not a value of type {}", value.type_name())))
}

fn data_bytes(data: OneOf<Text, Blob>) -> Vec<u8> {
    match data {
        OneOf::First(text) => text.to_str().into_owned().into_bytes(),
        OneOf::Second(blob) => blob.into_vec(),
    }
}

/// Gives a variable bytes: as a blob when it is one, else as the text that they are in UTF-8.
fn put_bytes(target: &Var<Value>, bytes: Vec<u8>) {
    let blob = target.declared() == Type::Blob || matches!(target.value(), Value::Blob(_));
    if blob {
        target.set(Blob::from_vec(bytes));
    } else {
        target.set(String::from_utf8_lossy(&bytes).into_owned());
    }
}

const BASE64_ENCODE: Command = Command {
    number: 895,
    name: "BASE64 ENCODE",
    thread_safe: true,
    help: "Encodes a text or a blob in Base64, in place or into another variable; with * in the form for URLs.",
    syntaxes: &[
        native!(base64_encode_in_place(toEncode, star)),
        native!(base64_encode(toEncode, encoded, star)),
    ],
};

fn base64_encode_in_place(data: Var<Value>, for_urls: Option<Star>) -> Result<()> {
    let encoded = base64(for_urls).encode(bytes_of(&data.value())?);
    put_bytes(&data, encoded.into_bytes());
    Ok(())
}

fn base64_encode(data: OneOf<Text, Blob>, target: Var<Value>, for_urls: Option<Star>) {
    put_bytes(&target, base64(for_urls).encode(data_bytes(data)).into_bytes());
}

const BASE64_DECODE: Command = Command {
    number: 896,
    name: "BASE64 DECODE",
    thread_safe: true,
    help: "Decodes a text or a blob from Base64, in place or into another variable; what is not Base64 gives nothing.",
    syntaxes: &[
        native!(base64_decode_in_place(toDecode, star)),
        native!(base64_decode(toDecode, decoded, star)),
    ],
};

fn base64_decode_in_place(data: Var<Value>, for_urls: Option<Star>) -> Result<()> {
    let decoded = decoded(bytes_of(&data.value())?, for_urls);
    put_bytes(&data, decoded);
    Ok(())
}

fn base64_decode(data: OneOf<Text, Blob>, target: Var<Value>, for_urls: Option<Star>) {
    put_bytes(&target, decoded(data_bytes(data), for_urls));
}

fn decoded(mut bytes: Vec<u8>, for_urls: Option<Star>) -> Vec<u8> {
    bytes.retain(|byte| !byte.is_ascii_whitespace());
    base64(for_urls).decode(bytes).unwrap_or_default()
}

// ---- digests ----

const GENERATE_DIGEST: Command = Command {
    number: 1147,
    name: "Generate digest",
    thread_safe: true,
    help: "The digest of a text or a blob in hexadecimal digits, or with * in the form for URLs.",
    syntaxes: &[native!(generate_digest(param, algorithm, star))],
};

fn generate_digest(data: OneOf<Text, Blob>, algorithm: i32, for_urls: Option<Star>) -> Result<String> {
    let bytes = data_bytes(data);
    let digest = match algorithm {
        0 => Md5::digest(&bytes).to_vec(),
        1 => Sha1::digest(&bytes).to_vec(),
        3 => Sha256::digest(&bytes).to_vec(),
        4 => Sha512::digest(&bytes).to_vec(),
        other => {
            return Err(Error::quatre(5220, format!("`Generate digest` knows no algorithm {other}"))
                .help("use `MD5 digest`, `SHA1 digest`, `SHA256 digest` or `SHA512 digest`"));
        }
    };
    if for_urls.is_some() {
        return Ok(FOR_URLS.encode(digest));
    }
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

// ---- passwords ----

/// How many bytes of a password count.
const LONGEST_PASSWORD: usize = 72;
const DEFAULT_COST: i32 = 10;

fn password_bytes(password: &Text) -> Vec<u8> {
    let mut bytes = password.to_str().into_owned().into_bytes();
    bytes.truncate(LONGEST_PASSWORD);
    bytes
}

const GENERATE_PASSWORD_HASH: Command = Command {
    number: 1533,
    name: "Generate password hash",
    thread_safe: true,
    help: "A hash of a password, another one at each call, to be kept instead of it.",
    syntaxes: &[native!(generate_password_hash(process, password, options))],
};

fn generate_password_hash(process: &mut Process, password: Text, options: Option<Object>) -> Result<String> {
    let option = |key: &str| options.as_ref().and_then(|options| options.get_str(key));
    match option("algorithm") {
        None | Some(Value::Undefined | Value::Null) => {}
        Some(Value::Text(name)) if name.to_str() == "bcrypt" => {}
        Some(_) => return Err(Error::native(850, "Password-hash: Unsupported algorithm")),
    }
    let cost = match option("cost") {
        None | Some(Value::Undefined | Value::Null) => DEFAULT_COST,
        Some(Value::Integer(n)) => n,
        Some(Value::Real(x)) => number::to_integer(x),
        Some(_) => -1,
    };
    let cost = u32::try_from(cost).ok().filter(|cost| (4..=31).contains(cost)).ok_or_else(|| {
        Error::native(852, "Password-hash: Unavailable bcrypt cost parameter, it must be between 4 and 31")
    })?;
    let salt = process.runtime.host.random_uuid().to_be_bytes();
    let hash = bcrypt::hash_with_salt(password_bytes(&password), cost, salt);
    hash.map(|parts| parts.format_for_version(bcrypt::Version::TwoB))
        .map_err(|problem| Error::quatre(5221, format!("the password cannot be hashed: {problem}")))
}

const VERIFY_PASSWORD_HASH: Command = Command {
    number: 1534,
    name: "Verify password hash",
    thread_safe: true,
    help: "Whether a password is the one that a hash was made from.",
    syntaxes: &[native!(verify_password_hash(password, hash))],
};

fn verify_password_hash(password: Text, hash: Text) -> bool {
    bcrypt::verify(password_bytes(&password), &hash.to_str()).unwrap_or(false)
}

// ---- identifiers ----

const GENERATE_UUID: Command = Command {
    number: 1066,
    name: "Generate UUID",
    thread_safe: true,
    help: "A new UUID in 32 hexadecimal digits: version 4, at random, or version 7, which sorts by time.",
    syntaxes: &[native!(generate_uuid(process, version))],
};

fn generate_uuid(process: &mut Process, version: Option<i32>) -> Result<String> {
    let host = &process.runtime.host;
    let random = host.random_uuid().to_be_bytes();
    let uuid = match version.unwrap_or(4) {
        4 => uuid::Builder::from_random_bytes(random),
        7 => {
            let milliseconds = u64::try_from(host.now().timestamp_millis()).unwrap_or(0);
            let [a, b, c, d, e, f, g, h, i, j, ..] = random;
            uuid::Builder::from_unix_timestamp_millis(milliseconds, &[a, b, c, d, e, f, g, h, i, j])
        }
        other => return Err(Error::quatre(5222, format!("there are UUIDs of version 4 and 7, not {other}"))),
    };
    Ok(format!("{:X}", uuid.into_uuid().simple()))
}

// ---- templates ----

const PROCESS_4D_TAGS: Command = Command {
    number: 816,
    name: "PROCESS 4D TAGS",
    thread_safe: true,
    help: "Runs the tags of a template, such as <!--#4DTEXT $1-->, and gives the text that comes of it.",
    syntaxes: &[native!(process_tags(process, inputTemplate, outputResult, param))],
};

// ---- programs ----

const LAUNCH_EXTERNAL_PROCESS: Command = Command {
    number: 811,
    name: "LAUNCH EXTERNAL PROCESS",
    thread_safe: true,
    help: "Runs another program with an input, and gives what it writes to its two outputs.",
    syntaxes: &[native!(launch(process, fileName, inputStream, outputStream, errorStream, pid))],
};

const SET_ENVIRONMENT_VARIABLE: Command = Command {
    number: 812,
    name: "SET ENVIRONMENT VARIABLE",
    thread_safe: true,
    help: "Sets a variable of the environment of programs that this process launches.",
    syntaxes: &[native!(set_environment_variable(process, varName, varValue))],
};

// ---- choices ----

const CHOOSE: Command = Command {
    number: 955,
    name: "Choose",
    thread_safe: true,
    help: "One of several values: the first for True and the second for False, or that at a position from 0.",
    syntaxes: &[native!(choose(criterion, value, values))],
};

fn choose(criterion: OneOf<bool, i32>, first: Value, others: Rest<Value>) -> Value {
    let place = match criterion {
        OneOf::First(true) => Some(0),
        OneOf::First(false) => Some(1),
        OneOf::Second(n) => usize::try_from(n).ok(),
    };
    match place {
        Some(0) => first,
        Some(place) => match others.0.into_iter().nth(place - 1) {
            Some(value) => value,
            None => nothing_like(&first),
        },
        None => nothing_like(&first),
    }
}

/// The empty value of a value's type.
fn nothing_like(value: &Value) -> Value {
    match value {
        Value::Boolean(_) => Type::Boolean.default_value(),
        Value::Integer(_) => Type::Integer.default_value(),
        Value::Real(_) => Type::Real.default_value(),
        Value::Text(_) => Type::Text.default_value(),
        Value::Date(_) => Type::Date.default_value(),
        Value::Time(_) => Type::Time.default_value(),
        Value::Blob(_) => Type::Blob.default_value(),
        Value::Picture(_) => Type::Picture.default_value(),
        Value::Pointer(_) => Type::Pointer.default_value(),
        Value::Object(_) | Value::Collection(_) | Value::Null => Value::Null,
        Value::Undefined | Value::Array(_) | Value::Variable(_) => Value::Undefined,
    }
}
