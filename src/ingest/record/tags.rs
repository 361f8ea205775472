//! The tags of a record that another program exported in which its reader kept pages (wallabag, Readeck, Pocket). They
//! become the reader's tags here. Tags that a newspaper gives its articles are none: they are told in a note.

/// Further tags of one record are left out.
const MAX_TAGS: usize = 64;
/// A longer tag is cut.
const MAX_TAG_CHARS: usize = 80;

/// The tags in the texts of a record's field, each once. A text may have several: the reader types tags with commas
/// between them, Pocket writes `|`.
pub(super) fn of_reader(texts: &[String]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for one in texts.iter().flat_map(|text| text.split([',', ';', '|'])) {
        let Some(line) = crate::ingest::title::line(one) else { continue };
        let tag: String = line.chars().take(MAX_TAG_CHARS).collect();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() == MAX_TAGS {
            break;
        }
    }
    tags
}
