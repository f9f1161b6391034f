"""What judges and auditors do in consensual qualitative research: core ideas, categories, comments."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgesNamed(Event):
    """Who judges a case, and how: all alone and then together, or one drafts and the others review."""

    KIND, AREA = "judges_named", "cqr"
    case: str
    judges: list[str]
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStated(Event):
    """How far a case has come."""

    KIND, AREA = "case_stated", "cqr"
    case: str
    state: str
    note: str
    """What is to be said about it, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByJudge(Event):
    """Work of one judge alone, theirs until all judges of the case or domain have handed in."""

    judge: str
    about: str
    """The case for core ideas, the domain for categories."""

    @property
    def lane(self) -> str:
        """The judge and what they judge."""
        return f"{self.judge}/{self.about}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIdeaWritten(ByJudge):
    """What a case says in a domain in few words, near to the speaker's; written, or written anew under its id."""

    KIND, AREA, UNDOABLE = "core_idea_written", "cqr", True
    idea: str
    domain: str
    words: str
    places: list[str]
    """The passages it rests on: transcript:start:end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIdeaRemoved(ByJudge):
    KIND, AREA, UNDOABLE = "core_idea_removed", "cqr", True
    idea: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIdeasSubmitted(ByJudge):
    """A judge handed in their core ideas of a case for good."""

    KIND, AREA = "core_ideas_submitted", "cqr"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIdeaAgreed(Event):
    """The team's wording of a core idea; agreed, or agreed anew under its id."""

    KIND, AREA, UNDOABLE = "core_idea_agreed", "cqr", True
    agreed: str
    case: str
    domain: str
    words: str
    places: list[str]
    sources: list[str]
    """The judges' core ideas it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIdeaDropped(Event):
    KIND, AREA, UNDOABLE = "core_idea_dropped", "cqr", True
    agreed: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryProposed(ByJudge):
    """A judge's category of core ideas in a domain; proposed, or proposed anew under its id."""

    KIND, AREA, UNDOABLE = "category_proposed", "cqr", True
    category: str
    name: str
    """What it is called, sealed."""
    ideas: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryWithdrawn(ByJudge):
    KIND, AREA, UNDOABLE = "category_withdrawn", "cqr", True
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoriesSubmitted(ByJudge):
    """A judge handed in their categories of a domain for good."""

    KIND, AREA = "categories_submitted", "cqr"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryAgreed(Event):
    """The team's category with the core ideas in it; agreed, or agreed anew under its id."""

    KIND, AREA, UNDOABLE = "category_agreed", "cqr", True
    category: str
    domain: str
    parent: str
    """The category it is part of; empty for a category of its own."""
    name: str
    """What it is called, sealed."""
    ideas: list[str]
    sources: list[str]
    """The judges' categories it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryDropped(Event):
    KIND, AREA, UNDOABLE = "category_dropped", "cqr", True
    category: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMade(Event):
    """An auditor said something about the team's work."""

    KIND, AREA, UNDOABLE = "comment_made", "cqr", True
    comment: str
    on: str
    """case, idea, category or domain."""
    about: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAnswered(Event):
    """The team took a comment, or said why not."""

    KIND, AREA, UNDOABLE = "comment_answered", "cqr", True
    comment: str
    accepted: bool
    reason: str
    """What was done, or why not, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSeen(Event):
    """The auditor saw the answer, and settles the comment or raises it again."""

    KIND, AREA, UNDOABLE = "comment_seen", "cqr", True
    comment: str
    settled: bool
    words: str
