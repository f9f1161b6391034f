"""JARS-Qual: the reporting standards of the American Psychological Association, by section, in our own words."""

from qualbench.steps.checklists import shown_coding as coding
from qualbench.steps.checklists import shown_material as material
from qualbench.steps.checklists import shown_themes as themes
from qualbench.steps.checklists.items import Checklist, Fill, Item

_LOG, _ASKED, _AUTHORS = Fill.LOG, Fill.ASKED, Fill.AUTHORS
_FRONT, _METHOD, _INTEGRITY = "Title to introduction", "Method", "Methodological integrity"
_FINDINGS = "Findings and discussion"

JARS = Checklist(
    "jars",
    "JARS-Qual",
    "Levitt et al. 2018, Am Psychol 73(1), 26-46",
    "The source has sections and no numbers; the numbers J1 to J24 and the words are ours.",
    (
        Item("J1", _FRONT, "Title and author note: issue, approach, funding, conflicts.", _AUTHORS),
        Item("J2", _FRONT, "Abstract.", _AUTHORS),
        Item("J3", _FRONT, "The problem and what is known of it.", _AUTHORS),
        Item("J4", _FRONT, "Purpose, questions, and why this approach.", _AUTHORS),
        Item("J5", _METHOD, "The design in short: collection, analysis, approach.", _LOG, (material.approach,)),
        Item("J6", _METHOD, "The researchers, what they knew and expected.", _LOG, (material.perspective,)),
        Item("J7", _METHOD, "Participants or sources: how many, and what matters about them.", _LOG,
             (material.participants, material.sample)),
        Item("J8", _METHOD, "How researchers and participants stood to each other.", _ASKED, topic="relationship"),
        Item("J9", _METHOD, "How participants were found, with consent and ethics.", _ASKED, topic="recruitment"),
        Item("J10", _METHOD, "How they were chosen, and when it was enough.", _ASKED, (coding.saturation,), "sampling"),
        Item("J11", _METHOD, "How data were collected: form, questions, duration, place.", _ASKED,
             (material.transcripts, material.duration)),
        Item("J12", _METHOD, "How the talk was recorded.", _ASKED, topic="recording"),
        Item("J13", _METHOD, "What was done to the texts before the analysis.", _LOG, (material.processing,)),
        Item("J14", _METHOD, "The analysis: who coded what, in which units, and when codes were fixed.", _LOG,
             (material.coders, material.units, coding.codebook_versions, coding.derivation, material.software)),
        Item("J15", _INTEGRITY, "Adequacy: whether the data can answer the question.", _AUTHORS,
             (material.transcripts, themes.spread)),
        Item("J16", _INTEGRITY, "How researchers dealt with their own perspectives.", _LOG, (material.perspective,)),
        Item("J17", _INTEGRITY, "Groundedness: findings rest on the data.", _LOG, (themes.quotes, themes.collated)),
        Item("J18", _INTEGRITY, "Meaningfulness and coherence of the findings.", _AUTHORS, (themes.distinct,)),
        Item("J19", _INTEGRITY, "Consistency: agreement if it was used, and how differences were settled.", _LOG,
             (coding.trust,)),
        Item("J20", _INTEGRITY, "Further checks, by participants, auditors or the team.", _ASKED, (themes.held,),
             "checking"),
        Item("J21", _FINDINGS, "The findings, and how the analysis led to them.", _LOG,
             (themes.major_themes, themes.minor_themes)),
        Item("J22", _FINDINGS, "Quotes or other evidence for them.", _LOG, (themes.quotes,)),
        Item("J23", _FINDINGS, "What the findings add, and other readings of them.", _AUTHORS),
        Item("J24", _FINDINGS, "Strengths, limits and how far findings may be carried.", _AUTHORS),
    ),
)  # fmt: skip
