//! The check page: a draft goes in; its text with the findings beside it, the review sheet or a copy come out. Nothing
//! is kept, so each of them is asked for with the draft itself.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::check::{Profile, Severity};
use crate::law::Date;
use crate::library::{self, Library};
use crate::read::Format;
use crate::report::words;

use crate::http::draft::download::{self, Download};
use crate::http::draft::params::Asked;
use crate::http::draft::policy::Office;
use crate::http::draft::upload::{self, Draft, LIMIT};
use crate::http::error::{self, Failure};
use crate::http::extract::{Params, ask, day};
use crate::http::pages::check_view::{self, Outcome};
use crate::http::pages::context::Frame;

#[derive(Debug, Deserialize)]
pub struct Given {
    as_of: Option<String>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    frame: Frame,
    /// What the form's fields hold.
    asked: Asked,
    ocr: bool,
    /// The text in the box.
    text: String,
    result: Option<Outcome>,
    /// Why there is no result.
    notice: Option<String>,
}

impl CheckPage {
    fn new(frame: Frame, draft: Option<&Draft>) -> CheckPage {
        let mut page =
            CheckPage { frame, asked: Asked::default(), ocr: false, text: String::new(), result: None, notice: None };
        if let Some(draft) = draft {
            page.asked = draft.asked.clone();
            page.ocr = draft.ocr;
            page.text = draft.text().unwrap_or_default().to_owned();
        }
        page
    }

    fn severity(&self, severity: &Severity) -> &'static str {
        words::severity(*severity, self.frame.lang)
    }

    fn profile(&self, profile: &Profile) -> &'static str {
        check_view::profile(*profile, &self.frame)
    }

    fn limit(&self) -> usize {
        LIMIT
    }

    /// Whether the form asks for this sort of day.
    fn is_day(&self, sort: &str) -> bool {
        let as_of = self.asked.as_of.as_deref().unwrap_or_default();
        let meant = if matches!(as_of, "" | "today") { "today" } else { "date" };
        self.asked.day.as_deref().filter(|day| !day.is_empty()).unwrap_or(meant) == sort
    }

    /// The date in the form: that which was given, else today.
    fn date(&self) -> Date {
        day(self.asked.as_of.as_deref()).unwrap_or_else(|_| library::today())
    }

    fn is_profile(&self, name: &str) -> bool {
        self.asked.profile.as_deref() == Some(name)
    }

    /// Whether there is a corrected copy of a plain text to be had.
    fn is_correctable(&self, result: &Outcome) -> bool {
        matches!(result.format, Format::Text | Format::Markdown) && result.findings.iter().any(|row| row.safe)
    }

    /// Whether there is a copy with comments to be had.
    fn is_annotatable(&self, result: &Outcome) -> bool {
        result.format == Format::Docx && !result.findings.is_empty()
    }
}

/// `GET /check`
pub async fn form(frame: Frame, Params(given): Params<Given>) -> Result<Response, Failure> {
    day(given.as_of.as_deref())?;
    let mut page = CheckPage::new(frame, None);
    page.asked.as_of = given.as_of;
    answer(StatusCode::OK, &page)
}

/// `POST /check`. What cannot be checked comes back in the form, with the reason above it.
pub async fn page(
    State(library): State<Arc<Library>>,
    Extension(office): Extension<Office>,
    frame: Frame,
    draft: Result<Draft, Failure>,
) -> Result<Response, Failure> {
    let mut page = CheckPage::new(frame, draft.as_ref().ok());
    match given(library, office, &page.frame, draft).await {
        Ok(Answer::Page(outcome)) => {
            page.result = Some(outcome);
            answer(StatusCode::OK, &page)
        }
        Ok(Answer::File(file)) => Ok(file.into_response()),
        Err(failure) => {
            page.notice = Some(failure.message(page.frame.lang).to_owned());
            answer(failure.status(), &page)
        }
    }
}

/// What comes of a draft.
enum Answer {
    Page(Outcome),
    File(Download),
}

async fn given(
    library: Arc<Library>,
    office: Office,
    frame: &Frame,
    draft: Result<Draft, Failure>,
) -> Result<Answer, Failure> {
    let mut draft = draft?;
    let terms = draft.terms()?;
    if draft.is_empty() {
        return Err(upload::nothing());
    }
    let lang = frame.lang;
    let work = move |library: &Library| {
        let want = draft.want.clone().unwrap_or_default();
        if want == "copy" {
            let (document, original) = draft.original(lang)?;
            let verdict = office.check(library, document, &terms)?;
            return download::copy(&verdict.checked, &original, lang).map(Answer::File);
        }
        let verdict = office.check(library, draft.read(lang)?, &terms)?;
        match &*want {
            "report" => download::report(library, verdict.checked, lang).map(Answer::File),
            _ => Ok(Answer::Page(Outcome::of(library, &verdict))),
        }
    };
    ask(library, work).await?
}

fn answer(status: StatusCode, page: &CheckPage) -> Result<Response, Failure> {
    Ok((status, [(header::CACHE_CONTROL, "no-store")], error::page(page)?).into_response())
}
