"""Blindness over every verb: what ana codes changes nothing that anybody else is told, until ben has submitted too.

Two studies are alike in everything but ana's coding of one blind transcript: in one she says little, in the other a
lot. Every verb is run on both, by everybody who is not ana, and must say the same of them: no word, no count, nothing
derived from a count. A verb that is not in the table below fails the test.
"""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from qualbench.cli import cli, run
from qualbench.steps.packages import Card
from tests.cli.conftest import Verb, places, table

QUIET, LOUD = "xylograph", "zymurgy"
"""Words of ana's memos that nobody else would write."""

VERBS: dict[str, list[str]] = {
    "demo": ["{study} --no-open", "{study}"],
    "init": ["{study}"],
    "encrypt": ["{study}", "{study} --backups keep"],
    "passphrase": ["{study}"],
    "recover": ["{study}"],
    "method": ["{study}"],
    "method change": ["{study} change reflexive-ta --reason thin", "{study} change codebook-ta --reason thin"],
    "method phase": ["{study} phase 2 --note back", "{study} phase 99"],
    "method cycle": ["{study} cycle"],
    "codebook": [
        *("{study}", "{study} --draft", "{study} --version 1.0", "{study} --version 9"),
        *("{study} {files}/book.yaml", "{study} {files}/second.yaml"),
    ],
    "codebook versions": ["{study} versions"],
    "codebook diff": ["{study} diff 1.0 draft", "{study} diff 1.0 9"],
    "codebook add": ["{study} add Grief --under TRUST --exclude 'Not for hope.'", "{study} add Coats"],
    "codebook edit": ["{study} edit TRUST --include 'When they say so.'", "{study} edit Coats --notes x"],
    "codebook move": ["{study} move TRUST --after FEAR", "{study} move TRUST --under HOPE", "{study} move TRUST --top"],
    "codebook merge": ["{study} merge FEAR --into SHAME"],
    "codebook split": ["{study} split SHAME Before After"],
    "codebook state": ["{study} state SHAME retired"],
    "codebook drop": ["{study} drop SHAME", "{study} drop Coats"],
    "codebook proposals": ["{study} proposals"],
    "codebook adopt": ["{study} adopt Coats", "{study} adopt Coats --under TRUST"],
    "codebook release": ["{study} release --dry-run", "{study} release --yes --incomplete --note TRUST=thin"],
    "codebook debt": ["{study} debt", "{study} debt talk"],
    "codebook recheck": ["{study} recheck talk {start} {end} SHAME --none"],
    "codebook update": ["{study} update talk"],
    "codebook columns": ["{study} columns {files}/ben.csv"],
    "codebook take": ["{study} take {files}/second.yaml --dry-run", "{study} take {files}/second.yaml --yes"],
    "codebook write": [f"{{study}} write -o {{study}}/report{suffix}" for suffix in (".yaml", ".csv", ".md", ".docx")],
    "codebook biography": [f"{{study}} biography SHAME -o {{study}}/report{suffix}" for suffix in (".md", ".docx")],
    "codebook life": ["{study} life SHAME", "{study} life TRUST --markdown", "{study} life Coats"],
    "import": ["{study} {files}/talk.txt --yes", "{study} {files}/new.txt --yes", "{study} {files}/new.txt --dry-run"],
    "deidentify": [
        *("{study} {files}/new.txt --dry-run", "{study} {files}/talk.txt", "{study} {files}/new.txt"),
        *("{study} --check", "{study} talk --check --show --own trusted", "{study} --merge-vault {files}/other.json"),
    ],
    "vault": ["{study}"],
    "vault status": ["{study} status"],
    "vault seal": ["{study} seal"],
    "vault passphrase": ["{study} passphrase"],
    "vault recover": ["{study} recover"],
    "participants": ["{study}"],
    "participants import": ["{study} import {files}/people.csv"],
    "participants set": ["{study} set talk P1 --role participant --participant P7"],
    "participants attributes": ["{study} attributes", "{study} attributes --name age --kind number"],
    "participants value": ["{study} value P1 age 30"],
    "participants coverage": ["{study} coverage --by age"],
    "participants same": ["{study} same"],
    "participants withdraw": ["{study} withdraw P1 --reason moved", "{study} withdraw P9"],
    "segment": ["{study} talk --by paragraph", "{study} talk --split 25", "{study} --count-interviewers no"],
    "correct": ["{study}"],
    "correct text": ["{study} text talk"],
    "correct import": [
        "{study} import talk {files}/corrected.txt --dry-run",
        "{study} import talk {files}/corrected.txt --reason typing --yes",
    ],
    "correct list": ["{study} list"],
    "correct settle": ["{study} settle talk {start}"],
    "correct versions": ["{study} versions talk", "{study} versions talk --show 1"],
    "search": ["{study} trusted", "{study} xylograph", "{study} zymurgy"],
    "open": ["{study}"],
    "status": ["{study}"],
    "round": ["{study}"],
    "round plan": [
        "{study} plan First --coder ben --coder cleo --dry-run",
        "{study} plan First --coder ben --coder cleo --yes",
        "{study} plan First --coder ben --coder cleo --transcript talk --yes",
        "{study} plan First --coder ben --recode --yes",
        "{study} plan First --coder ana --recode --yes",
        "{study} plan First --coder ben --query Near --yes",
    ],
    "round bind": ["{study} bind Later --query Near", "{study} bind First --query Near"],
    "round uncoded": ["{study} uncoded Later"],
    "round withdraw": ["{study} withdraw Later --reason thin", "{study} withdraw First --reason thin"],
    "round size": ["{study} size --prevalence 0.2"],
    "code": ["{study}", "{study} --transcript talk"],
    "codings": ["{study}"],
    "codings export": ["{study} export", "{study} export --coder ben", "{study} export --coder cleo"],
    "codings import": ["{study} import {files}/ben.csv", "{study} import {files}/ben.csv --partial"],
    "codings apply": ["{study} apply talk {start} TRUST", "{study} apply talk {start} SHAME"],
    "codings match": ["{study} match {files}/segments.csv --coder ben", "{study} match {files}/segments.csv --dry-run"],
    "codings remove": ["{study} remove talk {start} TRUST", "{study} remove talk {start} SHAME"],
    "codings nothing": ["{study} nothing talk {start}"],
    "codings memo": ["{study} memo talk {start} unsure", "{study} memo talk {start} ''"],
    "memo": [
        *("{study}", "{study} --search xylograph", "{study} --search zymurgy", "{study} --on code"),
        *("{study} --about TRUST", "{study} --about talk", "{study} --kind bias"),
    ],
    "memo write": [
        *("{study} write Thin", "{study} write Thin --on code --about TRUST --kind bias"),
        *("{study} write Thin --on transcript --about talk", "{study} write Thin --on case --about P1"),
        "{study} write Thin --on comparison --about TRUST --extracts talk:{start} call:1",
    ],
    "memo edit": ["{study} edit 0 Thin"],
    "memo remove": ["{study} remove 0 --yes"],
    "memo extracts": ["{study} extracts TRUST", "{study} extracts SHAME --show typical", "{study} extracts Coats"],
    "undo": [
        "{study} --transcript talk",
        "{study} --of themes",
        "{study} --of cqr",
        "{study} --of consensus --transcript call",
    ],
    "redo": [
        "{study} --transcript talk",
        "{study} --of themes",
        "{study} --of cqr",
        "{study} --of consensus --transcript call",
    ],
    "submit": ["{study} call", "{study} --all", "{study} talk"],
    "agree": [
        *("{study}", "{study} --keep", "{study} --pair ana ben", "{study} --pair ben cleo"),
        *(f"{{study}} --show {view}" for view in ("transcripts", "pairs", "causes", "confusion", "spans")),
        *(f"{{study}} --show {view} --round Later" for view in ("codes", "again", "trend")),
        *(
            "{study} --qualcoder",
            "{study} --code SHAME",
            "{study} --transcript talk",
            "{study} --show causes --pair ana ben",
        ),
        *(f"{{study}} -o {{study}}/report{suffix}" for suffix in (".md", ".json")),
    ],
    "consensus": ["{study}"],
    "consensus list": ["{study} list"],
    "consensus decide": [
        "{study} decide {call_item} --outcome a --reason slip",
        "{study} decide {talk_item} --outcome a --reason slip",
    ],
    "consensus log": ["{study} log"],
    "consensus agenda": ["{study} agenda"],
    "consensus show": ["{study} show {call_item}", "{study} show {talk_item}"],
    "consensus history": ["{study} history {call_item}", "{study} history {talk_item}"],
    "consensus together": ["{study} together {call_item} {talk_item} --outcome b --reason slip"],
    "consensus link": ["{study} link {call_item}", "{study} link {talk_item}"],
    "consensus outcomes": ["{study} outcomes", "{study} outcomes --yield", "{study} outcomes --round Later"],
    "consensus session": ["{study} session"],
    "consensus session open": [
        "{study} session open --person ana --sample 9",
        "{study} session open --person ana --round Later --hidden",
    ],
    "consensus session list": ["{study} session list"],
    "consensus session show": ["{study} session show"],
    "consensus session pause": ["{study} session pause --note Later"],
    "consensus session resume": ["{study} session resume --person ben"],
    "consensus session close": ["{study} session close"],
    "cqr": ["{study}"],
    "cqr cases": ["{study} cases"],
    "cqr count": ["{study} count transcript --reason 'They spoke as groups.'"],
    "cqr roles": ["{study} roles dora auditor", "{study} roles ben priest"],
    "cqr judges": ["{study} judges TRUST ben cleo", "{study} judges P1 ben", "{study} judges P1 ben cleo ana"],
    "cqr state": ["{study} state P1 core-ideas --note Thin", "{study} state P9 closed"],
    "cqr history": ["{study} history P1"],
    "cqr raw": ["{study} raw P1 TRUST", "{study} raw P1 Coats"],
    "cqr biases": ["{study} biases"],
    "cqr ideas": ["{study} ideas", "{study} ideas --agreed", "{study} ideas --case P1 --domain TRUST"],
    "cqr ideas write": ["{study} ideas write P1 TRUST Thin", "{study} ideas write P1 TRUST Thin --anew {some_id}"],
    "cqr ideas remove": ["{study} ideas remove {some_id}"],
    "cqr ideas submit": ["{study} ideas submit P1 --nothing"],
    "cqr ideas agree": ["{study} ideas agree P1 TRUST Thin", "{study} ideas agree P1 TRUST Thin --from {some_id}"],
    "cqr ideas drop": ["{study} ideas drop {some_id} --reason thin"],
    "cqr categories": ["{study} categories", "{study} categories --agreed", "{study} categories --domain TRUST"],
    "cqr categories propose": ["{study} categories propose TRUST Thin", "{study} categories propose SHAME Thin"],
    "cqr categories withdraw": ["{study} categories withdraw {some_id}"],
    "cqr categories submit": ["{study} categories submit TRUST --nothing"],
    "cqr categories agree": ["{study} categories agree TRUST Thin", "{study} categories agree SHAME Thin"],
    "cqr categories place": ["{study} categories place {some_id} {some_id}"],
    "cqr categories drop": ["{study} categories drop {some_id} --reason thin"],
    "cqr table": [
        *("{study} table", "{study} table --rule 1997", "{study} table -o {study}/report.md"),
        *("{study} table -o {study}/report.docx", "{study} table -o {study}/report.csv --part grid"),
    ],
    "cqr compare": ["{study} compare age"],
    "cqr comments": ["{study} comments", "{study} comments --state open"],
    "cqr comments make": ["{study} comments make case P1 Thin", "{study} comments make domain TRUST Thin"],
    "cqr comments answer": ["{study} comments answer {some_id} --accept"],
    "cqr comments see": ["{study} comments see {some_id} --settled"],
    "cqr stability": ["{study} stability --seed 3", "{study} stability --kept", "{study} stability --leave-out P1 P2"],
    "themes": ["{study}"],
    "themes list": ["{study} list"],
    "themes new": ["{study} new Another --idea Something"],
    "themes describe": ["{study} describe One Something"],
    "themes rename": ["{study} rename One Two"],
    "themes drop": ["{study} drop One --reason thin --yes"],
    "themes gather": ["{study} gather One SHAME HOPE"],
    "themes release": ["{study} release One TRUST"],
    "themes quote": ["{study} quote One talk {start} {end}"],
    "themes unquote": ["{study} unquote One nothing-like-it"],
    "themes extracts": ["{study} extracts One"],
    "themes write": ["{study} write One definition Something"],
    "themes state": ["{study} state One data", "{study} state One candidate --reason thin"],
    "themes place": ["{study} place One --top", "{study} place One --under Two"],
    "themes merge": ["{study} merge One --into Two --reason same"],
    "themes split": ["{study} split One --part A=TRUST --part B=FEAR --reason wide"],
    "themes use": ["{study} use nothing-like-it argue"],
    "themes edit": ["{study} edit nothing-like-it --whole", "{study} edit nothing-like-it 'I [too]'"],
    "themes move": ["{study} move nothing-like-it --first"],
    "themes star": ["{study} star talk {start} {end}", "{study} star call {start} {end} --note fine"],
    "themes stars": ["{study} stars", "{study} stars --aside"],
    "themes pick": ["{study} pick nothing-like-it One"],
    "themes aside": ["{study} aside nothing-like-it"],
    "themes show": ["{study} show One"],
    "themes history": ["{study} history"],
    "themes overlap": ["{study} overlap"],
    "themes check": ["{study} check"],
    "themes map": [f"{{study}} map -o {{study}}/map{suffix}" for suffix in (".svg", ".dot", ".mmd")],
    "check": ["{study}"],
    "check prepare": ["{study} prepare P1 -o {study}/report.md --allow ok", "{study} prepare P1 --kind findings"],
    "check send": ["{study} send P1 --channel post --due 2026-02-01", "{study} send P9"],
    "check reply": ["{study} reply P1 corrections 'Not so.'", "{study} reply P1 none", "{study} reply P1 withdrawal"],
    "check apply": ["{study} apply P1 talk --text {files}/corrected.txt"],
    "check close": ["{study} close P1 --note thin"],
    "check rate": ["{study} rate"],
    "check withdraw": ["{study} withdraw P1 --dry-run", "{study} withdraw P1 --reason moved --yes"],
    "matrix": [
        *(
            f"{{study}} {kind}"
            for kind in ("participants", "groups", "transcripts", "rounds", "coders", "cooccurrence")
        ),
        "{study} participants --layer ben",
        "{study} participants --cell TRUST 'P1 in talk'",
        "{study} attribute --by age",
        "{study} coders -o {study}/report.md",
        "{study} coders -o {study}/report.csv",
    ],
    "query": [
        *("{study}", "{study} TRUST", "{study} 'SHAME where layer = ana'", "{study} 'TRUST and HOPE' --save Near"),
        *("{study} --saved Near", "{study} --drop Near"),
    ],
    "prevalence": ["{study}", "{study} --rows themes", "{study} --layer ana", "{study} --row SHAME"],
    "saturation": ["{study}", "{study} --order coding --random 5", "{study} --layer ana", "{study} --keep"],
    "types": ["{study}"],
    "types list": ["{study} list", "{study} list --of Stance"],
    "types assign": ["{study} assign P1 Stance waiting --reason Quiet."],
    "types rule": [
        "{study} rule Stance trusting 'code:TRUST or code:SHAME' --dry-run",
        "{study} rule Stance trusting 'code:TRUST or code:SHAME' --yes",
    ],
    "types negative": ["{study} negative", "{study} negative TRUST --participant P1 --reason Thin."],
    "checklist": [
        "{study}",
        *(f"{{study}} {name}" for name in ("coreq", "srqr", "jars", "oconnor-joffe", "braun-clarke")),
        *("{study} coreq --gaps", "{study} coreq -o {study}/report.md", "{study} coreq answer 14 'A library.'"),
    ],
    "trail": [
        *("{study} --most 1000", "{study} --theme One", "{study} --code SHAME", "{study} --transcript talk"),
        *("{study} --class reduction", "{study} --class intentions", "{study} --by ana", "{study} --search coded"),
    ],
    "trail export": [f"{{study}} export -o {{study}}/report{suffix}" for suffix in (".csv", ".html", ".txt")],
    "trail check": ["{study} check {files}/people.csv"],
    "export": [
        *(f"{{study}} themes -o {{study}}/report{suffix}" for suffix in (".md", ".html", ".csv", ".docx")),
        *(f"{{study}} qdpx -o {{study}}/report.qdpx --layer {layer}" for layer in ("coders", "both")),
    ],
    "whoami": ["--force"],
    "send": ["{study} --to cleo --card {card} -o {study}/sent.qbp --force", "{study} --to ana -o {study}/sent.qbp"],
    "join": ["{files}/people.csv {study}-joined"],
    "people": ["{study}"],
    "people recognise": ["{study} recognise 0000 ben", "{study} recognise {key} cleo --reason told"],
    "hand-in": ["{study} -o {study}/handed.qbp --force"],
    "merge": ["{study}", "{study} {files}/people.csv", "{study} --take-back 0", "{study} --dry-run"],
    "hub": ["{study}"],
    "hub status": ["{study} status"],
    "hub init": ["{study} init postgresql://nobody@127.0.0.1:1/none"],
    "hub invite": ["{study} invite postgresql://nobody@127.0.0.1:1/none --to cleo --card {card}"],
    "hub join": ["{study}-hub join postgresql://nobody@127.0.0.1:1/none"],
    "hub sync": ["{study} sync"],
    "hub seal": ["{study} seal", "{study} seal talk"],
    "hub open": ["{study} open talk", "{study} open talk --reason because"],
    "doctor": ["{study}"],
}
"""Every verb with what it is asked; viewers and `--json` are added to each where the verb takes them."""

TIMES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:[\d.]+Z)?")
IDS = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b")
"""Ids that are made from the time."""


def tree(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every verb and the verbs under it, by the words one types."""
    if path:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from tree(under, f"{path} {name}".strip())


COMMANDS = dict(tree(cli))


def test_every_verb_is_in_the_table() -> None:
    assert set(VERBS) == set(COMMANDS)


@pytest.fixture(scope="module")
def twins(team_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two studies that differ in ana's coding alone: of `talk`, on which ben has begun, and of `call` a second time.

    The first passes on `call` are opened; the second one, in the round Later, is as blind as `talk`.
    """
    place = tmp_path_factory.mktemp("twins")
    base = Path(shutil.copytree(team_once, place / "base"))
    spans, calls = places(base, "talk"), places(base, "call")
    both = [("call", *calls[0], "TRUST", coder, f"seen by {coder}") for coder in ("ana", "ben")]
    rows = [*both, ("call", *calls[1], "HOPE", "ana", "")]
    done("codings", base, "import", table(place / "call.csv", rows))
    for coder in ("ana", "ben"):
        done("submit", base, "--coder", coder, "--all")
    done("themes", base, "new", "One", "--as", "cleo")
    done("themes", base, "gather", "One", "TRUST", "FEAR", "--as", "cleo")
    done("codings", base, "nothing", "talk", spans[2][0], "--coder", "ben")
    done("round", base, "plan", "Later", "--coder", "ana", "--recode", "--yes")
    for about in ("P1", "TRUST"):
        done("cqr", base, "judges", about, "ana", "ben", "--as", "cleo")
    quiet, loud = (Path(shutil.copytree(base, place / name / "study")) for name in ("quiet", "loud"))
    done("cqr", quiet, "ideas", "write", "P1", "TRUST", QUIET, "--as", "ana")
    done("cqr", loud, "ideas", "write", "P1", "TRUST", LOUD, "--as", "ana")
    done("cqr", loud, "ideas", "write", "P1", "HOPE", LOUD, "--as", "ana")
    done("cqr", loud, "categories", "propose", "TRUST", LOUD, "--as", "ana")
    done("codings", quiet, "apply", "talk", spans[0][0], "FEAR", "--coder", "ana")
    done("codings", quiet, "memo", "talk", spans[0][0], QUIET, "--coder", "ana")
    much = [("talk", *span, code, "ana", LOUD) for span in spans for code in ("TRUST", "SHAME", "HOPE")]
    much += [("call", *span, "SHAME", "ana", LOUD) for span in calls]
    done("codings", loud, "import", table(place / "loud.csv", much), "--as", "ana")
    done("memo", quiet, "write", QUIET, "--as", "ana")
    for on in (("study",), ("code", "--about", "TRUST"), ("transcript", "--about", "talk")):
        done("memo", loud, "write", LOUD, "--on", *on, "--as", "ana", "--kind", "bias")
    _propose(loud, "Coats")
    done("themes", loud, "star", "talk", *spans[0], "--note", LOUD, "--as", "ana")
    done("codings", quiet, "nothing", "call", calls[0][0], "--coder", "ana")
    return quiet, loud


def _propose(folder: Path, label: str) -> None:
    """Ana makes a code of her own in her blind pass, which only the screen can do."""
    from qualbench.project import Project

    with Project.open(folder, "ana", write=True) as project:
        span = places(folder, "talk")[3]
        project.propose_code(project.open_pass("talk").id, label, *span)


def done(*words: object) -> None:
    assert run([str(word) for word in words]) == 0, words


@pytest.fixture
def asked(files: Path, team: Path) -> dict[str, str]:
    """What the table's places stand for, the study apart."""
    (files / "new.txt").write_text("I: Hello?\nP9: Hello.\n")
    (files / "people.csv").write_text("transcript,speaker,role,participant\ntalk,P1,participant,P8\n")
    (files / "corrected.txt").write_text((files / "talk.txt").read_text().replace("at once", "at last"))
    (files / "second.yaml").write_text((files / "book.yaml").read_text().replace('"1.0"', '"2.0"'))
    (start, end), other, *_ = places(team, "talk")
    table(files / "ben.csv", [("talk", *other, "HOPE", "ben", "mine")])
    (files / "segments.csv").write_text("id,document,tag,content\n1,talk,HOPE,Then it got better\n")
    ids = _ids(team)
    call = places(team, "call")[1][0]
    items = {"call_item": f"{ids['call']}:{call}", "talk_item": f"{ids['talk']}:{start}", "some_id": "e5e5e5"}
    card = Card("ab" * 32, _recipient(), "cleo")
    keys = {"card": card.line(), "key": card.key}
    return {"files": str(files), "start": str(start), "end": str(end), **items, **keys}


def _recipient() -> str:
    from pyrage import x25519

    return str(x25519.Identity.generate().to_public())


def _ids(folder: Path) -> dict[str, str]:
    from qualbench.project import Project

    with Project.open(folder) as project:
        return {row.name: row.id for row in project.transcripts()}


def ways(path: str) -> Iterator[list[str]]:
    """Everything this verb is asked, by everybody who is not ana, for people and for programs."""
    options = {option for param in COMMANDS[path].params for option in param.opts}
    viewers: list[list[str]] = [[]]
    if "--as" in options:
        viewers += [["--as", "cleo"], ["--as", "ben"]]
    elif "--coder" in options and path != "codings export":
        viewers = [["--coder", "cleo"], ["--coder", "ben"]]
    for words in VERBS[path]:
        for viewer in viewers:
            for more in ([], ["--json"]) if "--json" in options else ([],):
                yield [path.split()[0], *shlex.split(words), *viewer, *more]


def told(verb: Verb, study: Path, words: list[str], asked: dict[str, str]) -> str:
    """Everything a verb says, and the file it writes."""
    ran = verb(*(word.format(study=study, **asked) for word in words), code=None)
    written = "".join(_body(path) for path in sorted(study.glob("report.*")))
    for path in study.glob("report.*"):
        path.unlink()
    said = f"{ran.code}\n{ran.out}\n{ran.err}\n{written}".replace(str(study), "STUDY")
    return IDS.sub("ID", TIMES.sub("TIME", said))


def _body(path: Path) -> str:
    if path.suffix == ".docx":
        return zipfile.ZipFile(path).read("word/document.xml").decode()
    if path.suffix == ".qdpx":
        archive = zipfile.ZipFile(path)
        return "".join(archive.read(name).decode() for name in archive.namelist())
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", VERBS)
def test_nothing_that_ana_does_is_told_before_ben_has_submitted(
    path: str, twins: tuple[Path, Path], tmp_path: Path, asked: dict[str, str], verb: Verb
) -> None:
    quiet, loud = (Path(shutil.copytree(twin, tmp_path / twin.parent.name)) for twin in twins)
    for words in ways(path):
        of_quiet, of_loud = (told(verb, study, words, asked) for study in (quiet, loud))
        assert of_quiet == of_loud, words
        if "{study}" in words[1] and words[0] != "search":
            assert QUIET not in of_quiet, words
            assert LOUD not in of_loud, words


def test_it_is_told_once_ben_has_submitted(
    twins: tuple[Path, Path], tmp_path: Path, asked: dict[str, str], verb: Verb
) -> None:
    """The same comparison sees the difference as soon as there may be one: so it can fail."""
    quiet, loud = (Path(shutil.copytree(twin, tmp_path / twin.parent.name)) for twin in twins)
    for study in (quiet, loud):
        verb("submit", study, "talk", "--coder", "ana", "--rest", "nothing")
    export = ["codings", "{study}", "export"]
    assert told(verb, quiet, export, asked) == told(verb, loud, export, asked), "ana alone opens nothing"
    for study in (quiet, loud):
        verb("codings", study, "apply", "talk", asked["start"], "FEAR", "--coder", "ben")
        verb("submit", study, "--coder", "ben", "--all", "--rest", "nothing")
    for path in ("codings export", "agree", "consensus list", "themes extracts", "export"):
        for words in ways(path):
            if {"cleo", "ben", "--round"} & {*words}:
                continue
            of_quiet, of_loud = (told(verb, study, words, asked) for study in (quiet, loud))
            assert of_quiet != of_loud, words
    for words in (["matrix", "{study}", "coders"], ["prevalence", "{study}", "--layer", "ana"]):
        assert told(verb, quiet, words, asked) != told(verb, loud, words, asked), words
    assert QUIET in told(verb, quiet, export, asked)
    assert told(verb, loud, export, asked).count(LOUD) == 4
    assert [one["body"] for one in verb("memo", loud, "--on", "transcript", "--json").data] == [LOUD]
    assert verb("memo", loud, "--on", "study", "--json").data == [], "ana codes again, blind"
    assert [one["label"] for one in verb("codebook", loud, "proposals", "--json").data] == ["Coats"]


def test_ana_herself_sees_her_own(twins: tuple[Path, Path], tmp_path: Path, verb: Verb) -> None:
    loud = Path(shutil.copytree(twins[1], tmp_path / "loud"))
    assert verb("codings", loud, "export", "--coder", "ana").out.count(LOUD) == 4
    assert verb("status", loud, "--json", "--as", "ana").data["transcripts"][0]["decided"] == 4


def test_a_lead_is_not_excepted(twins: tuple[Path, Path], tmp_path: Path, verb: Verb) -> None:
    """Who began the study (cleo) sees as little as anybody: the opened transcript and nothing of the blind one."""
    loud = Path(shutil.copytree(twins[1], tmp_path / "loud"))
    held = verb("codings", loud, "export", "--json").data
    assert {row["transcript"] for row in held} == {"call"}
    run_ = verb("agree", loud, "--json", "--as", "cleo").data
    assert run_["units"] == 4
    assert {item["transcript"] for item in verb("consensus", loud, "list", "--json").data} == {"call"}
    status = verb("status", loud, "--json", "--as", "cleo").data["transcripts"][0]
    assert (status["opened"], status["decided"]) == (False, None)
