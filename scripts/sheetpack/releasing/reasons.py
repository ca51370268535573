"""Why a release is major, minor or a patch: every change between two states, with its rank.

docs/stability.md says the same for people, and why; keep the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetpack.edits import shapes
from sheetpack.edits.counts import plural
from sheetpack.edits.diff import compare
from sheetpack.edits.model import Changes
from sheetpack.edits.wording import inert
from sheetpack.releasing import columns, packages, records
from sheetpack.releasing.reason import Reason
from sheetpack.releasing.state import State
from sheetpack.releasing.version import RANKS

REWRITTEN = "the same rows, in another order or written in another way"


def between(old: State, new: State) -> tuple[list[Reason], Changes]:
    """All changes from one state to another, the highest rank first; and those of the rows."""
    known = {**shapes.of(old.package), **shapes.of(new.package)}
    changes = compare(known, old.side, new.side)
    found = [
        *packages.reasons(old, new),
        *_of_sheets(old, new),
        *columns.reasons(old, new),
        *records.reasons(changes, known),
    ]
    told = {reason.sheet for reason in found} | {inert(row.resource) for row in changes.rows}
    found += _of_files(old, new, told)
    return sorted(found, key=lambda reason: RANKS.index(reason.rank)), changes


def of_first(state: State) -> list[Reason]:
    """What a first release brings: all there is."""
    counts = {name: len(grid.lines) for name, grid in state.side.items()}
    held = plural(len(counts), "sheet")
    text = f"{held} with {plural(sum(counts.values()), 'row')}"
    listed = tuple(f"{inert(name)} ({number:,})" for name, number in counts.items())
    return [Reason("minor", "Added", "", text, listed)]


def _of_sheets(old: State, new: State) -> Iterator[Reason]:
    """Sheets, and files that are no sheets, which came or went."""
    for name in old.prints:
        if name not in new.prints:
            what = "the sheet" if name in old.side else "the file"
            yield Reason("major", "Removed", inert(name), f"{what} is gone")
    for name in new.prints:
        if name not in old.prints:
            grid = new.side.get(name)
            text = f"new sheet with {plural(len(grid.lines), 'row')}" if grid else "new file"
            yield Reason("minor", "Added", inert(name), text)


def _of_files(old: State, new: State, told: set[str]) -> Iterator[Reason]:
    """Files that differ though nothing in them was found to: the order of rows, for instance."""
    for name, prints in new.prints.items():
        if name in old.prints and old.prints[name] != prints and inert(name) not in told:
            text = REWRITTEN if name in new.side else "the file was replaced"
            yield Reason("patch", "Changed", inert(name), text)
