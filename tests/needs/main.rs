//! The tests that need more than Rust: a browser, LibreOffice, Tesseract, real documents and so on.
//!
//! The standard harness can ignore a test only when it is compiled, so this program brings its own. A test whose needs
//! are not met is ignored with the reason, the last line says what was not run and how to get it, and with `CI=true`
//! such a test fails. The flags are those of the standard harness; `--ignored` and `--include-ignored` run what would
//! be ignored. The table of needs is in `need.rs`. Cargo runs this program last, because it is last by name.

mod browser;
mod findings;
mod formats;
mod gold;
mod need;
mod office;
mod pages;
mod round_trip;
mod schema;
mod session;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, FormatSetting, Trial};

use need::{AXE, CHROMIUM, LIBREOFFICE, Need, POPPLER, PYTHON_DOCX, SCHEMATHESIS, SHARED, TESSERACT};

struct Test {
    name: &'static str,
    needs: Vec<&'static Need>,
    run: fn(),
}

macro_rules! test {
    (async $function:path, $($need:ident),+) => {
        Test { name: stringify!($function), needs: vec![$(&$need),+], run: || block_on($function()) }
    };
    ($function:path, $($need:ident),+) => {
        Test { name: stringify!($function), needs: vec![$(&$need),+], run: $function }
    };
}

/// Every test of this program. A test that is missing here is dead code, which the compiler reports.
fn tests() -> Vec<Test> {
    vec![
        test!(async browser::one_searches_as_one_types_opens_an_instrument_and_follows_a_citation, CHROMIUM),
        test!(async browser::one_checks_a_draft_by_pasting_and_by_file, CHROMIUM),
        test!(async browser::findings_stand_in_the_margin_and_can_be_sifted_copied_and_taken_home, CHROMIUM),
        test!(async browser::a_long_draft_shows_what_was_found_and_folds_the_rest, CHROMIUM),
        test!(async browser::results_can_be_narrowed_widened_and_walked_to_their_end, CHROMIUM),
        test!(async browser::the_keyboard_leads_through_lists_and_citations, CHROMIUM),
        test!(async browser::one_asks_about_another_day_and_sees_who_cites_by_year_and_kind, CHROMIUM),
        test!(async pages::no_page_is_wider_than_a_small_phone, CHROMIUM),
        test!(async pages::nothing_bars_a_reader_from_any_page_by_day_or_by_night_in_either_language, CHROMIUM, AXE),
        test!(async pages::nothing_bars_a_reader_on_a_phone_or_in_what_comes_up_on_a_page, CHROMIUM, AXE),
        test!(async pages::a_newcomer_with_an_empty_library_is_told_what_to_do, CHROMIUM, AXE),
        test!(async pages::pages_stand_still_and_ask_nobody_else, CHROMIUM),
        test!(formats::word_files_say_the_same_as_odt_doc_and_rtf, LIBREOFFICE),
        test!(formats::a_scan_is_read_when_asked_to_and_says_so, POPPLER, TESSERACT),
        test!(office::others_open_a_draft_and_see_the_same_text_and_every_comment, LIBREOFFICE, PYTHON_DOCX),
        test!(office::others_open_real_files_and_see_the_same_text_and_every_comment, LIBREOFFICE, PYTHON_DOCX, SHARED),
        test!(async schema::the_server_does_as_its_description_says, SCHEMATHESIS),
        test!(round_trip::real_files_survive_the_round_trip, SHARED),
        test!(gold::real_plans_are_read_as_annotated, SHARED),
        test!(gold::real_decisions_and_laws_are_read_as_annotated, SHARED),
        test!(findings::faults_of_form_are_found_as_annotated, SHARED),
    ]
}

fn block_on(test: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(test);
}

fn names(needs: &[&Need]) -> String {
    needs.iter().map(|need| need.name).collect::<Vec<_>>().join(", ")
}

/// The needs and how to get each, those together that one command gets.
fn how_to_get(needs: &[&Need]) -> String {
    let together = needs.chunk_by(|one, other| one.get == other.get);
    let all: Vec<String> = together.map(|needs| format!("{} ({})", names(needs), needs[0].get)).collect();
    all.join(", ")
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let ci = std::env::var("CI").as_deref() == Ok("true");
    let asked_for = arguments.ignored || arguments.include_ignored;
    let mut trials = Vec::new();
    let mut not_run = 0;
    let mut to_get: Vec<&Need> = Vec::new();
    for Test { name, needs, run } in tests() {
        let missing: Vec<&Need> = needs.into_iter().filter(|need| !*need.found).collect();
        let required = asked_for || ci && missing.iter().all(|need| (need.required_in_ci)());
        let ignored = !missing.is_empty() && !required;
        let reason = names(&missing);
        let trial = Trial::ignorable_test(name, move || {
            if ignored {
                return Ok(Completion::ignored_with(format!("needs {reason}")));
            }
            if !reason.is_empty() {
                return Err(format!("needs {reason}").into());
            }
            run();
            Ok(Completion::Completed)
        });
        // The reason is printed only for a trial that ignores itself; a list, as cargo-nextest asks for it, has flags.
        let trial = trial.with_ignored_flag(!missing.is_empty() && (arguments.list || asked_for));
        if ignored && !arguments.is_filtered_out(&trial) {
            not_run += 1;
            for need in missing {
                if !to_get.iter().any(|known| known.name == need.name) {
                    to_get.push(need);
                }
            }
        }
        trials.push(trial);
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if not_run > 0 && !arguments.list && arguments.format != Some(FormatSetting::Json) {
        println!("not run: {not_run} tests, which need {}", how_to_get(&to_get));
    }
    conclusion.exit_code()
}
