//! What an office has settled about findings: how much a rule weighs, which findings it accepts and why, and which
//! were known before. Pure: findings in, findings out. Only `lookup` reads files.

mod baseline;
mod error;
mod file;
mod lookup;

use std::path::{Path, PathBuf};

use globset::GlobMatcher;

use super::Profile;
use super::finding::{Finding, Severity};
use super::{RULES, Rule};
use crate::cite::ResolvedDocument;
use crate::law::Date;
use crate::read::Document;
use crate::text::{fold, one_line};

pub use baseline::{Baseline, BaselineError, Identity, identities};
pub use error::PolicyError;
pub use lookup::{FilePolicy, PolicyLookup, absolute_path};

/// The name of the file that holds the policy of a folder and of the folders below it.
pub const FILE: &str = "danchieu.toml";

/// What holds for the files of one folder: its own policy file joined with those of the folders above it.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The nearest file's word on a rule comes first.
    severity: Vec<(&'static str, Option<Severity>)>,
    /// The sort of document that the files of the folder are, where it is not to be recognised from each of them.
    pub profile: Option<Profile>,
    accept: Vec<Acceptance>,
}

/// One `[[accept]]` of a policy file.
#[derive(Debug, Clone)]
struct Acceptance {
    rule: &'static str,
    /// The number cited or meant, folded.
    number: Option<String>,
    /// Words of the citation, folded, with single blanks.
    words: Option<String>,
    /// Which files, by their path below `folder`.
    path: Option<GlobMatcher>,
    /// The folder of the policy file.
    folder: PathBuf,
    reason: String,
    /// The last day on which it counts.
    until: Option<Date>,
}

/// A finding that the office accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub finding: Finding,
    pub reason: String,
    /// The last day of the acceptance, where it has one.
    pub until: Option<Date>,
}

/// The findings of one document under a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// What is reported, weighed as the office weighs it, in text order.
    pub findings: Vec<Finding>,
    pub accepted: Vec<Accepted>,
    /// Acceptances whose last day has passed, each with the first finding that it would have settled; those findings
    /// are among `findings` again.
    pub lapsed: Vec<Accepted>,
}

impl Policy {
    /// Joins the policy of a folder further up: what this one says goes first.
    fn join(&mut self, above: &Policy) {
        self.severity.extend(above.severity.iter().copied());
        self.profile = self.profile.or(above.profile);
        self.accept.extend(above.accept.iter().cloned());
    }

    /// The weight of a rule: `None` where the policy says nothing, `Some(None)` where the rule is off.
    fn weight(&self, rule: &str) -> Option<Option<Severity>> {
        self.severity.iter().find(|(name, _)| *name == rule).map(|(_, severity)| *severity)
    }

    /// The rules that are switched off.
    pub(super) fn off(&self) -> Vec<&'static Rule> {
        RULES.iter().copied().filter(|rule| self.weight(rule.name) == Some(None)).collect()
    }

    /// Weighs and sorts out the findings of a document. `file` is the document's absolute path; `today` is the day on
    /// the calendar, whatever day the citations are judged as of: an acceptance expires on the calendar.
    pub(super) fn settle(
        &self,
        file: &Path,
        document: &Document,
        reading: &ResolvedDocument,
        found: Vec<Finding>,
        today: Date,
    ) -> Settled {
        let mut settled = Settled::default();
        for mut finding in found {
            match self.weight(finding.rule) {
                Some(None) => continue,
                Some(Some(severity)) => finding.severity = severity,
                None => {}
            }
            let mut fitting = self.accept.iter().filter(|one| one.fits(file, document, reading, &finding)).peekable();
            let last = fitting.peek().copied();
            let accepted =
                |one: &Acceptance, finding: Finding| Accepted { finding, reason: one.reason.clone(), until: one.until };
            match (fitting.find(|one| one.until.is_none_or(|until| today <= until)), last) {
                (Some(one), _) => settled.accepted.push(accepted(one, finding)),
                (None, lapsed) => {
                    let lapsed = lapsed.map(|one| accepted(one, finding.clone()));
                    let told = |one: &Accepted| {
                        settled.lapsed.iter().any(|other| {
                            (other.finding.rule, &other.reason, other.until)
                                == (one.finding.rule, &one.reason, one.until)
                        })
                    };
                    if let Some(lapsed) = lapsed.filter(|one| !told(one)) {
                        settled.lapsed.push(lapsed);
                    }
                    settled.findings.push(finding);
                }
            }
        }
        settled
    }
}

impl Acceptance {
    fn fits(&self, file: &Path, document: &Document, reading: &ResolvedDocument, finding: &Finding) -> bool {
        if self.rule != finding.rule {
            return false;
        }
        let here = |glob: &GlobMatcher| file.strip_prefix(&self.folder).is_ok_and(|below| glob.is_match(below));
        self.path.as_ref().is_none_or(here)
            && self.number.as_ref().is_none_or(|number| names(finding, reading, number))
            && self.words.as_ref().is_none_or(|words| {
                folded_line(document.text.as_str().get(finding.range.clone()).unwrap_or_default()).contains(words)
            })
    }
}

/// Whether a finding is about the instrument of this number, as written or as meant.
fn names(finding: &Finding, reading: &ResolvedDocument, number: &str) -> bool {
    let written = reading.citations.get(finding.citation).and_then(|citation| citation.mention.number.as_ref());
    let meant = finding.target.as_ref().map(|key| &key.number);
    written.into_iter().chain(meant).any(|one| one.folded() == number)
}

/// Words as they are compared: without marks, in small letters, with single blanks.
fn folded_line(text: &str) -> String {
    one_line(&fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::run::findings;
    use crate::register::Register;

    const TEXT: &str =
        "Căn cứ Thông tư số 33/TT-BGDĐT ngày 26/11/2021;\nCăn cứ Thông tư số 44/TT-BGDĐT ngày 26/11/2021;\n";

    fn settled(policy: &str, file: &str, today: &str) -> Settled {
        let register = Register::bundled();
        let document = Document::from_text("a.txt", TEXT);
        let reading = crate::cite::read(&document, &register);
        let day = "2022-06-01".parse().unwrap();
        let found = findings(&document, &reading, &register, day, Profile::Admin, &[]);
        let found: Vec<Finding> = found.into_iter().filter(|one| one.rule == "missing-year").collect();
        assert_eq!(found.len(), 2);
        let policy = Policy::parse(policy, Path::new("/office/danchieu.toml")).unwrap();
        policy.settle(Path::new(file), &document, &reading, found, today.parse().unwrap())
    }

    #[test]
    fn a_rule_weighs_what_the_office_says() {
        let lighter = settled("[severity]\nmissing-year = \"info\"\n", "/office/a.txt", "2026-01-01");
        assert!(lighter.findings.iter().all(|one| one.severity == Severity::Info));
        let off = settled("[severity]\nmissing-year = \"off\"\n", "/office/a.txt", "2026-01-01");
        assert_eq!(off, Settled::default());
    }

    #[test]
    fn what_is_accepted_is_told_apart_by_number_words_path_and_day() {
        let accept =
            |rest: &str| format!("[[accept]]\nrule = \"missing-year\"\nreason = \"bản gốc ghi như vậy\"\n{rest}");
        let count = |rest: &str, file: &str, today: &str| {
            let settled = settled(&accept(rest), file, today);
            (settled.findings.len(), settled.accepted.len(), settled.lapsed.len())
        };
        let number = "number = \"33/TT-BGDĐT\"\n";
        assert_eq!(count(number, "/office/a.txt", "2026-01-01"), (1, 1, 0));
        assert_eq!(count("number = \"33/2021/TT-BGDĐT\"\n", "/office/a.txt", "2026-01-01"), (1, 1, 0));
        assert_eq!(count("words = \"thong tu so 44\"\n", "/office/a.txt", "2026-01-01"), (1, 1, 0));
        assert_eq!(count("words = \"Thông tư\"\npath = \"2024/*.txt\"\n", "/office/a.txt", "2026-01-01"), (2, 0, 0));
        assert_eq!(
            count("words = \"Thông tư\"\npath = \"2024/*.txt\"\n", "/office/2024/a.txt", "2026-01-01"),
            (0, 2, 0)
        );
        assert_eq!(count("words = \"Thông tư\"\npath = \"a.txt\"\n", "/office/2024/a.txt", "2026-01-01"), (0, 2, 0));
        let until = format!("{number}until = 2026-06-30\n");
        assert_eq!(count(&until, "/office/a.txt", "2026-06-30"), (1, 1, 0));
        assert_eq!(count(&until, "/office/a.txt", "2026-07-01"), (2, 0, 1));
        assert_eq!(
            count("words = \"thong tu\"\nuntil = 2026-06-30\n", "/office/a.txt", "2026-07-01"),
            (2, 0, 1),
            "told once"
        );
    }

    #[test]
    fn a_rule_that_is_off_silences_no_other() {
        let register = Register::bundled();
        let document = Document::from_text("a.txt", "Thực hiện Thông tư số 22/2020/TT-BGDĐT, các trường rà soát.");
        let reading = crate::cite::read(&document, &register);
        let day = "2024-06-01".parse().unwrap();
        let found = |off: &[&Rule]| -> Vec<&str> {
            let found = findings(&document, &reading, &register, day, Profile::Admin, off);
            found.into_iter().map(|one| one.rule).collect()
        };
        assert_eq!(found(&[]), ["replaced"]);
        assert_eq!(found(&[super::super::rule("replaced").unwrap()]), ["citation-form"]);
    }

    #[test]
    fn the_nearer_folder_goes_first() {
        let mut near = Policy::parse("[severity]\nended = \"info\"\n", Path::new("/a/b/danchieu.toml")).unwrap();
        let far = "profile = \"party\"\n[severity]\nended = \"off\"\nreplaced = \"off\"\n";
        near.join(&Policy::parse(far, Path::new("/a/danchieu.toml")).unwrap());
        assert_eq!(near.weight("ended"), Some(Some(Severity::Info)));
        assert_eq!(near.weight("replaced"), Some(None));
        assert_eq!(near.profile, Some(Profile::Party));
        assert_eq!(near.off().iter().map(|rule| rule.name).collect::<Vec<_>>(), ["replaced"]);
    }
}
