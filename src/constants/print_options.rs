//! The constants of the theme Print Options.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(47),
    name: "Print Options",
    constants: &[
        integer("Paper option", 1, 1),
        integer("Orientation option", 2, 2),
        integer("Scale option", 3, 3),
        integer("Number of copies option", 4, 4),
        integer("Paper source option", 5, 5),
        integer("Color option", 6, 8),
        integer("Destination option", 7, 9),
        integer("Double sided option", 9, 11),
        integer("Spooler document name option", 10, 12),
        integer("Mac spool file format option", 11, 13),
        integer("_o_Hide printing progress option", 12, 14),
        text("_o_PDFCreator Printer name", 13, "PDFCreator"),
        text("Generic PDF driver", 15, "_4d_pdf_printer"),
        integer("Page setup dialog", 16, 1),
        integer("Print dialog", 17, 2),
        integer("kp preview automatic", NO_TOKEN, 0),
        integer("kp preview none", NO_TOKEN, 0),
        integer("kp preview PDF", NO_TOKEN, 2),
        integer("kp preview XPS", NO_TOKEN, 1),
        integer("Legacy printing layer option", NO_TOKEN, 16),
        integer("Page range option", NO_TOKEN, 15),
        integer("Print preview option", NO_TOKEN, 18),
    ],
};
