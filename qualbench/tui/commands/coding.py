"""The commands of coding, of comparing extracts and of memos."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, MOVE, Command


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
    Command("coding.index", "I", "Index", "Put an index code on the whole turn.", writes=True, footer=False),
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
    *MOVE,
)  # fmt: skip


EXTRACTS = (
    Command("extracts.open", "enter", "Open", "Open the transcript at this extract."),
    Command("extracts.turn", "v,tab", "Order", "Turn to the newest, the most typical, the least typical."),
    Command("extracts.words", "w", "Around", "Show the words around the extracts, or leave them out."),
    Command("extracts.mark", "space", "Mark", "Keep this extract in view to compare others with it."),
    Command("extracts.memo", "m", "Compare", "Write a memo that ties the two extracts together.", writes=True),
    Command("extracts.definition", "d", "Definition", "Read the definition of the code."),
    Command("extracts.page-on", "f", "Read on", "Scroll the words on.", footer=False),
    Command("extracts.page-back", "b", "Read back", "Scroll the words back.", footer=False),
    *LIST,
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
    *LIST,
)
