"""Before words leave: findings are told, nothing is written, and a reason writes it and stays in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Verb, entries, places

TOLD = "P1, who withdrew, is still in it with 4 coded segments."


@pytest.fixture
def withdrawn(opened: Path, verb: Verb) -> Path:
    """All four coded segments of `talk`, and one quote, are of P1, who withdrew."""
    verb("themes", opened, "gather", "One", "TRUST")
    verb("themes", opened, "quote", "One", "talk", *places(opened, "talk")[0])
    assert verb("participants", opened, "withdraw", "P1", "--reason", "moved", "--as", "ana").err.startswith("P1 with")
    return opened


def test_a_study_without_findings_is_written_as_ever(opened: Path, verb: Verb, tmp_path: Path) -> None:
    before = entries(opened)
    verb("export", opened, "themes", "-o", tmp_path / "x.md")
    assert entries(opened) == before


def test_findings_stop_the_report_until_somebody_answers(withdrawn: Path, verb: Verb, tmp_path: Path) -> None:
    target = tmp_path / "x.md"
    before = entries(withdrawn)
    ran = verb("export", withdrawn, "themes", "-o", target, code=3)
    assert ran.err.splitlines() == [
        "Theme 1, quote 1 ('talk', line 2): words of P1, who withdrew.",
        TOLD,
        "Nothing was written: 2 findings before it leaves.",
        "Look at each; --allow REASON writes it and keeps the reason in the log.",
    ]
    assert not target.exists()
    assert entries(withdrawn) == before
    ran = verb("export", withdrawn, "themes", "-o", target, "--allow", "P1 agreed", "--as", "ana")
    assert "2 findings allowed: the answer is in the log." in ran.err
    assert target.stat().st_size > 100
    assert entries(withdrawn) == before + 1


def test_an_answer_holds_for_the_same_findings_and_not_for_new_ones(
    withdrawn: Path, verb: Verb, tmp_path: Path
) -> None:
    verb("export", withdrawn, "themes", "-o", tmp_path / "a.md", "--allow", "P1 agreed", "--as", "ana")
    ran = verb("export", withdrawn, "themes", "-o", tmp_path / "b.csv")
    assert "2 findings, allowed by ana on 20" in ran.err
    assert ": P1 agreed\n" in ran.err
    verb("themes", withdrawn, "quote", "One", "talk", *places(withdrawn, "talk")[1])
    verb("export", withdrawn, "themes", "-o", tmp_path / "c.md", code=3)


def test_the_table_of_codings_is_looked_at_too(withdrawn: Path, verb: Verb, tmp_path: Path) -> None:
    ran = verb("codings", withdrawn, "export", code=3)
    assert ran.out == ""
    assert TOLD in ran.err
    verb("codings", withdrawn, "export", "-o", tmp_path / "x.csv", "--allow", "for the archive")
    assert (tmp_path / "x.csv").is_file()


def test_values_are_said_only_when_they_are_asked_for(withdrawn: Path, verb: Verb, tmp_path: Path) -> None:
    verb("participants", withdrawn, "attributes", "--name", "site", "--kind", "text")
    verb("participants", withdrawn, "value", "P1", "site", "Elm Street")
    words = ("export", withdrawn, "themes", "-o", tmp_path / "x.md", "--attribute", "site")
    ran = verb(*words, code=3)
    assert "Combination 1 of site: 1 participant has it, fewer than 3." in ran.err
    assert "Elm Street" not in ran.err
    assert "[site: Elm Street]" in verb(*words, "--show-found", code=3).err


def test_who_withdrew_is_listed_and_nobody_withdraws_twice(withdrawn: Path, verb: Verb) -> None:
    assert verb("participants", withdrawn).out.splitlines()[-1].endswith(": P1")
    assert verb("participants", withdrawn, "withdraw", "P1", code=2).err == "P1 withdrew before.\n"
    assert "no participant called 'P9'" in verb("participants", withdrawn, "withdraw", "P9", code=2).err


def test_a_vault_is_named_when_names_were_replaced_and_none_is_here(
    team: Path, files: Path, verb: Verb, tmp_path: Path
) -> None:
    (files / "new.txt").write_text("I: Who?\nP7: Maria came.\n")
    (files / "answers.csv").write_text("string,action,replacement\nMaria,replace,Olive\n")
    vault = tmp_path / "vault.json"
    words = ("deidentify", team, files / "new.txt", "--own", "Maria", "--answers", files / "answers.csv")
    verb(*words, "--vault", vault, "--reviewer", "ana", "--as", "ana")
    assert "The vault of names is not here" in verb("export", team, "themes", "-o", tmp_path / "a.md").err
    verb("themes", team, "new", "Maria")
    verb("export", team, "themes", "-o", tmp_path / "b.md")
    ran = verb("export", team, "themes", "-o", tmp_path / "c.md", "--vault", vault, code=3)
    assert "Theme 1, name: 1 place where a known original (person) can be read." in ran.err
    assert "Maria" not in ran.err
