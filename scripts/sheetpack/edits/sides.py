"""One side of a comparison: from tables, from a package, from a revision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetpack import revision
from sheetpack.descriptor import load
from sheetpack.edits.model import Grid, Line, Side
from sheetpack.issue import Refusal
from sheetpack.package import Package
from sheetpack.reading import read_all
from sheetpack.table import Table
from sheetpack.workbook.cells import as_text


def of_tables(tables: Mapping[str, Table]) -> Side:
    """The cells of every table as their files have them, a blank one as None."""
    return {name: _grid(table) for name, table in tables.items()}


def of_readable(tables: Mapping[str, Table]) -> Side:
    """The same, of tables that need not be valid.

    Raises:
        Refusal: A table could not be read; all that is wrong with it is told.
    """
    issues = [each for table in tables.values() if not table.readable for each in table.issues]
    if issues:
        raise Refusal(*issues)
    return of_tables(tables)


def at_revision(package_path: Path, name: str) -> tuple[Package, Side]:
    """A package and its data as they were at a revision; see `revision.checked_out`.

    Raises:
        Refusal: There is no such revision, or it cannot be read.
    """
    with revision.checked_out(package_path, name) as path:
        package = load(path)
        return package, of_readable(read_all(package))


def _grid(table: Table) -> Grid:
    return Grid(
        tuple(field.name for field in table.resource.fields),
        [Line(tuple(map(as_text, row.raw)), row.number) for row in table.rows],
    )
