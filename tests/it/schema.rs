//! What the interface says of itself, and whether the running server keeps it: Schemathesis makes requests from
//! `/api/openapi.json`, good ones and bad, and looks at every answer. Where it is not installed the test says so and
//! passes, unless the environment says CI=true, so that nothing goes unnoticed there.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::http::get;
use crate::serve::danchieu;

#[tokio::test]
async fn the_interface_describes_itself() {
    let api = get("/api/openapi.json").await.json();
    for path in [
        "/api/search",
        "/api/instruments/{id}",
        "/api/instruments/{id}/cites",
        "/api/instruments/{id}/cited-by",
        "/api/instruments/{id}/graph",
        "/api/documents",
        "/api/documents/{id}",
        "/api/check",
        "/api/extract",
        "/api/instruments/{id}/tables/{table}",
        "/api/to-load",
        "/api/matrix",
        "/api/rules",
        "/api/rules/{name}",
    ] {
        let methods = api["paths"][path].as_object().unwrap_or_else(|| panic!("{path} is not described"));
        for (method, operation) in methods {
            assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with('.')), "{method} {path}");
        }
    }
    let mut described = api;
    described["info"]["version"] = json!("[version]");
    insta::assert_json_snapshot!(described);
}

/// Where `.ci/run` installs it, else wherever it is.
fn schemathesis() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![here().join("tests/python/.venv/bin")];
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().map(|folder| folder.join("schemathesis")).find(|file| file.is_file())
}

fn here() -> PathBuf {
    std::env::current_dir().unwrap()
}

/// The server, ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_server_does_as_its_description_says() {
    let Some(program) = schemathesis() else {
        let ci = std::env::var("CI").as_deref() == Ok("true");
        assert!(!ci, "schemathesis must be installed: pip install -r tests/python/requirements.txt");
        eprintln!("skipped: schemathesis is not installed");
        return;
    };
    // It leaves its notes where it runs.
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("index");
    let mut server = danchieu(&here(), &["serve", "--listen", "127.0.0.1:0"])
        .env("DANCHIEU_LIBRARY", &library)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Server)
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let output = Command::new(program)
        .arg("--config-file")
        .arg(here().join("tests/python/schemathesis.toml"))
        .args(["run", &format!("http://{address}/api/openapi.json"), "--checks", "all", "--no-color"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    // A run that tested nothing would pass as well.
    let api = get("/api/openapi.json").await.json();
    let all: usize = api["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    assert!(said.contains(&format!("Tested: {all}\n")) && said.contains("✅ Fuzzing"), "{said}");
}
