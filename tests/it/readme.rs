//! The READMEs tell the truth: every command in a `console` block prints what stands below it, every command of the
//! help is named, and the policy files shown can be followed.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use danchieu::check::policy::Policy;

/// A command of a README and the output it promises; a line `…` stands for any number of lines.
struct Example {
    line: usize,
    args: Vec<String>,
    output: Vec<String>,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut inside = false;
    for (at, line) in readme.lines().enumerate() {
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
fn the_examples_print_what_the_readmes_show() {
    let library = tempfile::tempdir().expect("a temporary folder");
    danchieu(library.path()).args(["index", "corpus"]).assert().success();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for name in ["README.md", "README.vi.md"] {
        let readme = fs::read_to_string(name).expect(name);
        for example in examples(&readme) {
            seen += 1;
            let output = danchieu(library.path()).args(&example.args).output().expect("the program runs");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
            if !matches(&example.output, &lines) {
                wrong.push(format!("{name}:{}: {:?} printed\n{printed}", example.line, example.args));
            }
        }
    }
    assert!(seen >= 6, "only {seen} examples were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_policies_of_the_readmes_can_be_followed() {
    for name in ["README.md", "README.vi.md"] {
        let readme = fs::read_to_string(name).expect(name);
        let policies: Vec<&str> =
            readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert!(!policies.is_empty(), "{name} shows no policy");
        for policy in policies {
            if let Err(error) = Policy::parse(policy, Path::new("danchieu.toml")) {
                panic!("{name}: {error}");
            }
        }
    }
}

#[test]
fn the_two_readmes_show_the_same_commands() {
    let commands = |name: &str| -> Vec<Vec<String>> {
        let mut all: Vec<Vec<String>> =
            examples(&fs::read_to_string(name).expect(name)).into_iter().map(|example| example.args).collect();
        for args in &mut all {
            args.retain(|arg| !matches!(arg.as_str(), "--lang" | "en"));
        }
        all
    };
    assert_eq!(commands("README.md"), commands("README.vi.md"));
}

#[test]
fn every_command_of_the_help_is_in_the_readmes() {
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
    for name in ["README.md", "README.vi.md"] {
        let readme = fs::read_to_string(name).expect(name);
        for command in &commands {
            assert!(readme.contains(&format!("`{command}")), "{name} does not name `{command}`");
        }
    }
}
