//! What to write in place of a citation whose instrument another one replaced, in the citation's own style: its form, its
//! date, its issuer and its title, as far as it gives them.

use std::ops::Range;

use super::case::{Case, one_line};
use super::chain::Chain;
use super::{past, title};
use crate::law::Instrument;

/// The words to be replaced, what to write there, and whether that is certain enough to be written unasked. `None`
/// where a provision, or a title whose end cannot be told, belongs to the old instrument and would be left wrong.
pub(super) fn rewrite(case: &Case<'_>, chain: &Chain<'_>) -> Option<(Range<usize>, String, bool)> {
    let [end] = chain.last.as_slice() else { return None };
    let citation = case.citation;
    if !citation.pins.is_empty() || case.meant().is_some() || past::in_title(case.text, case.reading, case.at) {
        return None;
    }
    let number = case.with_number(&end.from.number)?;
    let (range, titled) = title::whole(case)?;
    let mut edits: Vec<(Range<usize>, String)> = vec![(citation.mention.range.clone(), number)];
    let row = case.register.lookup(&end.from, None);
    if let (Some(_), Some(stated)) = (citation.date, &citation.date_range) {
        edits.push((stated.clone(), case.date_in_style(row?.issued?)));
    }
    if let Some(issuer) = &citation.issuer {
        edits.push((issuer.range.clone(), issuer_of(row?, case)?));
    }
    if titled {
        let from = title::beside(case)?.start;
        edits.push((from..range.end, as_subject(row?)?));
    }
    // The date may stand before the words.
    if edits.iter().any(|(edit, _)| edit.start < range.start || edit.end > range.end) {
        return None;
    }
    edits.sort_by_key(|(edit, _)| edit.start);
    let mut out = String::new();
    let mut done = range.start;
    for (edit, words) in edits {
        out.push_str(case.text.get(done..edit.start)?);
        out.push_str(&words);
        done = edit.end;
    }
    out.push_str(case.text.get(done..range.end)?);
    // An amending instrument is named for what it did, not for what it says today.
    let amends = past::sentence(case.text, case.reading, case.at).contains("sua doi");
    let safe = chain.is_certain(case) && !case.has_short_forms() && !amends;
    Some((range, one_line(&out), safe))
}

/// The issuer of the new instrument: as the draft writes the old one's where it is the same agency.
fn issuer_of(row: &Instrument, case: &Case<'_>) -> Option<String> {
    let stated = case.citation.issuer.as_ref()?;
    let (agency, _) = case.register.symbols().agency_named_at(&row.issuer)?;
    if stated.abbr.as_deref() == Some(agency.abbr.as_str()) {
        return case.text.get(stated.range.clone()).map(str::to_owned);
    }
    (!row.issuer.is_empty() && !row.issuer.contains(';')).then(|| row.issuer.clone())
}

/// A title as it stands behind the issuer: "quy định về …", "về Chương trình …". `None` where the register does not
/// know it whole.
fn as_subject(row: &Instrument) -> Option<String> {
    const VERBS: [&str; 12] = [
        "Ban hành",
        "Quy định",
        "Hướng dẫn",
        "Sửa đổi",
        "Về",
        "Phê duyệt",
        "Bãi bỏ",
        "Công bố",
        "Bổ sung",
        "Quy chế",
        "Tăng cường",
        "Thực hiện",
    ];
    let title = row.title.trim_matches(['"', '“', '”']);
    if title.is_empty() || title.ends_with('…') {
        return None;
    }
    let verb = VERBS.iter().any(|verb| title.starts_with(verb)) && !title.starts_with("Quy chế");
    let mut chars = title.chars();
    let first = chars.next()?;
    Some(match verb {
        true => format!("{}{}", first.to_lowercase(), chars.as_str()),
        false => format!("về {title}"),
    })
}
