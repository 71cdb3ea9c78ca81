//! What this server says about requests that it cannot answer, in both languages.
//!
//! The texts of pages are in their templates, those of the knowledge base and of files in the errors of their floors.

use std::ops::RangeInclusive;

use axum::http::StatusCode;

use crate::law::Treatment;
use crate::library::LibraryError;
use crate::read::ReadError;
use crate::text::{Message, counted};

/// The usual words for a status that came without a reason.
pub(crate) fn of_status(status: StatusCode) -> Message {
    match status {
        StatusCode::NOT_FOUND => Message::new(
            "Không có trang này. Kiểm tra lại địa chỉ, hoặc tìm theo số, ký hiệu hay từ trong trích yếu.",
            "There is no such page. Check the address, or search by number or by words of the title.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => Message::new(
            "Địa chỉ này không nhận cách gọi đó; xem /api/openapi.json.",
            "This address does not take that method; see /api/openapi.json.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => Message::new(
            "Tệp quá lớn: tối đa 16 MiB. Hãy bỏ bớt hình ảnh hoặc tách tệp, hoặc chạy “danchieu check” trên máy.",
            "The file is too large: at most 16 MiB. Remove pictures or split it, or run “danchieu check” on your machine.",
        ),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Message::new(
            "Yêu cầu mất quá nhiều thời gian nên đã dừng. Hãy thử lại với văn bản ngắn hơn.",
            "The request took too long and was stopped. Try again with a shorter text.",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Message::new(
            "Gửi dự thảo dưới dạng application/json ({\"text\": …}) hoặc multipart/form-data (trường text hoặc file).",
            "Send the draft as application/json ({\"text\": …}) or multipart/form-data (field text or file).",
        ),
        status if status.is_server_error() => Message::new(
            "Chương trình gặp lỗi khi xử lý yêu cầu này. Các trang khác vẫn dùng được; xin báo lỗi kèm các bước đã làm.",
            "The program failed on this request. Other pages still work; please report it with the steps you took.",
        ),
        _ => Message::new(
            "Yêu cầu này không hợp lệ; xem /api/openapi.json.",
            "The request is not valid; see /api/openapi.json.",
        ),
    }
}

/// What the command line writes after "error:", as sentences.
pub(crate) fn of_library(error: &LibraryError) -> Message {
    Message::in_each(|lang| error.message(lang)).into_sentences()
}

// Names.

pub(crate) fn unknown_name(name: &str) -> Message {
    Message::new(
        format!(
            "Thư viện không có mục nào tên “{name}”. Kiểm tra lại địa chỉ, hoặc tìm theo số, ký hiệu hay từ trong trích yếu."
        ),
        format!(
            "The library holds nothing called “{name}”. Check the address, or search by number or by words of the title."
        ),
    )
}

pub(crate) fn ambiguous_name(name: &str, meanings: usize) -> Message {
    Message::new(
        format!("“{name}” có thể là một trong {meanings} văn bản; hãy ghi một trong các mã định danh được gợi ý."),
        format!("“{name}” may be any of {meanings} instruments; ask with one of the ids that are suggested."),
    )
}

/// `rules` lists the names there are.
pub(crate) fn unknown_rule(name: &str, rules: &str) -> Message {
    Message::new(
        format!("Không có quy tắc “{name}”. Các quy tắc: {rules}."),
        format!("There is no rule “{name}”. The rules are: {rules}."),
    )
}

/// `tables` lists the names there are.
pub(crate) fn unknown_table(name: &str, tables: &str) -> Message {
    Message::new(
        format!("Không có bảng “{name}”; có: {tables}."),
        format!("There is no table “{name}”; there are: {tables}."),
    )
}

// Parameters of the address.

pub(crate) fn parameter_given_twice() -> Message {
    Message::new(
        "Địa chỉ ghi một tham số hai lần; mỗi tham số chỉ ghi một lần.",
        "The address gives a parameter twice; give each once.",
    )
}

pub(crate) fn missing_parameter(name: &str) -> Message {
    Message::new(
        format!("Thiếu tham số {name}: ghi số, ký hiệu, tên hoặc mã định danh của văn bản."),
        format!("The parameter {name} is missing: write a number, a name or an id."),
    )
}

pub(crate) fn not_a_number(name: &str, written: &str, range: &RangeInclusive<usize>) -> Message {
    let (least, most) = (range.start(), range.end());
    Message::new(
        format!("Tham số {name} không nhận “{written}”; ghi một số nguyên từ {least} đến {most}."),
        format!("The parameter {name} does not take “{written}”; write a whole number from {least} to {most}."),
    )
}

/// `words` lists what the parameter takes.
pub(crate) fn not_a_choice(name: &str, written: &str, words: &str) -> Message {
    Message::new(
        format!("Tham số {name} không nhận “{written}”; chọn một trong: {words}."),
        format!("The parameter {name} does not take “{written}”; choose one of: {words}."),
    )
}

pub(crate) fn not_a_date(written: &str) -> Message {
    Message::new(
        format!("Ngày “{written}” không hợp lệ; viết ngày/tháng/năm hoặc năm-tháng-ngày, ví dụ 26/01/2024."),
        format!("“{written}” is not a date; write year-month-day or day/month/year, for example 2024-01-26."),
    )
}

pub(crate) fn not_a_year(written: &str) -> Message {
    Message::new(
        format!("“{written}” không phải là năm; viết ví dụ 2024."),
        format!("“{written}” is not a year; write for example 2024."),
    )
}

pub(crate) fn not_years(written: &str) -> Message {
    Message::new(
        format!("“{written}” không phải là năm hoặc khoảng năm; hãy ghi 2024 hoặc 2020..2024."),
        format!("“{written}” is neither a year nor a run of years; write 2024 or 2020..2024."),
    )
}

pub(crate) fn unknown_treatment(name: &str) -> Message {
    let all = Treatment::ALL.map(|one| one.as_str()).join(", ");
    Message::new(
        format!("Không có quan hệ “{name}”; có: {all}."),
        format!("There is no treatment “{name}”; there are: {all}."),
    )
}

// Drafts.

/// A page was sent without a draft.
pub(crate) fn nothing_to_check() -> Message {
    Message::new(
        "Chưa có gì để kiểm tra: dán văn bản vào ô hoặc chọn một tệp.",
        "There is nothing to check: paste a text or choose a file.",
    )
}

/// A program sent no draft.
pub(crate) fn no_text_and_no_file() -> Message {
    Message::new(
        "Chưa có gì để kiểm tra: gửi trường text hoặc trường file.",
        "There is nothing to check: send the field text or the field file.",
    )
}

pub(crate) fn both_text_and_file() -> Message {
    Message::new(
        "Yêu cầu có cả text lẫn file; chỉ gửi một trong hai.",
        "The request holds both text and file; send one of them.",
    )
}

pub(crate) fn text_too_long() -> Message {
    Message::new(
        "Văn bản quá dài: tối đa 4 MiB chữ. Hãy tách văn bản, hoặc chạy “danchieu check TỆP” trên máy, nơi không giới hạn độ dài.",
        "The text is too long: at most 4 MiB. Split it, or run “danchieu check FILE” on your machine, where its length does not matter.",
    )
}

pub(crate) fn unreadable_file(error: &ReadError) -> Message {
    let Message { mut vi, mut en } = Message::in_each(|lang| error.message(lang) + ".");
    if matches!(error, ReadError::Scan { .. }) {
        vi += " Trên trang kiểm tra: đánh dấu ô “Nhận dạng chữ”; qua API: gửi kèm ocr=1.";
        en += " On the check page: tick “Recognise characters”; in a request to the API: add ocr=1.";
    }
    Message { vi, en }
}

/// A field of the JSON has the wrong type. Lines and columns count from one; nothing of the draft is repeated.
pub(crate) fn wrong_json_field(line: usize, column: usize) -> Message {
    Message::new(
        format!(
            "JSON có một trường sai kiểu (dòng {line}, cột {column}): gửi một đối tượng với text và, nếu cần, as_of, day, profile, name, tất cả đều là chuỗi."
        ),
        format!(
            "A field of the JSON is of the wrong type (line {line}, column {column}): send an object with text and, where wanted, as_of, day, profile, name, all of them strings."
        ),
    )
}

/// The JSON is broken off or not JSON. Lines and columns count from one; nothing of the draft is repeated.
pub(crate) fn broken_json(line: usize, column: usize) -> Message {
    Message::new(
        format!("JSON không đọc được ở dòng {line}, cột {column}; gửi ví dụ {{\"text\": \"Căn cứ …\"}}."),
        format!(
            "The JSON cannot be read at line {line}, column {column}; send for example {{\"text\": \"Căn cứ …\"}}."
        ),
    )
}

pub(crate) fn broken_form() -> Message {
    Message::new(
        "Biểu mẫu gửi lên bị hỏng hoặc bị ngắt giữa chừng; hãy gửi lại.",
        "The form arrived damaged or was cut off; send it again.",
    )
}

pub(crate) fn unknown_day(word: &str) -> Message {
    Message::new(
        format!("Không có cách chọn ngày “{word}”; chọn today, document, date hoặc signing."),
        format!("There is no day “{word}”; choose today, document, date or signing."),
    )
}

pub(crate) fn missing_date() -> Message {
    Message::new(
        "Chưa ghi ngày: chọn một ngày, hoặc chọn “hôm nay”.",
        "No date was given: choose a date, or choose “today”.",
    )
}

pub(crate) fn unknown_profile(name: &str) -> Message {
    Message::new(
        format!("Không có loại thể thức “{name}”; chọn admin, normative hoặc party."),
        format!("There is no profile “{name}”; choose admin, normative or party."),
    )
}

// Copies of drafts.

pub(crate) fn encoding_without_copy() -> Message {
    Message::new(
        "Bảng mã của tệp không ghi lại được nguyên vẹn; hãy lưu tệp với bảng mã UTF-8 rồi kiểm tra lại.",
        "The encoding of the file cannot be written back exactly; save it as UTF-8 and check it again.",
    )
}

/// `format` is the name of the file format.
pub(crate) fn format_without_copy(format: &str) -> Message {
    Message::new(
        format!("Tệp {format} không ghi lại được; hãy tải phiếu rà soát và sửa trên tệp gốc."),
        format!("A {format} file cannot be written back; take the review sheet and correct the original."),
    )
}

// Access.

pub(crate) fn foreign_host() -> Message {
    Message::new(
        "Máy chủ này chỉ trả lời địa chỉ của chính máy: mở http://127.0.0.1 hoặc http://localhost cùng số cổng.",
        "This server answers only to names of its own machine: open http://127.0.0.1 or http://localhost with the port.",
    )
}

pub(crate) fn sent_by_another_site() -> Message {
    Message::new(
        "Yêu cầu này do một trang web khác gửi nên không được nhận. Hãy mở trang của chính máy chủ này rồi gửi lại.",
        "Another web site sent this request, so it is not taken. Open a page of this server and send it from there.",
    )
}

pub(crate) fn token_needed() -> Message {
    Message::new(
        "Cần mã truy cập. Mở địa chỉ có ?token=… mà người chạy máy chủ đã gửi, hoặc gửi tiêu đề Authorization: Bearer ….",
        "A token is needed. Open the address with ?token=… from whoever runs the server, or send Authorization: Bearer ….",
    )
}

// What is to be known before the findings of a draft are believed.

/// Accepted findings, which the page does not list.
pub(crate) fn accepted_findings(accepted: usize) -> Message {
    Message::new(
        format!("{accepted} phát hiện đã được cơ quan chấp nhận (danchieu.toml) nên không liệt kê"),
        format!("{} accepted by the office (danchieu.toml) and not listed", counted(accepted, "finding")),
    )
}

/// Where the check page recognises characters on pictures of pages, to be added to a notice about such pages.
pub(crate) fn recognise_here() -> Message {
    Message::new(" (trên trang này: đánh dấu ô “Nhận dạng chữ”)", " (on this page: tick “Recognise characters”)")
}
