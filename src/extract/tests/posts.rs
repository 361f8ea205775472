//! Whose post it is and how far it goes: sentences of our own by kind (`posts.tsv`), with all people that are wanted,
//! one a cell: `rank | name | post; post`, `-` for no rank. A row without people wants nobody.

use super::kind_table::{check, people_differ};
use super::people;

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("level", "the level is part of a post"),
    ("guard", "a word of level that begins something else is not"),
    ("tail", "an organisation is read to its end"),
    ("guard-tail", "a verb ends an organisation"),
    ("abbreviation", "abbreviations of posts are posts"),
    ("head", "heads of posts of every kind"),
    ("object", "the post of an adverbial is anothers"),
    ("guard-object", "the posts before a comma are mostly ones own"),
    ("giver", "the giver of a rank or post does not hold it"),
    ("third", "an unnamed third person has the post"),
    ("place", "a place that holds a post word gives no post"),
    ("chain", "every post of a chain is kept"),
    ("list", "a list shares its rank or post"),
    ("event", "ranks go up and down"),
    ("report", "posts as reports of administration and party write them"),
    ("firm", "a firm is no person and a firm is part of a post"),
    ("seat", "the place at the end of a post whose holder stands before it is no person"),
    ("guard-seat", "a person behind a post of his own is one"),
    ("served", "the official who is served keeps the office and the other the post"),
    ("attendee", "the unnamed leaders of another body are no second post of the one named before"),
    ("kin", "the rank or post of a relative is not that of the person named"),
    ("clause", "the subject of the next clause does not share the rank before the comma"),
    ("guard-clause", "a list shares the rank of its first"),
    ("label", "a post behind a label is of the person named last"),
];

#[test]
fn sentences_have_the_people_and_posts_wanted() {
    check(include_str!("posts.tsv"), KINDS, |row| people_differ(row, &people(&row.text)));
}

#[test]
fn an_organisation_behind_a_comma_is_kept_beside_the_post() {
    for (text, wanted) in [
        ("Đại tá Mã Văn Tiệp, Trưởng phòng Tham mưu, Công an tỉnh Gia Lai, cho biết.", Some("Công an tỉnh Gia Lai")),
        ("Đại tá Mã Văn Tiệp - Phó Giám đốc, Công an tỉnh Gia Lai - nói.", Some("Công an tỉnh Gia Lai")),
        ("Đại tá Mã Văn Tiệp (Trưởng phòng Tham mưu, Công an tỉnh Gia Lai) nói.", Some("Công an tỉnh Gia Lai")),
        (
            "Đại tá Mã Văn Tiệp - phó giám đốc, thủ trưởng Cơ quan Cảnh sát điều tra, Công an tỉnh Gia Lai - cho biết.",
            Some("Công an tỉnh Gia Lai"),
        ),
        ("Trung tá Mã Văn Tiệp (Đội trưởng đội 8, PC 46) đã tử vong.", Some("PC 46")),
        (
            "Đại úy Mã Văn Tiệp, phó đội trưởng Phòng An ninh (PA 03), Công an tỉnh Gia Lai.",
            Some("Công an tỉnh Gia Lai"),
        ),
        (
            "Ông Mã Văn Tiệp, giám đốc Trung tâm Giao thông công cộng - Sở Xây dựng Gia Lai, cho biết.",
            Some("Sở Xây dựng Gia Lai"),
        ),
        ("Ông Mã Văn Tiệp, Vụ trưởng Pháp chế, Bộ Công an, tháng trước hé lộ.", Some("Bộ Công an")),
        ("Ông Mã Văn Tiệp, Cục trưởng Cục Đường bộ, Bộ Xây dựng, Trưởng ban Chỉ đạo, dự.", None),
        // Items of a list.
        ("Dự có Đại tá Mã Văn Tiệp, Trưởng phòng Tham mưu, Công an tỉnh Gia Lai và nhân dân.", None),
        ("Đại tá Mã Văn Tiệp, Trưởng phòng Tham mưu, cho biết Công an tỉnh Gia Lai đang điều tra.", None),
    ] {
        let found = super::read(text);
        let post = found.people.first().and_then(|person| person.posts.last());
        assert_eq!(post.and_then(|post| post.above.as_deref()), wanted, "{text}");
    }
}
