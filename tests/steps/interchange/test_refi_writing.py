"""What goes out obeys what other programs demand, and says what it can not carry."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from qualbench.steps.interchange.refi import (
    Beyond,
    Bundle,
    Case,
    Code,
    Coding,
    Kind,
    Note,
    On,
    Set,
    Source,
    Target,
    User,
    Variable,
    read,
    write,
)
from tests.steps.interchange.qdpx_files import members

if TYPE_CHECKING:
    from lxml.etree import _Element

NOON = "2026-01-05T12:00:00+01:00"
STUDY = Bundle(
    "Trust in care",
    "study-1",
    created=NOON,
    users=(User("ana", "Ana"), User("ben", "Ben"), User("all", "Consensus")),
    codes=(
        Code("T", "Feelings", codable=False), Code("A", "Trust", "T", "They trust.", "#ff0000"), Code("B", "Hope", "T"),
        Code("U", "Ways", codable=False), Code("C", "Trust", "U"),
    ),
    sources=(Source("s1", "Interview 1", "P: I trusted her.\nI: And 🙂 then?\nP: It got better.", at=NOON),),
    codings=(
        Coding("k1", "s1", "ana", "A", 3, 17, NOON, "Sure?"), Coding("k2", "s1", "ben", "A", 3, 17, NOON),
        Coding("k3", "s1", "all", "A", 3, 17, NOON), Coding("k4", "s1", "ana", "T", 36, 50, NOON),
    ),
    notes=(
        Note("n1", "On the place.", On.PLACE, "s1", 3, 17, "ana", NOON),
        Note("n2", "On the case.", On.CASE, "p1", author="ben", at=NOON, title="Memo"),
        Note("n3", "On the study.", author="ben", title="Memo"),
        Note("n4", "On the text.", On.SOURCE, "s1", author="ben", at=NOON),
    ),
    variables=(Variable("Age", Kind.INTEGER),),
    cases=(Case("p1", "P07", (("Age", "42"), ("Site", "Leeds")), ("s1",)),),
    sets=(Set("g1", "exclude each other", codes=("A", "B")),),
)  # fmt: skip


def project(bundle: Bundle = STUDY, target: Target = Target.GENERIC) -> _Element:
    from lxml import etree

    return etree.fromstring(members(write(bundle, target).data)["project.qde"])


def all_of(root: _Element, name: str) -> list[_Element]:
    return list(root.iter("{*}" + name))


# --- the demands of other programs -------------------------------------------------------------------------------


def test_the_origin_is_always_written_and_never_holds_atlas() -> None:
    assert project(replace(STUDY, name="ATLAS of care", origin="ATLAS.ti")).get("origin") == "Qualbench"


def test_texts_and_notes_are_files_and_never_inline() -> None:
    root = project()
    assert all_of(root, "PlainTextContent") == []
    assert all(one.get("plainTextPath") for one in all_of(root, "TextSource") + all_of(root, "Note"))


@pytest.mark.parametrize("target", [Target.GENERIC, Target.QUALCODER])
def test_text_files_are_utf8_without_mark_and_with_line_feeds_only(target: Target) -> None:
    files = members(write(STUDY, target).data)
    data = next(content for content in files.values() if b"I trusted" in content and b"<Project" not in content)
    assert data == STUDY.sources[0].text.encode("utf-8")


def test_the_project_file_has_no_mark_and_text_files_are_named_by_their_guid() -> None:
    files = members(write(STUDY).data)
    assert files["project.qde"].startswith(b"<?xml")
    for one in all_of(project(), "TextSource") + all_of(project(), "Note"):
        assert one.get("plainTextPath") == f"internal://{one.get('guid')}.txt"
        assert f"sources/{one.get('guid')}.txt" in files


def test_every_guid_is_in_lower_case_without_braces_and_every_reference_leads_somewhere() -> None:
    root = project()
    guids = [one.get("guid") for one in root.iter("*") if one.get("guid")]
    ends = ("targetGUID", "creatingUser", "originGUID")
    assert len(set(guids)) == len(guids)
    assert {one.get(end) for one in root.iter("*") for end in ends if one.get(end)} <= set(guids)
    assert all(guid == guid.lower() and "{" not in guid for guid in guids)


def test_each_coding_has_a_selection_of_its_own_with_its_user_on_both() -> None:
    for selection in all_of(project(), "PlainTextSelection"):
        codings = list(selection.iterchildren("{*}Coding"))
        assert len(codings) <= 1
        assert all(one.get("creatingUser") == selection.get("creatingUser") for one in codings)
    assert len(all_of(project(), "Coding")) == len(STUDY.codings)


def test_a_code_with_codings_is_codable_and_one_without_may_be_a_theme() -> None:
    assert {one.get("name"): one.get("isCodable") for one in all_of(project(), "Code")}["Feelings"] == "true"
    assert {one.get("name"): one.get("isCodable") for one in all_of(project(), "Code")}["Ways"] == "false"


def test_every_user_has_a_name() -> None:
    assert [one.get("name") for one in all_of(project(), "User")] == ["Ana", "Ben", "Consensus"]


def test_every_note_has_a_time_and_a_title_of_its_own() -> None:
    notes = all_of(project(), "Note")
    assert len(notes) == len(STUDY.notes) + 1
    assert len({one.get("name") for one in notes}) == len(notes)
    assert {one.get("creationDateTime") for one in notes} == {"2026-01-05T11:00:00Z"}


def test_the_memo_of_a_coding_is_the_description_of_its_selection_and_a_note_too() -> None:
    root = project()
    (described,) = [one for one in all_of(root, "PlainTextSelection") if one.findtext("{*}Description") == "Sure?"]
    reference = described.find("{*}Coding").find("{*}NoteRef")
    note = next(one for one in all_of(root, "Note") if one.get("guid") == reference.get("targetGUID"))
    assert members(write(STUDY).data)[f"sources/{note.get('guid')}.txt"] == b"Sure?"


def test_positions_are_code_points() -> None:
    """The face before "It got better." is one code point and two UTF-16 units."""
    spans = {(one.get("startPosition"), one.get("endPosition")) for one in all_of(project(), "PlainTextSelection")}
    assert spans == {("3", "17"), ("36", "50")}


def test_codes_stand_first_in_the_codebook() -> None:
    (book,) = all_of(project(), "CodeBook")
    assert [one.tag.rpartition("}")[2] for one in book] == ["Codes"]


# --- the targets -------------------------------------------------------------------------------------------------


def test_for_maxqda_line_ends_are_windows_ones_and_count_two() -> None:
    root, files = project(target=Target.MAXQDA), members(write(STUDY, Target.MAXQDA).data)
    data = next(content for content in files.values() if b"I trusted" in content and b"<Project" not in content)
    assert data == STUDY.sources[0].text.replace("\n", "\r\n").encode("utf-8")
    spans = {(one.get("startPosition"), one.get("endPosition")) for one in all_of(root, "PlainTextSelection")}
    assert spans == {("3", "17"), ("38", "52")}


def test_for_maxqda_the_variables_of_a_case_stand_on_its_text_as_well() -> None:
    (text,) = all_of(project(target=Target.MAXQDA), "TextSource")
    values = [one[1].text for one in text.iter("{*}VariableValue")]
    assert values == ["42", "Leeds"]
    assert read("x.qdpx", write(STUDY, Target.MAXQDA).data).bundle.cases[0].values == (("Age", "42"), ("Site", "Leeds"))


def test_for_qualcoder_names_are_unique() -> None:
    twice = replace(
        STUDY,
        sources=(*STUDY.sources, Source("s2", "Interview 1", "Other words.")),
        users=(*STUDY.users, User("ana2", "Ana")),
    )
    root = project(twice, Target.QUALCODER)
    assert [one.get("name") for one in all_of(root, "Code")] == [
        "Feelings", "Feelings / Trust", "Hope", "Ways", "Ways / Trust",
    ]  # fmt: skip
    assert [one.get("name") for one in all_of(root, "TextSource")] == ["Interview 1", "Interview 1 (2)"]
    assert [one.get("name") for one in all_of(root, "User")] == ["Ana", "Ben", "Consensus", "Ana (2)"]
    losses = write(twice, Target.QUALCODER).losses
    assert any(line.startswith("Codes that got other names") and line.endswith(": 2.") for line in losses)
    assert any("want" in line and line.startswith("Texts that got other names") for line in losses)


def test_two_codes_of_one_name_under_parents_of_one_name_still_differ() -> None:
    codes = (Code("a", "X"), Code("b", "X"), Code("c", "Y", "a"), Code("d", "Y", "b"))
    root = project(Bundle("S", codes=codes), Target.QUALCODER)
    found = [one.get("name") for one in all_of(root, "Code")]
    assert len(set(found)) == 4


# --- the same study, the same bytes ------------------------------------------------------------------------------


def test_the_same_study_makes_the_same_bytes_whatever_the_order_of_its_codings() -> None:
    assert write(replace(STUDY, codings=STUDY.codings[::-1])).data == write(STUDY).data


def test_the_archive_has_sorted_members_of_one_time() -> None:
    with zipfile.ZipFile(BytesIO(write(STUDY).data)) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(2026, 1, 5, 11, 0, 0)}


def test_two_studies_with_the_same_ids_have_different_guids() -> None:
    one, other = (project(replace(STUDY, id=id_)) for id_ in ("study-1", "study-2"))
    assert not {x.get("guid") for x in all_of(one, "Code")} & {x.get("guid") for x in all_of(other, "Code")}


def test_a_code_and_a_case_of_one_id_have_different_guids() -> None:
    same = "12345678-1234-7123-8123-123456789abc"
    root = project(Bundle("S", codes=(Code(same, "Trust"),), cases=(Case(same, "P07"),)))
    guids = [all_of(root, "Code")[0].get("guid"), all_of(root, "Case")[0].get("guid")]
    assert guids[0] == same != guids[1]


def test_an_empty_study_is_a_file_too() -> None:
    from lxml import etree

    root = project(Bundle("Nothing yet"))
    assert [etree.QName(one).localname for one in root] == []
    assert read("x.qdpx", write(Bundle("Nothing yet")).data).bundle.name == "Nothing yet"


# --- what is lost ------------------------------------------------------------------------------------------------


def test_the_loss_report_counts_what_no_file_can_say() -> None:
    counted = Beyond(12, 4, 1, 7, 2, 3, 1, 0, 0)
    losses = write(STUDY, beyond=counted).losses
    assert (
        "Decisions that nothing applies: such a segment looks like one that nobody read: 12 not in the file." in losses
    )
    assert any(line.startswith("Passes") and ": 4 not" in line for line in losses)
    assert any(line.startswith("Decisions of consensus sessions") and ": 7 not" in line for line in losses)
    assert not any(line.startswith(("Kinds of memos", "Groups of codes")) for line in losses)


def test_what_was_not_counted_is_still_said() -> None:
    assert sum(line.endswith("(if the study has any).") for line in write(STUDY).losses) == 9


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    bad = replace(
        STUDY,
        codes=(*STUDY.codes, Code("X", "Loose", "gone", colour="red")),
        codings=(*STUDY.codings, Coding("k8", "s1", "ana", "gone", 0, 3), Coding("k9", "s1", "ana", "A", 40, 400)),
        cases=(Case("p1", "P\x0007", (("Age", "about 40"),), ("s1", "gone")),),
        notes=(Note("n9", "On nothing.", On.CODE, "gone"),),
    )
    losses = "\n".join(write(bad).losses)
    for heading in (
        "Names, memos and definitions with characters that XML can not carry; each became one visible character: 1.",
        "Colours of codes that are not written as #RRGGBB, left out: 1.",
        "Variables with values that do not fit their kind, written as text: 1.",
        "Codes whose parent is not in the study, written at the top: 1.",
        "Codings left out, because their text, code or coder is not in what is exported: 1.",
        "Memos left out, because what they are on is not in what is exported: 1.",
        "Members of cases and sets left out, because they are not in what is exported: 1.",
        "Codings and memos left out, because they do not lie inside of their text: 1.",
    ):
        assert heading in losses


def test_codes_in_a_circle_are_written_at_the_top() -> None:
    circle = Bundle("S", codes=(Code("a", "A", "b"), Code("b", "B", "a"), Code("c", "C", "a")))
    assert sorted(one.get("name") for one in all_of(project(circle), "Code")) == ["A", "B", "C"]


def test_the_loss_report_says_what_its_reader_drops() -> None:
    assert any("QualCoder turns every attribute into text" in line for line in write(STUDY, Target.QUALCODER).losses)
    assert any("MAXQDA" in line for line in write(STUDY, Target.MAXQDA).losses)
