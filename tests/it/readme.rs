//! The READMEs and the pages of `docs/` are right and short: each command in a `console` block prints what is shown below
//! it, both languages show the same commands, the help and the READMEs name the same commands, the policy files shown can
//! be used, links lead to files, and the source files that the notes for engineers name exist.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use danchieu::check::policy::Policy;

/// Each page in English and in Vietnamese.
const PAGES: [(&str, &str); 5] = [
    ("README.md", "README.vi.md"),
    ("docs/clerk.md", "docs/clerk.vi.md"),
    ("docs/administrator.md", "docs/administrator.vi.md"),
    ("docs/programs.md", "docs/programs.vi.md"),
    ("docs/rules.md", "docs/rules.vi.md"),
];

/// The notes for those who work on the code.
const NOTES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// A README is read before anything is decided: it must stay short.
const LONGEST_README: usize = 9_000;

fn pages() -> impl Iterator<Item = &'static str> {
    PAGES.into_iter().flat_map(|(english, vietnamese)| [english, vietnamese])
}

fn read(name: &str) -> String {
    fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A command of a page and the output it promises; a line `…` is any number of lines.
struct Example {
    line: usize,
    args: Vec<String>,
    output: Vec<String>,
}

fn examples(page: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            match line.strip_prefix("$ danchieu ") {
                Some(args) => out.push(Example { line: at + 1, args: words(args), output: Vec::new() }),
                None => {
                    if let Some(example) = out.last_mut() {
                        example.output.push(line.trim_end().to_owned());
                    }
                }
            }
        }
    }
    out
}

/// Words of a command line, `"…"` as one.
fn words(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => out.push(String::new()),
            _ => out.last_mut().expect("never empty").push(c),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

fn matches(promised: &[String], printed: &[&str]) -> bool {
    match promised.split_first() {
        None => printed.iter().all(|line| line.is_empty()),
        Some((line, rest)) if line == "…" => (0..=printed.len()).any(|skip| matches(rest, &printed[skip..])),
        Some((line, rest)) => printed.first() == Some(&line.as_str()) && matches(rest, &printed[1..]),
    }
}

fn danchieu(library: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"));
    command.env("DANCHIEU_LIBRARY", library).env_remove("DANCHIEU_LANG").env_remove("DANCHIEU_REGISTER");
    command
}

#[test]
fn the_examples_print_what_the_pages_show() {
    let library = tempfile::tempdir().expect("a temporary folder");
    danchieu(library.path()).args(["index", "corpus"]).assert().success();
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in pages() {
        for example in examples(&read(name)) {
            count += 1;
            let output = danchieu(library.path()).args(&example.args).output().expect("the program runs");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
            if !matches(&example.output, &lines) {
                wrong.push(format!("{name}:{}: {:?} printed\n{printed}", example.line, example.args));
            }
        }
    }
    assert!(count >= 24, "only {count} examples were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_policies_shown_can_be_used() {
    for name in ["docs/rules.md", "docs/rules.vi.md"] {
        let page = read(name);
        let policies: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert!(!policies.is_empty(), "{name} shows no policy");
        for policy in policies {
            if let Err(error) = Policy::parse(policy, Path::new("danchieu.toml")) {
                panic!("{name}: {error}");
            }
        }
    }
}

#[test]
fn both_languages_show_the_same_commands() {
    let commands = |name: &str| -> Vec<Vec<String>> {
        let mut all: Vec<Vec<String>> = examples(&read(name)).into_iter().map(|example| example.args).collect();
        for args in &mut all {
            args.retain(|arg| !matches!(arg.as_str(), "--lang" | "en"));
        }
        all
    };
    for (english, vietnamese) in PAGES {
        assert_eq!(commands(english), commands(vietnamese), "{english} and {vietnamese}");
    }
}

#[test]
fn every_command_of_the_help_is_named() {
    let library = tempfile::tempdir().expect("a temporary folder");
    let help = danchieu(library.path()).args(["--lang", "en", "--help"]).output().expect("the program runs");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 8, "{help}");
    for name in ["README.md", "README.vi.md", "docs/programs.md", "docs/programs.vi.md"] {
        let page = read(name);
        for command in &commands {
            assert!(page.contains(&format!("`{command}")), "{name} does not name `{command}`");
        }
    }
}

#[test]
fn every_rule_is_named() {
    for name in ["docs/rules.md", "docs/rules.vi.md"] {
        let page = read(name);
        for rule in danchieu::check::RULES {
            assert!(page.contains(&format!("`{}`", rule.name)), "{name} does not name `{}`", rule.name);
        }
    }
}

#[test]
fn the_readmes_are_short() {
    for name in ["README.md", "README.vi.md"] {
        let length = read(name).chars().count();
        assert!(length <= LONGEST_README, "{name} has {length} characters, {LONGEST_README} at most");
    }
}

/// The targets of `[words](target)` and `![words](target)` that are files, without the part after `#`.
fn links(page: &str) -> Vec<&str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("://"))
        .filter_map(|target| target.split('#').next())
        .filter(|file| !file.is_empty())
        .collect()
}

#[test]
fn links_lead_to_files_and_every_picture_is_shown() {
    let mut shown = Vec::new();
    for name in pages().chain(NOTES).chain(["CHANGELOG.md", "corpus/register/README.md"]) {
        let folder = Path::new(name).parent().expect("a file has a folder");
        for link in links(&read(name)) {
            let file = folder.join(link);
            assert!(file.exists(), "{name} links to {link}, which does not exist");
            shown.push(file.canonicalize().expect("a path"));
        }
    }
    for picture in fs::read_dir("docs/images").expect("docs/images") {
        let picture = picture.expect("a file").path();
        assert!(shown.contains(&picture.canonicalize().expect("a path")), "no page shows {}", picture.display());
    }
}

#[test]
fn the_files_that_the_notes_name_exist() {
    for name in NOTES {
        let page = read(name);
        let mut count = 0;
        for (at, words) in page.split('`').enumerate() {
            // Between two marks; a path ends where something else follows.
            let is_path = words.starts_with("src/") || words.starts_with("tests/") || words.starts_with("examples/");
            if at % 2 == 1 && is_path && !words.contains(['*', '{', ' ', '<']) {
                count += 1;
                assert!(Path::new(words).exists(), "{name} names {words}, which does not exist");
            }
        }
        assert!(count > 5, "{name} names {count} files");
    }
}
