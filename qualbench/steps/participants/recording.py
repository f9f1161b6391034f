"""What was confirmed of participants, as facts."""

from collections.abc import Collection

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import Role
from qualbench.steps.participants.attributes import UNKNOWN, Attribute, BadValue, checked
from qualbench.steps.participants.intake import Intake
from qualbench.steps.participants.mapping import Known


def take_in(intake: Intake, known: Known) -> list[Event]:
    """Everything a table brings: new attributes and participants, who speaks as whom, and what is known of them."""
    facts: list[Event] = [define(attribute) for attribute in intake.new_attributes]
    facts += [events.ParticipantAdded(participant=name, label=name) for name in intake.new_participants]
    for one in intake.assignments:
        labels = [speaker.label for speaker in known.speakers[one.transcript]]
        participant, role = one.after
        facts.append(
            events.SpeakerSet(
                transcript=one.transcript, speaker=labels.index(one.speaker), role=role, participant=participant
            )
        )
    facts += [
        events.AttributeSet(participant=one.participant, name=one.attribute, value=one.after) for one in intake.changes
    ]
    return facts


def define(attribute: Attribute) -> events.AttributeDefined:
    """An attribute with its kind of values."""
    return events.AttributeDefined(
        name=attribute.name, kind=str(attribute.kind), choices=[choice for choice in attribute.choices if choice]
    )


def set_value(participant: str, attribute: Attribute, text: str, known: Collection[str]) -> list[Event]:
    """One value of one participant by hand; empty text means that it is not known."""
    if participant not in known:
        raise BadDecision(f"There is no participant called '{participant}'.", f"Known are: {', '.join(known)}")
    value = checked(attribute, text)
    if isinstance(value, BadValue):
        raise BadDecision(f"{attribute.name}: {value.message}.".replace("..", "."))
    return [events.AttributeSet(participant=participant, name=attribute.name, value=value or UNKNOWN)]


def assign(transcript: str, speaker: int, role: Role, participant: str, known: Collection[str]) -> list[Event]:
    """Who one speaker is; a participant nobody knows yet is new."""
    if role is not Role.PARTICIPANT and participant:
        raise BadDecision("Only a participant has a participant's label.", "Leave it empty for the others.")
    is_new = participant not in {"", *known}
    new = [events.ParticipantAdded(participant=participant, label=participant)] * is_new
    return [*new, events.SpeakerSet(transcript=transcript, speaker=speaker, role=str(role), participant=participant)]
