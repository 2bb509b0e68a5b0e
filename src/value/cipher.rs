//! AES with keys of 256 bits, block chained to block. The only code that names the crate `aes`.

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _};
use sha2::{Digest as _, Sha256};

/// Bytes of a block.
pub const BLOCK: usize = 16;

/// A key of 256 bits.
pub type CipherKey = [u8; 32];

/// The key that is made of these bytes, always the same.
pub fn key_of(parts: &[&[u8]]) -> CipherKey {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().into()
}

/// Encrypts; zeros fill the last block. `start` stands for the block before the first.
pub fn encrypt(key: &CipherKey, start: [u8; BLOCK], bytes: &[u8]) -> Vec<u8> {
    let cipher = Aes256::new(key.into());
    let mut result = Vec::with_capacity(bytes.len().next_multiple_of(BLOCK));
    let mut before = start;
    for chunk in bytes.chunks(BLOCK) {
        for (known, byte) in before.iter_mut().zip(chunk) {
            *known ^= byte;
        }
        let mut block = before.into();
        cipher.encrypt_block(&mut block);
        before = block.into();
        result.extend_from_slice(&before);
    }
    result
}

/// Decrypts what [`encrypt`] gave, the zeros at its end included; `None` when it is not made of blocks.
pub fn decrypt(key: &CipherKey, start: [u8; BLOCK], bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.len().is_multiple_of(BLOCK) {
        return None;
    }
    let cipher = Aes256::new(key.into());
    let mut result = Vec::with_capacity(bytes.len());
    let mut before = start;
    for chunk in bytes.chunks_exact(BLOCK) {
        let coded: [u8; BLOCK] = chunk.try_into().ok()?;
        let mut block = coded.into();
        cipher.decrypt_block(&mut block);
        let plain: [u8; BLOCK] = block.into();
        result.extend(plain.iter().zip(before).map(|(byte, known)| byte ^ known));
        before = coded;
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// The first two blocks of the example F.2.5 of NIST SP 800-38A.
    #[test]
    fn blocks_are_chained_as_the_standard_says() {
        let key: CipherKey =
            bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4").try_into().unwrap();
        let start: [u8; BLOCK] = bytes("000102030405060708090a0b0c0d0e0f").try_into().unwrap();
        let plain = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        let coded = encrypt(&key, start, &plain);
        assert_eq!(coded, bytes("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"));
        assert_eq!(decrypt(&key, start, &coded), Some(plain));
        assert_eq!(decrypt(&key, start, &coded[..31]), None);
    }
}
