"""Consensual qualitative research: cases, core ideas, categories, frequency labels, comments.

cases       what a case is, who judges it, how far it is    frequency  the table of the cross-analysis
ideas       core ideas, each judge's and the team's         subgroups  two rules for a difference
categories  proposed alone, then agreed                     stability  two cases left out and put back
comments    auditors, and the team's answers                writing    tables and logs as files
"""

from qualbench.steps.cqr.cases import CASE_RULES, Case, CaseTurn, Passage, next_state
from qualbench.steps.cqr.comments import AUDITOR, ON, ROLES, UNANSWERED, AuditorsComment, only_audits
from qualbench.steps.cqr.frequency import Row, Sample, Table, in_order, table
from qualbench.steps.cqr.stability import Stability, Steadiness
from qualbench.steps.cqr.subgroups import Compared, Comparison

__all__ = [
    "AUDITOR",
    "CASE_RULES",
    "ON",
    "ROLES",
    "UNANSWERED",
    "AuditorsComment",
    "Case",
    "CaseTurn",
    "Compared",
    "Comparison",
    "Passage",
    "Row",
    "Sample",
    "Stability",
    "Steadiness",
    "Table",
    "in_order",
    "next_state",
    "only_audits",
    "table",
]
