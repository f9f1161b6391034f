"""SRQR: any qualitative study, 21 items, in our own words."""

from qualbench.steps.checklists import shown_coding as coding
from qualbench.steps.checklists import shown_material as material
from qualbench.steps.checklists import shown_themes as themes
from qualbench.steps.checklists.items import Checklist, Fill, Item

_LOG, _ASKED, _AUTHORS = Fill.LOG, Fill.ASKED, Fill.AUTHORS
_FRONT, _METHODS, _RESULTS = "Title to purpose", "Methods", "Results"
_DISCUSSION, _OTHER = "Discussion", "Other"

SRQR = Checklist(
    "srqr",
    "SRQR",
    "O'Brien et al. 2014, Acad Med 89(9), 1245-1251",
    "For any qualitative study; item numbers are those of the source, the words are ours.",
    (
        Item("S1", _FRONT, "A title that says topic and approach.", _AUTHORS),
        Item("S2", _FRONT, "An abstract with the parts the journal wants.", _AUTHORS),
        Item("S3", _FRONT, "The problem, why it matters, what is known.", _AUTHORS),
        Item("S4", _FRONT, "Purpose and questions.", _AUTHORS),
        Item("S5", _METHODS, "Approach and paradigm, with the reason for them.", _LOG, (material.approach,)),
        Item("S6", _METHODS, "Who the researchers are to the study.", _LOG, (material.perspective,)),
        Item("S7", _METHODS, "Setting and what around it matters.", _AUTHORS, topic="setting"),
        Item("S8", _METHODS, "How participants or events were chosen, and when it was enough.", _ASKED,
             (coding.saturation,), "sampling"),
        Item("S9", _METHODS, "Ethical approval, consent, and how data are kept safe.", _ASKED, topic="ethics"),
        Item("S10", _METHODS, "What was collected, how and when.", _ASKED, (material.transcripts,)),
        Item("S11", _METHODS, "Guides, recorders and whatever else was used.", _ASKED, topic="guide"),
        Item("S12", _METHODS, "How many participants, documents or events, and what they are.", _LOG,
             (material.participants, material.transcripts, material.sample)),
        Item("S13", _METHODS, "What was done to the data: transcription, integrity, names.", _LOG,
             (material.processing,)),
        Item("S14", _METHODS, "How codes and themes came about, and by whom.", _LOG,
             (material.coders, material.units, coding.codebook_versions, coding.derivation)),
        Item("S15", _METHODS, "What was done so that the analysis can be trusted.", _LOG,
             (coding.trust, themes.held)),
        Item("S16", _RESULTS, "The main findings.", _LOG, (themes.major_themes, themes.minor_themes)),
        Item("S17", _RESULTS, "Evidence for the findings: quotes, notes.", _LOG, (themes.quotes,)),
        Item("S18", _DISCUSSION, "How findings stand to earlier work, and how far they reach.", _AUTHORS),
        Item("S19", _DISCUSSION, "Limits.", _AUTHORS),
        Item("S20", _OTHER, "Conflicts of interest and how they were dealt with.", _ASKED, topic="conflicts"),
        Item("S21", _OTHER, "Funding and what funders had to do with it.", _ASKED, topic="funding"),
    ),
)  # fmt: skip
