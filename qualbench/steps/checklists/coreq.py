"""COREQ: interviews and focus groups, 32 items in three domains, in our own words."""

from qualbench.steps.checklists import shown_coding as coding
from qualbench.steps.checklists import shown_material as material
from qualbench.steps.checklists import shown_themes as themes
from qualbench.steps.checklists.items import Checklist, Fill, Item

_TEAM, _DESIGN, _ANALYSIS = "Research team and reflexivity", "Study design", "Analysis and findings"
_LOG, _ASKED, _AUTHORS = Fill.LOG, Fill.ASKED, Fill.AUTHORS

COREQ = Checklist(
    "coreq",
    "COREQ",
    "Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6), 349-357",
    "For interviews and focus groups; item numbers are those of the source, the words are ours.",
    (
        Item("1", _TEAM, "Who held the interviews or groups.", _ASKED, topic="interviewer"),
        Item("2", _TEAM, "Degrees and credentials of the researchers.", _ASKED, topic="researchers"),
        Item("3", _TEAM, "What the researchers did for a living at the time.", _ASKED),
        Item("4", _TEAM, "Gender of the researchers.", _ASKED),
        Item("5", _TEAM, "Their experience and training in this kind of work.", _ASKED, topic="training"),
        Item("6", _TEAM, "Whether interviewer and participants knew each other before.", _ASKED, topic="relationship"),
        Item("7", _TEAM, "What participants knew of the interviewer and of why.", _ASKED),
        Item("8", _TEAM, "Leanings, expectations and interests of the researchers.", _LOG, (material.perspective,)),
        Item("9", _DESIGN, "The methodological orientation behind the analysis.", _LOG, (material.approach,)),
        Item("10", _DESIGN, "How participants were chosen.", _ASKED, topic="sampling"),
        Item("11", _DESIGN, "How they were approached.", _ASKED, topic="recruitment"),
        Item("12", _DESIGN, "How many took part.", _LOG, (material.participants,)),
        Item("13", _DESIGN, "How many refused or left, and why.", _ASKED, (material.withdrawals,)),
        Item("14", _DESIGN, "Where the data were collected.", _ASKED, topic="setting"),
        Item("15", _DESIGN, "Who else was there.", _ASKED),
        Item("16", _DESIGN, "What matters about the sample, such as background and dates.", _LOG, (material.sample,)),
        Item("17", _DESIGN, "Questions and guide, and whether they were tried out.", _ASKED, topic="guide"),
        Item("18", _DESIGN, "Whether anybody was interviewed more than once.", _LOG, (material.repeated,)),
        Item("19", _DESIGN, "How the talk was recorded.", _ASKED, topic="recording"),
        Item("20", _DESIGN, "Whether notes were taken in the field.", _ASKED, (material.memos,)),
        Item("21", _DESIGN, "How long interviews or groups took.", _LOG, (material.duration,)),
        Item("22", _DESIGN, "Whether saturation was considered.", _LOG, (coding.saturation,)),
        Item(
            "23",
            _DESIGN,
            "Whether transcripts went back to participants.",
            _LOG,
            (material.returned,),
            topic="returned",
        ),
        Item("24", _ANALYSIS, "How many people coded.", _LOG, (material.coders,)),
        Item("25", _ANALYSIS, "What the coding tree looks like.", _LOG, (coding.coding_tree,)),
        Item("26", _ANALYSIS, "Whether themes were set beforehand or come from the data.", _LOG, (coding.derivation,)),
        Item("27", _ANALYSIS, "Which software was used.", _LOG, (material.software,)),
        Item(
            "28",
            _ANALYSIS,
            "Whether participants commented on the findings.",
            _LOG,
            (material.commented,),
            topic="checking",
        ),
        Item("29", _ANALYSIS, "Quotes for the findings, each with its participant.", _LOG, (themes.quotes,)),
        Item("30", _ANALYSIS, "Whether data and findings fit each other.", _AUTHORS, (themes.collated,)),
        Item("31", _ANALYSIS, "The major themes.", _LOG, (themes.major_themes,)),
        Item("32", _ANALYSIS, "Minor themes and cases that differ.", _LOG, (themes.minor_themes,)),
    ),
)
