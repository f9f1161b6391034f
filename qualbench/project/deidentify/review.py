"""De-identifying several drafts at once: one queue of strings, one answer for each, and a second look at the result.

Every answer is in the vault before the next one is asked for. The study learns nothing before it is sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from qualbench.project.deidentify.drafts import Deidentified, deidentified, spaced, strange_words, without
from qualbench.project.deidentify.queue import Asked, Attributes, Place, Where, asked_in, words_beside
from qualbench.project.deidentify.vault_file import Kept, VaultFile
from qualbench.steps.deidentify import (
    Action,
    Candidate,
    Decision,
    Entity,
    KnownName,
    Pseudonyms,
    Vault,
    Why,
    decided,
    left_over,
    statement,
    with_decisions,
    words_of,
)
from qualbench.steps.deidentify.matching import key, plain
from qualbench.steps.ingest import Draft, Survey


class Review:
    """The work of one person on some drafts: what is asked, what was answered, what it makes of the texts."""

    def __init__(
        self, made: Sequence[Draft | Survey], file: VaultFile, *, known: Iterable[KnownName] = (),
        own: Iterable[str] = (), reviewer: str = "", avoid: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """What files would become, with the vault; every document of a survey is a draft of its own.

        `avoid` are folded words that no pseudonym may be, such as names that stand in the study already.
        """
        self.made = tuple(made)
        every = [pair for one in self.made for pair in documents_of(one)]
        self.drafts = tuple(draft for draft, _ in every)
        self._beside = [words_beside(draft, attributes) for draft, attributes in every]
        self.reviewer = reviewer
        self._file = file
        self._kept = file.read()
        self._known, self._own, self._avoid = tuple(known), tuple(own), avoid
        self._entities: tuple[tuple[Entity, ...], ...] = tuple(() for _ in self.drafts)
        self._held = self.decisions
        self._before: list[Vault] = []
        self._waits = False
        self._made: dict[int, Deidentified] = {}
        self._words_in = [_words_in(*one) for one in zip(self.drafts, self._beside, strict=True)]
        if not self._kept.seed:
            # secret as the files are, and the same again for whoever only looks first
            secret = "\n".join(sorted(draft.original for draft in self.drafts))
            self._kept = replace(self._kept, seed=sha256(secret.encode()).hexdigest())

    # --- what is asked -----------------------------------------------------------------------------------------

    def name_known(self, known: Iterable[KnownName]) -> None:
        """The names that the team knows of, from now on."""
        self._known = tuple(known)
        self._forget()

    @property
    def known(self) -> tuple[KnownName, ...]:
        """The names that the team named."""
        return self._known

    @property
    def vault_path(self) -> Path:
        """Where the map is."""
        return self._file.path

    def take_entities(self, found: Sequence[Sequence[Entity]]) -> None:
        """The names and dates that a pipeline saw, by file."""
        self._entities = tuple(tuple(one) for one in found)
        self._forget()

    def add(self, *strings: str) -> None:
        """Strings that a reader found; those that stand in none of the files change nothing."""
        new = [one for one in (" ".join(string.split()) for string in strings) if self.find(one) is None]
        if new:
            self._own = (*self._own, *new)
            self._forget()

    def find(self, string: str) -> Asked | None:
        """The question about a string, if it is in the queue."""
        return self._by_key.get(key(string))

    @cached_property
    def _by_key(self) -> dict[tuple[object, ...], Asked]:
        return {key(one.text): one for one in self.queue}

    def _forget(self) -> None:
        for name in ("queue", "offered", "_by_key"):
            self.__dict__.pop(name, None)

    @cached_property
    def queue(self) -> tuple[Asked, ...]:
        """Every string that may identify somebody, in all files together: known names, persons, then the others."""
        own = [*self._own, *(text for one in self._held for text in _looked_for(one))]
        return asked_in(self.drafts, self._beside, self._known, own, self._entities)

    @property
    def undecided(self) -> tuple[Asked, ...]:
        """What nobody has answered for yet."""
        return tuple(one for one in self.queue if self.decision(one) is None)

    @cached_property
    def offered(self) -> dict[str, Decision]:
        """What was suggested for each string when the queue was made."""
        offered = self._pseudonyms().suggest([one.candidate for one in self.queue])
        return {one.text: decision for one, decision in zip(self.queue, offered, strict=True)}

    def suggestion(self, asked: Asked) -> Decision:
        """What may be said of a string now: as it was decided, as its person is called now, or as it was offered."""
        standing = self.decision(asked)
        if standing is not None:
            return standing
        used = {one.replacement for one in self.decisions if one.action is not Action.KEEP}
        offered = self.offered.get(asked.text)
        others = {one.replacement for one in self.offered.values()} - ({offered.replacement} if offered else set())
        alone = self._pseudonyms(frozenset(map(plain, others))).suggest([asked.candidate])[0]
        if offered is None or alone.replacement in used or offered.replacement in used:
            return alone
        return offered

    def _pseudonyms(self, avoid: frozenset[str] = frozenset()) -> Pseudonyms:
        return Pseudonyms(self._kept.seed, self.decisions, self._words | self._avoid | avoid)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset[str]().union(*self._words_in)

    def clashes(self) -> tuple[str, ...]:
        """Pseudonyms in use that are words of these texts: somebody real may be called so."""
        return Pseudonyms("", self.decisions).clashes(self._words)

    # --- what is answered --------------------------------------------------------------------------------------

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision so far, of earlier days too."""
        return self._kept.vault.decisions

    def decision(self, asked: Asked) -> Decision | None:
        """What was decided for a string."""
        own, borrowed = self._answers
        wanted = key(asked.text)
        return own.get(wanted) or borrowed.get(wanted)

    @cached_property
    def _answers(self) -> tuple[dict[tuple[object, ...], Decision], dict[tuple[object, ...], Decision]]:
        """The decisions by their own string, and by the other names of a person."""
        own = {key(one.original): one for one in self.decisions}
        return own, {key(name): one for one in self.decisions for name in one.forms}

    def decide(self, asked: Asked, action: Action, replacement: str = "") -> Decision:
        """Answer for a string; it is in the vault when this returns."""
        decision = decided(asked.candidate, action, replacement)
        after = with_decisions(self._kept.vault, [decision], self.reviewer)
        before = self._kept.vault
        self._keep(replace(self._kept, vault=after))
        self._before.append(before)
        return decision

    def undo(self) -> bool:
        """Take back the newest answer of this session; says whether there was one."""
        if not self._before:
            return False
        self._keep(replace(self._kept, vault=self._before.pop()))
        return True

    def doubt(self, asked: Asked, replacement: str) -> str:
        """What speaks against a replacement, in a sentence; empty when nothing does."""
        others = [one for one in self.decisions if one.action is Action.REPLACE and one.replacement == replacement]
        mine = set(asked.candidate.forms) | {asked.text}
        if other := next((one for one in others if not mine & set(one.strings)), None):
            return f"'{replacement}' stands for '{other.original}' too."
        if words_of(replacement) & self._words and "[" not in replacement:
            return f"'{replacement}' is a word of these texts: somebody real may be called so."
        return ""

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Many answers, and the vault is written once, after them."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
        self._file.write(self._kept)

    def _keep(self, kept: Kept) -> None:
        if not self._waits:
            self._file.write(kept)
        changed = set(kept.vault.decisions) ^ set(self.decisions)
        self._kept = kept
        self.__dict__.pop("_answers", None)
        words = [words_of(string) for one in changed for string in one.strings]
        for file in [file for file in self._made if any(those <= self._words_in[file] for those in words)]:
            del self._made[file]

    # --- what it makes of the texts ----------------------------------------------------------------------------

    def after(self, file: int) -> Deidentified:
        """One draft with every decision put into effect."""
        if file not in self._made:
            self._made[file] = deidentified(self.drafts[file], self.decisions)
        return self._made[file]

    def left(self, file: int) -> tuple[Asked, ...]:
        """What a reader should look at again in one text after replacing; places are those of the new text."""
        found = left_over(self.after(file).draft.text, self.decisions)
        return tuple(Asked(replace(one, places=()), _here(file, one)) for one in found)

    def still_there(self, tell: Callable[[int], None] | None = None) -> tuple[Asked, ...]:
        """Originals that can still be read somewhere after replacing; `tell` hears the number of each text, from 0."""
        found: list[Asked] = []
        for file in range(len(self.drafts)):
            if tell is not None:
                tell(file)
            found += (one for one in (*self.left(file), *self._left_beside(file)) if Why.LEFT in one.candidate.why)
        return tuple(found)

    def _left_beside(self, file: int) -> tuple[Asked, ...]:
        found = left_over(without(self._beside[file], self.decisions), self.decisions)
        return tuple(Asked(replace(one, places=()), ()) for one in found)

    def strange_in_name(self, file: int) -> tuple[str, ...]:
        """Words of a text's name that nobody has decided on and that may be names: the name is sealed too."""
        draft = self.after(file).draft
        return strange_words(draft.name, draft.text, self.decisions)

    def words_at(self, place: Place) -> str:
        """The words in which a place of the queue stands: those of the text, of the name, or those beside it."""
        draft = self.drafts[place.file]
        texts = {Where.TEXT: draft.text, Where.NAME: spaced(draft.name), Where.BESIDE: self._beside[place.file]}
        return texts[place.where]

    def mark_read(self, file: int, reader: str) -> None:
        """Somebody has read this text as it is now; if it changes, they have not."""
        digest = self.after(file).draft.original
        names = self._kept.readers.get(digest, ())
        if reader.strip() and reader not in names:
            readers = {**self._kept.readers, digest: tuple(sorted([*names, " ".join(reader.split())]))}
            after = replace(self._kept, readers=readers)
            self._file.write(after)
            self._kept = after

    def readers(self, file: int) -> tuple[str, ...]:
        """Who has read exactly this text."""
        return self._kept.readers.get(self.after(file).draft.original, ())

    def has_read(self, file: int) -> bool:
        """Whether whoever works here has read exactly this text."""
        return self.reviewer in self.readers(file)

    def statement(self) -> str:
        """What may be said of all these texts: that they were reviewed by those who have read every one."""
        everybody = [set(self.readers(file)) for file in range(len(self.drafts))]
        return statement(sorted(set.intersection(*everybody)) if everybody else [])


def _looked_for(decision: Decision) -> tuple[str, ...]:
    return (decision.original,) if decision.action is Action.KEEP else decision.strings


def _here(file: int, one: Candidate) -> tuple[Place, ...]:
    return tuple(Place(file, start, end) for start, end in one.places)


def documents_of(made: Draft | Survey) -> list[tuple[Draft, Attributes]]:
    """The drafts that a file makes, with what is known of their speakers."""
    if isinstance(made, Survey):
        return [(one.draft, one.attributes) for one in made.documents]
    return [(made, {})]


def _words_in(draft: Draft, known: str) -> frozenset[str]:
    """The folded words of all that is changed in a draft, those in s and es without it too: the Alvarezes."""
    beside = [draft.name, spaced(draft.name), *(one.label for one in draft.speakers), *map(str, draft.warnings), known]
    words = words_of("\n".join([draft.text, *beside, *draft.possible_speakers]))
    return words | {word[:-1] for word in words if word.endswith("s")} | {w[:-2] for w in words if w.endswith("es")}
