//! A headless Chromium, driven through chromedriver, and the server that it looks at.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use danchieu::http::{DraftPolicy, Server};
use danchieu::library::Library;
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::need;
use crate::support::server::{empty_library, library};

/// Longer than any page takes, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with a profile of its own, and the server it looks at.
pub struct Session {
    pub client: Client,
    home: String,
    /// Of the driver.
    port: u16,
    /// Of the driver's session.
    id: String,
    driver: Child,
    _profile: tempfile::TempDir,
}

impl Session {
    pub async fn start() -> Session {
        Session::with(json!({}), &[]).await
    }

    /// A screen that asks for dark pages.
    pub async fn in_the_dark() -> Session {
        Session::with(json!({}), &["--blink-settings=preferredColorScheme=0"]).await
    }

    /// A phone with a screen of 320 pixels, the smallest there is.
    pub async fn on_a_phone() -> Session {
        Session::with(json!({ "deviceMetrics": { "width": 320, "height": 640, "pixelRatio": 2, "touch": true } }), &[])
            .await
    }

    /// The library that everybody begins with.
    pub async fn of_a_newcomer() -> Session {
        Session::of(empty_library(), json!({}), &[]).await
    }

    async fn with(emulation: Value, more: &[&str]) -> Session {
        Session::of(library(), emulation, more).await
    }

    async fn of(base: Arc<Library>, emulation: Value, more: &[&str]) -> Session {
        let (browser, driver) = (need::browser().unwrap(), need::driver().unwrap());
        let server = Server::bind("127.0.0.1:0", None, false).unwrap();
        let home = format!("http://{}", server.address());
        std::thread::spawn(move || server.run(base, DraftPolicy::here()));

        let mut driver =
            Command::new(driver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let started = BufReader::new(driver.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .find(|line| line.contains("started successfully on port"));
        let port: u16 = started.unwrap().chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
        let profile = tempfile::tempdir().unwrap();
        let own = format!("--user-data-dir={}", profile.path().display());
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1000",
            &own,
        ];
        let args = [&args[..], more].concat();
        let mut options = json!({ "binary": browser, "args": args });
        if emulation != json!({}) {
            options["mobileEmulation"] = emulation;
        }
        let wanted = json!({ "goog:chromeOptions": options });
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(wanted.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        let id = client.session_id().await.unwrap().unwrap();
        Session { client, home, port, id, driver, _profile: profile }
    }

    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.home)).await.unwrap();
    }

    /// The first element that fits, as soon as there is one.
    pub async fn wait(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    pub async fn text(&self, css: &str) -> String {
        self.wait(css).await.text().await.unwrap()
    }

    pub async fn click(&self, css: &str) {
        self.wait(css).await.click().await.unwrap();
    }

    /// The path of the page shown.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// What a script hands to its last argument.
    pub async fn script_async(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// What a script returns, as soon as it is neither false nor empty.
    pub async fn wait_for(&self, script: &str) -> Value {
        let started = Instant::now();
        loop {
            let value = self.script(script).await;
            if value != false && value != "" {
                return value;
            }
            assert!(started.elapsed() < PATIENCE, "{script}: {value}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for Session {
    /// Ends the browser, then its driver, also where a test failed. A driver that is killed leaves its browser behind.
    fn drop(&mut self) {
        if let Ok(mut driver) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request =
                format!("DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", self.id);
            let _ = driver.write_all(request.as_bytes());
            let _ = driver.read(&mut [0; 1024]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
