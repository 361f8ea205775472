//! What a person does at an event, in both languages. The cache keeps a role as its Vietnamese verb (`verbs.tsv`), so
//! the English word is looked up by that verb. A test checks that every verb of the table has one.

use super::Lang;

/// Each verb of `verbs.tsv` that names a role, and its English.
const ROLES: &[(&str, &str)] = &[
    ("biểu dương", "commends"),
    ("bày tỏ", "expresses"),
    ("báo cáo", "reports"),
    ("bế mạc", "closes"),
    ("chào xã giao", "pays a courtesy call"),
    ("chúc Tết", "gives Tết wishes"),
    ("chúc mừng", "congratulates"),
    ("chỉ đạo", "directs"),
    ("chủ trì", "chairs"),
    ("đồng chủ trì", "co-chairs"),
    ("chứng kiến", "witnesses"),
    ("công bố", "announces"),
    ("cắt băng", "cuts the ribbon"),
    ("duyệt", "reviews"),
    ("dâng hoa", "lays flowers"),
    ("dâng hương", "offers incense"),
    ("dẫn đầu", "leads"),
    ("dự", "attends"),
    ("ghi nhận", "acknowledges"),
    ("gặp mặt", "meets"),
    ("hội đàm", "holds talks"),
    ("khai mạc", "opens"),
    ("khẳng định", "affirms"),
    ("kiểm tra", "inspects"),
    ("ký", "signs"),
    ("kết luận", "concludes"),
    ("làm trưởng đoàn", "heads the delegation"),
    ("làm việc", "works with"),
    ("nhấn mạnh", "stresses"),
    ("nhận", "receives"),
    ("phát biểu", "speaks"),
    ("quán triệt", "explains"),
    ("tham luận", "presents a paper"),
    ("thông báo", "informs"),
    ("thăm", "visits"),
    ("thị sát", "tours"),
    ("tiếp", "hosts"),
    ("trao", "hands over"),
    ("trình bày", "presents"),
    ("tặng", "gives"),
    ("yêu cầu", "demands"),
    ("đánh giá", "assesses"),
    ("điều hành", "conducts"),
    ("đón", "welcomes"),
    ("đề nghị", "proposes"),
    ("đọc", "reads out"),
    ("đối thoại", "holds a dialogue"),
    ("động viên", "encourages"),
];

/// A role in `lang`; the verb itself if it has no English.
pub fn say(verb: &str, lang: Lang) -> &str {
    match lang {
        Lang::Vi => verb,
        Lang::En => ROLES.iter().find(|row| row.0 == verb).map_or(verb, |row| row.1),
    }
}

/// Several roles in `lang`, separated by commas.
pub fn say_all<'a>(verbs: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>, lang: Lang) -> String {
    verbs.into_iter().map(|verb| say(verb.as_ref(), lang)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::{RowValue, TableClass, TableRow, VerbUse, lexicon};

    #[test]
    fn every_role_has_english() {
        let is_role = |row: &&TableRow| matches!(row.value, RowValue::Verb(VerbUse::Role, _));
        let verbs: Vec<_> = lexicon().rows_of(TableClass::Verb).filter(is_role).map(TableRow::form).collect();
        assert!(verbs.len() > 40);
        for verb in verbs {
            assert_ne!(say(verb, Lang::En), verb);
            assert_eq!(say(verb, Lang::Vi), verb);
        }
    }
}
