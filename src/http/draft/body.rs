//! The forms in which a draft arrives: a JSON object, or a form with a text or a file.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;

use super::params::{self, CheckParams};
use crate::http::openapi;

/// The JSON form of a draft.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftBody {
    /// The text to check.
    #[serde(default)]
    #[schema(required, pattern = r"\S", example = "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020")]
    pub(crate) text: String,
    /// As in the form.
    #[schema(schema_with = day_or_null)]
    pub(crate) day: Option<String>,
    /// As in the form.
    #[schema(schema_with = as_of_or_null)]
    pub(crate) as_of: Option<String>,
    /// As in the form.
    #[schema(schema_with = profile_or_null)]
    pub(crate) profile: Option<String>,
    /// What to call the text in `path`.
    pub(crate) name: Option<String>,
}

fn day_or_null() -> Schema {
    openapi::or_null(params::day_schema())
}

fn as_of_or_null() -> Schema {
    openapi::or_null(params::as_of_schema())
}

fn profile_or_null() -> Schema {
    openapi::or_null(params::profile_schema())
}

/// The form of a draft: a text or a file, not both, and by what to judge it.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the form, which is read field by field")]
pub(crate) struct DraftForm {
    /// The text to check.
    text: Option<String>,
    /// A .txt, .md, .html, .docx, .odt, .doc, .rtf or .pdf file to check.
    #[schema(value_type = Option<String>, format = Binary)]
    file: Option<Vec<u8>>,
    /// `1`: recognise the characters on pictures of pages.
    ocr: Option<String>,
    #[serde(flatten)]
    params: CheckParams,
}
