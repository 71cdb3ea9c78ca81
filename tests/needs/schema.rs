//! The running server against its own description: Schemathesis makes requests from `/api/openapi.json`, good ones and
//! bad, and looks at every answer.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::need::schemathesis;
use crate::support::program::danchieu;
use crate::support::server::get;

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

pub async fn the_server_does_as_its_description_says() {
    let program = schemathesis().unwrap();
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
