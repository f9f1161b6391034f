"""The theme board: codes gathered under themes, what each theme says, and the quotes that show it.

board      themes: made, described, ordered, merged, split      quotes   picked, used, edited in brackets
overlap    segments that two themes share                       checks   what to look at before a theme stands
mapped     the theme map as a value, DOT and Mermaid            drawn    the same as SVG
"""

from qualbench.steps.themes.board import (
    all_codes,
    below,
    children,
    create,
    depth,
    describe,
    drop,
    extract,
    find,
    gather,
    merge,
    moved,
    place,
    release,
    rename,
    split,
    state,
    write,
)
from qualbench.steps.themes.checks import Warned, checks
from qualbench.steps.themes.mapped import ENDINGS, ThemeMap, draw, theme_map
from qualbench.steps.themes.overlap import Overlap, overlaps
from qualbench.steps.themes.quotes import Edits, edit, move, pick, put_aside, read_edits, unpick, use, waiting
from qualbench.steps.themes.quotes import find as find_quote

__all__ = [
    "ENDINGS",
    "Edits",
    "Overlap",
    "ThemeMap",
    "Warned",
    "all_codes",
    "below",
    "checks",
    "children",
    "create",
    "depth",
    "describe",
    "draw",
    "drop",
    "edit",
    "extract",
    "find",
    "find_quote",
    "gather",
    "merge",
    "move",
    "moved",
    "overlaps",
    "pick",
    "place",
    "put_aside",
    "read_edits",
    "release",
    "rename",
    "split",
    "state",
    "theme_map",
    "unpick",
    "use",
    "waiting",
    "write",
]
