//! Posts that end by what a text tells, pass to another, or are held for the time being: each row is a sentence, then
//! the people as `former.rs` writes them, with `?` before a post that is only acted in.

use super::{people_are, read};
use crate::report::{CareerEventKind, Person, PostState};

fn line(person: &Person) -> String {
    let posts = person.posts.iter().map(|post| {
        let sign = match post.state {
            PostState::Holds | PostState::Entering => "",
            PostState::Acting => "?",
            PostState::Former | PostState::Late | PostState::Leaving => "~",
        };
        format!("{sign}{}", post.text)
    });
    format!("{}: {}", person.name, posts.collect::<Vec<_>>().join("; ")).trim_end_matches([':', ' ']).to_owned()
}

fn check(rows: &[(&str, &[&str])]) {
    people_are(rows, line);
}

#[test]
fn who_is_no_longer_in_a_post_has_left_it() {
    let left: &[&str] = &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"];
    check(&[
        ("Ông Mã Văn Tiệp không còn giữ chức Giám đốc Sở Y tế Bến Gỗ.", left),
        ("Ông Mã Văn Tiệp không còn làm Giám đốc Sở Y tế Bến Gỗ.", left),
        ("Ông Mã Văn Tiệp đã rời ghế Giám đốc Sở Y tế Bến Gỗ.", left),
        ("Ông Mã Văn Tiệp vừa rời chức Giám đốc Sở Y tế Bến Gỗ.", left),
        ("Thủ tướng chấp thuận cho ông Mã Văn Tiệp thôi giữ chức vụ Giám đốc Sở Y tế Bến Gỗ.", left),
        ("Quốc hội bãi nhiệm tư cách đại biểu Quốc hội của ông Mã Văn Tiệp.", &["Mã Văn Tiệp: ~đại biểu Quốc hội"]),
        ("Ông Mã Văn Tiệp bị tước tư cách đại biểu HĐND tỉnh.", &["Mã Văn Tiệp: ~đại biểu HĐND tỉnh"]),
        ("Ông Mã Văn Tiệp mất tư cách đại biểu HĐND huyện.", &["Mã Văn Tiệp: ~đại biểu HĐND huyện"]),
    ]);
}

#[test]
fn the_post_said_with_the_one_who_is_dismissed_or_retires_ends() {
    let left: &[&str] = &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"];
    let held: &[&str] = &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ"];
    check(&[
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, bị cách chức.", left),
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, nghỉ hưu từ ngày 1-3.", left),
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, vừa từ nhiệm.", left),
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, chưa nghỉ hưu.", held),
        (
            "Huyện đề nghị thi hành kỷ luật bằng hình thức cách chức đối với ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ.",
            held,
        ),
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, bị đề nghị xử lý bằng hình thức cách chức.", held),
        ("Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, được đề nghị kỷ luật với hình thức cách chức.", held),
    ]);
    for text in [
        "Tỉnh hủy bỏ Quyết định số 12 ngày 3-4 của Chủ tịch UBND tỉnh về việc nghỉ hưu đối với ông Mã Văn Tiệp.",
        "Bộ thu hồi quyết định số 7 về việc nghỉ hưu đối với ông Mã Văn Tiệp.",
        "Huyện bãi bỏ quyết định trước đó của Chủ tịch huyện về việc cách chức ông Mã Văn Tiệp.",
        "Huyện đề nghị kỷ luật bằng hình thức cách chức đối với ông Mã Văn Tiệp.",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
}

#[test]
fn who_replaces_another_takes_over_the_post() {
    let both: &[&str] = &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ", "Tăng Bá Hiển: ~Giám đốc Sở Y tế Bến Gỗ"];
    check(&[
        ("Ông Mã Văn Tiệp thay ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", both),
        ("Ông Mã Văn Tiệp kế nhiệm ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", both),
        ("Ông Mã Văn Tiệp thay thế ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", both),
        ("Ông Mã Văn Tiệp được cử thay ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", both),
        ("Ông Mã Văn Tiệp vừa thay cho ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", both),
        ("Ông Mã Văn Tiệp sẽ thay ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp", "Tăng Bá Hiển"]),
    ]);
    let events = read("Ông Mã Văn Tiệp kế nhiệm ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.").events;
    let kinds: Vec<(CareerEventKind, usize)> = events.iter().map(|event| (event.kind, event.person)).collect();
    assert_eq!(kinds, [(CareerEventKind::Ceased, 1), (CareerEventKind::Appointed, 0)]);
}

#[test]
fn how_a_post_is_held_is_part_of_its_words() {
    check(&[
        (
            "Ông Mã Văn Tiệp, phụ trách Chủ tịch kiêm phụ trách Tổng giám đốc Công ty Hải Âu, cho biết.",
            &["Mã Văn Tiệp: ?phụ trách Chủ tịch; ?phụ trách Tổng giám đốc Công ty Hải Âu"],
        ),
        ("Phụ trách Tư lệnh Quân khu 9 Mã Văn Tiệp nói.", &["Mã Văn Tiệp: ?Phụ trách Tư lệnh Quân khu 9"]),
        ("Bà Lò Thị Hậu, tạm quyền Giám đốc Sở Y tế, nói.", &["Lò Thị Hậu: ?tạm quyền Giám đốc Sở Y tế"]),
        ("Thủ tướng tạm quyền Mã Văn Tiệp nói.", &["Mã Văn Tiệp: Thủ tướng tạm quyền"]),
        ("Bà Lò Thị Hậu, Giám đốc tạm quyền Sở Y tế, nói.", &["Lò Thị Hậu: Giám đốc tạm quyền Sở Y tế"]),
        ("Tổng thống lâm thời Mã Văn Tiệp nói.", &["Mã Văn Tiệp: Tổng thống lâm thời"]),
        ("Ông Mã Văn Tiệp, Phó Giám đốc điều hành Sở Y tế, nói.", &["Mã Văn Tiệp: Phó Giám đốc điều hành Sở Y tế"]),
    ]);
    // An item of a chain is no appointment.
    let stated = read("Ông Mã Văn Tiệp, phụ trách Chủ tịch kiêm phụ trách Tổng giám đốc Công ty Hải Âu, cho biết.");
    assert_eq!(stated.events, []);
}
