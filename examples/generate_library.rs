//! Writes a library of any size to try danchieu with: plans that nobody wrote, citing instruments of the register with the
//! skew of real texts.
//!
//! ```sh
//! cargo run --release --example generate_library -- FOLDER 1000000
//! danchieu --library BIG index FOLDER
//! ```

#[path = "../benches/generated/mod.rs"]
mod generated;

use std::path::Path;
use std::process::ExitCode;

use danchieu::register::Register;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wanted = match &args[..] {
        [folder, count] => count.parse().ok().map(|count: usize| (folder, count)),
        _ => None,
    };
    let Some((folder, count)) = wanted else {
        eprintln!("usage: generate_library FOLDER COUNT");
        return ExitCode::from(2);
    };
    let register = Register::bundled();
    let mut library = generated::GeneratedLibrary::new(&register);
    let written = library.write(Path::new(folder), count, |done| {
        if done % 10_000 == 0 {
            eprint!("\r{done}");
        }
    });
    match written {
        Ok(()) => {
            let most = library.most_cited().number.as_ref().map(ToString::to_string).unwrap_or_default();
            eprintln!("\r{count} plans; {most} is cited most");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}
