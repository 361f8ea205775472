//! One line of typing: the filter, a search, a query. An input method sends a burst of keys (letters, Backspaces,
//! composed letters) for one syllable; each is applied in order. The line is canonical text after each key, so that a
//! combining mark joins the letter before it. Editing is left to the crate tui-input; this module adds undo, recent
//! lines and built-in typing.

use crate::config::InputMethod;
use crate::keymap::action::Action;
use crate::text::canonical::canonical_text;
use crate::text::telex;
use crate::text::wrap;
use tui_input::{Input, InputRequest};

/// The most changes that can be undone.
const UNDO_DEPTH: usize = 200;

/// The longest line, in characters. Text pasted beyond it is cut.
pub const LONGEST: usize = 1000;

/// One line of typing, with its cursor.
#[derive(Clone, Debug, Default)]
pub struct InputLine {
    input: Input,
    /// The undo stack, newest last.
    before: Vec<LineState>,
    older: RecentLines,
    /// The syllable being composed. `None` if built-in typing is off.
    typing: Option<telex::TypedSyllable>,
}

/// What undo restores: the text, and where the cursor was in it, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LineState {
    text: String,
    cursor: usize,
}

/// The recent lines that Up and Down recall, with the line that the user has typed as the newest:
///
/// ```text
/// lines[0]  lines[1]  …  lines[n-1]  typed
///  oldest                newest      index n
///            ◀── Older      Newer ──▶
/// ```
#[derive(Clone, Debug, Default)]
struct RecentLines {
    /// Recent lines, newest last.
    lines: Vec<String>,
    /// The index of the one shown. `None` while the typed line is shown.
    at: Option<usize>,
    /// The line as it was before the first was recalled.
    typed: String,
}

impl InputLine {
    /// A line with `text` and the cursor at its end; `older` are recent lines, newest last.
    pub fn new(text: &str, older: &[String], typing: InputMethod) -> Self {
        let older = RecentLines { lines: older.to_vec(), ..RecentLines::default() };
        Self { input: Input::new(canonical_text(text)), before: Vec::new(), older, typing: method(typing) }
    }

    /// The text of the line.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The byte offset of the cursor.
    pub fn cursor(&self) -> usize {
        byte_of(self.text(), self.input.cursor())
    }

    /// The part of the line that is visible in `cells` cells, and the cell of the cursor in it. If the line is too
    /// long, its beginning is cut so that the cursor stays visible.
    pub fn shown(&self, cells: usize) -> (&str, usize) {
        let before = self.text().get(..self.cursor()).unwrap_or_default();
        let mut start = 0;
        while wrap::width(before.get(start..).unwrap_or_default()) >= cells.max(1) {
            start += before.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        }
        let cursor = wrap::width(before.get(start..).unwrap_or_default());
        (wrap::fit(self.text().get(start..).unwrap_or_default(), cells), cursor)
    }

    /// Sets the input method of built-in typing, or turns it off.
    pub fn set_typing(&mut self, typing: InputMethod) {
        self.typing = method(typing);
    }

    /// Types one letter at the cursor. Built-in typing, if on, composes it with the letters before. Control characters
    /// and letters beyond the longest line are ignored.
    pub fn insert(&mut self, letter: char) {
        if letter.is_control() || self.text().chars().count() >= LONGEST {
            return;
        }
        self.remember();
        let edit = match &mut self.typing {
            Some(typing) => typing.feed(letter),
            None => telex::KeyEdit { delete: 0, insert: letter.to_string() },
        };
        for _ in 0..edit.delete {
            self.input.handle(InputRequest::DeletePrevChar);
        }
        for letter in edit.insert.chars() {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        self.make_canonical();
    }

    /// Types pasted text. Line breaks and other control characters become spaces. Returns whether all of it found room.
    pub fn paste(&mut self, text: &str) -> bool {
        self.typing.iter_mut().for_each(telex::TypedSyllable::forget);
        self.remember();
        let room = LONGEST.saturating_sub(self.text().chars().count());
        // A line break at either end comes from selecting whole lines and is dropped. A space there is intended.
        let pasted = canonical_text(text);
        let mut letters = pasted.trim_matches('\n').chars();
        for letter in letters.by_ref().take(room) {
            self.input.handle(InputRequest::InsertChar(if letter.is_control() { ' ' } else { letter }));
        }
        self.make_canonical();
        letters.next().is_none()
    }

    /// Replaces the bytes `span` by `text` and puts the cursor after it. Does nothing if `span` is not on character
    /// boundaries.
    pub fn replace(&mut self, span: std::ops::Range<usize>, text: &str) {
        let (Some(head), Some(tail)) = (self.text().get(..span.start), self.text().get(span.end..)) else { return };
        let (whole, cursor) = (format!("{head}{text}{tail}"), head.chars().count() + text.chars().count());
        self.remember();
        self.set(whole, cursor);
    }

    /// Performs an editing action. Returns whether the text changed, or `None` if the action does not edit a line.
    pub fn edit(&mut self, action: Action) -> Option<bool> {
        if let Some(typing) = &mut self.typing {
            match action {
                // Only the composer's memory of the syllable is adjusted here; the letter is deleted below.
                Action::DeleteLeft => drop(typing.backspace()),
                _ => typing.forget(),
            }
        }
        let request = match action {
            Action::LineStart => InputRequest::GoToStart,
            Action::LineEnd => InputRequest::GoToEnd,
            Action::LetterLeft => InputRequest::GoToPrevChar,
            Action::LetterRight => InputRequest::GoToNextChar,
            Action::WordLeft => InputRequest::GoToPrevWord,
            Action::WordRight => InputRequest::GoToNextWord,
            Action::DeleteLeft => InputRequest::DeletePrevChar,
            Action::DeleteRight => InputRequest::DeleteNextChar,
            Action::DeleteWord => InputRequest::DeletePrevWord,
            Action::DeleteToStart => InputRequest::DeleteFromStart,
            Action::DeleteToEnd => InputRequest::DeleteTillEnd,
            Action::Undo => return Some(self.undo()),
            Action::Older => return Some(self.recall(true)),
            Action::Newer => return Some(self.recall(false)),
            _ => return None,
        };
        let was = self.state();
        let changed = self.input.handle(request).is_some_and(|change| change.value);
        if changed {
            self.push_undo(was);
        }
        Some(changed)
    }

    /// Pushes the present text and cursor on the undo stack.
    fn remember(&mut self) {
        self.push_undo(self.state());
    }

    fn state(&self) -> LineState {
        LineState { text: self.text().to_owned(), cursor: self.input.cursor() }
    }

    fn push_undo(&mut self, state: LineState) {
        if self.before.len() == UNDO_DEPTH {
            self.before.remove(0);
        }
        self.before.push(state);
    }

    /// Whether there is an edit to undo.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether an older line than the present text can be recalled.
    pub fn has_older(&self) -> bool {
        let older = self.older.lines.get(..self.older.at.unwrap_or(self.older.lines.len()));
        older.is_some_and(|lines| lines.iter().any(|line| line != self.text()))
    }

    fn undo(&mut self) -> bool {
        let Some(LineState { text, cursor }) = self.before.pop() else { return false };
        let changed = text != self.text();
        self.set(text, cursor);
        changed
    }

    /// Shows the next older or newer line that differs from the present text, and returns whether there is one.
    fn recall(&mut self, back: bool) -> bool {
        let count = self.older.lines.len();
        // If the text was edited since the last step, it is the user's own line now, and recalling starts again from
        // it.
        let stood = self.older.at.and_then(|n| self.older.lines.get(n));
        if stood.is_none_or(|line| line != self.text()) {
            self.older.typed = self.text().to_owned();
            self.older.at = None;
        }
        let at = self.older.at.unwrap_or(count);
        let line = |n: &usize| self.older.lines.get(*n).unwrap_or(&self.older.typed).as_str();
        // Skip lines equal to the present text: stepping to one would change nothing on screen.
        let other = |n: &usize| line(n) != self.text();
        let next = if back { (0..at).rev().find(other) } else { (at + 1..=count).find(other) };
        let Some(next) = next else { return false };
        self.older.at = Some(next);
        let text = self.older.lines.get(next).cloned().unwrap_or_else(|| self.older.typed.clone());
        let end = text.chars().count();
        self.set(text, end);
        true
    }

    /// Brings the text into canonical form, which may merge a combining mark with the letter before it. The part before
    /// the cursor is converted by itself to find out where the cursor belongs afterwards.
    fn make_canonical(&mut self) {
        let head = canonical_text(self.text().get(..self.cursor()).unwrap_or_default());
        let whole = canonical_text(self.text());
        if whole != self.text() {
            let cursor = head.chars().count();
            self.set(whole, cursor);
        }
    }

    fn set(&mut self, text: String, cursor: usize) {
        self.input = Input::new(text).with_cursor(cursor);
    }
}

/// The composer for an input method. `None` if built-in typing is off.
fn method(typing: InputMethod) -> Option<telex::TypedSyllable> {
    match typing {
        InputMethod::Off => None,
        InputMethod::Telex => Some(telex::TypedSyllable::new(telex::Method::Telex)),
        InputMethod::Vni => Some(telex::TypedSyllable::new(telex::Method::Vni)),
    }
}

/// The byte offset of character number `chars`.
fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> InputLine {
        let mut line = InputLine::default();
        for key in keys.chars() {
            match key {
                '⌫' => {
                    line.edit(Action::DeleteLeft);
                }
                _ => line.insert(key),
            }
        }
        line
    }

    #[test]
    fn bursts_of_input_methods_are_applied_key_by_key() {
        // As engines send them: the word so far, Backspaces, the composed rest.
        assert_eq!(typed("hu⌫ư⌫⌫hưng").text(), "hưng");
        assert_eq!(typed("trinh⌫⌫⌫ịnh").text(), "trịnh");
        assert_eq!(typed("quoc⌫⌫ốc").text(), "quốc");
    }

    #[test]
    fn a_mark_that_comes_alone_joins_the_letter_before() {
        assert_eq!(typed("hu\u{31b}ng").text(), "hưng");
        let line = typed("bo\u{302}\u{323}");
        assert_eq!((line.text(), line.cursor()), ("bộ", "bộ".len()));
        assert_eq!(typed("bo\u{302}\u{323}⌫").text(), "b");
    }

    #[test]
    fn built_in_typing_composes_as_it_goes() {
        for (typing, keys) in [(InputMethod::Telex, "DDinh Quoocs Huwngf"), (InputMethod::Vni, "D9inh Quo6c1 Hu7ng2")] {
            let mut line = InputLine::new("", &[], typing);
            keys.chars().for_each(|key| line.insert(key));
            assert_eq!(line.text(), "Đinh Quốc Hừng", "{typing:?}");
        }
    }

    #[test]
    fn what_is_deleted_comes_back() {
        let mut line = typed("trung tướng");
        line.edit(Action::DeleteWord);
        assert_eq!(line.text(), "trung ");
        line.edit(Action::DeleteToStart);
        line.edit(Action::Undo);
        line.edit(Action::Undo);
        assert_eq!(line.text(), "trung tướng");
    }

    #[test]
    fn recent_lines_are_walked_and_the_own_one_is_not_lost() {
        let mut line = InputLine::new("mới", &["một".into(), "hai".into()], InputMethod::Off);
        let mut step = |action| {
            line.edit(action);
            line.text().to_owned()
        };
        let recalled = [Action::Older, Action::Older, Action::Older, Action::Newer, Action::Newer].map(&mut step);
        assert_eq!(recalled, ["hai", "một", "một", "hai", "mới"]);
        // Back at the own line, and typed on: that is not lost either.
        for letter in " hơn".chars() {
            line.insert(letter);
        }
        line.edit(Action::Older);
        line.edit(Action::Newer);
        assert_eq!(line.text(), "mới hơn");
        // Nor what became of an older one.
        line.edit(Action::Older);
        line.insert('!');
        line.edit(Action::Older);
        line.edit(Action::Newer);
        assert_eq!(line.text(), "hai!");
        let mut line = InputLine::new("hai", &["một".into(), "hai".into()], InputMethod::Off);
        line.edit(Action::Older);
        assert_eq!(line.text(), "một", "the newest one is what stands there already");
    }

    #[test]
    fn the_cursor_stays_in_sight() {
        let line = typed("trung tướng hùng");
        assert_eq!(line.shown(8), ("ng hùng", 7));
        assert_eq!(line.shown(40), ("trung tướng hùng", 16));
    }

    #[test]
    fn pasted_lines_become_one_without_controls() {
        let mut line = typed("a ");
        line.paste("một\nhai\u{1b}[31m\n");
        assert!(!line.text().contains(['\u{1b}', '\n']), "{}", line.text());
        assert!(line.text().starts_with("a một hai"));
        // A word that was selected with its space stays apart.
        let mut line = typed("");
        line.paste("trung ");
        line.paste("tướng\r\n");
        line.paste(" hùng");
        assert_eq!(line.text(), "trung tướng hùng");
    }
}
