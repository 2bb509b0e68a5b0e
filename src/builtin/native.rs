//! A Rust function as 4D calls it.
//!
//! [`native!`](crate::native) pairs a function with the 4D names of its parameters and coerces it to a function
//! pointer with as many parameters as names, so a wrong number of names does not compile. [`Callable`] is implemented
//! for function pointers whose parameters are all [`Take`] and whose result is [`Give`], so a type that 4D cannot pass
//! does not compile either.

use std::any::Any;

use crate::builtin::Special;
use crate::builtin::parameter::{Accepts, Argument, Arguments, Shape, Take};
use crate::builtin::result::Give;
use crate::runtime::process::Process;
use crate::runtime::sandbox::permissions;
use crate::value::error::Result;
use crate::value::{Type, Value};

/// One form of a command or function.
#[derive(Clone, Copy)]
pub struct Native {
    /// The 4D names of the parameters, in order; `this` for the receiver of a class function.
    pub names: &'static [&'static str],
    /// What it does.
    pub body: Body,
}

/// What a native does.
#[derive(Clone, Copy)]
pub enum Body {
    /// A Rust function over values.
    Rust(&'static dyn Callable),
    /// Something that only code generation can do.
    Special(Special),
}

impl Native {
    /// A form whose arguments are not plain values.
    pub const fn special(special: Special, names: &'static [&'static str]) -> Self {
        Self { names, body: Body::Special(special) }
    }

    /// The function behind it.
    pub fn callable(&self) -> Option<&'static dyn Callable> {
        if let Body::Rust(callable) = self.body { Some(callable) } else { None }
    }
}

/// A Rust function that 4D can call.
pub trait Callable: Sync + Any {
    /// Calls it. `name` is the 4D name, for errors; of a class function the receiver is the first argument.
    fn call(
        &self,
        process: &mut Process,
        name: &str,
        names: &'static [&'static str],
        arguments: &mut [Argument],
    ) -> Result<Value>;

    /// What each parameter takes, in order.
    fn parameters(&self) -> Vec<Shape>;

    /// What tells whether an argument would be taken, a parameter each.
    fn takers(&self) -> Vec<(Shape, Accepts)>;

    /// The static type of the result; `None` when it gives nothing.
    fn result(&self) -> Option<Type>;

    /// The name of the result's type as help shows it.
    fn result_name(&self) -> &'static str;

    /// For the typed paths: the function pointer itself.
    fn as_any(&self) -> &dyn Any;
}

/// A function that needs no process.
pub struct Plain<F>(pub F);

/// A function whose first parameter is the process.
pub struct InProcess<F>(pub F);

/// What a builtin answers, unless the program was refused something that it needs.
#[inline]
pub fn honest(answer: Result<Value>) -> Result<Value> {
    permissions::take_refusal().map_or(answer, Err)
}

macro_rules! callable {
    ($($letter:ident)*) => {
        impl<$($letter: Take + 'static,)* R: Give + 'static> Callable for Plain<fn($($letter),*) -> R> {
            fn call(
                &self, _process: &mut Process, name: &str, names: &'static [&'static str], arguments: &mut [Argument],
            ) -> Result<Value> {
                #[allow(unused_mut, reason = "nothing to take without parameters")]
                let mut arguments = Arguments::new(name, names, arguments);
                $(#[allow(non_snake_case, reason = "a type and its value")] let $letter = $letter::take(&mut arguments)?;)*
                arguments.finish()?;
                honest((self.0)($($letter),*).give())
            }
            fn parameters(&self) -> Vec<Shape> {
                vec![$($letter::shape()),*]
            }
            fn takers(&self) -> Vec<(Shape, Accepts)> {
                vec![$(($letter::shape(), $letter::accepts as Accepts)),*]
            }
            fn result(&self) -> Option<Type> {
                R::TYPE
            }
            fn result_name(&self) -> &'static str {
                R::NAME
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
        }

        impl<$($letter: Take + 'static,)* R: Give + 'static> Callable
            for InProcess<fn(&mut Process, $($letter),*) -> R>
        {
            fn call(
                &self, process: &mut Process, name: &str, names: &'static [&'static str], arguments: &mut [Argument],
            ) -> Result<Value> {
                #[allow(unused_mut, reason = "nothing to take without parameters")]
                let mut arguments = Arguments::new(name, names, arguments);
                $(#[allow(non_snake_case, reason = "a type and its value")] let $letter = $letter::take(&mut arguments)?;)*
                arguments.finish()?;
                honest((self.0)(process, $($letter),*).give())
            }
            fn parameters(&self) -> Vec<Shape> {
                vec![$($letter::shape()),*]
            }
            fn takers(&self) -> Vec<(Shape, Accepts)> {
                vec![$(($letter::shape(), $letter::accepts as Accepts)),*]
            }
            fn result(&self) -> Option<Type> {
                R::TYPE
            }
            fn result_name(&self) -> &'static str {
                R::NAME
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
        }
    };
}

callable!();
callable!(A);
callable!(A B);
callable!(A B C);
callable!(A B C D);
callable!(A B C D E);
callable!(A B C D E F);
callable!(A B C D E F G);
callable!(A B C D E F G H);
callable!(A B C D E F G H I);
callable!(A B C D E F G H I J);

/// `native!(substring(source, firstChar, numChars))`, or with `process` first: a Rust function and the 4D names of its
/// parameters.
#[macro_export]
macro_rules! native {
    (@infer $name:ident) => { _ };
    ($function:ident(process $(, $name:ident)*)) => {
        $crate::builtin::native::Native {
            names: &[$(stringify!($name)),*],
            body: $crate::builtin::native::Body::Rust(&$crate::builtin::native::InProcess(
                $function as fn(&mut $crate::runtime::process::Process $(, $crate::native!(@infer $name))*) -> _,
            )),
        }
    };
    ($function:ident($($name:ident),*)) => {
        $crate::builtin::native::Native {
            names: &[$(stringify!($name)),*],
            body: $crate::builtin::native::Body::Rust(&$crate::builtin::native::Plain(
                $function as fn($($crate::native!(@infer $name)),*) -> _,
            )),
        }
    };
}
