"""What to report of agreement between coders (O'Connor & Joffe 2020), in our own words."""

from qualbench.steps.checklists import shown_coding as coding
from qualbench.steps.checklists import shown_material as material
from qualbench.steps.checklists.items import Checklist, Fill, Item

_LOG, _ASKED, _AUTHORS = Fill.LOG, Fill.ASKED, Fill.AUTHORS
_WHY, _HOW, _FOUND = "Why", "How", "What came out"

OCONNOR_JOFFE = Checklist(
    "oconnor-joffe",
    "O'Connor & Joffe",
    "O'Connor & Joffe 2020, Int J Qual Methods 19, 1-13",
    "For studies that report agreement between coders; the source has no numbers, O1 to O14 and the words are ours.",
    (
        Item("O1", _WHY, "Why agreement was assessed, and what it is to show.", _ASKED),
        Item("O2", _HOW, "Which share of the data was coded by two and more.", _LOG, (coding.double_coding,)),
        Item("O3", _HOW, "How that share was chosen.", _LOG, (coding.drawn,)),
        Item("O4", _HOW, "What the unit of coding is, and how it was cut.", _LOG, (material.units,)),
        Item("O5", _HOW, "How many people coded, and who.", _LOG, (material.coders,)),
        Item("O6", _HOW, "How coders were trained and what they knew.", _ASKED, topic="training"),
        Item("O7", _HOW, "That they coded independently.", _LOG, (material.independence,)),
        Item("O8", _HOW, "When in the work it was assessed, and with which codebook.", _LOG,
             (coding.when_run, coding.codebook_versions)),
        Item("O9", _FOUND, "Which coefficient, over what.", _LOG, (coding.runs,)),
        Item("O10", _FOUND, "Why this coefficient.", _ASKED),
        Item("O11", _FOUND, "A value for each code, not only a mean.", _LOG, (coding.per_code,)),
        Item("O12", _FOUND, "What counts as enough, and by whose convention.", _LOG, (coding.threshold,)),
        Item("O13", _FOUND, "What was done about low values, and how differences were settled.", _LOG,
             (coding.settled,)),
        Item("O14", _FOUND, "Where the final codebook can be read.", _AUTHORS, (coding.coding_tree,)),
    ),
)  # fmt: skip
