"""The words of an extract as they are compared: stems, without stop words.

The stop words and the endings are English; in another language words are compared nearly as they are written.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from qualbench.text import folded

_WORD = re.compile(r"[^\W\d_]+")
_STOP_WORDS = """
    a about after again ain all also am an and another any anybody anyone anything are aren as at away back be because
    been before being both but by can could couldn did didn do does doesn doing don done down each either else even
    ever every everybody everyone everything few for from get gets getting go goes going gone gonna got had hadn has
    hasn have haven having he her here hers herself him himself his how however if in into is isn it its itself just
    kind know like ll lot made make makes many may maybe me mean might mine more most much must my myself neither no
    nobody none nor not nothing now of off ok okay on once one only or other others our ours ourselves out over own
    perhaps quite rather re really said same say says see she should shouldn since so some somebody someone something
    sort still such than that the their theirs them themselves then there these they thing things think this those
    though through to too two uh um under until up upon us ve very want wanted wants was wasn way we well went were
    weren what when where whether which while who whom whose why will with within without won would wouldn yeah yes yet
    you your yours yourself yourselves
"""
_STOP = frozenset(_STOP_WORDS.split())
_VOWEL = re.compile("[aeiouy]")
_KEPT = 3
"""So many letters stay, however a word ends."""


def stems_of(text: str) -> Counter[str]:
    """How often each stem stands in a text; stop words and single letters left out.

    >>> stems_of("She trusted me, and I do trust her; trusting takes families.")
    Counter({'trust': 3, 'tak': 1, 'family': 1})
    """
    counts: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(unicodedata.normalize("NFC", text).lower())).items():
        if found := _stem_of(word):
            counts[found] += count
    return counts


@lru_cache(maxsize=20_000)
def _stem_of(word: str) -> str:
    plain = folded(word)
    return "" if plain in _STOP or len(plain) < 2 else stem(plain)


def stem(word: str) -> str:
    """The word without its English ending: a plural, then -ed or -ing with a doubled letter, then a silent e.

    >>> [stem(word) for word in ("hopes", "hoped", "hoping", "running", "boxes", "carried", "feed", "string")]
    ['hop', 'hop', 'hop', 'run', 'box', 'carry', 'feed', 'string']
    """
    word = _without_tense(_singular(word))
    return word[:-1] if word.endswith("e") and len(word) > _KEPT else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _KEPT else word


def _without_tense(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _KEPT and _VOWEL.search(rest) and not word.endswith("eed"):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "aeiouylsz"
            return rest[:-1] if doubled else rest
    return word
