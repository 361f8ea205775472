//! Records as other programs write them, all invented: what is read, what is told, what is refused.

use super::*;
use crate::report::ParagraphKind;

fn all(text: &str) -> Vec<Result<Draft, String>> {
    let mut found = Vec::new();
    drafts(text.as_bytes(), &mut |one| found.push(one.map_err(|why| why.to_string())));
    found
}

fn read(text: &str) -> Result<Draft, String> {
    all(text).remove(0)
}

const BODY: &str = "Sáng 3-4, đơn vị sơ kết công tác hậu cần quý I tại hội trường lớn.";

#[test]
fn a_record_is_a_report() {
    let draft = read(
        r#"{"id":12,"title":"Sơ kết quý I","text":"Sơ kết quý I\n\nSáng 3-4, đơn vị sơ kết.",
            "url":"https://example.vn/a","date":"2026-04-03","more":{"deep":[1,[2]]}}"#,
    )
    .unwrap();
    assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
    assert_eq!(draft.published.unwrap().to_string(), "2026-04-03");
    assert_eq!(draft.url.as_deref(), Some("https://example.vn/a"));
    assert!(draft.text.starts_with("Sơ kết quý I\n"));
    assert_eq!(draft.notes, ["keys not used: more"]);
}

#[test]
fn every_name_in_use_is_known() {
    for key in [
        "body",
        "text",
        "content",
        "maintext",
        "fulltext",
        "full_text",
        "article_text",
        "articleBody",
        "content_text",
        "raw_text",
        "noi_dung",
        "Content",
        "content_html",
        "textContent",
    ] {
        for title in ["title", "name", "tieu_de", "Title", "headline"] {
            for (address, day) in [
                ("url", "datePublished"),
                ("URL", "publish_date"),
                ("href", "publishedAt"),
                ("canonical_url", "date_publish"),
                ("source_url", "timestamp"),
                ("permalink", "created_at"),
                ("link", "ngay_dang"),
            ] {
                let about = format!(r#""{title}":"Sơ kết","{address}":"https://example.vn/a""#);
                let record = format!(r#"{{{about},"{day}":"18 tháng 12, 2025","{key}":"{BODY}"}}"#);
                let draft = read(&record).unwrap();
                assert_eq!(draft.text, BODY, "{key}");
                assert_eq!(draft.title.map(|title| title.text).as_deref(), Some("Sơ kết"), "{title}");
                assert_eq!(draft.url.as_deref(), Some("https://example.vn/a"), "{address}");
                assert_eq!(draft.published.map(|day| day.to_string()).as_deref(), Some("2025-12-18"), "{day}");
            }
        }
    }
}

#[test]
fn the_longest_text_is_the_body_and_a_lead_comes_before_it() {
    let lead = "Ngày 3-4, tại Hà Giả, Đại tá Lò Văn Thử chủ trì.";
    let draft = read(&format!(r#"{{"content":"Tiếp…","article_text":"{BODY}","summary":"{lead}"}}"#)).unwrap();
    assert_eq!(draft.text, format!("Ngày 3-4, tại Hà Giả, Đại tá Lò Văn Thử chủ trì.\n\n{BODY}"));
    // A lead that programs cut from the beginning of the text is in it already.
    let cut = read(&format!(r#"{{"text":"{BODY}","description":"Sáng 3-4, đơn vị sơ kết công tác hậu…"}}"#)).unwrap();
    assert_eq!(cut.text, BODY);
    let page = read(&format!(r#"{{"content":"<p>{BODY}</p>","sapo":"Đơn vị đạt nhiều kết quả < năm trước."}}"#));
    assert_eq!(page.unwrap().text, format!("Đơn vị đạt nhiều kết quả < năm trước.\n\n{BODY}"));
    let only = read(r#"{"title":"Tin","summary":"Đơn vị sơ kết."}"#).unwrap();
    assert_eq!(only.text, "Đơn vị sơ kết.");
}

#[test]
fn of_several_leads_without_a_text_the_longest_is_the_body() {
    let short = "Đơn vị sơ kết quý I.";
    let longest = "Đơn vị sơ kết quý I, biểu dương ba tập thể.";
    let middle = "Đơn vị sơ kết quý I, có khách mời.";
    // Wherever it stands among them: the first or the last one is not taken for its place.
    for [summary, description, sapo] in [[longest, short, middle], [short, longest, middle], [middle, short, longest]] {
        let record =
            format!(r#"{{"title":"Tin","summary":"{summary}","description":"{description}","sapo":"{sapo}"}}"#);
        assert_eq!(read(&record).unwrap().text, longest, "{record}");
    }
}

#[test]
fn lists_and_objects_are_looked_into() {
    for record in [
        format!(r#"{{"paragraphs":["{BODY}","Hết."]}}"#),
        format!(r#"{{"content":[{{"type":"p","text":"{BODY}"}},{{"type":"p","text":"Hết."}}]}}"#),
        format!(r#"{{"_index":"tin","_source":{{"body":"{BODY}\n\nHết."}}}}"#),
        format!(r#"{{"title":{{"rendered":"A"}},"content":{{"rendered":"<p>{BODY}</p><p>Hết.</p>"}}}}"#),
        format!(r#"{{"hits":{{"total":1,"hits":[{{"_source":{{"body":"{BODY}\n\nHết."}}}}]}}}}"#),
        format!(r#"{{"status":"ok","articles":[{{"content":"{BODY}\n\nHết."}}]}}"#),
        format!(r#"{{"nothing_we_know":"{}"}}"#, [BODY; 6].join(" ")),
    ] {
        let draft = read(&record).unwrap();
        assert!(draft.text.starts_with(BODY), "{record}: {}", draft.text);
        assert!(record.contains("nothing_we_know") || draft.text.ends_with("\n\nHết."), "{record}: {}", draft.text);
    }
    let several = all(r#"{"articles":[{"text":"Tin thứ nhất."},{"title":"b"},{"text":"Tin thứ hai."}]}"#);
    assert_eq!(several.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn what_is_not_used_is_told() {
    let record = format!(
        r#"{{"text":"{BODY}","authors":["Hà Thử"],"publisher":{{"name":"Báo Thử"}},"keywords":["hậu cần"],
            "comments":[{{"text":"hay"}}],"empty":[],"id":"x","related":"Tin khác"}}"#
    );
    let draft = read(&record).unwrap();
    assert_eq!(draft.text, format!("{BODY}\n\nHà Thử"));
    assert_eq!(draft.paragraphs.last().unwrap().kind, ParagraphKind::Byline);
    assert_eq!(draft.outlet.as_deref(), Some("Báo Thử"));
    assert_eq!(draft.notes, ["tags: hậu cần", "keys not used: comments, related"]);
    let why = read(r#"{"title":"Tin","comments":"x"}"#).unwrap_err();
    assert!(why.contains("text, body") && why.ends_with("comments"), "{why}");
}

#[test]
fn a_bad_line_says_why() {
    assert!(read("{\"text\": 1").unwrap_err().contains("EOF"));
    assert!(read("[1]").is_err() && read("{\"text\":[]}").is_err() && all(" \r").is_empty());
    for record in ["{}", r#"{"id":7}"#, r#"{"text":""}"#] {
        assert_eq!(read(record).unwrap_err(), "there is no text in it", "{record}");
    }
    // Keys that are known are keys that it has.
    let why = read(r#"{"title":"Tin","date":"2026-04-03","mood":"vui"}"#).unwrap_err();
    assert!(why.ends_with("its keys are: title, date, mood"), "{why}");
    let entity = read(r#"{"title":"Chi&#7871;n s&#7921;","text":"Tin."}"#).unwrap();
    assert_eq!(entity.title.unwrap().text, "Chiến sự");
}

/// TCVN3, as a program without the font shows it.
const OLD_TITLE: &str = "Héi nghÞ s¬ kÕt";
const OLD_BODY: &str = "S¸ng 3-4, ®¬n vÞ s¬ kÕt c«ng t¸c hËu cÇn quý I t¹i héi tr\u{ad}êng lín.";

#[test]
fn letters_of_old_encodings_are_found_out_however_they_are_written() {
    let record =
        |title: &str, body: &str| format!(r#"{{"title":"{title}","url":"https://example.vn/a","text":"{body}"}}"#);
    let old = record(OLD_TITLE, OLD_BODY);
    let bytes: Vec<u8> = old.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let escaped = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect()
    };
    let twice: String = record("Hội nghị sơ kết", BODY).bytes().map(char::from).collect();
    let viqr = record(
        "Ho^.i nghi. so+ ke^'t",
        "Sa'ng 3-4, ddo+n vi. so+ ke^'t co^ng ta'c ha^.u ca^`n quy' I ta.i ho^.i tru+o+`ng lo+'n.",
    );
    let wanted = (Some("Hội nghị sơ kết".to_owned()), BODY.to_owned(), Some("https://example.vn/a".to_owned()));
    for record in [
        &bytes,
        old.as_bytes(),
        escaped(&old).as_bytes(),
        twice.as_bytes(),
        escaped(&twice).as_bytes(),
        viqr.as_bytes(),
    ] {
        let mut found = Vec::new();
        drafts(record, &mut |one| found.push(one.map_err(|why| why.to_string())));
        let draft = found.remove(0).unwrap();
        assert_eq!((draft.title.map(|title| title.text), draft.text, draft.url), wanted);
        assert_eq!(draft.notes.len(), 1, "{:?}", draft.notes);
    }
    // Those of other languages stay.
    let french =
        read(r#"{"title":"Le th\u00e9","text":"Voil\u00e0 le th\u00e9, et \u00e7a va d\u00e9j\u00e0 bien."}"#).unwrap();
    assert_eq!((french.text.as_str(), french.notes.len()), ("Voilà le thé, et ça va déjà bien.", 0));
}

#[test]
fn a_record_in_no_encoding_that_is_known_says_what_to_do() {
    let mut found = Vec::new();
    let unknown = b"{\"text\":\"\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x65\"}";
    drafts(unknown, &mut |one| found.push(one.map(|_| ()).map_err(|why| why.to_string())));
    assert!(found.len() == 1 && found[0].as_ref().is_err_and(|why| why.contains("--encoding")), "{found:?}");
    // Some damage costs only itself.
    found.clear();
    drafts(
        "{\"text\":\"Sáng 3-4, đơn vị\"}"
            .as_bytes()
            .split_last_chunk::<3>()
            .map(|(start, _)| [start, b"\xe1\"}"].concat())
            .unwrap()
            .as_slice(),
        &mut |one| {
            found
                .push(one.map(|draft| assert!(draft.text.starts_with("Sáng 3-4, đơn"))).map_err(|why| why.to_string()));
        },
    );
    assert_eq!(found, [Ok(())]);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{{\"a\":{}}}", "[".repeat(1_000_000));
    assert!(read(&deep).is_err());
    let nested = format!("{}\"a\":1{}", "{\"data\":".repeat(60) + "{", "}".repeat(61));
    assert!(read(&nested).is_err());
    let lists = format!("{{\"items\":{}{}}}", "[".repeat(100), "]".repeat(100));
    assert!(read(&lists).is_err());
}

#[test]
fn exports_of_other_programs_keep_author_outlet_and_address() {
    let wallabag = format!(
        r#"[{{"id":1,"title":"Sơ kết quý I","content":"<p>{BODY}</p>","url":"https://bao.example.vn/a",
            "published_by":["Cù Đức Trác"],"domain_name":"bao.example.vn","mimetype":"text/html"}}]"#
    );
    let inoreader = format!(
        r#"{{"items":[{{"title":"Sơ kết quý I","canonical":[{{"href":"https://bao.example.vn/a"}}],
            "author":"Cù Đức Trác","summary":{{"content":"<p>{BODY}</p>"}},
            "origin":{{"streamId":"feed/1","title":"Báo Thử"}}}}]}}"#
    );
    let schema = format!(
        r#"{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Sơ kết quý I","articleBody":"{BODY}",
            "author":{{"name":"Cù Đức Trác"}},"mainEntityOfPage":{{"@id":"https://bao.example.vn/a"}},
            "publisher":{{"name":"Báo Thử"}}}}"#
    );
    let list: Vec<serde_json::Value> = serde_json::from_str(&wallabag).unwrap();
    for (text, outlet) in [(list[0].to_string(), "bao.example.vn"), (inoreader, "Báo Thử"), (schema, "Báo Thử")] {
        let draft = read(&text).unwrap();
        assert_eq!(draft.url.as_deref(), Some("https://bao.example.vn/a"), "{text}");
        assert_eq!(draft.outlet.as_deref(), Some(outlet), "{text}");
        assert!(draft.text.ends_with("Cù Đức Trác") && draft.notes.is_empty(), "{:?}", draft.notes);
    }
}

#[test]
fn tags_of_programs_that_keep_pages_are_the_readers() {
    let records = [
        // wallabag's export, and its interface.
        format!(
            r#"{{"id":4,"title":"A","content":"<p>{BODY}</p>","is_archived":0,"is_starred":1,
                "tags":["hậu cần","cần xem"]}}"#
        ),
        format!(
            r#"{{"id":4,"content":"<p>{BODY}</p>","is_starred":1,
                "tags":[{{"id":9,"label":"hậu cần","slug":"hau-can"}},
                    {{"id":12,"label":"cần xem","slug":"can-xem"}}]}}"#
        ),
        // Readeck, Omnivore.
        format!(r#"{{"id":"Ab","title":"A","labels":["hậu cần","cần xem"],"is_marked":false,"text":"{BODY}"}}"#),
        format!(
            r#"{{"savedAt":"2026-04-03T00:00:00Z","labels":[{{"name":"hậu cần"}},{{"name":"cần xem"}}],
                "content":"{BODY}"}}"#
        ),
        // Pocket, whose tags are the keys of an object, or one text.
        format!(
            r#"{{"resolved_id":"1","excerpt":"{BODY}",
                "tags":{{"hậu cần":{{"item_id":"1","tag":"hậu cần"}},"cần xem":{{"item_id":"2"}}}}}}"#
        ),
        format!(r#"{{"time_added":"1775174400","text":"{BODY}","tags":"hậu cần|cần xem|hậu cần"}}"#),
        // linkding.
        format!(r#"{{"is_archived":false,"description":"{BODY}","tag_names":["hậu cần","cần xem"]}}"#),
    ];
    for record in records {
        let draft = read(&record).unwrap();
        let restored = draft.restored.expect(&record);
        assert_eq!(restored.tags, ["hậu cần", "cần xem"], "{record}");
        assert!(restored.import.is_none() && draft.notes.is_empty(), "{record}: {:?}", draft.notes);
    }
    let crawled = read(&format!(r#"{{"text":"{BODY}","tags":["hậu cần"]}}"#)).unwrap();
    assert!(crawled.restored.is_none() && crawled.notes == ["tags: hậu cần"], "a newspaper's own tags");
    let none = read(&format!(r#"{{"text":"{BODY}","is_starred":0,"tags":[]}}"#)).unwrap();
    assert!(none.restored.is_none() && none.notes.is_empty(), "{:?}", none.notes);
}
