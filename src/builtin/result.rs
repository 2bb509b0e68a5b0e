//! What a Rust function may give back to 4D.

use crate::builtin::parameter::OneOf;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::Result;
use crate::value::object::Object;
use crate::value::picture::Picture;
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{Type, Value};

/// A result that 4D understands.
#[diagnostic::on_unimplemented(
    message = "a builtin cannot give a `{Self}` to 4D",
    note = "give Text, i32, f64, bool, Date, Time, Blob, Object, Collection, Pointer, Value, an Option or Result of one, or ()"
)]
pub trait Give {
    /// Its static type; `None` when there is no result.
    const TYPE: Option<Type>;
    /// Its name, as help shows it.
    const NAME: &'static str;
    /// The value.
    fn give(self) -> Result<Value>;
}

macro_rules! give {
    ($($type_:ty, $static:ident, $name:literal;)*) => {
        $(impl Give for $type_ {
            const TYPE: Option<Type> = Some(Type::$static);
            const NAME: &'static str = $name;
            fn give(self) -> Result<Value> {
                Ok(self.into())
            }
        })*
    };
}

give! {
    Text, Text, "Text";
    String, Text, "Text";
    &'static str, Text, "Text";
    i32, Integer, "Integer";
    f64, Real, "Real";
    bool, Boolean, "Boolean";
    Date, Date, "Date";
    Time, Time, "Time";
    Blob, Blob, "Blob";
    Picture, Picture, "Picture";
    Pointer, Pointer, "Pointer";
    Object, Object, "Object";
    Collection, Collection, "Collection";
    Value, Variant, "any";
}

impl Give for () {
    const TYPE: Option<Type> = None;
    const NAME: &'static str = "";
    fn give(self) -> Result<Value> {
        Ok(Value::Undefined)
    }
}

impl<T: Give> Give for Option<T> {
    // Null is no Object, so what may be Null is not typed.
    const TYPE: Option<Type> = Some(Type::Variant);
    const NAME: &'static str = T::NAME;
    fn give(self) -> Result<Value> {
        self.map_or(Ok(Value::Null), Give::give)
    }
}

/// What may be missing, and is undefined then: it equals Null, and reading its properties is no error.
#[derive(Debug)]
pub struct OrUndefined<T>(pub Option<T>);

impl<T: Give> Give for OrUndefined<T> {
    const TYPE: Option<Type> = Some(Type::Variant);
    const NAME: &'static str = T::NAME;
    fn give(self) -> Result<Value> {
        self.0.map_or(Ok(Value::Undefined), Give::give)
    }
}

impl<T: Give> Give for Result<T> {
    const TYPE: Option<Type> = T::TYPE;
    const NAME: &'static str = T::NAME;
    fn give(self) -> Result<Value> {
        self.and_then(Give::give)
    }
}

impl<A: Give, B: Give> Give for OneOf<A, B> {
    const TYPE: Option<Type> = Some(Type::Variant);
    const NAME: &'static str = "any";
    fn give(self) -> Result<Value> {
        match self {
            Self::First(a) => a.give(),
            Self::Second(b) => b.give(),
        }
    }
}
