"""Where the time of our commands goes: the share of each of their steps."""

from __future__ import annotations

import json
import pstats
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench import plan

# Command → step, in words → the functions in which it is spent, each as module and name.
STEPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "validate": {
        "reading and typing, by Frictionless": ("reading.py read",),
        "our own checks and the rules in SQL": ("checks/__init__.py check",),
    },
    "build": {
        "reading and typing, by Frictionless": ("reading.py read",),
        "our own checks and the rules in SQL": ("checks/__init__.py check",),
        "the views, in SQL": ("views.py run",),
        "laying out the workbook": ("workbook/layout.py layout",),
        "writing the workbook": ("workbook/writer.py write",),
    },
    "merge": {
        "reading the data as it is now": ("reading.py read",),
        "reading the workbook: its XML": ("received/sheet_rows.py rows",),
        "understanding its cells": ("received/edited.py _resource",),
        "merging three sides": ("edits/merge.py merge",),
        "typing the result": ("received/result.py result",),
        "our own checks and the rules in SQL": ("checks/__init__.py check",),
        "what differs": ("edits/diff.py compare",),
    },
}
# Steps that stand within another one, from which they are taken.
WITHIN = {"reading the workbook: its XML": "understanding its cells"}


def shares(folder: Path) -> dict[str, dict[str, float]]:
    """Command → step → its share of the whole, at one size.

    Raises:
        CalledProcessError: A command failed, so that its shares would say nothing.
    """
    book = folder / "out" / "saved.xlsx"  # one as it was built is not read at all
    arguments = {
        "validate": ["validate", str(folder)],
        "build": ["build", "--quiet", "--package", str(folder)],
        "merge": ["merge", "--dry-run", "--quiet", "--package", str(folder), str(book)],
    }
    return {command: _shares(command, arguments[command], folder) for command in STEPS}


def _shares(command: str, arguments: list[str], folder: Path) -> dict[str, float]:
    file = folder / f"{command}.profile"
    code = (
        "import cProfile, sys\n"
        "code = 0\n"
        "from sheetpack.cli import main\n"
        f"sys.argv = ['sheetpack', *{json.dumps(arguments)}]\n"
        "profile = cProfile.Profile()\n"
        "try:\n    profile.runcall(main)\nexcept SystemExit as end:\n    code = end.code\n"
        f"profile.dump_stats({str(file)!r})\n"
        "sys.exit(code)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=plan.ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stats = pstats.Stats(str(file)).stats  # type: ignore[attr-defined]
    whole = max(entry[3] for entry in stats.values())
    spent = {
        step: sum(_cumulative(stats, place) for place in places) / whole
        for step, places in STEPS[command].items()
    }
    for inner, outer in WITHIN.items():
        if inner in spent:
            spent[outer] -= spent[inner]
    return spent | {"all else, imports among it": 1 - sum(spent.values())}


def _cumulative(stats: Mapping[tuple[str, int, str], tuple], place: str) -> float:
    module, name = place.split()
    return sum(
        entry[3]
        for (file, _, function), entry in stats.items()
        if function == name and file.replace("\\", "/").endswith(f"sheetpack/{module}")
    )
