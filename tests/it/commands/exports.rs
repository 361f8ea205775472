//! Exports for people and for other programs: pages of HTML, folders of Markdown, entities of FollowTheMoney.

use super::{HUE, HUNG, World};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const HOSTILE: &str = "Hội nghị <script>alert(1)</script> & \"quân\" chính\n\nNgày 5-3-2024, Đại tá Lã Mạnh Hùng, \
    Chính ủy Quân khu Thử nghiệm <img src=x onerror=alert(1)> chủ trì. ---\n";
const PAGE: &str = "<html><head><title>Bổ nhiệm</title><link rel=canonical href='https://bao.example.vn/a?x=1&y=2'>\
    <meta property='og:site_name' content='Báo Thử'><meta property='article:published_time' content='2025-01-06'>\
    </head><body><article><h1>Bổ nhiệm cán bộ</h1><p>Ngày 5-1-2025, Trung tướng Lã Mạnh Hùng được bổ nhiệm giữ chức \
    Phó Chủ nhiệm Tổng cục Thử nghiệm, trước đó là Chính ủy Quân khu Thử nghiệm.</p></article></body></html>";

fn world() -> World {
    let world = World::new(&[("a.txt", HUNG), ("b.txt", HUE), ("c.txt", HOSTILE), ("d.html", PAGE)]);
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    world
}

#[test]
fn lists_and_tables_have_the_day_of_publication_beside_that_of_the_event() {
    let world = world();
    let rows = world.run(&["list", "--json", "Bổ nhiệm"]).json();
    assert_eq!((rows[0]["date"].as_str(), rows[0]["published"].as_str()), (Some("2025-01-05"), Some("2025-01-06")));
    assert!(world.run(&["list", "--json", "Hội nghị"]).json()[0]["published"].is_null());
    let table = world.run(&["export", "--format", "csv", "Bổ nhiệm"]).out();
    assert!(table.trim_end().ends_with(",no,2025-01-06"), "{table}");
}

/// A page that is complete in itself, in which each number leads to a source.
#[track_caller]
fn is_sound(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"), "{page}");
    const TAGS: &str = " html head meta title style body article h1 h2 dl dt dd ol ul li p a sup q code table tr td \
        span ins del ";
    for tag in page.split('<').skip(2).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        assert!(TAGS.contains(&format!(" {name} ")) && !tag.contains(" src=") && !tag.contains(" on"), "{tag}");
    }
    assert!(!page.contains("@import") && !page.contains("url("), "{page}");
    for address in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let is_number =
            address.strip_prefix("#s").is_some_and(|number| page.contains(&format!("<li id=\"s{number}\"")));
        assert!(is_number || address.starts_with("https://bao.example.vn/"), "{address}");
    }
    for tag in
        ["h1", "h2", "p", "ul", "ol", "li", "table", "tr", "td", "article", "dl", "dd", "ins", "del", "span", "a"]
    {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}: {page}");
    }
    assert!(page.contains("prefers-color-scheme:dark") && page.contains("@media print"), "{page}");
}

#[test]
fn pages_are_complete_in_themselves_and_every_number_is_a_source() {
    let world = world();
    let all = world.run(&["export", "--format", "html"]).out();
    is_sound(&all);
    assert_eq!(all.matches("<article>").count(), 4);
    assert!(all.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quân&quot; chính"), "{all}");
    assert!(all.contains("<span class=\"name\">Lã Mạnh Hùng</span>"), "{all}");
    let list = world.run(&["list", "--json"]).json();
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    let one = world.run(&["show", "--html", ids[0]]).out();
    is_sound(&one);
    assert!(one.contains("<a href=\"https://bao.example.vn/a?x=1&amp;y=2\">"), "{one}");
    let compared = world.run(&["compare", "--html", ids[1], ids[3]]).out();
    is_sound(&compared);
    assert!(compared.contains("<ins>"), "{compared}");
    let official = world.run(&["official", "--html", "Lã", "Mạnh", "Hùng"]).out();
    is_sound(&official);
    assert!(official.contains("<q>Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì.</q>"), "{official}");
}

#[test]
fn a_folder_of_markdown_has_a_file_for_each_report_and_leaves_others_alone() {
    let world = world();
    fs::create_dir(world.path("notes")).unwrap();
    fs::write(world.path("notes/mine.md"), "mine").unwrap();
    assert_eq!(world.run(&["export", "--format", "markdown", "-o", "notes"]).code(), 0);
    assert_eq!(world.run(&["export", "--format", "markdown", "-o", "notes/", "2022"]).code(), 0, "again, in part");
    let mut names: Vec<String> =
        fs::read_dir(world.path("notes")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 6, "{names:?}");
    assert!(names[0].starts_with("2022-12-26-hoi-nghi-tong-ket-cong-tac-nam-2022-"), "{names:?}");
    assert_eq!(fs::read_to_string(world.path("notes/mine.md")).unwrap(), "mine");
    let first = fs::read_to_string(world.path("notes").join(&names[0])).unwrap();
    assert!(first.starts_with("---\nid: \"") && first.contains("\ndate: \"2022-12-26\"\n"), "{first}");
    assert!(first.contains("people: [\"Lã Mạnh Hùng\", \"Đàm Quốc Hưng\"]\ntags: []\n---\n\n# Hội nghị"), "{first}");
    let index = fs::read_to_string(world.path("notes/index.md")).unwrap();
    assert!(index.contains(&format!("]({})", names[0])), "{index}");
    world.run(&["export", "--format", "csv", "-o", "notes"]).fails(2, "it is a folder");
    // Nothing lands among the files of the cache.
    world.run(&["export", "--format", "markdown", "-o", "in/a.txt/"]).fails(2, "could not be made");
}

/// What a schema demands. The `followthemoney` package says the same; it is not asked here, because tests run without
/// it.
struct Schema {
    name: &'static str,
    required: &'static [&'static str],
    /// Properties that refer to an entity, with its schema.
    references: &'static [(&'static str, &'static str)],
    /// All properties that an entity may have.
    known: &'static [&'static str],
}

const SCHEMATA: &[Schema] = &[
    Schema {
        name: "Article",
        required: &["fileName", "title"],
        references: &[],
        known: &[
            "title",
            "fileName",
            "sourceUrl",
            "publisher",
            "publishedAt",
            "date",
            "author",
            "language",
            "bodyText",
        ],
    },
    Schema { name: "Person", required: &["name"], references: &[], known: &["name", "title", "position", "notes"] },
    Schema { name: "PublicBody", required: &["name"], references: &[], known: &["name"] },
    Schema {
        name: "Position",
        required: &["name"],
        references: &[("organization", "PublicBody")],
        known: &["name", "organization"],
    },
    Schema {
        name: "Occupancy",
        required: &["holder", "post", "proof"],
        references: &[("holder", "Person"), ("post", "Position"), ("proof", "Article")],
        known: &[
            "holder",
            "post",
            "status",
            "startDate",
            "endDate",
            "date",
            "summary",
            "sourceUrl",
            "recordId",
            "proof",
        ],
    },
    Schema {
        name: "Mention",
        required: &["document", "name"],
        references: &[("document", "Article"), ("resolved", "Person")],
        known: &["document", "name", "detectedSchema", "resolved"],
    },
];

#[test]
fn entities_are_whole_and_refer_to_each_other() {
    let world = world();
    let lines = world.run(&["export", "--format", "ftm"]).out();
    let entities: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let by_id: BTreeMap<&str, &Value> = entities.iter().map(|one| (one["id"].as_str().unwrap(), one)).collect();
    assert_eq!(by_id.len(), entities.len(), "each once");
    for entity in &entities {
        let schema = entity["schema"].as_str().unwrap();
        let Schema { required, references, known, .. } = SCHEMATA.iter().find(|row| row.name == schema).unwrap();
        let properties = entity["properties"].as_object().unwrap();
        for name in *required {
            assert!(properties.contains_key(*name), "{entity} has no {name}");
        }
        for (name, values) in properties {
            assert!(known.contains(&name.as_str()), "{schema}.{name}");
            assert!(values.as_array().unwrap().iter().all(|value| !value.as_str().unwrap().is_empty()), "{entity}");
        }
        for (name, range) in *references {
            for id in properties.get(*name).into_iter().flat_map(|values| values.as_array().unwrap()) {
                assert_eq!(by_id[id.as_str().unwrap()]["schema"], *range, "{entity}");
            }
        }
    }
    let count = |schema: &str| entities.iter().filter(|one| one["schema"] == schema).count();
    assert_eq!((count("Article"), count("Person")), (4, 2), "{lines}");
    assert!(count("Mention") >= 5 && count("Occupancy") >= 2 && count("PublicBody") >= 1, "{lines}");
    let appointed = entities.iter().find(|one| one["properties"]["startDate"][0] == "2025-01-05");
    assert!(appointed.is_some_and(|one| one["properties"]["status"][0] == "current"), "{lines}");
    let inferred = entities.iter().filter(|one| one["schema"] == "Occupancy");
    assert!(inferred.into_iter().any(|one| one["properties"].get("startDate").is_none()), "seen is not begun: {lines}");
}

#[test]
fn only_the_reports_of_a_list_of_ids_are_exported() {
    let world = World::filled();
    let all = world.run(&["list", "--json"]).json();
    let [first, second] = [0, 1].map(|n| all[n]["id"].as_str().unwrap().to_owned());
    let csv = |ids: &str, filter: &str| world.feed(&["export", "--format", "csv", "--ids", "-", "--", filter], ids);
    let one = csv(&format!("{}\n\n", &second[..9]), "");
    assert_eq!((one.code(), one.out().lines().count()), (0, 2));
    assert!(one.out().contains(&second) && !one.out().contains(&first), "{}", one.out());
    // Each form takes them, and a filter beside them.
    for format in ["jsonl", "markdown", "html", "ftm"] {
        let ran = world.feed(&["export", "--format", format, "--ids", "-"], &second);
        assert!(ran.code() == 0 && ran.out().contains(&second), "{format}: {}", ran.out());
        assert!(!ran.out().contains(&first), "{format}: {}", ran.out());
    }
    csv(&second, "year:2030").fails(1, "matches the filter");
    // What names no report is told; a file that holds something else is not told line by line.
    let some = csv(&format!("{first} x\nffffffffffff\n"), "");
    assert_eq!((some.code(), some.out().lines().count()), (1, 2));
    let ran = csv(&"\u{1}\u{2} binary\n".repeat(5000), "");
    assert_eq!((ran.code(), ran.stderr().lines().count()), (1, 4), "{}", ran.stderr());
    world.run(&["export", "--format", "csv", "--ids", "none.txt"]).fails(1, "could not be read");
}
