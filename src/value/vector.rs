//! Vectors: sequences of numbers that nothing changes, which all processes see.

use std::any::Any;
use std::sync::Arc;

use crate::value::Value;
use crate::value::instance::SharedInstance;
use crate::value::object::Object;
use crate::value::shared::SharedObject;

/// The numbers of a vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(Box<[f64]>);

impl Vector {
    /// A vector of these numbers.
    pub fn new(components: Vec<f64>) -> Self {
        Self(components.into())
    }

    /// Its numbers.
    pub fn components(&self) -> &[f64] {
        &self.0
    }

    /// The object that stands for it.
    pub fn into_object(self) -> Object {
        Object::shared(SharedObject::with_native(Arc::new(self)))
    }

    /// The vector that an object stands for.
    pub fn of(object: &Object) -> Option<Arc<Self>> {
        object.as_shared()?.native()?.into_any().downcast().ok()
    }

    /// The sum of the products of components; the other vector has as many.
    pub fn dot(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// The length of the arrow from one point to the other.
    pub fn distance(&self, other: &Self) -> f64 {
        // Scaled, so that large components do not overflow when they are squared.
        let differences = || self.0.iter().zip(&other.0).map(|(a, b)| (a - b).abs());
        let most = differences().fold(0.0, f64::max);
        if most == 0.0 || !most.is_finite() {
            return most;
        }
        most * differences().map(|d| (d / most) * (d / most)).sum::<f64>().sqrt()
    }

    /// The cosine of the angle between the vectors, from -1 to 1; 0 when one of them has no direction.
    pub fn cosine(&self, other: &Self) -> f64 {
        let (a, b) = (self.scaled(), other.scaled());
        let norms = (a.dot(&a) * b.dot(&b)).sqrt();
        if norms == 0.0 { 0.0 } else { (a.dot(&b) / norms).clamp(-1.0, 1.0) }
    }

    /// The same direction, with no component larger than 1.
    fn scaled(&self) -> Self {
        let most = self.0.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        if most == 0.0 { self.clone() } else { Self(self.0.iter().map(|x| x / most).collect()) }
    }
}

impl SharedInstance for Vector {
    fn class_name(&self) -> &'static str {
        "Vector"
    }

    fn computes(&self, _key: &str) -> bool {
        // Nothing can be written to a vector.
        true
    }

    fn element(&self, index: usize) -> Option<Value> {
        self.0.get(index).copied().map(Value::Real)
    }

    fn elements(&self) -> Option<Vec<Value>> {
        Some(self.0.iter().copied().map(Value::Real).collect())
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}
