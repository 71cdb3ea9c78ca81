//! Who may read the files of an index. Some are made under a temporary name first, which only their owner may read; a
//! library is often indexed by one account and read by others, as its umask says.

use std::io;
use std::path::Path;

/// Gives every file below a folder at least the rights with which an ordinary file is made there.
///
/// # Errors
/// The folder cannot be read or written.
#[cfg(unix)]
pub(super) fn follow_umask(folder: &Path) -> io::Result<()> {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let probe = folder.join(".rights");
    // One that a killed run left may bear other rights.
    drop(fs::remove_file(&probe));
    let usual = fs::File::create(&probe)?.metadata()?.permissions().mode() & 0o777;
    fs::remove_file(&probe)?;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let meta = entry.metadata()?;
            let mode = meta.permissions().mode() & 0o777;
            if meta.is_dir() {
                folders.push(entry.path());
            } else if meta.is_file() && mode | usual != mode {
                fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode | usual))?;
            }
        }
    }
    Ok(())
}

/// Elsewhere rights are those of the folder.
#[cfg(not(unix))]
pub(super) fn follow_umask(_: &Path) -> io::Result<()> {
    Ok(())
}

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
        fs::create_dir(at("v1")).unwrap();
        for name in ["usual", "v1/closed"] {
            fs::write(at(name), "x").unwrap();
        }
        fs::set_permissions(at("v1/closed"), fs::Permissions::from_mode(0o600)).unwrap();
        follow_umask(root.path()).unwrap();
        assert_eq!(mode("v1/closed"), mode("usual"));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2);
    }
}
