"""What each step of the work decides: pure functions over values, no files, no SQL, no terminal.

`from qualbench.steps import themes` does not load that step yet: it is loaded when anything of it is asked for, so that
a study is on the screen before everything that can be done with it is read.
"""

from typing import TYPE_CHECKING

if not TYPE_CHECKING:
    from importlib import import_module
    from types import ModuleType

    LATE = ("agreement", "codebook", "coding", "comparing", "consensus", "ingest", "notes", "participants", "themes")
    """The steps that take some time to load."""

    class _Late(ModuleType):
        """Stands for a step, and hands on whatever is asked of it."""

        def __getattr__(self, name):
            return getattr(import_module(self.__name__), name)

        def __setattr__(self, name, value):
            setattr(import_module(self.__name__), name, value)

    def __getattr__(name):
        """A step that was not loaded yet."""
        if name not in LATE:
            raise AttributeError(name)
        return _Late(f"{__name__}.{name}")
