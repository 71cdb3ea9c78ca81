//! The description of the parameter that chooses the language of messages.

use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the parameter, which is read by RequestLang")]
pub(super) struct LangParam {
    /// Language of messages: `en`, or `vi`, which is what any other word is taken for.
    lang: Option<String>,
}
