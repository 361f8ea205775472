//! Tests of messages in Vietnamese. That every literal of the source has a row is checked by `tests/it/tidy`.

use super::pattern::hole_names;
use super::*;
use std::collections::HashSet;

#[test]
fn every_row_has_both_languages_once_and_no_hole_that_the_english_has_not() {
    let lines = include_str!("../messages.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    assert_eq!(rows().count(), lines.clone().count());
    assert!(lines.clone().all(|line| line.split('\t').count() == 3));
    let plurals = ["plural", "reports", "of_files", "of_officials", "stopped", "1"];
    let mut seen = HashSet::new();
    for row in rows() {
        assert!(seen.insert(row.en), "{row:?} twice");
        assert!(!row.vi.is_empty() && row.en.ends_with(' ') == row.vi.ends_with(' '), "{row:?}");
        assert_eq!(row.en.starts_with(' '), row.vi.starts_with(' '), "{row:?}");
        let (en, vi) = (hole_names(row.en), hole_names(row.vi));
        for (name, is_quoted) in &vi {
            // The Vietnamese of a quoted `{:?}` may name it `{0}`.
            let known = en.iter().find(|hole| hole.0 == *name);
            assert!(known.is_some_and(|hole| hole.1 || !is_quoted), "{name} in {row:?}");
        }
        let left_out = en.iter().filter(|hole| !vi.iter().any(|known| known.0 == hole.0));
        assert!(left_out.clone().all(|hole| plurals.contains(&hole.0.as_str())), "{row:?}");
    }
    assert!(seen.len() > 600);
}

#[test]
fn a_message_is_translated_with_the_error_that_it_quotes() {
    let cases = [
        ("3 reports imported, 0 known already, from 2 files", "đã nhập 3 báo cáo, 0 báo cáo đã có, từ 2 tệp"),
        (
            "1,994 reports imported, 12,345,678 known already, from 2 files",
            "đã nhập 1.994 báo cáo, 12.345.678 báo cáo đã có, từ 2 tệp",
        ),
        (
            "interrupted; what is counted here is saved: 1 report imported, 2 known already, from 1 file, 4 not read",
            "bị ngắt; những gì đếm ở đây đã được lưu: đã nhập 1 báo cáo, 2 báo cáo đã có, từ 1 tệp, \
             4 tệp không đọc được",
        ),
        (
            "\"a: b.txt\" could not be imported: it is not text: it looks like a PNG image; only text can be read; a \
             scanned report must be recognized first",
            "không nhập được \"a: b.txt\": không phải văn bản: có vẻ là ảnh PNG; chỉ đọc được văn bản; báo cáo quét \
             phải qua nhận dạng chữ trước",
        ),
        ("left out: 1 packed file to be unpacked first", "bỏ qua: 1 tệp nén phải giải nén trước"),
        ("/c.toml (no such file: the default settings apply)", "/c.toml (chưa có tệp này: dùng thiết lập mặc định)"),
        (
            "1,994 reports (1,990 unread, 0 starred), 1 official, 1,013.1 MiB",
            "1.994 báo cáo (1.990 chưa đọc, 0 có sao), 1 cán bộ, 1.013,1 MiB",
        ),
        ("1 report (1 unread, 0 starred), 0 officials, 0.1 MiB", "1 báo cáo (1 chưa đọc, 0 có sao), 0 cán bộ, 0,1 MiB"),
        (
            "\"x\" could in part not be imported: line 3: there is no text in it",
            "không nhập được trọn vẹn \"x\": dòng 3: không có văn bản nào trong đó",
        ),
        (
            "the settings \"/c.toml\" are wrong in line 2: there is no setting `them`; did you mean `theme`?; \
             `baocao config check` looks again",
            "tệp cấu hình \"/c.toml\" sai ở dòng 2: không có thiết lập `them`; có phải ý bạn là `theme`?; \
             `baocao config check` kiểm tra lại",
        ),
        (
            "the cache \"/k\" could not be opened: No such file or directory (os error 2); give a folder that can be \
             used with --cache",
            "không mở được kho \"/k\": không có tệp hay thư mục này (os error 2); hãy nêu một thư mục dùng được bằng \
             --cache",
        ),
        (
            "left out: 2 pictures (a scanned report must be recognized first), 1 empty file",
            "bỏ qua: 2 tệp ảnh (báo cáo quét phải qua nhận dạng chữ trước), 1 tệp rỗng",
        ),
    ];
    for (en, vi) in cases {
        assert_eq!(say(en, Lang::Vi), vi, "{en}");
        assert_eq!(say(en, Lang::En), en);
    }
}

#[test]
fn names_and_values_stay_as_they_are() {
    let quoted = "\"there is no text in it\" could not be imported: there is no text in it";
    assert_eq!(say(quoted, Lang::Vi), "không nhập được \"there is no text in it\": không có văn bản nào trong đó");
    let named = "the source \"read\" is not due before 12:00; `sync read` fetches it now";
    assert_eq!(say(named, Lang::Vi), "nguồn \"read\" đến 12:00 mới tới lượt; `sync read` để lấy tin ngay");
    assert_eq!(say("Tiếng Việt: không đổi", Lang::Vi), "Tiếng Việt: không đổi");
    assert_eq!(vietnamese("no row knows this"), None);
}

#[test]
fn a_message_with_many_separators_ends() {
    let long = ["a: b; c, d (e) ", "\"", "{}"].concat().repeat(300);
    assert!(vietnamese(&long).is_none());
    assert!(vietnamese(&"x: ".repeat(2000)).is_none());
}
