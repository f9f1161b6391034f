"""Every kind of fact: which class of the audit trail it is a record of, and what is said of one and of many.

The classes are those of Lincoln & Guba (1985, pp. 319-320 and 382-384, after Halpern 1983). In braces stand things by
the names that the team gave them, places, and numbers: never words of participants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualbench.model import TrailClass


@dataclass(frozen=True, slots=True)
class Telling:
    """How facts of a kind are told."""

    trail_class: TrailClass
    one: str
    many: str = ""
    """Of several; `{n}` is their number and `{where}` what they are in."""
    follows: bool = False
    """It follows from another fact of the same action, and is told only where it stands alone."""


def _of(trail_class: TrailClass, **told: str | tuple[str, str]) -> dict[str, Telling]:
    """Tellings of one class; a kind that follows from others has a bar before it."""
    found = {}
    for kind, said in told.items():
        one, many = (said, "") if isinstance(said, str) else said
        found[kind.removeprefix("_")] = Telling(trail_class, one, many, kind.startswith("_"))
    return found


_RAW = _of(
    TrailClass.RAW,
    transcript_imported=("imported {transcript}", "imported {n} transcripts"),
    deidentified=("sealed {transcript} with names and details replaced", "sealed {n} transcripts with names replaced"),
    _speaker_set=("said who a speaker of {transcript} is", "said who {n} speakers in {where} are"),
    _segmented=("cut {transcript} into segments", "cut {n} transcripts into segments"),
    transcript_corrected=("corrected {transcript}, now version {version}", "corrected {n} transcripts"),
    words_erased=("erased words of {transcript}; this line stands in their place", "erased words of {where}"),
    _participant_added=("added the participant {participant}", "added {n} participants"),
    _attribute_set=("set '{name}' of {participant}", "set {n} attributes of participants"),
    participant_withdrawn=("recorded that {participant} no longer takes part", "recorded that {n} withdrew"),
    reply_received=("received an answer of {participant}: {reply}", "received {n} answers of participants"),
    reply_applied=("applied an answer of {participant} to {transcript}", "applied {n} answers of participants"),
)
_REDUCTION = _of(
    TrailClass.REDUCTION,
    pass_opened=("began to code {transcript}", "began to code {where}"),
    code_applied=("applied {code} at {place}", "applied codes in {n} places of {where}: {codes}"),
    code_removed=("removed a code in {transcript}", "removed {n} codes in {where}"),
    nothing_marked=("marked that nothing applies at {place}", "marked nothing applies on {n} segments of {where}"),
    rest_marked=(
        "marked that nothing applies on the rest of {transcript}",
        "marked nothing applies on the rest of {where}",
    ),
    nothing_cleared=(
        "took back that nothing applies at {place}",
        "took back {n} times that nothing applies in {where}",
    ),
    memo_written=("wrote a memo at {place}", "wrote {n} memos in {where}"),
    memo_removed=("removed a memo in {transcript}", "removed {n} memos in {where}"),
    pass_submitted=("handed in the coding of {transcript}", "handed in the coding of {where}"),
    pass_updated=("went on coding {transcript} with codebook {version}", "went on with a later codebook in {where}"),
    doubt_settled=("looked at a doubtful place of {transcript}", "looked at {n} doubtful places of {where}"),
    code_proposed=("proposed a new code at {place}", "proposed {n} new codes in {where}"),
    rechecked=("looked again at {place} for {code}", "looked again at {n} segments of {where}: {codes}"),
    suggestion_answered=("answered the suggestion of {code} at {place}", "answered {n} suggestions in {where}"),
    extract_starred=("starred an extract at {place}", "starred {n} extracts in {where}"),
    extract_unstarred=("took a star off in {transcript}", "took {n} stars off in {where}"),
    _codings_carried=(
        "carried the coding of {transcript} over to its new version",
        "carried the coding of {where} over",
    ),
    core_idea_written=("wrote a core idea of {case} in {domain}", "wrote {n} core ideas"),
    core_idea_removed=("removed a core idea of {case}", "removed {n} core ideas"),
    core_ideas_submitted=("handed in the core ideas of {case}", "handed in the core ideas of {n} cases"),
    core_idea_agreed=("agreed with the team on a core idea of {case} in {domain}", "agreed on {n} core ideas"),
    core_idea_dropped=("dropped a core idea of the team", "dropped {n} core ideas of the team"),
)
_RECONSTRUCTION = _of(
    TrailClass.RECONSTRUCTION,
    category_proposed=("proposed a category in {case}", "proposed {n} categories"),
    category_withdrawn=("withdrew a category in {case}", "withdrew {n} categories"),
    categories_submitted=("handed in the categories of {case}", "handed in the categories of {n} domains"),
    category_agreed=("agreed with the team on a category in {domain}", "agreed with the team on {n} categories"),
    category_dropped=("dropped a category of the team", "dropped {n} categories of the team"),
    theme_created=("made the theme '{name}'", "made {n} themes: {themes}"),
    theme_renamed=("named a theme '{name}'", "named {n} themes anew: {themes}"),
    theme_described=("wrote the central idea of '{theme}'", "wrote the central idea of {n} themes: {themes}"),
    theme_dropped=("dropped the theme '{theme}'", "dropped {n} themes: {themes}"),
    theme_placed=("put the theme '{theme}' in another place", "put {n} themes in other places"),
    theme_written=("wrote the {field} of '{theme}'", "wrote {n} texts about themes: {themes}"),
    theme_stated=("took '{theme}' to the state: {state}", "gave {n} themes a state: {themes}"),
    themes_merged=("merged themes into '{into}': {themes}", "merged themes {n} times"),
    theme_split=("split the theme '{theme}'", "split {n} themes: {themes}"),
    code_gathered=("gathered {code} under '{theme}'", "gathered {n} codes under '{theme}': {codes}"),
    code_released=("took {code} out of '{theme}'", "took {n} codes out of '{theme}': {codes}"),
    quote_picked=("picked a quote at {place} for '{theme}'", "picked {n} quotes for '{theme}'"),
    quote_dropped=("dropped the quote at {quote}", "dropped {n} quotes"),
    quote_used=("said what the quote at {quote} is for: {use}", "said what {n} quotes are for"),
    quote_edited=("edited the quote at {quote}", "edited {n} quotes"),
    quote_moved=("moved the quote at {quote} in '{theme}'", "moved {n} quotes"),
    star_put_aside=("put a starred extract aside, or back", "put {n} starred extracts aside, or back"),
    _quotes_carried=(
        "carried the quotes of {transcript} over to its new version",
        "carried the quotes of {where} over",
    ),
    query_saved=("saved the query '{name}'", "saved {n} queries"),
    query_dropped=("dropped the query '{name}'", "dropped {n} queries"),
    negative_case_marked=("said whether {participant} speaks against {against}", "looked at {n} negative cases"),
    attribute_reasoned=("said why {participant} has its value of '{name}'", "said why {n} values are what they are"),
)
_PROCESS = _of(
    TrailClass.PROCESS,
    item_decided=("settled the disagreement at {place}: {outcome}", "settled {n} disagreements in {where}: {outcome}"),
    action_linked=("linked a change of the codebook to a decision in {transcript}", "linked {n} changes to decisions"),
    _decisions_carried=("carried the decisions on {transcript} over to its new version", "carried decisions over"),
    session_opened=("opened a consensus session with {people}", "opened {n} consensus sessions"),
    session_stated=("took the session of {session} to the state: {state}", "stated {n} times how sessions stand"),
    transcript_opened=("opened {transcript}", "opened {n} transcripts"),
    opening_taken_back=("took back that {transcript} was opened", "took back {n} times that something was opened"),
    method_changed=("changed the method to {method}", "changed the method {n} times"),
    phase_entered=("entered the phase: {phase}", "entered {n} phases"),
    cases_counted=("said what one case is: a {by}", "said {n} times what one case is"),
    round_planned=("planned the round '{name}'", "planned {n} rounds"),
    round_withdrawn=("gave up the round '{round}'", "gave up {n} rounds"),
    work_list_set=("bound the round '{round}' to the query '{query}'", "bound {n} rounds to queries"),
    agreement_run=("computed and kept an agreement", "computed and kept {n} agreements"),
    run_kept=("computed and kept a result: {what}", "computed and kept {n} results"),
    benchmark_chosen=("chose the limits for coefficients: {benchmark}", "chose limits {n} times"),
    export_allowed=("answered for what a check had found, and let it leave: {what}", "let {n} things leave"),
    judges_named=("named the judges of {case}: {judges}", "named the judges of {n} cases"),
    case_stated=("took the case {case} to the state: {state}", "stated {n} times how far cases have come"),
    comment_made=("commented as auditor on a {on}", "made {n} comments as auditor"),
    comment_answered=("answered a comment of the auditor", "answered {n} comments of the auditor"),
    comment_seen=("looked at the answer to a comment", "looked at {n} answers to comments"),
    check_stated=("took the check with {participant} to the state: {state}", "stated {n} checks with participants"),
    checklist_answered=("answered an item of the checklist {checklist}: {item}", "answered {n} items of checklists"),
    person_added=("added {name} to the team", "added {n} people to the team"),
    roles_given=("said what {person} is in the study: {roles}", "said what {n} people are in the study"),
    device_introduced=("introduced a device", "introduced {n} devices"),
    person_recognised=("said that a device is {person}'s", "said whose {n} devices are"),
    keeper_named=("named who keeps packages until all are in", "named {n} times who keeps packages"),
    step_undone="undid",
    step_redone="did again",
)
_INTENTIONS = _of(
    TrailClass.INTENTIONS,
    study_created="began the study '{name}': {method}",
    note_written=("wrote a memo on {memo}", "wrote {n} memos"),
    note_removed=("removed a memo", "removed {n} memos"),
)
_INSTRUMENTS = _of(
    TrailClass.INSTRUMENTS,
    codebook_released=("released version {version} of the codebook", "released {n} versions of the codebook"),
    code_drafted=("wrote about {code} in the draft of the codebook", "wrote about {n} codes in the draft: {codes}"),
    code_placed=("put {code} in another place of the draft", "put {n} codes in other places of the draft: {codes}"),
    codes_merged=("merged codes into {into} in the draft: {codes}", "merged codes {n} times in the draft"),
    code_split=("split {code} in the draft", "split {n} codes in the draft: {codes}"),
    code_dropped=("dropped {code} from the draft", "dropped {n} codes from the draft"),
    attribute_defined=("defined the attribute '{name}' of participants", "defined {n} attributes of participants"),
    profile_saved=("saved the import profile '{name}'", "saved {n} import profiles"),
    speech_counted=("said whether interviewers' speech counts", "said {n} times whose speech counts"),
    favourite_set=("kept a code on a key, or freed it", "kept codes on {n} keys, or freed them"),
    suggestions_switched=("turned suggestions of codes on or off", "turned suggestions on or off {n} times"),
)
TELLINGS: Mapping[str, Telling] = {
    **_RAW, **_REDUCTION, **_RECONSTRUCTION, **_PROCESS, **_INTENTIONS, **_INSTRUMENTS,
}  # fmt: skip
"""Every kind by its name in the journal."""

LEADS = frozenset({
    "theme_split", "themes_merged", "code_split", "codes_merged", "codebook_released", "transcript_corrected",
    "participant_withdrawn", "method_changed", "reply_applied",
})  # fmt: skip
"""What an action is told by first, whatever it had to state before."""


def kinds_of(trail_class: TrailClass) -> tuple[str, ...]:
    """The kinds that are records of a class."""
    return tuple(kind for kind, one in TELLINGS.items() if one.trail_class is trail_class)
