//! The verb `pages`: the rules by which saved pages are read, checked on saved pages.

use super::World;
use serde_json::Value;
use std::fs;

/// A rule of the table for the article's text, and the address to test it by.
fn rule(world: &World) -> (String, String) {
    let rules = world.run(&["pages", "list", "--json"]).json();
    let is_tested = |rule: &&Value| rule["part"] == "body" && rule["test"].is_string();
    let rule = rules.as_array().unwrap().iter().find(is_tested).unwrap().clone();
    (rule["name"].as_str().unwrap().to_owned(), rule["test"].as_str().unwrap().to_owned())
}

#[test]
fn a_rule_that_finds_nothing_is_told_with_its_page() {
    let world = World::new(&[("a.txt", "Không phải trang web.")]);
    let (name, test) = rule(&world);
    let page = |class: &str| {
        format!("<html><link rel=canonical href='{test}'><div class='{class}'><p>Đơn vị họp.</p></div></html>")
    };
    fs::write(world.path("in/bao.html"), page(&name)).unwrap();
    let json = world.run(&["pages", "check", "in", "--json"]).json();
    let checked: Vec<&Value> = json.as_array().unwrap().iter().filter(|rule| rule["name"] == name.as_str()).collect();
    assert!(checked[0]["finds"] == true && checked[0]["page"] == "in/bao.html", "{checked:?}");
    // The site has another layout now.
    fs::write(world.path("in/bao.html"), page("moi-77")).unwrap();
    let ran = world.run(&["pages", "check", "in"]);
    assert_eq!(ran.code(), 1, "{}", ran.out());
    let out = ran.out();
    let line = out.lines().find(|line| line.contains(&name)).unwrap();
    assert!(line.contains(&test) && line.contains("in/bao.html"), "{line}");
}

#[test]
fn without_a_page_of_a_rule_nothing_is_checked() {
    let world = World::new(&[("a.txt", "Không phải trang web.")]);
    world.run(&["pages", "check", "in"]).fails(1, "no rule could be checked");
    let listed = world.run(&["pages", "list"]);
    assert_eq!(listed.code(), 0);
    assert!(listed.out().contains("entry-content"), "{}", listed.out());
}
