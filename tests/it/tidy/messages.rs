//! Checks that every message has a row in `src/lang/messages.tsv`: the literals of the modules that tell users
//! something are compared with its rows.

use super::source::{none, sources};
use baocao::lang::messages;
use std::collections::HashSet;

/// The modules whose literals are messages.
const TELLING: [&str; 13] = [
    "cli",
    "config",
    "import",
    "ingest",
    "keymap/own_keys",
    "officials/decision_file",
    "store",
    "sync",
    "system",
    "theme",
    "tui/effect_executor",
    "tui/terminal",
    "tui/worker",
];

/// Those below them whose literals are something else: help, which has a table of its own, markup, lists of words.
const NOT_TELLING: [&str; 11] = [
    "cli/args",
    "cli/digest/html",
    "cli/examples",
    "cli/html_page",
    "cli/official/html",
    "ingest/author_names",
    "ingest/html/meta",
    "ingest/paragraph_kinds",
    "ingest/phrase_table",
    "ingest/publication_day",
    "sync/timer",
];

/// Words of SQL, by which a literal is a statement or a part of one.
const SQL: [&str; 21] = [
    "ALTER",
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "DROP",
    "PRAGMA",
    "FROM",
    "JOIN",
    "VALUES",
    "WHERE",
    "COMMIT",
    "ATTACH",
    "DETACH",
    "RELEASE",
    "SAVEPOINT",
    "ORDER",
    "INTO",
    "AND",
    "IN",
];

/// Literals with blanks that are no messages: parts of files, of SQL and of protocols, what is compared with, and what
/// only a programmer sees.
const OTHERS: &[&str] = &[
    "---\nid: {}\ntitle: {}\n",
    "date_inferred: true\n",
    "people: [",
    "]\ntags: [",
    "baocao: {}",
    "baocao: {}{}",
    "`baocao --help`",
    "`baocao {verb} --help`",
    "error: ",
    "[sources.{}]\naddress = {}\n",
    "allow_private = true\n",
    "; and ",
    " more",
    "[desktop entry]",
    "ty  - ",
    "saved from url",
    "saved with SingleFile",
    " at line ",
    "From ",
    " same, ",
    " apart\n",
    "id, text, paragraphs, notes, title, origin, file, url, published, days, added, outlet",
    "no such table",
    "invalid fts5 file format",
    "no such column",
    "has no column named",
    "unrecognized option",
    "unrecognized token",
    "vtable constructor failed",
    "no such module",
    "no such tokenizer",
    "error in ",
    "added >= {second}",
    "r.period = ?",
    "r.row < ?",
    "NOT coalesce({text}, 0)",
    "(added > {} OR body > {})",
    "no, about, report, official, start, finish, quote, text, made, changed",
    "' ' || folded LIKE '% ' || ? || '%'",
    "id, name, rank, posts, former, reports, first, last, doubts, doubt_reports, doubt_among, doubt_confidence, \
     country, has_sign",
    "{PROGRAM} (terminal reader; one request at a time{reach})",
    "sitemap index",
    "it is required",
    "ssh messages",
    "archive in",
    "archive out",
    "no DESC LIMIT 1",
    "the text of a message",
    "an export of Telegram",
    "a list of chats or messages",
    "control character",
    "invisible or direction character",
    "shown as �",
    "{count} {what}{plural} {done}",
    "{TEST_PANIC}=draw was set: u{1b}]52;c;AAAAu{7} must not get through",
];

/// The string literals of code, as they are at run time; the lines of a literal that goes on are one.
fn literals(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'', '/', 'r']) {
        let (before, from) = rest.split_at(at);
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let hashes = from[1..].chars().take_while(|c| *c == '#').count();
        if from.starts_with("//") {
            rest = from.split_once('\n').map_or("", |(_, behind)| behind);
        } else if from.starts_with('r') && !is_word && from[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            rest = from[2 + hashes..].split_once(&end).map_or("", |(_, behind)| behind);
        } else if let Some(from) = from.strip_prefix('"') {
            let (literal, behind) = literal(from);
            out.push(literal);
            rest = behind;
        } else if from.starts_with("'\\") {
            rest = from[3..].split_once('\'').map_or("", |(_, behind)| behind);
        } else if from.starts_with('\'') && from.chars().nth(2) == Some('\'') {
            rest = from.splitn(3, '\'').nth(2).unwrap_or_default();
        } else {
            rest = &from[1..];
        }
    }
    out
}

/// The literal that begins here, behind its quotation mark, and the code behind it.
fn literal(code: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = code.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, &code[at + 1..]),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('0') => out.push('\0'),
                Some('\n') => {
                    while chars.clone().next().is_some_and(|(_, c)| c.is_whitespace()) {
                        chars.next();
                    }
                }
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    (out, "")
}

/// Whether a literal reads as words for users: English words beside blanks, and neither markup, SQL nor Vietnamese.
fn is_told(literal: &str) -> bool {
    let bare: String = literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, words)| words)).collect();
    let is_sql = bare.split(|c: char| !c.is_alphabetic()).any(|word| SQL.contains(&word));
    let is_word = |word: &str| word.chars().filter(char::is_ascii_lowercase).count() >= 2;
    let has_words = bare.contains(' ') && bare.split(' ').any(is_word);
    let is_vietnamese = bare.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    has_words
        && !is_sql
        && !is_vietnamese
        && !bare.trim_start().starts_with(['<', '%'])
        && !bare.contains(":{")
        && !bare.contains('\0')
}

#[test]
fn literals_of_several_lines_are_read_whole() {
    let code = "say(\"a \\\n      b\\n{c:?}\"); // \"no\"\nlet q = ('\"', '\\'', 'x'); f::<'a>(r#\"raw\"#, \"é\\\"\")";
    assert_eq!(literals(code), ["a b\n{c:?}", "é\""]);
    let told = ["{a:?} could not be read", "it is empty", "; and more", "{n} reports"];
    let untold = ["read", "SELECT a FROM b", "<p class=\"x\">", "không rõ ngày", "{a} {b}"];
    assert!(told.iter().all(|words| is_told(words)));
    assert!(!untold.iter().any(|words| is_told(words)));
}

#[test]
fn every_message_has_a_row_and_every_row_a_message() {
    let rows: HashSet<&str> = messages::rows().filter(|row| row.is_literal).map(|row| row.en).collect();
    let mut all = HashSet::new();
    let mut problems = Vec::new();
    for source in sources() {
        let code: String = source.shipped().flat_map(|(_, line)| [line, "\n"]).collect();
        // The reasons of lints are for programmers.
        let code = code.replace("reason = \"", "reason = r\"");
        let is_telling = source.path == "tui.rs" || TELLING.iter().any(|module| source.is_in(module));
        let is_telling = is_telling && !NOT_TELLING.iter().any(|module| source.is_in(module));
        for literal in literals(&code) {
            let is_help = baocao::lang::help::vietnamese(&literal).is_some();
            let is_known = is_help || rows.contains(literal.as_str()) || OTHERS.contains(&literal.as_str());
            if is_telling && is_told(&literal) && !is_known {
                problems.push(format!("src/{}: “{literal}” has no row in messages.tsv", source.path));
            }
            all.insert(literal);
        }
    }
    let unused = rows.iter().filter(|row| !all.contains(**row));
    problems.extend(unused.map(|row| format!("src/lang/messages.tsv: “{row}” is no literal of the source")));
    problems.sort();
    none(&problems);
}
