"""Names that are not there and numbers that can not be: each is told in a sentence, with nothing printed beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Verb
from tests.cli.test_help_and_errors import told_well

TWO = ("--coder", "ana", "--coder", "ben")

UNKNOWN = [
    (("segment", "{s}", "gone", "--by", "turn"), 1, "There is no transcript called 'gone'."),
    (("codings", "{s}", "apply", "gone", "1", "TRUST", "--coder", "ana"), 1, "There is no transcript called 'gone'."),
    (("codings", "{s}", "nothing", "gone", "1", "--coder", "ana"), 1, "There is no transcript called 'gone'."),
    (("codings", "{s}", "memo", "gone", "1", "x", "--coder", "ana"), 1, "There is no transcript called 'gone'."),
    (("submit", "{s}", "gone", "--coder", "ana"), 1, "There is no transcript called 'gone'."),
    (("undo", "{s}", "--transcript", "gone"), 1, "There is no transcript called 'gone'."),
    (("redo", "{s}", "--transcript", "gone"), 1, "There is no transcript called 'gone'."),
    (("themes", "{s}", "quote", "One", "gone", "1", "2"), 1, "There is no transcript called 'gone'."),
    (("participants", "{s}", "set", "gone", "P1", "--role", "other"), 1, "There is no transcript called 'gone'."),
    (("participants", "{s}", "set", "talk", "P9", "--role", "other"), 1, "'talk' has no speaker called 'P9'."),
    (("codings", "{s}", "apply", "talk", "25", "JOY", "--coder", "ana"), 1, "The codebook has no code called 'JOY'."),
    (("codings", "{s}", "remove", "talk", "25", "JOY", "--coder", "ana"), 1, "The codebook has no code called 'JOY'."),
    (("themes", "{s}", "gather", "One", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("themes", "{s}", "release", "One", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("consensus", "{s}", "decide", "x:1", "--outcome", "a", "--reason", "slip"), 1, "no disagreement called 'x:1'."),
    (("themes", "{s}", "describe", "Gone", "x"), 1, "There is no theme called 'Gone'."),
    (("themes", "{s}", "extracts", "Gone"), 1, "There is no theme called 'Gone'."),
    (("themes", "{s}", "new", "one"), 1, "There is a theme called 'one' already."),
    (("themes", "{s}", "new", " "), 2, "A theme needs a name."),
    (("themes", "{s}", "write", "Gone", "not", "x"), 1, "There is no theme called 'Gone'."),
    (("themes", "{s}", "merge", "One", "--into", "Gone", "--reason", "x"), 1, "There is no theme called 'Gone'."),
    (("themes", "{s}", "merge", "One", "--into", "One", "--reason", "x"), 2, "Name at least one other theme"),
    (("themes", "{s}", "drop", "One", "--reason", " ", "--yes"), 2, "needs a reason."),
    (("themes", "{s}", "split", "One", "--part", "A=JOY", "--part", "B=", "--reason", "x"), 1, "called 'JOY'."),
    (("themes", "{s}", "split", "One", "--part", "A=", "--reason", "x"), 2, "two parts or more."),
    (("themes", "{s}", "place", "One", "--under", "One"), 2, "can not stand under itself."),
    (("themes", "{s}", "place", "One", "--after", "Gone"), 1, "There is no theme called 'Gone'."),
    (("themes", "{s}", "place", "One", "--top", "--under", "Gone"), 2, "one of each."),
    (("themes", "{s}", "use", "gone", "argue"), 2, "There is no such quote."),
    (("themes", "{s}", "edit", "gone", "x"), 2, "There is no such quote."),
    (("themes", "{s}", "edit", "gone"), 2, "Say the quote as it is to be"),
    (("themes", "{s}", "move", "gone"), 2, "There is no such quote."),
    (("themes", "{s}", "pick", "gone", "One"), 2, "There is no such star"),
    (("themes", "{s}", "star", "gone", "1", "2"), 1, "There is no transcript called 'gone'."),
    (("themes", "{s}", "map", "-o", "{s}/map.png"), 2, "can not be written as a file that ends in '.png'."),
    (("themes", "{s}", "unquote", "One", "x"), 2, "The theme 'One' has no such quote."),
    (("themes", "{s}", "quote", "One", "talk", "5", "3"), 1, "is refused."),
    (("themes", "{s}", "quote", "One", "talk", "5", "9", "--words", "not so"), 1, "is refused."),
    (("agree", "{s}", "--pair", "ana", "zed"), 1, "Nobody called 'zed' codes in this study."),
    (("agree", "{s}", "--pair", "ana", "ana"), 2, "ana can not be compared with ana."),
    (("agree", "{s}", "--show", "causes", "--pair", "ana", "zed"), 1, "Nobody called 'zed' codes in this study."),
    (("agree", "{s}", "--round", "Gone"), 1, "There is no round called 'Gone'."),
    (("agree", "{s}", "--transcript", "gone"), 1, "There is no transcript called 'gone'."),
    (("agree", "{s}", "--code", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("agree", "{s}", "--show", "again"), 2, "name it with --round NAME."),
    (("agree", "{s}", "--show", "sideways"), 2, "'sideways' is not one of"),
    (("agree", "{s}", "--figures", "{s}/study.db"), 2, "is a file."),
    (("round", "{s}", "withdraw", "Gone", "--reason", "x"), 1, "There is no round called 'Gone'."),
    (("round", "{s}", "withdraw", "Gone"), 2, "Missing option '--reason'."),
    (("round", "{s}", "plan", "R", "--yes"), 2, "Missing option '--coder'."),
    (("round", "{s}", "plan", "R", *TWO, "--transcript", "talk"), 2, "'talk' can not be planned: it is begun"),
    (("round", "{s}", "plan", "R", *TWO, "--transcript", "gone"), 1, "There is no transcript called 'gone'."),
    (("round", "{s}", "plan", "R", *TWO, "--by", "age"), 2, "No participant has an attribute called 'age'."),
    (("round", "{s}", "plan", "R", *TWO, "--share", "1.5"), 2, "A share of 1.5 can not be drawn."),
    (("round", "{s}", "plan", "R", *TWO, "--each", "3"), 2, "3 coders each are asked for, and there are 2."),
    (("round", "{s}", "plan", "R", *TWO, "--seed", "-1"), 2, "is not in the range"),
    (("round", "{s}", "plan", "R", "--coder", "zed", "--recode"), 1, "no transcript that all of them have coded"),
    (("round", "{s}", "size", "--prevalence", "0"), 2, "is not in the range"),
    (("round", "{s}", "size", "--prevalence", "0.2", "--half-width", "nan"), 2, "The half width can not be nan."),
    (("round", "{s}", "size", "--prevalence", "0.2", "--alpha", "1"), 2, "The alpha can not be 1."),
    (("round", "{s}", "size", "--prevalence", "0.2", "--icc", "2"), 2, "correlate by 2 can not be."),
    (("submit", "{s}", "--all", "--coder", "zed"), 1, "zed has no open pass to submit; nothing was submitted."),
    (("submit", "{s}", "--coder", "ana"), 2, "Say which transcripts, or --all."),
    (("submit", "{s}", "talk", "--all", "--coder", "ana"), 2, "Say which transcripts, or --all."),
    (("codings", "{s}", "apply", "talk", "25", "TRUST", "--coder", "zed"), 1, "'talk' is opened: its passes are"),
    (("codings", "{s}", "import", "gone.csv"), 2, "'gone.csv' does not exist."),
    (("codings", "{s}", "import", "{s}"), 2, "is a directory."),
    (("participants", "{s}", "import", "gone.csv"), 2, "'gone.csv' does not exist."),
    (("participants", "{s}", "import", "{s}"), 2, "is a directory."),
    (("codebook", "{s}", "gone.yaml"), 1, "gone.yaml can not be read: No such file or directory."),
    (("codebook", "{s}", "{s}"), 1, "can not be read: Is a directory."),
    (("init", "{s}/new", "--codebook", "gone.yaml"), 1, "gone.yaml can not be read: No such file or directory."),
    (("init", "{s}"), 1, "already holds something."),
    (("init", "{s}/study.db"), 2, "is a file."),
    (("init", "{s}/study.db/under"), 1, "can not be read or written: Not a directory."),
    (("demo", "{s}/exports/../backups", "--no-open"), 1, "already holds something."),
    (("demo", "{s}/study.db/under", "--no-open"), 1, "can not be read or written: Not a directory."),
    (("export", "{s}", "themes", "-o", "{s}/gone/x.md"), 1, "can not be written: No such file or directory."),
    (("export", "{s}", "themes", "-o", "{s}/study.db"), 2, "can not be written as a file that ends in '.db'."),
    (("export", "{s}", "themes", "-o", "/proc/x.md"), 1, "/proc/x.md can not be written:"),
    (("codings", "{s}", "export", "-o", "{s}/gone/x.csv"), 1, "can not be written: No such file or directory."),
    (("codings", "{s}", "export", "-o", "{s}/study.db"), 1, "study.db exists already."),
    (("codings", "{s}", "export", "-o", "{s}"), 1, "exists already."),
    (("codings", "{s}", "export", "-o", "{s}", "--force"), 1, "can not be written: Is a directory."),
    (("codings", "{s}", "export", "-o", "{s}/" + "n" * 300), 1, "can not be"),
    (("import", "{s}", "n" * 300, "--yes"), 1, "it can not be read (File name too long)."),
    (("status", "{s}/" + "n" * 300), 1, "can not be read or written: File name too long."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "sentence"), UNKNOWN, ids=lambda value: str(value)[:40])
def test_what_is_not_there_is_named(
    words: tuple[str, ...], code: int, sentence: str, opened: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(opened.parent)
    asked_ = [word.format(s=opened) for word in words]
    ran = verb(*asked_, code=code)
    assert sentence in ran.err
    told_well(asked_, code, ran.out, ran.err)
