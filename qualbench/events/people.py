"""Who is who: devices and the keys of those who work on them."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceIntroduced(Event):
    """A device says whose it is: a key, and what its owner is called there."""

    KIND, AREA = "device_introduced", "people"
    device: str
    key: str
    """Public key that signs (Ed25519, hex)."""
    recipient: str
    """Public key that packages are sealed to (age)."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecognised(Event):
    """The team says which person of the study a key belongs to."""

    KIND, AREA = "person_recognised", "people"
    key: str
    person: str
    reason: str
    """How they know, sealed."""
    recipient: str = ""
    """What their packages are sealed to, where their card said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeeperNamed(Event):
    """To whom coders' packages are sealed, so that nobody else can look before all are in."""

    KIND, AREA = "keeper_named", "people"
    key: str
    recipient: str
