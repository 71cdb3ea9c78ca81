//! Word files before 2007 and RTF: LibreOffice, where it is installed, writes them as docx, which is then read.
//! It works in a folder and with a profile of its own, without macros and without following links.

use std::path::PathBuf;
use std::time::Duration;

use super::subprocess::{self, Limits, Slots};
use super::{Document, Format, ReadError, Tool, ToolFault, docx};

/// A conversion takes two or three seconds, most of them for the start.
const LIMITS: Limits = Limits { memory: 4 << 30, time: Duration::from_secs(45) };

/// How long it may take by the clock: the machine may be busy with others.
const CLOCK: Duration = Duration::from_secs(90);

/// It takes some 300 MB and a whole core.
static SLOTS: Slots = Slots::new(2);

/// How long one file waits for others.
const PATIENCE: Duration = Duration::from_secs(120);

/// Security of the profile: no macros, no content from elsewhere.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// Reads a Word file of 1997 to 2003, or RTF. The document's source is the extracted text.
pub(super) fn read(path: &str, bytes: &[u8], format: Format) -> Result<Document, ReadError> {
    let failed = |why| ReadError::ProgramFailed { path: path.to_owned(), program: Tool::LibreOffice, why };
    let is_rtf = bytes.starts_with(b"{\\rtf");
    // LibreOffice would take anything for a text and answer with noise.
    if !is_rtf && !bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(failed(ToolFault::Failed));
    }
    let soffice = find().ok_or_else(|| ReadError::NoProgram { path: path.to_owned(), program: Tool::LibreOffice })?;
    let docx = convert(soffice, bytes, is_rtf).map_err(failed)?;
    let document = docx::read(path, &docx).map_err(|error| match error {
        ReadError::Damaged { .. } => failed(ToolFault::Failed),
        error => error,
    })?;
    Ok(Document { format, ..document })
}

fn find() -> Option<PathBuf> {
    const FOLDERS: [&str; 4] = [
        "/Applications/LibreOffice.app/Contents/MacOS",
        "/opt/libreoffice/program",
        "/usr/lib/libreoffice/program",
        "C:\\Program Files\\LibreOffice\\program",
    ];
    subprocess::find(&["soffice", "libreoffice"], &FOLDERS)
}

fn convert(soffice: PathBuf, bytes: &[u8], is_rtf: bool) -> Result<Vec<u8>, ToolFault> {
    let _slot = SLOTS.wait(PATIENCE)?;
    let folder = subprocess::folder().map_err(|_| ToolFault::Failed)?;
    let profile = folder.path().join("profile");
    let (name, filter) = if is_rtf { ("in.rtf", "Rich Text Format") } else { ("in.doc", "MS Word 97") };
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(profile.join("user"))?;
        std::fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS)?;
        std::fs::write(folder.path().join(name), bytes)
    };
    write().map_err(|_| ToolFault::Failed)?;
    let mut command = subprocess::command(&soffice, LIMITS);
    command
        .arg(format!("-env:UserInstallation={}", subprocess::file_address(&profile)))
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard"])
        .arg(format!("--infilter={filter}"))
        .args(["--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(folder.path().join("out"))
        .arg(folder.path().join(name))
        .current_dir(folder.path());
    subprocess::run(command, b"", CLOCK)?;
    // Of a file with a password it says nothing and writes nothing.
    std::fs::read(folder.path().join("out/in.docx")).map_err(|_| ToolFault::Failed)
}
