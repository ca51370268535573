"""A fuzzer that keeps the inputs which reach new lines of the engine, and changes those further.

    python -m tests.fuzz.guided KIND FOLDER SECONDS

begins with the fixture packages and what FOLDER/corpus holds, and leaves there what reached
something new. Where it finds a fault it stops; the input is then in FOLDER/found, by a name
that begins with `crash-`, `timeout-` or `oom-`. FOLDER/verdicts has a line for each input.
"""

from __future__ import annotations

import re
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["sheetpack"]):
    from tests.fuzz import trying

from tests.fuzz import changing, seeds
from tests.fuzz.inputs import KINDS, TEXTS, workbooks
from tests.fuzz.seeds import Files, descriptor_of, said

LARGEST = 200_000
SECONDS = 20  # for one input
PACKAGE = {"tables": "workbook-types", "workbooks": "workbook-small"}


def first(kind: str) -> list[bytes]:
    """What is changed: descriptors, CSVs or workbooks of the fixture packages."""
    packages = seeds.packages().values()
    if kind == "descriptors":
        return [files[descriptor_of(files)] for files in packages]
    if kind == "tables":
        own = seeds.packages()[PACKAGE[kind]]
        return [own[name] for name in own if name.endswith(TEXTS)]
    return [workbooks()[PACKAGE[kind]]]


@cache
def _all_files() -> Files:
    """The files of all packages in one folder, so that a descriptor finds those it names."""
    together: Files = {}
    for files in seeds.packages().values():
        together |= {name: data for name, data in files.items() if name != descriptor_of(files)}
    return together


def files_of(kind: str, data: bytes) -> Files:
    """The whole input of which `data` is the part that changes."""
    if kind == "descriptors":
        is_json = data.lstrip()[:1] in (b"{", b"[")
        return _all_files() | {"datapackage.json" if is_json else "datapackage.yaml": data}
    files = seeds.packages()[PACKAGE[kind]]
    if kind == "workbooks":
        return files | {trying.WORKBOOK: data}
    return files | {next(name for name in files if name.endswith(".csv")): data}


def changed(kind: str, data: bytes, size: int, seed: int) -> bytes:
    """An input near another: by what we know of its kind, or byte by byte."""
    random = Random(seed)
    if random.randint(0, 3) == 0:
        return atheris.Mutate(data, size)
    if kind == "tables":
        return changing.table(random, data)[:size]
    if kind == "workbooks":
        return changing.workbook(random, data)[:size]
    try:
        return changing.descriptor(random, said({"datapackage.yaml": data}))[:size]
    except Exception:  # no longer anything that a descriptor could be read from
        return changing.some_bytes(random, data)[:size]


def main(kind: str, folder: str, seconds: str) -> None:
    corpus, found = Path(folder, "corpus"), Path(folder, "found")
    for place in (corpus, found):
        place.mkdir(parents=True, exist_ok=True)
    for data in first(kind):
        (corpus / sha256(data).hexdigest()).write_bytes(data)

    def one(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as work:
            trying.put(Path(work), files_of(kind, data))
            result = trying.tried(Path(work))
        if result.faults:
            raise AssertionError(result.faults)
        with Path(folder, "verdicts").open("a") as verdicts:
            verdicts.write(f"{result.verdict}\n")

    trying.without_network()
    options = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-timeout={SECONDS}"]
    options += [f"-rss_limit_mb={trying.MEGABYTES}", f"-artifact_prefix={found}/", "-verbosity=1"]
    atheris.Setup(
        [sys.argv[0], *options, str(corpus)],
        one,
        custom_mutator=lambda data, size, seed: changed(kind, data, size, seed),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS or not re.fullmatch(r"\d+", sys.argv[3]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
