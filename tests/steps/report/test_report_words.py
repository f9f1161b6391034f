"""The languages: every catalogue is whole, says the same facts, and writes numbers as its language does."""

import re
from pathlib import Path
from string import Formatter

import pytest

from qualbench.model import METHOD_NAMES, OUTCOME_NAMES, REASON_NAMES, STATE_NAMES, Change, Method, SegmentRule
from qualbench.steps import report
from qualbench.steps.report import Language
from qualbench.steps.report.words import CATALOGUES, Words, english, saying

OTHERS = [language for language in Language if language is not Language.ENGLISH]
ALL = list(Language)


def forms(phrase: str | tuple[str, str]) -> tuple[str, ...]:
    return phrase if isinstance(phrase, tuple) else (phrase,)


def facts(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_there_in_every_language(language: Language) -> None:
    assert set(CATALOGUES[language]) == set(english.PHRASES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_tells_the_same_facts(language: Language) -> None:
    """A form for one may say its number in a word, so `n` is left out; nothing else may be lost or made up."""
    for key, phrase in english.PHRASES.items():
        theirs = CATALOGUES[language][key]
        assert isinstance(theirs, tuple) == isinstance(phrase, tuple), key
        for form in forms(theirs):
            assert facts(form) - {"n"} == facts(forms(phrase)[0]) - {"n"}, key


@pytest.mark.parametrize("language", ALL)
def test_no_phrase_is_empty_or_doubled(language: Language) -> None:
    for key, phrase in CATALOGUES[language].items():
        assert all(form.strip() == form and form and "  " not in form for form in forms(phrase)), key


@pytest.mark.parametrize("language", ALL)
def test_every_fixed_value_has_a_name(language: Language) -> None:
    words = Words(language)
    wanted = [f"method.{one}" for one in METHOD_NAMES] + [f"outcome.{one}" for one in OUTCOME_NAMES]
    wanted += [f"reason.{one}" for one in REASON_NAMES] + [f"state.{one}" for one in STATE_NAMES]
    wanted += [f"change.{one}" for one in Change] + [f"unit.{one}" for one in SegmentRule]
    assert [key for key in wanted if not words.has(key)] == []


def test_no_phrase_is_left_that_nothing_says() -> None:
    """Keys that are put together from a value (`outcome.` and the like) are in use with their whole group."""
    folder = Path(str(report.__file__)).parent
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py")) + (
        folder / "words" / "__init__.py"
    ).read_text("utf-8")
    made = set(re.findall(r'f"([a-z_]+)\.\{', source)) | set(re.findall(r'named\(\s*"([a-z]+)"', source))
    unused = [
        key
        for key in english.PHRASES
        if f'"{key}"' not in source and f"'{key}'" not in source and key.partition(".")[0] not in made
    ]
    without_marks = "note.without_marks"  # said by the project, which takes the marks out
    assert set(unused) - {without_marks} == set()


@pytest.mark.parametrize("language", ALL)
def test_reliability_is_a_word_of_one_method_only(language: Language) -> None:
    measured = re.compile("reliab|fiabil|fidélité", re.IGNORECASE)
    found = [key for key, phrase in CATALOGUES[language].items() if any(map(measured.search, forms(phrase)))]
    assert found == [f"method.{Method.RELIABILITY}"]


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "comma", "count", "share", "alpha"),
    [
        (Language.ENGLISH, False, "12,345", "66.7%", "0.715"),
        (Language.ENGLISH, True, "12\u00a0345", "66,7%", "0,715"),
        (Language.SPANISH, True, "12\u00a0345", "66,7\u00a0%", "0,715"),
        (Language.GERMAN, True, "12\u00a0345", "66,7\u00a0%", "0,715"),
        (Language.GERMAN, False, "12,345", "66.7\u00a0%", "0.715"),
        (Language.FRENCH, True, "12\u00a0345", "66,7\u00a0%", "0,715"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    language: Language, comma: bool, count: str, share: str, alpha: str
) -> None:
    words = Words(language, comma)
    assert (words.number(12345), words.percent(2 / 3), words.coefficient(0.7149, 3)) == (count, share, alpha)


def test_a_coefficient_is_never_minus_zero() -> None:
    assert Words().coefficient(-0.0004, 3) == "0.000"


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        (Language.ENGLISH, "0 segments", "1 segment", "2 segments"),
        (Language.GERMAN, "0 Segmente", "1 Segment", "2 Segmente"),
        (Language.SPANISH, "0 segmentos", "1 segmento", "2 segmentos"),
        (Language.FRENCH, "0 segment", "1 segment", "2 segments"),
    ],
)
def test_the_form_follows_the_number(language: Language, none: str, one: str, two: str) -> None:
    """French takes the singular for none."""
    assert [Words(language).say("segments", n=n) for n in (0, 1, 2)] == [none, one, two]


def test_phrases_stand_inside_phrases() -> None:
    closed = saying("note.closed", n=1, transcripts=saying("transcripts", n=3))
    assert Words().tell(closed) == "1 of 3 transcripts is not opened yet and is left out."


def test_what_people_wrote_is_not_read_as_a_phrase() -> None:
    assert Words().say("theme.not", text="{n} {0}") == "What it is not: {n} {0}"


def test_lists_and_tallies_read_as_sentences_do() -> None:
    assert Words(Language.FRENCH).listed(["Ada", "Bo", "Cy"]) == "Ada, Bo et Cy"
    assert (Words().listed(["Ada"]), Words().listed([])) == ("Ada", "none")
    assert Words().tally([("codes overlap", 1), ("a slip", 2)]) == "a slip 2, codes overlap 1"
    assert Words().share(0, 0, "participants") == "0 of 0 participants"
