//! The folder whose files a web server shows, and the kinds of files.
//!
//! A path of a request leads to a file below the folder or nowhere: neither `..`, however it is written, nor a link
//! leads out of it.

use std::path::{Path, PathBuf};

use crate::runtime::exchange::decoded;
use crate::runtime::sandbox;

/// Where a path of a request leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// To a file.
    File(PathBuf),
    /// To nothing that is there.
    Nothing,
    /// Out of the folder, or to what no path can mean.
    Outside,
}

/// Finds the file of a path, as it stands in a request.
pub fn find(root: &Path, path: &str) -> Place {
    let path = decoded(path, false);
    let mut file = root.to_owned();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        let is_strange = |sign: char| sign == '\\' || sign == ':' || sign.is_control();
        if step == ".." || step == "." || step.contains(is_strange) {
            return Place::Outside;
        }
        file.push(step);
    }
    if !sandbox::is_file(&file) {
        return Place::Nothing;
    }
    // Links are followed as long as they stay below the folder.
    let (real, root) = (sandbox::real_path(&file), sandbox::real_path(root));
    if real.starts_with(&root) { Place::File(real) } else { Place::Outside }
}

/// The kind of a file by its extension, with the character set of texts.
pub fn kind_of(extension: &str) -> &'static str {
    let extension = extension.trim_start_matches('.').to_ascii_lowercase();
    KINDS
        .iter()
        .find(|(extensions, _)| extensions.contains(&extension.as_str()))
        .map_or("application/octet-stream", |(_, kind)| kind)
}

/// The kind of the file at a path.
pub fn kind_of_file(path: &Path) -> &'static str {
    path.extension().map_or("application/octet-stream", |extension| kind_of(&extension.to_string_lossy()))
}

/// Whether a file is a template by its name: it is run before it is sent.
pub fn is_template(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("shtml") || e.eq_ignore_ascii_case("shtm"))
}

#[rustfmt::skip]
static KINDS: &[(&[&str], &str)] = &[
    (&["html", "htm", "shtml", "shtm"], "text/html;charset=UTF-8"),
    (&["css"], "text/css;charset=UTF-8"),
    (&["js", "mjs"], "text/javascript;charset=UTF-8"),
    (&["json", "map"], "application/json"),
    (&["txt", "text", "log"], "text/plain;charset=UTF-8"),
    (&["csv"], "text/csv;charset=UTF-8"),
    (&["md"], "text/markdown;charset=UTF-8"),
    (&["xml", "xsl"], "text/xml"),
    (&["svg"], "image/svg+xml"),
    (&["png"], "image/png"),
    (&["jpg", "jpeg", "jpe"], "image/jpeg"),
    (&["gif"], "image/gif"),
    (&["webp"], "image/webp"),
    (&["avif"], "image/avif"),
    (&["bmp"], "image/bmp"),
    (&["tif", "tiff"], "image/tiff"),
    (&["ico"], "image/x-icon"),
    (&["pdf"], "application/pdf"),
    (&["zip"], "application/zip"),
    (&["gz"], "application/gzip"),
    (&["wasm"], "application/wasm"),
    (&["woff"], "font/woff"),
    (&["woff2"], "font/woff2"),
    (&["ttf"], "font/ttf"),
    (&["otf"], "font/otf"),
    (&["mp3"], "audio/mpeg"),
    (&["wav"], "audio/wav"),
    (&["ogg"], "audio/ogg"),
    (&["mp4"], "video/mp4"),
    (&["webm"], "video/webm"),
    (&["mov"], "video/quicktime"),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = sandbox::temporary_folder().join(format!("quatre-web-{}", std::process::id()));
        let root = folder.join("WebFolder");
        sandbox::create_folders(&root.join("a")).expect("a folder");
        sandbox::write(&root.join("a/x y.html"), b"inside").expect("a file");
        sandbox::write(&folder.join("secret"), b"outside").expect("a file");
        let real = sandbox::real_path(&root);
        assert_eq!(find(&root, "/a/x%20y.html"), Place::File(real.join("a/x y.html")));
        assert_eq!(find(&root, "//a//x%20y.html"), Place::File(real.join("a/x y.html")));
        assert_eq!(find(&root, "/a"), Place::Nothing);
        assert_eq!(find(&root, "/none"), Place::Nothing);
        for path in
            ["/../secret", "/a/../../secret", "/%2e%2e/secret", "/..%2fsecret", "/a/..\\..\\secret", "/%00"]
        {
            assert_eq!(find(&root, path), Place::Outside, "{path}");
        }
        #[cfg(unix)]
        {
            sandbox::make_link(&folder.join("secret"), &root.join("link")).expect("a link");
            assert_eq!(find(&root, "/link"), Place::Outside);
        }
        sandbox::remove_folder_with_contents(&folder).expect("removed");
    }

    #[test]
    fn kinds_go_by_the_extension_whatever_its_case() {
        assert_eq!(kind_of("PNG"), "image/png");
        assert_eq!(kind_of(".Html"), "text/html;charset=UTF-8");
        assert_eq!(kind_of("unknown"), "application/octet-stream");
    }
}
