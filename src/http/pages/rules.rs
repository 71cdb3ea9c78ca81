//! The rules of the check, and the page of each.

use askama::Template;
use axum::extract::Path;
use pulldown_cmark::{Parser, html};

use super::context::{Page, PageContext, render};
use crate::check::{RULES, Rule, Severity};
use crate::http::extract::rule;
use crate::report::glossary;

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    context: PageContext,
    rules: &'static [&'static Rule],
}

impl RulesPage {
    fn summary(&self, rule: &Rule) -> String {
        rule.summary(self.context.lang)
    }

    fn severity(&self, severity: &Severity) -> &'static str {
        glossary::severity(*severity, self.context.lang)
    }
}

/// `GET /rules`
pub(crate) async fn list(context: PageContext) -> Page {
    render(&RulesPage { context, rules: RULES })
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    context: PageContext,
    rule: &'static Rule,
    /// The rule's own page as HTML; its source is compiled in, nothing of it comes from users.
    body: String,
}

impl RulePage {
    fn title(&self) -> String {
        self.rule.summary(self.context.lang)
    }

    fn severity(&self) -> &'static str {
        glossary::severity(self.rule.severity, self.context.lang)
    }
}

/// `GET /rules/{name}`
pub(crate) async fn page(Path(name): Path<String>, context: PageContext) -> Page {
    let rule = rule(&name)?;
    let mut body = String::new();
    html::push_html(&mut body, Parser::new(&rule.page(context.lang)));
    render(&RulePage { context, rule, body })
}
