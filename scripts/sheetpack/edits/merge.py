"""Three sides become one: the data as it is now, with what was edited in a workbook.

A cell that one side left alone is what the other side made of it. Changed alike, it is that.
Changed differently, it is a conflict, and what stands in the data now stays until it is decided.

What is missing on a side decides nothing: a resource or a field that was not in the workbook is
unchanged, one that the base lacks counts as added by both sides, so that nothing is overwritten
or removed of which nobody knows who changed it. What stands in a field which the data has no
more is left out: there is no place for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetpack.edits import identity, renames
from sheetpack.edits.model import (
    Cells,
    Choice,
    Conflict,
    Decide,
    Grid,
    Key,
    Merged,
    MergedRow,
    Shape,
    Shapes,
    Side,
)
from sheetpack.edits.trio import Names, Trio, complete, in_short, trios
from sheetpack.edits.triples import Triple

REMOVED, CHANGED = "removed", "changed"


def undecided(_: Conflict) -> Choice:
    return None


def merge(
    shapes: Shapes, base: Side, edited: Side, current: Side, decide: Decide = undecided
) -> Merged:
    """Merge, following renamed keys of both sides through all that refers to them.

    Where nothing was edited, or both sides are alike, the current side is the result as it
    is, and its references stay what they are.

    Args:
        decide: Settles conflicts. Those for which it returns None are in the result.
    """
    three = complete(base, edited, current)
    in_edited = renames.find(shapes, three.base, three.edited)
    in_current = renames.find(shapes, three.base, three.current)
    following = bool(in_edited or in_current) and not any(
        all(identity.is_same(side[name], grid) for name, grid in three.edited.items())
        for side in (three.base, three.current)
    )
    names = Names(shapes, three, following, decide)
    rows, conflicts = {}, []
    for name, trio in trios(names, in_edited, in_current).items():
        key = shapes.get(name, Shape()).key
        merging = _Merging(name, key, trio, names.followed(name), decide)
        merged = list(merging.rows())
        if merged or name in current:
            rows[name] = merged
        conflicts += merging.conflicts
    return Merged(rows, tuple(conflicts))


class _Merging:
    """Merges the rows of one resource, and collects what was not decided."""

    def __init__(
        self,
        name: str,
        key: tuple[str, ...],
        trio: Trio,
        cells: tuple[list[Cells], list[Cells], list[Cells]],
        decide: Decide,
    ):
        self.name = name
        self.trio = trio
        self.base, self.edited, self.current = cells
        self.decide = decide
        self.conflicts: list[Conflict] = []
        grids = trio.edited, trio.current
        keyed = identity.has_key(key, *grids)
        self.key_edited, self.key_current = (
            identity.columns(grid, key) if keyed else [] for grid in grids
        )
        fields = trio.current.fields
        # Of each field its places in the current, the edited and the base rows.
        self.kept = [
            (field, at, _place(trio.edited, field), _place(trio.base, field))
            for at, field in enumerate(fields)
            if field in trio.edited.fields
        ]

    def rows(self) -> Iterator[MergedRow]:
        trio = self.trio
        for place, row in enumerate(trio.rows):
            if row.edited is None:
                cells = self._not_edited(row)
            elif row.current is None:
                cells = self._not_current(row)
            else:
                cells = self._on_both(row, place)
            if cells is not None:
                yield MergedRow(cells, *self._places(row)[::-1])

    def _places(self, row: Triple) -> tuple[int, int]:
        """The row's numbers on the edited and the current side."""
        trio = self.trio
        return (
            0 if row.edited is None else trio.edited.lines[row.edited].row,
            0 if row.current is None else trio.current.lines[row.current].row,
        )

    def _not_edited(self, row: Triple) -> Cells | None:
        """A row that the edited side doesn't have: new, or removed there."""
        cells = self.current[row.current]
        if row.base is None:
            return cells
        before = self.base[row.base]
        if not _is_changed(self.trio.base, before, self.trio.current, cells):
            return None
        old, ours = self._in_short(before, self.key_current, cells)
        return None if self._ask(row, "", old, ours, REMOVED) == "theirs" else cells

    def _not_current(self, row: Triple) -> Cells | None:
        """A row that the current side doesn't have: new, or removed there."""
        cells = self.edited[row.edited]
        if row.base is not None:
            before = self.base[row.base]
            if not _is_changed(self.trio.base, before, self.trio.edited, cells):
                return None
            old, theirs = self._in_short(before, self.key_edited, cells)
            if self._ask(row, "", old, REMOVED, theirs) != "theirs":
                return None
        merged: list[str | None] = [None] * len(self.trio.current.fields)
        for _, at, edited_at, _ in self.kept:
            merged[at] = cells[edited_at]
        return tuple(merged)

    def _on_both(self, row: Triple, place: int) -> Cells:
        trio = self.trio
        ours, theirs = self.current[row.current], self.edited[row.edited]
        before = None if row.base is None else self.base[row.base]
        if theirs == before and trio.edited.fields == trio.base.fields:
            return ours
        if theirs == ours and trio.edited.fields == trio.current.fields:
            return ours
        merged = list(ours)
        settled = self._settle_key(row, place, merged)
        for field, at, edited_at, base_at in self.kept:
            our, their = ours[at], theirs[edited_at]
            if our == their or at in settled:
                continue
            old = None
            if before is not None and base_at is not None:
                old = before[base_at]
                if their == old:
                    continue
                if our == old:
                    merged[at] = their
                    continue
            if self._ask(row, field, old, our, their) == "theirs":
                merged[at] = their
        return tuple(merged)

    def _settle_key(self, row: Triple, place: int, merged: list[str | None]) -> list[int]:
        """Where both sides renamed the row differently, put the key; returns its places."""
        if place not in self.trio.renamed_twice:
            return []
        conflict, choice = self.trio.renamed_twice[place]
        if choice is None:
            self.conflicts.append(conflict)
        if choice == "theirs":
            cells = self.edited[row.edited]
            for at, edited_at in zip(self.key_current, self.key_edited, strict=True):
                merged[at] = cells[edited_at]
        return self.key_current

    def _ask(
        self, row: Triple, field: str, old: str | None, ours: str | None, theirs: str | None
    ) -> Choice:
        """What is decided about a conflict; it is kept where nobody decides."""
        if row.current is not None:
            key = _key(self.current[row.current], self.key_current)
        else:
            key = _key(self.edited[row.edited], self.key_edited)
        conflict = Conflict(self.name, key, field, old, ours, theirs, *self._places(row))
        choice = self.decide(conflict)
        if choice is None:
            self.conflicts.append(conflict)
        return choice

    def _in_short(self, before: Cells, key_at: list[int], after: Cells) -> tuple[str | None, str]:
        """A row's old and new key where it was renamed, else that it was changed."""
        places = [_place(self.trio.base, self.trio.current.fields[at]) for at in self.key_current]
        if None in places or _key(before, places) == _key(after, key_at):
            return None, CHANGED
        return in_short(_key(before, places)), in_short(_key(after, key_at))


def _key(cells: Cells, at: list[int]) -> Key:
    return tuple(cells[position] for position in at)


def _place(grid: Grid, field: str) -> int | None:
    return grid.fields.index(field) if field in grid.fields else None


def _is_changed(old: Grid, before: Cells, new: Grid, after: Cells) -> bool:
    """Does a row differ in a field of both sides, or hold something in a new one?"""
    if old.fields == new.fields:
        return before != after
    was = dict(zip(old.fields, before, strict=True))
    return any(cell != was.get(field) for field, cell in zip(new.fields, after, strict=True))
