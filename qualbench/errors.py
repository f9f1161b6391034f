"""Every sentence a user can be told when something can not be done.

    QualbenchError              exit 1   a failure
    ├── UsageError              exit 2   the command was not meant like this
    ├── NeedsConfirmation       exit 3   nothing was done; say yes and it will be
    └── ProblemsFound           exit 4   a check found problems

A sentence says what happened, to which file and line, and what to do. Nothing is half done when one is raised.
"""

from dataclasses import dataclass

from qualbench.text import counted, shown, shown_lines


class QualbenchError(Exception):
    """Something a user can be told: one sentence, and if there is one, what to do."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = shown_lines(message)
        self.hint = shown_lines(hint)
        super().__init__(f"{self.message} {self.hint}".strip())


class UsageError(QualbenchError):
    """The command was not meant like this."""

    exit_code = 2


class NeedsConfirmation(QualbenchError):
    """Nothing was done because a question has not been answered."""

    exit_code = 3


class ProblemsFound(QualbenchError):
    """A check ran and found problems."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a file, as a value: one bad line does not lose an interview."""

    path: str
    line: int
    """1-based; 0 when the fault is of the whole file."""
    message: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return shown(f"{place}: {self.message}")


# --- the study -------------------------------------------------------------------------------------------------


class NotAStudy(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(f"{path} is not a Qualbench study.", "Make one with: qualbench init FOLDER")


class StudyExists(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(f"{path} already holds something.", "Choose a folder that is new or empty.")


class StudyInUse(QualbenchError):
    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(
            f"The study is open for writing elsewhere ({holder}).",
            "Close it there first; reading goes on meanwhile.",
        )


class ReadOnlyStudy(QualbenchError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The study is open for reading only: {why}.")


class NewerStudy(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path} was written by a newer Qualbench than this one.",
            "Update Qualbench; nothing was changed.",
        )


class DamagedStudy(QualbenchError):
    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"{path} can not be read: {why}.",
            "Copies that are whole are in its folder backups/; nothing was changed.",
        )


class DiskTrouble(QualbenchError):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"The last change could not be saved: {why}.",
            "Everything before it is safe. Make room and do it again.",
        )


class UnknownMethod(UsageError):
    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no method profile called '{name}'.", f"Known are: {', '.join(known)}")


# --- transcripts -----------------------------------------------------------------------------------------------


class UnreadableFile(QualbenchError):
    """A file that can not become a transcript."""

    def __init__(self, name: str, why: str, advice: str = "") -> None:
        self.name = name
        super().__init__(f"{name}: {why}", advice)


class AlreadyImported(QualbenchError):
    def __init__(self, name: str, first: str) -> None:
        super().__init__(f"{name}: the same file is already in the study as '{first}'.")


class UnknownTranscript(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no transcript called '{name}'.", "See: qualbench status FOLDER")


class SegmentationLocked(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' can not be cut anew: a pass on it is open.")


# --- codebook --------------------------------------------------------------------------------------------------


class BadCodebook(QualbenchError):
    """A codebook file that can not be used; says the file, the line and the field."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class NoCodebook(QualbenchError):
    def __init__(self) -> None:
        super().__init__("The study has no codebook yet.", "Add one with: qualbench codebook FOLDER FILE.yaml")


class FixedCodebook(QualbenchError):
    """A new code while coding, in a method whose codebook is fixed before."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"In {method} the codebook is fixed before the coding, so no code is added while coding.",
            "Write a memo, and add the code to the next version of the codebook.",
        )


class CodeInUse(QualbenchError):
    """A new code is to be taken back that stands in other places too."""

    def __init__(self, places: int) -> None:
        super().__init__(
            f"The new code stands on {counted(places, 'other place')}, so the step that made it stays.",
            "Take it off there first.",
        )


class UnknownCode(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"The codebook has no code called '{name}'.")


# --- coding ----------------------------------------------------------------------------------------------------


class BadTable(QualbenchError):
    """A table that can not be taken in; nothing of it was."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        first = [f"{str(problem).rstrip('.')}." for problem in problems[:20]]
        more = [f"And {len(problems) - 20} more."] if len(problems) > 20 else []
        super().__init__("Nothing was taken in, because the table has faults.", "\n".join([*first, *more]))


class NameTooClose(UsageError):
    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"'{name}' is new here, and '{known}' is there already.", "Write the name as it was.")


class UnknownCoder(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"Nobody called '{name}' codes in this study.")


class PassSubmitted(QualbenchError):
    def __init__(self, coder: str, transcript: str) -> None:
        super().__init__(f"{coder}'s pass on '{transcript}' is submitted; a submitted pass never changes.")


class AlreadyOpened(QualbenchError):
    def __init__(self, transcript: str) -> None:
        super().__init__(
            f"'{transcript}' is opened: its passes are submitted and can be read, "
            "so a new pass would not be independent."
        )


class UnknownRound(QualbenchError):
    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no round called '{name}'.", f"Known are: {', '.join(known) or 'none yet'}")


class UnknownDoubt(QualbenchError):
    def __init__(self, transcript: str, start: int) -> None:
        super().__init__(
            f"Nothing at {start} of '{transcript}' is doubtful.", "The doubtful places are listed by: qualbench correct"
        )


class NotAssigned(QualbenchError):
    def __init__(self, coder: str, transcript: str, round_: str) -> None:
        super().__init__(
            f"The round '{round_}' does not ask {coder} to code '{transcript}'.",
            "Check the name you gave with --as or --coder; a round shows who codes what.",
        )


class NothingToSubmit(QualbenchError):
    def __init__(self, coder: str, transcript: str = "") -> None:
        where = f" on '{transcript}'" if transcript else ""
        super().__init__(f"{coder} has no open pass{where} to submit; nothing was submitted.")


class Undecided(NeedsConfirmation):
    def __init__(self, coder: str, count: int, transcripts: list[str]) -> None:
        super().__init__(
            f"{coder} has not decided {count} segment{'s' if count != 1 else ''} in {', '.join(transcripts)}.",
            "Decide them, or submit with --rest nothing (read, nothing applies) or --rest skipped (not coded).",
        )


class SegmentHasCodes(QualbenchError):
    def __init__(self) -> None:
        super().__init__("This segment has codes, so 'nothing applies' would contradict them.", "Remove them first.")


class NothingToUndo(QualbenchError):
    def __init__(self, word: str = "undo") -> None:
        super().__init__(f"There is nothing of yours to {word} here.")


# --- agreement, consensus, themes ------------------------------------------------------------------------------


class StillBlind(QualbenchError):
    def __init__(self, what: str = "Nothing") -> None:
        super().__init__(
            f"{what} can be compared yet: a transcript opens when every coder's pass on it is submitted,"
            " and on a hub sealed."
        )


class NoCoefficients(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "Reflexive thematic analysis does not measure agreement: a coefficient supposes that there is one "
            "right coding.",
            "Compare the readings themselves, in consensus.",
        )


class OneCoder(QualbenchError):
    def __init__(self, coder: str) -> None:
        super().__init__(f"Only {coder} has coded what is opened; agreement needs two coders.")


class UnknownItem(QualbenchError):
    def __init__(self, item: str) -> None:
        super().__init__(f"There is no disagreement called '{item}'.", "See: qualbench consensus FOLDER list")


class BadDecision(UsageError):
    """A decision that does not say what it must say."""


class UnknownTheme(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no theme called '{name}'.")


class ThemeNameTaken(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is a theme called '{name}' already.")


class QuoteDiffers(QualbenchError):
    def __init__(self, transcript: str) -> None:
        super().__init__(f"The quote is not what '{transcript}' says at its place, so it is refused.")


class FileExists(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(f"{path} exists already.", "Use --force to write over it.")
