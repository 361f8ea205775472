//! The verbs `notes` and `cite verify`.

use super::World;
use baocao::report::Span;
use baocao::store::{Note, NoteChange, NoteSubject};
use serde_json::Value;
use std::fs;

const CHAIRED: &str = "Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì.";

/// A world with a note on a sentence of the first report. Returns the id of that report, too.
fn noted() -> (World, String) {
    let world = World::filled();
    let store = baocao::store::Store::open(&world.path("cache")).unwrap();
    let id = world.run(&["list", "--json", "year:2022"]).json()[0]["id"].as_str().unwrap().to_owned();
    let report = store.cache().load(&id).unwrap().unwrap();
    let start = report.text.find(CHAIRED).unwrap();
    let span = Span::new(start, start + CHAIRED.len());
    let subject = NoteSubject::Passage { report: id.clone(), span, quote: CHAIRED.to_owned() };
    let note = Note { text: "đối chiếu\nvới kỳ trước".to_owned(), ..Note::new(subject) };
    store.notes().change(NoteChange::Put(note)).unwrap();
    (world, id)
}

#[test]
fn notes_are_printed_with_their_place_and_citation() {
    let (world, id) = noted();
    let printed = world.run(&["notes"]);
    assert!(printed.out().contains(CHAIRED) && printed.out().contains("  với kỳ trước"), "{}", printed.out());
    let json = world.run(&["notes", "doi", "chieu", "--json"]).json();
    let note = &json[0];
    assert_eq!(note["about"], "passage");
    assert_eq!(note["report"], id.as_str());
    assert_eq!(note["note"], "đối chiếu\nvới kỳ trước");
    assert_eq!(note["found"], true);
    let place: Vec<u64> = serde_json::from_value(note["place"].clone()).unwrap();
    assert_eq!((place[1] - place[0]) as usize, CHAIRED.chars().count());
    assert!(note["citation"].as_str().unwrap().contains(&format!("baocao:{}/2", &id[..16])));
    let none = world.run(&["notes", "không", "có"]);
    none.fails(1, "no note has these words");
    assert_eq!(world.run(&["notes", "không", "có", "--json"]).json(), Value::Array(Vec::new()));
    // What is printed as Markdown is found again.
    fs::write(world.path("notes.md"), world.run(&["notes", "--markdown"]).out()).unwrap();
    let verified = world.run(&["cite", "verify", "notes.md"]);
    assert_eq!(verified.code(), 0, "{}", verified.out());
    assert!(verified.out().starts_with("notes.md:3: stands in"), "{}", verified.out());
    // The report is removed: the note stays, and says so.
    assert_eq!(world.run(&["remove", &id]).code(), 0);
    let json = world.run(&["notes", "--json"]).json();
    assert_eq!((&json[0]["found"], &json[0]["quote"]), (&Value::Bool(false), &Value::String(CHAIRED.to_owned())));
}

#[test]
fn each_citation_is_found_again_or_what_changed_is_shown() {
    let (world, id) = noted();
    let key = format!("baocao:{}", &id[..16]);
    let verify = |text: &str| {
        fs::write(world.path("c.txt"), text).unwrap();
        let ran = world.run(&["cite", "verify", "c.txt", "--json"]);
        let json = ran.json();
        let one = json[0].clone();
        (ran.code(), one["verdict"].as_str().unwrap().to_owned(), one["change"].as_str().map(str::to_owned))
    };
    let verdict = |text: &str| {
        let (code, verdict, _) = verify(text);
        (code, verdict)
    };
    assert_eq!(verdict(&format!("“{CHAIRED}” (“A”, {key}/2)")), (0, "stands".to_owned()));
    assert_eq!(verdict(&format!("“{CHAIRED}” (“A”, {key}/1)")), (1, "moved".to_owned()));
    assert_eq!(verdict(&format!("“Hoàn toàn khác thế” (“A”, {key}/2)")), (1, "no_such_words".to_owned()));
    assert_eq!(verdict(&format!("“A”, {key}")), (0, "stands".to_owned()));
    assert_eq!(verdict("“Hoàn toàn khác thế” (“A”, baocao:0123456789abcdef/2)"), (1, "no_report".to_owned()));
    // Cited from a version of the text that is not in the cache.
    assert_eq!(verdict(&format!("“{CHAIRED}” (“A”, baocao:0123456789abcdef/2)")), (1, "other_report".to_owned()));
    let changed = CHAIRED.replace("Thiếu tướng", "Trung tướng");
    let (code, verdict, change) = verify(&format!("“{changed}” (“A”, {key}/2)"));
    assert_eq!((code, verdict.as_str()), (1, "changed"));
    assert!(change.as_deref().unwrap().contains("{+Thiếu+} [-Trung-] tướng"), "{change:?}");
    let none = world.run(&["cite", "verify", "in/a.txt"]);
    none.fails(1, "no citation was found");
}

#[test]
fn the_demo_needs_a_terminal_and_leaves_nothing_behind() {
    let world = World::new(&[]);
    world.run(&["demo"]).fails(2, "standard output is not a terminal");
    assert!(!world.path("home").exists() && !world.path("cache").exists());
}
