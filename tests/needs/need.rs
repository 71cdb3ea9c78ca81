//! What a test may need besides Rust: how to see whether the machine has it, and how to get it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Something that not every machine has.
pub struct Need {
    pub name: &'static str,
    /// The command that installs it, or what else to do.
    pub get: &'static str,
    /// Whether the machine has it; looked up once.
    pub found: LazyLock<bool>,
    /// Whether a run with `CI=true` fails without it.
    pub required_in_ci: fn() -> bool,
}

impl Need {
    const fn new(name: &'static str, get: &'static str, found: fn() -> bool) -> Need {
        Need { name, get, found: LazyLock::new(found), required_in_ci: || true }
    }
}

pub static CHROMIUM: Need =
    Need::new("Chromium", "apt install chromium chromium-driver", || browser().is_some() && driver().is_some());
pub static AXE: Need = Need::new("axe-core", "npm ci --prefix tests/axe", || Path::new(AXE_SCRIPT).is_file());
pub static LIBREOFFICE: Need =
    Need::new("LibreOffice", "apt install libreoffice-writer-nogui", || on_path(&["soffice"]).is_some());
pub static POPPLER: Need = Need::new("Poppler", "apt install poppler-utils", || on_path(&["pdftoppm"]).is_some());
pub static TESSERACT: Need =
    Need::new("Tesseract for Vietnamese", "apt install tesseract-ocr tesseract-ocr-vie", || {
        let languages = Command::new("tesseract").arg("--list-langs").output();
        languages.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).lines().any(|line| line == "vie"))
    });
pub static PYTHON_DOCX: Need = Need::new("python-docx", PYTHON_PACKAGES, || {
    Command::new(python()).args(["-c", "import docx"]).output().is_ok_and(|output| output.status.success())
});
pub static SCHEMATHESIS: Need = Need::new("Schemathesis", PYTHON_PACKAGES, || schemathesis().is_some());
/// Annotated texts and real files, which are too large or not free enough for the repository.
pub static SHARED: Need = Need {
    name: "the real documents",
    get: "name their folder in DANCHIEU_SHARED",
    found: LazyLock::new(|| shared().is_dir()),
    required_in_ci: || std::env::var_os("DANCHIEU_SHARED").is_some() || shared().is_dir(),
};

const PYTHON_PACKAGES: &str =
    "python3 -m venv tests/python/.venv && tests/python/.venv/bin/pip install -r tests/python/requirements.txt";

/// The script that judges the accessibility of a page.
pub const AXE_SCRIPT: &str = "tests/axe/node_modules/axe-core/axe.min.js";

pub fn browser() -> Option<PathBuf> {
    on_path(&["chromium", "chromium-browser", "google-chrome", "chrome"])
}

/// The program through which a test drives the browser.
pub fn driver() -> Option<PathBuf> {
    on_path(&["chromedriver"])
}

/// The Python that has python-docx: the one that DANCHIEU_PYTHON names, else that of `tests/python/.venv`, else `python3`.
pub fn python() -> PathBuf {
    let own = PathBuf::from("tests/python/.venv/bin/python");
    let fallback = || if own.is_file() { own.clone() } else { "python3".into() };
    std::env::var_os("DANCHIEU_PYTHON").map_or_else(fallback, PathBuf::from)
}

/// In `tests/python/.venv`, else anywhere on the search path.
pub fn schemathesis() -> Option<PathBuf> {
    let own = std::path::absolute("tests/python/.venv/bin/schemathesis").ok();
    own.filter(|file| file.is_file()).or_else(|| on_path(&["schemathesis"]))
}

/// The folder of real documents: the one that DANCHIEU_SHARED names, else `shared` beside the repository.
pub fn shared() -> PathBuf {
    std::env::var_os("DANCHIEU_SHARED").map_or_else(|| "../shared".into(), PathBuf::from)
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut files = std::env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    files.find(|file| file.is_file())
}
