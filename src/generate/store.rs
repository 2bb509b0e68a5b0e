//! `$o.x:=…` and `$c[$i]:=…` where the object or collection stands in a local or is `This`: written in place, without a
//! copy of what holds it. What the caches do not know takes the plain paths of `runtime::access`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::generate::Generator;
use crate::generate::assign::write_member;
use crate::generate::fused::{ConstantInteger, Integers, LocalInteger};
use crate::generate::numeric::{Leaf, integer_value, with_integer};
use crate::program::ids::Slot;
use crate::program::tree::{Assignment, Expr, ExprKind};
use crate::runtime::code::{BooleanCode, Flow, IntegerCode, RealCode, StatementCode, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::operator::AssignOp;
use crate::value::error::Error;
use crate::value::object::PropertyCache;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// Where what is written to stands.
#[derive(Clone, Copy)]
enum Base {
    Local(Slot),
    This,
}

impl Base {
    #[inline]
    fn look(self, process: &Process) -> &Value {
        match self {
            Self::Local(slot) => process.stack.value(slot),
            Self::This => &process.this,
        }
    }
}

fn fail(process: &mut Process, error: Error, span: Span) -> Flow {
    process.fail(error.at(span));
    Flow::Fail
}

impl Generator {
    /// An assignment to a property or an element in place; `None` when it has another form.
    pub(super) fn store(&self, assignment: &Assignment, span: Span) -> Option<StatementCode> {
        if assignment.op != AssignOp::Assign {
            return None;
        }
        match &assignment.target.kind {
            ExprKind::Member(base, name) => {
                let base = self.base(base)?;
                Some(self.store_property(base, name, &assignment.value, (assignment.target.span, span)))
            }
            ExprKind::Index(base, index) => {
                let base = self.base(base)?;
                let spans = (assignment.target.span, span);
                if self.is_whole(index) {
                    return Some(self.store_element(base, index, &assignment.value, spans));
                }
                (index.type_ == Type::Text).then(|| self.store_key(base, index, &assignment.value, spans))
            }
            _ => None,
        }
    }

    fn base(&self, expr: &Expr) -> Option<Base> {
        if matches!(expr.kind, ExprKind::This) && !self.checks_this {
            return Some(Base::This);
        }
        self.value_slot(expr).map(Base::Local)
    }

    fn store_property(
        &self,
        base: Base,
        name: &Arc<str>,
        value: &Expr,
        (target, span): (Span, Span),
    ) -> StatementCode {
        let key = Text::from(&**name);
        let cache = PropertyCache::default();
        if let Some(peek) = self.peek(value) {
            let value = self.general_value(value);
            return Box::new(move |process| {
                if let Some(x) = peek(process)
                    && let Value::Object(object) = base.look(process)
                    && object.set_real_cached(&cache, x)
                {
                    return Flow::Next;
                }
                write_property(process, base, &key, &cache, &value, (target, span))
            });
        }
        let value = self.value(value);
        Box::new(move |process| write_property(process, base, &key, &cache, &value, (target, span)))
    }

    fn store_element(
        &self,
        base: Base,
        index: &Expr,
        value: &Expr,
        (target, span): (Span, Span),
    ) -> StatementCode {
        if value.type_ == Type::Boolean {
            let value = self.boolean(value);
            return with_integer!(self, index, index => store_boolean(base, index, value, (target, span)));
        }
        let index = self.integer(index);
        match value.type_ {
            Type::Integer | Type::Real => store_real(base, index, self.real(value), (target, span)),
            _ => {
                let value = self.value(value);
                Box::new(move |process| {
                    let value = match value(process) {
                        Ok(value) => value,
                        Err(error) => return fail(process, error, span),
                    };
                    let n = index(process);
                    if process.failing() {
                        return Flow::Fail;
                    }
                    write_element(process, base, n, value, (target, span))
                })
            }
        }
    }

    /// `$o[$key]:=…`
    fn store_key(&self, base: Base, key: &Expr, value: &Expr, (target, span): (Span, Span)) -> StatementCode {
        let (key, value) = (self.value(key), self.value(value));
        Box::new(move |process| {
            let given = value(process).and_then(|value| Ok((value, key(process)?)));
            let (mut value, key) = match given {
                Ok(given) => given,
                Err(error) => return fail(process, error, span),
            };
            if let (Value::Object(object), Value::Text(key)) = (base.look(process), &key)
                && !matches!(value, Value::Undefined | Value::Array(_))
            {
                value = value.stored();
                if object.replace(key, &mut value) {
                    return Flow::Next;
                }
            }
            let base = base.look(process).clone();
            match process.set_index(&base, &key, value, target) {
                Ok(()) => Flow::Next,
                Err(error) => fail(process, error, span),
            }
        })
    }
}

fn write_property(
    process: &mut Process,
    base: Base,
    key: &Text,
    cache: &PropertyCache,
    value: &ValueCode,
    (target, span): (Span, Span),
) -> Flow {
    let value = match value(process) {
        Ok(value) => value,
        Err(error) => return fail(process, error, span),
    };
    let value = if let Value::Object(object) = base.look(process)
        && !matches!(value, Value::Undefined | Value::Array(_))
    {
        let mut value = value.stored();
        if object.set_cached(cache, &mut value) {
            return Flow::Next;
        }
        value
    } else {
        value
    };
    let base = base.look(process).clone();
    match write_member(process, &base, key, cache, value, target) {
        Ok(()) => Flow::Next,
        Err(error) => fail(process, error, span),
    }
}

fn store_boolean(
    base: Base,
    index: impl Integers,
    value: BooleanCode,
    (target, span): (Span, Span),
) -> StatementCode {
    Box::new(move |process| {
        let b = value(process);
        let n = index.get(process);
        if process.failing() {
            return Flow::Fail;
        }
        if let Value::Collection(collection) = base.look(process)
            && let Ok(position) = usize::try_from(n)
            && collection.set_packed_boolean(position, b)
        {
            return Flow::Next;
        }
        write_element(process, base, n, Value::Boolean(b), (target, span))
    })
}

fn store_real(
    base: Base,
    index: IntegerCode,
    value: RealCode,
    (target, span): (Span, Span),
) -> StatementCode {
    Box::new(move |process| {
        let x = value(process);
        let n = index(process);
        if process.failing() {
            return Flow::Fail;
        }
        if let Value::Collection(collection) = base.look(process)
            && let Ok(position) = usize::try_from(n)
            && collection.set_packed_real(position, x)
        {
            return Flow::Next;
        }
        write_element(process, base, n, Value::Real(x), (target, span))
    })
}

fn write_element(
    process: &mut Process,
    base: Base,
    n: i64,
    value: Value,
    (target, span): (Span, Span),
) -> Flow {
    let base = base.look(process).clone();
    match process.set_index(&base, &integer_value(n), value, target) {
        Ok(()) => Flow::Next,
        Err(error) => fail(process, error, span),
    }
}
