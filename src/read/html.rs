//! Web pages: block elements end lines, the cells of a row are set apart by tabs, and what a reader does not
//! see as text (scripts, styles, navigation, form controls) is left out.

use std::time::{Duration, Instant};

use encoding_rs::Encoding;
use html5ever::driver;
use html5ever::tendril::TendrilSink;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

use super::text_builder::TextBuilder;
use super::{Document, Format, Notice, ReadError, text};

/// The parser copies formatting elements that were left open into every paragraph that follows, and looks through
/// all open elements at every tag. A page written to exploit that is given up when it has grown to so many nodes for
/// its size, or after so long.
const NODES_PER_KIB: usize = 2_000;
const TIME: Duration = Duration::from_secs(8);

/// Between two looks at the clock and the nodes. Bytes.
const CHUNK: usize = 1 << 10;

/// Tables within tables beyond this depth are read as running text: each level copies its text once more.
const MAX_TABLES: usize = 50;

/// Reads a page. The document's source is the extracted text.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let (page, notice) = decode(bytes).ok_or_else(|| ReadError::Binary { path: path.to_owned() })?;
    if page.contains('\0') {
        return Err(ReadError::Binary { path: path.to_owned() });
    }
    let page = parse(&page).ok_or_else(|| ReadError::Tangled { path: path.to_owned() })?;
    let document =
        extract(&page).finish(path, Format::Html).ok_or_else(|| ReadError::Empty { path: path.to_owned() })?;
    Ok(Document { notices: notice.into_iter().collect(), ..document })
}

/// The page's text by its mark, by being valid UTF-8, by its own declaration, or as for plain text.
fn decode(bytes: &[u8]) -> Option<(String, Option<Notice>)> {
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared(bytes).filter(|encoding| *encoding != encoding_rs::UTF_8)
    {
        return Some((encoding.decode_without_bom_handling(bytes).0.into_owned(), None));
    }
    text::decode(bytes.to_vec())
}

/// The page as a tree; `None` if that would take too long or grow too large.
fn parse(page: &str) -> Option<Html> {
    let begun = Instant::now();
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), driver::ParseOpts::default());
    let mut rest = page;
    let mut taken = 0;
    while !rest.is_empty() {
        let end = (CHUNK..CHUNK + 4).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let (chunk, tail) = rest.split_at(end);
        parser.process(chunk.into());
        (rest, taken) = (tail, taken + chunk.len());
        let nodes = parser.tokenizer.sink.sink.0.borrow().tree.values().len();
        if nodes > NODES_PER_KIB * (16 + taken / 1024) || begun.elapsed() > TIME {
            return None;
        }
    }
    Some(parser.finish())
}

/// The encoding named after `charset=` in the first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label = head[at..].iter().skip_while(|b| matches!(b, b'"' | b'\''));
    let label: Vec<u8> = label.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).copied().collect();
    Encoding::for_label(&label)
}

fn extract(page: &Html) -> TextBuilder {
    let mut flow = TextBuilder::new();
    // Depths count the open elements of a kind; the walk itself needs no stack.
    let (mut hidden, mut preformatted, mut raised, mut tables) = (0usize, 0usize, 0usize, 0usize);
    let (mut node, mut open) = (page.tree.root(), true);
    loop {
        match node.value() {
            Node::Element(element) => {
                // An element that is hidden itself is so at both of its tags.
                if is_hidden(element) {
                    hidden = step(hidden, open);
                } else if hidden == 0 {
                    match element.name() {
                        "pre" => preformatted = step(preformatted, open),
                        "sup" => raised = step(raised, open),
                        "table" if open => tables += 1,
                        _ => {}
                    }
                    if tables <= MAX_TABLES {
                        tag(&mut flow, element.name(), open);
                    } else if is_block(element.name()) {
                        flow.end_line();
                    }
                    if element.name() == "table" && !open {
                        tables -= 1;
                    }
                }
            }
            Node::Text(text) if open && hidden == 0 => {
                if preformatted > 0 {
                    flow.push(&text.replace('\u{ad}', ""));
                } else {
                    words(&mut flow, text, raised > 0);
                }
            }
            _ => {}
        }
        let next = if open { node.first_child() } else { None };
        (node, open) = match (next, node.next_sibling(), node.parent()) {
            (Some(child), ..) => (child, true),
            // An element without children is closed where it stands.
            (None, ..) if open => (node, false),
            (None, Some(sibling), _) => (sibling, true),
            (None, None, Some(parent)) => (parent, false),
            (None, None, None) => return flow,
        };
    }
}

fn step(depth: usize, open: bool) -> usize {
    if open { depth + 1 } else { depth.saturating_sub(1) }
}

fn tag(flow: &mut TextBuilder, name: &str, open: bool) {
    match (name, open) {
        ("br", true) => flow.end_line(),
        ("table", true) => flow.open_table(),
        ("tr", true) => flow.open_row(),
        ("td" | "th", true) => flow.open_box(),
        ("table" | "tr" | "td" | "th", false) => flow.close(),
        _ if is_block(name) => flow.end_line(),
        _ => {}
    }
}

/// Adds text with its white space collapsed as a browser does, over the borders of inline elements too.
fn words(flow: &mut TextBuilder, text: &str, raised: bool) {
    if raised && !text.trim().is_empty() && !text.starts_with(char::is_whitespace) {
        flow.push_raised(text.trim());
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut open_line = {
        let tail = flow.tail();
        !tail.is_empty() && !tail.ends_with(char::is_whitespace)
    };
    for c in text.chars() {
        if c == '\u{ad}' || c == '\u{200b}' {
            continue;
        }
        if c.is_whitespace() {
            if open_line {
                out.push(' ');
            }
            open_line = false;
        } else {
            out.push(c);
            open_line = true;
        }
    }
    flow.push(&out);
}

fn is_hidden(element: &Element) -> bool {
    let dropped = matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "nav"
            | "svg"
            | "math"
            | "select"
            | "button"
            | "object"
            | "iframe"
            | "canvas"
            | "audio"
            | "video"
    );
    dropped
        || element.attr("hidden").is_some()
        || element
            .attr("style")
            .is_some_and(|style| style.to_ascii_lowercase().replace(' ', "").contains("display:none"))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "tbody"
            | "textarea"
            | "tfoot"
            | "thead"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Part;

    fn text_of(page: &str) -> String {
        read("a.html", page.as_bytes()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn blocks_end_lines_and_inline_elements_do_not() {
        let page = "<h1>KẾ HOẠCH</h1><p>Căn cứ <b>Thông tư</b>\n số&nbsp;33/2021/<i>TT-BGDĐT</i>;<br>Căn cứ&#58; <!-- x -->Luật</p>";
        assert_eq!(text_of(page), "KẾ HOẠCH\nCăn cứ Thông tư số 33/2021/TT-BGDĐT;\nCăn cứ: Luật\n");
    }

    #[test]
    fn scripts_styles_navigation_and_hidden_text_are_left_out() {
        let page = "<head><title>T</title><style>p{}</style></head><nav><a>Trang chủ</a></nav><script>var a='<p>'</script><p>Nội dung</p><div style='display: none'>ẩn</div>";
        assert_eq!(text_of(page), "Nội dung\n");
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let page = "<table><tr><th>TT<th>Văn bản<tr><td>1<td><p>Nghị định 30/2020/NĐ-CP</p></table>sau";
        let document = read("a.html", page.as_bytes()).unwrap();
        assert_eq!(document.text.as_str(), "TT\tVăn bản\n1\tNghị định 30/2020/NĐ-CP\nsau\n");
        assert_eq!(document.part_at(0), Part::Table);
    }

    #[test]
    fn a_note_mark_keeps_off_the_number() {
        assert_eq!(
            text_of("<p>Luật số 43/2019/QH14<sup>1</sup> và 30 m<sup>2</sup></p>"),
            "Luật số 43/2019/QH14 1 và 30 m2\n"
        );
    }

    #[test]
    fn the_declared_encoding_counts_when_the_bytes_are_not_utf8() {
        let page = b"<meta charset=\"windows-1258\"><p>Ngh\x69\xf2 \xf0\x69\xf2nh</p>";
        assert_eq!(read("a.html", page).unwrap().text.as_str(), "Nghị định\n");
    }

    #[test]
    fn a_page_without_text_is_empty() {
        assert_eq!(read("a.html", b"<p> </p>").unwrap_err(), ReadError::Empty { path: "a.html".into() });
    }

    #[test]
    fn a_page_that_grows_beyond_all_measure_is_given_up() {
        // Every paragraph takes up all the elements before it that were left open, unlike ones each.
        let tangled: String = (0..20_000).map(|at| format!("<b id={at}><p>x")).collect();
        let begun = Instant::now();
        assert_eq!(read("a.html", tangled.as_bytes()).unwrap_err(), ReadError::Tangled { path: "a.html".into() });
        // A tag looks through all that is open.
        let deep = "<div>".repeat(400_000) + "chữ";
        assert_eq!(read("a.html", deep.as_bytes()).unwrap_err(), ReadError::Tangled { path: "a.html".into() });
        assert!(begun.elapsed() < 4 * TIME);
    }

    #[test]
    fn tables_in_tables_are_read_however_deep() {
        let page = "<table><tr><td>".repeat(3_000) + "chữ" + &"</table>".repeat(3_000) + "sau";
        assert_eq!(text_of(&page), "chữ\nsau\n");
    }

    #[test]
    fn deep_nesting_is_walked_without_recursion() {
        let page = format!("{}chữ", "<div>".repeat(2_000));
        assert_eq!(text_of(&page), "chữ\n");
    }

    #[test]
    fn a_hidden_table_row_or_cell_leaves_the_others_as_they_are() {
        for hidden in ["hidden", "style='display:none'"] {
            let page = format!("<p>a</p><table {hidden}><tr><td>x</td></tr></table><table><tr><td>1<td>2</table><p>b");
            let document = read("a.html", page.as_bytes()).unwrap();
            assert_eq!(document.text.as_str(), "a\n1\t2\nb\n");
            assert_eq!(document.part_at(2), Part::Table);
            let rows = format!("<table><tr><td>1<td {hidden}>x<td>2<tr {hidden}><td>y<tr><td>3<td>4</table>sau");
            let document = read("a.html", rows.as_bytes()).unwrap();
            assert_eq!(document.text.as_str(), "1\t2\n3\t4\nsau\n");
            assert_eq!(document.part_at(document.text.as_str().find('4').unwrap()), Part::Table);
            assert_eq!(document.part_at(document.text.as_str().find("sau").unwrap()), Part::Body);
        }
    }
}
