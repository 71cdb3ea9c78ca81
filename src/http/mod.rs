//! The web pages and the same answers as JSON.
//!
//! `router` lists every route. A page is in `pages`, an answer as JSON in `api`, each in the file of its subject; a draft
//! that is handed in goes through `draft`. What surrounds every route is in `layers`. Handlers read the address with
//! `extract`, ask the knowledge base through `blocking` and report a failure as an `error::HttpError`, whose words are
//! in `messages`.

mod api;
mod assets;
mod blocking;
mod draft;
mod error;
mod extract;
mod layers;
mod links;
mod messages;
mod openapi;
mod pages;
mod reload;
mod router;
mod search_order;
mod server;

pub use draft::policy::DraftPolicy;
pub use layers::security::Access;
pub use router::app;
pub use server::{ServeError, Server};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use tower::ServiceExt;

    use super::{Access, DraftPolicy, app};
    use crate::library::{self, Library};
    use crate::store::ReadFailures;

    fn get(path: &str) -> Request<Body> {
        Request::get(path).header(header::HOST, "127.0.0.1:8700").body(Body::empty()).unwrap()
    }

    fn check() -> Request<Body> {
        let request = Request::post("/api/check").header(header::HOST, "127.0.0.1:8700");
        let draft = r#"{"text": "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021;"}"#;
        request.header(header::CONTENT_TYPE, "application/json").body(Body::from(draft)).unwrap()
    }

    #[tokio::test]
    async fn one_failed_read_is_one_503_and_the_next_answer_is_right() {
        let home = library::tests::indexed();
        let requests: [(&str, &dyn Fn() -> Request<Body>); 5] = [
            ("page", &|| get("/instruments/33-2021-tt-bgddt")),
            ("instrument", &|| get("/api/instruments/33-2021-tt-bgddt")),
            ("search", &|| get("/api/search?q=xoa+mu+chu")),
            ("cited by", &|| get("/api/instruments/33-2021-tt-bgddt/cited-by")),
            ("check", &check),
        ];
        for (name, request) in requests {
            let failures = ReadFailures::default();
            let library = Library::open_failing(&home.path().join("index"), &failures);
            let server = app(Arc::new(library), Access::new(true, None), DraftPolicy::of(home.path()));
            failures.fail_next(1);
            let failed = server.clone().oneshot(request()).await.unwrap();
            assert_eq!(failed.status(), StatusCode::SERVICE_UNAVAILABLE, "{name}");
            assert!(failed.headers().contains_key(header::RETRY_AFTER), "{name}");
            let next = server.oneshot(request()).await.unwrap();
            assert_eq!(next.status(), StatusCode::OK, "{name}");
        }
    }
}
