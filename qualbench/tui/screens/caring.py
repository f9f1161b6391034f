"""Care on the screens: before words leave, what a check finds is shown, and a reason lets it go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualbench.errors import QualbenchError
from qualbench.project.deidentify.vault_file import VaultLocked, vault_of
from qualbench.project.deidentify.vault_locks import unlock
from qualbench.text import counted
from qualbench.tui.dialogs.allowing import AskAllow
from qualbench.tui.dialogs.secret import AskSecret
from qualbench.tui.screens.step import StepScreen


def with_care(
    screen: StepScreen, what: str, go_on: Callable[[], None], attributes: Sequence[str] = (),
    words: Sequence[tuple[str, str]] = (),
) -> None:  # fmt: skip
    """Look before `what` leaves: with nothing found, or an answer in the log for it, `go_on`; otherwise ask first.

    `words` are texts beside what the study holds for it, with what they are called.
    """
    try:
        findings = screen.project.care(what, attributes=attributes, words=words)
        before = screen.project.answered_for(what, findings) if findings else None
    except VaultLocked:
        _with_vault(screen, lambda: with_care(screen, what, go_on, attributes, words))
        return
    except QualbenchError as error:
        screen.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
        return
    if not findings or before is not None:
        if before is not None:
            number = counted(len(findings), "finding")
            screen.say(f"{number}, allowed by {before.by or 'somebody'} on {before.at[:10]}: {before.reason}")
        go_on()
        return

    def answered(reason: str | None) -> None:
        if reason and screen.write(lambda: screen.project.allow_export(what, findings, reason)):
            go_on()

    screen.app.push_screen(AskAllow([one.sentence for one in findings]), answered)


def _with_vault(screen: StepScreen, go_on: Callable[[], None]) -> None:
    """Original names can be looked for only in an open vault: its passphrase is asked for once."""

    def given(passphrase: str | None) -> None:
        if passphrase is None:
            screen.say("Nothing was written: original names could not be looked for.", warning=True)
            return
        try:
            unlock(vault_of(screen.project), passphrase)
        except QualbenchError as error:
            screen.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
            return
        go_on()

    hint = "Names that were replaced are looked for before words leave."
    screen.app.push_screen(AskSecret("The passphrase of the vault of original names", hint), given)
