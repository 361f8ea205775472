//! The commands of the reader. The keymap has the name and the keys of each action; the screens in `update` have an arm
//! for what it does. One action may do related things on several screens (`Search` filters the list, or searches a
//! text).

/// A command that a key triggers, or an entry of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    Open,
    Back,
    /// Moves the keys to the other pane. On a page that compares, opens the second place of the line.
    OtherPane,
    /// Opens the input line: for the filter of the list, or for a search in the text or in help.
    Search,
    NextHit,
    PrevHit,
    /// Continues the search in the next report of the list.
    NextReportHit,
    PrevReportHit,
    NextPerson,
    PrevPerson,
    NextReport,
    PrevReport,
    /// The people of the report; on a comparison of texts, the comparison of line-ups.
    People,
    /// The finder of officials.
    Officials,
    /// The page of one official.
    Official,
    Post,
    Unit,
    /// The review of uncertain judgements.
    Doubts,
    /// Opens the other reports that tell the same story.
    Versions,
    /// Compares a report with the unit's previous one of its kind.
    Compare,
    /// Compares a report with the one of `Choose`.
    CompareChosen,
    /// Chooses a report to compare others with.
    Choose,
    Star,
    ToggleRead,
    Tags,
    /// Opens the line for the date of the report.
    SetDate,
    /// Takes a date that was set by hand back.
    ClearDate,
    NextUnread,
    PrevUnread,
    /// Opens the line for a note on what is in front: the selection, the report, the official.
    AddNote,
    /// The page of all notes.
    Notes,
    /// Edits the note of the line in the user's editor.
    ExternalEditor,
    /// Gives what is in front to a program of the user's.
    Pipe,
    /// Begins to select a part of the report.
    Select,
    ExtendDown,
    ExtendUp,
    SelectSentence,
    SelectParagraph,
    SelectEntity,
    SetMark,
    GoMark,
    JumpBack,
    JumpForward,
    CopyText,
    CopyUrl,
    CopyCitation,
    OpenUrl,
    /// Writes the page, or the reports of the list, to a file.
    Export,
    Sort,
    /// Counts the reports of the list by a field.
    Counts,
    /// Cycles through the highlight modes.
    Highlight,
    /// Writes out abbreviations, or stops doing so.
    Expand,
    /// Shows the whole canonical text with its residue, or stops doing so.
    Raw,
    /// Shows what recurs in a comparison, or folds it again.
    Unfold,
    Zoom,
    PickRow,
    PickRange,
    PickAll,
    Remove,
    NarrowList,
    WidenList,
    TogglePreview,
    /// Decides that two officials, or two mentions, are one person.
    Merge,
    /// Decides that they are two.
    Split,
    /// Leaves a doubt undecided and goes on to the next.
    Later,
    Palette,
    Help,
    /// Cycles through the input methods of built-in typing.
    Typing,
    /// Cycles through the themes.
    Theme,
    /// Begins to fetch new reports from the sources, or stops it.
    Sync,
    Redraw,
    Suspend,
    /// Closes what is in front; in the list, ends the reader.
    Close,
    Quit,
    /// Closes the input line and keeps its results.
    AcceptLine,
    /// Closes the input line and restores what was before.
    Restore,
    Complete,
    /// Steps back through the completions.
    CompleteBack,
    /// Shows the recent line before this one.
    Older,
    Newer,
    LineStart,
    LineEnd,
    LetterLeft,
    LetterRight,
    WordLeft,
    WordRight,
    DeleteLeft,
    DeleteRight,
    DeleteWord,
    DeleteToStart,
    DeleteToEnd,
    /// In a line, undoes the last change; on a page, the last decision about namesakes.
    Undo,
    /// Undoes what was marked or noted last.
    UndoMark,
}

impl Action {
    /// The name of the action in the config file: `next-person`. Made from the name in this enum, so renaming one there
    /// changes what users write; a test holds the list of names.
    pub fn word(self) -> String {
        let mut word = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    }
}
