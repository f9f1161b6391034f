"""When the program rests: nothing is left that it would do before something else happens.

Textual's own `wait_for_idle` takes a process that gets no time on a busy machine for one that has nothing to do. Here
no time is measured: the event loop is asked what is waiting in it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual import app, pilot
from textual._context import active_app
from textual.app import App

ROUNDS = 3
"""Rounds of the event loop in a row with nothing to do: timers that are due and words of threads come in within one."""
STEP = 0.002


async def until_it_rests(*_: float) -> None:
    """Wait until every message is answered, and what came of it is drawn; workers in threads are not waited for."""
    running: App[Any] = active_app.get()
    waiting = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]  # what the loop does next
    calm = 0
    while calm < ROUNDS and running.is_running:
        await asyncio.sleep(STEP if _waits_for_a_clock(running) else 0)
        calm = 0 if waiting or _waits_for_a_clock(running) or _draws(running) else calm + 1


def _waits_for_a_clock(running: App[Any]) -> bool:
    """Whether a new size, or several changes in one, are held back for some milliseconds."""
    return running._resize_event is not None or running._batch_count > 0


def _draws(running: App[Any]) -> bool:
    """Draw what would be drawn at the next tick, and do what waits for that; whether there was anything."""
    top, *below = [one for one in reversed(running.screen_stack) if one.is_running] or [None]
    waiting = [one for one in below if one is not None and one._callbacks]
    for screen in waiting:
        screen.call_next(screen._invoke_and_clear_callbacks)
    if top is None or not (top._callbacks or _is_to_draw(top)):
        return bool(waiting)
    top._on_timer_update()
    return True


def _is_to_draw(screen: Any) -> bool:
    asked = (screen._layout_required, screen._scroll_required, screen._repaint_required, screen._recompose_required)
    return any(asked) or bool(screen._dirty_widgets)


def wait_by_rest() -> None:
    """Let everybody at the keyboard wait like this from now on, after each key and in each pause."""
    app.wait_for_idle = until_it_rests
    pilot.wait_for_idle = until_it_rests
