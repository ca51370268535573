"""What differs between two sides: rows and cells, not their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetpack.edits import identity, renames
from sheetpack.edits.following import Renames
from sheetpack.edits.model import (
    CellChange,
    Changes,
    Grid,
    Key,
    Kind,
    Line,
    RowChange,
    Shape,
    Shapes,
    Side,
)


def compare(shapes: Shapes, old: Side, new: Side) -> Changes:
    """Everything that differs.

    All rows of a resource that only one side has are among those added or removed. A removed
    row stands behind the row which preceded it.
    """
    renamed = renames.find(shapes, old, new)
    names = [*new, *(name for name in old if name not in new)]
    pairs = {name: _pair_of_grids(old.get(name), new.get(name)) for name in names}
    return Changes(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        fields_added=_fields_only_in(1, pairs),
        fields_removed=_fields_only_in(0, pairs),
        rows=tuple(
            change
            for name, (before, after) in pairs.items()
            for change in _rows(name, shapes.get(name, Shape()), before, after, renamed)
        ),
    )


def _pair_of_grids(old: Grid | None, new: Grid | None) -> tuple[Grid, Grid]:
    """Both, an empty one with the fields of the other for one that is not there."""
    known = old or new
    assert known is not None, "a name comes from one of the sides"
    return old or Grid(known.fields, ()), new or Grid(known.fields, ())


def _fields_only_in(
    side: int, pairs: Mapping[str, tuple[Grid, Grid]]
) -> dict[str, tuple[str, ...]]:
    only = {}
    for name, grids in pairs.items():
        there, elsewhere = grids[side].fields, grids[1 - side].fields
        fields = tuple(field for field in there if field not in elsewhere)
        if fields:
            only[name] = fields
    return only


class _Columns(NamedTuple):
    """Where the fields stand that both sides have, and where the keys stand."""

    common: list[tuple[str, int, int]]
    old_key: list[int]
    new_key: list[int]


def _rows(name: str, shape: Shape, old: Grid, new: Grid, renamed: Renames) -> Iterator[RowChange]:
    if identity.is_same(old, new):
        return
    places = identity.pair(shape.key, old, new, renamed.get(name))
    common = [field for field in old.fields if field in new.fields]
    keyed = identity.has_key(shape.key, old, new)
    columns = _Columns(
        [(field, old.fields.index(field), new.fields.index(field)) for field in common],
        identity.columns(old, shape.key) if keyed else [],
        identity.columns(new, shape.key) if keyed else [],
    )
    removed = _removed(places, len(old.lines))
    for at in range(-1, len(new.lines)):
        if at >= 0:
            place = places[at]
            if place is None:
                yield _only(name, "added", new, new.lines[at], columns.new_key)
            else:
                yield from _changed(name, old.lines[place], new.lines[at], columns)
        for gone in removed.get(at, ()):
            yield _only(name, "removed", old, old.lines[gone], columns.old_key)


def _removed(places: identity.Places, size: int) -> dict[int, list[int]]:
    """Rows that are gone, by the row of the new side behind which they stood; -1: at the top."""
    now = {place: at for at, place in enumerate(places) if place is not None}
    removed: dict[int, list[int]] = defaultdict(list)
    behind = -1
    for place in range(size):
        if place in now:
            behind = now[place]
        else:
            removed[behind].append(place)
    return removed


def _only(name: str, kind: Kind, grid: Grid, line: Line, key_at: list[int]) -> RowChange:
    """A row that only one side has."""
    is_new = kind == "added"
    key = _key(line, key_at)
    cells = tuple(
        CellChange(field, None, cell) if is_new else CellChange(field, cell, None)
        for field, cell in zip(grid.fields, line.cells, strict=True)
        if cell is not None
    )
    old_row, new_row = (0, line.row) if is_new else (line.row, 0)
    return RowChange(name, kind, key, key, cells, old_row, new_row)


def _changed(name: str, old: Line, new: Line, columns: _Columns) -> Iterator[RowChange]:
    cells = tuple(
        CellChange(field, old.cells[before], new.cells[after])
        for field, before, after in columns.common
        if old.cells[before] != new.cells[after]
    )
    if cells:
        key, new_key = _key(old, columns.old_key), _key(new, columns.new_key)
        kind = "changed" if key == new_key else "renamed"
        yield RowChange(name, kind, key, new_key, cells, old.row, new.row)


def _key(line: Line, at: list[int]) -> Key:
    return tuple(line.cells[position] for position in at)
