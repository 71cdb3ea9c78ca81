//! The policy by which drafts are checked: that of the folder where the server was started and of those above it, as it
//! is when a draft comes in.

use std::path::Path;
use std::sync::Arc;

use crate::check::policy::{FilePolicy, PolicyError, PolicyLookup};
use crate::check::{self, CheckRequest, CheckedDocument};
use crate::http::error::HttpError;
use crate::library::Library;
use crate::read::Document;

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

    /// The policy for a draft of this name, as if the draft were a file of the folder.
    ///
    /// # Errors
    /// A policy file that cannot be read or is invalid.
    pub fn lookup(&self, name: &str) -> Result<FilePolicy, PolicyError> {
        // A name may hold folders of another machine.
        let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or("-");
        PolicyLookup::default().for_file(&self.0.join(name))
    }
}

impl DraftPolicy {
    /// Checks a draft.
    ///
    /// # Errors
    /// A policy file that cannot be read or is invalid; the register cannot be read.
    pub(crate) fn check(
        &self,
        library: &Library,
        document: Document,
        request: &CheckRequest,
    ) -> Result<CheckedDocument, HttpError> {
        let policy = self.lookup(&document.path)?;
        Ok(library.ask(|_, register| Ok(check::check(request, document, register, &policy)))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::FILE;
    use crate::register::Register;

    #[test]
    fn the_policy_is_that_of_the_folder_now() {
        let folder = tempfile::tempdir().unwrap();
        let policy = DraftPolicy::of(folder.path());
        let register = Register::bundled();
        let checked = |name: &str| {
            let document = Document::from_text(name, "Căn cứ Thông tư số 33/TT-BGDĐT ngày 26/11/2021;");
            let request = CheckRequest::on("2022-06-01".parse().unwrap());
            check::check(&request, document, &register, &policy.lookup(name).unwrap())
        };
        assert!(checked("a.docx").off.is_empty());
        std::fs::write(folder.path().join(FILE), "[severity]\nmissing-year = \"off\"\n").unwrap();
        let name = "C:\\vb\\a.docx";
        assert_eq!(checked(name).off.len(), 1);
        assert_eq!(policy.lookup(name).unwrap().file(), folder.path().canonicalize().unwrap().join("a.docx"));
        std::fs::write(folder.path().join(FILE), "[severity]\nno-such-rule = \"off\"\n").unwrap();
        assert!(matches!(policy.lookup(""), Err(PolicyError::Invalid { .. })));
    }
}
