"""Undo in the codebook reaches the draft and never what was released, whoever did it."""

from __future__ import annotations

import pytest

from qualbench.errors import NothingToUndo
from qualbench.project import Project


def test_undo_ends_at_the_last_release(study: Project) -> None:
    study.draft_code("TRUST", notes="Better.")
    study.release_draft()
    released = study.codebook()
    study.draft_code("HOPE", notes="Also better.")
    study.undo("codebook", "codebook")
    assert not study.has_draft()
    with pytest.raises(NothingToUndo):
        study.undo("codebook", "codebook")
    assert study.codebook() == released
    study.redo("codebook", "codebook")
    assert study.draft().codes[1].notes == "Also better."


def test_what_was_undone_before_a_release_is_not_done_again_behind_it(study: Project) -> None:
    """Ana took a step back before Ben released: her redo would change nothing that anybody can see."""
    study.draft_code("TRUST", notes="Better.")
    study.undo("codebook", "codebook")
    study.viewer = "ben"
    study.draft_code("HOPE", notes="Also better.")
    study.release_draft()
    study.viewer = "ana"
    with pytest.raises(NothingToUndo):
        study.redo("codebook", "codebook")
