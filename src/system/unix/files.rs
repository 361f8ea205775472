//! Permissions, kinds and numbers of files, locks, and opening a file without waiting for it.

use rustix::fs::{FlockOperation, Mode, OFlags};
use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

/// Makes files that are opened with these options readable by their owner only (mode 0600).
pub fn keep_private(options: &mut OpenOptions) {
    options.mode(0o600);
}

/// Makes folders that are built so accessible to their owner only (mode 0700).
pub fn keep_folder_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}

/// Opens a file for reading. Never waits for a pipe's other end, and fails on a link: a file that was checked before
/// may have been replaced by either.
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// What a file is that is neither a plain file nor a folder nor a link, for messages.
pub fn special_file_name(kind: FileType) -> &'static str {
    if kind.is_fifo() {
        "a pipe; to read from a pipe, give `-`"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// The device and number of a file or folder, which no two share at one time.
pub fn file_number(meta: &Metadata) -> Option<(u64, u64)> {
    Some((meta.dev(), meta.ino()))
}

/// Locks a folder for this process until the returned file is dropped. Waits while another process has the lock.
pub fn lock_folder(folder: &Path) -> io::Result<Option<File>> {
    let locked = File::open(folder)?;
    rustix::fs::flock(&locked, FlockOperation::LockExclusive)?;
    Ok(Some(locked))
}

/// Whether the file is on a network file system, by the number that `statfs` gives. SQLite's WAL mode needs memory that
/// all processes share, which these file systems do not have.
#[cfg(target_os = "linux")]
pub fn is_on_network(path: &Path) -> bool {
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

/// `false`: `statfs` of other systems has no such numbers.
#[cfg(not(target_os = "linux"))]
pub fn is_on_network(_path: &Path) -> bool {
    false
}
