//! The sentences of findings: how an instrument is named as one should write it, and what a statement about it
//! rests on.

use super::context::RuleContext;
use super::date_style::figures;
use crate::law::{Confidence, Instrument, Key, NAMED_KINDS, Pinpoint, Relation, UNCHECKED};
use crate::text::Message;

/// An instrument as a text should cite it, in Vietnamese whatever the language of the message: `Thông tư số
/// 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo`. The date is in the style of the citation.
pub(super) fn full_form(instrument: &Instrument, context: &RuleContext<'_>) -> String {
    let mut out = heading(instrument);
    if let Some(number) = &instrument.number {
        out.push_str(&format!(" số {number}"));
    }
    if let Some(issued) = instrument.issued {
        out.push_str(&format!(" ngày {}", context.date_in_style(issued)));
    }
    if !instrument.issuer.is_empty() {
        out.push_str(&format!(" của {}", instrument.issuer));
    }
    out
}

/// The type word, or the name of an instrument that is cited by name.
fn heading(instrument: &Instrument) -> String {
    let named = NAMED_KINDS.contains(&instrument.kind.as_str());
    if named && instrument.title.starts_with(&instrument.kind) {
        instrument.title.clone()
    } else {
        instrument.kind.clone()
    }
}

/// The instrument that acts in a relation: as the register names it, else its bare number.
pub(super) fn actor(relation: &Relation, context: &RuleContext<'_>) -> String {
    match context.register.lookup(&relation.from, None) {
        Some(instrument) => full_form(instrument, context),
        None => format!("văn bản số {}", relation.from.number),
    }
}

/// The title in quotation marks, where the register knows one that is not a name; else nothing.
pub(super) fn title(instrument: &Instrument) -> String {
    if instrument.title.is_empty() || heading(instrument) == instrument.title {
        return String::new();
    }
    format!(" (“{}”)", instrument.title.trim_matches(['"', '“', '”']))
}

/// What a statement about the force of an instrument rests on: source, confidence, and the day up to which the evidence
/// reaches.
pub(super) fn evidence(instrument: &Instrument) -> Message {
    let Message { mut vi, mut en } = grounds(&instrument.source, instrument.confidence);
    if let Some(seen) = instrument.force_as_of {
        vi.push_str(&format!("; xác nhận đến {}", figures(seen)));
        en.push_str(&format!("; as known on {seen}"));
    }
    Message { vi, en }
}

/// Source and confidence of a fact.
pub(super) fn grounds(source: &str, confidence: Confidence) -> Message {
    let (vi, en) = match confidence {
        Confidence::Verified => ("đã đối chiếu", "verified"),
        Confidence::Likely => ("có khả năng đúng", "likely"),
        Confidence::Unsure => ("chưa chắc chắn", "unsure"),
    };
    // Who has compared the fact with a source need not say that some part of it was not.
    let unchecked = |part: &&str| part.contains(UNCHECKED);
    let parts: Vec<&str> = source.split("; ").filter(|part| !part.is_empty()).collect();
    let named: Vec<&str> = match confidence {
        Confidence::Verified => parts.into_iter().filter(|part| !unchecked(part)).collect(),
        _ if parts.iter().all(unchecked) => Vec::new(),
        _ => parts,
    };
    if named.is_empty() && source.contains(UNCHECKED) {
        return Message::new(
            format!("Sổ đăng ký chưa đối chiếu điều này với văn bản gốc; mức tin cậy: {vi}. Hãy tự đối chiếu"),
            format!("The register has not compared this with the published text; confidence: {en}. Please compare"),
        );
    }
    let named = named.join("; ");
    let (in_vietnamese, in_english) = match named.as_str() {
        "" => ("không ghi".to_owned(), "not stated"),
        named => (source_vi(named), named),
    };
    Message::new(
        format!("Nguồn của sổ đăng ký: {in_vietnamese}; mức tin cậy: {vi}"),
        format!("The register's source: {in_english}; confidence: {en}"),
    )
}

/// An instrument by its type word and number alone, as a text cites it again: `Thông tư số 24/2023/TT-BGDĐT`.
pub(super) fn short_form(instrument: &Instrument) -> String {
    match &instrument.number {
        Some(number) => format!("{} số {number}", instrument.kind),
        None => instrument.title.clone(),
    }
}

/// The instrument of a key by its type word and number, and by its date where the number needs one, with the kind that the symbol names where no row says it.
pub(super) fn name_of(key: &Key, context: &RuleContext<'_>) -> String {
    let day = key.date().map_or(String::new(), |day| format!(" ngày {}", figures(day)));
    if let Some(instrument) = context.register.lookup(key, None) {
        return format!("{}{day}", short_form(instrument));
    }
    let head = key.number.parts().next().unwrap_or_default();
    let kind = context.register.symbols().kinds_of_abbr(head).next().map_or("văn bản", |kind| kind.name.as_str());
    format!("{kind} số {}{day}", key.number)
}

/// The register's mark of a replacement that takes effect step by step, so that the old instrument goes on for some.
pub(super) const PHASED_IN: &str = crate::law::PHASED_IN;

/// The set phrases of the register's column `source`, in Vietnamese; other words stay as they are.
pub fn source_vi(source: &str) -> String {
    const PHRASES: [(&str, &str); 16] = [
        ("clause of", "điều khoản của"),
        ("text of the instrument", "toàn văn văn bản"),
        ("title of the instrument", "tên văn bản"),
        ("national codification", "Bộ pháp điển"),
        ("dropped from the codification", "đã đưa ra khỏi Bộ pháp điển"),
        ("national database of legal documents", "Cơ sở dữ liệu quốc gia về pháp luật"),
        ("secondary public source", "nguồn công khai thứ cấp"),
        ("date as cited by other instruments", "ngày theo văn bản khác viện dẫn"),
        ("name not checked against a source", "tên chưa đối chiếu nguồn"),
        (UNCHECKED, "chưa đối chiếu nguồn"),
        ("as cited in a plan", "theo kế hoạch đã viện dẫn"),
        ("end: relation in relations.csv", "ngày hết hiệu lực theo quan hệ văn bản"),
        ("force:", "hiệu lực:"),
        ("short title", "tên rút gọn"),
        ("phased in until", "áp dụng theo lộ trình đến"),
        (PHASED_IN, "áp dụng theo lộ trình"),
    ];
    PHRASES.iter().fold(source.to_owned(), |source, (en, vi)| source.replace(en, vi))
}

/// A provision as a sentence opens with it: `Điểm a khoản 2 Điều 5`.
pub(super) fn provision(pin: &Pinpoint) -> String {
    let point = pin.point.as_ref().map(|point| format!("điểm {point} "));
    let clause = pin.clause.as_ref().map(|clause| format!("khoản {clause} "));
    let named = format!("{}{}Điều {}", point.unwrap_or_default(), clause.unwrap_or_default(), pin.article);
    let mut chars = named.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `A`, `A và B`, `A, B và C`.
pub(super) fn joined(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_told_in_the_language_of_the_message() {
        let Message { vi, en } = grounds("clause of 24/2023/TT-BGDĐT; national codification", Confidence::Verified);
        assert_eq!(
            vi,
            "Nguồn của sổ đăng ký: điều khoản của 24/2023/TT-BGDĐT; Bộ pháp điển; mức tin cậy: đã đối chiếu"
        );
        assert_eq!(
            en,
            "The register's source: clause of 24/2023/TT-BGDĐT; national codification; confidence: verified"
        );
    }

    #[test]
    fn what_is_verified_is_not_called_unchecked() {
        let source = "national codification; not checked against a source";
        assert!(!grounds(source, Confidence::Verified).vi.contains("chưa đối chiếu"));
        assert!(grounds(source, Confidence::Likely).vi.contains("chưa đối chiếu nguồn"));
    }

    #[test]
    fn a_fact_without_any_source_says_what_to_do() {
        let Message { vi, en } = grounds("not checked against a source", Confidence::Likely);
        assert!(vi.starts_with("Sổ đăng ký chưa đối chiếu") && en.ends_with("Please compare"), "{vi} / {en}");
    }

    #[test]
    fn lists_end_with_their_word() {
        let items = ["A", "B", "C"].map(String::from);
        assert_eq!(joined(&items, "và"), "A, B và C");
        assert_eq!(joined(&items[..1], "và"), "A");
    }
}
