//! `danchieu serve` as a program: what it says, whom it refuses, how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::program::{danchieu, home};

fn refused(args: &[&str]) -> Output {
    let output = danchieu(home().path(), args).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_port_in_use_is_named_with_a_way_on() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = refused(&["serve", "--listen", &address, "--lang", "en"]);
    assert!(said(&output).contains(&address) && said(&output).contains("--listen"), "{}", said(&output));
    assert!(said(&refused(&["serve", "--listen", &address])).contains("đang có chương trình khác dùng"));
}

#[test]
fn an_open_address_needs_a_token_or_a_word() {
    let output = refused(&["serve", "--listen", "0.0.0.0:0"]);
    assert!(said(&output).contains("--token") && said(&output).contains("--allow-anyone"), "{}", said(&output));
    assert!(said(&refused(&["serve", "--listen", "0.0.0.0:0", "--token", ""])).contains("để trống"));
    refused(&["serve", "--listen", "nowhere"]);
}

#[test]
fn nothing_to_serve_is_told_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let output = danchieu(empty.path(), &["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("corpus/plans"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn it_indexes_serves_and_ends_cleanly_when_told() {
    let home = home();
    for round in 0..2 {
        let mut server = danchieu(home.path(), &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
        let mut answer = String::new();
        let mut client = TcpStream::connect(&address).unwrap_or_else(|error| panic!("{line}: {error}"));
        write!(client, "GET /api/counts HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        client.read_to_string(&mut answer).unwrap();
        // The second round finds a new file beside the first.
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.contains(&format!("\"documents\":{}", round + 1)),
            "{answer}"
        );

        let _idle = TcpStream::connect(&address).unwrap();
        let signal = ["-INT", "-TERM"][round];
        assert!(Command::new("kill").args([signal, &server.id().to_string()]).status().unwrap().success());
        let output = server.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{signal}: {}", said(&output));
        std::fs::write(home.path().join("corpus/plans/b.txt"), "Căn cứ Luật Giáo dục năm 2019.").unwrap();
    }
}

/// The names and lengths of all files below a folder.
#[cfg(unix)]
fn files(dir: &Path) -> Vec<(std::path::PathBuf, u64)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().map(Result::unwrap) {
        match entry.metadata().unwrap() {
            folder if folder.is_dir() => out.extend(files(&entry.path())),
            file => out.push((entry.path(), file.len())),
        }
    }
    out.sort();
    out
}

#[cfg(unix)]
#[test]
fn a_draft_that_was_checked_leaves_nothing_behind() {
    let home = home();
    let temp = tempfile::tempdir().unwrap();
    let mut server = danchieu(home.path(), &["serve", "--listen", "127.0.0.1:0"])
        .env("TMPDIR", temp.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    let before = files(home.path());
    let pdf = std::fs::read("corpus/plans/2025-so-gddt-nghe-an-cong-van-day-them-hoc-them.pdf").unwrap();
    // The .rtf is converted by another program where that is installed, and told that it is not where it is not.
    for (name, draft) in [
        ("bi-mat.txt", "Theo Thông tư số 22/2020/TT-BGDĐT.".as_bytes()),
        ("bi-mat.rtf", b"{\\rtf1\\ansi Theo Thong tu 22/2020/TT-BGDDT}"),
        ("bi-mat.pdf", &pdf),
    ] {
        for want in ["page", "report", "copy"] {
            let mut body = format!("--XxX\r\nContent-Disposition: form-data; name=\"want\"\r\n\r\n{want}\r\n--XxX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes();
            body.extend_from_slice(draft);
            body.extend_from_slice(b"\r\n--XxX--\r\n");
            let mut client = TcpStream::connect(&address).unwrap();
            write!(client, "POST /check HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=XxX\r\nContent-Length: {}\r\n\r\n", body.len()).unwrap();
            client.write_all(&body).unwrap();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 200") || answer.starts_with(b"HTTP/1.1 422"), "{name} {want}");
        }
    }
    assert_eq!(files(home.path()), before);
    assert_eq!(files(temp.path()), []);
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    let mut said_out = String::new();
    out.read_to_string(&mut said_out).unwrap();
    let output = server.wait_with_output().unwrap();
    let log = format!("{line}{said_out}{}", said(&output));
    assert!(!log.contains("bi-mat") && !log.contains("22/2020"), "{log}");
}
