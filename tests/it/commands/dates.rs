//! The dates of reports on the command line: where they come from, and how they are given.

use super::World;
use serde_json::Value;
use std::fs;

fn write(world: &World, name: &str, text: &str) {
    fs::create_dir_all(world.path(name).parent().unwrap()).unwrap();
    fs::write(world.path(name), text).unwrap();
}

/// The date of the only report of a cache, and whether it is inferred, as `list --json` gives them.
fn listed_date(world: &World) -> (Value, Value) {
    let rows = world.run(&["list", "--json"]).json();
    (rows[0]["date"].clone(), rows[0]["date_inferred"].clone())
}

#[test]
fn an_import_dates_a_report_that_has_no_date_of_its_own() {
    let text = "Quân khu 10 gặp mặt đón xuân.\n\nĐại tá Lê Tá, Tư lệnh Quân khu 10 chủ trì.\n";
    for (file, date, wanted, inferred) in [
        ("a.txt", "12-6-2018", "2018-06-12", false),
        ("a.txt", "6-2018", "2018-06", true),
        ("2018/06/12/a.txt", "path", "2018-06-12", true),
        ("tin-12-6-2018.txt", "path", "2018-06-12", true),
    ] {
        let world = World::new(&[]);
        write(&world, file, text);
        assert_eq!(world.run(&["import", "--date", date, file]).code(), 0);
        assert_eq!(listed_date(&world), (wanted.into(), inferred.into()), "{date}");
        let rebuilt = world.run(&["rebuild"]);
        assert_eq!((rebuilt.code(), listed_date(&world)), (0, (wanted.into(), inferred.into())), "{date}, rebuilt");
    }
    let world = World::new(&[]);
    write(&world, "a.txt", text);
    assert_eq!(world.run(&["import", "--date", "mtime", "a.txt"]).code(), 0);
    assert_eq!(listed_date(&world).1, Value::from(true));
}

#[test]
fn a_date_that_nobody_can_read_imports_nothing() {
    let world = World::new(&[]);
    write(&world, "a.txt", "Quân khu 10 gặp mặt.\n");
    for date in ["soon", "31-2-2018", "13/2018", "", "1-2-3-4"] {
        world.run(&["import", "--date", date, "a.txt"]).fails(2, "12-6-2018");
    }
    assert_eq!(world.run(&["list", "--json"]).json(), Value::Array(Vec::new()));
}

#[test]
fn a_report_that_nothing_dates_has_no_date_and_stands_last() {
    let world = World::new(&[]);
    write(&world, "a.txt", "Quân khu 10 gặp mặt.\n\nThiếu tướng Lê Tá, Tư lệnh Quân khu 10 dự.\n");
    write(&world, "b.txt", "Quân khu 11 họp.\n\nSáng 12-6-2018, Đại tá Lê Tá, Chính ủy Quân khu 11 dự.\n");
    write(&world, "c.txt", "Sơ kết công tác 6 tháng đầu năm 2017\n\nQuân khu 12 họp.\n");
    assert_eq!(world.run(&["import", "a.txt", "b.txt", "c.txt"]).code(), 0);
    let rows = world.run(&["list", "--json"]).json();
    let dates: Vec<_> = rows.as_array().unwrap().iter().map(|row| (&row["date"], &row["date_inferred"])).collect();
    let (no, yes) = (Value::from(false), Value::from(true));
    let (stated, inferred) = (Value::from("2018-06-12"), Value::from("2017-06"));
    assert_eq!(dates, [(&stated, &no), (&inferred, &yes), (&Value::Null, &no)]);
}

#[test]
fn what_has_no_date_is_found_and_counted_where_days_are_asked_for() {
    let world = World::new(&[]);
    write(&world, "a.txt", "Quân khu 10 gặp mặt.\n\nThiếu tướng Lê Tá, Tư lệnh Quân khu 10 dự.\n");
    write(&world, "b.txt", "Quân khu 11 họp.\n\nSáng 12-6-2018, Đại tá Lê Tá, Chính ủy Quân khu 11 dự.\n");
    write(&world, "c.txt", "Quân khu 12 họp bàn.\n\nThiếu tướng Đỗ Khắc Nhân, Tư lệnh Quân khu 12 dự.\n");
    assert_eq!(world.run(&["import", "a.txt", "b.txt", "c.txt"]).code(), 0);
    let titles = |ran: &super::Ran| {
        let rows = ran.json();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["title"].as_str().unwrap().chars().take(11).collect::<String>())
            .collect::<Vec<_>>()
    };
    for filter in ["is:undated", "la:khongngay", "-from:1900"] {
        let undated = world.run(&["list", "--json", filter]);
        assert_eq!(titles(&undated), ["Quân khu 12", "Quân khu 10"], "{filter}");
        assert_eq!(undated.says(), "", "{filter} leaves nothing out");
    }
    for (filter, left_out) in [("from:2018", 2), ("year:2018", 2), ("date:6-2018", 2), ("to:2019 họp", 1)] {
        let dated = world.run(&["list", "--json", filter]);
        assert_eq!(titles(&dated), ["Quân khu 11"], "{filter}");
        // This is a phrase of the reader too, so it has no row among the messages.
        let told = dated.stderr();
        assert!(told.contains(&format!("{left_out} report")) && told.contains("is:undated"), "{filter}");
    }
    let csv = world.run(&["export", "--format", "csv", "from:2018"]);
    assert!(csv.stderr().contains("2 reports without a date"), "{}", csv.says());
    assert_eq!(world.run(&["list", "họp"]).stderr(), "");
}
