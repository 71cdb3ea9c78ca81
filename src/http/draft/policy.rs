//! The policy by which drafts are checked: that of the folder where the server was started and of those above it, as it
//! is when a draft comes in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::Profile;
use crate::check::policy::Policy;
use crate::library::{Judged, Library, LibraryError, Policies, Terms};
use crate::read::Document;
use crate::report::checked::Checked;
use crate::text::Message;

/// The folder whose policy drafts are checked under.
#[derive(Debug, Clone)]
pub struct DraftPolicy(Arc<Path>);

impl DraftPolicy {
    /// The policy of `folder` and of those above it.
    pub fn of(folder: &Path) -> DraftPolicy {
        DraftPolicy(folder.into())
    }

    /// The policy of the current folder.
    pub fn here() -> DraftPolicy {
        DraftPolicy::of(Path::new("."))
    }

    /// The policy for a draft of this name, and the path that the draft would have in the folder.
    ///
    /// # Errors
    /// A policy file that cannot be read or is invalid.
    pub fn lookup(&self, name: &str) -> Result<(Arc<Policy>, PathBuf), LibraryError> {
        // A name may hold folders of another machine.
        let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or("-");
        Policies::default().of(&self.0.join(name))
    }
}

/// A draft, checked.
pub(crate) struct Verdict {
    /// Its `statuses` are empty: only the review sheet needs them.
    pub(crate) checked: Checked,
    /// By which rules of form.
    pub(crate) profile: Profile,
    /// What should be known before the findings are believed, remarks about the reading apart.
    pub(crate) notices: Vec<Message>,
}

impl DraftPolicy {
    /// Checks a draft.
    ///
    /// # Errors
    /// A policy file that cannot be read or is invalid.
    pub(crate) fn check(&self, library: &Library, document: Document, terms: &Terms) -> Result<Verdict, LibraryError> {
        let (policy, file) = self.lookup(&document.path)?;
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
        let policy = DraftPolicy::of(folder.path());
        assert!(policy.lookup("a.docx").unwrap().0.off().is_empty());
        std::fs::write(folder.path().join(FILE), "[severity]\nmissing-year = \"off\"\n").unwrap();
        let (found, file) = policy.lookup("C:\\vb\\a.docx").unwrap();
        assert_eq!(found.off().len(), 1);
        assert_eq!(file, folder.path().canonicalize().unwrap().join("a.docx"));
        std::fs::write(folder.path().join(FILE), "[severity]\nno-such-rule = \"off\"\n").unwrap();
        assert!(matches!(policy.lookup(""), Err(LibraryError::Policy(_))));
    }
}
