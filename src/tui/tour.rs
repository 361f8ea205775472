//! The tour of `baocao demo`: eight steps, each one thing to do, in a line above the footer. A step is done when its
//! action is, wherever that is; nothing else is held back.

use crate::keymap::action::Action;
use crate::keymap::{Keymap, Mode};
use crate::lang::{Lang, Phrase};

/// One step of the tour.
struct TourStep {
    /// The action of the key that it names, and a mode in which it has that key.
    action: Action,
    mode: Mode,
    /// The action that ends it if that is another one, and the mode in which it is done: what is opened first has to be
    /// typed in.
    end: Option<(Action, Mode)>,
    /// What to do; the last `{}` is the key. If there is one before it, that is the key that goes back from the finder,
    /// in which letters are typed, and from every other screen.
    said: Phrase,
}

const fn step(action: Action, mode: Mode, vi: &'static str, en: &'static str) -> TourStep {
    TourStep { action, mode, end: None, said: Phrase { vi, en } }
}

impl TourStep {
    /// The step that ends with another action than that of its key.
    const fn until(self, action: Action, mode: Mode) -> Self {
        Self { end: Some((action, mode)), ..self }
    }
}

const STEPS: &[TourStep] = &[
    step(
        Action::Down,
        Mode::List,
        "Đây là các báo cáo mẫu, bịa ra để thử. {} xuống dòng dưới.",
        "These are samples, invented to try things out. {} goes to the next one.",
    ),
    step(Action::Open, Mode::List, "{} đọc báo cáo đang chọn.", "{} reads the selected report."),
    step(
        Action::NextPerson,
        Mode::Detail,
        "{} đến người kế tiếp; dòng cuối cho biết vì sao đó là một người.",
        "{} goes to the next person; the last line says why it is one.",
    ),
    step(
        Action::Official,
        Mode::Detail,
        "{} mở trang của người ấy: cấp bậc, chức vụ, từng năm.",
        "{} opens that person's page: ranks and posts over the years.",
    ),
    step(
        Action::Open,
        Mode::Official,
        "Mỗi dòng có câu dẫn chứng: {} đến câu ấy.",
        "Every line has a sentence that proves it: {} goes there.",
    ),
    step(
        Action::Officials,
        Mode::List,
        "{} tìm cán bộ: gõ tên không dấu cũng được, Enter mở trang.",
        "{} finds officials: type a name, without tones if you like, and Enter.",
    )
    .until(Action::Open, Mode::Finder),
    step(
        Action::Search,
        Mode::List,
        "Về danh sách ({}) rồi {} để lọc: hội nghị, rank:>=trung-tuong, year:2024…",
        "Back in the list ({}), {} filters: hội nghị, rank:>=lieutenant-general, year:2024…",
    )
    .until(Action::AcceptLine, Mode::Line),
    step(
        Action::Help,
        Mode::List,
        "{} là trợ giúp, có mọi phím. Hết phần giới thiệu; q ở danh sách để thoát.",
        "{} is help, with every key. That was the tour; q in the list quits.",
    ),
];

/// The line of the step of this number, counted from 0. `None` if the tour is over.
pub fn line(at: usize, keymap: &Keymap, lang: Lang) -> Option<String> {
    let step = STEPS.get(at)?;
    let key = keymap.key_of(step.mode, step.action);
    let back = keymap.key_of(Mode::Finder, Action::Back);
    let has_back = step.said.say(lang).matches("{}").count() > 1;
    let keys: &[&str] = if has_back { &[&back, &key] } else { &[&key] };
    Some(format!("{}/{}  {}", at + 1, STEPS.len(), step.said.fill(lang, keys)))
}

/// The number of the step after an action was done in a mode. `None` if that was the last one.
pub fn after(at: usize, action: Action, mode: Mode) -> Option<usize> {
    let ends = |step: &TourStep| step.end.map_or(step.action == action, |end| end == (action, mode));
    let next = if STEPS.get(at).is_some_and(ends) { at + 1 } else { at };
    (next < STEPS.len()).then_some(next)
}
