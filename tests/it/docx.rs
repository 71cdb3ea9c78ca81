//! Word files in, annotated Word files out: what stands where in the XML, and what stays as it was.

use danchieu::report::docx::annotate;
use danchieu::text::Lang;

use crate::support::word::{
    RELATIONS, TYPE, W, commented, docx, finding, open, options, p, part, r, raw_parts, run, settled_text, text,
    with_part,
};

#[test]
fn a_comment_cuts_the_run_at_its_words_and_nothing_else() {
    let run_of = "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/><w:i/></w:rPr><w:t>Theo Thông tư số 22 &amp; khác</w:t></w:r>";
    let bytes = docx(&p(&format!("<w:pPr><w:jc w:val=\"both\"/></w:pPr>{run_of}")), &[]);
    let annotated = run(&bytes, &[("Thông tư số 22 &", Some("Thông tư số 27"))], false);
    assert_eq!((annotated.comments, annotated.fixed.len(), annotated.unplaced.len()), (1, 0, 0));
    let again = "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space=\"preserve\">";
    let expected = format!(
        "{again}Theo </w:t></w:r><w:commentRangeStart w:id=\"0\"/>{again}Thông tư số 22 &amp;</w:t></w:r>\
         <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>{again} khác</w:t></w:r></w:p>"
    );
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains(&expected), "{xml}");
    assert_eq!(text(&annotated.bytes), text(&bytes));

    let comments = part(&annotated.bytes, "word/comments.xml");
    let head = format!(
        "<w:comments xmlns:w=\"{W}\"><w:comment w:id=\"0\" w:author=\"danchieu\" w:date=\"2026-01-26T00:00:00Z\" w:initials=\"dc\">"
    );
    assert!(comments.contains(&head), "{comments}");
    for words in
        ["Lỗi: ", "[replaced]", "Đã được thay thế &amp; hết hiệu lực", "Căn cứ: Sổ đăng ký", "Viết lại: Thông tư số 27"]
    {
        assert!(comments.contains(words), "{words}: {comments}");
    }
    // A file without relationships gets them.
    let relations = part(&annotated.bytes, "word/_rels/document.xml.rels");
    assert!(relations.contains(&format!("Id=\"rId1\" Type=\"{RELATIONS}/comments\" Target=\"comments.xml\"")));
    let types = part(&annotated.bytes, "[Content_Types].xml");
    assert!(types.contains(&format!("PartName=\"/word/comments.xml\" ContentType=\"{TYPE}.comments+xml\"")));
}

#[test]
fn words_across_runs_links_changes_and_controls_are_anchored_exactly() {
    let body = p(&format!(
        "{}<w:hyperlink w:anchor=\"x\">{}</w:hyperlink><w:ins w:id=\"4\" w:author=\"A\">{}</w:ins>\
         <w:del w:id=\"5\" w:author=\"A\"><w:r><w:delText>2013</w:delText></w:r></w:del>\
         <w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:r><w:tab/><w:t>cuối</w:t><w:br/><w:t>dòng</w:t></w:r>",
        r("Căn cứ Thông"),
        r(" tư số"),
        r(" 22/2020"),
        r("/TT-BGDĐT của"),
    ));
    let bytes = docx(&body, &[]);
    let words = ["Thông tư số 22/2020/TT-BGDĐT", "tư số 22", "BGDĐT của\tcuối\ndòng", "cuối", "dòng"];
    let annotated = run(&bytes, &words.map(|words| (words, None)), false);
    let xml = part(&annotated.bytes, "word/document.xml");
    for (id, words) in words.iter().enumerate() {
        assert_eq!(commented(&xml, id).unwrap(), words.replace(['\t', '\n'], ""), "{xml}");
    }
    assert_eq!(text(&annotated.bytes), text(&bytes));
    // What was pending is as it was.
    assert!(xml.contains("<w:del w:id=\"5\" w:author=\"A\"><w:r><w:delText>2013</w:delText></w:r></w:del>"));
    // A change in pending words, in a link, or across them is left to people.
    let fixes = run(&bytes, &[("tư số 22", Some("tư số 27")), ("của", Some("của Bộ")), ("cuối", Some("đầu"))], true);
    assert_eq!(fixes.fixed, [1, 2]);
}

#[test]
fn fields_and_formulas_are_marked_as_a_whole() {
    let body = p(&format!(
        "{}<w:fldSimple w:instr=\" REF x \">{}</w:fldSimple>{}\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF y </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        r("Theo "),
        r("Quyết định 489"),
        r(" và "),
        r("Luật số 43")
    ));
    let bytes = docx(&body, &[]);
    let annotated = run(&bytes, &[("định 489", Some("x")), ("số 43", Some("y"))], true);
    assert_eq!(annotated.fixed, [0usize; 0], "the result of a field is written anew when fields are");
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:commentRangeStart w:id=\"0\"/><w:fldSimple"), "{xml}");
    assert_eq!(commented(&xml, 1).unwrap(), "số 43");
    assert_eq!(text(&annotated.bytes), text(&bytes));
}

#[test]
fn a_text_box_and_a_note_are_marked_where_word_allows_it() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("Luật số 11/1998/QH10")));
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = format!(
        "{}{}",
        p(&format!("{}{boxed}", r("Trước"))),
        p(&format!("{}<w:r><w:footnoteReference w:id=\"3\"/></w:r>{}", r("Điều 5"), r(" cuối")))
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"{W}\"><w:footnote w:id=\"3\">{}</w:footnote></w:footnotes>",
        p(&format!("<w:r><w:footnoteRef/></w:r>{}", r(" Xem Nghị định 115/2010/NĐ-CP.")))
    );
    let header = format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", p(&r("Công văn 70/KH")));
    let bytes = docx(&body, &[("footnotes", "footnotes.xml", &notes), ("header", "header1.xml", &header)]);
    let words = [
        ("Luật số 11/1998/QH10", Some("Luật số 43/2019/QH14")),
        ("Nghị định 115/2010/NĐ-CP", Some("Nghị định 127/2018/NĐ-CP")),
        ("Công văn 70/KH", Some("Công văn 70/KH-UBND")),
    ];
    let annotated = run(&bytes, &words, true);
    assert_eq!((annotated.comments, annotated.fixed.as_slice()), (3, &[0, 1][..]));
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:commentRangeStart w:id=\"0\"/><w:r><mc:AlternateContent>"), "{xml}");
    assert!(xml.contains("<w:commentRangeStart w:id=\"1\"/><w:r><w:footnoteReference w:id=\"3\"/></w:r>"), "{xml}");
    assert!(xml.contains("<w:p><w:r><w:commentReference w:id=\"2\"/></w:r><w:r>"), "at the start: {xml}");
    let comments = part(&annotated.bytes, "word/comments.xml");
    for quoted in ["Trong hộp văn bản: “Luật số 11/1998/QH10”", "Trong chú thích này: “Nghị định", "“Công văn 70/KH”"]
    {
        assert!(comments.contains(quoted), "{quoted}: {comments}");
    }
    assert_eq!(settled_text(&annotated.bytes, false), text(&bytes));
    let new = text(&bytes).replace("11/1998/QH10", "43/2019/QH14").replace("115/2010/NĐ-CP", "127/2018/NĐ-CP");
    assert_eq!(settled_text(&annotated.bytes, true), new);
}

#[test]
fn existing_comments_and_changes_stay_and_identifiers_continue() {
    let old = format!(
        "<x:comments xmlns:x=\"{W}\"><x:comment x:id=\"7\" x:author=\"Chị Hoa\"><x:p><x:r><x:t>Xem lại</x:t></x:r></x:p></x:comment></x:comments>"
    );
    let body = p(&format!(
        "<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>\
         <w:ins w:id=\"12\" w:author=\"Chị Hoa\"><w:r><w:t> thêm</w:t></w:r></w:ins>",
        r("Theo Luật số 11")
    ));
    let bytes = docx(&body, &[("comments", "nhan-xet.xml", &old)]);
    let annotated = run(&bytes, &[("Luật số 11", Some("Luật số 43")), ("thêm", None)], true);
    assert_eq!((annotated.comments, annotated.fixed.as_slice()), (2, &[0][..]));
    let comments = part(&annotated.bytes, "word/nhan-xet.xml");
    assert!(comments.starts_with(part(&bytes, "word/nhan-xet.xml").trim_end_matches("</x:comments>")), "{comments}");
    assert!(comments.contains("<x:comment x:id=\"8\" x:author=\"danchieu\"") && comments.contains("x:id=\"9\""));
    assert!(!raw_parts(&annotated.bytes).contains_key("word/comments.xml"), "one part of comments is enough");
    for same in ["word/_rels/document.xml.rels", "[Content_Types].xml"] {
        assert_eq!(part(&annotated.bytes, same), part(&bytes, same));
    }
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:ins w:id=\"13\" ") && xml.contains("<w:del w:id=\"14\" "), "{xml}");
    assert_eq!(commented(&xml, 9).unwrap(), "thêm");
}

#[test]
fn accepting_the_changes_gives_the_suggestions_and_rejecting_them_the_draft() {
    let body = p(&format!(
        "<w:r><w:rPr><w:b/><w:rPrChange w:id=\"3\" w:author=\"A\"><w:rPr/></w:rPrChange></w:rPr><w:t>Theo Thông tư</w:t></w:r>\
         <w:proofErr w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\"> số 22/2020</w:t></w:r><w:bookmarkStart w:id=\"9\" w:name=\"x\"/>\
         <w:r><w:t>/TT-BGDĐT và</w:t></w:r>{}<w:r><w:t> Nghị</w:t><w:tab/><w:t>định 115 </w:t></w:r>",
        r(" Luật &lt;cũ&gt;")
    ));
    let bytes = docx(&body, &[]);
    let new = [
        ("Thông tư số 22/2020/TT-BGDĐT", Some("Thông tư số 27/2020/TT-BGDĐT & khác")),
        ("số 22/2020", Some("số 27/2020")),
        ("Luật <cũ>", Some("Luật <mới>")),
        ("Nghị\tđịnh 115", Some("Nghị định 127")),
    ];
    let annotated = run(&bytes, &new, true);
    assert_eq!(annotated.fixed, [0, 2, 3], "one change of the same words");
    let draft = text(&bytes);
    assert_eq!(settled_text(&annotated.bytes, false), draft);
    let mut expected = draft.replace("22/2020/TT-BGDĐT", "27/2020/TT-BGDĐT & khác");
    expected = expected.replace("<cũ>", "<mới>").replace("Nghị\tđịnh 115", "Nghị định 127");
    assert_eq!(settled_text(&annotated.bytes, true), expected);
    // Our own reader reads what is proposed.
    assert_eq!(text(&annotated.bytes), expected);
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:delText xml:space=\"preserve\">22/2020</w:delText>"), "the words that stay stay: {xml}");
    // A comment within the words struck out goes around them and what replaces them.
    let (start, end) = (xml.find("<w:commentRangeStart w:id=\"1\"/>"), xml.find("<w:commentRangeEnd w:id=\"1\"/>"));
    assert!(start < xml.find("<w:del ") && xml.find("<w:ins ") < end, "{xml}");
}

#[test]
fn blanks_that_did_not_count_do_not_count_after_a_cut() {
    let bytes = docx(&p("<w:r><w:t>  Theo Luật số 43 ngày  </w:t></w:r>"), &[]);
    let annotated = run(&bytes, &[("Luật số 43", None)], false);
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:t>  </w:t><w:t xml:space=\"preserve\">Theo </w:t>"), "{xml}");
    assert!(xml.contains("<w:t xml:space=\"preserve\"> ngày</w:t><w:t>  </w:t>"), "{xml}");
    assert_eq!(text(&annotated.bytes), text(&bytes));
}

#[test]
fn a_part_may_name_its_elements_otherwise_or_be_in_another_encoding() {
    let bytes = docx(&p(&r("Theo Luật số 43.")), &[]);
    let xml = part(&bytes, "word/document.xml");
    // Word's namespace as the default one; it is not that of attributes.
    let bare = xml.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=");
    let annotated = run(&with_part(&bytes, "word/document.xml", &bare), &[("Luật", Some("Bộ luật"))], true);
    let written = part(&annotated.bytes, "word/document.xml");
    assert!(written.contains(&format!("<commentRangeStart xmlns:w=\"{W}\" w:id=\"0\"/>")), "{written}");
    assert_eq!(text(&annotated.bytes), "Theo Bộ luật số 43.\n");

    let marked = format!("\u{feff}{xml}");
    let annotated = run(&with_part(&bytes, "word/document.xml", &marked), &[("Luật số 43", None)], false);
    let written = part(&annotated.bytes, "word/document.xml");
    assert_eq!(commented(&written, 0).as_deref(), Some("Luật số 43"));
    assert!(written.starts_with("\u{feff}<?xml"));
}

#[test]
fn what_cannot_be_placed_is_reported_and_damage_is_named() {
    let header = format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", p(&r("Công văn 70/KH")));
    let bytes = docx("<w:p/><w:sectPr/>", &[("header", "header1.xml", &header)]);
    let annotated = run(&bytes, &[("Công văn", None)], false);
    assert_eq!((annotated.comments, annotated.unplaced.as_slice()), (0, &[0][..]));
    assert_eq!(part(&annotated.bytes, "word/document.xml"), part(&bytes, "word/document.xml"));

    let (document, anchors) = open(&bytes);
    let findings = [finding(&document, "Công văn", None)];
    let error = annotate(&bytes[..200], &document, &anchors, &findings, &options(false)).unwrap_err();
    assert!(error.message(Lang::Vi).contains("hãy mở tệp bằng Word"), "{error}");
    let none = annotate(&bytes, &document, &anchors, &[], &options(true)).unwrap();
    assert!(none.bytes == bytes && none.comments == 0);
}
