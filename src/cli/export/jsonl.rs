//! Reports as JSON lines, complete: a line has everything that `import` needs to make the same report again, with the
//! reader's marks, places, notes and decisions. Exported, imported into an empty cache and exported again, the file is
//! the same to the byte.

use super::chosen_reports::ChosenReports;
use crate::cli::exit_status::Failure;
use crate::cli::output::Output;
use crate::cli::report_json::ReportJson;
use crate::cli::report_marks::ReportMarks;
use crate::store::{Sort, Store};

/// Writes the reports that match in the order of import, the first first: imported in that order, reports of one day
/// stand in the list as they did. Only one report is in memory at a time; one that is removed meanwhile is left out.
/// Returns their number.
pub fn write(out: &mut Output, store: &Store, chosen: &ChosenReports) -> Result<usize, Failure> {
    let ids = chosen.ids(store, Sort::Added)?;
    let marks = ReportMarks::read(store)?;
    for id in ids.iter().rev() {
        let Some(report) = store.cache().load(id)? else { continue };
        out.json(&ReportJson::of(&report, marks.of(id)?))?;
        out.write(&["\n"])?;
    }
    Ok(ids.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{FileDate, ImportOptions, find, import};
    use crate::officials::Place;
    use crate::officials::decision::{Decision, Verdict};
    use crate::report::Span;
    use crate::search::date::DayRange;
    use crate::search::filter::parse;
    use crate::store::{Note, NoteChange, NoteSubject, WindowBounds};
    use proptest::prelude::*;
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    /// What the reader did with a report, by its number among those of the cache.
    #[derive(Clone, Debug)]
    enum Deed {
        Read(usize),
        Star(usize),
        Tag(usize, String),
        Date(usize, &'static str),
        Place(usize, char, usize),
        Decide {
            one: usize,
            other: usize,
            at: usize,
            verdict: Verdict,
        },
        /// On a passage, the report, or an official whom two reports name.
        Note {
            one: usize,
            other: usize,
            about: u8,
            text: String,
        },
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let verdict = prop::sample::select(vec![Verdict::Same, Verdict::Apart]);
        prop_oneof![
            (0..9_usize).prop_map(Deed::Read),
            (0..9_usize).prop_map(Deed::Star),
            (0..9_usize, "[a-zđ ]{1,6}|\u{202e}x|\"|\\\\").prop_map(|(n, tag)| Deed::Tag(n, tag)),
            (0..9_usize, prop::sample::select(vec!["6-2018", "2019", "q2-2020", "3-4-2021"]))
                .prop_map(|(n, date)| Deed::Date(n, date)),
            (0..9_usize, prop::char::range('a', 'z'), 0..90_usize).prop_map(|(n, c, at)| Deed::Place(n, c, at)),
            (0..9_usize, 0..9_usize, 0..3_u8, "[a-zđ \n]{1,9}|\u{202e}x|\"")
                .prop_map(|(one, other, about, text)| { Deed::Note { one, other, about, text } }),
            (0..9_usize, 0..9_usize, 0..90_usize, verdict).prop_map(|(one, other, at, verdict)| Deed::Decide {
                one,
                other,
                at,
                verdict
            }),
        ]
    }

    /// A file: a text, a page or a record, of pieces that are hard on dates, people, letters and paragraphs.
    fn file() -> impl Strategy<Value = (&'static str, String)> {
        let piece = prop::sample::select(vec![
            "Đại tá Lê Văn Thử, Chính ủy Quân khu Thử nghiệm",
            "Ngày 4-1-2026, tại Hà Giả, Sư đoàn 900 sơ kết 6 tháng đầu năm 2025.",
            "Ảnh: Hà Thử",
            "(Nguồn: Báo Thử)",
            "leftcenterrightdel",
            "chủ trì hội nghị; ",
            "e\u{302}\u{301} Ð Ɖ \u{200b}\u{ad}",
            "\u{202e}\u{feff}<b>&amp;</b>\u{1f469}\u{200d}\u{1f4bb}",
            " ",
            "\n",
            "\n\n",
            "\"\\/ \u{2028}\t",
            "12,5% trong 1.204 chiến sĩ",
        ]);
        let words = prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat());
        prop_oneof![
            words.clone().prop_map(|words| ("txt", words)),
            words.clone().prop_map(|words| {
                let paragraphs = words.replace('\n', "</p><p>");
                let meta = "<meta property='article:published_time' content='2026-01-05'>\
                    <meta property='og:site_name' content='Báo Thử'><link rel=canonical href='https://b.example/a'>";
                let head = format!("<html><head><title>Tin</title>{meta}</head><body><article><h1>Tin mới</h1>");
                ("html", format!("{head}<p>{paragraphs}</p></article></body></html>"))
            }),
            words.prop_map(|words| {
                let record = serde_json::json!({"title": "Tin\u{a0}ngắn", "text": words, "tags": ["a"], "odd": [1],
                    "url": "https://b.example/b", "date": "2026-01-06"});
                ("jsonl", record.to_string())
            }),
        ]
    }

    fn imported(folder: &Path, date: FileDate) -> Store {
        let store = Store::in_memory().unwrap();
        let options = ImportOptions { date, ..ImportOptions::default() };
        import(&store, &find(&[folder.to_owned()]), &options, &AtomicBool::new(false), &mut |_| ()).unwrap();
        store
    }

    fn mark(store: &Store, deeds: &[Deed]) {
        let ids = store.index().find_ids(&parse("").0, Sort::Added, WindowBounds::all()).unwrap();
        let id = |n: &usize| ids.get(n % ids.len().max(1)).cloned().unwrap_or_default();
        let mut decisions = Vec::new();
        for (step, deed) in deeds.iter().enumerate().filter(|_| !ids.is_empty()) {
            match deed {
                Deed::Read(n) => store.marks().set_read(&id(n), true).unwrap(),
                Deed::Star(n) => store.marks().set_starred(&id(n), true).unwrap(),
                Deed::Tag(n, tag) => store.marks().set_tag(&id(n), tag, true).unwrap(),
                Deed::Date(n, date) => store.cache().set_date(&id(n), DayRange::parse(date)).unwrap(),
                Deed::Place(n, letter, at) => store.marks().set_place(*letter, &id(n), *at).unwrap(),
                Deed::Decide { one, other, at, verdict } => {
                    let [this, that] = [(one, *at), (other, at + 1)].map(|(n, at)| Place { report: id(n).into(), at });
                    decisions.push(Decision { verdict: *verdict, name: "Lê Văn Thử".to_owned(), this, that });
                    store.register().unwrap().decide("lê văn thử", &decisions).unwrap();
                }
                Deed::Note { one, other, about, text } => {
                    let place = |n| Place { report: id(n).into(), at: 7 };
                    let subject = match about {
                        0 => {
                            let text = store.cache().load(&id(one)).unwrap().unwrap().text;
                            let quote: String = text.chars().take(1).collect();
                            NoteSubject::Passage { report: id(one), span: Span::new(0, quote.len()), quote }
                        }
                        1 => NoteSubject::Report { report: id(one), title: "Tin".to_owned() },
                        _ => NoteSubject::Official {
                            id: "0a".to_owned(),
                            name: "Lê Văn Thử".to_owned(),
                            // The first report is not in the cache any more.
                            places: vec![Place { report: "gone".into(), at: 0 }, place(one), place(other)],
                        },
                    };
                    let made = 1_700_000_000 + i64::try_from(step).unwrap();
                    let note = Note { text: text.clone(), made, changed: made + 5, ..Note::new(subject) };
                    store.notes().change(NoteChange::Put(note)).unwrap();
                }
            }
        }
    }

    fn exported(store: &Store, file: &Path) -> String {
        let mut out = Output::to(Box::new(fs::File::create(file).unwrap()), "a file".to_owned());
        write(&mut out, store, &ChosenReports::matching(parse("").0)).unwrap();
        out.flush().unwrap();
        fs::read_to_string(file).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn an_export_of_an_imported_export_is_the_same_to_the_byte(
            files in prop::collection::vec(file(), 1..6),
            deeds in prop::collection::vec(deed(), 0..12),
            is_dated in any::<bool>(),
        ) {
            let [folder, copy] = [(); 2].map(|()| tempfile::tempdir().unwrap());
            for (n, (ending, content)) in files.iter().enumerate() {
                fs::write(folder.path().join(format!("{n}.{ending}")), content).unwrap();
            }
            let store = imported(folder.path(), if is_dated { FileDate::Modified } else { FileDate::Unknown });
            mark(&store, &deeds);
            let file = copy.path().join("all.jsonl");
            let first = exported(&store, &file);
            let second = exported(&imported(copy.path(), FileDate::Unknown), &file);
            for (one, two) in first.lines().zip(second.lines()) {
                prop_assert_eq!(one, two);
            }
            prop_assert_eq!(first, second);
        }
    }
}
