//! Finds what each line of a report is (docs/domain.md §5.1 to §5.4): headline, text, caption, byline, source, residue.
//! Gives every line that is not blank exactly one kind, in time linear in the text. The phrases are rows of
//! `tables/*.tsv`; the people named in the lines are left to `extract`.
//!
//! Each step marks lines that have no kind yet, so the order of the steps decides between them: the surest signs come
//! first, and guesses by form (lone names, short sentences) last, when headline and byline are known.

mod byline;
mod caption;
mod headline;
mod line;
mod residue;

use crate::report::{Paragraph, ParagraphKind};
use line::SourceLine;

/// The lines of a canonical text that are not blank.
///
/// `known_kinds` are those that the markup gives, as in `MarkupHints`. `title` is the page's own: the line that repeats
/// it is the headline. `doubtful` are the numbers of lines that are residue unless their words are those of a byline, a
/// source or a labelled caption.
pub(super) fn paragraphs(
    text: &str,
    known_kinds: &[(usize, ParagraphKind)],
    doubtful: &[usize],
    title: Option<&str>,
) -> Vec<Paragraph> {
    let mut lines = line::lines(text);
    for (number, kind) in known_kinds {
        if let Ok(at) = lines.binary_search_by_key(number, |line| line.number)
            && let Some(line) = lines.get_mut(at)
        {
            line.kind = Some(*kind);
        }
    }
    residue::mark(&mut lines);
    byline::mark_sources(&mut lines);
    byline::mark_credits(&mut lines);
    caption::mark_labelled(&mut lines);
    headline::mark(&mut lines, title);
    byline::mark_signatures(&mut lines, doubtful);
    for number in doubtful {
        if let Ok(at) = lines.binary_search_by_key(number, |line| line.number)
            && let Some(line) = lines.get_mut(at)
        {
            set(line, ParagraphKind::Residue);
        }
    }
    caption::mark_doubled(&mut lines);
    byline::mark_lone_names(&mut lines);
    caption::mark_descriptions(&mut lines);
    lines.iter().map(|line| Paragraph { kind: line.kind.unwrap_or(ParagraphKind::Body), span: line.span }).collect()
}

/// Gives a kind to a line that has none yet.
fn set(line: &mut SourceLine<'_>, kind: ParagraphKind) {
    line.kind.get_or_insert(kind);
}

/// Whether only Vietnamese has this letter: `đ`, `ơ`, `ư`, and letters with two marks.
fn is_vietnamese_letter(letter: char) -> bool {
    matches!(letter, 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}')
}

/// Whether these words are residue of a page in any surroundings.
pub(super) fn is_residue(words: &str) -> bool {
    let mut lines = line::lines(words);
    residue::mark(&mut lines);
    !lines.is_empty() && lines.iter().all(|line| line.kind == Some(ParagraphKind::Residue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ParagraphKind::{Body, Byline, Caption, Headline, Residue};

    /// Sentences of a report long enough to be its text.
    const TEXT: &str = "Tối qua lễ trao quà diễn ra ở xã Sông Gấm với nhiều khách mời từ các huyện trong tỉnh.";

    fn kinds(lines: &[&str]) -> Vec<ParagraphKind> {
        paragraphs(&lines.join("\n\n"), &[], &[], None).iter().map(|line| line.kind).collect()
    }

    #[test]
    fn a_line_that_is_an_address_and_a_name_is_a_caption_and_no_byline() {
        for name in ["Ông Đỗ Khắc Nhân.", "Chị Tạ Thu Hoài", "Bị cáo Tạ Văn Hoài", "Nhạc sĩ Mạc Đình Thi."]
        {
            assert_eq!(kinds(&["Trao quà ở Sông Gấm", TEXT, name]), [Headline, Body, Caption], "{name}");
        }
        for author in ["Tạ Văn Hoài", "Anh Tuấn", "HOÀI NHÂN", "Tạ Hoài - Anh Thư"] {
            assert_eq!(kinds(&["Trao quà ở Sông Gấm", TEXT, author]), [Headline, Body, Byline], "{author}");
        }
    }

    #[test]
    fn what_foreign_pages_print_between_their_paragraphs_is_residue() {
        for line in [
            "Advertisement",
            "Quảng cáo",
            "Kommentare geschlossen",
            "Suivez-nous sur les réseaux",
            "Síguenos en nuestras redes",
            "For the latest stories, open our site.",
            "The opinions expressed here are those of their authors.",
        ] {
            assert_eq!(kinds(&["Trao quà ở Sông Gấm", TEXT, line, TEXT])[2], Residue, "{line}");
        }
        let text = "The opinions were divided, and the meeting went on until the evening of the second day.";
        assert_eq!(kinds(&["Trao quà ở Sông Gấm", TEXT, text, TEXT])[2], Body);
    }

    #[test]
    fn a_sentence_of_several_clauses_is_text() {
        let title = "Trao quà ở Sông Gấm";
        for (line, kind) in [
            ("Thượng tá Mạc Đình Thi chủ trì hội nghị.", Caption),
            ("Thượng tá Mạc Đình Thi chủ trì hội nghị; Trung tá Tạ Thu Hoài thư ký.", Body),
            ("Trung tá Tạ Thu Hoài, Trợ lý Cục Giả Tưởng cùng dự hội nghị.", Body),
            ("Trung tá Tạ Thu Hoài tặng quà; ảnh chụp ở xã Sông Gấm", Caption),
        ] {
            assert_eq!(kinds(&[title, TEXT, line, TEXT])[2], kind, "{line}");
        }
    }

    #[test]
    fn a_copy_of_the_headline_below_text_is_a_caption() {
        let title = "Đại tá Mạc Đình Thi tặng quà bộ đội";
        let more = "Sau đó đoàn đi thăm vườn rau và khu chăn nuôi. Buổi lễ kết thúc lúc trưa cùng ngày.";
        assert_eq!(kinds(&[title, TEXT, title, more]), [Headline, Body, Caption, Body]);
        assert_eq!(kinds(&[title, TEXT, more, title]), [Headline, Body, Body, Caption]);
        assert_eq!(kinds(&[title, title, TEXT]), [Headline, Residue, Body]);
    }
    #[test]
    fn lines_twice_are_captions_in_vietnamese_only() {
        let english = "The unit met for its review of the quarter, and the mayor came from the town for it at noon.";
        let cell = "Second battalion";
        assert_eq!(kinds(&["Review of the quarter", english, cell, cell, english]).iter().max(), Some(&Body));
        let title = "Trao quà ở Sông Gấm";
        assert_eq!(kinds(&[title, TEXT, "Ở hội trường", TEXT, "Ở hội trường", TEXT])[2], Caption);
    }
}
