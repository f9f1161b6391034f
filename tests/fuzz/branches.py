"""The optional engine, atheris: inputs are changed by the branches they reach. python -m tests.fuzz.branches READER."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main(name: str, *options: str) -> None:
    import atheris

    with atheris.instrument_imports(include=["qualbench", "ruamel", "striprtf"]):
        from tests.fuzz.apart import BY_NAME
        from tests.fuzz.judged import fault

        reader = BY_NAME[name]
        first = list(reader.seeds())
        for one in first:
            reader.read(one)  # so that what is imported late is followed too

    def run(data: bytes) -> None:
        why = fault(reader.read, data)
        if why:
            raise AssertionError(why)

    with TemporaryDirectory() as folder:
        for number, one in enumerate(first):
            (Path(folder) / str(number)).write_bytes(one)
        atheris.Setup([sys.argv[0], *options, folder], run)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
