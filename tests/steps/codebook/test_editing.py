"""Working on the draft: what is refused, and that what is given fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import QualbenchError, UnknownCode, UsageError
from qualbench.events import Event
from qualbench.model import Code, Codebook, Proposal
from qualbench.steps.codebook import editing
from qualbench.steps.codebook.drafting import drafted, in_reading_order
from tests.steps.codebook.books import FAMILY, book, tree

PROPOSAL = Proposal("WEATHER", "The weather", "p", "t", "ana", 120, 180)
ENDED = book(
    Code("A", "Trust"),
    Code("B", "Hope", status="retired"),
    Code("C", "Fear", status="merged", into=("A",)),
    Code("D", "Rain", parent="A"),
    Code("E", "Snow", parent="A"),
)


def test_a_new_code_stands_last_unless_it_is_put_behind_a_sister() -> None:
    facts, code = editing.add_code(FAMILY, "Paid work", "T", definition="Being paid.")
    draft = drafted(FAMILY, facts)
    assert code == "PAID_WORK"
    assert tree(draft) == ["T", ".A", ".B", ".PAID_WORK", "U", ".C", ".D"]
    assert draft.get(code) == Code(code, "Paid work", parent="T", definition="Being paid.")
    behind, code = editing.add_code(FAMILY, "Paid work", "T", "A")
    assert tree(drafted(FAMILY, behind)) == ["T", ".A", ".PAID_WORK", ".B", "U", ".C", ".D"]


@pytest.mark.parametrize(
    ("label", "known", "code"),
    [
        ("Éducation & school", (), "EDUCATION_SCHOOL"),
        ("Straße", (), "STRASSE"),
        ("希望", (), "CODE"),
        ("a", (), "A_2"),
        ("Rain", ("rain", "RAIN_2"), "RAIN_3"),
        ("So many words that no column will ever hold them all", (), "SO_MANY_WORDS_THAT_NO_COLUMN_WILL_EVER_H"),
    ],
)
def test_an_id_is_made_from_the_label_and_never_given_twice(label: str, known: tuple[str, ...], code: str) -> None:
    assert editing.add_code(FAMILY, label, known_ids=known)[1] == code


def test_only_fields_that_differ_are_written() -> None:
    assert editing.draft_code(FAMILY, "A", label=" Credibility ", exclude="Not for talk.") == []
    facts = editing.draft_code(FAMILY, "A", label="Belief", examples=["So.\r\nYes.", " "], notes="a\x1bb")
    code = drafted(FAMILY, facts).get("A")
    assert code is not None
    assert (code.label, code.examples, code.notes) == ("Belief", ("So.\nYes.",), "a␛b")
    assert code.exclude == "Not for talk."


def test_a_proposed_code_is_adopted_under_its_own_id_on_trial_with_its_first_segment() -> None:
    draft = drafted(FAMILY, editing.adopt(FAMILY, PROPOSAL, "Interview 3", parent="U", label="Weather"))
    assert draft.get("WEATHER") == Code(
        "WEATHER", "Weather", parent="U", status="trial", origin="inductive: Interview 3, 120-180"
    )
    with pytest.raises(UsageError, match="'Weather' is in the draft already"):
        editing.adopt(draft, PROPOSAL, "Interview 3", "turn 7")


def test_a_proposed_code_can_be_adopted_and_merged_in_one_step() -> None:
    adopted = editing.adopt(FAMILY, PROPOSAL, "Interview 3", "turn 7")
    draft = drafted(FAMILY, adopted)
    code = drafted(FAMILY, [*adopted, *editing.merge_codes(draft, ["WEATHER"], "C")]).get("WEATHER")
    assert code is not None
    assert (code.status, code.into, code.origin) == ("merged", ("C",), "inductive: Interview 3, turn 7")


def test_what_stays_where_it_is_gives_no_fact() -> None:
    assert editing.place_code(FAMILY, "B", "T", "A") == []
    assert editing.place_code(FAMILY, "A", "T") == []
    assert editing.set_status(FAMILY, "A", "active") == []
    assert tree(drafted(FAMILY, editing.place_code(FAMILY, "B", "T"))) == ["T", ".B", ".A", "U", ".C", ".D"]


def test_a_code_goes_out_of_use_and_comes_back() -> None:
    gone = drafted(FAMILY, editing.retire_code(FAMILY, "A"))
    assert [code.status for code in gone.codes if code.id == "A"] == ["retired"]
    assert drafted(gone, editing.set_status(gone, "A", "active")).codes == FAMILY.codes


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: editing.add_code(FAMILY, "  "), "A code needs a label"),
    (lambda: editing.add_code(FAMILY, "TIME", "T"), "a code called 'Time' under 'Trust' already"),
    (lambda: editing.add_code(FAMILY, "hope"), "a code called 'Hope' at the top already"),
    (lambda: editing.add_code(FAMILY, "Rain", "T", "C"), "'Role model' does not stand under 'Trust'"),
    (lambda: editing.add_code(FAMILY, "Rain", status="retired"), "can not be retired at once"),
    (lambda: editing.add_code(ENDED, "Rain", "B"), "can not stand under 'Hope', which is retired"),
    (lambda: editing.draft_code(FAMILY, "A", label=""), "A code needs a label"),
    (lambda: editing.draft_code(FAMILY, "A", label="Time"), "a code called 'Time'"),
    (lambda: editing.draft_code(FAMILY, "A", shape="round"), "no field 'shape'"),
    (lambda: editing.draft_code(FAMILY, "A", parent="U"), "no field 'parent'"),
    (lambda: editing.draft_code(FAMILY, "A", status="trial"), "no field to be written"),
    (lambda: editing.draft_code(FAMILY, "A", colour="mauve"), "'mauve' is not a colour"),
    (lambda: editing.draft_code(FAMILY, "A", colour="#12345"), "'#12345' is not a colour"),
    (lambda: editing.draft_code(FAMILY, "A", kind="thing"), "The kind 'thing' is not known"),
    (lambda: editing.draft_code(ENDED, "C", notes="x"), "'Fear' is merged into Trust"),
    (lambda: editing.place_code(FAMILY, "A", "A"), "'Credibility' can not stand under itself"),
    (lambda: editing.place_code(FAMILY, "T", "A"), "under 'Credibility', which stands under it"),
    (lambda: editing.place_code(FAMILY, "A", "T", "A"), "'Credibility' is no other code under 'Trust'"),
    (lambda: editing.place_code(FAMILY, "A", "U", "B"), "'Time' is no other code under 'Hope'"),
    (lambda: editing.merge_codes(FAMILY, [], "A"), "No codes are named that go into 'Credibility'"),
    (lambda: editing.merge_codes(FAMILY, ["B", "A"], "A"), "'Credibility' can not be merged with itself"),
    (lambda: editing.merge_codes(ENDED, ["A"], "B"), "Nothing can go into 'Hope', which is retired"),
    (lambda: editing.merge_codes(ENDED, ["D"], "C"), "'Fear', which is merged into Trust"),
    (lambda: editing.merge_codes(ENDED, ["C"], "A"), "'Fear' is merged, so it can not become merged"),
    (lambda: editing.split_code(FAMILY, "A", ["B"]), "split into two codes or more"),
    (lambda: editing.split_code(FAMILY, "A", ["A", "B"]), "can not be split into itself"),
    (lambda: editing.split_code(ENDED, "A", ["D", "B"]), "'Hope', which is retired"),
    (lambda: editing.set_status(FAMILY, "A", "asleep"), "'asleep' is not a state"),
    (lambda: editing.set_status(FAMILY, "A", "merged"), "needs codes that it goes into"),
    (lambda: editing.set_status(FAMILY, "A", "proposed"), "is active, so it can not become proposed"),
    (lambda: editing.set_status(ENDED, "B", "trial"), "It can become: active"),
    (lambda: editing.drop_code(FAMILY, "A", FAMILY), "'Credibility' was released"),
    (lambda: editing.drop_code(FAMILY, "T", None), "codes under 'Trust': Credibility and Time"),
    (lambda: editing.drop_code(book(*ENDED.codes[:3]), "A", None), "is what Fear went into"),
]


@pytest.mark.parametrize(("asked", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_nonsense_is_refused_with_a_sentence(asked: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        asked()
    assert sentence in str(refused.value)


def test_codes_with_the_same_label_below_them_are_not_merged_blindly() -> None:
    twins = book(Code("A", "Trust"), Code("B", "Other", parent="A"), Code("C", "Hope"), Code("D", "other", parent="C"))
    with pytest.raises(UsageError, match="Two codes called 'other' would stand under 'Trust'"):
        editing.merge_codes(twins, ["C"], "A")
    assert editing.merge_codes(twins, ["C", "D"], "A")


@pytest.mark.parametrize("code", ["X", ""])
def test_a_code_that_is_not_there_is_unknown(code: str) -> None:
    for asked in (editing.draft_code, editing.place_code, editing.retire_code):
        with pytest.raises(UnknownCode):
            asked(FAMILY, code)


# --- anything that somebody may try ------------------------------------------------------------------------------

IDS = st.sampled_from(["T", "A", "B", "U", "C", "D", "RAIN", "SNOW"])
LABELS = st.sampled_from(["Rain", "Snow", "Trust", "Time"])
Tried = Callable[[Codebook], list[Event]]
TRIED: st.SearchStrategy[Tried] = st.one_of(
    st.builds(lambda label, parent: lambda book: editing.add_code(book, label, parent)[0], LABELS, IDS | st.just("")),
    st.builds(lambda code, label: lambda book: editing.draft_code(book, code, label=label), IDS, LABELS),
    st.builds(lambda *at: lambda book: editing.place_code(book, *at), IDS, IDS | st.just(""), IDS | st.just("")),
    st.builds(lambda codes, to: lambda book: editing.merge_codes(book, codes, to), st.lists(IDS, max_size=3), IDS),
    st.builds(lambda code, to: lambda book: editing.split_code(book, code, to), IDS, st.lists(IDS, max_size=3)),
    st.builds(
        lambda code, status: lambda book: editing.set_status(book, code, status),
        IDS,
        st.sampled_from(["trial", "active", "retired"]),
    ),
    st.builds(lambda code: lambda book: editing.drop_code(book, code, FAMILY), IDS),
)


@given(st.lists(TRIED, max_size=12))
def test_whatever_is_not_refused_changes_the_draft_and_the_facts_give_it_again(tried: list[Tried]) -> None:
    facts: list[Event] = []
    draft = drafted(FAMILY, facts)
    for one in tried:
        try:
            new = one(draft)
        except QualbenchError:
            continue
        facts += new
        before, draft = draft, drafted(FAMILY, facts)
        assert (draft.codes != before.codes) == bool(new)
        assert draft.codes == in_reading_order(draft.codes)
        names = [(code.parent, code.label.casefold()) for code in draft.codes if not code.into]
        assert len(names) == len(set(names))
