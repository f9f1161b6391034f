"""Labels that are identifiers (P7, TN-03, Participant 12), told from names and from what a machine numbered."""

import re

from qualbench.text import folded

_IDENTIFIER = re.compile(
    r"([a-z]{1,3}|participant|respondent|interviewee|teilnehmer|teilnehmerin|befragte|befragter|participante|"
    r"enquete|enquetee|entrevistado|entrevistada)[ ._-]?0*([0-9]{1,4})"
)
_NOBODY = re.compile(
    r"(p|r|b|ip|participants?|respondents?|interviewees?|teilnehmer|teilnehmerin|befragter?|participante|enquetee?|"
    r"entrevistad[oa]|(unknown |unidentified )?(speaker|voice|sprecher|sprecherin|locuteur|locutrice|hablante)|"
    r"(male|female) (voice|speaker)|man|woman|mann|frau|homme|femme|hombre|mujer|unknown|all|several|group)"
    r"[ ._-]?[0-9]*"
)


def identifier(label: str) -> tuple[str, int] | None:
    """The letters and the number of an identifier; None for any other label.

    >>> identifier("P07") == identifier("p 7"), identifier("Ana")
    (True, None)
    """
    match = _IDENTIFIER.fullmatch(folded(label))
    return (match[1], int(match[2])) if match else None


def is_name(label: str) -> bool:
    """Whether a label can be somebody's name: not an identifier, and not what is said of anybody (Speaker 1, Woman)."""
    return identifier(label) is None and bool(label.strip()) and not _NOBODY.fullmatch(folded(label))
