//! Which column of a dump holds what: as the user says, else as its name suggests, in English or Vietnamese.

use crate::law::Treatment;
use crate::text::fold;

/// What a column of a dump may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Number,
    Kind,
    Title,
    Issuer,
    Locality,
    Issued,
    Commences,
    Ended,
    Force,
    ForceAsOf,
    Confidence,
    Source,
    /// Of a table of relations.
    From,
    Treatment,
    To,
    Date,
    Provision,
    Confirmed,
    /// Numbers of the instruments that do something to this one, or to which this one does something.
    ActedOnBy(Treatment),
    ActsOn(Treatment),
}

use Column::{ActedOnBy, ActsOn};

/// Names that columns of dumps bear, folded, without anything but letters and digits; the surest first.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Number,
        &[
            "number",
            "sokyhieu",
            "sohieu",
            "sohieuvanban",
            "sovanban",
            "sokyhieuvanban",
            "sovakyhieu",
            "kyhieu",
            "documentnumber",
            "docnumber",
            "docnum",
            "lawnumber",
            "numbersymbol",
            "sovb",
            "so",
        ],
    ),
    (
        Column::Kind,
        &["kind", "loaivanban", "loaivb", "tenloai", "theloai", "documenttype", "doctype", "lawtype", "type", "loai"],
    ),
    (
        Column::Title,
        &["title", "trichyeu", "trichyeunoidung", "tenvanban", "tieude", "tenvb", "ten", "name", "docname", "summary"],
    ),
    (
        Column::Issuer,
        &[
            "issuer",
            "coquanbanhanh",
            "cqbh",
            "noibanhanh",
            "donvibanhanh",
            "issuingbody",
            "issuingauthority",
            "agency",
            "organ",
            "coquan",
        ],
    ),
    (Column::Locality, &["locality", "diaphuong", "tinhthanhpho", "tinhthanh", "tinh", "province"]),
    (
        Column::Issued,
        &["issued", "ngaybanhanh", "ngaybh", "issuedate", "issueddate", "promulgationdate", "ngayky", "signdate"],
    ),
    (
        Column::Commences,
        &[
            "commences",
            "ngaycohieuluc",
            "ngayhieuluc",
            "ngaycohl",
            "hieuluctu",
            "cohieuluctu",
            "effectivedate",
            "effective",
            "enforceddate",
        ],
    ),
    (
        Column::Ended,
        &["ended", "ngayhethieuluc", "ngayhethl", "hethieuluctu", "hethieuluc", "expirydate", "expireddate", "enddate"],
    ),
    (
        Column::Force,
        &[
            "force",
            "tinhtranghieuluc",
            "tinhtrang",
            "trangthaihieuluc",
            "trangthai",
            "status",
            "effectstatus",
            "hieuluc",
        ],
    ),
    (
        Column::ForceAsOf,
        &["forceasof", "ngaycapnhat", "capnhat", "ngayxacnhan", "updatedat", "updateddate", "lastupdated", "updated"],
    ),
    (Column::Confidence, &["confidence", "dotincay", "muctincay"]),
    (Column::Source, &["source", "nguon", "nguontrich"]),
    (Column::From, &["from", "vanbantacdong"]),
    (Column::Treatment, &["treatment", "relation", "quanhe", "loaiquanhe"]),
    (Column::To, &["to", "vanbanbitacdong"]),
    (Column::Provision, &["provision", "dieukhoan"]),
    (Column::Confirmed, &["confirmed"]),
    (ActedOnBy(Treatment::Replaces), &["replacedby", "bithaytheboi", "duocthaytheboi", "vanbanthaythe", "vbthaythe"]),
    (ActedOnBy(Treatment::Repeals), &["repealedby", "bibaiboboi", "vanbanbaibo", "vbbaibo"]),
    (
        ActedOnBy(Treatment::Amends),
        &["amendedby", "duocsuadoiboi", "bisuadoiboi", "vanbansuadoi", "vanbansuadoibosung", "vbsuadoi"],
    ),
    (ActedOnBy(Treatment::Suspends), &["suspendedby", "bidinhchiboi", "vanbandinhchi"]),
    (ActedOnBy(Treatment::Corrects), &["correctedby", "vanbandinhchinh"]),
    (ActedOnBy(Treatment::Consolidates), &["consolidatedby", "vanbanhopnhat"]),
    (ActedOnBy(Treatment::Implements), &["implementedby", "vanbanhuongdan"]),
    (ActsOn(Treatment::Replaces), &["replaces", "thaythe", "vanbanbithaythe", "vanbanduocthaythe"]),
    (ActsOn(Treatment::Repeals), &["repeals", "baibo", "vanbanbibaibo"]),
    (ActsOn(Treatment::Amends), &["amends", "suadoi", "suadoibosung", "vanbanbisuadoi", "vanbanduocsuadoi"]),
];

/// "date" is the day of issue in a table of instruments and the day of effect in one of relations.
const DATE: [&str; 3] = ["date", "ngay", "ngaythang"];

/// The name by which `--map` calls a column.
fn name(column: Column) -> &'static str {
    let found = NAMES.iter().find(|(one, _)| *one == column).and_then(|(_, names)| names.first().copied());
    match column {
        Column::ForceAsOf => "force_as_of",
        Column::Date => "date",
        ActedOnBy(Treatment::Replaces) => "replaced_by",
        ActedOnBy(Treatment::Repeals) => "repealed_by",
        ActedOnBy(Treatment::Amends) => "amended_by",
        ActedOnBy(Treatment::Suspends) => "suspended_by",
        ActedOnBy(Treatment::Corrects) => "corrected_by",
        ActedOnBy(Treatment::Consolidates) => "consolidated_by",
        ActedOnBy(Treatment::Implements) => "implemented_by",
        _ => found.unwrap_or_default(),
    }
}

fn all() -> impl Iterator<Item = Column> {
    NAMES.iter().map(|(column, _)| *column).chain([Column::Date])
}

/// A column of our tables and the column of the dump that holds it: `number=so_ky_hieu`.
///
/// # Errors
/// The name is none of ours, or there is no `=`: then the names there are.
pub fn parse_pair(text: &str) -> Result<(Column, String), String> {
    let known = || all().map(name).collect::<Vec<_>>().join(", ");
    let (ours, theirs) = text.split_once('=').ok_or_else(|| format!("number=so_ky_hieu,… ({})", known()))?;
    let column = all().find(|column| name(*column) == ours.trim());
    column.map(|column| (column, theirs.trim().to_owned())).ok_or_else(known)
}

/// Which column of a dump holds what.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Ours, and the place of theirs.
    pub pairs: Vec<(Column, usize)>,
    /// The names of a dump's columns.
    pub names: Vec<String>,
}

impl Mapping {
    /// The columns that the user named, and what the names of the others suggest. What was named and is not there is
    /// given back.
    pub fn new(names: &[String], told: &[(Column, String)]) -> (Mapping, Vec<String>) {
        let mut mapping = Mapping { pairs: Vec::new(), names: names.to_vec() };
        let mut missing = Vec::new();
        for (column, theirs) in told {
            match names.iter().position(|name| name.trim() == theirs) {
                Some(at) => mapping.pairs.push((*column, at)),
                None => missing.push(theirs.clone()),
            }
        }
        let squeezed: Vec<String> = names.iter().map(|name| squeeze(name)).collect();
        let place = |wanted: &[&str]| wanted.iter().find_map(|name| squeezed.iter().position(|one| one == name));
        for (column, wanted) in NAMES {
            mapping.guess(*column, place(wanted));
        }
        let relations = mapping.is_relations();
        mapping.guess(if relations { Column::Date } else { Column::Issued }, place(&DATE));
        (mapping, missing)
    }

    fn guess(&mut self, column: Column, place: Option<usize>) {
        let Some(at) = place else { return };
        if self.pairs.iter().all(|(known, taken)| *known != column && *taken != at) {
            self.pairs.push((column, at));
        }
    }

    /// Whether the rows are relations, not instruments.
    pub fn is_relations(&self) -> bool {
        [Column::From, Column::Treatment, Column::To].iter().all(|column| self.has(*column))
    }

    pub fn has(&self, column: Column) -> bool {
        self.pairs.iter().any(|(known, _)| *known == column)
    }

    /// `number=so_ky_hieu, title=trich_yeu`: what is read as what.
    pub fn shown(&self) -> String {
        let pairs = self.pairs.iter().map(|(column, at)| format!("{}={}", name(*column), self.names[*at]));
        pairs.collect::<Vec<_>>().join(", ")
    }
}

fn squeeze(written: &str) -> String {
    fold(written).chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(names: &[&str], told: &[(Column, String)]) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Mapping::new(&names, told).0.shown()
    }

    #[test]
    fn names_in_both_languages_are_understood() {
        assert_eq!(
            mapping(&["STT", "Số ký hiệu", "Trích yếu", "Ngày ban hành", "Tình trạng hiệu lực"], &[]),
            "number=Số ký hiệu, title=Trích yếu, issued=Ngày ban hành, force=Tình trạng hiệu lực"
        );
        assert_eq!(
            mapping(&["id", "number", "type", "date", "effective", "status", "amended_by"], &[]),
            "number=number, kind=type, commences=effective, force=status, amended_by=amended_by, issued=date"
        );
    }

    #[test]
    fn what_the_user_says_counts_first() {
        let told = [parse_pair("number=ma").unwrap(), parse_pair("title=number").unwrap()];
        assert_eq!(mapping(&["ma", "number", "title"], &told), "number=ma, title=number");
        assert!(parse_pair("nummer=x").unwrap_err().contains("number"));
        assert_eq!(Mapping::new(&["a".into()], &told).1, ["ma", "number"]);
    }

    #[test]
    fn a_table_of_relations_is_told_by_its_ends() {
        let names = ["from", "treatment", "to", "date"].map(str::to_owned);
        let (mapping, _) = Mapping::new(&names, &[]);
        assert!(mapping.is_relations() && mapping.has(Column::Date) && !mapping.has(Column::Issued));
    }
}
