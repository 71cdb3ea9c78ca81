//! What the rules' tests share: a short text with its citations in brackets, read by hand, so that a rule is
//! tested without the reader; and a small register whose facts do not change.
//!
//! `[Thông tư số 22/2020/TT-BGDĐT] ngày 06/8/2020 của Bộ GDĐT` is one citation with date and issuer;
//! `[words=>number@date]` is one that means another number than the one written; words without a figure are a name.

use std::sync::LazyLock;

use regex::Regex;

use super::CheckRequest;
use super::context::RuleContext;
use super::finding::Finding;
use super::policy::FilePolicy;
use super::profile::Profile;
use crate::cite::{Citation, CitationIndex, Issuer, Mention, MentionKind, ResolvedDocument};
use crate::law::{Date, Key, Number, Treatment};
use crate::read::Document;
use crate::register::Register;

const INSTRUMENTS: &str = "\
number,kind,title,issuer,locality,issued,commences,ended,force,force_as_of,confidence,source
10/2010/TT-BGDĐT,Thông tư,Quy chế cũ,Bộ Giáo dục và Đào tạo,,2010-03-01,2010-04-15,2020-09-21,ended,2026-05-01,likely,national codification
22/2020/TT-BGDĐT,Thông tư,Đánh giá đơn vị học tập,Bộ Giáo dục và Đào tạo,,2020-08-06,2020-09-21,2024-01-26,ended,2026-05-01,likely,national codification
24/2023/TT-BGDĐT,Thông tư,Công nhận đơn vị học tập,Bộ Giáo dục và Đào tạo,,2023-12-11,2024-01-26,,in_force,2026-05-01,verified,national codification
05/2011/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2011-02-10,2011-03-27,2020-01-01,ended,2026-05-01,verified,national codification
06/2011/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2011-02-11,2011-03-28,,ended,2026-05-01,likely,national codification
21/2018/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2018-08-24,2018-10-10,,in_part,2026-05-01,verified,national codification
24/2020/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2020-08-25,2020-10-11,,in_force,2026-05-01,verified,national codification
98/2013/TT-BTC,Thông tư,,Bộ Tài chính,,2013-07-24,,,unknown,,unsure,secondary public source
23/2008/QH12,Luật,Luật Giao thông đường bộ,Quốc hội,,2008-11-13,2009-07-01,2025-01-01,ended,2026-05-01,verified,clause of 35/2024/QH15
38/2005/QH11,Luật,Luật Giáo dục,Quốc hội,,2005-06-14,2006-01-01,2020-07-01,ended,2026-05-01,verified,secondary public source
13/2003/QH11,Luật,Luật Đất đai,Quốc hội,,2003-11-26,2004-07-01,2014-07-01,ended,2026-05-01,verified,secondary public source
45/2013/QH13,Luật,Luật Đất đai,Quốc hội,,2013-11-29,2014-07-01,2024-08-01,ended,2026-05-01,verified,secondary public source
24-L/CTN,Luật,Luật Đất đai,Quốc hội,,1993-07-14,,,unknown,2026-05-01,verified,secondary public source
31/2024/QH15,Luật,Luật Đất đai,Quốc hội,,2024-01-18,2024-08-01,,in_force,2026-05-01,verified,secondary public source
43/2019/QH14,Luật,Luật Giáo dục,Quốc hội,,2019-06-14,2020-07-01,,in_part,2026-05-01,verified,secondary public source
489/QĐ-TTg,Quyết định,,Thủ tướng Chính phủ,,2020-04-08,2020-04-08,,in_force,2026-05-01,likely,as cited in a plan
49-KL/TW,Kết luận,,Ban Bí thư,,2019-05-10,,,in_force,2026-05-01,likely,as cited in a plan
12/2020/QĐ-UBND,Quyết định,,Ủy ban nhân dân tỉnh Long An,tỉnh Long An,2020-06-25,2020-07-05,2023-01-01,ended,2026-05-01,likely,national database of legal documents
70/KH-UBND,Kế hoạch,,Ủy ban nhân dân,thị xã Quảng Yên,2022-03-25,,,in_force,2026-05-01,likely,as cited in a plan
33/2021/TT-BGDĐT,Thông tư,Ban hành Chương trình Xóa mù chữ,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,2026-05-01,likely,as cited in a plan
08/2022/TT-BGDĐT,Thông tư,\"Quy định tiêu chuẩn, quy trình kiểm định chất lượng trung tâm ngoại ngữ\",Bộ Giáo dục và Đào tạo,,2022-03-01,2022-04-01,,in_force,2022-05-01,likely,national codification
09/2022/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2022-05-30,2022-07-15,,suspended,2026-05-01,likely,national codification
77/2019/QĐ-TTg,Quyết định,,Thủ tướng Chính phủ,,2019-11-15,2020-01-01,,in_force,2026-05-01,verified,text of the instrument
40/2020/TT-BTC,Thông tư,,Bộ Tài chính,,2020-05-15,,,in_force,2026-05-01,likely,national codification
08/2012/QH13,Luật,Luật Giáo dục đại học,Quốc hội,,2012-06-18,2013-01-01,,in_part,2026-05-01,verified,text of the instrument
59/2014/QH13,Luật,Luật Căn cước công dân,Quốc hội,,2014-11-20,2016-01-01,2024-07-01,ended,2026-05-01,verified,clause of 26/2023/QH15
26/2023/QH15,Luật,Luật Căn cước,Quốc hội,,2023-11-27,2024-07-01,,in_force,2026-05-01,verified,text of the instrument
06/2015/TTLT-BGDĐT-BNV,Thông tư liên tịch,Định mức cũ,Bộ Giáo dục và Đào tạo; Bộ Nội vụ,,2015-03-16,2015-05-01,2023-12-16,ended,2026-05-01,verified,clause of 19/2023/TT-BGDĐT
19/2023/TT-BGDĐT,Thông tư,Định mức mới,Bộ Giáo dục và Đào tạo,,2023-10-30,2023-12-16,,in_force,2026-05-01,verified,text of the instrument
40/2011/TT-BGDĐT,Thông tư,Sách cũ,Bộ Giáo dục và Đào tạo,,2011-08-01,2011-09-15,2021-09-01,ended,2026-05-01,verified,clause of 41/2021/TT-BGDĐT
50/2011/TT-BGDĐT,Thông tư,Chuẩn cũ,Bộ Giáo dục và Đào tạo,,2011-10-12,2011-11-27,2022-02-01,ended,2026-05-01,verified,clause of 51/2021/TT-BGDĐT
51/2021/TT-BGDĐT,Thông tư,Chuẩn mới,Bộ Giáo dục và Đào tạo,,2021-12-15,2022-02-01,,in_force,2026-05-01,likely,not checked against a source
52/2011/TT-BGDĐT,Thông tư,Chuẩn cũ,Bộ Giáo dục và Đào tạo,,2011-10-13,2011-11-28,2023-12-16,ended,2026-05-01,verified,clause of 19/2023/TT-BGDĐT
41/2021/TT-BGDĐT,Thông tư,Sách mới,Bộ Giáo dục và Đào tạo,,2021-07-01,2021-09-01,,in_force,2026-05-01,verified,text of the instrument
";

const RELATIONS: &str = "\
from,treatment,to,date,provision,confidence,source
22/2020/TT-BGDĐT,replaces,10/2010/TT-BGDĐT,2020-09-21,,verified,clause of 22/2020/TT-BGDĐT
24/2023/TT-BGDĐT,replaces,22/2020/TT-BGDĐT,2024-01-26,,verified,clause of 24/2023/TT-BGDĐT
24/2023/TT-BGDĐT,replaces,21/2018/TT-BGDĐT,2024-01-26,Điều 5,verified,clause of 24/2023/TT-BGDĐT
77/2019/QĐ-TTg,repeals,05/2011/TT-BGDĐT,2020-01-01,,verified,clause of 77/2019/QĐ-TTg
43/2019/QH14,replaces,38/2005/QH11,2020-07-01,,verified,clause of 43/2019/QH14
35/2024/QH15,replaces,23/2008/QH12,2025-01-01,,verified,clause of 35/2024/QH15
36/2024/QH15,replaces,23/2008/QH12,2025-01-01,,verified,clause of 36/2024/QH15
08/2022/TT-BGDĐT,amends,24/2020/TT-BGDĐT,2022-04-01,\"một số nội dung được sửa đổi, bổ sung\",likely,national codification
10/2023/TT-BGDĐT,repeals,33/2021/TT-BGDĐT,2023-01-01,một số nội dung,verified,clause of 10/2023/TT-BGDĐT
10/2023/TT-BGDĐT,suspends,08/2022/TT-BGDĐT,2023-02-01,,verified,clause of 10/2023/TT-BGDĐT
10/2023/TT-BGDĐT,repeals,77/2019/QĐ-TTg,2023-01-01,khoản 1 Điều 7,verified,clause of 10/2023/TT-BGDĐT
26/2023/QH15,replaces,59/2014/QH13,2024-07-01,,verified,clause of 26/2023/QH15
19/2023/TT-BGDĐT,replaces,06/2015/TTLT-BGDĐT-BNV,2023-12-16,,verified,clause of 19/2023/TT-BGDĐT
41/2021/TT-BGDĐT,replaces,40/2011/TT-BGDĐT,2021-09-01,,verified,clause of 41/2021/TT-BGDĐT; phased in until 2024-09-05
51/2021/TT-BGDĐT,replaces,50/2011/TT-BGDĐT,2022-02-01,,verified,clause of 51/2021/TT-BGDĐT
19/2023/TT-BGDĐT,replaces,52/2011/TT-BGDĐT,2023-12-16,,likely,not checked against a source
40/2020/TT-BTC,repeals,77/2019/QĐ-TTg,,khoản 2 Điều 5,verified,clause of 40/2020/TT-BTC
11/2023/TT-BGDĐT,amends,77/2019/QĐ-TTg,2023-01-01,\"khoản 2, 3 Điều 9\",verified,clause of 11/2023/TT-BGDĐT
";

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("instruments.csv", INSTRUMENTS);
    write("relations.csv", RELATIONS);
    write("aliases.csv", "alias,number,issued,source\n");
    write("kinds.csv", include_str!("../../corpus/register/kinds.csv"));
    write("agencies.csv", include_str!("../../corpus/register/agencies.csv"));
    let (register, problems) = Register::load(dir.path()).unwrap();
    assert_eq!(problems, []);
    register
});

/// What a rule said, as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub words: String,
    pub vi: String,
    pub en: String,
    /// In Vietnamese; empty where none is given.
    pub basis: String,
    pub suggestion: Option<String>,
    pub safe: bool,
    pub severity: String,
}

/// What one rule says against the last citation of a text, the other rules apart.
pub(super) fn judge(rule: &str, marked: &str, as_of: &str) -> Option<Judged> {
    let (text, reading) = reading(marked);
    let at = reading.citations.len() - 1;
    let index = CitationIndex::of(&Document::from_text("test", &text), &reading.citations);
    let context = RuleContext::new(&text, &reading, &index, at, &REGISTER, day(as_of), Profile::Admin);
    let rule = super::rule(rule).unwrap();
    Some(judged(&text, rule.finding(rule.judge(&context)?, &context)))
}

/// What one rule says against a draft as the reader reads it, the other rules among whom it may yield included.
pub(super) fn draft(rule: &str, text: &str, as_of: &str) -> Vec<Judged> {
    let document = Document::from_text("test", text);
    let checked = super::check(&CheckRequest::on(day(as_of)), document, &REGISTER, &FilePolicy::default());
    let found = checked.findings.into_iter().filter(|finding| finding.rule == rule);
    found.map(|finding| judged(checked.document.text.as_str(), finding)).collect()
}

fn judged(text: &str, finding: Finding) -> Judged {
    Judged {
        words: text[finding.range].to_owned(),
        vi: finding.message.vi,
        en: finding.message.en,
        basis: finding.basis.map(|basis| basis.vi).unwrap_or_default(),
        suggestion: finding.suggestion,
        safe: finding.safe,
        severity: format!("{:?}", finding.severity).to_lowercase(),
    }
}

/// The names of the rules with a finding in a text, in its order.
pub(super) fn findings(marked: &str, as_of: &str) -> Vec<&'static str> {
    let (text, reading) = reading(marked);
    let profile = Profile::of_text(&text, &reading.header, REGISTER.symbols());
    let document = Document::from_text("test", text);
    let findings = super::run::findings(&document, &reading, &REGISTER, day(as_of), profile, &[]);
    findings.iter().map(|finding| finding.rule).collect()
}

/// The text without its brackets, and the citations in them.
pub(super) fn reading(marked: &str) -> (String, ResolvedDocument) {
    static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\]=]+)(?:=>([^\]]+))?\]").unwrap());
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut done = 0;
    for mark in MARK.captures_iter(marked) {
        let whole = mark.get(0).unwrap();
        text.push_str(&marked[done..whole.start()]);
        let start = text.len();
        text.push_str(&mark[1]);
        mentions.push((start..text.len(), mark.get(2).map(|key| Key::parse(key.as_str()).unwrap())));
        done = whole.end();
    }
    text.push_str(&marked[done..]);
    let citations = mentions.into_iter().map(|(range, target)| citation(&text, range, target)).collect();
    (text, ResolvedDocument { citations, ..ResolvedDocument::default() })
}

fn citation(text: &str, range: std::ops::Range<usize>, target: Option<Key>) -> Citation {
    static DATE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^,? ngày ((\d+)(?:/| tháng )(\d+)(?:/| năm )(\d{4}))").unwrap());
    let symbols = REGISTER.symbols();
    let words = &text[range.clone()];
    let digit = words.find(|c: char| c.is_ascii_digit());
    let number = digit.map(|digit| symbols.canonical(&Number::parse(&words[digit..]).unwrap()));
    let word = words[..digit.unwrap_or(0)].trim().trim_end_matches("số").trim();
    let type_word = symbols.kinds_of_word(word).next().map(|kind| kind.name.clone());
    let mut rest = range.end;
    let mut date = None;
    let mut date_range = None;
    if let Some(found) = DATE.captures(&text[rest..]) {
        let figure = |at: usize| found[at].parse::<i16>().unwrap();
        date = Some(jiff::civil::date(figure(4), figure(3) as i8, figure(2) as i8));
        let stated = found.get(1).unwrap();
        date_range = Some(rest + stated.start()..rest + stated.end());
        rest += found.get(0).unwrap().end();
    }
    let issuer = text[rest..].strip_prefix(" của ").and_then(|name| {
        let (agency, end) = symbols.agency_named_at(name)?;
        let start = text.len() - name.len();
        Some(Issuer { range: start..start + end, abbr: Some(agency.abbr.clone()), locality: None })
    });
    let target = target.or_else(|| Some(Key::new(number.clone()?, date)));
    let kind = if number.is_some() { MentionKind::Full } else { MentionKind::Named };
    let name = number.is_none().then(|| words.to_owned());
    Citation {
        mention: Mention { range, kind, type_word, number, serial: None, year: None, name },
        date,
        date_range,
        issuer,
        locality: None,
        pins: Vec::new(),
        treatment: Treatment::Cites,
        usage: crate::law::Use::Applies,
        target,
        named_id: None,
        candidates: Vec::new(),
        antecedent: None,
    }
}

fn day(date: &str) -> Date {
    date.parse().unwrap()
}
