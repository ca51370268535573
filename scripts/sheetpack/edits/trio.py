"""The rows of one resource on three sides, and what the key of each becomes.

Done for one resource after the other, parents first: which rows are the same depends on their
keys, and these may hold keys of other rows that were renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheetpack.edits import identity
from sheetpack.edits.following import References, clear
from sheetpack.edits.model import (
    Cells,
    Choice,
    Conflict,
    Decide,
    Grid,
    Key,
    Line,
    Shape,
    Shapes,
    Side,
)
from sheetpack.edits.shapes import parents_first
from sheetpack.edits.triples import Triple, triples


@dataclass(frozen=True)
class Three:
    """The three sides, each with the same resources.

    Attributes:
        without_base: Resources of which it isn't known what they were.
        unedited: Resources that the edited side doesn't have.
    """

    base: Side
    edited: Side
    current: Side
    without_base: frozenset[str]
    unedited: frozenset[str]


@dataclass(frozen=True)
class Trio:
    """One resource on three sides.

    Attributes:
        rows: Every row that stands on the edited or the current side, in the order of the result.
        renamed_twice: Place among the rows → the conflict of a row that both sides renamed
            differently, and what was decided.
    """

    base: Grid
    edited: Grid
    current: Grid
    rows: list[Triple]
    renamed_twice: Mapping[int, tuple[Conflict, Choice]] = field(default_factory=dict)


@dataclass
class Names:
    """What keys become: for each side resource → key on that side → key in the result.

    Attributes:
        following: Do references follow at all?
        decide: Settles which key a row gets that was renamed differently.
    """

    shapes: Shapes
    three: Three
    following: bool
    decide: Decide
    base: dict[str, Mapping[Key, Key]] = field(default_factory=dict)
    edited: dict[str, Mapping[Key, Key]] = field(default_factory=dict)
    current: dict[str, Mapping[Key, Key]] = field(default_factory=dict)

    def followed(self, name: str) -> tuple[list[Cells], list[Cells], list[Cells]]:
        """The cells of all rows on the three sides, with what they refer to renamed."""
        three = self.three
        base = self._followed(name, three.base, self.base)
        if name not in three.unedited:
            edited = self._followed(name, three.edited, self.edited)
        else:  # alike, also where it is not clear what the keys of others became
            edited = base
        return base, edited, self._followed(name, three.current, self.current)

    def _followed(self, name: str, side: Side, renames: Mapping) -> list[Cells]:
        grid = side[name]
        change = References(self.shapes, side, renames).of(name, grid.fields)
        return [change(line.cells) if change else line.cells for line in grid.lines]


def complete(base: Side, edited: Side, current: Side) -> Three:
    """The three sides with all resources that the edited or the current one has.

    What is not there on the edited side was not edited. What is not there on the current
    side has no rows any more. What is not in the base had no rows.
    """
    names = [*current, *(name for name in edited if name not in current)]
    whole: tuple[dict[str, Grid], ...] = ({}, {}, {})
    for name in names:
        fields = (current.get(name) or edited[name]).fields
        before = base.get(name) or Grid(fields, ())
        whole[0][name] = before
        whole[1][name] = edited.get(name) or _unedited(before)
        whole[2][name] = current.get(name) or Grid(fields, ())
    return Three(
        *whole,
        without_base=frozenset(name for name in names if name not in base),
        unedited=frozenset(name for name in names if name not in edited),
    )


def _unedited(base: Grid) -> Grid:
    """The rows of the base, which stand nowhere in the workbook."""
    return Grid(base.fields, [Line(line.cells) for line in base.lines])


def trios(
    names: Names, in_edited: Mapping[str, Mapping], in_current: Mapping[str, Mapping]
) -> dict[str, Trio]:
    """All resources, and what their keys become is added to the names.

    Args:
        in_edited, in_current: Keys of the base → what they are on that side.
    """
    found = {}
    for name in [*parents_first(names.shapes), *names.three.current]:
        if name in names.three.current and name not in found:
            found[name] = _trio(name, names, in_edited.get(name, {}), in_current.get(name, {}))
    return {name: found[name] for name in names.three.current}


def _trio(
    name: str, names: Names, in_edited: Mapping[Key, Key], in_current: Mapping[Key, Key]
) -> Trio:
    three = names.three
    base, edited, current = three.base[name], three.edited[name], three.current[name]
    key = names.shapes.get(name, Shape()).key
    edited_in_base = identity.pair(key, base, edited, in_edited)
    current_in_base = identity.pair(key, base, current, in_current)
    cells = names.followed(name)
    only_edited = [at for at, place in enumerate(edited_in_base) if place is None]
    only_current = [at for at, place in enumerate(current_in_base) if place is None]
    added = _Added(
        Grid(edited.fields, [Line(cells[1][at]) for at in only_edited]),
        Grid(current.fields, [Line(cells[2][at]) for at in only_current]),
    )
    twins = {
        only_edited[one]: only_current[other]
        for one, other in added.twins(key, name in three.without_base).items()
    }
    rows = triples(edited_in_base, current_in_base, twins)
    if not names.following or not identity.has_key(key, base, edited, current):
        return Trio(base, edited, current, rows)
    finals = _Finals(name, key, (base, edited, current), cells, rows)
    keys, renamed_twice = finals.keys(names.decide)
    names.base[name], names.edited[name], names.current[name] = finals.names(keys)
    return Trio(base, edited, current, rows, renamed_twice)


@dataclass(frozen=True)
class _Added:
    """The rows that only the edited, and only the current side has."""

    edited: Grid
    current: Grid

    def twins(self, key: tuple[str, ...], without_base: bool) -> dict[int, int]:
        """Rows that both sides added: place among the edited ones → among the current ones.

        They have the same key or, without a key, the same cells. Where there is no base they
        may have changed.
        """
        edited, current = self.edited, self.current
        if not edited.lines or not current.lines:
            return {}
        if without_base:
            places = identity.pair(key, current, edited)
            return {at: place for at, place in enumerate(places) if place is not None}
        common = [name for name in current.fields if name in edited.fields]
        old, new = identity.keys(current, tuple(common)), identity.keys(edited, tuple(common))
        if identity.has_key(key, edited, current):
            old = _by_key_or_cells(identity.keys(current, key), old)
            new = _by_key_or_cells(identity.keys(edited, key), new)
        places = identity.pair_alike(old, new)
        return {at: place for at, place in enumerate(places) if place is not None}


def _by_key_or_cells(keys: Sequence[Key], rows: Sequence[Cells]) -> list[tuple]:
    """What tells each row apart: its key, or all its cells where that is blank."""
    return [
        (False, *cells) if identity.is_blank(key) else (True, *key)
        for key, cells in zip(keys, rows, strict=True)
    ]


class _Finals:
    """Works out what keys the rows of one resource have in the end."""

    def __init__(
        self,
        name: str,
        key: tuple[str, ...],
        grids: tuple[Grid, Grid, Grid],
        cells: tuple[list[Cells], list[Cells], list[Cells]],
        rows: list[Triple],
    ):
        self.name = name
        self.grids = grids
        self.rows = rows
        self.written = [identity.keys(grid, key) for grid in grids]
        self.followed = [
            identity.parts(lines, identity.columns(grid, key))
            for grid, lines in zip(grids, cells, strict=True)
        ]

    def keys(self, decide: Decide) -> tuple[list[Key], dict[int, tuple[Conflict, Choice]]]:
        """The key of each row in the result, and the conflicts about them."""
        finals, conflicts = [], {}
        base, edited, current = self.followed
        for place, row in enumerate(self.rows):
            theirs = edited[row.edited] if row.edited is not None else None
            ours = current[row.current] if row.current is not None else None
            before = base[row.base] if row.base is not None else None
            if ours is None or ours == before:
                finals.append(ours if theirs is None else theirs)
            elif theirs in (None, ours, before):
                finals.append(ours)
            else:
                conflict = self._conflict(row, before, ours, theirs)
                choice = decide(conflict)
                conflicts[place] = conflict, choice
                finals.append(theirs if choice == "theirs" else ours)
        return finals, conflicts

    def _conflict(self, row: Triple, before: Key | None, ours: Key, theirs: Key) -> Conflict:
        return Conflict(
            self.name,
            ours,
            "",
            in_short(before or ()),
            in_short(ours),
            in_short(theirs),
            self.grids[1].lines[row.edited].row,
            self.grids[2].lines[row.current].row,
        )

    def names(self, finals: list[Key]) -> list[dict[Key, Key]]:
        """For each side the keys as written there → keys in the result.

        The key that a row had in the base stands for it on the other sides too, as a reference
        may have stayed behind.
        """
        pairs: tuple[list[tuple[Key, Key]], ...] = ([], [], [])
        for row, final in zip(self.rows, finals, strict=True):
            for side, place in enumerate(row):
                if place is not None:
                    pairs[side].append((self.written[side][place], final))
                if row.base is not None:
                    pairs[side].append((self.written[0][row.base], final))
        return [clear(each) for each in pairs]


def in_short(key: Key) -> str:
    """A key as words."""
    return " / ".join(part or "" for part in key)
