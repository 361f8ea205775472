//! Whose a row of `person` is. Most names are borne by one official only, and after a large import nearly every row
//! would be written a second time to say so. So a row has its official only where the name has several:
//!
//! ```text
//! officials of the name    person.official    whose the row is
//! one                      NULL               the one's, if somebody has looked at the row
//! several                  an id              that official's
//! several                  NULL               nobody's yet
//! ```
//!
//! Rows that nobody has looked at are those of a name in `unidentified`, from the partition there on. Else what an
//! import adds would be taken for the one official of its name until it is identified, and be perhaps a namesake's.

/// The id of the official of the row of `person` that has the alias `person`, as an SQL expression; `NULL` while it is
/// nobody's.
pub(in crate::store) fn official_of(person: &str) -> String {
    format!(
        "coalesce({person}.official, (
           SELECT min(only.id) FROM official only
           WHERE only.name_no = {person}.name_no AND NOT EXISTS (
             SELECT 1 FROM unidentified u WHERE u.name_no = {person}.name_no AND u.part <= {person}.part)
           HAVING count(*) = 1))"
    )
}
