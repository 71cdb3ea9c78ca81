//! Known items: what is looked for, and the words that ask for it.

use std::collections::HashMap;

use danchieu::law::{Confidence, Date, Force, Instrument, Number};
use danchieu::register::Register;
use danchieu::text::fold;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// One question with one right answer.
pub struct Item {
    pub class: &'static str,
    pub query: String,
    number: Option<String>,
    date: Option<Date>,
    title: String,
}

impl Item {
    /// Whether a hit is the one looked for.
    pub fn is(&self, number: Option<&str>, date: Option<Date>, title: &str) -> bool {
        match &self.number {
            // Lists and texts spell numbers differently: "02/2018/tt-ubdt", "TT- BVHTTDL", "BGD&ĐT".
            Some(wanted) => {
                number.is_some_and(|number| letters(number) == letters(wanted))
                    && (self.date.is_none() || date.is_none() || date == self.date)
            }
            None => fold(title) == fold(&self.title),
        }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.number.as_deref().unwrap_or("-"), self.title)
    }
}

fn letters(number: &str) -> String {
    fold(number).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A stable choice that has nothing to do with order: a small hash of the text.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// At most `count` of the instruments, always the same ones.
fn sample<'i>(instruments: impl Iterator<Item = &'i Instrument>, salt: &str, count: usize) -> Vec<&'i Instrument> {
    let mut all: Vec<&Instrument> = instruments.collect();
    all.sort_by_key(|one| hash(&format!("{salt}{}", one.id())));
    all.truncate(count);
    all
}

pub fn of_register(register: &Register, count: usize) -> Vec<Item> {
    let all: Vec<&Instrument> = register.instruments().iter().collect();
    let mut out = numbers(register, &all, count);
    out.extend(titles(&all, count));
    out
}

/// Items of texts that are indexed as documents.
pub fn of_texts(register: &Register, facts: &[Value], count: usize) -> Vec<Item> {
    let rows: Vec<Instrument> = facts.iter().filter_map(row).collect();
    let rows: Vec<&Instrument> = rows.iter().collect();
    // What the register's rows and the texts share is asked for once; a title in both is still one instrument.
    let texts: Vec<_> = rows.iter().map(|one| one.id()).collect();
    let mut all = rows.clone();
    all.extend(register.instruments().iter().filter(|one| !texts.contains(&one.id())));
    let wanted =
        |item: &Item| item.number.as_ref().is_some_and(|number| facts.iter().any(|one| one["number"] == **number));
    let mut out = numbers(register, &all, count * 3);
    out.extend(titles(&all, count * 3));
    out.retain(wanted);
    out
}

fn row(facts: &Value) -> Option<Instrument> {
    let text = |name: &str| facts[name].as_str().map(str::to_owned);
    let date = text("date").and_then(|date| {
        let parts: Vec<i16> = date.split('/').filter_map(|part| part.parse().ok()).collect();
        match parts[..] {
            [day, month, year] => Date::new(year, month as i8, day as i8).ok(),
            _ => None,
        }
    });
    Some(Instrument {
        number: Some(Number::parse(&text("number")?)?),
        kind: text("type")?,
        title: text("title")?,
        issuer: text("issuer").unwrap_or_default(),
        locality: None,
        issued: date,
        commences: None,
        ended: None,
        force: Force::default(),
        force_as_of: None,
        confidence: Confidence::default(),
        source: String::new(),
    })
}

/// The classes of numbers. A spelling that fits several instruments is not asked for.
fn numbers(register: &Register, all: &[&Instrument], count: usize) -> Vec<Item> {
    type Spelling = fn(&Register, &Instrument, &Number) -> Option<String>;
    let classes: [(&'static str, Spelling); 17] = [
        ("number as written", |_, _, number| Some(number.to_string())),
        ("number, small, no marks", |_, _, number| Some(fold(number.as_str()))),
        ("number with blanks", |_, _, number| Some(number.as_str().replace(['/', '-'], " "))),
        ("number with hyphens", |_, _, number| Some(number.as_str().replace('/', "-"))),
        ("number without its hyphens", |_, _, number| Some(number.as_str().replace('-', ""))),
        ("number without leading zero", |_, _, number| number.as_str().strip_prefix('0').map(str::to_owned)),
        ("Eth for Đ, blank after the dash", |_, _, number| Some(number.as_str().replace('Đ', "Ð").replace('-', "- "))),
        ("kind and number", |_, one, number| Some(format!("{} số {number}", one.kind))),
        ("kind, serial, year, issuer", |_, one, number| {
            let year = number.year()?;
            Some(fold(&format!("{} {} {year} {}", one.kind, number.serial(), number.parts().last()?)))
        }),
        ("abbreviated: tt 33/2021", |register, one, number| {
            let kind = abbreviation(register, one)?;
            Some(fold(&format!("{kind} {}/{}", number.serial(), number.year()?)))
        }),
        ("together: TT33-2021", |register, one, number| {
            Some(format!("{}{}-{}", abbreviation(register, one)?, number.serial(), number.year()?))
        }),
        ("no signs: 33 2021 bgddt", |_, _, number| {
            Some(fold(&format!("{} {} {}", number.serial(), number.year()?, number.parts().last()?)))
        }),
        ("no issuer: 33/2021", |_, _, number| Some(format!("{}/{}", number.serial(), number.year()?))),
        ("kind and serial: qd 1373", |register, one, number| {
            Some(fold(&format!("{} {}", abbreviation(register, one)?, number.serial())))
        }),
        ("yearless: ct 14 ttg", |_, _, number| {
            if number.year().is_some() {
                return None;
            }
            let parts: Vec<&str> = number.parts().collect();
            Some(fold(&format!("{} {} {}", parts.first()?, number.serial(), parts.get(1..)?.join(" "))))
        }),
        ("name and year of a law", |_, one, _| {
            let law = one.title.starts_with("Luật ") && one.kind == "Luật" && !one.title.contains("sửa đổi");
            law.then(|| Some(format!("{} {}", fold(&one.title), one.issued?.year())))?
        }),
        ("sentence of a plan", |_, one, number| {
            let date = one.issued?;
            Some(format!(
                "Thực hiện {} số {number} ngày {} tháng {} năm {} của {}, các đơn vị xây dựng kế hoạch",
                one.kind,
                date.day(),
                date.month(),
                date.year(),
                one.issuer
            ))
        }),
    ];
    let mut out = Vec::new();
    for (class, spelling) in classes {
        let ask = |one: &Instrument| spelling(register, one, one.number.as_ref()?);
        let mut borne: HashMap<String, usize> = HashMap::new();
        for one in all {
            if let Some(query) = ask(one) {
                *borne.entry(fold(&query).replace(['-', '/'], " ")).or_default() += 1;
            }
        }
        let alone =
            |one: &&Instrument| ask(one).is_some_and(|query| borne[&fold(&query).replace(['-', '/'], " ")] == 1);
        let chosen = sample(all.iter().copied().filter(alone), class, count);
        out.extend(chosen.into_iter().filter_map(|one| Some(item(class, ask(one)?, one))));
    }
    out
}

/// `TT` of a circular.
fn abbreviation<'r>(register: &'r Register, one: &Instrument) -> Option<&'r str> {
    register.symbols().kinds_of_word(&one.kind).map(|kind| kind.abbr.as_str()).find(|abbr| !abbr.is_empty())
}

fn item(class: &'static str, query: String, one: &Instrument) -> Item {
    let number = one.number.as_ref().map(Number::to_string);
    Item { class, query, number, date: one.issued, title: one.title.clone() }
}

/// The classes of titles.
fn titles(all: &[&Instrument], count: usize) -> Vec<Item> {
    let folded: Vec<String> = all.iter().map(|one| format!(" {} ", plain(&one.title))).collect();
    let mut borne: HashMap<&str, usize> = HashMap::new();
    for title in &folded {
        *borne.entry(title).or_default() += 1;
    }
    let words = |one: &Instrument| -> Vec<String> { one.title.split_whitespace().map(str::to_owned).collect() };
    let long = |one: &&Instrument, least: usize| {
        words(one).len() >= least && borne[format!(" {} ", plain(&one.title)).as_str()] == 1
    };
    let whole = sample(all.iter().copied().filter(|one| long(one, 5)), "whole", count);
    let parts = sample(all.iter().copied().filter(|one| long(one, 10)), "parts", count * 2);
    let mut out = Vec::new();
    type Change = fn(&str) -> String;
    let changes: [(&'static str, Change); 9] = [
        ("title, marks", str::to_owned),
        ("title, no marks", fold),
        ("title, every other word unmarked", half_marked),
        ("title, NFD", |title| title.nfd().collect()),
        ("title, capitals", str::to_uppercase),
        ("title, Telex keystrokes", |title| keystrokes(title, &TELEX)),
        ("title, VNI keystrokes", |title| keystrokes(title, &VNI)),
        ("title, one typo, marks", |title| typo(title)),
        ("title, one typo, no marks", |title| typo(&fold(title))),
    ];
    for (class, change) in changes {
        out.extend(whole.iter().map(|one| item(class, change(&one.title), one)));
    }
    // Half of the words from a place in the title; not where others hold the same words.
    let cut = |one: &Instrument| -> Option<String> {
        let words = words(one);
        let length = (words.len() / 2).clamp(5, 9);
        let start = hash(one.id().as_str()) as usize % (words.len() - length + 1);
        let part = words[start..start + length].join(" ");
        let inside = format!(" {} ", plain(&part));
        (folded.iter().filter(|title| title.contains(&inside)).count() == 1).then_some(part)
    };
    let parts: Vec<(&Instrument, String)> =
        parts.into_iter().filter_map(|one| Some((one, cut(one)?))).take(count).collect();
    let changes: [(&'static str, Change); 4] = [
        ("part of a title, marks", str::to_owned),
        ("part of a title, no marks", fold),
        ("part of a title, one typo, marks", |title| typo(title)),
        ("part of a title, one typo, no marks", |title| typo(&fold(title))),
    ];
    for (class, change) in changes {
        out.extend(parts.iter().map(|(one, part)| item(class, change(part), one)));
    }
    out
}

/// Folded words with one blank between.
fn plain(title: &str) -> String {
    fold(title).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn half_marked(title: &str) -> String {
    let words = title.split_whitespace().enumerate();
    words.map(|(at, word)| if at % 2 == 0 { fold(word) } else { word.to_owned() }).collect::<Vec<_>>().join(" ")
}

/// A letter left out, doubled, swapped with the next or mistaken, in a word of five letters or more (four where there
/// is none).
fn typo(title: &str) -> String {
    let mut words: Vec<Vec<char>> = title.split(' ').map(|word| word.chars().collect()).collect();
    let long = |least: usize| -> Vec<usize> {
        let letters = |word: &Vec<char>| word.len() >= least && word.iter().all(|c| c.is_alphabetic());
        (0..words.len()).filter(|at| letters(&words[*at])).collect()
    };
    let choice = [5, 4, 3].into_iter().map(long).find(|found| !found.is_empty()).unwrap_or_default();
    let chance = hash(title) as usize;
    let Some(at) = choice.get(chance % choice.len().max(1)) else { return title.to_owned() };
    let word = &mut words[*at];
    let place = 1 + (chance / 7) % (word.len() - 2);
    match (chance / 64) % 4 {
        0 => drop(word.remove(place)),
        1 => word.insert(place, word[place]),
        2 if word[place] != word[place + 1] => word.swap(place, place + 1),
        _ => word[place] = if word[place] == 'k' { 'l' } else { 'k' },
    }
    words.into_iter().map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// What an input method is typed with: letters with a hat, breve or horn and the stroke, then the tones grave, acute,
/// hook, tilde, dot.
struct Keys {
    shapes: [(char, &'static str); 7],
    tones: [char; 5],
}

const TELEX: Keys = Keys {
    shapes: [('â', "aa"), ('ê', "ee"), ('ô', "oo"), ('ă', "aw"), ('ơ', "ow"), ('ư', "uw"), ('đ', "dd")],
    tones: ['f', 's', 'r', 'x', 'j'],
};
const VNI: Keys = Keys {
    shapes: [('â', "a6"), ('ê', "e6"), ('ô', "o6"), ('ă', "a8"), ('ơ', "o7"), ('ư', "u7"), ('đ', "d9")],
    tones: ['2', '1', '3', '4', '5'],
};

/// The keys pressed for a text, the tone after the word.
fn keystrokes(text: &str, keys: &Keys) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    let word = |word: &str| -> String {
        let mut tone = None;
        let bare: String = word
            .to_lowercase()
            .nfd()
            .filter(|c| {
                let found = TONES.iter().position(|one| one == c);
                tone = tone.or(found);
                found.is_none()
            })
            .nfc()
            .collect();
        let mut out = String::new();
        for c in bare.chars() {
            match keys.shapes.iter().find(|(shape, _)| *shape == c) {
                Some((_, typed)) => out.push_str(typed),
                None => out.push(c),
            }
        }
        if let Some(tone) = tone {
            let end = out.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            out.insert(end, keys.tones[tone]);
        }
        out
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
