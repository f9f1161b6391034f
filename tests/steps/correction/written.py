"""An interview and ways to correct it, for the tests of corrections."""

from hypothesis import strategies as st

from qualbench.model import Segment, Turn
from qualbench.steps.correction import Carried, Carry, Comparison, carry

INTERVIEW = """I: How did it begin?
P1: I recieved a letter from Anna. It was short. I did not sleep.
I: And then?
P1: Then Anna called me.
She was kind.
"""


def place(text: str, words: str) -> tuple[int, int]:
    """Where the words stand first."""
    start = text.index(words)
    return start, start + len(words)


def carried(comparison: Comparison, words: str) -> tuple[Carry, str]:
    """How a coding on these words is carried, and what it reads in the new text."""
    found: Carried = carry(comparison, *place(comparison.old, words))
    return found.state, comparison.new[found.start : found.end]


def turns_of(text: str) -> tuple[Turn, ...]:
    """A turn for each line that opens with I: or P1:, other lines go on with it."""
    turns: list[Turn] = []
    at = 0
    for line in text.split("\n"):
        label = line.partition(":")[0]
        if label in ("I", "P1"):
            body = at + len(label) + 1
            body += len(text[body : at + len(line)]) - len(text[body : at + len(line)].lstrip())
            turns.append(Turn(at, body, at + len(line.rstrip()), int(label == "P1"), float(at)))
        elif turns and line.strip():
            last = turns.pop()
            turns.append(Turn(last.start, last.body, at + len(line.rstrip()), last.speaker, last.seconds))
        at += len(line) + 1
    return tuple(turns)


def segments_of(text: str, turns: tuple[Turn, ...]) -> tuple[Segment, ...]:
    """The sentences of the turns, cut behind every full stop."""
    found = []
    for number, turn in enumerate(turns):
        start = turn.body
        for sentence in text[turn.body : turn.end].split("."):
            end = min(turn.end, start + len(sentence) + 1)
            words = text[start:end]
            if words.strip():
                blank = len(words) - len(words.lstrip())
                found.append(Segment(start + blank, start + len(words.rstrip()), number))
            start = end
    return tuple(found)


# --- generated texts and corrections ---------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        "can",
        "can't",
        "a-b",
        "yes.",
        "yes",
        ",",
        "é",
        "e\u0301",
        "👍🏽",
        "👍",
        "שלום",
        "مرحبا",
        "字",
        "漢字",
        "𝔘x",
        "3.5",
    ]
)
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", ""])
TEXTS = st.lists(st.tuples(WORDS, BLANKS), max_size=14).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


LETTERS = st.text("ab \n", max_size=25)


@st.composite
def corrections(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> tuple[str, str]:
    """A text and the text after a few stretches of it were replaced."""
    old = new = draw(texts)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(new)))
        end = draw(st.integers(start, min(len(new), start + 8)))
        new = new[:start] + draw(st.one_of(st.just(""), texts.map(lambda put: put[:6]))) + new[end:]
    return old, new


LINES = st.lists(
    st.sampled_from(
        ["I: Yes. And no.", "P1: I was. I am. So.", "I:", "P1: Mhm.", "more words. here", "", "P1: a. b. c"]
    ),
    max_size=7,
).map(lambda lines: "\n".join(["I: Go on.", *lines]) + "\n")


@st.composite
def interviews(draw: st.DrawFn) -> tuple[str, str]:
    """An interview and the interview after a few stretches of it were replaced."""
    old = new = draw(LINES)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(new)))
        end = draw(st.integers(start, min(len(new), start + 20)))
        put = draw(st.sampled_from(["", "", " ", "\n", "new. words ", "P1: new\n", "\nI: new", "x", "Well, "]))
        new = new[:start] + put + new[end:]
    return old, new
