"""The words of comparing and merging, as plain frozen data.

Cells are texts as the files of the package have them; None is a cell with nothing in it.
*Base* is what a workbook was built from, *edited* (in a conflict: theirs) what came back,
*current* (ours) what stands in the package now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Cells: TypeAlias = tuple[str | None, ...]
Key: TypeAlias = tuple[str | None, ...]
Kind = Literal["added", "removed", "changed", "renamed"]


class Line(NamedTuple):
    """One row: its cells in the order of the grid's fields, and its number where it stands."""

    cells: Cells
    row: int = 0


@dataclass(frozen=True)
class Grid:
    """One resource of one side."""

    fields: tuple[str, ...]
    lines: Sequence[Line]


Side: TypeAlias = Mapping[str, Grid]


class Link(NamedTuple):
    """Fields of a resource that hold the key of a row of `reference`."""

    fields: tuple[str, ...]
    reference: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What has to be known of a resource to compare its rows.

    Attributes:
        key: The fields of its primary key; () where rows have none.
        links: Its foreign keys.
        any_id: Fields that may hold the key of a row of any resource with `shared_ids`.
        shared_ids: Is its key unique over the whole package?
    """

    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    any_id: tuple[str, ...] = ()
    shared_ids: bool = False


Shapes: TypeAlias = Mapping[str, Shape]


class CellChange(NamedTuple):
    """What one cell was and what it is; None is a cell with nothing in it."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RowChange:
    """One row that differs.

    Attributes:
        key: Its key, that of the old side where there are two; () for a resource without keys.
        new_key: The key it is renamed to, else the same key.
        cells: The cells that differ; of an added or removed row all that hold something. Of
            a renamed row its key cells are among them.
        old_row, new_row: Where it stands on the two sides; 0 where it doesn't.
    """

    resource: str
    kind: Kind
    key: Key
    new_key: Key
    cells: tuple[CellChange, ...]
    old_row: int = 0
    new_row: int = 0


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two sides.

    Attributes:
        added, removed: Names of resources that only the new or only the old side has.
        fields_added, fields_removed: Resource → fields that only one side has. What stands in
            such a field is no change of a row.
        rows: By resource in the order of the sides, then by place.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    fields_added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields_removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[RowChange, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.fields_added, self.fields_removed, self.rows))


@dataclass(frozen=True)
class Conflict:
    """Both sides changed the same thing differently.

    Attributes:
        field: The field; "" where a row was removed on one side and changed on the other,
            or renamed differently.
        base, ours, theirs: The cell on the three sides; of a whole row, its words in short
            ("removed", "changed", a key).
        edited_row: Where the row stands in the edited sheet; 0 where it was removed there.
        current_row: Where it stands in the data now; 0 where it was removed.
    """

    resource: str
    key: Key
    field: str
    base: str | None
    ours: str | None
    theirs: str | None
    edited_row: int = 0
    current_row: int = 0


# Whose version counts where there is a conflict; None where nobody decided.
Choice: TypeAlias = Literal["ours", "theirs"] | None
Decide: TypeAlias = Callable[[Conflict], Choice]


class MergedRow(NamedTuple):
    """A row of the result.

    Attributes:
        current_row: Where the row stands in the data now; 0 for a new one.
        edited_row: Where it stands in the edited sheet; 0 where it doesn't.
    """

    cells: Cells
    current_row: int
    edited_row: int


@dataclass(frozen=True)
class Merged:
    """The result of a merge.

    Attributes:
        rows: Resource → all its rows, cells in the order of the current fields.
        conflicts: In the order of the rows; the rows hold the current cells there.
    """

    rows: Mapping[str, Sequence[MergedRow]]
    conflicts: tuple[Conflict, ...] = ()
