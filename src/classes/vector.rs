//! Class 4D.Vector: numbers in a row, compared with those of other vectors.

use std::sync::Arc;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::vector::Vector;

/// 4D.Vector
pub const CLASS: Class = Class {
    store: "4D",
    name: "Vector",
    extends: None,
    constructor: Some(native!(make(parameter))),
    functions: &[COSINE_SIMILARITY, DOT_SIMILARITY, EUCLIDEAN_DISTANCE, TO_COLLECTION],
    properties: &[LENGTH],
};

fn make(parameter: Collection) -> Result<Object> {
    let mut components = Vec::with_capacity(parameter.len());
    for (index, value) in parameter.to_vec().iter().enumerate() {
        let number = if let Value::Integer(_) | Value::Real(_) = value { value.as_real() } else { None };
        components.push(number.ok_or_else(|| {
            Error::types(format!("a vector is made of numbers, and element {index} is {}", value.type_name()))
        })?);
    }
    Ok(Vector::new(components).into_object())
}

fn check(this: &Vector, other: &Vector) -> Result<()> {
    let (own, length) = (this.components().len(), other.components().len());
    if own == length {
        return Ok(());
    }
    Err(Error::quatre(5631, format!("a vector of {own} components cannot be compared with one of {length}")))
}

const COSINE_SIMILARITY: Function = Function {
    name: "cosineSimilarity",
    help: "How much two vectors point in one direction, from -1 for opposite ones to 1.",
    syntaxes: &[native!(cosine_similarity(this, vector))],
};

fn cosine_similarity(this: Arc<Vector>, other: Arc<Vector>) -> Result<f64> {
    check(&this, &other)?;
    Ok(this.cosine(&other))
}

const DOT_SIMILARITY: Function = Function {
    name: "dotSimilarity",
    help: "The sum of the products of the components of two vectors.",
    syntaxes: &[native!(dot_similarity(this, vector))],
};

fn dot_similarity(this: Arc<Vector>, other: Arc<Vector>) -> Result<f64> {
    check(&this, &other)?;
    Ok(this.dot(&other))
}

const EUCLIDEAN_DISTANCE: Function = Function {
    name: "euclideanDistance",
    help: "The distance between two vectors as points, 0 for equal ones.",
    syntaxes: &[native!(euclidean_distance(this, vector))],
};

fn euclidean_distance(this: Arc<Vector>, other: Arc<Vector>) -> Result<f64> {
    check(&this, &other)?;
    Ok(this.distance(&other))
}

const TO_COLLECTION: Function = Function {
    name: "toCollection",
    help: "The components of the vector as a collection.",
    syntaxes: &[native!(to_collection(this))],
};

fn to_collection(this: Arc<Vector>) -> Collection {
    Collection::from_vec(this.components().iter().copied().map(Value::Real).collect())
}

const LENGTH: Property =
    Property { name: "length", help: "The number of components.", get: native!(length(this)), set: None };

fn length(this: Arc<Vector>) -> i32 {
    i32::try_from(this.components().len()).unwrap_or(i32::MAX)
}
