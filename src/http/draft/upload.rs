//! A draft handed in to be checked, as JSON or as a form with a text or a file. It lives as long as the request:
//! nothing here stores or prints it.

use std::pin::Pin;

use axum::body::{Bytes, HttpBody};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use serde::Deserialize;
use tokio::sync::{Semaphore, SemaphorePermit};
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;

use crate::library::Terms;
use crate::read::{self, Anchors, Document, ReadError};
use crate::text::Lang;

use crate::http::draft::params::{self, Asked};
use crate::http::error::Failure;
use crate::http::openapi;

/// The largest request that is read, in bytes.
pub const LIMIT: usize = 16 << 20;

/// The longest text that is checked here, in bytes: a book of a thousand pages. Longer ones would hold a thread past
/// the time that an answer may take.
const LONGEST: usize = 4 << 20;

/// A request that says it is larger than [`LIMIT`] is read to its end, and forgotten, up to this many bytes: a browser
/// shows the answer only once it has sent everything.
const SWALLOWED: u64 = 1 << 30;

/// Drafts that are read and checked at once. Each may take some hundred megabytes while it is unpacked, and goes on after
/// its request was given up.
static READERS: Semaphore = Semaphore::const_new(4);

/// What was handed in.
#[derive(Default)]
pub struct Draft {
    name: Option<String>,
    content: Content,
    /// By what to judge it.
    pub asked: Asked,
    /// Whether the characters on pictures of pages are to be recognised.
    pub ocr: bool,
    /// What to answer with, as written.
    pub want: Option<String>,
    /// Whether both a text and a file were sent. The page takes the file: the text may still stand there from before.
    pub is_twofold: bool,
    /// The right to be read and checked now: held until the draft is dropped, so keep it until the answer is made.
    _turn: Option<SemaphorePermit<'static>>,
}

enum Content {
    Text(String),
    File(Vec<u8>),
}

impl Default for Content {
    fn default() -> Content {
        Content::Text(String::new())
    }
}

/// The JSON form of a draft.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DraftBody {
    /// The text to check.
    #[serde(default)]
    #[schema(required, pattern = r"\S", example = "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020")]
    pub text: String,
    /// As in the form.
    #[schema(schema_with = day_or_null)]
    pub day: Option<String>,
    /// As in the form.
    #[schema(schema_with = as_of_or_null)]
    pub as_of: Option<String>,
    /// As in the form.
    #[schema(schema_with = profile_or_null)]
    pub profile: Option<String>,
    /// What to call the text in `path`.
    pub name: Option<String>,
}

fn day_or_null() -> Schema {
    openapi::or_null(params::sorts())
}

fn as_of_or_null() -> Schema {
    openapi::or_null(params::days())
}

fn profile_or_null() -> Schema {
    openapi::or_null(params::profiles())
}

/// The form of a draft: a text or a file, not both, and by what to judge it.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the form, which is read field by field")]
pub struct DraftForm {
    /// The text to check.
    text: Option<String>,
    /// A .txt, .md, .html, .docx, .odt, .doc, .rtf or .pdf file to check.
    #[schema(value_type = Option<String>, format = Binary)]
    file: Option<Vec<u8>>,
    /// `1`: recognise the characters on pictures of pages.
    ocr: Option<String>,
    #[serde(flatten)]
    asked: Asked,
}

impl Draft {
    /// What it is to be judged by.
    ///
    /// # Errors
    /// A day or a profile that is none.
    pub fn terms(&self) -> Result<Terms, Failure> {
        self.asked.terms()
    }

    pub fn is_empty(&self) -> bool {
        matches!(&self.content, Content::Text(text) if text.trim().is_empty())
    }

    /// The pasted text, to show it again; none for a file.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::File(_) => None,
        }
    }

    /// Reads it, once, as the kind of file its name says. May block.
    ///
    /// # Errors
    /// Those of the file, and a text that is too long.
    pub fn read(&mut self, lang: Lang) -> Result<Document, Failure> {
        let reading = read::Options { ocr: self.ocr };
        let name = self.name.take();
        bounded(match std::mem::take(&mut self.content) {
            Content::Text(text) => pasted(name, text, lang)?,
            Content::File(bytes) => {
                reading.read_bytes(&name.unwrap_or_default(), bytes).map_err(|error| unreadable(&error))?
            }
        })
    }

    /// Reads it as [`Draft::read`] does, and keeps what it takes to write a copy of it.
    ///
    /// # Errors
    /// Those of [`Draft::read`].
    pub fn original(&mut self, lang: Lang) -> Result<(Document, Original), Failure> {
        let reading = read::Options { ocr: self.ocr };
        let name = self.name.take();
        let (document, anchors, bytes) = match std::mem::take(&mut self.content) {
            Content::Text(text) => {
                let bytes = text.clone().into_bytes();
                (pasted(name, text, lang)?, None, bytes)
            }
            Content::File(bytes) => {
                let name = name.unwrap_or_default();
                let read = reading.read_anchored(&name, &bytes).map_err(|error| unreadable(&error));
                let (document, anchors) = read?;
                (document, anchors, bytes)
            }
        };
        Ok((bounded(document)?, Original { bytes, anchors }))
    }
}

/// What a copy of a draft is made from.
pub struct Original {
    pub bytes: Vec<u8>,
    /// Where the words of a Word file stand in it.
    pub anchors: Option<Anchors>,
}

fn pasted(name: Option<String>, text: String, lang: Lang) -> Result<Document, Failure> {
    if text.len() > LONGEST {
        return Err(too_long());
    }
    Ok(Document::from_text(name.unwrap_or_else(|| lang.pick("dự thảo", "draft").to_owned()), text))
}

fn bounded(document: Document) -> Result<Document, Failure> {
    if document.text.as_str().len() > LONGEST { Err(too_long()) } else { Ok(document) }
}

/// A file that cannot be read, as an answer.
fn unreadable(error: &ReadError) -> Failure {
    let [mut vi, mut en] = [Lang::Vi, Lang::En].map(|lang| error.message(lang) + ".");
    if matches!(error, ReadError::Scan { .. }) {
        vi += " Trên trang kiểm tra: đánh dấu ô “Nhận dạng chữ”; qua API: gửi kèm ocr=1.";
        en += " On the check page: tick “Recognise characters”; in a request to the API: add ocr=1.";
    }
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, vi, en)
}

/// A text that is too long to be checked while somebody waits.
fn too_long() -> Failure {
    Failure::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "Văn bản quá dài: tối đa 4 MiB chữ. Hãy tách văn bản, hoặc chạy “danchieu check TỆP” trên máy, nơi không giới hạn độ dài.",
        "The text is too long: at most 4 MiB. Split it, or run “danchieu check FILE” on your machine, where its length does not matter.",
    )
}

/// What is said where neither text nor file was handed in.
pub fn nothing() -> Failure {
    Failure::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "Chưa có gì để kiểm tra: dán văn bản vào ô hoặc chọn một tệp.",
        "There is nothing to check: paste a text or choose a file.",
    )
}

impl Draft {
    /// The draft that a program sends, which holds a text or a file.
    ///
    /// # Errors
    /// Neither, or both: it cannot be told which is meant.
    pub fn single(self) -> Result<Draft, Failure> {
        let (vi, en) = match (self.is_twofold, self.is_empty()) {
            (true, _) => (
                "Yêu cầu có cả text lẫn file; chỉ gửi một trong hai.",
                "The request holds both text and file; send one of them.",
            ),
            (_, true) => (
                "Chưa có gì để kiểm tra: gửi trường text hoặc trường file.",
                "There is nothing to check: send the field text or the field file.",
            ),
            _ => return Ok(self),
        };
        Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, vi, en))
    }
}

impl<S: Send + Sync> FromRequest<S> for Draft {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Draft, Failure> {
        let length =
            request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: u64| length > LIMIT as u64) {
            swallow(request).await;
            return Err(Failure::of(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let mut draft = received(request, state).await?;
        draft._turn = READERS.acquire().await.ok();
        Ok(draft)
    }
}

/// Takes what is sent and forgets it.
async fn swallow(request: Request) {
    let mut body = request.into_body();
    let mut taken = 0;
    while taken < SWALLOWED
        && let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        taken += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
}

async fn received<S: Send + Sync>(request: Request, state: &S) -> Result<Draft, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    match &*kind {
        "application/json" => {
            let bytes =
                Bytes::from_request(request, state).await.map_err(|rejection| Failure::of(rejection.status()))?;
            let body: DraftBody = serde_json::from_slice(&bytes).map_err(|error| broken_json(&error))?;
            let asked = Asked { day: body.day, as_of: body.as_of, profile: body.profile };
            Ok(Draft { name: body.name, content: Content::Text(body.text), asked, ..Draft::default() })
        }
        "multipart/form-data" => {
            let form = Multipart::from_request(request, state).await.map_err(|_| broken_form())?;
            from_form(form).await
        }
        _ => Err(Failure::of(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
    }
}

async fn from_form(mut form: Multipart) -> Result<Draft, Failure> {
    let mut draft = Draft::default();
    let mut texts = false;
    while let Some(field) = form.next_field().await.map_err(form_failure)? {
        match field.name().unwrap_or_default() {
            "as_of" => draft.asked.as_of = Some(field.text().await.map_err(form_failure)?),
            "day" => draft.asked.day = Some(field.text().await.map_err(form_failure)?),
            "profile" => draft.asked.profile = Some(field.text().await.map_err(form_failure)?),
            "want" => draft.want = Some(field.text().await.map_err(form_failure)?),
            "ocr" => draft.ocr = true,
            "text" => {
                let text = field.text().await.map_err(form_failure)?;
                texts |= !text.trim().is_empty();
                if matches!(draft.content, Content::Text(_)) {
                    // A form sends its line ends as CR LF.
                    draft.content = Content::Text(text.replace("\r\n", "\n"));
                }
            }
            "file" => {
                let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
                let bytes = field.bytes().await.map_err(form_failure)?;
                // A form whose file was not chosen still sends the field, without a name.
                if name.is_some() || !bytes.is_empty() {
                    draft.name = name;
                    draft.content = Content::File(bytes.into());
                }
            }
            _ => {}
        }
    }
    draft.is_twofold = texts && matches!(draft.content, Content::File(_));
    Ok(draft)
}

/// Says where the JSON is wrong, and nothing of what stands there.
fn broken_json(error: &serde_json::Error) -> Failure {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Data => Failure::bad_request(
            format!(
                "JSON có một trường sai kiểu (dòng {line}, cột {column}): gửi một đối tượng với text và, nếu cần, as_of, day, profile, name, tất cả đều là chuỗi."
            ),
            format!(
                "A field of the JSON is of the wrong type (line {line}, column {column}): send an object with text and, where wanted, as_of, day, profile, name, all of them strings."
            ),
        ),
        _ => Failure::bad_request(
            format!("JSON không đọc được ở dòng {line}, cột {column}; gửi ví dụ {{\"text\": \"Căn cứ …\"}}."),
            format!(
                "The JSON cannot be read at line {line}, column {column}; send for example {{\"text\": \"Căn cứ …\"}}."
            ),
        ),
    }
}

fn form_failure(error: MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::of(StatusCode::PAYLOAD_TOO_LARGE);
    }
    broken_form()
}

fn broken_form() -> Failure {
    Failure::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "Biểu mẫu gửi lên bị hỏng hoặc bị ngắt giữa chừng; hãy gửi lại.",
        "The form arrived damaged or was cut off; send it again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_keeps_its_turn_until_it_is_answered() {
        static TURNS: Semaphore = Semaphore::const_new(1);
        for want in ["page", "copy"] {
            let mut draft = Draft { content: Content::Text("Luật".into()), ..Draft::default() };
            draft._turn = TURNS.try_acquire().ok();
            match want {
                "copy" => assert!(draft.original(Lang::Vi).is_ok()),
                _ => assert!(draft.read(Lang::Vi).is_ok()),
            }
            assert_eq!(TURNS.available_permits(), 0, "it is still to be checked");
            drop(draft);
            assert_eq!(TURNS.available_permits(), 1);
        }
    }
}
