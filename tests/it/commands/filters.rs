//! What a filter with a fault does to a script: nothing is selected, and the fault is told under its place.

use super::World;

#[test]
fn a_faulty_filter_selects_nothing_and_ends_with_2() {
    let world = World::filled();
    let verbs: [&[&str]; 4] =
        [&["list"], &["list", "--json"], &["export", "--format", "csv"], &["export", "--format", "jsonl"]];
    for verb in verbs {
        for filter in
            ["rank:>=field-lieutenant", "from:13/2023", "hùng from:2099x", "unti:qk7", "rank:", "(hùng", "hùng OR"]
        {
            let args: Vec<&str> = verb.iter().copied().chain([filter]).collect();
            let ran = world.run(&args);
            ran.fails(2, "no report was selected");
            assert_eq!(ran.out(), "", "{args:?}");
        }
    }
    // Right filters still answer, with any word that only looks like a fault.
    for filter in ["hùng", "\"unti:qk7\" OR hùng", "-hưng OR hưng", "hội nghị: tổng kết"] {
        assert_eq!(world.run(&["list", filter]).code(), 0, "{filter}");
    }
}

#[test]
fn a_fault_is_told_under_its_place() {
    let world = World::filled();
    let said = world.run(&["list", "hùng", "from:13/2023", "rank:zz"]).says();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "baocao:   hùng from:13/2023 rank:zz");
    assert!(lines[1].starts_with("baocao:        ^^^^^^^^^^^^ from: "), "{said}");
    assert!(lines[2].starts_with("baocao:                     ^^^^^^^ rank: "), "{said}");
}

#[test]
fn a_fault_leaves_the_output_file_alone() {
    let world = World::filled();
    std::fs::write(world.path("kept.csv"), "kept").unwrap();
    world.run(&["export", "--format", "csv", "-o", "kept.csv", "from:2099x"]).fails(2, "no report was selected");
    assert_eq!(std::fs::read_to_string(world.path("kept.csv")).unwrap(), "kept");
}

#[test]
fn a_filter_of_100_000_characters_is_told_in_short_lines() {
    let world = World::filled();
    let ran = world.run(&["list", &"báo cáo ".repeat(12_500)]);
    ran.fails(2, "too long");
    assert!(ran.says().lines().all(|line| line.chars().count() < 200), "{}", ran.says());
}
