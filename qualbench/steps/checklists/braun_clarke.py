"""The fifteen points of good thematic analysis (Braun & Clarke 2006, table 2), in our own words."""

from qualbench.steps.checklists import shown_coding as coding
from qualbench.steps.checklists import shown_material as material
from qualbench.steps.checklists import shown_themes as themes
from qualbench.steps.checklists.items import Checklist, Fill, Item

_LOG, _ASKED, _AUTHORS = Fill.LOG, Fill.ASKED, Fill.AUTHORS
_TRANSCRIPTION, _CODING, _ANALYSIS, _OVERALL, _REPORT = (
    "Transcription", "Coding", "Analysis", "Overall", "Written report",
)  # fmt: skip

BRAUN_CLARKE = Checklist(
    "braun-clarke",
    "Braun & Clarke",
    "Braun & Clarke 2006, Qual Res Psychol 3(2), 77-101, table 2",
    "For thematic analysis; point numbers are those of the source, the words are ours.",
    (
        Item("1", _TRANSCRIPTION, "Transcripts are detailed enough and were held against the recording.", _ASKED,
             (material.processing,), "transcription"),
        Item("2", _CODING, "Every part of the data got equal attention.", _LOG, (coding.attention,)),
        Item("3", _CODING, "Themes rest on thorough coding, not on a few vivid places.", _LOG, (themes.spread,)),
        Item("4", _CODING, "All extracts of each theme are gathered.", _LOG, (themes.collated,)),
        Item("5", _CODING, "Themes were held against one another and against the data.", _LOG, (themes.held,)),
        Item("6", _CODING, "Themes are coherent and distinct.", _LOG, (themes.distinct,)),
        Item("7", _ANALYSIS, "Data are interpreted, not retold.", _AUTHORS),
        Item("8", _ANALYSIS, "Extracts show what is claimed.", _AUTHORS, (themes.quotes,)),
        Item("9", _ANALYSIS, "The analysis tells a story that convinces.", _AUTHORS),
        Item("10", _ANALYSIS, "Narrative and extracts are in balance.", _LOG, (themes.balance,)),
        Item("11", _OVERALL, "Every phase got the time it needs.", _AUTHORS,
             (themes.phases, themes.phases_said, material.familiarisation)),
        Item("12", _REPORT, "Approach and assumptions are said.", _AUTHORS, (material.approach,)),
        Item("13", _REPORT, "What was done is what is said to have been done.", _LOG, (themes.as_said,)),
        Item("14", _REPORT, "The language fits the stance.", _LOG, (themes.language,)),
        Item("15", _REPORT, "Researchers are seen at work; themes do not emerge by themselves.", _LOG,
             (material.perspective,)),
    ),
)  # fmt: skip
