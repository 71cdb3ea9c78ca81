//! What is done to a pdf before the library sees its pages, so that it neither crashes nor loses text: bombs are
//! found, drawings that contain themselves refused, images emptied, and two operators that show text, which
//! the library does not know, spelt out in those it knows.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use flate2::read::ZlibDecoder;
use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use crate::read::Damage;

/// All compressed streams of a file together may unpack to this many bytes, images included.
const MAX_TOTAL: u64 = 2 << 30;

/// A page image of A4 at 72 dots per inch has half a million dots; scans have many more.
const PICTURE: u64 = 400_000;

/// Drawings within drawings: how deep, and how many in all from one.
const MAX_DEPTH: usize = 40;
const MAX_DRAWN: u64 = 100_000;

/// Whether a compressed stream unpacks to more than `limit` bytes. The library would unpack it into memory.
pub(super) fn is_bomb(bytes: &[u8], limit: u64) -> bool {
    let mut total = 0;
    let mut chunk = vec![0; 1 << 16];
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let Some(data) = data.strip_prefix(b"\n") else { continue };
        let mut unpacked = 0;
        let mut decoder = ZlibDecoder::new(data);
        while let Ok(read @ 1..) = decoder.read(&mut chunk) {
            unpacked += read as u64;
            total += read as u64;
            if unpacked > limit || total > MAX_TOTAL {
                return true;
            }
        }
    }
    false
}

/// Makes the document safe to draw. Returns the pages that show a picture of the size of a page, counted from 0; an
/// error says what is wrong.
pub(super) fn prepare(pdf: &mut Document) -> Result<HashSet<usize>, Damage> {
    let dots = empty_images(pdf);
    let pictures = pdf.page_iter().enumerate().filter(|(_, page)| shows_picture(pdf, *page, &dots));
    let pictures = pictures.map(|(at, _)| at).collect();
    correct_widths(pdf);
    let drawings = drawings(pdf);
    let calls: HashMap<ObjectId, Vec<ObjectId>> = drawings.into_iter().map(|id| (id, calls(pdf, id))).collect();
    let mut drawn = HashMap::new();
    for id in calls.keys() {
        count(*id, &calls, &mut drawn, 0)?;
    }
    // A page that cannot be completed fails when it is drawn.
    for page in pdf.page_iter().collect::<Vec<_>>() {
        let _ = complete_page(pdf, page);
    }
    Ok(pictures)
}

/// Images hold no text, but the library would read their bytes as page contents. Returns how many dots each has.
fn empty_images(pdf: &mut Document) -> HashMap<ObjectId, u64> {
    let mut dots = HashMap::new();
    for (id, object) in &mut pdf.objects {
        if let Object::Stream(stream) = object
            && is_image(stream)
        {
            let side = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).unwrap_or(0).clamp(0, 1 << 20) as u64;
            dots.insert(*id, side(b"Width") * side(b"Height"));
            stream.set_plain_content(Vec::new());
        }
    }
    dots
}

/// Whether a page shows images of so many dots that its words may be in them.
fn shows_picture(pdf: &Document, page: ObjectId, dots: &HashMap<ObjectId, u64>) -> bool {
    const MAX_ANCESTORS: usize = 50;
    let mut resources = None;
    let mut at = Some(page);
    for _ in 0..MAX_ANCESTORS {
        let Some(dict) = at.and_then(|id| pdf.get_dictionary(id).ok()) else { break };
        resources = dictionary(pdf, dict, b"Resources");
        if resources.is_some() {
            break;
        }
        at = dict.get(b"Parent").and_then(Object::as_reference).ok();
    }
    // Some writers give every page the images of all, so that only what the page draws counts.
    let contents = pdf.get_page_content(page).unwrap_or_default();
    let mut rest: Vec<(&Dictionary, Option<&[u8]>)> =
        resources.map(|found| (found, Some(&*contents))).into_iter().collect();
    let (mut seen, mut shown) = (HashSet::new(), 0);
    while let Some((resources, contents)) = rest.pop() {
        let named = dictionary(pdf, resources, b"XObject").into_iter().flat_map(Dictionary::iter);
        for (name, object) in named {
            let Ok(id) = object.as_reference() else { continue };
            if contents.is_some_and(|contents| !draws(contents, name)) || !seen.insert(id) {
                continue;
            }
            shown += dots.get(&id).copied().unwrap_or(0);
            if let Ok(stream) = pdf.get_object(id).and_then(Object::as_stream)
                && let Some(resources) = dictionary(pdf, &stream.dict, b"Resources")
            {
                rest.push((resources, None));
            }
        }
    }
    shown >= PICTURE
}

/// Whether page contents draw what goes by this name: "/Im0 Do".
fn draws(contents: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find_iter(contents, name).any(|at| {
        let after = contents[at + name.len()..].trim_ascii_start();
        contents[..at].ends_with(b"/") && after.starts_with(b"Do")
    })
}

fn is_image(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// The library passes over ranges in the widths of composite fonts and takes those of drawn fonts for thousandths;
/// wrong widths make wrong gaps between letters. Ranges are written out, and drawn fonts scaled.
fn correct_widths(pdf: &mut Document) {
    let mut corrected = Vec::new();
    for (id, object) in &pdf.objects {
        let Ok(font) = object.as_dict() else { continue };
        match font.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"CIDFontType0" | b"CIDFontType2") => {
                if let Ok(widths) = font.get_deref(b"W", pdf).and_then(Object::as_array) {
                    corrected.push((*id, "W", written_out(pdf, widths)));
                }
                if let Ok(Object::Real(width)) = font.get_deref(b"DW", pdf) {
                    corrected.push((*id, "DW", Object::Integer(*width as i64)));
                }
            }
            Ok(b"Type3") => {
                let matrix = font.get_deref(b"FontMatrix", pdf).and_then(Object::as_array);
                let scale = matrix.ok().and_then(|matrix| matrix.first()?.as_float().ok()).unwrap_or(0.001) * 1000.0;
                if let Ok(widths) = font.get_deref(b"Widths", pdf).and_then(Object::as_array) {
                    let widths = widths.iter().map(|width| Object::Real(number(pdf, width) * scale)).collect();
                    corrected.push((*id, "Widths", Object::Array(widths)));
                }
            }
            _ => {}
        }
    }
    for (id, key, value) in corrected {
        if let Ok(font) = pdf.get_object_mut(id).and_then(Object::as_dict_mut) {
            font.set(key, value);
        }
    }
}

/// Widths as "first [w w w]" only; a range is "first last w".
fn written_out(pdf: &Document, widths: &[Object]) -> Object {
    const MOST: i64 = 1 << 16;
    let mut all = Vec::new();
    let mut rest = widths.iter().map(|object| pdf.dereference(object).map_or(object, |(_, object)| object));
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let Ok(first) = first.as_i64() else { break };
        let widths: Vec<Object> = match second {
            Object::Array(widths) => widths.iter().map(|width| Object::Real(number(pdf, width))).collect(),
            last => {
                let (Ok(last), Some(width)) = (last.as_i64(), rest.next()) else { break };
                let width = Object::Real(number(pdf, width));
                let count = last.saturating_sub(first).saturating_add(1).clamp(0, MOST);
                vec![width; count as usize]
            }
        };
        all.extend([Object::Integer(first), Object::Array(widths)]);
    }
    Object::Array(all)
}

fn number(pdf: &Document, object: &Object) -> f32 {
    pdf.dereference(object).and_then(|(_, object)| object.as_float()).unwrap_or(0.0)
}

/// Every stream that some resources name as a drawing.
fn drawings(pdf: &Document) -> HashSet<ObjectId> {
    let mut found = HashSet::new();
    let mut rest: Vec<&Object> = pdf.objects.values().collect();
    while let Some(object) = rest.pop() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            Object::Array(items) => {
                rest.extend(items);
                continue;
            }
            _ => continue,
        };
        rest.extend(dict.iter().map(|(_, value)| value));
        if let Some(named) = dictionary(pdf, dict, b"XObject") {
            found.extend(named.iter().filter_map(|(_, value)| value.as_reference().ok()));
        }
    }
    found.retain(|id| pdf.get_object(*id).and_then(Object::as_stream).is_ok_and(|stream| !is_image(stream)));
    found
}

/// The drawings that a drawing draws, each as often as it does. Its contents are rewritten where the library
/// would fail; without resources of its own a drawing cannot draw others.
fn calls(pdf: &mut Document, id: ObjectId) -> Vec<ObjectId> {
    let Ok(stream) = pdf.get_object(id).and_then(Object::as_stream) else { return Vec::new() };
    let named =
        dictionary(pdf, &stream.dict, b"Resources").and_then(|resources| dictionary(pdf, resources, b"XObject"));
    let Some(mut content) = stream.get_plain_content().ok().and_then(|bytes| Content::decode(&bytes).ok()) else {
        return Vec::new();
    };
    let mut called = Vec::new();
    for operation in content.operations.iter().filter(|operation| operation.operator == "Do") {
        let name = operation.operands.first().and_then(|name| name.as_name().ok());
        called.extend(name.zip(named).and_then(|(name, named)| named.get(name).and_then(Object::as_reference).ok()));
    }
    let orphan = named.is_none();
    let before = content.operations.len();
    if orphan {
        content.operations.retain(|operation| operation.operator != "Do");
    }
    let changed = spell_out(&mut content) || content.operations.len() != before;
    if changed
        && let Ok(bytes) = content.encode()
        && let Ok(Object::Stream(stream)) = pdf.get_object_mut(id)
    {
        stream.set_plain_content(bytes);
    }
    called
}

/// How many drawings are drawn when `id` is, itself included.
fn count(
    id: ObjectId,
    calls: &HashMap<ObjectId, Vec<ObjectId>>,
    drawn: &mut HashMap<ObjectId, Option<u64>>,
    depth: usize,
) -> Result<u64, Damage> {
    match drawn.get(&id) {
        Some(Some(known)) => return Ok(*known),
        // Begun and not finished: it is on the way down to itself.
        Some(None) => return Err(Damage::DrawsItself),
        None if depth > MAX_DEPTH => return Err(Damage::DrawingsTooDeep),
        None => {}
    }
    drawn.insert(id, None);
    let mut all = 1u64;
    for called in calls.get(&id).map(Vec::as_slice).unwrap_or_default() {
        all = all.saturating_add(count(*called, calls, drawn, depth + 1)?);
    }
    if all > MAX_DRAWN {
        return Err(Damage::DrawingsTooMany);
    }
    drawn.insert(id, Some(all));
    Ok(all)
}

/// Checks that a page's ancestors end, gives it a size if none of them has one (only text matters here), and
/// spells out its operators.
fn complete_page(pdf: &mut Document, page: ObjectId) -> Result<(), Damage> {
    let mut has_size = false;
    let mut ancestors = HashSet::new();
    let mut at = Some(page);
    while let Some(id) = at {
        if !ancestors.insert(id) {
            return Err(Damage::PageTree);
        }
        let dict = pdf.get_dictionary(id).map_err(|_| Damage::PageMissing)?;
        has_size |= dict.has(b"MediaBox");
        at = dict.get(b"Parent").and_then(Object::as_reference).ok();
    }
    let rewritten = rewritten(pdf, page).map(|bytes| pdf.add_object(Stream::new(Dictionary::new(), bytes)));
    let dict = pdf.get_object_mut(page).and_then(Object::as_dict_mut).map_err(|_| Damage::PageMissing)?;
    if !has_size {
        dict.set("MediaBox", vec![0.into(), 0.into(), 595.into(), 842.into()]);
    }
    if let Some(contents) = rewritten {
        dict.set("Contents", Object::Reference(contents));
    }
    Ok(())
}

/// A page's contents, if they hold operators to spell out.
fn rewritten(pdf: &Document, page: ObjectId) -> Option<Vec<u8>> {
    let bytes = pdf.get_page_content(page).ok()?;
    // The operators follow the string they show; nothing else makes it worth the parsing.
    let follows =
        |at: usize| bytes[..at].iter().rev().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| b")>".contains(b));
    if !memchr::memchr2_iter(b'\'', b'"', &bytes).any(follows) {
        return None;
    }
    let mut content = Content::decode(&bytes).ok()?;
    if spell_out(&mut content) { content.encode().ok() } else { None }
}

/// Replaces `'` (next line, show text) and `"` (the same after setting the spacing). Whether there were any.
fn spell_out(content: &mut Content) -> bool {
    if !content.operations.iter().any(|operation| matches!(operation.operator.as_str(), "'" | "\"")) {
        return false;
    }
    let mut operations = Vec::with_capacity(content.operations.len() * 2);
    for mut operation in std::mem::take(&mut content.operations) {
        match (operation.operator.as_str(), operation.operands.len()) {
            ("'", 1) => {}
            ("\"", 3) => {
                let spacing = ["Tw", "Tc"].into_iter().zip(operation.operands.drain(..2));
                operations.extend(spacing.map(|(operator, value)| Operation::new(operator, vec![value])));
            }
            _ => {
                operations.push(operation);
                continue;
            }
        }
        operations.push(Operation::new("T*", Vec::new()));
        operations.push(Operation::new("Tj", operation.operands));
    }
    content.operations = operations;
    true
}

/// A dictionary in a dictionary, there or referred to.
pub(super) fn dictionary<'p>(pdf: &'p Document, dict: &'p Dictionary, key: &[u8]) -> Option<&'p Dictionary> {
    match dict.get(key).ok()? {
        Object::Reference(id) => pdf.get_dictionary(*id).ok(),
        object => object.as_dict().ok(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn a_stream_that_unpacks_to_too_much_is_a_bomb() {
        let mut packed = ZlibEncoder::new(b"1 0 obj<<>>stream\r\n".to_vec(), Compression::fast());
        packed.write_all(&vec![0; 1 << 20]).unwrap();
        let bytes = packed.finish().unwrap();
        assert!(is_bomb(&bytes, 1 << 19));
        assert!(!is_bomb(&bytes, 1 << 20));
    }

    #[test]
    fn ranges_of_widths_are_written_out() {
        let widths = [3.into(), Object::Array(vec![250.into()]), 10.into(), 12.into(), 500.into()];
        let written = written_out(&Document::new(), &widths);
        let one = |width: f32| Object::Real(width);
        assert_eq!(
            written,
            Object::Array(vec![
                3.into(),
                Object::Array(vec![one(250.0)]),
                10.into(),
                Object::Array(vec![one(500.0), one(500.0), one(500.0)])
            ])
        );
    }
}
