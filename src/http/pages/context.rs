//! What every page knows of the request that asked for it: the language, and how to link onwards in it.

use std::convert::Infallible;
use std::fmt::Display;

use crate::law::{Confidence, Date, Force, Treatment};
use crate::library::HitKind;
use crate::report::words;
use crate::text::{self, Lang, Message};
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;

use crate::http::assets;

/// The language of a page and its own address.
#[derive(Debug, Clone)]
pub struct Frame {
    pub lang: Lang,
    path: String,
    /// The query as decoded pairs, but for those that say how to answer instead of what.
    query: Vec<(String, String)>,
}

impl Frame {
    pub fn of(uri: &Uri) -> Frame {
        let mut lang = Lang::Vi;
        let mut query = Vec::new();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            match &*name {
                "lang" if value == "en" => lang = Lang::En,
                "lang" | "fragment" | "token" => {}
                _ => query.push((name.into_owned(), value.into_owned())),
            }
        }
        Frame { lang, path: uri.path().to_owned(), query }
    }

    /// The one of two texts that is in the page's language.
    pub fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(vi, en)
    }

    pub fn say<'m>(&self, message: &'m Message) -> &'m str {
        message.in_lang(self.lang)
    }

    pub fn is_vi(&self) -> bool {
        self.lang == Lang::Vi
    }

    /// A path of ours as a link that keeps the language.
    pub fn to(&self, path: &str) -> String {
        address(path, &[], self.lang)
    }

    /// The page of an instrument or a document.
    pub fn page_of(&self, kind: &HitKind, id: &str) -> String {
        let folder = match kind {
            HitKind::Instrument => "instruments",
            HitKind::Document => "documents",
        };
        self.to(&format!("/{folder}/{}", segment(id)))
    }

    pub fn instrument(&self, id: &str) -> String {
        self.page_of(&HitKind::Instrument, id)
    }

    pub fn document(&self, id: &str) -> String {
        self.page_of(&HitKind::Document, id)
    }

    pub fn rule(&self, name: &str) -> String {
        self.to(&format!("/rules/{}", segment(name)))
    }

    /// A path of ours with a query, and the language.
    pub fn at(&self, path: &str, query: &[(&str, &str)]) -> String {
        let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        address(path, &query, self.lang)
    }

    /// The search page with a query in its box.
    pub fn search(&self, query: &str) -> String {
        address("/", &[("q".to_owned(), query.to_owned())], self.lang)
    }

    /// This page with one part of its query changed.
    pub fn with(&self, name: &str, value: impl Display) -> String {
        let mut query: Vec<_> = self.query.iter().filter(|(given, _)| given != name).cloned().collect();
        query.push((name.to_owned(), value.to_string()));
        address(&self.path, &query, self.lang)
    }

    /// Another path with the query of this page: the same answer for programs.
    pub fn with_path(&self, path: &str) -> String {
        address(path, &self.query, self.lang)
    }

    /// This page without one part of its query, and from the start of its lists.
    pub fn without(&self, name: &str) -> String {
        let query: Vec<_> =
            self.query.iter().filter(|(given, _)| given != name && given != "offset").cloned().collect();
        address(&self.path, &query, self.lang)
    }

    /// This page with one part of its query changed, from the start of its lists.
    pub fn anew(&self, name: &str, value: &str) -> String {
        let mut query: Vec<_> =
            self.query.iter().filter(|(given, _)| given != name && given != "offset").cloned().collect();
        query.push((name.to_owned(), value.to_owned()));
        address(&self.path, &query, self.lang)
    }

    /// This page in the other language.
    pub fn swapped(&self) -> String {
        address(&self.path, &self.query, self.lang.pick(Lang::En, Lang::Vi))
    }

    /// A message of the command line as a sentence of its own.
    pub fn sentence(&self, message: &str) -> String {
        text::sentence(message)
    }

    pub fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// The address of a file of ours, changed whenever its content is.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub fn date(&self, date: &Date) -> String {
        words::date(*date, self.lang)
    }

    pub fn force(&self, force: &Force) -> &'static str {
        words::force(*force, self.lang)
    }

    pub fn treatment(&self, treatment: &Treatment) -> &'static str {
        words::treatment(*treatment, self.lang)
    }

    pub fn treated_by(&self, treatment: &Treatment) -> &'static str {
        words::treated_by(*treatment, self.lang)
    }

    pub fn confidence(&self, confidence: &Confidence) -> &'static str {
        words::confidence(*confidence, self.lang)
    }

    /// What the citing document is: its kind, or that its header states none.
    pub fn kind<'k>(&self, kind: &'k str) -> &'k str {
        match kind {
            "" => self.lang.pick("Không ghi loại văn bản", "Kind not stated"),
            kind => words::kind(kind, self.lang),
        }
    }

    /// What of an instrument a relation touches.
    pub fn provision<'p>(&self, text: &'p str) -> &'p str {
        words::provision(text, self.lang)
    }

    /// What of an instrument is cited: `khoản 1 Điều 7, khoản 2 Điều 7`.
    pub fn pinpoints(&self, pins: &[String]) -> String {
        pins.iter().map(|pin| words::pinpoint(pin, self.lang)).collect::<Vec<_>>().join(", ")
    }

    pub fn source(&self, source: &str) -> String {
        words::source(source, self.lang)
    }

    /// A count with its noun; the English one in the singular.
    pub fn counted(&self, count: &usize, vi: &str, en: &str) -> String {
        let noun = if self.is_vi() { vi.to_owned() } else { text::plural(*count, en) };
        format!("{} {noun}", self.count(count))
    }

    /// A count with the thousands set apart as the language does: `7.874`, `7,874`.
    pub fn count(&self, count: &usize) -> String {
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

impl<S: Sync> FromRequestParts<S> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Frame, Infallible> {
        Ok(Frame::of(&parts.uri))
    }
}

/// One segment of a path, with everything but unreserved characters encoded.
pub fn segment(id: &str) -> String {
    askama::filters::urlencode_strict(id).map(|text| text.to_string()).unwrap_or_default()
}

fn address(path: &str, query: &[(String, String)], lang: Lang) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(query);
    if lang == Lang::En {
        pairs.append_pair("lang", "en");
    }
    let query = pairs.finish();
    if query.is_empty() {
        return path.to_owned();
    }
    match path.split_once('#') {
        Some((path, anchor)) => format!("{path}?{query}#{anchor}"),
        None => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_language_and_the_rest_of_the_query() {
        let frame = Frame::of(&"/?q=x%C3%B3a%20m%C3%B9&lang=en&fragment=1&token=abc".parse().unwrap());
        assert_eq!(frame.to("/check"), "/check?lang=en");
        assert_eq!(frame.with("offset", 20), "/?q=x%C3%B3a+m%C3%B9&offset=20&lang=en");
        assert_eq!(frame.swapped(), "/?q=x%C3%B3a+m%C3%B9");
        let later = Frame::of(&"/?q=a&offset=40&sort=date".parse().unwrap());
        assert_eq!(later.anew("sort", "cited"), "/?q=a&sort=cited");
        assert_eq!(later.sentence("đọc không được"), "Đọc không được.");
        assert_eq!(later.sentence("a.txt: không đọc được."), "a.txt: không đọc được.");
        assert_eq!(Frame::of(&"/a".parse().unwrap()).document("a b/c"), "/documents/a%20b%2Fc");
    }

    #[test]
    fn counts_are_grouped() {
        let frame = Frame::of(&"/".parse().unwrap());
        assert_eq!(frame.count(&7874), "7.874");
        assert_eq!(frame.count(&12), "12");
        assert_eq!(frame.counted(&2, "tài liệu", "document"), "2 tài liệu");
        let english = Frame::of(&"/?lang=en".parse().unwrap());
        assert_eq!([1, 2000].map(|n| english.counted(&n, "", "document")), ["1 document", "2,000 documents"]);
    }
}
