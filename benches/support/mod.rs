//! Generates reports for benches. A number always gives the same report. Like real ones they are about 4 KB long, with
//! sentences that recur and names that vary, because both matter for index size and compression.

#![allow(dead_code, reason = "no bench uses all of it")]

pub mod people;
pub mod session;
pub mod varied;

use std::fmt::Write as _;

const FAMILY: [&str; 12] = ["Lã", "Đàm", "Chử", "Khúc", "Ngũ", "Tô", "Ông", "Mạc", "Thẩm", "Quản", "Âu", "Đới"];
const MIDDLE: [&str; 10] = ["Văn", "Thế", "Quốc", "Đình", "Hữu", "Trọng", "Xuân", "Thị", "Khắc", "Viết"];
const GIVEN: [&str; 20] = [
    "Hùng", "Hưng", "Huệ", "Thắng", "Thăng", "Duệ", "Tuấn", "Toàn", "Khải", "Lộ", "Nhã", "Tấn", "Hợp", "Pâng", "Sử",
    "Đạt", "Vượng", "Huấn", "Lập", "Nhẫn",
];
const RANKS: [&str; 6] = ["Trung tướng", "Thiếu tướng", "Đại tá", "Thượng tá", "Trung tá", "Thiếu tá"];
const POSTS: [&str; 6] =
    ["Chính ủy", "Tư lệnh", "Phó Chính ủy", "Phó Tư lệnh", "Chủ nhiệm Chính trị", "Tham mưu trưởng"];
const UNITS: [&str; 8] = [
    "Quân khu 21",
    "Quân khu 22",
    "Quân đoàn 31",
    "Tổng cục Thử nghiệm",
    "Vùng 9 Hải quân",
    "Sư đoàn 999",
    "Học viện Mẫu",
    "Binh đoàn 41",
];
const SENTENCES: [&str; 10] = [
    "Hội nghị đã nghe báo cáo kết quả công tác đảng, công tác chính trị và phương hướng nhiệm vụ thời gian tới.",
    "Các đơn vị duy trì nghiêm chế độ trực, huấn luyện đúng kế hoạch, bảo đảm an toàn tuyệt đối về người và phương \
     tiện.",
    "Công tác giáo dục chính trị được đổi mới về hình thức, gắn học tập với thảo luận ở từng tổ, từng tiểu đội.",
    "Phong trào thi đua phát triển rộng khắp, xuất hiện nhiều cách làm hay ở các đại đội đóng quân xa trung tâm.",
    "Cấp ủy các cấp tập trung khắc phục những khâu yếu, mặt yếu đã được chỉ ra sau đợt kiểm tra giữa năm.",
    "Công tác dân vận góp phần làm mới 36 ki-lô-mét đường liên thôn và 128 ngôi nhà cho gia đình chính sách.",
    "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ đạt 92,4%, tăng 1,3% so với cùng kỳ năm trước.",
    "Đồng chí yêu cầu các đơn vị chủ động nắm tình hình, xử lý kịp thời các vấn đề phát sinh từ cơ sở.",
    "Nhiều ý kiến tham luận làm rõ nguyên nhân của hạn chế và đề xuất giải pháp cho giai đoạn tiếp theo.",
    "Ban tổ chức trao Bằng khen tặng 27 tập thể, 64 cá nhân có thành tích xuất sắc.",
];

/// Returns the text of report number `n`.
pub fn report(n: usize) -> String {
    let pick = |list: &[&'static str], salt: usize| {
        list[(n.wrapping_mul(2_654_435_761) >> (salt % 16)).wrapping_add(salt) % list.len()]
    };
    let unit = pick(&UNITS, 1);
    let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 2010 + n / 336 % 16);
    let mut out = format!("{unit} tổng kết công tác đảng, công tác chính trị năm {year} ({n})\n\n");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "Ngày {day}-{month}-{year}, tại sở chỉ huy, {unit} tổ chức hội nghị tổng kết năm {year}.\n");
    for person in 0..6 {
        let name =
            format!("{} {} {}", pick(&FAMILY, person * 3), pick(&MIDDLE, person * 5 + 1), pick(&GIVEN, person * 7 + 2));
        let _ = writeln!(
            out,
            "{} {name}, {} {unit} phát biểu tại hội nghị.",
            pick(&RANKS, person),
            pick(&POSTS, person + n % 3)
        );
        for sentence in 0..4 {
            out.push_str(SENTENCES[(n + person * 4 + sentence) % SENTENCES.len()]);
            out.push(' ');
        }
        out.push_str("\n\n");
    }
    out
}

/// Writes reports `0..count` into `folder`, with a thousand in each sub-folder.
pub fn write_reports(folder: &std::path::Path, count: usize) {
    for n in 0..count {
        let part = folder.join(format!("{:03}", n / 1000));
        std::fs::create_dir_all(&part).expect("a folder for reports");
        std::fs::write(part.join(format!("{n:06}.txt")), report(n)).expect("a report");
    }
}

/// The number of reports to work on: `BAOCAO_BENCH_REPORTS`, or `usual` if it is not set.
pub fn wanted(usual: usize) -> usize {
    wanted_as("BAOCAO_BENCH_REPORTS", usual)
}

/// The number in an environment variable, or `usual` if it is not set or not a number.
pub fn wanted_as(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Runs `work` `runs` times and returns the duration of each run in milliseconds, in ascending order.
pub fn milliseconds(runs: usize, mut work: impl FnMut()) -> Vec<f64> {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let began = std::time::Instant::now();
            work();
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

/// The nearest-rank percentile of values in ascending order; 0 if there are none.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

/// The peak resident memory of a process (an id or `self`) in MiB; `None` on systems without `/proc`.
pub fn peak_memory(process: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kib| kib / 1024.0)
}

/// The peak memory of a process, formatted for printing.
pub fn memory_words(process: &str) -> String {
    peak_memory(process).map_or_else(|| "memory unknown".to_owned(), |mib| format!("{mib:.0} MiB resident at most"))
}
