"""Every action a person can take on a screen, once: its key, its label, its sentence.

Bindings, the footer, the command palette, the help screen and the key tables of the docs are all made from these
lists, and people remap keys by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding

from qualbench.model import OUTCOME_NAMES, Outcome


@dataclass(frozen=True, slots=True)
class Command:
    """One action: `coding.nothing` is done by the method `action_do_nothing` of the screen that has it."""

    id: str
    key: str
    """Textual's name of the key; several are separated by commas."""
    label: str
    sentence: str
    writes: bool = False
    """Not allowed in a study that is open for reading only."""
    footer: bool = True
    """Whether the footer has room for it; the help screen has all."""
    listed: bool = True
    """Whether the help screen and the docs give it a line of its own."""
    argument: str = ""
    """What one method does in several ways: `coding.recent-1` is done by `action_do_recent("1")`."""

    @property
    def action(self) -> str:
        """The name of the method, as Textual knows it."""
        name = self.id.split(".")[1].removesuffix(f"-{self.argument}" if self.argument else "")
        return "do_" + name.replace("-", "_")

    @property
    def call(self) -> str:
        """The method with its argument."""
        return f"{self.action}({self.argument!r})" if self.argument else self.action

    @property
    def binding(self) -> Binding:
        """The key as Textual wants it."""
        return Binding(self.key, self.call, self.label, id=self.id, show=self.footer)

    @property
    def key_name(self) -> str:
        """The key as a person reads it."""
        if self.id == "coding.recent-1":
            return "1-9"
        return " ".join(KEY_NAMES.get(key, key.upper() if _shifted(key) else key) for key in self.key.split(","))


def _shifted(key: str) -> bool:
    return len(key) == 1 and key.isupper()


KEY_NAMES: Mapping[str, str] = {
    "question_mark": "?", "full_stop": ".", "ctrl+p": "^p", "ctrl+s": "^s", "ctrl+t": "^t", "ctrl+z": "^z",
    "ctrl+y": "^y", "escape": "Esc", "enter": "Enter", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
    "up": "↑", "down": "↓", "ctrl+left": "^←", "ctrl+right": "^→", "alt+left": "Alt←", "alt+right": "Alt→",
    "shift+left": "Shift←", "shift+right": "Shift→", "ctrl+shift+left": "^Shift←",
    "ctrl+shift+right": "^Shift→", "left": "←", "right": "→", "shift+up": "Shift↑",
    "shift+down": "Shift↓", "tab": "Tab", "shift+tab": "ShiftTab",
    "home": "Home", "end": "End", "asterisk": "*", "slash": "/", "minus": "-",
}  # fmt: skip

EVERYWHERE = (
    Command("app.help", "question_mark", "Help", "Show every key that works here."),
    Command("app.commands", "ctrl+p", "Commands", "Find a command by a few letters.", footer=False),
    Command("app.theme", "ctrl+t", "Light/dark", "Change between the light and the dark theme.", footer=False),
    Command("app.back", "escape", "Back", "Leave this screen; what was done is kept already."),
)

_LIST = (
    Command("list.next", "j", "Next line", "Go to the next line.", footer=False),
    Command("list.previous", "k", "Line before", "Go to the line before.", footer=False),
)

HOME = (
    Command("home.open", "enter", "Code", "Code the transcript under the bar.", footer=True),
    Command("home.agreement", "a", "Agreement", "Show how far the coders agree."),
    Command("home.consensus", "c", "Consensus", "Settle disagreements."),
    Command("home.themes", "t", "Themes", "Gather codes under themes and pick quotes."),
    Command("home.import", "i", "Import", "Read transcripts, answer what is asked, and seal them.", writes=True),
    Command("home.segments", "g", "Segments", "Split and merge the segments of the transcript.", footer=False),
    Command("home.participants", "p", "Participants", "Say who the speakers are, and see who is covered."),
    Command("home.codebook", "b", "Codebook", "Read and change the codebook, and release a version."),
    Command("home.corrections", "e", "Corrections", "Look at what corrected texts made doubtful."),
    Command("home.memos", "m", "Memos", "Read, find and write memos."),
    Command("home.matrices", "x", "Matrices", "Count who says what, and ask where codes stand together."),
    Command("home.checklists", "l", "Checklists", "See what reporting checklists ask and what the log shows."),
    Command("home.find", "slash", "Find", "Find words in all transcripts."),
    *_LIST,
    Command("home.quit", "q", "Quit", "Leave the program; everything is saved already."),
)

_MOVE = (
    Command("text.next", "j,down", "Next", "Go to the next segment.", footer=False),
    Command("text.previous", "k,up", "Before", "Go to the segment before.", footer=False),
    Command("text.page-down", "pagedown,space", "Page on", "Scroll one page on.", footer=False),
    Command("text.page-up", "pageup", "Page back", "Scroll one page back.", footer=False),
    Command("text.first", "home,g", "First", "Go to the first segment.", footer=False),
    Command("text.last", "end,G", "Last", "Go to the last segment.", footer=False),
)


def _recent(number: int) -> Command:
    sentence = "Apply the code that the bottom line has on this number."
    name = f"coding.recent-{number}"
    return Command(
        name, str(number), f"Recent {number}", sentence, writes=True, footer=False, listed=number == 1,
        argument=str(number),
    )  # fmt: skip


def _select(id_: str, key: str, label: str, sentence: str) -> Command:
    return Command(f"coding.select-{id_}", key, label, sentence, footer=False, argument=id_)


CODING = (
    Command("coding.code", "c", "Code", "Find a code by a few letters and apply it.", writes=True),
    Command("coding.nothing", "n", "Nothing", "Say that nothing applies here, or take that back.", writes=True),
    Command("coding.undecided", "tab", "Next", "Go to the next segment that is not decided."),
    Command("coding.memo", "m", "Memo", "Write a memo on this place.", writes=True),
    Command("coding.remove", "x", "Remove", "Take a code off this place.", writes=True),
    Command("coding.undo", "u", "Undo", "Undo your newest step in this transcript.", writes=True),
    Command("coding.redo", "r", "Redo", "Redo the step you undid last.", writes=True),
    Command("coding.submit", "s", "Submit", "Hand in your pass on this transcript for good.", writes=True),
    Command("coding.recheck", "d", "Look again", "Answer what a new version of the codebook asks.", writes=True),
    Command("coding.repeat", "full_stop", "Repeat", "Apply the code that you applied last.", writes=True, footer=False),
    *(_recent(number) for number in range(1, 10)),
    Command("coding.pin", "asterisk", "Keep", "Keep a code on one of the keys 1 to 9.", writes=True, footer=False),
    Command("coding.change", "C", "Change", "Put another code where one stands.", writes=True, footer=False),
    Command("coding.respan", "w", "Words", "Put a code on exactly the selected words.", writes=True, footer=False),
    Command("coding.new", "a", "New code", "Make a code that is missing, and apply it.", writes=True, footer=False),
    Command("coding.in-vivo", "v", "In vivo", "Make a code of the selected words.", writes=True, footer=False),
    Command("coding.star", "Q", "Star", "Star these words as a quote to come, or take the star back.", writes=True,
            footer=False),
    Command("coding.extracts", "e", "Extracts", "Compare with what you gave a code to before.", footer=False),
    Command("coding.memos", "M", "Memos", "Read and write memos on the transcript and the rest.", footer=False),
    Command("coding.suggest", "p", "Suggestions", "Turn suggestions of codes on or off.", writes=True, footer=False),
    Command("coding.take", "y", "Take", "Take the code that is suggested here.", writes=True, footer=False),
    Command("coding.refuse", "z", "Refuse", "Refuse the code that is suggested here.", writes=True, footer=False),
    Command("coding.filter", "f", "Show only", "Show only what is undecided, has a code, a memo, words.", footer=False),
    Command("coding.legend", "l", "Legend", "Say which codes the keys in the margin stand for.", footer=False),
    Command("coding.show-code", "o", "Stand out", "Make one code after the other stand out.", footer=False),
    Command("coding.steps", "h", "Your steps", "List what you did in this transcript.", footer=False),
    Command("coding.update", "U", "Version", "Go on with a later version of the codebook.", writes=True, footer=False),
    Command("coding.transcript", "t", "Transcript", "Go to another transcript.", footer=False),
    Command("coding.correct", "E", "Correct", "Correct the words of this turn: a new version of the text.", writes=True,
            footer=False),
    Command("coding.find", "slash", "Find", "Find words in all transcripts.", footer=False),
    Command("coding.undecided-before", "shift+tab", "Undecided before", "Go back to an undecided segment.",
            footer=False),
    _select("word-on", "shift+right", "Select words", "Select word by word; codes then go on them."),
    _select("word-back", "shift+left", "Select less", "Take words out of the selection."),
    _select("segment-on", "shift+down", "Select segments", "Select segment by segment."),
    _select("segment-back", "shift+up", "Segments back", "Select segments before this one."),
    _select("character-on", "ctrl+right", "Select letters", "Select letter by letter."),
    _select("character-back", "ctrl+left", "Letters back", "Take letters out of the selection."),
    _select("sentence-on", "alt+right", "Select sentences", "Select sentence by sentence."),
    _select("sentence-back", "alt+left", "Sentences back", "Take sentences out of the selection."),
    _select("beginning-on", "ctrl+shift+right", "Begin later", "Move the selection's beginning on."),
    _select("beginning-back", "ctrl+shift+left", "Begin earlier", "Move the selection's beginning back."),
    *_MOVE,
)  # fmt: skip


_VIEWS = (
    ("1", "codes", "Codes", "Show the figures code by code."),
    ("2", "bars", "Limits", "Draw alpha of each code with its 95 % limits."),
    ("3", "causes", "Causes", "Show every difference with its cause."),
    ("4", "confusion", "Confusion", "Show which codes stand in for which."),
    ("5", "trend", "Trend", "Show alpha round by round, with what changed in the codebook."),
    ("6", "transcripts", "Transcripts", "Show each transcript by itself."),
)

AGREEMENT = (
    Command("agreement.open", "enter", "Text", "See where the coders differ on this code, in the text."),
    *(
        Command(f"agreement.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _VIEWS
    ),
    Command("agreement.turn", "v,tab", "Next view", "Go on to the next view: 1 to 6 go to one directly."),
    Command("agreement.explain", "e", "Explain", "Say what the figure is, how it comes about and when it misleads."),
    Command("agreement.right", "right,l", "Figure on", "Choose the next figure to explain.", footer=False),
    Command("agreement.left", "left,h", "Figure back", "Choose the figure before.", footer=False),
    Command("agreement.definition", "d", "Definition", "Read the definition of the code under the bar."),
    Command("agreement.round", "n", "Round", "Look at another round, or at everything.", footer=False),
    Command("agreement.benchmark", "b", "Benchmark", "Hold the figures against another benchmark.", writes=True),
    Command(
        "agreement.keep", "s", "Keep", "Store these figures, checked and with their recipe, for good.", writes=True
    ),
    Command("agreement.write", "w", "Write", "Write the agreement report to a file."),
    *_LIST,
)

_OUTCOME_KEYS = (
    (Outcome.FIRST, "a"), (Outcome.SECOND, "b"), (Outcome.BOTH, "o"), (Outcome.NEW, "w"), (Outcome.NOTHING, "n"),
    (Outcome.DEFERRED, "d"), (Outcome.APART, "p"),
)  # fmt: skip
_OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.FIRST: "A's", Outcome.SECOND: "B's", Outcome.BOTH: "Both", Outcome.NEW: "New set",
    Outcome.NOTHING: "Nothing", Outcome.DEFERRED: "Defer", Outcome.APART: "Apart",
}  # fmt: skip

CONSENSUS = (
    *(
        Command(
            f"consensus.outcome-{outcome}", key, _OUTCOME_LABELS[outcome],
            f"Decide: {OUTCOME_NAMES[outcome]}.", writes=True, argument=str(outcome),
        )
        for outcome, key in _OUTCOME_KEYS
    ),
    Command("consensus.undecided", "tab", "Next open", "Go to the next disagreement that is not decided."),
    Command("consensus.next", "j,down", "Next", "Go to the next disagreement.", footer=False),
    Command("consensus.previous", "k,up", "Before", "Go to the disagreement before.", footer=False),
    Command("consensus.page-down", "pagedown,space", "Read on", "Scroll the text on.", footer=False),
    Command("consensus.page-up", "pageup", "Read back", "Scroll the text back.", footer=False),
    Command("consensus.undo", "u", "Undo", "Undo your newest decision, wherever it was.", writes=True, footer=False),
    Command("consensus.redo", "r", "Redo", "Redo the decision you undid last.", writes=True, footer=False),
    Command("consensus.all", "f", "All codes", "Show the disagreements on every code again.", footer=False),
)  # fmt: skip

_THEME_MOVES = (
    ("shift+up,K", "up", "Up", "Move the theme up among its sisters, or the quote among the quotes."),
    ("shift+down,J", "down", "Down", "Move the theme, or the quote, down."),
    ("shift+right,L", "under", "Under", "Make it a sub-theme of the theme before it."),
    ("shift+left,H", "out", "Out", "Take the sub-theme out from under its theme."),
)
_THEME_VIEWS = (
    ("1", "extracts", "Extracts", "Show the settled segments under the theme."),
    ("2", "quotes", "Quotes", "Show the quotes of the theme in their order."),
    ("3", "overlap", "Overlap", "Show which themes share segments with this one."),
)

THEMES = (
    Command("themes.new", "n", "New theme", "Make a candidate theme.", writes=True),
    Command("themes.gather", "g", "Gather", "Put the code under the bar under a theme.", writes=True),
    Command("themes.describe", "e", "Says", "Write what the theme says: its central idea.", writes=True),
    Command("themes.define", "d", "Define", "Write its definition, what it is not, its narrative.", writes=True),
    Command("themes.state", "s", "State", "Say how far the theme has come.", writes=True),
    Command("themes.remove", "x", "Take out", "Take the code out, drop the theme, put the star aside.", writes=True),
    Command("themes.pane", "tab", "Other pane", "Go between the themes and their extracts."),
    Command("themes.turn", "v", "View", "Turn to the extracts, the quotes, the overlap: 1 to 3 go to one directly."),
    Command("themes.quote", "enter", "Quote", "Pick the extract or the star as a quote, or drop it.", writes=True),
    Command("themes.edit", "c", "Cut", "Leave words out of the quote, or put some in, in brackets.", writes=True),
    Command("themes.use", "a", "For", "Say what the quote is for: to illustrate, or to argue from.", writes=True),
    Command("themes.about", "i", "About", "Read all that is written about the theme, and what to look at."),
    Command("themes.under", "N", "Sub-theme", "Make a sub-theme under this theme.", writes=True, footer=False),
    Command("themes.rename", "m", "Rename", "Give the theme another name.", writes=True, footer=False),
    Command("themes.merge", "M", "Merge", "Merge the theme into another, with a reason.", writes=True, footer=False),
    Command("themes.split", "S", "Split", "Split the theme into parts, with a reason.", writes=True, footer=False),
    *(
        Command(f"themes.move-{way}", key, label, sentence, writes=True, argument=way, footer=False)
        for key, way, label, sentence in _THEME_MOVES
    ),
    *(
        Command(f"themes.view-{name}", key, label, sentence, argument=name, footer=False)
        for key, name, label, sentence in _THEME_VIEWS
    ),
    Command("themes.part", "p", "Part", "Pick only some of the extract's words as a quote.", writes=True, footer=False),
    Command("themes.marks", "o", "Marks", "Leave times, [laughs] and other marks out of quotes, or not.", footer=False),
    Command("themes.report", "w", "Report", "Write the themes report to a file."),
    Command("themes.map", "f", "Map", "Write the theme map to a file.", footer=False),
    Command("themes.undo", "u", "Undo", "Undo your newest step on the theme board.", writes=True, footer=False),
    Command("themes.redo", "r", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    *_LIST,
)

DEIDENTIFY = (
    Command("deidentify.take", "enter,y", "Take it", "Take what is suggested for the string under the bar."),
    Command("deidentify.keep", "k", "Keep", "Keep the string: it identifies nobody."),
    Command("deidentify.redact", "r", "Redact", "Put its kind in brackets in its place."),
    Command("deidentify.write", "e", "Other", "Write something else that stands in its place."),
    Command("deidentify.generalise", "g", "Less exact", "Say how much of a date or an age may stay."),
    Command("deidentify.skip", "s", "Skip", "Leave it for now and go to the next one."),
    Command("deidentify.next", "n", "Next", "Go to the next place to look at; from the last one to the next text."),
    Command("deidentify.add", "a", "Add", "Add a name or a detail that the program did not find."),
    Command("deidentify.import", "i", "Import", "Import the texts without their names.", writes=True),
    Command("deidentify.undo", "u", "Undo", "Take back your newest answer."),
    Command("deidentify.change", "tab", "Strings", "Go to the strings to change an answer, and back."),
    Command("deidentify.down", "down", "Line on", "Go to the next line.", footer=False),
    Command("deidentify.up", "up", "Line back", "Go to the line before.", footer=False),
    Command("deidentify.page-down", "pagedown,space", "Page on", "Read one page on.", footer=False),
    Command("deidentify.page-up", "pageup", "Page back", "Go one page back.", footer=False),
)

IMPORT = (
    Command("import.files", "i", "Files", "Say which files to import."),
    Command("import.seal", "enter", "Seal", "Seal this file as shown, and go to the next one.", writes=True),
    Command("import.all", "A", "Seal all", "Seal this file and all that follow like it, in one step.", writes=True),
    Command("import.skip", "n", "Skip", "Leave this file out and go to the next one."),
    Command("import.role", "r", "Role", "Change the role of the speaker, or what the column is."),
    Command("import.merge", "m", "Merge", "Say that the label is another speaker, spelt otherwise."),
    Command("import.speaker", "x", "Speaker?", "Say that the label is a speaker or none; switch a tier on or off."),
    Command("import.family", "f", "Labels", "Say how a turn begins."),
    Command("import.undo", "u", "Undo", "Take back your newest answer to this file."),
    Command("import.survey", "v", "Survey", "Say what becomes of a table: a document per respondent or question."),
    Command("import.encoding", "e", "Encoding", "Say how the file is encoded."),
    Command("import.warnings", "w", "Warnings", "Read what was left out, kept or is doubtful."),
    Command("import.save", "s", "Save profile", "Keep these answers as an import profile.", writes=True),
    Command("import.apply", "a", "Profile", "Read the file by an import profile."),
    Command("import.front", "h", "Front matter", "Say which lines are nobody's speech."),
    Command("import.pattern", "p", "Pattern", "Say how a turn begins by a regular expression."),
    Command("import.one", "o", "One speaker", "Take it all as one person speaking, or not."),
    Command("import.unit", "c", "Cut by", "Choose the unit that is coded."),
    Command("import.page-down", "pagedown,space", "Read on", "Scroll the turns on.", footer=False),
    Command("import.page-up", "pageup", "Read back", "Scroll the turns back.", footer=False),
    Command("import.next", "j,down", "Next line", "Go to the next line.", footer=False),
    Command("import.previous", "k,up", "Line before", "Go to the line before.", footer=False),
)

SEGMENTS = (
    Command("segments.split", "S", "Split", "Cut the segment in two where the selected words begin.", writes=True),
    Command("segments.merge", "M", "Merge", "Make one of this segment and the next one.", writes=True),
    Command("segments.rule", "c", "Cut anew", "Cut the whole transcript by a rule.", writes=True),
    Command("segments.count", "i", "Interviewers", "Count interviewers' speech, or leave it out.", writes=True),
    *(
        Command(f"segments.word-{steps}", key, label, sentence, footer=False, argument=steps)
        for key, steps, label, sentence in (
            ("right,l", "1", "Next word", "Go to the next word, where a split would be."),
            ("left,h", "-1", "Word before", "Go to the word before."),
            ("shift+right,L", "10", "Words on", "Go ten words on."),
            ("shift+left,H", "-10", "Words back", "Go ten words back."),
        )
    ),
    *_MOVE,
)

CORRECTIONS = (
    Command("corrections.fits", "enter,y", "Still fits", "Say that the codes still fit these words.", writes=True),
    Command("corrections.select", "s", "Other words", "Say on which other words they stand now.", writes=True),
    Command("corrections.transcript", "t", "Transcript", "Go to the place in its transcript."),
    Command("corrections.edit", "e", "Edit", "Correct the words of this turn once more.", writes=True),
    Command("corrections.page-down", "space", "Read on", "Scroll both texts on.", footer=False),
    Command("corrections.page-up", "b", "Read back", "Scroll both texts back.", footer=False),
    *_LIST,
)

_PEOPLE_VIEWS = (
    ("1", "speakers", "Speakers", "Show the speakers of all transcripts with their roles."),
    ("2", "people", "Participants", "Show the participants with what is known of them."),
    ("3", "coverage", "Coverage", "Show who is covered, and who is not."),
)

PARTICIPANTS = (
    Command("participants.by", "b", "Count by", "Choose by which attributes the coverage counts."),
    Command("participants.bands", "n", "Bands", "Part the numbers or dates of the coverage."),
    Command("participants.role", "r", "Role", "Say what the speaker is in the interview.", writes=True),
    Command("participants.participant", "p", "Who", "Say which participant the speaker is.", writes=True),
    Command("participants.value", "a", "Value", "Say what is known of the participant.", writes=True),
    Command("participants.define", "d", "Define", "Define an attribute and what it holds.", writes=True),
    Command("participants.table", "w", "Table", "Take in a table of participants.", writes=True),
    Command("participants.same", "s", "Same?", "See which speakers may be one person.", footer=False),
    *(
        Command(f"participants.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _PEOPLE_VIEWS
    ),
    Command("participants.turn", "v,tab", "Next view", "Go on to the next view: 1 to 3 go to one directly."),
    *_LIST,
)

_COLUMN_KEYS = (
    ("p", "participant", "Participant", "This column says who the participant is."),
    ("t", "transcript", "Transcript", "This column names the transcript."),
    ("s", "speaker", "Speaker", "This column has the label of the speaker."),
    ("r", "role", "Role", "This column has the role of the speaker."),
    ("c", "choice", "Choice", "This column is an attribute with a few choices."),
    ("n", "number", "Number", "This column is an attribute that holds numbers."),
    ("d", "date", "Date", "This column is an attribute that holds dates."),
    ("x", "text", "Text", "This column is an attribute that holds text."),
    ("minus", "nothing", "Leave out", "Leave this column out."),
)

MAPPING = (
    Command("mapping.take", "w", "Take in", "Take the table in as shown.", writes=True),
    Command("mapping.add", "a", "Add people", "Take in people who speak in no transcript yet, or not."),
    Command("mapping.problems", "f", "Faults", "Read every fault of the table."),
    *(
        Command(f"mapping.column-{name}", key, label, sentence, argument=name)
        for key, name, label, sentence in _COLUMN_KEYS
    ),
    *_LIST,
)

_CODE_STATES = (
    ("y", "active", "Active", "Make the code active, or bring a retired one back."),
    ("t", "trial", "On trial", "Put the code on trial."),
    ("x", "retired", "Retire", "Take the code out of use; once released, each use is decided again."),
)
_CODE_MOVES = (
    ("shift+up,K", "up", "Up", "Move the code up among its sisters."),
    ("shift+down,J", "down", "Down", "Move the code down among its sisters."),
    ("shift+right,L", "under", "Under", "Put the code under the one before it."),
    ("shift+left,H", "out", "Out", "Take the code out from under its parent."),
)
_BOOK_VIEWS = (
    ("1", "tree", "Draft", "Show the codes of the draft."),
    ("2", "versions", "Versions", "Show every version: when, by whom, what it changed."),
    ("3", "differences", "Differences", "Show what is different between two versions, word by word."),
    ("4", "again", "Look again", "Show which segments releases ask you to look at again."),
)

CODEBOOK = (
    Command("codebook.open", "o", "Open", "See what the version changed, the code, or the segment to look at again."),
    Command("codebook.edit", "e,enter", "Edit", "Write a field of the code: one key says which.", writes=True),
    Command("codebook.new", "n", "New", "Add a code beside this one.", writes=True),
    Command("codebook.merge", "m", "Merge", "Merge the code into another one.", writes=True),
    Command("codebook.split", "s", "Split", "Split the code; once released, each use is decided again.", writes=True),
    *(
        Command(f"codebook.state-{name}", key, label, sentence, writes=True, argument=name, footer=name == "retired")
        for key, name, label, sentence in _CODE_STATES
    ),
    Command("codebook.turn", "v", "Next view", "Go on to the next view: 1 to 4 go to one directly."),
    Command("codebook.release", "R", "Release", "Say what kind each change was, and release the draft.", writes=True),
    Command("codebook.life", "b", "Life", "Read everything that happened to the code."),
    Command("codebook.find", "slash", "Find", "Go to a code by a few letters."),
    Command("codebook.adopt", "a", "Adopt", "Take a code that a coder proposed into the draft.", writes=True),
    Command("codebook.under", "N", "New under", "Add a code under this one.", writes=True),
    Command("codebook.undo", "u", "Undo", "Undo your newest step on the draft.", writes=True),
    Command("codebook.redo", "r", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    Command("codebook.compare", "d", "Compare", "Choose the two versions to compare."),
    *(
        Command(f"codebook.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _BOOK_VIEWS
    ),
    Command("codebook.pane", "tab", "Other pane", "Go between the list and the page, to scroll it."),
    Command("codebook.label", "l", "Rename", "Give the code another label; its id stays.", writes=True, footer=False),
    Command("codebook.colour", "c", "Colour", "Give the code another colour.", writes=True, footer=False),
    Command("codebook.group", "g", "Group", "Say which codes it excludes on a segment.", writes=True, footer=False),
    *(
        Command(f"codebook.move-{way}", key, label, sentence, writes=True, argument=way, footer=False)
        for key, way, label, sentence in _CODE_MOVES
    ),
    Command("codebook.put", "p", "Put", "Put the code under another one, found by letters.", writes=True, footer=False),
    Command("codebook.take", "i", "From a file", "Make a file the draft; the columns of a table are looked at first.",
            writes=True, footer=False),
    Command("codebook.write", "w", "To a file", "Write the codebook as YAML, a table, QDC or an appendix.",
            footer=False),
    Command("codebook.drop", "X", "Drop", "Drop a code that was never released.", writes=True, footer=False),
    Command("codebook.unused", "f", "Out of use", "Hide codes that are out of use, or show them.", footer=False),
    *_LIST,
)  # fmt: skip

TABLE = (
    Command("table.column", "enter", "Column", "Say what the column under the bar is.", footer=True),
    Command("table.take", "w", "Take in", "Make the codes of the table the draft.", writes=True),
    Command("table.header", "h", "Header", "Say in which row the header is."),
    Command("table.fill", "f", "Fill down", "Let an empty cell mean what the filled one above it says."),
    Command("table.paths", "p", "Paths", "Read names such as 'Parent > Child' as a tree."),
    Command("table.ids", "i", "Ids", "Take what names begin with, such as A.1., as ids."),
    Command("table.sheet", "s", "Sheet", "Look at another sheet of the workbook."),
    Command("table.problems", "t", "To know", "Read everything that is odd about the table."),
    *_LIST,
)

RELEASE = (
    *(
        Command(f"release.kind-{kind}", key, label, sentence, writes=True, argument=kind)
        for key, kind, label, sentence in (
            ("w", "wording", "Wording only", "Say that the code is said better and means the same."),
            ("n", "narrowed", "Narrowed", "Say that the code was narrowed."),
            ("d", "widened", "Widened", "Say that the code was widened."),
        )
    ),
    Command("release.note", "o", "Note", "Write a note on the change.", writes=True),
    Command("release.version", "v", "Version", "Give the version another number.", writes=True),
    Command("release.release", "R", "Release", "Release the version for good, after a yes.", writes=True),
    Command("release.pane", "tab", "Other pane", "Go between the changes and the page, to scroll it."),
    *_LIST,
)

FIND = (
    Command("find.open", "enter", "Open", "Open the transcript at this place."),
    Command("find.ask", "slash", "Find", "Say what to find."),
    Command("find.forms", "l", "Word forms", "Find every form of the words, or only the one that is written."),
    *_LIST,
)

MEMOS = (
    Command("memos.edit", "enter", "Open", "Change your memo under the bar, or read another's."),
    Command("memos.new", "n", "New", "Write a memo on the study, a transcript, a participant or a code.", writes=True),
    Command("memos.search", "slash", "Search", "Show the memos with these words."),
    Command("memos.only", "f", "Only", "Show only one kind of memo, or those on one kind of thing."),
    Command("memos.go", "o", "Go there", "Go to what the memo is on."),
    Command("memos.remove", "x", "Remove", "Remove your memo under the bar, after asking.", writes=True),
    Command("memos.page-on", "space", "Read on", "Scroll the memo on.", footer=False),
    Command("memos.page-back", "b", "Read back", "Scroll the memo back.", footer=False),
    *_LIST,
)

EXTRACTS = (
    Command("extracts.open", "enter", "Open", "Open the transcript at this extract."),
    Command("extracts.turn", "v,tab", "Order", "Turn to the newest, the most typical, the least typical."),
    Command("extracts.words", "w", "Around", "Show the words around the extracts, or leave them out."),
    Command("extracts.mark", "space", "Mark", "Keep this extract in view to compare others with it."),
    Command("extracts.memo", "m", "Compare", "Write a memo that ties the two extracts together.", writes=True),
    Command("extracts.definition", "d", "Definition", "Read the definition of the code."),
    Command("extracts.page-on", "f", "Read on", "Scroll the words on.", footer=False),
    Command("extracts.page-back", "b", "Read back", "Scroll the words back.", footer=False),
    *_LIST,
)

_COUNTED_VIEWS = (
    ("1", "matrix", "Matrix", "Show codes or themes against something else."),
    ("2", "prevalence", "Prevalence", "Show how many participants have each code or theme."),
    ("3", "queries", "Queries", "Show the queries that are saved."),
    ("4", "saturation", "Saturation", "Show when interviews bring no new codes."),
)
_CELL_MOVES = (
    ("down", "j,down", "Down", "Go to the next row."),
    ("up", "k,up", "Up", "Go to the row before."),
    ("right", "l,right", "Right", "Go to the next column."),
    ("left", "h,left", "Left", "Go to the column before."),
    ("page-down", "pagedown", "Page on", "Go one page of rows on."),
    ("page-up", "pageup", "Page back", "Go one page of rows back."),
    ("first", "home,g", "First", "Go to the first cell."),
    ("last", "end,G", "Last", "Go to the last cell."),
)

MATRICES = (
    Command("matrices.open", "enter", "Extracts", "Show the words behind the number, or what the saved query finds."),
    Command("matrices.turn", "v,tab", "Next view", "Go on to the next view: 1 to 4 go to one directly."),
    Command("matrices.kind", "m", "Columns", "Choose what the columns are: participants, an attribute, rounds, codes."),
    Command("matrices.order", "o", "Order", "Choose the order in which the interviews are looked at."),
    Command("matrices.rule", "b", "Rule", "Choose base, run and threshold of saturation."),
    Command("matrices.rows", "r", "Rows", "Have a row for each theme, or for each code."),
    Command("matrices.cells", "c", "Cells", "Choose what a cell holds."),
    Command("matrices.layer", "y", "Layer", "Look at what is settled, or at one coder's own coding."),
    Command("matrices.where", "f", "Only", "Look only at a site, a role, a round or whatever else is known."),
    Command("matrices.ask", "n,slash", "Query", "Write a query and see what it finds."),
    Command("matrices.change", "a", "Change", "Change the saved query under the bar and ask it."),
    Command("matrices.drop", "x", "Drop", "Drop the saved query under the bar.", writes=True),
    Command("matrices.explain", "e", "Explain", "Read what the numbers are out of."),
    Command("matrices.write", "w", "Write", "Write the matrix to a file."),
    Command("matrices.roll", "p", "Roll up", "Let a code include the codes under it, or not.", footer=False),
    Command("matrices.filled", "z", "Empty rows", "Leave empty rows out, or show them.", footer=False),
    Command("matrices.undo", "u", "Undo", "Undo your newest step on the saved queries.", writes=True, footer=False),
    Command("matrices.redo", "R", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    *(
        Command(f"matrices.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _COUNTED_VIEWS
    ),
    *(Command(f"matrices.{name}", key, label, sentence, footer=False) for name, key, label, sentence in _CELL_MOVES),
)

PASSAGES = (
    Command("passages.open", "enter", "Open", "Open the transcript at this extract."),
    Command("passages.save", "s", "Save", "Save the query by a name.", writes=True),
    Command("passages.read-on", "space", "Read on", "Scroll the extract on.", footer=False),
    Command("passages.read-back", "b", "Read back", "Scroll the extract back.", footer=False),
    *_LIST,
)

CHECKLISTS = (
    Command("checklists.answer", "enter", "Answer", "Answer the item, or change the answer.", writes=True),
    Command("checklists.turn", "v,tab", "Next", "Go on to the next checklist."),
    Command("checklists.choose", "c", "Checklist", "Choose a checklist."),
    Command("checklists.gaps", "f", "Missing", "Show only what is missing, or everything."),
    Command("checklists.write", "w", "Write", "Write the checklist to a file."),
    Command("checklists.undo", "u", "Undo", "Undo your newest answer.", writes=True),
    Command("checklists.redo", "r", "Redo", "Redo the answer you undid last.", writes=True, footer=False),
    Command("checklists.page-on", "space", "Read on", "Scroll what is known of the item on.", footer=False),
    Command("checklists.page-back", "b", "Read back", "Scroll what is known of the item back.", footer=False),
    *_LIST,
)

SCREENS: Mapping[str, tuple[Command, ...]] = {
    "home": HOME, "coding": CODING, "agreement": AGREEMENT, "consensus": CONSENSUS, "themes": THEMES,
    "deidentify": DEIDENTIFY, "import": IMPORT, "segments": SEGMENTS,
    "corrections": CORRECTIONS, "participants": PARTICIPANTS, "mapping": MAPPING, "find": FIND,
    "codebook": CODEBOOK, "table": TABLE, "release": RELEASE, "memos": MEMOS, "extracts": EXTRACTS,
    "matrices": MATRICES, "passages": PASSAGES, "checklists": CHECKLISTS,
}  # fmt: skip
"""The commands of each screen, in the order of the footer."""

UNMAPPABLE = frozenset({"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+left_square_bracket", "ctrl+c"})
"""Keys that a terminal sends for Tab, Enter, Backspace and Escape too."""


def remapped(changes: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A person's own keys by command id, and what is wrong with them; wrong ones are left as they were."""
    problems: list[str] = []
    keymap: dict[str, str] = {}
    known = {command.id: command for command in (*EVERYWHERE, *_unique(SCREENS.values()))}
    for id_, keys in changes.items():
        if id_ not in known:
            problems.append(f"There is no command called '{id_}'.")
        elif bad := [key for key in keys.split(",") if key.strip() in UNMAPPABLE or not key.strip()]:
            problems.append(f"'{bad[0]}' can not be the key of {id_}: terminals use it for another key.")
        else:
            keymap[id_] = ",".join(key.strip() for key in keys.split(","))
    for screen, commands in SCREENS.items():
        problems += _clashes(screen, [_with_key(c, keymap) for c in (*commands, *EVERYWHERE)], keymap)
    return keymap, list(dict.fromkeys(problems))


def _with_key(command: Command, keymap: Mapping[str, str]) -> Command:
    return replace(command, key=keymap.get(command.id, command.key))


def _clashes(screen: str, commands: Iterable[Command], keymap: dict[str, str]) -> list[str]:
    owners: dict[str, str] = {}
    problems = []
    for command in commands:
        for key in command.key.split(","):
            if key in owners:
                problems.append(f"On the screen {screen}, '{key}' is the key of {owners[key]} and of {command.id}.")
                keymap.pop(command.id, None)
                keymap.pop(owners[key], None)
            owners[key] = command.id
    return problems


def _unique(lists: Iterable[Iterable[Command]]) -> list[Command]:
    return list({command.id: command for commands in lists for command in commands}.values())
