//! Who may read the files of an index. Some are made under a temporary name first, which only their owner may read; a
//! library is often indexed by one account and read by others, as its umask says.

use std::path::Path;

/// Gives every file of a folder, not of those below it, at least the rights with which an ordinary file is made there.
/// Files that are another account's, or gone by now, stay as they are: that somebody cannot read them is no reason to say that
/// they were not made.
#[cfg(unix)]
pub fn follow_umask(folder: &Path) {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let mode = |meta: &fs::Metadata| meta.permissions().mode() & 0o777;
    let probe = folder.join(".rights");
    // One that a killed run left may bear other rights.
    drop(fs::remove_file(&probe));
    let usual = fs::File::create(&probe).and_then(|file| file.metadata()).map(|meta| mode(&meta));
    drop(fs::remove_file(&probe));
    let (Ok(usual), Ok(entries)) = (usual, fs::read_dir(folder)) else { return };
    for entry in entries.flatten() {
        if let Ok(meta) = entry.metadata()
            && meta.is_file()
            && mode(&meta) | usual != mode(&meta)
        {
            drop(fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode(&meta) | usual)));
        }
    }
}

/// Elsewhere rights are those of the folder.
#[cfg(not(unix))]
pub fn follow_umask(_: &Path) {}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_only_the_owner_could_read_gets_the_usual_rights() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
        fs::create_dir(at("below")).unwrap();
        for name in ["usual", "closed", "below/private"] {
            fs::write(at(name), "x").unwrap();
        }
        for name in ["closed", "below/private"] {
            fs::set_permissions(at(name), fs::Permissions::from_mode(0o600)).unwrap();
        }
        follow_umask(root.path());
        assert_eq!(mode("closed"), mode("usual"));
        assert_eq!(mode("below/private"), 0o600);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 3);
    }
}
