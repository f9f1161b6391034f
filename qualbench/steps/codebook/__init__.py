"""The codebook as an instrument: read it, change it in a draft, release it, and know what a change asks of coders."""

from qualbench.steps.codebook.ancestry import ancestry, merged_by, read_as
from qualbench.steps.codebook.codes import HEADINGS, applicable, find, from_data, to_data, with_proposals
from qualbench.steps.codebook.debt import debt, owed, summary
from qualbench.steps.codebook.differences import changes, compare, next_version, propose, tree_changed
from qualbench.steps.codebook.drafting import DRAFT, drafted, unsealed
from qualbench.steps.codebook.editing import (
    COLOURS,
    add_code,
    adopt,
    draft_code,
    drop_code,
    merge_codes,
    place_code,
    retire_code,
    set_status,
    split_code,
)
from qualbench.steps.codebook.lifecycle import called, clash, exclusive, next_states, origin_of, state_of
from qualbench.steps.codebook.reading import FORMAT, KINDS, STATUSES, read
from qualbench.steps.codebook.releasing import release
from qualbench.steps.codebook.rereading import as_read_now
from qualbench.steps.codebook.taking_in import taken_in

__all__ = [
    "COLOURS",
    "DRAFT",
    "FORMAT",
    "HEADINGS",
    "KINDS",
    "STATUSES",
    "add_code",
    "adopt",
    "ancestry",
    "applicable",
    "as_read_now",
    "called",
    "changes",
    "clash",
    "compare",
    "debt",
    "draft_code",
    "drafted",
    "drop_code",
    "exclusive",
    "find",
    "from_data",
    "merge_codes",
    "merged_by",
    "next_states",
    "next_version",
    "origin_of",
    "owed",
    "place_code",
    "propose",
    "read",
    "read_as",
    "release",
    "retire_code",
    "set_status",
    "split_code",
    "state_of",
    "summary",
    "taken_in",
    "to_data",
    "tree_changed",
    "unsealed",
    "with_proposals",
]
