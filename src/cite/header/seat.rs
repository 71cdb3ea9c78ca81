//! The offices that a head names, and where they are: "ỦY BAN NHÂN DÂN", "THỊ XÃ QUẢNG YÊN".

use crate::cite::issuer;
use crate::law::{LEVEL_WORDS, LevelWord, Locality, Scope};
use crate::register::Register;
use crate::text::fold;

/// The offices named above the number, the superior one first; a place on a line of its own belongs to the office
/// before it.
pub(super) fn offices(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let folded = fold(line);
        let place = LEVEL_WORDS.iter().any(|level| begins_with(&folded, level.folded)) && !folded.contains(" uy ");
        match out.last_mut().filter(|_| place) {
            Some(office) => {
                office.push(' ');
                office.push_str(line);
            }
            None => out.push((*line).to_owned()),
        }
    }
    out
}

/// Where an office is: "HUYỆN ỦY AN BÌNH", "TRƯỜNG THCS AN LỘC", "ỦY BAN NHÂN DÂN XÃ AN LỘC".
pub(super) fn of_office(office: &str, register: &Register) -> Option<Locality> {
    party_seat(office).or_else(|| locality(office)).or_else(|| {
        let (agency, end) = register.symbols().agency_named_at(office)?;
        let (place, _) = issuer::place(office, end).filter(|_| agency.scope == Scope::Local)?;
        Locality::new(&place.split_whitespace().map(capitalise).collect::<Vec<_>>().join(" "))
    })
}

/// The seat of a Party committee: "HUYỆN ỦY AN BÌNH".
fn party_seat(line: &str) -> Option<Locality> {
    const SEATS: [(&str, &str); 5] = [
        ("huyen uy", "huyện"),
        ("tinh uy", "tỉnh"),
        ("thanh uy", "thành phố"),
        ("thi uy", "thị xã"),
        ("quan uy", "quận"),
    ];
    let folded = fold(line);
    let (seat, level) = SEATS.iter().find(|(seat, _)| folded.starts_with(seat))?;
    let name: Vec<String> = line.split_whitespace().skip(seat.split(' ').count()).map(capitalise).collect();
    Locality::new(&format!("{level} {}", name.join(" ")))
}

/// The place an issuer's name in capitals ends with: "ỦY BAN NHÂN DÂN THỊ XÃ QUẢNG YÊN".
fn locality(line: &str) -> Option<Locality> {
    let folded = fold(line);
    let society = folded.find(" xa hoi");
    let found = |level: &'static LevelWord| Some((folded.find(&format!(" {} ", level.folded))?, level));
    let (at, level) =
        LEVEL_WORDS.iter().filter_map(found).filter(|(at, _)| Some(*at) != society).min_by_key(|(at, _)| *at)?;
    // Folding keeps one character for one, so places are counted in characters.
    let skip = folded[..at].chars().count() + 1;
    let place: String = line.chars().skip(skip).collect();
    let level_words = level.folded.split(' ').count();
    let name = place
        .split_whitespace()
        .enumerate()
        .map(|(i, word)| if i < level_words { word.to_lowercase() } else { capitalise(word) })
        .collect::<Vec<_>>()
        .join(" ");
    Locality::new(&name)
}

/// Whether folded words begin with a level word and a blank.
fn begins_with(words: &str, level: &str) -> bool {
    words.strip_prefix(level).is_some_and(|rest| rest.starts_with(' '))
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
}
