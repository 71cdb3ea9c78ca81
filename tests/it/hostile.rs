//! Files made to harm: each is refused or contained with a clear message within seconds and in bounded memory, and
//! the server goes on answering. The program is run with a limit of memory that the system keeps, so that a file that
//! is not contained fails the test instead of the machine.

use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

/// Longer than any answer takes, however busy the machine is: what takes longer does not end.
const FOREVER: Duration = Duration::from_secs(900);

const PLAN: &str = "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021 của Bộ Giáo dục và Đào tạo.";

/// A zip archive of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    zip(&[("word/document.xml", document.as_bytes())])
}

fn odt(content: &str) -> Vec<u8> {
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// A docx whose text is three hundred megabytes of blanks. Packing them takes a while without optimisation.
fn word_bomb() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| zip(&[("word/document.xml", &vec![b' '; 300 << 20])]))
}

fn word(body: &str) -> String {
    format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A pdf of pages with these contents; `unicode` is its font's table to Unicode.
fn pdf(contents: &[Vec<u8>], unicode: &str) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|at| format!("{} 0 R ", 7 + 2 * at)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]>>", contents.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/T/DW 500/FontDescriptor 5 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>".to_vec(),
        b"<</Type/FontDescriptor/FontName/T>>".to_vec(),
        stream("", unicode.as_bytes()),
    ];
    for (at, content) in contents.iter().enumerate() {
        let resources = "/Resources<</Font<</F 3 0 R>>>>";
        objects.push(format!("<</Type/Page/Parent 2 0 R{resources}/Contents {} 0 R>>", 8 + 2 * at).into_bytes());
        objects.push(content.clone());
    }
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    file
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    [format!("<<{dict}/Length {}>>stream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// A stream that unpacks to `times` times `content`.
fn packed(content: &[u8], times: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..times {
        packed.write_all(content).unwrap();
    }
    stream("/Filter/FlateDecode", &packed.finish().unwrap())
}

const UNICODE: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0020> <1EFF> <0020>\nendbfrange\nendcmap end end";

fn page(text: &str) -> Vec<u8> {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    stream("", format!("BT /F 12 Tf 1 0 0 1 70 700 Tm <{hex}> Tj ET").as_bytes())
}

/// Runs the program with at most `megabytes` of address space.
fn run(megabytes: u64, args: &[&str], files: &[&Path]) -> Output {
    let begun = Instant::now();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("ulimit -v {}; exec \"$0\" \"$@\"", megabytes << 10)]);
    command.arg(env!("CARGO_BIN_EXE_danchieu")).args(args).args(["--lang", "en"]).args(files);
    let output = command.env_remove("DANCHIEU_LANG").output().unwrap();
    assert!(begun.elapsed() < FOREVER, "{files:?}: {:?}", begun.elapsed());
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The file is refused in these words, in two gigabytes, and the file beside it is read.
fn refused(name: &str, bytes: &[u8], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = (folder.path().join(name), folder.path().join("good.txt"));
    fs::write(&bad, bytes).unwrap();
    fs::write(&good, PLAN).unwrap();
    let output = run(2048, &["extract"], &[&bad, &good]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(2), "{name}: {told}");
    assert!(told.contains(words) && told.contains(name) && !told.contains("panicked"), "{name}: {told}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("33-2021-tt-bgddt"), "{name}");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = vec![b' '; 300 << 20];
    let word = word_bomb();
    assert!(word.len() < 1 << 20);
    refused("a.docx", word, "too large");
    refused(
        "a.odt",
        &zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", &bomb)]),
        "too large",
    );
    // The size that the archive states is a lie: every place where it stands says 100.
    let stated = (300u32 << 20).to_le_bytes();
    let mut lying = word.to_vec();
    let mut at = 0;
    while let Some(next) = lying[at..].windows(4).position(|bytes| bytes == stated) {
        lying[at + next..at + next + 4].copy_from_slice(&100u32.to_le_bytes());
        at += next + 4;
    }
    assert!(at > 0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.docx");
    fs::write(&file, &lying).unwrap();
    let output = run(2048, &["extract"], &[&file]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    refused("a.pdf", &pdf(&[packed(&[b' '; 1 << 20], 300)], UNICODE), "too large");
}

#[test]
fn archives_with_many_files_foreign_paths_or_archives_within_are_harmless() {
    let inner = docx(&word(&paragraph("trong")));
    let names: Vec<String> = (0..10_000).map(|at| format!("word/{at}.xml")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let outside = std::env::temp_dir().join("danchieu-must-not-exist");
    let (outside, main) = (outside.to_str().unwrap().to_owned(), word(&paragraph(PLAN)));
    files.push((&outside, b"x"));
    files.push(("../../outside.txt", b"x"));
    files.push(("word/inner.docx", &inner));
    files.push(("word/document.xml", main.as_bytes()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.docx");
    fs::write(&file, zip(&files)).unwrap();
    let output = run(1024, &["extract"], &[&file]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("33-2021-tt-bgddt"));
    assert!(!Path::new(&outside).exists());
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let laughs: String =
        (1..10).map(|at| format!("<!ENTITY l{at} '{}'>", format!("&l{};", at - 1).repeat(10))).collect();
    let types = [
        format!("<!DOCTYPE x [<!ENTITY l0 'ha'>{laughs}]>"),
        "<!DOCTYPE x [<!ENTITY l9 SYSTEM 'file:///etc/passwd'>]>".to_owned(),
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'>".to_owned(),
    ];
    for kind in types {
        refused("a.docx", &docx(&format!("{kind}{}", word(&paragraph("&l9;")))), "document type declaration");
        let text = format!("{kind}<office:document-content><text:p>&l9;</text:p></office:document-content>");
        refused("a.odt", &odt(&text), "document type declaration");
    }
}

#[test]
fn deep_nesting_is_refused_or_read() {
    for depth in [10_000, 100_000] {
        let deep = |tag: &str, close: &str, inner: &str| tag.repeat(depth) + inner + &close.repeat(depth);
        refused("a.docx", &docx(&word(&deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "x"))), "nested too deep");
        refused("a.odt", &odt(&deep("<text:section>", "</text:section>", "x")), "nested too deep");
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, open) in [("a.html", "<div><table><tr><td>"), ("a.md", "> - "), ("b.md", "[("), ("b.html", "<b><i>")] {
        let file = folder.path().join(name);
        fs::write(&file, open.repeat(10_000) + PLAN).unwrap();
        let output = run(2048, &["extract"], &[&file]);
        let (told, found) = (said(&output), String::from_utf8_lossy(&output.stdout).into_owned());
        assert!(found.contains("33-2021-tt-bgddt") || told.contains("too tangled"), "{name}: {told} {found}");
    }
    let tangled: String = (0..20_000).map(|at| format!("<b id={at}><p>x")).collect();
    refused("c.html", tangled.as_bytes(), "too tangled");
}

#[test]
fn a_page_that_loops_or_eats_memory_costs_that_page() {
    // Thirty million operators unpack from a few kilobytes.
    let hungry = packed(b"q Q q Q q Q q Q ", 4 << 20);
    // A table to Unicode with four thousand million entries.
    let endless = UNICODE.replace("<0020> <1EFF> <0020>", "<00000000> <FFFFFFFF> <00000020>");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, pdf(&[page("Trang một"), hungry, page(PLAN)], UNICODE)).unwrap();
    // Its processes have limits of their own.
    let output = run(2048, &["extract"], &[&file]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("page 2 is damaged"), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("33-2021-tt-bgddt"));

    let pages = [page("Một"), page("Hai"), page("Ba"), page("Bốn"), page("Năm")];
    refused("b.pdf", &pdf(&pages, &endless), "damaged");
}

#[test]
fn a_page_that_makes_the_reader_panic_costs_that_page() {
    let panics = stream("", b"BT /G 12 Tf (x) Tj ET");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, pdf(&[panics.clone(), page(PLAN), panics], UNICODE)).unwrap();
    let output = run(2048, &["check"], &[&file]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 "), "{}", said(&output));
    let document = danchieu::read::read_file(&file).unwrap();
    assert_eq!(document.text.as_str(), format!("{PLAN}\n"));
    assert_eq!(document.notices, [danchieu::read::Notice::PagesLeftOut(vec![1, 3])]);
    let indexed = danchieu(folder.path(), &["index", "a.pdf", "--lang", "en"]);
    assert!(said(&indexed).contains("pages 1, 3 are damaged"), "{}", said(&indexed));
}

fn danchieu(folder: &Path, args: &[&str]) -> Output {
    crate::support::program::danchieu(folder, args).output().unwrap()
}

#[test]
fn what_is_cut_short_is_told() {
    let whole = [
        ("a.docx", docx(&word(&paragraph(&PLAN.repeat(50)))), "cut short"),
        ("a.odt", odt(&format!("<text:p>{}</text:p>", PLAN.repeat(50))), "cut short"),
        ("a.pdf", pdf(&[page(PLAN)], UNICODE), "cut short"),
    ];
    for (name, bytes, words) in whole {
        for part in [bytes.len() / 3, bytes.len() / 2] {
            refused(name, &bytes[..part], words);
        }
    }
    // Old Word files are read by another program, which must not be asked to make sense of junk.
    refused("a.doc", b"neither Word nor RTF", "could not read it");
}

/// The server as a program of its own, in a folder of its own.
struct Served {
    address: String,
    process: std::process::Child,
    _home: tempfile::TempDir,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    fn start() -> Served {
        let home = crate::support::program::home();
        let mut process =
            crate::support::program::danchieu(home.path(), &["serve", "--listen", "127.0.0.1:0", "--lang", "en"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Served { address, process, _home: home }
    }

    /// The answer to a request whose body is written piece by piece; the status and the whole of it.
    fn ask(&self, head: &str, body: impl Iterator<Item = Vec<u8>>) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(FOREVER)).unwrap();
        write!(stream, "{head}Host: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        for piece in body {
            // One that has heard enough closes its side.
            if stream.write_all(&piece).is_err() {
                break;
            }
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn upload(&self, name: &str, bytes: &[u8]) -> String {
        let head = format!("--XxX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--XxX--\r\n"].concat();
        let head = format!(
            "POST /api/check?lang=en HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=XxX\r\nContent-Length: {}\r\n",
            body.len()
        );
        self.ask(&head, std::iter::once(body))
    }

    /// It answers.
    fn is_well(&self) {
        let answer = self.ask("GET /healthz HTTP/1.1\r\n", std::iter::empty());
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    }

    /// The most memory that it ever held, in MiB.
    #[cfg(target_os = "linux")]
    fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() >> 10
    }
}

/// Whether the server gave up at its time limit, as it may where the machine is slow: that contains a file as well.
#[cfg(target_os = "linux")]
fn out_of_time(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 503")
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_goes_on_serving() {
    let served = Served::start();
    served.is_well();
    std::thread::scope(|scope| {
        let work = [
            scope.spawn(|| {
                let size = 200usize << 20;
                let head = format!("POST /api/check?lang=en HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=XxX\r\nContent-Length: {size}\r\n");
                let answer = served.ask(&head, std::iter::repeat_n(vec![b'x'; 1 << 20], size >> 20));
                assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("16 MiB"), "{answer:.300}");
            }),
            scope.spawn(|| {
                // No length is told; the limit holds all the same.
                let head = "POST /api/check?lang=en HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
                let piece = [b"100000\r\n".as_slice(), &[b'x'; 1 << 20], b"\r\n"].concat();
                let answer = served.ask(head, std::iter::repeat_n(piece, 64));
                assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer:.300}");
            }),
            scope.spawn(|| {
                let answer = served.upload("a.docx", word_bomb());
                assert!(out_of_time(&answer) || answer.starts_with("HTTP/1.1 422") && answer.contains("too large"), "{answer:.300}");
            }),
            scope.spawn(|| {
                let hungry = packed(b"q Q q Q q Q q Q ", 4 << 20);
                let answer = served.upload("a.pdf", &pdf(&[hungry, page(PLAN)], UNICODE));
                assert!(out_of_time(&answer) || answer.starts_with("HTTP/1.1 200"), "{answer:.300}");
            }),
            scope.spawn(|| {
                let tangled: String = (0..20_000).map(|at| format!("<b id={at}><p>x")).collect();
                let answer = served.upload("a.html", tangled.as_bytes());
                assert!(out_of_time(&answer) || answer.starts_with("HTTP/1.1 422") && answer.contains("too tangled"), "{answer:.300}");
            }),
        ];
        while work.iter().any(|work| !work.is_finished()) {
            served.is_well();
            std::thread::sleep(Duration::from_millis(50));
        }
        for work in work {
            work.join().unwrap();
        }
    });
    served.is_well();
    let answer = served.upload("a.txt", PLAN.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:.300}");
    let most = served.most_memory();
    eprintln!("the server held at most {most} MiB");
    assert!(most < 1500, "{most} MiB");
}
