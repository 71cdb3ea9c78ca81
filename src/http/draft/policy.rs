//! The office that the server was started for: its policy is that of the folder where it was started and of those
//! above it, as it is when a draft comes in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::Profile;
use crate::check::policy::Policy;
use crate::library::{Judged, Library, LibraryError, Policies, Terms};
use crate::read::Document;
use crate::report::checked::Checked;
use crate::text::Message;

/// Where the policy of drafts is looked for.
#[derive(Debug, Clone)]
pub struct Office(Arc<Path>);

impl Office {
    /// Of a folder.
    pub fn of(folder: &Path) -> Office {
        Office(folder.into())
    }

    /// Of the current folder.
    pub fn here() -> Office {
        Office::of(Path::new("."))
    }

    /// The policy for a draft of this name, and the path that the draft would have in the folder.
    ///
    /// # Errors
    /// A policy file that cannot be read or followed.
    pub fn policy(&self, name: &str) -> Result<(Arc<Policy>, PathBuf), LibraryError> {
        // A name may hold folders of another machine.
        let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or("-");
        Policies::default().of(&self.0.join(name))
    }
}

/// A draft, checked.
pub struct Verdict {
    /// Its `statuses` are empty: only the review sheet needs them.
    pub checked: Checked,
    /// By which rules of form.
    pub profile: Profile,
    /// What should be known before the findings are believed, remarks about the reading apart.
    pub notices: Vec<Message>,
}

impl Office {
    /// Checks a draft.
    ///
    /// # Errors
    /// A policy file that cannot be read or followed.
    pub fn check(&self, library: &Library, document: Document, terms: &Terms) -> Result<Verdict, LibraryError> {
        let (policy, file) = self.policy(&document.path)?;
        let Judged { reading, as_of, profile, settled, notices } =
            terms.judge(&document, &library.register(), &policy, &file);
        let checked = Checked {
            document,
            reading,
            as_of,
            findings: settled.findings,
            accepted: settled.accepted,
            known: 0,
            statuses: Vec::new(),
            off: policy.off(),
        };
        Ok(Verdict { checked, profile, notices })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::FILE;

    #[test]
    fn the_policy_is_that_of_the_folder_now() {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::of(folder.path());
        assert!(office.policy("a.docx").unwrap().0.off().is_empty());
        std::fs::write(folder.path().join(FILE), "[severity]\nmissing-year = \"off\"\n").unwrap();
        let (policy, file) = office.policy("C:\\vb\\a.docx").unwrap();
        assert_eq!(policy.off().len(), 1);
        assert_eq!(file, folder.path().canonicalize().unwrap().join("a.docx"));
        std::fs::write(folder.path().join(FILE), "[severity]\nno-such-rule = \"off\"\n").unwrap();
        assert!(matches!(office.policy(""), Err(LibraryError::Policy(_))));
    }
}
