"""What each kind of fact does to the ordinary tables: one rule for each kind.

A rule answers with a sentence when its fact does not fit (a coding that arrives after its pass was submitted, a
code under a theme that is gone) and then changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from qualbench import events as e
from qualbench.model import (
    AgendaSort,
    Benchmark,
    CaseState,
    CheckKind,
    CheckState,
    JudgingMode,
    Method,
    Outcome,
    QuoteUse,
    Reason,
    Reply,
    Role,
    SegmentRule,
    SessionState,
    ThemeField,
    ThemeState,
)
from qualbench.store.database import Connection
from qualbench.store.rules import (
    coding,
    cqr,
    members,
    notes,
    papers,
    people,
    saved,
    sessions,
    study,
    team,
    themes,
    transcripts,
)
from qualbench.store.rules.entry import Entry

__all__ = ["RULES", "Entry", "outcome_of"]


def outcome_of(db: Connection, entry: Entry, event: e.Event) -> str:
    """Bring the tables up to one more fact; a sentence when it does not fit, and then nothing changed."""
    if isinstance(event, e.InPass):
        event = coding.in_its_pass(db, event)
    for name, known in _WORDS.get(type(event), {}).items():
        if getattr(event, name) not in set(known):
            return f"'{getattr(event, name)}' is no {name} that this Qualbench knows."
    rule = RULES.get(type(event))
    return rule(db, entry, event) if rule else ""


_WORDS: Mapping[type[e.Event], Mapping[str, type[StrEnum]]] = {
    e.StudyCreated: {"method": Method},
    e.MethodChanged: {"method": Method},
    e.SessionOpened: {"sort": AgendaSort},
    e.SessionStated: {"state": SessionState},
    e.CheckStated: {"state": CheckState, "kind": CheckKind},
    e.ReplyReceived: {"reply": Reply},
    e.CaseStated: {"state": CaseState},
    e.JudgesNamed: {"mode": JudgingMode},
    e.BenchmarkChosen: {"benchmark": Benchmark},
    e.SpeakerSet: {"role": Role},
    e.Segmented: {"rule": SegmentRule},
    e.PassOpened: {"rule": SegmentRule},
    e.ItemDecided: {"outcome": Outcome, "reason": Reason},
    e.ThemeStated: {"state": ThemeState},
    e.ThemeWritten: {"field": ThemeField},
    e.QuoteUsed: {"use": QuoteUse},
}
"""The fields that must hold a word of the model, or no read could show them."""


RULES: Mapping[type[e.Event], Callable[[Connection, Entry, Any], str]] = {
    e.StudyCreated: study.study_created,
    e.PersonAdded: study.person_added,
    e.ParticipantAdded: study.participant_added,
    e.AttributeSet: study.attribute_set,
    e.AgreementRun: study.agreement_run,
    e.AttributeDefined: study.attribute_defined,
    e.ProfileSaved: study.profile_saved,
    e.SpeechCounted: study.speech_counted,
    e.TranscriptCorrected: transcripts.transcript_corrected,
    e.CodingsCarried: coding.codings_carried,
    e.DoubtSettled: coding.doubt_settled,
    e.DecisionsCarried: team.decisions_carried,
    e.QuotesCarried: themes.quotes_carried,
    e.BenchmarkChosen: study.benchmark_chosen,
    e.RoundPlanned: study.round_planned,
    e.RoundWithdrawn: study.round_withdrawn,
    e.CodebookReleased: study.codebook_released,
    e.CodeDrafted: study.drafted,
    e.CodePlaced: study.drafted,
    e.CodesMerged: study.drafted,
    e.CodeSplit: study.drafted,
    e.CodeDropped: study.drafted,
    e.FavouriteSet: study.favourite_set,
    e.SuggestionsSwitched: study.suggestions_switched,
    e.NoteWritten: notes.note_written,
    e.NoteRemoved: notes.note_removed,
    e.TranscriptImported: transcripts.transcript_imported,
    e.Deidentified: transcripts.deidentified,
    e.SpeakerSet: transcripts.speaker_set,
    e.Segmented: transcripts.segmented,
    e.PassOpened: coding.pass_opened,
    e.CodeApplied: coding.code_applied,
    e.CodeRemoved: coding.code_removed,
    e.NothingMarked: coding.nothing_marked,
    e.RestMarked: coding.rest_marked,
    e.NothingCleared: coding.nothing_cleared,
    e.MemoWritten: coding.memo_written,
    e.MemoRemoved: coding.memo_removed,
    e.CodeProposed: coding.code_proposed,
    e.PassUpdated: coding.pass_updated,
    e.Rechecked: coding.rechecked,
    e.SuggestionAnswered: coding.suggestion_answered,
    e.PassSubmitted: coding.pass_submitted,
    e.ExtractStarred: coding.extract_starred,
    e.ExtractUnstarred: coding.extract_unstarred,
    e.ItemDecided: team.item_decided,
    e.ThemeCreated: themes.theme_created,
    e.ThemeRenamed: themes.theme_renamed,
    e.ThemeDescribed: themes.theme_described,
    e.ThemeDropped: themes.theme_dropped,
    e.ThemePlaced: themes.theme_placed,
    e.ThemeWritten: themes.theme_written,
    e.ThemeStated: themes.theme_stated,
    e.ThemesMerged: themes.themes_merged,
    e.ThemeSplit: themes.theme_split,
    e.CodeGathered: themes.code_gathered,
    e.CodeReleased: themes.code_released,
    e.QuotePicked: themes.quote_picked,
    e.QuoteDropped: themes.quote_dropped,
    e.QuoteUsed: themes.quote_used,
    e.QuoteEdited: themes.quote_edited,
    e.QuoteMoved: themes.quote_moved,
    e.StarPutAside: themes.star_put_aside,
    e.QuerySaved: saved.query_saved,
    e.QueryDropped: saved.query_dropped,
    e.ChecklistAnswered: papers.checklist_answered,
    e.ParticipantWithdrawn: papers.participant_withdrawn,
    e.ExportAllowed: papers.export_allowed,
    e.WordsErased: transcripts.words_erased,
    e.TranscriptOpened: coding.transcript_opened,
    e.OpeningTakenBack: coding.opening_taken_back,
    e.ActionLinked: sessions.action_linked,
    e.SessionOpened: sessions.session_opened,
    e.SessionStated: sessions.session_stated,
    e.MethodChanged: study.method_changed,
    e.RolesGiven: study.roles_given,
    e.PhaseEntered: study.phase_entered,
    e.CasesCounted: study.cases_counted,
    e.RunKept: study.run_kept,
    e.WorkListSet: study.work_list_set,
    e.AttributeReasoned: study.attribute_reasoned,
    e.NegativeCaseMarked: themes.negative_case_marked,
    e.DeviceIntroduced: people.device_introduced,
    e.PersonRecognised: people.person_recognised,
    e.KeeperNamed: people.keeper_named,
    e.JudgesNamed: cqr.judges_named,
    e.CaseStated: cqr.case_stated,
    e.CoreIdeaWritten: cqr.core_idea_written,
    e.CoreIdeaRemoved: cqr.core_idea_removed,
    e.CoreIdeasSubmitted: cqr.handed_in,
    e.CoreIdeaAgreed: cqr.core_idea_agreed,
    e.CoreIdeaDropped: cqr.core_idea_dropped,
    e.CategoryProposed: cqr.category_proposed,
    e.CategoryWithdrawn: cqr.category_withdrawn,
    e.CategoriesSubmitted: cqr.handed_in,
    e.CategoryAgreed: cqr.category_agreed,
    e.CategoryDropped: cqr.category_dropped,
    e.CommentMade: cqr.comment_made,
    e.CommentAnswered: cqr.comment_answered,
    e.CommentSeen: cqr.comment_seen,
    e.CheckStated: members.check_stated,
    e.ReplyReceived: members.reply_received,
    e.ReplyApplied: members.reply_applied,
}
"""One rule for each kind; it returns a sentence when the fact does not fit."""
