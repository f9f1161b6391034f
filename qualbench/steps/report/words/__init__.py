"""The languages of a report: headings, fixed words and sentences by key, and numbers as each language writes them.

Each language is one plain table with the same keys; whatever people wrote themselves is never translated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from qualbench.steps.report.words import english, french, german, spanish
from qualbench.text import percent

Fact: TypeAlias = "str | int | Saying"


@dataclass(frozen=True, slots=True)
class Saying:
    """A phrase by its key with what goes into it, while it is still open in which language it will be said."""

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()


def saying(key: str, /, **facts: Fact) -> Saying:
    """A phrase of the catalogue with its facts."""
    return Saying(key, tuple(facts.items()))


class Language(StrEnum):
    """The languages that headings, fixed words and sentences can be in."""

    ENGLISH = "en"
    SPANISH = "es"
    GERMAN = "de"
    FRENCH = "fr"


NAMES: Mapping[Language, str] = {
    Language.ENGLISH: "English",
    Language.SPANISH: "Spanish",
    Language.GERMAN: "German",
    Language.FRENCH: "French",
}
CATALOGUES: Mapping[Language, Mapping[str, str | tuple[str, str]]] = {
    Language.ENGLISH: english.PHRASES,
    Language.SPANISH: spanish.PHRASES,
    Language.GERMAN: german.PHRASES,
    Language.FRENCH: french.PHRASES,
}
_SPACE = "\u00a0"
"""A space at which no line breaks."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a report speaks: its language, and whether its decimals stand behind a comma."""

    language: Language = Language.ENGLISH
    comma: bool = False

    def say(self, key: str, /, **facts: Fact) -> str:
        """A phrase with its facts; the fact `n` chooses between the form for one and the form for more."""
        return self.tell(saying(key, **facts))

    def tell(self, phrase: Saying) -> str:
        """The phrase in this language."""
        form = CATALOGUES[self.language][phrase.key]
        facts = dict(phrase.facts)
        if isinstance(form, tuple):
            form = form[0 if self._single(facts["n"]) else 1]
        return form.format_map({name: self._told(fact) for name, fact in facts.items()})

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in CATALOGUES[self.language]

    def named(self, group: str, key: str) -> str:
        """The name of a fixed value, for instance of a kind of code; one nobody foresaw stands for itself."""
        return self.say(f"{group}.{key}") if self.has(f"{group}.{key}") else key

    def _single(self, number: Fact) -> bool:
        return number == 1 or (number == 0 and self.language is Language.FRENCH)

    def _told(self, fact: Fact) -> str:
        if isinstance(fact, Saying):
            return self.tell(fact)
        return self.number(fact) if isinstance(fact, int) else fact

    # --- numbers -------------------------------------------------------------------------------------------------

    def number(self, count: int) -> str:
        """A count; thousands are set off, by a space where the comma is the decimal sign."""
        return f"{count:,}".replace(",", _SPACE) if self.comma else f"{count:,}"

    def percent(self, share: float) -> str:
        """A proportion (0 to 1) in percent, with at most one decimal."""
        text = self._decimal(percent(share))
        return text if self.language is Language.ENGLISH else text.replace("%", f"{_SPACE}%")

    def coefficient(self, value: float, decimals: int) -> str:
        """A coefficient (at most 1): two decimals in sentences, three in tables; never a minus zero."""
        return self._decimal(f"{round(value, decimals) + 0.0:.{decimals}f}")

    def _decimal(self, text: str) -> str:
        return text.replace(".", ",") if self.comma else text

    def share(self, count: int, total: int, noun: str) -> str:
        """How many of how many, with the share: '2 of 3 participants (66.7%)'."""
        of = self.say(noun, n=total)
        if not total:
            return self.say("share_of_none", count=count, total=of)
        return self.say("share", count=count, total=of, share=self.percent(count / total))

    # --- lists ---------------------------------------------------------------------------------------------------

    def listed(self, words: Sequence[str]) -> str:
        """Words as a phrase: 'Ada, Bo and Cy'."""
        if len(words) < 2:
            return words[0] if words else self.say("none")
        return f"{', '.join(words[:-1])} {self.say('and')} {words[-1]}"

    def tally(self, counts: Iterable[tuple[str, int]]) -> str:
        """Counts as one phrase, most frequent first: 'codes overlap 2, a slip 1'."""
        ordered = sorted(counts, key=lambda pair: -pair[1])
        return ", ".join(self.say("tally", name=name, n=count) for name, count in ordered)
