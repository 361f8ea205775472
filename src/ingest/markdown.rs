//! Markdown files (`.md`), as note-taking and read-later programs export them: the head between two lines `---` has the
//! fields of a record, what follows is its text. Both are read as any other record is, so that keys and markup mean the
//! same everywhere; only the form of the head is known here.

use super::record;
use super::{UnreadableInput, prefix};
use crate::report::Draft;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};
use serde_json::{Map, Value};

/// The line above and below the head.
const FENCE: &str = "---";
/// A longer head is text.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// The key under which the text goes into the record.
const TEXT_KEY: &str = "content_html";

/// A larger file is read as plain text. The parser keeps a record of each mark, which takes sixty times its bytes.
const MAX_BYTES: usize = 512 << 10;

/// Whether the name of a file says that it is Markdown.
pub(super) fn is_markdown(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    text.len() <= MAX_BYTES && ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Hands over the draft of a decoded file.
pub(super) fn draft(text: &str, notes: &[String], take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) {
    let (mut fields, body) = head(text).unwrap_or_else(|| (Map::new(), text));
    fields.insert(TEXT_KEY.to_owned(), markup(body).into());
    // Maps and strings always have a form in JSON.
    let bytes = serde_json::to_vec(&fields).unwrap_or_default();
    record::drafts(&bytes, &mut |found| {
        take(found.map(|mut draft| {
            draft.notes.splice(0..0, notes.iter().cloned());
            draft
        }));
    });
}

/// The fields of the head, and the text below it. `None` if the file begins with its text.
fn head(text: &str) -> Option<(Map<String, Value>, &str)> {
    let rest =
        text.trim_start_matches('\u{feff}').strip_prefix(FENCE)?.trim_start_matches([' ', '\r']).strip_prefix('\n')?;
    let mut at = 0;
    for line in prefix(rest, MAX_HEAD_BYTES).split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let (lines, body) = rest.split_at_checked(at)?;
            return Some((fields(lines)?, body.get(line.len()..)?));
        }
        at += line.len();
    }
    None
}

/// The fields of a head, in the part of YAML that programs write there: `key: value`, lists in brackets or with a line
/// for each item, and texts on indented lines. `None` if a line is nothing of that.
fn fields(lines: &str) -> Option<Map<String, Value>> {
    let mut fields = Map::new();
    let mut last: Option<&str> = None;
    for line in lines.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let is_inside = line.starts_with([' ', '\t', '-']);
        match (is_inside, last) {
            (true, Some(key)) => {
                let item = line.trim().strip_prefix('-').map_or(line, str::trim_start);
                let item = value(item.trim());
                match fields.get_mut(key) {
                    Some(Value::Array(items)) => items.push(item),
                    _ => drop(fields.insert(key.to_owned(), Value::Array(vec![item]))),
                }
            }
            (true, None) => return None,
            (false, _) => {
                let (key, given) = line.split_once(':')?;
                let given = given.trim();
                // `|` and `>` announce a text on the lines below.
                let is_below = matches!(given, "|" | "|-" | ">" | ">-");
                fields.insert(key.trim().to_owned(), if is_below { Value::Null } else { value(given) });
                last = Some(key.trim());
            }
        }
    }
    Some(fields)
}

fn value(given: &str) -> Value {
    match given.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(items) if !items.starts_with('[') => {
            Value::Array(items.split(',').map(|item| Value::from(plain(item.trim()))).collect())
        }
        _ => plain(given).into(),
    }
}

/// A value without its quotation marks, and without the brackets of a link to another note: `"[[Báo Thử]]"`.
fn plain(given: &str) -> String {
    let inner = match given.as_bytes() {
        [b'"', .., b'"'] | [b'\'', .., b'\''] => given.get(1..given.len() - 1).unwrap_or_default(),
        _ => given,
    };
    let text = if given.starts_with('\'') { inner.replace("''", "'") } else { inner.replace("\\\"", "\"") };
    text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).map_or(text.clone(), str::to_owned)
}

/// The text as markup of a page. A line stays a line, which Markdown would join to the one before, because many who
/// write a report down leave no blank lines; and the numbers of a list stay, which belong to the words of a report.
fn markup(body: &str) -> String {
    let mut lists: Vec<Option<u64>> = Vec::new();
    let numbered = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).flat_map(|event| {
        let mut number = None;
        let event = match event {
            Event::SoftBreak => Event::HardBreak,
            Event::Start(Tag::List(first)) => {
                lists.push(first);
                Event::Start(Tag::List(None))
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                Event::End(TagEnd::List(false))
            }
            Event::Start(Tag::Item) => {
                if let Some(Some(next)) = lists.last_mut() {
                    number = Some(Event::Text(format!("{next}. ").into()));
                    *next = next.saturating_add(1);
                }
                Event::Start(Tag::Item)
            }
            other => other,
        };
        [Some(event), number].into_iter().flatten()
    });
    let mut html = String::with_capacity(body.len() * 5 / 4);
    push_html(&mut html, numbered);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Draft {
        let mut drafts = Vec::new();
        draft(text, &[], &mut |found| drafts.push(found.unwrap()));
        assert_eq!(drafts.len(), 1);
        drafts.remove(0)
    }

    #[test]
    fn the_head_has_title_day_address_and_authors() {
        for (head, authors) in [
            ("authors: [\"Cù Đức Trác\", 'Lã Hùng']\nlabels: [quân]", "Cù Đức Trác, Lã Hùng"),
            ("author:\n  - \"[[Cù Đức Trác]]\"\ntags:\n- quân", "Cù Đức Trác"),
        ] {
            let text = format!(
                "---\ntitle: \"Đơn vị \\\"Thử\\\": sơ kết quý I\"\nsource: https://bao.example.vn/a\n\
                 published: 2026-04-02\nwebsite: Báo Thử\n{head}\n---\n\n# Đơn vị \"Thử\": sơ kết quý I\n\n\
                 Đại tá **Lã Hùng** chủ trì.\n"
            );
            let draft = read(&text);
            assert_eq!(draft.title.unwrap().text, "Đơn vị \"Thử\": sơ kết quý I");
            assert_eq!(draft.url.as_deref(), Some("https://bao.example.vn/a"));
            assert_eq!(draft.published.map(|day| day.to_string()).as_deref(), Some("2026-04-02"));
            assert_eq!(draft.outlet.as_deref(), Some("Báo Thử"));
            assert_eq!(draft.notes, ["tags: quân"]);
            let (words, byline) = draft.text.rsplit_once("\n\n").unwrap();
            assert!(words.ends_with("\n\nĐại tá Lã Hùng chủ trì."), "{}", draft.text);
            assert_eq!(byline, authors);
        }
    }

    #[test]
    fn the_text_has_no_marks_but_its_lines_and_numbers() {
        let draft = read(
            "# Sơ kết quý I\n\nSáng 3-4, *đơn vị* sơ kết.\nDự có [chỉ huy](https://bao.example.vn/b) đơn vị.\n\n\
             3. Một\n4. Hai\n\n| STT | Tên |\n|---|---|\n| 1 | Đại đội 1 |\n\n![ảnh](a.jpg)\n",
        );
        assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
        let lines: Vec<&str> = draft.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "Sơ kết quý I",
                "Sáng 3-4, đơn vị sơ kết.",
                "Dự có chỉ huy đơn vị.",
                "3. Một",
                "4. Hai",
                "STT Tên",
                "1 Đại đội 1"
            ]
        );
    }

    #[test]
    fn what_is_no_head_stays_text() {
        for text in ["---\nSáng nay: họp.\nĐơn vị sơ kết\n---\nHết.", "---\n\nĐơn vị sơ kết.", "---\na: b\nĐơn vị."]
        {
            assert!(read(text).text.contains("Đơn vị"), "{text}");
        }
        assert!(is_markdown("a/B.MD", "") && !is_markdown("a.md/b.txt", ""));
        assert!(!is_markdown("a.md", &"[*a_".repeat(200_000)), "a hostile one would take much memory");
    }
}
