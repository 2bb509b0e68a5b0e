//! Class 4D.HTTPAgent: the connections that requests share, and options for all of them. Any process may use it.

use std::any::Any;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use crate::builtin::{Class, Property};
use crate::native;
use crate::runtime::sandbox::web::pool::{Bounds, Pool};
use crate::value::Value;
use crate::value::convert::to_boolean;
use crate::value::error::{Error, Result};
use crate::value::instance::SharedInstance;
use crate::value::object::Object;
use crate::value::portable::Portable;
use crate::value::shared::SharedObject;

/// 4D.HTTPAgent
pub const CLASS: Class = Class {
    store: "4D",
    name: "HTTPAgent",
    extends: None,
    constructor: Some(native!(make(options))),
    functions: &[],
    properties: &[FREE_SOCKETS_COUNT, OPTIONS, REQUESTS_COUNT],
};

/// The connections of some requests.
pub struct HTTPAgent {
    /// The connections.
    pub pool: Arc<Pool>,
    bounds: Bounds,
    /// `None` when there are none.
    options: Option<Portable>,
}

/// The agent of requests that name none.
static GLOBAL: LazyLock<Arc<HTTPAgent>> = LazyLock::new(|| {
    let bounds = Bounds::default();
    Arc::new(HTTPAgent { pool: Arc::new(Pool::new(bounds)), bounds, options: None })
});

impl SharedInstance for HTTPAgent {
    fn class_name(&self) -> &'static str {
        "HTTPAgent"
    }

    fn computes(&self, key: &str) -> bool {
        ["freeSocketsCount", "options", "requestsCount"].contains(&key)
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// The agent of requests that name none.
pub fn global() -> Object {
    let agent: Arc<dyn SharedInstance> = Arc::clone(&*GLOBAL) as Arc<dyn SharedInstance>;
    Object::shared(SharedObject::with_native(agent))
}

impl HTTPAgent {
    /// The agent that an object stands for.
    pub fn of(object: &Object) -> Option<Arc<Self>> {
        object.as_shared()?.native()?.into_any().downcast().ok()
    }

    /// An option for all requests of the agent.
    pub fn option(&self, name: &str) -> Option<Value> {
        let Value::Object(options) = self.options.as_ref()?.to_value() else { return None };
        options.get_str(name).filter(|value| !value.is_nothing())
    }
}

/// `4D.HTTPAgent.new(options)`
fn make(options: Option<Object>) -> Result<Object> {
    let options = options.unwrap_or_default();
    let get = |name: &str| options.get_str(name).filter(|value| !value.is_nothing());
    let number = |name: &str| match get(name) {
        None => Ok(None),
        Some(value) => match value.as_real() {
            Some(number) if number >= 0.0 => Ok(Some(number)),
            Some(_) | None => {
                Err(Error::types(format!("the option `{name}` is a number, not {}", value.type_name())))
            }
        },
    };
    let count = |name: &str, most: usize| -> Result<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast goes to the nearest number that there is"
        )]
        Ok(number(name)?.map_or(most, |number| (number as usize).clamp(1, most)))
    };
    let default = Bounds::default();
    let bounds = Bounds {
        keep: get("keepAlive").is_none_or(|value| to_boolean(&value)),
        each: count("maxSockets", default.each)?,
        total: count("maxTotalSockets", default.total)?,
        idle: number("timeout")?.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
    };
    let options = Some(Portable::from_value(&Value::Object(options))?);
    let agent = HTTPAgent { pool: Arc::new(Pool::new(bounds)), bounds, options };
    Ok(Object::shared(SharedObject::with_native(Arc::new(agent))))
}

const REQUESTS_COUNT: Property = Property {
    name: "requestsCount",
    help: "How many requests of the agent are under way.",
    get: native!(requests_count(this)),
    set: None,
};

fn requests_count(this: Arc<HTTPAgent>) -> i32 {
    i32::try_from(this.pool.busy()).unwrap_or(i32::MAX)
}

const FREE_SOCKETS_COUNT: Property = Property {
    name: "freeSocketsCount",
    help: "How many more requests the agent can send at the same time.",
    get: native!(free_sockets_count(this)),
    set: None,
};

fn free_sockets_count(this: Arc<HTTPAgent>) -> i32 {
    let most = this.bounds.each.min(this.bounds.total);
    i32::try_from(most.saturating_sub(this.pool.busy())).unwrap_or(i32::MAX)
}

const OPTIONS: Property = Property {
    name: "options",
    help: "The options that the agent was made with.",
    get: native!(options(this)),
    set: None,
};

fn options(this: Arc<HTTPAgent>) -> Value {
    this.options.as_ref().map_or_else(|| Value::Object(Object::new()), Portable::to_value)
}
