//! What another version of a story says differently: names, ranks and figures. A version that is cut or longer has
//! other sentences; that is no difference here. A name of one version and a similar one of the other, such as `Hải` and
//! `Hai`, are taken for one person.

use crate::officials::Place;
use crate::officials::report_diff::compare;
use crate::report::{Person, Report};
use crate::text::fold::fold;
use crate::text::tone_marks::name_key;
use serde::{Deserialize, Serialize};

/// In what two versions of a story differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoryDifferenceKind {
    Name,
    /// The rank of a person of that name.
    Rank,
    Figure,
}

/// A difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDifference {
    pub kind: StoryDifferenceKind,
    /// Whose rank it is; empty for others.
    pub of: String,
    /// The words of the one version.
    pub this: String,
    /// The words of the other version.
    pub that: String,
    pub this_place: Place,
    pub that_place: Place,
}

/// What `that` says differently from `this`: names, then ranks, then figures, each in the order of `that`.
pub fn story_differences(this: &Report, that: &Report) -> Vec<StoryDifference> {
    let (own, others) = (&this.extraction.people, &that.extraction.people);
    let names = |people: &[Person]| people.iter().map(|person| name_key(&person.name)).collect::<Vec<_>>();
    let (own_names, other_names) = (names(own), names(others));
    let difference = |kind, of: &str, a: (&str, usize), b: (&str, usize)| StoryDifference {
        kind,
        of: of.to_owned(),
        this: a.0.to_owned(),
        that: b.0.to_owned(),
        this_place: Place { report: this.id.as_str().into(), at: a.1 },
        that_place: Place { report: that.id.as_str().into(), at: b.1 },
    };
    let mut found = Vec::new();
    let mut ranks = Vec::new();
    for (person, name) in others.iter().zip(&other_names) {
        if let Some(same) = own.iter().zip(&own_names).find(|(_, own)| *own == name) {
            if let (Some(a), Some(b)) = (same.0.rank, person.rank)
                && a.rank != b.rank
            {
                let (a, b) = ((a.rank.name, a.span.start), (b.rank.name, b.span.start));
                ranks.push(difference(StoryDifferenceKind::Rank, &person.name, a, b));
            }
            continue;
        }
        let mut missing = own.iter().zip(&own_names).filter(|(_, own)| !other_names.contains(own));
        if let Some((own, _)) = missing.find(|(own, _)| is_similar(&own.name, &person.name)) {
            let (a, b) = ((own.name.as_str(), start(own)), (person.name.as_str(), start(person)));
            found.push(difference(StoryDifferenceKind::Name, "", a, b));
        }
    }
    found.append(&mut ranks);
    for item in compare(this, that).figures {
        if let (Some(was), Some(before), Some(after)) = (&item.was, &item.before, &item.after) {
            let (a, b) = ((was.as_str(), before.at), (item.text.as_str(), after.at));
            found.push(difference(StoryDifferenceKind::Figure, "", a, b));
        }
    }
    found
}

fn start(person: &Person) -> usize {
    person.mentions.first().map_or(0, |mention| mention.span.start)
}

/// Whether two names are one but for a slip: equal without tones, or all words but one.
fn is_similar(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    if one == other {
        return true;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    one.len() == other.len() && one.len() > 1 && one.iter().zip(&other).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::report::{Draft, Paragraph, ParagraphKind, Span, Title};

    fn report(id: &str, text: &str) -> Report {
        let span = Span::new(0, text.len());
        let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span }];
        let draft = Draft { text: text.to_owned(), paragraphs, ..Draft::default() };
        let extraction = extract(&draft);
        let title = Title::of(&draft, &extraction.facts);
        Report {
            id: id.to_owned(),
            title,
            file: "a.txt".to_owned(),
            url: None,
            outlet: None,
            published: None,
            text: draft.text,
            paragraphs: draft.paragraphs,
            notes: Vec::new(),
            dated_by_hand: false,
            kept_source: None,
            extraction,
        }
    }

    #[test]
    fn a_slip_in_a_name_a_rank_and_a_figure_are_told_and_a_cut_is_not() {
        let lead =
            "Dự hội nghị có Thiếu tướng Lã Khắc Hải, Phó Tư lệnh Quân khu 12; Đại tá Cù Văn Đán, Chính ủy Lữ đoàn 913.";
        let this = report("a", &format!("{lead} Đơn vị kết nạp 45 đảng viên mới. Trung tá Ninh Bá Trác phát biểu."));
        let that = lead.replace("Hải", "Hai").replace("Đại tá", "Thượng tá");
        let that = report("b", &format!("{that} Đơn vị kết nạp 54 đảng viên mới."));
        let told: Vec<_> =
            story_differences(&this, &that).into_iter().map(|one| (one.kind, one.this, one.that)).collect();
        let expect = [
            (StoryDifferenceKind::Name, "Lã Khắc Hải", "Lã Khắc Hai"),
            (StoryDifferenceKind::Rank, "Đại tá", "Thượng tá"),
            (StoryDifferenceKind::Figure, "45 đảng viên", "54 đảng viên"),
        ];
        assert_eq!(told, expect.map(|(kind, this, that)| (kind, this.to_owned(), that.to_owned())));
        assert_eq!(story_differences(&this, &this), []);
    }
}
