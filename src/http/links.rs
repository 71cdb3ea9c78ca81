//! Addresses of this server, written so that they keep the language.

use crate::text::Lang;

/// One segment of a path, with everything but unreserved characters encoded.
pub(crate) fn path_segment(id: &str) -> String {
    askama::filters::urlencode_strict(id).map(|text| text.to_string()).unwrap_or_default()
}

/// A path with a query, and with the language where it is not Vietnamese. An anchor of `path` stays at the end.
pub(crate) fn address<N: AsRef<str>, V: AsRef<str>>(path: &str, query: &[(N, V)], lang: Lang) -> String {
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
