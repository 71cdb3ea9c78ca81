//! A library of plans that nobody wrote: as many as wanted, the same in every run, citing instruments of the register with
//! the skew of real texts.

use std::path::Path;

use danchieu::law::Instrument;
use danchieu::register::Register;

/// How citations fall on instruments, fitted to 34,742 citations of 3,403 real texts: the instrument at rank r is cited as
/// 1 / (r + 12) ^ 1.1. There, the first has 1.5 % of all citations, the first ten 10 %, the first thousand 75 %.
const SHIFT: f64 = 12.0;
const EXPONENT: f64 = 1.1;

/// How many citations a text has, as real texts do on average.
const CITATIONS: usize = 10;

/// Files of one folder.
const FOLDER: usize = 1000;

const PLACES: [&str; 12] = [
    "An Bình",
    "Hòa Lạc",
    "Tân Phú",
    "Mỹ Đức",
    "Đông Hưng",
    "Quảng Yên",
    "Phú Xuyên",
    "Long Điền",
    "Vĩnh Thạnh",
    "Sơn Dương",
    "Bắc Hà",
    "Nam Trực",
];

const TASKS: [&str; 16] = [
    "xóa mù chữ cho người trong độ tuổi",
    "phổ cập giáo dục mầm non cho trẻ em năm tuổi",
    "bồi dưỡng thường xuyên giáo viên",
    "xây dựng trường đạt chuẩn quốc gia",
    "chuyển đổi số trong quản lý trường học",
    "phòng, chống tai nạn đuối nước cho học sinh",
    "tuyển sinh vào lớp sáu",
    "dạy học hai buổi mỗi ngày",
    "xây dựng xã hội học tập",
    "tổ chức hội khỏe cấp trường",
    "hỗ trợ học sinh vùng khó khăn",
    "kiểm tra công tác y tế trường học",
    "giáo dục kỹ năng sống",
    "tổ chức bếp ăn bán trú an toàn",
    "sửa chữa phòng học trước năm học mới",
    "đánh giá học viên hoàn thành chương trình",
];

/// Texts and the numbers behind them.
pub struct GeneratedLibrary {
    instruments: Vec<Instrument>,
    /// Sums of the weights up to each instrument.
    sums: Vec<f64>,
    random: Random,
}

impl GeneratedLibrary {
    pub fn new(register: &Register) -> GeneratedLibrary {
        let numbered = register.instruments().iter().filter(|one| one.number.is_some());
        let instruments: Vec<Instrument> = numbered.cloned().collect();
        let mut sum = 0.0;
        let weight = |rank: usize| (rank as f64 + 1.0 + SHIFT).powf(-EXPONENT);
        let sums = (0..instruments.len()).map(|rank| {
            sum += weight(rank);
            sum
        });
        GeneratedLibrary { sums: sums.collect(), instruments, random: Random(0x9e37_79b9_7f4a_7c15) }
    }

    /// The instrument that is cited most.
    pub fn most_cited(&self) -> &Instrument {
        &self.instruments[0]
    }

    /// The next plan, its number and title.
    pub fn plan(&mut self, at: usize) -> String {
        let place = self.one_of(&PLACES);
        let (day, month, year) = (1 + self.random.below(28), 1 + self.random.below(12), 2012 + self.random.below(14));
        let task = self.one_of(&TASKS);
        let mut text = format!(
            "ỦY BAN NHÂN DÂN\nXÃ {}\nSố: {}/KH-UBND\n\n{place}, ngày {day:02} tháng {month:02} năm {year}\n\nKẾ HOẠCH\n{} năm {year}\n\n",
            place.to_uppercase(),
            1 + at % 900,
            capital(task),
        );
        for _ in 0..CITATIONS / 2 {
            text.push_str(&format!("Căn cứ {};\n", self.citation()));
        }
        for article in 1..=CITATIONS - CITATIONS / 2 {
            let (task, other) = (self.one_of(&TASKS), self.one_of(&TASKS));
            let share = 50 + self.random.below(50);
            text.push_str(&format!(
                "\n{article}. Phấn đấu {share}% thôn {task}; phối hợp {other} theo {}.\n",
                self.citation()
            ));
        }
        text
    }

    /// An instrument in full, drawn with the skew.
    fn citation(&mut self) -> String {
        let share = self.random.share() * self.sums.last().copied().unwrap_or_default();
        let at = self.sums.partition_point(|sum| *sum < share).min(self.instruments.len() - 1);
        let one = &self.instruments[at];
        let number = one.number.as_ref().map(ToString::to_string).unwrap_or_default();
        let date = one.issued.map(|date| date.strftime(" ngày %d/%m/%Y").to_string()).unwrap_or_default();
        format!("{} số {number}{date}", one.kind)
    }

    fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        list[self.random.below(list.len())]
    }

    /// Writes `count` plans below `dir`, a thousand to a folder, and tells of each folder done.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&mut self, dir: &Path, count: usize, mut done: impl FnMut(usize)) -> std::io::Result<()> {
        for at in 0..count {
            let folder = dir.join(format!("{:04}", at / FOLDER));
            if at % FOLDER == 0 {
                std::fs::create_dir_all(&folder)?;
            }
            std::fs::write(folder.join(format!("{at:07}.txt")), self.plan(at))?;
            if (at + 1) % FOLDER == 0 || at + 1 == count {
                done(at + 1);
            }
        }
        Ok(())
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + chars.as_str())
}

/// A small generator of numbers (splitmix64): the same in every run.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
