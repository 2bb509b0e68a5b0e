//! `ENCRYPT BLOB` and `DECRYPT BLOB`: a BLOB signed by its sender, and encrypted for its reader.
//!
//! The form is Quatre's own, since 4D does not document its: a mark, 16 random bytes, with a reader's key a secret that is
//! encrypted for it, the data encrypted with AES, and the sender's signature of all that. The key of the data is made of
//! the sender's public key, the random bytes and the secret: so without a reader's key it can be read with the sender's
//! public key, as 4D says, and with one only by that reader.

use crate::builtin::Command;
use crate::builtin::parameter::Var;
use crate::classes::crypto_key::chance;
use crate::native;
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::cipher::{BLOCK, CipherKey, decrypt, encrypt, key_of};
use crate::value::error::{Error, Result};
use crate::value::key::{Hash, Key};

pub(super) const ENCRYPT_BLOB: Command = Command {
    number: 689,
    name: "ENCRYPT BLOB",
    thread_safe: true,
    help: "Encrypts a BLOB with the private key of its sender, and with a second key for one reader alone.",
    syntaxes: &[native!(encrypt_blob(process, toEncrypt, sendPrivKey, recipPubKey))],
};

pub(super) const DECRYPT_BLOB: Command = Command {
    number: 690,
    name: "DECRYPT BLOB",
    thread_safe: true,
    help: "Decrypts a BLOB with the public key of its sender, and the private key of its reader when it has one.",
    syntaxes: &[native!(decrypt_blob(process, toDecrypt, sendPubKey, recipPrivKey))],
};

/// What an encrypted BLOB begins with.
const MARK: &[u8; 4] = b"Q4E\x01";
/// Bytes of a secret: what a key of 512 bits can encrypt.
const SECRET: usize = 16;

fn key(blob: &Blob) -> Result<Key> {
    Key::from_pem(&String::from_utf8_lossy(blob.bytes()))
}

/// A part with its length before it.
fn push_part(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(part);
}

/// The next part, and what follows.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

fn data_key(sender: &Key, random: &[u8], secret: &[u8]) -> CipherKey {
    key_of(&[b"Quatre BLOB", &sender.public_der(), random, secret])
}

fn encrypt_blob(process: &mut Process, data: Var<Blob>, sender: Blob, reader: Option<Blob>) -> Result<()> {
    let sender = key(&sender)?;
    let plain = data.get()?;
    let mut chance = chance(process);
    let random: [u8; SECRET] = chance.bytes()?;
    let mut secret = Vec::new();
    let mut sealed = Vec::new();
    if let Some(reader) = reader.filter(|reader| !reader.is_empty()) {
        secret = chance.bytes::<SECRET>()?.to_vec();
        sealed = key(&reader)?.encrypt(Hash::Sha1, &secret, &mut chance)?;
    }
    let mut bytes = MARK.to_vec();
    bytes.extend(random);
    push_part(&mut bytes, &sealed);
    bytes.extend(u64::try_from(plain.len()).unwrap_or(u64::MAX).to_le_bytes());
    let start: [u8; BLOCK] = random;
    push_part(&mut bytes, &encrypt(&data_key(&sender, &random, &secret), start, plain.bytes()));
    let signature = sender.sign(Hash::Sha256, false, &bytes, &mut chance)?;
    push_part(&mut bytes, &signature);
    data.set(Blob::from_vec(bytes));
    Ok(())
}

#[cold]
fn damaged(why: &str) -> Error {
    Error::quatre(5628, format!("the BLOB cannot be decrypted: {why}"))
}

/// What an encrypted BLOB consists of.
struct Parts<'a> {
    signed: &'a [u8],
    random: [u8; SECRET],
    sealed: &'a [u8],
    length: u64,
    coded: &'a [u8],
    signature: &'a [u8],
}

fn take_apart(bytes: &[u8]) -> Option<Parts<'_>> {
    let rest = bytes.strip_prefix(MARK)?;
    let (random, rest) = rest.split_first_chunk::<SECRET>()?;
    let (sealed, rest) = part(rest)?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (coded, rest) = part(rest)?;
    let signed = bytes.get(..bytes.len() - rest.len())?;
    let (signature, rest) = part(rest)?;
    let length = u64::from_le_bytes(*length);
    rest.is_empty().then_some(Parts { signed, random: *random, sealed, length, coded, signature })
}

fn decrypt_blob(process: &mut Process, data: Var<Blob>, sender: Blob, reader: Option<Blob>) -> Result<()> {
    let sender = key(&sender)?;
    let blob = data.get()?;
    let parts = take_apart(blob.bytes()).ok_or_else(|| damaged("`ENCRYPT BLOB` did not make it"))?;
    if !sender.verify(Hash::Sha256, false, parts.signed, parts.signature) {
        return Err(damaged("it was changed, or another sender has encrypted it"));
    }
    let mut secret = Vec::new();
    if !parts.sealed.is_empty() {
        let reader = reader.filter(|reader| !reader.is_empty());
        let reader = reader.ok_or_else(|| damaged("the private key of its reader is needed"))?;
        let opened = key(&reader)?.decrypt(Hash::Sha1, parts.sealed, &mut chance(process))?;
        secret = opened.ok_or_else(|| damaged("it was encrypted for another reader"))?;
    }
    let key = data_key(&sender, &parts.random, &secret);
    let mut plain = decrypt(&key, parts.random, parts.coded).unwrap_or_default();
    plain.truncate(usize::try_from(parts.length).unwrap_or(usize::MAX));
    data.set(Blob::from_vec(plain));
    Ok(())
}
