"""The commands of bringing material in and keeping it right."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, MOVE, Command

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
    *MOVE,
)


CORRECTIONS = (
    Command("corrections.fits", "enter,y", "Still fits", "Say that the codes still fit these words.", writes=True),
    Command("corrections.select", "s", "Other words", "Say on which other words they stand now.", writes=True),
    Command("corrections.transcript", "t", "Transcript", "Go to the place in its transcript."),
    Command("corrections.edit", "e", "Edit", "Correct the words of this turn once more.", writes=True),
    Command("corrections.page-down", "space", "Read on", "Scroll both texts on.", footer=False),
    Command("corrections.page-up", "b", "Read back", "Scroll both texts back.", footer=False),
    *LIST,
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
    *LIST,
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
    *LIST,
)
