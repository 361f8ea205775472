//! The names of the months in English; Vietnamese numbers them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, 1 to 12; empty for any other number.
pub fn name(month: u8) -> &'static str {
    // 0 wraps to 255, for which there is no month.
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The first three letters of the English name of a month, 1 to 12; empty for any other number.
pub fn short_name(month: u8) -> &'static str {
    name(month).get(..3).unwrap_or_default()
}
