//! Properties that must hold for any bytes, each a function of the bytes alone. Property tests and fuzz targets
//! (`fuzz/`) share them, so that an input found by fuzzing becomes a regression test just by adding its bytes.

use baocao::ingest::{self, InputFormat, InputHint, UnreadableInput};
use baocao::report::{Draft, ParagraphKind};
use baocao::text::canonical::canonical;

/// Reads the bytes as every format. Every draft must be sound, and `read` must agree with `each`.
pub fn ingest(bytes: &[u8]) {
    let named = [InputFormat::Text, InputFormat::Html, InputFormat::Feed, InputFormat::Jsonl, InputFormat::Json];
    for format in named.into_iter().chain([InputFormat::Auto]) {
        let found = ingest::read(bytes, &InputHint { format, encoding: None, name: "" });
        sound_all(&found);
        let mut streamed = 0;
        let _ = ingest::each(bytes, &InputHint { format, encoding: None, name: "" }, &mut |one| {
            streamed += usize::from(one.is_ok());
        });
        assert_eq!(streamed, found.map_or(0, |drafts| drafts.len()), "read and each agree");
    }
}

/// Opens the bytes as a container, whatever it is. What comes out of it must be bounded, and every message one line.
pub fn unpack(bytes: &[u8]) {
    for name in ["a", "a.csv", "a.jsonl.gz", "a.eml"] {
        let mut unpacked = 0;
        let read = ingest::each_part(ingest::ContainerInput::Stream(&mut &*bytes), name, &mut |found| {
            match found {
                ingest::Unpacked::Part(part) => unpacked += part.bytes.len(),
                ingest::Unpacked::Problem(why) => assert!(!why.contains(char::is_control), "{why:?}"),
                ingest::Unpacked::LeftOut(_) => {}
            }
            true
        });
        assert!(unpacked <= bytes.len() * 500 + (32 << 20), "{unpacked} bytes of {}", bytes.len());
        assert!(read.err().is_none_or(|why| !why.to_string().contains(char::is_control)));
    }
}

/// Reads the bytes in every encoding that a user can name, and in an unknown one.
pub fn decode(bytes: &[u8]) {
    for encoding in ingest::ENCODINGS.into_iter().chain(["no such"]) {
        let hint = InputHint { format: InputFormat::Text, encoding: Some(encoding), name: "" };
        sound_all(&ingest::read(bytes, &hint));
    }
}

/// Extracts people from a text. Every span must be within the text, on character boundaries, and not empty.
pub fn extract(bytes: &[u8]) {
    let hint = InputHint { format: InputFormat::Text, encoding: Some("utf-8"), name: "" };
    for draft in ingest::read(bytes, &hint).unwrap_or_default() {
        let found = baocao::extract::extract(&draft);
        let mentions = found.people.iter().flat_map(|person| person.mentions.iter().map(|mention| mention.span));
        for span in mentions.chain(found.marks.iter().map(|mark| mark.span)) {
            assert!(!span.of(&draft.text).is_empty(), "a place outside the text: {span:?}");
        }
    }
}

/// Parses a filter. The span of every problem must be within the filter, on character boundaries.
pub fn filter(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let (_, problems) = baocao::search::filter::parse(&typed);
    for problem in problems {
        assert!(typed.get(problem.span.start..problem.span.end).is_some(), "a problem outside the filter");
    }
}

fn sound_all(found: &Result<Vec<Draft>, UnreadableInput>) {
    match found {
        Ok(drafts) => {
            assert!(!drafts.is_empty(), "a file without reports is an error");
            drafts.iter().for_each(sound);
        }
        Err(why) => assert!(!why.to_string().contains(char::is_control), "a message holds a control: {why:?}"),
    }
}

fn sound(draft: &Draft) {
    let text = &draft.text;
    let again = canonical(text);
    assert_eq!((&again.text, again.controls, again.invisible), (text, 0, 0), "the text is canonical");
    let mut at = 0;
    for paragraph in &draft.paragraphs {
        let words = text.get(paragraph.span.start..paragraph.span.end).expect("a paragraph stands between characters");
        assert!(paragraph.span.start >= at && !words.trim().is_empty() && words.trim() == words, "{words:?}");
        assert!(!words.contains('\n'), "a paragraph is one line: {words:?}");
        at = paragraph.span.end;
    }
    let inside: usize = draft.paragraphs.iter().map(|p| p.span.len()).sum();
    let blanks: usize = text.chars().filter(|c| c.is_whitespace()).map(char::len_utf8).sum();
    assert!(inside + blanks >= text.len(), "no word stands outside the paragraphs");
    let headlines = draft.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Headline).count();
    assert!(headlines <= 1, "{headlines} headlines");
    let lines = draft.title.iter().map(|title| &title.text).chain(&draft.url).chain(&draft.notes);
    for line in lines {
        assert!(!line.contains(char::is_control) && !line.trim().is_empty(), "{line:?}");
    }
    assert!(draft.url.iter().all(|url| url.starts_with("http://") || url.starts_with("https://")));
}
