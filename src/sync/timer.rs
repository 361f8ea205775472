//! What has `baocao sync` run regularly: a systemd timer with its service, and a line for cron, as text to copy.

/// Formats both for a command: the program with its options, each word already quoted as its file needs it.
pub fn timer_files(program: &str, options: &[String]) -> String {
    let systemd: Vec<String> =
        std::iter::once(program).chain(options.iter().map(String::as_str)).map(for_systemd).collect();
    let cron: Vec<String> = std::iter::once(program).chain(options.iter().map(String::as_str)).map(for_cron).collect();
    format!(
        "# ~/.config/systemd/user/baocao-sync.service\n\
         [Unit]\n\
         Description=Fetch new reports for baocao\n\
         After=network-online.target\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart={}\n\
         # 1: some sources had a problem, told in the journal, or another run is under way.\n\
         SuccessExitStatus=1\n\
         Nice=10\n\
         \n\
         # ~/.config/systemd/user/baocao-sync.timer\n\
         [Unit]\n\
         Description=Fetch new reports for baocao every half hour\n\
         \n\
         [Timer]\n\
         OnCalendar=*:0/30\n\
         RandomizedDelaySec=300\n\
         Persistent=true\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n\
         \n\
         # systemctl --user daemon-reload && systemctl --user enable --now baocao-sync.timer\n\
         \n\
         # or a line of `crontab -e`; it prints nothing if nothing is new:\n\
         # 7,37 * * * * {}\n",
        systemd.join(" "),
        cron.join(" ")
    )
}

/// A word of `ExecStart`: in quotation marks if it has others than plain letters; `%` and `$` are doubled.
fn for_systemd(word: &str) -> String {
    let doubled = word.replace('%', "%%").replace('$', "$$");
    if is_plain(word) { doubled } else { format!("\"{}\"", doubled.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// A word of a shell's line in a crontab, where `%` would end the line.
fn for_cron(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''").replace('%', "\\%")) }
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.=:,+".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_each() {
        let files = timer_files(
            "/usr/bin/baocao",
            &["--cache".to_owned(), "/my \"50%\" reports".to_owned(), "sync".to_owned()],
        );
        assert!(files.contains("ExecStart=/usr/bin/baocao --cache \"/my \\\"50%%\\\" reports\" sync\n"), "{files}");
        assert!(files.contains("# 7,37 * * * * /usr/bin/baocao --cache '/my \"50\\%\" reports' sync\n"), "{files}");
    }
}
