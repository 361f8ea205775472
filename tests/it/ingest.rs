//! Golden files for `ingest`: each file of `tests/it/ingest` has a snapshot with its title, address, day, notes and the
//! kind of each paragraph. Properties that must hold for any bytes are in `oracles`.

use crate::oracles;
use baocao::ingest::{self, InputFormat, InputHint, UnreadableInput};
use baocao::report::Draft;
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;

fn read(bytes: &[u8], name: &str) -> Result<Vec<Draft>, UnreadableInput> {
    ingest::read(bytes, &InputHint { name, ..InputHint::default() })
}

/// Formats a draft so that a difference is easy to read in a diff.
fn told(draft: &Draft) -> String {
    let mut out = String::new();
    let title = draft.title.as_ref().map(|title| format!("{:?} {}", title.origin, title.text));
    writeln!(out, "title      {}", title.as_deref().unwrap_or("-")).unwrap();
    writeln!(out, "url        {}", draft.url.as_deref().unwrap_or("-")).unwrap();
    writeln!(out, "published  {}", draft.published.map_or("-".to_owned(), |day| day.to_string())).unwrap();
    for note in &draft.notes {
        writeln!(out, "note       {note}").unwrap();
    }
    for paragraph in &draft.paragraphs {
        writeln!(out, "{:<10} {}", format!("{:?}", paragraph.kind).to_lowercase(), paragraph.span.of(&draft.text))
            .unwrap();
    }
    out
}

#[test]
fn files_of_every_format() {
    for name in ["toolbar.txt", "ministry.txt", "slug.txt", "signed.txt", "portal.html", "feed.xml", "records.jsonl"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/ingest").join(name);
        let bytes = std::fs::read(path).unwrap();
        let drafts = read(&bytes, name).unwrap();
        let all: Vec<String> = drafts.iter().map(told).collect();
        insta::with_settings!({
            snapshot_path => "ingest",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, all.join("\n"));
        });
    }
}

#[test]
fn other_xml_is_its_text_and_a_list_of_addresses_is_none() {
    let drafts = read("<?xml version=\"1.0\"?><vb><p>Đơn vị sơ kết.</p><p>Hết.</p></vb>".as_bytes(), "a.xml").unwrap();
    assert!(drafts[0].text.starts_with("Đơn vị sơ kết.") && !drafts[0].text.contains('<'), "{}", drafts[0].text);
    let sitemap = "<?xml version=\"1.0\"?><urlset xmlns=\"x\"><url><loc>https://bao.example.vn/a</loc></url></urlset>";
    let refused = read(sitemap.as_bytes(), "sitemap.xml").unwrap_err();
    assert!(refused.to_string().contains("list of links"), "{refused}");
}

#[test]
fn one_text_in_many_encodings_is_one_text() {
    let text = "Đại tá Lò Văn Thử phát biểu tại hội nghị về công tác hậu cần của đơn vị.\n";
    let plain = read(text.as_bytes(), "a.txt").unwrap().remove(0).text;
    let utf16 = |le: bool, bom: &[u8]| {
        let units = text.encode_utf16().flat_map(|unit| if le { unit.to_le_bytes() } else { unit.to_be_bytes() });
        bom.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    use unicode_normalization::UnicodeNormalization;
    let decomposed: String = text.nfd().collect();
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        utf16(true, b"\xff\xfe"),
        utf16(false, b"\xfe\xff"),
        utf16(true, b""),
        utf16(false, b""),
        decomposed.into_bytes(),
        text.replace('Đ', "Ð").into_bytes(),
        text.replace(' ', "\u{a0}").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
    ] {
        assert_eq!(read(&bytes, "a.txt").unwrap().remove(0).text, plain);
    }
}

#[test]
fn an_old_encoding_is_found_out_and_read_when_asked() {
    let tcvn3 =
        b"\xae\xb9i t\xb8 ph\xb8t bi\xd3u t\xb9i h\xe9i ngh\xde c\xf1a \xae\xacn v\xde v\xd2 c\xabng t\xb8c \xae\xb6ng";
    let found = read(tcvn3, "a.txt").unwrap();
    assert!(found[0].notes[0].starts_with("decoded from tcvn3, as found out: "), "{:?}", found[0].notes);
    let asked = ingest::read(tcvn3, &InputHint { encoding: Some("TCVN3"), ..InputHint::default() }).unwrap();
    assert_eq!(asked[0].text, "đại tá phát biểu tại hội nghị của đơn vị về công tác đảng");
    assert_eq!(found[0].text, asked[0].text);
    // The same bytes, decoded as Western European and saved as UTF-8 (mojibake).
    let mistaken: String = tcvn3.iter().map(|byte| char::from(*byte)).collect();
    assert_eq!(read(mistaken.as_bytes(), "a.txt").unwrap()[0].text, found[0].text);
    // Too little of it is a syllable in any encoding.
    let doubtful = b"v\xf5 c\xf1a \xaf\xa5\xff b\xd9x\xdb q\xf0z \xc1\xc2z h\xe9i";
    assert!(matches!(read(doubtful, "a.txt"), Err(UnreadableInput::Legacy(_) | UnreadableInput::NotText(_))));
    let asked =
        ingest::read(mistaken.as_bytes(), &InputHint { encoding: Some("tcvn3"), ..InputHint::default() }).unwrap();
    assert!(asked[0].text.starts_with("đại tá phát biểu"));
    let unknown = ingest::read(b"a", &InputHint { encoding: Some("klingon"), ..InputHint::default() });
    assert_eq!(unknown, Err(UnreadableInput::UnknownEncoding("klingon".to_owned())));
}

#[test]
fn a_page_is_decoded_as_it_declares() {
    let page = b"<html><meta charset=windows-1258><title>x</title>\
        <p>H\xf4\xf2i nghi\xf2 c\xf9a \xf0\xf4n vi\xf2 v\xea\xcc c\xf4ng t\xe1c h\xe2\xf2u c\xe2\xccn.";
    let draft = read(page, "a.html").unwrap().remove(0);
    assert!(draft.text.contains("Hội nghị"), "{}", draft.text);
    assert!(draft.notes.iter().any(|note| note.contains("windows-1258")), "{:?}", draft.notes);
}

#[test]
fn the_hour_of_viewing_is_no_date() {
    let page = |host: &str, tag: &str| {
        let page = format!(
            "<html><link rel=canonical href='http://{host}/vi/a/b.html'><h1>Hội thảo ở Cục Giả Tưởng</h1>\
             <span class=date>Thứ Sáu, 22/03/2024, 10:11</span>\
             <p>{tag}Hội thảo bàn về việc giữ gìn tư liệu của đơn vị.</p></html>"
        );
        let draft = read(page.as_bytes(), "a.html").unwrap().remove(0);
        (draft.published.map(|day| day.to_string()), draft.notes.len())
    };
    assert_eq!(page("bao.example.vn", ""), (Some("2024-03-22".to_owned()), 0));
    assert_eq!(page("tapchiqptd.vn", ""), (None, 1));
    assert_eq!(page("tapchiqptd.vn", "QPTD - Thứ Hai, 11/01/2016. "), (Some("2016-01-11".to_owned()), 1));
    let text = "Thứ Sáu, 22/03/2024\nHội thảo\n\nQPTD -Ngày 11-01-2016, hội thảo bàn về việc giữ gìn tư liệu.";
    assert_eq!(read(text.as_bytes(), "a.txt").unwrap()[0].published.unwrap().to_string(), "2016-01-11");
}

#[test]
fn damage_is_repaired_and_told() {
    let draft = read("Đại tá Lò Văn Thử\u{1b}[31m ph\u{202e}át biểu.".as_bytes(), "a.txt").unwrap().remove(0);
    assert_eq!(draft.text, "Đại tá Lò Văn Thử\u{fffd}[31m phát biểu.");
    assert_eq!(draft.notes.len(), 2, "{:?}", draft.notes);
    let recording = format!("Đại tá Lò{}Văn Thử", "\u{1b}\u{8}\u{9b}".repeat(5));
    assert!(read(recording.as_bytes(), "a.txt").unwrap()[0].text.starts_with("Đại tá Lò\u{fffd}"));
    let mut bytes = "Đại tá Lò Văn Thử phát biểu.".as_bytes().to_vec();
    bytes.insert(3, 0xff);
    let draft = read(&bytes, "a.txt").unwrap().remove(0);
    assert!(draft.text.contains('\u{fffd}') && draft.notes.len() == 1, "{draft:?}");
}

#[test]
fn what_is_no_text_says_what_it_is() {
    for (bytes, what) in [
        (b"%PDF-1.7 abc".as_slice(), "PDF"),
        (b"PK\x03\x04word/document.xml", "not a ZIP file that can be read"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0abc", "JPEG"),
        (b"BZh91AY", "unpack it first"),
        ("TY  - NEWS\nTI  - Tin\n".as_bytes(), "bibliography"),
        (b"@article{a, title={b}}", "bibliography"),
        (b"<?xml version=\"1.0\"?>\n<opml version=\"2.0\"></opml>", "source import-opml"),
        (b"[InternetShortcut]\r\nURL=https://example.vn", "shortcut"),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<title>x</title>", "bookmarks"),
        (&[1, 2, 3, 0, 4, 0, 0, 5, 6, b'a'], "control"),
        (&[0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x83, 0x65], "not UTF-8"),
    ] {
        let why = read(bytes, "a.txt").unwrap_err().to_string();
        assert!(why.contains(what), "{why}");
    }
    for blank in ["", " \n\t\u{a0}", "\u{feff}", "-\n-", "<html><body></body></html>"] {
        assert_eq!(read(blank.as_bytes(), "a.txt"), Err(UnreadableInput::Empty), "{blank:?}");
    }
}

#[test]
fn sizes_are_bounded() {
    let large = vec![b'a'; ingest::MAX_DOCUMENT_BYTES + 1];
    assert_eq!(read(&large, "a.txt"), Err(UnreadableInput::TooLarge { limit: ingest::MAX_DOCUMENT_BYTES }));
    let text = vec![b'a'; (2 << 20) + 1];
    assert_eq!(read(&text, "a.txt"), Err(UnreadableInput::TooLarge { limit: 2 << 20 }));
    let lines = "a\n".repeat(100_001);
    assert!(matches!(read(lines.as_bytes(), "a.txt"), Err(UnreadableInput::TooManyLines { .. })));
    let endless = ingest::each(std::io::BufReader::new(std::io::repeat(b'a')), &InputHint::default(), &mut |_| {});
    assert!(matches!(endless, Err(ingest::ReadFailure::Unreadable(UnreadableInput::TooLarge { .. }))));
}

#[test]
fn records_come_one_by_one_from_an_input_of_any_length() {
    let record = format!("{{\"text\":\"Ngày 3-4, đơn vị {}.\"}}\n", "diễn tập ".repeat(200));
    let bytes = record.repeat(ingest::MAX_DOCUMENT_BYTES / record.len() + 100);
    let mut count = 0;
    ingest::each(bytes.as_bytes(), &InputHint::default(), &mut |found| count += usize::from(found.is_ok())).unwrap();
    assert_eq!(count, bytes.len() / record.len());
}

#[test]
fn a_named_format_is_obeyed() {
    let text = "<p>Ngày 3-4, đơn vị diễn tập.</p>";
    let as_text =
        ingest::read(text.as_bytes(), &InputHint { format: InputFormat::Text, ..InputHint::default() }).unwrap();
    assert_eq!(as_text[0].text, text);
    let feed = ingest::read(text.as_bytes(), &InputHint { format: InputFormat::Feed, ..InputHint::default() });
    assert!(matches!(feed, Err(UnreadableInput::NotAFeed(_))), "{feed:?}");
}

/// Pages and feeds that break parsers. Each must be read or refused. Speed is measured by the benches, but a quadratic
/// parser would not finish these within any reasonable time either.
#[test]
fn hostile_markup_is_read_or_refused() {
    let attributes = (0..200_000).fold(String::new(), |all, n| all + " a" + &n.to_string());
    let entity = |n: i32| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10));
    let entities: String = (1..10).map(entity).collect::<Vec<_>>().concat();
    for page in [
        "<div>".repeat(100_000) + "Ngày 3-4, đơn vị diễn tập.",
        format!("<p{attributes}>Ngày 3-4, đơn vị diễn tập.</p>"),
        "<dl><dd>".repeat(20_000) + "Ngày 3-4, đơn vị diễn tập.",
        "<b>".repeat(100_000) + "Ngày 3-4, đơn vị diễn tập." + &"</i>".repeat(100_000),
        "<table><tr><td>".repeat(50_000) + "Ngày 3-4, đơn vị diễn tập.",
        "<p>Ngày 3-4, đơn vị diễn tập.".to_owned() + &"<".repeat(2_000_000),
        "<p>Ngày 3-4, đơn vị diễn tập.".to_owned() + &"&".repeat(2_000_000),
        "<p>Ngày 3-4, đơn vị diễn tập.".to_owned() + &"<!--".repeat(500_000),
        "<p>Ngày 3-4, đơn vị diễn tập.".to_owned() + &"<script>".repeat(200_000),
        "<p>Ngày 3-4, đơn vị diễn tập.".to_owned() + &"<h1 class=title>".repeat(100_000),
        "<nav>".to_owned() + "<p>Ngày 3-4, đơn vị diễn tập.",
    ] {
        let draft = read(page.as_bytes(), "a.html").unwrap().remove(0);
        assert!(draft.text.contains("đơn vị diễn tập"), "{page:.60}");
    }
    let bomb = format!(
        "<!DOCTYPE rss [<!ENTITY e0 \"x\">{entities}]><rss version=\"2.0\"><channel>\
         <item><title>&e9;</title><description>đơn vị &e9;</description></item></channel></rss>"
    );
    if let Ok(drafts) = read(bomb.as_bytes(), "a.xml") {
        assert!(drafts.iter().all(|draft| draft.text.len() < 1000));
    }
    let items = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", "<item/>".repeat(30_000));
    assert_eq!(read(items.as_bytes(), "a.xml"), Err(UnreadableInput::Empty));
    let rows = "<p>x".repeat(300_000);
    assert!(matches!(read(rows.as_bytes(), "a.html"), Err(UnreadableInput::TooManyLines { .. })));
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<item>".repeat(100_000));
    let _ = read(deep.as_bytes(), "a.xml");
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        oracles::ingest(&bytes);
        oracles::unpack(&bytes);
        oracles::decode(&bytes);
        oracles::words(&bytes);
        oracles::keys(&bytes);
        oracles::listing(&bytes);
        oracles::settings(&bytes);
        oracles::finder(&bytes);
    }

    #[test]
    fn any_damage_of_a_cache(at in any::<u16>(), bytes in proptest::collection::vec(any::<u8>(), 1..64)) {
        oracles::stored(&[&at.to_be_bytes()[..], &bytes].concat());
    }

    #[test]
    fn any_words(words in proptest::collection::vec(prop_oneof![
        Just("Thượng tá"), Just("Vi Văn Mẫu"), Just(", "), Just(" "), Just("\n"), Just("Chủ nhiệm"),
        Just("Cục Giả Tưởng"), Just("đồng chí"), Just("ngày 3-4"), Just("\""), Just("("), Just("unit:"),
        Just("-"), Just("OR"), Just("’"), Just("İ"), Just("Ị"), Just("o"), Just("n"), Just("8"), Just(".."),
        Just("\u{301}"), Just("\u{323}"), Just("🙂"), Just("rank:>="), Just("date:2024-1"), Just("*"),
    ], 0..40)) {
        let text = words.concat();
        oracles::extract(text.as_bytes());
        oracles::filter(text.as_bytes());
        oracles::words(text.as_bytes());
        oracles::finder(text.as_bytes());
    }

    #[test]
    fn any_markup(parts in proptest::collection::vec(
        prop_oneof![
            Just("<p>"), Just("</p>"), Just("<div class='post-content'>"), Just("</div>"), Just("<table>"),
            Just("<td>"), Just("<img>"), Just("<script>"), Just("</script>"), Just("<!--"), Just("-->"),
            Just("&#27;"), Just("&lt;"),
            Just("<a href='x'>"), Just("</a>"), Just("<h1>"), Just("</h1>"), Just("<br>"), Just("<li>"), Just("<nav>"),
            Just("Đại tá Lò Văn Thử phát biểu.\n"), Just(" \u{2028}\u{202e}"), Just("Ảnh: A"), Just("'"),
            Just("\""), Just("<pre>a\nb"),
        ], 0..60))
    {
        let page = "<html>".to_owned() + &parts.concat();
        oracles::ingest(page.as_bytes());
    }

    #[test]
    fn nothing_visible_of_a_plain_text_is_lost(text in "[a-zđàảãáạĐ .,:\\n“”0-9]{1,400}") {
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let hint = InputHint { format: InputFormat::Text, ..InputHint::default() };
        if let Ok(drafts) = ingest::read(text.as_bytes(), &hint) {
            prop_assert_eq!(visible(&drafts[0].text), visible(&text));
        }
    }
}
