//! Permissions, kinds and numbers of files, locks, and opening a file without waiting for it.

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Component, Path};

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

/// An open folder, in which files are opened by their paths from there.
#[derive(Debug)]
pub struct OpenFolder(OwnedFd);

/// Opens a folder; `path` is one without links.
pub fn open_folder(path: &Path) -> io::Result<OpenFolder> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(OpenFolder(rustix::fs::open(path, flags, Mode::empty())?))
}

/// Like `open_without_waiting`, by the names of folders and file from an open folder on. Each folder on the way is
/// opened in the one before and must not be a link, so the file lies inside `root` even if another process replaces a
/// folder by a link meanwhile. Opening the whole path at once would follow that link.
pub fn open_inside(root: &OpenFolder, path: &Path) -> io::Result<File> {
    let mut names = path.components().map(|part| match part {
        Component::Normal(name) => Ok(name),
        _ => Err(io::Error::from(io::ErrorKind::InvalidInput)),
    });
    let mut name = names.next().ok_or(io::ErrorKind::InvalidInput)??;
    let mut folder: Option<OwnedFd> = None;
    loop {
        let within = folder.as_ref().map_or(root.0.as_fd(), AsFd::as_fd);
        let last = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NOCTTY;
        let Some(next) = names.next() else {
            return Ok(File::from(rustix::fs::openat(within, name, last, Mode::empty())?));
        };
        folder = Some(rustix::fs::openat(within, name, last | OFlags::DIRECTORY, Mode::empty())?);
        name = next?;
    }
}

/// Whether the path is another name of standard input.
pub fn is_standard_input(path: &Path) -> bool {
    ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].iter().any(|name| path == Path::new(name))
}

/// Whether the path names a pipe that this process has open: what a shell gives for `<(command)`. Reading it takes
/// nothing from another program, and it ends, unlike a pipe that lies in a folder.
pub fn is_inherited_pipe(path: &Path) -> bool {
    let is_own = ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.parent() == Some(Path::new(folder)));
    is_own && std::fs::metadata(path).is_ok_and(|meta| meta.file_type().is_fifo())
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

/// Locks a folder for this process until the returned file is dropped. Waits while another process has the lock;
/// returns whether it had to. `None` on a file system without locks.
pub fn lock_folder(folder: &Path) -> io::Result<(Option<File>, bool)> {
    let locked = File::open(folder)?;
    match rustix::fs::flock(&locked, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => return Ok((Some(locked), false)),
        Err(error) if has_no_locks(&error.into()) => return Ok((None, false)),
        Err(_) => {}
    }
    rustix::io::retry_on_intr(|| rustix::fs::flock(&locked, FlockOperation::LockExclusive))?;
    Ok((Some(locked), true))
}

/// Locks a folder like `lock_folder`, if no other process has the lock; `None` also where there are no locks.
pub fn try_lock_folder(folder: &Path) -> Option<File> {
    let locked = File::open(folder).ok()?;
    rustix::fs::flock(&locked, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(locked)
}

/// Whether a lock could not be taken because the file system has none, as some network disks.
pub fn has_no_locks(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NOLCK | Errno::OPNOTSUPP | Errno::NOSYS))
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
