//! Scalar blobs: bytes with value semantics, copied when one of two references is written to.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::value::instance::{Instance, PortableInstance};

#[derive(Clone, PartialEq, Eq)]
struct Bytes(Vec<u8>);

/// Bytes; the default is none.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Blob(Option<Rc<Bytes>>);

impl Blob {
    /// A blob of these bytes.
    pub fn from_vec(bytes: Vec<u8>) -> Self {
        Self(Some(Rc::new(Bytes(bytes))))
    }

    /// All bytes.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |bytes| &bytes.0)
    }

    /// Their number.
    #[inline]
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes to be changed; other references keep what they have.
    pub fn make_mut(&mut self) -> &mut Vec<u8> {
        let bytes = self.0.get_or_insert_with(|| Rc::new(Bytes(Vec::new())));
        &mut Rc::make_mut(bytes).0
    }

    /// The bytes, without a copy when this is the only reference.
    pub fn into_vec(self) -> Vec<u8> {
        self.0.map_or_else(Vec::new, |bytes| Rc::try_unwrap(bytes).unwrap_or_else(|bytes| (*bytes).clone()).0)
    }
}

/// As an object a blob is a `4D.Blob`, which nothing changes.
impl Instance for Blob {
    fn class_name(&self) -> &'static str {
        "Blob"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        Some(Arc::new(PortableBlob(self.bytes().into())))
    }
}

struct PortableBlob(Box<[u8]>);

impl PortableInstance for PortableBlob {
    fn class_name(&self) -> &'static str {
        "Blob"
    }

    fn instance(&self) -> Rc<dyn Instance> {
        Rc::new(Blob::from(&*self.0))
    }
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blob({} bytes)", self.len())
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_vec(bytes)
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self::from_vec(bytes.to_vec())
    }
}
