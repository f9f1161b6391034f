"""The theme board in the tables: order, sub-themes, states, how themes end, edited quotes; and that it all replays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualbench import events as e
from qualbench.model import Quote, QuoteUse, ThemeEnd, ThemeState
from qualbench.store import doctor, journal
from qualbench.store.database import Connection
from qualbench.store.queries import codings, themes
from tests.store.conftest import COAT, RAIN, TEXT, TWO, WET, applied, attention, record, submitted, writer


def made(db: Connection, *names: str, under: str = "") -> None:
    """Themes whose ids are their names, under one that is there."""
    for name in names:
        record(db, "cleo", e.ThemeCreated(theme=name, name=name))
        if under:
            record(db, "cleo", e.ThemePlaced(theme=name, parent=under, after=""))


def placed(db: Connection, theme: str, parent: str = "", after: str = "") -> None:
    record(db, "cleo", e.ThemePlaced(theme=theme, parent=parent, after=after))


def tree(db: Connection) -> str:
    """The board in one line: 'a(b c) d'."""
    found = themes.themes(db)

    def told(parent: str) -> str:
        inside = [one for one in found if one.parent == parent]
        return " ".join(f"{one.id}({told(one.id)})" if told(one.id) else one.id for one in inside)

    assert len(found) == db.execute("select count(*) from theme where how = ''").fetchone()[0]
    return told("")


def picked(db: Connection, quote: str, theme: str, span: tuple[int, int] = COAT) -> None:
    words = e.seal(TEXT[slice(*span)])
    record(
        db, "cleo",
        e.QuotePicked(quote=quote, theme=theme, transcript=RAIN, start=span[0], end=span[1], words=words),
    )  # fmt: skip


def quotes(db: Connection) -> dict[str, list[str]]:
    return {one.id: [quote.id for quote in one.quotes] for one in themes.themes(db) if one.quotes}


def sound(db: Connection, path: Path) -> None:
    """Replayed from nothing, the journal gives what is shown."""
    assert [sentence for well, sentence in doctor.examine(path) if not well] == []


# --- order -----------------------------------------------------------------------------------------------------


def test_themes_stand_as_they_were_made_until_they_are_placed(db: Connection, path: Path) -> None:
    made(db, "a", "b", "c")
    assert tree(db) == "a b c"
    placed(db, "c", after="a")
    assert tree(db) == "a c b"
    placed(db, "b")
    assert tree(db) == "b a c"
    made(db, "d")
    placed(db, "a", "c")
    placed(db, "d", "c", "a")
    assert tree(db) == "b c(a d)"
    sound(db, path)


def test_no_theme_stands_under_itself(db: Connection) -> None:
    made(db, "a")
    made(db, "b", under="a")
    made(db, "c", under="b")
    for parent in ("a", "b", "c"):
        placed(db, "a", parent)
    placed(db, "a", "nowhere")
    placed(db, "nowhere", "a")
    assert tree(db) == "a(b(c))"
    assert len(attention(db)) == 5


# --- how themes end --------------------------------------------------------------------------------------------


def test_a_dropped_theme_stays_readable_with_its_reason_and_what_it_held(db: Connection, path: Path) -> None:
    made(db, "a")
    made(db, "b", under="a")
    made(db, "c", under="b")
    record(db, "cleo", e.ThemeDescribed(theme="b", idea=e.seal("Lending.")), e.CodeGathered(theme="b", code="HELP"))
    picked(db, "q", "b")
    record(db, "ana", e.ThemeDropped(theme="b", reason=e.seal("Thin.")))
    assert tree(db) == "a(c)"
    (past,) = themes.past_themes(db)
    assert (past.theme.id, past.theme.idea, past.theme.codes, past.how, past.reason, past.into, past.actor) == (
        "b", "Lending.", ("HELP",), ThemeEnd.DROPPED, "Thin.", (), "ana",
    )  # fmt: skip
    assert [quote.text for quote in past.theme.quotes] == ["She lent me a coat."]
    assert quotes(db) == {}
    record(db, "cleo", e.CodeGathered(theme="a", code="HELP"))
    assert themes.themes(db)[0].codes == ("HELP",)
    sound(db, path)


def test_nothing_can_be_done_to_a_theme_that_is_history(db: Connection) -> None:
    made(db, "a", "b")
    record(db, "cleo", e.ThemeDropped(theme="b", reason=e.seal("Thin.")))
    past = themes.past_themes(db)
    record(
        db, "cleo",
        e.ThemeRenamed(theme="b", name="x"), e.ThemeDescribed(theme="b", idea=e.seal("x")),
        e.ThemeWritten(theme="b", field="not", words=e.seal("x")), e.CodeGathered(theme="b", code="HELP"),
        e.ThemeStated(theme="b", state="defined", reason=e.seal("")), e.ThemePlaced(theme="b", parent="a", after=""),
        e.ThemesMerged(themes=["b"], into="a", reason=e.seal("")),
        e.ThemesMerged(themes=["a"], into="b", reason=e.seal("")),
        e.ThemeSplit(theme="b", into=["a"], reason=e.seal("")),
    )  # fmt: skip
    assert (themes.past_themes(db), tree(db)) == (past, "a")
    assert len(attention(db)) == 9


def test_merged_themes_take_codes_quotes_and_sub_themes_along(db: Connection, path: Path) -> None:
    """The same words as a quote of both stand once; where the one that stays was under one that goes, it comes up."""
    made(db, "a")
    made(db, "b", "into", under="a")
    made(db, "c", under="into")
    record(db, "cleo", e.CodeGathered(theme="a", code="HELP"), e.CodeGathered(theme="into", code="WET"))
    picked(db, "q1", "a")
    picked(db, "q2", "into")
    picked(db, "q3", "a", WET)
    record(db, "cleo", e.ThemesMerged(themes=["a"], into="into", reason=e.seal("One idea.")))
    assert tree(db) == "into(b c)"
    (into, *_) = themes.themes(db)
    assert (set(into.codes), quotes(db)) == ({"HELP", "WET"}, {"into": ["q2", "q3"]})
    (past,) = themes.past_themes(db)
    assert (past.how, past.into, past.theme.codes, past.reason) == (ThemeEnd.MERGED, ("into",), ("HELP",), "One idea.")
    assert [quote.id for quote in past.theme.quotes] == ["q1"]
    sound(db, path)


def test_a_split_theme_names_its_parts(db: Connection, path: Path) -> None:
    made(db, "a", "one", "two")
    made(db, "sub", under="a")
    record(db, "cleo", e.CodeGathered(theme="a", code="HELP"), e.CodeGathered(theme="a", code="WET"))
    record(db, "cleo", e.CodeGathered(theme="one", code="WET"))
    record(db, "cleo", e.ThemeSplit(theme="a", into=["one", "two"], reason=e.seal("Two ideas.")))
    (past,) = themes.past_themes(db)
    assert (past.how, past.into, past.theme.codes) == (ThemeEnd.SPLIT, ("one", "two"), ("HELP",))
    assert tree(db) in ("one two sub", "sub one two")
    sound(db, path)


@pytest.mark.parametrize(
    "ends",
    [
        e.ThemeDropped(theme="a", reason=e.seal("x")),
        e.ThemesMerged(themes=["a"], into="b", reason=e.seal("x")),
        e.ThemeSplit(theme="a", into=["b"], reason=e.seal("x")),
    ],
    ids=lambda event: event.KIND,
)
def test_an_end_is_undone_whole(db: Connection, ends: e.Event) -> None:
    made(db, "a", "b")
    made(db, "c", under="a")
    record(db, "cleo", e.CodeGathered(theme="a", code="HELP"))
    picked(db, "q", "a")
    before = themes.themes(db)
    record(db, "cleo", ends, step="end")
    after = themes.themes(db), themes.past_themes(db)
    journal.switch(db, writer("cleo"), "end", undo=True)
    assert (themes.themes(db), themes.past_themes(db)) == (before, ())
    journal.switch(db, writer("cleo"), "end", undo=False)
    assert (themes.themes(db), themes.past_themes(db)) == after


# --- words and states ------------------------------------------------------------------------------------------


def test_states_are_kept_one_after_the_other_with_their_reasons(db: Connection) -> None:
    made(db, "a")
    for state, why in (("extracts", ""), ("data", ""), ("candidate", "Interview 4 does not fit.")):
        record(db, "cleo", e.ThemeStated(theme="a", state=state, reason=e.seal(why)))
    assert themes.themes(db)[0].state is ThemeState.CANDIDATE
    assert [(step.state, step.reason) for step in themes.theme_steps(db)] == [
        (ThemeState.EXTRACTS, ""), (ThemeState.DATA, ""), (ThemeState.CANDIDATE, "Interview 4 does not fit."),
    ]  # fmt: skip


def test_every_field_keeps_its_own_words(db: Connection) -> None:
    made(db, "a")
    for field in ("definition", "not", "narrative", "question"):
        record(db, "cleo", e.ThemeWritten(theme="a", field=field, words=e.seal(f"The {field}.")))
    (theme,) = themes.themes(db)
    assert (theme.definition, theme.is_not, theme.narrative, theme.question, theme.idea) == (
        "The definition.", "The not.", "The narrative.", "The question.", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "fact",
    [
        e.ThemeStated(theme="a", state="perfect", reason=e.seal("")),
        e.ThemeWritten(theme="a", field="colour", words=e.seal("")),
        e.QuoteUsed(quote="q", use="decorate"),
    ],
    ids=lambda event: event.KIND,
)
def test_a_word_that_nobody_knows_changes_nothing(db: Connection, fact: e.Event) -> None:
    made(db, "a")
    picked(db, "q", "a")
    before = themes.themes(db)
    record(db, "cleo", fact)
    assert themes.themes(db) == before
    assert "that this Qualbench knows" in attention(db)[0]


# --- quotes ----------------------------------------------------------------------------------------------------


def test_quotes_have_an_order_a_use_and_edits(db: Connection, path: Path) -> None:
    made(db, "a", "b")
    for quote, span in (("q1", WET), ("q2", COAT), ("q3", TWO)):
        picked(db, quote, "a", span)
    record(db, "cleo", e.QuoteMoved(quote="q3", theme="a", after=""), e.QuoteMoved(quote="q1", theme="b", after=""))
    edits = {"cuts": [[COAT[0] + 4, COAT[0] + 8]], "insertions": [[COAT[0], "then"]]}
    record(db, "cleo", e.QuoteUsed(quote="q2", use="argue"), e.QuoteEdited(quote="q2", edits=e.seal(json.dumps(edits))))
    assert quotes(db) == {"a": ["q3", "q2"], "b": ["q1"]}
    quote = themes.themes(db)[0].quotes[1]
    assert (quote.use, quote.text, quote.words) == (QuoteUse.ARGUE, "She lent me a coat.", "[then] She […] me a coat.")
    sound(db, path)


def test_edits_go_with_their_quote_into_a_corrected_text(db: Connection) -> None:
    made(db, "a")
    picked(db, "q", "a")
    edits = {"cuts": [[COAT[0] + 4, COAT[0] + 8]], "insertions": []}
    record(db, "cleo", e.QuoteEdited(quote="q", edits=e.seal(json.dumps(edits))))
    before = themes.themes(db)[0].quotes[0]
    record(db, "cleo", e.QuotesCarried(transcript=RAIN, spans=[[*COAT, COAT[0] + 7, COAT[1] + 7, 0]]))
    after = themes.themes(db)[0].quotes[0]
    assert (after.start, after.cuts, after.words) == (COAT[0] + 7, ((COAT[0] + 11, COAT[0] + 15),), before.words)
    record(db, "cleo", e.QuoteEdited(quote="q", edits=e.seal(json.dumps({"cuts": [[COAT[0] + 7, COAT[0] + 10]]}))))
    assert themes.themes(db)[0].quotes[0].words == "[…] lent me a coat."


def test_what_is_said_of_a_quote_that_is_gone_is_listed(db: Connection) -> None:
    made(db, "a")
    record(
        db, "cleo",
        e.QuoteUsed(quote="q", use="argue"), e.QuoteEdited(quote="q", edits=e.seal("{}")),
        e.QuoteMoved(quote="q", theme="a", after=""),
    )  # fmt: skip
    assert len(attention(db)) == 3


# --- stars -----------------------------------------------------------------------------------------------------

IN_PASS = {"transcript": RAIN, "pass_id": "pass-ana"}


def starred(db: Connection, star: str = "s1", span: tuple[int, int] = COAT, step: str = "") -> None:
    fact = e.ExtractStarred(**IN_PASS, star=star, start=span[0], end=span[1], note=e.seal("For the start."))
    record(db, "ana", fact, step=step)


def stars(db: Connection, viewer: str = "ana") -> list[str]:
    return [star.id for star in codings.stars(db, viewer)]


def test_a_star_is_the_coders_own_until_the_transcript_is_opened(db: Connection, path: Path) -> None:
    starred(db)
    (star,) = codings.stars(db, "ana")
    assert (star.start, star.end, star.note, star.coder) == (*COAT, "For the start.", "ana")
    assert stars(db, "ben") == stars(db, "cleo") == []
    record(db, "ana", submitted("ana"))
    assert stars(db, "ben") == []
    record(db, "ben", submitted("ben"))
    assert stars(db, "ben") == stars(db, "cleo") == ["s1"]
    sound(db, path)


def test_a_star_is_taken_off_and_put_back_by_undo(db: Connection, path: Path) -> None:
    """The newest step of a pass is taken back at once; older ones by replay. Both show the same."""
    starred(db, step="on")
    record(db, "ana", e.ExtractUnstarred(**IN_PASS, star="s1"), step="off")
    assert stars(db) == []
    journal.switch(db, writer(), "off", undo=True)
    assert stars(db) == ["s1"]
    journal.switch(db, writer(), "on", undo=True)
    assert stars(db) == []
    journal.switch(db, writer(), "on", undo=False)
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    journal.switch(db, writer(), "on", undo=True)
    assert stars(db) == []
    sound(db, path)


def test_a_submitted_pass_gets_and_loses_no_star(db: Connection) -> None:
    starred(db)
    record(db, "ana", submitted("ana"))
    starred(db, "s2", WET)
    record(db, "ana", e.ExtractUnstarred(**IN_PASS, star="s1"))
    assert stars(db) == ["s1"]
    assert all("not open" in sentence for sentence in attention(db))


def test_stars_go_into_a_corrected_text(db: Connection) -> None:
    starred(db)
    record(
        db, "cleo",
        e.CodingsCarried(transcript=RAIN, spans=[[*COAT, COAT[0] + 3, COAT[1] + 3, 1]], quotes=[str(e.seal("x"))]),
    )  # fmt: skip
    assert codings.stars(db, "ana")[0].start == COAT[0] + 3


def test_a_star_is_put_aside_and_waits_again(db: Connection) -> None:
    starred(db)
    record(db, "cleo", e.StarPutAside(star="s1", aside=True))
    assert themes.put_aside(db) == {"s1"}
    record(db, "cleo", e.StarPutAside(star="s1", aside=False))
    assert themes.put_aside(db) == frozenset()


def test_a_quote_without_anything_said_of_it_reads_as_it_always_did(db: Connection) -> None:
    made(db, "a")
    picked(db, "q", "a")
    assert themes.themes(db)[0].quotes == (Quote("q", "a", RAIN, *COAT, "She lent me a coat.", "P1"),)
