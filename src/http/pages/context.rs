//! What every page has: the language, links that keep it, and the words for values in it.

use std::convert::Infallible;
use std::fmt::Display;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Html;

use crate::http::assets;
use crate::http::error::HttpError;
use crate::http::extract::lang;
use crate::http::links::{address, path_segment};
use crate::law::{Confidence, Date, Force, Treatment};
use crate::library::HitKind;
use crate::report::glossary;
use crate::text::{self, Lang, Message};

/// A page, or why there is none.
pub(crate) type Page = Result<Html<String>, HttpError>;

/// A template filled in.
pub(crate) fn render(template: &impl Template) -> Page {
    Ok(Html(template.render()?))
}

/// The language of a page and its own address.
#[derive(Debug, Clone)]
pub(crate) struct PageContext {
    pub(crate) lang: Lang,
    path: String,
    /// The query as decoded pairs, without those that say how to answer and not what.
    query: Vec<(String, String)>,
}

impl PageContext {
    pub(crate) fn of(uri: &Uri) -> PageContext {
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned();
        let query = query.filter(|(name, _)| !matches!(name.as_str(), "lang" | "fragment" | "token"));
        PageContext { lang: lang(uri), path: uri.path().to_owned(), query: query.collect() }
    }

    /// The text in the language of the page.
    pub(crate) fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(vi, en)
    }

    pub(crate) fn say<'m>(&self, message: &'m Message) -> &'m str {
        message.in_lang(self.lang)
    }

    pub(crate) fn is_vi(&self) -> bool {
        self.lang == Lang::Vi
    }

    /// A link to a path of this server.
    pub(crate) fn to(&self, path: &str) -> String {
        address(path, &[("", ""); 0], self.lang)
    }

    /// The page of an instrument or a document.
    pub(crate) fn page_of(&self, kind: &HitKind, id: &str) -> String {
        let folder = match kind {
            HitKind::Instrument => "instruments",
            HitKind::Document => "documents",
        };
        self.to(&format!("/{folder}/{}", path_segment(id)))
    }

    pub(crate) fn instrument(&self, id: &str) -> String {
        self.page_of(&HitKind::Instrument, id)
    }

    pub(crate) fn document(&self, id: &str) -> String {
        self.page_of(&HitKind::Document, id)
    }

    pub(crate) fn rule(&self, name: &str) -> String {
        self.to(&format!("/rules/{}", path_segment(name)))
    }

    /// A link to a path of this server with a query.
    pub(crate) fn at(&self, path: &str, query: &[(&str, &str)]) -> String {
        address(path, query, self.lang)
    }

    /// The search page with a query in its box.
    pub(crate) fn search(&self, query: &str) -> String {
        address("/", &[("q", query)], self.lang)
    }

    /// This page with one part of its query changed.
    pub(crate) fn with(&self, name: &str, value: impl Display) -> String {
        let mut query: Vec<_> = self.query.iter().filter(|(given, _)| given != name).cloned().collect();
        query.push((name.to_owned(), value.to_string()));
        address(&self.path, &query, self.lang)
    }

    /// Another path with the query of this page: the same answer for programs.
    pub(crate) fn with_path(&self, path: &str) -> String {
        address(path, &self.query, self.lang)
    }

    /// This page without one part of its query, and from the start of its lists.
    pub(crate) fn without(&self, name: &str) -> String {
        address(&self.path, &self.query_without(name), self.lang)
    }

    fn query_without(&self, name: &str) -> Vec<(&str, &str)> {
        let query = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        query.filter(|(given, _)| *given != name && *given != "offset").collect()
    }

    /// This page with one part of its query changed, from the start of its lists.
    pub(crate) fn with_changed(&self, name: &str, value: &str) -> String {
        let mut query = self.query_without(name);
        query.push((name, value));
        address(&self.path, &query, self.lang)
    }

    /// This page in the other language.
    pub(crate) fn swapped(&self) -> String {
        address(&self.path, &self.query, self.lang.pick(Lang::En, Lang::Vi))
    }

    /// A message of the command line as a sentence of its own.
    pub(crate) fn sentence(&self, message: &str) -> String {
        text::sentence(message)
    }

    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// The address of an asset, which changes with its content.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub(crate) fn date(&self, date: &Date) -> String {
        glossary::date(*date, self.lang)
    }

    pub(crate) fn force(&self, force: &Force) -> &'static str {
        glossary::force(*force, self.lang)
    }

    pub(crate) fn treatment(&self, treatment: &Treatment) -> &'static str {
        glossary::treatment(*treatment, self.lang)
    }

    pub(crate) fn treated_by(&self, treatment: &Treatment) -> &'static str {
        glossary::treated_by(*treatment, self.lang)
    }

    pub(crate) fn confidence(&self, confidence: &Confidence) -> &'static str {
        glossary::confidence(*confidence, self.lang)
    }

    /// The kind of a document, or that its header states none.
    pub(crate) fn kind<'k>(&self, kind: &'k str) -> &'k str {
        match kind {
            "" => self.lang.pick("Không ghi loại văn bản", "Kind not stated"),
            kind => glossary::kind(kind, self.lang),
        }
    }

    /// The part of an instrument that a relation touches.
    pub(crate) fn provision<'p>(&self, text: &'p str) -> &'p str {
        glossary::provision(text, self.lang)
    }

    /// The provisions that are cited: `khoản 1 Điều 7, khoản 2 Điều 7`.
    pub(crate) fn pinpoints(&self, pins: &[String]) -> String {
        pins.iter().map(|pin| glossary::pinpoint(pin, self.lang)).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn source(&self, source: &str) -> String {
        glossary::source(source, self.lang)
    }

    /// A count with its noun; the English one in the singular.
    pub(crate) fn counted(&self, count: &usize, vi: &str, en: &str) -> String {
        let noun = if self.is_vi() { vi.to_owned() } else { text::plural(*count, en) };
        format!("{} {noun}", self.count(count))
    }

    /// A count with its thousands separated as the language does: `7.874`, `7,874`.
    pub(crate) fn count(&self, count: &usize) -> String {
        let digits = count.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.lang.pick('.', ','));
            }
            out.push(digit);
        }
        out
    }
}

impl<S: Sync> FromRequestParts<S> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<PageContext, Infallible> {
        Ok(PageContext::of(&parts.uri))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_language_and_the_rest_of_the_query() {
        let context = PageContext::of(&"/?q=x%C3%B3a%20m%C3%B9&lang=en&fragment=1&token=abc".parse().unwrap());
        assert_eq!(context.to("/check"), "/check?lang=en");
        assert_eq!(context.with("offset", 20), "/?q=x%C3%B3a+m%C3%B9&offset=20&lang=en");
        assert_eq!(context.swapped(), "/?q=x%C3%B3a+m%C3%B9");
        let later = PageContext::of(&"/?q=a&offset=40&sort=date".parse().unwrap());
        assert_eq!(later.with_changed("sort", "cited"), "/?q=a&sort=cited");
        assert_eq!(later.sentence("đọc không được"), "Đọc không được.");
        assert_eq!(later.sentence("a.txt: không đọc được."), "a.txt: không đọc được.");
        assert_eq!(PageContext::of(&"/a".parse().unwrap()).document("a b/c"), "/documents/a%20b%2Fc");
    }

    #[test]
    fn counts_are_grouped() {
        let context = PageContext::of(&"/".parse().unwrap());
        assert_eq!(context.count(&7874), "7.874");
        assert_eq!(context.count(&12), "12");
        assert_eq!(context.counted(&2, "tài liệu", "document"), "2 tài liệu");
        let english = PageContext::of(&"/?lang=en".parse().unwrap());
        assert_eq!([1, 2000].map(|n| english.counted(&n, "", "document")), ["1 document", "2,000 documents"]);
    }
}
