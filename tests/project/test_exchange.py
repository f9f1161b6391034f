"""Studies that go out as REFI-QDA projects and come back, and what may not go out."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qualbench.errors import FileExists, QualbenchError, StudyExists
from qualbench.model import Change, Outcome, Reason, Role
from qualbench.project import Project
from qualbench.project.exchange import NotEmpty
from qualbench.project.foreign import arrival_of
from qualbench.project.outgoing import Layer
from qualbench.steps.interchange import refi
from qualbench.steps.interchange.refi import Target
from qualbench.steps.participants import Attribute, AttributeKind
from qualbench.store import journal
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

Clock = Callable[[], datetime]


def out(project: Project, layer: Layer = Layer.CODERS, target: Target = Target.GENERIC) -> bytes:
    return project.qdpx(layer, target).data


def back(folder: Path, data: bytes, viewer: str = "ana") -> Project:
    return Project.begin_with(folder, arrival_of("study.qdpx", data), viewer=viewer)


def said(project: Project) -> dict[str, Any]:
    """Everything that has to come back, as the study's own exports say it; who says that nothing applies is apart."""
    rows = [(one.transcript, one.start, one.end, one.code, one.coder) for one in project.export_codings()]
    names = {row.id: row.name for row in project.transcripts()}
    attributes = project.attributes()
    return {
        "texts": [(row.name, project.transcript(row.id).text) for row in project.transcripts()],
        "codes": project.codebook().codes,
        "codings": sorted(row for row in rows if row[3]),
        "nothing": sorted(row for row in rows if not row[3]),
        "people": sorted(one.name for one in project.people()),
        "participants": [(one.label, {k: v for k, v in one.attributes if v}) for one in project.present()],
        "attributes": sorted((one.name, one.kind, one.choices) for one in attributes),
        "speakers": {names[id_]: speakers for id_, speakers in project.speakers().items()},
        "memos": sorted((names[m.transcript], m.start, m.end, m.coder, m.body, m.kind) for m in project.memos()),
        "notes": sorted(
            (n.kind, n.on, names.get(n.about, n.about), n.author, n.body, n.at[:19]) for n in project.notes()
        ),
    }


def finish(project: Project) -> None:
    """Everybody hands in whatever is open."""
    for one in project.passes():
        if one.state == "open":
            project.viewer = one.coder
            project.submit([one.transcript], "nothing")
    project.viewer = "ana"


# --- there and back ------------------------------------------------------------------------------------------------


def test_the_demo_comes_back_with_everything_that_exports_say(demo: Project, tmp_path: Path) -> None:
    finish(demo)
    demo.write_note("They knew me.", on="study", kind="reflexive")
    demo.write_note("Overlaps.", on="code", about=demo.codebook().codes[2].id)
    with back(tmp_path / "again", out(demo)) as again:
        assert said(again) == said(demo)
        assert again.attention() == ()
        assert all(well for well, _ in again.examine())


def test_a_study_that_came_in_goes_out_as_the_same_file(demo: Project, tmp_path: Path) -> None:
    """Ids of codings and memos are kept, so that a third program knows them again; the study's own id is another."""
    finish(demo)
    first = refi.read("a.qdpx", out(demo)).bundle
    with back(tmp_path / "again", out(demo)) as again:
        second = refi.read("b.qdpx", out(again)).bundle
    assert [(one.id, one.start, one.end) for one in second.codings] == [
        (one.id, one.start, one.end) for one in first.codings
    ]
    assert [(one.id, one.name) for one in second.codes] == [(one.id, one.name) for one in first.codes]


WORDS = st.lists(
    st.sampled_from(["a", " ", "\n\n", "é", "🙂🏽", "&<>\"'", "Notes: ", "Definition: ", "\u2028", "[x]", "\u200b"]),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip
WRITTEN = WORDS.filter(lambda words: bool(words.strip()))


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_any_study_comes_back(data: st.DataObject) -> None:
    draw = data.draw
    with tempfile.TemporaryDirectory() as place, Project.create(Path(place) / "one", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        project.draft_code("TRUST", definition=draw(WRITTEN), include=draw(WRITTEN), notes=draw(WORDS), colour="teal")
        project.draft_code(
            "FEAR", examples=(draw(WRITTEN), draw(WRITTEN)), group="feelings", questions=(draw(WRITTEN),)
        )
        project.release_draft(incomplete=True, changes=dict.fromkeys(project.proposed_changes(), Change.WORDING))
        add_interview(project, "talk.txt", INTERVIEW + f"P1: {draw(WORDS)} end.\n")
        add_interview(project, "more.txt", f"I: Hello?\nMara: {draw(WORDS)} yes.\nI: And?\nMara: No.\n")
        for coder in ("ana", "ben"):
            _work(project, draw, coder)
        project.define_attribute(Attribute("age", AttributeKind.NUMBER))
        project.define_attribute(Attribute("site", AttributeKind.CHOICE, ("north, or so", 'so"uth')))
        project.set_attribute("P1", "age", draw(st.sampled_from(["34", "34.5", ""])))
        project.set_attribute("P1", "site", draw(st.sampled_from(["north, or so", 'so"uth', ""])))
        project.viewer = draw(st.sampled_from(["ana", "ben"]))
        project.write_note(draw(WRITTEN), on="case", about="P1", kind=draw(st.sampled_from(["", "bias"])))
        project.write_note(draw(WRITTEN), on="transcript", about=project.transcript("talk").id)
        project.viewer = "ana"
        target = draw(st.sampled_from([Target.GENERIC, Target.MAXQDA]))
        with back(Path(place) / "two", out(project, target=target)) as again:
            assert said(again) == said(project)


def _work(project: Project, draw: Callable[..., Any], coder: str) -> None:
    """A pass on every text: codes on any spans, memos here and there, all handed in."""
    project.viewer = coder
    for row in project.transcripts():
        pass_ = project.open_pass(row.id)
        length = len(project.transcript(row.id).text)
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, length - 2))
            end = draw(st.integers(start + 1, length))
            project.apply_code(pass_.id, draw(st.sampled_from(["TRUST", "HOPE", "FEAR"])), start, end)
            if draw(st.booleans()):
                project.write_memo(pass_.id, start, end, draw(WRITTEN), draw(st.sampled_from(["", "method"])))
        project.submit([row.id], "nothing")


def test_a_pass_without_any_code_comes_back_as_one(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    code(study, "ben", ["", "", "", ""])
    study.viewer = "ana"
    with back(tmp_path / "again", out(study)) as again:
        assert {one.coder for one in again.passes()} == {"ana", "ben"}
        assert again.units() != ()
        assert {coder: set(codes) for coder, codes in again.units()[0].readings.items()} == {
            "ana": {"TRUST"}, "ben": set(),
        }  # fmt: skip


# --- what goes out -------------------------------------------------------------------------------------------------


def test_nothing_blind_goes_out_and_own_work_does(study: Project) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    code(study, "ben", ["HOPE", "", "", ""], submit=False)
    for viewer, codes in (("ana", {"Trust"}), ("ben", {"Hope"}), ("cleo", set())):
        study.viewer = viewer
        made = study.qdpx(Layer.CODERS, Target.GENERIC)
        bundle = refi.read("x.qdpx", made.data).bundle
        names = {one.id: one.name for one in bundle.codes}
        assert {names[one.code] for one in bundle.codings} == codes
        assert "Transcripts that are blind still, whose coding by others is not in the file: 1." in made.losses


def test_the_consensus_goes_out_as_a_coder_of_its_own(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", ""])
    code(study, "ben", ["TRUST", "FEAR", "", ""])
    study.viewer = "ana"
    (item,) = study.items()
    study.decide(item, Outcome.NEW, reason=Reason.READING, codes=["HOPE", "FEAR"])
    places = spans(study)
    expected = {("Trust", *places[0]), ("Hope", *places[1]), ("Fear", *places[1])}
    for layer, coders in ((Layer.CONSENSUS, {"Consensus"}), (Layer.BOTH, {"Consensus", "ana", "ben"})):
        bundle = refi.read("x.qdpx", out(study, layer)).bundle
        codes, users = ({one.id: one.name for one in those} for those in (bundle.codes, bundle.users))
        assert {users[one.user] for one in bundle.codings} == coders
        settled = {(codes[one.code], one.start, one.end) for one in bundle.codings if users[one.user] == "Consensus"}
        assert settled == expected


def test_the_same_study_gives_the_same_bytes_and_a_file_that_exists_stays(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "HOPE", ""])
    assert out(study) == out(study)
    target = tmp_path / "x.qdpx"
    made, losses = study.write_qdpx(target, Layer.CODERS, Target.GENERIC)
    assert target.read_bytes() == made.data
    assert all(line in losses.read_text("utf-8") for line in made.losses)
    with pytest.raises(FileExists):
        study.write_qdpx(target, Layer.CODERS, Target.GENERIC)
    target.unlink()
    with pytest.raises(FileExists):  # the loss report of another file is not written over either
        study.write_qdpx(target, Layer.CODERS, Target.GENERIC)
    assert not target.exists()
    study.write_qdpx(target, Layer.CODERS, Target.GENERIC, force=True)


def test_texts_lie_in_the_file_as_they_are_sealed(demo: Project) -> None:
    archive = zipfile.ZipFile(io.BytesIO(out(demo)))
    texts = {archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")}
    assert {demo.transcript(row.id).text for row in demo.transcripts()} <= texts


# --- what comes in -------------------------------------------------------------------------------------------------


def test_a_study_that_holds_something_takes_no_project_in(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    arrival = arrival_of("x.qdpx", out(study))
    with pytest.raises(NotEmpty):
        study.take_in_project(arrival)
    with pytest.raises(StudyExists):
        Project.begin_with(study.folder, arrival)
    with Project.create(tmp_path / "empty", method="cqr", coders=3, viewer="cleo") as empty:
        empty.take_in_project(arrival)
        assert (empty.study.method, empty.study.coders, empty.opened()) == ("cqr", 3, frozenset())
        assert empty._db.execute("select count(distinct step) from journal").fetchone()[0] == 2, "made, and one step"


def test_a_project_comes_in_whole_or_not_at_all(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    study.viewer = "ana"
    study.write_note("Thin.", on="study")
    arrival = arrival_of("x.qdpx", out(study))
    assert arrival.notes
    whole = journal.append

    def half(*arguments: Any) -> None:
        if len(arguments[2]) == 1:
            raise QualbenchError("The lights went out.")
        whole(*arguments)

    with Project.create(tmp_path / "empty", viewer="cleo") as empty:
        monkeypatch.setattr(journal, "append", half)
        with pytest.raises(QualbenchError, match="lights"):
            empty.take_in_project(arrival)
        assert empty.transcripts() == ()
        assert not empty.has_codebook()
    with pytest.raises(QualbenchError):
        Project.begin_with(tmp_path / "new", arrival)
    assert [path.name for path in tmp_path.iterdir() if "new" in path.name] == []


def test_roles_and_participants_that_people_set_come_back(study: Project, tmp_path: Path) -> None:
    study.assign_speaker("talk", "I", Role.OTHER)
    study.assign_speaker("talk", "P1", Role.PARTICIPANT, 'Ma"ra')
    code(study, "ana", ["TRUST", "", "", ""])
    with back(tmp_path / "again", out(study)) as again:
        assert [(one.label, one.role, one.participant) for one in again.transcript("talk").speakers] == [
            ("I", Role.OTHER, ""), ("P1", Role.PARTICIPANT, 'Ma"ra'),
        ]  # fmt: skip
