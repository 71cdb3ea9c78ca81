//! The help in the user's language. The English text is that of the doc comments; the Vietnamese is here.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use super::Cli;
use crate::text::Lang;

/// Command, argument (empty: the command itself), text. An argument of every command is listed under no command.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "",
        "",
        "Tìm dẫn chiếu trong văn bản hành chính, kiểm tra còn hiệu lực hay không, và cho biết văn bản nào viện dẫn văn bản nào.",
    ),
    ("", "library", "Thư mục chứa chỉ mục"),
    (
        "",
        "register",
        "Thư mục chứa các bảng của sổ đăng ký văn bản; nếu không ghi: bảng đã dùng để lập chỉ mục, hoặc ./corpus/register, hoặc bảng có sẵn trong chương trình",
    ),
    ("", "lang", "Ngôn ngữ của thông báo: vi hoặc en"),
    ("", "ocr", "Nhận dạng chữ ở trang không có lớp chữ và trong tệp ảnh, bằng Tesseract nếu đã cài"),
    ("", "help", "In trợ giúp (-h: ngắn gọn; --help: đầy đủ)"),
    ("", "version", "In phiên bản"),
    ("", "format", "Dạng kết quả"),
    ("", "number", "Số, ký hiệu viết thế nào cũng được; tên gọi; mã định danh; hoặc tệp trong thư viện"),
    ("", "limit", "Hiện tối đa bao nhiêu kết quả"),
    ("", "offset", "Bỏ qua bao nhiêu kết quả đầu"),
    (
        "index",
        "",
        "Lập chỉ mục tài liệu và sổ đăng ký văn bản, hoặc cập nhật chỉ mục\n\nTệp không đổi thì bỏ qua, tệp đã xóa thì bỏ khỏi chỉ mục. Nếu bị ngắt giữa chừng, chỉ mục cũ vẫn nguyên vẹn. Tệp không đọc được sẽ được nêu tên, các tệp khác vẫn tiếp tục.\n\nMã thoát: 0 đọc được tất cả, 2 có tệp hoặc dòng của sổ đăng ký không đọc được (phần còn lại vẫn được lập chỉ mục) hoặc không chạy được.",
    ),
    (
        "index",
        "paths",
        "Thư mục và tệp cần lập chỉ mục, thay cho danh sách lần trước; nếu không ghi: danh sách lần trước, hoặc ./corpus",
    ),
    ("index", "rebuild", "Đọc lại mọi tệp, kể cả tệp không đổi"),
    ("search", "", "Tìm văn bản và tài liệu, gõ có dấu hay không dấu đều được"),
    (
        "search",
        "query",
        "Số, ký hiệu, tên gọi hoặc vài từ trong trích yếu; \"cụm từ\", -loại trừ, từ này OR từ kia, và các trường\n\nCác trường: so:33/2021 loai:\"thông tư\" coquan:\"Bộ Tài chính\" nam:2020..2024 hieuluc:con dan:33/2021/TT-BGDĐT diaphuong:\"Quảng Ninh\" la:tailieu",
    ),
    ("search", "sort", "Xếp theo: relevance (sát câu hỏi), date (mới nhất), cited (được dẫn chiếu nhiều nhất)"),
    ("search", "facets", "Đếm mọi kết quả theo loại, cơ quan, địa phương, năm và hiệu lực"),
    (
        "check",
        "",
        "Kiểm tra dẫn chiếu trong tệp: hết hiệu lực, đã bị thay thế, chưa có hiệu lực, không rõ hoặc viết sai\n\nĐiều cơ quan chấp nhận và mức của từng quy tắc ghi trong tệp danchieu.toml đặt cạnh dự thảo hoặc ở thư mục bên trên.\n\nMã thoát: 0 không thấy gì sai (không kể lưu ý), 1 có lỗi hoặc cảnh báo (không kể điều đã chấp nhận và đã có trong --baseline), 2 có tệp không đọc được, không ghi được bản sửa, hoặc tệp được nêu tên thuộc định dạng không ghi được bản sửa (các tệp khác vẫn được kiểm tra), hoặc không chạy được.",
    ),
    (
        "check",
        "paths",
        "Tệp và thư mục cần kiểm tra; - để đọc từ đầu vào chuẩn: văn bản, hoặc tệp được nhận ra qua những byte đầu",
    ),
    (
        "check",
        "format",
        "Dạng kết quả: text; json; sarif (2.1.0); github (lệnh workflow); html (phiếu rà soát để in và ký)",
    ),
    ("check", "output", "Tệp để ghi kết quả; nếu không ghi: đầu ra chuẩn"),
    (
        "check",
        "as_of",
        "Tính đến ngày nào: today (hôm nay), document (ngày của từng tài liệu), YYYY-MM-DD hoặc DD/MM/YYYY; nếu không ghi: ngày ký, hoặc hôm nay",
    ),
    (
        "check",
        "signing_date",
        "Ngày dự thảo sẽ được ký: kiểm tra tính đến ngày đó, và là ngày của dự thảo nào chưa ghi ngày",
    ),
    (
        "check",
        "profile",
        "Quy tắc thể thức áp dụng: admin (hành chính), normative (quy phạm), party (Đảng); nếu không ghi: theo từng tài liệu",
    ),
    ("check", "fix", "Ghi bản đã sửa của tệp chữ, chỉ sửa những chỗ chắc chắn; không bao giờ sửa bản gốc"),
    ("check", "out", "Thư mục để ghi bản sửa; nếu không ghi: cạnh bản gốc, tên là TÊN.da-sua.ĐUÔI"),
    (
        "check",
        "annotate",
        "Thư mục để ghi bản sao của tệp Word có nhận xét tại từng phát hiện; kèm --fix thì ghi cả chỗ sửa chắc chắn dưới dạng vết sửa (tracked changes)",
    ),
    ("check", "baseline", "Chỉ nêu những điều chưa có trong kết quả (JSON) của lần trước này"),
    ("check", "write_baseline", "Ghi các phát hiện vào tệp này, để lần sau so sánh"),
    ("check", "show_accepted", "Liệt kê cả những điều đã chấp nhận, kèm lý do"),
    ("check", "quiet", "Chỉ in số liệu: không in từng phát hiện (dạng text), lưu ý và thanh tiến độ"),
    ("show", "", "Xem một văn bản: thông tin, hiệu lực, viện dẫn văn bản nào, được viện dẫn ở đâu"),
    ("show", "as_of", "Hiệu lực tính đến ngày nào: YYYY-MM-DD hoặc DD/MM/YYYY; nếu không ghi: hôm nay"),
    ("cites", "", "Liệt kê các văn bản mà một tài liệu viện dẫn, kèm câu viện dẫn"),
    ("cited-by", "", "Liệt kê các tài liệu viện dẫn một văn bản, kèm câu viện dẫn"),
    (
        "impact",
        "",
        "Liệt kê các tài liệu dựa vào một văn bản: văn bản đó hết hiệu lực thì phải xem lại kế hoạch nào\n\nTìm trong thư viện, hoặc trong các tệp và thư mục được ghi, đọc ngay lúc đó. Dạng csv dùng cho bảng tính: UTF-8 có dấu BOM.\n\nMã thoát: 0 đã trả lời, dù có tài liệu viện dẫn hay không, 1 SỐ không chỉ văn bản nào hoặc chỉ nhiều văn bản, 2 có tệp không đọc được (các tệp khác vẫn được tính) hoặc không chạy được.",
    ),
    ("impact", "number", "Số, ký hiệu viết thế nào cũng được; tên gọi; hoặc mã định danh"),
    ("impact", "paths", "Tệp và thư mục để đọc ngay; nếu không ghi: tìm trong thư viện"),
    ("impact", "as_of", "Hiệu lực tính đến ngày nào: YYYY-MM-DD hoặc DD/MM/YYYY; nếu không ghi: hôm nay"),
    ("graph", "", "Vẽ sơ đồ: văn bản căn cứ vào đâu và được viện dẫn ở đâu"),
    ("graph", "format", "Dạng sơ đồ"),
    ("graph", "output", "Tệp để ghi; nếu không ghi: đầu ra chuẩn"),
    ("graph", "limit", "Vẽ tối đa bao nhiêu nút"),
    ("graph", "depth", "Vẽ mấy bước: 1 hoặc 2"),
    (
        "trace",
        "",
        "Lần theo dẫn chiếu xa hơn một bước: đường từ văn bản này đến văn bản kia, tất cả những gì dựa vào một văn bản, văn bản nào được viện dẫn nhiều nhất",
    ),
    (
        "chain",
        "",
        "Tìm đường dẫn chiếu ngắn nhất từ một văn bản hay tài liệu đến một văn bản khác\n\nMã thoát: 0 có đường, 1 không có hoặc không biết văn bản, 2 không chạy được.",
    ),
    (
        "chain",
        "from",
        "Nơi bắt đầu: số, ký hiệu viết thế nào cũng được; tên gọi; mã định danh; hoặc tệp trong thư viện",
    ),
    ("chain", "to", "Nơi cần đến"),
    ("chain", "steps", "Tối đa bao nhiêu bước"),
    ("resting", "", "Liệt kê tất cả những gì dựa vào một văn bản, trực tiếp hoặc qua văn bản khác"),
    ("resting", "steps", "Cách tối đa bao nhiêu bước"),
    ("together", "", "Liệt kê những văn bản được viện dẫn cùng một văn bản"),
    (
        "most",
        "",
        "Liệt kê văn bản được viện dẫn nhiều nhất: trong một số năm, theo loại, theo cơ quan ban hành, hoặc chỉ những văn bản đã hết hiệu lực",
    ),
    ("most", "years", "Năm của tài liệu viện dẫn: 2024 hoặc 2020..2024"),
    ("most", "kind", "Loại văn bản: \"Thông tư\""),
    ("most", "issuer", "Cơ quan ban hành, ghi tên hoặc chữ viết tắt: BGDĐT"),
    ("most", "ended", "Chỉ văn bản nay không còn hiệu lực"),
    ("matrix", "", "Lập bảng tài liệu nào của một thư mục viện dẫn văn bản nào, xuất ra CSV hoặc JSON"),
    ("matrix", "folder", "Thư mục, hoặc phần đầu của đường dẫn tệp; nếu không ghi: cả thư viện"),
    ("matrix", "columns", "Bao nhiêu cột: những văn bản được nhiều tài liệu viện dẫn nhất"),
    ("matrix", "format", "Dạng kết quả"),
    ("extract", "", "Tìm và chuẩn hóa dẫn chiếu trong tệp, thư mục hoặc đầu vào chuẩn"),
    ("extract", "paths", "Tệp và thư mục cần đọc; - là đầu vào chuẩn"),
    ("extract", "format", "Dạng kết quả: mỗi dòng một đối tượng JSON, hoặc chữ cho người đọc"),
    ("extract", "input", "Đầu vào chuẩn chứa gì: một văn bản, hoặc các dòng {\"id\", \"text\"}"),
    (
        "register",
        "",
        "Thống kê sổ đăng ký văn bản; rà soát, nhập dữ liệu từ các cơ sở dữ liệu pháp luật, xuất ra tệp\n\nMã thoát: 0 đọc được mọi dòng, 1 có dòng bị bỏ qua, 2 có bảng không đọc được.",
    ),
    (
        "stats",
        "",
        "Thống kê sổ đăng ký văn bản và nêu các dòng không đọc được\n\nTheo loại, hiệu lực, độ tin cậy, thập niên ban hành và tháng xác nhận gần nhất.\n\nMã thoát: 0 đọc được mọi dòng, 1 có dòng bị bỏ qua, 2 có bảng không đọc được.",
    ),
    (
        "lint",
        "",
        "Rà soát các bảng của sổ đăng ký: ngày tháng, năm trong số, loại, cơ quan, dòng trùng, quan hệ trái với dòng của văn bản, thay thế thành vòng\n\nMã thoát: 0 không có gì sai, 1 có lỗi, 2 có bảng không đọc được.",
    ),
    ("lint", "notes", "Hiện cả lưu ý: chỗ trống có thể không phải lỗi"),
    (
        "import",
        "",
        "Nhập dữ liệu từ các cơ sở dữ liệu pháp luật (CSV, hoặc mỗi dòng một đối tượng JSON) vào sổ đăng ký của thư viện\n\nTên cột tiếng Việt hay tiếng Anh đều được nhận ra, hoặc chỉ rõ bằng --map. Chỗ còn thiếu được bổ sung, chỗ đã biết được xác nhận; chỗ mâu thuẫn được liệt kê và giữ nguyên, trừ khi dùng --prefer imported. Nhập lại cùng một tệp không làm thay đổi gì. Dòng không đọc được sẽ được nêu, các dòng khác vẫn tiếp tục. Dữ liệu được ghi vào thư mục register/ trong thư viện, bên cạnh các bảng của bạn, và chỉ mục được cập nhật.\n\nMã thoát: 0 nhập được tất cả, 1 có dòng bị bỏ qua hoặc có mâu thuẫn, 2 có tệp không đọc được.",
    ),
    ("import", "files", "Tệp cần nhập"),
    ("import", "map", "Cột nào trong tệp là gì: number=so_ky_hieu,title=trich_yeu"),
    ("import", "dry_run", "Chỉ cho xem sẽ thay đổi gì, không ghi"),
    ("import", "prefer", "Khi mâu thuẫn, lấy theo sổ đăng ký (existing) hay theo tệp (imported)"),
    ("import", "source", "Tên nguồn; nếu không ghi: cột nguồn trong tệp, hoặc tên tệp"),
    ("import", "confirmed", "Ngày dữ liệu được xác nhận: YYYY-MM-DD hoặc DD/MM/YYYY"),
    ("import", "no_index", "Chưa cập nhật chỉ mục: lần lập chỉ mục sau sẽ lấy"),
    ("import", "limit", "Hiện tối đa bao nhiêu mục của mỗi danh sách"),
    (
        "export",
        "",
        "Xuất sổ đăng ký, kể cả dữ liệu đã nhập, thành thư mục bảng CSV hoặc mỗi dòng một đối tượng JSON\n\nThư mục bảng dùng lại được ngay: --register THƯ_MỤC.",
    ),
    ("export", "format", "Dạng xuất"),
    ("export", "output", "Thư mục (csv; mới hoặc rỗng) hoặc tệp (jsonl) để ghi; nếu không ghi: jsonl ra đầu ra chuẩn"),
    ("explain", "", "Giải thích một quy tắc kiểm tra; không ghi tên thì liệt kê các quy tắc"),
    ("explain", "rule", "Tên quy tắc, như trong kết quả kiểm tra: replaced"),
    ("serve", "", "Mở các trang web và giao diện JSON; lập chỉ mục trước nếu cần"),
    ("serve", "listen", "Địa chỉ để lắng nghe; địa chỉ mà máy khác vào được thì cần --token hoặc --allow-anyone"),
    ("serve", "token", "Chỉ nhận yêu cầu có mã này"),
    ("serve", "allow_anyone", "Nhận mọi yêu cầu đến được địa chỉ này"),
    (
        "mcp",
        "",
        "Cho mô hình ngôn ngữ trên máy này dùng thư viện, qua đầu vào và đầu ra chuẩn (Model Context Protocol); lệnh serve cũng cung cấp tại /mcp",
    ),
    ("completions", "", "In tập lệnh gợi ý cho trình lệnh (shell)"),
    ("completions", "shell", "Tên trình lệnh"),
    ("help", "", "In trợ giúp của chương trình hoặc của một lệnh"),
];

const TEMPLATE: &str = "{before-help}{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The command tree with its help in the language that `--lang` or `DANCHIEU_LANG` asks for.
pub(super) fn localised(args: &[OsString]) -> Command {
    let command = Cli::command();
    match lang_of(args) {
        Lang::En => command,
        Lang::Vi => {
            let mut command = command;
            command.build();
            vietnamese(command, "")
        }
    }
}

/// The language asked for, before anything else is read.
pub(super) fn lang_of(args: &[OsString]) -> Lang {
    let mut asked = std::env::var("DANCHIEU_LANG").ok();
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--lang") {
            Some("") => asked = args.next().map(str::to_owned),
            Some(value) => asked = value.strip_prefix('=').map(str::to_owned).or(asked),
            None => {}
        }
    }
    if asked.as_deref() == Some("en") { Lang::En } else { Lang::Vi }
}

fn text(command: &str, arg: &str) -> Option<&'static str> {
    let find =
        |command: &str| TEXTS.iter().find(|(of, name, _)| *of == command && *name == arg).map(|(_, _, text)| *text);
    // What a command is for is written only under its own name.
    find(command).or_else(|| if arg.is_empty() { None } else { find("") })
}

fn vietnamese(mut command: Command, name: &str) -> Command {
    if let Some(text) = text(name, "") {
        let short = text.split("\n\n").next().unwrap_or(text);
        command = command.about(short);
        if short != text {
            command = command.long_about(text);
        }
    }
    let usage = command.render_usage().to_string();
    let usage =
        usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[TÙY CHỌN]").replace("[COMMAND]", "[LỆNH]");
    command = command
        .override_usage(usage.replace("<COMMAND>", "<LỆNH>"))
        .help_template(TEMPLATE)
        .subcommand_help_heading("Các lệnh")
        .mut_args(|arg| argument(arg, name));
    let names: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(&sub, |one| match name {
            // The copies of all commands below `help`, of which only name and purpose are ever shown.
            "help" => one.about(text(&sub, "").unwrap_or_default()),
            _ => vietnamese(one, &sub),
        });
    }
    command
}

fn argument(arg: Arg, command: &str) -> Arg {
    let mut help = text(command, arg.get_id().as_str()).unwrap_or_default().to_owned();
    if arg.get_action().takes_values() {
        let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !values.is_empty() {
            help.push_str(&format!(" [các giá trị: {}]", values.join(", ")));
        }
        if let Some(value) = arg.get_default_values().first().filter(|_| !arg.is_hide_default_value_set()) {
            help.push_str(&format!(" [mặc định: {}]", value.to_string_lossy()));
        }
        if let Some(variable) = arg.get_env() {
            help.push_str(&format!(" [biến môi trường: {}]", variable.to_string_lossy()));
        }
    }
    let heading = if arg.is_positional() { "Đối số" } else { "Tùy chọn" };
    arg.help(help)
        .long_help(None::<&str>)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
        .hide_env(true)
}

/// What is wrong with the command line, in Vietnamese; `None` where the parser's own words have to do.
pub(super) fn complaint(error: &clap::Error) -> Option<String> {
    let get = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(list) => Some(list.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(list) => Some(list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        _ => None,
    };
    let arg = get(ContextKind::InvalidArg);
    let mut said = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn hay đối số “{}”", arg?),
        ErrorKind::InvalidSubcommand => format!("không có lệnh “{}”", get(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("thiếu {}", arg?),
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            Some(prior) => format!("không dùng {} cùng với {prior}", arg?),
            None => format!("{} chỉ được ghi một lần", arg?),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match get(ContextKind::InvalidValue) {
            Some(value) if !value.is_empty() => format!("giá trị “{value}” của {} không hợp lệ", arg?),
            _ => format!("{} cần có giá trị", arg?),
        },
        _ => return None,
    };
    if let Some(valid) = get(ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        said.push_str(&format!("; các giá trị dùng được: {valid}"));
    } else if let (ErrorKind::ValueValidation, Some(source)) = (error.kind(), std::error::Error::source(error)) {
        if source.is::<std::num::ParseIntError>() {
            said.push_str("; cần một số nguyên không âm");
        } else {
            said.push_str(&format!(" ({source})"));
        }
    }
    let near = get(ContextKind::SuggestedArg)
        .or_else(|| get(ContextKind::SuggestedSubcommand))
        .or_else(|| get(ContextKind::SuggestedValue));
    match near {
        Some(near) => said.push_str(&format!("; có phải “{near}”?")),
        None => said.push('.'),
    }
    Some(format!("{said} Xem “danchieu --help” hoặc “danchieu LỆNH --help”."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `with` for every command, with its name (empty for the program).
    fn every_command(with: &mut impl FnMut(&str, &Command)) {
        fn visit(command: &Command, with: &mut impl FnMut(&str, &Command)) {
            for sub in command.get_subcommands() {
                with(sub.get_name(), sub);
                if sub.get_name() != "help" {
                    visit(sub, with);
                }
            }
        }
        let mut command = Cli::command();
        command.build();
        with("", &command);
        visit(&command, with);
    }

    #[test]
    fn every_command_and_argument_has_a_vietnamese_text() {
        let mut missing = Vec::new();
        every_command(&mut |name, command| {
            if text(name, "").is_none() {
                missing.push(name.to_owned());
            }
            for arg in command.get_arguments().filter(|_| name != "help") {
                if text(name, arg.get_id().as_str()).is_none() {
                    missing.push(format!("{name} {}", arg.get_id()));
                }
            }
        });
        assert!(missing.is_empty(), "no Vietnamese text in TEXTS for: {missing:?}");
    }

    #[test]
    fn every_text_belongs_to_something() {
        let mut known = Vec::new();
        every_command(&mut |name, command| {
            known.push((name.to_owned(), String::new()));
            for arg in command.get_arguments() {
                known.push((name.to_owned(), arg.get_id().to_string()));
                known.push((String::new(), arg.get_id().to_string()));
            }
        });
        for (command, arg, _) in TEXTS {
            assert!(known.contains(&((*command).to_owned(), (*arg).to_owned())), "{command} {arg}");
        }
    }

    #[test]
    fn the_help_is_vietnamese_throughout() {
        let mut command = localised(&["danchieu".into(), "--lang=vi".into()]);
        let mut pages = vec![command.render_long_help().to_string()];
        for sub in command.get_subcommands_mut() {
            pages.push(sub.render_long_help().to_string());
            if sub.get_name() != "help" {
                pages.extend(sub.get_subcommands_mut().map(|one| one.render_long_help().to_string()));
            }
        }
        for page in pages {
            for english in
                ["Usage", "Options", "Commands", "Arguments", "default", "Print", "possible values", "OPTIONS"]
            {
                assert!(!page.contains(english), "{english} in\n{page}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let lang = |args: &[&str]| lang_of(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(lang(&["danchieu", "search", "--lang", "en", "x"]), Lang::En);
        assert_eq!(lang(&["danchieu", "--lang=en", "--help"]), Lang::En);
        assert_eq!(lang(&["danchieu", "search", "--", "--lang=en"]), Lang::Vi);
    }
}
