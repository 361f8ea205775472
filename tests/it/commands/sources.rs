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
    assert!(again.code() == 0 && again.says().contains("1 as before"), "{}", again.says());
    assert!(again.says().contains("without a kept source: 0"), "{}", again.says());
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

#[cfg(unix)]
#[test]
fn a_pdf_is_kept_cited_and_read_again_by_the_program_for_it() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new(&[]);
    fs::create_dir(world.path("bin")).unwrap();
    let install = |script: &str| {
        fs::write(world.path("bin/pdftotext"), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(world.path("bin/pdftotext"), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let path = format!("{}:/usr/bin:/bin", world.path("bin").display());
    let run = |args: &[&str]| Ran(world.command(args).env("PATH", &path).output().unwrap());
    fs::write(world.path("in/a.pdf"), b"%PDF-1.7\nbytes that only the program understands\n").unwrap();
    let said = "Sáng 3-7-2024, Trung tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm phát biểu.";
    install(&format!("head -c 4 | grep -q '^%PDF' || exit 9; echo '{said}'"));
    assert_eq!(run(&["import", "--keep-source", "in"]).code(), 0);
    let id = run(&["list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(run(&["show", "--source", &id]).0.stdout, fs::read(world.path("in/a.pdf")).unwrap());
    let hash = run(&["show", "--json", &id]).json()["kept_source"].as_str().unwrap().to_owned();
    assert_eq!(hash, blake3::hash(&fs::read(world.path("in/a.pdf")).unwrap()).to_hex().as_str());
    fs::write(world.path("notes.md"), format!("“{said}” (“A”, baocao:{}/1)\n", &id[..16])).unwrap();
    assert_eq!(run(&["cite", "verify", "notes.md"]).code(), 0);
    let again = run(&["rebuild", "--from-source"]);
    assert!(again.code() == 0 && again.says().contains("1 as before"), "{}", again.says());
    // A newer program finds more in it.
    install(&format!("cat >/dev/null; echo '{said}'; echo; echo 'Đại tá Trần Văn Mẫu cùng dự.'"));
    assert_eq!(run(&["rebuild", "--from-source"]).code(), 0);
    assert_eq!(run(&["officials"]).out().matches("Trần Văn Mẫu").count(), 1);
    assert_eq!(run(&["cite", "verify", "notes.md"]).code(), 0, "the earlier version is there");
}
