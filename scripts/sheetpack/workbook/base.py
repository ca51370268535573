"""The base: what a workbook was built from, on a hidden sheet of its own.

Whoever merges an edited workbook needs three sides: the base, the edited cells and the data
as it is now. The base travels in plain cells, as these survive being saved in any spreadsheet
program: the rows of every resource as JSON, of ASCII characters only, cut into pieces that fit.
No piece looks like a number, a formula or an escape, and none begins or ends with a space.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sheetpack.package import Package
from sheetpack.table import Table
from sheetpack.workbook.addresses import BASE
from sheetpack.workbook.cells import as_text
from sheetpack.workbook.model import Column, Sheet, Styled

HEADERS = ("Resource", "Piece", "Of", "Checksum (SHA-256)", "Rows as JSON")
EDGE = "|"  # before and after each piece
PIECE = 30_000  # characters; a cell holds 32,767
WIDTH = 20


class Base(NamedTuple):
    """One resource as it was when the workbook was built.

    Attributes:
        rows: Its rows in the order of the file, cells in the order of `fields`, as text; None
            where there is nothing.
    """

    fields: list[str]
    rows: list[list[str | None]]


class BrokenBase(ValueError):
    """The base of a workbook was changed or is incomplete; the message names the resource."""


def base_sheet(package: Package, tables: Mapping[str, Table]) -> Sheet:
    """Lay out the base of all resources of a package."""
    rows = [cells for each in package.resources for cells in _pieces(tables[each.name])]
    header = tuple(Styled(title, "header") for title in HEADERS)
    columns = tuple(Column(title, WIDTH, "line") for title in HEADERS)
    return Sheet(BASE, "hidden", columns, [header, *rows], height=len(rows) + 1)


def read_base(rows: Iterable[Sequence[Any]]) -> dict[str, Base]:
    """Put the base together again.

    Args:
        rows: The cells of its sheet, the header included, in any order of rows.

    Raises:
        BrokenBase: A piece is missing, or is not what it was.
    """
    pieces: dict[str, dict[int, tuple[int, str, str]]] = {}
    for cells in list(rows)[1:]:
        if cells[0] is not None:
            name, number, count, checksum, piece = cells[: len(HEADERS)]
            pieces.setdefault(name, {})[int(number)] = (int(count), checksum, str(piece))
    return {name: _joined(name, parts) for name, parts in pieces.items()}


def _pieces(table: Table) -> Iterator[tuple[Any, ...]]:
    fields = [field.name for field in table.resource.fields]
    rows = [
        [cell if cell and isinstance(cell, str) else as_text(cell) for cell in row.raw]
        for row in table.rows
    ]
    # An underscore could be read as the beginning of an escape such as _x000D_.
    text = json.dumps([fields, rows], separators=(",", ":")).replace("_", "\\u005f")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    parts = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    for number, part in enumerate(parts, start=1):
        piece = Styled(f"{EDGE}{part}{EDGE}", "line")
        yield table.resource.name, number, len(parts), checksum, piece


def _joined(name: str, parts: Mapping[int, tuple[int, str, str]]) -> Base:
    count, checksum, _ = next(iter(parts.values()))
    if sorted(parts) != list(range(1, count + 1)):
        raise BrokenBase(name)
    text = "".join(_inside(parts[number][2]) for number in range(1, count + 1))
    if hashlib.sha256(text.encode()).hexdigest() != checksum:
        raise BrokenBase(name)
    return Base(*json.loads(text))


def _inside(piece: str) -> str:
    return piece.removeprefix(EDGE).removesuffix(EDGE)
