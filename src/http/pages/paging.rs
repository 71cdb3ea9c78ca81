//! The links from one page of a long list to the next.

use crate::library::Paging;

/// Where a page is in its list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pagination {
    offset: usize,
    limit: usize,
    pub(crate) total: usize,
    /// What every link ends with, so that one comes back to the list where it is not the whole page: `#cited-by`.
    pub(crate) anchor: &'static str,
}

impl Pagination {
    pub(crate) fn new(page: Paging, total: usize) -> Pagination {
        Pagination { offset: page.offset, limit: page.limit, total, anchor: "" }
    }

    /// The same for a list that is a part of its page.
    pub(crate) fn anchored(self, anchor: &'static str) -> Pagination {
        Pagination { anchor, ..self }
    }

    /// This page and the number of pages, counted from one.
    pub(crate) fn page(&self) -> (usize, usize) {
        (self.offset / self.limit + 1, self.total.div_ceil(self.limit).max(1))
    }

    /// Where the last page begins.
    pub(crate) fn last(&self) -> usize {
        (self.page().1 - 1) * self.limit
    }

    /// The first and last item shown, counted from one.
    pub(crate) fn shown(&self) -> (usize, usize) {
        ((self.offset + 1).min(self.total), (self.offset + self.limit).min(self.total))
    }

    pub(crate) fn is_needed(&self) -> bool {
        self.offset > 0 || self.total > self.limit
    }

    /// Where the last page begins, if this one is past the end: the list grew shorter, or a link was mistyped.
    pub(crate) fn past_end(&self) -> Option<usize> {
        (self.offset > 0 && self.offset >= self.total).then(|| self.last())
    }

    pub(crate) fn previous(&self) -> Option<usize> {
        (self.offset > 0).then(|| self.offset.saturating_sub(self.limit))
    }

    pub(crate) fn next(&self) -> Option<usize> {
        let next = self.offset + self.limit;
        (next < self.total).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_both_sides_and_no_further() {
        let first = Pagination::new(Paging { offset: 0, limit: 20 }, 45);
        assert_eq!((first.shown(), first.previous(), first.next()), ((1, 20), None, Some(20)));
        let last = Pagination::new(Paging { offset: 40, limit: 20 }, 45);
        assert_eq!((last.shown(), last.previous(), last.next()), ((41, 45), Some(20), None));
        assert_eq!((last.page(), last.last()), ((3, 3), 40));
        assert!(!Pagination::new(Paging { offset: 0, limit: 20 }, 20).is_needed());
        for (offset, total, last) in
            [(0, 0, None), (20, 21, None), (20, 20, Some(0)), (900, 45, Some(40)), (20, 0, Some(0))]
        {
            assert_eq!(Pagination::new(Paging { offset, limit: 20 }, total).past_end(), last, "{offset} of {total}");
        }
    }
}
