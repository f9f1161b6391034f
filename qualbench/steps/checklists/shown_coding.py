"""What the log shows of the codebook, of agreement and of consensus.

Every function answers with no fact for an empty study: an item is never done because nobody looked.
"""

from __future__ import annotations

from qualbench.steps.checklists.items import Shown
from qualbench.steps.checklists.log import Log
from qualbench.steps.checklists.wording import between, listed
from qualbench.text import counted, percent

Facts = tuple[Shown, ...]

# --- the codebook ------------------------------------------------------------------------------------------------


def coding_tree(log: Log) -> Facts:
    """The codes and how they are ordered."""
    here = log.book
    if not here.versions or not here.codes:
        return ()
    version, day = here.versions[-1]
    words = f"{counted(here.codes, 'code')} on {counted(here.levels, 'level')}, {here.defined} with a definition."
    return (Shown(words, f"codebook {version}, released {day}"),)


def codebook_versions(log: Log) -> Facts:
    """When the codes were fixed, and how often."""
    if not log.book.versions:
        return ()
    first, last = log.book.versions[0], log.book.versions[-1]
    used = f"; coded under {listed(log.coding.versions)}" if log.coding.versions else ""
    words = f"{counted(len(log.book.versions), 'version')} released, {first[0]} on {first[1]}"
    words += f" and {last[0]} on {last[1]}" if last != first else ""
    return (Shown(f"{words}{used}.", "releases of the codebook"),)


def derivation(log: Log) -> Facts:
    """Where codes come from, as far as it was written at each."""
    here = log.book
    if not (here.deductive or here.inductive):
        return ()
    rest = here.codes - here.deductive - here.inductive
    unsaid = f"; of {counted(rest, 'code')} the origin is not written" if rest else ""
    words = f"{here.deductive} codes set beforehand, {here.inductive} from the data{unsaid}."
    return (Shown(words, f"origins in codebook {here.versions[-1][0]}"),) if here.versions else ()


def attention(log: Log) -> Facts:
    """Whether every part of the data was looked at."""
    here = log.coding
    if not here.segments:
        return ()
    words = f"{here.complete:,} of {here.segments:,} segments of {counted(here.opened, 'opened transcript')} "
    words += "are decided by every coder of theirs"
    left = here.segments - here.complete
    share = f"; {percent(left / here.segments)} were skipped." if left else "."
    return (Shown(words + share, "passes on opened transcripts", holds=2 * left < here.segments), *_each(log))


def _each(log: Log) -> Facts:
    """The transcript with the smallest share decided, and for how long transcripts were coded."""
    each = [one for one in log.coding.by_transcript if one[2]]
    if len(each) < 2:
        return ()
    name, decided, every, _ = min(each, key=lambda one: one[1] / one[2])
    days = [one[3] for one in each]
    words = f"Least in {name}: {decided} of {counted(every, 'segment')} ({percent(decided / every)}). "
    words += f"Passes on a transcript took {between(str(min(days)), str(max(days)))} days."
    return (Shown(words, "passes on opened transcripts, transcript by transcript"),)


# --- agreement and consensus -------------------------------------------------------------------------------------


def double_coding(log: Log) -> Facts:
    """How much was coded by two and more."""
    here = log.coding
    if not (here.double and here.of_all):
        return ()
    share = percent(here.double / here.of_all)
    words = f"{here.double:,} of {here.of_all:,} segments of the study ({share}) have two readings or more."
    return (Shown(words, "passes on opened transcripts"),)


def drawn(log: Log) -> Facts:
    """How what was coded twice was chosen."""
    return tuple(Shown(f"{name}: {how}", f"round planned {day}") for name, day, how in log.coding.rounds if how)


def runs(log: Log) -> Facts:
    """Agreement that was computed and kept."""
    return tuple(
        Shown(
            f"Krippendorff's alpha of {listed(one.coders)} on {one.units:,} segments, {one.defined} of "
            f"{counted(one.codes, 'code')} with a value{_range(one.lowest, one.highest)}.",
            f"agreement run {one.id}, {one.day}",
        )
        for one in log.runs
    )


def _range(lowest: float | None, highest: float | None) -> str:
    return "" if lowest is None or highest is None else f", {lowest:.2f} to {highest:.2f}"


def trust(log: Log) -> Facts:
    """What was done so that readings can be relied on: agreement, consensus."""
    return (*runs(log), *settled(log))


def per_code(log: Log) -> Facts:
    """That values are kept for each code, with their limits."""
    kept = [one for one in log.runs if one.defined]
    return tuple(
        Shown(f"A value for each of {one.defined} codes; limits: {one.interval}.", f"agreement run {one.id}, {one.day}")
        for one in kept[-1:]
    )


def when_run(log: Log) -> Facts:
    """When in the work agreement was assessed."""
    here = log.coding
    return tuple(
        Shown(f"Kept on {one.day}, over {one.after_passes}; coding went from {between(here.first, here.last)}.",
              f"agreement run {one.id}")
        for one in log.runs
    )  # fmt: skip


def threshold(log: Log) -> Facts:
    """Whose limits the values are held against, once there are values."""
    return (Shown(log.benchmark, "benchmark of the study"),) if log.benchmark and log.runs else ()


def settled(log: Log) -> Facts:
    """How differences were settled."""
    here = log.settling
    if not here.decided and not here.apart:
        return ()
    rest = [
        f"{number} {word}"
        for number, word in ((here.apart, "kept apart"), (here.deferred, "deferred"), (here.open, "not decided yet"))
        if number
    ]
    words = f"{counted(here.decided, 'disagreement')} decided in consensus, both readings kept"
    reasons = ", ".join(f"{name} {number}" for name, number in here.reasons)
    told = f"{words}{', ' + ', '.join(rest) if rest else ''}. Reasons: {reasons}."
    return (Shown(told, f"decisions of {between(here.first, here.last)}"),)


def saturation(log: Log) -> Facts:
    """What first uses of codes say, where the method asks for saturation."""
    return (Shown(log.saturation, "first use of each code on opened transcripts"),) if log.saturation else ()
