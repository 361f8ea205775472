//! The words of Vietnamese that the code itself names, because a rule is built around them: `và` between two names,
//! `của` before an owner, `ngày … tháng … năm` of a date. All other words are rows of tables (docs/tables.md). A test
//! finds no Vietnamese string literal in `extract` outside this module.
//!
//! Words are in lower case, in the spelling of `TokenCursor::is_word`, which compares letters exactly; where two
//! spellings are usual both are given.

/// Joins two names, posts or verbs.
pub const AND: &str = "và";
/// Before an owner, or before the one who does what the noun names.
pub const OF: &str = "của";
/// The country whose names have syllables of a form of their own.
pub const JAPAN: &str = "Nhật Bản";
/// Before the body that somebody is part of: `Đội 5 thuộc Sở Cảnh sát`.
pub const BELONGING: &str = "thuộc";
/// Before the predicate: `A là Tư lệnh`.
pub const IS: &str = "là";
/// Together with a person, or the same.
pub const WITH: &str = "cùng";
/// With, before what goes along: `sửa 12 nhà với số tiền 3 tỷ đồng`.
pub const ALONG: &str = "với";
/// Inside, during; `Trong ảnh:` explains a picture.
pub const IN: &str = "trong";
/// Before the place where something is.
pub const AT: &str = "tại";
/// The same as `tại` of a wider place: `ở Thái Bình Dương`.
pub const LOCATED: &str = "ở";
/// From, before the old rank or the first day.
pub const FROM: &str = "từ";
/// To, before the one who is given something.
pub const TO: &str = "cho";
/// Before two people of whom one takes over from the other.
pub const BETWEEN: &str = "giữa";
/// Before a noun it makes the plural.
pub const ALL: &str = "các";
/// Passive of welcome things: the verb that follows is done to the person before.
pub const PASSIVE: &str = "được";
/// Passive of unwelcome things: `bị cách chức`.
pub const SUFFERS: &str = "bị";
/// Has, there is; before the members of a list.
pub const HAS: &str = "có";
/// Consists of; before the members of a list.
pub const CONSISTS_OF: &str = "gồm";
/// Before a country: somebody from there (`du khách người Peru`).
pub const PEOPLE_OF: &str = "người";
/// Before the name of a state: `nước Cộng hòa Peru`.
pub const STATE_OF: &str = "nước";
/// The police of a place: `Công an tỉnh B`.
pub const POLICE: [&str; 2] = ["công", "an"];
/// This; `đây là` tells what something named before is.
pub const THIS: &str = "đây";
/// One, before the rank of somebody who is named behind it: `Một đại tá đã nghỉ hưu là ông A`.
pub const ONE: &str = "một";

/// `hôm nay 26-12`: the date behind it is the day of the report.
pub const TODAY: [&str; 2] = ["hôm", "nay"];

/// The year in which a text is written.
pub const THIS_YEAR: [&str; 2] = ["năm", "nay"];

/// Before the number of a document: `Số: 12/BC-UBND`.
pub const DOCUMENT_NUMBER: &str = "số";
/// About, before what a decision orders: `quyết định về việc nghỉ hưu đối với A`.
pub const ABOUT: [&str; 2] = ["về", "việc"];
/// Before the name of a penalty: `kỷ luật bằng hình thức cách chức`.
pub const IN_THE_FORM: [&str; 2] = ["hình", "thức"];
/// Before what a letter is about, in whole words.
pub const DOCUMENT_SUBJECT: &str = "Về việc";
/// The short form of `quyền` before the post of one who acts in it: `Q. GIÁM ĐỐC`.
pub const ACTING_SHORT: &str = "q";

/// Day, month, year, and the other units of a period.
pub const DAY: &str = "ngày";
pub const MONTH: &str = "tháng";
pub const YEAR: &str = "năm";
/// Between two years or days: `từ năm 2009 đến năm 2016`.
pub const UNTIL: &str = "đến";
/// The same as `đến`.
pub const UP_TO: &str = "tới";
pub const QUARTER: &str = "quý";
pub const HALF: &str = "nửa";
/// The first part of a year: `6 tháng đầu`.
pub const FIRST_PART: &str = "đầu";
/// The last part of a year: `6 tháng cuối`.
pub const LAST_PART: &str = "cuối";
/// Before the first ten days of a month: `mùng 2`.
pub const EARLY_DAY: &str = "mùng";
/// A stage of several years: `giai đoạn 2021-2025`.
pub const STAGE: [&str; 2] = ["giai", "đoạn"];
/// A term of office: `nhiệm kỳ 2025-2030`.
pub const TERM: [[&str; 2]; 2] = [["nhiệm", "kỳ"], ["nhiệm", "kì"]];
/// A term of a congress or an assembly: `khóa XIII`.
pub const COHORT: [&str; 2] = ["khóa", "khoá"];
/// An ordinal: `lần thứ IX`.
pub const NTH_TIME: [&str; 2] = ["lần", "thứ"];
/// Behind a number: years of age.
pub const YEARS_OLD: &str = "tuổi";
/// Born, behind a name.
pub const BORN: &str = "sinh";

/// Joins two posts of one person.
pub const CONCURRENTLY: &str = "kiêm";
/// At the same time; joins two posts or two verbs.
pub const SIMULTANEOUSLY: [&str; 2] = ["đồng", "thời"];
/// Before a verb: several do it jointly (`đồng chủ trì`).
pub const JOINTLY: &str = "đồng ";
/// Deputy, at the head of a post.
pub const DEPUTY: &str = "phó";
/// Chief of an office or a court, at the head of a post.
pub const CHIEF: &str = "chánh";
/// The first word of `bí thư`, secretary of a Party committee.
pub const SECRETARY: &str = "bí";
/// The first word of `lãnh đạo`, the leaders.
pub const LEADERS: &str = "lãnh";
/// Acting, before a post.
pub const ACTING: &str = "quyền";
/// As, before the new post: `bổ nhiệm A làm Tư lệnh`.
pub const AS: &str = "làm";
/// The two words of `chức vụ`, office; the second is also the first of a post (`Vụ phó`).
pub const OFFICE: [&str; 2] = ["chức", "vụ"];
/// Who, before a clause about the person named before the comma: `A gặp B, người nhấn mạnh …`.
pub const WHO: &str = "người";
/// By, before the one who does it.
pub const BY: &str = "do";
/// The word for a ministry in posts and in names of organisations.
pub const MINISTRY: &str = "bộ";
/// Before a verb: it is still to come.
pub const WILL: &str = "sẽ";
/// `xin nhận nhiệm vụ P`: asks for it, and does not hold it yet.
pub const ASKS_FOR: &str = "xin";
/// No longer, before `giữ chức`.
pub const NO_LONGER: &str = "thôi";
/// Once, before a post of the past.
pub const ONCE: &str = "từng";
/// In the place of, before the one who leaves the post.
pub const REPLACING: &str = "thay";
/// The rank of any general, in the press: less than the rank of a grade.
pub const ANY_GENERAL: &str = "tướng";
/// Comrade, the form of address of Party and army.
pub const COMRADE: &str = "đồng chí";

/// To attend an event.
pub const ATTEND: &str = "dự";
/// To receive: the role of a person who is given something; a verb of verbs.tsv.
pub const RECEIVE: &str = "nhận";

/// The two words of a purpose, which a comma may part: `phòng, chống thiên tai`.
pub const PREVENT: &str = "phòng";
pub const AGAINST: &str = "chống";
/// An examination: the year behind the name of its board is part of that name.
pub const EXAM: &str = "thi";
/// Before the number of a unit: `Đội số 3`.
pub const NUMBER_WORD: &str = "số";

/// The last word of a Party committee: `Tỉnh ủy`.
pub const COMMITTEE: [&str; 2] = ["ủy", "uỷ"];
/// A province, before its name: `tỉnh B`.
pub const PROVINCE: &str = "tỉnh";
/// The last word of `thành phố`, city.
pub const CITY_END: &str = "phố";
/// The country whose reports are read and whose officials are no foreigners, as countries.tsv has it.
pub const HOME: &str = "Việt Nam";
/// Name; `mang tên A` names a thing after A.
pub const NAME: &str = "tên";
/// A picture; also the first word of its credit (`Ảnh: …`).
pub const PHOTO: &str = "ảnh";

/// Its name beside another country's, in small letters: `Việt - Lào`.
pub const HOME_SHORT: &str = "việt";

/// The one letter outside ASCII that is an initial of a name.
pub const INITIAL_D: &str = "Đ";
/// One capital before a name of the Highlands (docs/domain.md §2.2).
pub const HIGHLAND_PREFIXES: [&str; 4] = ["Y", "A", "H", "K"];
/// How the number of a law begins: `QH14`.
pub const LAW_SERIES: [&str; 2] = ["QH", "UB"];
/// The verb of death of obituaries.
pub const PASSED_AWAY: [&str; 2] = ["từ", "trần"];
