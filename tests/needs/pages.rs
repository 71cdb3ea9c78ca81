//! Every page in every state in a real browser: accessible, no wider than a phone, still once it is shown, and asking no
//! other host.

use serde_json::json;

use crate::need::AXE_SCRIPT;
use crate::session::Session;

pub async fn no_page_is_wider_than_a_small_phone() {
    let session = Session::on_a_phone().await;
    session.open("/documents").await;
    let document = session.wait("tbody a").await.attr("href").await.unwrap().unwrap();
    for path in pages(&document) {
        session.open(path).await;
        let wide = session.script("return [document.documentElement.scrollWidth, innerWidth]").await;
        assert_eq!(wide, json!([320, 320]), "{path}");
    }
}

/// Every page, empty, full and with an error. `document` is the path of a document's page.
fn pages(document: &str) -> [&str; 19] {
    [
        "/",
        "/?q=xoa+mu+chu",
        "/?q=kh%C3%B4ng+c%C3%B3+g%C3%AC+zzz",
        "/instruments/33-2021-tt-bgddt",
        "/instruments/33-2021-tt-bgddt?treatment=basis",
        "/instruments/22-2020-tt-bgddt?depth=2",
        "/instruments/43-2019-qh14?as_of=2021-01-01",
        "/instruments/4321-2019-qd-bgddt",
        "/documents",
        document,
        "/to-load",
        "/matrix",
        "/matrix?folder=nothing",
        "/check",
        "/rules",
        "/rules/ended",
        "/gone",
        "/instruments/99-2099-xx",
        "/instruments/33-2021-tt-bgddt?as_of=31/11/2021",
    ]
}

/// The script of axe-core, which judges accessibility.
fn axe() -> String {
    std::fs::read_to_string(AXE_SCRIPT).unwrap()
}

/// What is gravely wrong with the page shown, by the rules of WCAG 2.2 AA.
const JUDGE: &str = "const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags }).then((found) => done(found.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`)));";

pub async fn nothing_bars_a_reader_from_any_page_by_day_or_by_night_in_either_language() {
    let axe = axe();
    for (session, lang) in [(Session::start().await, "vi"), (Session::in_the_dark().await, "en")] {
        session.open("/documents").await;
        let dark = session.script("return matchMedia('(prefers-color-scheme: dark)').matches").await;
        assert_eq!(dark, lang == "en");
        let document = session.wait("tbody a").await.attr("href").await.unwrap().unwrap();
        for path in pages(&document) {
            let path = format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' });
            session.open(&path).await;
            session.script("for (const one of document.querySelectorAll('details')) one.open = true").await;
            session.script(&axe).await;
            assert_eq!(session.script_async(JUDGE).await, json!([]), "{path}");
        }
        session.open(&format!("/check?lang={lang}")).await;
        session.wait("#text").await.send_keys("Theo Thông tư số 22/2020/TT-BGDĐT.").await.unwrap();
        session.click("#draft button").await;
        session.wait(".remark").await;
        session.script(&axe).await;
        assert_eq!(session.script_async(JUDGE).await, json!([]), "the outcome of a check");
    }
}

pub async fn nothing_bars_a_reader_on_a_phone_or_in_what_comes_up_on_a_page() {
    let (axe, session) = (axe(), Session::on_a_phone().await);
    let judge = async |state: &str| {
        session.script(&axe).await;
        assert_eq!(session.script_async(JUDGE).await, json!([]), "{state}");
    };
    session.open("/documents").await;
    let document = session.wait("tbody a").await.attr("href").await.unwrap().unwrap();
    for path in pages(&document) {
        session.open(path).await;
        judge(path).await;
    }
    // Suggestions that hang open, one of them chosen.
    session.open("/rules").await;
    session.wait("#q").await.send_keys("xoa mu").await.unwrap();
    session.wait("[role=option]").await;
    session.wait("#q").await.send_keys("\u{e015}").await.unwrap();
    session.wait("[role=option][aria-selected=true]").await;
    judge("suggestions").await;
    // A query that is none, a draft that is none, and a long draft, folded.
    session.open("/?q=nam:xyz").await;
    judge("a query that is none").await;
    session.open("/check").await;
    session.script("document.querySelector('form.draft').submit()").await;
    session.wait(".note[role=alert]").await;
    judge("no draft").await;
    session.script("document.getElementById('text').value = 'Một dòng.\\n\\n'.repeat(90) + 'Theo Thông tư số 22/2020/TT-BGDĐT.'").await;
    session.click("#draft button").await;
    session.wait(".fold").await;
    judge("a long draft").await;
    let wide = "return document.documentElement.scrollWidth";
    assert_eq!(session.script(wide).await, 320);
}

pub async fn a_newcomer_with_an_empty_library_is_told_what_to_do() {
    let session = Session::of_a_newcomer().await;
    let axe = axe();
    for path in ["/", "/documents", "/matrix", "/to-load", "/instruments/33-2021-tt-bgddt", "/?q=khong+co+gi"] {
        for lang in ["vi", "en"] {
            session.open(&format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' })).await;
            session.script(&axe).await;
            assert_eq!(session.script_async(JUDGE).await, json!([]), "{path}");
            if !path.contains("33-2021") && !path.contains('q') {
                assert!(session.text("main").await.contains("danchieu index"), "{path} {lang}");
            }
        }
    }
    session.open("/instruments/33-2021-tt-bgddt").await;
    assert_eq!(session.text(".force.big").await, "còn hiệu lực", "the register answers without documents");
}

pub async fn pages_stand_still_and_ask_nobody_else() {
    let session = Session::start().await;
    session.open("/documents").await;
    let document = session.wait("tbody a").await.attr("href").await.unwrap().unwrap();
    for path in pages(&document) {
        session.open(path).await;
        let shift = "const done = arguments[arguments.length - 1];
            let sum = 0;
            new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
                .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 250);";
        let shift = session.script_async(shift).await.as_f64().unwrap();
        assert!(shift < 0.01, "{path}: {shift}");
        let elsewhere = "return performance.getEntriesByType('resource').map((one) => one.name)
            .filter((name) => !name.startsWith(location.origin))";
        assert_eq!(session.script(elsewhere).await, json!([]), "{path}");
        assert_eq!(session.script("return document.querySelectorAll('h1').length").await, 1, "{path}");
    }
    // What comes after a click comes late, and still pushes nothing away.
    let shift = "const done = arguments[arguments.length - 1];
        let sum = 0;
        new PerformanceObserver((list) => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 250);";
    session.open("/check").await;
    session.wait("#text").await.send_keys("Theo Thông tư số 22/2020/TT-BGDĐT.").await.unwrap();
    let late = "const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (body) { setTimeout(() => send.call(this, body), 900); };";
    session.script(late).await;
    session.click("#draft button").await;
    session.wait(".remark").await;
    let shifted = session.script_async(shift).await.as_f64().unwrap();
    assert!(shifted < 0.01, "the outcome of a check: {shifted}");
    session.open("/").await;
    session.wait("#q").await.send_keys("xoa mu chu").await.unwrap();
    session.wait(".hits li").await;
    let shifted = session.script_async(shift).await.as_f64().unwrap();
    assert!(shifted < 0.01, "results as one types: {shifted}");
}
