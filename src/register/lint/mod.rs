//! Looking the register over: what in its tables cannot be right, or cannot all be right. Each finding names the file and
//! the line, so that it can be mended there.

mod instruments;
mod relations;

use std::collections::HashMap;
use std::path::PathBuf;

use serde::Serialize;

use super::in_memory::InMemoryRows;
use super::lookup::statement_key;
use super::table::{self, Tables};
use super::{Folders, RegisterError, row};
use crate::law::{Confidence, Date, Instrument, Relation, UNCHECKED};
use crate::text::Message;

pub(super) use instruments::dates;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A gap that may be no fault.
    Note,
    /// What is unusual and should be looked at.
    Warning,
    /// What cannot be right.
    Error,
}

/// One fault of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintIssue {
    /// The name of the check: `dates`.
    pub check: &'static str,
    pub level: Level,
    pub reason: Message,
}

impl LintIssue {
    fn new(check: &'static str, level: Level, vi: impl Into<String>, en: impl Into<String>) -> LintIssue {
        LintIssue { check, level, reason: Message::new(vi, en) }
    }
}

/// What nobody has compared with a source was confirmed on no day, and is not verified.
fn unchecked(source: &str, confirmed: Option<Date>, confidence: Confidence) -> Option<LintIssue> {
    let unchecked = source.split(';').any(|part| part.trim() == UNCHECKED);
    (unchecked && (confirmed.is_some() || confidence == Confidence::Verified)).then(|| {
        LintIssue::new(
            "source",
            Level::Warning,
            "nguồn ghi là chưa đối chiếu, nên không thể có ngày xác nhận hay mức tin cậy verified",
            "the source says that nobody checked it, so it has no day of confirmation and is not verified",
        )
    })
}

/// A fault and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintFinding {
    pub file: PathBuf,
    /// From one.
    pub line: u64,
    pub fault: LintIssue,
}

/// A row and the line it stands in.
struct Placed<T> {
    file: usize,
    line: u64,
    row: T,
}

/// The tables under the lens: the rows with their lines, and the same rows as they are looked up.
struct Lens {
    held: InMemoryRows,
    today: Date,
    instruments: Vec<Placed<Instrument>>,
    relations: Vec<Placed<Relation>>,
    /// Places of relations that may be the same.
    twins: HashMap<String, Vec<usize>>,
}

/// Everything that can be said against the tables, by file and line. `today` is the day after which no fact can be known.
///
/// # Errors
/// A table cannot be read at all.
pub fn lint(folders: &Folders, today: Date) -> Result<Vec<LintFinding>, RegisterError> {
    let layers = folders.read()?;
    let (held, problems) = InMemoryRows::of(&layers);
    let mut findings: Vec<LintFinding> = Vec::new();
    for problem in problems {
        let check = if problem.is_duplicate { "duplicate" } else { "row" };
        let fault = LintIssue { check, level: Level::Error, reason: problem.reason };
        findings.push(LintFinding { file: problem.file, line: problem.line, fault });
    }
    let mut lens = Lens { held, today, instruments: Vec::new(), relations: Vec::new(), twins: HashMap::new() };
    for (file, layer) in layers.iter().enumerate() {
        lens.read(file, layer);
    }
    let path = |table: fn(&Tables) -> &table::Table, file: usize| table(&layers[file]).path.clone();
    for placed in &lens.instruments {
        // A row that another one was put in place of says nothing any more.
        let counts = lens.held.place_of(&placed.row).is_some_and(|at| lens.held.instruments[at] == placed.row);
        for fault in if counts { lens.instrument(&placed.row) } else { Vec::new() } {
            findings.push(LintFinding {
                file: path(|layer| &layer.instruments, placed.file),
                line: placed.line,
                fault,
            });
        }
    }
    for placed in &lens.relations {
        for fault in lens.relation(placed) {
            findings.push(LintFinding { file: path(|layer| &layer.relations, placed.file), line: placed.line, fault });
        }
    }
    for (at, fault) in lens.cycles() {
        let placed = &lens.relations[at];
        findings.push(LintFinding { file: path(|layer| &layer.relations, placed.file), line: placed.line, fault });
    }
    for (file, layer) in layers.iter().enumerate() {
        for (line, alias) in
            table::numbered(&layer.aliases, |fields| row::alias(fields, &lens.held.symbols), &mut Vec::new())
        {
            if lens.held.by_number(&alias.key.number.folded()).next().is_none() {
                let fault = LintIssue::new(
                    "alias",
                    Level::Warning,
                    format!("“{}” chỉ đến {}, sổ đăng ký không có", alias.alias, alias.key),
                    format!("“{}” stands for {}, which has no row", alias.alias, alias.key),
                );
                findings.push(LintFinding { file: path(|layer| &layer.aliases, file), line, fault });
            }
        }
    }
    findings.sort_by(|a, b| (&a.file, a.line, a.fault.check).cmp(&(&b.file, b.line, b.fault.check)));
    Ok(findings)
}

impl Lens {
    fn read(&mut self, file: usize, layer: &Tables) {
        let symbols = &self.held.symbols;
        // Rows that cannot be read were told already.
        let dropped = &mut Vec::new();
        let rows = table::numbered(&layer.instruments, |fields| row::instrument(fields, symbols), dropped);
        self.instruments.extend(rows.into_iter().map(|(line, row)| Placed { file, line, row }));
        let rows = table::numbered(&layer.relations, |fields| row::relation(fields, symbols), dropped);
        for (line, row) in rows {
            self.twins.entry(statement_key(&row)).or_default().push(self.relations.len());
            self.relations.push(Placed { file, line, row });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2026-11-22";

    /// The checks that speak of each line of a register made of these rows.
    fn found(instruments: &str, relations: &str) -> Vec<(String, u64, &'static str, Level)> {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| std::fs::write(dir.path().join(name), text).unwrap();
        let head = "number,kind,title,issuer,locality,issued,commences,ended,force,force_as_of,confidence,source\n";
        write("instruments.csv", format!("{head}{instruments}"));
        let head = "from,treatment,to,date,provision,confirmed,confidence,source\n";
        write("relations.csv", format!("{head}{relations}"));
        write("aliases.csv", "alias,number,issued,source\n".into());
        write("kinds.csv", include_str!("../../../corpus/register/kinds.csv").into());
        write("agencies.csv", include_str!("../../../corpus/register/agencies.csv").into());
        let folders = Folders { tables: Some(dir.path().to_owned()), imported: None };
        let findings = lint(&folders, DAY.parse().unwrap()).unwrap();
        findings
            .into_iter()
            .map(|one| {
                let file = one.file.file_stem().unwrap().to_string_lossy().into_owned();
                (file, one.line, one.fault.check, one.fault.level)
            })
            .collect()
    }

    fn instruments(rows: &str) -> Vec<(u64, &'static str, Level)> {
        found(rows, "").into_iter().map(|(_, line, check, level)| (line, check, level)).collect()
    }

    const GOOD: &str =
        "33/2021/TT-BGDĐT,Thông tư,A,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,2026-01-31,likely,x\n";

    #[test]
    fn a_sound_row_is_passed_over() {
        assert_eq!(instruments(GOOD), []);
    }

    #[test]
    fn dates_that_cannot_be_are_told() {
        use Level::{Error, Warning};
        for (dates, check, level) in [
            ("2021-11-26,2022-01-11,2021-12-01,ended", "dates", Error),
            ("2021-11-26,2021-01-11,,in_force", "dates", Level::Note),
            ("2021-11-26,2020-11-26,,in_force", "dates", Warning),
            ("2021-05-12,2021-01-09,,in_force", "dates", Warning),
            ("2027-11-26,,,in_force", "dates", Error),
            ("2020-11-26,2022-01-11,,in_force", "year", Warning),
            ("2017-11-26,2022-01-11,,in_force", "year", Error),
            ("2021-11-26,2022-01-11,2024-01-01,in_force", "force", Error),
            ("2021-11-26,2022-01-11,,not_yet", "force", Warning),
        ] {
            let row = format!("33/2021/TT-BGDĐT,Thông tư,A,Bộ Giáo dục và Đào tạo,,{dates},2026-01-31,likely,x\n");
            assert!(instruments(&row).contains(&(2, check, level)), "{dates}: {:?}", instruments(&row));
        }
    }

    #[test]
    fn rows_that_cannot_be_read_and_doubles_are_told() {
        let rows = format!("{GOOD}{GOOD}không phải số,Thông tư,A,,,,,,,,,\n");
        let found = instruments(&rows);
        assert_eq!(found, [(3, "duplicate", Level::Error), (4, "row", Level::Error)]);
    }

    #[test]
    fn kinds_and_agencies_that_no_table_has_are_told() {
        let rows = "33/2021/TT-BGDĐT,Thông lệ,A,,,2021-11-26,,,unknown,,likely,x\n\
                    34/2021/QĐ-BGDĐT,Thông tư,A,,,2021-11-26,,,unknown,,likely,x\n\
                    35/2021/TT-XYZTW,Thông tư,A,,,2021-11-26,,,unknown,,likely,x\n";
        let found = instruments(rows);
        assert_eq!(found, [(2, "kind", Level::Error), (3, "kind", Level::Warning), (4, "agency", Level::Warning)]);
    }

    #[test]
    fn relations_and_rows_must_agree() {
        let rows = "22/2020/TT-BGDĐT,Thông tư,A,,,2020-08-06,2020-09-21,,in_force,2026-01-31,likely,x\n\
                    24/2023/TT-BGDĐT,Thông tư,B,,,2023-12-11,2024-01-26,,in_force,2026-01-31,likely,x\n\
                    25/2019/TT-BGDĐT,Thông tư,C,,,2019-12-11,2020-01-26,,ended,2026-01-31,likely,x\n";
        let check = |relation: &str| {
            found(rows, relation)
                .into_iter()
                .map(|(file, line, check, _)| format!("{file}:{line}:{check}"))
                .collect::<Vec<_>>()
        };
        let whole = check("24/2023/TT-BGDĐT,replaces,22/2020/TT-BGDĐT,2024-01-26,,,verified,x\n");
        assert!(whole.contains(&"relations:2:agreement".into()), "{whole:?}");
        assert!(whole.contains(&"instruments:4:end".into()), "{whole:?}");
        let early = check("24/2023/TT-BGDĐT,amends,22/2020/TT-BGDĐT,2019-01-01,Điều 5,,verified,x\n");
        assert!(early.contains(&"relations:2:dates".into()), "{early:?}");
        let own = check("24/2023/TT-BGDĐT,amends,24/2023/TT-BGDĐT,,,,verified,x\n");
        assert!(own.contains(&"relations:2:itself".into()), "{own:?}");
    }

    #[test]
    fn what_a_row_cannot_know_is_no_warning() {
        let rows = "5512/BGDĐT-GDTrHX,Công văn,A,,,2020-12-18,,,unknown,,likely,x\n\
                    21/LCT-HĐNN8,Luật,B,,,1991-08-12,,,unknown,,likely,x\n\
                    01/TT-LB,Thông tư liên bộ,C,,,1991-08-12,,,unknown,,likely,x\n\
                    12/2015/NĐ-CP,Nghị định,D,Chính phủ,,2015-02-12,2015-01-01,,in_force,2026-01-31,likely,x\n\
                    22/2013/NĐ-CP,Nghị định,E,Chính phủ,,2013-02-12,2013-04-01,,unknown,,likely,x\n";
        let relations = "12/2015/NĐ-CP,replaces,22/2013/NĐ-CP,2015-01-01,,,verified,x\n";
        let warned = found(rows, relations).into_iter().filter(|one| one.3 != Level::Note).collect::<Vec<_>>();
        assert!(warned.iter().all(|(_, line, check, _)| *check == "agency" && *line != 2), "{warned:?}");
    }

    #[test]
    fn what_was_not_checked_has_no_day_of_confirmation() {
        let row = |rest: &str| {
            format!("33/2021/TT-BGDĐT,Thông tư,A,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,{rest}\n")
        };
        for (rest, told) in [
            ("2026-01-31,likely,as cited in a plan; not checked against a source", true),
            (",verified,not checked against a source", true),
            (",likely,not checked against a source", false),
            ("2026-01-31,likely,name not checked against a source", false),
        ] {
            assert_eq!(instruments(&row(rest)).contains(&(2, "source", Level::Warning)), told, "{rest}");
        }
        let relation = "33/2021/TT-BGDĐT,amends,22/2020/TT-BGDĐT,2022-01-11,Điều 5,2026-01-31,likely,not checked against a source\n";
        assert!(found(GOOD, relation).contains(&("relations".into(), 2, "source", Level::Warning)));
    }

    #[test]
    fn a_ring_of_replacements_is_told_once() {
        let rings = "24/2023/TT-BGDĐT,replaces,22/2020/TT-BGDĐT,,,,verified,x\n\
                     25/2024/TT-BGDĐT,replaces,24/2023/TT-BGDĐT,,,,verified,x\n\
                     22/2020/TT-BGDĐT,replaces,25/2024/TT-BGDĐT,,,,verified,x\n";
        let found = found(GOOD, rings);
        assert_eq!(found.iter().filter(|(_, _, check, _)| *check == "cycle").count(), 1, "{found:?}");
    }
}
