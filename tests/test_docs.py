"""The papers say what the program does: verbs, keys, links, the tour of the README, and the code that is quoted."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from qualbench import cli
from qualbench.project import Project
from qualbench.tui.commands import EVERYWHERE, SCREENS, Command

ROOT = Path(__file__).parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
OUTSIDE = {".git", ".venv", ".venv-peers", "__pycache__", ".hypothesis", "node_modules", "build", "dist"}


def read(page: Path) -> str:
    """A page as a reader sees it, without the programs that write its tables."""
    return re.sub(r"<!-- \[\[\[cog.*?\]\]\] -->", "", page.read_text("utf-8"), flags=re.DOTALL)


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


# --- verbs and keys --------------------------------------------------------------------------------------------


def verbs(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(command)
    assert isinstance(command, click.Group)
    for one in command.list_commands(context):
        child = command.get_command(context, one)
        assert child is not None
        yield f"{name} {one}".strip(), child
        if isinstance(child, click.Group):
            yield from verbs(child, f"{name} {one}".strip())


def test_every_verb_has_its_place_with_all_its_options() -> None:
    parts = re.split(r"^#{2,} ", (ROOT / "docs/verbs.md").read_text("utf-8"), flags=re.MULTILINE)
    told = {part.split("\n", 1)[0]: part for part in parts}
    for name, command in verbs(cli.cli):
        assert name in told
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(option in told[name] for option in parameter.opts), f"{name} {parameter.opts}"


def test_every_verb_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"(docs/verbs.md#{name})" in readme for name in cli.VERBS)


@pytest.mark.parametrize(("title", "commands"), [("everywhere", EVERYWHERE), *SCREENS.items()])
def test_every_key_is_in_the_key_table_of_its_screen(title: str, commands: tuple[Command, ...]) -> None:
    page = (ROOT / "docs/keys.md").read_text("utf-8")
    part = page.split(f"\n## {title.capitalize()}\n")[1].split("\n## ")[0]
    rows = {cells[4].strip(" `"): cells[1] for line in part.splitlines() if len(cells := line.split("|")) == 6}
    for command in commands:
        if command.listed:
            assert all(f"`{key}`" in rows[command.id] for key in command.key_name.split())


# --- links and pictures ----------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The places of a page that a link can name, as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("paper", named(PAPERS))
def test_every_link_leads_somewhere(paper: str) -> None:
    page = ROOT / paper
    for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
        if not target.startswith("https://"):
            path, _, anchor = target.partition("#")
            there = (page.parent / path) if path else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there), target


def test_every_picture_is_shown_and_asks_nobody_for_anything() -> None:
    shown = "".join(paper.read_text("utf-8") for paper in PAPERS)
    pictures = sorted((ROOT / "docs/pictures").glob("*.svg"))
    assert len(pictures) == 15
    for picture in pictures:
        drawn = picture.read_text("utf-8")
        assert f"pictures/{picture.name})" in shown
        assert "@font-face" not in drawn
        assert not re.search(r"(?:href|src|url)\s*[=(]\s*[\"']?\s*https?:", drawn)


# --- the tour --------------------------------------------------------------------------------------------------


def tour() -> list[str]:
    """The command lines of the README, in order."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def words_of(line: str) -> list[str]:
    """The words of a command line as a shell would hand them on."""
    found: list[str] = []
    for word in shlex.split(line):
        matches = sorted(str(path) for path in Path().glob(word)) if "*" in word else []
        found += matches or [word]
    return found


def test_the_tour_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "codebooks", tmp_path / "codebooks")
    shutil.copytree(ROOT / "projects/demo", tmp_path / "projects/demo")
    monkeypatch.chdir(tmp_path)
    opened: list[tuple[Path, str]] = []

    def as_on_screen(folder: Path, viewer: str = "", screen: str = "home", transcript: str = "") -> None:
        """What the coding screen does first, without a terminal."""
        with Project.open_or_look(folder, viewer) as project:
            project.open_pass(transcript or project.transcripts()[0].id)
        opened.append((folder, screen))

    monkeypatch.setattr("qualbench.cli.coding.open_screens", as_on_screen)
    lines = tour()
    assert len(lines) > 12
    for line in lines:
        program, *arguments = words_of(line)
        assert program == "qualbench"
        assert cli.run(arguments) == 0, line
    assert opened == [(Path("projects/my-study"), "coding")]
    assert (tmp_path / "projects/my-study/exports/themes.docx").stat().st_size > 10_000


def test_the_tour_goes_the_whole_way() -> None:
    done = [words_of(line)[1] for line in tour()]
    way = ["init", "import", "code", "submit", "agree", "consensus", "themes", "export", "doctor"]
    assert sorted(way, key=done.index) == way


@pytest.mark.parametrize("paper", named(PAPERS))
def test_every_command_line_names_a_verb_that_is_there(paper: str) -> None:
    known = {name for name, _ in verbs(cli.cli)}
    text = re.sub(r"```text\n.*?```", "", (ROOT / paper).read_text("utf-8"), flags=re.DOTALL)
    for line in re.findall(r"(?:^\$ |`)qualbench ([a-z][^`\n]*)", text, re.MULTILINE):
        first, *rest = [word for word in line.split() if not word.startswith("-")]
        assert first in known, line
        if first in ("codings", "participants") and len(rest) > 1:
            assert f"{first} {rest[1]}" in known, line


# --- what is quoted, and what does not belong --------------------------------------------------------------------


def quoted() -> list[tuple[str, str]]:
    """The code that CONTRIBUTING.md quotes, with the file it says it is from."""
    blocks = re.findall(r"```python\n# (\S+)\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    return [(path, code.rstrip()) for path, code in blocks]


def test_the_walk_through_a_verb_quotes_real_code() -> None:
    assert [path for path, _ in quoted()] == [
        "qualbench/events/themes.py",
        "qualbench/store/rules/themes.py",
        "qualbench/steps/themes/board.py",
        "qualbench/project/themes.py",
        "qualbench/tui/commands/themes.py",
        "qualbench/cli/themes.py",
    ]
    for path, code in quoted():
        assert code in (ROOT / path).read_text("utf-8"), path


def texts() -> Iterator[Path]:
    """Every text file of the project; researchers' own studies and what tools leave behind are not of it."""
    kinds = {".py", ".md", ".yaml", ".toml", ".csv", ".txt", ".vtt", ".srt", ".html", ".css", ".svg", ".tcss", ""}
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        strange = any(part in OUTSIDE or part.endswith("_cache") for part in inside.parts)
        theirs = inside.parts[0] == "projects" and inside.parts[:2] != ("projects", "demo")
        if path.is_file() and path.suffix in kinds and not strange and not theirs:
            yield path


def test_no_text_names_a_machine_a_tool_or_a_ticket() -> None:
    machine = "|".join(f"/{place}/" for place in ("home", "root", "Users", "work")) + r"|[A-Z]:\\Users"
    tools = "|".join(("claude", "anthropic", "chat" + "gpt", "openai", "copilot", "language" + " model"))
    ticket = r"\b(?:issue|ticket|pull request|PR) #?\d+|\(#\d+\)"
    unwanted = re.compile(f"(?<![\\w.~])(?:{machine})|\\b(?:{tools})\\b|{ticket}", re.IGNORECASE)
    myself = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in texts()
        if path not in (myself, ROOT / "LICENSE")
        for match in [unwanted.search(path.read_text("utf-8", errors="replace"))]
        if match
    ]
    assert found == []


# --- sentences -------------------------------------------------------------------------------------------------

GENERAL = {"QualbenchError": 0, "UsageError": 0, "NeedsConfirmation": 0, "ProblemsFound": 0, "BadDecision": 0}
"""Errors that take their sentence from whoever raises them, as which argument."""
PASSED_ON = {"UnreadableFile": 1}
"""Likewise, for those that put a file's name before it."""


def error_classes() -> set[str]:
    """Every error that a user can be told, of all modules."""
    known = {"QualbenchError"}
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and known & {ast.unparse(base) for base in node.bases}:
                known.add(node.name)
    return known


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module, the errors first, so that what they found can be built upon."""
    for path in sorted((ROOT / "qualbench").rglob("*.py"), key=lambda path: (path.name != "errors.py", path)):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def sentences() -> Iterator[tuple[str, str]]:
    """The sentences that errors are made from and where they stand; a hole in one is shown as {}."""
    known = error_classes()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name in known:
                yield from said(name, node, {"super().__init__": 0})
            elif isinstance(node, ast.Raise) and node.exc is not None:
                yield from said(name, node.exc, GENERAL | PASSED_ON)


def said(name: str, tree: ast.AST, places: dict[str, int]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in places:
            at = places[ast.unparse(node.func)]
            words = spelled(node.args[at]) if len(node.args) > at else ""
            if words:
                yield f"{name}:{node.lineno}", words


def spelled(node: ast.expr) -> str:
    """The words of a text in the source, with {} where something is put in; empty when it is no text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_error_is_a_sentence() -> None:
    found = list(sentences())
    assert len(found) > 40
    handed_on = {"{}: {}"}
    wrong = [(at, words) for at, words in found if not words.endswith(".") and words not in handed_on]
    assert wrong == []
