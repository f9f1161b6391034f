"""Which code of the study a name in a query means: its id, or else its label in any case and without accents."""

from qualbench.errors import UsageError
from qualbench.steps.matrices.conditions import UnknownName
from qualbench.steps.matrices.evidence import Evidence
from qualbench.text import excerpt, folded


class AmbiguousCode(UsageError):
    def __init__(self, name: str, ids: list[str]) -> None:
        super().__init__(
            f"{len(ids)} codes are called '{excerpt(name, 60)}'.", f"Name the one you mean by its id: {', '.join(ids)}"
        )


def code_index(evidence: Evidence, name: str) -> int:
    """Where the code stands in the codebook; raises UnknownName or AmbiguousCode."""
    wanted, called = folded(name), []
    for at, code in enumerate(evidence.codes):
        if code.id == name:
            return at
        if folded(code.label) == wanted:
            called.append(at)
    if not called:
        raise UnknownName("code", name, [code.label for code in evidence.codes])
    if len(called) > 1:
        raise AmbiguousCode(name, [evidence.codes[at].id for at in called])
    return called[0]
