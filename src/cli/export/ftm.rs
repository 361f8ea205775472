//! Reports and officials as entities of FollowTheMoney, as JSON lines, for Aleph, OpenAleph and other tools of
//! investigations: a report is an `Article`, an official a `Person`, an organisation a `PublicBody`, a post a
//! `Position`, who held it an `Occupancy` with its proof, and each person of a report a `Mention`.
//!
//! What a report does not say is left out: a day that is inferred is no date, the first report of a post is not its
//! beginning (`date` has the days on which it was seen; `startDate` and `endDate` only those of announced events), and
//! nobody gets a country who is given none. Ids depend on the content only, so two exports can be merged.

use super::chosen_reports::ChosenReports;
use crate::cli::citation::CitationFinder;
use crate::cli::exit_status::Failure;
use crate::cli::html_text::web_address;
use crate::cli::output::Output;
use crate::officials::OfficialPage;
use crate::officials::career::{BoundBasis, TenureBound, TenureKind};
use crate::officials::post::PostKey;
use crate::officials::timeline::TimelineRow;
use crate::officials::unit::UnitPath;
use crate::report::{Dated, Report};
use crate::store::{Sort, Store};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One entity: a line of the output.
#[derive(Serialize)]
struct FtmEntity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl FtmEntity {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: BTreeMap::new() }
    }

    /// Adds values of a property; empty ones and repeated ones are left out.
    fn with(mut self, property: &'static str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        for value in values.into_iter().map(Into::into).filter(|value: &String| !value.trim().is_empty()) {
            let values = self.properties.entry(property).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        self
    }
}

/// Writes entities, each once.
struct FtmWriter<'a> {
    out: &'a mut Output,
    store: &'a Store,
    citations: CitationFinder<'a>,
    written: HashSet<String>,
}

/// Writes the reports that match, with the officials named in them. Returns the number of reports.
pub fn write(out: &mut Output, store: &Store, chosen: &ChosenReports) -> Result<usize, Failure> {
    let ids = chosen.ids(store, Sort::Date)?;
    let mut writer = FtmWriter { out, store, citations: CitationFinder::new(store), written: HashSet::new() };
    let mut officials = BTreeSet::new();
    for id in &ids {
        writer.report(id, &mut officials)?;
    }
    for official in &officials {
        if let Some(page) = store.register()?.official_page(official)? {
            writer.official(&page)?;
        }
    }
    Ok(ids.len())
}

impl FtmWriter<'_> {
    fn entity(&mut self, entity: &FtmEntity) -> Result<(), Failure> {
        if self.written.insert(entity.id.clone()) {
            self.out.json(entity)?;
            self.out.write(&["\n"])?;
        }
        Ok(())
    }

    /// The article of a report, and a mention of each of its people; their ids go to `officials`.
    fn report(&mut self, id: &str, officials: &mut BTreeSet<String>) -> Result<(), Failure> {
        let Some(report) = self.store.cache().load(id)? else { return Ok(()) };
        self.article(&report)?;
        let known = self.store.register()?.officials_of(id)?;
        for (n, person) in report.extraction.people.iter().enumerate() {
            // Whoever has no sign of an official is mentioned and nobody's mention.
            let official = known.get(n).cloned().flatten().filter(|official| !official.ends_with("-0"));
            let mention = FtmEntity::new(hashed("mention", &[id, &n.to_string()]), "Mention")
                .with("document", [article_id(id)])
                .with("name", [person.name.as_str()])
                .with("detectedSchema", ["Person"])
                .with("resolved", official.iter().map(|official| person_id(official)));
            self.entity(&mention)?;
            officials.extend(official);
        }
        Ok(())
    }

    fn article(&mut self, report: &Report) -> Result<(), Failure> {
        let facts = &report.extraction.facts;
        let day = facts.day.filter(|day| !day.is_inferred()).map(Dated::iso);
        let article = FtmEntity::new(article_id(&report.id), "Article")
            .with("title", [report.title.text.as_str()])
            .with("fileName", [report.file.rsplit('/').next().unwrap_or(&report.file)])
            .with("sourceUrl", report.url.as_deref().and_then(web_address))
            .with("publisher", report.outlet.clone())
            .with("publishedAt", report.published.map(|day| day.to_string()))
            .with("date", day)
            .with("author", report.extraction.bylines.iter().map(|byline| byline.text.as_str()))
            .with("language", ["vie"])
            .with("bodyText", [report.text.as_str()]);
        self.entity(&article)?;
        if let Some(unit) = facts.unit.as_deref().and_then(UnitPath::of) {
            self.body(&unit)?;
        }
        Ok(())
    }

    /// Writes an organisation. Returns its id.
    fn body(&mut self, unit: &UnitPath) -> Result<String, Failure> {
        let id = hashed("body", &[unit.name()]);
        self.entity(&FtmEntity::new(id.clone(), "PublicBody").with("name", [unit.shown()]))?;
        Ok(id)
    }

    /// An official, with the posts that were held, now and before.
    fn official(&mut self, page: &OfficialPage) -> Result<(), Failure> {
        let posts = page.posts.iter().map(|post| post.text.as_str());
        let person = FtmEntity::new(person_id(&page.id), "Person")
            .with("name", [page.name.as_str()])
            .with("title", page.rank.iter().map(|rank| rank.text.as_str()))
            .with("position", posts)
            .with("notes", page.country.clone());
        self.entity(&person)?;
        let tenures = page.timeline.iter().filter(|row| row.line == TenureKind::Post && !row.is_gap());
        for (row, key) in tenures.filter_map(|row| Some((row, row.post.as_ref()?))) {
            self.occupancy(page, row, key)?;
        }
        Ok(())
    }

    /// A post, and that it was held; the report that says so first is its proof.
    fn occupancy(&mut self, page: &OfficialPage, row: &TimelineRow, key: &PostKey) -> Result<(), Failure> {
        let unit = key.unit.as_ref().map(|unit| self.body(unit)).transpose()?;
        let position = hashed("position", &[&key.head, key.unit.as_ref().map_or("", UnitPath::name)]);
        let post =
            FtmEntity::new(position.clone(), "Position").with("name", [row.text.as_str()]).with("organization", unit);
        self.entity(&post)?;
        // The proof may be in a report that the filter leaves out.
        if let Some(report) = self.store.cache().load(&row.place.report)? {
            self.article(&report)?;
        }
        let proof = self.citations.of(&row.place)?;
        let is_current = page.posts.iter().any(|now| now.post.as_ref() == Some(key));
        let announced = |bound: &TenureBound| (bound.known == BoundBasis::Event).then(|| certain(bound)).flatten();
        let place = [&*row.place.report, &row.place.at.to_string()].join("@");
        let occupancy = FtmEntity::new(hashed("occupancy", &[&page.id, &position, &place]), "Occupancy")
            .with("holder", [person_id(&page.id)])
            .with("post", [position])
            .with("status", [if is_current { "current" } else { "unknown" }])
            .with("startDate", announced(&row.from))
            .with("endDate", announced(&row.to))
            .with("date", [&row.from, &row.to].into_iter().filter_map(certain))
            .with("summary", [proof.sentence])
            .with("sourceUrl", web_address(&proof.source))
            .with("recordId", [place])
            .with("proof", [article_id(&row.place.report)]);
        self.entity(&occupancy)
    }
}

/// The day of a bound, if a text states it.
fn certain(bound: &TenureBound) -> Option<String> {
    (!bound.when.is_inferred()).then(|| bound.when.iso())
}

fn article_id(report: &str) -> String {
    ["baocao-report-", report].concat()
}

fn person_id(official: &str) -> String {
    ["baocao-official-", official].concat()
}

/// An id of what has none of its own, by what tells it from others of its kind.
fn hashed(kind: &str, parts: &[&str]) -> String {
    let hash = blake3::hash(parts.join("\n").as_bytes()).to_hex();
    let digits: String = hash.chars().take(24).collect();
    ["baocao-", kind, "-", &digits].concat()
}
