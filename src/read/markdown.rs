//! Which stretches of a Markdown file are not prose: what stands there is shown as it is, hidden, or leads elsewhere, and is
//! nobody's to rewrite unasked.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{Document, Format};

impl Document {
    /// Code, comments and other HTML, links with their words (which would tell another thing than where they lead) and
    /// front matter of a Markdown file, in bytes of its source: in order, without overlap. Nothing of other formats.
    pub fn verbatim(&self) -> Vec<Range<usize>> {
        match self.format {
            Format::Markdown => verbatim(self.text.source()),
            _ => Vec::new(),
        }
    }
}

fn verbatim(source: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let parser = Parser::new_ext(source, options);
    let mut ranges: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, one)| one.span.clone()).collect();
    let mut found: Vec<Range<usize>> = parser
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => Some(range),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::MetadataBlock(_)) => Some(range),
            Event::Start(Tag::Link { .. }) => Some(range),
            _ => None,
        })
        .collect();
    ranges.append(&mut found);
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let within = next.start < last.end;
        last.end = if within { last.end.max(next.end) } else { last.end };
        within
    });
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_prose_is_told_apart() {
        let source = "---\ntua: khối 0\n---\nTheo lời 1\n\n```\nkhối 2\n```\n`mã 3` và **lời 4** [nối 5](https://x.vn/6) ![ảnh 7](a.png)\n<!-- ẩn 8 -->\n\n    thụt 9\n\n| ô 10 |\n|---|\n| ô 11 | \n\n[r]: https://x.vn/12\n";
        let ranges = verbatim(source);
        let digits = |place: &usize| source[..*place].ends_with([' ', '/']);
        let hidden: Vec<usize> = (0..=12)
            .filter(|number| {
                let word = number.to_string();
                let at = source.match_indices(&word).map(|(at, _)| at).find(digits).unwrap();
                ranges.iter().any(|range| range.contains(&at))
            })
            .collect();
        assert_eq!(hidden, [0, 2, 3, 5, 6, 7, 8, 9, 12]);
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn plain_text_has_none() {
        assert!(Document::from_text("a.txt", "`mã`").verbatim().is_empty());
    }
}
