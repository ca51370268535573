"""Sides written down in short: rows as text with bars between the cells."""

from __future__ import annotations

from sheetpack.edits.model import Grid, Line, Link, Shape

PEOPLE = Shape(key=("id",), shared_ids=True, links=(Link(("boss",), "people", ("id",)),))
PETS = Shape(key=("pet",), links=(Link(("owner",), "people", ("id",)),))
PARTS = Shape(key=("person", "part"), links=(Link(("person",), "people", ("id",)),))
NOTES = Shape(any_id=("about",))
SHAPES = {"pets": PETS, "notes": NOTES, "parts": PARTS, "people": PEOPLE}


def told(conflicts):
    return [
        ("/".join(part or "" for part in each.key), each.field, each.base, each.ours, each.theirs)
        for each in conflicts
    ]


def cells(row: str) -> tuple[str | None, ...]:
    return tuple(cell or None for cell in row.split("|"))


def grid(fields: str, *rows: str) -> Grid:
    """A grid whose rows are numbered as in a file with one header."""
    lines = [Line(cells(row), number) for number, row in enumerate(rows, start=2)]
    return Grid(tuple(fields.split()), lines)


def rows_of(grid_or_merged) -> list[str]:
    """The rows as they are written down."""
    lines = getattr(grid_or_merged, "lines", grid_or_merged)
    return ["|".join(cell or "" for cell in line.cells) for line in lines]
