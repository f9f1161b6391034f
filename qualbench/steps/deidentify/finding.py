"""The queue of what may identify somebody: known names, the project's list, shapes and entities, by string.

First every string worth a question is collected, then each is looked for in the whole text exactly as replacing
will look for it: a name that the model saw once is found at all its places.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import combining

from qualbench.steps.deidentify.kinds import Candidate, Entity, Kind, KnownName, Span, Why
from qualbench.steps.deidentify.matching import Case, capitals_matter, covered, form, is_free, key, located, plain
from qualbench.steps.deidentify.names import ORDINARY
from qualbench.steps.deidentify.patterns import shaped

_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|my|our|your|his|her|their|about|around|early|late)\s+", re.I)
_TITLE = re.compile(
    r"(?:dr|mr|mrs|ms|miss|prof|professor|doctor|sister|señora?|herr|frau|madame|monsieur)\b\.?\s+", re.I
)
_POSSESSIVE = re.compile(r"['’]s?$")
_LABEL = re.compile(
    r"(?:[A-Z]{1,3}\d{1,3}|INT|IV|IP|MOD|[ABFIMPQR]"
    r"|(?i:interviewer|interviewee|moderator|facilitator|participant|respondent|speaker)(?: ?\d{1,3})?)$"
)
"""What names a speaker without telling who it is; "Ann:" does tell."""
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A string worth a question."""

    text: str
    kind: Kind
    why: tuple[Why, ...]
    forms: tuple[str, ...] = ()
    fallback: bool = False
    """Only if the same with a capital stands nowhere: "rose" in a transcript without capitals."""


def candidates(
    text: str, *, known: Sequence[KnownName], own: Sequence[str] = (), entities: Sequence[Entity] = ()
) -> tuple[Candidate, ...]:
    """Every string that may identify somebody, with its places: known names, then persons, then by how often.

    A name that two known names share belongs to neither: it is a question of its own.
    """
    certain = [*_known(known), *(_Asked(one.strip(), Kind.OTHER, (Why.LIST,)) for one in own)]
    patterns = [_Asked(text[one.start : one.end], one.kind, (Why.PATTERN,)) for one in shaped(text)]
    told = _from_entities(text, entities, certain)
    asked = _merged([*certain, *patterns, *told])
    return tuple(sorted(_grouped(text, asked), key=_in_queue))


def cleaned(text: str, start: int, end: int) -> Iterator[Span]:
    """An entity without what does not belong to it: line ends, signs, articles, titles, possessives, labels."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        low, high = _stripped(text, start + line.start(), start + line.end())
        for before in (_LEADING, _TITLE):
            leading = before.match(text, low, high)
            low = leading.end() if leading else low
        possessive = _POSSESSIVE.search(text[low:high])
        high = low + possessive.start() if possessive else high
        low, high = _stripped(text, low, high)
        piece = text[low:high]
        if any(letter.isalnum() for letter in piece) and not _is_label(text, piece, high):
            yield low, high


def tells(text: str, kind: Kind) -> bool:
    """Whether an entity is worth a question: a date only with a year and more, everything else with a letter.

    A place or an agency in small letters that is an ordinary word is none: us is not the US.
    """
    if kind in (Kind.PLACE, Kind.ORGANISATION) and text.islower() and plain(text) in ORDINARY:
        return False
    if kind is not Kind.DATE:
        return any(letter.isalpha() for letter in text)
    return bool(_YEAR.search(text) and _WORD.search(text)) or bool(_MONTH.search(text) and re.search(r"\d", text))


def without(text: str, span: Span, kind: Kind, taken: bytearray) -> Iterator[Span]:
    """What of an entity is left when taken places are cut out of it.

    Only a person is cut: "Maria Gomez" leaves "Gomez" when Maria is known, "San Jose" stays whole when Jose is.
    """
    start, end = span
    if is_free(taken, start, end):
        yield span
    elif kind is not Kind.PERSON:
        if _rest(text, span, taken) not in ("", "s", "es"):
            yield span
    else:
        for gap in re.finditer(rb"\0+", taken[start:end]):
            for low, high in cleaned(text, start + gap.start(), start + gap.end()):
                if text[low:high] != text[low:high].lower():
                    yield low, high


def _is_label(text: str, piece: str, end: int) -> bool:
    """Whether a piece is a speaker's label, here or at the beginning of a line elsewhere."""
    return bool(_LABEL.match(piece)) and (text[end : end + 1] == ":" or f"\n{piece}:" in text)


def _rest(text: str, span: Span, taken: bytearray) -> str:
    """What no taken place covers of a span, without signs."""
    return "".join(text[at] for at in range(*span) if not taken[at] and text[at].isalnum())


def _stripped(text: str, start: int, end: int) -> Span:
    """Without signs at its ends: quotes, dashes, emoji, what turns the direction of writing. Accents stay."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or combining(text[end - 1])):
        end -= 1
    return start, end


def _known(known: Sequence[KnownName]) -> Iterator[_Asked]:
    """Every form of every known name; the forms that only one has travel together."""
    holders = Counter(one for name in known for one in {key(form) for form in name.forms})
    for name in known:
        alone = tuple(form for form in name.forms if holders[key(form)] == 1)
        for one in name.forms:
            together = alone if one in alone else ()
            yield _Asked(one, name.kind, (Why.KNOWN,), together)
            if capitals_matter(one) and not one.isupper():
                yield _Asked(one.lower(), name.kind, (Why.KNOWN,), together, fallback=True)


def _from_entities(text: str, entities: Sequence[Entity], certain: Sequence[_Asked]) -> Iterator[_Asked]:
    """What the model saw beside what is certain already; a string seen as two kinds is of the commoner one."""
    taken = covered(len(text), _places(text, certain) if entities else ())
    strings = {key(one.text) for one in certain}
    seen: dict[str, Counter[Kind]] = {}
    for entity in entities:
        for span in cleaned(text, entity.start, entity.end):
            if tells(text[span[0] : span[1]], entity.kind):
                is_certain = key(text[span[0] : span[1]]) in strings
                for low, high in [span] if is_certain else without(text, span, entity.kind, taken):
                    seen.setdefault(text[low:high], Counter())[entity.kind] += 1
    for string, kinds in seen.items():
        yield _Asked(string, kinds.most_common(1)[0][0], (Why.ENTITY,))


def _places(text: str, asked: Iterable[_Asked]) -> list[Span]:
    forms = [found for one in asked if not one.fallback and (found := form(one.text))]
    return [(one.start, one.end) for one in located(text, forms)]


def _merged(asked: Iterable[_Asked]) -> list[_Asked]:
    """One question for each string: as it was spelt first, for every reason, of the first kind that says something."""
    strings: dict[tuple[object, ...], _Asked] = {}
    for one in asked:
        if not one.text or form(one.text) is None:
            continue
        first = strings.setdefault(key(one.text), one)
        if first is not one:
            kind = first.kind if first.kind is not Kind.OTHER else one.kind
            why = tuple(dict.fromkeys([*first.why, *one.why]))
            strings[key(one.text)] = replace(first, kind=kind, why=why)
    return list(strings.values())


def _grouped(text: str, asked: Sequence[_Asked]) -> Iterator[Candidate]:
    forms = {one.text: found for one in asked if (found := form(one.text))}
    places: dict[str, list[Span]] = {}
    for occurrence in located(text, list(forms.values())):
        places.setdefault(occurrence.form.text, []).append((occurrence.start, occurrence.end))
    with_capital = {one.text.lower() for one in asked if not one.fallback and one.text in places}
    for one in asked:
        here = places.get(forms[one.text].text, [])
        if not here or (one.fallback and one.text in with_capital):
            continue
        kept = _with_capitals(text, here) if _is_doubtful(one, forms[one.text].case) else here
        cased = len(kept) < len(here)
        yield Candidate(one.text, one.kind, tuple(kept), one.why, one.forms, cased)


def _is_doubtful(one: _Asked, case: Case) -> bool:
    return one.why == (Why.ENTITY,) and case is Case.ANY and one.text[0].isupper() and one.text.isalpha()


def _with_capitals(text: str, places: list[Span]) -> list[Span]:
    """A single word that the model took for a name, and that is mostly written small, is a word where it is small."""
    capital = [place for place in places if text[place[0]].isupper()]
    return capital if 0 < len(capital) < len(places) / 2 else places


def _in_queue(one: Candidate) -> tuple[int, int, str]:
    rank = 0 if Why.KNOWN in one.why else 1 if one.kind is Kind.PERSON else 2
    return rank, -len(one.places), one.text
