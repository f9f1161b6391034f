"""Participants (cases): their attributes, who speaks as whom, focus groups, purposive sampling, and finding by them.

Everything here is suggested or checked; a person confirms it before it becomes a fact.
"""

from qualbench.steps.participants.attributes import (
    UNKNOWN,
    Attribute,
    AttributeKind,
    BadValue,
    alike,
    checked,
    choices_of,
    guess_kind,
)
from qualbench.steps.participants.bands import BadBands, Bands, bands
from qualbench.steps.participants.columns import (
    LEFT_OUT,
    BadMapping,
    Column,
    chosen,
    columns_of,
    mapping_of,
    said,
    shown_values,
)
from qualbench.steps.participants.finding import BadFilter, Field, Filter, Query, UnknownFilter, admits, parsed, written
from qualbench.steps.participants.groups import (
    Group,
    Place,
    Suggestion,
    Why,
    group_of,
    groups,
    is_focus_group,
    same_people,
    transcripts_of,
)
from qualbench.steps.participants.headers import Target
from qualbench.steps.participants.intake import Assignment, Change, Intake, lines
from qualbench.steps.participants.language import lemmas
from qualbench.steps.participants.mapping import ColumnMapping, Known, Rows, suggested
from qualbench.steps.participants.reading import Line
from qualbench.steps.participants.recording import assign, define, set_value, take_in
from qualbench.steps.participants.sampling import (
    Cell,
    Coverage,
    TooManyCells,
    UnknownAttribute,
    coverage,
    rare,
    table,
)
from qualbench.steps.participants.word_forms import forms, lemma_table

__all__ = [
    "LEFT_OUT",
    "UNKNOWN",
    "Assignment",
    "Attribute",
    "AttributeKind",
    "BadBands",
    "BadFilter",
    "BadMapping",
    "BadValue",
    "Bands",
    "Cell",
    "Change",
    "Column",
    "ColumnMapping",
    "Coverage",
    "Field",
    "Filter",
    "Group",
    "Intake",
    "Known",
    "Line",
    "Place",
    "Query",
    "Rows",
    "Suggestion",
    "Target",
    "TooManyCells",
    "UnknownAttribute",
    "UnknownFilter",
    "Why",
    "admits",
    "alike",
    "assign",
    "bands",
    "checked",
    "choices_of",
    "chosen",
    "columns_of",
    "coverage",
    "define",
    "forms",
    "group_of",
    "groups",
    "guess_kind",
    "is_focus_group",
    "lemma_table",
    "lemmas",
    "lines",
    "mapping_of",
    "parsed",
    "rare",
    "said",
    "same_people",
    "set_value",
    "shown_values",
    "suggested",
    "table",
    "take_in",
    "transcripts_of",
    "written",
]
