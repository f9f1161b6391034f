"""The second, straight-through look at a text after replacing: what is still there, and what nobody has decided."""

import re
from collections.abc import Iterator, Sequence

from qualbench.steps.deidentify.finding import cleaned, tells, without
from qualbench.steps.deidentify.kinds import Candidate, Entity, Kind, Span, Why
from qualbench.steps.deidentify.matching import (
    WORD,
    Case,
    cover,
    covered,
    form,
    is_free,
    key,
    located,
    occurrences,
    plain,
)
from qualbench.steps.deidentify.names import ORDINARY
from qualbench.steps.deidentify.replacing import Action, Decision

_Found = tuple[Span, Kind, Why]
_DIGITS = re.compile(r"\d(?:[ .\-()/]{0,2}\d){5,19}")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERYDAY = frozenset(
    [*_DAYS, *(f"{day}s" for day in _DAYS), "ok", "okay", "tv", "mr", "mrs", "ms", "dr", "miss", "god", "english"]
)
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "van", "von", "der", "den", "di", "da", "dos", "el", "al", "bin", "ben", "san"]
)
"""Short words inside names that are no name alone."""
_ENDS = ".!?…:;[(\n"
_QUIET = " \t\u00a0\"“”„«»*_'‘’"


def left_over(text_after: str, decisions: Sequence[Decision], entities: Sequence[Entity] = ()) -> tuple[Candidate, ...]:
    """What a reader should look at again: originals in any spelling, then undecided entities, then stray capitals.

    `entities` are those of the text after replacing. What was decided to be kept, and the replacements, are left out.
    """
    settled = covered(len(text_after), _settled(text_after, decisions))
    found: list[_Found] = list(_originals(text_after, decisions, settled))
    taken = _with(settled, found)
    for entity in entities:
        for span in cleaned(text_after, entity.start, entity.end):
            if tells(text_after[slice(*span)], entity.kind):
                rest = without(text_after, span, entity.kind, taken)
                found += [(one, entity.kind, Why.ENTITY) for one in rest]
    taken = _with(settled, found)
    found += [(span, Kind.OTHER, Why.CAPITAL) for span in _capitals(text_after) if is_free(taken, *span)]
    return _grouped(text_after, found)


def _with(settled: bytearray, found: Sequence[_Found]) -> bytearray:
    taken = bytearray(settled)
    for span, _, _ in found:
        cover(taken, *span)
    return taken


def _settled(text: str, decisions: Sequence[Decision]) -> list[Span]:
    """Where a replacement stands, or a string that was decided to be kept."""
    kept = [form(one.original, Case.EXACT) for one in decisions if one.action is Action.KEEP]
    new = [form(one.replacement, Case.ANY) for one in decisions if one.action is not Action.KEEP]
    return [(one.start, one.end) for one in located(text, [one for one in [*kept, *new] if one])]


def _originals(text: str, decisions: Sequence[Decision], settled: bytearray) -> Iterator[_Found]:
    """Every original that still occurs: other case, other signs between its words, in a compound, in part."""
    gone = {string: one.kind for one in decisions if one.action is not Action.KEEP for string in one.strings}
    spans: dict[Span, Kind] = {}
    forms = [found for string in gone if (found := form(string, Case.ANY))]
    for place in occurrences(text, forms, loose=True):
        spans.setdefault((place.start, place.end), gone[place.form.text])
    for span, kind in [*_words_with(text, _joined(gone)), *_figures(text, gone)]:
        spans.setdefault(span, kind)
    taken = bytearray(settled)
    for (start, end), kind in sorted(spans.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        if is_free(taken, start, end):
            cover(taken, start, end)
            yield (start, end), kind, Why.LEFT


def _joined(gone: dict[str, Kind]) -> dict[str, Kind]:
    """Each original as one word, and each word of a person's name."""
    joined: dict[str, Kind] = {}
    for string, kind in gone.items():
        words = [plain(match[0]) for match in WORD.finditer(string)]
        joined["".join(words)] = kind
        for word in words if kind is Kind.PERSON else ():
            if len(word) > 2 and word not in _PARTICLES and word.isalpha():
                joined.setdefault(word, kind)
    return joined


def _words_with(text: str, joined: dict[str, Kind]) -> Iterator[tuple[Span, Kind]]:
    """The words of a text that are an original or have one of four letters and more in them."""
    long = [one for one in joined if len(one) >= 4 and one.isalpha() and one not in ORDINARY]
    known: dict[str, Kind | None] = {}
    for match in WORD.finditer(text):
        word = plain(match[0])
        if word not in known:
            inside = next((joined[one] for one in long if one in word), None)
            known[word] = joined.get(word, inside)
        kind = known[word]
        if kind is not None and not word.isdigit():
            yield match.span(), kind


def _figures(text: str, gone: dict[str, Kind]) -> Iterator[tuple[Span, Kind]]:
    """Numbers of six digits and more, whatever stands between their digits."""
    numbers = {figures: kind for string, kind in gone.items() if len(figures := _digits(string)) >= 6}
    for match in _DIGITS.finditer(text) if numbers else ():
        figures = _digits(match[0])
        for number, kind in numbers.items():
            if number in figures:
                yield match.span(), kind


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def _capitals(text: str) -> Iterator[Span]:
    """Words with a capital inside a sentence that never stand in small letters; neighbours are taken together."""
    small = {plain(match[0]) for match in WORD.finditer(text) if match[0][0].islower()}
    run: Span | None = None
    for match in WORD.finditer(text):
        word = plain(match[0])
        strange = len(word) > 1 and match[0][0].isupper() and word not in small and word not in _EVERYDAY
        if not strange or not _mid_sentence(text, match.start()):
            continue
        if run and text[run[1] : match.start()] in (" ", "-"):
            run = (run[0], match.end())
        else:
            if run:
                yield run
            run = match.span()
    if run:
        yield run


def _mid_sentence(text: str, start: int) -> bool:
    """Whether a sentence has begun before this word: quotes and blanks are looked through, a few at most."""
    before = text[max(0, start - 6) : start].rstrip(_QUIET)
    return bool(before) and before[-1] not in _ENDS


def _grouped(text: str, found: Sequence[_Found]) -> tuple[Candidate, ...]:
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for one in sorted(found, key=lambda one: one[0]):
        groups.setdefault(key(text[slice(*one[0])]), []).append(one)
    order = (Why.LEFT, Why.ENTITY, Why.CAPITAL)
    candidates = []
    for group in groups.values():
        (start, end), _, _ = group[0]
        _, kind, _ = min(group, key=lambda one: order.index(one[2]))
        why = tuple(dict.fromkeys(sorted((one[2] for one in group), key=order.index)))
        candidates.append(Candidate(text[start:end], kind, tuple(dict.fromkeys(one[0] for one in group)), why))
    return tuple(sorted(candidates, key=lambda one: (order.index(one.why[0]), -len(one.places), one.text)))
