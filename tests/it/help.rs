//! What `--help` says, in both languages, so that a change of an option is seen in review.

use assert_cmd::Command;

fn help(args: &[&str]) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"));
    command.env_remove("DANCHIEU_LANG").env_remove("DANCHIEU_LIBRARY").env_remove("DANCHIEU_REGISTER");
    let output = command.args(args).output().expect("the program runs");
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_help_of_every_command() {
    const COMMANDS: [&str; 16] = [
        "index",
        "search",
        "check",
        "show",
        "cites",
        "cited-by",
        "impact",
        "graph",
        "trace",
        "matrix",
        "extract",
        "register",
        "explain",
        "serve",
        "mcp",
        "completions",
    ];
    for lang in ["vi", "en"] {
        let mut all = help(&["--lang", lang, "--help"]);
        for command in COMMANDS {
            all.push_str(&format!("\n==== {command}\n{}", help(&["--lang", lang, command, "--help"])));
        }
        insta::assert_snapshot!(format!("help_{lang}"), all);
    }
}
