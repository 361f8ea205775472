//! A citation as an entry of BibTeX. `urldate` and `date` are those of biblatex; old styles take `year` and `note`.

use super::{Citation, inner_quotes};

/// The entry, without a line end.
pub fn write(cited: &Citation) -> String {
    let mut fields: Vec<(&str, String)> = vec![("title", escaped(&cited.field_title()))];
    // Double braces: an organisation has no surname.
    fields.extend(cited.unit.as_ref().map(|unit| ("author", format!("{{{}}}", escaped(unit)))));
    fields.extend(cited.outlet.as_ref().map(|outlet| ("organization", escaped(outlet))));
    if let Some(when) = cited.when.filter(|when| !when.is_inferred()) {
        fields.push(("year", when.day.year().to_string()));
        fields.push(("date", when.iso()));
    }
    // An address is taken as it is there; what could end the field cannot be in one.
    fields.extend(cited.url.as_ref().map(|url| ("url", url.replace('{', "%7B").replace('}', "%7D"))));
    fields.extend(cited.accessed.map(|day| ("urldate", day.to_string())));
    let mut note = Vec::new();
    if let Some(passage) = &cited.passage {
        note.push(format!("“{}”", escaped(&inner_quotes(&passage.words))));
        note.push(format!("đoạn {}", passage.paragraph));
    }
    note.extend(cited.when.filter(|when| when.is_inferred()).map(|when| format!("ngày {}", when.vietnamese())));
    note.extend(cited.source_words());
    note.push(cited.key());
    fields.push(("note", note.join(", ")));
    fields.push(("langid", "vietnamese".to_owned()));
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@misc{{{},\n{}\n}}", cited.key().replace([':', '/'], "-"), lines.join(",\n"))
}

/// Text of a source in a field: the characters that mean something to TeX are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash "),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}
