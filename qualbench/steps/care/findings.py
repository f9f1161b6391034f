"""What a check before words leave a study may find: each finding with a name that stays, and a sentence without a name.

The sentence never holds the words that are the risk; those stand apart and are said only to whoever asks for them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What was looked for."""

    NAME = "name"
    WITHDRAWN = "withdrawn"
    INTERVIEWER = "interviewer"
    REDACTED = "redacted"
    RARE = "rare"


CHECK_NAMES = {
    Check.NAME: "original names",
    Check.WITHDRAWN: "participants who withdrew",
    Check.INTERVIEWER: "interviewers' words",
    Check.REDACTED: "marks of redaction",
    Check.RARE: "rare combinations of attributes",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before it leaves."""

    id: str
    """The same as long as the same is found at the same place: twelve hexadecimal digits."""
    check: Check
    sentence: str
    risk: str = ""
    """The words that are the risk; never kept, and shown only when asked for."""


def finding(check: Check, key: str, about: str, sentence: str, risk: str = "") -> Finding:
    """A finding at a place (`key`, which stays) in some words (`about`): other words there are another finding."""
    digest = hashlib.sha256("\x1f".join((check, key, about)).encode("utf-8", "surrogatepass")).hexdigest()
    return Finding(digest[:12], check, sentence, risk)
