"""Which rows have another key than before and are certainly the same rows.

A key is renamed where no row has it any more, another key is new, and these two rows are each
other's best match without a rival. That they are one and the same row is certain where

- most of their other cells are equal, one of them a cell that no other row has; or
- all their other cells are equal, and all parts of the key but one.

A key of one part needs some other cell that is filled, for the second; and where other rows
have the same cells, it must stand where the row stood: else one may have gone, another come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from sheetpack.edits import identity
from sheetpack.edits.following import Follow, References, Renames
from sheetpack.edits.model import Cells, Grid, Key, Shapes, Side
from sheetpack.edits.shapes import parents_first

MOST = 0.6  # of the cells that are filled on one side at least
ROUNDS = 5  # rows that refer to each other in a circle are looked at again that often

# Where a row stands: its place from the top and from the end, the keys before and after it.
Beside: TypeAlias = tuple[int, int, Key | None, Key | None]
# How alike two rows are: share and number of equal cells, number of equal parts of the key.
_Rank: TypeAlias = tuple[float, int, int]


class _Row(NamedTuple):
    """A row that may be renamed: as it stands, and with what it refers to renamed."""

    key: Key
    others: Cells
    new_key: Key
    new_others: Cells
    beside: Beside


@dataclass(frozen=True)
class _Left:
    """The rows whose key stands on one side only, and all rows they are held against.

    Attributes:
        gone, fresh: Rows of the old and of the new side.
        all_gone, all_fresh: The other cells of all rows of the sides.
    """

    gone: list[_Row]
    fresh: list[_Row]
    all_gone: list[Cells]
    all_fresh: list[Cells]


def find(shapes: Shapes, old: Side, new: Side) -> Renames:
    """All renamed keys: resource → old key → new key.

    A row whose key holds that of a renamed row is renamed too.
    """
    names = [
        name
        for name in parents_first(shapes)
        if name in old
        and name in new
        and identity.has_key(shapes[name].key, old[name], new[name])
        and not identity.is_same(old[name], new[name])
    ]
    renames: dict[str, Mapping[Key, Key]] = {}
    for _ in range(ROUNDS):
        before = dict(renames)
        for name in names:
            change = References(shapes, old, renames).of(name, old[name].fields)
            renames[name] = _renamed(shapes[name].key, old[name], new[name], change)
        if not any(renames.values()) or renames == before:
            break
    return {name: found for name, found in renames.items() if found}


def _renamed(key: tuple[str, ...], old: Grid, new: Grid, change: Follow | None) -> dict[Key, Key]:
    old_keys, new_keys = identity.keys(old, key), identity.keys(new, key)
    known_old, known_new = set(old_keys), set(new_keys)
    gone = [at for at, each in enumerate(old_keys) if each not in known_new]
    fresh = [at for at, each in enumerate(new_keys) if each not in known_old]
    if not gone or not fresh:
        return {}
    others = [name for name in old.fields if name in new.fields and name not in key]
    left = _Left(
        list(_rows(old, gone, key, others, change)),
        list(_rows(new, fresh, key, others, None)),
        identity.parts([line.cells for line in old.lines], identity.columns(old, others)),
        identity.parts([line.cells for line in new.lines], identity.columns(new, others)),
    )
    left, renames = _by_references(left)
    return renames | _by_content(left)


def _rows(
    grid: Grid, at: list[int], key: tuple[str, ...], others: list[str], change: Follow | None
) -> Iterator[_Row]:
    """The rows at these places whose key is not blank and stands there once."""
    rows = [grid.lines[each].cells for each in at]
    changed = [change(cells) for cells in rows] if change else rows
    key_at, others_at = identity.columns(grid, key), identity.columns(grid, others)
    all_keys = [None, *identity.keys(grid, key), None]
    keys = identity.parts(rows, key_at)
    besides = [(each, len(grid.lines) - each, all_keys[each], all_keys[each + 2]) for each in at]
    times = Counter(keys)
    for row in zip(
        keys,
        identity.parts(rows, others_at),
        identity.parts(changed, key_at),
        identity.parts(changed, others_at),
        besides,
        strict=True,
    ):
        if times[row[0]] == 1 and not identity.is_blank(row[0]):
            yield _Row(*row)


def _by_references(left: _Left) -> tuple[_Left, dict[Key, Key]]:
    """What is renamed since its key holds that of a renamed row; and the rows left after that."""
    fresh = {row.key for row in left.fresh}
    wanted = Counter(row.new_key for row in left.gone)
    renames = {
        row.key: row.new_key
        for row in left.gone
        if row.new_key in fresh and wanted[row.new_key] == 1
    }
    taken = set(renames.values())
    gone_left = [row for row in left.gone if row.key not in renames]
    fresh_left = [row for row in left.fresh if row.key not in taken]
    return _Left(gone_left, fresh_left, left.all_gone, left.all_fresh), renames


def _by_content(left: _Left) -> dict[Key, Key]:
    """The pairs of rows that are each other's best match, without a rival."""
    candidates, rivals = _by_all_but_a_part(left)
    candidates |= set(_by_own_cells(left))
    best_old: dict[int, list[tuple[_Rank, int]]] = defaultdict(list)
    best_new: dict[int, list[tuple[_Rank, int]]] = defaultdict(list)
    for one, other in candidates:
        rank = _rank(left.gone[one], left.fresh[other])
        best_old[one].append((rank, other))
        best_new[other].append((rank, one))
    only_old, only_new = _only_best(best_old), _only_best(best_new)
    return {
        left.gone[one].key: left.fresh[other].key
        for one, other in sorted(only_old.items())
        if only_new.get(other) == one and (0, one) not in rivals and (1, other) not in rivals
    }


def _only_best(found: Mapping[int, list[tuple[_Rank, int]]]) -> dict[int, int]:
    only = {}
    for row, matches in found.items():
        highest = max(rank for rank, _ in matches)
        best = [other for rank, other in matches if rank == highest]
        if len(best) == 1:
            only[row] = best[0]
    return only


def _rank(gone: _Row, fresh: _Row) -> _Rank:
    equal = filled = 0
    for before, followed, now in zip(gone.others, gone.new_others, fresh.others, strict=True):
        if before or now:
            filled += 1
            equal += now in (before, followed)
    shared = sum(map(_is_equal, gone.new_key, fresh.key))
    return (equal / filled if filled else 1.0, equal, shared)


def _is_equal(one: Hashable, other: Hashable) -> bool:
    return one == other


def _by_own_cells(left: _Left) -> Iterator[tuple[int, int]]:
    """Pairs of which most cells are equal, one of them a cell that only these rows have."""
    seen = set()
    for at in range(len(left.gone[0].others) if left.gone and left.fresh else 0):
        times_old = Counter(cells[at] for cells in left.all_gone)
        times_new = Counter(cells[at] for cells in left.all_fresh)
        own = {
            row.others[at]: place
            for place, row in enumerate(left.fresh)
            if row.others[at] and times_new[row.others[at]] == 1
        }
        for place, row in enumerate(left.gone):
            if times_old[row.others[at]] != 1:
                continue
            for cell in {row.others[at], row.new_others[at]} & own.keys():
                pair = place, own[cell]
                if pair not in seen and _rank(row, left.fresh[own[cell]])[0] >= MOST:
                    yield pair
                seen.add(pair)


def _by_all_but_a_part(left: _Left) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs that are equal in all other cells and all parts of the key but one.

    Returns:
        Also the rows that have several such matches: 0 for the old side or 1 for the new,
        and the place among the rows that are left.
    """
    groups: dict[tuple, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for side, rows in enumerate((left.gone, left.fresh)):
        for place, row in enumerate(rows):
            for others in {row.others, row.new_others}:
                for at in range(len(row.key)):
                    rest = row.new_key[:at] + row.new_key[at + 1 :]
                    if rest or not identity.is_blank(others):
                        groups[at, rest, others][side].add(place)
    pairs, rivals = set(), set()
    times_old, times_new = Counter(left.all_gone), Counter(left.all_fresh)
    for (_, rest, _), (gone, fresh) in groups.items():
        if len(gone) == len(fresh) == 1:
            (one,), (other,) = gone, fresh
            before, now = left.gone[one], left.fresh[other]
            is_one = times_old[before.others] == times_new[now.others] == 1
            if rest or is_one or any(map(_is_equal, before.beside, now.beside)):
                pairs.add((one, other))
        elif gone and fresh:
            rivals |= {(0, place) for place in gone} | {(1, place) for place in fresh}
    return pairs, rivals
