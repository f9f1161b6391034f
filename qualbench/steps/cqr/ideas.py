"""Core ideas: each judge's own, alone and linked to text; then the team's, with its sources beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event, Sealed
from qualbench.model import CoreIdea, Judging, JudgingMode


def may_judge(person: str, called: str, judging: Judging | None) -> None:
    """Refuse whoever does not judge a case or domain, or has handed in; `called` is its name."""
    if judging is None or person not in judging.judges:
        judges = ", ".join(judging.judges) if judging else "nobody yet"
        raise BadDecision(
            f"{person or 'Nobody'} is no judge of '{called}'.", f"Its judges are: {judges}. Name them first."
        )
    if judging.mode is JudgingMode.DRAFTED and person != judging.judges[0]:
        raise BadDecision(
            f"{judging.judges[0]} drafts '{called}', and the others review the draft when it is handed in."
        )
    if person in judging.handed_in:
        raise BadDecision(
            f"{person} has handed in '{called}'; it stays as it is.", "The team agrees on its own version."
        )


def may_agree(called: str, judging: Judging | None) -> None:
    """Refuse to agree before every judge of a case or domain has handed in."""
    if judging is None or not judging.opened:
        raise BadDecision(
            f"Not every judge of '{called}' has handed in, so nothing can be agreed yet.",
            "Each judge works alone first.",
        )


def write(
    case: str, domain: str, words: str, places: Sequence[str], *, judge: str, held: CoreIdea | None = None
) -> list[Event]:
    """A judge's core idea, or new words for one of theirs."""
    if held and held.judge != judge:
        raise BadDecision(f"This core idea is {held.judge}'s.", "Write one of your own.")
    text = _words(words, "A core idea needs words.")
    if held and (held.domain, held.words, held.places) == (domain, words.strip(), tuple(places)):
        return []
    idea = held.id if held else events.new_id()
    return [events.CoreIdeaWritten(judge=judge, about=case, idea=idea, domain=domain, words=text, places=list(places))]


def remove(held: CoreIdea, judge: str) -> list[Event]:
    """A judge takes one of their own core ideas away."""
    if held.judge != judge:
        raise BadDecision("Only its judge takes a core idea away.")
    return [events.CoreIdeaRemoved(judge=judge, about=held.case, idea=held.id)]


def submit(case: str, judge: str, own: Sequence[CoreIdea], *, nothing: bool = False) -> list[Event]:
    """A judge hands in their core ideas of a case for good; with `nothing`, that there are none."""
    if not own and not nothing:
        raise BadDecision(
            f"{judge} has written no core idea here.", "Write one, or say that there is nothing to write."
        )
    return [events.CoreIdeasSubmitted(judge=judge, about=case)]


def agree(
    case: str, domain: str, words: str, places: Sequence[str], sources: Sequence[CoreIdea],
    held: CoreIdea | None = None,
) -> list[Event]:  # fmt: skip
    """The team's wording of a core idea; the judges' own, which it came from, stay as they are."""
    strange = [one for one in sources if (one.case, one.domain) != (case, domain)]
    if strange:
        raise BadDecision("A core idea of the team comes from core ideas of the same case and domain.")
    if held and held.case != case:
        raise BadDecision("This core idea is another case's.")
    text = _words(words, "A core idea needs words.")
    places = list(dict.fromkeys(places or [place for one in sources for place in one.places]))
    ids = [one.id for one in sources]
    now = (domain, words.strip(), tuple(places), tuple(ids))
    if held and (held.domain, held.words, held.places, held.sources) == now:
        return []
    agreed = held.id if held else events.new_id()
    return [events.CoreIdeaAgreed(agreed=agreed, case=case, domain=domain, words=text, places=places, sources=ids)]


def drop(held: CoreIdea, reason: str, *, waiting: bool) -> list[Event]:
    """The team gives a core idea up; not while an auditor's comment on it is `waiting` for an answer."""
    if waiting:
        raise BadDecision("An auditor's comment on this core idea has no answer.", "Answer it first.")
    sealed = _words(reason, "Dropping a core idea needs a reason.")
    return [events.CoreIdeaDropped(agreed=held.id, reason=sealed)]


def check_places(places: Sequence[str], lengths: Mapping[str, int]) -> tuple[str, ...]:
    """The places of a core idea, each within a transcript of its case; `lengths` are those in code points, by id."""
    for place in places:
        transcript, start, end = _read(place)
        if transcript not in lengths:
            raise BadDecision(f"'{place}' is not in a transcript of this case.")
        if not 0 <= start < end <= lengths[transcript]:
            raise BadDecision(f"'{place}' is outside of its transcript.")
    return tuple(dict.fromkeys(places))


def _read(place: str) -> tuple[str, int, int]:
    transcript, *ends = place.rsplit(":", 2)
    if len(ends) != 2 or not all(end.isascii() and end.isdigit() and len(end) < 12 for end in ends):
        raise BadDecision(f"'{place}' is no place.", "Write it as TRANSCRIPT:START:END.")
    return transcript, int(ends[0]), int(ends[1])


def _words(words: str, missing: str) -> Sealed:
    if not words.strip():
        raise BadDecision(missing)
    return events.seal(words.strip())
