//! Joins the lines of a printed page to paragraphs. A page breaks its lines at the margin, which says nothing; what
//! ends a paragraph is a line that ends before the margin, a blank line, or an item of a list below. Linear in the
//! text.

/// A line of at least this share of the longest usual one, in percent, goes on to the margin.
const FULL_PERCENT: usize = 75;
/// A line that ends a sentence goes on only if it has at least this share, in percent.
const SENTENCE_PERCENT: usize = 92;
/// If usual lines have fewer letters than this, they are no lines of running text.
const MIN_LINE_CHARS: usize = 40;
/// Lines longer than this share of all, in percent, are tables or headings that run over the margin.
const USUAL_PERCENT: usize = 95;
/// What an item of a list begins with.
const BULLETS: [char; 8] = ['-', '–', '—', '•', '+', '*', '▪', '◦'];

/// The text with one line for each paragraph.
pub fn joined_lines(text: &str) -> String {
    let mut lengths: Vec<usize> =
        text.lines().map(|line| line.trim().chars().count()).filter(|length| *length >= MIN_LINE_CHARS).collect();
    lengths.sort_unstable();
    let margin = lengths.get((lengths.len() * USUAL_PERCENT / 100).min(lengths.len().saturating_sub(1))).copied();
    let mut out = String::with_capacity(text.len());
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        let joins = goes_on && !begins_an_item(line);
        if !out.is_empty() {
            out.push_str(if joins { " " } else { "\n\n" });
        }
        out.push_str(line);
        let length = line.chars().count() * 100;
        goes_on = margin.is_some_and(|margin| {
            length >= margin * if ends_a_sentence(line) { SENTENCE_PERCENT } else { FULL_PERCENT }
        });
    }
    out
}

/// `- a`, `1. a`, `a) a`, `II. a`.
fn begins_an_item(line: &str) -> bool {
    let Some((first, rest)) = line.split_once(' ') else { return false };
    let is_number = first.strip_suffix(['.', ')']).is_some_and(|number| {
        number.len() <= 4 && !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric())
    });
    !rest.is_empty() && (is_number || (first.chars().count() == 1 && first.starts_with(BULLETS)))
}

fn ends_a_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ';', '…', '”', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_up_to_the_margin_are_joined_and_others_are_not() {
        let page = "BÁO CÁO\nSơ kết công tác quý I\n\nSáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác hậu cần quý I\n\
                    tại hội trường lớn của đơn vị, có đại diện các tiểu đoàn tham dự và\nphát biểu.\n\
                    Trong quý II, đơn vị tiếp tục hoàn thiện ba công trình đang thi côn\n1. Doanh trại của tiểu đoàn.\n\
                    - Vật tư\n\n\nNơi nhận:\n";
        assert_eq!(
            joined_lines(page).split("\n\n").collect::<Vec<_>>(),
            [
                "BÁO CÁO",
                "Sơ kết công tác quý I",
                "Sáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác hậu cần quý I tại hội trường lớn của đơn vị, có đại \
                 diện các tiểu đoàn tham dự và phát biểu.",
                "Trong quý II, đơn vị tiếp tục hoàn thiện ba công trình đang thi côn",
                "1. Doanh trại của tiểu đoàn.",
                "- Vật tư",
                "Nơi nhận:",
            ]
        );
        assert_eq!(joined_lines(""), "");
    }
}
