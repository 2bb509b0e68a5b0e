//! The constants of the theme TCP Port Numbers.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(21),
    name: "TCP Port Numbers",
    constants: &[
        integer("TCP FTP Data", 1, 20),
        integer("TCP FTP Control", 2, 21),
        integer("TCP Telnet", 3, 23),
        integer("TCP SMTP", 4, 25),
        integer("TCP Nickname", 5, 43),
        integer("TCP DNS", 6, 53),
        integer("TCP TFTP", 7, 69),
        integer("TCP Gopher", 8, 70),
        integer("TCP Finger", 9, 79),
        integer("TCP HTTP WWW", 10, 80),
        integer("TCP Kerberos", 11, 88),
        integer("TCP POP3", 12, 110),
        integer("TCP SUN RPC", 13, 111),
        integer("TCP Authentication", 14, 113),
        integer("TCP NNTP", 15, 119),
        integer("TCP NTP", 16, 123),
        integer("TCP SNMP", 17, 161),
        integer("TCP SNMPTRAP", 18, 162),
        integer("TCP IMAP3", 19, 220),
        integer("TCP Remote exec", 20, 512),
        integer("TCP Remote login", 21, 513),
        integer("TCP Remote cmd", 22, 514),
        integer("TCP Printer", 23, 515),
        integer("TCP Talk", 24, 517),
        integer("TCP NTalk", 25, 518),
        integer("TCP Router", 26, 520),
        integer("TCP UUCP", 27, 540),
        integer("TCP UUCP RLOGIN", 28, 541),
        integer("TCP KLogin", 29, 543),
        integer("TCP PMD", 30, 1642),
        integer("TCP PMCP", 31, 1643),
        integer("TCP RADIUS", 32, 1645),
        integer("TCP RADACCT", 33, 1646),
    ],
};
