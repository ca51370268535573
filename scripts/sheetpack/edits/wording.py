"""Parts of changes in words: a cell, a key, the place of a row."""

from __future__ import annotations

from collections.abc import Sequence
from sys import maxsize

from sheetpack import catalogue
from sheetpack.edits.excerpts import excerpts
from sheetpack.edits.model import CellChange, Key, RowChange

BLANK = "(blank)"
ARROW = " → "


def inert(text: str | None) -> str:
    """A cell on one line, whole, without anything that moves the cursor of a terminal.

    Where its ends could not be seen, or it could be taken for something else, it stands in
    quotation marks.
    """
    if text is None:
        return BLANK
    words = catalogue.shown(text, maxsize)
    unclear = words != words.strip() or not words or words == BLANK or ARROW.strip() in words
    return f"“{words}”" if unclear else words


def key_text(key: Key) -> str:
    """A key as people write it, its parts joined by " / "."""
    return " / ".join(map(inert, key))


def place(row: RowChange) -> str:
    """Where a row stands, and its key, or both of them: "row 5, storm → gale"."""
    parts = [f"row {row.new_row or row.old_row}"]
    if row.new_key != row.key:
        parts.append(key_text(row.key) + ARROW + key_text(row.new_key))
    elif row.key:
        parts.append(key_text(row.key))
    return ", ".join(parts)


def column_words(fields_added: Sequence[str], fields_removed: Sequence[str]) -> list[str]:
    """Which columns came or went, if any did."""
    both = (("added", fields_added), ("removed", fields_removed))
    return [
        f"{'column' if len(names) == 1 else 'columns'} {what}: {', '.join(map(inert, names))}"
        for what, names in both
        if names
    ]


def changed_words(cell: CellChange) -> tuple[str, str]:
    """Both sides of a cell, of two texts only what differs between them and a bit around it."""
    if cell.old is None or cell.new is None:
        return inert(cell.old), inert(cell.new)
    old, new = excerpts(cell.old, cell.new)
    return inert(old), inert(new)
