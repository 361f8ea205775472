//! What only reports without a day state of an official: ranks and posts of an unknown time. Several statements of one
//! post are one `UndatedTenure`. Whether it is held now and whether a report says that it was held are two questions: a
//! report that names the holder was true when it was written, also if another one calls the post a former one.

use super::build::without_state;
use super::{CurrentTenure, TenureKind, UndatedEvidence, UndatedTenure};
use crate::officials::Place;
use crate::officials::observation::events;
use crate::officials::post::PostKey;
use std::rc::Rc;

impl UndatedTenure {
    /// A tenure that one statement makes; `left` if the statement says that it is not held any more.
    pub(super) fn new(here: UndatedEvidence, post: Option<&Rc<PostKey>>, left: bool) -> Self {
        let mut tenure = Self {
            kind: if post.is_some() { TenureKind::Post } else { TenureKind::Rank },
            text: here.text.as_ref().to_owned(),
            post: post.cloned(),
            left: Vec::new(),
            evidence: Vec::new(),
        };
        tenure.add(here, post, left);
        tenure
    }

    /// Adds a statement. The words shown are those of the statement with the fullest name of the organisation.
    pub(super) fn add(&mut self, here: UndatedEvidence, post: Option<&Rc<PostKey>>, left: bool) {
        if left {
            self.left.push(here.place.clone());
        }
        let in_office = PostKey::says_elected(&self.text) && !PostKey::says_elected(&here.text);
        if let Some(post) = post
            && self.post.as_ref().is_none_or(|own| post.is_fuller_than(own) || (in_office && !own.is_fuller_than(post)))
        {
            here.text.as_ref().clone_into(&mut self.text);
            self.post = Some(Rc::clone(post));
        }
        if !left && self.is_left() {
            self.text = without_state(&self.text).to_owned();
        }
        self.evidence.push(here);
    }

    /// Whether a report says that it is not held any more. One such statement is enough, as the others were true when
    /// they were written.
    pub fn is_left(&self) -> bool {
        !self.left.is_empty()
    }

    /// The first statement that it is held, in a report that does not say itself that it is not held any more; `None`
    /// if there is none.
    pub fn held(&self) -> Option<&UndatedEvidence> {
        let ends = |report: &str| self.left.iter().any(|place| *place.report == *report);
        self.evidence.iter().find(|seen| !ends(&seen.place.report))
    }

    /// Where a report says that it is not held any more, if another one says that it is held.
    pub fn left_since(&self) -> Option<&Place> {
        self.left.first().filter(|_| self.held().is_some())
    }

    /// Returns the text with the organisation, as `Tenure::with_unit` does.
    pub fn with_unit(&self) -> String {
        self.post.as_ref().map_or_else(|| self.text.clone(), |key| key.written(&self.text))
    }

    /// The number of reports that state it; those of one story are one.
    pub fn reports(&self) -> usize {
        events(self.evidence.iter().map(|seen| (seen.story, &*seen.place.report)))
    }

    /// Whether a single report states it.
    pub fn is_seen_once(&self) -> bool {
        self.reports() < 2
    }

    /// The tenure as one that is held now.
    pub(super) fn current(&self) -> CurrentTenure {
        CurrentTenure {
            text: self.text.clone(),
            organisation: self.post.as_ref().and_then(|key| key.organisation_left_out(&self.text)),
            since: None,
            since_event: false,
            seen: None,
            reports: self.reports(),
            place: self.place(),
            post: self.post.as_deref().cloned(),
        }
    }

    /// The place of the first statement that it is held; if there is none, of the first one.
    pub fn place(&self) -> Place {
        self.held().or(self.evidence.first()).map(|seen| seen.place.clone()).unwrap_or_default()
    }
}
