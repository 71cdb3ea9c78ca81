//! What was put on the pages after they were made: signatures, and the number and date that an office stamps
//! onto the finished file. A stamp of one line belongs into the line of text it was put on ("Số: 12/KH-UBND"
//! where the page itself says "Số:    /KH-UBND"); the others stand apart.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, ObjectId, dictionary, output_doc};
use serde::{Deserialize, Serialize};

use super::glyphs::{Gap, Glyphs, Page, Word};
use super::prepare::dictionary;

/// More than this are a form to fill in rather than stamps.
const MAX_STAMPS: usize = 500;

/// A number or a date; what is longer is a sentence of its own.
const MAX_LETTERS: usize = 40;

/// What was put on a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Counted from 0.
    page: usize,
    /// Left, bottom, right, top on the page. Points.
    area: [f64; 4],
    lines: Page,
}

/// An annotation with its own drawing.
struct Annotation {
    page: usize,
    area: [f64; 4],
    drawing: ObjectId,
}

/// Puts stamps of one line into the lines they stand on, and returns the text of the others, a line each.
pub(super) fn place(stamps: Vec<Stamp>, pages: &mut [Page]) -> Vec<String> {
    let mut apart = Vec::new();
    for stamp in stamps {
        let texts: Vec<String> = stamp.lines.iter().map(|line| line.text()).collect();
        let placed = match (texts.as_slice(), pages.get_mut(stamp.page)) {
            ([text], Some(page)) if text.chars().count() <= MAX_LETTERS => insert(page, stamp.area, text),
            _ => false,
        };
        if !placed {
            apart.extend(texts);
        }
    }
    apart
}

/// The stamps on the pages of `pdf`, which are lost on the way.
pub(super) fn read(pdf: &mut Document) -> Vec<Stamp> {
    let stamps = annotations(pdf);
    if stamps.is_empty() {
        return Vec::new();
    }
    let drawn = draw(pdf, &stamps).into_iter();
    stamps.iter().zip(drawn).map(|(stamp, lines)| Stamp { page: stamp.page, area: stamp.area, lines }).collect()
}

fn annotations(pdf: &Document) -> Vec<Annotation> {
    let mut stamps = Vec::new();
    for (page, id) in pdf.page_iter().enumerate() {
        let annotations = pdf.get_page_annotations(id).unwrap_or_default();
        for annotation in annotations {
            if stamps.len() < MAX_STAMPS
                && let Some(drawing) = drawing(pdf, annotation)
                && let Some(area) = area(pdf, annotation)
            {
                stamps.push(Annotation { page, area, drawing });
            }
        }
    }
    stamps
}

/// The drawing that a visible annotation shows.
fn drawing(pdf: &Document, annotation: &Dictionary) -> Option<ObjectId> {
    const HIDDEN: i64 = 1 << 1 | 1 << 5;
    if annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0) & HIDDEN != 0 {
        return None;
    }
    let shown = dictionary(pdf, annotation, b"AP")?.get(b"N").ok()?;
    let id = shown.as_reference().ok()?;
    if pdf.get_object(id).ok()?.as_stream().is_ok() {
        return Some(id);
    }
    // One drawing for each state, such as "on" and "off".
    let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
    let id = pdf.get_dictionary(id).ok()?.get(state).and_then(Object::as_reference).ok()?;
    pdf.get_object(id).ok()?.as_stream().is_ok().then_some(id)
}

fn area(pdf: &Document, annotation: &Dictionary) -> Option<[f64; 4]> {
    let corners = annotation.get_deref(b"Rect", pdf).and_then(Object::as_array).ok()?;
    let corners: Vec<f64> = corners.iter().filter_map(|side| side.as_float().ok()).map(f64::from).collect();
    let [x, y, u, v] = *corners.as_slice() else { return None };
    Some([x.min(u), y.min(v), x.max(u), y.max(v)])
}

/// The lines of each stamp: every drawing becomes a page of its own, in place of the file's pages.
fn draw(pdf: &mut Document, stamps: &[Annotation]) -> Vec<Page> {
    let mut kids = Vec::new();
    for stamp in stamps {
        let resources = match pdf.get_object(stamp.drawing).and_then(Object::as_stream) {
            Ok(stream) => stream.dict.get(b"Resources").cloned().unwrap_or_else(|_| Dictionary::new().into()),
            Err(_) => Dictionary::new().into(),
        };
        let page = pdf.add_object(dictionary! {
            "Type" => "Page",
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => resources,
            "Contents" => stamp.drawing,
        });
        kids.push(Object::Reference(page));
    }
    let tree = pdf.add_object(dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids });
    let Ok(catalog) = pdf.catalog_mut() else { return Vec::new() };
    catalog.set("Pages", Object::Reference(tree));
    let mut glyphs = Glyphs::new();
    // A stamp that cannot be drawn ends the drawing of stamps, not the reading of the file.
    let _ = catch_unwind(AssertUnwindSafe(|| output_doc(pdf, &mut glyphs)));
    glyphs.finish()
}

/// Puts a stamp's text into the line whose baseline runs through its area; false if there is none.
fn insert(page: &mut Page, area: [f64; 4], text: &str) -> bool {
    let [left, bottom, right, top] = area;
    let middle = (bottom + top) / 2.0;
    let near = page.iter_mut().filter(|line| {
        let baseline = -line.down;
        let begins = line.words.first().map_or(0.0, |word| word.left);
        line.turn == 0
            && (bottom - 0.3 * line.size..=top).contains(&baseline)
            && left < line.right + 10.0 * line.size
            && right > begins - 10.0 * line.size
    });
    let Some(line) = near.min_by(|a, b| (middle + a.down).abs().total_cmp(&(middle + b.down).abs())) else {
        return false;
    };
    let at = line.words.iter().position(|word| word.left > left).unwrap_or(line.words.len());
    if let Some(next) = line.words.get_mut(at) {
        next.gap = if next.text.starts_with(['/', '-']) { Gap::None } else { Gap::Space };
    }
    line.words.insert(at, Word { gap: Gap::Space, left, text: text.to_owned() });
    line.right = line.right.max(right);
    true
}
