"""Word forms by lemma, so that `go` finds `went`: the lemmas are data, whoever computed them."""

from collections.abc import Iterable, Mapping

from qualbench.text import folded


def lemma_table(tokens: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Every form and lemma of the tokens (form, lemma) with the forms that share a lemma with it, all folded.

    A form of two lemmas (saw: see, saw) brings the forms of both; those do not bring each other's.
    """
    forms: dict[str, set[str]] = {}
    lemmas: dict[str, set[str]] = {}
    for form, lemma in tokens:
        word, base = folded(form), folded(lemma)
        if base and any(letter.isalnum() for letter in word):
            forms.setdefault(base, set()).add(word)
            lemmas.setdefault(word, set()).add(base)
            lemmas.setdefault(base, set()).add(base)
    return {word: frozenset[str]().union(*(forms[base] for base in bases)) for word, bases in lemmas.items()}


def forms(words: Iterable[str], table: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], ...]:
    """For each word the forms of it that are looked for, the word itself always among them."""
    return tuple(table.get(folded(word), frozenset()) | {folded(word)} for word in words)
