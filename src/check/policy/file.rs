//! The policy file as people write it: `danchieu.toml`. A mistake in it is reported with its line, since a policy that is
//! half read would accept what nobody accepted.

use std::collections::BTreeMap;
use std::path::Path;

use globset::GlobBuilder;
use serde::Deserialize;
use toml::Spanned;

use super::{Acceptance, Policy, PolicyError, folded_line};
use crate::check::Profile;
use crate::check::finding::Severity;
use crate::check::{RULES, rule};
use crate::law::{Number, parse_date};
use crate::text::{Lines, Message};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    profile: Option<Spanned<String>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    accept: Vec<Spanned<WrittenAcceptance>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAcceptance {
    rule: Spanned<String>,
    number: Option<Spanned<String>>,
    words: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    reason: Spanned<String>,
    until: Option<Spanned<toml::Value>>,
}

/// Byte offset and what is wrong there.
type ConfigError = (usize, String, String);

impl Policy {
    /// Reads a policy file. `path` is its file; patterns are relative to its folder.
    ///
    /// # Errors
    /// It is not TOML, has unknown keys, names an unknown rule, or accepts without a reason.
    pub fn parse(text: &str, path: &Path) -> Result<Policy, PolicyError> {
        let told = |(at, vi, en): ConfigError| PolicyError::Invalid {
            file: path.to_owned(),
            line: Lines::new(text).place(at).0,
            reason: Message { vi, en },
        };
        let written: Written = toml::from_str(text).map_err(|error| {
            let said = error.message().trim().replace('\n', "; ");
            told((error.span().map_or(0, |span| span.start), in_vietnamese(&said), said))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        policy(written, folder).map_err(told)
    }
}

/// What the TOML reader says, in Vietnamese: the names in its words are those of the file.
fn in_vietnamese(said: &str) -> String {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    match (said, quoted.as_slice()) {
        (said, [key, known @ ..]) if said.starts_with("unknown field") => {
            format!("không có khóa “{key}”; các khóa dùng được: {}", known.join(", "))
        }
        (said, [key, ..]) if said.starts_with("missing field") => format!("thiếu khóa “{key}”"),
        (said, _) if said.starts_with("duplicate key") => "một khóa được ghi hai lần".to_owned(),
        (said, _) if said.starts_with("invalid type") => {
            "giá trị không đúng kiểu; chữ phải nằm trong dấu ngoặc kép, danh sách viết là [[accept]]".to_owned()
        }
        _ => "sai cú pháp TOML; kiểm tra dấu ngoặc vuông, dấu ngoặc kép và dấu = ở dòng này".to_owned(),
    }
}

fn policy(written: Written, folder: &Path) -> Result<Policy, ConfigError> {
    let profile = written.profile.map(|name| profile(&name)).transpose()?;
    let severity = written.severity.iter().map(|(name, level)| Ok((known(name)?, weight(level)?)));
    let severity = severity.collect::<Result<_, ConfigError>>()?;
    let accept = written.accept.into_iter().map(|one| acceptance(one, folder)).collect::<Result<_, ConfigError>>()?;
    Ok(Policy { severity, profile, accept })
}

fn profile(name: &Spanned<String>) -> Result<Profile, ConfigError> {
    let written = name.get_ref();
    Profile::parse(written).ok_or_else(|| one_of(name, "profile", written, "admin, normative, party"))
}

fn weight(level: &Spanned<String>) -> Result<Option<Severity>, ConfigError> {
    match level.get_ref().as_str() {
        "error" => Ok(Some(Severity::Error)),
        "warning" => Ok(Some(Severity::Warning)),
        "info" => Ok(Some(Severity::Info)),
        "off" => Ok(None),
        other => Err(one_of(level, "severity", other, "error, warning, info, off")),
    }
}

fn one_of<T>(at: &Spanned<T>, what: &str, written: &str, valid: &str) -> ConfigError {
    (
        at.span().start,
        format!("{what} “{written}” không dùng được; các giá trị dùng được: {valid}"),
        format!("{what} “{written}” is none of: {valid}"),
    )
}

/// The rule's own name, for the name written.
fn known(name: &Spanned<String>) -> Result<&'static str, ConfigError> {
    let written = name.get_ref().as_str();
    rule(written).map(|rule| rule.name).ok_or_else(|| {
        let names = RULES.iter().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
        (
            name.span().start,
            format!("không có quy tắc “{written}”; các quy tắc là: {names}"),
            format!("there is no rule “{written}”; the rules are: {names}"),
        )
    })
}

fn acceptance(written: Spanned<WrittenAcceptance>, folder: &Path) -> Result<Acceptance, ConfigError> {
    let start = written.span().start;
    let written = written.into_inner();
    let rule = known(&written.rule)?;
    let number = written.number.as_ref().map(|number| {
        let parsed = Number::parse(number.get_ref()).map(|number| number.folded());
        let text = number.get_ref();
        parsed.ok_or_else(|| {
            (
                number.span().start,
                format!("number “{text}” không phải số, ký hiệu văn bản; viết như 33/2021/TT-BGDĐT"),
                format!("number “{text}” is no number of an instrument; write 33/2021/TT-BGDĐT"),
            )
        })
    });
    let number = number.transpose()?;
    let words = written.words.as_ref().map(|words| folded_line(words.get_ref())).filter(|words| !words.is_empty());
    if number.is_none() && words.is_none() {
        return Err((
            start,
            "[[accept]] cần number hoặc words; để tắt hẳn một quy tắc, ghi \"off\" ở [severity]".to_owned(),
            "[[accept]] needs number or words; to switch a rule off, write \"off\" under [severity]".to_owned(),
        ));
    }
    let reason = written.reason.get_ref().trim();
    if reason.is_empty() {
        let (vi, en) = ("reason phải nêu lý do chấp nhận", "reason must say why this is accepted");
        return Err((written.reason.span().start, vi.to_owned(), en.to_owned()));
    }
    let path = written.path.as_ref().map(glob).transpose()?;
    let until = written.until.as_ref().map(day).transpose()?;
    Ok(Acceptance { rule, number, words, path, folder: folder.to_owned(), reason: reason.to_owned(), until })
}

/// A pattern without a slash is one of file names, at any depth.
fn glob(written: &Spanned<String>) -> Result<globset::GlobMatcher, ConfigError> {
    let text = written.get_ref().trim_start_matches("./");
    let pattern = if text.contains('/') { text.to_owned() } else { format!("**/{text}") };
    let glob = GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|error| {
        (
            written.span().start,
            format!("path “{text}” không phải mẫu đường dẫn hợp lệ: {}", error.kind()),
            format!("path “{text}” is no valid pattern: {}", error.kind()),
        )
    })?;
    Ok(glob.compile_matcher())
}

fn day(written: &Spanned<toml::Value>) -> Result<crate::law::Date, ConfigError> {
    let text = match written.get_ref() {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    parse_date(&text).ok_or_else(|| {
        (
            written.span().start,
            format!("until {text} không phải một ngày; viết 2026-12-31 hoặc \"31/12/2026\""),
            format!("until {text} is no day; write 2026-12-31 or \"31/12/2026\""),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn mistakes_are_told_with_their_line() {
        let cases = [
            ("profile = \"x\"\n", 1, "admin, normative, party"),
            ("\n[severity]\nreplaced = \"fatal\"\n", 3, "error, warning, info, off"),
            ("[severity]\nreplaced = \"info\"\nkhong-co = \"info\"\n", 3, "khong-co"),
            ("[severity\n", 1, ""),
            ("mau = \"đỏ\"\n", 1, "unknown"),
            ("\n[[accept]]\nrule = \"ended\"\nnumber = \"1/TT-BYT\"\n", 2, "reason"),
            ("[[accept]]\nrule = \"ended\"\nreason = \"vì\"\n", 1, "number"),
            ("[[accept]]\nrule = \"ended\"\nnumber = \"abc\"\nreason = \"vì\"\n", 3, "abc"),
            ("[[accept]]\nrule = \"ended\"\nwords = \"x\"\nreason = \" \"\n", 4, "reason"),
            ("[[accept]]\nrule = \"ended\"\nwords = \"x\"\nreason = \"y\"\nuntil = \"mai\"\n", 5, "mai"),
            ("[[accept]]\nrule = \"ended\"\nwords = \"x\"\nreason = \"y\"\npath = \"a[\"\n", 5, "a["),
        ];
        for (text, line, said) in cases {
            let error = Policy::parse(text, Path::new("x/danchieu.toml")).unwrap_err();
            assert!(matches!(error, PolicyError::Invalid { line: at, .. } if at == line), "{text}: {error}");
            assert!(error.to_string().contains(said), "{text}: {error}");
            assert!(error.message(Lang::Vi).starts_with(&format!("x/danchieu.toml, dòng {line}: ")), "{error}");
        }
    }

    #[test]
    fn the_reader_s_words_are_told_in_vietnamese() {
        for (text, said) in [
            ("mau = \"đỏ\"\n", "không có khóa “mau”; các khóa dùng được: profile, severity, accept"),
            ("[[accept]]\nrule = \"ended\"\nnumber = \"1/TT-BYT\"\n", "thiếu khóa “reason”"),
            ("profile = 3\n", "giá trị không đúng kiểu"),
            ("profile = \"admin\"\nprofile = \"party\"\n", "một khóa được ghi hai lần"),
            ("[severity\n", "sai cú pháp TOML"),
        ] {
            let error = Policy::parse(text, Path::new("danchieu.toml")).unwrap_err().message(Lang::Vi);
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    #[test]
    fn days_are_written_either_way() {
        for until in ["2026-12-31", "\"31/12/2026\"", "\"2026-12-31\""] {
            let text = format!("[[accept]]\nrule = \"ended\"\nwords = \"x\"\nreason = \"y\"\nuntil = {until}\n");
            let policy = Policy::parse(&text, Path::new("danchieu.toml")).unwrap();
            assert_eq!(policy.accept[0].until, Some("2026-12-31".parse().unwrap()), "{until}");
        }
    }
}
