//! Files beside their bytes: whom they are for, what they are when they are no plain file, and opening one without
//! waiting for it.

use rustix::fs::{FlockOperation, Mode, OFlags};
use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

/// A file made with these options is its owner's only (mode 0600).
pub fn keep_private(options: &mut OpenOptions) {
    options.mode(0o600);
}

/// Folders made so are their owner's only (mode 0700).
pub fn keep_folder_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}

/// Opens for reading: never waits for a pipe's other end, never follows a link in the file's place.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// What something is that is neither a plain file nor a folder nor a link.
pub fn odd_kind(kind: FileType) -> &'static str {
    match () {
        () if kind.is_fifo() => "a pipe; to read from a pipe, give `-`",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

/// A number that no two files or folders share at one time.
pub fn identity(meta: &Metadata) -> Option<(u64, u64)> {
    Some((meta.dev(), meta.ino()))
}

/// Waits until no other process holds the folder; it is held until the file is dropped.
pub fn lock(folder: &Path) -> io::Result<Option<File>> {
    let held = File::open(folder)?;
    rustix::fs::flock(&held, FlockOperation::LockExclusive)?;
    Ok(Some(held))
}

/// Whether the file lies on a disk of the network, where processes cannot share memory: the file systems by the number
/// that `statfs` gives.
#[cfg(target_os = "linux")]
pub fn on_network(path: &Path) -> bool {
    // NFS, SMB, CIFS, SMB2, AFS, Lustre, Ceph, FUSE (sshfs and the like), Coda, 9p.
    const NETWORK: [u32; 10] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x5346_414f,
        0x0bd0_0bd0,
        0x00c3_6400,
        0x6573_5546,
        0x7375_7245,
        0x0102_1997,
    ];
    rustix::fs::statfs(path).is_ok_and(|system| NETWORK.contains(&(system.f_type as u32)))
}

/// Other systems keep no such numbers.
#[cfg(not(target_os = "linux"))]
pub fn on_network(_path: &Path) -> bool {
    false
}
