//! `danchieu explain`: the page of a rule, or the list of them.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::Style;

use super::Global;
use crate::check::{self, RULES, Rule};
use crate::report::glossary;
use crate::text::Lang;

/// Explain a rule of the check; without a name, list the rules
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Name of the rule, as findings show it: replaced
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub fn run(args: ExplainArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    match args.rule {
        None => list(&mut out, lang)?,
        Some(name) => match check::rule(name.trim()) {
            Some(rule) => page(&mut out, rule, lang)?,
            None => {
                let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
                let names = names.join(", ");
                match lang {
                    Lang::Vi => anyhow::bail!("không có quy tắc “{name}”; các quy tắc là: {names}"),
                    Lang::En => anyhow::bail!("there is no rule “{name}”; the rules are: {names}"),
                }
            }
        },
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn list(out: &mut impl Write, lang: Lang) -> io::Result<()> {
    let bold = Style::new().bold();
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in RULES {
        let gap = " ".repeat(widest - rule.name.len());
        let severity = glossary::severity(rule.severity, lang);
        writeln!(out, "{bold}{}{bold:#}{gap}  {severity:<8}  {}", rule.name, rule.summary(lang))?;
    }
    Ok(())
}

/// The page in Markdown, its marks turned into what a terminal can show.
fn page(out: &mut impl Write, rule: &Rule, lang: Lang) -> io::Result<()> {
    let bold = Style::new().bold();
    let faint = Style::new().dimmed();
    let mut quoted = false;
    for line in rule.page(lang).lines() {
        if line.starts_with("```") {
            quoted = !quoted;
        } else if quoted {
            writeln!(out, "    {line}")?;
        } else if let Some(title) = line.strip_prefix("# ") {
            let severity = glossary::severity(rule.severity, lang);
            writeln!(out, "{bold}{}{bold:#} {faint}({severity}){faint:#}: {title}", rule.name)?;
        } else if let Some(heading) = line.strip_prefix("## ") {
            writeln!(out, "{bold}{heading}{bold:#}")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_shown_without_its_marks() {
        let mut out = Vec::new();
        page(&mut out, check::rule("missing-year").unwrap(), Lang::Vi).unwrap();
        let shown = anstream::adapter::strip_bytes(&out).into_vec();
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.starts_with("missing-year (lỗi): Số, ký hiệu thiếu năm ban hành\n\nQuy tắc nói gì\n"), "{shown}");
        assert!(shown.contains("\n    Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020\n"), "{shown}");
        assert!(!shown.contains("```"), "{shown}");
    }
}
