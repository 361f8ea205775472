//! Tests of careers from observations to tenures: a line for each tenure tells its bounds and how they are known. The
//! people and their reports are invented; the courses of their careers are those of docs/domain.md §7.1.

use super::*;
use crate::officials::identify;
use crate::officials::testing::seen;
use crate::report::{CareerEventKind, PostState};

/// One line for each tenure: `Trung tướng 2018-01-01 seen .. 2020-02-02 by x2`, where `x2` counts the evidence.
fn tenure_lines(observations: &[Observation]) -> Vec<String> {
    let officials = identify(observations, &[]);
    assert_eq!(officials.len(), 1, "one person: {officials:#?}");
    let career = Career::of(&officials[0], observations);
    let known = |e: &TenureBound| format!("{} {}", e.when.day, format!("{:?}", e.known).to_lowercase());
    let line = |t: &Tenure| {
        let disputed = if t.disputed { " disputed" } else { "" };
        format!("{} {} .. {} x{}{disputed}", t.text, known(&t.from), known(&t.to), t.evidence.len())
    };
    career.tenures.iter().map(line).collect()
}

fn now(observations: &[Observation], line: TenureKind) -> Vec<String> {
    let officials = identify(observations, &[]);
    Career::of(&officials[0], observations).now(line).map(|n| n.text).collect()
}

#[test]
fn from_navy_commander_to_deputy_minister() {
    let career = [
        seen("a", "2015-09-10").rank("Chuẩn Đô đốc").post("Tư lệnh Hải quân"),
        seen("b", "2020-03-02").rank("Phó Đô đốc").post("Tư lệnh Quân chủng Hải quân"),
        seen("c", "2020-07-14")
            .rank("Phó Đô đốc")
            .post_as("Tư lệnh Hải quân", PostState::Leaving)
            .post_as("Thứ trưởng Bộ Quốc phòng", PostState::Entering)
            .event(CareerEventKind::Appointed, Some("Tư lệnh Hải quân"), Some("Thứ trưởng Bộ Quốc phòng")),
        seen("d", "2021-11-22").rank("Thượng tướng").post("Thứ trưởng Quốc phòng").event(
            CareerEventKind::Promoted,
            Some("Phó Đô đốc"),
            Some("Thượng tướng"),
        ),
    ];
    assert_eq!(
        tenure_lines(&career),
        [
            "Chuẩn Đô đốc 2015-09-10 seen .. 2020-03-02 by x1",
            "Phó Đô đốc 2020-03-02 seen .. 2021-11-22 event x3",
            "Thượng tướng 2021-11-22 event .. 2021-11-22 seen x1",
            "Tư lệnh Quân chủng Hải quân 2015-09-10 seen .. 2020-07-14 event x3",
            "Thứ trưởng Quốc phòng 2020-07-14 event .. 2021-11-22 seen x2",
        ]
    );
    assert_eq!(now(&career, TenureKind::Rank), ["Thượng tướng"]);
    assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Quốc phòng"]);
}

#[test]
fn a_report_without_a_day_may_name_the_organisation_of_a_post_in_full() {
    let short = seen("a", "2022-01-15").post("Chủ tịch Hội Nông dân tỉnh");
    let whole = seen("b", "2026-11-29").post("Chủ tịch Hội Nông dân tỉnh Bến Gỗ").undated();
    assert_eq!(now(&[short.clone(), whole.clone()], TenureKind::Post), ["Chủ tịch Hội Nông dân tỉnh Bến Gỗ"]);
    let former = seen("b", "2026-11-29").post_as("Chủ tịch Hội Nông dân tỉnh Bến Gỗ", PostState::Former).undated();
    assert_eq!(now(&[short, former], TenureKind::Post), ["Chủ tịch Hội Nông dân tỉnh Bến Gỗ"]);
}

#[test]
fn a_general_becomes_a_secretary_and_keeps_his_rank_in_the_register() {
    let career = [
        seen("a", "2022-01-15").rank("Thiếu tướng").post("Phó Chủ nhiệm Tổng cục Chính trị"),
        seen("b", "2024-06-10").post("Bí thư Tỉnh ủy Bắc Giang"),
        seen("c", "2025-07-05").post("Bí thư Tỉnh ủy Bắc Ninh"),
        seen("d", "2025-09-30").rank("Trung tướng").post_as("Thứ trưởng Bộ Quốc phòng", PostState::Entering),
        seen("e", "2026-02-20").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
    ];
    assert_eq!(
        tenure_lines(&career),
        [
            "Thiếu tướng 2022-01-15 seen .. 2025-09-30 by x1",
            "Trung tướng 2025-09-30 seen .. 2026-02-20 by x1",
            "Thượng tướng 2026-02-20 seen .. 2026-02-20 seen x1",
            "Phó Chủ nhiệm Tổng cục Chính trị 2022-01-15 seen .. 2022-01-15 seen x1",
            "Bí thư Tỉnh ủy Bắc Giang 2024-06-10 seen .. 2024-06-10 seen x1",
            "Bí thư Tỉnh ủy Bắc Ninh 2025-07-05 seen .. 2025-07-05 seen x1",
            "Thứ trưởng Bộ Quốc phòng 2025-09-30 event .. 2026-02-20 seen x2",
        ]
    );
    assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Bộ Quốc phòng"]);
}

#[test]
fn a_post_said_without_its_unit_is_none_beside_the_same_said_whole() {
    let career = [
        seen("a", "2024-03-02").post("Thứ trưởng Bộ Thử nghiệm"),
        seen("b", "2024-03-03").post("Chủ tịch Hội đồng khoa học").post("Thứ trưởng"),
    ];
    assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Bộ Thử nghiệm"]);
    assert_eq!(now(&career[1..], TenureKind::Post), ["Chủ tịch Hội đồng khoa học", "Thứ trưởng"]);
}

#[test]
fn capital_region_ministry_province() {
    let career = [
        seen("a", "2018-11-20").rank("Thiếu tướng").post("Tư lệnh Bộ Tư lệnh Thủ đô"),
        seen("b", "2019-12-01").rank("Thiếu tướng").post("Tư lệnh Quân khu 1"),
        seen("c", "2025-04-15").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
        seen("d", "2025-07-14").rank("Thượng tướng").event(
            CareerEventKind::Promoted,
            Some("Trung tướng"),
            Some("Thượng tướng"),
        ),
        seen("e", "2025-09-30")
            .rank("Thượng tướng")
            .post_as("Thứ trưởng Bộ Quốc phòng", PostState::Leaving)
            .post_as("Bí thư Tỉnh ủy Bắc Ninh", PostState::Entering),
        seen("f", "2025-11-02").post("Bí thư Tỉnh ủy Bắc Ninh"),
    ];
    assert_eq!(now(&career, TenureKind::Rank), ["Thượng tướng"]);
    assert_eq!(now(&career, TenureKind::Post), ["Bí thư Tỉnh ủy Bắc Ninh"]);
    let lines = tenure_lines(&career);
    assert!(lines.contains(&"Trung tướng 2025-04-15 seen .. 2025-07-14 event x2".to_owned()), "{lines:#?}");
    assert!(
        lines.contains(&"Thứ trưởng Bộ Quốc phòng 2025-04-15 seen .. 2025-09-30 event x2".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn commissar_and_head_of_politics() {
    let career = [
        seen("a", "2016-05-20").rank("Đại tá").post("Chính ủy Quân khu 2"),
        seen("b", "2021-04-28").rank("Trung tướng").post("Phó Chủ nhiệm TCCT"),
        seen("c", "2024-06-01").rank("Thượng tướng").post_as("Chủ nhiệm Tổng cục Chính trị", PostState::Entering),
        seen("d", "2025-07-14").rank("Đại tướng").post("Chủ nhiệm Tổng cục Chính trị").event(
            CareerEventKind::Promoted,
            Some("Thượng tướng"),
            Some("Đại tướng"),
        ),
        seen("e", "2025-11-04")
            .rank("Đại tướng")
            .post_as("Chủ nhiệm Tổng cục Chính trị", PostState::Leaving)
            .post_as("Trưởng Ban Tuyên giáo và Dân vận Trung ương", PostState::Entering),
    ];
    assert_eq!(now(&career, TenureKind::Rank), ["Đại tướng"]);
    assert_eq!(now(&career, TenureKind::Post), ["Trưởng Ban Tuyên giáo và Dân vận Trung ương"]);
    // No report ends the deputy's post, but it is not held now, because he has become head of the same department.
    let lines = tenure_lines(&career);
    assert!(lines.contains(&"Phó Chủ nhiệm TCCT 2021-04-28 seen .. 2021-04-28 seen x1".to_owned()), "{lines:#?}");
}

#[test]
fn a_former_post_is_ended_and_one_only_known_as_former_begins_nowhere() {
    let career = [
        seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
        seen("b", "2021-01-01")
            .rank("Thiếu tướng")
            .post_as("Phó Tư lệnh Quân khu 10", PostState::Former)
            .post_as("Tham mưu trưởng Quân khu 11", PostState::Former),
    ];
    assert_eq!(
        tenure_lines(&career)[1..],
        [
            "Phó Tư lệnh Quân khu 10 2018-01-01 seen .. 2021-01-01 by x1",
            "Tham mưu trưởng Quân khu 11 2021-01-01 by .. 2021-01-01 by x1",
        ]
    );
    assert_eq!(now(&career, TenureKind::Post), [""; 0]);
}

#[test]
fn two_papers_that_contradict_each_other_stand_side_by_side() {
    let career = [
        seen("a", "2025-07-14").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
        seen("b", "2025-07-20").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
    ];
    let lines = tenure_lines(&career);
    assert_eq!(
        lines[..2],
        [
            "Thượng tướng 2025-07-14 seen .. 2025-07-14 seen x1 disputed",
            "Trung tướng 2025-07-20 seen .. 2025-07-20 seen x1 disputed",
        ]
    );
}

#[test]
fn retirement_ends_posts_and_death_ranks_too() {
    let at_work = seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10");
    let retired = seen("b", "2019-01-01").rank("Thiếu tướng").event(CareerEventKind::Retired, None, None);
    let died = seen("c", "2020-01-01").rank("Thiếu tướng").event(CareerEventKind::Died, None, None);
    assert_eq!(now(&[at_work.clone(), retired.clone()], TenureKind::Rank), ["Thiếu tướng"]);
    assert_eq!(now(&[at_work.clone(), retired], TenureKind::Post), [""; 0]);
    assert_eq!(now(&[at_work, died], TenureKind::Rank), [""; 0]);
}

#[test]
fn retirement_ends_what_is_held_and_not_what_was_left_before() {
    let career = [
        seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
        seen("b", "2020-01-01").rank("Trung tướng").post("Tư lệnh Quân khu 10"),
        seen("c", "2023-01-01").rank("Trung tướng").post("Tư lệnh Quân khu 10").event(
            CareerEventKind::Retired,
            Some("Tư lệnh Quân khu 10"),
            None,
        ),
    ];
    assert_eq!(
        tenure_lines(&career)[2..],
        [
            "Phó Tư lệnh Quân khu 10 2018-01-01 seen .. 2018-01-01 seen x1",
            "Tư lệnh Quân khu 10 2020-01-01 seen .. 2023-01-01 event x3",
        ]
    );
}

#[test]
fn who_is_called_elsewhere_keeps_a_seat_that_goes_with_no_unit_left() {
    let career = [seen("a", "2024-06-11")
        .rank("Trung tướng")
        .post("Ủy viên Trung ương Đảng")
        .post("Bí thư Đảng ủy")
        .post("Chính ủy Quân khu 10")
        .post_as("Chính ủy Tổng cục Dự trữ", PostState::Entering)
        .event(
            CareerEventKind::Appointed,
            Some("Ủy viên Trung ương Đảng, Bí thư Đảng ủy, Chính ủy Quân khu 10"),
            Some("Chính ủy Tổng cục Dự trữ"),
        )];
    let ended =
        |post: &str| tenure_lines(&career).iter().any(|line| line.starts_with(post) && line.contains("event x"));
    assert!(
        !ended("Ủy viên") && ended("Bí thư Đảng ủy") && ended("Chính ủy Quân khu 10"),
        "{:#?}",
        tenure_lines(&career)
    );
}

#[test]
fn a_party_post_is_taken_on_beside_the_other() {
    let career = [
        seen("a", "2024-01-01").rank("Thiếu tướng").post("Chính ủy Quân khu 10"),
        seen("b", "2025-08-01").rank("Thiếu tướng").post("Bí thư Đảng ủy").post("Chính ủy Quân khu 10").event(
            CareerEventKind::Elected,
            Some("Chính ủy Quân khu 10"),
            Some("Bí thư Đảng ủy"),
        ),
    ];
    assert_eq!(
        tenure_lines(&career)[1..],
        [
            "Chính ủy Quân khu 10 2024-01-01 seen .. 2025-08-01 seen x2",
            "Bí thư Đảng ủy 2025-08-01 event .. 2025-08-01 seen x2",
        ]
    );
}

#[test]
fn the_same_head_in_another_unit_ends_the_one_before() {
    let career = [seen("a", "2024-06-11")
        .rank("Trung tướng")
        .post("Chính ủy Quân khu 10")
        .post_as("Chính ủy Tổng cục Dự trữ", PostState::Entering)
        .event(CareerEventKind::Appointed, Some("Chính ủy Quân khu 10"), Some("Chính ủy Tổng cục Dự trữ"))];
    assert_eq!(
        tenure_lines(&career)[1..],
        [
            "Chính ủy Quân khu 10 2024-06-11 seen .. 2024-06-11 event x2",
            "Chính ủy Tổng cục Dự trữ 2024-06-11 event .. 2024-06-11 seen x1",
        ]
    );
}

#[test]
fn who_takes_a_post_over_does_not_leave_it() {
    let career = [seen("a", "2024-06-11")
        .rank("Thiếu tướng")
        .post_as("Chính ủy Quân khu 10", PostState::Entering)
        .event(CareerEventKind::HandedOver, Some("Chính ủy Quân khu 10"), None)];
    assert_eq!(tenure_lines(&career)[1..], ["Chính ủy Quân khu 10 2024-06-11 event .. 2024-06-11 seen x1"]);
}

#[test]
fn a_year_without_a_post_is_a_gap() {
    let career = [
        seen("a", "2016-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        seen("b", "2017-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        seen("c", "2020-01-01").rank("Đại tá").post("Phó Chính ủy Quân khu 10"),
    ];
    let official = &identify(&career, &[])[0];
    let made = Career::of(official, &career);
    let gaps: Vec<_> = made.gaps().into_iter().map(|(a, b)| (a.to.when.day.year(), b.from.when.day.year())).collect();
    assert_eq!(gaps, [(2017, 2020)]);
}

#[test]
fn no_evidence_without_a_place() {
    let career = [seen("a", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901").inferred()];
    let official = &identify(&career, &[])[0];
    for tenure in Career::of(official, &career).tenures {
        assert!(tenure.evidence.iter().all(|e| e.place.report == "a".into() && e.when.is_inferred()));
        assert!(
            !tenure.evidence.is_empty() && tenure.from.place.report == "a".into() && tenure.from.when.is_inferred()
        );
    }
}

#[test]
fn a_report_without_a_day_supports_a_tenure_and_bounds_none() {
    let dated = [
        seen("b", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        seen("c", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
    ];
    let undated = [
        seen("a", "2026-11-29").rank("Đại tá").post("Chính ủy Lữ đoàn 901").undated(),
        seen("d", "2026-11-29").post_as("Chính ủy Lữ đoàn 901", PostState::Former).undated(),
        seen("e", "2026-11-29").event(CareerEventKind::Retired, Some("Chính ủy Lữ đoàn 901"), None).undated(),
        seen("f", "2026-11-29").rank("Thiếu tướng").post("Phó Chính ủy Lữ đoàn 901").undated(),
    ];
    let both = [dated.clone().to_vec(), undated.to_vec()].concat();
    assert_eq!(tenure_lines(&both), tenure_lines(&dated));
    assert_eq!(now(&both, TenureKind::Post), ["Chính ủy Lữ đoàn 901"]);
    assert_eq!(now(&both, TenureKind::Rank), ["Đại tá"]);
    let career = Career::of(&identify(&both, &[])[0], &both);
    let counts: Vec<_> = career.tenures.iter().map(|t| t.undated.len()).collect();
    assert_eq!(counts, [1, 3]);
    let apart: Vec<_> = career.undated.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(apart, ["Thiếu tướng", "Phó Chính ủy Lữ đoàn 901"]);
}

#[test]
fn a_bare_post_is_no_line_beside_the_one_it_is_short_for() {
    let full = [
        seen("a", "2018-06-07").post("Bộ trưởng"),
        seen("b", "2018-07-01").post("Bộ trưởng Bộ Y tế"),
        seen("c", "2018-07-12").post("Bộ trưởng").undated(),
        seen("d", "2019-07-12").post("bộ trưởng Y tế"),
    ];
    assert_eq!(tenure_lines(&full), ["bộ trưởng Y tế 2018-06-07 seen .. 2019-07-12 seen x3"]);
    let alone = [seen("a", "2018-06-07").post("Tư lệnh"), seen("b", "2018-07-01").post("Tư lệnh")];
    assert_eq!(tenure_lines(&alone), ["Tư lệnh 2018-06-07 seen .. 2018-07-01 seen x2"]);
    // It is not known which of two it is.
    let two = [
        seen("a", "2018-06-07").rank("Thiếu tướng").post("Tư lệnh Quân khu 10"),
        seen("b", "2019-07-01").rank("Thiếu tướng").post("Tư lệnh Quân khu 11"),
        seen("c", "2019-07-02").rank("Thiếu tướng").post("Tư lệnh"),
    ];
    assert!(tenure_lines(&two).contains(&"Tư lệnh 2019-07-02 seen .. 2019-07-02 seen x1".to_owned()));
}

#[test]
fn a_post_of_one_report_stands_apart_beside_those_of_more() {
    let career = [
        seen("a", "2018-06-07").post("Chủ tịch UBND tỉnh Sông Gấm").post("Thủ tướng"),
        seen("b", "2019-07-01").post("Chủ tịch UBND tỉnh Sông Gấm").post(""),
    ];
    assert_eq!(now(&career, TenureKind::Post), ["Chủ tịch UBND tỉnh Sông Gấm"]);
    let made = Career::of(&identify(&career, &[])[0], &career);
    assert_eq!(made.seen_once().iter().map(|once| &*once.text).collect::<Vec<_>>(), ["Thủ tướng"]);
    assert!(made.tenures.iter().all(|tenure| !tenure.text.is_empty()));
    // An appointment is no chance remark; and what all state once stands in the header.
    let appointed = [career[0].clone(), career[1].clone().post_as("Bí thư Tỉnh ủy Sông Gấm", PostState::Entering)];
    assert!(now(&appointed, TenureKind::Post).contains(&"Bí thư Tỉnh ủy Sông Gấm".to_owned()));
    assert_eq!(now(&career[..1], TenureKind::Post).len(), 2);
}

#[test]
fn who_is_only_named_without_a_day_has_a_rank_and_posts_of_an_unknown_time() {
    let career = [
        seen("a", "2026-11-29").rank("Đại tá").post("Chính ủy Lữ đoàn 901").undated(),
        seen("b", "2026-11-29").rank("Thượng tá").post("Chính ủy Lữ đoàn 901").undated(),
        seen("c", "2026-11-29").post_as("Phó Chính ủy Lữ đoàn 901", PostState::Former).undated(),
    ];
    let made = Career::of(&identify(&career, &[])[0], &career);
    assert_eq!(made.tenures, []);
    let now: Vec<_> = made.now(TenureKind::Rank).chain(made.now(TenureKind::Post)).map(|n| (n.text, n.since)).collect();
    assert_eq!(now, [("Đại tá".to_owned(), None), ("Chính ủy Lữ đoàn 901".to_owned(), None)]);
    assert!(made.undated.iter().any(|t| t.held().is_none() && t.text == "Phó Chính ủy Lữ đoàn 901"));
}

#[test]
fn a_post_without_a_day_is_former_if_any_report_says_so() {
    let undated = |report: &str| seen(report, "2026-11-29").undated();
    let (held, left) = (PostState::Holds, PostState::Former);
    let posts = |said: &[(&str, PostState)]| {
        let reports: Vec<Observation> =
            said.iter().enumerate().map(|(n, (post, state))| undated(&format!("r{n}")).post_as(post, *state)).collect();
        now(&reports, TenureKind::Post)
    };
    let former = [
        [("Chủ tịch UBND tỉnh Gia Lai", held), ("nguyên Chủ tịch UBND tỉnh Gia Lai", left)],
        [("cựu Giám đốc Sở Y tế Bến Gỗ", left), ("Giám đốc Sở Y tế Bến Gỗ", held)],
        [("Tư lệnh QK10", held), ("Tư lệnh Quân khu 10", PostState::Leaving)],
        [("Phó Chủ tịch UBND tỉnh Gia Lai", held), ("nguyên Chủ tịch UBND tỉnh Gia Lai", left)],
    ];
    for said in former {
        assert_eq!(posts(&said), <[&str; 0]>::default(), "{said:?}");
    }
    // Another organisation, or the deputy's post left for the chief's.
    assert_eq!(posts(&[("Tư lệnh Quân khu 10", held), ("nguyên Tư lệnh Quân khu 7", left)]), ["Tư lệnh Quân khu 10"]);
    assert_eq!(
        posts(&[("nguyên Phó Tư lệnh Quân khu 10", left), ("Tư lệnh Quân khu 10", held)]),
        ["Tư lệnh Quân khu 10"]
    );
}

/// Of each post without a day: the words, the report that is shown as its proof, whether that one says that it is a
/// former post, and the report that says that it was left since.
fn undated_rows(observations: &[Observation]) -> Vec<String> {
    let career = Career::of(&identify(observations, &[])[0], observations);
    let row = |t: &UndatedTenure| {
        let former = if t.held().is_none() { " former" } else { "" };
        let left = t.left_since().map(|place| format!(" left {}", place.report)).unwrap_or_default();
        format!("{} {}{former}{left}", t.text, t.place().report)
    };
    career.undated.iter().map(row).collect()
}

#[test]
fn a_report_that_names_the_holder_is_not_one_of_a_former_post() {
    let undated = |report: &str| seen(report, "2026-11-29").undated();
    let post = "Chủ tịch UBND tỉnh Gia Lai";
    let held = |report: &str| undated(report).post(post);
    let former = |report: &str| undated(report).post_as("nguyên Chủ tịch UBND tỉnh Gia Lai", PostState::Former);
    let retired = |report: &str| undated(report).post(post).event(CareerEventKind::Retired, None, None);
    assert_eq!(undated_rows(&[held("a"), former("b")]), [format!("{post} a left b")]);
    // The report that comes first by its id says that it is a former one; the proof is the one that names the holder.
    assert_eq!(undated_rows(&[former("a"), held("b")]), [format!("{post} b left a")]);
    assert_eq!(undated_rows(&[former("a"), former("b")]), [format!("nguyên {post} a former")]);
    assert_eq!(undated_rows(&[retired("a")]), [format!("{post} a former")]);
    assert_eq!(undated_rows(&[retired("a"), held("b")]), [format!("{post} b left a")]);
    assert_eq!(undated_rows(&[held("a")]), [format!("{post} a")]);
    assert_eq!(undated_rows(&[undated("a").post("cố vấn Bộ trưởng")]), ["cố vấn Bộ trưởng a"]);
    let adviser = [undated("a").post_as("cố vấn Bộ trưởng", PostState::Leaving), undated("b").post("cố vấn Bộ trưởng")];
    assert_eq!(undated_rows(&adviser), ["cố vấn Bộ trưởng b left a"]);
    let deputy = [undated("a").post("Phó Chủ tịch UBND tỉnh Gia Lai"), former("b")];
    let rows = ["Phó Chủ tịch UBND tỉnh Gia Lai a left b", "nguyên Chủ tịch UBND tỉnh Gia Lai b former"];
    assert_eq!(undated_rows(&deputy), rows);
}

#[test]
fn the_fullest_wording_of_a_post_is_shown_and_its_short_name_is_the_same_post() {
    let (full, short) = ("Chủ tịch Phòng Thương mại và Công nghiệp Sông Gấm (VSG)", "Chủ tịch VSG");
    let cut = "chủ tịch Phòng Thương mại và Công nghiệp Sông Gấm";
    for undated in [false, true] {
        let of = |report: &str, day: &str, post: &str, state: PostState| {
            let it = seen(report, day).post_as(post, state);
            if undated { it.undated() } else { it }
        };
        let hold = PostState::Holds;
        let all =
            [of("a", "2018-01-01", cut, hold), of("b", "2018-02-01", full, hold), of("c", "2018-03-01", short, hold)];
        assert_eq!(now(&all, TenureKind::Post).len(), 1, "{undated}");
        let ended = [
            of("b", "2018-02-01", "Chủ tịch kiêm Tổng giám đốc Tập đoàn Viễn thông Sông Gấm (Vitelga)", hold),
            of("c", "2018-03-01", "nguyên Chủ tịch Vitelga", PostState::Former),
        ];
        assert_eq!(now(&ended, TenureKind::Post), <[&str; 0]>::default(), "{undated}");
    }
    let kept = [
        seen("a", "2018-01-01").post("Trưởng phòng Tham mưu Công an tỉnh Gia Lai"),
        seen("b", "2018-02-01").post("Trưởng phòng Tham mưu"),
    ];
    assert_eq!(now(&kept, TenureKind::Post), ["Trưởng phòng Tham mưu Công an tỉnh Gia Lai"]);
}

#[test]
fn an_end_without_a_day_ends_what_no_report_dates() {
    let undated = |report: &str| seen(report, "2026-11-29").undated();
    let post = "Chủ tịch UBND tỉnh Gia Lai";
    for kind in [CareerEventKind::Ceased, CareerEventKind::Retired] {
        let career = [undated("a").post(post), undated("b").event(kind, Some(post), None)];
        assert_eq!(now(&career, TenureKind::Post), <[&str; 0]>::default(), "{kind:?}");
    }
    // A retirement that names no post says nothing of a post that another report without a day states.
    let career = [undated("a").post(post), undated("b").event(CareerEventKind::Retired, None, None)];
    assert_eq!(now(&career, TenureKind::Post), [post]);
    let demoted = CareerEventKind::Demoted;
    let post = "Phó Tư lệnh Quân khu 10";
    let career = [
        undated("a").rank("Trung tướng").post(post),
        undated("b").rank("Đại tá").post(post).event(demoted, Some("Trung tướng"), Some("Đại tá")),
    ];
    assert_eq!(now(&career, TenureKind::Rank), ["Đại tá"]);
}

#[test]
fn of_statements_with_days_the_later_one_tells_whether_a_post_is_held() {
    let (chief, deputy) = ("Chủ tịch UBND tỉnh Gia Lai", "Phó Chủ tịch UBND tỉnh Gia Lai");
    let left = |day: &str| seen("left", day).post_as(&format!("nguyên {chief}"), PostState::Former);
    let held = |post: &str, day: &str| seen("held", day).post(post);
    assert_eq!(now(&[held(chief, "2012-01-01"), left("2018-01-01")], TenureKind::Post), <[&str; 0]>::default());
    assert_eq!(now(&[held(deputy, "2012-01-01"), left("2018-01-01")], TenureKind::Post), <[&str; 0]>::default());
    assert_eq!(now(&[left("2012-01-01"), held(chief, "2018-01-01")], TenureKind::Post), [chief]);
}

#[test]
fn a_post_of_one_report_is_the_present_one_if_no_other_was_seen_since() {
    let (old, new) = ("Tham mưu trưởng Quân khu 10", "Phó Tư lệnh Quân khu 10");
    let before = |day: &str| seen("old", day).rank("Đại tá").post(old);
    let moved = |day: &str| seen("new", day).rank("Đại tá").post(new);
    let career = [before("2020-01-01"), seen("again", "2022-01-01").rank("Đại tá").post(old), moved("2025-01-01")];
    assert_eq!(now(&career, TenureKind::Post), [new]);
    let career = [before("2020-01-01"), moved("2021-01-01"), seen("again", "2022-01-01").rank("Đại tá").post(old)];
    assert_eq!(now(&career, TenureKind::Post), [old]);
}

#[test]
fn a_rank_without_a_day_above_all_dated_ones_is_the_present_one() {
    let dated = seen("a", "2019-01-11").rank("Thượng tướng").post("Bộ trưởng Bộ Công an");
    let undated = |id: &str, rank: &str| seen(id, "2026-11-29").rank(rank).post("Bộ trưởng Bộ Công an").undated();
    let higher = [dated.clone(), undated("b", "Đại tướng"), undated("c", "Đại tướng")];
    assert_eq!(now(&higher, TenureKind::Rank), ["Đại tướng"]);
    assert_eq!(now(&higher[..2], TenureKind::Rank), ["Thượng tướng"], "one report may be mistaken");
    let lower = [dated, undated("b", "Trung tướng"), undated("c", "Trung tướng")];
    assert_eq!(now(&lower, TenureKind::Rank), ["Thượng tướng"]);
}

#[test]
fn the_dead_hold_no_post() {
    for dead in [
        seen("b", "2020-01-01").rank("Đại tướng").late(),
        seen("b", "2020-01-01").rank("Đại tướng").late().undated(),
        seen("b", "2020-01-01").rank("Đại tướng").event(CareerEventKind::Died, None, None).undated(),
    ] {
        let of = |last: Observation| {
            [
                seen("a", "2019-01-01").rank("Đại tướng").post("Tổng Tư lệnh Quân đội").undated(),
                seen("c", "2019-02-01").rank("Đại tướng").post("Tổng Tư lệnh Quân đội"),
                last,
            ]
        };
        assert_eq!(now(&of(dead), TenureKind::Post), <[&str; 0]>::default());
        let living = of(seen("b", "2020-01-01").rank("Đại tướng"));
        assert_eq!(now(&living, TenureKind::Post), ["Tổng Tư lệnh Quân đội"]);
    }
}

#[test]
fn the_day_on_which_the_dead_are_remembered_is_none_of_a_tenure() {
    let career = [
        seen("a", "2012-01-01").rank("Đại tướng").post("Tổng Tư lệnh Quân đội"),
        seen("b", "2018-05-18").rank("Đại tướng").post("Tổng Tư lệnh Quân đội").late(),
        seen("c", "2019-08-31").rank("Đại tướng").post("Chủ tịch Hội Khuyến học"),
    ];
    let lines = [
        "Đại tướng 2012-01-01 seen .. 2012-01-01 seen x1",
        "Tổng Tư lệnh Quân đội 2012-01-01 seen .. 2012-01-01 seen x1",
    ];
    assert_eq!(tenure_lines(&career), lines);
    assert_eq!(undated_rows(&career), ["Chủ tịch Hội Khuyến học c former"]);
    let only_recalled = &career[1..];
    assert_eq!(tenure_lines(only_recalled), <[&str; 0]>::default());
    assert_eq!(now(only_recalled, TenureKind::Rank), ["Đại tướng"]);
}

#[test]
fn a_former_term_does_not_end_the_one_that_begins() {
    let (post, was) = ("Giám đốc Sở Y tế Gia Lai", "nguyên Giám đốc Sở Y tế Gia Lai");
    let again = |day: &str| seen("a", day).post_as(post, PostState::Entering).post_as(was, PostState::Former);
    assert_eq!(
        tenure_lines(&[again("2018-01-01")]),
        ["Giám đốc Sở Y tế Gia Lai 2018-01-01 event .. 2018-01-01 seen x1"]
    );
    let told = |day: &str| [seen("a", "2018-01-01").post_as(post, PostState::Entering), left(day, was)];
    let open = ["Giám đốc Sở Y tế Gia Lai 2018-01-01 event .. 2018-01-01 seen x1"];
    assert_eq!(tenure_lines(&told("2018-01-01")), open, "of the day on which the next term begins");
    assert_ne!(tenure_lines(&told("2018-06-01")), open);
    assert_eq!(now(&[again("2018-01-01").undated()], TenureKind::Post), [post]);
}

fn left(day: &str, was: &str) -> Observation {
    seen("left", day).post_as(was, PostState::Former)
}

#[test]
fn a_present_post_is_shown_without_the_state_of_another_report() {
    let career = [
        seen("a", "2018-06-29").rank("Trung tá").post("Trưởng phòng Hậu cần"),
        seen("b", "2018-06-30").post_as("cựu Trưởng phòng Hậu cần Công an tỉnh Gia Lai", PostState::Former).undated(),
    ];
    assert_eq!(now(&career, TenureKind::Post), ["Trưởng phòng Hậu cần Công an tỉnh Gia Lai"]);
}

#[test]
fn a_post_is_shown_in_the_words_of_one_who_has_taken_it_up() {
    let before = |id, day| seen(id, day).post("Tổng thống đắc cử Peru");
    let elected =
        [before("a", "2020-12-01"), seen("b", "2021-01-25").post("Tổng thống Peru"), before("c", "2021-02-01")];
    assert_eq!(now(&elected, TenureKind::Post), ["Tổng thống Peru"]);
    let undated = elected.map(crate::officials::Observation::undated);
    assert_eq!(now(&undated, TenureKind::Post), ["Tổng thống Peru"]);
    assert_eq!(now(&[before("a", "2020-12-01")], TenureKind::Post), ["Tổng thống đắc cử Peru"]);
}

#[test]
fn a_post_is_shown_in_words_that_name_the_organisation_themselves() {
    let named = |id, day| seen(id, day).post("Phó Chủ nhiệm Tổng cục Hậu cần");
    // The organisation is that of the post behind it.
    let left_out = |id, day| seen(id, day).post("Phó Chủ nhiệm").post("Tham mưu trưởng Tổng cục Hậu cần");
    let career = [named("a", "2022-03-01"), left_out("b", "2023-03-01")];
    assert_eq!(now(&career, TenureKind::Post).first().map(String::as_str), Some("Phó Chủ nhiệm Tổng cục Hậu cần"));
}

#[test]
fn a_term_that_had_ended_is_no_office_of_today() {
    let told = |day: &str, post: &str| now(&[seen("a", day).post(post)], TenureKind::Post);
    let secretary = "Bí thư Huyện ủy Sông Gấm nhiệm kỳ 2010 - 2015";
    assert_eq!(told("2018-03-04", secretary), [""; 0]);
    assert_eq!(told("2015-03-04", secretary), [secretary]);
    let chairman = "Chủ tịch UBND huyện Sông Gấm nhiệm kỳ 2016-2021";
    assert_eq!(told("2022-03-04", chairman), [""; 0]);
    assert_eq!(told("2018-03-04", chairman), [chairman]);
    // One year is a beginning, and a number is no term.
    assert_eq!(told("2018-03-04", "Đại biểu Quốc hội nhiệm kỳ 2016").len(), 1);
    assert_eq!(told("2022-03-04", "Chủ nhiệm dự án 2010-2015").len(), 1);
}
