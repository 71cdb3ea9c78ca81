//! Receives a draft: takes a request apart into a [`Draft`], within limits.

use std::pin::Pin;

use axum::body::{Bytes, HttpBody};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use tokio::sync::Semaphore;

use super::body::DraftBody;
use super::content::{Content, Draft};
use super::params::CheckParams;
use crate::http::error::HttpError;
use crate::http::messages;

/// The largest request that is read, in bytes.
pub(crate) const LARGEST_REQUEST: usize = 16 << 20;

/// A request that says it is larger than [`LARGEST_REQUEST`] is read to its end, and dropped, up to this many bytes: a
/// browser shows the answer only once it has sent everything.
const LARGEST_DRAINED: u64 = 1 << 30;

/// Drafts that are read and checked at once. Each may take some hundred megabytes while it is unpacked, and goes on after
/// its request was given up.
static READERS: Semaphore = Semaphore::const_new(4);

impl<S: Send + Sync> FromRequest<S> for Draft {
    type Rejection = HttpError;

    async fn from_request(request: Request, state: &S) -> Result<Draft, HttpError> {
        let length =
            request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: u64| length > LARGEST_REQUEST as u64) {
            drain(request).await;
            return Err(HttpError::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let mut draft = received(request, state).await?;
        draft.permit = READERS.acquire().await.ok();
        Ok(draft)
    }
}

/// Reads what is sent and drops it.
async fn drain(request: Request) {
    let mut body = request.into_body();
    let mut taken = 0;
    while taken < LARGEST_DRAINED
        && let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        taken += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
}

async fn received<S: Send + Sync>(request: Request, state: &S) -> Result<Draft, HttpError> {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type =
        media_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    match &*media_type {
        "application/json" => {
            let bytes = Bytes::from_request(request, state)
                .await
                .map_err(|rejection| HttpError::of_status(rejection.status()))?;
            let body: DraftBody = serde_json::from_slice(&bytes).map_err(|error| json_error(&error))?;
            let params = CheckParams { day: body.day, as_of: body.as_of, profile: body.profile };
            Ok(Draft { name: body.name, content: Content::Text(body.text), params, ..Draft::default() })
        }
        "multipart/form-data" => {
            let broken = |_| HttpError::unprocessable(messages::broken_form());
            from_form(Multipart::from_request(request, state).await.map_err(broken)?).await
        }
        _ => Err(HttpError::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
    }
}

async fn from_form(mut form: Multipart) -> Result<Draft, HttpError> {
    let mut draft = Draft::default();
    let mut has_text = false;
    while let Some(field) = form.next_field().await.map_err(form_error)? {
        match field.name().unwrap_or_default() {
            "as_of" => draft.params.as_of = Some(field.text().await.map_err(form_error)?),
            "day" => draft.params.day = Some(field.text().await.map_err(form_error)?),
            "profile" => draft.params.profile = Some(field.text().await.map_err(form_error)?),
            "want" => draft.want = Some(field.text().await.map_err(form_error)?),
            "ocr" => draft.ocr = true,
            "text" => {
                let text = field.text().await.map_err(form_error)?;
                has_text |= !text.trim().is_empty();
                if matches!(draft.content, Content::Text(_)) {
                    // A form sends its line ends as CR LF.
                    draft.content = Content::Text(text.replace("\r\n", "\n"));
                }
            }
            "file" => {
                let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
                let bytes = field.bytes().await.map_err(form_error)?;
                // A form whose file was not chosen still sends the field, without a name.
                if name.is_some() || !bytes.is_empty() {
                    draft.name = name;
                    draft.content = Content::File(bytes.into());
                }
            }
            _ => {}
        }
    }
    draft.has_text_and_file = has_text && matches!(draft.content, Content::File(_));
    Ok(draft)
}

fn json_error(error: &serde_json::Error) -> HttpError {
    let (line, column) = (error.line(), error.column());
    HttpError::bad_request(match error.classify() {
        serde_json::error::Category::Data => messages::wrong_json_field(line, column),
        _ => messages::broken_json(line, column),
    })
}

fn form_error(error: MultipartError) -> HttpError {
    match error.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => HttpError::of_status(status),
        _ => HttpError::unprocessable(messages::broken_form()),
    }
}
