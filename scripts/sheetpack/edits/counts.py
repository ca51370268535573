"""How much differs, in numbers and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetpack.edits.model import Changes, RowChange


class Counts(NamedTuple):
    """Rows by what happened to them; `cells` are those that changed in `changed` rows."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    cells: int = 0
    renamed: int = 0


def count(rows: Iterable[RowChange]) -> Counts:
    """Count the rows of one resource, or of all."""
    found = dict.fromkeys(Counts._fields, 0)
    for row in rows:
        found[row.kind] += 1
        found["cells"] += len(row.cells) if row.kind == "changed" else 0
    return Counts(**found)


def by_resource(changes: Changes) -> dict[str, Sequence[RowChange]]:
    """The changed rows of each resource, in their order; resources without any are absent."""
    found: dict[str, list[RowChange]] = {}
    for row in changes.rows:
        found.setdefault(row.resource, []).append(row)
    return found


def in_words(counts: Counts) -> str:
    """One line without its full stop.

    >>> in_words(Counts(added=3, removed=1, changed=2, cells=4))
    '3 rows added, 1 removed, 2 changed (4 cells)'
    """
    parts = [
        (counts.added, "added"),
        (counts.removed, "removed"),
        (counts.changed, f"changed ({plural(counts.cells, 'cell')})"),
        (counts.renamed, "renamed"),
    ]
    told = [(number, what) for number, what in parts if number]
    # The word "row" stands once, behind the first number.
    words = [f"{plural(number, 'row')} {what}" for number, what in told[:1]]
    return ", ".join(words + [f"{number:,} {what}" for number, what in told[1:]])


def summary(changes: Changes) -> str:
    """The last line of every report: how much differs."""
    if not changes:
        return "Nothing differs."
    columns = [
        (sum(map(len, changes.fields_added.values())), "column", "added"),
        (sum(map(len, changes.fields_removed.values())), "column", "removed"),
    ]
    parts = [
        (len(changes.added), "sheet", "added"),
        (len(changes.removed), "sheet", "removed"),
        *columns,
    ]
    words = [f"{plural(number, noun)} {what}" for number, noun, what in parts if number]
    words += [in_words(count(changes.rows))] if changes.rows else []
    return f"{', '.join(words)}."


def plural(number: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1000, "row")
    '1,000 rows'
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
