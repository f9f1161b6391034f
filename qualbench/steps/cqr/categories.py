"""Cross-analysis: categories of a domain's core ideas, proposed by each judge alone, then agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import Category, CoreIdea
from qualbench.text import folded


def propose(
    domain: str, name: str, ideas: Sequence[str], agreed: Collection[CoreIdea], *, judge: str,
    held: Category | None = None,
) -> list[Event]:  # fmt: skip
    """A judge's category of core ideas that the team agreed on in a domain, or one of theirs written anew."""
    if held and held.judge != judge:
        raise BadDecision(f"This category is {held.judge}'s.", "Propose one of your own.")
    named, placed = _named(name), _placed(domain, ideas, agreed)
    if held and (held.domain, held.name, held.ideas) == (domain, named, placed):
        return []
    return [
        events.CategoryProposed(
            judge=judge, about=domain, category=held.id if held else events.new_id(), name=events.seal(named),
            ideas=list(placed),
        )
    ]  # fmt: skip


def withdraw(held: Category, judge: str) -> list[Event]:
    """A judge takes one of their own categories away."""
    if held.judge != judge:
        raise BadDecision("Only its judge takes a category away.")
    return [events.CategoryWithdrawn(judge=judge, about=held.domain, category=held.id)]


def submit(domain: str, judge: str, own: Sequence[Category], *, nothing: bool = False) -> list[Event]:
    """A judge hands in their categories of a domain for good; with `nothing`, that there are none."""
    if not own and not nothing:
        raise BadDecision(f"{judge} has proposed no category here.", "Propose one, or say that there is none.")
    return [events.CategoriesSubmitted(judge=judge, about=domain)]


def agree(
    domain: str, name: str, ideas: Sequence[str], agreed: Collection[CoreIdea], *, parent: str = "",
    sources: Sequence[Category] = (), known: Sequence[Category] = (), held: Category | None = None,
) -> list[Event]:  # fmt: skip
    """The team's category; `agreed` are its core ideas, `known` its categories, `sources` judges' categories."""
    named, placed = _named(name), _placed(domain, ideas, agreed)
    others = [one for one in known if one.domain == domain and (held is None or one.id != held.id)]
    if held and held.domain != domain:
        raise BadDecision("This category is another domain's.")
    if any(folded(one.name) == folded(named) for one in others):
        raise BadDecision(f"There is a category called '{named}' in this domain already.")
    if any(one.domain != domain for one in sources):
        raise BadDecision("A category of the team comes from categories of the same domain.")
    if parent:
        _may_stand_under(parent, others, held)
    from_ = tuple(one.id for one in sources)
    if held and (held.name, held.ideas, held.parent, held.sources) == (named, placed, parent, from_):
        return []
    return [
        events.CategoryAgreed(
            category=held.id if held else events.new_id(), domain=domain, parent=parent, name=events.seal(named),
            ideas=list(placed), sources=list(from_),
        )
    ]  # fmt: skip


def _may_stand_under(parent: str, others: Sequence[Category], held: Category | None) -> None:
    if parent not in {one.id for one in others}:
        raise BadDecision("A sub-category stands under another category of the same domain.")
    if held and parent in below(others, held.id):
        raise BadDecision(f"'{held.name}' can not stand under a category that stands under it.")


def below(categories: Collection[Category], top: str) -> frozenset[str]:
    """The ids of all categories under one, however far."""
    found: set[str] = set()
    fresh = {top}
    while fresh:
        fresh = {one.id for one in categories if one.parent in fresh} - found
        found |= fresh
    return frozenset(found - {top})


def drop(held: Category, reason: str, *, waiting: bool) -> list[Event]:
    """The team gives a category up; not while an auditor's comment on it is `waiting` for an answer."""
    if waiting:
        raise BadDecision("An auditor's comment on this category has no answer.", "Answer it first.")
    if not reason.strip():
        raise BadDecision("Dropping a category needs a reason.")
    return [events.CategoryDropped(category=held.id, reason=events.seal(reason.strip()))]


def place(
    idea: CoreIdea, category: Category, agreed: Collection[CoreIdea], known: Sequence[Category],
    sources: Sequence[Category], *, put: bool,
) -> list[Event]:  # fmt: skip
    """A core idea goes into a category of the team, or out of it; it may be in several, or in none."""
    there = {one.id for one in agreed}
    kept = [one for one in category.ideas if one in there and one != idea.id]
    ideas = [*kept, idea.id] if put else kept
    if put and idea.id in category.ideas:
        return []
    if idea.domain != category.domain:
        raise BadDecision("The core idea is in another domain than the category.")
    return agree(
        category.domain, category.name, ideas, agreed, parent=category.parent, sources=sources, known=known,
        held=category,
    )  # fmt: skip


def _named(name: str) -> str:
    if not name.strip():
        raise BadDecision("A category needs a name.")
    return " ".join(name.split())


def _placed(domain: str, ideas: Sequence[str], agreed: Collection[CoreIdea]) -> tuple[str, ...]:
    there = {one.id for one in agreed if one.domain == domain}
    if any(idea not in there for idea in ideas):
        raise BadDecision("A category holds core ideas that the team agreed on in its domain.")
    return tuple(dict.fromkeys(ideas))
