"""Correcting a sealed text: what is carried, what becomes doubtful, and that both versions and all history stay."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision, QualbenchError, UnknownDoubt
from qualbench.model import Outcome, Reason
from qualbench.project import Project
from qualbench.steps.correction import AnotherTranscript, NothingChanged
from tests.conftest import INTERVIEW, code, spans
from tests.project.conftest import entries

WHY = "typing errors"
SENTENCE = "Then it got better, slowly."


def corrected(project: Project, *changes: tuple[str, str]) -> None:
    """Correct the interview by replacing words."""
    text = project.transcript("talk").text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    project.correct("talk", text, WHY)


def sound(project: Project) -> None:
    """The journal replays to exactly what is shown, and every quote fits."""
    assert [sentence for well, sentence in project.examine() if not well] == []


def said(project: Project, coder: str) -> list[tuple[str, str]]:
    """The codes of a coder with the words on which they stand."""
    text = project.transcript("talk").text
    return [(one.code, text[one.start : one.end]) for one in project.codings(coder=coder)]


def select(project: Project, words: str, name: str) -> None:
    """Ana puts a code on these words."""
    text = project.transcript("talk").text
    at = text.index(words)
    project.apply_code(project.open_pass("talk").id, name, at, at + len(words))


def test_a_typing_error_elsewhere_moves_what_comes_after_and_leaves_what_comes_before(study: Project) -> None:
    select(study, "I trusted her", "TRUST")
    select(study, "less and less", "HOPE")
    corrected(study, ("And then?", "And what then?"))
    assert study.doubts() == ()
    assert said(study, "ana") == [("TRUST", "I trusted her"), ("HOPE", "less and less")]
    before, after = (INTERVIEW.index("less and less"), study.transcript("talk").text.index("less and less"))
    assert after - before == len("what ")
    sound(study)


def test_a_typing_error_in_a_coded_span_is_doubtful_until_somebody_looked(study: Project) -> None:
    select(study, SENTENCE, "HOPE")
    corrected(study, ("got better", "gott better"))
    (doubt,) = study.doubts()
    assert (doubt.name, doubt.coder, doubt.codes, doubt.words) == (
        "talk",
        "ana",
        ("HOPE",),
        "Then it gott better, slowly.",
    )
    assert study.words_before(doubt) == (SENTENCE,)
    study.settle_doubt(doubt)
    assert study.doubts() == ()
    assert said(study, "ana") == [("HOPE", "Then it gott better, slowly.")]
    with pytest.raises(UnknownDoubt):
        study.settle_doubt(doubt)
    sound(study)


def test_it_may_stand_on_other_words(study: Project) -> None:
    select(study, "better, slowly", "HOPE")
    corrected(study, ("better, slowly", "better, and quickly"))
    (doubt,) = study.doubts()
    start, end = study.place_of(doubt, "quickly")
    study.settle_doubt(doubt, start, end)
    assert said(study, "ana") == [("HOPE", "quickly")]
    with pytest.raises(QualbenchError, match="does not stand near this place"):
        study.place_of(doubt, "Quickly")
    sound(study)


def test_words_are_looked_for_near_the_place(study: Project) -> None:
    """'less' stands twice; the nearer one is meant."""
    select(study, "But less", "FEAR")
    corrected(study, ("But less and", "And less and"))
    (doubt,) = study.doubts()
    text = study.transcript("talk").text
    assert study.place_of(doubt, "less") == (text.index("less"), text.index("less") + 4)


def test_a_name_that_is_replaced_everywhere_touches_only_where_it_stands(study: Project) -> None:
    """'her' becomes 'Mara' in one answer; the three other codings are carried without doubt."""
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""], submit=False)
    corrected(study, ("trusted her", "trusted Mara"), ("She had", "Mara had"))
    (doubt,) = study.doubts()
    assert doubt.words == "I trusted Mara at once. Mara had been there."
    assert doubt.codes == ("TRUST",)
    assert study.words_before(doubt) == ("I trusted her at once. She had been there.",)
    assert [words for _, words in said(study, "ana")][1:] == [SENTENCE, "Every day. But less and less."]
    assert len(study.nothings()) == 1
    sound(study)


def test_a_deleted_sentence_leaves_its_code_on_nothing_until_somebody_says_so(study: Project) -> None:
    select(study, "But less and less.", "HOPE")
    corrected(study, (" But less and less.", ""))
    (doubt,) = study.doubts()
    assert doubt.start == doubt.end
    assert doubt.words == ""
    assert study.words_before(doubt) == ("But less and less.",)
    study.settle_doubt(doubt)
    assert study.doubts() == ()
    corrected(study, ("Thank you for asking.", "Thanks for asking."))
    assert study.doubts() == (), "what was settled stays settled"
    sound(study)


def test_a_code_on_deleted_words_counts_nowhere(study: Project) -> None:
    """Ana's only code loses its words: she has said nothing of what is left there, so three answers are compared."""
    study.viewer = "ana"
    select(study, "But less and less.", "HOPE")
    study.submit(["talk"], "nothing")
    code(study, "ben", ["", "", "", ""])
    corrected(study, (" But less and less.", ""))
    (hope,) = [one for one in study.agreement().codes if one.code == "HOPE"]
    assert (hope.both, hope.only_a, hope.only_b, hope.neither) == (0, 0, 0, 3)
    study.span_agreement()
    study.qualcoder_figures()
    assert study.extracts(["HOPE"]) == ()
    sound(study)


def test_it_may_be_put_on_other_words_when_its_own_are_gone(study: Project) -> None:
    select(study, "But less and less.", "HOPE")
    corrected(study, (" But less and less.", ""))
    (doubt,) = study.doubts()
    study.settle_doubt(doubt, *study.place_of(doubt, "Every day."))
    assert said(study, "ana") == [("HOPE", "Every day.")]
    sound(study)


@pytest.mark.parametrize("place", [(-1, 5), (5, 5), (9, 3), (0, 10_000)])
def test_a_place_that_is_none_is_refused(study: Project, place: tuple[int, int]) -> None:
    select(study, SENTENCE, "HOPE")
    corrected(study, ("got better", "gott better"))
    (doubt,) = study.doubts()
    with pytest.raises(BadDecision, match="is no place in 'talk'"):
        study.settle_doubt(doubt, *place)
    assert study.doubts() == (doubt,)


def test_a_whole_segment_stays_a_whole_segment(study: Project) -> None:
    """Words added at the end of an answer belong to the segment, and the code on the whole of it to them too."""
    code(study, "ana", ["TRUST", "HOPE", "", ""], submit=False)
    corrected(study, ("slowly.", "slowly. Very slowly."))
    assert said(study, "ana")[1] == ("HOPE", "Then it got better, slowly. Very slowly.")
    assert spans(study)[1] == next((c.start, c.end) for c in study.codings() if c.code == "HOPE")


def test_decisions_stay_with_their_segments(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", ""])
    code(study, "ben", ["FEAR", "HOPE", "", ""])
    (item,) = study.items()
    study.decide(item, Outcome.FIRST, reason=Reason.READING)
    corrected(study, ("How did it begin?", "How did all of it begin?"))
    (after,) = study.items()
    assert after.decision is not None
    assert after.start == item.start + len("all of ")
    assert study.settled().codes != ()
    sound(study)


def test_quotes_are_carried_while_their_words_are_the_same(study: Project) -> None:
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", ""])
    study.create_theme("One")
    study.gather_codes(study.themes()[0], ["TRUST", "HOPE"])
    for span in spans(study)[:2]:
        study.pick_quote(study.themes()[0], "talk", *span)
    corrected(study, ("And then?", "And what then?"))
    text = study.transcript("talk").text
    assert [text[q.start : q.end] for q in study.themes()[0].quotes] == [
        "I trusted her at once. She had been there.", SENTENCE,
    ]  # fmt: skip
    assert study.doubtful_results() == ()
    corrected(study, ("got better", "gott better"))
    place = study.transcript("talk").text.index("Then it gott")
    assert study.doubtful_results() == (("quote", "talk", place),)
    sound(study)


def test_memos_and_skipped_segments_go_with_their_words(study: Project) -> None:
    study.viewer = "ana"
    pass_ = study.open_pass("talk")
    first, second, *_ = spans(study)
    study.apply_code(pass_.id, "TRUST", *first)
    study.write_memo(pass_.id, *second, "slowly?")
    study.submit(["talk"], "skipped")
    code(study, "ben", ["TRUST", "", "", ""])
    corrected(study, ("How did it begin?", "So, how did all of it begin?"))
    (memo,) = study.memos()
    assert (memo.start, memo.end) == spans(study)[1]
    (alone,) = [unit for unit in study.units() if len(unit.readings) > 1]
    assert (alone.start, alone.end) == spans(study)[0], "what ana skipped is missing still"
    sound(study)


def test_undo_and_redo_reach_across_a_correction(study: Project) -> None:
    talk = study.transcript("talk").id
    select(study, "I trusted her", "TRUST")
    select(study, SENTENCE, "HOPE")
    corrected(study, ("Then it got", "Then things got"), ("And then?", "And what then?"))
    (doubt,) = study.doubts()
    study.settle_doubt(doubt)
    study.undo(talk, "coding")
    assert said(study, "ana") == [("TRUST", "I trusted her")]
    sound(study)
    study.undo(talk, "coding")
    assert study.codings() == ()
    study.redo(talk, "coding")
    study.redo(talk, "coding")
    assert said(study, "ana") == [("TRUST", "I trusted her"), ("HOPE", "Then things got better, slowly.")]
    assert study.doubts() == ()
    sound(study)


def test_a_code_undone_before_a_correction_comes_back_on_its_words(study: Project) -> None:
    talk = study.transcript("talk").id
    select(study, "less and less", "HOPE")
    study.undo(talk, "coding")
    study.viewer = "lead"
    corrected(study, ("And then?", "And what then?"))
    study.viewer = "ana"
    study.redo(talk, "coding")
    assert said(study, "ana") == [("HOPE", "less and less")]
    sound(study)


def test_two_corrections_in_a_row(study: Project) -> None:
    """Doubtful after the first and only moved by the second: doubtful still, and the words are the first ones."""
    select(study, SENTENCE, "HOPE")
    corrected(study, ("got better", "gott better"))
    corrected(study, ("And then?", "And what then?"))
    (doubt,) = study.doubts()
    assert doubt.words == "Then it gott better, slowly."
    assert study.words_before(doubt) == (SENTENCE,)
    assert [(v.number, v.reason, v.actor) for v in study.versions("talk")] == [
        (1, "", "ana"), (2, WHY, "ana"), (3, WHY, "ana"),
    ]  # fmt: skip
    assert study.versions("talk")[0].text == INTERVIEW
    assert study.transcript("talk").version == 3
    corrected(study, ("gott better", "got better"))
    assert study.words_before(study.doubts()[0]) == ("Then it gott better, slowly.",)
    sound(study)


def test_correcting_back_brings_the_first_text_back_and_keeps_all_three(study: Project) -> None:
    select(study, "less and less", "HOPE")
    corrected(study, ("And then?", "And what then?"))
    corrected(study, ("And what then?", "And then?"))
    assert study.transcript("talk").text == INTERVIEW
    assert len(study.versions("talk")) == 3
    assert said(study, "ana") == [("HOPE", "less and less")]


def test_doubts_are_as_blind_as_the_codings(study: Project) -> None:
    """Ben's code on a corrected answer is his alone, its count and its old words too, until both have submitted."""
    code(study, "ben", ["TRUST", "HOPE", "", ""], submit=False)
    study.viewer = "ana"
    found = study.compare("talk", INTERVIEW.replace("slowly", "quickly"))
    assert study.doubtful_under(found, "talk") == 0
    corrected(study, ("slowly", "quickly"))
    for viewer in ("ana", "lead", ""):
        study.viewer = viewer
        assert study.doubts() == ()
        with pytest.raises(UnknownDoubt):
            study.find_doubt("talk", spans(study)[1][0])
    study.viewer = "ben"
    (doubt,) = study.doubts()
    study.viewer = "ana"
    with pytest.raises(UnknownDoubt):
        study.settle_doubt(doubt)
    code(study, "ana", ["TRUST", "HOPE", "", ""])
    study.viewer = "ben"
    study.submit(["talk"])
    study.viewer = "ana"
    assert study.doubts() == (doubt,)
    assert study.find_doubt("talk", doubt.start).coder == "ben"


def test_the_words_before_are_those_of_the_coders_own_pass(study: Project) -> None:
    """Ana and ben coded different words that both were deleted: each is told only their own."""
    for coder, words in (("ana", "But less and less."), ("ben", "less and less")):
        study.viewer = coder
        select(study, words, "HOPE")
    corrected(study, (" But less and less.", ""))
    for coder, words in (("ana", "But less and less."), ("ben", "less and less")):
        study.viewer = coder
        (doubt,) = study.doubts()
        assert study.words_before(doubt) == (words,)


def test_agreement_states_the_version_it_used(study: Project) -> None:
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", "FEAR"])
    assert study.agreement().recipe.texts == ()
    corrected(study, ("slowly", "quickly"))
    assert study.agreement().recipe.texts == ("talk, version 2",)


def test_a_submitted_pass_is_carried_too(study: Project) -> None:
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", "FEAR"])
    before = study.agreement().set_alpha.value
    corrected(study, ("How did it begin?", "How did all of it begin?"))
    assert study.agreement().set_alpha.value == before
    assert study.doubts() == ()
    sound(study)


def test_the_search_finds_the_new_words_and_not_the_old(study: Project) -> None:
    corrected(study, ("slowly", "quickly"))
    assert study.find("slowly") == ()
    (hit,) = study.find("quickly")
    assert hit.text == "Then it got better, quickly."


def test_what_is_no_correction_is_refused_and_nothing_is_written(study: Project) -> None:
    before = entries(study)
    with pytest.raises(NothingChanged):
        study.correct("talk", INTERVIEW.replace("\n", "\r\n"), WHY)
    with pytest.raises(AnotherTranscript):
        study.correct("talk", "Something else, from the first word to the last one, as long as it may be.\n" * 5, WHY)
    with pytest.raises(BadDecision, match="needs a reason"):
        study.correct("talk", INTERVIEW.replace("slowly", "quickly"), "  ")
    assert entries(study) == before
