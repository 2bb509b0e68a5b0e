//! The constants of the theme Mail.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(90),
    name: "Mail",
    constants: &[
        text("SMTP authentication plain", 1, "PLAIN"),
        text("SMTP authentication login", 2, "LOGIN"),
        text("SMTP authentication CRAM MD5", 3, "CRAM-MD5"),
        text("mail disposition attachment", 4, "attachment"),
        text("mail disposition inline", 5, "inline"),
        text("mail mode UTF8", 6, "US-ASCII_UTF8_QP"),
        text("mail mode ISO2022JP", 7, "US-ASCII_ISO-2022-JP_UTF8_QP"),
        text("mail mode ISO88591", 8, "ISO-8859-1"),
        text("mail mode UTF8 in base64", 9, "US-ASCII_UTF8_B64"),
        text("POP3 authentication APOP", 10, "APOP"),
        text("POP3 authentication plain", 11, "PLAIN"),
        text("POP3 authentication login", 12, "LOGIN"),
        text("POP3 authentication CRAM MD5", 13, "CRAM-MD5"),
        text("POP3 authentication user", 14, "USER"),
        text("IMAP authentication plain", 15, "PLAIN"),
        text("IMAP authentication login", 16, "LOGIN"),
        text("IMAP authentication CRAM MD5", 17, "CRAM-MD5"),
        integer("IMAP read write state", 18, 0),
        integer("IMAP read only state", 19, 1),
        integer("IMAP all", 20, 1),
        text("SMTP authentication OAUTH2", 21, "OAUTH2"),
        text("POP3 authentication OAUTH2", 22, "OAUTH2"),
        text("IMAP authentication OAUTH2", 23, "OAUTH2"),
    ],
};
