//! What becomes a fact, where it is cited, and what is told once.

use super::*;
use crate::extract::lexicon;
use crate::officials::observation::{ObservedEvent, ObservedRank};
use crate::officials::testing::append;
use crate::search::filter::parse;
use std::convert::Infallible;

fn report(id: &str, day: Option<&str>, people: Vec<NewStatement>) -> NewReport {
    NewReport {
        id: id.to_owned(),
        title: format!("Báo cáo {id}"),
        day: day.map(|day| day.parse().unwrap()),
        kind: ReportKind::default(),
        unit: Some("Quân khu Thử".to_owned()),
        source: format!("{id}.txt"),
        people,
    }
}

fn person(name: &str, rank: &str, before: SeenBefore) -> NewStatement {
    let said = PersonStatement {
        name: name.into(),
        at: 7,
        rank: lexicon::rank(rank).map(|rank| ObservedRank { rank, at: 3 }),
        ..PersonStatement::default()
    };
    NewStatement { said, official: Some(KnownOfficial { id: name_key(name), before }) }
}

fn promoted(mut person: NewStatement, to: &str) -> NewStatement {
    let event = ObservedEvent { kind: CareerEventKind::Promoted, at: 40, from: None, to: Some(to.to_owned()) };
    append(&mut person.said.events, event);
    person
}

/// The facts of a section, in a line each: kind, name, cited report, number of places.
fn facts(filter: &str, reports: &[NewReport]) -> Vec<String> {
    let filter = parse(filter).0;
    let mut builder = DigestBuilder::new(&filter);
    for report in reports {
        builder.add(report);
    }
    let sentence = |place: &Place, _: &str, _: &str| {
        Ok::<_, Infallible>(StatingSentence { at: place.at, text: format!("{}:{}", place.report, place.at) })
    };
    let Ok(section) = builder.finish(sentence);
    let line =
        |fact: &DigestFact| format!("{} {} {} {}", fact.kind.phrase().en, fact.who(), fact.sentence, fact.places.len());
    section.facts.iter().map(line).collect()
}

fn until(day: &str) -> SeenBefore {
    SeenBefore::Until(Some(day.parse().unwrap()))
}

#[test]
fn an_event_of_several_reports_is_one_fact_and_who_changed_is_not_told_as_seen() {
    let risen = || promoted(person("Lã Văn Thử", "Trung tướng", until("2024-01-01")), "Trung tướng");
    let reports = [report("b", Some("2024-06-02"), vec![risen()]), report("a", Some("2024-06-01"), vec![risen()])];
    assert_eq!(facts("", &reports), ["Promoted Trung tướng Lã Văn Thử b:40 2"]);
}

#[test]
fn a_report_that_tells_an_event_twice_is_one_place_with_the_old_rank_of_either() {
    let mut risen = promoted(person("Lã Văn Thử", "Trung tướng", until("2024-01-01")), "Trung tướng");
    let mut again = risen.said.events[0].clone();
    (again.at, again.from) = (90, Some("Thiếu tướng".to_owned()));
    append(&mut risen.said.events, again);
    let reports = [report("a", Some("2024-06-01"), vec![risen])];
    let filter = Filter::default();
    let mut builder = DigestBuilder::new(&filter);
    builder.add(&reports[0]);
    let Ok(section) = builder.finish(|_, _, _| Ok::<_, Infallible>(StatingSentence::default()));
    assert_eq!((section.facts[0].places.len(), section.facts[0].change().as_str()), (1, "Thiếu tướng → Trung tướng"));
}

#[test]
fn first_seen_is_cited_from_the_oldest_report_and_last_seen_from_the_newest() {
    let new = |day| vec![person("Hồ Văn Mới", "Đại tá", SeenBefore::Never), person("Lê Cũ", "Đại tá", until(day))];
    let reports = [
        report("c", Some("2024-06-03"), new("2024-06-01")),
        report("b", Some("2024-06-02"), new("2024-06-01")),
        report("a", None, new("2024-06-01")),
    ];
    assert_eq!(facts("", &reports), ["First seen Đại tá Hồ Văn Mới b:7 3", "Last seen Đại tá Lê Cũ c:7 2"]);
    assert_eq!(facts("person:mới", &reports), ["First seen Đại tá Hồ Văn Mới b:7 3"]);
    let old = [report("a", Some("2020-01-01"), vec![person("Lê Cũ", "Đại tá", until("2024-06-01"))])];
    assert!(facts("", &old).is_empty(), "an old report that came late tells nothing of where somebody is");
}

#[test]
fn what_is_told_of_who_is_first_seen_is_said_by_the_report_that_is_cited() {
    let of = |rank: &str| vec![person("Hồ Văn Mới", rank, SeenBefore::Never)];
    let reports = [
        report("c", Some("2024-06-03"), of("Trung tướng")),
        report("b", Some("2016-03-01"), of("Đại tá")),
        report("a", None, of("Thiếu tướng")),
    ];
    assert_eq!(facts("", &reports), ["First seen Đại tá Hồ Văn Mới b:7 3"]);
}

#[test]
fn a_watch_for_an_event_tells_of_the_person_it_asks_for_only() {
    let people = vec![
        promoted(person("Lã Văn Thử", "Trung tướng", until("2024-01-01")), "Trung tướng"),
        promoted(person("Hồ Văn Dưới", "Thiếu tướng", until("2024-01-01")), "Thiếu tướng"),
        person("Lê Cao", "Thượng tướng", SeenBefore::Never),
    ];
    let reports = [report("a", Some("2024-06-01"), people)];
    assert_eq!(facts("event:promoted rank:>=trung-tuong", &reports), ["Promoted Trung tướng Lã Văn Thử a:40 1"]);
    assert_eq!(facts("event:appointed", &reports), [""; 0]);
    assert_eq!(facts("rank:>=trung-tuong", &reports).len(), 2);
}

#[test]
fn reports_stand_by_unit_those_without_one_last() {
    let mut reports = [report("a", None, vec![]), report("b", None, vec![]), report("c", None, vec![])];
    reports[0].unit = None;
    reports[1].unit = Some("Quân khu Đông".to_owned());
    let filter = Filter::default();
    let mut builder = DigestBuilder::new(&filter);
    for report in &reports {
        builder.add(report);
    }
    let Ok(section) = builder.finish(|_, _, _| Ok::<_, Infallible>(StatingSentence::default()));
    let units: Vec<_> = section.units.iter().map(|unit| unit.unit.as_deref()).collect();
    assert_eq!(units, [Some("Quân khu Đông"), Some("Quân khu Thử"), None]);
    assert_eq!(section.report_count(), 3);
}
