"""A key changes, and every cell that holds it follows, where it is clear which row is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from sheetpack.edits import identity
from sheetpack.edits.model import Cells, Key, Link, Shape, Shapes, Side

# Resource → old key → new key.
Renames: TypeAlias = Mapping[str, Mapping[Key, Key]]
Follow: TypeAlias = Callable[[Cells], Cells]
Steps: TypeAlias = list[tuple[list[int], Mapping[Key, Key]]]


class References:
    """How the cells of one side change that refer to renamed rows.

    A reference to a part of a key is followed where all rows with that part are renamed
    alike; an id of any resource where only one resource has it.
    """

    def __init__(self, shapes: Shapes, side: Side, renames: Renames):
        self.shapes = shapes
        self.side = side
        self.renames = {name: found for name, found in renames.items() if found}
        self._parts: dict[tuple[str, tuple[str, ...]], Mapping[Key, Key]] = {}
        self._ids: Mapping[Key, Key] | None = None

    def of(self, name: str, fields: Sequence[str]) -> Follow | None:
        """What makes of a row's cells those that follow; None where none can change.

        The row's own key doesn't change, save where it holds that of another row.
        """
        shape = self.shapes.get(name, Shape())
        at = {field: position for position, field in enumerate(fields)}
        steps: Steps = []
        for link in shape.links:
            if link.reference in self.renames and set(link.fields) <= set(at):
                steps.append(([at[field] for field in link.fields], self._renamed(link)))
        ids = self._renamed_ids() if shape.any_id else {}
        steps += [([at[field]], ids) for field in shape.any_id if field in at]
        steps = [step for step in steps if step[1]]
        return substitute(steps) if steps else None

    def _renamed(self, link: Link) -> Mapping[Key, Key]:
        """What the referring fields of a link may hold → what they then hold."""
        wanted = link.reference, link.reference_fields
        if wanted not in self._parts:
            self._parts[wanted] = self._part(*wanted)
        return self._parts[wanted]

    def _part(self, name: str, fields: tuple[str, ...]) -> Mapping[Key, Key]:
        key, renames = self.shapes[name].key, self.renames[name]
        if not set(fields) <= set(key):
            return {}
        at = [key.index(field) for field in fields]
        if len(fields) == len(key):
            unclear = set()
        else:
            unclear = set(identity.parts([*self._staying(name)], at))
        pairs = (
            (old, new)
            for old, new in zip(
                identity.parts([*renames], at), identity.parts([*renames.values()], at), strict=True
            )
            if old not in unclear
        )
        return clear(pairs)

    def _renamed_ids(self) -> Mapping[Key, Key]:
        if self._ids is None:
            sharing = [name for name, shape in self.shapes.items() if shape.shared_ids]
            renamed = [pair for name in sharing for pair in self.renames.get(name, {}).items()]
            staying = {key for name in sharing for key in self._staying(name)} if renamed else ()
            self._ids = clear(pair for pair in renamed if pair[0] not in staying)
        return self._ids

    def _staying(self, name: str) -> set[Key]:
        """Keys of the side's rows that are not renamed."""
        key, grid = self.shapes[name].key, self.side.get(name)
        if grid is None or not identity.has_key(key, grid):
            return set()
        return set(identity.keys(grid, key)) - self.renames.get(name, {}).keys()


def clear(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """The pairs of an old and a new key, without those that leave open what a key becomes.

    Blank keys are left out, and keys that stay as they are.
    """
    found: dict[Key, Key] = {}
    unclear = set()
    for old, new in pairs:
        if found.setdefault(old, new) != new:
            unclear.add(old)
    return {
        old: new
        for old, new in found.items()
        if old != new and old not in unclear and not identity.is_blank(old)
    }


def substitute(steps: Steps) -> Follow:
    """What makes of a row's cells those in which keys are renamed, each at its positions."""

    def change(cells: Cells) -> Cells:
        changed: list[str | None] | None = None
        for at, renamed in steps:
            new = renamed.get(tuple([cells[position] for position in at]))
            if new is None:
                continue
            changed = changed or list(cells)
            for position, cell in zip(at, new, strict=True):
                if changed[position] == cells[position]:
                    changed[position] = cell
        return tuple(changed) if changed else cells

    return change
