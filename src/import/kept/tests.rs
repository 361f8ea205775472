//! Tests of kept bytes with a store in memory: what is kept, when it goes, and what reading it again does to a report
//! that older rules read otherwise.

use super::*;
use crate::citation::{Citation, CitationFormat};
use crate::extract::people_and_facts;
use crate::import::{find, import};
use crate::search::date::DayRange;
use crate::store::{Note, NoteChange, NoteSubject};
use std::fs;
use std::path::Path;

const PAGE: &str = "<html><head><title>Hội nghị sơ kết quý I</title></head><body><article><h1>Hội nghị sơ kết quý \
    I</h1><p>Sáng 2-4-2026, Quân khu Thử nghiệm tổ chức hội nghị sơ kết công tác quý I tại hội trường.</p><p>Thiếu \
    tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm, chủ trì hội nghị và giao nhiệm vụ quý \
    II.</p></article></body></html>";
const MAIL: &str = "From a@example.vn Thu Apr  2 08:00:00 2026\nFrom: a@example.vn\nSubject: Thong bao\nDate: Thu, 2 \
    Apr 2026 08:00:00 +0700\nContent-Type: text/plain; charset=utf-8\n\nĐoàn Thử nghiệm kiểm tra công tác hậu cần.\n\
    \nFrom b@example.vn Fri Apr  3 08:00:00 2026\nFrom: b@example.vn\nSubject: Tin hai\nContent-Type: text/plain; \
    charset=utf-8\n\nĐại tá Trần Văn Mẫu dự hội nghị tổng kết.\n";

fn keeping(limit: u64) -> Store {
    let store = Store::in_memory().unwrap();
    store.keep_sources(Some(limit));
    store
}

/// The ids of what is imported, in the order of the files.
fn imported(store: &Store, folder: &Path) -> Vec<String> {
    let mut ids = Vec::new();
    let found = find(&[folder.to_owned()]);
    import(store, &found, &ImportOptions::default(), &AtomicBool::default(), &mut |outcome| {
        assert_eq!(outcome.problem, None);
        ids.extend(outcome.reports.into_iter().map(|report| report.id));
    })
    .unwrap();
    ids
}

fn again(store: &Store) -> (ReadAgainTotals, Vec<(String, String)>) {
    let mut versions = Vec::new();
    let totals = read_again(store, &AtomicBool::default(), &mut |event| match event {
        ReadAgainEvent::NewVersion { earlier, id } => versions.push((earlier.to_owned(), id.to_owned())),
        ReadAgainEvent::Failed { id, why } => versions.push((id.to_owned(), why.to_owned())),
    });
    (totals.unwrap(), versions)
}

/// A book of two pages.
fn book() -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let page = |words: &str| format!("<html><body><p>{words}</p></body></html>");
    for (name, content) in [
        ("META-INF/container.xml", r#"<container><rootfile full-path="a.opf"/></container>"#.to_owned()),
        (
            "a.opf",
            r#"<package><manifest><item id="x" href="x.html"/><item id="y" href="y.html"/></manifest>
               <spine><itemref idref="x"/><itemref idref="y"/></spine></package>"#
                .to_owned(),
        ),
        ("x.html", page("Chương một kể về việc xây dựng doanh trại ở vùng biên giới phía bắc.")),
        ("y.html", page("Chương hai kể về công tác dân vận của đơn vị trong mùa mưa lũ.")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn pages_messages_and_documents_are_kept_once_and_read_again_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let book = book();
    fs::write(folder.path().join("a.html"), PAGE).unwrap();
    fs::write(folder.path().join("b.mbox"), MAIL).unwrap();
    fs::write(folder.path().join("c.epub"), &book).unwrap();
    fs::write(folder.path().join("d.jsonl"), "{\"text\":\"Một bản ghi không phải là trang hay văn bản.\"}\n").unwrap();
    let store = keeping(1 << 20);
    let ids = imported(&store, folder.path());
    assert_eq!(ids.len(), 6, "a page, two messages, two chapters, a record");
    let bytes = |n: usize| store.kept_sources().bytes_of(&ids[n]).unwrap();
    assert_eq!(bytes(0).unwrap(), PAGE.as_bytes());
    assert!(String::from_utf8(bytes(2).unwrap()).unwrap().contains("Subject: Tin hai"));
    assert_eq!((bytes(3).unwrap(), bytes(4).unwrap()), (book.clone(), book));
    assert_eq!(bytes(5), None, "a record has its file");
    assert_eq!(store.kept_sources().reports_without().unwrap(), 1);
    let usage = store.kept_sources().usage().unwrap();
    assert_eq!(usage.sources, 4, "the chapters share one");
    let same = ReadAgainTotals { same: 5, ..ReadAgainTotals::default() };
    assert_eq!(again(&store), (same, Vec::new()));
    imported(&store, folder.path());
    assert_eq!(store.kept_sources().usage().unwrap(), usage, "nothing is kept twice");
    // A rebuild keeps them; the last report of a source takes it along.
    store.cache().rebuild().unwrap();
    for (n, left) in [(3, 4), (4, 3), (0, 2), (1, 1), (2, 0)] {
        store.cache().remove(&ids[n]).unwrap();
        assert_eq!(store.kept_sources().usage().unwrap().sources, left);
    }
    assert_eq!(store.kept_sources().usage().unwrap().packed_bytes, 0);
}

/// A Word document of an office, with its head in a table and a line in an old font.
fn document() -> Vec<u8> {
    use std::io::Write;
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let cells = |left: &str, right: &str| {
        let cell = |words: &str| format!("<w:tc>{}</w:tc>", words.split('|').map(paragraph).collect::<String>());
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell(left), cell(right))
    };
    let head = cells(
        "BỘ THỬ NGHIỆM|CỤC HẬU CẦN GIẢ|Số: 245/BC-CHCG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Hà Giả, ngày 03 tháng 4 năm 2026",
    );
    let body: String = ["BÁO CÁO", "Kết quả công tác hậu cần quý I năm 2026", "Cục Hậu cần Giả đã kiểm tra 14 kho."]
        .into_iter()
        .map(paragraph)
        .collect();
    let old = "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>Qu©n ®éi</w:t></w:r></w:p>";
    let signed = cells("Nơi nhận:|- Lưu: VT.", "CỤC TRƯỞNG|Thiếu tướng Lã Mạnh Hùng");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document><w:body>{head}{body}{old}{signed}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_document_of_an_office_is_kept_and_its_facts_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = document();
    fs::write(folder.path().join("a.docx"), &bytes).unwrap();
    let store = keeping(1 << 20);
    let ids = imported(&store, folder.path());
    assert_eq!(store.kept_sources().bytes_of(&ids[0]).unwrap().unwrap(), bytes);
    let report = store.cache().load(&ids[0]).unwrap().unwrap();
    let facts = &report.extraction.facts;
    let [number, place, signer] =
        [&facts.number, &facts.place, &facts.signer].map(|quote| quote.as_ref().map(|quote| quote.text.as_str()));
    assert_eq!((number, place, signer), (Some("245/BC-CHCG"), Some("Hà Giả"), Some("Lã Mạnh Hùng")));
    assert_eq!(facts.day.unwrap().to_string(), "2026-04-03");
    assert!(report.text.contains("Quân đội"));
    // What a citation says of the bytes holds for them.
    let hash = blake3::hash(&bytes).to_hex().to_string();
    assert_eq!(report.kept_source.as_deref(), Some(hash.as_str()));
    for format in [CitationFormat::Plain, CitationFormat::Markdown, CitationFormat::Bibtex, CitationFormat::CslJson] {
        let cited = Citation::of(&report, None, None).write(format);
        let short: String = hash.chars().take(16).collect();
        assert!(cited.contains(&short), "{cited}");
    }
    assert_eq!(again(&store), (ReadAgainTotals { same: 1, ..ReadAgainTotals::default() }, Vec::new()));
    // Older rules took the old font for letters.
    let older = report.text.replace("Quân đội", "Qu©n ®éi");
    let draft = ingest::read(older.as_bytes(), &InputHint::default()).unwrap().remove(0);
    let mut old = PreparedReport::new("a.docx", draft.clone(), &people_and_facts(&draft));
    let store = keeping(1 << 20);
    SourceKeeper::new(&ImportOptions::default()).keep_file(
        std::slice::from_mut(&mut old),
        &Arc::new(bytes.clone()),
        "a.docx",
    );
    store.cache().save_all(&[old]).unwrap();
    let (totals, versions) = again(&store);
    assert_eq!((totals.newer, versions[0].1.as_str()), (1, ids[0].as_str()));
}

#[test]
fn a_copied_message_read_again_keeps_its_outlet_and_day() {
    let folder = tempfile::tempdir().unwrap();
    let pasted = "Báo Giả, [16/01/2025 10:05]\nSáng nay, đơn vị sơ kết công tác.\n\n\
                  Báo Giả\n17 tháng 2 lúc 09:00 ·\nChiều nay, đơn vị tổng kết công tác.\n";
    fs::write(folder.path().join("a.txt"), pasted).unwrap();
    let store = keeping(1 << 20);
    let ids = imported(&store, folder.path());
    let head = |id: &String| {
        let report = store.cache().load(id).unwrap().unwrap();
        (report.outlet, report.published)
    };
    let before: Vec<_> = ids.iter().map(head).collect();
    assert!(before.len() == 2 && before.iter().all(|(outlet, day)| outlet.is_some() && day.is_some()), "{before:?}");
    for number in store.kept_sources().numbers().unwrap() {
        let readings = store.kept_sources().readings(number).unwrap();
        let bytes = store.kept_sources().bytes(number).unwrap();
        for (reading, draft) in matched(&readings, &bytes, &AtomicBool::default()) {
            let draft = draft.unwrap();
            assert_eq!((draft.outlet, draft.published), head(&reading.report));
        }
    }
    assert_eq!(again(&store).0.same, 2);
}

#[test]
fn nothing_is_kept_unasked_or_beyond_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), PAGE).unwrap();
    let store = Store::in_memory().unwrap();
    let ids = imported(&store, folder.path());
    assert_eq!(store.kept_sources().bytes_of(&ids[0]).unwrap(), None);
    assert_eq!(store.kept_sources().reports_without().unwrap(), 1);
    store.keep_sources(Some(40));
    imported(&store, folder.path());
    assert_eq!((store.kept_sources().usage().unwrap().sources, store.kept_sources().refused()), (0, 1));
    store.keep_sources(Some(4000));
    imported(&store, folder.path());
    assert!(store.kept_sources().hash_of(&ids[0]).unwrap().is_some(), "a known report gets its bytes later");
}

/// A report as older rules have read it, with the page that it was read from.
fn older(text: &str) -> PreparedReport {
    let mut drafts = ingest::read(text.as_bytes(), &InputHint::default()).unwrap();
    let mut draft = drafts.remove(0);
    draft.url = Some("https://bao.example.vn/1.html".to_owned());
    let found = people_and_facts(&draft);
    let mut report = PreparedReport::new("a.html", draft, &found);
    SourceKeeper::new(&ImportOptions::default()).keep_file(
        std::slice::from_mut(&mut report),
        &Arc::new(PAGE.as_bytes().to_vec()),
        "a.html",
    );
    report
}

#[test]
fn a_text_that_newer_rules_read_otherwise_is_a_newer_version_with_the_marks() {
    let store = keeping(1 << 20);
    let words = "Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm, chủ trì";
    let old = older(&format!("Quý khách vui lòng đăng nhập\n\n{words} một phần\n"));
    store.cache().save_all(std::slice::from_ref(&old)).unwrap();
    let at = store.cache().load(&old.id).unwrap().unwrap().text.find(words).unwrap();
    let marks = store.marks();
    marks.set_starred(&old.id, true).unwrap();
    marks.set_tag(&old.id, "xem lại", true).unwrap();
    marks.set_place('a', &old.id, at).unwrap();
    store.cache().set_date(&old.id, DayRange::parse("2026-04-02")).unwrap();
    let note = |quote: &str| {
        let span = crate::report::Span { start: 0, end: quote.len() };
        let subject = NoteSubject::Passage { report: old.id.clone(), span, quote: quote.to_owned() };
        store.notes().change(NoteChange::Put(Note::new(subject))).unwrap();
    };
    note("Lã Mạnh Hùng");
    note("đăng nhập");
    let (totals, versions) = again(&store);
    assert_eq!((totals.newer, versions.len()), (1, 1));
    let (earlier, new) = versions[0].clone();
    assert_eq!(earlier, old.id);
    let report = store.cache().load(&new).unwrap().unwrap();
    assert_eq!((report.title.text.as_str(), report.dated_by_hand), ("Hội nghị sơ kết quý I", true));
    assert_eq!(marks.of(&new).unwrap(), (false, true));
    assert_eq!(marks.tags_of(&new).unwrap(), ["xem lại"]);
    // The words at the mark go on otherwise in the newer text, but begin alike.
    let at = report.text.find("Thiếu tướng Lã").unwrap();
    assert_eq!(marks.places().unwrap(), [('a', new.clone(), at)]);
    let notes = store.notes().of_report(&new).unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].span().unwrap().of(&report.text), "Lã Mạnh Hùng");
    assert_eq!(store.notes().of_report(&old.id).unwrap().len(), 1, "words that are gone stay with their text");
    assert!(store.cache().load(&old.id).unwrap().is_some(), "citations of the older version still find it");
    assert_eq!(store.kept_sources().hash_of(&old.id).unwrap(), None);
    assert_eq!(again(&store).0, ReadAgainTotals { same: 1, ..ReadAgainTotals::default() });
}

#[test]
fn the_same_text_takes_the_better_title_and_keeps_what_the_user_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), PAGE).unwrap();
    let source = keeping(1 << 20);
    let ids = imported(&source, folder.path());
    let text = source.cache().load(&ids[0]).unwrap().unwrap().text;
    let mut old = older(&text);
    assert_eq!(old.id, ids[0], "the same text");
    old.notes = vec!["một ghi chú cũ".to_owned()];
    let store = keeping(1 << 20);
    store.cache().save_all(&[old]).unwrap();
    let (totals, _) = again(&store);
    assert_eq!(totals.completed, 1);
    let report = store.cache().load(&ids[0]).unwrap().unwrap();
    assert_eq!((report.title.text.as_str(), report.notes.len()), ("Hội nghị sơ kết quý I", 0));
    assert_eq!(report.url.as_deref(), Some("https://bao.example.vn/1.html"));
    assert_eq!(again(&store).0.same, 1);
}
