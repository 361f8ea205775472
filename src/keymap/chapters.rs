//! The chapters of help and of the README's key table. Each row of the keymap is listed once, under the first chapter
//! that takes it, with the modes in which it works if these are not the chapter's own.

use super::table::READING;
use super::{Binding, KeyRow, Keymap, Mode};
use crate::lang::{Lang, Phrase, phrases};

/// A chapter of help and of the README's key table.
#[derive(Debug)]
pub struct Chapter {
    pub title: Phrase,
    /// The modes that it is about; empty for the chapter of the keys that work nearly everywhere.
    pub about: &'static [Mode],
    /// Whether it takes a row that works in these modes. The first chapter that takes a row has it.
    takes: fn(&[Mode]) -> bool,
}

const fn chapter(vi: &'static str, en: &'static str, about: &'static [Mode], takes: fn(&[Mode]) -> bool) -> Chapter {
    Chapter { title: Phrase { vi, en }, about, takes }
}

/// The chapters, in order. The last one takes every row that is left.
pub static CHAPTERS: &[Chapter] = &[
    chapter("Mọi màn hình", "Everywhere", &[], |modes| {
        [Mode::List, Mode::People, Mode::Official].iter().all(|mode| modes.contains(mode))
    }),
    chapter("Danh sách", "The list", &[Mode::List], |modes| {
        modes == [Mode::List] || modes == [Mode::List, Mode::Counts]
    }),
    chapter("Danh sách và báo cáo", "The list and the report", &[Mode::List, Mode::Detail], |modes| {
        modes.contains(&Mode::List) && modes.contains(&Mode::Detail)
    }),
    chapter("Báo cáo", "The report", &[Mode::Detail], |modes| modes.contains(&Mode::Detail)),
    chapter("Phần đang chọn trong báo cáo", "The selection in a report", &[Mode::Select], |modes| {
        modes.contains(&Mode::Select) && !modes.contains(&Mode::Line)
    }),
    chapter("Thành phần của báo cáo", "The people of a report", &[Mode::People], |modes| {
        modes.contains(&Mode::People)
    }),
    chapter("Dòng lọc và dòng tìm", "The filter line and the search line", &[Mode::Line], |modes| {
        modes == [Mode::Line]
    }),
    chapter("Trong mọi ô nhập", "In every input line", &[Mode::Line, Mode::Finder, Mode::Palette], |modes| {
        modes.contains(&Mode::Line)
    }),
    chapter(
        "Tìm cán bộ, bảng lệnh",
        "The finder of officials, the palette",
        &[Mode::Finder, Mode::Palette],
        |modes| modes.contains(&Mode::Finder),
    ),
    chapter("Bảng lệnh, trình đơn", "The palette, menus", &[Mode::Palette, Mode::Menu], |modes| {
        modes.contains(&Mode::Menu)
    }),
    chapter("Trợ giúp", "Help", &[Mode::Help], |modes| modes == [Mode::Help]),
    chapter(
        "Các trang",
        "Pages",
        &[Mode::Official, Mode::Post, Mode::Unit, Mode::Doubts, Mode::Lineups, Mode::Texts, Mode::Notes],
        |modes| modes.contains(&Mode::Official) && modes.contains(&Mode::Post),
    ),
    chapter(
        "Trang cán bộ, trang đơn vị",
        "An official's page, a unit's page",
        &[Mode::Official, Mode::Unit],
        |modes| modes.contains(&Mode::Unit),
    ),
    chapter("Trang cán bộ", "An official's page", &[Mode::Official], |modes| modes.contains(&Mode::Official)),
    chapter("Chỗ chưa chắc ai là ai", "The review of uncertain identities", &[Mode::Doubts], |modes| {
        modes == [Mode::Doubts]
    }),
    chapter("Thống kê", "The counts", &[Mode::Counts], |modes| modes == [Mode::Counts]),
    chapter("Ghi chú", "The notes", &[Mode::Notes], |modes| modes == [Mode::Notes]),
    chapter("So sánh", "Comparisons", &[Mode::Lineups, Mode::Texts], |_| true),
];

impl Chapter {
    /// The rows of the chapter with a key, in the order of the table.
    pub fn rows<'a>(&self, keymap: &'a Keymap) -> impl Iterator<Item = &'a KeyRow> {
        let own: *const Self = self;
        let takes = move |binding: &Binding| {
            CHAPTERS.iter().find(|c| (c.takes)(binding.modes)).is_some_and(|c| std::ptr::eq(c, own))
        };
        keymap.all().iter().filter(move |row| !row.keys.is_empty() && takes(row.binding))
    }

    /// The names of the modes in which a row of it works; empty if these are the chapter's own, or if the row works in
    /// all that show something to read and the chapter is about these. If only a few of them are missing, the names of
    /// those. What the title of the chapter says is not said again.
    pub fn elsewhere(&self, row: &KeyRow, lang: Lang) -> String {
        let about = if self.about.is_empty() { READING } else { self.about };
        let has_all = about.iter().all(|mode| row.modes.contains(mode));
        let same = has_all && (self.about.is_empty() || row.modes.iter().all(|mode| about.contains(mode)));
        let missing: Vec<Mode> = READING.iter().copied().filter(|mode| !row.modes.contains(mode)).collect();
        if same {
            String::new()
        } else if missing.len() <= MOST_EXCEPTIONS {
            phrases::EVERYWHERE_BUT.fill(lang, &[&names(&missing, lang)])
        } else if has_all && !self.about.is_empty() {
            let others: Vec<Mode> = row.modes.iter().copied().filter(|mode| !about.contains(mode)).collect();
            phrases::ALSO_IN.fill(lang, &[&names(&others, lang)])
        } else {
            names(&row.modes, lang)
        }
    }
}

/// The most modes that are named as those in which a key does not work; of more, those in which it does are named.
const MOST_EXCEPTIONS: usize = 3;

/// The names of modes, separated by commas.
pub fn names(modes: &[Mode], lang: Lang) -> String {
    modes.iter().map(|mode| mode.name().say(lang)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_chapter() {
        let keymap = Keymap::of_the_table();
        let rows: Vec<_> = CHAPTERS.iter().flat_map(|c| c.rows(&keymap)).map(|row| (&row.modes, &row.keys)).collect();
        assert_eq!(rows.len(), keymap.all().len());
        assert!(keymap.all().iter().all(|row| rows.contains(&(&row.modes, &row.keys))));
        assert!(CHAPTERS.iter().all(|chapter| chapter.rows(&keymap).next().is_some()));
    }

    #[test]
    fn no_chapter_tells_one_key_twice_without_saying_where() {
        let keymap = Keymap::of_the_table();
        for chapter in CHAPTERS {
            let told: Vec<_> = chapter
                .rows(&keymap)
                .flat_map(|row| row.keys.iter().map(|key| (key, chapter.elsewhere(row, Lang::En))))
                .collect();
            for (n, one) in told.iter().enumerate() {
                assert!(!told[..n].contains(one), "{one:?} twice in {}", chapter.title.en);
            }
        }
    }

    #[test]
    fn a_key_of_the_list_and_its_counts_is_told_with_the_list() {
        let keymap = Keymap::of_the_table();
        let has_counts = |chapter: &&Chapter| chapter.rows(&keymap).any(|row| row.keys.iter().any(|key| key == "#"));
        let chapter = CHAPTERS.iter().find(has_counts).unwrap();
        assert_eq!(chapter.title.en, "The list");
        let row = chapter.rows(&keymap).find(|row| row.keys.iter().any(|key| key == "#")).unwrap();
        assert_eq!(chapter.elsewhere(row, Lang::En), "also in: the counts");
    }

    #[test]
    fn no_row_of_help_repeats_the_title_of_its_chapter() {
        let keymap = Keymap::of_the_table();
        for chapter in CHAPTERS.iter().filter(|chapter| !chapter.about.is_empty()) {
            let all = names(chapter.about, Lang::En);
            for row in chapter.rows(&keymap) {
                let place = chapter.elsewhere(row, Lang::En);
                let repeats = place == all || place.starts_with(&format!("{all}, "));
                assert!(!repeats, "{:?} of {}: {place}", row.all_keys(), chapter.title.en);
            }
        }
    }

    #[test]
    fn the_list_begins_with_how_a_report_is_read() {
        let keymap = Keymap::of_the_table();
        let list = CHAPTERS.iter().find(|chapter| chapter.about == [Mode::List]).unwrap();
        let first = list.rows(&keymap).next().unwrap();
        assert_eq!(first.binding.action, crate::keymap::Action::Open);
    }

    #[test]
    fn a_key_of_every_screen_works_there_or_says_where_it_does_not() {
        let keymap = Keymap::of_the_table();
        let everywhere = CHAPTERS.first().unwrap();
        let elsewhere = |key: &str| {
            let row = everywhere.rows(&keymap).find(|row| row.keys.iter().any(|own| own == key));
            everywhere.elsewhere(row.unwrap(), Lang::En)
        };
        assert_eq!(elsewhere("Ctrl-t"), "");
        assert_eq!(elsewhere("Ctrl-p"), "everywhere but in: a report");
        for row in everywhere.rows(&keymap).filter(|row| everywhere.elsewhere(row, Lang::En).is_empty()) {
            assert!(READING.iter().all(|mode| row.modes.contains(mode)), "{:?}", row.all_keys());
        }
    }
}
