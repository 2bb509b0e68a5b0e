//! Theme Secured Protocol: keys and requests for certificates.

use crate::builtin::parameter::Var;
use crate::builtin::{Command, Theme};
use crate::classes::crypto_key::chance;
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::certificate::{self, Part};
use crate::value::convert::{to_number, to_text};
use crate::value::error::{Error, Result};
use crate::value::key::{Hash, Key, check_rsa_bits};
use crate::value::number::to_integer;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Secured Protocol",
    commands: &[GENERATE_CERTIFICATE_REQUEST, GENERATE_ENCRYPTION_KEYPAIR],
};

const GENERATE_ENCRYPTION_KEYPAIR: Command = Command {
    number: 688,
    name: "GENERATE ENCRYPTION KEYPAIR",
    thread_safe: true,
    help: "Makes a new pair of RSA keys and writes both into BLOBs, in PEM.",
    syntaxes: &[native!(generate_keypair(process, privKey, pubKey, length))],
};

fn generate_keypair(
    process: &mut Process,
    private: Var<Blob>,
    public: Var<Blob>,
    length: Option<i32>,
) -> Result<()> {
    let key = Key::new_rsa(check_rsa_bits(length.unwrap_or(512))?, &mut chance(process))?;
    let Some((private_pem, public_pem)) = key.rsa_pems() else {
        return Err(Error::quatre(5624, "the new key cannot be written in PEM"));
    };
    private.set(Blob::from_vec(private_pem.into_bytes()));
    public.set(Blob::from_vec(public_pem.into_bytes()));
    Ok(())
}

const GENERATE_CERTIFICATE_REQUEST: Command = Command {
    number: 691,
    name: "GENERATE CERTIFICATE REQUEST",
    thread_safe: true,
    help: "Writes a request for a certificate into a BLOB, in PEM, for the names in two arrays.",
    syntaxes: &[native!(generate_request(process, privKey, certifRequest, codeArray, nameArray))],
};

fn generate_request(
    process: &mut Process,
    private: Blob,
    request: Var<Blob>,
    codes: Array,
    names: Array,
) -> Result<()> {
    if codes.size() != names.size() {
        return Err(Error::quatre(
            5116,
            format!("there are {} codes and {} names", codes.size(), names.size()),
        ));
    }
    let mut parts = Vec::new();
    for index in 1..=codes.size() {
        let code = codes.get(index).as_ref().and_then(to_number).map_or(0, to_integer);
        let text = names.get(index).map(|name| to_text(&name).to_str().into_owned()).unwrap_or_default();
        let part = Part::numbered(code).ok_or_else(|| {
            Error::quatre(5629, format!("a certificate has no information of the code {code}"))
                .help("13 is the common name, 14 the country, 15 the town, 16 the state, 17 the company, 18 the unit")
        })?;
        if part == Part::Country && (text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()))
        {
            return Err(Error::quatre(5629, format!("a country is written in two letters, not as `{text}`")));
        }
        if !text.is_empty() {
            parts.push((part, text));
        }
    }
    let key = Key::from_pem(&String::from_utf8_lossy(private.bytes()))?;
    if key.bits().is_none() {
        return Err(Error::quatre(5625, "a request for a certificate is made with an RSA key"));
    }
    let pem = certificate::request(&key.public_der(), &parts, |info| {
        key.sign(Hash::Sha256, false, info, &mut chance(process))
    })?;
    request.set(Blob::from_vec(pem.into_bytes()));
    Ok(())
}
