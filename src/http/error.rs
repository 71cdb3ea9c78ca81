//! What went wrong, said once for pages and JSON alike: handlers return a [`Failure`], and one layer turns it (and
//! every bare error status of the libraries) into a page with a way on, or into JSON below `/api/`.

use std::sync::Arc;

use crate::library::{LibraryError, Resolution};
use crate::text::{Lang, Message};
use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::pages::context::Frame;

/// An answer that is no success, in both languages.
#[derive(Debug, Clone)]
pub struct Failure(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    status: StatusCode,
    message: Message,
    /// Numbers or words to search for instead.
    suggestions: Vec<String>,
}

/// How many ids are suggested at most.
const SUGGESTIONS: usize = 20;

impl Failure {
    pub fn new(status: StatusCode, vi: impl Into<String>, en: impl Into<String>) -> Failure {
        let message = Message { vi: vi.into(), en: en.into() };
        Failure(Arc::new(Inner { status, message, suggestions: Vec::new() }))
    }

    pub fn bad_request(vi: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, vi, en)
    }

    /// No instrument or document goes by this `name`.
    pub fn unknown(name: &str, suggestions: Vec<String>) -> Failure {
        let message = Message {
            vi: format!(
                "Thư viện không có mục nào tên “{name}”. Kiểm tra lại địa chỉ, hoặc tìm theo số, ký hiệu hay từ trong trích yếu."
            ),
            en: format!(
                "The library holds nothing called “{name}”. Check the address, or search by number or by words of the title."
            ),
        };
        Failure(Arc::new(Inner { status: StatusCode::NOT_FOUND, message, suggestions }))
    }

    /// Several instruments go by this `name`.
    fn ambiguous(name: &str, ids: Vec<String>) -> Failure {
        let message = Message {
            vi: format!(
                "“{name}” có thể là một trong {} văn bản; hãy ghi một trong các mã định danh được gợi ý.",
                ids.len()
            ),
            en: format!(
                "“{name}” may be any of {} instruments; ask with one of the ids that are suggested.",
                ids.len()
            ),
        };
        let suggestions = ids.into_iter().take(SUGGESTIONS).collect();
        Failure(Arc::new(Inner { status: StatusCode::NOT_FOUND, message, suggestions }))
    }

    /// The one id that a name means, or why there is none.
    pub fn or_id(name: &str, meant: Resolution) -> Result<String, Failure> {
        match meant {
            Resolution::One { id, .. } => Ok(id),
            Resolution::Several(ids) => Err(Failure::ambiguous(name, ids)),
            Resolution::Nothing { near } => {
                Err(Failure::unknown(name, near.into_iter().map(|(call, _)| call).collect()))
            }
        }
    }

    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    pub fn message(&self, lang: Lang) -> &str {
        self.0.message.in_lang(lang)
    }

    /// What is said of a status that came without a reason.
    pub fn of(status: StatusCode) -> Failure {
        let (vi, en) = match status {
            StatusCode::NOT_FOUND => (
                "Không có trang này. Kiểm tra lại địa chỉ, hoặc tìm theo số, ký hiệu hay từ trong trích yếu.",
                "There is no such page. Check the address, or search by number or by words of the title.",
            ),
            StatusCode::METHOD_NOT_ALLOWED => (
                "Địa chỉ này không nhận cách gọi đó; xem /api/openapi.json.",
                "This address does not take that method; see /api/openapi.json.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "Tệp quá lớn: tối đa 16 MiB. Hãy bỏ bớt hình ảnh hoặc tách tệp, hoặc chạy “danchieu check” trên máy.",
                "The file is too large: at most 16 MiB. Remove pictures or split it, or run “danchieu check” on your machine.",
            ),
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => (
                "Yêu cầu mất quá nhiều thời gian nên đã dừng. Hãy thử lại với văn bản ngắn hơn.",
                "The request took too long and was stopped. Try again with a shorter text.",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "Gửi dự thảo dưới dạng application/json ({\"text\": …}) hoặc multipart/form-data (trường text hoặc file).",
                "Send the draft as application/json ({\"text\": …}) or multipart/form-data (field text or file).",
            ),
            status if status.is_server_error() => (
                "Chương trình gặp lỗi khi xử lý yêu cầu này. Các trang khác vẫn dùng được; xin báo lỗi kèm các bước đã làm.",
                "The program failed on this request. Other pages still work; please report it with the steps you took.",
            ),
            _ => {
                ("Yêu cầu này không hợp lệ; xem /api/openapi.json.", "The request is not valid; see /api/openapi.json.")
            }
        };
        Failure::new(status, vi, en)
    }
}

impl IntoResponse for Failure {
    /// The bare status; [`dress`] gives it its words.
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Failure {
        let status = match error {
            LibraryError::EmptyQuery | LibraryError::Query(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let Message { vi, en } = Message::in_each(|lang| error.message(lang)).into_sentences();
        Failure::new(status, vi, en)
    }
}

impl From<askama::Error> for Failure {
    fn from(_: askama::Error) -> Failure {
        Failure::of(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A page, or why there is none.
pub type Page = Result<Html<String>, Failure>;

/// A template filled in.
pub fn page(template: &impl Template) -> Page {
    Ok(Html(template.render()?))
}

/// The JSON form of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// The HTTP status.
    pub status: u16,
    /// What went wrong and what to do, in the language asked for.
    pub error: String,
    /// Numbers or words to search for instead; ids, where several instruments were meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'f> {
    frame: Frame,
    status: StatusCode,
    message: &'f str,
    suggestions: &'f [String],
}

/// The layer that words every error answer, but for those that are a page of ours already.
pub async fn dress(request: Request, next: Next) -> Response {
    let frame = Frame::of(request.uri());
    let is_mcp = request.uri().path() == "/mcp";
    let json = is_mcp || request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    // The protocol has words of its own for what is wrong with a call.
    if is_mcp && response.extensions().get::<Failure>().is_none() && status != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let failure = response.extensions().get::<Failure>().cloned().unwrap_or_else(|| Failure::of(status));
    let message = failure.message(frame.lang);
    let suggestions = &failure.0.suggestions;
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let body = if json {
        let error = ErrorBody { status: status.as_u16(), error: message.to_owned(), suggestions: suggestions.clone() };
        Json(error).into_response()
    } else {
        match (ErrorPage { frame, status, message, suggestions }).render() {
            Ok(page) => Html(page).into_response(),
            Err(_) => message.to_owned().into_response(),
        }
    };
    let (body_parts, body) = body.into_parts();
    parts.headers.extend(body_parts.headers);
    Response::from_parts(parts, body)
}
