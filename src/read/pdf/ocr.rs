//! Pictures of pages: Poppler makes a picture of a page of a pdf, Tesseract reads it and tells where each word
//! stands, so that lines and paragraphs are found as on pages with a text layer.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use quick_xml::events::{BytesStart, Event};

use super::glyphs::{Gap, Line, Page, Word};
use crate::read::docx::attribute;
use crate::read::subprocess::{self, Limits, Slots};
use crate::read::{ReadError, Tool, ToolFault};

/// Of one page. A dense page of A4 takes five seconds of a slow core.
const LIMITS: Limits = Limits { memory: 3 << 30, time: Duration::from_secs(60) };

/// How long one page may take by the clock: the machine may be busy with others.
const PAGE: Duration = Duration::from_secs(180);

/// The longer side of a page's picture, in dots: 300 to the inch on A4, where Tesseract reads best.
const LONGER_SIDE: u32 = 3508;

/// The longer side of A4. Points. Lines are measured as if every picture were that high.
const HEIGHT: f64 = 842.0;

/// One picture is read by one core.
static SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::new(cores()));

/// How long a page waits for those of other files.
const PATIENCE: Duration = Duration::from_secs(600);

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Reads these pages of a pdf, counted from 0. Those that cannot be read are missing from the answer.
pub(super) fn pages(path: &str, pdf: &[u8], wanted: &[usize]) -> Result<Vec<(usize, Page)>, ReadError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let tesseract = tesseract(path)?;
    let missing = || ReadError::NoProgram { path: path.to_owned(), program: Tool::Poppler };
    let poppler = subprocess::find(&["pdftoppm"], &[]).ok_or_else(missing)?;
    let io = |error: std::io::Error| ReadError::Io { path: path.to_owned(), detail: error.into() };
    let folder = subprocess::folder().map_err(io)?;
    let file = folder.path().join("in.pdf");
    std::fs::write(&file, pdf).map_err(io)?;

    let next = AtomicUsize::new(0);
    let read = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..cores().min(wanted.len()) {
            scope.spawn(|| {
                while let Some(at) = wanted.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    let page = SLOTS.wait(PATIENCE).and_then(|_slot| {
                        let picture = picture(&poppler, &file, at + 1)?;
                        recognise(&tesseract, &picture)
                    });
                    let page = page.map(|pages| (at, pages.into_iter().flatten().collect()));
                    read.lock().unwrap_or_else(PoisonError::into_inner).push(page);
                }
            });
        }
    });
    let read: Vec<Result<(usize, Page), ToolFault>> = read.into_inner().unwrap_or_else(PoisonError::into_inner);
    match read.iter().find_map(|page| page.as_ref().err()) {
        Some(why) if read.iter().all(Result::is_err) && read.len() == wanted.len() => {
            Err(ReadError::ProgramFailed { path: path.to_owned(), program: Tool::Tesseract, why: *why })
        }
        _ => Ok(read.into_iter().flatten().collect()),
    }
}

/// Reads a file of one or several pictures.
pub(super) fn image(path: &str, bytes: &[u8]) -> Result<Vec<Page>, ReadError> {
    let tesseract = tesseract(path)?;
    let failed = |why| ReadError::ProgramFailed { path: path.to_owned(), program: Tool::Tesseract, why };
    let _slot = SLOTS.wait(PATIENCE).map_err(failed)?;
    recognise(&tesseract, bytes).map_err(failed)
}

/// Tesseract, if it is installed with its data for Vietnamese.
fn tesseract(path: &str) -> Result<PathBuf, ReadError> {
    static FOUND: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
        const FOLDERS: [&str; 2] = ["/opt/homebrew/bin", "C:\\Program Files\\Tesseract-OCR"];
        let found = subprocess::find(&["tesseract"], &FOLDERS)?;
        let mut command = subprocess::command(&found, LIMITS);
        command.arg("--list-langs");
        let languages = subprocess::run(command, b"", PAGE).ok()?;
        String::from_utf8_lossy(&languages).lines().any(|line| line.trim() == "vie").then_some(found)
    });
    FOUND.clone().ok_or_else(|| ReadError::NoProgram { path: path.to_owned(), program: Tool::Tesseract })
}

/// A picture of a page, counted from 1.
fn picture(poppler: &Path, pdf: &Path, page: usize) -> Result<Vec<u8>, ToolFault> {
    let mut command = subprocess::command(poppler, LIMITS);
    let page = page.to_string();
    command.args(["-gray", "-scale-to", &LONGER_SIDE.to_string(), "-f", &page, "-l", &page]).arg(pdf);
    subprocess::run(command, b"", PAGE)
}

/// The pages that Tesseract reads from a picture.
fn recognise(tesseract: &Path, picture: &[u8]) -> Result<Vec<Page>, ToolFault> {
    let mut command = subprocess::command(tesseract, LIMITS);
    // More threads make it slower; the pages of a file are read side by side instead.
    command.env("OMP_THREAD_LIMIT", "1").args(["stdin", "stdout", "-l", "vie"]);
    if picture.starts_with(b"P5") {
        command.args(["--dpi", "300"]);
    }
    command.arg("hocr");
    let answer = subprocess::run(command, picture, PAGE)?;
    pages_of(&String::from_utf8_lossy(&answer)).ok_or(ToolFault::Failed)
}

/// The lines in an answer in the hOCR form: elements `ocr_page`, `ocr_line` (and its kin) and `ocrx_word`, each with
/// its place in `title`.
fn pages_of(hocr: &str) -> Option<Vec<Page>> {
    let mut reader = quick_xml::Reader::from_str(hocr);
    let mut pages: Vec<Page> = Vec::new();
    let mut scale = 1.0;
    let mut line: Option<Measured> = None;
    // The word that is open: its place, how sure it is, its text, and the elements open within it.
    let mut word: Option<([f64; 4], f64, String, usize)> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) if word.is_some() => word.iter_mut().for_each(|word| word.3 += 1),
            Event::Start(tag) => {
                let title = attribute(&tag, "title").unwrap_or_default();
                match class(&tag).as_str() {
                    "ocr_page" => {
                        finish(&mut pages, line.take());
                        let [left, top, right, bottom] = numbers(&title, "bbox")?;
                        scale = HEIGHT / (right - left).max(bottom - top).max(1.0);
                        pages.push(Page::new());
                    }
                    "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" => {
                        finish(&mut pages, line.take());
                        line = Some(Measured::new(&title, scale)?);
                    }
                    "ocrx_word" => {
                        let place: [f64; 4] = numbers(&title, "bbox")?;
                        let [sure] = numbers(&title, "x_wconf").unwrap_or([100.0]);
                        word = Some((place.map(|side| side * scale), sure, String::new(), 0));
                    }
                    _ => {}
                }
            }
            Event::End(_) => match word.as_mut() {
                Some((.., depth)) if *depth > 0 => *depth -= 1,
                Some(_) => {
                    if let (Some(line), Some((place, sure, text, _))) = (line.as_mut(), word.take()) {
                        line.word(place, sure, &text);
                    }
                }
                None => {}
            },
            Event::Text(text) => word.iter_mut().for_each(|word| word.2.push_str(&text.xml10_content())),
            Event::GeneralRef(name) => {
                let c = name.resolve_char_ref().ok()?;
                let text = c.map(String::from);
                let text = text.or_else(|| quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned));
                word.iter_mut().for_each(|word| word.2.push_str(text.as_deref().unwrap_or_default()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    finish(&mut pages, line);
    pages.iter_mut().for_each(level_sizes);
    Some(pages)
}

fn class(tag: &BytesStart<'_>) -> String {
    attribute(tag, "class").unwrap_or_default()
}

/// The numbers after `name` in a title: "bbox 10 20 30 40; x_wconf 95".
fn numbers<const N: usize>(title: &str, name: &str) -> Option<[f64; N]> {
    let found = title.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(' '))?;
    let mut numbers = found.split_whitespace().map_while(|number| number.parse::<f64>().ok());
    let mut all = [0.0; N];
    for place in &mut all {
        *place = numbers.next()?;
    }
    Some(all)
}

/// A line that is being read.
struct Measured(Line);

impl Measured {
    fn new(title: &str, scale: f64) -> Option<Measured> {
        /// From the height between the highest and the lowest letters to the font's size.
        const SIZE: f64 = 0.85;
        let [.., top, _, bottom] = numbers::<4>(title, "bbox")?;
        let [_, baseline] = numbers(title, "baseline").unwrap_or([0.0; 2]);
        let [size] = numbers(title, "x_size").unwrap_or([bottom - top]);
        let (down, size) = ((bottom + baseline) * scale, SIZE * size * scale);
        Some(Measured(Line { turn: 0, down, size, right: 0.0, words: Vec::new(), is_note: false }))
    }

    fn word(&mut self, [left, _, right, _]: [f64; 4], sure: f64, text: &str) {
        let text = text.trim();
        // Specks, seals and ruled lines are read as stray signs.
        let is_speck = sure < 50.0 && !text.contains(char::is_alphanumeric);
        if text.is_empty() || is_speck {
            return;
        }
        let line = &mut self.0;
        let gap = if line.words.is_empty() {
            Gap::None
        } else if left - line.right > 2.5 * line.size {
            Gap::Column
        } else {
            Gap::Space
        };
        line.words.push(Word { gap, left, text: text.to_owned() });
        line.right = line.right.max(right);
    }
}

fn finish(pages: &mut [Page], line: Option<Measured>) {
    if let (Some(page), Some(Measured(line))) = (pages.last_mut(), line.filter(|line| !line.0.words.is_empty())) {
        page.push(line);
    }
}

/// The size of a line in a picture varies with the letters that happen to be in it: those near the usual size have
/// the usual size.
fn level_sizes(page: &mut Page) {
    let mut sizes: Vec<f64> = page.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let Some(usual) = sizes.get(sizes.len() / 2).copied() else { return };
    for line in page.iter_mut().filter(|line| (0.75..1.3).contains(&(line.size / usual))) {
        line.size = usual;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lines_and_pages_are_taken_from_hocr() {
        let hocr = "<?xml version='1.0'?><!DOCTYPE html><html><body><div class='ocr_page' title='image \"stdin\"; bbox 0 0 1000 2000; ppageno 0'><p class='ocr_par'>
            <span class='ocr_line' title='bbox 100 100 900 140; baseline 0.001 -8; x_size 40'>
            <span class='ocrx_word' title='bbox 100 100 180 140; x_wconf 96'><strong>Số:</strong></span>
            <span class='ocrx_word' title='bbox 190 100 300 140; x_wconf 90'>115/NQ&amp;CP</span>
            <span class='ocrx_word' title='bbox 600 100 900 140; x_wconf 90'>Hà Nội</span>
            <span class='ocrx_word' title='bbox 910 100 915 140; x_wconf 12'>|</span></span></p></div></body></html>";
        let pages = pages_of(hocr).unwrap();
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0][0].text(), "Số: 115/NQ&CP\tHà Nội");
        assert!((pages[0][0].down - 132.0 * 0.421).abs() < 0.01, "{}", pages[0][0].down);
        assert_eq!(pages_of("<div class='ocr_page' title='none'>"), None);
    }
}
