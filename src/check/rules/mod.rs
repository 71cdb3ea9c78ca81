//! The rules, in the order in which they are listed: first what is said of the instrument, then what is said of
//! the citation, last what is said of its form.

mod ambiguous_short_form;
mod amended;
mod citation_form;
mod date_mismatch;
mod duplicate_basis;
mod ended;
mod ended_in_part;
mod impossible_date;
mod impossible_issuer;
mod incomplete_symbol;
mod inconsistent_citation;
mod issuer_mismatch;
mod malformed_symbol;
mod missing_year;
mod not_yet_in_force;
mod replaced;
mod suspended;
mod title_mismatch;
mod type_mismatch;
mod undefined_short_form;
mod unknown_instrument;
mod unused_definition;
mod year_mismatch;

use super::rule::Rule;

/// Every rule of the check.
pub static RULES: &[&Rule] = &[
    &replaced::RULE,
    &ended::RULE,
    &ended_in_part::RULE,
    &not_yet_in_force::RULE,
    &suspended::RULE,
    &amended::RULE,
    &unknown_instrument::RULE,
    &missing_year::RULE,
    &year_mismatch::RULE,
    &date_mismatch::RULE,
    &impossible_date::RULE,
    &inconsistent_citation::RULE,
    &type_mismatch::RULE,
    &issuer_mismatch::RULE,
    &impossible_issuer::RULE,
    &title_mismatch::RULE,
    &malformed_symbol::RULE,
    &incomplete_symbol::RULE,
    &undefined_short_form::RULE,
    &ambiguous_short_form::RULE,
    &unused_definition::RULE,
    &duplicate_basis::RULE,
    &citation_form::RULE,
];

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::text::Lang;

    #[test]
    fn every_page_has_its_parts_in_both_languages() {
        let parts = [
            (Lang::En, ["## What it does", "## Why", "## Example", "## Use instead", "## References"]),
            (Lang::Vi, ["## Quy tắc nói gì", "## Vì sao", "## Ví dụ", "## Nên viết", "## Căn cứ"]),
        ];
        for rule in RULES {
            for (lang, headings) in &parts {
                let page = rule.page(*lang);
                assert!(page.starts_with("# "), "{} {lang:?} opens with its heading", rule.name);
                let places: Vec<_> = headings.iter().map(|heading| page.find(heading)).collect();
                assert!(places.iter().all(Option::is_some), "{} {lang:?}: {places:?}", rule.name);
                assert!(places.is_sorted(), "{} {lang:?}", rule.name);
                assert!(!rule.summary(*lang).is_empty());
            }
        }
    }

    #[test]
    fn names_are_unique_and_rules_yield_to_rules() {
        let names: std::collections::HashSet<_> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES {
            assert!(rule.yields_to.iter().all(|other| names.contains(other) && *other != rule.name), "{}", rule.name);
        }
    }
}
