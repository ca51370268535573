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
from itertools import chain, islice
from math import ceil
from typing import Any, NamedTuple

from sheetpack import scratch
from sheetpack.package import Package
from sheetpack.scratch import Scratch
from sheetpack.table import Table
from sheetpack.workbook.addresses import BASE
from sheetpack.workbook.cells import as_text
from sheetpack.workbook.model import Column, Sheet, Styled

HEADERS = ("Resource", "Piece", "Of", "Checksum (SHA-256)", "Rows as JSON")
EDGE = "|"  # before and after each piece
PIECE = 30_000  # characters; a cell holds 32,767
WIDTH = 20
ROWS_AT_ONCE = 1_000


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
    texts = {each.name: Scratch(_text(tables[each.name])) for each in package.resources}
    header = tuple(Styled(title, "header") for title in HEADERS)
    columns = tuple(Column(title, WIDTH, "line") for title in HEADERS)
    rows = chain([header], *(_pieces(name, text) for name, text in texts.items()))
    count = sum(map(_count, texts.values()))
    return Sheet(BASE, "hidden", columns, rows, height=count + 1)


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


def _text(table: Table) -> Iterator[bytes]:
    """The fields and all rows of a table as JSON, in pieces of any length."""
    yield f"[{_json([field.name for field in table.resource.fields])},[".encode()
    rows = (
        [cell if cell and isinstance(cell, str) else as_text(cell) for cell in row.raw]
        for row in table.rows
    )
    comma = ""
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield f"{comma}{_json(some)[1:-1]}".encode()
        comma = ","
    yield b"]]"


def _json(value: list[Any]) -> str:
    # An underscore could be read as the beginning of an escape such as _x000D_.
    return json.dumps(value, separators=(",", ":")).replace("_", "\\u005f")


def _count(text: Scratch) -> int:
    """How many pieces a text is cut into."""
    return ceil(len(text) / PIECE)


def _pieces(name: str, text: Scratch) -> Iterator[tuple[Any, ...]]:
    """The rows of the sheet that hold the text of one resource."""
    count, checksum = _count(text), scratch.fingerprint(text)
    file = text.file
    for number in range(1, count + 1):
        piece = Styled(f"{EDGE}{file.read(PIECE).decode()}{EDGE}", "line")
        yield name, number, count, checksum, piece


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
