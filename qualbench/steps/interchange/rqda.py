"""RQDA's database: its tables say the same as QualCoder's under other names, and what is deleted is only marked so."""

from collections.abc import Mapping, Sequence

from qualbench.steps.interchange import qualcoder
from qualbench.steps.interchange.refi import Convention
from qualbench.steps.interchange.rows import Found, Row, Rows, need, number

TABLES = {
    "project": ("memo", "about"),
    "source": ("name", "id", "file", "memo", "owner", "status"),
    "freecode": ("name", "memo", "owner", "id", "status", "color"),
    "codecat": ("name", "catid", "memo", "status"),
    "treecode": ("cid", "catid", "status"),
    "coding": ("cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo"),
    "annotation": ("fid", "position", "annotation", "owner", "date", "status"),
    "cases": ("name", "memo", "owner", "id", "status"),
    "caselinkage": ("caseid", "fid", "status"),
    "attributes": ("name", "status", "class"),
    "caseAttr": ("variable", "value", "caseID", "status"),
    "journal": ("name", "journal", "owner", "date", "status"),
}
_RENAMED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "source": ("source", {"file": "fulltext"}),
    "freecode": ("code_name", {"id": "cid"}),
    "codecat": ("code_cat", {}),
    "coding": ("code_text", {"selfirst": "pos0", "selend": "pos1"}),
    "annotation": ("annotation", {"position": "pos0", "annotation": "memo"}),
    "cases": ("cases", {"id": "caseid"}),
    "caselinkage": ("case_text", {}),
    "attributes": ("attribute_type", {"class": "valuetype"}),
    "caseAttr": ("attribute", {"variable": "name", "caseID": "id"}),
    "journal": ("journal", {"journal": "jentry"}),
    "project": ("project", {}),
}
_COLUMNS = {"attribute": {"attr_type": "case"}}


def read(name: str, rows: Rows, convention: Convention | None = None) -> Found:
    """The project as a bundle, by the reader of QualCoder's; a code stands under the first of its categories."""
    need(name, rows, "source", "freecode", "coding")
    under = {number(row, "cid"): number(row, "catid") for row in reversed(_kept(rows.get("treecode", ())))}
    made: dict[str, list[dict[str, object]]] = {}
    for table, (other, columns) in _RENAMED.items():
        made[other] = [
            {columns.get(column, column): value for column, value in row.items()}
            | {"ctid": n, "anid": n, "jid": n}
            | _COLUMNS.get(other, {})
            for n, row in enumerate(_kept(rows.get(table, ())))
        ]
    for row in made["code_name"]:
        row["catid"] = under.get(number(row, "cid"))
    for row in made["annotation"]:
        row["pos1"] = number(row, "pos0") + 1  # RQDA ties an annotation to a place between two letters
    found = qualcoder.read(name.removesuffix(".rqda"), made, convention)
    return Found(found.bundle, found.lines)


def _kept(rows: Sequence[Row]) -> list[Row]:
    """The rows that are not deleted."""
    return [row for row in rows if row.get("status", 1) in (1, None, "1")]
