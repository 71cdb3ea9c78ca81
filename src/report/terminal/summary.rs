//! What the register holds, counted: as terminal text and as a value for JSON.

use std::collections::BTreeMap;
use std::io;

use anstyle::Style;
use serde::Serialize;

use super::{BOLD, TerminalPage, force_style};
use crate::law::{Confidence, Date, Force, Number, Treatment};
use crate::register::{Register, RowProblem};
use crate::report::glossary;
use crate::text::Lang;

/// The register in figures.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    pub instruments: usize,
    pub relations: usize,
    pub aliases: usize,
    pub agencies: usize,
    pub kinds: usize,
    /// Instruments by type word.
    pub by_kind: BTreeMap<String, usize>,
    /// Instruments by force as of `as_of`.
    pub by_force: BTreeMap<&'static str, usize>,
    pub as_of: Date,
    /// Instruments by how well their facts are supported.
    pub by_confidence: BTreeMap<&'static str, usize>,
    /// Instruments by decade of issue: `2010`; those whose year is not known under `unknown`.
    pub by_decade: BTreeMap<String, usize>,
    /// Instruments by the month in which their facts were last confirmed: `2026-01`; never under `unknown`.
    pub by_confirmation: BTreeMap<String, usize>,
    /// Relations by what they do.
    pub by_treatment: BTreeMap<&'static str, usize>,
    /// Rows that were left out.
    pub problems: Vec<LeftOutRow>,
}

/// The year or month of what has none.
const UNKNOWN: &str = "unknown";

fn unknown() -> String {
    UNKNOWN.to_owned()
}

/// A row of the register that was left out.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOutRow {
    pub file: String,
    pub line: u64,
    pub reason: String,
}

impl Summary {
    pub fn new(register: &Register, problems: &[RowProblem], as_of: Date, lang: Lang) -> Summary {
        let mut summary = Summary {
            instruments: register.instruments().len(),
            relations: register.relations().len(),
            aliases: register.aliases().len(),
            agencies: register.symbols().agencies().len(),
            kinds: register.symbols().kinds().len(),
            by_kind: BTreeMap::new(),
            by_force: BTreeMap::new(),
            as_of,
            by_confidence: BTreeMap::new(),
            by_decade: BTreeMap::new(),
            by_confirmation: BTreeMap::new(),
            by_treatment: BTreeMap::new(),
            problems: problems
                .iter()
                .map(|problem| LeftOutRow {
                    file: problem.file.display().to_string(),
                    line: problem.line,
                    reason: problem.reason.in_lang(lang).to_owned(),
                })
                .collect(),
        };
        for instrument in register.instruments() {
            *summary.by_kind.entry(instrument.kind.clone()).or_default() += 1;
            *summary.by_force.entry(instrument.force_on(as_of).as_str()).or_default() += 1;
            *summary.by_confidence.entry(instrument.confidence.as_str()).or_default() += 1;
            let year = instrument.issued.map(Date::year).or(instrument.number.as_ref().and_then(Number::year));
            let decade = year.map_or_else(unknown, |year| (year - year % 10).to_string());
            *summary.by_decade.entry(decade).or_default() += 1;
            let month = instrument.force_as_of.map_or_else(unknown, |day| day.strftime("%Y-%m").to_string());
            *summary.by_confirmation.entry(month).or_default() += 1;
        }
        for relation in register.relations() {
            *summary.by_treatment.entry(relation.treatment.as_str()).or_default() += 1;
        }
        summary
    }

    /// Writes the figures; the problems are reported elsewhere.
    ///
    /// # Errors
    /// Those of the stream written to.
    pub fn write(&self, out: &mut TerminalPage<'_>) -> io::Result<()> {
        let lang = out.lang;
        let plain = Style::new();
        out.styled(0, lang.pick("Sổ đăng ký văn bản", "The register"), BOLD)?;
        for (label, count) in [
            (lang.pick("Văn bản", "Instruments"), self.instruments),
            (lang.pick("Quan hệ", "Relations"), self.relations),
            (lang.pick("Tên gọi khác", "Aliases"), self.aliases),
            (lang.pick("Cơ quan", "Agencies"), self.agencies),
            (lang.pick("Loại văn bản", "Kinds"), self.kinds),
        ] {
            out.field(label, &count.to_string(), plain)?;
        }
        let day = glossary::date(self.as_of, lang);
        out.heading(&match lang {
            Lang::Vi => format!("Theo hiệu lực, tính đến ngày {day}"),
            Lang::En => format!("By force, as of {day}"),
        })?;
        for force in Force::ALL {
            if let Some(count) = self.by_force.get(force.as_str()) {
                out.field(glossary::force(force, lang), &count.to_string(), force_style(force))?;
            }
        }
        out.heading(lang.pick("Theo độ tin cậy", "By confidence"))?;
        for confidence in [Confidence::Verified, Confidence::Likely, Confidence::Unsure] {
            if let Some(count) = self.by_confidence.get(confidence.as_str()) {
                out.field(glossary::confidence(confidence, lang), &count.to_string(), plain)?;
            }
        }
        out.heading(lang.pick("Theo năm ban hành", "By decade of issue"))?;
        for (decade, count) in &self.by_decade {
            let label = match decade.as_str() {
                UNKNOWN => lang.pick("(chưa rõ)", "(not known)").to_owned(),
                decade => format!("{decade}–{}9", &decade[..decade.len() - 1]),
            };
            out.field(&label, &count.to_string(), plain)?;
        }
        out.heading(lang.pick("Theo tháng xác nhận gần nhất", "By month of last confirmation"))?;
        for (month, count) in self.by_confirmation.iter().rev() {
            let label = if month == UNKNOWN { lang.pick("(chưa ghi)", "(not stated)") } else { month };
            out.field(label, &count.to_string(), plain)?;
        }
        out.heading(lang.pick("Theo quan hệ", "By relation"))?;
        for treatment in Treatment::ALL {
            if let Some(count) = self.by_treatment.get(treatment.as_str()) {
                out.field(glossary::treatment(treatment, lang), &count.to_string(), plain)?;
            }
        }
        out.heading(lang.pick("Theo loại văn bản", "By kind"))?;
        let mut kinds: Vec<_> = self.by_kind.iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (kind, count) in kinds {
            let kind = if kind.is_empty() { lang.pick("(không ghi)", "(not stated)") } else { kind };
            out.field(kind, &count.to_string(), plain)?;
        }
        Ok(())
    }
}
