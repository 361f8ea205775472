//! Kept bytes on the command line: kept, shown, cited, read again, backed up, and read from an archive.

use super::*;

const PAGE: &str = "<html><head><title>Hội nghị sơ kết quý I</title></head><body><article><h1>Hội nghị sơ kết quý \
    I</h1><p>Sáng 2-4-2026, Quân khu Thử nghiệm tổ chức hội nghị sơ kết công tác quý I tại hội trường.</p><p>Thiếu \
    tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm, chủ trì hội nghị.</p></article></body></html>";

#[test]
fn kept_bytes_are_shown_read_again_and_go_with_a_backup() {
    let world = World::new(&[("a.html", PAGE)]);
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    let id = world.run(&["list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    world.run(&["show", "--source", &id]).fails(1, "--keep-source");
    assert_eq!(world.run(&["import", "--keep-source", "in"]).code(), 0);
    assert_eq!(world.run(&["show", "--source", &id]).out(), PAGE);
    let shown = world.run(&["show", "--json", &id]).json();
    let hash = shown["kept_source"].as_str().unwrap().to_owned();
    assert_eq!(hash.len(), 64);
    assert!(world.run(&["show", &id]).out().contains(&hash));
    let again = world.run(&["rebuild", "--from-source"]);
    assert!(again.code() == 0 && again.says().contains("1 reports as before"), "{}", again.says());
    assert!(again.says().contains("; 0 reports have no kept source"), "{}", again.says());
    assert!(world.run(&["doctor"]).out().contains("1 kept"));
    assert_eq!(world.run(&["backup", "copy"]).code(), 0);
    assert_eq!(world.run(&["--cache", "other", "restore", "copy"]).code(), 0);
    assert_eq!(world.run(&["--cache", "other", "show", "--source", &id]).out(), PAGE);
    let archive = world.run(&["--archive", "other", "--cache", "own", "show", "--source", &id]);
    assert_eq!(archive.out(), PAGE);
}

#[test]
fn the_settings_keep_what_is_imported_up_to_their_limit() {
    // Letters in no order, which cannot be packed.
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'A' + (state >> 27) as u8)
    };
    let large: String = (0..3_000_000).map(|_| letter()).collect();
    let page = format!("<html><body><!-- {large} --><p>Đoàn Thử nghiệm kiểm tra công tác hậu cần.</p></body></html>");
    let world = World::new(&[("a.html", PAGE), ("b.html", &page)]);
    fs::write(world.path("settings.toml"), "keep_source = true\nkeep_source_mb = 1\n").unwrap();
    let ran = world.run(&["--config", "settings.toml", "import", "in"]);
    assert!(ran.code() == 0 && ran.says().contains("1 of the reports are not kept"), "{}", ran.says());
}
