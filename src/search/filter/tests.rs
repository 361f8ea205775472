//! What is typed, what it means, and that every text is a filter that prints as itself.

use super::*;
use crate::lang::Lang;
use proptest::prelude::*;

fn filter(typed: &str) -> Filter {
    parse(typed).0
}

/// What a typed filter prints as; the same as typed where nothing else is expected.
fn printed(typed: &str) -> String {
    filter(typed).to_string()
}

#[test]
fn words_phrases_not_or_and_parentheses() {
    for typed in [
        "hưng*",
        "tổng kết*",
        "\"tổng kết năm\"",
        "-hưng \"x\"",
        "(a OR b) -(c OR d)",
        "a b OR c d OR \"e\"",
        "-\"tổng kết\"* unit:\"quân khu 7\" \"x\"",
        "rank:>=\"trung tướng\"",
        "year:2020-2023 from:2023 to:2024-06 date:6t2025 is:starred",
        "event:handed-over event:any added:2026-11 added:>=2026-11-02 is:new",
    ] {
        assert_eq!(printed(typed), typed);
    }
}

#[test]
fn the_same_asked_in_another_way() {
    for (typed, same) in [
        ("hung", "hung*"),
        ("hung ", "\"hung\""),
        ("a AND b ", "a \"b\""),
        ("a | b ", "a OR \"b\""),
        ("((a)) (b ", "a \"b\""),
        ("--a ", "\"a\""),
        ("NOT a ", "-\"a\""),
        ("!a b! ", "-a \"b\""),
        ("a NOT (b OR c) ", "a -(b OR c)"),
        ("6-NQ/TW ", "\"6 NQ TW\""),
        ("“tổng kết” ", "\"tổng kết\""),
        ("đơn-vị:qk7 ", "unit:\"qk7\""),
        ("rank:≥trung-tuong ", "rank:>=\"trung tuong\""),
        ("date:30/6/2025", "date:2025-06-30"),
        ("to:6-2024", "to:2024-06"),
        ("la:sao", "is:starred"),
        ("sựkiện:\"thăng quân hàm\"", "event:promoted"),
        ("event:Handed_Over", "event:handed-over"),
        ("year:>=2018", "from:2018"),
        ("year:<2018", "to:2017-12-31"),
        ("date:>6t2018", "from:2018-07-01"),
        ("date:<=28/2/2019", "to:2019-02-28"),
        ("from:>=2018 to:<=2019", "from:2018 to:2019"),
        ("pót:\"chính ủy\" í:starred", "post:\"chính ủy\" is:starred"),
        ("a Ỏ b HOẶC c ", "a OR b OR \"c\""),
        ("a OR", "\"a\""),
        ("a OR OR -", "\"a\""),
        ("()", ""),
        ("", ""),
    ] {
        assert_eq!(printed(typed), same, "{typed}");
    }
}

#[test]
fn or_binds_less_than_and() {
    let Some(Expr::Or(parts)) = filter("a b OR c ").expr else { panic!("an alternative") };
    assert!(matches!(parts.as_slice(), [Expr::And(_), Expr::Text(_)]));
}

#[test]
fn problems_have_a_place_and_the_rest_still_asks() {
    for (typed, place, rest) in [
        ("x foo:bar y ", "foo:bar", "x \"foo bar\" \"y\""),
        ("foo:\"bar baz\" y ", "foo:\"bar baz\"", "\"foo bar baz\" \"y\""),
        ("OR y ", "OR", "\"y\""),
        ("x OR OR y ", "OR", "x OR \"y\""),
        ("(x OR ) y ", "OR", "x \"y\""),
        ("x () y ", "()", "x \"y\""),
        ("x \"\" y ", "\"\"", "x \"y\""),
        ("- y ", "-", "\"y\""),
        ("(-) y ", "-", "\"y\""),
        ("... ", "...", ""),
        ("x year:abc y ", "year:abc", "x \"y\""),
        ("x ) y ", ")", "x \"y\""),
        ("unit: y ", "unit:", "\"y\""),
        ("rank:>=voi y ", "rank:>=voi", "\"y\""),
        ("kind:\"bóng đá\" y ", "kind:\"bóng đá\"", "\"y\""),
        ("event:đẹp y ", "event:đẹp", "\"y\""),
        ("added:voi y ", "added:voi", "\"y\""),
        ("is:đẹp y ", "is:đẹp", "\"y\""),
        ("is:-unread y ", "is:-unread", "\"y\""),
        ("from:<2018 y ", "from:<2018", "\"y\""),
        ("from:2019 to:2018 ", "from:2019 to:2018", "from:2019 to:2018"),
        ("unit:>qk7 y ", "unit:>qk7", "\"y\""),
    ] {
        let (filter, problems) = parse(typed);
        assert_eq!(problems.iter().map(|p| p.span.of(typed)).collect::<Vec<_>>(), [place], "{typed}");
        assert_eq!(filter.to_string(), rest, "{typed}");
    }
}

#[test]
fn a_sign_that_a_field_does_not_take_is_what_is_blamed() {
    for (typed, sign) in [("rank:>>dai-ta", ">>"), ("person:>=a", ">="), ("to:<2018", "<"), ("is:<unread", "<")] {
        let problems = parse(typed).1;
        let said = problems.first().map(|problem| problem.say(Lang::En)).unwrap_or_default();
        assert!(problems.len() == 1 && said.contains(&format!("takes no “{sign}”")), "{typed}: {said}");
    }
    assert!(parse("rank:>=dai-ta from:>=2018 to:<=2020 year:<2021").1.is_empty());
}

#[test]
fn what_is_half_typed_is_told_mildly_at_its_place() {
    for (typed, place) in [
        ("unit:", "unit:"),
        ("unit:\"", "unit:\""),
        ("x unit:\"quan k", "unit:\"quan k"),
        ("year:2", "year:2"),
        ("year:202", "year:202"),
        ("date:6t20", "date:6t20"),
        ("from:2023-", "from:2023-"),
        ("year:2020-", "year:2020-"),
        ("year:2020.", "year:2020."),
        ("date:\"quý I\"", "date:\"quý I\""),
        ("date:thán", "date:thán"),
        ("is:un", "is:un"),
        ("x \"tong", "\"tong"),
        ("(a", "("),
        ("((a)", "("),
        ("a OR ", "OR"),
        ("OR", "OR"),
        ("a AND", "AND"),
        ("-", "-"),
        ("a -", "-"),
        ("--", "-"),
        ("rank:>=", "rank:>="),
    ] {
        let problems = parse(typed).1;
        assert_eq!(problems.iter().map(|p| p.span.of(typed)).collect::<Vec<_>>(), [place], "{typed}");
        assert!(problems.iter().all(|p| p.mild), "{typed}: {problems:?}");
    }
}

#[test]
fn what_no_typing_can_mend_is_told_as_no_date_and_the_rest_still_asks() {
    for (typed, en, vi) in [
        (
            "from:2023-13",
            "from: “2023-13” is not a date; try from:2023",
            "from: “2023-13” không phải ngày tháng; ví dụ from:2023",
        ),
        (
            "date:q5-2018",
            "date: “q5-2018” is not a date; try date:6t2025",
            "date: “q5-2018” không phải ngày tháng; ví dụ date:6t2025",
        ),
        (
            "date:2018-q5",
            "date: “2018-q5” is not a date; try date:6t2025",
            "date: “2018-q5” không phải ngày tháng; ví dụ date:6t2025",
        ),
        (
            "to:2024-02-31",
            "to: “2024-02-31” is not a date; try to:2024-06",
            "to: “2024-02-31” không phải ngày tháng; ví dụ to:2024-06",
        ),
        ("year:20a", "year: “20a” is not a year; try year:2025", "year: “20a” không phải năm; ví dụ year:2025"),
    ] {
        let typed = format!("x {typed}");
        let (filter, problems) = parse(&typed);
        let told: Vec<_> = problems.iter().map(|p| (p.mild, p.say(Lang::En), p.say(Lang::Vi))).collect();
        assert_eq!(told, [(false, en.to_owned(), vi.to_owned())], "{typed}");
        assert_eq!(filter.to_string(), "\"x\"");
    }
}

#[test]
fn a_dash_between_words_is_no_problem() {
    for typed in ["Phòng không - Không quân ", "Ảnh – tin ", "a ... b "] {
        assert_eq!(parse(typed).1, [], "{typed}");
    }
}

#[test]
fn a_kind_is_called_by_its_name_before_it_is_found_by_a_word() {
    use crate::report::ReportKind;
    let named = |typed: &str| {
        let Some(Expr::About(_, phrase)) = filter(typed).expr else { panic!("{typed}: a kind") };
        kinds_of(&phrase)
    };
    for typed in ["kind:khac", "kind:khác ", "kind:khasc"] {
        assert_eq!(named(typed), [ReportKind::Other], "{typed}");
    }
    assert_eq!(named("kind:tong"), [ReportKind::YearReview]);
    assert!(
        named("kind:review ").contains(&ReportKind::YearReview)
            && named("kind:review ").contains(&ReportKind::HalfYearReview)
    );
}

#[test]
fn words_that_name_a_post_stay_together() {
    use crate::search::matching::QueryPhrase;
    use crate::search::required_words::has_all;
    let has = |typed: &str, post: &str| has_all(&QueryPhrase::new(typed, false).unwrap(), post);
    assert!(has("chính ủy", "Bí thư Đảng ủy, Chính ủy Quân khu 7") && !has("chính ủy", "Ủy viên Bộ Chính trị"));
    assert!(has("bo truong", "Bộ trưởng Bộ Công an") && !has("bo truong", "Thứ trưởng Bộ Quốc phòng"));
    assert!(has("chinh uy cnqp", "Chính ủy Tổng cục Công nghiệp quốc phòng"));
    assert!(has("qk7 tu leenhj", "Phó Tư lệnh Quân khu 7") && !has("tu lenh", "Lệnh của Tư"));
    assert!(has("ha giang chi huy", "Chỉ huy trưởng Bộ CHQS tỉnh Hà Giang"));
}

#[test]
fn ranks_are_whole_names_first_and_the_ladder_is_shared() {
    let named = |typed: &str| {
        let Some(Expr::Rank(compare, phrase)) = filter(typed).expr else { panic!("{typed}: a rank") };
        ranks(compare, &phrase).iter().map(|r| r.name).collect::<Vec<_>>()
    };
    assert_eq!(named("rank:trung-tướng"), ["Trung tướng"]);
    assert_eq!(named("rank:do-doc"), ["Đô đốc"]);
    assert_eq!(named("rank:=thieu-ta"), ["Thiếu tá"]);
    for typed in ["trung-tuwowngs", "trung-tuong1", "trungtuong", "TRUNG-TƯỚNG", "trung-tuowngs"] {
        assert_eq!(named(&format!("rank:{typed} ")), ["Trung tướng"], "{typed}");
    }
    assert_eq!(named("rank:thong-che"), ["Nguyên soái"]);
    assert_eq!(named("rank:\"đại uý\""), ["Đại úy"]);
    assert!(named("rank:>=trung-tuong").contains(&"Phó Đô đốc"));
    assert!(!named("rank:>trung-tuong").contains(&"Phó Đô đốc"));
    assert_eq!(named("rank:<hạ-sĩ").first(), Some(&"Binh nhất"));
    assert!(named("rank:tuong").contains(&"Đại tướng") || named("rank:tuong") == ["tướng"]);
}

#[test]
fn deep_and_long_filters_are_cut_and_told() {
    assert_eq!(parse(&"(".repeat(3000)).1.iter().filter(|p| !p.mild).count(), 3000 - 40);
    assert!(!parse(&"x ".repeat(5000)).1.is_empty());
}

fn typed_filter() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zđưởễÀ ]{1,6}",
        prop::sample::select(vec![
            "(",
            ")",
            "-",
            "\"",
            "|",
            " OR ",
            " AND ",
            "*",
            ":",
            " ",
            "unit:",
            "rank:>=",
            "year:",
            "date:",
            "is:unread",
            "2025",
            "trung tướng",
            "6t2025",
            "H’Nhinh",
            "K'Să",
            "“",
            "person:\"",
            "kind:tong-ket",
            ">=",
            "đ",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_filter_that_prints_as_itself(
        typed in prop_oneof![typed_filter(), "\\PC{0,40}".prop_map(String::from)],
    ) {
        let (filter, problems) = parse(&typed);
        for problem in &problems {
            prop_assert!(typed.get(problem.span.start..problem.span.end).is_some());
        }
        let text = filter.to_string();
        let (again, none) = parse(&text);
        prop_assert_eq!(&again, &filter, "{}", text);
        // A contradiction is one however it is written.
        let new = none.iter().filter(|told| problems.iter().all(|known| known.kind != told.kind));
        prop_assert_eq!(new.count(), 0, "{}: {:?}", text, none);
    }

    #[test]
    fn every_beginning_of_a_filter_is_one(typed in typed_filter()) {
        for (at, _) in typed.char_indices() {
            let _ = parse(typed.get(..at).unwrap());
        }
    }
}

#[test]
fn a_space_ends_a_word_in_an_open_quotation_too() {
    for (typed, same) in [
        ("\"quan khu", "\"quan khu\"*"),
        ("\"quan khu ", "\"quan khu\""),
        ("person:\"van quoc", "person:\"van quoc\"*"),
        ("person:\"van quoc ", "person:\"van quoc\""),
    ] {
        assert_eq!(printed(typed), same, "{typed}");
    }
}
