//! An archive on the command line: what is read, what is refused, and readers who may not write there.

use super::*;
#[cfg(target_os = "linux")]
use crate::pty::Start;
#[cfg(target_os = "linux")]
use baocao::{
    extract::people_and_facts,
    ingest::{self, InputHint},
};

/// The arguments with which `archive` is read, and `own` has the reader's marks.
const READER: [&str; 4] = ["--archive", "archive", "--cache", "own"];

impl World {
    /// A world in which others have filled `archive` with the two reports.
    fn with_archive() -> Self {
        let world = Self::new(&[("a.txt", HUNG), ("b.txt", HUE)]);
        assert_eq!(world.run(&["--cache", "archive", "import", "in"]).code(), 0);
        world
    }

    fn read(&self, args: &[&str]) -> Ran {
        self.run(&[&READER, args].concat())
    }
}

#[test]
fn an_archive_is_read_like_a_cache_of_ones_own() {
    let world = World::with_archive();
    for verb in [&["list", "--json"][..], &["officials", "hung"], &["official", "Lã Mạnh Hùng"], &["unit", "quân khu"]]
    {
        let there = world.run(&[&["--cache", "archive"], verb].concat());
        let here = world.read(verb);
        assert_eq!((here.code(), here.out()), (there.code(), there.out()), "{verb:?}");
        assert_eq!(here.code(), 0, "{verb:?}: {}", here.says());
    }
    assert!(!world.path("own/cache.db").exists(), "the reader needs no cache");
    // By the environment and by the settings too; an empty folder is none.
    fs::write(world.path("settings.toml"), "archive = \"archive\"\n").unwrap();
    let by_settings = ["--config", "settings.toml", "--cache", "own", "list"];
    assert_eq!(world.run(&by_settings).out().lines().count(), 2);
    assert_eq!(world.run(&[&by_settings[..4], &["--archive", "", "list"]].concat()).out(), "");
    let mut by_environment = world.command(&["--cache", "own", "list"]);
    assert_eq!(Ran(by_environment.env("BAOCAO_ARCHIVE", "archive").output().unwrap()).out().lines().count(), 2);
}

#[test]
fn what_would_change_an_archive_is_refused_with_the_way_out() {
    let world = World::with_archive();
    let id = world.read(&["list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    for verb in [&["import", "in"][..], &["remove", &id], &["rebuild"]] {
        world.read(verb).fails(3, "is an archive, which others fill");
    }
    assert_eq!(world.read(&["list"]).out().lines().count(), 2);
    let missing = world.run(&["--archive", "nowhere", "--cache", "own", "list"]);
    assert_eq!(missing.code(), 3);
    assert!(missing.says().contains("an archive is a folder with a `cache.db`"), "{}", missing.says());
}

#[test]
fn a_damaged_archive_is_told_and_never_mended_from_here() {
    let world = World::with_archive();
    let path = world.path("archive/cache.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[200..].fill(7);
    fs::write(&path, bytes).unwrap();
    let told = world.read(&["list"]);
    assert_eq!(told.code(), 3);
    assert!(told.says().contains("tell whoever fills it"), "{}", told.says());
    assert!(!world.path("own/cache.db").exists() && !told.says().contains("rebuild"), "{}", told.says());
    let told = world.read(&["doctor"]);
    assert_eq!(told.code(), 3);
    assert!(told.out().contains("tell whoever fills it") && !told.out().contains("rebuild"), "{}", told.out());
}

#[test]
fn several_archives_are_listed_as_one() {
    let world = World::new(&[("a.txt", HUNG), ("b.txt", HUE)]);
    for (archive, files) in [("archive", &["in/a.txt"][..]), ("other", &["in/a.txt", "in/b.txt"])] {
        assert_eq!(world.run(&[&["--cache", archive, "import"], files].concat()).code(), 0);
    }
    assert_eq!(world.run(&["--cache", "whole", "import", "in"]).code(), 0);
    let both = ["--archive", "archive", "--archive", "other", "--cache", "own"];
    let read = |args: &[&str]| world.run(&[&both, args].concat());
    for verb in [
        &["list", "--json"][..],
        &["list", "hung"],
        &["officials", "hung"],
        &["official", "Lã Mạnh Hùng"],
        &["unit", "quân khu"],
        &["export", "--format", "csv"],
    ] {
        let here = world.run(&[&["--cache", "whole"], verb].concat());
        let joined = read(verb);
        assert_eq!((joined.code(), joined.out()), (here.code(), here.out()), "{verb:?}: {}", joined.says());
    }
    read(&["import", "in"]).fails(3, "others fill");
    assert_eq!(read(&["doctor"]).code(), 0, "{}", read(&["doctor"]).out());
    // By the settings and by the environment too.
    fs::write(world.path("settings.toml"), "archive = [\"archive\", \"other\"]\n").unwrap();
    assert_eq!(world.run(&["--config", "settings.toml", "--cache", "own", "list"]).out().lines().count(), 2);
    let mut by_environment = world.command(&["--cache", "own", "list"]);
    let both = std::env::join_paths(["archive", "other"]).unwrap();
    assert_eq!(Ran(by_environment.env("BAOCAO_ARCHIVE", both).output().unwrap()).out().lines().count(), 2);
    // What joins them stays, and takes room: `doctor` names it while others are read.
    let doctor = world.run(&["--cache", "own", "doctor"]).out();
    assert!(
        doctor.contains("joined/") && doctor.contains("archive\", \"") && doctor.contains("it can be deleted"),
        "{doctor}"
    );
    assert!(!read(&["doctor"]).out().contains("it can be deleted"));
    // One that cannot be read is a line, and the others are there.
    let missing = world.run(&["--archive", "archive", "--archive", "nowhere", "--cache", "own", "list"]);
    assert_eq!((missing.code(), missing.out().lines().count()), (0, 1), "{}", missing.says());
    assert!(missing.says().contains("nowhere") && missing.says().lines().count() == 1, "{}", missing.says());
}

/// A cache on a mount that cannot be written is read, and whatever would change it is refused with one line.
#[cfg(target_os = "linux")]
#[test]
fn what_would_change_a_cache_that_cannot_be_written_is_refused_with_one_line() {
    let world = World::filled();
    let settings = "[sources.a]\naddress = \"https://bao.example.vn/feed\"\n";
    fs::write(world.path("settings.toml"), settings).unwrap();
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let protect = |mode: &str| {
        assert!(Command::new("chmod").args(["-R", mode]).arg(world.path("cache")).status().unwrap().success());
    };
    let script = if is_root {
        "mount --bind cache cache && mount -o remount,ro,bind cache && exec \"$@\""
    } else {
        protect("a-w");
        "exec \"$@\""
    };
    let run = |args: &[&str]| {
        let program = if is_root { &["unshare", "-m"][..] } else { &["env"] };
        let shell = [program, &["sh", "-c", script, "sh", env!("CARGO_BIN_EXE_baocao")]].concat();
        let mut command = Command::new(shell[0]);
        command.args(&shell[1..]).args(args).current_dir(world.folder.path()).stdin(Stdio::null());
        command.env("HOME", world.path("home")).env("LC_ALL", "en_US.UTF-8").env("BAOCAO_CACHE", "cache");
        Ran(command.output().unwrap())
    };
    for verb in [&["import", "in"][..], &["--config", "settings.toml", "sync"]] {
        let refused = run(verb);
        refused.fails(3, "cannot be written: ");
        assert_eq!(refused.says().lines().count(), 1, "{verb:?}: {}", refused.says());
        assert!(!refused.says().contains("unable to open database file"), "{}", refused.says());
    }
    assert_eq!(run(&["list"]).out().lines().count(), 2);
    protect("u+w");
}

/// A world whose archive is on a mount that cannot be written, and its reader another user who may not write it either.
/// Without the rights to mount, the reader is the same user, and only the modes of the files forbid writing.
#[cfg(target_os = "linux")]
struct ForeignMount {
    world: World,
    is_root: bool,
}

#[cfg(target_os = "linux")]
impl ForeignMount {
    fn new() -> Self {
        let world = World::with_archive();
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        // Where only the owner may enter, another user would not even find the program.
        assert!(Command::new("chmod").arg("755").arg(world.folder.path()).status().unwrap().success());
        fs::copy(env!("CARGO_BIN_EXE_baocao"), world.path("baocao")).unwrap();
        fs::create_dir(world.path("own")).unwrap();
        let mount = Self { world, is_root };
        mount.set_mode("own", "777");
        mount.set_mode("archive", "a+rX");
        mount
    }

    fn set_mode(&self, path: &str, mode: &str) {
        assert!(Command::new("chmod").args(["-R", mode]).arg(self.world.path(path)).status().unwrap().success());
    }

    /// The command by which the other user reads the archive, word by word.
    fn reader(&self) -> Vec<String> {
        let path = |name: &str| self.world.path(name).to_str().unwrap().to_owned();
        let (program, archive, own) = (path("baocao"), path("archive"), path("own"));
        let script = format!(
            "mount --bind {archive} {archive} && mount -o remount,ro,bind {archive} \
             && exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\""
        );
        let shell = ["unshare", "-m", "sh", "-c", &script, "sh"];
        let words = [program.as_str(), "--archive", &archive, "--cache", &own];
        let before = if self.is_root { &shell[..] } else { &[] };
        before.iter().chain(&words).map(|word| (*word).to_owned()).collect()
    }

    fn read(&self, args: &[&str]) -> Ran {
        let words = self.reader();
        let environment = self.world.command(&[]);
        let mut command = Command::new(&words[0]);
        for (name, value) in environment.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.args(&words[1..]).args(args).current_dir(self.world.folder.path()).stdin(Stdio::null());
        Ran(command.output().unwrap())
    }

    /// Fails if anything but its writer's files is beside the archive.
    fn assert_clean(&self) {
        let entries = fs::read_dir(self.world.path("archive")).unwrap();
        let files: Vec<_> = entries.map(|file| file.unwrap().file_name()).collect();
        assert!(files.iter().all(|name| name == "cache.db" || name == "user.data"), "{files:?}");
    }
}

/// Another user, on a mount that can only be read: neither the folder nor the files can be changed.
#[cfg(target_os = "linux")]
#[test]
fn another_user_reads_an_archive_on_a_mount_that_cannot_be_written() {
    let mount = ForeignMount::new();
    mount.set_mode("archive", "a-w");
    let before = fs::read(mount.world.path("archive/cache.db")).unwrap();
    let list = mount.read(&["list"]);
    assert_eq!((list.code(), list.out().lines().count()), (0, 2), "{}", list.says());
    let noted = mount.read(&["decisions", "list"]);
    assert!(matches!(noted.code(), 0 | 1), "{}", noted.says());
    assert!(mount.world.path("own/user.data").exists(), "the reader's marks have their place");
    mount.assert_clean();
    assert_eq!(fs::read(mount.world.path("archive/cache.db")).unwrap(), before);
    mount.set_mode("archive", "u+w");
}

/// The same with the reader open while others import: what arrives is shown, whether they are done or still at it.
#[cfg(target_os = "linux")]
#[test]
fn another_user_sees_what_arrives_on_a_mount_that_cannot_be_written() {
    let mount = ForeignMount::new();
    if !mount.is_root {
        eprintln!("left out: only root can mount what others write and this reader cannot");
        return;
    }
    let words = mount.reader();
    let (program, rest) = words.split_first().unwrap();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let mut reader = Start::program(&mount.world.path("home"), program, &rest).size(100, 24).start();
    reader.wait_for_text("sơ kết 6 tháng");
    // The first one comes while the file is at rest: it was taken for one that does not change, and is opened anew.
    let report = |day: u32| format!("Giao ban ngày {day}\n\nNgày {day}-8-2024, Sư đoàn Giả định giao ban.\n");
    for day in [5, 6] {
        fs::write(mount.world.path("in/new.txt"), report(day)).unwrap();
        assert_eq!(mount.world.run(&["--cache", "archive", "import", "in/new.txt"]).code(), 0);
        reader.wait_for_text(&format!("Giao ban ngày {day}"));
    }
    // While its writer has it open: each transaction is seen in the writer's log.
    let writer = Store::open(&mount.world.path("archive")).unwrap();
    for day in [7, 8] {
        let text = report(day);
        let hint = InputHint { name: "new.txt", ..InputHint::default() };
        for draft in ingest::read(text.as_bytes(), &hint).unwrap() {
            writer.cache().save("new.txt", &draft, &people_and_facts(&draft)).unwrap();
        }
        reader.wait_for_text(&format!("Giao ban ngày {day}"));
    }
    assert!(mount.world.path("archive/cache.db-wal").exists(), "there is a log that the reader cannot write");
    // And on after the writer has gone.
    drop(writer);
    fs::write(mount.world.path("in/new.txt"), report(9)).unwrap();
    assert_eq!(mount.world.run(&["--cache", "archive", "import", "in/new.txt"]).code(), 0);
    reader.wait_for_text("Giao ban ngày 9");
    reader.press("q");
    assert!(reader.end().success());
}
