//! The finder returns the intended person: twelve kinds of queries against a generated register that is always the
//! same, and the order of the hits.

mod queries;

use crate::screen::{cache, open_as};
use baocao::officials::career::FormerTenure;
use baocao::search::finder::{Finder, Tier};
use baocao::tui::settings::{ReaderSettings, SessionState};
use queries::Person;

#[test]
fn the_right_person_comes_first() {
    let tally = queries::ask(&queries::register(1_000), 4);
    assert!(tally.kinds.len() == 12 && tally.kinds.values().all(|kind| kind.0 >= 3), "{:?}", tally.kinds);
    tally.assert_at_least(970, 995);
}

#[test]
fn rows_that_only_resemble_say_so() {
    let people: Vec<Person> = ["Đinh Quốc Hùng", "Hoàng Văn Hưng", "Nguyễn Mạnh Hùng", "Hồ Quang Tuấn"]
        .iter()
        .map(|name| Person { name: (*name).to_owned(), ..Person::default() })
        .collect();
    let finder = Finder::new(&people);
    let found = |query: &str| {
        let hits = finder.find(query, 10).hits;
        hits.iter().map(|h| (people.get(h.index).unwrap().name.as_str(), h.fuzzy)).collect::<Vec<_>>()
    };
    assert_eq!(found("hưng"), [("Hoàng Văn Hưng", false)]);
    assert_eq!(found("quoc hugn"), [("Đinh Quốc Hùng", true)]);
    assert_eq!(found("ddinh quoocs hungf"), [("Đinh Quốc Hùng", false)]);
    assert_eq!(found("ddinh quoocs huwngf"), [("Đinh Quốc Hùng", true)]);
    assert_eq!(found("dqh"), [("Đinh Quốc Hùng", false)]);
    assert_eq!(found("đinh quôc hùng"), []);
    assert!(found("hung").iter().all(|h| !h.1) && found("hung").len() == 3);
}

/// Returns the names of the hits for a query among these people (name, rank, post), best first, without fuzzy hits.
fn found_among(people: &[(&str, &str, &str)], query: &str) -> Vec<String> {
    let person = |(name, rank, post): &(&str, &str, &str)| Person {
        name: (*name).to_owned(),
        rank: Some((*rank).to_owned()),
        posts: vec![(*post).to_owned()],
        ..Person::default()
    };
    let people: Vec<Person> = people.iter().map(person).collect();
    let hits = Finder::new(&people).find(query, 10).hits;
    hits.iter().filter(|hit| !hit.fuzzy).map(|hit| people.get(hit.index).unwrap().name.clone()).collect()
}

/// People with a rank, a post, and former ranks and posts.
fn with_former(people: &[(&str, &str, &str, &[&str])]) -> Vec<Person> {
    let person = |(name, rank, post, former): &(&str, &str, &str, &[&str])| Person {
        name: (*name).to_owned(),
        rank: Some((*rank).to_owned()),
        posts: vec![(*post).to_owned()],
        former: former.iter().map(|text| FormerTenure { text: (*text).to_owned(), undated: false }).collect(),
        ..Person::default()
    };
    people.iter().map(person).collect()
}

#[test]
fn former_ranks_and_posts_are_found_below_the_present_ones_and_marked() {
    let people = with_former(&[
        ("Phùng Gia Khôi", "Trung tướng", "Tư lệnh Quân khu 13", &["Thiếu tướng", "Tham mưu trưởng TCKT", "Đại tá"]),
        ("Tạ Gia Khôi", "Thiếu tướng", "Cục trưởng Cục Quân lực", &[]),
        ("Lò Thị Khói", "Trung tướng", "Chính ủy Quân khu 13", &["Thiếu tướng"]),
    ]);
    let finder = Finder::new(&people);
    let found = |query: &str| {
        let row = |hit: &baocao::search::finder::FinderHit| {
            assert!(!hit.fuzzy, "{query}");
            let person = people.get(hit.index).unwrap();
            let words = |one: &baocao::search::finder::FormerMatch| {
                let text = &person.former.get(one.at).unwrap().text;
                let hits: Vec<&str> = one.spans(text).iter().map(|span| span.of(text)).collect();
                format!("{text} [{}]", hits.join("|"))
            };
            (person.name.clone(), hit.former.iter().map(words).collect::<Vec<_>>().join(", "))
        };
        finder.find(query, 10).hits.iter().map(row).collect::<Vec<_>>()
    };
    let row = |name: &str, former: &str| (name.to_owned(), former.to_owned());
    for query in ["thieu tuong phung gia khoi", "Thiếu tướng Phùng Gia Khôi", "phung thieeus tuwowngs"] {
        assert_eq!(found(query), [row("Phùng Gia Khôi", "Thiếu tướng [Thiếu|tướng]")], "{query}");
    }
    // Present before former, whatever else would decide.
    assert_eq!(
        found("thieu tuong khoi"),
        [
            row("Tạ Gia Khôi", ""),
            row("Phùng Gia Khôi", "Thiếu tướng [Thiếu|tướng]"),
            row("Lò Thị Khói", "Thiếu tướng [Thiếu|tướng]"),
        ]
    );
    // A tone that was typed holds for them too.
    assert_eq!(found("thiếu tướng khói"), [row("Lò Thị Khói", "Thiếu tướng [Thiếu|tướng]")]);
    assert_eq!(found("thiệu tướng khói"), []);
    // Abbreviations; parts of two of them; and who has it now is not said to have had it.
    assert_eq!(found("tham muu truong tckt"), [row("Phùng Gia Khôi", "Tham mưu trưởng TCKT [Tham|mưu|trưởng|TCKT]")]);
    assert_eq!(found("tong cuc ky thuat khoi"), [row("Phùng Gia Khôi", "Tham mưu trưởng TCKT [Tham|mưu|trưởng|TCKT]")]);
    assert_eq!(
        found("dai ta tham muu truong khoi"),
        [row("Phùng Gia Khôi", "Tham mưu trưởng TCKT [Tham|mưu|trưởng], Đại tá [Đại|tá]")]
    );
    assert_eq!(found("quan khu 13 phung"), [row("Phùng Gia Khôi", "")]);
    assert!(found("gia khoi").iter().all(|(_, former)| former.is_empty()));
}

#[test]
fn what_only_resembles_is_left_out_beside_an_answer_and_never_more_than_a_handful() {
    let mut people = with_former(&[
        ("Hà Văn Hùng", "Đại tá", "Tư lệnh Quân khu 13", &[]),
        ("Đinh Hải Triều", "Đại tá", "Phó Tư lệnh Hải quân", &[]),
        ("Âu Tự Chí", "Đại tá", "Lệnh trưởng", &[]),
    ]);
    assert_eq!(found_among(&[("Hà Văn Hùng", "Đại tá", "Tư lệnh Quân khu 13")], "hung tu lenh"), ["Hà Văn Hùng"]);
    let found = |people: &[Person], query: &str| {
        let result = Finder::new(people).find(query, 50);
        assert_eq!(result.total, result.hits.len(), "{query}");
        result.hits.iter().map(|hit| (hit.index, hit.fuzzy)).collect::<Vec<_>>()
    };
    assert_eq!(found(&people, "hung tu lenh"), [(0, false)]);
    assert_eq!(found(&people, "hugn tu lenh"), [(0, true)]);
    // Thirty whom a typo may mean: the first few, the most often named first.
    people.extend((0..30).map(|n| Person { name: "Vũ Xuân Khánh".to_owned(), reports: n, ..Person::default() }));
    assert_eq!(found(&people, "xuan khnah"), [32, 31, 30, 29, 28].map(|index| (index, true)));
    assert_eq!(found(&people, "xuan khanh").len(), 30);
    // Keystrokes of another tone than anybody has only resemble too.
    assert_eq!(found(&people, "xuaan khanhf"), [32, 31, 30, 29, 28].map(|index| (index, true)));
}

#[test]
fn what_is_all_in_the_name_comes_before_what_needs_a_post() {
    let people = [
        ("Phan Thị Lưỡng", "Trung tá", "Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh Yên Bái"),
        ("Phan Huy Yên", "Đại úy", "Trợ lý"),
        ("Phạm Đức Luyện", "Đại tá", "Trưởng phòng Bộ Chỉ huy quân sự tỉnh Kon Tum"),
        ("Phạm Quang Luyện", "Trung tá", "Trưởng ban Thanh niên"),
    ];
    assert_eq!(found_among(&people, "phan huy yeen"), ["Phan Huy Yên", "Phan Thị Lưỡng"]);
    assert_eq!(found_among(&people, "pham quan luyen"), ["Phạm Quang Luyện", "Phạm Đức Luyện"]);
}

#[test]
fn a_post_with_abbreviations_is_found_by_what_they_stand_for() {
    let people = [
        ("Lê Văn Khảm", "", "Chủ tịch UBND TP HCM"),
        ("Vũ Đức Thừa", "Trung tướng", "Chủ nhiệm TCCT"),
        ("Hồ Quang Mẫn", "Đại tá", "Phó Chính ủy BTL Thủ đô Hà Nội"),
        ("Trần Thị Sáu", "", "Phó Chủ tịch Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Ngô Văn Lỗi", "Thiếu tướng", "Giám đốc Công an TP.HCM"),
    ];
    assert_eq!(found_among(&people, "chu nhiem tong cuc chinh tri"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "thừa tổng cục chính trị"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "chu nhiem tcct"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "bo tu lenh thu do"), ["Hồ Quang Mẫn"]);
    assert_eq!(found_among(&people, "cong an tphcm"), ["Ngô Văn Lỗi"]);
    assert_eq!(found_among(&people, "chu tich uy ban nhan dan"), ["Lê Văn Khảm", "Trần Thị Sáu"]);
    for city in ["tphcm", "thanh pho ho chi minh", "ho chi minh"] {
        assert_eq!(found_among(&people, city).len(), 3, "{city}");
    }
}

#[test]
fn a_query_that_can_be_read_in_two_ways_is_read_in_both() {
    let people = [
        ("Tạ Ngọc Tố", "Đại tá", "Trưởng ban Thanh niên Học viện Quân y"),
        ("Bùi Thị Ngọc", "Đại úy", "Tổ trưởng Ban Tuyên huấn"),
    ];
    assert_eq!(found_among(&people, "ngoc to truong ban").len(), 2);
    assert_eq!(found_among(&people, "to truong ngoc"), ["Bùi Thị Ngọc"]);
}

#[test]
fn a_name_from_its_first_word_on_comes_before_pieces_of_another() {
    let people = [("Kim Yo-jong", "Đại tá", "Trợ lý"), ("Kim Jong-un", "Đại tá", "Trợ lý")];
    assert_eq!(found_among(&people, "kim jong"), ["Kim Jong-un", "Kim Yo-jong"]);
    let people = [
        ("Phan Văn Bôi", "Đại tá", "Trưởng Công an huyện Yên Sơn"),
        ("Tô Văn Lâm", "Đại tướng", "Bộ trưởng Bộ Công an"),
    ];
    assert_eq!(found_among(&people, "bo truong cong an").first().map(String::as_str), Some("Tô Văn Lâm"));
}

#[test]
fn what_the_name_answers_whole_is_not_taken_by_the_beginning_of_it() {
    let people = [("Trần Khắc Tân", "Thiếu tá", "Trợ lý"), ("Tạ Hữu Tân", "Thiếu tá", "Trợ lý")];
    for query in ["thieu ta Tân", "Tân thieu ta", "thiếu tá tân"] {
        assert_eq!(found_among(&people, query).len(), 2, "{query}");
    }
    let people = [("Nguyễn Văn Thắng", "Đại tá", "Trợ lý"), ("Nguyễn Văn Thân", "Đại tá", "Trợ lý")];
    assert_eq!(found_among(&people, "nguyeenx vawn thaa"), ["Nguyễn Văn Thân"]);
    let all: Vec<Person> =
        people.iter().map(|(name, ..)| Person { name: (*name).to_owned(), ..Person::default() }).collect();
    assert_eq!(Finder::new(&all).find("nguyeenx vawn thaa", 9).hits.first().map(|hit| hit.index), Some(1));
}

#[test]
fn a_place_of_two_words_is_not_put_together_from_pieces() {
    let people = [
        ("Nguyễn Xuân Giang", "Hạ sĩ", "Trợ lý Bộ Chỉ huy quân sự tỉnh Lạng Sơn"),
        ("Đỗ Văn Lâm", "Đại tá", "Chính ủy Bộ Chỉ huy quân sự tỉnh Hà Giang"),
    ];
    assert_eq!(found_among(&people, "bo chqs ha giang"), ["Đỗ Văn Lâm"]);
    assert_eq!(found_among(&people, "giang ha si"), ["Nguyễn Xuân Giang"]);
}

#[test]
fn what_somebody_is_called_before_the_name_is_passed_over() {
    let people = [("Phùng Văn Ất", "Đại tá", "Chính ủy Lữ đoàn 955"), ("Ông Văn Tám", "Đại úy", "Trợ lý")];
    for query in ["đ/c Ất", "dong chi phung at", "ông Phùng Văn Ất", "đồng chí Đại tá Phùng Văn Ất"]
    {
        assert_eq!(found_among(&people, query), ["Phùng Văn Ất"], "{query}");
    }
    assert_eq!(found_among(&people, "ông"), ["Ông Văn Tám"]);
    assert_eq!(found_among(&people, "ông Tám"), ["Ông Văn Tám"]);
    assert!(found_among(&people, "ông Ấn").is_empty());
}

#[test]
fn initials_of_some_words_stand_beside_others_written_out() {
    let people = [("Phùng Văn Ất", "Đại tá", "Chính ủy Lữ đoàn 955"), ("Phan Văn Ánh", "Đại úy", "Trợ lý")];
    assert_eq!(found_among(&people, "pv ất"), ["Phùng Văn Ất"]);
    assert_eq!(found_among(&people, "ánh pv"), ["Phan Văn Ánh"]);
    assert_eq!(found_among(&people, "phung va"), ["Phùng Văn Ất"]);
}

#[test]
fn what_answered_is_marked_in_the_name() {
    let one = |name: &str, query: &str| {
        let people = [Person { name: name.to_owned(), ..Person::default() }];
        let hit = baocao::search::finder::find(query, &people).into_iter().next().unwrap();
        let texts: Vec<String> = hit.spans.iter().map(|span| span.of(name).to_owned()).collect();
        (texts.join("|"), hit.tier)
    };
    assert_eq!(one("Đinh Quốc Hùng", "hung dinh"), ("Đinh|Hùng".to_owned(), Tier::Folded));
    assert_eq!(one("Đinh Quốc Hùng", "quốc hù"), ("Quốc|Hù".to_owned(), Tier::ToneNormal));
    assert_eq!(one("Nguyễn Xuân Thủy", "thuỷ"), ("Thủy".to_owned(), Tier::ToneNormal));
    assert_eq!(one("Đinh Quốc Hùng", "dqh"), ("Đ|Q|H".to_owned(), Tier::Initials));
    assert_eq!(one("Đinh Quốc Hùng", "quoocs"), ("Quốc".to_owned(), Tier::Squeezed));
    assert_eq!(one("Đinh Quốc Hùng", "dq hung"), ("Đ|Q|Hùng".to_owned(), Tier::Initials));
    assert_eq!(one("Đinh Quốc Hùng", "đqhùng"), ("Đ|Q|Hùng".to_owned(), Tier::Initials));
    assert_eq!(one("Y Blok Êban", "eban"), ("Êban".to_owned(), Tier::Folded));
}

#[test]
fn a_place_or_unit_is_not_put_together_from_a_name() {
    let people = [
        ("Nguyễn Đức Thái", "Đại tá", "Chỉ huy trưởng Bộ CHQS tỉnh Bắc Giang"),
        ("Lò Thị Hường", "Đại tá", "Chỉ huy trưởng Bộ CHQS tỉnh Thái Nguyên"),
        ("Hoa Hữu Thanh", "Đại tá", "Phó Giám đốc Công an tỉnh Phú Thọ"),
        ("Kiều Văn Tôn", "Đại tá", "Phó Giám đốc Công an tỉnh Thanh Hóa"),
        ("Phan Trung Tuy", "Đại tá", "Chính ủy Sư đoàn 323"),
        ("Ngô Văn Tạo", "Đại tá", "Chính ủy Trung đoàn 32"),
    ];
    assert_eq!(found_among(&people, "chi huy truong thai nguyen"), ["Lò Thị Hường"]);
    assert_eq!(found_among(&people, "thanh hoa cong an"), ["Kiều Văn Tôn"]);
    assert_eq!(found_among(&people, "trung doan 32"), ["Ngô Văn Tạo"]);
    // The whole query may still be a name, in any order.
    assert_eq!(found_among(&people, "thai nguyen").first().map(String::as_str), Some("Nguyễn Đức Thái"));
}

#[test]
fn a_syllable_typed_with_its_tone_chooses_its_word_first() {
    let people = [("Nguyễn Đình Nguyên", "Đại tá", "Trợ lý"), ("Phí Đình Tịnh", "Đại tá", "Trợ lý tỉnh Thái Nguyên")];
    assert_eq!(found_among(&people, "nguyen dinh nguyên"), ["Nguyễn Đình Nguyên"]);
    assert_eq!(found_among(&people, "nguyên dinh nguyen"), ["Nguyễn Đình Nguyên"]);
}

#[test]
fn whole_numbers_whole_posts_and_pieces_that_stand_together_come_first() {
    let people = [
        ("Lê Văn Sửu", "Đại tá", "Chính ủy Sư đoàn 371"),
        ("Lê Văn Hợi", "Đại tá", "Chính ủy Sư đoàn 37"),
        ("Vũ Văn Dần", "Thiếu tướng", "Phó Chính ủy Quân khu 4"),
        ("Vũ Văn Tý", "Thiếu tướng", "Chính ủy Quân khu 4"),
        ("Liễu Đức Công", "Đại tá", "Trưởng Công an huyện, Ban An ninh tỉnh Điện Biên"),
        ("Trần Quang Mùi", "Đại tá", "Giám đốc Công an tỉnh Điện Biên"),
    ];
    let first = |query: &str| found_among(&people, query).first().cloned().unwrap_or_default();
    assert_eq!(found_among(&people, "su doan 37"), ["Lê Văn Hợi"], "another number only resembles");
    assert_eq!(first("chinh uy qk4"), "Vũ Văn Tý");
    assert_eq!(first("dai ta cong an tinh dien bien"), "Trần Quang Mùi");
}

#[test]
fn initials_are_a_letter_each_and_a_syllable_is_none_of_them() {
    let people = [
        ("Dương Tuấn Thọ", "Đại tá", "Trợ lý"),
        ("Đào Thị Thanh Hạnh", "Đại tá", "Trợ lý"),
        ("Mai Anh Ngữ", "Đại tá", "Trợ lý"),
        ("Hồ Anh Tuấn", "Đại tá", "Trợ lý"),
    ];
    assert_eq!(found_among(&people, "dtth"), ["Đào Thị Thanh Hạnh", "Dương Tuấn Thọ"]);
    assert_eq!(found_among(&people, "mang"), <[&str; 0]>::default());
    assert_eq!(found_among(&people, "hat"), ["Hồ Anh Tuấn"]);
    assert_eq!(found_among(&people, "maianh"), ["Mai Anh Ngữ"], "more of the name may be to come");
}

#[test]
fn within_a_tier_whoever_is_seen_most_comes_first() {
    let person = |name: &str, reports| Person { name: name.to_owned(), reports, ..Person::default() };
    let people =
        [person("Trần Hồng Văn Thống", 2), person("Đàm Hữu Quang Thống", 6), person("Lê Tị", 1), person("Lê Tỵ", 6)];
    let found = |query: &str| {
        let hits = Finder::new(&people).find(query, 9).hits;
        hits.iter().map(|hit| people.get(hit.index).unwrap().reports).collect::<Vec<_>>()
    };
    assert_eq!(found("thong"), [6, 2]);
    assert_eq!(found("tị"), [1, 6], "as it is written first");
    let people = [person("Nguyễn Văn Đồng", 6), person("Nguyễn Văn Đông", 1)];
    for typed in ["nguyeenx vawn ddoong", "nguye6n4 va8n d9o6ng"] {
        let hits = Finder::new(&people).find(typed, 9).hits;
        assert_eq!(hits.iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 0], "{typed}: a tone may be to come");
    }
    let people = [person("Trần Thanh Tịnh", 6), person("Trần Thanh Tỵ", 1)];
    let hits = Finder::new(&people).find("trần thanh tị", 9).hits;
    assert_eq!(hits.first().map(|hit| hit.index), Some(1), "a whole word before the beginning of one");
}

#[test]
fn names_with_an_apostrophe_and_addresses_with_a_sign() {
    let people = [
        ("H’Nhinh Niê", "Đại úy", "Trợ lý"),
        ("Rah Lan H’Đăng", "Đại úy", "Trợ lý"),
        ("Đặng Công Hưng", "Đại úy", "Trợ lý"),
        ("Lê Hưng", "Đại úy", "Trợ lý"),
    ];
    assert_eq!(found_among(&people, "H Nhinh Niê"), ["H’Nhinh Niê"]);
    assert_eq!(found_among(&people, "rah lan h đăng"), ["Rah Lan H’Đăng"]);
    assert_eq!(found_among(&people, "đ/c Hưng").len(), 2);
}

#[test]
fn units_by_their_signs_with_roman_numbers_and_with_a_typo() {
    let people = [
        ("Lê Văn Sửu", "Trung tướng", "Tư lệnh Quân khu 4"),
        ("Lê Văn Hợi", "Đại tá", "Chính ủy Sư đoàn 302"),
        ("Lê Văn Dần", "Trung tướng", "Chủ nhiệm Tổng cục Công nghiệp quốc phòng"),
    ];
    assert_eq!(found_among(&people, "quan khu IV"), ["Lê Văn Sửu"]);
    assert_eq!(found_among(&people, "f302"), ["Lê Văn Hợi"]);
    let all: Vec<Person> = people
        .iter()
        .map(|(name, rank, post)| Person {
            name: (*name).to_owned(),
            rank: Some((*rank).to_owned()),
            posts: vec![(*post).to_owned()],
            ..Person::default()
        })
        .collect();
    let hits = Finder::new(&all).find("trung tuogn cnqp", 9).hits;
    assert_eq!(hits.iter().map(|hit| (hit.index, hit.fuzzy)).collect::<Vec<_>>(), [(2, true)]);
}

#[test]
fn a_half_typed_syllable_with_a_tone_is_no_other_tone_of_the_name() {
    let people =
        [("Nguyễn Đình Vương", "Đại tá", "Trợ lý tỉnh Nam Định"), ("Lê Văn Sửu", "Đại tá", "Trợ lý tỉnh Nam Định")];
    assert_eq!(found_among(&people, "địn"), <[&str; 0]>::default(), "in the middle of a post it only resembles");
    assert_eq!(found_among(&people, "nam địn"), ["Nguyễn Đình Vương", "Lê Văn Sửu"]);
    assert_eq!(found_among(&people, "định"), ["Lê Văn Sửu"]);
    let people = [("Lê Văn Chỉnh", "Đại tá", "Chính ủy"), ("Lê Văn Sửu", "Đại tá", "Chính ủy")];
    assert_eq!(found_among(&people, "chí"), ["Lê Văn Sửu"], "the beginning of the post does not make up for it");
}

#[test]
fn on_a_narrow_screen_no_word_of_the_finder_is_cut_in_silence() {
    let store = cache(&["Ngày 4-4-2018, Trung tá Nguyễn Hữu Tráng, Trưởng phòng Tài chính Quân khu 12 báo cáo.\n"]);
    let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (120, 15));
    screen.press("o").type_text("huu trnag");
    assert!(screen.text().contains("~ Nguyễn Hữu Tráng  gần giống"), "{}", screen.text());
    for width in 20..80 {
        screen.resize(width, 15);
        for line in screen.text().lines().filter(|line| line.contains("gần")) {
            assert!(line.contains("gần giống"), "{width}: {line}");
        }
        assert!(screen.text().contains("~ "), "{width}: {}", screen.text());
    }
}
