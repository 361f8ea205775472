//! Reports as a folder of Markdown files, for note programs and site generators: a file for each report with its facts
//! in front matter (YAML), and `index.md`, which lists them by year. Exporting into the same folder again replaces the
//! files of the same reports and leaves all others alone.

use super::chosen_reports::ChosenReports;
use super::markdown;
use crate::cli::atomic_file::OutputFile;
use crate::cli::exit_status::Failure;
use crate::lang::{Lang, phrases};
use crate::report::{Dated, Report};
use crate::store::{Sort, Store};
use crate::text::markdown::escaped;
use crate::text::safe::{self, Safe};
use crate::text::words::folded_words;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The words of a title in the name of its file end here, in bytes of ASCII.
const MAX_SLUG_BYTES: usize = 60;

/// Writes the reports that match. Returns their number.
pub fn write(store: &Store, chosen: &ChosenReports, folder: &Path, cache: &Path, lang: Lang) -> Result<usize, Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::usage(format!("the folder {folder:?} could not be made: {error}")))?;
    let ids = chosen.ids(store, Sort::Date)?;
    let mut index = format!("# {}\n", phrases::REPORTS.say(lang));
    let mut year = None;
    for id in &ids {
        let Some(report) = store.cache().load(id)? else { continue };
        let name = file_name(&report);
        let chapter = [front_matter(&report, &store.marks().tags_of(id)?), markdown::chapter(&report, lang)].concat();
        write_file(&folder.join(&name), cache, &chapter)?;
        let day = report.extraction.facts.day;
        let of = day.map(|day| day.day.to_string().chars().take(4).collect::<String>());
        // Writing to a string cannot fail.
        if year.as_ref() != Some(&of) {
            let _ = writeln!(index, "\n## {}\n", of.as_deref().unwrap_or(phrases::UNDATED_TITLE.say(lang)));
            year = Some(of);
        }
        let day = day.map(|day| format!("{day} ")).unwrap_or_default();
        let _ = writeln!(index, "- {}[{}]({name})", escaped(&day), escaped(&report.title.text));
    }
    if !ids.is_empty() {
        write_file(&folder.join("index.md"), cache, &index)?;
    }
    Ok(ids.len())
}

/// Writes one file, whole or not at all.
fn write_file(place: &Path, cache: &Path, content: &str) -> Result<(), Failure> {
    let target = OutputFile::new(place, cache)?;
    let mut out = target.out()?;
    out.write(&[Safe::text(content).as_str()])?;
    out.flush()?;
    drop(out);
    target.keep()
}

/// Day, title without tones, and the beginning of the id: sorted by day, told apart, and a name on every system.
fn file_name(report: &Report) -> String {
    let day = report.extraction.facts.day.map_or_else(|| "undated".to_owned(), Dated::iso);
    let mut slug = String::new();
    for word in folded_words(&report.title.text).split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if slug.len() + word.len() > MAX_SLUG_BYTES {
            break;
        }
        if !word.is_empty() {
            slug.extend(["-", &word]);
        }
    }
    format!("{day}{slug}-{}.md", report.id.get(..8).unwrap_or_default())
}

/// The facts as YAML. Each value is a JSON string, which YAML reads as the same string.
fn front_matter(report: &Report, tags: &[String]) -> String {
    let facts = &report.extraction.facts;
    let quoted = |value: &str| safe::json(&serde_json::Value::from(value).to_string()).into_owned();
    let mut out = format!("---\nid: {}\ntitle: {}\n", quoted(&report.id), quoted(&report.title.text));
    let optional = [
        ("date", facts.day.map(Dated::iso)),
        ("kind", Some(facts.kind.name().to_owned())),
        ("unit", facts.unit.clone()),
        ("outlet", report.outlet.clone()),
        ("published", report.published.map(|day| day.to_string())),
        ("source", Some(report.url.clone().unwrap_or_else(|| report.file.clone()))),
    ];
    for (key, value) in optional.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        out.extend([key, ": ", &quoted(&value), "\n"]);
    }
    if facts.day.is_some_and(Dated::is_inferred) {
        out.push_str("date_inferred: true\n");
    }
    let list = |values: &mut dyn Iterator<Item = &str>| values.map(quoted).collect::<Vec<_>>().join(", ");
    let people = list(&mut report.extraction.people.iter().map(|person| person.name.as_str()));
    let tags = list(&mut tags.iter().map(String::as_str));
    out.extend(["people: [", &people, "]\ntags: [", &tags, "]\n---\n\n"]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::report::{Draft, Title, TitleOrigin};

    #[test]
    fn the_name_of_a_file_says_no_more_of_the_day_than_is_known() {
        let draft = Draft { text: "Đơn vị đã hoàn thành nhiệm vụ.".to_owned(), ..Draft::default() };
        let mut found = extract(&draft);
        found.facts.day = "~2023-06".parse().ok();
        let title = Title { text: "Sơ kết công tác".to_owned(), origin: TitleOrigin::Text };
        let report = Report::new("0123456789".to_owned(), "a.txt".to_owned(), title, draft, found);
        assert!(file_name(&report).starts_with("2023-06-so-ket-"), "{}", file_name(&report));
    }
}
