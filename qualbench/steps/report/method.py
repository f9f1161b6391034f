"""The method of a study, drafted in the past tense from what its log shows; every gap is named, none is filled."""

from collections import Counter
from collections.abc import Callable, Iterator

from qualbench.model import PROFILES, AgreementUse, AuditorUse, Method, Outcome, SaturationUse
from qualbench.steps.report.agreed import overall, unit_named
from qualbench.steps.report.blocks import Block, Heading
from qualbench.steps.report.content import Report
from qualbench.steps.report.decided import DecisionLine
from qualbench.steps.report.gaps import Drafted
from qualbench.steps.report.words import Words
from qualbench.text import one_line

_DEDUCTIVE = ("deductive", "a priori")
_INDUCTIVE = ("inductive", "in vivo", "emergent")
"""How the origin of a code begins, in codebooks of any source."""


def method_section(report: Report, words: Words) -> Iterator[Block]:
    """The draft, a paragraph for each thing that journals ask about."""
    settling = "method.head.differences" if report.reflexive else "method.head.agreement"
    parts: tuple[tuple[str, Callable[[Report, Words, Drafted], None]], ...] = (
        ("method.head.approach", _approach),
        ("method.head.material", _material),
        ("method.head.coding", _coding),
        (settling, _differences if report.reflexive else _settling),
        ("method.head.themes", _themes),
    )
    for heading, write in parts:
        text = Drafted(words)
        write(report, words, text)
        yield Heading(words.say(heading))
        yield text.paragraph()


def _approach(report: Report, words: Words, text: Drafted) -> None:
    text.say("method.follows", method=words.say(f"method.{report.study.method}"))
    for change in report.history.method_changes:
        before, after = (words.say(f"method.{one}") for one in (change.before, change.method))
        text.say("method.changed", before=before, method=after, date=change.date, reason=_sentence(change.reason))
    if report.reflexive:
        text.say("method.reflexive")
    text.gap("gap.approach")
    text.gap("gap.position")
    if report.study.method is Method.CQR:
        text.gap("gap.bias")
    if report.history.software:
        text.say("method.software", software=report.history.software)


def _sentence(reason: str) -> str:
    """A reason in one line, with a full stop."""
    line = one_line(reason)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _material(report: Report, words: Words, text: Drafted) -> None:
    text.gap("gap.sampling")
    text.gap("gap.collection")
    text.gap("gap.recording")
    total = sum(line.words for line in report.transcripts)
    text.say(
        "method.material",
        transcripts=words.say("transcripts", n=len(report.transcripts)),
        words=words.say("words", n=total),
        participants=words.say("participants", n=report.participants),
    )
    if report.history.groups:
        text.say("method.groups", n=report.history.groups)
    _names(report, words, text)
    if report.history.corrected:
        number = report.history.corrected
        text.say("method.corrected", n=number, transcripts=words.say("transcripts", n=number))
    text.gap("gap.ethics")


def _names(report: Report, words: Words, text: Drafted) -> None:
    """In how many transcripts names were replaced and how many people reviewed each; what was done and no more."""
    reviewed = Counter(line.reviewers for line in report.transcripts if line.reviewers is not None)
    if not reviewed:
        text.gap("gap.names")
        return
    text.say("method.names", share=words.share(reviewed.total(), len(report.transcripts), "transcripts"))
    for people, number in sorted(reviewed.items(), reverse=True):
        by = words.say("people", n=people) if people else words.say("nobody")
        text.say("method.reviewed", n=number, transcripts=words.say("transcripts", n=number), people=by)


# --- coding ------------------------------------------------------------------------------------------------


def _coding(report: Report, words: Words, text: Drafted) -> None:
    history, names = report.history, words.listed(report.coders)
    if history.segments:
        unit = unit_named(history.unit, words)
        text.say("method.units", segments=words.say("segments", n=history.segments), unit=unit)
    if report.study.coders == 1:
        text.say("method.one_coder", names=names)
    elif report.coders:
        text.say("method.coders", coders=words.say("coders", n=report.study.coders), names=names)
    else:
        text.say("method.coders_unnamed", coders=words.say("coders", n=report.study.coders))
    text.gap("gap.coders")
    if history.double_coded and not report.reflexive:
        text.say("method.double", share=words.share(history.double_coded, history.all_segments, "segments"))
    if history.late:
        text.say("passes.late", n=history.late)
    if history.rounds:
        rounds = words.listed([one.name for one in history.rounds])
        text.say("method.rounds", rounds=words.say("rounds", n=len(history.rounds)), names=rounds)
    _codebook(report, words, text)
    _helped(report, words, text)


def _codebook(report: Report, words: Words, text: Drafted) -> None:
    releases = report.history.releases
    if not releases:
        return
    last = releases[-1]
    codes = words.say("codes", n=len(last.codebook.codes))
    text.say("method.codebook", codes=codes, version=last.codebook.version, date=last.date[:10])
    sources = [code.origin.strip().casefold() for code in last.codebook.codes]
    deductive, inductive = (sum(one.startswith(kind) for one in sources) for kind in (_DEDUCTIVE, _INDUCTIVE))
    if deductive or inductive:
        text.say("method.origins", deductive=deductive, inductive=inductive)
    if len(releases) > 1:
        dated = [words.say("method.version", version=one.codebook.version, date=one.date[:10]) for one in releases]
        text.say("method.versions", versions=words.say("versions", n=len(releases)), names=words.listed(dated))


def _helped(report: Report, words: Words, text: Drafted) -> None:
    told = [
        words.say("method.suggested_to", name=name, taken=taken, refused=refused)
        for name, (taken, refused) in sorted(report.history.suggestions.items())
    ]
    if told:
        text.say("method.suggested", names=words.listed(told))
    else:
        text.say("method.not_suggested")
    if report.history.memos:
        text.say("method.memos", memos=words.say("memos", n=report.history.memos))


# --- differences -------------------------------------------------------------------------------------------


def _settling(report: Report, words: Words, text: Drafted) -> None:
    if report.study.coders > 1:
        if report.agreement:
            text.gap("gap.rationale")
            text.say("method.agreement", figures=overall(report.agreement, words))
            text.gap("gap.threshold")
        else:
            text.say("method.no_agreement")
            text.gap("gap.agreement")
    settled = _settled(report)
    if settled:
        tally = words.tally(Counter(words.say(f"outcome.{one.outcome}") for one in settled).items())
        what = words.say("disagreements", n=len(settled))
        dates = sorted(one.date for one in settled)
        text.say("method.consensus", n=len(settled), what=what, first=dates[0], last=dates[-1], tally=tally)
    if report.open_items:
        text.say("method.still_open", n=report.open_items, what=words.say("disagreements", n=report.open_items))
    history = report.history
    if PROFILES[report.study.method].agreement is AgreementUse.BEFORE_AND_AFTER and history.double_coded:
        text.say("method.negotiated", share=words.share(history.one_reading, history.double_coded, "segments"))
    text.gap("gap.sessions")
    if PROFILES[report.study.method].auditor is AuditorUse.REQUIRED:
        text.gap("gap.auditor")


def _settled(report: Report) -> list[DecisionLine]:
    """The decisions in force that settle something: one that was put off settles nothing."""
    return [one for one in report.decisions if not one.superseded and one.outcome is not Outcome.DEFERRED]


def _differences(report: Report, words: Words, text: Drafted) -> None:
    settled = _settled(report)
    if settled:
        dates = sorted(one.date for one in settled)
        what = words.say("differences", n=len(settled))
        text.say("method.differences", n=len(settled), what=what, first=dates[0], last=dates[-1])
    if report.open_items:
        text.say("method.still_open", n=report.open_items, what=words.say("differences", n=report.open_items))
    text.gap("gap.sessions")


def _themes(report: Report, words: Words, text: Drafted) -> None:
    top = sum(not one.over for one in report.themes)
    under = len(report.themes) - top
    themes = words.say("themes", n=top)
    if not report.themes:
        text.say("method.no_theme")
    elif under:
        text.say("method.themes_under", themes=themes, subthemes=words.say("subthemes", n=under))
    else:
        text.say("method.themes", n=top, themes=themes)
    text.gap("gap.themes")
    if report.themes:
        states = Counter(words.say(f"state.{one.theme.state}") for one in report.themes)
        text.say("method.states", tally=words.tally(states.items()))
    past = len(report.history.past_themes)
    if past:
        text.say("method.given_up", n=past, themes=words.say("themes", n=past))
    if any(one.quotes for one in report.themes):
        text.say("method.quotes")
    if PROFILES[report.study.method].saturation is SaturationUse.ON:
        text.gap("gap.saturation")
    text.gap("gap.checking")
