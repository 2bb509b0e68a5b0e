//! The operators as one table: symbol and meaning.
//!
//! 4D has no precedence: binary operators of one expression are applied from left to right.

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `$a+$b`
    Add,
    /// `$a-$b`
    Subtract,
    /// `$a*$b`; a Text and a number repeat the text.
    Multiply,
    /// `$a/$b`
    Divide,
    /// `$a\$b`, the whole part of the quotient.
    IntegerDivide,
    /// `$a%$b`, the remainder; of two Texts: contains keyword.
    Modulo,
    /// `$a^$b`
    Power,
    /// `$a=$b`
    Equal,
    /// `$a#$b`
    NotEqual,
    /// `$a<$b`
    Less,
    /// `$a<=$b`
    LessOrEqual,
    /// `$a>$b`
    Greater,
    /// `$a>=$b`
    GreaterOrEqual,
    /// `$a & $b`
    And,
    /// `$a | $b`
    Or,
    /// `$a ^| $b`
    Xor,
    /// `$a && $b`, the right side only when the left is truthy.
    ShortAnd,
    /// `$a || $b`, the right side only when the left is falsy.
    ShortOr,
    /// `$a << $b`
    ShiftLeft,
    /// `$a >> $b`
    ShiftRight,
    /// `$a ?+ $b`
    BitSet,
    /// `$a ?- $b`
    BitClear,
    /// `$a ?? $b`
    BitTest,
    /// `$picture*+$n`, horizontal scaling of a picture.
    ScaleWidth,
    /// `$picture*|$n`, vertical scaling of a picture.
    ScaleHeight,
}

/// Every binary operator with its symbol.
pub const BINARY: &[(&str, BinaryOp)] = &[
    ("+", BinaryOp::Add),
    ("-", BinaryOp::Subtract),
    ("*", BinaryOp::Multiply),
    ("/", BinaryOp::Divide),
    ("\\", BinaryOp::IntegerDivide),
    ("%", BinaryOp::Modulo),
    ("^", BinaryOp::Power),
    ("=", BinaryOp::Equal),
    ("#", BinaryOp::NotEqual),
    ("<", BinaryOp::Less),
    ("<=", BinaryOp::LessOrEqual),
    (">", BinaryOp::Greater),
    (">=", BinaryOp::GreaterOrEqual),
    ("&", BinaryOp::And),
    ("|", BinaryOp::Or),
    ("^|", BinaryOp::Xor),
    ("&&", BinaryOp::ShortAnd),
    ("||", BinaryOp::ShortOr),
    ("<<", BinaryOp::ShiftLeft),
    (">>", BinaryOp::ShiftRight),
    ("?+", BinaryOp::BitSet),
    ("?-", BinaryOp::BitClear),
    ("??", BinaryOp::BitTest),
    ("*+", BinaryOp::ScaleWidth),
    ("*|", BinaryOp::ScaleHeight),
];

impl BinaryOp {
    /// Its symbol, as it is written.
    pub fn symbol(self) -> &'static str {
        BINARY.iter().find(|(_, op)| *op == self).map_or("", |(symbol, _)| symbol)
    }
}

impl std::fmt::Display for BinaryOp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.symbol())
    }
}

/// An operator before an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-$x`; binds tighter than any binary operator.
    Negate,
    /// `+$x`, which does nothing.
    Plus,
    /// `->$x`, a pointer to a variable, a table or a field.
    PointerTo,
}

/// How a value is given to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssignOp {
    /// `:=`
    Assign,
    /// `+=`
    Add,
    /// `-=`
    Subtract,
    /// `*=`
    Multiply,
    /// `/=`
    Divide,
}

/// Every assignment with its symbol.
pub const ASSIGNMENT: &[(&str, AssignOp)] = &[
    (":=", AssignOp::Assign),
    ("+=", AssignOp::Add),
    ("-=", AssignOp::Subtract),
    ("*=", AssignOp::Multiply),
    ("/=", AssignOp::Divide),
];

impl AssignOp {
    /// Its symbol, as it is written.
    pub fn symbol(self) -> &'static str {
        ASSIGNMENT.iter().find(|(_, op)| *op == self).map_or("", |(symbol, _)| symbol)
    }

    /// The operator that a compound assignment applies.
    pub fn binary(self) -> Option<BinaryOp> {
        match self {
            Self::Assign => None,
            Self::Add => Some(BinaryOp::Add),
            Self::Subtract => Some(BinaryOp::Subtract),
            Self::Multiply => Some(BinaryOp::Multiply),
            Self::Divide => Some(BinaryOp::Divide),
        }
    }
}
