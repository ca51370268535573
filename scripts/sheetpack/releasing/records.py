"""What changed in the rows, sheet by sheet, with the rows named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sheetpack.edits.counts import by_resource, plural
from sheetpack.edits.model import Changes, RowChange, Shape, Shapes
from sheetpack.edits.wording import ARROW, inert, key_text
from sheetpack.releasing.reason import Reason, Section
from sheetpack.releasing.version import Rank


def reasons(changes: Changes, shapes: Shapes) -> Iterator[Reason]:
    """One reason for each sheet and each thing that happened to rows of it.

    Sheets that came or went as a whole are not told here, nor are cells that hold the id of a
    row and follow it to its new one.
    """
    whole = {*changes.added, *changes.removed}
    ids = {
        (row.key[0], row.new_key[0])
        for row in changes.rows
        if row.kind == "renamed" and len(row.key) == 1
    }
    for name, rows in by_resource(changes).items():
        if name not in whole:
            left = (_without_following(row, ids) for row in rows)
            told = [row for row in left if row.cells or row.kind in ("added", "removed")]
            yield from _of_sheet(name, told, is_referred_to(name, shapes))


def _without_following(row: RowChange, ids: set[tuple[str | None, str | None]]) -> RowChange:
    """The row without the cells that follow an id; of a row with an id of its own, all cells."""
    if row.kind in ("added", "removed") or (row.kind == "renamed" and len(row.key) == 1):
        return row
    return replace(row, cells=tuple(c for c in row.cells if (c.old, c.new) not in ids))


def is_referred_to(name: str, shapes: Shapes) -> bool:
    """Can something, in the package or elsewhere, hold on to a row by its key?

    A key of one field is an id, which is made to be referred to. One of several fields says
    what the row is about, unless another sheet refers to it.
    """
    shape = shapes.get(name, Shape())
    links = [link for other in shapes.values() for link in other.links]
    return len(shape.key) == 1 or any(
        link.reference == name and set(link.reference_fields) == set(shape.key) for link in links
    )


def _of_sheet(name: str, rows: Sequence[RowChange], ids: bool) -> Iterator[Reason]:
    renamed: Rank = "major" if ids else "minor"
    kinds: list[tuple[str, Rank, Section, str, Callable[[RowChange], str]]] = [
        ("renamed", renamed, "Changed", "with another id" if ids else "with another key", _renamed),
        ("added", "minor", "Added", "added", _name),
        ("removed", "minor", "Removed", "removed", _name),
        ("changed", "patch", "Fixed", "corrected", _corrected),
    ]
    for kind, rank, section, what, words in kinds:
        found = [row for row in rows if row.kind == kind]
        if found:
            cells = sum(len(row.cells) for row in found)
            held = f" ({plural(cells, 'cell')})" if kind == "changed" else ""
            text = f"{plural(len(found), 'row')} {what}{held}"
            yield Reason(rank, section, inert(name), text, tuple(map(words, found)))


def _name(row: RowChange) -> str:
    return key_text(row.new_key) if row.new_key else f"row {row.new_row or row.old_row}"


def _renamed(row: RowChange) -> str:
    return key_text(row.key) + ARROW + key_text(row.new_key)


def _corrected(row: RowChange) -> str:
    return f"{_name(row)} ({', '.join(inert(cell.field) for cell in row.cells)})"
