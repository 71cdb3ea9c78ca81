//! # The issuer did not exist on that date
//!
//! ## What it does
//! Reports a number whose symbol names a central agency that was dissolved before the stated date (or before the year in the
//! number), or that was founded only after it; and an instrument of a district, its committee or office with a date on or
//! after 1 July 2025, when the level of districts ended. Numbers that the register knows are not reported, nor agencies whose
//! dates in the tables rest on memory alone.
//!
//! ## Why
//! No such instrument exists. Usually the draft was copied from last year's and the date changed, or the successor is
//! meant.
//!
//! ## Example
//! ```text
//! Thông tư số 15/2026/TT-BGTVT
//! Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND huyện Cần Giờ
//! ```
//!
//! ## Use instead
//! The symbol of the agency that took the work over (TT-BXD), the commune or province that issues now, or the right date.
//!
//! ## References
//! For ministries: Resolution 176/2025/QH15 on the structure of the Government and its organisation from 1 March 2025; the days
//! stand in `corpus/register/agencies.csv`. For districts: Law 72/2025/QH15 on the organisation of local government (two
//! levels, province and commune) and Resolution 203/2025/QH15, which ended the districts on 1 July 2025.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::law::{Agency, Date, Scope};
use crate::register::SymbolParts;
use crate::text::{Message, fold, one_line};

pub(super) static RULE: Rule = Rule {
    name: "impossible-issuer",
    title_vi: "cơ quan không tồn tại vào ngày đó",
    severity: Severity::Warning,
    law: None,
    yields_to: &["date-mismatch", "year-mismatch", "malformed-symbol", "type-mismatch"],
    source: include_str!("impossible_issuer.rs"),
    page_vi: include_str!("impossible_issuer.vi.md"),
    judge,
};

/// The first day without districts.
const NO_DISTRICTS: Date = jiff::civil::date(2025, 7, 1);

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    if context.register.by_number(number).any(|row| row.issued.is_some()) {
        return None;
    }
    district(context, &symbol).or_else(|| {
        let issuer = symbol.issuer().filter(|one| one.has_source() && one.scope == Scope::Central)?;
        // One that signed together with others may have handed its part on.
        (!symbol.is_joint()).then(|| central(context, issuer))?
    })
}

fn central(context: &RuleContext<'_>, issuer: &Agency) -> Option<Violation> {
    let year = context.written()?.year();
    let gone = issuer.valid_to.filter(|last| match (context.citation.date, year) {
        (Some(date), _) => date > *last,
        (None, year) => year.is_some_and(|year| year > last.year()),
    });
    let unborn = issuer.valid_from.filter(|first| match (context.citation.date, year) {
        (Some(date), _) => date < *first,
        (None, year) => year.is_some_and(|year| year < first.year()),
    });
    let (words, name) = (context.quoted(), &issuer.name);
    let symbols = context.register.symbols();
    let heirs: Vec<String> = issuer
        .successors
        .iter()
        .filter_map(|abbr| symbols.agency(abbr))
        .map(|one| format!("{} ({})", one.name, one.abbr))
        .collect();
    let (vi, en) = match (gone, unborn) {
        (Some(last), _) => {
            let day = last.tomorrow().ok()?;
            (
                format!(
                    "“{words}”: {name} không còn từ ngày {}; công việc chuyển sang {}. Đối chiếu ký hiệu, ngày và cơ quan ban hành.",
                    figures(day),
                    wording::joined(&heirs, "và")
                ),
                format!(
                    "“{words}”: {name} ended on {day}; its work went to {}. Compare symbol, date and issuer.",
                    wording::joined(&heirs, "and")
                ),
            )
        }
        (None, Some(first)) => (
            format!(
                "“{words}”: {name} chỉ có từ ngày {}. Đối chiếu ký hiệu, ngày và cơ quan ban hành.",
                figures(first)
            ),
            format!("“{words}”: {name} exists only since {first}. Compare symbol, date and issuer."),
        ),
        (None, None) => return None,
    };
    Some(Violation::new(context, vi, en).on(Message::new(
        format!(
            "Bảng cơ quan (agencies.csv): {}; Nghị quyết 176/2025/QH15 về cơ cấu tổ chức của Chính phủ",
            issuer.abbr
        ),
        format!(
            "The table of agencies (agencies.csv): {}; Resolution 176/2025/QH15 on the structure of the Government",
            issuer.abbr
        ),
    )))
}

/// Words that open the name of a district.
const DISTRICTS: [&str; 3] = ["huyen ", "quan ", "thi xa "];
const COMMITTEES: [&str; 3] = ["huyen uy", "quan uy", "thi uy"];

/// The cities that are provinces: the others were part of one, and ended with the districts (Resolution 202/2025/QH15).
const CITIES: [&str; 8] =
    ["ha noi", "ho chi minh", "hcm", "hai phong", "da nang", "can tho", "hue", "truc thuoc trung uong"];

/// Whether a folded place or committee is that of a city that was part of a province: "thanh pho Vung Tau", "Thanh uy Vinh".
fn is_city_below(words: &str) -> bool {
    let name = ["thanh pho ", "thanh uy thanh pho ", "thanh uy "].iter().find_map(|lead| words.strip_prefix(lead));
    name.map(str::trim).is_some_and(|name| !name.is_empty() && !CITIES.iter().any(|city| name.starts_with(city)))
}

/// Offices that only districts had, by their abbreviations in `agencies.csv`.
const OF_DISTRICTS: [&str; 3] = ["PGDĐT", "HU", "QU"];

fn district(context: &RuleContext<'_>, symbol: &SymbolParts<'_>) -> Option<Violation> {
    let date = context.citation.date.filter(|date| *date >= NO_DISTRICTS)?;
    let of_districts = |agency: &&Agency| OF_DISTRICTS.contains(&agency.abbr.as_str());
    let whose = match &context.citation.issuer {
        Some(issuer) => {
            let written = fold(context.text.get(issuer.range.clone())?);
            let place = issuer.locality.as_ref().map(|place| fold(place.as_str())).unwrap_or_default();
            let committee = |name: &str| written.starts_with(name) || written.contains(&format!(" {name}"));
            let of_district = DISTRICTS.iter().any(|level| place.starts_with(level))
                || is_city_below(&place)
                || is_city_below(&written)
                || COMMITTEES.iter().any(|name| committee(name))
                || issuer.abbr.as_deref().is_some_and(|abbr| OF_DISTRICTS.contains(&abbr));
            of_district.then(|| one_line(&context.text[issuer.range.clone()]))?
        }
        // The issuer is before the number or missing: the symbol says whose it is.
        None => match symbol.issuer().filter(of_districts) {
            Some(agency) => agency.name.clone(),
            None => office_of_district(context)?,
        },
    };
    let words = context.quoted();
    let fault = Violation::new(
        context,
        format!(
            "“{words}” ghi ngày {} của {whose}, nhưng cấp huyện không còn từ ngày {}. Đối chiếu ngày và cơ quan ban hành.",
            context.date_in_style(date),
            figures(NO_DISTRICTS)
        ),
        format!(
            "“{words}” is dated {date} and attributed to {whose}, but districts ended on {NO_DISTRICTS}. Compare date and issuer."
        ),
    );
    Some(fault.on(Message::new(
        "Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Nghị quyết 203/2025/QH15: kết thúc hoạt động của cấp huyện từ 01/7/2025",
        "Law 72/2025/QH15 on the organisation of local government; Resolution 203/2025/QH15: districts ended on 1 July 2025",
    )))
}

/// "của Phòng Nội vụ huyện Hải Lăng": an office that no table names, of a district that it names itself.
fn office_of_district(context: &RuleContext<'_>) -> Option<String> {
    const REACH: usize = 120;
    let mention = &context.citation.mention.range;
    let end = context.citation.date_range.as_ref().map_or(mention.end, |range| range.end.max(mention.end));
    let rest = &context.text[end..context.text.floor_char_boundary(end + REACH)];
    let clause = rest.split([',', ';', '.', '(', ')', '\n']).next().unwrap_or_default();
    let office = clause.trim_start().strip_prefix("của ")?.trim();
    let folded = fold(office);
    let district = DISTRICTS.iter().any(|level| folded.contains(&format!(" {level}")));
    (folded.starts_with("phong ") && district).then(|| one_line(office))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn an_agency_of_another_time_is_told() {
        for (text, said) in [
            ("theo Thông tư số 15/2026/TT-BGTVT", "Bộ Giao thông vận tải không còn từ ngày 01/3/2025"),
            ("theo Thông tư số 15/2025/TT-BTNMT ngày 15/8/2025", "Bộ Nông nghiệp và Môi trường (BNNMT)"),
            ("theo Quyết định số 15/QĐ-BNNMT ngày 15/8/2024", "chỉ có từ ngày 01/3/2025"),
            (
                "theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND huyện Cần Giờ",
                "cấp huyện không còn từ ngày 01/7/2025",
            ),
            ("theo Công văn số 120-CV/HU ngày 15/9/2025 của Huyện ủy An Bình", "cấp huyện không còn"),
            ("theo Công văn số 120-CV/HU ngày 15/9/2025 của Ban Thường vụ Huyện ủy", "cấp huyện không còn"),
            ("Huyện ủy An Bình tại Công văn số 120-CV/HU, ngày 15/9/2025 đã nêu", "của Huyện ủy"),
            ("theo Công văn số 12/PGDĐT-TH ngày 15/9/2025 của Phòng GDĐT thành phố Bắc Ninh", "Phòng GDĐT"),
            ("theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND thị xã Ba Đồn", "thị xã Ba Đồn"),
            ("theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND thành phố Vũng Tàu", "thành phố Vũng Tàu"),
            ("theo Nghị quyết số 12-NQ/ThU ngày 15/9/2025 của Thành ủy Vinh", "Thành ủy Vinh"),
            ("theo Công văn số 15/PNV ngày 15/9/2025 của Phòng Nội vụ huyện Hải Lăng", "Phòng Nội vụ huyện Hải Lăng"),
            ("theo Công văn số 12/PGDĐT-TH ngày 15/9/2025", "Phòng Giáo dục và Đào tạo"),
        ] {
            let found = draft("impossible-issuer", text, "2026-06-01");
            assert!(found.len() == 1 && found[0].vi.contains(said), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_was_possible_is_right() {
        for text in [
            "theo Thông tư số 15/2025/TT-BGTVT",
            "theo Thông tư số 15/2025/TT-BGTVT ngày 15/02/2025",
            "theo Công văn số 12/PGDĐT-TH ngày 15/6/2025 của Phòng GDĐT thành phố Bắc Ninh",
            "theo Công văn số 120-CV/ĐU ngày 15/9/2025 của Đảng ủy xã An Bình",
            "theo Kế hoạch số 120/KH-UBND ngày 30/6/2025 của UBND huyện Cần Giờ",
            "theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND tỉnh Quảng Ninh",
            "theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND xã An Lộc",
            "theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND thành phố Huế",
            "theo Kế hoạch số 120/KH-UBND ngày 15/9/2025 của UBND Thành phố Hồ Chí Minh",
            "theo Nghị quyết số 12-NQ/TU ngày 15/9/2025 của Thành ủy Hà Nội",
            "theo Công văn số 15/PNV ngày 15/6/2025 của Phòng Nội vụ huyện Hải Lăng",
            "theo Thông tư số 15/2025/TT-BNNMT ngày 15/8/2025",
        ] {
            assert_eq!(draft("impossible-issuer", text, "2026-06-01"), [], "{text}");
        }
    }
}
