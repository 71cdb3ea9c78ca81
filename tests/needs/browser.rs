//! What a reader does in the browser: search, check a draft, follow citations, use the keyboard alone.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::session::Session;
use crate::support::server::PLAN;

pub async fn one_searches_as_one_types_opens_an_instrument_and_follows_a_citation() {
    let session = Session::start().await;
    session.open("/").await;
    // "/" puts the cursor into the box wherever one is.
    session.script("document.activeElement.blur()").await;
    session.wait("body").await.send_keys("/").await.unwrap();
    assert_eq!(session.script("return document.activeElement.id").await, "q");
    session.wait("#q").await.send_keys("tt 33 2021").await.unwrap();
    // What may be meant is offered; Esc leaves the words and what they found.
    session.wait("[role=option][data-id='33-2021-tt-bgddt']").await;
    session.wait("#q").await.send_keys("\u{e00c}").await.unwrap();
    let first = session.wait(".hits li:first-child a[href='/instruments/33-2021-tt-bgddt']").await;
    assert!(session.client.current_url().await.unwrap().query().unwrap().starts_with("q=tt"), "the address follows");
    first.click().await.unwrap();
    assert!(session.text("h1").await.contains("33/2021/TT-BGDĐT"));
    assert_eq!(session.text(".force.big").await, "còn hiệu lực");
    // The drawing is there, its nodes link, and the page is no wider than the window.
    session.wait("svg.graph a").await;
    assert_eq!(session.script("return document.documentElement.scrollWidth <= innerWidth").await, true);

    // Who cites it: to the very place in the document.
    session.client.find(Locator::LinkText("22/KH-UBND")).await.unwrap().click().await.unwrap();
    assert!(session.path().await.starts_with("/documents/"));
    assert!(session.text(".sheet").await.contains("<script>alert(1)</script>"), "shown as text");
    // And from a citation in the text to what it means.
    session.click(".sheet a.cite.ended").await;
    assert_eq!(session.path().await, "/instruments/22-2020-tt-bgddt");
    assert_eq!(session.text(".force.big").await, "hết hiệu lực");
    session.click(".instead a").await;
    assert_ne!(session.path().await, "/instruments/22-2020-tt-bgddt");
    session.click("a.swap").await;
    session.wait("html[lang=en]").await;
}

pub async fn one_checks_a_draft_by_pasting_and_by_file() {
    let session = Session::start().await;
    session.open("/check").await;
    session.wait("#text").await.send_keys("Theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020.").await.unwrap();
    session.click("#draft button").await;
    assert!(session.text(".remark").await.contains("22/2020/TT-BGDĐT"));
    assert!(session.text(".sheet mark").await.contains("22/2020/TT-BGDĐT"));
    // The draft went out by script: the page is the same one, and its text is still in the box.
    assert_eq!(session.script("return document.getElementById('text').value.length > 20").await, true);
    let link = session.wait(".remark .meta a[href^='/rules/']").await;
    assert_eq!(link.attr("target").await.unwrap().as_deref(), Some("_blank"), "the result is kept nowhere else");

    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("cong-van.txt");
    std::fs::write(&file, PLAN).unwrap();
    session.open("/check?lang=en").await;
    session.wait("#file").await.send_keys(&file.display().to_string()).await.unwrap();
    session.click("#draft button").await;
    assert!(session.text(".outcome .status").await.contains("cong-van.txt"));
    assert!(session.text(".sheet mark").await.contains("22/2020/TT-BGDĐT"));

    // A file over the limit is told before it is sent, and the browser survives the answer where it is sent.
    let large = dir.path().join("qua-lon.txt");
    std::fs::write(&large, vec![b'a'; 17 << 20]).unwrap();
    session.open("/check").await;
    session.wait("#file").await.send_keys(&large.display().to_string()).await.unwrap();
    assert!(session.text("#drop-status").await.contains("16 MiB"));
    session.script("document.querySelector('form.draft').submit()").await;
    assert!(session.text(".note").await.contains("16 MiB"));
}

pub async fn findings_stand_in_the_margin_and_can_be_sifted_copied_and_taken_home() {
    let session = Session::start().await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("kế hoạch.txt");
    let filler = "Đoạn không có gì để nói.\n\n".repeat(12);
    let draft = format!("{filler}Theo Thông tư số 22/2020/TT-BGDĐT.\n\n{filler}Nghị định 20 quy định việc này.");
    std::fs::write(&file, draft).unwrap();
    session.open("/check").await;
    session.wait("#file").await.send_keys(&file.display().to_string()).await.unwrap();
    session.click("#draft button").await;
    session.wait(".margin.afloat").await;

    // The first remark stands beside its line, to the right of it.
    let places = "const mark = document.querySelector('mark.finding').getBoundingClientRect();
        const remark = document.querySelector('.remark').getBoundingClientRect();
        return [remark.left >= mark.right, Math.abs(remark.top - mark.top) < 40, scrollX]";
    assert_eq!(session.script(places).await, json!([true, true, 0]));
    // From the text to the remark, and from the remark to the text.
    session.click(".sheet mark a.ref").await;
    session.wait("#f1.active").await;
    assert_eq!(session.script("return document.activeElement.id").await, "f1");
    session.click("#f1 .what a.ref").await;
    assert_eq!(session.script("return document.activeElement.id").await, "t1");

    // Each level that occurs can be hidden, with the remarks of it alone.
    let shown = "return [...document.querySelectorAll('.remark')].filter((one) => one.offsetParent).length";
    let all = session.script(shown).await.as_u64().unwrap();
    let errors = session.script("return document.querySelectorAll('.remark.error').length").await.as_u64().unwrap();
    assert!(errors > 0);
    session.click("input.show-error").await;
    assert_eq!(session.script(shown).await, all - errors);
    session.click("input.show-error").await;
    assert_eq!(session.script(shown).await, all);

    // Without the browser's clipboard too: the page may come over a network.
    session.script("navigator.clipboard.writeText = () => Promise.reject()").await;
    let stub = "document.execCommand = () => { window.copied = document.activeElement.value; return true; }";
    session.script(stub).await;
    session.click(".remark button.copy").await;
    assert_eq!(session.text(".remark button.copy").await, "Đã sao chép");
    let suggestion = session.text(".remark .suggestion ins").await;
    assert_eq!(session.script("return window.copied").await, suggestion);

    // The file is still chosen: the review sheet is made of it once more.
    session.script("URL.createObjectURL = (blob) => { window.saved = blob; return 'blob:'; }").await;
    session.script("HTMLAnchorElement.prototype.click = function () {}").await;
    session.click(".tools button[value=report]").await;
    let wait = "return window.saved ? window.saved.text() : ''";
    let report = session.wait_for(wait).await.as_str().unwrap().to_owned();
    assert!(report.starts_with("<!doctype html>"), "{report}");
    assert!(report.contains("22/2020/TT-BGDĐT") && report.contains("kế hoạch.txt"));
    assert!(session.text("#drop-status").await.contains("phieu-ra-soat-kế-hoạch.html"));
    session.wait("#outcome").await;
}

pub async fn a_long_draft_shows_what_was_found_and_folds_the_rest() {
    let session = Session::start().await;
    let text = "const line = 'Một dòng không có gì để nói.\\n\\n';
        document.getElementById('text').value =
            line.repeat(90) + 'Theo Thông tư số 22/2020/TT-BGDĐT.\\n\\n' + line.repeat(90)";
    session.open("/check").await;
    session.script(text).await;
    session.click("#draft button").await;
    session.wait(".remark").await;
    let seen = "return [document.querySelectorAll('.fold').length,
        [...document.querySelectorAll('.line')].filter((one) => one.checkVisibility()).length,
        document.querySelector('mark.finding').checkVisibility()]";
    let folded = session.script(seen).await;
    assert_eq!((&folded[0], &folded[2]), (&json!(2), &json!(true)));
    assert!(folded[1].as_u64().unwrap() < 20, "{folded}");
    session.click("[data-unfold]").await;
    assert_eq!(session.script(seen).await[1], 181);
    // The remark still stands beside its words.
    let places = "const mark = document.querySelector('mark.finding').getBoundingClientRect();
        const remark = document.querySelector('.remark').getBoundingClientRect();
        return Math.abs(remark.top - mark.top) < 40";
    session.wait_for(places).await;
}

pub async fn results_can_be_narrowed_widened_and_walked_to_their_end() {
    let session = Session::start().await;
    session.open("/?q=giao+duc&sort=date").await;
    // Beside the hits without a click, each value with its count.
    let count = session.text(".facets section li small").await;
    session.click(".facets section li a").await;
    session.wait(".facets a[aria-current]").await;
    assert!(session.text(".status").await.starts_with(&count));
    let query = session.client.current_url().await.unwrap().query().unwrap().to_owned();
    assert!(query.contains("sort=date"), "{query}");
    session.click(".facets a[aria-current]").await;
    session.wait(".facets section:first-of-type li + li").await;
    session.client.find(Locator::LinkText("Cuối")).await.unwrap().click().await.unwrap();
    session.wait(".paging a[rel=prev]").await;
    assert_eq!(session.script("return document.querySelector('.paging a[rel=next]')").await, Value::Null);
    let page = session.text(".paging [aria-current]").await;
    assert_eq!(
        page.rsplit(' ').next().unwrap().split('/').collect::<std::collections::HashSet<_>>().len(),
        1,
        "{page}"
    );
    session.open("/?q=giao+duc&sort=date&offset=90000").await;
    session.wait(".hits li").await;
    assert_eq!(session.text(".paging [aria-current]").await, page, "past the end is the last page");
}

pub async fn the_keyboard_leads_through_lists_and_citations() {
    let session = Session::start().await;
    let press = async |key: &str| {
        session.client.active_element().await.unwrap().send_keys(key).await.unwrap();
    };
    let focused = "return document.activeElement.getAttribute('href') || document.activeElement.id";
    let (down, up, enter) = ("\u{e015}", "\u{e013}", "\u{e007}");

    // The first stop is the way past the navigation, and it is seen.
    session.open("/documents").await;
    session.wait("body").await.send_keys("\u{e004}").await.unwrap();
    assert_eq!(session.script(focused).await, "#main");
    let seen = "const box = document.activeElement.getBoundingClientRect(); return box.left >= 0 && box.width > 40";
    assert_eq!(session.script(seen).await, true);
    session.script("document.querySelector('tbody a').focus()").await;
    let first = session.script(focused).await;
    press(down).await;
    assert_ne!(session.script(focused).await, first);
    press(up).await;
    assert_eq!(session.script(focused).await, first);
    press(enter).await;
    session.wait(".sheet").await;
    assert_eq!(json!(session.path().await), first);

    // Through the citations by n and p, round at the ends, and by the buttons.
    let marks = session.script("return [...document.querySelectorAll('.sheet .cite')].map((one) => one.id)").await;
    let marks: Vec<&str> = marks.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(marks.len() >= 2);
    let at = "return document.activeElement.id";
    session.wait("body").await.send_keys("n").await.unwrap();
    assert_eq!(session.script(at).await, marks[0]);
    press("n").await;
    assert_eq!(session.script(at).await, marks[1]);
    press("p").await;
    press("p").await;
    assert_eq!(session.script(at).await, *marks.last().unwrap());
    session.click(".walk button[data-step='1']").await;
    assert_eq!(session.script(at).await, marks[0]);
    assert_eq!(session.text(".walk [role=status]").await, format!("1 / {}", marks.len()));
    // A sign and words beside the colour.
    let sign = "const one = document.activeElement;
        return [getComputedStyle(one, '::after').content.length > 2,
            document.getElementById(one.getAttribute('aria-describedby')).textContent, one.title.length > 5]";
    let told = session.script(sign).await;
    assert_eq!((&told[0], &told[2]), (&json!(true), &json!(true)));
    assert!(told[1].as_str().unwrap().contains("hiệu lực"));

    // On every page the box is one key away; arrows choose a suggestion, Enter opens it.
    session.open("/rules").await;
    session.wait("body").await.send_keys("/").await.unwrap();
    press("xoa mu chu").await;
    session.wait("[role=option]").await;
    press(down).await;
    let told = session
        .script(
            "const box = document.activeElement, one = document.querySelector('[role=option][aria-selected=true]');
            return [box.getAttribute('aria-activedescendant') === one.id, box.getAttribute('aria-expanded'), one.dataset.id]",
        )
        .await;
    assert_eq!(told, json!([true, "true", "33-2021-tt-bgddt"]));
    press("\u{e00c}").await;
    assert_eq!(session.script("return document.querySelector('.choices').hidden").await, true);
    assert_eq!(session.script("return document.activeElement.value").await, "xoa mu chu");
    press("\u{e003}").await;
    session.wait("[role=option]").await;
    press(up).await;
    press(down).await;
    press(down).await;
    press(enter).await;
    session.wait(".force.big").await;
    assert_eq!(session.path().await, "/instruments/33-2021-tt-bgddt");

    // From the search box into the results and back.
    session.open("/?q=xoa+mu+chu").await;
    session.wait("#q").await.click().await.unwrap();
    press(down).await;
    let hit = session.wait(".hits a").await.attr("href").await.unwrap().unwrap();
    assert_eq!(session.script(focused).await, hit);
    press(up).await;
    assert_eq!(session.script(focused).await, "q");
}

pub async fn one_asks_about_another_day_and_sees_who_cites_by_year_and_kind() {
    let session = Session::start().await;
    session.open("/instruments/22-2020-tt-bgddt").await;
    assert_eq!(session.text(".force.big").await, "hết hiệu lực");
    session.script("document.getElementById('as_of').value = '2021-05-01'").await;
    session.click("form.day button").await;
    session.wait(".force.big.in_force").await;
    assert!(session.client.current_url().await.unwrap().query().unwrap().contains("as_of=2021-05-01"));
    session.click("summary").await;
    session.click("details[open] tbody a").await;
    session.wait(".sifted .chip").await;
    let query = session.client.current_url().await.unwrap().query().unwrap().to_owned();
    assert!(query.contains("year=2022") && query.contains("as_of=2021-05-01"), "{query}");
    session.click(".chip").await;
    session.wait("#drawing").await;
    session.click(".depth a:not([aria-current])").await;
    session.wait(".depth a[aria-current][href*='depth=2']").await;

    session.open("/matrix").await;
    session.wait("#folder").await.send_keys("không có thư mục này").await.unwrap();
    session.click("form.choose button").await;
    assert!(session.text("main").await.contains("Không có tài liệu nào"));
    session.click("main p[role=status] a").await;
    session.click("table.matrix thead a").await;
    assert!(session.path().await.starts_with("/instruments/"));
}
