//! Where a document is at home: which town "UBND thị xã" means when no name stands beside it.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::issuer::place;
use crate::law::Locality;
use crate::text::fold;

/// Level words as documents write them, and the folded word each is.
const LEVELS: [(&str, &str); 27] = [
    ("tỉnh", "tinh"),
    ("Tỉnh", "tinh"),
    ("TỈNH", "tinh"),
    ("thành phố", "thanh pho"),
    ("Thành phố", "thanh pho"),
    ("THÀNH PHỐ", "thanh pho"),
    ("huyện", "huyen"),
    ("Huyện", "huyen"),
    ("HUYỆN", "huyen"),
    ("quận", "quan"),
    ("Quận", "quan"),
    ("QUẬN", "quan"),
    ("thị xã", "thi xa"),
    ("Thị xã", "thi xa"),
    ("THỊ XÃ", "thi xa"),
    ("phường", "phuong"),
    ("Phường", "phuong"),
    ("PHƯỜNG", "phuong"),
    ("thị trấn", "thi tran"),
    ("Thị trấn", "thi tran"),
    ("THỊ TRẤN", "thi tran"),
    ("đặc khu", "dac khu"),
    ("Đặc khu", "dac khu"),
    ("ĐẶC KHU", "dac khu"),
    (" xã", "xa"),
    (" Xã", "xa"),
    (" XÃ", "xa"),
];

static ANCHORS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(LEVELS.iter().map(|(written, _)| written)).ok());

/// For each level word the places of that level that the document names.
#[derive(Debug, Default)]
pub(super) struct Localities {
    by_level: HashMap<&'static str, Vec<Locality>>,
}

impl Localities {
    /// Collects the places named in `text` with their level word ("thị xã Quảng Yên", "TỈNH QUẢNG NINH").
    pub fn of(text: &str) -> Localities {
        let mut places = Localities::default();
        let Some(anchors) = ANCHORS.as_ref() else { return places };
        for found in anchors.find_iter(text) {
            let level = LEVELS[found.pattern().as_usize()].1;
            let Some((name, _)) = place(text, found.start()) else { continue };
            let bare = fold(&name).trim() == level;
            // "thị xã" holds "xã": the name must begin with its own level.
            let own = fold(&name).trim_start().starts_with(level);
            if let Some(locality) = Locality::new(&name).filter(|_| own && !bare) {
                let known = places.by_level.entry(level).or_default();
                if !known.contains(&locality) {
                    known.push(locality);
                }
            }
        }
        places
    }

    /// The place that "UBND <level>" means: the only one of the level that is named. Several: it cannot be told.
    pub fn of_level(&self, level: &str) -> Option<&Locality> {
        match self.by_level.get(level)?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}
