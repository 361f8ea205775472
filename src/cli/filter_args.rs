//! Carries the words of a filter through clap and the shell: `-word` would be read as options, and quotation marks are
//! gone. `for_clap` prepares the arguments, `as_typed` restores each word for the parser of filters.

use crate::search::fields::field;
use crate::search::filter;
use std::ffi::OsString;

/// Verbs whose positional words form a filter, in which `-word` excludes the reports that contain the word.
const FILTERED: [&str; 3] = ["list", "export", "watch"];

/// Replaces the `-` of such a word while clap runs (U+2212, the minus sign), because clap would read `-hung` as the
/// options `-h -u -n -g`. `as_typed` turns it back.
pub(super) const MINUS: char = '\u{2212}';

/// Prepares the arguments for clap: after a verb that takes a filter, the `-` of each `-word` is replaced by `MINUS`.
///
/// Left alone are `--long` options, single letters (`-h`), `-o` with a value attached (`-oFILE`), and everything after
/// `--`, which clap does not read as options anyway.
pub fn for_clap(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut in_filter = false;
    let mut all_words = false;
    let word = |arg: &OsString| {
        // One letter is an option (`-h`), one digit is a word (`-7`).
        let is_word = |word: &&str| word.chars().count() > 1 || word.starts_with(|c: char| c.is_ascii_digit());
        let word = arg.to_str()?.strip_prefix('-').filter(is_word)?;
        (!word.starts_with(['-', 'o'])).then(|| OsString::from(format!("{MINUS}{word}")))
    };
    args.enumerate()
        .map(|(n, arg)| {
            if n > 0 && !in_filter {
                in_filter = FILTERED.iter().any(|verb| arg == *verb);
                return arg;
            }
            all_words |= arg == "--";
            if in_filter && !all_words { word(&arg).unwrap_or(arg) } else { arg }
        })
        .collect()
}

/// Restores an argument that is no word of a filter, such as the name before it: undoes `MINUS`.
pub fn as_given(word: &str) -> String {
    word.strip_prefix(MINUS).map_or_else(|| word.to_owned(), |rest| format!("-{rest}"))
}

/// Restores a word of a filter as the user typed it: undoes `MINUS`, and puts quotation marks back.
///
/// A shell removes quotation marks and keeps the spaces between them, so `unit:"quân khu 7"` arrives as
/// `unit:quân khu 7`. A field value with spaces was therefore quoted, unless the whole argument was
/// (`"year:2018 hùng"`). To distinguish the two, each prefix of the value that ends at a space is tried: the longest
/// that the field understands is the value, and the rest are words of the filter. If the field understands none of
/// them, the whole value is quoted.
pub fn as_typed(word: &str) -> String {
    let word = as_given(word);
    let name_len = word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '!')).unwrap_or(word.len());
    let quoted = |(name, value): (&str, &str)| {
        let value = value.strip_prefix(':')?;
        let (sign, value) = value.split_at(value.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(value.len()));
        let parted = value.trim().contains(char::is_whitespace) && !value.contains(['"', '“', '”', '(', ':']);
        let known = field(name.trim_start_matches(['-', '!'])).is_some();
        let ends = value.match_indices(char::is_whitespace).map(|(at, _)| at).chain([value.len()]);
        let read = |end: usize| {
            let (head, rest) = value.split_at_checked(end)?;
            Some(format!("{name}:{sign}\"{head}\"{rest}")).filter(|_| !head.trim().is_empty())
        };
        let all: Vec<String> = ends.filter(|_| parted && known).filter_map(read).collect();
        let understood = all.iter().rev().find(|read| filter::parse(read).1.is_empty());
        understood.or(all.last()).cloned()
    };
    word.split_at_checked(name_len).and_then(quoted).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Verb};
    use clap::Parser as _;

    #[test]
    fn a_word_to_leave_out_is_no_heap_of_options() {
        let given = ["baocao", "list", "quan", "-hung", "--limit", "1", "-h", "-\"a b\""];
        let seen = for_clap(given.iter().map(OsString::from));
        let seen: Vec<String> = seen.iter().map(|arg| as_typed(arg.to_str().unwrap())).collect();
        assert_eq!(seen, given, "and back");
        for (given, typed) in [
            ("unit:quân khu 7", "unit:\"quân khu 7\""),
            ("-rank:>=trung tướng", "-rank:>=\"trung tướng\""),
            ("unit:qk7", "unit:qk7"),
            ("unit:\"quân khu 7\"", "unit:\"quân khu 7\""),
            ("unit:qk7 kind:thăm", "unit:qk7 kind:thăm"),
            ("hội nghị: quân khu", "hội nghị: quân khu"),
            ("year:2018 hùng", "year:\"2018\" hùng"),
            ("rank:>=trung tướng hải quân", "rank:>=\"trung tướng\" hải quân"),
            ("date:quý I năm 2018 hùng", "date:\"quý I năm 2018\" hùng"),
            ("year:hai nghìn", "year:\"hai nghìn\""),
        ] {
            assert_eq!(as_typed(given), typed);
        }
        let cli = Cli::try_parse_from(for_clap(["baocao", "list", "-hung", "x", "--json"].iter().map(OsString::from)));
        assert!(matches!(cli.unwrap().verb, Some(Verb::List(_))));
        let mistyped = for_clap(["baocao", "list", "--jsn"].iter().map(OsString::from));
        assert!(Cli::try_parse_from(mistyped).is_err());
    }
}
