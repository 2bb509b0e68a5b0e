//! Theme Data Security: keys for data, and BLOBs encrypted with them; the files of a data engine are none of ours.

use crate::builtin::parameter::{OneOf, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::cipher::{BLOCK, CipherKey, decrypt, encrypt, key_of};
use crate::value::object::Object;
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme =
    Theme { name: "Data Security", commands: &[DECRYPT_DATA_BLOB, ENCRYPT_DATA_BLOB, NEW_DATA_KEY] };

const NEW_DATA_KEY: Command = Command {
    number: 1611,
    name: "New data key",
    thread_safe: true,
    help: "The key for data that a passphrase gives, always the same one; Null for an empty passphrase.",
    syntaxes: &[native!(new_data_key(passPhrase))],
};

fn key_of_phrase(phrase: &Text) -> Option<CipherKey> {
    (!phrase.is_empty()).then(|| key_of(&[phrase.to_str().as_bytes()]))
}

fn new_data_key(phrase: Text) -> Option<Object> {
    let key = key_of_phrase(&phrase)?;
    let object = Object::new();
    object.put("encodedKey", key.iter().map(|byte| format!("{byte:02X}")).collect::<String>());
    Some(object)
}

/// The key in an object, or that of a passphrase.
fn read_key(key: &OneOf<Text, Object>) -> Option<CipherKey> {
    let object = match key {
        OneOf::First(phrase) => return key_of_phrase(phrase),
        OneOf::Second(object) => object,
    };
    let Some(Value::Text(text)) = object.get_str("encodedKey") else { return None };
    let text = text.to_str();
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> =
        digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    if digits.len() == 64 { bytes.try_into().ok() } else { None }
}

/// What stands for the block before the first one, so that data encrypted with another salt looks otherwise.
fn start(salt: i32) -> [u8; BLOCK] {
    let digest = key_of(&[&salt.to_le_bytes()]);
    digest.first_chunk().copied().unwrap_or_default()
}

/// Writes the result, or an empty BLOB; says whether there was one.
fn give(result: Option<Vec<u8>>, to: &Var<Blob>) -> bool {
    let done = result.is_some();
    to.set(Blob::from_vec(result.unwrap_or_default()));
    done
}

const ENCRYPT_DATA_BLOB: Command = Command {
    number: 1773,
    name: "Encrypt data BLOB",
    thread_safe: true,
    help: "Encrypts a BLOB with a key for data or a passphrase, with zeros up to a multiple of 16 bytes, and says whether it could.",
    syntaxes: &[native!(encrypt_data_blob(blobToEncrypt, keyObject, salt, encryptedBLOB))],
};

fn encrypt_data_blob(blob: Blob, key: OneOf<Text, Object>, salt: i32, to: Var<Blob>) -> bool {
    give(read_key(&key).map(|key| encrypt(&key, start(salt), blob.bytes())), &to)
}

const DECRYPT_DATA_BLOB: Command = Command {
    number: 1774,
    name: "Decrypt data BLOB",
    thread_safe: true,
    help: "Decrypts a BLOB with the key and the salt that encrypted it, and says whether it could.",
    syntaxes: &[native!(decrypt_data_blob(blobToDecrypt, keyObject, salt, decryptedBLOB))],
};

fn decrypt_data_blob(blob: Blob, key: OneOf<Text, Object>, salt: i32, to: Var<Blob>) -> bool {
    give(read_key(&key).and_then(|key| decrypt(&key, start(salt), blob.bytes())), &to)
}
