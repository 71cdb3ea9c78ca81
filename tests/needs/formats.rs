//! The formats that other programs convert: what LibreOffice, Tesseract and Poppler make of the sample plans yields the
//! citations of the originals.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn danchieu(args: &[&str], files: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_danchieu"));
    command.env_remove("DANCHIEU_LANG").args(args).args(files).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The keys of the citations in a file.
fn keys(args: &[&str], file: &Path) -> BTreeSet<String> {
    let output = danchieu(&[&["extract", "--lang", "en"], args].concat(), &[file]);
    assert_eq!(output.status.code(), Some(0), "{}: {}", file.display(), said(&output));
    keys_in(&output)
}

fn keys_in(output: &Output) -> BTreeSet<String> {
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    let key = |line: &str| serde_json::from_str::<Value>(line).unwrap()["key"].as_str().map(str::to_owned);
    lines.lines().filter_map(key).collect()
}

fn plans(extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("corpus/plans").unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    found.sort();
    assert!(!found.is_empty());
    found
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", said(&output));
}

fn soffice(folder: &Path, to: &str, files: &[PathBuf]) {
    run(Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files));
}

pub fn word_files_say_the_same_as_odt_doc_and_rtf() {
    let folder = tempfile::tempdir().unwrap();
    let mut plans = plans("docx");
    // Each takes LibreOffice a start.
    plans.truncate(1);
    for to in ["odt", "doc", "rtf"] {
        soffice(folder.path(), to, &plans);
        for plan in &plans {
            let expected = keys(&[], plan);
            assert!(expected.len() > 3, "{}", plan.display());
            let copy = folder.path().join(plan.file_name().unwrap()).with_extension(to);
            assert_eq!(keys(&[], &copy), expected, "{}", copy.display());
        }
    }
}

/// A pdf whose pages are pictures: the pages of another, as a scanner would see them.
fn scanned(folder: &Path, pdf: &Path) -> PathBuf {
    run(Command::new("pdftoppm").args(["-r", "200", "-gray", "-jpeg", "-l", "1"]).arg(pdf).arg(folder.join("page")));
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|found| found == "jpg"));
    pages.sort();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let mut object = |file: &mut Vec<u8>, head: String, stream: Option<&[u8]>| {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{head}", places.len()).into_bytes());
        if let Some(stream) = stream {
            file.extend_from_slice(b"stream\n");
            file.extend_from_slice(stream);
            file.extend_from_slice(b"\nendstream");
        }
        file.extend_from_slice(b"\nendobj\n");
    };
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 3 + 3 * at)).collect();
    object(&mut file, "<</Type/Catalog/Pages 2 0 R>>".into(), None);
    object(&mut file, format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]>>", pages.len()), None);
    for (at, page) in pages.iter().enumerate() {
        let id = 3 + 3 * at;
        let jpeg = fs::read(page).unwrap();
        // Width and height stand in the frame header.
        let frame = jpeg.windows(2).position(|pair| pair[0] == 0xff && matches!(pair[1], 0xc0..=0xc2)).unwrap();
        let side = |at: usize| u16::from_be_bytes([jpeg[frame + at], jpeg[frame + at + 1]]);
        let (height, width) = (side(5), side(7));
        let colours = if jpeg[frame + 9] == 1 { "DeviceGray" } else { "DeviceRGB" };
        let draw = "q 595 0 0 842 0 0 cm /I Do Q";
        object(
            &mut file,
            format!("<</Type/Page/Parent 2 0 R/Resources<</XObject<</I {} 0 R>>>>/Contents {} 0 R>>", id + 2, id + 1),
            None,
        );
        object(&mut file, format!("<</Length {}>>", draw.len()), Some(draw.as_bytes()));
        let dict = format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{colours}/BitsPerComponent 8/Filter/DCTDecode/Length {}>>",
            jpeg.len()
        );
        object(&mut file, dict, Some(&jpeg));
    }
    let start = file.len();
    let table: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = places.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    let scan = folder.join("quét.pdf");
    fs::write(&scan, file).unwrap();
    scan
}

pub fn a_scan_is_read_when_asked_to_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plans("pdf").remove(0);
    let scan = scanned(folder.path(), &plan);
    let unread = danchieu(&["extract", "--lang", "en"], &[&scan]);
    assert_eq!(unread.status.code(), Some(2));
    assert!(said(&unread).contains("--ocr"), "{}", said(&unread));

    let expected = keys(&[], &plan);
    let told = danchieu(&["extract", "--ocr", "--lang", "en"], &[&scan]);
    assert!(said(&told).contains("recognised from pictures"), "{}", said(&told));
    let found = keys_in(&told);
    let right = found.intersection(&expected).count();
    assert!(right >= 3 && right * 10 >= found.len() * 8, "{found:?}\n{expected:?}");

    let image = danchieu::read::Options { ocr: true }.read_file(&folder.path().join("page-1.jpg")).unwrap();
    let (start, end) = (image.recognised[0].start, image.recognised.last().unwrap().end);
    assert!(start < 5 && end + 5 > image.text.as_str().len(), "{:?}", image.recognised);
    assert!(image.is_recognised(&(10..12)));
}
