//! The service that a post belongs to: army, police, companies, schools and hospitals, associations, or the State and
//! the Party. People move within a service; between two services only few do, and then high officials. The words are
//! rows of services.tsv.

use crate::officials::post::PostKey;
use crate::officials::unit::normal;
use std::sync::OnceLock;

/// The service of a post. Variants are in the order in which their words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Army,
    Police,
    Company,
    /// Schools, universities and hospitals.
    School,
    Association,
    /// The State and the Party, which have no words of their own.
    State,
}

impl Service {
    /// The service of a post whose words say which it is.
    pub fn of(post: &PostKey) -> Self {
        let words = format!(" {} ", post.compared());
        table().iter().find(|(_, word)| words.contains(word)).map_or(Self::State, |(service, _)| *service)
    }

    fn of_row(name: &str) -> Option<Self> {
        Some(match name {
            "army" => Self::Army,
            "police" => Self::Police,
            "company" => Self::Company,
            "school" => Self::School,
            "association" => Self::Association,
            _ => return None,
        })
    }
}

/// The words of each service, normalized and with a space on both sides, in the order of the table.
fn table() -> &'static [(Service, String)] {
    static TABLE: OnceLock<Vec<(Service, String)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../services.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(name, words)| Some((Service::of_row(name)?, words)))
            .flat_map(|(service, words)| words.split("; ").map(move |word| (service, format!(" {} ", normal(word)))))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_a_service() {
        for line in include_str!("../services.tsv").lines().skip(1) {
            assert!(Service::of_row(line.split('\t').next().unwrap()).is_some(), "{line}");
        }
    }

    #[test]
    fn the_words_of_a_post_tell_its_service() {
        for (post, service) in [
            ("Phó Tư lệnh Cảnh sát biển", Service::Army),
            ("Chính ủy Lữ đoàn 901", Service::Army),
            ("Phó Giám đốc Công an tỉnh Gia Lai", Service::Police),
            ("Cục trưởng Cục CSGT", Service::Police),
            ("Tổng Giám đốc Công ty Hải Âu", Service::Company),
            ("Chủ tịch HĐQT Tập đoàn Sông Gấm", Service::Company),
            ("Giám đốc Bệnh viện Sông Gấm", Service::School),
            ("Chủ tịch Hội Nông dân tỉnh", Service::Association),
            ("Chủ tịch UBND huyện Sông Gấm", Service::State),
            ("Bộ trưởng Bộ Y tế", Service::State),
        ] {
            assert_eq!(Service::of(&PostKey::of(post)), service, "{post}");
        }
    }
}
