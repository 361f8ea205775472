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

/// The condition that the row of `person` with the alias `person` is somebody's, or nobody's though somebody has looked
/// at it. Nearly always no name waits, and the second part, which is computed once for a statement, decides for all
/// rows. Rows for which it holds can be grouped by `name_no` and `official`, and `official_of_group` says whose each
/// group is.
pub(in crate::store) fn is_settled(person: &str) -> String {
    format!(
        "({person}.official IS NOT NULL OR NOT EXISTS (SELECT 1 FROM unidentified) OR NOT EXISTS (
           SELECT 1 FROM unidentified u WHERE u.name_no = {person}.name_no AND u.part <= {person}.part))"
    )
}

/// The condition that the row with the alias `person`, which is of the name of the official `?1`, is this official's.
/// The same as `official_of(person) = ?1`, but how many officials have the name is found out once and not for each row.
pub(in crate::store) fn is_of_official(person: &str) -> String {
    format!(
        "({person}.official = ?1 OR {person}.official IS NULL AND {} AND 1 = (
           SELECT count(*) FROM official only WHERE only.name_no = (SELECT name_no FROM official WHERE id = ?1)))",
        is_settled(person)
    )
}

/// The id of the official of a group of rows for which `is_settled` holds; `NULL` if they are nobody's. The same as
/// `official_of`, once a group instead of once a row.
pub(in crate::store) fn official_of_group(group: &str) -> String {
    format!(
        "coalesce({group}.official, (
           SELECT min(only.id) FROM official only WHERE only.name_no = {group}.name_no HAVING count(*) = 1))"
    )
}
