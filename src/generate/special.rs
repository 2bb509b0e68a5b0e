//! Commands whose arguments are not plain values.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::generate::Generator;
use crate::generate::expression::local_variable;
use crate::program::ids::LocalId;
use crate::program::tree::{Expr, ExprKind, Home};
use crate::runtime::code::ValueCode;
use crate::source::span::Span;
use crate::value::array::{Array, Items};
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::function::{Function, MethodId, Origin};
use crate::value::object::Object;
use crate::value::{ArrayType, Type, Value};

impl Generator {
    /// `Formula(…)`: the values of the locals that it refers to are taken now.
    pub(super) fn formula(
        &self,
        id: MethodId,
        captured: &[(LocalId, LocalId)],
        source: &Arc<str>,
    ) -> ValueCode {
        let captured: Vec<ValueCode> = captured.iter().map(|(outer, _)| self.local_value(*outer)).collect();
        let source = Arc::clone(source);
        Box::new(move |process| {
            let mut values = Vec::with_capacity(captured.len());
            for code in &captured {
                values.push(code(process)?);
            }
            Ok(Value::Object(Object::function(Function {
                origin: Origin::Formula,
                code: id,
                captured: values,
                source: Arc::clone(&source),
                name: Arc::from(""),
            })))
        })
    }

    /// `Undefined(expression)`
    pub(super) fn is_undefined(&self, inner: &Expr) -> ValueCode {
        // A declared local is defined, whatever it holds; a Variant without a value is not.
        if let ExprKind::Local(id) = inner.kind
            && self.local_type(id) != Type::Variant
        {
            return Box::new(|_| Ok(Value::Boolean(false)));
        }
        let value = self.raw(inner);
        Box::new(move |process| Ok(Value::Boolean(matches!(value(process)?, Value::Undefined))))
    }

    /// `Type(variable)`
    pub(super) fn type_of(&self, inner: &Expr) -> ValueCode {
        match inner.kind {
            ExprKind::Local(id) => {
                let (type_, declared) =
                    (self.local_type(id), self.local(id).is_some_and(|local| local.declared));
                if type_ != Type::Variant || declared {
                    return Box::new(move |_| Ok(Value::Integer(type_.code())));
                }
            }
            ExprKind::Process(id) => {
                return Box::new(move |process| {
                    let variable = process.variable(id);
                    Ok(Value::Integer(match variable.declared() {
                        Type::Variant => variable.with(Value::type_code),
                        declared => declared.code(),
                    }))
                });
            }
            _ => {}
        }
        let value = self.raw(inner);
        Box::new(move |process| Ok(Value::Integer(value(process)?.type_code())))
    }

    /// `ASSERT(condition; message)`: the report shows what the locals in the condition hold. `wanted` says that the
    /// condition is the value of the whole: `Asserted`.
    pub(super) fn assert(&self, condition: &Expr, message: Option<&Expr>, wanted: bool) -> ValueCode {
        let shown = self.shown_locals(condition);
        let condition_span = condition.span;
        let condition = self.boolean(condition);
        let message = message.map(|message| self.value(message));
        Box::new(move |process| {
            // Without assertions the condition is computed only for who wants to know it.
            if !wanted && !process.asserts() {
                return Ok(Value::Boolean(true));
            }
            let holds = condition(process);
            process.check()?;
            if holds || !process.asserts() {
                return Ok(Value::Boolean(holds));
            }
            let message = match &message {
                Some(message) => match message(process)? {
                    Value::Text(text) => format!("Assert failed: {}", text.to_str()),
                    _ => "Assert failed".to_owned(),
                },
                None => "Assert failed".to_owned(),
            };
            let mut facts = Vec::new();
            for (name, code) in &shown {
                facts.push(format!("{name} is {}", show(&code(process)?)));
            }
            Err(Error::native(-10518, message).at(condition_span).label(facts.join(", ")))
        })
    }

    /// The locals that a condition reads, with what reads them.
    fn shown_locals(&self, condition: &Expr) -> Vec<(String, ValueCode)> {
        let mut ids = Vec::new();
        collect_locals(condition, &mut ids);
        ids.into_iter().take(4).map(|id| (self.variable_name(id).to_string(), self.local_value(id))).collect()
    }

    /// `ARRAY TEXT(place; rows; columns)`: an array of that type gets another size, anything else becomes one.
    pub(super) fn declare_array(
        &self,
        type_: ArrayType,
        place: &Expr,
        rows: &Expr,
        columns: Option<&Expr>,
        span: Span,
    ) -> ValueCode {
        let rows = self.integer(rows);
        let columns = columns.map(|columns| self.integer(columns));
        let read = self.raw(place);
        let write = self.array_setter(place);
        Box::new(move |process| {
            let rows = rows(process);
            let columns = columns.as_ref().map(|columns| columns(process));
            process.check()?;
            let size = |n: i64| usize::try_from(n.clamp(0, i64::from(i32::MAX))).unwrap_or(0);
            process
                .check_elements(size(rows).saturating_mul(columns.map_or(1, |n| size(n) + 1)))
                .map_err(|error| error.at(span))?;
            // A variable that holds nothing yet may be undefined, and reading it is no error here.
            let held = read(process).unwrap_or_default();
            match (held, columns) {
                (Value::Array(array), None) if array.type_() == Type::Array(type_) => {
                    array.with_mut(|items| items.resize(size(rows)));
                }
                (Value::Array(array), Some(columns)) if array.type_() == Type::Rows(type_) => {
                    resize_rows(&array, size(rows), size(columns));
                }
                (_, None) => write(process, Value::Array(Array::new(type_, size(rows))))?,
                (_, Some(columns)) => {
                    write(process, Value::Array(Array::new_rows(type_, size(rows), size(columns))))?;
                }
            }
            Ok(Value::Undefined)
        })
    }

    /// A closure that makes a variable hold an array.
    pub(super) fn array_setter(&self, place: &Expr) -> crate::generate::assign::Setter {
        match &place.kind {
            ExprKind::Local(id) => match self.home(*id) {
                Some(Home::Value(slot)) => Box::new(move |process, value| {
                    process.stack.set_value(slot, value);
                    Ok(())
                }),
                Some(Home::Variable(slot)) => {
                    let (name, type_) = (self.variable_name(*id), self.local_type(*id));
                    Box::new(move |process, value| {
                        local_variable(process, slot, &name, type_).set(value);
                        Ok(())
                    })
                }
                Some(Home::Integer(_) | Home::Real(_) | Home::Boolean(_)) | None => {
                    Box::new(|_, _| Err(Error::types("a variable of another type cannot become an array")))
                }
            },
            ExprKind::Process(id) => {
                let id = *id;
                Box::new(move |process, value| {
                    process.variable(id).set(value);
                    Ok(())
                })
            }
            ExprKind::Interprocess(id) => {
                let id = *id;
                Box::new(move |process, value| process.set_interprocess(id, value))
            }
            ExprKind::Deref(pointer) => {
                let pointer = self.value(pointer);
                Box::new(move |process, value| match pointer(process)? {
                    Value::Pointer(pointer) => process.set_through(&pointer, value),
                    other => Err(Error::types(format!(
                        "`->` follows a pointer, not a value of type {}",
                        other.type_name()
                    ))),
                })
            }
            ExprKind::Element(base, index) => {
                let (base, index) = (self.raw(base), self.integer(index));
                Box::new(move |process, value| {
                    let base = base(process)?;
                    let index = index(process);
                    process.check()?;
                    set_row(&base, index, value)
                })
            }
            _ => Box::new(|_, _| Err(Error::types("only a variable can become an array"))),
        }
    }

    /// `Copy parameters({start})`
    pub(super) fn copy_parameters(&self, start: Option<&Expr>) -> ValueCode {
        let start = start.map(|start| self.integer(start));
        let method = Arc::clone(&self.method);
        Box::new(move |process| {
            let start = start.as_ref().map_or(1, |start| start(process));
            process.check()?;
            let given = process.stack.frame().map_or(0, |frame| i64::from(frame.given));
            let values: Vec<Value> = (start.max(1)..=given)
                .map(|n| match process.parameter(&method, n) {
                    Value::Undefined => Value::Null,
                    value => value,
                })
                .collect();
            Ok(Value::Collection(Collection::from_vec(values)))
        })
    }

    /// `Try(expression)`
    pub(super) fn try_value(&self, inner: &Expr) -> ValueCode {
        let inner = self.value(inner);
        Box::new(move |process| {
            let outer = process.begin_try();
            let result = inner(process);
            process.end_try_value(outer, result)
        })
    }
}

fn collect_locals(expr: &Expr, ids: &mut Vec<LocalId>) {
    match &expr.kind {
        ExprKind::Local(id) if !ids.contains(id) => ids.push(*id),
        ExprKind::Binary(_, left, right) => {
            collect_locals(left, ids);
            collect_locals(right, ids);
        }
        ExprKind::Negate(inner) | ExprKind::Member(inner, _) => collect_locals(inner, ids),
        _ => {}
    }
}

/// A value in few words, for a report.
fn show(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let text = text.to_str();
            if text.chars().count() > 40 {
                format!("\"{}…\"", text.chars().take(40).collect::<String>())
            } else {
                format!("\"{text}\"")
            }
        }
        Value::Integer(n) => n.to_string(),
        Value::Real(x) => crate::value::number::print(*x).to_string(),
        Value::Boolean(b) => if *b { "True" } else { "False" }.to_owned(),
        Value::Date(date) => date.to_iso().to_string(),
        Value::Time(time) => time.to_text().to_string(),
        other => format!("a value of type {}", other.type_name()),
    }
}

fn resize_rows(array: &Array, rows: usize, columns: usize) {
    array.with_mut(|items| items.resize(rows));
    array.with(|items| {
        if let Items::Rows(_, all) = items {
            all.iter().skip(1).for_each(|row| row.with_mut(|items| items.resize(columns)));
        }
    });
}

/// `ARRAY TEXT($rows{i}; n)`: one row of a two-dimensional array becomes another.
fn set_row(base: &Value, index: i64, value: Value) -> Result<()> {
    let (Value::Array(array), Value::Array(row)) = (base, value) else {
        return Err(Error::types("only a row of a two-dimensional array can become an array"));
    };
    array.with_mut(|items| {
        if let (Items::Rows(type_, rows), Ok(index)) = (items, usize::try_from(index))
            && row.type_() == Type::Array(*type_)
            && let Some(place) = rows.get_mut(index)
        {
            *place = row;
            return Ok(());
        }
        Err(Error::quatre(5105, format!("the array has no row {index}")))
    })
}
