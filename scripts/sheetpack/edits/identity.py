"""Which row of one side is which row of another.

Rows with a key are found by it. Rows whose key is blank, and the rows of resources that have
none, are found by what they hold. The order of the rows counts only among rows that nothing else
tells apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from operator import itemgetter

from sheetpack.edits.model import Cells, Grid, Key

# For each row of the new side the place of the same row on the old side, counted from 0.
Places = list[int | None]


def is_same(one: Grid, other: Grid) -> bool:
    """Do both hold the same cells in the same order, wherever the rows stand?"""
    return one is other or (
        one.fields == other.fields
        and len(one.lines) == len(other.lines)
        and [line.cells for line in one.lines] == [line.cells for line in other.lines]
    )


def columns(grid: Grid, names: Sequence[str]) -> list[int]:
    """Where fields stand in the rows of a grid. Raises `ValueError` where it lacks one."""
    return [grid.fields.index(name) for name in names]


def has_key(key: tuple[str, ...], *grids: Grid) -> bool:
    """Can the rows of all these be told apart by their key?"""
    return bool(key) and all(set(key) <= set(grid.fields) for grid in grids)


def keys(grid: Grid, key: tuple[str, ...]) -> list[Key]:
    """The key of each row."""
    at = columns(grid, key)
    return parts([line.cells for line in grid.lines], at)


def parts(rows: Sequence[Cells], at: Sequence[int]) -> list[Cells]:
    """Of each row the cells at these positions."""
    if not at:
        return [()] * len(rows)
    if len(at) == 1:
        return [(cells[at[0]],) for cells in rows]
    return list(map(itemgetter(*at), rows))


def is_blank(cells: Cells) -> bool:
    return not any(cells)


def pair(
    key: tuple[str, ...], old: Grid, new: Grid, renamed: Mapping[Key, Key] | None = None
) -> Places:
    """Find every row of the new side on the old side.

    Where a key is repeated, the nth row with it is the nth on the other side.

    Args:
        renamed: Keys of the old side → what they became.
    """
    if is_same(old, new):
        return list(range(len(new.lines)))
    if not has_key(key, old, new):
        return _pair_by_content(old, new, range(len(old.lines)), range(len(new.lines)))
    old_keys, new_keys = keys(old, key), keys(new, key)
    renamed = renamed or {}
    found = pair_alike([renamed.get(each, each) for each in old_keys], new_keys)
    blank_old = [at for at, each in enumerate(old_keys) if is_blank(each)]
    blank_new = [at for at, each in enumerate(new_keys) if is_blank(each)]
    if blank_old and blank_new:
        by_content = _pair_by_content(old, new, blank_old, blank_new)
        for at, place in zip(blank_new, by_content, strict=True):
            found[at] = place
    return found


def pair_alike(old: Sequence[Hashable], new: Sequence[Hashable]) -> Places:
    """The nth of the new side that looks so is the nth of the old one."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at in range(len(old) - 1, -1, -1):
        places[old[at]].append(at)
    return [places[each].pop() if places.get(each) else None for each in new]


def _pair_by_content(
    old: Grid, new: Grid, old_rows: Sequence[int], new_rows: Sequence[int]
) -> Places:
    """As `pair`, for the rows at these places only; compares the fields that both have."""
    common = [name for name in old.fields if name in new.fields]
    old_cells = parts([old.lines[at].cells for at in old_rows], columns(old, common))
    new_cells = parts([new.lines[at].cells for at in new_rows], columns(new, common))
    places = align(old_cells, new_cells)
    return [None if place is None else old_rows[place] for place in places]


def align(old: Sequence[Cells], new: Sequence[Cells]) -> Places:
    """Find rows by what they hold: first those that are equal, then those that changed.

    What begins and ends alike is the same; between, the nth row with some content is the
    nth on the other side. Rows that are left are taken for changed where as many rows are left
    behind the same row on both sides, and half of their cells are equal.
    """
    places = _equal(old, new)
    taken = set(places)
    left_old: dict[int, list[int]] = defaultdict(list)
    left_new: dict[int, list[int]] = defaultdict(list)
    behind = -1
    for at in range(len(old)):
        if at in taken:
            behind = at
        else:
            left_old[behind].append(at)
    behind = -1
    for at, place in enumerate(places):
        if place is not None:
            behind = place
        else:
            left_new[behind].append(at)
    for behind, rows in left_new.items():
        others = left_old.get(behind, ())
        if len(rows) == len(others):
            for at, place in zip(rows, others, strict=True):
                if _is_alike(old[place], new[at]):
                    places[at] = place
    return places


def _equal(old: Sequence[Cells], new: Sequence[Cells]) -> Places:
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = pair_alike(old[start : len(old) - end], new[start : len(new) - end])
    found = [None if place is None else start + place for place in middle]
    return [*range(start), *found, *range(len(old) - end, len(old))]


def _is_alike(one: Cells, other: Cells) -> bool:
    filled = [pair for pair in zip(one, other, strict=True) if any(pair)]
    return 2 * sum(a == b for a, b in filled) >= len(filled) > 0
