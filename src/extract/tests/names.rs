//! Whose name it is: sentences of our own by kind (`names.tsv`), with the people that are wanted. A row's `wanted` is
//! `-` for nobody, else names with `|` between them; behind a name `=` gives its posts (`; ` between them), `#` the
//! number of its mentions. What a row does not give is not compared.

use super::kind_table::{Row, check};
use super::read;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("behead", "a name behind a level word is whole"),
    ("place", "a place behind a level word is no part of the name"),
    ("org", "an organisation is no person"),
    ("guardorg", "a person whose surname is a word of organisations"),
    ("deputyhead", "a deputy is no surname"),
    ("foreignorg", "a foreigner behind organisation and country"),
    ("company", "a firm is not cut at a surname"),
    ("street", "a street a lake and an age are no person"),
    ("ship", "a ship is no admiral"),
    ("guardthing", "a word that ends like a thing hides nobody"),
    ("family", "the family of somebody named"),
    ("behind", "a person behind an organisation or an occupation"),
    ("leader", "a foreign leader whose name looks vietnamese"),
    ("guardleader", "a post of a country is no name"),
    ("firm", "a firm s name is no person"),
    ("given", "a given name that is a word counts behind the full name"),
    ("nga", "a given name that is a country s"),
    ("lone", "a given name alone is somebody behind an address"),
    ("bare", "a given name alone acts"),
    ("initials", "letters alone name nobody"),
    ("hyphen", "a hyphen with spaces goes on a name behind some words"),
    ("chinese", "chinese people are called by their surname"),
    ("capital", "a name in capitals first is shown as it is spelled later"),
    ("own", "a run behind an organisation is its own name"),
    ("guardown", "a holder behind such a head is found"),
    ("member", "a newspaper or a group behind an occupation is no person"),
    ("guardmember", "a person behind such an occupation is found"),
    ("office", "a given name that is a place behind a body of the state"),
    ("small", "a syllable in small letters may be part of a name"),
    ("body", "a body spoken of before is no part of a name"),
    ("honoured", "a form of address inside the name of a street is none"),
    ("whole", "a short name is of the one whole name that the text has"),
    ("begun", "a name without its last syllable is of the whole one or nobody s"),
    ("hidden", "a letter is nobody s name and a hidden given name may be"),
    ("level", "a place behind a short form or in a list of places is no person"),
    ("at", "whoever something takes place at is a place"),
    ("reef", "a reef or whoever is called after a place is no person"),
    ("group", "a group is no person"),
    ("work", "a work a contest and a firm are no people"),
    ("service", "the place of a service and a character are no person"),
    ("commune", "a commune of the text that bears a person's name is no holder of the post before it"),
    ("letter", "the first word of a sentence behind a letter for a person is no name"),
    ("market", "the place of traders that the text names is nobody"),
    ("county", "a county is no part of a name"),
];

/// What is wanted of one person.
#[derive(Default)]
struct Wanted {
    posts: Option<&'static str>,
    mentions: Option<usize>,
}

/// The people wanted by a cell of the table, by name.
fn wanted(cell: &'static str) -> BTreeMap<&'static str, Wanted> {
    let person = |person: &'static str| {
        let (person, posts) = person.split_once('=').map_or((person, None), |(name, posts)| (name, Some(posts)));
        let (name, count) = person.split_once('#').map_or((person, None), |(name, count)| (name, Some(count)));
        (name, Wanted { posts, mentions: count.map(|count| count.parse().unwrap()) })
    };
    cell.split('|').filter(|person| *person != "-").map(person).collect()
}

/// The people of a text that differ from those wanted, each in one line.
fn differences(row: &Row) -> Vec<String> {
    let wanted_people = wanted(row.wanted[0]);
    let people = read(&row.text).people;
    let names: BTreeSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let mut out = Vec::new();
    if !names.iter().eq(wanted_people.keys()) {
        out.push(format!("{}: found {names:?}", row.text));
    }
    for person in &people {
        let Some(wanted) = wanted_people.get(person.name.as_str()) else { continue };
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let posts = posts.join("; ");
        if wanted.posts.is_some_and(|wanted| wanted != posts) {
            out.push(format!("{}: {} is “{posts}”", row.text, person.name));
        }
        if wanted.mentions.is_some_and(|wanted| wanted != person.mentions.len()) {
            out.push(format!("{}: {} mentions of {}", row.text, person.mentions.len(), person.name));
        }
    }
    out
}

#[test]
fn sentences_have_the_names_wanted() {
    check(include_str!("names.tsv"), KINDS, differences);
}

#[test]
fn the_accused_are_those_whom_the_text_calls_so() {
    let accused = |text: &str| -> Vec<String> {
        read(text).people.into_iter().filter(|person| person.accused).map(|person| person.name).collect()
    };
    for (text, wanted) in [
        ("Bị cáo Tạ Văn Hoài (cựu Giám đốc Công ty Hải Âu) và Mạc Đình Thi (cựu cán bộ Bộ Công an) khai nhận.", 2),
        ("Hai bị can Tạ Văn Hoài, Mạc Đình Thi bỏ trốn.", 2),
        ("Tạ Văn Hoài (SN 1970, nguyên Giám đốc Công ty Hải Âu) bị truy tố.", 1),
        ("Ông Tạ Văn Hoài, nguyên Giám đốc Công ty Hải Âu, bị tuyên phạt 7 năm tù.", 1),
        ("Thẩm phán Tạ Văn Hoài hỏi bị cáo Mạc Đình Thi.", 1),
        ("Bị cáo nói. Ông Tạ Văn Hoài, Giám đốc Công ty Hải Âu, khởi tố vụ án.", 0),
        ("Luật sư của bị cáo, ông Tạ Văn Hoài, phát biểu.", 0),
    ] {
        assert_eq!(accused(text).len(), wanted, "{text}: {:?}", accused(text));
    }
    assert_eq!(accused("Thẩm phán Tạ Văn Hoài hỏi bị cáo Mạc Đình Thi."), ["Mạc Đình Thi"]);
}
