//! Foreign names and posts, the country of a foreigner, and names that are hard to tell from other words, in sentences
//! of our own by kind (`foreign.tsv`), with all people wanted, one a cell: `name = post; post @ country`, of which
//! posts and country may be missing.

use super::kind_table::{check, people_differ};
use super::read;

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("spelling", "a country in any spelling ends before the name"),
    ("country", "a foreigner is of the country of the post"),
    ("particle", "particles are part of a foreign name"),
    ("king", "a number is part of the name of a king"),
    ("seat", "a consul has a country and a seat"),
    ("firm", "a firm with its country is no foreigner"),
    ("glued", "words glued by a site are cut"),
    ("given", "a given name that is a word behind a rank"),
    ("rare", "a rare surname in a list of people"),
    ("sentence", "an office in the sentence gives its country"),
    ("nearby", "without a country in the sentence that of the offices and forces around it counts"),
    ("power", "an administration is no acting official"),
    ("adviser", "an adviser does not hold the post he advises"),
    ("region", "the region of a command is no person"),
    ("group", "an armed group or a sect is no person"),
    ("ships", "ships named in a row are no people"),
    ("hyphen", "a hyphen with spaces goes on a foreign name"),
    ("topic", "what somebody studies is no country of theirs, what stands between commas behind the post is"),
    ("arabic", "nobody with an arabic name is of a state that has none"),
    ("served", "an adviser is of the country of who is served"),
    ("second", "who has the office of another one of the text is of another state"),
    ("party", "a party may tell the country"),
    ("side", "who is named as a side or a delegation is of its state"),
    ("force", "who leads a force or a delegation of a state is of it also by a name of vietnamese syllables"),
    ("court", "a judge is of the state in which the court is"),
    ("abroad", "a minister is of no state only because something takes place there"),
    ("city", "the city of an office is no part of the name of its holder"),
    ("of-state", "a state behind the name of a leader is his also where the name has vietnamese syllables"),
    ("office", "a minister or a speaker is of the state of the offices around"),
    ("chosen", "who is chosen for a post by the office of a state is of it"),
    ("led", "who leads the force of a state is of it without a rank too"),
    ("national", "a nationality is stated in brackets or by the head of a list"),
    ("body", "who is of a force or a body of a state is of it"),
    ("governed", "who governs a foreign city or province is of its state"),
    ("in-service", "who is called in the service of a state before the name is of it"),
    ("occupation", "who is called by an occupation and a state is of it"),
    ("short-state", "one syllable may stand for a state between an office and a foreign name"),
    ("province", "the provinces of the neighbours are of their states"),
    ("subject", "what a state does is told by its minister, however long the sentence"),
    ("listed-service", "all in a list of people in service are of the one state of the report"),
    ("apposed", "what a foreigner is told to be behind the name may end with the state"),
    ("leaving", "a word on the term of office may stand between the state and the name"),
    ("name-end", "the end of a foreign name with an office is no second person"),
    ("leader", "a leader whom everybody knows is of the state that he led"),
    ("alias", "a name in vietnamese syllables in the brackets of a foreign one is of the state that ends them"),
    ("home", "a vietnamese official is of no foreign country"),
];

/// The people of a text as the table writes them.
fn people(text: &str) -> Vec<String> {
    let line = |person: &crate::report::Person| {
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let posts = if posts.is_empty() { String::new() } else { format!(" = {}", posts.join("; ")) };
        let country = person.country_shown().map(|country| format!(" @ {country}")).unwrap_or_default();
        format!("{}{posts}{country}", person.name)
    };
    read(text).people.iter().map(line).collect()
}

#[test]
fn sentences_have_the_foreigners_wanted() {
    check(include_str!("foreign.tsv"), KINDS, |row| people_differ(row, &people(&row.text)));
}

/// The people of a report with their countries; `?` marks a name that is clearly foreign and of no known country.
fn countries(text: &str) -> Vec<String> {
    let line = |person: &crate::report::Person| {
        let unknown = if person.foreign_name { "?" } else { "-" };
        format!("{} @ {}", person.name, person.country_shown().unwrap_or(unknown))
    };
    read(text).people.iter().map(line).collect()
}

fn check_countries(rows: &[(&str, &[&str])]) {
    let differs = |(text, wanted): &(&str, &[&str])| {
        let found = countries(text);
        (found != *wanted).then(|| format!("{text}\n  wanted {wanted:?}\n  found  {found:?}"))
    };
    let wrong: Vec<String> = rows.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_one_foreign_state_of_a_report_is_that_of_a_foreign_name() {
    check_countries(&[
        (
            "Tư lệnh hạm đội Mỹ thăm Bến Gỗ\nSáng 3-4, Đô đốc Scott Baker, Tư lệnh Hạm đội 3, đến Việt Nam.",
            &["Scott Baker @ Hoa Kỳ"],
        ),
        (
            "Malaysia bắt hai tàu cá\nPhát ngôn viên lực lượng tuần duyên, đại tá Hamid Razak, xác nhận.",
            &["Hamid Razak @ Malaysia"],
        ),
        (
            "Tàu gặp nạn\nTàu USS Carter va chạm. Tàu USS Carter do trung tá Alfred Sanchez chỉ huy.",
            &["Alfred Sanchez @ Hoa Kỳ"],
        ),
        // A second state, though nobody is said to be of it.
        (
            "Quân đội Peru tập trận\nĐoàn sẽ thăm Chile. Đại tá Pedro Rua nói rằng mọi người an toàn.",
            &["Pedro Rua @ Peru"],
        ),
        ("Peru tập trận\nĐoàn sẽ thăm Chile. Đại tá Pedro Rua nói rằng mọi người an toàn.", &["Pedro Rua @ ?"]),
        ("Một cuộc gặp\nĐại tá Pedro Rua nói rằng mọi người an toàn.", &["Pedro Rua @ ?"]),
        ("Bê bối ở Peru\nĐại tá Rya Zobelman lên tiếng.", &["Rya Zobelman @ ?"]),
        // No Japanese name ends so; initials hide no foreigner.
        (
            "Tiêm kích Nhật gặp nạn\nTổ bay do đại úy Jay Zeamer chỉ huy bắn trả. Tiêm kích Nhật rút.",
            &["Jay Zeamer @ ?"],
        ),
        (
            "Tin trong ngày\nBà Felicity Hoffman và chồng là diễn viên John H. Marlow đến tòa.",
            &["Felicity Hoffman @ ?", "John H. Marlow @ ?"],
        ),
        // What takes place there, and nothing else is named, is told by the people there.
        (
            "Cháy nhà trẻ ở Peru\nTheo báo chí Peru, nhà cháy trong đêm ở Peru. Trung úy Rya Zobelman chưa rõ lý do.",
            &["Rya Zobelman @ Peru"],
        ),
        (
            "Cháy nhà trẻ ở Ohio\nMột nhà trẻ ở Ohio cháy. Theo trang tin Ohio, Trung úy Rya Zobelman chưa rõ lý do.",
            &["Rya Zobelman @ Hoa Kỳ"],
        ),
        (
            "Cháy nhà trẻ ở Peru\nMột nhà trẻ ở Peru cháy. Trung úy Rya Zobelman nói vậy. Peru khô hạn, Chile chia sẻ.",
            &["Rya Zobelman @ ?"],
        ),
        // No official, a firm, a Vietnamese.
        ("Peru tập trận\nÔng Pedro Rua nói rằng mọi người an toàn.", &["Pedro Rua @ ?"]),
        ("Peru tập trận\nÔng Pedro Rua, giám đốc Công ty Marlow, nói vậy.", &["Pedro Rua @ ?"]),
        ("Peru tập trận\nĐại tá Lê Quang Hạo nói vậy.", &["Lê Quang Hạo @ -"]),
    ]);
}

#[test]
fn somebody_without_an_office_is_of_the_one_state_of_a_report() {
    check_countries(&[
        (
            "Đội bóng nhí Thái Lan được cứu\nHuấn luyện viên Somchai Wongsa khỏe mạnh. Cảnh sát Thái Lan vui mừng.",
            &["Somchai Wongsa @ Thái Lan"],
        ),
        ("Peru vỡ đập\nÔng Pedro Rua, thợ mỏ, kể lại. Chính phủ Peru lập đội cứu hộ.", &["Pedro Rua @ Peru"]),
        ("Cháy rừng ở Peru\nBà Anna Klein mất nhà. Peru khô hạn từ lâu.", &["Anna Klein @ ?"]),
        ("Peru vỡ đập\nÔng Pedro Rua kể lại. Peru khô hạn. Chile cử đội cứu hộ.", &["Pedro Rua @ ?"]),
        ("Peru vỡ đập\nÔng Pedro Rua kể lại. Peru khô hạn. Việt Nam cử đội cứu hộ.", &["Pedro Rua @ ?"]),
        ("Peru vỡ đập\nÔng Lê Quang Hạo kể lại. Chính phủ Peru lập đội cứu hộ.", &["Lê Quang Hạo @ -"]),
        ("Vỡ đập\nÔng Pedro Rua kể lại. Chính phủ Peru lập đội cứu hộ. Quân đội Peru vào cuộc.", &["Pedro Rua @ ?"]),
    ]);
}

#[test]
fn the_occupation_and_state_of_a_headline_are_those_of_who_is_called_so() {
    check_countries(&[
        (
            "Cơ trưởng Nga kể lại\nCơ trưởng Oleg Petrin nói máy bay rung. Peru và Chile chia sẻ.",
            &["Oleg Petrin @ Liên bang Nga"],
        ),
        ("Phi công người Peru lên tiếng\nHôm qua, phi công Pedro Rua về đến Chile.", &["Pedro Rua @ Peru"]),
        ("Huấn luyện viên của Chile từ chức\nHuấn luyện viên Pedro Rua rời Peru.", &["Pedro Rua @ Chile"]),
        ("Cơ trưởng Nga kể lại\nBác sĩ Oleg Petrin nói máy bay rung. Peru chia sẻ.", &["Oleg Petrin @ ?"]),
        (
            "Nữ tiếp viên máy bay Peru từng đăng ảnh\nNữ tiếp viên Anna Klein làm việc hai năm. Chile tìm hộp đen.",
            &["Anna Klein @ Peru"],
        ),
        ("Bác sĩ Nga về nước\nBác sĩ Peru ở lại. Bác sĩ Pedro Rua kể lại.", &["Pedro Rua @ ?"]),
        ("Cơ trưởng Nga kể lại\nCơ trưởng Lê Quang Hạo nói máy bay rung. Peru chia sẻ.", &["Lê Quang Hạo @ -"]),
    ]);
}

#[test]
fn a_soldier_of_a_report_on_china_alone_is_chinese_without_a_rank() {
    check_countries(&[
        (
            "Xe tăng Đài Loan rơi xuống sông\nLính lái xe tăng Dương Viêm Toàn thiệt mạng. Quân đội Đài Loan im lặng.",
            &["Dương Viêm Toàn @ Đài Loan"],
        ),
        (
            "Tiêm kích Trung Quốc gặp nạn\nPhi công Tào Tiên Kiến bị thương. Hải quân Trung Quốc im lặng.",
            &["Tào Tiên Kiến @ Trung Quốc"],
        ),
        (
            "Tàu Trung Quốc cháy\nThợ lặn Lưu Khải Minh xuống tìm. Quân đội Trung Quốc im lặng.",
            &["Lưu Khải Minh @ Trung Quốc"],
        ),
        (
            "Tàu Trung Quốc cháy\nThợ lặn Lê Quang Hạo của Việt Nam xuống tìm. Quân đội Trung Quốc im lặng.",
            &["Lê Quang Hạo @ -"],
        ),
        (
            "Tàu Trung Quốc cháy ở Đà Nẵng\nThợ lặn Lê Quang Hạo xuống tìm. Quân đội Trung Quốc im lặng.",
            &["Lê Quang Hạo @ -"],
        ),
        ("Tàu Trung Quốc cháy\nBác sĩ Lê Quang Hạo kể lại. Quân đội Trung Quốc im lặng.", &["Lê Quang Hạo @ -"]),
    ]);
}

#[test]
fn a_member_of_a_house_is_of_the_state_whose_parliament_the_report_names() {
    check_countries(&[
        (
            "Bàn về Syria\nNga và Syria đàm phán. Phát biểu tại Ủy ban Đối ngoại Thượng viện, Chủ tịch Tom White nêu ý \
             kiến.\nQuốc hội Mỹ nhượng bộ. Quân đội Nga rút. Chính phủ Nga im lặng.",
            &["Tom White @ Hoa Kỳ"],
        ),
        (
            "Bỏ phiếu\nChính phủ Nga phản đối. Tại Hạ viện, nghị sĩ Pedro Rua chất vấn.\nHạ viện Peru thông qua. Chính \
             phủ Nga gửi thư.",
            &["Pedro Rua @ Peru"],
        ),
        (
            "Bỏ phiếu\nTrước Thượng viện, tướng Paul Green trả lời. Quân đội Nga tập.\nThượng viện của Úc họp kín. \
             Quân đội Nga tập.",
            &["Paul Green @ Australia"],
        ),
    ]);
}

#[test]
fn a_name_in_vietnamese_syllables_is_chinese_only_in_a_report_on_china_alone() {
    check_countries(&[
        (
            "Trung Quốc họp\nPhó chủ tịch Quân ủy Trung ương Quách Vĩnh Tài bị điều tra. Quân đội Trung Quốc cải tổ.",
            &["Quách Vĩnh Tài @ Trung Quốc"],
        ),
        (
            "Trung Quốc hủy chuyến thăm Peru\nTrung Quốc hủy chuyến thăm của Phó thủ tướng Lưu Gia.",
            &["Lưu Gia @ Trung Quốc"],
        ),
        (
            "Trung Quốc cải tổ quân đội\nThứ trưởng Ngoại giao Lê Quang Hạo nêu lập trường của Việt Nam.",
            &["Lê Quang Hạo @ -"],
        ),
        (
            "Trung Quốc cải tổ quân đội\nTại Hà Nội, Thứ trưởng Ngoại giao Lê Quang Hạo nêu ý kiến.",
            &["Lê Quang Hạo @ -"],
        ),
        ("Peru cải tổ quân đội\nThứ trưởng Ngoại giao Lê Quang Hạo nêu ý kiến.", &["Lê Quang Hạo @ -"]),
        ("Cải tổ quân đội\nTrung Quốc im lặng. Thứ trưởng Ngoại giao Lê Quang Hạo nêu ý kiến.", &["Lê Quang Hạo @ -"]),
    ]);
}

#[test]
fn names_of_the_highlands_and_shortened_ones_are_not_foreign() {
    check_countries(&[
        ("Đại tá Y Blok Êban phát biểu.", &["Y Blok Êban @ -"]),
        ("Thiếu tá Ksor Nhan phát biểu.", &["Ksor Nhan @ -"]),
        ("Trung tá H'Len Niê phát biểu.", &["H'Len Niê @ -"]),
        ("Đại tá Rcom Sađuyn phát biểu.", &["Rcom Sađuyn @ -"]),
        ("Giám đốc Đào Văn Kh phát biểu.", &["Đào Văn Kh @ -"]),
        ("Đại tá Kim Ngọc Thới phát biểu.", &["Kim Ngọc Thới @ -"]),
        ("Đại tá Kim Sungwoo phát biểu.", &["Kim Sungwoo @ ?"]),
        ("Trung tướng Sergei Markov phát biểu.", &["Sergei Markov @ ?"]),
        ("Cựu đại tá Skripov phát biểu.", &["Skripov @ ?"]),
    ]);
}

#[test]
fn who_is_called_vietnamese_before_a_foreign_name_is_no_foreigner() {
    check_countries(&[
        ("Hát hay nhất là cô gái Việt Nam có tên Kory Thi Ruby. Bà Kory Thi Ruby im lặng.", &["Kory Thi Ruby @ -"]),
        ("Ông Kenny Tranner cười. Trước đó, một người Việt Nam tên là Kenny Tranner đến.", &["Kenny Tranner @ -"]),
        ("Một người Chile có tên Kenny Tranner đến Việt Nam. Ông Kenny Tranner cười.", &["Kenny Tranner @ ?"]),
        ("Công ty Việt Nam mời bà Anna Klein.", &["Anna Klein @ ?"]),
    ]);
}
