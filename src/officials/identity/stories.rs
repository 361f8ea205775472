//! Tests of whole names: which observations of one name are one person, told as rows. A row is a report: its day (`-`
//! for none), the rank, the posts, and the letter of the person that it must belong to; `.` is an observation without a
//! sign of an official.

use super::identify;
use crate::officials::testing::seen;
use crate::officials::{Observation, Official};
use crate::report::PostState;
use std::collections::BTreeMap;

/// Checks that the reports of `rows` are divided among persons as their last cells say.
fn check(name: &str, rows: &[(&str, &str, &[&str], char)]) {
    let observations: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(n, (day, rank, posts, _))| {
            let mut it = seen(&format!("r{n}"), if *day == "-" { "2020-01-01" } else { day }).named(name);
            if *day == "-" {
                it = it.undated();
            }
            if !rank.is_empty() {
                it = it.rank(rank);
            }
            posts.iter().fold(it, |it, post| match post.strip_prefix("nguyên ") {
                Some(former) => it.post_as(former, PostState::Former),
                None => it.post(post),
            })
        })
        .collect();
    let officials = identify(&observations, &[]);
    let found: Vec<(bool, Vec<usize>)> = officials.iter().map(|o| (o.has_sign, sorted(o))).collect();
    let mut wanted: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (n, (_, _, _, person)) in rows.iter().enumerate() {
        wanted.entry(*person).or_default().push(n);
    }
    for (person, reports) in wanted {
        let here = found.iter().find(|(_, own)| own.contains(&reports[0]));
        assert_eq!(here, Some(&(person != '.', reports)), "{name}, person {person}: {officials:#?}");
    }
}

fn sorted(official: &Official) -> Vec<usize> {
    let mut reports = official.observations.clone();
    reports.sort_unstable();
    reports
}

#[test]
fn a_bare_post_belongs_to_the_one_who_holds_it_in_full() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("2018-06-07", "", &["Bộ trưởng"], 'a'),
            ("2018-06-20", "", &["Bộ trưởng"], 'a'),
            ("2018-07-01", "", &["Bộ trưởng Bộ Y tế"], 'a'),
            ("2018-07-12", "", &["Bộ trưởng"], 'a'),
            ("2018-04-03", "", &[], '.'),
        ],
    );
    check(
        "Tạ Thu Hoài",
        &[
            ("2018-06-07", "", &["Chủ tịch"], 'a'),
            ("-", "", &["Chủ tịch UBND tỉnh"], 'a'),
            ("2018-07-01", "", &["Chủ tịch UBND tỉnh Sông Gấm"], 'a'),
            ("-", "", &["Phó Chủ tịch UBND tỉnh Sông Gấm"], 'a'),
        ],
    );
    check(
        "Tạ Văn Hoài",
        &[
            ("2018-06-07", "Đại tá", &["Chỉ huy trưởng"], 'a'),
            ("2018-09-07", "Đại tá", &["Chỉ huy trưởng Bộ CHQS tỉnh Sông Gấm"], 'a'),
            ("2018-08-07", "Đại tá", &["Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh"], 'a'),
        ],
    );
    check(
        "Mạc Đình Thi",
        &[
            ("-", "", &["Bí thư"], 'a'),
            ("-", "", &["Bí thư Huyện ủy Hải Hà", "Tỉnh ủy viên"], 'a'),
            ("-", "", &["Bí thư Huyện ủy"], 'a'),
        ],
    );
}

#[test]
fn a_bare_post_that_two_hold_in_full_stays_apart() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("2018-06-07", "", &["Giám đốc Sở Nội vụ Gia Lai"], 'a'),
            ("2018-06-20", "", &["Giám đốc Bệnh viện Sông Gấm"], 'b'),
            ("2018-07-01", "", &["Giám đốc"], 'c'),
        ],
    );
}

#[test]
fn a_minister_of_the_police_is_one_and_the_driver_is_not_he() {
    check(
        "Mạc Đình Thi",
        &[
            ("2018-06-01", "", &["Bộ trưởng"], 'a'),
            ("2018-06-20", "", &["Bộ trưởng"], 'a'),
            ("2018-07-01", "Thượng tướng", &["Thứ trưởng Bộ Công an"], 'a'),
            ("2018-07-05", "", &["Thứ trưởng"], 'a'),
            ("-", "Đại tướng", &["Bộ trưởng Bộ Công an"], 'a'),
            ("2019-07-05", "", &["Bộ trưởng Bộ Công an"], 'a'),
            ("2019-07-06", "", &[], '.'),
        ],
    );
}

#[test]
fn a_name_without_a_sign_joins_no_official() {
    for name in ["Đỗ Khắc Nhân", "Tạ Thị Thu Hoài"] {
        check(
            name,
            &[
                ("2018-06-07", "Đại tá", &["Chính ủy Lữ đoàn 901"], 'a'),
                ("2018-06-08", "", &[], '.'),
                ("-", "", &[], '.'),
            ],
        );
        check(name, &[("2018-06-08", "", &[], '.'), ("-", "", &[], '.')]);
    }
    // Few share a foreign name.
    check("Jong Skarlov", &[("2018-06-07", "", &["Tổng thống Lào"], 'a'), ("2018-06-08", "", &[], 'a')]);
}

#[test]
fn posts_of_two_services_are_two_people() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("-", "", &["Phó Chủ tịch UBND TP.HCM"], 'a'),
            ("-", "", &["Phó Chủ tịch thường trực UBND TP. Hồ Chí Minh"], 'a'),
            ("-", "", &["nguyên Giám đốc Sở Y tế Long An"], 'b'),
            ("-", "", &["Chủ tịch HĐQT Hợp tác xã Hải Âu"], 'c'),
        ],
    );
    check(
        "Tạ Văn Hoài",
        &[
            ("2018-01-01", "Đại tá", &["Phó Giám đốc Công an tỉnh Quảng Nam"], 'a'),
            ("-", "Đại tá", &["Phó Giám đốc Công an tỉnh Khánh Hòa"], 'b'),
            ("-", "Đại tá", &["Phó Giám đốc Công an Quảng Nam"], 'a'),
        ],
    );
    check(
        "Mạc Đình Thi",
        &[
            ("-", "Trung tướng", &["Thứ trưởng Bộ Công an"], 'a'),
            ("-", "Thiếu tướng", &["Phó Tư lệnh Cảnh sát biển"], 'b'),
            ("-", "", &["Giám đốc Bệnh viện Hải Hà"], 'c'),
        ],
    );
    check(
        "Tạ Thu Hoài",
        &[
            ("-", "", &["Chủ tịch Quốc hội"], 'a'),
            ("-", "", &["Phó Bí thư chi đoàn Sở Nội vụ Long An"], 'b'),
            ("-", "", &["Tổng Giám đốc Công ty Hải Âu"], 'c'),
        ],
    );
}

#[test]
fn one_rises_through_high_posts() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("-", "", &["Phó Thủ tướng"], 'a'),
            ("-", "", &["Thủ tướng Chính phủ"], 'a'),
            ("-", "", &["Bí thư Thành ủy Hà Nội", "Ủy viên Bộ Chính trị"], 'a'),
            ("-", "", &["Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc"], 'a'),
        ],
    );
    check(
        "Tạ Văn Hoài",
        &[("-", "Thiếu tướng", &["Phó Giám đốc Công an TP.HCM"], 'a'), ("-", "", &["Phó Chủ tịch UBND TP.HCM"], 'a')],
    );
    check(
        "Mạc Đình Thi",
        &[
            ("2016-01-01", "Đại tướng", &["Chủ nhiệm Tổng cục Chính trị"], 'a'),
            ("2017-01-01", "Đại tướng", &["Bộ trưởng Quốc phòng"], 'a'),
            ("2015-06-01", "Đại tướng", &["Bộ trưởng Bộ Quốc phòng"], 'a'),
        ],
    );
}

#[test]
fn a_unit_and_its_spokesman_or_investigators_are_one_place() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("-", "Đại tá", &["Trưởng phòng Tham mưu Công an tỉnh Thanh Hóa"], 'a'),
            ("-", "Đại tá", &["người phát ngôn Công an tỉnh Thanh Hoá"], 'a'),
        ],
    );
    check(
        "Tạ Văn Hoài",
        &[
            ("-", "Đại tá", &["Trưởng Công an quận Sông Gấm"], 'a'),
            ("-", "Đại tá", &["Thủ trưởng Cơ quan CSĐT Công an quận Sông Gấm"], 'a'),
        ],
    );
    // A section that many have says nothing.
    check(
        "Mạc Đình Thi",
        &[
            ("-", "Đại tá", &["Trưởng phòng Tham mưu Công an tỉnh Thanh Hóa"], 'a'),
            ("-", "Thượng tá", &["Trưởng phòng Tham mưu Công an Gia Lai"], 'b'),
        ],
    );
}

#[test]
fn foreigners_are_of_one_country() {
    check(
        "Paul Green",
        &[
            ("-", "", &["Bộ trưởng Quốc phòng Mỹ"], 'a'),
            ("-", "", &["Bộ trưởng Quốc phòng"], 'a'),
            ("-", "", &["Giám đốc Cục Tình báo Trung ương Hoa Kỳ (CIA)"], 'a'),
            ("-", "", &["Thủ tướng Australia"], 'b'),
        ],
    );
    check(
        "Vương Lập",
        &[
            ("-", "", &["Bộ trưởng Ngoại giao Trung Quốc"], 'a'),
            ("-", "", &["Ngoại trưởng Trung Quốc"], 'a'),
            ("-", "Thiếu tá", &["Trưởng Công an huyện Hải Hà"], 'b'),
        ],
    );
}

#[test]
fn the_country_is_that_of_most_reports() {
    let country = |posts: &[&str]| {
        let of_post = |(n, post): (usize, &&str)| seen(&format!("r{n}"), "2018-01-01").named("Vương Lập").post(post);
        let observations: Vec<_> = posts.iter().enumerate().map(of_post).collect();
        let officials = identify(&observations, &[]);
        let most = officials.into_iter().max_by_key(|official| official.observations.len()).unwrap();
        most.country
    };
    assert_eq!(country(&["Chủ tịch Trung Quốc", "Tổng Bí thư", "Chủ tịch"]).as_deref(), Some("Trung Quốc"));
    let native = ["Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Y tế", "Bộ trưởng Y tế Lào"];
    assert_eq!(country(&native), None);
    assert_eq!(country(&["Thủ tướng Việt Nam"]), None);
}

#[test]
fn the_wording_of_one_office_splits_nobody() {
    check(
        "Đỗ Khắc Nhân",
        &[
            ("-", "Thượng tá", &["Trưởng phòng Cảnh sát hình sự (PC 02) Công an tỉnh Gia Lai"], 'a'),
            ("-", "Thượng tá", &["Trưởng phòng Cảnh sát hình sự (PC45) Công an tỉnh Gia Lai"], 'a'),
            ("-", "Thượng tá", &["Trưởng Phòng Cảnh sát hình sự Công an tỉnh Gia Lai"], 'a'),
            ("-", "Thượng tá", &["Trưởng phòng Cảnh sát hình sự (PC02) Công an tỉnh Long An"], 'b'),
        ],
    );
    check(
        "Tạ Văn Hoài",
        &[
            ("-", "", &["cục trưởng C50"], 'a'),
            ("-", "", &["Cục trưởng C 50"], 'a'),
            ("-", "", &["Cục trưởng Cục Cảnh sát phòng, chống tội phạm sử dụng công nghệ cao"], 'a'),
            ("-", "", &["Cục trưởng Cục Cảnh sát phòng chống tội phạm công nghệ cao"], 'a'),
            ("-", "", &["Cục trưởng Cục Thi hành án dân sự Gia Lai"], 'b'),
        ],
    );
    // What is left out must name no place, unit or number.
    check(
        "Mạc Đình Thi",
        &[
            ("-", "Thượng tá", &["Phó Trưởng phòng Cảnh sát môi trường Công an tỉnh Gia Lai"], 'a'),
            ("-", "Thiếu tá", &["Phó Trưởng phòng Cảnh sát môi trường Công an huyện Ia Pa tỉnh Gia Lai"], 'b'),
        ],
    );
}

#[test]
fn a_bare_post_is_that_of_the_only_holder_of_the_same_rank() {
    let rows = |rank| {
        [
            ("-", "Đại tá", &["Phó Giám đốc Công an tỉnh Gia Lai"][..], 'a'),
            ("-", rank, &["Phó Giám đốc Bệnh viện 296"][..], 'b'),
            ("-", "Đại tá", &["Phó Giám đốc"][..], 'a'),
        ]
    };
    check("Đỗ Khắc Nhân", &rows("Thiếu tá"));
    let mut same = rows("Đại tá");
    same[2].3 = 'c';
    check("Đỗ Khắc Nhân", &same);
}

/// The number of persons whom the observations are divided among.
fn persons(observations: &[Observation]) -> usize {
    identify(observations, &[]).len()
}

#[test]
fn the_organisation_behind_a_comma_tells_whose_section_it_is() {
    let section = |id: &str| seen(id, "2018-01-01").rank("Đại tá").post("Trưởng phòng Tham mưu").undated();
    let speaker = seen("c", "2018-01-01").rank("Đại tá").post("người phát ngôn Công an tỉnh Gia Lai").undated();
    assert_eq!(persons(&[section("a").above("Công an tỉnh Gia Lai"), speaker.clone()]), 1);
    assert_eq!(persons(&[section("a").above("Công an tỉnh Long An"), speaker.clone()]), 2);
    assert_eq!(persons(&[section("a"), speaker]), 2);
}

#[test]
fn a_short_name_in_brackets_and_a_unit_named_before_tell_of_the_same_post() {
    let whole = || seen("a", "2018-01-01").post("Chủ tịch Hội Sông Gấm (HSG)").post("Chủ tịch HSG").undated();
    assert_eq!(persons(&[whole(), seen("b", "2018-01-01").post("Chủ tịch Hội Sông Gấm (HSG)").undated()]), 1);
    let head = seen("c", "2018-01-01").rank("Đại tá").post("Thủ trưởng cơ quan Cảnh sát điều tra Công an Gia Lai");
    let short = seen("d", "2018-01-01").rank("Đại tá").post("thủ trưởng đơn vị");
    assert_eq!(persons(&[head.undated(), short.undated()]), 1);
    let section = |id: &str| seen(id, "2018-01-01").rank("Trung tá").post("Đội trưởng Đội 8").undated();
    assert_eq!(persons(&[section("e").above("PC 46"), section("f")]), 1);
}

#[test]
fn generals_are_one_by_their_former_rank_too() {
    let minister = seen("a", "2018-01-01").rank("Trung tướng").post("Tổng cục trưởng Tổng cục Cảnh sát").undated();
    let post = "Thủ trưởng Cơ quan Điều tra Bộ Công an";
    let then = |rank| seen("b", "2018-01-01").past_rank(rank).post_as(post, PostState::Former).undated();
    assert_eq!(persons(&[minister.clone(), then("Trung tướng")]), 1);
    let other = seen("b", "2018-01-01").post_as(post, PostState::Former).undated();
    assert_eq!(persons(&[minister, other]), 2);
}

#[test]
fn the_country_around_a_name_in_vietnamese_syllables_splits_nobody() {
    let leader = seen("a", "2018-01-01").named("Tống Mỹ Vân").post("lãnh đạo Lào").from("Lào").undated();
    let chief = || seen("b", "2018-01-01").named("Tống Mỹ Vân").post("Tổng tư lệnh lực lượng vũ trang").undated();
    assert_eq!(persons(&[leader.clone(), chief().near("Lào")]), 1);
    assert_eq!(persons(&[leader.clone(), chief().near("Pháp")]), 2);
    assert_eq!(persons(&[leader, chief()]), 2);
}

#[test]
fn a_name_without_a_sign_is_the_one_whom_the_same_story_names() {
    let told = |report: &str, story: i64| {
        let mut it = seen(report, "2018-06-07").named("Mạc Đình Thi");
        it.head.story = Some(story);
        it
    };
    let persons = |observations: &[Observation]| identify(observations, &[]).len();
    let director = told("a", 1).post("Giám đốc Sở Y tế Sông Gấm");
    assert_eq!(persons(&[director.clone(), told("b", 1)]), 1);
    assert_eq!(persons(&[told("b", 1), director.clone()]), 1);
    // Another story, a second one of the name in the same report, and a story that names two.
    assert_eq!(persons(&[director.clone(), told("b", 2)]), 2);
    assert_eq!(persons(&[director.clone(), told("a", 1).at_place(1)]), 2);
    let other = told("c", 1).post("Hiệu trưởng Trường Tiểu học Bến Gỗ");
    assert_eq!(persons(&[director, other, told("b", 1)]), 3);
}
