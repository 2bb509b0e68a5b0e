//! Operands that are read without a closure of their own.
//!
//! A leaf (a local, a literal) or an operation on two leaves is a small struct that implements [`Integers`], [`Reals`]
//! or `Booleans`; a closure generic over it reads it inline. Everything else is a boxed closure, which implements
//! the same trait. Measured on the kernels: a leaf read inline costs about half of one behind a call.

use crate::program::ids::Slot;
use crate::runtime::code::{BooleanCode, IntegerCode, RealCode};
use crate::runtime::process::Process;

/// Something that gives a whole number of at most 53 bits.
pub trait Integers: 'static {
    /// The number.
    fn get(&self, process: &mut Process) -> i64;
}

/// Something that gives a Real.
pub trait Reals: 'static {
    /// The number.
    fn get(&self, process: &mut Process) -> f64;
}

/// An Integer local.
#[derive(Clone, Copy)]
pub struct LocalInteger(pub Slot);

/// A Real local.
#[derive(Clone, Copy)]
pub struct LocalReal(pub Slot);

/// A whole literal.
#[derive(Clone, Copy)]
pub struct ConstantInteger(pub i64);

/// A literal.
#[derive(Clone, Copy)]
pub struct ConstantReal(pub f64);

impl Integers for LocalInteger {
    #[inline]
    fn get(&self, process: &mut Process) -> i64 {
        process.stack.integer(self.0)
    }
}

impl Integers for ConstantInteger {
    #[inline]
    fn get(&self, _process: &mut Process) -> i64 {
        self.0
    }
}

impl Integers for IntegerCode {
    #[inline]
    fn get(&self, process: &mut Process) -> i64 {
        self(process)
    }
}

impl Reals for LocalReal {
    #[inline]
    fn get(&self, process: &mut Process) -> f64 {
        process.stack.real(self.0)
    }
}

impl Reals for ConstantReal {
    #[inline]
    fn get(&self, _process: &mut Process) -> f64 {
        self.0
    }
}

/// An Integer local read as a Real.
#[derive(Clone, Copy)]
pub struct LocalIntegerAsReal(pub Slot);

impl Reals for LocalIntegerAsReal {
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "an Integer has 32 bits")]
    fn get(&self, process: &mut Process) -> f64 {
        process.stack.integer(self.0) as f64
    }
}

impl Reals for RealCode {
    #[inline]
    fn get(&self, process: &mut Process) -> f64 {
        self(process)
    }
}

/// An operation on two numbers of one kind.
pub trait Operation<T, R>: 'static {
    /// The result.
    fn apply(a: T, b: T) -> R;
}

macro_rules! operations {
    ($($name:ident $doc:literal: $type_:ty => $result:ty, $a:ident $b:ident => $body:expr;)*) => {
        $(
            #[doc = $doc]
            pub struct $name;
            impl Operation<$type_, $result> for $name {
                #[inline]
                fn apply($a: $type_, $b: $type_) -> $result {
                    $body
                }
            }
        )*
    };
}

operations! {
    AddIntegers "`a+b`": i64 => i64, a b => a + b;
    SubtractIntegers "`a-b`": i64 => i64, a b => a - b;
    MultiplyIntegers "`a*b`": i64 => i64, a b => a * b;
    ModuloIntegers "`a%b`, 0 for a zero divisor": i64 => i64, a b => a.checked_rem(b).unwrap_or(0);
    DivideIntegers "`a\\b`, 0 for a zero divisor": i64 => i64, a b => a.checked_div(b).unwrap_or(0);
    AddReals "`a+b`": f64 => f64, a b => a + b;
    SubtractReals "`a-b`": f64 => f64, a b => a - b;
    MultiplyReals "`a*b`": f64 => f64, a b => a * b;
    DivideReals "`a/b`": f64 => f64, a b => a / b;
    EqualIntegers "`a=b`": i64 => bool, a b => a == b;
    NotEqualIntegers "`a#b`": i64 => bool, a b => a != b;
    LessIntegers "`a<b`": i64 => bool, a b => a < b;
    LessOrEqualIntegers "`a<=b`": i64 => bool, a b => a <= b;
    GreaterIntegers "`a>b`": i64 => bool, a b => a > b;
    GreaterOrEqualIntegers "`a>=b`": i64 => bool, a b => a >= b;
    LessReals "`a<b`": f64 => bool, a b => a < b;
    LessOrEqualReals "`a<=b`": f64 => bool, a b => a <= b;
    GreaterReals "`a>b`": f64 => bool, a b => a > b;
    GreaterOrEqualReals "`a>=b`": f64 => bool, a b => a >= b;
}

/// A whole divisor that is a literal greater than zero: no test for zero when running.
pub struct ModuloConstant<A> {
    /// The dividend.
    pub dividend: A,
    /// The divisor.
    pub divisor: std::num::NonZeroU32,
}

impl<A: Integers> Integers for ModuloConstant<A> {
    #[inline]
    fn get(&self, process: &mut Process) -> i64 {
        let dividend = self.dividend.get(process);
        // A division of 32 bits takes about half of one of 64.
        if let Ok(small) = u32::try_from(dividend) {
            return i64::from(small % self.divisor.get());
        }
        dividend % i64::from(self.divisor.get())
    }
}

/// An operation on two operands, itself an operand.
pub struct Binary<O, A, B> {
    operation: std::marker::PhantomData<fn() -> O>,
    left: A,
    right: B,
}

impl<O, A, B> Binary<O, A, B> {
    /// `left O right`
    pub fn new(_operation: O, left: A, right: B) -> Self {
        Self { operation: std::marker::PhantomData, left, right }
    }
}

impl<O: Operation<i64, i64>, A: Integers, B: Integers> Integers for Binary<O, A, B> {
    #[inline]
    fn get(&self, process: &mut Process) -> i64 {
        let left = self.left.get(process);
        let right = self.right.get(process);
        O::apply(left, right)
    }
}

impl<O: Operation<f64, f64>, A: Reals, B: Reals> Reals for Binary<O, A, B> {
    #[inline]
    fn get(&self, process: &mut Process) -> f64 {
        let left = self.left.get(process);
        let right = self.right.get(process);
        O::apply(left, right)
    }
}

/// A closure that gives what the operand gives.
pub fn integer_code(operand: impl Integers) -> IntegerCode {
    Box::new(move |process| operand.get(process))
}

/// A closure that gives what the operand gives.
pub fn real_code(operand: impl Reals) -> RealCode {
    Box::new(move |process| operand.get(process))
}

/// A closure that compares two whole numbers.
pub fn compare_integers<O: Operation<i64, bool>>(
    _operation: O,
    left: impl Integers,
    right: impl Integers,
) -> BooleanCode {
    Box::new(move |process| {
        let left = left.get(process);
        let right = right.get(process);
        O::apply(left, right)
    })
}

/// A closure that compares two Reals.
pub fn compare_reals<O: Operation<f64, bool>>(
    _operation: O,
    left: impl Reals,
    right: impl Reals,
) -> BooleanCode {
    Box::new(move |process| {
        let left = left.get(process);
        let right = right.get(process);
        O::apply(left, right)
    })
}

/// Something that holds or does not.
pub trait Test: 'static {
    /// Whether it holds.
    fn holds(&self, process: &mut Process) -> bool;
}

impl Test for BooleanCode {
    #[inline]
    fn holds(&self, process: &mut Process) -> bool {
        self(process)
    }
}

/// A comparison of two whole numbers, itself the condition of a statement.
pub struct Compared<O, A, B> {
    operation: std::marker::PhantomData<fn() -> O>,
    left: A,
    right: B,
}

impl<O, A, B> Compared<O, A, B> {
    /// `left O right`
    pub fn new(_operation: O, left: A, right: B) -> Self {
        Self { operation: std::marker::PhantomData, left, right }
    }
}

impl<O: Operation<i64, bool>, A: Integers, B: Integers> Test for Compared<O, A, B> {
    #[inline]
    fn holds(&self, process: &mut Process) -> bool {
        let left = self.left.get(process);
        let right = self.right.get(process);
        O::apply(left, right)
    }
}
