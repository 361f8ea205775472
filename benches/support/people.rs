//! Generates officials for benches. The same count always gives the same officials. Surnames are as frequent as in the
//! population (`surnames.tsv`), since the cost of a query depends on how many officials share a name; given names come
//! from a long list, posts and units from the tables of the lexicon.

use baocao::officials::career::FormerTenure;
use baocao::report::Day;
use baocao::search::finder::Candidate;

/// An official, owning what a `Candidate` borrows.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub name: String,
    pub rank: Option<String>,
    pub posts: Vec<String>,
    pub former: Vec<FormerTenure>,
    pub reports: usize,
    pub last: Option<Day>,
}

impl<'a> From<&'a Person> for Candidate<'a> {
    fn from(person: &'a Person) -> Self {
        let Person { name, rank, posts, former, reports, last } = person;
        Self { name, rank: rank.as_deref(), posts, former, reports: *reports, last: *last }
    }
}

const MIDDLE: &str = "Văn Thị Thế Quốc Đình Hữu Trọng Xuân Khắc Viết Mạnh Đức Ngọc Minh Quang Công Duy Thanh Hoàng Anh \
                      Kim Hồng Thu Phương Bá Tiến Gia Bảo Nhật Trung Hải Phúc Như Thùy Mai Lan Tấn Sỹ Vĩnh Cao";
const GIVEN: &str = "Hùng Hưng Thắng Tuấn Toàn Đạt Vượng Hòa Thủy Sơn Hiến Hiền An Anh Ánh Ân Bách Bằng Bảo Bắc \
                     Bích Bình Cảnh Cầm Châu Chi Chiến Chinh Chung Chương Công Cúc Cương Cường Danh Dậu Diễm Diệp \
                     Diệu Doanh Dung Dũng Duy Duyên Dương Đài Đại Đán Đàn Đào Đăng Điền Điệp Đoàn Đô Đông Đồng Đức \
                     Giang Giáp Hà Hạ Hải Hân Hằng Hạnh Hào Hảo Hậu Hiếu Hiệp Hoa Hoài Hoan Hoàn Hoạt Học Hồ Hồng \
                     Hợp Huân Huấn Huệ Huy Huyền Hương Hường Hữu Kha Khải Khang Khanh Khánh Khiêm Khoa Khôi Khuê \
                     Kiên Kiều Kỳ Lai Lam Lan Lâm Lập Lệ Liên Liêm Linh Loan Long Lộc Lợi Luân Luật Lực Lương Ly Lý \
                     Mai Mạnh Mẫn Miên Minh Mùi Mỹ Nam Nga Ngà Ngân Nghĩa Nghiêm Ngọc Nguyên Nguyệt Nhã Nhàn Nhân \
                     Nhật Nhi Nhung Ninh Oanh Phát Phi Phong Phú Phúc Phụng Phước Phương Phượng Quân Quang Quế Quốc \
                     Quý Quyên Quyền Quyết Quỳnh Sáng Sâm Sang Sinh Sơn Sử Tài Tâm Tân Tấn Tạo Thái Thanh Thành \
                     Thạch Thảo Thạnh Thắm Thăng Thể Thi Thiện Thịnh Thọ Thoa Thông Thơ Thu Thuần Thuận Thục Thư \
                     Thương Thường Thùy Thúy Tiên Tiến Tín Tính Tình Toản Trà Trang Tráng Trâm Trí Triết Triều \
                     Trinh Trọng Trúc Trung Trường Tú Tuệ Tùng Tuyên Tuyến Tuyền Tuyết Tư Tường Uyên Văn Vân Việt \
                     Vinh Vĩnh Vũ Vui Vương Vy Xuân Xuyến Yên Yến";

/// The first two cells of each row of a table, without its heading.
fn cells(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    })
}

/// Generates `count` officials.
pub fn people(count: usize) -> impl Iterator<Item = Person> {
    let surnames: Vec<(&str, f64)> = cells(include_str!("../../src/extract/tables/surnames.tsv"))
        .map(|(name, percent)| (name, percent.parse().unwrap_or(0.02)))
        .collect();
    let all: f64 = surnames.iter().map(|(_, percent)| percent).sum();
    let posts: Vec<&str> = cells(include_str!("../../src/extract/tables/posts.tsv")).map(|(post, _)| post).collect();
    let places: Vec<&str> =
        cells(include_str!("../../src/extract/tables/places.tsv")).map(|(place, _)| place).collect();
    let (middle, given): (Vec<&str>, Vec<&str>) =
        (MIDDLE.split_whitespace().collect(), GIVEN.split_whitespace().collect());
    let mut dice = 88_172_645_463_325_252_u64;
    let mut roll = move |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice >> 20) as usize % sides.max(1)
    };
    (0..count).map(move |_| {
        let mut left = roll(1_000_000) as f64 / 1e6 * all;
        let by_chance = |(_, percent): &&(&str, f64)| {
            left -= percent;
            left <= 0.0
        };
        let surname = surnames.iter().find(by_chance).map_or("Nguyễn", |(name, _)| name);
        let mut one = |list: &[&'static str]| list.get(roll(list.len())).copied().unwrap_or_default();
        let name = format!("{surname} {} {}", one(&middle), one(&given));
        let post = format!("{} {}", one(&posts), one(&places));
        let unit = format!("{} Sư đoàn", one(&posts));
        let rank = one(&["Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Thiếu tướng", "Trung tướng", ""]);
        let name =
            if roll(3) == 0 { name } else { name.replacen(' ', &format!(" {} ", middle[roll(middle.len())]), 1) };
        Person {
            name,
            rank: (!rank.is_empty()).then(|| rank.to_owned()),
            posts: vec![post, format!("{unit} {}", roll(400))],
            former: Vec::new(),
            reports: roll(40),
            last: None,
        }
    })
}
