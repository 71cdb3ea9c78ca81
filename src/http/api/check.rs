//! A draft is checked.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::draft_answer::answer_draft;
use super::lang_param::LangParam;
use crate::check::Finding;
use crate::http::draft::body::{DraftBody, DraftForm};
use crate::http::draft::content::Draft;
use crate::http::draft::policy::DraftPolicy;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, Params, RequestLang};
use crate::law::Date;
use crate::report::json::{self, FindingRecord};

/// How to answer about a draft.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckAnswerParams {
    /// `1`: answer with an object that holds the notices and the accepted findings too, not with the findings alone.
    full: Option<String>,
}

/// All that is to be said of a draft.
#[derive(Debug, Serialize, ToSchema)]
struct CheckBody {
    /// The day of the check.
    #[schema(value_type = String)]
    as_of: Date,
    /// By which rules of form: `admin`, `normative` or `party`.
    profile: &'static str,
    findings: Vec<FindingRecord>,
    /// What the policy of the office accepts.
    accepted: Vec<FindingRecord>,
    /// What should be known before the findings are believed: pages that were left out, recognised or damaged, a draft
    /// without a date, acceptances that ran out.
    notices: Vec<String>,
}

/// The findings alone, or all that is to be said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum CheckAnswer {
    Findings(Vec<FindingRecord>),
    Full(CheckBody),
}

/// Check the citations of a draft, which is not kept.
///
/// The policy (danchieu.toml) of the folder in which the server was started is applied.
#[utoipa::path(post, path = "/api/check", tag = "drafts", params(LangParam, CheckAnswerParams), request_body(content((DraftBody = "application/json"), (DraftForm = "multipart/form-data"))), responses((status = OK, body = CheckAnswer), (status = UNPROCESSABLE_ENTITY, body = ErrorBody), (status = PAYLOAD_TOO_LARGE, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody), (status = UNSUPPORTED_MEDIA_TYPE, body = ErrorBody)))]
pub(crate) async fn check_draft(
    State(library): LibraryState,
    Extension(policy): Extension<DraftPolicy>,
    Params(params): Params<CheckAnswerParams>,
    RequestLang(lang): RequestLang,
    draft: Draft,
) -> Result<Response, HttpError> {
    let request = draft.request()?;
    let full = params.full.as_deref().is_some_and(|full| !matches!(full, "" | "0"));
    answer_draft(library, lang, draft, move |library, document| {
        let checked = policy.check(library, document, &request)?;
        let findings = json::findings(&checked.document, &checked.findings, lang);
        if !full {
            return Ok(CheckAnswer::Findings(findings));
        }
        let accepted: Vec<Finding> = checked.accepted.iter().map(|one| one.finding.clone()).collect();
        let reading = checked.document.notices.iter().map(|notice| notice.message(lang));
        Ok(CheckAnswer::Full(CheckBody {
            as_of: checked.as_of,
            profile: checked.profile.as_str(),
            accepted: json::findings(&checked.document, &accepted, lang),
            notices: reading.chain(checked.notices.iter().map(|notice| notice.in_lang(lang).to_owned())).collect(),
            findings,
        }))
    })
    .await
}
