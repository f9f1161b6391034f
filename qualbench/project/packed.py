"""Folders of files, there whole or not at all, and the two kinds of files that another program must write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from qualbench.errors import FileExists, QualbenchError
from qualbench.steps.pack import columns
from qualbench.steps.pack.blocks import File
from qualbench.steps.pack.columns import Variable
from qualbench.steps.pack.readme import SUMS, listed


class NotOurs(QualbenchError):
    """A folder is to be replaced that holds what no export put there."""

    def __init__(self, folder: Path, strange: str) -> None:
        super().__init__(
            f"{folder} holds '{strange}', which no export wrote, so it is not replaced.",
            "Move that away, or name another folder.",
        )


def free(folder: Path, *, force: bool) -> None:
    """Refuse a folder that is there already; with `force` one that holds more than an earlier export."""
    if not (folder.exists() or folder.is_symlink()):
        return
    if not force:
        raise FileExists(folder)
    if folder.is_symlink() or not folder.is_dir():
        raise NotOurs(folder.parent, folder.name)
    sums = folder / SUMS
    known = {SUMS, *listed(sums.read_text("utf-8", "replace") if sums.is_file() else "")}
    there = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    for path in there:
        inside = path.relative_to(folder).as_posix()
        if inside not in known:
            raise NotOurs(folder, inside)


def write_folder(folder: Path, files: Iterable[File], *, force: bool = False) -> list[str]:
    """Write files into a new folder; if anything goes wrong or it is called off, nothing is there.

    With `force` an earlier export is replaced as a whole. Answers with the paths inside.
    """
    free(folder, force=force)
    part = folder.parent / f".qualbench-{os.getpid()}.part"
    try:
        _clear(part)
        part.mkdir()
        written = [_put(part, file) for file in files]
        free(folder, force=force)
        _swap(part, folder)
    except OSError as error:
        raise QualbenchError(f"{folder} can not be written: {error.strerror or error}.") from error
    finally:
        _clear(part)
    return written


def _put(part: Path, file: File) -> str:
    path = part / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.body)
    return file.path


def _swap(part: Path, folder: Path) -> None:
    """The new folder takes the old one's place; if it can not, the old one stays."""
    old = part.with_suffix(".old")
    _clear(old)
    replaced = folder.exists()
    if replaced:
        os.rename(folder, old)
    try:
        os.rename(part, folder)
    except BaseException:
        if replaced:
            os.rename(old, folder)
        raise
    _clear(old)


def _clear(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


# --- SPSS and Stata ----------------------------------------------------------------------------------------------


def spss(made: Iterable[Variable], title: str, date: str, place: Path) -> bytes:
    """The bytes of a .sav file, written in `place` first."""
    import pyreadstat

    made = tuple(made)
    target = place / "cases.sav"
    pyreadstat.write_sav(
        _frame(made, columns.SPSS_TEXT),
        str(target),
        file_label=columns.fitted(title, 60),
        column_labels={one.name: columns.fitted(one.label, columns.SPSS_LABEL) for one in made},
        variable_value_labels=_yes_no(made),
        variable_measure={one.name: "nominal" if one.is_text or one.is_yes_no else "scale" for one in made},
    )
    return columns.dated_spss(target.read_bytes(), date)


def stata(made: Iterable[Variable], title: str, date: str, place: Path) -> bytes:
    """The bytes of a .dta file, written in `place` first."""
    import pyreadstat

    made = tuple(made)
    target = place / "cases.dta"
    pyreadstat.write_dta(
        _frame(made, columns.STATA_TEXT),
        str(target),
        file_label=columns.fitted(title, 80),
        column_labels=[columns.fitted(one.label, columns.STATA_LABEL) for one in made],
        version=15,
        variable_value_labels=_yes_no(made),
    )
    return columns.dated_stata(target.read_bytes(), date)


def can_write_statistics() -> bool:
    """Whether the programs are there that write for SPSS and Stata."""
    from importlib.util import find_spec

    return all(find_spec(name) for name in ("pyreadstat", "pandas"))


def _frame(made: Iterable[Variable], longest: int) -> Any:
    from pandas import DataFrame, Series

    return DataFrame({
        one.name: Series(
            [columns.fitted(str(value), longest) for value in one.values] if one.is_text else list(one.values),
            dtype="object" if one.is_text else "float64",
        )
        for one in made
    })  # fmt: skip


def _yes_no(made: Iterable[Variable]) -> dict[str, dict[float, str]]:
    return {one.name: {0.0: "no", 1.0: "yes"} for one in made if one.is_yes_no}
