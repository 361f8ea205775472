//! Says what is wrong with a line of the config file that is no TOML. The parser's messages are short and for those who
//! know its grammar; toml_faults.tsv has our own words for each kind, which are then translated as any message.

/// What is wrong with a line, by the message of the parser. `column` counts characters of the line from 1: it is told
/// where the kind of the fault is unknown.
pub(super) fn why(message: &str, column: usize) -> String {
    if let Some((_, why)) = rows().find(|(begins, _)| message.starts_with(begins)) {
        return why.to_owned();
    }
    let message = message.lines().collect::<Vec<_>>().join("; ");
    format!("the line is no TOML at character {column} ({message})")
}

/// The rows of the table: how the parser's message begins, and what is wrong.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("toml_faults.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check::read;
    use crate::lang::{Lang, messages};

    /// A line that is no TOML, and a part of what is said of it.
    const FAULTS: &[(&str, &str)] = &[
        ("theme", "thiếu `=` và giá trị"),
        ("theme =", "chữ phải đặt trong dấu nháy"),
        ("theme = dark", "chữ phải đặt trong dấu nháy"),
        ("theme = = 3", "thừa một dấu `=`"),
        ("= 3", "thiếu tên"),
        ("é = 1", "đặt trong dấu nháy"),
        ("\"\"\"a\"\"\" = 1", "tên chỉ viết trên một dòng"),
        ("[colours", "thiếu `]` ở cuối"),
        ("[[x]", "thiếu `]]` ở cuối"),
        ("[x]]", "sau giá trị còn thừa chữ"),
        ("}", "không phải `tên = giá trị`"),
        ("theme = \"dark", "thiếu dấu nháy ở cuối"),
        ("theme = 'dark", "thiếu dấu nháy ở cuối"),
        ("theme = \"\"\"dark", "thiếu ba dấu nháy ở cuối"),
        ("theme = '''dark", "thiếu ba dấu nháy ở cuối"),
        ("theme = \"a\u{1}\"", "ký tự điều khiển"),
        ("# \u{1}", "ký tự điều khiển"),
        ("theme = \"C:\\Users\"", "hãy viết nó hai lần"),
        ("theme = \"a\\q\"", "hãy viết nó hai lần"),
        ("theme = \"a\\ud800\"", "hãy viết nó hai lần"),
        ("x = [1, 2", "thiếu `]` ở cuối"),
        ("x = ]", "mà không có `[`"),
        ("x = }", "mà không có `{`"),
        ("x = [1,,2]", "thừa một dấu phẩy"),
        ("x = [\"a\" \"b\"]", "thiếu dấu phẩy"),
        ("x = [1 = 2]", "trong danh sách có dấu `=`"),
        ("x = {a = 1", "thiếu `}` ở cuối"),
        ("x = {a 1}", "sau tên thiếu dấu `=`"),
        ("x = {a = 1 b = 2}", "thừa một dấu `=`"),
        ("x = {,}", "thừa một dấu phẩy"),
        ("x = 1 y = 2", "sau giá trị còn thừa chữ"),
        ("x = 1\nx = 2", "có hai lần"),
        ("x = 012", "không bắt đầu bằng 0"),
        ("x = +-1", "chỉ có một dấu"),
        ("x = 1__0", "giữa các chữ số"),
        ("x = 0X1", "không phải số nguyên"),
        ("x = +0x1", "không phải số nguyên"),
        ("x = 0b2", "không phải số nguyên"),
        ("x = 99999999999999999999", "số quá lớn"),
        ("x = 1.2.3", "không phải số"),
        ("x = 1e", "không phải số"),
        ("x = .5", "không phải số"),
        ("x = 5.", "không phải số"),
        ("x = True", "`true` hay `false`"),
        ("x = 2020-13-45", "không phải ngày"),
        ("x = 1979-05-27T", "không phải giờ"),
    ];

    #[test]
    fn every_kind_of_fault_is_told_in_vietnamese_at_its_line() {
        let deep = format!("x = {}", "[".repeat(200));
        for (text, said) in FAULTS.iter().copied().chain([(deep.as_str(), "lồng nhau")]) {
            // The lines around it are right.
            let file = format!("mouse = true\n{text}\n");
            let (_, faults) = read(&file);
            let first = faults.iter().map(|fault| (fault.line, messages::say(&fault.why, Lang::Vi).into_owned()));
            let found: Vec<_> = first.filter(|(_, why)| why.contains(said)).collect();
            let line = if text.contains('\n') { 3 } else { 2 };
            // What has no end is told where it should have been, at the latest behind the last line.
            assert!(found.iter().any(|(at, _)| *at >= line), "{text:?}: {faults:?}");
        }
    }

    #[test]
    fn a_kind_that_is_not_known_is_told_by_line_and_place_with_the_words_of_the_parser() {
        let said = why("odd thing, expected `%`\nmore", 7);
        assert_eq!(said, "the line is no TOML at character 7 (odd thing, expected `%`; more)");
        let vi = messages::say(&said, Lang::Vi).into_owned();
        assert_eq!(vi, "dòng này sai cú pháp TOML ở ký tự thứ 7 (odd thing, expected `%`; more)");
    }

    #[test]
    fn the_first_row_that_fits_is_the_longest_and_all_have_their_vietnamese() {
        let all: Vec<(&str, &str)> = rows().collect();
        assert!(all.len() > 50);
        for (n, (begins, said)) in all.iter().enumerate() {
            let shadowed = all.iter().take(n).find(|(before, _)| begins.starts_with(before));
            assert_eq!(shadowed, None, "{begins}");
            assert_ne!(messages::say(said, Lang::Vi), *said);
        }
    }
}
