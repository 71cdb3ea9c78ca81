//! What the interface says of itself: every path is described, and a change of the description is seen in review.

use serde_json::json;

use crate::support::server::get;

#[tokio::test]
async fn the_interface_describes_itself() {
    let api = get("/api/openapi.json").await.json();
    for path in [
        "/api/search",
        "/api/instruments/{id}",
        "/api/instruments/{id}/cites",
        "/api/instruments/{id}/cited-by",
        "/api/instruments/{id}/graph",
        "/api/instruments/{id}/impact",
        "/api/documents",
        "/api/documents/{id}",
        "/api/check",
        "/api/extract",
        "/api/instruments/{id}/tables/{table}",
        "/api/to-load",
        "/api/matrix",
        "/api/rules",
        "/api/rules/{name}",
    ] {
        let methods = api["paths"][path].as_object().unwrap_or_else(|| panic!("{path} is not described"));
        for (method, operation) in methods {
            assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with('.')), "{method} {path}");
        }
    }
    let mut described = api;
    described["info"]["version"] = json!("[version]");
    insta::assert_json_snapshot!(described);
}
