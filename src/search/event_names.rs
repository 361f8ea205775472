//! The career events by the names that `event:` takes, as one table: the source for parser, completion and printing.

use crate::report::CareerEventKind;
use crate::text::fold::fold;

/// A kind of career event as the value of `event:`.
#[derive(Debug, PartialEq, Eq)]
pub struct EventName {
    /// `None` stands for any.
    pub kind: Option<CareerEventKind>,
    pub name: &'static str,
    /// Other names, Vietnamese ones without marks and spaces.
    pub aliases: &'static [&'static str],
}

/// The values of `event:`, in the order in which they are offered.
pub const EVENTS: &[EventName] = &[
    EventName { kind: None, name: "any", aliases: &["batky", "all"] },
    EventName { kind: Some(CareerEventKind::Appointed), name: "appointed", aliases: &["bonhiem"] },
    EventName { kind: Some(CareerEventKind::Elected), name: "elected", aliases: &["bau", "duocbau", "trungcu"] },
    EventName { kind: Some(CareerEventKind::Promoted), name: "promoted", aliases: &["thang", "thangquanham"] },
    EventName { kind: Some(CareerEventKind::HandedOver), name: "handed-over", aliases: &["bangiao"] },
    EventName { kind: Some(CareerEventKind::Ceased), name: "ceased", aliases: &["thoi", "thoigiuchuc", "miennhiem"] },
    EventName { kind: Some(CareerEventKind::Demoted), name: "demoted", aliases: &["giang", "hacap", "tuocquanham"] },
    EventName { kind: Some(CareerEventKind::Retired), name: "retired", aliases: &["nghihuu"] },
    EventName { kind: Some(CareerEventKind::Died), name: "died", aliases: &["mat", "tutran", "quadoi"] },
];

/// The event of that name or alias, in any case, with or without tones, spaces and hyphens.
pub fn event_named(typed: &str) -> Option<&'static EventName> {
    let typed = bare(typed);
    EVENTS.iter().find(|row| bare(row.name) == typed || row.aliases.contains(&typed.as_str()))
}

/// Whether more typing could make it the name of an event.
pub fn begins_event(typed: &str) -> bool {
    let typed = bare(typed);
    let begun = |name: &&str| name.starts_with(&typed);
    EVENTS.iter().any(|row| bare(row.name).starts_with(&typed) || row.aliases.iter().any(begun))
}

fn bare(typed: &str) -> String {
    fold(typed).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_named_in_both_languages() {
        let kind = |typed: &str| event_named(typed).map(|row| row.kind);
        assert_eq!(kind("thăng quân hàm"), Some(Some(CareerEventKind::Promoted)));
        assert_eq!(kind("Handed_Over"), Some(Some(CareerEventKind::HandedOver)));
        assert_eq!((kind("any"), kind("promote"), kind("")), (Some(None), None, None));
        assert!(begins_event("promote") && begins_event("nghỉ h") && !begins_event("voi"));
    }
}
