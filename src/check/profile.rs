//! Which rules of form a document is held to: those of offices, of normative documents, or of the Party.

use std::fmt;

use crate::cite::Header;
use crate::law::{Branch, Date, Family, Kind, NumberForm, YearRule};
use crate::register::Symbols;
use crate::text::Pattern;
use crate::text::{Message, fold};

/// The family of form rules. A document is of the family that its own number, kind and issuer show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Văn bản hành chính: Decree 30/2020/NĐ-CP on records work, Annex I.
    #[default]
    Admin,
    /// Văn bản quy phạm pháp luật: Law 64/2025/QH15 and Decree 78/2025/NĐ-CP, before them Decree 34/2016/NĐ-CP.
    Normative,
    /// Văn bản của Đảng: Guidance 36-HD/VPTW of 3 April 2018 under Rule 66-QĐ/TW of 6 February 2017.
    Party,
}

/// The day on which Decree 78/2025/NĐ-CP took the place of Decree 34/2016/NĐ-CP.
const DECREE_78: Date = jiff::civil::date(2025, 4, 1);

impl Profile {
    pub const ALL: [Profile; 3] = [Profile::Admin, Profile::Normative, Profile::Party];

    /// The name used in options and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Profile::Admin => "admin",
            Profile::Normative => "normative",
            Profile::Party => "party",
        }
    }

    pub fn parse(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.as_str() == name)
    }

    /// The profile that a document's header shows; `Admin` where it shows none, since most drafts of offices are.
    pub fn of(header: &Header, symbols: &Symbols) -> Profile {
        if is_party(header, symbols) {
            return Profile::Party;
        }
        if is_normative(header, symbols) { Profile::Normative } else { Profile::Admin }
    }

    /// [`Profile::of`] for a draft whose number is still blank: "Số:      /2026/TT-BGDĐT" shows what it will be.
    pub fn of_text(text: &str, header: &Header, symbols: &Symbols) -> Profile {
        let profile = Profile::of(header, symbols);
        if profile == Profile::Admin && header.number.is_none() && has_normative_blank(text, symbols) {
            return Profile::Normative;
        }
        profile
    }

    /// The rule on citing that a document of this profile is held to on a day.
    pub(super) fn citing(self, day: Date) -> Message {
        match self {
            Profile::Admin => Message::new(
                "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 6 (viện dẫn văn bản)",
                "Decree 30/2020/NĐ-CP, Annex I, section II, clause 6 (citing documents)",
            ),
            Profile::Normative if day < DECREE_78 => Message::new(
                "Nghị định 34/2016/NĐ-CP, Điều 75 (kỹ thuật viện dẫn văn bản)",
                "Decree 34/2016/NĐ-CP, article 75 (citing documents)",
            ),
            Profile::Normative => Message::new(
                "Nghị định 78/2025/NĐ-CP, kỹ thuật viện dẫn văn bản",
                "Decree 78/2025/NĐ-CP, on citing documents",
            ),
            Profile::Party => Message::new(
                "Hướng dẫn 36-HD/VPTW ngày 03/4/2018, thể thức và kỹ thuật trình bày văn bản của Đảng",
                "Guidance 36-HD/VPTW of 3 April 2018 on the form of Party documents",
            ),
        }
    }

    /// The rule on how numbers, symbols and dates are written.
    pub(super) fn writing(self, day: Date) -> Message {
        match self {
            Profile::Admin => Message::new(
                "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3 và 4 (số, ký hiệu; ngày, tháng)",
                "Decree 30/2020/NĐ-CP, Annex I, section II, clauses 3 and 4 (number and symbol; date)",
            ),
            Profile::Normative if day < DECREE_78 => Message::new(
                "Nghị định 34/2016/NĐ-CP, chương V (thể thức và kỹ thuật trình bày)",
                "Decree 34/2016/NĐ-CP, chapter V (form of normative documents)",
            ),
            Profile::Normative => Message::new(
                "Nghị định 78/2025/NĐ-CP, thể thức và kỹ thuật trình bày văn bản quy phạm pháp luật",
                "Decree 78/2025/NĐ-CP, on the form of normative documents",
            ),
            Profile::Party => self.citing(day),
        }
    }

    /// Whether a first mention without date and issuer is reported. The preambles of normative documents of today name number and
    /// subject alone, the number holding the year, and their texts quote others at length.
    pub(super) fn wants_date_and_issuer(self) -> bool {
        self != Profile::Normative
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn is_party(header: &Header, symbols: &Symbols) -> bool {
    let by_number = header.number.as_ref().is_some_and(|number| {
        let issuer = number.parts().last().and_then(|part| symbols.agency(part));
        number.form() == NumberForm::Party && issuer.is_none_or(|agency| agency.branch == Branch::Party)
    });
    let issuer = header.issuer.as_deref().map(fold).unwrap_or_default();
    let heads =
        ["ban chap hanh", "huyen uy", "tinh uy", "thanh uy", "thi uy", "quan uy", "dang uy", "dang bo", "chi bo"];
    // "ĐOÀN TNCS … BAN CHẤP HÀNH" is the Youth Union's.
    let by_issuer = heads.iter().any(|head| issuer.starts_with(head)) && !issuer.contains("doan");
    by_number || (by_issuer && header.number.as_ref().is_none_or(|number| number.form() == NumberForm::Party))
}

/// How much of a text its head can take, in bytes.
const HEAD: usize = 3000;

/// "Số: …/2026/TT-BGDĐT", "Số:      /2026/QĐ-UBND": a number with its year and without its serial in the head. Office
/// papers have no year in their numbers.
fn has_normative_blank(text: &str, symbols: &Symbols) -> bool {
    static BLANK: Pattern = Pattern::new(
        r"(?m)(?:^|\t|\|| {4})[ \t*_|]*(?:luat )?so *:?[ \t.…_*x]{0,60}/ ?(?:19|20)\d\d ?/ ?(?P<kind>[a-z]+)\b",
    );
    let head = fold(&text[..text.floor_char_boundary(HEAD)]);
    BLANK.captures(&head).is_some_and(|found| {
        let kind = &found["kind"];
        let normative = |one: &Kind| one.family == Family::Normative && fold(&one.abbr) == kind;
        symbols.kinds().iter().any(normative) || kind.starts_with("qh") || kind.starts_with("ubtvqh")
    })
}

fn is_normative(header: &Header, symbols: &Symbols) -> bool {
    let kind = header.kind.as_deref().unwrap_or_default();
    if kind == "Văn bản hợp nhất" {
        return true;
    }
    let mut kinds = symbols.kinds_of_word(kind).filter(|one| one.family == Family::Normative).peekable();
    let always = kinds.peek().is_some() && kinds.all(|one| one.year == YearRule::Always);
    let dated = header.number.as_ref().is_some_and(|number| {
        let head = number.parts().next().unwrap_or_default();
        number.year().is_some() && symbols.kinds_of_abbr(head).any(|one| one.family == Family::Normative)
    });
    // "Chỉ thị" bore its year until 2008 and is an office's paper today.
    dated
        || (always
            && header.number.is_none()
            && ["Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư"].contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite;
    use crate::read::Document;
    use crate::register::Register;

    #[test]
    fn the_header_shows_the_profile() {
        let register = Register::bundled();
        for (head, profile) in [
            (
                "UBND HUYỆN AN BÌNH\nSố: 31/KH-PGDĐT\nAn Bình, ngày 12 tháng 01 năm 2024\nKẾ HOẠCH\nXây dựng",
                Profile::Admin,
            ),
            ("BỘ Y TẾ\nSố: 10/2024/TT-BYT\nHà Nội, ngày 12 tháng 01 năm 2024\nTHÔNG TƯ\nQuy định", Profile::Normative),
            ("CHÍNH PHỦ\nSố: 10/2024/NĐ-CP\nNGHỊ ĐỊNH\nQuy định", Profile::Normative),
            ("TỈNH ỦY LONG AN\n*\nSố: 12-CT/TU\nCHỈ THỊ\nVề việc", Profile::Party),
            ("HUYỆN ỦY AN BÌNH\nKẾ HOẠCH\nThực hiện", Profile::Party),
            ("Thực hiện Thông tư số 22/2020/TT-BGDĐT", Profile::Admin),
            ("ỦY BAN NHÂN DÂN\nSố: 12/2024/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành", Profile::Normative),
            ("ỦY BAN NHÂN DÂN\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc", Profile::Admin),
            (
                "BỘ Y TẾ\nSố:        /2026/TT-BYT    Hà Nội, ngày   tháng 12 năm 2026\nTHÔNG TƯ\nQuy định",
                Profile::Normative,
            ),
            ("ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: …../2026/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành Quy định", Profile::Normative),
            ("HỘI ĐỒNG NHÂN DÂN\tCỘNG HÒA\nSố: .../2026/NQ-HĐND\tAn Bình, ngày\nNGHỊ QUYẾT\nVề", Profile::Normative),
            ("ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố:       /QĐ-UBND\nQUYẾT ĐỊNH\nVề việc giao", Profile::Admin),
            ("UBND XÃ AN LỘC\nSố:    /KH-UBND\nKẾ HOẠCH\nThực hiện Thông tư số 10/2024/TT-BYT", Profile::Admin),
        ] {
            let reading = cite::read(&Document::from_text("head", head), &register);
            assert_eq!(Profile::of_text(head, &reading.header, register.symbols()), profile, "{head}");
        }
        assert!(Profile::ALL.iter().all(|one| Profile::parse(one.as_str()) == Some(*one)));
    }
}
