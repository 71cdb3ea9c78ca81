//! The OpenAPI description of the JSON interface, and the schemas that its parameters share.

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi;
use utoipa::openapi::schema::{AnyOf, KnownFormat, Object, Schema, SchemaFormat, Type};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "danchieu",
        description = "Citations in Vietnamese official documents: search, check, browse. Messages are in Vietnamese unless `?lang=en` is given. An `id` in an address may also be a number in any spelling or a name. Offsets are bytes of UTF-8, ends exclusive; dates are ISO 8601. A `force` is `not_yet`, `in_force`, `in_part`, `suspended`, `ended` or `unknown`; a `treatment` is `basis`, `amends`, `replaces`, `repeals`, `suspends`, `corrects`, `consolidates`, `implements` or `cites`; a `confidence` is `verified`, `likely` or `unsure`. Every answer tells in the header `Danchieu-Coverage` how much the register and the library hold and when the index was made. Where the server wants a token, send `Authorization: Bearer`; without it the answer is 401, to a page of another site 403, both in the form of the other errors.",
        license(name = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "search", description = "Find instruments and documents"),
        (name = "instruments", description = "Official acts and who cites whom"),
        (name = "graph", description = "Questions over the whole of it: ways, what rests on what, what is cited most, what to load next"),
        (name = "documents", description = "The files of the library"),
        (name = "drafts", description = "Read a text that is not kept"),
        (name = "rules", description = "What the check looks for")
    )
)]
struct Description;

/// The parts of the description that no handler has; the routes are added by `router`.
pub(crate) fn description() -> openapi::OpenApi {
    Description::openapi()
}

/// The schema of a word out of `words`.
pub(crate) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Schema {
    Schema::Object(Object::builder().schema_type(Type::String).enum_values(Some(words)).build())
}

/// The schema of `schema` or null.
pub(crate) fn or_null(schema: Schema) -> Schema {
    Schema::AnyOf(AnyOf::builder().item(schema).item(Object::builder().schema_type(Type::Null)).build())
}

/// The schema of a date or a word out of `others`.
pub(crate) fn date_or<'w>(others: impl IntoIterator<Item = &'w str>) -> Schema {
    let date = SchemaFormat::KnownFormat(KnownFormat::Date);
    let date = Object::builder().schema_type(Type::String).format(Some(date));
    Schema::AnyOf(AnyOf::builder().item(words(others)).item(date).build())
}

/// The schema of a date, or nothing for today.
pub(crate) fn day() -> Schema {
    date_or([""])
}

/// `GET /api/openapi.json`
pub(crate) fn router<S: Clone + Send + Sync + 'static>(api: openapi::OpenApi) -> Router<S> {
    let api = Arc::new(api);
    Router::new().route(
        "/api/openapi.json",
        get(move || {
            let api = Arc::clone(&api);
            async move { Json((*api).clone()) }
        }),
    )
}
