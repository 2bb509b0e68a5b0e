//! Resolved program to closures, once for each process.
//!
//! An expression of a known scalar type becomes a closure that gives the bare scalar; everything else becomes a
//! closure that gives a `Result<Value>`. The plain path of every operation is in `value` and `runtime`; what stands
//! here chooses among typed paths when code is generated, so that running tests no tags where types are known.

pub mod numeric;

pub mod fused;

pub mod peek;

pub mod expression;

pub mod operators;

pub mod call;

pub mod member_call;

pub mod native;

pub mod access;

pub mod assign;

pub mod store;

pub mod statement;

pub mod loops;

pub mod special;

use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::catalog::Catalog;
use crate::program::ids::{LocalId, Slot};
use crate::program::tree::{Home, Local, Method};
use crate::runtime::Runtime;
use crate::runtime::code::{MethodCode, ResultHome};
use crate::value::{Type, Value};

/// What generating a unit of code needs to know.
pub struct Generator {
    catalog: &'static Catalog,
    runtime: Arc<Runtime>,
    method: Arc<Method>,
    /// The code is a constructor of a class with a parent: `This` must be checked.
    checks_this: bool,
}

/// Generates a unit of code. `derived` says that its class has a parent.
pub fn generate(
    catalog: &'static Catalog,
    runtime: &Arc<Runtime>,
    method: &Arc<Method>,
    derived: bool,
) -> Rc<MethodCode> {
    let generator = Generator {
        catalog,
        runtime: Arc::clone(runtime),
        method: Arc::clone(method),
        checks_this: method.constructor && derived,
    };
    let mut defaults = vec![Value::Undefined; method.values as usize];
    for local in &method.locals {
        if let Home::Value(slot) = local.home
            && let Some(default) = defaults.get_mut(slot.0 as usize)
        {
            *default = local.type_.default_value();
        }
    }
    // Arrays are made anew for each frame: a default would be shared by all of them.
    for default in &mut defaults {
        if matches!(default, Value::Array(_)) {
            *default = Value::Undefined;
        }
    }
    let body = generator.block(&method.body);
    Rc::new(MethodCode {
        result: method.result.map_or(ResultHome::Nothing, |id| generator.result_home(id)),
        in_place: in_place(method),
        words: method.words as usize,
        defaults,
        body,
        method: Arc::clone(method),
    })
}

/// Whether each parameter stands in the slot where a caller that only knows its type puts it.
fn in_place(method: &Method) -> bool {
    let (mut words, mut values) = (0, 0);
    method.parameters.iter().all(|parameter| {
        let home = method.locals.get(parameter.local.0 as usize).map(|local| local.home);
        let place = |next: &mut u32| {
            let slot = Slot(*next);
            *next += 1;
            slot
        };
        home == Some(if parameter.type_ == Type::Integer {
            Home::Integer(place(&mut words))
        } else if parameter.type_ == Type::Real {
            Home::Real(place(&mut words))
        } else if parameter.type_ == Type::Boolean {
            Home::Boolean(place(&mut words))
        } else {
            Home::Value(place(&mut values))
        })
    })
}

impl Generator {
    fn local(&self, id: LocalId) -> Option<&Local> {
        self.method.locals.get(id.0 as usize)
    }

    fn home(&self, id: LocalId) -> Option<Home> {
        self.local(id).map(|local| local.home)
    }

    fn local_type(&self, id: LocalId) -> Type {
        self.local(id).map_or(Type::Variant, |local| local.type_)
    }

    fn result_home(&self, id: LocalId) -> ResultHome {
        match self.home(id) {
            Some(Home::Integer(slot)) => ResultHome::Integer(slot),
            Some(Home::Real(slot)) => ResultHome::Real(slot),
            Some(Home::Boolean(slot)) => ResultHome::Boolean(slot),
            Some(Home::Value(slot) | Home::Variable(slot)) => ResultHome::Value(slot),
            None => ResultHome::Nothing,
        }
    }
}
