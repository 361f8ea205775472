//! Precision and recall on a set that is made here: reports of invented units by templates, each in versions of five
//! kinds, and pairs that are not the same event although they share most words.

use super::*;
use crate::text::words::folded_words;

/// A generator of numbers that needs no seed of the machine: SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let n = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const SURNAMES: [&str; 8] = ["Lã", "Đinh", "Khổng", "Cù", "Thân", "Giang", "Ninh", "Tống"];
const MIDDLE: [&str; 7] = ["Văn", "Khắc", "Quang", "Đức", "Hữu", "Xuân", "Bá"];
const GIVEN: [&str; 10] = ["Duệ", "Khởi", "Lẫm", "Trác", "Vịnh", "Thoại", "Quýnh", "Đán", "Hoạch", "Nghiễm"];
const UNITS: [&str; 8] = [
    "Lữ đoàn Công binh 913",
    "Sư đoàn Bộ binh 871",
    "Bộ CHQS tỉnh Bình Lâm",
    "Cục Hậu cần Quân khu 12",
    "Trường Sĩ quan Kỹ thuật Đông Hải",
    "Nhà máy Z977",
    "Trung đoàn Thông tin 664",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh An Khê",
];

/// The sentences of a report, `#` a figure, `@` a name, `%` the unit, `$` the year. Those with `|` have two wordings.
const SENTENCES: [&str; 22] = [
    "Ngày # tháng #, % tổ chức hội nghị tổng kết công tác đảng, công tác chính trị năm $, triển khai nhiệm vụ năm \
     mới.",
    "Đồng chí @, Bí thư Đảng ủy, Chính ủy đơn vị chủ trì hội nghị; đồng chí @, Phó bí thư Đảng ủy cùng dự.",
    "Dự hội nghị còn có đại biểu các cơ quan, đơn vị trực thuộc và # cán bộ chủ trì các cấp.",
    "Năm $, cấp ủy, chỉ huy các cấp đã lãnh đạo, chỉ đạo thực hiện toàn diện các mặt công tác và đạt nhiều kết \
     quả quan trọng.",
    "Công tác giáo dục chính trị được tiến hành chặt chẽ, # đơn vị đạt khá, giỏi, quân số tham gia học tập đạt \
     #%.|Các cấp đã đổi mới công tác giáo dục chính trị, kết quả kiểm tra có # đơn vị khá, giỏi, #% quân số tham \
     gia.",
    "Phong trào Thi đua Quyết thắng có # tập thể và # cá nhân được khen thưởng, nhiều điển hình tiên tiến được \
     nhân rộng.",
    "Toàn đơn vị kết nạp được # đảng viên mới, #% tổ chức đảng hoàn thành tốt nhiệm vụ.|Công tác phát triển đảng \
     được chú trọng, đã kết nạp # đảng viên, #% chi bộ hoàn thành tốt trở lên.",
    "Công tác dân vận được triển khai sâu rộng với # ngày công giúp dân làm đường, tu sửa nhà văn hóa và thu \
     hoạch mùa màng.",
    "Đơn vị đã xây tặng # căn nhà đồng đội, thăm hỏi # gia đình chính sách trên địa bàn đóng quân.",
    "Công tác hậu cần, kỹ thuật bảo đảm kịp thời, tăng gia sản xuất đưa vào bữa ăn # tấn rau xanh, # tấn thịt các \
     loại.",
    "Kỷ luật được duy trì nghiêm, không có vụ việc nghiêm trọng xảy ra, tỷ lệ vi phạm thông thường là #%.",
    "Tuy nhiên, hội nghị cũng chỉ ra một số hạn chế trong công tác quản lý bộ đội và huấn luyện ở một vài đơn vị \
     cơ sở.",
    "Phát biểu kết luận hội nghị, đồng chí @ biểu dương những kết quả mà cán bộ, chiến sĩ đã đạt được trong năm qua.",
    "Đồng chí yêu cầu các cấp tiếp tục quán triệt nghị quyết, nâng cao chất lượng sinh hoạt, giữ vững nguyên tắc \
     tập trung dân chủ.",
    "Mỗi chi bộ chọn một việc cụ thể để học Bác trong quý tới, ghi vào sổ của tổ và đem kết quả ra nói trước toàn \
     đơn vị.",
    "Các cơ quan chức năng phối hợp với địa phương làm tốt công tác chính sách hậu phương quân đội, chăm lo đời \
     sống gia đình.",
    "Nhân dịp này, # tập thể và # cá nhân được tặng bằng khen, giấy khen vì có thành tích xuất sắc.|Tại hội nghị, \
     thủ trưởng đã trao bằng khen, giấy khen cho # tập thể, # cá nhân xuất sắc.",
    "Đại diện lãnh đạo các đơn vị ký kết giao ước thi đua năm mới trước sự chứng kiến của toàn thể đại biểu.",
    "Chi đoàn thanh niên đảm nhận # công trình phần việc, thu hút # lượt đoàn viên tham gia các hoạt động tình \
     nguyện.",
    "Hội phụ nữ cơ sở tổ chức # buổi tuyên truyền, tặng # suất quà cho học sinh nghèo vượt khó.",
    "Đồng chí @, Chủ nhiệm Chính trị trình bày báo cáo trung tâm; # ý kiến tham luận được trình bày tại hội nghị.",
    "Hội nghị bế mạc trong không khí phấn khởi, tin tưởng của cán bộ, chiến sĩ toàn đơn vị.",
];

/// A report as it is compared.
#[derive(Clone)]
struct Made {
    title: String,
    sentences: Vec<String>,
}

impl Made {
    /// A report of a unit about a year. The same unit uses the same sentences, a few of them in other words.
    fn new(unit: usize, year: usize, numbers: &mut Numbers) -> Self {
        let sentences = SENTENCES.iter().enumerate().filter(|(n, _)| !(n + unit).is_multiple_of(7) || *n == 0);
        let sentences = sentences.map(|(_, wordings)| {
            let wordings: Vec<&str> = wordings.split('|').collect();
            filled(numbers.of(&wordings), unit, year, numbers)
        });
        Self {
            sentences: sentences.collect(),
            title: format!("{} tổng kết công tác đảng năm {year}", UNITS[unit % UNITS.len()]),
        }
    }

    fn print(&self, day: Option<i32>) -> Fingerprint {
        let text = format!("{}\n{}", self.title, self.sentences.join("\n"));
        Fingerprint::of(&folded_words(&self.title), &folded_words(&text), None, day)
    }
}

fn filled(sentence: &str, unit: usize, year: usize, numbers: &mut Numbers) -> String {
    sentence
        .chars()
        .map(|c| match c {
            '#' => (2 + numbers.below(97)).to_string(),
            '@' => format!("{} {} {}", numbers.of(&SURNAMES), numbers.of(&MIDDLE), numbers.of(&GIVEN)),
            '%' => UNITS[unit % UNITS.len()].to_owned(),
            '$' => year.to_string(),
            c => c.to_string(),
        })
        .collect()
}

/// Five kinds of change.
#[derive(Clone, Copy, Debug)]
enum Change {
    SmallEdits,
    Cut,
    OtherTitleAndLead,
    OtherOutlet,
    ParagraphsAndNames,
}

const CHANGES: [Change; 5] =
    [Change::SmallEdits, Change::Cut, Change::OtherTitleAndLead, Change::OtherOutlet, Change::ParagraphsAndNames];

fn changed(report: &Made, change: Change, numbers: &mut Numbers) -> Made {
    let mut made = report.clone();
    let count = made.sentences.len();
    match change {
        Change::SmallEdits => {
            for _ in 0..6 {
                let sentence = &mut made.sentences[numbers.below(count)];
                let mut words: Vec<&str> = sentence.split(' ').collect();
                let at = numbers.below(words.len());
                match numbers.below(3) {
                    0 => words[at] = "đã",
                    1 => words.insert(at, "cũng"),
                    _ => drop(words.remove(at)),
                }
                *sentence = words.join(" ");
            }
        }
        Change::Cut => made.sentences.truncate(count * (45 + numbers.below(40)) / 100),
        Change::OtherTitleAndLead => {
            made.title = "Một năm nhiều kết quả nổi bật".to_owned();
            made.sentences[0] = format!(
                "Sáng {}-12, tại hội trường trung tâm, đơn vị nhìn lại một năm công tác với nhiều khởi sắc; bài và ảnh \
                 của nhóm phóng viên thường trú.",
                2 + numbers.below(25)
            );
        }
        Change::OtherOutlet => {
            let head = ["Trang chủ", "Thời sự", "Cỡ chữ A A A", "Chia sẻ Facebook Zalo", "Thứ bảy, 10:35, 20/12"];
            let foot = [
                "Cơ quan chủ quản: Sở Thông tin Bình Lâm. Giấy phép số 114/GP",
                "Tin liên quan: Khai mạc hội thao, bế giảng lớp tập huấn, ra quân huấn luyện đầu năm",
                "Bản quyền thuộc báo điện tử, ghi rõ nguồn khi phát hành lại thông tin từ trang này",
            ];
            made.sentences = head.iter().map(|line| (*line).to_owned()).chain(made.sentences).collect();
            made.sentences.extend(foot.iter().map(|line| (*line).to_owned()));
        }
        Change::ParagraphsAndNames => {
            made.sentences = made.sentences.chunks(3).map(|some| some.join(" ")).collect();
            for sentence in &mut made.sentences {
                *sentence = sentence.replace("Duệ", "Dụê").replace("Trác", "Trạc Anh").replace("Khắc", "Khác");
            }
        }
    }
    made
}

#[test]
fn versions_are_found_and_successive_years_are_not() {
    let mut numbers = Numbers(16);
    let day = |year: usize| Some((year as i32 - 1970) * 365 + 350);
    let (mut found, mut missed, mut wrong, mut right) = (0, Vec::new(), 0, 0);
    for n in 0..40 {
        let report = Made::new(n, 2020, &mut numbers);
        for change in CHANGES {
            let version = changed(&report, change, &mut numbers).print(day(2020));
            if report.print(day(2020)).same_story(&version) && candidates(&report.print(None), &version) {
                found += 1;
            } else {
                missed.push((n, change));
            }
        }
    }
    // The same unit a year later: 100 pairs whose texts state their days, 100 of which nothing is known.
    for n in 0..200 {
        let [before, after] = [2020, 2021].map(|year| Made::new(n, year, &mut numbers));
        let stated = n % 2 == 0;
        let [before, after] = [(before, 2020), (after, 2021)].map(|(made, year)| {
            let state = day(year).filter(|_| stated);
            made.print(state)
        });
        if before.same_story(&after) {
            wrong += 1;
        } else {
            right += 1;
        }
    }
    let recall = f64::from(found) / f64::from(found + missed.len() as i32);
    let precision = f64::from(found) / f64::from(found + wrong);
    assert_eq!(wrong + right, 200);
    println!(
        "stories: {found} of {} versions found, {wrong} of 200 pairs of years taken for one: precision \
         {precision:.3}, recall {recall:.3}; missed {missed:?}",
        found as usize + missed.len()
    );
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision} recall {recall}, missed {missed:?}");
}

/// Whether the two share a key, so that they are compared at all.
fn candidates(one: &Fingerprint, other: &Fingerprint) -> bool {
    !one.keys().is_disjoint(&other.keys())
}

#[test]
fn the_same_template_in_another_unit_is_another_story() {
    let mut numbers = Numbers(7);
    for n in 0..60 {
        let [one, other] = [n, n + 1].map(|unit| Made::new(unit, 2022, &mut numbers).print(None));
        assert!(!one.same_story(&other), "{n}");
    }
}

#[test]
fn a_collection_of_news_is_none_of_them() {
    let news = |n: usize| (0..60).map(|word| format!("chu{n}{word} viec")).collect::<Vec<_>>().join(" ");
    let all: Vec<String> = (0..5).map(news).collect();
    let all = Fingerprint::of("tin trong tuan", &all.join(" "), None, None);
    for one in (0..5).map(|n| Fingerprint::of("tin", &news(n), None, None)) {
        assert!(one.contained(&all) > CONTAINED && !one.same_story(&all));
    }
}

#[test]
fn one_address_makes_a_title_and_its_page_one_story() {
    let url = Some("https://bao.example.vn/tin/1.html");
    let title = "hoi nghi tong ket nam 2022";
    let stub = Fingerprint::of(title, title, url, None);
    let text = "cac dai bieu ".repeat(40);
    let page = Fingerprint::of(title, &text, Some("http://www.bao.example.vn/tin/1.html?utm_source=x"), None);
    assert!(stub.same_story(&page) && page.same_story(&stub) && candidates(&stub, &page));
    let other = Fingerprint::of("tin khac", &"mot ban tin khac han ".repeat(40), url, None);
    assert!(!page.same_story(&other), "a page that shows something else each day");
    let elsewhere = Fingerprint::of(title, title, Some("https://khac.example.vn/2"), None);
    assert!(!stub.same_story(&elsewhere), "a title alone is not compared elsewhere");
}

#[test]
fn the_earliest_whole_text_represents_a_story() {
    let member = |id, day, shingles| StoryMember { id, day, shingles };
    let members =
        [member("c", Some(3), 300), member("b", Some(1), 20), member("a", Some(2), 280), member("d", None, 310)];
    assert_eq!(representative(&members), Some(2), "the stub of the first day is none");
    assert_eq!(representative(&[member("b", None, 9), member("a", None, 9), member("c", None, 10)]), Some(2));
    assert_eq!(representative(&[]), None);
}
