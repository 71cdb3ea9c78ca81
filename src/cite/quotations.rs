//! Quotations: words between “ and ” are another text's, such as the preambles that a consolidated text quotations.

use memchr::memmem;

/// How far back a quotation is followed, in bytes.
const REACH: usize = 2000;

/// The places of “ and ” in a text, found once.
pub(super) struct Quotations {
    /// Where each mark begins and whether it opens, in order.
    marks: Vec<(usize, bool)>,
}

impl Quotations {
    pub(super) fn of(text: &str) -> Quotations {
        // The two marks differ in their last byte.
        let marks = memmem::find_iter(text.as_bytes(), &"“".as_bytes()[..2])
            .filter_map(|at| match text[at..].chars().next() {
                Some('“') => Some((at, true)),
                Some('”') => Some((at, false)),
                _ => None,
            })
            .collect();
        Quotations { marks }
    }

    /// Whether byte `at` is inside “…”. A quotation ends with its paragraph, because many are never closed.
    pub(super) fn hold(&self, text: &str, at: usize) -> bool {
        let before = self.marks.partition_point(|(mark, _)| *mark < at);
        let Some((mark, true)) = before.checked_sub(1).map(|last| self.marks[last]) else { return false };
        at - mark <= REACH && memmem::find(&text.as_bytes()[mark..at], b"\n\n").is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::Quotations;

    #[test]
    fn a_quotation_ends_with_its_mark_or_its_paragraph() {
        let text = "a “b” c “d\n\ne – … f";
        let quotations = Quotations::of(text);
        let held: String = text.char_indices().filter(|(at, _)| quotations.hold(text, *at)).map(|(_, c)| c).collect();
        assert_eq!(held, "b”d\n\n");
    }
}
