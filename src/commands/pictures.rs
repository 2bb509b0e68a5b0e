//! Theme Pictures: image files as values. What kind of image it is and how large is read from the first bytes; nothing
//! is drawn, so nothing is converted from one format into another.

use std::path::Path;

use imagesize::{ImageType, blob_size, image_type};

use crate::builtin::parameter::{Star, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::documents;
use crate::runtime::location::{document_path, system_text};
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::picture::Picture;
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Pictures",
    commands: &[
        BLOB_TO_PICTURE,
        IS_PICTURE_FILE,
        PICTURE_PROPERTIES,
        PICTURE_SIZE,
        PICTURE_TO_BLOB,
        READ_PICTURE_FILE,
        WRITE_PICTURE_FILE,
    ],
};

/// The formats: their MIME types and the extensions of their files.
const FORMATS: [(&str, &[&str]); 8] = [
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg", "jpe"]),
    ("image/gif", &["gif"]),
    ("image/bmp", &["bmp"]),
    ("image/tiff", &["tif", "tiff"]),
    ("image/webp", &["webp"]),
    ("image/x-icon", &["ico"]),
    (SVG, &["svg"]),
];

const SVG: &str = "image/svg+xml";

/// The MIME type of a codec: of `.png`, or the type itself.
fn format_of(codec: &str) -> Option<&'static str> {
    let codec = codec.trim_start_matches('.').to_ascii_lowercase();
    let fits = |(kind, extensions): &&(&'static str, &[&str])| {
        *kind == codec || extensions.contains(&codec.as_str())
    };
    FORMATS.iter().find(fits).map(|(kind, _)| *kind)
}

/// What kind of image the bytes are.
fn recognized(bytes: &[u8]) -> Option<&'static str> {
    let kind = match image_type(bytes) {
        Ok(ImageType::Png) => "image/png",
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Gif) => "image/gif",
        Ok(ImageType::Bmp) => "image/bmp",
        Ok(ImageType::Tiff) => "image/tiff",
        Ok(ImageType::Webp) => "image/webp",
        Ok(ImageType::Ico) => "image/x-icon",
        _other => return drawing(bytes).map(|_| SVG),
    };
    Some(kind)
}

/// Width and height of an SVG drawing; 0 where it does not say.
fn drawing(bytes: &[u8]) -> Option<(f64, f64)> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg"))?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let corner: Vec<f64> = root
        .attribute("viewBox")
        .map(|view| view.split([' ', ',']).filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    let side = |name: &str, place: usize| {
        let given = root.attribute(name).and_then(|text| text.trim_end_matches("px").parse().ok());
        given.or_else(|| corner.get(place).copied()).unwrap_or(0.0)
    };
    Some((side("width", 2), side("height", 3)))
}

/// Width and height in points.
fn size_of(picture: &Picture) -> (f64, f64) {
    let side = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    match blob_size(picture.bytes()) {
        Ok(size) => (side(size.width), side(size.height)),
        Err(_) => drawing(picture.bytes()).unwrap_or((0.0, 0.0)),
    }
}

/// The bytes of a picture in a format.
fn in_format(picture: &Picture, codec: &str) -> Result<Vec<u8>> {
    if format_of(codec) == Some(picture.mime_type()) || codec == picture.mime_type() {
        return Ok(picture.bytes().to_vec());
    }
    let message = format!("a picture of the type `{}` cannot be converted to `{codec}`", picture.mime_type());
    Err(Error::quatre(9001, message).help("pictures keep the format that they have"))
}

const READ_PICTURE_FILE: Command = Command {
    number: 678,
    name: "READ PICTURE FILE",
    thread_safe: true,
    help: "Reads an image file into a picture.",
    syntaxes: &[native!(read_picture_file(process, fileName, picture, star))],
};

fn read_picture_file(
    process: &mut Process,
    name: Text,
    target: Var<Picture>,
    any: Option<Star>,
) -> Result<()> {
    process.set_ok(false);
    let path = document_path(&process.runtime, &name.to_str());
    let bytes = documents::read(&path)?;
    let kind = recognized(&bytes).or_else(|| any.map(|_| "application/octet-stream"));
    process.set_ok(kind.is_some());
    process.set_system("Document", system_text(&path, false));
    target.set(Value::Picture(kind.map(|kind| Picture::new(bytes, kind)).unwrap_or_default()));
    Ok(())
}

const WRITE_PICTURE_FILE: Command = Command {
    number: 680,
    name: "WRITE PICTURE FILE",
    thread_safe: true,
    help: "Writes a picture to an image file.",
    syntaxes: &[native!(write_picture_file(process, fileName, picture, codec))],
};

fn write_picture_file(
    process: &mut Process,
    name: Text,
    picture: Picture,
    codec: Option<Text>,
) -> Result<()> {
    process.set_ok(false);
    let path = document_path(&process.runtime, &name.to_str());
    let codec = match &codec {
        Some(codec) => codec.to_str().into_owned(),
        None => {
            path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default()
        }
    };
    if picture.is_empty() {
        return Ok(());
    }
    let bytes = if codec.is_empty() { picture.bytes().to_vec() } else { in_format(&picture, &codec)? };
    documents::write(&path, &bytes)?;
    process.set_ok(true);
    process.set_system("Document", system_text(&path, false));
    Ok(())
}

const IS_PICTURE_FILE: Command = Command {
    number: 1113,
    name: "Is picture file",
    thread_safe: true,
    help: "Whether a file is an image, by its extension, or by what stands in it when `*` is passed.",
    syntaxes: &[native!(is_picture_file(process, filePath, star))],
};

fn is_picture_file(process: &mut Process, name: Text, look: Option<Star>) -> bool {
    let path = document_path(&process.runtime, &name.to_str());
    let by_name =
        |path: &Path| path.extension().is_some_and(|ext| format_of(&ext.to_string_lossy()).is_some());
    if look.is_some() {
        return sandbox::read(&path).is_ok_and(|bytes| recognized(&bytes).is_some());
    }
    sandbox::is_file(&path) && by_name(&path)
}

const BLOB_TO_PICTURE: Command = Command {
    number: 682,
    name: "BLOB TO PICTURE",
    thread_safe: true,
    help: "Makes a picture of the bytes of an image file; a codec that is not known wraps any bytes.",
    syntaxes: &[native!(blob_to_picture(process, pictureBlob, picture, codec))],
};

fn blob_to_picture(process: &mut Process, blob: Blob, target: Var<Picture>, codec: Option<Text>) {
    let bytes = blob.bytes().to_vec();
    let codec = codec.map(|codec| codec.to_str().into_owned());
    let kind = match codec {
        Some(codec) => match format_of(&codec) {
            Some(known) => recognized(&bytes).filter(|kind| *kind == known).map(str::to_owned),
            None => Some(codec),
        },
        None => recognized(&bytes).map(str::to_owned),
    };
    process.set_ok(kind.is_some());
    target.set(Value::Picture(kind.map(|kind| Picture::new(bytes, kind)).unwrap_or_default()));
}

const PICTURE_TO_BLOB: Command = Command {
    number: 692,
    name: "PICTURE TO BLOB",
    thread_safe: true,
    help: "Gives the bytes of a picture in a format, which must be the one that it has.",
    syntaxes: &[native!(picture_to_blob(process, picture, pictureBlob, codec))],
};

fn picture_to_blob(process: &mut Process, picture: Picture, target: Var<Blob>, codec: Text) -> Result<()> {
    process.set_ok(false);
    if picture.is_empty() {
        target.set(Value::Blob(Blob::default()));
        return Ok(());
    }
    let bytes = in_format(&picture, &codec.to_str())?;
    target.set(Value::Blob(Blob::from_vec(bytes)));
    process.set_ok(true);
    Ok(())
}

const PICTURE_SIZE: Command = Command {
    number: 356,
    name: "Picture size",
    thread_safe: true,
    help: "The number of bytes of a picture.",
    syntaxes: &[native!(picture_size(picture))],
};

fn picture_size(picture: Picture) -> i32 {
    i32::try_from(picture.bytes().len()).unwrap_or(i32::MAX)
}

const PICTURE_PROPERTIES: Command = Command {
    number: 457,
    name: "PICTURE PROPERTIES",
    thread_safe: true,
    help: "Gives width and height of a picture, in points.",
    syntaxes: &[native!(picture_properties(picture, width, height, hOffset, vOffset, mode))],
};

fn picture_properties(
    picture: Picture,
    width: Var<f64>,
    height: Var<f64>,
    across: Option<Var<i32>>,
    down: Option<Var<i32>>,
    mode: Option<Var<i32>>,
) {
    let (w, h) = size_of(&picture);
    width.set(Value::Real(w));
    height.set(Value::Real(h));
    // Offsets and mode belong to a picture field in a form.
    for unused in [across, down, mode].into_iter().flatten() {
        unused.set(Value::Integer(0));
    }
}
