"""Every verb has help with a sentence, and everything that can go wrong on the way is told as a sentence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from qualbench.cli import VERBS, cli, run
from tests.cli.conftest import Verb, places, program, table
from tests.cli.test_blindness import COMMANDS
from tests.cli.test_blindness import VERBS as WORDS

SENTENCE = re.compile(r"[A-Z].+[.]", re.DOTALL)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_verb_has_help_with_a_sentence(path: str, verb: Verb) -> None:
    command = COMMANDS[path]
    assert command.help is not None
    assert SENTENCE.fullmatch(command.help.strip()), command.help
    name, *rest = path.split()
    page = verb(name, *(["FOLDER"] if rest else []), *rest, "--help")
    assert page.err == ""
    assert "Usage: qualbench" in page.out
    assert " ".join(command.help.split())[:40] in " ".join(page.out.split())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_that_is_not_plain_says_what_it_is(path: str) -> None:
    silent = {"--of", "--role", "--transcript"}
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option) and not silent & set(option.opts):
            assert option.help, (path, option.opts)


def test_the_list_of_verbs_has_each_with_its_sentence(verb: Verb) -> None:
    page = verb("--help").out
    for name, (_, sentence) in VERBS.items():
        assert re.search(rf"^  {name} +{re.escape(sentence)}$", page, re.MULTILINE), name
    assert list(VERBS) == cli.list_commands(click.Context(cli))
    assert verb("--version").out.startswith("qualbench, version ")


def asked(path: str, places_: dict[str, str]) -> Iterator[list[str]]:
    """What a verb is asked in the table of all verbs, by somebody."""
    import shlex

    options = {option for param in COMMANDS[path].params for option in param.opts}
    for words in WORDS[path]:
        who = ["--coder", "ana"] if "--coder" in options and "--coder" not in words else []
        yield [path.split()[0], *(word.format(**places_) for word in shlex.split(words)), *who]


@pytest.fixture
def world(files: Path, tmp_path: Path) -> dict[str, str]:
    """What the table's places stand for, in a world where hardly anything is there."""
    (files / "new.txt").write_text("I: Hello?\nP9: Hello.\n")
    (files / "people.csv").write_text("transcript,speaker,role,participant\ntalk,P1,participant,P8\n")
    (files / "corrected.txt").write_text((files / "talk.txt").read_text().replace("at once", "at last"))
    (files / "second.yaml").write_text((files / "book.yaml").read_text().replace('"1.0"', '"2.0"'))
    table(files / "ben.csv", [("talk", 25, 30, "HOPE", "ben", "mine")])
    (files / "segments.csv").write_text("id,document,tag,content\n1,talk,HOPE,Then it got better\n")
    items = {"call_item": "nothing:1", "talk_item": "nothing:2", "some_id": "e5e5e5"}
    keys = {"card": "no card", "key": "0000"}
    return {"files": str(files), "start": "25", "end": "30", **items, **keys}


def told_well(words: list[str], code: int, out: str, err: str) -> None:
    """What went wrong is told on stderr, in whole sentences, without anything of the program's inside."""
    assert "Traceback" not in err, words
    assert 'File "' not in err, words
    if code in (1, 2):
        assert err.strip(), words
        first = err.strip().splitlines()
        sentence = first[0] if code == 1 or not first[0].startswith("Usage") else first[-1]
        assert sentence.rstrip().endswith("."), (words, sentence)
        assert out == "", words


WHERE = ("missing", "file", "folder", "garbage")
NEED_NONE = ("init", "demo", "whoami", "join", "hub join")


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in NEED_NONE])
def test_every_verb_tells_what_is_no_study(
    path: str, where: str, world: dict[str, str], tmp_path: Path, verb: Verb
) -> None:
    place = tmp_path / "place"
    if where == "file":
        place.write_text("a file")
    elif where != "missing":
        place.mkdir()
    if where == "garbage":
        (place / "study.db").write_bytes(b"this is no database at all, " * 200)
    for words in asked(path, {**world, "study": str(place)}):
        ran = verb(*words, code=None)
        if path == "doctor" and ran.code == 4:
            continue  # it looks into damaged studies, and says what it found as data
        assert ran.code in (1, 2), words
        told_well(words, ran.code, ran.out, ran.err)
        if path not in (
            "open",
            "code",
            "consensus",
            "cqr",
            "themes",
            "codings",
        ):  # these want a terminal or a verb first
            assert "place" in ran.err, words


@pytest.fixture(scope="module")
def empty_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty study, made once; tests take copies."""
    folder = tmp_path_factory.mktemp("empty") / "study"
    assert run(["init", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("path", COMMANDS)
def test_every_verb_works_or_tells_why_on_an_empty_study(
    path: str, world: dict[str, str], tmp_path: Path, empty_once: Path, verb: Verb
) -> None:
    """An empty study: no codebook, no transcript, nobody."""
    for number, words in enumerate(asked(path, {**world, "study": "STUDY"})):
        study = Path(shutil.copytree(empty_once, tmp_path / f"empty{number}"))
        ran = verb(*(word.replace("STUDY", str(study)) for word in words), code=None)
        assert ran.code in (0, 1, 2), words
        if ran.code:
            told_well(words, ran.code, ran.out, ran.err)
    verb("doctor", study)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_verb_works_or_tells_why_on_a_study_nobody_coded(
    path: str, world: dict[str, str], team: Path, verb: Verb
) -> None:
    for words in asked(path, {**world, "study": str(team)}):
        ran = verb(*words, code=None)
        assert ran.code in (0, 1, 2, 3, 4), words
        if ran.code:
            told_well(words, ran.code, ran.out if ran.code < 3 else "", ran.err)
    verb("doctor", team)


def test_a_file_that_exists_stays_unless_force_is_said(opened: Path, tmp_path: Path, verb: Verb) -> None:
    for words, name in ((("export", opened, "themes"), "x.md"), (("codings", opened, "export"), "x.csv")):
        target = tmp_path / name
        target.write_text("precious")
        assert "exists already." in verb(*words, "-o", target, code=1).err
        assert target.read_text() == "precious"
        verb(*words, "-o", target, "--force")
        assert target.read_text() != "precious"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["x.csv", "x.md"], "no part is left"


def test_what_is_wrong_with_tables_of_people_is_told(opened: Path, tmp_path: Path, verb: Verb) -> None:
    people = tmp_path / "people.csv"
    header = "transcript,speaker,role,participant\n"
    for body, code, sentence in (
        (b"", 1, "people.csv: there is no row with anything in it."),
        (f"{header}talk,P1,priest,P1\n".encode(), 1, "people.csv, line 2: 'priest' is not a role"),
        (f"{header}talk,P1,other,P1\ngone,P1,other,P1\n".encode(), 1, "people.csv, line 3: there is no transcript"),
        (f"{header}talk,P9,other,P1\n".encode(), 1, "people.csv, line 2: 'talk' has no speaker 'P9'"),
        (f"{header}talk,P1,other,P1\n\ngone,P1,other,P1\n".encode(), 1, "people.csv, line 4: there is no transcript"),
        (f"{header}talk,Zoë,other,P1\n".encode("cp1252"), 1, "people.csv: line 2, byte 8 (0xeb) is not UTF-8."),
        (header.encode() + b"talk," + b"x" * 200_000 + b",other,P1\n", 1, "people.csv: line 2"),
        (f"{header}talk,P1\n".encode(), 1, "people.csv, line 2: '' is not a role"),
    ):
        people.write_bytes(body)
        ran = verb("participants", opened, "import", people, code=code)
        assert sentence in ran.err
        told_well(["participants import"], code, ran.out, ran.err)


def test_what_is_wrong_with_a_codebook_is_told_and_no_study_is_begun(tmp_path: Path, verb: Verb) -> None:
    book = tmp_path / "book.yaml"
    for body in (
        b"",
        b"codes: [",
        b"- just\n- a list\n",
        b"\xff\xfe",
        b"format: other/9\n",
        b"format: !!python/object:os.x\n",
    ):
        book.write_bytes(body)
        ran = verb("init", tmp_path / "new", "--codebook", book, code=1)
        assert "book.yaml" in ran.err, body
        assert "Traceback" not in ran.err
        assert not (tmp_path / "new").exists()


def test_a_study_with_damaged_pages_is_told_and_not_traced(opened: Path, verb: Verb) -> None:
    """Every page of the database but the first is overwritten; each verb says so in a sentence."""
    file = opened / "study.db"
    body = bytearray(file.read_bytes())
    body[4096:] = b"\xa5" * (len(body) - 4096)
    file.write_bytes(bytes(body))
    for words in (
        ("status",), ("agree", "--json"), ("round",), ("codings", "export"), ("consensus", "list"), ("themes", "list"),
        ("search", "trusted"), ("participants",), ("codebook",), ("doctor",), ("themes", "new", "Two"),
    ):  # fmt: skip
        name, *rest = words
        ran = verb(name, opened, *rest, code=None)
        assert ran.code in (1, 4), (words, ran)
        told_well(list(words), ran.code, ran.out, ran.err)


def begun(verb: Verb, files: Path, study: Path, *options: str) -> None:
    """A study with one transcript, of which ana has looked at one segment."""
    verb("init", study, *options, "--codebook", files / "book.yaml")
    verb("import", study, files / "talk.txt", "--yes")
    verb("codings", study, "nothing", "talk", places(study, "talk")[0][0], "--coder", "ana")


@pytest.mark.parametrize("options", [("--coders", "1"), ("--coders", "1", "--method", "reflexive-ta")])
def test_a_study_with_one_coder_has_no_agreement_and_says_so(
    options: tuple[str, ...], files: Path, tmp_path: Path, verb: Verb
) -> None:
    study = tmp_path / "solo"
    begun(verb, files, study, *options)
    verb("submit", study, "--coder", "ana", "--all", "--rest", "skipped")
    for more in ([], ["--json"]):
        ran = verb("agree", study, *more, code=1)
        told_well(["agree"], 1, ran.out, ran.err)
    assert verb("consensus", study, "list", "--json").data == []
    verb("export", study, "themes", "-o", tmp_path / "solo.md")


def test_coders_who_skipped_each_others_segments_have_no_figures(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "apart"
    begun(verb, files, study)
    verb("codings", study, "nothing", "talk", places(study, "talk")[1][0], "--coder", "ben")
    for coder in ("ana", "ben"):
        verb("submit", study, "--coder", coder, "--all", "--rest", "skipped")
    run_ = verb("agree", study, "--json").data
    assert run_["units"] == 0
    assert {code["kappa"] for code in run_["codes"]} == {None}
    assert "undefined (no units)" in run_["codes"][0]["why"]
    assert "undefined (no units)" in verb("agree", study).out
    verb("codings", study, "export")
    verb("export", study, "themes", "-o", tmp_path / "apart.md")


@pytest.mark.parametrize("verb_words", [("demo", ".", "--no-open"), ("init", ".")])
def test_the_folder_one_stands_in_can_be_the_study(
    verb_words: tuple[str, ...], tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my study").mkdir()
    monkeypatch.chdir(tmp_path / "my study")
    verb(*verb_words)
    name = verb("status", ".", "--json").data["study"]
    assert name == ("my study" if verb_words[0] == "init" else "Peer support in aftercare (demo)")
    assert [path.name for path in tmp_path.iterdir()] == ["my study"], "nothing is left beside it"


def test_screens_want_a_terminal_and_say_so(opened: Path) -> None:
    for words in (("open",), ("code", "--coder", "ana"), ("consensus",), ("themes",)):
        ran = program(words[0], opened, *words[1:], code=1)
        assert ran.err.startswith("The screens need a terminal.")
    assert "The screens need a terminal." in program(code=1, cwd=opened).err
    assert "Usage: qualbench" in program(cwd=opened.parent).out


def test_coders_who_skipped_everything_have_no_figures_either(team: Path, tmp_path: Path, verb: Verb) -> None:
    start, _ = places(team, "talk")[0]
    for coder in ("ana", "ben"):
        for _ in ("marked", "taken back"):
            verb("codings", team, "nothing", "talk", start, "--coder", coder)
        verb("submit", team, "talk", "--coder", coder, "--rest", "skipped")
    for more in ([], ["--json"]):
        ran = verb("agree", team, *more)
        assert "undefined (no units)" in ran.out
    verb("export", team, "themes", "-o", tmp_path / "nothing.md")
