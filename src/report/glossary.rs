//! The words of the glossary in both languages, so that every face names a state, a relation or a sort of thing
//! alike.

use crate::check::{self, Severity};
use crate::law::{Confidence, Force, Treatment};
use crate::library::{Event, HitKind};
use crate::text::Lang;

/// The state of an instrument: `còn hiệu lực`.
pub fn force(force: Force, lang: Lang) -> &'static str {
    match force {
        Force::NotYet => lang.pick("chưa có hiệu lực", "not yet in force"),
        Force::InForce => lang.pick("còn hiệu lực", "in force"),
        Force::InPart => lang.pick("hết hiệu lực một phần", "in force in part"),
        Force::Suspended => lang.pick("ngưng hiệu lực", "suspended"),
        Force::Ended => lang.pick("hết hiệu lực", "ended"),
        Force::Unknown => lang.pick("chưa xác định", "not known"),
    }
}

/// What the first instrument does to the second, read from the first: `thay thế`.
pub fn treatment(treatment: Treatment, lang: Lang) -> &'static str {
    match treatment {
        Treatment::Basis => lang.pick("căn cứ", "rests on"),
        Treatment::Amends => lang.pick("sửa đổi, bổ sung", "amends"),
        Treatment::Replaces => lang.pick("thay thế", "replaces"),
        Treatment::Repeals => lang.pick("bãi bỏ", "repeals"),
        Treatment::Suspends => lang.pick("ngưng hiệu lực", "suspends"),
        Treatment::Corrects => lang.pick("đính chính", "corrects"),
        Treatment::Consolidates => lang.pick("hợp nhất", "consolidates"),
        Treatment::Implements => lang.pick("hướng dẫn thi hành", "implements"),
        Treatment::Cites => lang.pick("viện dẫn", "cites"),
    }
}

/// The same relation read from the second instrument: `được thay thế bởi`.
pub fn treated_by(treatment: Treatment, lang: Lang) -> &'static str {
    match treatment {
        Treatment::Basis => lang.pick("là căn cứ của", "is the basis of"),
        Treatment::Amends => lang.pick("được sửa đổi, bổ sung bởi", "is amended by"),
        Treatment::Replaces => lang.pick("được thay thế bởi", "is replaced by"),
        Treatment::Repeals => lang.pick("bị bãi bỏ bởi", "is repealed by"),
        Treatment::Suspends => lang.pick("bị ngưng hiệu lực bởi", "is suspended by"),
        Treatment::Corrects => lang.pick("được đính chính bởi", "is corrected by"),
        Treatment::Consolidates => lang.pick("được hợp nhất trong", "is consolidated in"),
        Treatment::Implements => lang.pick("được hướng dẫn bởi", "is implemented by"),
        Treatment::Cites => lang.pick("được viện dẫn bởi", "is cited by"),
    }
}

/// The same without the other's name, as it is written beside the second instrument: `được thay thế`.
pub fn treated(treatment: Treatment, lang: Lang) -> &'static str {
    match treatment {
        Treatment::Basis => lang.pick("căn cứ", "basis"),
        Treatment::Amends => lang.pick("được sửa đổi, bổ sung", "amended"),
        Treatment::Replaces => lang.pick("được thay thế", "replaced"),
        Treatment::Repeals => lang.pick("bị bãi bỏ", "repealed"),
        Treatment::Suspends => lang.pick("bị ngưng hiệu lực", "suspended"),
        Treatment::Corrects => lang.pick("được đính chính", "corrected"),
        Treatment::Consolidates => lang.pick("được hợp nhất", "consolidated"),
        Treatment::Implements => lang.pick("được hướng dẫn thi hành", "implemented"),
        Treatment::Cites => lang.pick("được viện dẫn", "cited"),
    }
}

/// How well a fact is supported: `đã đối chiếu nguồn`.
pub fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::Verified => lang.pick("đã đối chiếu nguồn", "verified"),
        Confidence::Likely => lang.pick("có khả năng đúng", "likely"),
        Confidence::Unsure => lang.pick("chưa chắc chắn", "unsure"),
    }
}

/// Where a fact of the register comes from: `Bộ pháp điển 2026-01`.
pub fn source(source: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => check::source_vi(source),
        Lang::En => source.to_owned(),
    }
}

/// What happened to an instrument: `ban hành`; empty for what another instrument did, which its treatment names.
pub fn event(event: Event, lang: Lang) -> &'static str {
    match event {
        Event::Issued => lang.pick("ban hành", "issued"),
        Event::Commenced => lang.pick("có hiệu lực", "in force"),
        Event::Treated => "",
        Event::Ended => lang.pick("hết hiệu lực", "ended"),
    }
}

/// How severe a finding is: `lỗi`.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("lỗi", "error"),
        Severity::Warning => lang.pick("cảnh báo", "warning"),
        Severity::Info => lang.pick("lưu ý", "note"),
    }
}

/// What a rule finds, in a few words: `đã bị thay thế`.
pub fn fault(rule: &str, lang: Lang) -> String {
    let title = check::rule(rule).map_or("", |rule| lang.pick(rule.title_vi, ""));
    if title.is_empty() { rule.replace('-', " ") } else { title.to_owned() }
}

/// Kinds of documents in English; one that is not among them keeps its name.
const KINDS: [(&str, &str); 27] = [
    ("báo cáo", "Report"),
    ("bộ luật", "Code"),
    ("chỉ thị", "Directive"),
    ("chiến lược", "Strategy"),
    ("chương trình", "Programme"),
    ("công điện", "Telegram"),
    ("công văn", "Dispatch"),
    ("đề án", "Scheme"),
    ("hiến pháp", "Constitution"),
    ("hướng dẫn", "Guidance"),
    ("kế hoạch", "Plan"),
    ("kết luận", "Conclusion"),
    ("lệnh", "Order"),
    ("luật", "Law"),
    ("nghị định", "Decree"),
    ("nghị quyết", "Resolution"),
    ("nghị quyết liên tịch", "Joint resolution"),
    ("pháp lệnh", "Ordinance"),
    ("quy chế", "Statute"),
    ("quy định", "Regulation"),
    ("quyết định", "Decision"),
    ("thông báo", "Notice"),
    ("thông tư", "Circular"),
    ("thông tư liên tịch", "Joint circular"),
    ("tờ trình", "Submission"),
    ("văn bản", "Document"),
    ("văn bản hợp nhất", "Consolidated text"),
];

/// The kind of a document, as the language names it.
pub fn kind(name: &str, lang: Lang) -> &str {
    let lower = name.to_lowercase();
    match KINDS.iter().find(|(vi, _)| lang == Lang::En && *vi == lower) {
        Some((_, en)) => en,
        None => name,
    }
}

/// What of an instrument a relation touches, as the register says it: the codification has stock phrases for it.
pub fn provision(text: &str, lang: Lang) -> &str {
    if lang == Lang::Vi {
        return text;
    }
    match text {
        "một phần" => "in part",
        "một số nội dung" => "some contents",
        "một số nội dung được sửa đổi" => "some contents amended",
        "một số nội dung được bổ sung" => "some contents added",
        "một số nội dung được sửa đổi, bổ sung" => "some contents amended or added",
        "một số nội dung được sửa đổi, bãi bỏ" => "some contents amended or repealed",
        "một số nội dung được bổ sung, bãi bỏ" => "some contents added or repealed",
        "một số nội dung được sửa đổi, bổ sung, bãi bỏ" => {
            "some contents amended, added or repealed"
        }
        "một số nội dung được sửa đổi, bổ sung, hủy bỏ" => {
            "some contents amended, added or annulled"
        }
        "một số nội dung bị bãi bỏ" => "some contents repealed",
        "một số nội dung bị hủy bỏ" => "some contents annulled",
        "trừ một số quy định" => "but for some provisions",
        other => other,
    }
}

/// What a hit or the other end of an edge is: `văn bản`.
pub fn hit_kind(kind: HitKind, lang: Lang) -> &'static str {
    match kind {
        HitKind::Instrument => lang.pick("văn bản", "instrument"),
        HitKind::Document => lang.pick("tài liệu", "document"),
    }
}

/// A day as people write it: `26/11/2021` in Vietnamese, `2021-11-26` in English.
pub fn date(date: crate::law::Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => crate::law::format_date(date),
        Lang::En => date.to_string(),
    }
}

/// `5.2.a` in words.
pub fn pinpoint(pin: &str, lang: Lang) -> String {
    let mut parts = pin.splitn(3, '.');
    let (article, clause, point) = (parts.next().unwrap_or(pin), parts.next(), parts.next());
    match lang {
        Lang::Vi => {
            let point = point.map(|point| format!("điểm {point} ")).unwrap_or_default();
            let clause = clause.map(|clause| format!("khoản {clause} ")).unwrap_or_default();
            format!("{point}{clause}Điều {article}")
        }
        Lang::En => {
            let point = point.map(|point| format!("point {point}, ")).unwrap_or_default();
            let clause = clause.map(|clause| format!("clause {clause}, ")).unwrap_or_default();
            format!("{point}{clause}article {article}")
        }
    }
}

/// The name of a field by which hits are counted, and a value of it, as people read them.
pub fn facet(field: &str, lang: Lang) -> &'static str {
    match field {
        "la" => lang.pick("Phạm vi", "Scope"),
        "hieuluc" => lang.pick("Hiệu lực", "Force"),
        "loai" => lang.pick("Loại văn bản", "Kind"),
        "coquan" => lang.pick("Cơ quan ban hành", "Issuer"),
        "diaphuong" => lang.pick("Địa phương", "Place"),
        _ => lang.pick("Năm", "Year"),
    }
}

pub fn facet_value(field: &str, value: &str, lang: Lang) -> String {
    match (field, value) {
        ("la", "instrument") => lang.pick("văn bản", "instruments").to_owned(),
        ("la", _) => lang.pick("tài liệu", "documents").to_owned(),
        ("loai", _) => kind(value, lang).to_owned(),
        ("hieuluc", _) => Force::parse(value).map_or(value, |state| force(state, lang)).to_owned(),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinpoints_in_words() {
        assert_eq!(pinpoint("5.2.a", Lang::Vi), "điểm a khoản 2 Điều 5");
        assert_eq!(pinpoint("5-9", Lang::Vi), "Điều 5-9");
        assert_eq!(pinpoint("5.2", Lang::En), "clause 2, article 5");
    }

    #[test]
    fn kinds_have_english_names() {
        assert_eq!(kind("Thông tư", Lang::En), "Circular");
        assert_eq!(kind("Thông tư", Lang::Vi), "Thông tư");
        assert_eq!(kind("Sắc lệnh", Lang::En), "Sắc lệnh");
        assert_eq!(provision("một phần", Lang::En), "in part");
        assert_eq!(provision("Điều 6", Lang::En), "Điều 6");
    }

    #[test]
    fn every_rule_has_a_name_for_people() {
        assert_eq!(fault("missing-year", Lang::En), "missing year");
        assert_eq!(fault("missing-year", Lang::Vi), "thiếu năm");
    }

    #[test]
    fn every_force_has_a_word_of_its_own() {
        for lang in [Lang::Vi, Lang::En] {
            let words: std::collections::HashSet<_> = Force::ALL.iter().map(|one| force(*one, lang)).collect();
            assert_eq!(words.len(), Force::ALL.len());
        }
    }

    #[test]
    fn dates_are_written_as_people_of_the_language_do() {
        let day = "2021-03-05".parse().unwrap();
        assert_eq!(date(day, Lang::Vi), "05/03/2021");
        assert_eq!(date(day, Lang::En), "2021-03-05");
    }
}
