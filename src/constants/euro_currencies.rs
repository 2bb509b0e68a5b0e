//! The constants of the theme Euro Currencies.

use crate::builtin::ConstantTheme;
use crate::constants::text;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(40),
    name: "Euro Currencies",
    constants: &[
        text("Austrian Schilling", 1, "ATS"),
        text("Finnish Markka", 2, "FIM"),
        text("Irish Pound", 3, "IEP"),
        text("Netherlands Guilder", 4, "NLG"),
        text("French Franc", 5, "FRF"),
        text("Deutsche Mark", 6, "DEM"),
        text("Portuguese Escudo", 7, "PTE"),
        text("Italian Lira", 8, "ITL"),
        text("Spanish Peseta", 9, "ESP"),
        text("Luxembourg Franc", 10, "LUF"),
        text("Belgian Franc", 11, "BEF"),
        text("Euro", 12, "EUR"),
        text("Greek Drachma", 13, "GRD"),
    ],
};
