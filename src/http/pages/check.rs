//! The check page: a draft goes in; its text with the findings beside it, the review sheet or a copy comes out. Nothing
//! is kept, so the browser sends the draft again for each of them.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::check_view::{self, CheckView};
use super::context::{PageContext, render};
use crate::check::{Profile, Severity};
use crate::http::blocking::run_blocking;
use crate::http::draft::content::Draft;
use crate::http::draft::download::{self, Download};
use crate::http::draft::params::CheckParams;
use crate::http::draft::policy::DraftPolicy;
use crate::http::draft::upload::LARGEST_REQUEST;
use crate::http::error::HttpError;
use crate::http::extract::{LibraryState, Params, date};
use crate::http::messages;
use crate::law::Date;
use crate::library::{self, Library};
use crate::read::Format;
use crate::report::glossary;

#[derive(Debug, Deserialize)]
pub(crate) struct FormParams {
    as_of: Option<String>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    context: PageContext,
    /// What the fields of the form hold.
    params: CheckParams,
    ocr: bool,
    /// The text in the box.
    text: String,
    result: Option<CheckView>,
    /// Why there is no result.
    notice: Option<String>,
}

impl CheckPage {
    fn new(context: PageContext, draft: Option<&Draft>) -> CheckPage {
        CheckPage {
            context,
            params: draft.map(|draft| draft.params.clone()).unwrap_or_default(),
            ocr: draft.is_some_and(|draft| draft.ocr),
            text: draft.and_then(Draft::text).unwrap_or_default().to_owned(),
            result: None,
            notice: None,
        }
    }

    fn severity(&self, severity: &Severity) -> &'static str {
        glossary::severity(*severity, self.context.lang)
    }

    fn profile(&self, profile: &Profile) -> &'static str {
        check_view::profile(*profile, &self.context)
    }

    /// The largest file, in bytes.
    fn limit(&self) -> usize {
        LARGEST_REQUEST
    }

    /// Whether the form has this choice of a day: `today`, `document`, `signing` or `date`.
    fn is_day(&self, choice: &str) -> bool {
        let as_of = self.params.as_of.as_deref().unwrap_or_default();
        let implied = if matches!(as_of, "" | "today") { "today" } else { "date" };
        self.params.day.as_deref().filter(|day| !day.is_empty()).unwrap_or(implied) == choice
    }

    /// The date in the form: the one that was given, else today.
    fn date(&self) -> Date {
        date(self.params.as_of.as_deref()).unwrap_or_else(|_| library::today())
    }

    fn is_profile(&self, name: &str) -> bool {
        self.params.profile.as_deref() == Some(name)
    }

    /// Whether a corrected copy of a plain text can be downloaded.
    fn is_correctable(&self, result: &CheckView) -> bool {
        matches!(result.format, Format::Text | Format::Markdown) && result.findings.iter().any(|row| row.safe)
    }

    /// Whether a copy with comments can be downloaded.
    fn is_annotatable(&self, result: &CheckView) -> bool {
        result.format == Format::Docx && !result.findings.is_empty()
    }

    /// The page as an answer that no one keeps.
    fn respond(&self, status: StatusCode) -> Result<Response, HttpError> {
        Ok((status, [(header::CACHE_CONTROL, "no-store")], render(self)?).into_response())
    }
}

/// `GET /check`
pub(crate) async fn form(context: PageContext, Params(params): Params<FormParams>) -> Result<Response, HttpError> {
    date(params.as_of.as_deref())?;
    let mut page = CheckPage::new(context, None);
    page.params.as_of = params.as_of;
    page.respond(StatusCode::OK)
}

/// `POST /check`. A draft that cannot be checked comes back in the form, with the reason above it.
pub(crate) async fn page(
    State(library): LibraryState,
    Extension(policy): Extension<DraftPolicy>,
    context: PageContext,
    draft: Result<Draft, HttpError>,
) -> Result<Response, HttpError> {
    let mut page = CheckPage::new(context, draft.as_ref().ok());
    match answer(library, policy, &page.context, draft).await {
        Ok(Answer::Page(view)) => {
            page.result = Some(view);
            page.respond(StatusCode::OK)
        }
        Ok(Answer::File(file)) => Ok(file.into_response()),
        Err(error) => {
            page.notice = Some(error.message(page.context.lang).to_owned());
            let mut response = page.respond(error.status())?;
            error.say_when_to_retry(&mut response);
            Ok(response)
        }
    }
}

/// What the page answers to a draft.
enum Answer {
    Page(CheckView),
    File(Download),
}

async fn answer(
    library: Arc<Library>,
    policy: DraftPolicy,
    context: &PageContext,
    draft: Result<Draft, HttpError>,
) -> Result<Answer, HttpError> {
    let mut draft = draft?;
    let request = draft.request()?;
    if draft.is_empty() {
        return Err(HttpError::unprocessable(messages::nothing_to_check()));
    }
    let lang = context.lang;
    run_blocking(library, move |library| {
        let want = draft.want.clone().unwrap_or_default();
        if want == "copy" {
            let (document, original) = draft.original(lang)?;
            let checked = policy.check(library, document, &request)?;
            return download::copy(&checked, &original, lang).map(Answer::File);
        }
        let checked = policy.check(library, draft.read(lang)?, &request)?;
        match &*want {
            "report" => download::report(library, checked, lang).map(Answer::File),
            _ => Ok(Answer::Page(library.ask(|store, register| CheckView::of(store, register, &checked))?)),
        }
    })
    .await
}
