"""Consensual qualitative research: judges alone and then together, categories, labels, and auditors who comment."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualbench.errors import BadDecision, QualbenchError
from qualbench.model import CaseState, JudgingMode, Outcome, Reason
from qualbench.project import Project
from qualbench.steps.cqr import AuditorsComment
from tests.conftest import add_interview, code
from tests.project.cqr import DOMAINS, agreed, category, cqr_study, cross_analysed, judged


@pytest.fixture
def cqr(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """Six interviews with a person each, coded into the domains help and harm, seen by ana."""
    with cqr_study(tmp_path / "study", clock) as project:
        yield project


# --- cases and domains -----------------------------------------------------------------------------------------


def test_one_case_is_a_person_until_the_team_says_otherwise(cqr: Project) -> None:
    assert [one.label for one in cqr.cases()] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert cqr.case_rule() == "participant"
    cqr.count_cases("transcript", "They spoke as groups.")
    assert [one.label for one in cqr.cases()] == [f"talk{n}" for n in range(1, 7)]
    assert cqr.case_reason() == "They spoke as groups."
    with pytest.raises(BadDecision, match="needs a reason"):
        cqr.count_cases("participant", " ")
    with pytest.raises(BadDecision, match="can not be a 'turn'"):
        cqr.count_cases("turn", "Why not.")


def test_raw_text_is_what_the_team_settled_with_sub_codes(cqr: Project) -> None:
    case = cqr.case("P2")
    assert case.domains == (("HELP", 2), ("HARM", 1))
    assert [(one.text, one.speaker) for one in cqr.raw("P2", "HELP")] == [
        ("My friend stayed with me.", "P2"), ("My aunt cooked, I am P2.", "P2"),
    ]  # fmt: skip
    place = cqr.raw("P2", "HARM")[0].place
    transcript, start, end = place.split(":")
    assert cqr.transcript(transcript).text[int(start) : int(end)] == "They closed the office."


def test_a_group_is_many_cases_or_one(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Two coders differ on Bea's words: they are nobody's raw text until the team decides."""
    group = "I: What helped?\nP1: My friend.\nP2: My aunt.\nP1: And my dog.\n"
    with Project.create(tmp_path / "group", method="cqr", coders=2, viewer="ana", clock=clock) as project:
        project.release_codebook("domains.yaml", DOMAINS)
        add_interview(project, "group.txt", group)
        code(project, "ana", ["FRIEND", "KIN", "FRIEND"], "group")
        assert project.cases()[0].domains == (("HELP", 0), ("HARM", 0))
        code(project, "ben", ["FRIEND", "HARM", "FRIEND"], "group")
        assert [one.text for one in project.raw("P1", "HELP")] == ["My friend.", "And my dog."]
        assert project.raw("P2", "HELP") == project.raw("P2", "HARM") == ()
        (item,) = project.items()
        project.decide(item, Outcome.NEW, reason=Reason.SLIP, codes=["KIN", "FRIEND"])
        assert [one.text for one in project.raw("P2", "HELP")] == ["My aunt."]
        project.count_cases("transcript", "They answered each other.")
        (whole,) = project.cases()
        assert dict(whole.domains)["HELP"] == 3


def test_without_codes_of_kind_domain_the_top_of_the_tree_is_taken(study: Project) -> None:
    assert [one.id for one in study.domains()] == ["TRUST", "HOPE", "FEAR"]


# --- judges ----------------------------------------------------------------------------------------------------


def test_each_judge_works_alone_until_all_have_handed_in(cqr: Project) -> None:
    cqr.name_judges("P1", ["ana", "ben"])
    cqr.write_idea("P1", "HELP", "A friend stayed.")
    cqr.submit_ideas("P1")
    cqr.viewer = "ben"
    assert cqr.core_ideas("P1") == ()
    with pytest.raises(BadDecision, match="Not every judge of 'P1' has handed in"):
        cqr.agree_idea("P1", "HELP", "A friend.")
    cqr.write_idea("P1", "HELP", "A friend was near.")
    assert [one.judge for one in cqr.core_ideas("P1")] == ["ben"]
    cqr.submit_ideas("P1")
    assert [one.judge for one in cqr.core_ideas("P1")] == ["ana", "ben"]
    held = cqr.judging("P1")
    assert held is not None
    assert held.opened


def test_what_was_handed_in_stays(cqr: Project) -> None:
    cqr.name_judges("P1", ["ana", "ben"])
    cqr.write_idea("P1", "HELP", "A friend stayed.")
    cqr.submit_ideas("P1")
    (own,) = cqr.core_ideas("P1")
    for change in (
        lambda: cqr.write_idea("P1", "HELP", "Another."),
        lambda: cqr.write_idea("P1", "HELP", "Another.", idea=own.id),
        lambda: cqr.remove_idea(own.id),
        lambda: cqr.submit_ideas("P1"),
        lambda: cqr.undo("", "cqr"),
    ):
        with pytest.raises(BadDecision, match="handed"):
            change()
    assert cqr.core_ideas("P1") == (own,)
    assert cqr.attention() == ()


def test_judges_are_named_and_stay_once_they_have_handed_in(cqr: Project) -> None:
    with pytest.raises(BadDecision, match="no judge of 'P1'"):
        cqr.write_idea("P1", "HELP", "A friend stayed.")
    cqr.name_judges("P1", ["ana", "ben"])
    cqr.submit_ideas("P1", nothing=True)
    with pytest.raises(BadDecision, match="ana has handed in already"):
        cqr.name_judges("P1", ["ben", "cleo"])
    with pytest.raises(BadDecision, match="way of judging stays"):
        cqr.name_judges("P1", ["ana", "ben"], JudgingMode.DRAFTED)
    cqr.name_judges("P1", ["ana"])
    with pytest.raises(BadDecision, match="ben would not be independent"):
        cqr.name_judges("P1", ["ana", "ben"])
    with pytest.raises(BadDecision, match="neither a case nor a domain"):
        cqr.name_judges("P9", ["ana"])


def test_a_drafted_case_opens_with_its_draft(cqr: Project) -> None:
    cqr.name_judges("P1", ["ben", "ana"], JudgingMode.DRAFTED)
    with pytest.raises(BadDecision, match="ben drafts 'P1'"):
        cqr.write_idea("P1", "HELP", "A friend stayed.")
    cqr.viewer = "ben"
    cqr.write_idea("P1", "HELP", "A friend stayed.")
    cqr.viewer = "ana"
    assert cqr.core_ideas("P1") == ()
    cqr.viewer = "ben"
    cqr.submit_ideas("P1")
    cqr.viewer = "ana"
    (draft,) = cqr.core_ideas("P1")
    cqr.agree_idea("P1", "HELP", "A friend stayed near.", sources=[draft.id])
    assert cqr.core_ideas("P1", agreed=True)[0].sources == (draft.id,)
    held = cqr.judging("P1")
    assert held is not None
    assert held.mode is JudgingMode.DRAFTED


def test_a_core_idea_rests_on_places_of_its_case(cqr: Project) -> None:
    cqr.name_judges("P1", ["ana"])
    place, other = cqr.raw("P1", "HELP")[0].place, cqr.raw("P2", "HELP")[0].place
    cqr.write_idea("P1", "HELP", "A friend stayed.", [place, place])
    assert cqr.core_ideas("P1")[0].places == (place,)
    transcript = place.split(":")[0]
    for wrong, why in (
        (other, "not in a transcript of this case"), (f"{transcript}:5:99999", "outside"), (f"{transcript}:9:9", "out"),
        ("nonsense", "no place"), (f"{transcript}:a:b", "no place"), (f"{transcript}:-1:3", "no place"),
    ):  # fmt: skip
        with pytest.raises(BadDecision, match=why):
            cqr.write_idea("P1", "HELP", "A friend.", [wrong])


def test_the_team_agrees_and_the_originals_stay(cqr: Project) -> None:
    judged(cqr, "P1", {"HELP": "A friend stayed"})
    before = cqr.core_ideas("P1")
    place = cqr.raw("P1", "HELP")[0].place
    cqr.agree_idea("P1", "HELP", "A friend stayed near.", [place], [one.id for one in before])
    (team,) = cqr.core_ideas(agreed=True)
    cqr.agree_idea("P1", "HELP", "A friend stayed by.", [place], [before[0].id], agreed=team.id)
    (again,) = cqr.core_ideas(agreed=True)
    assert (again.id, again.words, again.sources) == (team.id, "A friend stayed by.", (before[0].id,))
    assert cqr.core_ideas("P1") == before
    assert not cqr.agree_idea("P1", "HELP", "A friend stayed by.", [place], [before[0].id], agreed=team.id)
    with pytest.raises(BadDecision, match="needs a reason"):
        cqr.drop_idea(team.id, " ")
    cqr.drop_idea(team.id, "It says the same as another.")
    assert cqr.core_ideas(agreed=True) == ()
    cqr.undo("", "cqr")
    assert cqr.core_ideas(agreed=True) == (again,)
    with pytest.raises(BadDecision, match="same case and domain"):
        cqr.agree_idea("P1", "HARM", "An office closed.", sources=[before[0].id])


# --- cross-analysis --------------------------------------------------------------------------------------------


def test_categories_are_proposed_alone_and_then_agreed(cqr: Project) -> None:
    judged(cqr, "P1", {"HELP": "A friend stayed"})
    idea = agreed(cqr, "P1", "HELP", "A friend stayed.")
    cqr.name_judges("HELP", ["ana", "ben"])
    cqr.viewer = "ana"
    cqr.propose_category("HELP", "Friends", [idea])
    with pytest.raises(BadDecision, match="agreed on in its domain"):
        cqr.propose_category("HELP", "Strange", ["nothing"])
    cqr.submit_categories("HELP")
    cqr.viewer = "ben"
    assert cqr.categories("HELP") == ()
    with pytest.raises(BadDecision, match="Not every judge of 'Help'"):
        cqr.agree_category("HELP", "Friends")
    with pytest.raises(BadDecision, match="no category here"):
        cqr.submit_categories("HELP")
    cqr.propose_category("HELP", "People", [idea])
    (own,) = cqr.categories("HELP")
    cqr.propose_category("HELP", "People near", [], own.id)
    assert [(one.id, one.name, one.ideas) for one in cqr.categories()] == [(own.id, "People near", ())]
    cqr.submit_categories("HELP")
    assert [one.judge for one in cqr.categories("HELP")] == ["ana", "ben"]
    cqr.agree_category("HELP", "Friends", [idea], sources=[one.id for one in cqr.categories("HELP")])
    assert cqr.categories(agreed=True)[0].ideas == (idea,)


def test_sub_categories_and_ideas_in_several_or_none(cqr: Project) -> None:
    ideas = cross_analysed(cqr)
    top = category(cqr, "HELP", "People", (ideas["P1 HELP"],))
    under = category(cqr, "HELP", "Friends", (ideas["P1 HELP"], ideas["P2 HELP"]), top)
    cqr.place_idea(ideas["P3 HELP"], under, True)
    rows = {row.name: row for row in cqr.frequencies().rows}
    assert (rows["People"].depth, rows["Friends"].depth) == (0, 1)
    assert rows["People"].cases == rows["Friends"].cases == ("P1", "P2", "P3")
    assert {one.id for one in cqr.frequencies().unplaced} == {
        one for name, one in ideas.items() if name.endswith("HARM") or name in ("P4 HELP", "P5 HELP", "P6 HELP")
    }
    cqr.place_idea(ideas["P3 HELP"], under, False)
    assert {row.name: row.cases for row in cqr.frequencies().rows}["Friends"] == ("P1", "P2")
    with pytest.raises(BadDecision, match="another domain"):
        cqr.place_idea(ideas["P3 HARM"], under, True)
    with pytest.raises(BadDecision, match="stands under it"):
        cqr.agree_category("HELP", "People", [], under, category=top)
    with pytest.raises(BadDecision, match="called 'friends' in this domain already"):
        cqr.agree_category("HELP", "friends")
    cqr.drop_category(top, "It says too little.")
    assert [(row.name, row.depth) for row in cqr.frequencies().rows] == [("Friends", 0)]


def test_the_table_says_labels_and_rule(cqr: Project) -> None:
    """Six cases by the rule of 2005: general 5-6, typical 4, variant 2-3, one case is not reported."""
    ideas = cross_analysed(cqr)
    for name, number in (("five", 5), ("four", 4), ("three", 3), ("one", 1), ("none", 0)):
        category(cqr, "HELP", name, tuple(ideas[f"P{n} HELP"] for n in range(1, number + 1)))
    table = cqr.frequencies()
    assert [(row.name, row.label, row.is_reported) for row in table.rows] == [
        ("five", "general", True), ("four", "typical", True), ("three", "variant", True),
        ("one", "other", False), ("none", "none", False),
    ]  # fmt: skip
    assert (table.rows[0].example, table.rows[0].example_case, table.rows[0].of) == ("P1 on help.", "P1", 6)
    assert table.rule.startswith("Of 6 cases: general 5 to 6, typical 4, variant 2 to 3;")
    assert [row.label for row in cqr.frequencies("1997").rows][:2] == ["typical", "typical"]
    with pytest.raises(QualbenchError, match="no rule called '2020'"):
        cqr.frequencies("2020")


def test_cases_without_agreed_core_ideas_are_not_counted(cqr: Project) -> None:
    for case in ("P1", "P2"):
        judged(cqr, case, {"HELP": "Somebody stayed"})
        agreed(cqr, case, "HELP", "Somebody stayed.")
    table = cqr.frequencies()
    assert (table.of, table.waiting) == (2, ("P3", "P4", "P5", "P6"))


def test_who_withdrew_is_no_case_any_more(cqr: Project) -> None:
    ideas = cross_analysed(cqr)
    category(cqr, "HELP", "People", tuple(ideas[f"P{n} HELP"] for n in range(1, 7)))
    cqr.withdraw("P6", "They moved.")
    table = cqr.frequencies()
    assert (table.of, table.rows[0].cases) == (5, ("P1", "P2", "P3", "P4", "P5"))


def test_subgroups_differ_by_either_rule(cqr: Project) -> None:
    """Three in the north and three in the south; the label of all three is general, of one none at all."""
    ideas = cross_analysed(cqr)
    from qualbench.steps.participants import Attribute, AttributeKind

    cqr.define_attribute(Attribute("site", AttributeKind.TEXT))
    for number in range(1, 7):
        cqr.set_attribute(f"P{number}", "site", "north" if number < 4 else "south")
    cqr.set_attribute("P6", "site", "")
    category(cqr, "HELP", "all north", tuple(ideas[f"P{n} HELP"] for n in (1, 2, 3)))
    category(cqr, "HELP", "everywhere", tuple(ideas[f"P{n} HELP"] for n in (1, 2, 3, 4, 5)))
    found = cqr.compare_groups("site")
    assert [(value, one.of) for value, one in found.groups] == [("north", 3), ("south", 2)]
    first, second = found.rows
    assert (first.two_steps, first.thirty_points) == ((("north", "south"),), (("north", "south"),))
    assert (second.two_steps, second.thirty_points) == ((), ())
    assert found.left_out == ("P6",)


def test_a_stability_check_is_kept_with_its_inputs(cqr: Project) -> None:
    ideas = cross_analysed(cqr)
    category(cqr, "HELP", "five", tuple(ideas[f"P{n} HELP"] for n in (1, 2, 3, 4, 5)))
    category(cqr, "HELP", "last", tuple(ideas[f"P{n} HELP"] for n in (5, 6)))
    cqr.keep_stability(("P5", "P6"))
    ((_, by, found),) = cqr.kept_stability()
    assert by == cqr.viewer
    assert found == cqr.stability(("P5", "P6"))
    assert [(row.name, row.cases_without, row.without, row.whole) for row in found.rows] == [
        ("five", 4, "general", "general"), ("last", 0, "none", "variant"),
    ]  # fmt: skip
    assert [row.name for row in found.new] == ["last"]
    assert cqr.stability(seed=3) == cqr.stability(seed=3)
    before = found.inputs
    category(cqr, "HARM", "closed", (ideas["P1 HARM"],))
    assert cqr.stability(("P5", "P6")).inputs != before


# --- states and auditors -----------------------------------------------------------------------------------------


def test_states_are_kept_in_any_order(cqr: Project) -> None:
    cqr.state_case("P1", CaseState.CONSENSUS, "Ahead of the others.")
    cqr.state_case("P1", CaseState.CHECKED)
    assert [(one.state, one.note, one.actor) for one in cqr.case_history("P1")] == [
        (CaseState.CONSENSUS, "Ahead of the others.", "ana"), (CaseState.CHECKED, "", "ana"),
    ]  # fmt: skip
    assert cqr.case("P1").state is CaseState.CHECKED
    assert not cqr.state_case("P1", CaseState.CHECKED)


@pytest.fixture
def audited(cqr: Project) -> Project:
    """P1 agreed on by three judges; dora audits from outside, cleo from inside on P2."""
    judged(cqr, "P1", {"HELP": "A friend stayed"})
    agreed(cqr, "P1", "HELP", "A friend stayed.")
    cqr.give_roles("dora", ["auditor"])
    cqr.give_roles("cleo", ["coder", "auditor"])
    return cqr


def test_a_comment_goes_from_open_to_settled_and_back(audited: Project) -> None:
    (idea,) = audited.core_ideas(agreed=True)
    audited.viewer = "dora"
    audited.comment("idea", idea.id, "Whose friend?")
    (one,) = audited.comments("open")
    audited.viewer = "ana"
    with pytest.raises(BadDecision, match="1 comment of an auditor has no answer"):
        audited.state_case("P1", CaseState.CLOSED)
    with pytest.raises(BadDecision, match="has no answer"):
        audited.drop_idea(idea.id, "Never mind.")
    with pytest.raises(BadDecision, match="needs a reason"):
        audited.answer_comment(one.id, False)
    audited.answer_comment(one.id, False, "It is said before.")
    with pytest.raises(BadDecision, match="answered already"):
        audited.answer_comment(one.id, True)
    with pytest.raises(BadDecision, match="dora made this comment"):
        audited.see_comment(one.id, True)
    audited.viewer = "dora"
    audited.see_comment(one.id, False, "Not in this case.")
    audited.viewer = "ana"
    with pytest.raises(BadDecision, match="can not be closed"):
        audited.state_case("P1", CaseState.CLOSED)
    audited.answer_comment(one.id, True, "Named now.")
    audited.state_case("P1", CaseState.CLOSED)
    audited.viewer = "dora"
    audited.see_comment(one.id, True)
    (settled,) = audited.comments()
    assert [turn.state for turn in settled.turns] == ["rejected", "raised-again", "accepted", "settled"]
    assert (settled.state, settled.author) == ("settled", "dora")


def test_nobody_is_judge_and_auditor_of_the_same_case(audited: Project) -> None:
    audited.viewer = "cleo"
    assert (audited.is_auditor("P1"), audited.is_auditor("P2")) == (False, True)
    with pytest.raises(BadDecision, match="nobody is auditor and judge"):
        audited.comment("case", "P1", "Thin.")
    with pytest.raises(BadDecision, match="nobody is auditor and judge"):
        audited.comment("idea", audited.core_ideas(agreed=True)[0].id, "Thin.")
    audited.comment("case", "P2", "Look at the last turn.")
    audited.viewer = "ana"
    with pytest.raises(BadDecision, match="cleo audits this"):
        audited.name_judges("P2", ["ana", "cleo"])
    with pytest.raises(BadDecision, match="dora audits this"):
        audited.name_judges("P3", ["ana", "dora"])
    with pytest.raises(BadDecision, match="ana is none"):
        audited.comment("case", "P3", "Thin.")


def test_who_only_audits_changes_nothing(audited: Project) -> None:
    """Wherever the edit comes from: judging, coding, deciding, the codebook, the themes."""
    (idea,) = audited.core_ideas(agreed=True)
    audited.viewer = "dora"
    name = add_interview(audited, "more.txt", "I: And?\nP9: Well.\n")
    for edit in (
        lambda: audited.name_judges("P3", ["ana"]),
        lambda: audited.state_case("P1", CaseState.CLOSED),
        lambda: audited.agree_idea("P1", "HELP", "Mine."),
        lambda: audited.drop_idea(idea.id, "Mine."),
        lambda: audited.count_cases("transcript", "Mine."),
        lambda: audited.open_pass(name),
        lambda: audited.create_theme("Mine"),
        lambda: audited.give_roles("dora", ["coder"]),
    ):
        with pytest.raises(AuditorsComment, match="auditors comment and do not edit"):
            edit()


def test_an_answered_comment_is_not_taken_back(audited: Project) -> None:
    audited.viewer = "dora"
    audited.comment("case", "P1", "Thin.")
    audited.undo("", "cqr")
    assert audited.comments() == ()
    audited.comment("case", "P1", "Thin.")
    (one,) = audited.comments()
    audited.viewer = "ana"
    audited.answer_comment(one.id, True)
    audited.viewer = "dora"
    with pytest.raises(BadDecision, match="replied to this"):
        audited.undo("", "cqr")
    assert audited.attention() == ()


ACTS = ["judges", "comment", "judges", "comment on an idea", "idea", "hand in", "agree", "state", "answer", "see"]
OPS = st.tuples(
    st.sampled_from([*ACTS, "roles", "undo"]), st.sampled_from(["cleo", "ana", "dora", "ben"]), st.integers(0, 3)
)


@settings(max_examples=8)
@example([("judges", "ana", 0), ("comment", "cleo", 0)])
@example([("comment", "cleo", 0), ("judges", "ana", 0)])
@given(st.lists(OPS, min_size=12, max_size=24))
def test_judges_and_auditors_never_mix_whatever_is_tried(
    tmp_path_factory: pytest.TempPathFactory, ops: list[tuple[str, str, int]]
) -> None:
    """Invariant 7: never the same person on the same case; and who only audits has edited nothing."""
    from datetime import UTC

    folder = tmp_path_factory.mktemp("mixed") / "study"
    with cqr_study(folder, lambda: datetime(2026, 1, 5, tzinfo=UTC), people=1) as project:
        project.give_roles("dora", ["auditor"])
        project.give_roles("cleo", ["coder", "auditor"])
        for op in ops:
            _try(project, *op)
        held = project.judging("P1")
        judges = set(held.judges) if held else set()
        ideas = {one.id for one in project.core_ideas("P1", agreed=True)}
        authors = {one.author for one in project.comments() if one.about in {"P1", *ideas}}
        assert not judges & authors
        assert not judges & {one.name for one in project.people() if one.roles == ("auditor",)}
        assert project.attention() == ()
        kinds = project._db.execute("select distinct kind from journal where actor = 'dora'").fetchall()
        assert {kind for (kind,) in kinds} <= {"comment_made", "comment_seen", "step_undone"}


def _try(project: Project, what: str, who: str, number: int) -> None:
    project.viewer, case = who, "P1"
    teams = (["cleo"], ["ana", "ben"], ["ben", "cleo"], ["ana", "dora"])
    comments, agreed_ = project.comments(), project.core_ideas(case, agreed=True)
    one = comments[number % len(comments)].id if comments else ""
    acts: dict[str, Callable[[], object]] = {
        "judges": lambda: project.name_judges(case, teams[number]),
        "idea": lambda: project.write_idea(case, "HELP", f"Idea {number}"),
        "hand in": lambda: project.submit_ideas(case, nothing=number == 0),
        "agree": lambda: project.agree_idea(case, "HELP", f"Agreed {number}"),
        "state": lambda: project.state_case(case, list(CaseState)[number]),
        "comment": lambda: project.comment("case", case, f"Comment {number}"),
        "comment on an idea": lambda: project.comment("idea", agreed_[0].id if agreed_ else "", "Thin."),
        "answer": lambda: project.answer_comment(one, number % 2 == 0, "Because."),
        "see": lambda: project.see_comment(one, number % 2 == 0, "Still."),
        "roles": lambda: project.give_roles("ben", ["coder", "auditor"][: 1 + number % 2]),
        "undo": lambda: project.undo("", "cqr"),
    }
    try:
        acts[what]()
    except QualbenchError:
        return


# --- what is shown and written -----------------------------------------------------------------------------------


def test_biases_are_the_memos_of_their_kind(cqr: Project) -> None:
    cqr.write_note("I expect much of friends.", on="study", kind="bias")
    cqr.write_note("Check the tape.", on="study", kind="method")
    assert [one.body for one in cqr.biases()] == ["I expect much of friends."]


def test_the_files_hold_table_grid_and_log(audited: Project, tmp_path: Path) -> None:
    (idea,) = audited.core_ideas(agreed=True)
    audited.viewer = "dora"
    audited.comment("idea", idea.id, "=1+1")
    audited.viewer = "ana"
    judged(audited, "P2", {"HELP": "A friend"}, ("ana", "ben"))
    second = agreed(audited, "P2", "HELP", "An aunt | cooked.")
    audited.name_judges("HELP", ["ana"])
    audited.viewer = "ana"
    audited.submit_categories("HELP", nothing=True)
    category(audited, "HELP", "People", (idea.id, second))
    rows = {}
    for part in ("table", "grid", "log"):
        said = audited.write_cqr(tmp_path / f"{part}.csv", part)
        assert said.endswith(f"{part}.csv.")
        rows[part] = [*csv.reader(io.StringIO((tmp_path / f"{part}.csv").read_text()))]
    assert rows["table"][1] == ["Help", "People", "general", "2", "2", "A friend stayed.", "P1"]
    assert rows["grid"] == [["domain", "category", "P1", "P2"], ["Help", "People", "1", "1"]]
    assert rows["log"][1][1:] == ["idea", "A friend stayed.", "comment", "dora", "'=1+1", "open"]
    audited.write_cqr(tmp_path / "all.md")
    page = (tmp_path / "all.md").read_text()
    assert page.count("\n## ") == 3
    assert "Of 2 cases: general 2;" in page
    audited.write_cqr(tmp_path / "all.docx")
    from docx import Document

    assert len(Document(str(tmp_path / "all.docx")).tables) == 3
    with pytest.raises(QualbenchError, match="exists already"):
        audited.write_cqr(tmp_path / "all.md")
    with pytest.raises(QualbenchError, match=r"ends in '\.pdf'"):
        audited.write_cqr(tmp_path / "all.pdf")
