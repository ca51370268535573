"""Changes shown: as text for a terminal, as Markdown, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from sheetpack.edits.counts import by_resource, count, in_words, summary
from sheetpack.edits.model import CellChange, Changes, RowChange
from sheetpack.edits.telling_markdown import markdown
from sheetpack.edits.wording import ARROW, changed_words, column_words, inert, place
from sheetpack.edits.wrapping import columns, wrapped

__all__ = ["as_json", "markdown", "summary", "text"]

SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": "~"}
WIDTH = 80
NARROWEST = 40
INDENT = " " * 6

Paint = Callable[[str, str], str]


def text(changes: Changes, width: int = WIDTH, paint: Paint = lambda line, what: line) -> str:
    """All changes, row by row and cell by cell; the last line says how much differs.

    Each resource has its heading with counts, each row its number and its key, each cell a
    line `field: old → new`. Of long texts that changed only the words that differ are shown,
    with those around them; nothing else is left out. Control characters are inert.

    Args:
        width: Of the lines, in columns of a terminal.
        paint: Colours a line; told whether it is a "heading" or something "added",
            "removed" or "changed".
    """
    width = max(width, NARROWEST)
    headings = {
        name: list(wrapped(line, width, "", "  ")) for name, line in _headings(changes).items()
    }
    rows = by_resource(changes)
    # All headings come first, save a single one, which the rows follow at once.
    parts = ["\n".join(chain.from_iterable(headings.values()))] if len(headings) > 1 else []
    for name, heading in headings.items():
        if name in rows or len(headings) == 1:
            lines = [paint(line, "heading") for line in heading]
            for row in rows.get(name, ()):
                lines += [paint(line, what) for line, what in _row(row, width)]
            parts.append("\n".join(lines))
    return "\n\n".join([*parts, summary(changes)])


def as_json(changes: Changes) -> str:
    """Everything, for a program.

    An object with `added` and `removed` (names of resources that only one side has);
    `resources`, a list of objects with `name`, `fields_added`, `fields_removed`, the counts
    `added`, `removed`, `changed`, `cells` and `renamed`, and `rows`; the same counts over all
    in `counts`; and a line for people in `summary`. A row has `change` ("added", "removed",
    "changed" or "renamed"), `key` and `new_key` (lists), `old_row` and `new_row` (0 where it
    doesn't stand), and `cells`, each with `field`, `old` and `new`: a text, or null where
    nothing stands.
    """
    rows = by_resource(changes)
    resources = [
        {
            "name": name,
            "fields_added": list(changes.fields_added.get(name, ())),
            "fields_removed": list(changes.fields_removed.get(name, ())),
            **count(rows.get(name, ()))._asdict(),
            "rows": [_as_dict(row) for row in rows.get(name, ())],
        }
        for name in dict.fromkeys([*changes.fields_added, *changes.fields_removed, *rows])
    ]
    found = {
        "added": list(changes.added),
        "removed": list(changes.removed),
        "resources": resources,
        "counts": count(changes.rows)._asdict(),
        "summary": summary(changes),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _headings(changes: Changes) -> dict[str, str]:
    """One line for every resource that differs."""
    words: dict[str, list[str]] = {}
    for what, names in (("sheet added", changes.added), ("sheet removed", changes.removed)):
        words |= {name: [what] for name in names}
    for name in [*changes.fields_added, *changes.fields_removed]:
        added, removed = changes.fields_added.get(name, ()), changes.fields_removed.get(name, ())
        words[name] = column_words(added, removed)
    for name, rows in by_resource(changes).items():
        words.setdefault(name, []).append(in_words(count(rows)))
    return {name: f"{inert(name)}: {'; '.join(told)}" for name, told in words.items()}


def _row(row: RowChange, width: int) -> Iterator[tuple[str, str]]:
    """The lines of one row, and what each of them is."""
    sign, renamed = SIGNS[row.kind], "renamed, " if row.kind == "renamed" else ""
    what = row.kind if row.kind in ("added", "removed") else "changed"
    for line in wrapped(renamed + place(row), width, f"  {sign} ", " " * 8):
        yield line, what
    for cell in row.cells:
        if row.kind == "added":
            lines = _lines(f"{inert(cell.field)}: {inert(cell.new)}", width)
        elif row.kind == "removed":
            lines = _lines(f"{inert(cell.field)}: {inert(cell.old)}", width)
        else:
            yield from _cell(cell, width)
            continue
        yield from ((line, what) for line in lines)


def _cell(cell: CellChange, width: int) -> Iterator[tuple[str, str]]:
    """One line where that is enough; else a line for its name, one for the old, the new."""
    name = inert(cell.field)
    line = f"{name}: {inert(cell.old)}{ARROW}{inert(cell.new)}"
    if columns(INDENT + line) <= width:
        yield INDENT + line, ""
        return
    old, new = changed_words(cell)
    yield from ((line, "") for line in _lines(f"{name}:", width))
    indent = INDENT + " " * 2
    for sign, words, what in (("- ", old, "removed"), ("+ ", new, "added")):
        for line in wrapped(words, width, indent + sign, indent + "  "):
            yield line, what


def _lines(words: str, width: int) -> Iterator[str]:
    return wrapped(words, width, INDENT, INDENT + "  ")


def _as_dict(row: RowChange) -> dict[str, Any]:
    return {
        "change": row.kind,
        "key": list(row.key),
        "new_key": list(row.new_key),
        "old_row": row.old_row,
        "new_row": row.new_row,
        "cells": [cell._asdict() for cell in row.cells],
    }
