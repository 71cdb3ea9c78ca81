//! The style sheet, the script and the icon of the pages, compiled in. Their addresses hold a hash of their content, so
//! that browsers may keep them for good.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// Path, media type, content.
const FILES: [(&str, &str, &str); 3] = [
    ("/static/style.css", "text/css; charset=utf-8", include_str!("static/style.css")),
    ("/static/app.js", "text/javascript; charset=utf-8", include_str!("static/app.js")),
    ("/favicon.svg", "image/svg+xml", include_str!("static/favicon.svg")),
];

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.iter().fold(Router::new(), |router, (path, media_type, content)| {
        let answer = || async {
            let headers =
                [(header::CONTENT_TYPE, *media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, *content).into_response()
        };
        router.route(path, get(answer))
    })
}

/// Whether a path is that of one of these files.
pub(crate) fn is_asset(path: &str) -> bool {
    FILES.iter().any(|(ours, ..)| *ours == path)
}

/// The address of the file at `path`, with the hash of its content.
pub(crate) fn address(path: &str) -> String {
    let content = FILES.iter().find(|(ours, ..)| *ours == path).map_or("", |(.., content)| content);
    let hash = blake3::hash(content.as_bytes()).to_hex();
    format!("{path}?v={}", &hash[..8])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_address_follows_the_content() {
        let address = super::address("/static/style.css");
        assert!(address.starts_with("/static/style.css?v="));
        assert_ne!(address.rsplit('=').next(), super::address("/static/app.js").rsplit('=').next());
    }
}
