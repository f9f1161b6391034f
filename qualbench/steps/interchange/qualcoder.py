"""QualCoder's data.qda: texts, codes under categories, codings with an owner, annotations, cases, journals."""

import re
from collections.abc import Iterable, Sequence

from qualbench.steps.interchange.refi import (
    UNKNOWN_CODER,
    Bundle,
    Case,
    Code,
    Coding,
    Convention,
    Kind,
    Note,
    On,
    Source,
    User,
    Variable,
)
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.positions import Words
from qualbench.steps.interchange.refi.times import stamp
from qualbench.steps.interchange.refi.values import fits
from qualbench.steps.interchange.rows import Found, Mark, Row, Rows, counts, differing, need, number, placed, text
from qualbench.text import canonical

TABLES = {
    "project": ("memo", "about"),
    "source": ("id", "name", "fulltext", "mediapath", "memo", "owner"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "color"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"),
    "code_image": ("imid",),
    "code_av": ("avid",),
    "annotation": ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"),
    "cases": ("caseid", "name", "memo", "owner"),
    "case_text": ("caseid", "fid"),
    "attribute_type": ("name", "valuetype", "caseOrFile"),
    "attribute": ("name", "attr_type", "value", "id"),
    "journal": ("jid", "name", "jentry", "owner", "date"),
}

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def read(name: str, rows: Rows, convention: Convention | None = None) -> Found:
    """The project as a bundle; raises UnclearPositions when its words do not tell how it counts."""
    need(name, rows, "source", "code_name", "code_text")
    texts = [row for row in rows["source"] if text(row, "fulltext")]
    words = {number(row, "id"): Words(text(row, "fulltext"), keep_bom=True) for row in texts}
    names = unique([text(row, "name") or "text" for row in texts])
    codes = _codes(rows.get("code_cat", ()), rows["code_name"])
    codings, notes, lines = _work(name, rows, words, {code.id for code in codes}, convention)
    notes += [*_memos(rows, words), *_journals(rows.get("journal", ()))]
    cases, variables = _cases(rows, words)
    users = dict.fromkeys([*(one.user for one in codings), *(note.author for note in notes if note.author)])
    bundle = Bundle(
        name.removesuffix(".qda"),
        origin="QualCoder",
        description="".join(text(row, "memo") for row in rows.get("project", ())[:1]),
        users=tuple(User(user, user) for user in users),
        codes=codes,
        sources=tuple(
            Source(str(number(row, "id")), called, words[number(row, "id")].text)
            for row, called in zip(texts, names, strict=True)
        ),
        codings=codings,
        notes=tuple(notes),
        variables=variables,
        cases=cases,
    )
    return Found(bundle, (*lines, *_not_carried(rows, len(texts))))


def _not_carried(rows: Rows, texts: int) -> tuple[str, ...]:
    return counts(
        (
            ("Pictures, recordings and empty texts not carried", len(rows["source"]) - texts),
            ("Codings not carried, because they are on parts of pictures", len(rows.get("code_image", ()))),
            ("Codings not carried, because they are on stretches of recordings", len(rows.get("code_av", ()))),
            (
                "Attributes of texts not carried",
                sum(text(row, "attr_type") == "file" and bool(text(row, "value")) for row in rows.get("attribute", ())),
            ),
        )
    )


def _codes(categories: Sequence[Row], names: Sequence[Row]) -> tuple[Code, ...]:
    """The categories, parents first, then the codes under them; a circle of categories stands at the top."""
    above = {number(row, "catid"): number(row, "supercatid") for row in categories}

    def depth(id_: int) -> int:
        seen: list[int] = []
        while id_ in above and id_ not in seen:
            seen.append(id_)
            id_ = above[id_]
        return len(seen) if id_ not in seen else 0

    made = []
    for row in sorted(categories, key=lambda row: depth(number(row, "catid"))):
        parent = number(row, "supercatid")
        under = f"cat {parent}" if parent in above and depth(number(row, "catid")) > 1 else ""
        made.append(
            Code(f"cat {number(row, 'catid')}", text(row, "name"), under, text(row, "memo"), codable=False)
        )  # fmt: skip
    for row in names:
        parent = number(row, "catid")
        under = f"cat {parent}" if parent in above else ""
        made.append(Code(str(number(row, "cid")), text(row, "name"), under, text(row, "memo"), _colour(row)))
    return tuple(made)


def _colour(row: Row) -> str:
    colour = text(row, "color")
    return colour if _COLOUR.fullmatch(colour) else ""


def _work(
    name: str, rows: Rows, words: dict[int, Words], codes: set[str], convention: Convention | None
) -> tuple[tuple[Coding, ...], list[Note], tuple[str, ...]]:
    """The codings and the annotations, where the words say they are."""
    put, noted = rows["code_text"], rows.get("annotation", ())
    marks = [Mark(number(row, "fid"), number(row, "pos0"), number(row, "pos1"), text(row, "seltext")) for row in put]
    marks += [Mark(number(row, "fid"), number(row, "pos0"), number(row, "pos1"), "") for row in noted]
    spans, choice = placed(name, words, marks, convention)
    made: dict[tuple[str, str, str, int, int], Coding] = {}
    lost = differ = 0
    for row, mark, span in zip(put, marks, spans, strict=False):
        code = str(number(row, "cid"))
        if span is None or code not in codes:
            lost += 1
            continue
        user, source = text(row, "owner") or UNKNOWN_CODER, str(mark.source)
        differ += differing([(canonical(mark.quote), words[mark.source].text[slice(*span)])])
        one = Coding(
            str(number(row, "ctid")), source, user, code, *span, stamp(text(row, "date")), text(row, "memo")
        )  # fmt: skip
        made.setdefault((source, user, code, *span), one)
    notes = [
        Note(f"annotation {n}", text(row, "memo"), On.PLACE, str(number(row, "fid")), *span, text(row, "owner"),
             stamp(text(row, "date")))
        for n, (row, span) in enumerate(zip(noted, spans[len(put) :], strict=True))
        if span is not None
    ]  # fmt: skip
    lines = (
        f"Positions: {choice.convention}; {choice.why}.",
        *counts(
            (
                ("Codings not carried, because their text or code is not there or they lie outside of it", lost),
                ("Codings with other words at their place than QualCoder keeps for them", differ),
            )
        ),
    )
    return tuple(made.values()), notes, lines


def _memos(rows: Rows, words: dict[int, Words]) -> Iterable[Note]:
    for row in rows["source"]:
        if text(row, "memo").strip() and number(row, "id") in words:
            id_ = str(number(row, "id"))
            yield Note(f"source {id_}", text(row, "memo"), On.SOURCE, id_, author=text(row, "owner"))
    for row in rows.get("cases", ()):
        if text(row, "memo").strip():
            id_ = str(number(row, "caseid"))
            yield Note(f"case {id_}", text(row, "memo"), On.CASE, id_, author=text(row, "owner"))


def _journals(journals: Sequence[Row]) -> Iterable[Note]:
    for row in journals:
        yield Note(
            f"journal {number(row, 'jid')}", canonical(text(row, "jentry")), author=text(row, "owner"),
            at=stamp(text(row, "date")), title=text(row, "name"),
        )  # fmt: skip


def _cases(rows: Rows, words: dict[int, Words]) -> tuple[tuple[Case, ...], tuple[Variable, ...]]:
    """The cases with their texts and attributes; values that are no numbers make an attribute text."""
    texts: dict[int, list[str]] = {}
    for row in rows.get("case_text", ()):
        if number(row, "fid") in words:
            texts.setdefault(number(row, "caseid"), []).append(str(number(row, "fid")))
    values: dict[int, list[tuple[str, str]]] = {}
    for row in rows.get("attribute", ()):
        if text(row, "attr_type") == "case" and text(row, "value"):
            values.setdefault(number(row, "id"), []).append((text(row, "name"), text(row, "value")))
    held: dict[str, list[str]] = {}
    for pair in (pair for pairs in values.values() for pair in pairs):
        held.setdefault(pair[0], []).append(pair[1])
    numeric = {text(row, "name") for row in rows.get("attribute_type", ()) if text(row, "valuetype") == "numeric"}
    variables = tuple(
        Variable(name, Kind.FLOAT if name in numeric and all(fits(Kind.FLOAT, one) for one in said) else Kind.TEXT)
        for name, said in held.items()
    )
    cases = tuple(
        Case(str(id_), text(row, "name"), tuple(values.get(id_, ())), tuple(dict.fromkeys(texts.get(id_, ()))))
        for row in rows.get("cases", ())
        for id_ in (number(row, "caseid"),)
    )
    return cases, variables
