"""Hostile and ordinary text: no verb lets a raw control character out, and none is shaken by what it is given.

That no raw character leaves is checked by the `verb` fixture for every run of every test; here it is given reason to.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from qualbench.cli import run
from qualbench.cli.agreement import VIEWS
from qualbench.cli.checklists import NAMES as CHECKLISTS
from tests.cli.conftest import RAW_CONTROL, Verb, places, program, table
from tests.cli.test_blindness import COMMANDS

ESC = "\x1b]52;c;ZXZpbA==\x07"
C1, NUL, BIDI, TAB = "\x9b31m", "\x00", "\u202egnp\u202c\u2066x\u2069", "\t"
MARKUP = "[laughs] [/x] [@click=app.quit]press[/]"
SIGNS = "👩‍👩‍👧‍👦 e\u0301 🇺🇦"
NASTY = f"{ESC}{C1}{BIDI}{TAB}{MARKUP}{SIGNS}\x7f\u2028\u0085"
LABEL = f"Odd {BIDI}{TAB}{MARKUP}{SIGNS}\u2028"
"""A code's label: a codebook with escape characters is refused, one with these is not."""
LONG = "x" * 5_000 + " " + "y" * 4_999

TEXT = f"I: Hello {NASTY}{NUL}?\nP1: {NASTY} {LONG}\nI: {MARKUP}\nP1: plain {ESC}\nZo\u0308e{C1}: {NASTY}\n"


def is_clean(text: str) -> bool:
    """Whether a terminal may be given this text."""
    return RAW_CONTROL.search(text) is None


def quoted(words: str) -> str:
    """Words as YAML, which has no surrogate pairs for what is beyond four digits."""
    return json.dumps(words, ensure_ascii=False).replace("\u2028", "\\u2028")


@pytest.fixture(scope="module")
def hostile_once(team_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with hostile words wherever a person can put words: text, labels, names, codes, memos, notes, themes."""
    place = tmp_path_factory.mktemp("hostile")
    folder = Path(shutil.copytree(team_once, place / "study"))
    book = place / f"book{ESC}.yaml"
    entry = f"{{id: ODD, label: {quoted(LABEL)}, definition: {quoted(LABEL)}, definition_short: {quoted(LABEL)}}}"
    second = f"{{id: EVEN, label: {quoted(MARKUP)}, definition: {quoted(BIDI)}}}"
    book.write_text(
        f'format: qualbench-codebook/1\ntitle: {quoted(LABEL)}\nversion: "2.0"\ncodes:\n  - {entry}\n  - {second}\n'
    )
    assert run(["codebook", str(folder), str(book)]) == 0
    name = f"evil{ESC}{BIDI}{MARKUP.replace('/', '')}{SIGNS}"
    source = place / f"{name}.txt"
    source.write_text(TEXT)
    assert run(["import", str(folder), str(source), "--yes"]) == 0
    return folder


JUDGING = (
    ("judges", "P1", "ana"), ("state", "P1", "core-ideas", "--note", NASTY),
    ("ideas", "write", "P1", "ODD", NASTY, "--as", "ana"), ("ideas", "submit", "P1", "--as", "ana"),
    ("ideas", "agree", "P1", "ODD", NASTY), ("judges", "ODD", "ana"),
    ("categories", "propose", "ODD", NASTY, "--as", "ana"), ("categories", "submit", "ODD", "--as", "ana"),
    ("categories", "agree", "ODD", NASTY), ("count", "participant", "--reason", NASTY),
    ("roles", "dora", "auditor"), ("comments", "make", "case", "P1", NASTY, "--as", "dora"),
)  # fmt: skip
"""Consensual qualitative research with hostile words wherever a person can put words."""


@pytest.fixture
def hostile(hostile_once: Path, tmp_path: Path) -> Path:
    """A copy of the hostile study."""
    return Path(shutil.copytree(hostile_once, tmp_path / "hostile"))


@pytest.fixture
def evil(hostile: Path, verb: Verb) -> str:
    """The id of the hostile transcript."""
    return str(verb("status", hostile, "--json").data["transcripts"][-1]["id"])


@pytest.fixture
def filled(hostile: Path, evil: str, tmp_path: Path, verb: Verb) -> Path:
    """The hostile study with hostile codings, memos, a decision, a theme and rounds."""
    rows: list[tuple[object, ...]] = []
    for coder, code in (("ana", "ODD"), ("ben", "EVEN")):
        rows += [(evil, *span, code, coder, f"{coder} {NASTY}") for span in places(hostile, evil)]
    verb("codings", hostile, "import", table(tmp_path / f"in{ESC}.csv", rows), "--json")
    verb("themes", hostile, "star", evil, *places(hostile, evil)[-1], "--note", NASTY, "--as", "ana")
    for coder in ("ana", "ben"):
        verb("submit", hostile, "--coder", coder, "--all", "--json")
    item = verb("consensus", hostile, "list", "--json").data[0]["item"]
    verb("consensus", hostile, "decide", item, "--outcome", "both", "--reason", "slip", "--note", NASTY, "--json")
    verb("consensus", hostile, "session", "open", "--person", NASTY, "--sample", "1")
    verb("consensus", hostile, "session", "pause", "--note", NASTY)
    verb("themes", hostile, "new", f"Theme {NASTY}", "--idea", NASTY)
    verb("themes", hostile, "gather", f"Theme {NASTY}", LABEL)
    verb("themes", hostile, "new", f"Other {NASTY}")
    verb("themes", hostile, "gather", f"Other {NASTY}", "EVEN")
    verb("themes", hostile, "write", f"Theme {NASTY}", "narrative", NASTY)
    verb("themes", hostile, "new", f"Gone {NASTY}")
    verb("themes", hostile, "drop", f"Gone {NASTY}", "--reason", NASTY, "--yes")
    pair = [f"{evil}:{one}" for one, _ in places(hostile, evil)[:2]]
    verb("memo", hostile, "write", NASTY, "--on", "comparison", "--about", "ODD", "--extracts", *pair, "--as", "ana")
    assert "plain ␛" in verb("memo", hostile, "extracts", "ODD", "--as", "ana").out
    for more in ((), ("--recode", "--transcript", evil)):
        name = f"Round {'again ' * bool(more)}{ESC}{BIDI}"
        verb("round", hostile, "plan", name, "--coder", "ana", "--coder", "ben", "--yes", *more)
    verb("participants", hostile, "attributes", "--name", f"known {NASTY}", "--kind", "text")
    verb("participants", hostile, "value", "P1", f"known {NASTY}", NASTY)
    text = tmp_path / "corrected.txt"
    verb("correct", hostile, "text", evil, "-o", text)
    text.write_bytes(text.read_bytes().replace(b"x y", b"x z y"))
    verb("correct", hostile, "import", evil, text, "--reason", NASTY, "--yes")
    (start, end), *_ = places(hostile, evil)
    verb("themes", hostile, "quote", f"Theme {NASTY}", evil, start, end)
    verb("query", hostile, "ODD and EVEN", "--save", f"Query {NASTY}")
    for on in (("study",), ("code", "--about", "ODD"), ("transcript", "--about", evil), ("case", "--about", "P1")):
        verb("memo", hostile, "write", NASTY, "--kind", "bias", "--on", *on, "--as", "ana")
    verb("types", hostile, "assign", "P1", f"Stance {BIDI}", MARKUP, "--reason", NASTY)
    verb("types", hostile, "negative", f"Theme {NASTY}", "--participant", "P1", "--reason", NASTY)
    for words in JUDGING:
        verb("cqr", hostile, *words)
    verb("codebook", hostile, "add", LABEL, "--under", "ODD", "--definition", BIDI, "--example", MARKUP)
    verb("codebook", hostile, "edit", "EVEN", "--exclude", NASTY, "--question", NASTY)
    return hostile


def test_a_codebook_with_escape_characters_is_refused_by_its_lines(hostile: Path, tmp_path: Path, verb: Verb) -> None:
    book = tmp_path / "book.yaml"
    entry = json.dumps({"id": "BAD", "label": f"Bad {ESC}", "definition": C1})
    book.write_text(f'format: qualbench-codebook/1\ntitle: T\nversion: "3.0"\ncodes:\n  - {entry}\n')
    ran = verb("codebook", hostile, book, code=1)
    assert "book.yaml, line 5: the field 'label' holds a control character." in ran.err
    book.write_text(f"format: qualbench-codebook/1\ntitle: {ESC}\n")
    assert "book.yaml, line 2" in verb("codebook", hostile, book, code=1).err


def test_the_sealed_text_is_as_it_was_and_only_what_is_shown_is_changed(hostile: Path, evil: str) -> None:
    from qualbench.project import Project

    with Project.open(hostile) as project:
        assert project.transcript(evil).text == TEXT


READS = ["status", "doctor", "participants", "codebook", "agree", "codings export", "consensus list", "consensus log"]
READS += ["consensus agenda", "consensus session list", "consensus session show", "consensus outcomes"]
READS += [
    "method",
    "method cycle",
    "memo",
    "codebook versions",
    "themes list",
    "round",
    "participants attributes",
    "participants same",
    "vault",
    "vault status",
]
READS += [
    "themes stars",
    "themes history",
    "themes overlap",
    "themes check",
    "correct",
    "correct list",
    "query",
    "prevalence",
    "saturation",
    "types",
    "types list",
    "types negative",
    "checklist",
    "check",
    "trail",
    "cqr cases",
    "cqr biases",
    "cqr ideas",
    "cqr categories",
    "cqr table",
    "cqr comments",
]


@pytest.mark.parametrize("path", READS)
def test_no_read_lets_a_raw_character_out(path: str, filled: Path, verb: Verb) -> None:
    name, *rest = path.split()
    plain, data = (verb(name, filled, *rest, *more) for more in ([], ["--json"]))
    assert plain.out
    json.loads(data.out)


WITH_WORDS = {
    "search", "themes extracts", "themes show", "round size", "participants coverage", "correct text",
    "correct versions",
    "round uncoded",
    "memo extracts", "codebook diff", "codebook life", "codebook proposals", "codebook debt",
    "codebook columns", "matrix", "check rate",
    "consensus history", "consensus session", "consensus show", "trail check",
    "whoami", "people", "hub", "hub status", "cqr history", "cqr raw", "cqr compare", "cqr stability",
}  # fmt: skip
"""Reads that want more than a study."""


def test_reads_with_words_let_none_out(filled: Path, evil: str, verb: Verb) -> None:
    for words in (
        ("search", filled, "plain"),
        ("search", filled, "plain", "--json"),
        ("search", filled, "plain", "--lemma"),
        ("correct", filled, "text", evil),
        ("correct", filled, "text", evil, "--json"),
        ("correct", filled, "versions", evil),
        ("correct", filled, "versions", evil, "--show", "1"),
        ("participants", filled, "coverage", "--by", f"known {NASTY}"),
        ("participants", filled, "coverage", "--by", f"known {NASTY}", "--json"),
        ("search", filled, NASTY),
        ("search", filled, '"'),
        ("search", filled, "NEAR( a* OR ) AND ^ : -"),
        *(("memo", filled, "extracts", "ODD", "--show", show, "--as", "ana") for show in ("newest", "typical", "edge")),
        ("memo", filled, "extracts", "ODD", "--as", "ana", "--json"),
        ("memo", filled, "--search", NASTY),
        *(("codebook", filled, "diff", "1.0", "draft", *more) for more in ([], ["--json"])),
        *(("codebook", filled, "life", "ODD", *more) for more in ([], ["--json"], ["--markdown"])),
        ("codebook", filled, "proposals"),
        ("codebook", filled, "debt", "--coder", "ana"),
        ("codebook", filled, "--draft"),
        *(
            ("codebook", filled, "write", "-o", filled / f"book{end}")
            for end in (".csv", ".yaml", ".md", ".docx", ".qdc")
        ),
        *(("codebook", filled, "columns", filled / "book.csv", *more) for more in ([], ["--json"])),
        *(("codebook", filled, "take", filled / "book.csv", "--dry-run", *more) for more in ([], ["--json"])),
        *(("themes", filled, "show", f"Theme {NASTY}", *more) for more in ([], ["--json"])),
        *(("themes", filled, "map", "-o", filled / f"map{end}") for end in (".svg", ".dot", ".mmd")),
        ("themes", filled, "extracts", f"Theme {NASTY}"),
        ("themes", filled, "extracts", f"Theme {NASTY}", "--json"),
        (
            "types",
            filled,
            "rule",
            "Stance",
            MARKUP,
            f'code:"{LABEL}" or attribute:"known {NASTY}" = "{NASTY}"',
            "--dry-run",
        ),
        ("codebook", filled, "biography", "ODD", "-o", filled / "odd.md"),
        ("round", filled, "size", "--prevalence", "0.2"),
        ("round", filled, "size", "--prevalence", "0.2", "--json"),
        *(("agree", filled, "--show", view, *more) for view in VIEWS if view != "again" for more in ([], ["--json"])),
        *(
            ("matrix", filled, kind, *more)
            for kind in ("participants", "coders", "cooccurrence")
            for more in ([], ["--json"])
        ),
        ("matrix", filled, "attribute", "--by", f"known {NASTY}", "--rows", "themes"),
        ("matrix", filled, "transcripts", "--cell", "ODD", evil),
        ("query", filled, "--saved", f"Query {NASTY}"),
        ("query", filled, "--saved", f"Query {NASTY}", "--json"),
        ("prevalence", filled, "--row", "ODD"),
        *(("checklist", filled, name, *more) for name in CHECKLISTS for more in ([], ["--json"])),
        ("checklist", filled, "coreq", "answer", "14", NASTY),
        *(("trail", filled, "--theme", f"Theme {NASTY}", *more) for more in ([], ["--json"])),
        *(("trail", filled, "export", "-o", filled / f"trail{end}") for end in (".csv", ".html", ".txt")),
        *(("trail", filled, "check", filled / "trail.csv", *more) for more in ([], ["--json"])),
        *(("export", filled, "qdpx", "-o", filled / f"out{n}.qdpx", *more) for n, more in enumerate(([], ["--json"]))),
        *(("import", filled / "back", filled / "out0.qdpx", *more) for more in (["--dry-run", "--json"], ["--yes"])),
        ("agree", filled, "--qualcoder", "--benchmark", "landis-koch"),
        ("whoami", "--as", NASTY),
        ("whoami", "--as", NASTY, "--json"),
        ("whoami", "--as", NASTY, "-o", filled / "nasty.card"),
        ("send", filled, "--to", "cleo", "--card", filled / "nasty.card", "-o", filled / "out.qbp", "--as", "cleo"),
        *(("people", filled, *more) for more in ([], ["--json"])),
        *(("merge", filled, "--as", NASTY, *more) for more in ([], ["--json"], ["--dry-run"])),
        *(("cqr", filled, "history", "P1", *more) for more in ([], ["--json"])),
        *(("cqr", filled, "raw", "P1", "ODD", *more) for more in ([], ["--json"])),
        *(("cqr", filled, "compare", f"known {NASTY}", *more) for more in ([], ["--json"])),
        *(("cqr", filled, "table", "-o", filled / f"cqr{end}") for end in (".csv", ".md", ".docx")),
        ("cqr", filled, "stability", "--kept"),
        ("agree", filled, "--code", LABEL, "--pair", "ana", "ben"),
    ):
        verb(*words)
    assert verb("search", filled, "plain", "--json").data[0]["text"] == f"plain {ESC}", "data is as it is, escaped"


def test_sealed_texts_are_looked_over_without_their_teeth(filled: Path, verb: Verb) -> None:
    for more in ([], ["--json"]):
        ran = verb("deidentify", filled, "--check", "--show", "--own", "plain", *more, code=4)
        assert is_clean(ran.out)
        assert is_clean(ran.err)


def test_data_holds_the_very_words(filled: Path, verb: Verb) -> None:
    theme, _ = verb("themes", filled, "list", "--json").data
    assert (theme["theme"], theme["idea"]) == (f"Theme {NASTY}".strip(), NASTY)
    assert verb("consensus", filled, "log", "--json").data[0]["note"] == NASTY
    memos = {row["memo"] for row in verb("codings", filled, "export", "--json").data}
    assert memos == {f"ana {NASTY}", f"ben {NASTY}"}


def test_a_table_on_stdout_shows_signs_and_a_table_in_a_file_is_exact(filled: Path, tmp_path: Path, verb: Verb) -> None:
    ran = verb("codings", filled, "export")
    assert "␛]52;c;ZXZpbA==␇" in ran.out
    assert "Control characters are shown as signs here" in ran.err
    verb("codings", filled, "export", "-o", tmp_path / "out.csv")
    assert ESC in (tmp_path / "out.csv").read_text("utf-8")


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".csv"])
def test_the_report_is_written_whatever_is_in_it(filled: Path, tmp_path: Path, suffix: str, verb: Verb) -> None:
    target = tmp_path / f"out{suffix}"
    verb("export", filled, "themes", "-o", target)
    assert target.stat().st_size > 100


WRONG_WORDS = [
    ("{nasty}",),
    ("status", "{study}/{nasty}"),
    ("status", "{study}", "{nasty}"),
    ("status", "{study}", "--{nasty}"),
    ("init", "{study}", "--method", "{nasty}"),
    ("init", "{study}/new", "--codebook", "{nasty}"),
    ("method", "{study}", "change", "{nasty}", "--reason", "{nasty}"),
    ("method", "{study}", "phase", "{nasty}"),
    ("codebook", "{study}", "{nasty}"),
    ("codebook", "{study}", "--version", "{nasty}"),
    ("codebook", "{study}", "diff", "{nasty}", "draft"),
    ("codebook", "{study}", "edit", "{nasty}", "--notes", "x"),
    ("codebook", "{study}", "edit", "ODD", "--kind", "{nasty}"),
    ("codebook", "{study}", "edit", "ODD", "--colour", "{nasty}"),
    ("codebook", "{study}", "state", "ODD", "{nasty}"),
    ("codebook", "{study}", "merge", "{nasty}", "--into", "ODD"),
    ("codebook", "{study}", "adopt", "{nasty}"),
    ("codebook", "{study}", "release", "--change", "{nasty}"),
    ("codebook", "{study}", "release", "--change", "ODD={nasty}"),
    ("codebook", "{study}", "recheck", "{nasty}", "1", "2", "ODD", "--none", "--coder", "ana"),
    ("codebook", "{study}", "recheck", "talk", "1", "2", "{nasty}", "--none", "--coder", "ana"),
    ("codebook", "{study}", "update", "talk", "--coder", "{nasty}"),
    ("codebook", "{study}", "life", "{nasty}"),
    ("codebook", "{study}", "take", "{nasty}"),
    ("codebook", "{study}", "columns", "{good}", "--sheet", "{nasty}"),
    ("codebook", "{study}", "take", "{good}", "--map", "{nasty}"),
    ("codebook", "{study}", "write", "-o", "{study}/x.{nasty}"),
    ("memo", "{study}", "--about", "{nasty}"),
    ("memo", "{study}", "write", "x", "--on", "transcript", "--about", "{nasty}"),
    ("memo", "{study}", "write", "x", "--on", "comparison", "--about", "ODD", "--extracts", "{nasty}", "{nasty}:1"),
    ("memo", "{study}", "edit", "{nasty}", "x"),
    ("memo", "{study}", "extracts", "{nasty}"),
    ("import", "{study}", "{nasty}", "--yes"),
    ("deidentify", "{study}", "{nasty}"),
    ("deidentify", "{study}", "{good}", "--names", "{nasty}"),
    ("deidentify", "{study}", "{good}", "--answers", "{nasty}"),
    ("deidentify", "{study}", "{good}", "--vault", "{study}/{nasty}"),
    ("deidentify", "{study}", "{nasty}", "--check"),
    ("deidentify", "{study}", "--merge-vault", "{study}/{nasty}"),
    ("deidentify", "{study}", "{good}", "--profile", "{nasty}"),
    ("deidentify", "{study}", "{good}", "--role", "{nasty}"),
    ("import", "{study}", "{nasty}", "--yes", "--json"),
    ("import", "{study}", "{good}", "--encoding", "{nasty}", "--yes"),
    ("participants", "{study}", "set", "{nasty}", "P1", "--role", "other"),
    ("participants", "{study}", "set", "talk", "{nasty}", "--role", "other"),
    ("participants", "{study}", "import", "{nasty}"),
    ("import", "{study}", "{good}", "--family", "{nasty}", "--yes"),
    ("import", "{study}", "{good}", "--role", "{nasty}=guest", "--yes"),
    ("import", "{study}", "{good}", "--profile", "{nasty}"),
    ("import", "{study}", "{good}", "--pattern", "{nasty}(", "--yes"),
    ("segment", "{study}", "{nasty}", "--by", "turn"),
    ("codings", "{study}", "{nasty}"),
    ("codings", "{study}", "apply", "talk", "25", "{nasty}", "--coder", "ana"),
    ("codings", "{study}", "apply", "{nasty}", "25", "ODD", "--coder", "ana"),
    ("codings", "{study}", "apply", "talk", "25", "ODD", "--coder", "{nasty}"),
    ("codings", "{study}", "apply", "talk", "{nasty}", "ODD", "--coder", "ana"),
    ("codings", "{study}", "import", "{nasty}"),
    ("codings", "{study}", "match", "{nasty}"),
    ("send", "{study}", "--to", "{nasty}", "--card", "{nasty}", "-o", "{study}/x.qbp"),
    ("join", "{study}/{nasty}", "{study}/new"),
    ("merge", "{study}", "{study}/{nasty}"),
    ("people", "{study}", "{nasty}", "{nasty}"),
    ("hand-in", "{study}", "-o", "{study}/{nasty}/{nasty}"),
    ("trail", "{study}", "--code", "{nasty}"),
    ("trail", "{study}", "--theme", "{nasty}"),
    ("trail", "{study}", "export", "-o", "{study}/x.{nasty}"),
    ("trail", "{study}", "check", "{nasty}"),
    ("export", "{study}", "qdpx", "-o", "{study}/{nasty}/{nasty}"),
    ("export", "{study}", "qdpx", "-o", "{study}/x.qdpx", "--layer", "{nasty}"),
    ("import", "{study}/new", "{study}/{nasty}.qdpx", "--yes"),
    ("import", "{study}/new", "{study}/x.qdpx", "--convention", "{nasty}"),
    ("codings", "{study}", "export", "-o", "{study}/{nasty}/{nasty}"),
    ("submit", "{study}", "{nasty}", "--coder", "ana"),
    ("submit", "{study}", "--all", "--coder", "{nasty}"),
    ("agree", "{study}", "--pair", "{nasty}", "ben"),
    ("agree", "{study}", "--round", "{nasty}"),
    ("agree", "{study}", "--transcript", "{nasty}"),
    ("agree", "{study}", "--code", "{nasty}"),
    ("agree", "{study}", "--show", "{nasty}"),
    ("agree", "{study}", "--benchmark", "{nasty}"),
    ("agree", "{study}", "-o", "{study}/x.{nasty}"),
    ("agree", "{study}", "--figures", "{study}/study.db"),
    ("round", "{study}", "plan", "{nasty}", "--coder", "ana", "--coder", "ben", "--yes"),
    ("round", "{study}", "plan", "R", "--coder", "{nasty}", "--coder", "ben", "--yes"),
    ("round", "{study}", "plan", "R", "--coder", "ana", "--coder", "ben", "--by", "{nasty}"),
    ("round", "{study}", "plan", "R", "--coder", "ana", "--coder", "ben", "--transcript", "{nasty}"),
    ("round", "{study}", "plan", "R", "--coder", "ana", "--seed", "{nasty}"),
    ("round", "{study}", "withdraw", "{nasty}", "--reason", "{nasty}"),
    ("round", "{study}", "plan", "R", "--coder", "ana", "--query", "{nasty}"),
    ("round", "{study}", "bind", "{nasty}", "--query", "{nasty}"),
    ("round", "{study}", "uncoded", "{nasty}"),
    ("types", "{study}", "--of", "{nasty}"),
    ("types", "{study}", "assign", "{nasty}", "{nasty}", "{nasty}", "--reason", "x"),
    ("types", "{study}", "rule", "{nasty}", "{nasty}", "{nasty}"),
    ("types", "{study}", "negative", "{nasty}", "--participant", "{nasty}", "--reason", "x"),
    ("codebook", "{study}", "biography", "{nasty}", "-o", "{study}/x.md"),
    ("round", "{study}", "size", "--prevalence", "{nasty}"),
    ("consensus", "{study}", "decide", "{nasty}", "--outcome", "a", "--reason", "slip"),
    ("consensus", "{study}", "decide", "x:1", "--outcome", "{nasty}", "--reason", "slip"),
    ("consensus", "{study}", "decide", "x:1", "split", "--reason", "slip", "--part", "{nasty}"),
    ("consensus", "{study}", "together", "{nasty}", "{nasty}", "--outcome", "a", "--reason", "slip"),
    ("consensus", "{study}", "show", "{nasty}"),
    ("consensus", "{study}", "history", "{nasty}"),
    ("consensus", "{study}", "link", "{nasty}", "{nasty}"),
    ("consensus", "{study}", "agenda", "--session", "{nasty}"),
    ("consensus", "{study}", "outcomes", "--session", "{nasty}", "--round", "{nasty}"),
    ("consensus", "{study}", "session", "show", "{nasty}"),
    ("consensus", "{study}", "session", "open", "--person", "ana", "--round", "{nasty}", "--chair", "{nasty}"),
    ("consensus", "{study}", "session", "resume", "{nasty}", "--person", "{nasty}", "--note", "{nasty}"),
    ("cqr", "{study}", "judges", "{nasty}", "ana"),
    ("cqr", "{study}", "judges", "P1", "{nasty}"),
    ("cqr", "{study}", "roles", "{nasty}", "{nasty}"),
    ("cqr", "{study}", "state", "{nasty}", "closed"),
    ("cqr", "{study}", "raw", "P1", "{nasty}"),
    ("cqr", "{study}", "ideas", "write", "P1", "{nasty}", "x"),
    ("cqr", "{study}", "ideas", "remove", "{nasty}"),
    ("cqr", "{study}", "comments", "make", "idea", "{nasty}", "x"),
    ("cqr", "{study}", "compare", "{nasty}"),
    ("themes", "{study}", "describe", "{nasty}", "x"),
    ("themes", "{study}", "unquote", "{nasty}", "{nasty}"),
    ("themes", "{study}", "split", "{nasty}", "--part", "{nasty}", "--part", "x=y", "--reason", "{nasty}"),
    ("themes", "{study}", "edit", "{nasty}", "{nasty}"),
    ("themes", "{study}", "pick", "{nasty}", "{nasty}"),
    ("themes", "{study}", "star", "{nasty}", "1", "2"),
    ("themes", "{study}", "write", "{nasty}", "not", "{nasty}"),
    ("themes", "{study}", "map", "-o", "{study}/x.{nasty}"),
    ("export", "{study}", "themes", "-o", "{study}/x.{nasty}"),
    ("matrix", "{study}", "{nasty}"),
    ("matrix", "{study}", "attribute", "--by", "{nasty}"),
    ("matrix", "{study}", "participants", "--where", "{nasty}"),
    ("query", "{study}", "{nasty}"),
    ("query", "{study}", "ODD", "--save", " "),
    ("query", "{study}", "--saved", "{nasty}"),
    ("query", "{study}", "--drop", "{nasty}"),
    ("prevalence", "{study}", "--layer", "{nasty}"),
    ("saturation", "{study}", "--order", "{nasty}"),
    ("checklist", "{study}", "{nasty}"),
    ("checklist", "{study}", "coreq", "answer", "{nasty}", "x"),
    ("checklist", "{study}", "coreq", "{nasty}"),
    ("participants", "{study}", "withdraw", "{nasty}"),
    *(("check", "{study}", verb, "{nasty}") for verb in ("prepare", "send", "apply", "close", "withdraw")),
    ("check", "{study}", "prepare", "P1", "--note", "{nasty}", "-o", "{study}/{nasty}"),
    ("check", "{study}", "send", "P1", "--channel", "{nasty}", "--due", "{nasty}"),
    ("check", "{study}", "reply", "{nasty}", "corrections", "{nasty}"),
    ("check", "{study}", "reply", "P1", "corrections", "{nasty}"),
    ("check", "{study}", "apply", "P1", "{nasty}", "--text", "{study}/study.db"),
    ("export", "{study}", "themes", "-o", "{study}/x.md", "--vault", "{study}/{nasty}"),
    ("export", "{study}", "{nasty}", "-o", "{study}/x.md"),
]


@pytest.mark.parametrize("words", WRONG_WORDS, ids=lambda words: " ".join(words[:3:2]))
def test_wrong_words_are_said_again_without_their_teeth(words: tuple[str, ...], hostile: Path, verb: Verb) -> None:
    nasty = NASTY.replace("/", "")
    good = hostile.parent / "good.txt"
    good.write_text("I: Hello?\nP1: Hello.\n")
    ran = verb(*(word.format(nasty=nasty, study=hostile, good=good) for word in words), code=None)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err


def test_a_question_about_a_hostile_theme_is_asked_in_signs(
    filled: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    import click

    from qualbench import cli

    asked: list[str] = []
    monkeypatch.setattr(cli.output, "asks", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda words, **_: asked.append(words))
    verb("themes", filled, "drop", f"Theme {NASTY}", "--reason", NASTY, code=3)
    assert len(asked) == 1
    assert is_clean(asked[0])


def test_streams_of_a_real_program_are_clean_too(filled: Path) -> None:
    for words in (("themes", "list"), ("themes", "list", "--json"), ("codings", "export"), ("status",), ("round",)):
        ran = program(words[0], filled, *words[1:])
        assert is_clean(ran.out)
        assert is_clean(ran.err)
    assert is_clean(program("status", filled, NASTY, code=2).err)


def test_words_that_are_not_text_are_refused_in_words(hostile: Path) -> None:
    before = sqlite3.connect(hostile / "study.db").execute("select count(*) from journal").fetchone()
    ran = program("themes", hostile, "new", b"caf\xe9".decode(errors="surrogateescape"), code=2)
    assert ran.err == "The command holds characters that are not UTF-8 text.\n"
    assert sqlite3.connect(hostile / "study.db").execute("select count(*) from journal").fetchone() == before


def test_every_read_verb_is_here() -> None:
    """A verb with `--json` that writes nothing belongs into the checks above."""
    with_data = {path for path, command in COMMANDS.items() if "as_json" in {p.name for p in command.params}}
    writes = {
        "import",
        "deidentify",
        "codings import",
        "codings match",
        "submit",
        "consensus decide",
        "consensus together",
        "consensus session open",
        "round plan",
        "check withdraw",
        "types rule",
        "merge",
        "hub sync",
        "hub open",
        "participants import",
        "correct import",
        "codebook add",
        "codebook release",
        "codebook take",
    }
    acts = {path for path in with_data if "acts" in vars(COMMANDS[path].callback)}
    assert with_data - writes - acts - WITH_WORDS == set(READS)


def test_everything_the_screens_do_is_a_verb_with_data() -> None:
    """Every verb that ends has `--json`; the others open a screen or are groups of verbs."""
    without = {path for path, command in COMMANDS.items() if "as_json" not in {p.name for p in command.params}}
    assert without == {"open", "code", "demo", "codings", "consensus", "cqr", "themes"} & set(COMMANDS)
