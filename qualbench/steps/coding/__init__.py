"""What a coder's actions mean: codes on spans, "nothing applies", memos, and handing a pass in."""

from qualbench.steps.coding.acts import (
    BadSpan,
    Place,
    answer,
    apply,
    change,
    mark_nothing,
    propose,
    remove,
    respan,
    write_memo,
)
from qualbench.steps.coding.facts import Span
from qualbench.steps.coding.passes import asked, open_pass, round_for, submit, touches, undecided, update
from qualbench.steps.coding.rechecking import recheck
from qualbench.steps.coding.table import take_in
from qualbench.steps.coding.turns import OutsideTheList, is_listed, whole_turns
from qualbench.steps.coding.words import told

__all__ = [
    "BadSpan",
    "OutsideTheList",
    "Place",
    "Span",
    "answer",
    "apply",
    "asked",
    "change",
    "is_listed",
    "mark_nothing",
    "open_pass",
    "propose",
    "recheck",
    "remove",
    "respan",
    "round_for",
    "submit",
    "take_in",
    "told",
    "touches",
    "undecided",
    "update",
    "whole_turns",
    "write_memo",
]
