"""A paragraph in the making: sentences that the log supports, and in brackets what only the authors can fill."""

from qualbench.steps.report.blocks import Paragraph
from qualbench.steps.report.words import Fact, Words


class Drafted:
    """Sentences and gaps in their order."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._parts: list[str] = []
        self._gaps: list[str] = []

    def say(self, key: str, /, **facts: Fact) -> None:
        """A sentence that the log supports."""
        self._parts.append(self._words.say(key, **facts))

    def gap(self, key: str) -> None:
        """What the log does not show."""
        gap = self._words.say("gap", what=self._words.say(key))
        self._parts.append(gap)
        self._gaps.append(gap)

    def paragraph(self) -> Paragraph:
        """All of it, the gaps marked."""
        return Paragraph(" ".join(self._parts), tuple(self._gaps))
