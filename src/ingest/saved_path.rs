//! The address of a page in the path of its file: `wget -r` saves `https://host/a/b.html` as `host/a/b.html`. Gives an
//! address only where a folder of the path has the form of a host's name; the page's own address goes before it.

/// Endings of hosts' names besides those of countries, which have two letters.
const DOMAINS: [&str; 10] = ["com", "net", "org", "info", "edu", "gov", "mil", "int", "news", "online"];
/// Names of files that stand for the folder.
const INDEXES: [&str; 4] = ["index.html", "index.htm", "index.php", "default.aspx"];

/// The address of the page that a file of a mirror holds. The scheme is not kept in a mirror; `https` is taken.
pub(super) fn address_of(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let (file, folders) = parts.split_last()?;
    let host = folders.iter().rposition(|folder| is_host(folder))?;
    let mut below = parts.get(host..)?.to_vec();
    if INDEXES.contains(file) {
        *below.last_mut()? = "";
    }
    let address = format!("https://{}", below.join("/"));
    (!address.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(address)
}

/// Whether a file lies in the folder that browsers make for the parts of a saved page: `A_files/frame.html`.
pub(super) fn is_part_of_page(path: &str) -> bool {
    path.split(['/', '\\']).rev().skip(1).any(|folder| folder.ends_with("_files"))
}

/// Whether a folder has the form of a host's name: `bao.example.vn`.
fn is_host(folder: &str) -> bool {
    let labels: Vec<&str> = folder.split('.').collect();
    let [rest @ .., last] = labels.as_slice() else { return false };
    let sound = |label: &&str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let is_country = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    !rest.is_empty()
        && rest.iter().all(sound)
        && rest.iter().any(|label| label.contains(|c: char| c.is_ascii_lowercase()))
        && (is_country || DOMAINS.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_has_the_address_in_its_path() {
        for (path, address) in [
            ("luu/bao.example.vn/tin/a.html", Some("https://bao.example.vn/tin/a.html")),
            ("example.com/b.aspx?id=12", Some("https://example.com/b.aspx?id=12")),
            ("/home/x/example.org/tin/index.html", Some("https://example.org/tin/")),
            ("tin/a.html", None),
            ("12.2025/a.html", None),
            ("example.vn", None),
            ("v1.2/a.html", None),
            ("example.vn/hai bai.html", None),
        ] {
            assert_eq!(address_of(path).as_deref(), address, "{path}");
        }
    }

    #[test]
    fn the_parts_of_a_saved_page_are_known_by_their_folder() {
        assert!(is_part_of_page("tin/Hội nghị_files/khung.html"));
        assert!(!is_part_of_page("tin/Hội nghị.html") && !is_part_of_page("my_files"));
    }
}
