//! The rules of the check, and the page of each.

use askama::Template;
use axum::extract::Path;
use pulldown_cmark::{Parser, html};

use crate::check::{self, RULES, Rule, Severity};
use crate::report::words;

use crate::http::error::{self, Failure};
use crate::http::pages::context::Frame;

#[derive(Template)]
#[template(path = "rules.html")]
struct ListPage {
    frame: Frame,
    rules: &'static [&'static Rule],
}

impl ListPage {
    fn summary(&self, rule: &Rule) -> String {
        rule.summary(self.frame.lang)
    }

    fn severity(&self, severity: &Severity) -> &'static str {
        words::severity(*severity, self.frame.lang)
    }
}

/// `GET /rules`
pub async fn list(frame: Frame) -> error::Page {
    error::page(&ListPage { frame, rules: RULES })
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    frame: Frame,
    rule: &'static Rule,
    /// The rule's own page as HTML; its source is compiled in, nothing of it comes from users.
    body: String,
}

impl RulePage {
    fn title(&self) -> String {
        self.rule.summary(self.frame.lang)
    }

    fn severity(&self) -> &'static str {
        words::severity(self.rule.severity, self.frame.lang)
    }
}

/// `GET /rules/{name}`
pub async fn page(Path(name): Path<String>, frame: Frame) -> error::Page {
    let rule = check::rule(&name).ok_or_else(|| unknown(&name))?;
    let mut body = String::new();
    html::push_html(&mut body, Parser::new(&rule.page(frame.lang)));
    error::page(&RulePage { frame, rule, body })
}

/// No rule of this name.
pub fn unknown(name: &str) -> Failure {
    let names = RULES.iter().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
    Failure::new(
        axum::http::StatusCode::NOT_FOUND,
        format!("Không có quy tắc “{name}”. Các quy tắc: {names}."),
        format!("There is no rule “{name}”. The rules are: {names}."),
    )
}
