"""People at work on a workbook: build one, edit it with openpyxl, save it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sheetpack import build, merging
from sheetpack.package import Package
from sheetpack.received import edited as received
from sheetpack.table import Table
from tests.samples import opened

Book = openpyxl.Workbook


def built(package: Path, path: Path) -> Path:
    """Write the workbook of a package to `path`."""
    path.write_bytes(build.products(*opened(package))[0][0].content)
    return path


def merged_in_full(
    package: Package, tables: Mapping[str, Table], workbook: Path
) -> merging.Outcome:
    """What a merge comes to where all is read, compared and checked, edited or not."""
    edited = received.read(package, workbook)
    return merging.merged_with(package, tables, edited, edited.base)


def edit(path: Path, change: Callable[[Book], Any]) -> Path:
    """Open a workbook, change it, save it in its place."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def column(sheet: Worksheet, header: str) -> int:
    """The column of that header."""
    return next(cell.column for cell in sheet[1] if cell.value == header)


def row(sheet: Worksheet, key: str) -> int:
    """The row whose first cell is `key`."""
    return next(cell.row for cell in sheet["A"] if cell.value == key)


def set_cell(sheet: Worksheet, key: str, header: str, value: Any) -> None:
    """Type a value into the row of that key."""
    sheet.cell(row(sheet, key), column(sheet, header)).value = value
