//! What to write in place of a citation whose instrument another one replaced, in the citation's own style: its form, its
//! date, its issuer and its title, as far as it gives them.

use std::ops::Range;

use super::context::RuleContext;
use super::succession::Succession;
use super::{historical, list, title};
use crate::cite::Citation;
use crate::law::{Instrument, Key, Treatment};
use crate::text::{fold, one_line};

/// How far from a citation its successor is looked for in the same list or preamble, in bytes and in citations.
const NEAR: usize = 12_000;
const NEIGHBOURS: usize = 64;

/// The citation that already says what would be written instead: the successor itself among the bases, in the same
/// sentence or list, or an earlier basis that the same instrument replaced.
pub(super) fn already_there<'a>(context: &RuleContext<'a>, successor: &Key) -> Option<&'a Citation> {
    let own = context.citation;
    let basis = own.treatment == Treatment::Basis;
    let near = |other: &&Citation| {
        let (a, b) = (&own.mention.range, &other.mention.range);
        a.start.abs_diff(b.start) < NEAR
    };
    let all = &context.reading.citations;
    let same = |other: &&Citation| other.target.as_ref() == Some(successor);
    let said = |other: &&Citation| {
        same(other)
            && ((basis && other.treatment == Treatment::Basis)
                || historical::are_in_one_sentence(context.text, own, other))
    };
    let before = all[..context.at].iter().rev().take(NEIGHBOURS).take_while(near);
    let after = all[context.at + 1..].iter().take(NEIGHBOURS).take_while(near);
    let heir = |other: &&Citation| {
        let Some(key) = other.target.as_ref().filter(|key| Some(*key) != own.target.as_ref()) else { return false };
        basis
            && other.treatment == Treatment::Basis
            && context.register.successors(key, context.as_of).last().is_some_and(|step| step.from == *successor)
    };
    before.clone().chain(after).find(said).or_else(|| before.clone().find(heir))
}

/// The words to be replaced, what to write there, and whether that is certain enough to be written automatically. `None`
/// where a provision, an issuer or a title whose end is unclear belongs to the old instrument and would be left wrong.
pub(super) fn rewrite(context: &RuleContext<'_>, chain: &Succession<'_>) -> Option<(Range<usize>, String, bool)> {
    let [end] = chain.last.as_slice() else { return None };
    let citation = context.citation;
    if !citation.pins.is_empty()
        || context.meant().is_some()
        || historical::in_title(context.text, context.reading, context.at)
    {
        return None;
    }
    let row = context.register.lookup(&end.from, None);
    let number = match &citation.mention.name {
        Some(_) => named(row?)?,
        None => context.with_number(&end.from.number)?,
    };
    let (mut range, titled) = title::whole(context)?;
    let mut edits: Vec<(Range<usize>, String)> = vec![(citation.mention.range.clone(), number)];
    if let (Some(_), Some(stated)) = (citation.date, &citation.date_range) {
        edits.push((stated.clone(), context.date_in_style(row?.issued?)));
    }
    if let Some(issuer) = issuer_phrase(context)? {
        range.end = range.end.max(issuer.end);
        edits.push((issuer.clone(), issuer_of(row?, context, &issuer)?));
    }
    if titled {
        let from = title::beside(context)?.start;
        edits.push((from..range.end, as_subject(row?)?));
    }
    // The date may be before the words.
    if edits.iter().any(|(edit, _)| edit.start < range.start || edit.end > range.end) {
        return None;
    }
    edits.sort_by_key(|(edit, _)| edit.start);
    let mut out = String::new();
    let mut done = range.start;
    for (edit, words) in edits {
        out.push_str(context.text.get(done..edit.start)?);
        out.push_str(&words);
        done = edit.end;
    }
    out.push_str(context.text.get(done..range.end)?);
    // An amending instrument is named for what it did, not for what it says today.
    let amends = context.sentence().contains("sua doi");
    let alone = list::members(context.text, context.reading, context.at).len() == 1;
    let safe = chain.is_certain(context)
        && alone
        && names_itself(context)
        && !context.has_short_forms()
        && !is_defined(context, range.end)
        && !amends;
    Some((range, one_line(&out), safe))
}

/// A law by its registered name and number: a successor may have another name than the law it replaced.
fn named(row: &Instrument) -> Option<String> {
    let number = row.number.as_ref()?;
    row.title.starts_with(&row.kind).then(|| format!("{} số {number}", row.title))
}

/// Whether the words name the instrument by a word of its own kind or by its name. A number alone, or behind what
/// it issued ("Quy chế … số"), leaves words before it that may not fit the successor.
fn names_itself(context: &RuleContext<'_>) -> bool {
    let mention = &context.citation.mention;
    if mention.name.is_some() {
        return true;
    }
    let Some((number, symbol)) = context.symbol() else { return false };
    let Some(word) = mention.type_word.as_deref().filter(|_| list::bears_type_word(context.text, context.citation))
    else {
        return false;
    };
    let symbols = context.register.symbols();
    let own = |name: &str| symbols.kinds_of_word(word).any(|kind| kind.name == name);
    symbol.kinds.iter().any(|kind| own(&kind.name)) || context.register.by_number(number).any(|row| own(&row.kind))
}

/// Whether a bracket gives the old instrument a name to be used from there on.
fn is_defined(context: &RuleContext<'_>, end: usize) -> bool {
    const REACH: usize = 200;
    let rest = &context.text[end..context.text.floor_char_boundary(end + REACH)];
    let rest = rest.find(['\n', ';']).map_or(rest, |stop| &rest[..stop]);
    fold(rest).contains("sau day")
}

/// The issuer as the text states it, all of those that signed together: `Some(None)` where none is stated. `None` where
/// there is something that was not read as an issuer or a date, so that its end is unclear.
fn issuer_phrase(context: &RuleContext<'_>) -> Option<Option<Range<usize>>> {
    let end = title::end_of_citation(context)?;
    let symbols = context.register.symbols();
    let Some(issuer) = &context.citation.issuer else {
        let at = blanks(context.text, end);
        let rest = &context.text[at..];
        let lead = fold(&rest[..rest.floor_char_boundary(16)]);
        if lead.starts_with("cua lien bo") {
            let len = "của liên bộ".len();
            let closed = rest.get(len..)?.trim_start_matches([' ', '*', '_']);
            let closed = closed.is_empty() || closed.starts_with([',', ';', '.', ')', '\n', '(']);
            return closed.then(|| Some(at + "của ".len()..at + len));
        }
        let unread = ["cua ", "cua\n", "ngay ", "nam ", "thang ", "do "].iter().any(|word| lead.starts_with(word));
        return (!unread).then_some(None);
    };
    let mut range = issuer.range.clone();
    if range.end < end {
        return Some(Some(range));
    }
    loop {
        let rest = &context.text[range.end..];
        let at = blanks(rest, 0);
        let connector = ["và ", ", ", "- ", "– ", "; "].iter().find(|word| rest[at..].starts_with(**word));
        let comma = rest.starts_with([',', ';']);
        let from = match connector {
            Some(word) => at + word.len(),
            None if comma => 1 + blanks(&rest[1..], 0),
            None => break,
        };
        let Some((_, len)) = symbols.agency_named_at(&rest[from..]) else { break };
        // "…, Bộ GDĐT yêu cầu" is whoever writes the draft: a single comma parts no list of issuers without its "và".
        let joint = connector.is_some_and(|word| *word == "và ");
        let listed = fold(&rest[from + len..rest.floor_char_boundary(from + len + 60)]).contains(" va bo");
        if !joint && !listed {
            break;
        }
        range.end += from + len;
    }
    // "của Bộ Y tế và Bộ …": another issuer that no table knows.
    let tail = fold(&context.text[range.end..context.text.floor_char_boundary(range.end + 12)]);
    let goes_on = ["va bo ", "va uy ban", "va tong ", "va ban "].iter().any(|word| tail.trim_start().starts_with(word));
    (!goes_on).then_some(Some(range))
}

fn blanks(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches([' ', '\t', '\n', '\u{a0}']).len()
}

/// The issuer of the new instrument: as the draft writes the old one's where it is the same agency.
fn issuer_of(row: &Instrument, context: &RuleContext<'_>, phrase: &Range<usize>) -> Option<String> {
    let stated = context.citation.issuer.as_ref().filter(|stated| stated.range == *phrase);
    let (agency, _) = context.register.symbols().agency_named_at(&row.issuer)?;
    if stated.and_then(|stated| stated.abbr.as_deref()) == Some(agency.abbr.as_str()) {
        return context.text.get(phrase.clone()).map(str::to_owned);
    }
    (!row.issuer.is_empty() && !row.issuer.contains(';')).then(|| row.issuer.clone())
}

/// A title as it is written after the issuer: "quy định về …", "về Chương trình …". `None` where the register does not
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
    Some(if verb { format!("{}{}", first.to_lowercase(), chars.as_str()) } else { format!("về {title}") })
}
