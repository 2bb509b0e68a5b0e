//! Numbers: rounding, powers and angles, chance, the fixed currencies of the Euro.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Math",
    commands: &[
        ABS,
        ARCTAN,
        COS,
        DEC,
        EURO_CONVERTER,
        EXP,
        INT,
        LOG,
        MOD,
        RANDOM,
        ROUND,
        SET_REAL_COMPARISON_LEVEL,
        SIN,
        SQUARE_ROOT,
        TAN,
        TRUNC,
    ],
};

const ABS: Command = Command {
    number: 99,
    name: "Abs",
    thread_safe: true,
    help: "The number without its sign.",
    syntaxes: &[native!(abs(number))],
};

fn abs(x: f64) -> f64 {
    x.abs()
}

const ARCTAN: Command = Command {
    number: 20,
    name: "Arctan",
    thread_safe: true,
    help: "The angle, in radians, that has this tangent.",
    syntaxes: &[native!(arctan(number))],
};

fn arctan(x: f64) -> f64 {
    x.atan()
}

const COS: Command = Command {
    number: 18,
    name: "Cos",
    thread_safe: true,
    help: "The cosine of an angle in radians.",
    syntaxes: &[native!(cos(number))],
};

fn cos(x: f64) -> f64 {
    x.cos()
}

const DEC: Command = Command {
    number: 9,
    name: "Dec",
    thread_safe: true,
    help: "The digits after the decimal point, as a number that is never negative.",
    syntaxes: &[native!(dec(number))],
};

fn dec(x: f64) -> f64 {
    x.abs().fract()
}

const EURO_CONVERTER: Command = Command {
    number: 676,
    name: "Euro converter",
    thread_safe: true,
    help: "An amount in another currency of the first Euro countries, by the fixed rates.",
    syntaxes: &[native!(euro_converter(value, fromCurrency, toCurrency))],
};

/// The currencies, what a Euro is in them, and how many decimals their amounts have.
const CURRENCIES: [(&str, f64, i32); 13] = [
    ("EUR", 1.0, 2),
    ("ATS", 13.7603, 2),
    ("BEF", 40.3399, 0),
    ("DEM", 1.955_83, 2),
    ("FIM", 5.945_73, 2),
    ("FRF", 6.559_57, 2),
    ("GRD", 340.75, 2),
    ("IEP", 0.787_564, 2),
    ("ITL", 1936.27, 0),
    ("LUF", 40.3399, 0),
    ("NLG", 2.203_71, 2),
    ("PTE", 200.482, 2),
    ("ESP", 166.386, 0),
];

fn currency(code: &Text) -> Result<(f64, i32)> {
    let wanted = code.to_str();
    let found = CURRENCIES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(&wanted));
    found.map(|(_, rate, decimals)| (*rate, *decimals)).ok_or_else(|| {
        Error::quatre(5401, format!("`{wanted}` is no currency that `Euro converter` knows"))
            .help("use a constant such as `Euro` or `French Franc`")
    })
}

fn euro_converter(value: f64, from: Text, to: Text) -> Result<f64> {
    let ((from, _), (to, decimals)) = (currency(&from)?, currency(&to)?);
    Ok(number::round_to(value / from * to, decimals))
}

const EXP: Command = Command {
    number: 21,
    name: "Exp",
    thread_safe: true,
    help: "The number e raised to this power.",
    syntaxes: &[native!(exp(number))],
};

fn exp(x: f64) -> f64 {
    x.exp()
}

const INT: Command = Command {
    number: 8,
    name: "Int",
    thread_safe: true,
    help: "The nearest whole number that is not greater.",
    syntaxes: &[native!(int(number))],
};

fn int(x: f64) -> f64 {
    x.floor()
}

const LOG: Command = Command {
    number: 22,
    name: "Log",
    thread_safe: true,
    help: "The natural logarithm.",
    syntaxes: &[native!(log(number))],
};

fn log(x: f64) -> f64 {
    x.ln()
}

const MOD: Command = Command {
    number: 98,
    name: "Mod",
    thread_safe: true,
    help: "What remains of the division of two numbers, rounded to whole ones first.",
    syntaxes: &[native!(modulo(number1, number2))],
};

fn modulo(a: f64, b: f64) -> f64 {
    number::modulo(a.round(), b.round())
}

const RANDOM: Command = Command {
    number: 100,
    name: "Random",
    thread_safe: true,
    help: "A whole number from 0 to 32767 by chance.",
    syntaxes: &[native!(random(process))],
};

fn random(process: &mut Process) -> i32 {
    i32::try_from(process.runtime.host.random() & 0x7FFF).unwrap_or_default()
}

const ROUND: Command = Command {
    number: 94,
    name: "Round",
    thread_safe: true,
    help: "The number rounded to decimal places; negative places are tens, hundreds and so on.",
    syntaxes: &[native!(round(round, places))],
};

fn round(x: f64, places: i32) -> f64 {
    number::round_to(x, places)
}

const SET_REAL_COMPARISON_LEVEL: Command = Command {
    number: 623,
    name: "SET REAL COMPARISON LEVEL",
    thread_safe: false,
    help: "Sets the difference up to which two numbers are equal.",
    syntaxes: &[native!(set_real_comparison_level(process, epsilon))],
};

fn set_real_comparison_level(process: &mut Process, epsilon: f64) -> Result<()> {
    if epsilon.is_nan() || epsilon < 0.0 {
        return Err(Error::quatre(5402, "the comparison level cannot be negative"));
    }
    process.epsilon = epsilon;
    Ok(())
}

const SIN: Command = Command {
    number: 17,
    name: "Sin",
    thread_safe: true,
    help: "The sine of an angle in radians.",
    syntaxes: &[native!(sin(number))],
};

fn sin(x: f64) -> f64 {
    x.sin()
}

const SQUARE_ROOT: Command = Command {
    number: 539,
    name: "Square root",
    thread_safe: true,
    help: "The square root.",
    syntaxes: &[native!(square_root(number))],
};

fn square_root(x: f64) -> f64 {
    x.sqrt()
}

const TAN: Command = Command {
    number: 19,
    name: "Tan",
    thread_safe: true,
    help: "The tangent of an angle in radians.",
    syntaxes: &[native!(tan(number))],
};

fn tan(x: f64) -> f64 {
    x.tan()
}

const TRUNC: Command = Command {
    number: 95,
    name: "Trunc",
    thread_safe: true,
    help: "The number cut off after decimal places, towards negative infinity.",
    syntaxes: &[native!(trunc(number, places))],
};

fn trunc(x: f64, places: i32) -> f64 {
    number::trunc_to(x, places)
}
