//! The text after the help of each verb, also part of its man page: examples, and the fields of a filter. A test parses
//! every example with the program's own definitions, so that none goes stale.

use crate::search::fields::FIELDS;
use crate::sync::timer::timer_files;
use std::fmt::Write as _;

/// Rows of verb, example, and what the example does. The verb is empty for a call without one.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("", "baocao ~/reports", "import a folder, then open the reader"),
    ("", "baocao --cache /tmp/trial sample-data", "the same in a cache of its own"),
    ("", "baocao --remote kho", "the archive on the machine kho, through ssh, with your own marks"),
    ("serve", "baocao serve --stdio", "what baocao --remote runs on the other machine"),
    ("import", "baocao import ~/reports page.html", "a folder and everything in it, and a saved page"),
    ("import", "baocao import --encoding tcvn3 old.txt", "a text in an old encoding"),
    ("import", "baocao import --dry-run ~/Documents", "what would come in, without writing anything"),
    (
        "import",
        "baocao import --report r.jsonl ~/mirror",
        "with what became of every file; --retry r.jsonl tries failures again",
    ),
    ("import", "baocao import https://bao.example.vn/bai-1.html", "a page by its address"),
    ("import", "baocao import --watch ~/Downloads/reports", "new files as they come, until Ctrl-C"),
    (
        "import",
        "baocao import --url https://bao.example.vn/bai-2.html --outlet \"Báo Thử\" bai-2.txt",
        "what the file does not say",
    ),
    ("import", "pdftotext report.pdf - | baocao import -", "from another program"),
    ("source", "baocao source add qdnd --only 'sơ kết' --only 'tổng kết'", "a known outlet, of it what matches"),
    ("source", "baocao source add https://bao.example.vn/", "a site: shows its feeds and sitemaps to choose from"),
    ("source", "baocao source check qdnd", "what would be fetched, and how the newest page is read"),
    ("source", "baocao source import-opml feeds.opml", "the feeds of another reader"),
    ("sync", "baocao sync", "everything that is due, for cron: quiet when nothing is new"),
    ("sync", "baocao sync --dry-run qdnd", "the list only"),
    ("sync", "baocao sync --since 2026-01-01 qdnd", "further back than by the settings"),
    ("sync", "baocao sync --print-timer", "what has it run every half hour"),
    ("list", "baocao list tong ket unit:qk7 year:2024", "year reviews of 2024 by Military Region 7"),
    ("list", "baocao list '\"đổi mới\"' -hưng", "a phrase; without a word typed with its tones"),
    ("list", "baocao list --json 'rank:>=trung-tuong' is:unread", "for another program"),
    ("list", "baocao list event:promoted 'rank:>=trung-tuong'", "who became a lieutenant general or higher"),
    ("show", "baocao show 3f2a", "the report whose id begins like this; `baocao list` prints the ids"),
    ("show", "baocao show --markdown 3f2a", "to paste elsewhere"),
    ("officials", "baocao officials hung chinh uy", "everyone with that name and post, in any word order"),
    ("officials", "baocao officials hưng", "typed with tones: only Hưng, never Hùng"),
    ("officials", "baocao officials --unsure", "whose identity is uncertain"),
    ("official", "baocao official Lê Văn Thử", "by name"),
    ("official", "baocao official --html Lê Văn Thử > thu.html", "to read, print or send; each fact has its source"),
    ("official", "baocao official --csv 943df3ce8e", "the career as a table, by the id that `officials` prints"),
    ("posts", "baocao posts chính ủy quân khu 7", "who held this post, one after the other"),
    ("posts", "baocao posts tu lenh qk7", "the same way without tones, and abbreviated"),
    ("unit", "baocao unit qk7", "abbreviated; names may also be typed without tones"),
    ("lineup", "baocao lineup 3f2a", "in press order, which is protocol order"),
    ("lineup", "baocao lineup 3f2a --previous", "who is new, gone, moved up or down since the year before"),
    ("compare", "baocao compare 3f2a", "with the same unit's previous report of the kind"),
    ("compare", "baocao compare 3f2a 77b0 --json", "two reports, for another program"),
    ("decisions", "baocao decisions list --limit 20", "what touches most reports, to review first"),
    ("decisions", "baocao decisions merge 351de63643-fcfe 351de63643-d5f8", "two ids that `officials` prints"),
    ("decisions", "baocao decisions export -o decisions.tsv", "to share, or to keep under version control"),
    ("demo", "baocao demo", "to look around; nothing of it is kept"),
    ("notes", "baocao notes đối chiếu", "those with these words, in the note or in what it is about"),
    ("notes", "baocao notes --markdown", "each below its quotation, with the citation"),
    ("pages", "baocao pages check ~/saved-pages", "rules that find nothing any more, because a site has changed"),
    ("pages", "baocao pages list", "which pages to save for it"),
    ("cite", "baocao cite verify chapter.md", "whether each cited passage still stands in its report"),
    ("extract", "baocao extract report.txt", "one JSON object per report"),
    ("export", "baocao export --format csv --bom -o reports.csv year:2024", "a table for a spreadsheet"),
    ("export", "baocao export --format markdown -o notes/", "a folder with a file per report, for note programs"),
    ("export", "baocao export --format ftm -o entities.jsonl", "for tools that read FollowTheMoney"),
    ("export", "baocao export --format jsonl unit:tcct", "everything that was found, one report per line"),
    ("backup", "baocao backup ~/reports.backup", "reports and marks in one file, also while the reader is open"),
    ("restore", "baocao restore ~/reports.backup", "what was there before is kept under another name"),
    ("remove", "baocao remove 3f2a 77b0", "two reports"),
    ("watch", "baocao watch add tuong event:promoted 'rank:>=trung-tuong'", "who becomes a lieutenant general"),
    ("watch", "baocao watch add qk7 unit:qk7", "everything by Military Region 7"),
    ("watch", "baocao watch remove qk7", "no longer"),
    ("digest", "baocao digest", "what came since the last digest"),
    ("digest", "baocao digest --since 2026-11 --watch tuong", "what came since a day and concerns a watch"),
    ("digest", "baocao digest --html -o news.html", "a page to send by mail; the code is 1 if nothing is new"),
    ("clean", "baocao clean --dry-run", "what would be removed"),
    ("config", "baocao config path", "where the settings are"),
    ("completions", "baocao completions bash > ~/.local/share/bash-completion/completions/baocao", "for bash"),
    ("completions", "baocao completions fish > ~/.config/fish/completions/baocao.fish", "for fish"),
    ("man", "baocao man | man -l -", "to read it"),
    ("man", "baocao man list", "the page of one verb"),
];

/// The examples of a verb. An empty `verb` means the program itself.
pub fn of(verb: &str) -> String {
    let mut out = "Examples:".to_owned();
    for (_, example, what) in EXAMPLES.iter().filter(|row| row.0 == verb) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {example}\n      {what}");
    }
    out
}

/// The examples of `sync`, followed by what has it run regularly.
pub fn with_timer() -> String {
    let mut out = of("sync");
    out.push_str("\n\nWhat `--print-timer` prints, for this program and your folders:\n");
    for line in timer_files("baocao", &["sync".to_owned()]).lines() {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {line}");
    }
    out
}

/// The fields of a filter, followed by the examples of a verb that takes a filter.
pub fn with_fields(verb: &str) -> String {
    let mut out = "Fields of a filter:".to_owned();
    for field in FIELDS {
        // On a line of its own what is too long for the screen keeps its indent.
        let _ = write!(out, "\n  {}\n      {}", field.example, field.help.en);
    }
    format!("{out}\n\n{}", of(verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use crate::cli::filter_args::for_clap;
    use clap::{CommandFactory, Parser};

    /// Splits a command line at spaces outside single quotes, as a shell does, up to the first redirection or pipe.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().unwrap().push(c),
            }
        }
        words.into_iter().take_while(|word| word != ">" && word != "|").collect()
    }

    #[test]
    fn every_example_is_understood() {
        for (verb, example, _) in EXAMPLES {
            let own = example
                .rsplit_once(" | ")
                .map_or(*example, |(before, after)| if after.starts_with("baocao") { after } else { before });
            let cli = Cli::try_parse_from(for_clap(words(own).into_iter().map(Into::into)));
            assert!(cli.is_ok(), "{example}: {}", cli.unwrap_err());
            assert!(verb.is_empty() || words(own).get(1).is_some_and(|word| word == verb), "{example}");
        }
    }

    #[test]
    fn every_verb_that_takes_arguments_has_an_example() {
        let mut cli = Cli::command();
        cli.build();
        for verb in cli.get_subcommands().filter(|verb| verb.get_positionals().next().is_some()) {
            let help = verb.clone().render_long_help().to_string();
            assert!(help.contains("Examples:\n"), "{}", verb.get_name());
        }
    }
}
