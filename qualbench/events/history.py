"""Steps that are undone and redone."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUndone(Event):
    """A step counts no longer; nothing of it is deleted."""

    KIND, AREA = "step_undone", "history"
    target: str
    place: str
    """The subject whose history it is."""
    area: str
    reason: str = ""

    @property
    def subject(self) -> str:
        """The same subject as the step's, so that its history is in one chain."""
        return self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRedone(StepUndone):
    """A step that was undone counts again."""

    KIND = "step_redone"
