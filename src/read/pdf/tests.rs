//! Small pdf files built by hand. Their one font has a table to Unicode and letters half as wide as high, so that
//! a place on the page is easy to reckon.

use pdf_extract::{Document as Pdf, EncryptionState, EncryptionVersion, Permissions};

use super::*;
use crate::read::Part;

/// A file with one page for each of `contents`; `resources` go to every page, `page` to every page's
/// dictionary, `objects` are numbered from 100.
fn pdf(contents: &[String], resources: &str, page: &str, objects: &[String]) -> Vec<u8> {
    let unicode = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0020> <1EFF> <0020>\nendbfrange\nendcmap end end";
    let kids: String = (0..contents.len()).map(|at| format!("{} 0 R ", 10 + 2 * at)).collect();
    let mut all = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]>>", contents.len())),
        (3, "<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>".to_owned()),
        (4, "<</Type/Font/Subtype/CIDFontType2/BaseFont/T/DW 500/FontDescriptor 6 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>".to_owned()),
        (5, stream("", unicode)),
        (6, "<</Type/FontDescriptor/FontName/T>>".to_owned()),
    ];
    for (at, content) in contents.iter().enumerate() {
        let id = 10 + 2 * at;
        let font = "/Font<</F 3 0 R>>";
        all.push((
            id,
            format!("<</Type/Page/Parent 2 0 R/Resources<<{font}{resources}>>/Contents {} 0 R{page}>>", id + 1),
        ));
        all.push((id + 1, stream("", content)));
    }
    all.extend(objects.iter().enumerate().map(|(at, object)| (100 + at, object.clone())));

    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = String::new();
    for (id, object) in &all {
        table += &format!("{id} 1\n{:010} 00000 n \n", file.len());
        file += &format!("{id} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!(
        "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size 1000>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// Shows `text` at a place, in letters of `size` points.
fn at(x: i32, y: i32, size: i32, text: &str) -> String {
    format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm {} Tj ET\n", hex(text))
}

fn hex(text: &str) -> String {
    format!("<{}>", text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>())
}

fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    super::read(path, bytes.to_vec(), Options::default())
}

fn document(contents: &[String]) -> Document {
    read("a.pdf", &pdf(contents, "", "", &[])).unwrap()
}

#[test]
fn lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() {
    // 80 letters of 6 points make a full line from 70 to 550.
    let full = |start: &str| format!("{start}{}", " xin chào".repeat(20)).chars().take(80).collect::<String>();
    let page = at(70, 700, 12, &full("Căn cứ"))
        + &at(70, 684, 12, "Thông tư số 33/2021/TT-")
        + &at(100, 668, 12, "Điều 1. Phạm vi")
        + &at(70, 640, 12, "Số: 12/KH-UBND")
        + &at(300, 640, 12, "Hà Nội");
    let text = document(&[page]).text.as_str().to_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Căn cứ xin chào") && lines[0].ends_with("Thông tư số 33/2021/TT-"));
    assert_eq!(lines[1..], ["Điều 1. Phạm vi", "Số: 12/KH-UBND\tHà Nội"]);
}

#[test]
fn a_number_broken_at_its_hyphen_is_whole_again() {
    let page = at(70, 700, 12, "Thông tư số 33/2021/TT-") + &at(70, 684, 12, "BGDĐT ngày 26");
    assert_eq!(document(&[page]).text.as_str(), "Thông tư số 33/2021/TT-BGDĐT ngày 26\n");
}

#[test]
fn running_heads_leave_the_sentence_whole() {
    let line = |number: &str| format!("Nghị định này quy định chi tiết khoản {number} Điều 5 của Luật Giáo dục và");
    let numbers = [["một", "hai"], ["ba", "bốn"], ["năm", "sáu"]];
    let pages: Vec<String> = (1..)
        .zip(numbers)
        .map(|(page, [first, second])| {
            at(70, 800, 12, &format!("CÔNG BÁO/Số 5 trang {page}"))
                + &at(70, 700, 12, &line(first))
                + &at(70, 684, 12, &line(second))
        })
        .collect();
    let document = document(&pages);
    let text = document.text.as_str();
    assert_eq!(
        text.lines().next(),
        Some(numbers.concat().into_iter().map(line).collect::<Vec<_>>().join(" ").as_str())
    );
    assert_eq!(document.part_at(text.find("CÔNG BÁO").unwrap()), Part::Margin);
    assert!(text.ends_with("CÔNG BÁO/Số 5 trang 1\nCÔNG BÁO/Số 5 trang 2\nCÔNG BÁO/Số 5 trang 3\n"));
}

#[test]
fn notes_are_a_part_and_their_marks_keep_off_words() {
    let page = at(70, 700, 14, "Theo Luật Giáo dục")
        + &at(70 + 18 * 7, 705, 8, "1")
        + &at(70 + 18 * 7 + 4, 700, 14, " hiện hành, các trường thực hiện.")
        + &at(70, 104, 7, "1")
        + &at(74, 100, 10, "Luật số 43/2019/QH14.");
    let document = document(&[page]);
    assert_eq!(
        document.text.as_str(),
        "Theo Luật Giáo dục 1 hiện hành, các trường thực hiện.\n1 Luật số 43/2019/QH14.\n"
    );
    assert_eq!(document.part_at(document.text.as_str().find("1 Luật").unwrap()), Part::Footnote);
}

#[test]
fn text_set_sideways_is_read_in_its_own_direction() {
    let show = |x: i32, text: &str| format!("BT /F 12 Tf 0 1 -1 0 {x} 100 Tm {} Tj ET\n", hex(text));
    let page = show(200, "DANH MỤC NGHỀ") + &show(216, "Nghị định số 30");
    assert_eq!(document(&[page]).text.as_str(), "DANH MỤC NGHỀ\nNghị định số 30\n");
}

#[test]
fn letters_drawn_later_into_a_gap_take_their_place() {
    let page = at(70, 700, 12, "Lu") + &at(88, 700, 12, "t số 43") + &at(82, 700, 12, "ậ");
    assert_eq!(document(&[page]).text.as_str(), "Luật số 43\n");
}

#[test]
fn operators_the_library_passes_over_lose_no_text() {
    let page =
        format!("BT /F 12 Tf 14 TL 70 700 Td {} Tj {} ' 0 0 {} \" ET", hex("KẾ HOẠCH"), hex("số 70"), hex("năm 2024"));
    assert_eq!(document(&[page]).text.as_str(), "KẾ HOẠCH\nsố 70 năm 2024\n");
}

#[test]
fn a_stamped_number_goes_where_it_was_stamped_and_a_signature_apart() {
    let page = at(70, 700, 12, "Số:") + &at(130, 700, 12, "/KH-UBND") + &at(70, 640, 12, "KẾ HOẠCH");
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F 3 0 R>>>>";
    let objects = [
        "<</Type/Annot/Subtype/Widget/Rect[95 697 125 715]/AP<</N 101 0 R>>>>".to_owned(),
        stream(form, &at(2, 5, 12, "123")),
        "<</Type/Annot/Subtype/Widget/Rect[300 100 500 140]/AP<</N 103 0 R>>>>".to_owned(),
        stream(form, &(at(2, 25, 10, "Ký bởi: UBND") + &at(2, 5, 10, "Ngày ký: 5/9/2024"))),
    ];
    let file = pdf(&[page], "", "/Annots[100 0 R 102 0 R]", &objects);
    let document = read("a.pdf", &file).unwrap();
    let text = document.text.as_str();
    assert_eq!(text, "Số: 123/KH-UBND\nKẾ HOẠCH\nKý bởi: UBND\nNgày ký: 5/9/2024\n");
    assert_eq!(document.part_at(text.find("Ký bởi").unwrap()), Part::Margin);
}

#[test]
fn a_page_image_without_text_is_a_scan() {
    let image = stream("/Type/XObject/Subtype/Image/Width 1700/Height 2300/BitsPerComponent 1", "not an image");
    let page = "q 595 0 0 842 0 0 cm /I Do Q\n".to_owned() + &at(70, 20, 10, "trang 1");
    let scan = pdf(&[page.clone(), page], "/XObject<</I 100 0 R>>", "", std::slice::from_ref(&image));
    assert_eq!(read("a.pdf", &scan).unwrap_err(), ReadError::Scan { path: "a.pdf".into(), pages: 2 });
    let blank = pdf(&[String::new()], "", "", &[]);
    assert_eq!(read("a.pdf", &blank).unwrap_err(), ReadError::Scan { path: "a.pdf".into(), pages: 1 });
    // A letterhead with a large picture and a page of text is no scan.
    let lines: String =
        (0..10).map(|at_line| at(70, 700 - 16 * at_line, 12, "Kính gửi các đơn vị trực thuộc")).collect();
    let letter = pdf(&["/I Do\n".to_owned() + &lines], "/XObject<</I 100 0 R>>", "", &[image]);
    assert!(read("a.pdf", &letter).is_ok());
}

#[test]
fn damage_is_an_error_and_not_a_panic() {
    let whole = pdf(&[at(70, 700, 12, "Chữ")], "", "", &[]);
    let no_font = pdf(&["BT /G 12 Tf (x) Tj ET".to_owned()], "", "", &[]);
    for bytes in [&whole[..whole.len() / 2], b"%PDF-1.4\nnothing", &no_font] {
        assert!(matches!(read("a.pdf", bytes), Err(ReadError::Damaged { .. })));
    }
}

#[test]
fn a_drawing_that_draws_itself_is_refused() {
    let own = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 100 0 R>>>>", "/X Do");
    let file = pdf(&["/X Do".to_owned()], "/XObject<</X 100 0 R>>", "", &[own]);
    assert!(matches!(read("a.pdf", &file), Err(ReadError::Damaged { .. })));
    // One without resources of its own would take the page's, and so itself.
    let orphan = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "/X Do");
    let page = "/X Do ".to_owned() + &at(70, 700, 12, "Chữ");
    let file = pdf(&[page], "/XObject<</X 100 0 R>>", "", &[orphan]);
    assert_eq!(read("a.pdf", &file).unwrap().text.as_str(), "Chữ\n");
}

#[test]
fn a_password_is_told_from_damage() {
    let encrypted = |user: &str| {
        let mut pdf = Pdf::load_mem(&pdf(&[at(70, 700, 12, "Chữ")], "", "", &[])).unwrap();
        let id = || pdf_extract::Object::string_literal("0123456789abcdef");
        pdf.trailer.set("ID", vec![id(), id()]);
        let version = EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        pdf.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(read("a.pdf", &encrypted("secret")).unwrap_err(), ReadError::Encrypted { path: "a.pdf".into() });
    assert_eq!(read("a.pdf", &encrypted("")).unwrap().text.as_str(), "Chữ\n");
}

#[test]
fn recognised_pages_are_found_where_remnants_were_taken_out() {
    let first = at(70, 700, 12, &format!("Nghị định{} số 30", "<b></b>".repeat(5)));
    let bytes = Arc::new(pdf(&[first, at(70, 700, 12, "Điều hai")], "", "", &[]));
    let Ok(drawn) = worker::drawn(&bytes) else { panic!("drawn") };
    let pages = drawn.sheets.into_iter().map(|sheet| sheet.unwrap_or_default().lines).collect();
    let document = super::document("a.pdf", Format::Pdf, pages, &[], &HashSet::from([1])).unwrap();
    let words: Vec<&str> = document.recognised.iter().map(|range| &document.text.as_str()[range.clone()]).collect();
    assert_eq!(words, ["Điều hai"], "{:?}", document.text);
    assert!(document.text.source().len() > document.text.as_str().len() + 30);
}
