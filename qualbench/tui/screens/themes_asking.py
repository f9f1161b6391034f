"""What is asked on the theme board about themes: names, words, states, where they go, what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualbench.errors import QualbenchError, UsageError
from qualbench.model import FIELD_NAMES, STATE_NAMES, Changes, Codebook, Theme, ThemeField, ThemeState
from qualbench.steps import codebook as codebooks
from qualbench.text import excerpt, one_line
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen


def ask_new(screen: StepScreen, under: Theme | None, then: Callable[[str], None]) -> None:
    """Ask for the name of a new theme, or of a sub-theme."""

    def make(name: str | None) -> None:
        if name and screen.write(lambda: screen.project.create_theme(name, under=under)):
            then(screen.project.theme(name).id)

    title = f"Name of the new theme under '{excerpt(under.name, 40)}'" if under else "Name of the new theme"
    screen.app.push_screen(AskWords(title, one_line=True), make)


def ask_words(
    screen: StepScreen, title: str, before: str, act: Callable[[str], Changes], *, line: bool = False
) -> None:
    """Ask for words and do something with them, also when there are none."""

    def keep(words: str | None) -> None:
        if words is not None:
            screen.write(lambda: act(words))

    screen.app.push_screen(AskWords(title, before, one_line=line), keep)


def ask_field(screen: StepScreen, theme: Theme) -> None:
    """Ask which of the things written about a theme, and what it says."""
    answers = [(field, f"{title}: {one_line(theme.written(field)) or '-'}") for field, title in FIELD_NAMES.items()]

    def write(name: str | None) -> None:
        if name is not None:
            field = ThemeField(name)
            title = f"{excerpt(theme.name, 40)}: {FIELD_NAMES[field].lower()}"
            before = theme.written(field)
            ask_words(screen, title, before, lambda words: screen.project.write_theme(theme, field, words))

    screen.app.push_screen(Choose(f"Write about '{excerpt(theme.name, 50)}'", answers), write)


def ask_state(screen: StepScreen, theme: Theme) -> None:
    """Ask how far a theme has come, and why when it goes back."""
    order = list(ThemeState)
    answers = [(state, f"{name}{' (now)' if state is theme.state else ''}") for state, name in STATE_NAMES.items()]

    def to(name: str | None) -> None:
        if name is None:
            return
        state = ThemeState(name)
        if order.index(state) > order.index(theme.state):
            screen.write(lambda: screen.project.state_theme(theme, state))
        else:
            title = f"{excerpt(theme.name, 30)}, {STATE_NAMES[state]}: why?"
            act = screen.project.state_theme
            ask_words(screen, title, "", lambda reason: act(theme, state, reason), line=True)

    screen.app.push_screen(Choose(f"How far has '{excerpt(theme.name, 50)}' come?", answers), to)


def ask_theme(
    screen: StepScreen, question: str, themes: Sequence[Theme], then: Callable[[Theme], None]
) -> None:  # fmt: skip
    """Ask which theme."""
    if not themes:
        screen.say("Make another theme first (press n).")
        return

    def chosen(id_: str | None) -> None:
        theme = next((theme for theme in themes if theme.id == id_), None)
        if theme is not None:
            then(theme)

    screen.app.push_screen(Choose(question, [(theme.id, theme.name) for theme in themes]), chosen)


def ask_merge(screen: StepScreen, theme: Theme, board: Sequence[Theme]) -> None:
    """Ask which theme this one goes into, and why."""

    def into(other: Theme) -> None:
        title = f"{excerpt(theme.name, 30)} goes into {excerpt(other.name, 30)}: why?"
        act = screen.project.merge_themes
        ask_words(screen, title, "", lambda reason: act([theme], other, reason), line=True)

    others = [one for one in board if one.id != theme.id]
    ask_theme(screen, f"'{excerpt(theme.name, 50)}' goes into which theme?", others, into)


def ask_split(screen: StepScreen, theme: Theme, book: Codebook, written: str = "") -> None:
    """Ask for the parts of a theme, a line for each, and why; a mistake is said and can be mended."""
    codes = list(theme.codes)
    half = (len(codes) + 1) // 2
    before = written or f"First part = {', '.join(codes[:half])}\nSecond part = {', '.join(codes[half:])}\n"
    hint = "A line for each part: its name = its codes."

    def keep(words: str | None) -> None:
        if not words or not words.strip():
            return
        try:
            parts = read_parts(words, book)
        except QualbenchError as error:
            screen.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
            ask_split(screen, theme, book, words)
            return
        title = f"'{excerpt(theme.name, 40)}' is more than one theme: why?"
        act = screen.project.split_theme
        ask_words(screen, title, "", lambda reason: act(theme, parts, reason), line=True)

    screen.app.push_screen(AskWords(f"Split '{excerpt(theme.name, 50)}'", before, hint=hint), keep)


def read_parts(words: str, book: Codebook) -> dict[str, list[str]]:
    """The codes of each part by its name, from lines like 'Name = CODE, CODE'."""
    parts: dict[str, list[str]] = {}
    for line in filter(str.strip, words.split("\n")):
        name, sign, codes = line.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"'{excerpt(line, 40)}' is not a name, a =, and codes.")
        parts[name.strip()] = [codebooks.find(book, code.strip()).id for code in codes.split(",") if code.strip()]
    return parts
