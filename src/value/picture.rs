//! Pictures: the bytes of an image file and what kind of file it is. Nothing is drawn here.

use std::rc::Rc;

#[derive(Clone, PartialEq, Eq)]
struct Image {
    bytes: Vec<u8>,
    mime_type: String,
}

/// A picture; the default is the null picture.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Picture(Option<Rc<Image>>);

impl Picture {
    /// The picture of an image file; no bytes make the null picture.
    pub fn new(bytes: Vec<u8>, mime_type: impl Into<String>) -> Self {
        if bytes.is_empty() {
            return Self::default();
        }
        Self(Some(Rc::new(Image { bytes, mime_type: mime_type.into() })))
    }

    /// Whether it is the null picture.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The bytes of the image file.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |image| &image.bytes)
    }

    /// What kind of file it is: `image/png`; "" of the null picture.
    pub fn mime_type(&self) -> &str {
        self.0.as_ref().map_or("", |image| &image.mime_type)
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} bytes of {:?})", self.bytes().len(), self.mime_type())
    }
}
