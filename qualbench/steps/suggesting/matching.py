"""Looking for the phrases of a codebook in the words of a transcript."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualbench.steps.suggesting.language import forms, kind, matchers, pattern, pipeline, with_forms
from qualbench.steps.suggesting.phrases import Phrase, parts
from qualbench.steps.suggesting.suggestions import Suggestion, longest

if TYPE_CHECKING:
    from spacy.tokens import Doc

Sought = tuple[Phrase, list[str], list[str]]
"""A phrase, its words and their lemmas."""

_WORD = re.compile(r"\S+")
_ENDLESS = 200
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_TOGETHER = 16
"""Texts that are read at once: so many take a twentieth of a second, so that work is stopped soon after it is asked."""
_COMMON = 3
"""What more codes than this have in common points to none of them."""


class Suggester:
    """Finds the phrases of codes in texts. Made once and used often; both belong in a worker."""

    def __init__(self, phrases: Iterable[Phrase], language: str = "en") -> None:
        """Reads the phrases: spaCy is loaded here, and a thousand quotes take about a second."""
        self._pipeline, self.how = pipeline(language)
        self._matchers = matchers(self._pipeline.vocab, self.how)
        self._phrases: dict[int, Phrase] = {}
        for number, (phrase, words, lemmas) in enumerate(self._sought(tuple(phrases))):
            key = f"phrase {number}"
            for matcher in self._matchers:
                matcher.add(key, [pattern(self._pipeline.vocab, words, lemmas)])
            self._phrases[self._pipeline.vocab.strings[key]] = phrase

    @property
    def sought(self) -> tuple[Phrase, ...]:
        """What is looked for: short quotes, and the chunks of long ones."""
        return tuple(self._phrases.values())

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """The places of a text that hold a phrase, in order, in code points; one for a code where several overlap."""
        return self.scan((text,))[0]

    def scan(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> tuple[tuple[Suggestion, ...], ...]:
        """What `suggest` finds in each text; `progress` is told how many are done.

        When `stop` says so the answer is what is done by then: as many texts from the beginning.
        """
        done: list[tuple[Suggestion, ...]] = []
        if not self._phrases:
            return ((),) * len(texts)
        read = self._pipeline.pipe((_squeezed(text) for text in texts), batch_size=_TOGETHER)
        for doc, text in zip(read, texts, strict=True):
            if stop():
                break
            done.append(longest(self._found(with_forms(self._pipeline, doc), text)))
            progress(len(done))
        return tuple(done)

    def _found(self, doc: "Doc", text: str) -> Iterator[Suggestion]:
        places: list[int] | None = None
        for matcher in self._matchers:
            for key, first, last in matcher(doc):
                places = places or [at for word in _WORD.finditer(text) for at in range(word.start(), word.end() + 1)]
                phrase, words = self._phrases[key], doc[first:last]
                start, end = places[words.start_char], places[words.end_char - 1] + 1
                yield Suggestion(phrase.code, start, end, phrase.words, phrase.source)

    def _sought(self, quotes: Sequence[Phrase]) -> Iterator[Sought]:
        """The parts of the quotes that are looked for, each once for a code, without what too many codes have."""
        found: dict[tuple[str, tuple[str, ...]], Sought] = {}
        docs = self._pipeline.pipe(((_squeezed(quote.words), quote) for quote in quotes), as_tuples=True)
        for doc, quote in docs:
            lemmas = forms(self._pipeline, doc)
            for start, end in parts("".join(kind(token) for token in doc)):
                part, same = doc[start:end], tuple(lemmas[start:end])
                phrase = Phrase(quote.code, part.text, quote.source)
                if all(len(token) <= _ENDLESS for token in part):
                    found.setdefault((quote.code, same), (phrase, [token.text for token in part], [*same]))
        codes = Counter(same for _, same in found)
        return (sought for (_, same), sought in found.items() if codes[same] <= _COMMON)


def _squeezed(text: str) -> str:
    """The words of a text with one space between them and straight quotation marks, each as long as it was.

    Endless words are blanked: the tokenizer's time grows with the square of a word's length.
    """
    words = (word if len(word) <= _ENDLESS else "x" * len(word) for word in _WORD.findall(text))
    return " ".join(words).translate(_STRAIGHT)
