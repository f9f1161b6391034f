"""The checks before words leave: names, people who withdrew, interviewers' words, redactions, rare combinations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qualbench.steps.care.findings import Check, Finding, finding
from qualbench.steps.care.leaving import Leaving
from qualbench.text import counted

FEWEST = 3
"""People who must share a combination of attributes before it is printed (k of k-anonymity)."""


def look(at: Leaving) -> tuple[Finding, ...]:
    """Everything that is found, check by check, each thing once."""
    found = [*_names(at), *_withdrawn(at), *_interviewers(at), *_redactions(at), *_rare(at)]
    return tuple({one.id: one for one in found}.values())


def _names(at: Leaving) -> Iterator[Finding]:
    for one in at.names:
        here = counted(len(one.strings), "place")
        sentence = f"{one.place}: {here} where a known original ({one.kind}) can be read."
        yield finding(Check.NAME, f"{one.key} {one.kind}", one.about, sentence, ", ".join(dict.fromkeys(one.strings)))


def _withdrawn(at: Leaving) -> Iterator[Finding]:
    for quote in at.quotes:
        for who in sorted(at.withdrawn & set(quote.speakers)):
            sentence = f"{quote.place}: words of {_called(at, who)}, who withdrew."
            yield finding(Check.WITHDRAWN, f"{quote.key} {who}", quote.text, sentence)
    for who in sorted(at.withdrawn & at.extracts.keys()):
        number = counted(at.extracts[who], "coded segment")
        sentence = f"{_called(at, who)}, who withdrew, is still in it with {number}."
        yield finding(Check.WITHDRAWN, f"extracts {who}", str(at.extracts[who]), sentence)


def _called(at: Leaving, who: str) -> str:
    return at.called.get(who, who)


def _interviewers(at: Leaving) -> Iterator[Finding]:
    for quote in at.quotes:
        if quote.interviewer:
            sentence = f"{quote.place}: {counted(quote.interviewer, 'word')} in it said by an interviewer."
            yield finding(Check.INTERVIEWER, quote.key, quote.text, sentence)
    if at.interviewers:
        sentence = (
            f"Interviewers' speech is counted: {counted(at.interviewers, 'segment')} of theirs among participants'."
        )
        yield finding(Check.INTERVIEWER, "counted", str(at.interviewers), sentence)


def _redactions(at: Leaving) -> Iterator[Finding]:
    for quote in at.quotes:
        if quote.redactions:
            sentence = (
                f"{quote.place}: {counted(quote.redactions, 'mark')} of redaction in it, where words were taken out."
            )
            yield finding(Check.REDACTED, quote.key, quote.text, sentence)


def _rare(at: Leaving) -> Iterator[Finding]:
    """Each combination that would be printed and that fewer than three people share; its values are not said."""
    sharing = Counter(one.values for one in at.people)
    printed = dict.fromkeys(one.values for one in at.people if one.printed and any(one.values))
    rare = [values for values in printed if sharing[values] < FEWEST]
    for number, values in enumerate(rare, start=1):
        who = "1 participant has it" if sharing[values] == 1 else f"{sharing[values]} participants share it"
        sentence = f"Combination {number} of {_and(at.attributes)}: {who}, fewer than {FEWEST}."
        risk = ", ".join(f"{name}: {value or 'not known'}" for name, value in zip(at.attributes, values, strict=True))
        yield finding(Check.RARE, f"{at.attributes} {sharing[values]}", str(values), sentence, risk)


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
