//! The rules of the check.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;

use super::lang_param::LangParam;
use super::lookup::JsonAnswer;
use crate::check::{RULES, Rule, Severity};
use crate::http::error::ErrorBody;
use crate::http::extract::{RequestLang, rule};

use crate::text::Lang;

/// A rule of the check.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleBody {
    name: &'static str,
    #[schema(value_type = String)]
    severity: Severity,
    /// The rule in one sentence.
    summary: String,
    /// The rule's page, in Markdown; left out in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

impl RuleBody {
    fn new(rule: &Rule, lang: Lang) -> RuleBody {
        RuleBody { name: rule.name, severity: rule.severity, summary: rule.summary(lang), page: None }
    }
}

/// List the rules of the check.
#[utoipa::path(get, path = "/api/rules", tag = "rules", params(LangParam), responses((status = OK, body = Vec<RuleBody>), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn all_rules(RequestLang(lang): RequestLang) -> Json<Vec<RuleBody>> {
    Json(RULES.iter().map(|rule| RuleBody::new(rule, lang)).collect())
}

/// Explain a rule of the check.
#[utoipa::path(get, path = "/api/rules/{name}", tag = "rules", params(("name" = String, Path), LangParam), responses((status = OK, body = RuleBody), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn one_rule(Path(name): Path<String>, RequestLang(lang): RequestLang) -> JsonAnswer<RuleBody> {
    let rule = rule(&name)?;
    Ok(Json(RuleBody { page: Some(rule.page(lang)), ..RuleBody::new(rule, lang) }))
}
