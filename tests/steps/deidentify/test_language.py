"""What the small English model sees; it is loaded once."""

import pytest

from qualbench.errors import QualbenchError
from qualbench.steps.deidentify import Kind, entities


class Stopped(Exception):
    pass


def test_names_places_and_dates_are_seen_at_their_places_in_a_long_text_with_progress() -> None:
    filler = "We talked about it for a while and then went home.\n" * 150
    text = filler + "I: Maria Alvarez moved to San Antonio on March 5th 2019.\n" + "x(" * 30_000
    done: list[tuple[int, int]] = []
    seen = {(text[one.start : one.end], one.kind) for one in entities(text, progress=lambda *at: done.append(at))}
    assert {("Maria Alvarez", Kind.PERSON), ("San Antonio", Kind.PLACE), ("March 5th 2019", Kind.DATE)} <= seen
    assert [at for at, _ in done] == sorted({at for at, _ in done})
    assert done[-1] == (len(text), len(text))
    assert len(done) > 2


def test_whoever_is_told_of_the_progress_can_stop_it() -> None:
    told = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        raise Stopped

    with pytest.raises(Stopped):
        list(entities("We went home.\n" * 2_000, progress=stop))
    assert len(told) == 1


def test_numbers_and_amounts_are_not_asked_about() -> None:
    assert list(entities("We paid 300 dollars for 20 percent of it.")) == []


def test_a_model_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(QualbenchError, match="'xx_none' is not installed"):
        list(entities("Hello.", model="xx_none"))


def test_nothing_is_seen_in_an_empty_text() -> None:
    assert list(entities("")) == []
