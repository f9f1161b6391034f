"""Opening a session, breaking it off, taking it up again, closing it."""

from collections.abc import Collection, Sequence

from qualbench import events
from qualbench.errors import BadDecision, QualbenchError
from qualbench.events import Event
from qualbench.model import AgendaSort, Session, SessionState
from qualbench.text import folded


class UnknownSession(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no session called '{name}'.", "See: qualbench consensus FOLDER session list")


def open_session(
    *,
    people: Sequence[str],
    known: Collection[str],
    others: Sequence[Session],
    round_: str,
    chair: str = "",
    scribe: str = "",
    standing: str = "",
    hidden: bool = False,
    sort: AgendaSort = AgendaSort.TRANSCRIPT,
    sample: Sequence[str] = (),
    codebook: str = "",
) -> list[Event]:
    """A team sits down over a round, or over everything that is opened when `round_` is empty."""
    refuse_second(others, round_)
    there = named(people, known)
    roles = [_one_of(there, who, what) for who, what in ((chair, "chair"), (scribe, "scribe"), (standing, "person"))]
    return [
        events.SessionOpened(
            session=events.new_id(), round=round_, people=list(there), chair=roles[0], scribe=roles[1],
            standing=roles[2], hidden=hidden, sort=str(sort), sample=list(sample), codebook=codebook,
        )
    ]  # fmt: skip


def refuse_second(others: Sequence[Session], round_: str) -> None:
    """Only one session over a round is open at a time."""
    for one in others:
        if one.state is SessionState.OPEN and one.round == round_:
            raise BadDecision(
                f"A session of {', '.join(one.people)} is open over this already.",
                "Pause or close it first: qualbench consensus FOLDER session pause",
            )


def state_session(
    session: Session, state: SessionState, *, people: Sequence[str] | None, known: Collection[str],
    others: Sequence[Session], note: str = "",
) -> list[Event]:  # fmt: skip
    """A session is broken off, taken up again (by other people, when they are named), or closed for good."""
    if session.state is SessionState.CLOSED:
        raise BadDecision("This session is closed; what it decided can be decided anew in another.")
    there = session.people if people is None else named(people, known)
    if session.state is state and (state is not SessionState.OPEN or there == session.people):
        raise BadDecision(f"The session is {state} already.")
    if state is SessionState.OPEN:
        refuse_second([one for one in others if one.id != session.id], session.round)
    return [
        events.SessionStated(session=session.id, state=str(state), people=list(there), note=events.seal(note.strip()))
    ]


def named(people: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Everybody who is there once, those who are known by the name that they have here."""
    spelled = {folded(one): one for one in known}
    said = [" ".join(one.split()) for one in people]
    there = tuple(dict.fromkeys(spelled.get(folded(one), one) for one in said if one))
    if not there:
        raise BadDecision("A session needs at least one person.", "Say who is there: --person ana --person ben")
    return there


def _one_of(there: Sequence[str], who: str, what: str) -> str:
    for one in there:
        if folded(one) == folded(" ".join(who.split())):
            return one
    if who.strip():
        role = "person of most standing" if what == "person" else what
        raise BadDecision(f"'{who}' is not there, so can not be the {role}.", f"There are: {', '.join(there)}")
    return ""
