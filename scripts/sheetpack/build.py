"""From valid tables to the files people download: the workbook and the CSVs."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from sheetpack import charts, csvs, files, views
from sheetpack.catalogue import issue
from sheetpack.issue import Issue, Level, Refusal
from sheetpack.package import Package
from sheetpack.table import Table
from sheetpack.workbook.layout import layout
from sheetpack.workbook.writer import is_as_built
from sheetpack.workbook.writer import write as write_workbook

CSV_FOLDER = "csv"
NOT_IN_FILE_NAME = re.compile(r"[^\w.-]|^\.+")
SHEET_PART = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
SHEET_ELEMENT = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


@dataclass(frozen=True)
class Product:
    """One file that a build gives.

    Attributes:
        path: Relative to the folder that is built.
        rows: Number of rows, headers not counted.
        sheets: Number of sheets that can be seen; 0 for a CSV.
    """

    path: Path
    content: bytes
    rows: int
    sheets: int = 0


def products(package: Package, tables: Mapping[str, Table]) -> tuple[list[Product], list[Issue]]:
    """Make all files in memory.

    Args:
        package: The contract.
        tables: Resource name → what was read from it, all of it valid.

    Returns:
        The files, and warnings about what is in them.

    Raises:
        Refusal: A view cannot be run, or something cannot stand in a spreadsheet.
    """
    readings = views.run(package, tables)
    for_csv = [reading for reading in readings if "csv" in reading.view.outputs]
    level: Level = "error" if package.strict else "warning"
    drawn, undrawn = charts.find(package, tables, readings, level)
    warnings = [*csvs.problems(for_csv, level), *undrawn]
    if package.strict and warnings:
        raise Refusal(*warnings)
    for_sheets = [reading for reading in readings if "sheet" in reading.view.outputs]
    names = Counter(_csv_path(reading).as_posix().casefold() for reading in for_csv)
    for reading in for_csv:
        path = _csv_path(reading).as_posix()
        if names[path.casefold()] > 1:
            raise Refusal(issue("view-same-file", file=path, view=reading.view.name))
    book = layout(package, tables, for_sheets, drawn)
    file = io.BytesIO()
    write_workbook(book, file)
    seen = [sheet for sheet in book.sheets if sheet.group != "hidden"]
    rows = sum(len(table.rows) for table in tables.values())
    workbook = Product(Path(f"{_file_name(package.name)}.xlsx"), file.getvalue(), rows, len(seen))
    return [workbook, *map(_csv, for_csv)], warnings


def write(made: Sequence[Product], output: Path) -> None:
    """Write all files, or none. A workbook that somebody saved since is not replaced.

    Raises:
        Refusal: The folder or one of the files cannot be written, or may hold edits.
    """
    if output.exists() and not output.is_dir():
        raise Refusal(issue("dist-not-folder", file=output.as_posix()))
    for product in made:
        path = output / product.path
        if product.sheets and path.is_file() and not is_as_built(path):
            raise Refusal(issue("dist-edited", file=path.as_posix()))
    files.write_all({output / product.path: product.content for product in made})


def differences(made: Sequence[Product], output: Path) -> Iterator[Issue]:
    """What differs between the files of a build and those in a folder.

    Workbooks are compared part by part, as the same parts can be compressed in many ways.
    """
    for product in made:
        path = output / product.path
        file = path.as_posix()
        try:
            present = path.read_bytes()
            parts = [] if present == product.content else _different_parts(product, present)
        except FileNotFoundError:
            yield issue("dist-missing", file=file)
        except files.UNREADABLE as error:
            yield issue("dist-damaged", file=file, reason=error)
        else:
            if parts:
                yield issue("dist-differs", file=file, parts=", ".join(parts))


def stale(made: Sequence[Product], output: Path, level: Level) -> Iterator[Issue]:
    """CSVs in the folder that no view gives, perhaps left over from an earlier build.

    They are named, never deleted: they may be somebody's.
    """
    known = {output / product.path for product in made}
    for path in sorted((output / CSV_FOLDER).glob("*.csv")):
        if path not in known:
            yield issue("dist-stale", file=path.as_posix(), level=level)


def _csv(reading: views.Reading) -> Product:
    return Product(_csv_path(reading), csvs.content(reading), len(reading.rows))


def _csv_path(reading: views.Reading) -> Path:
    return Path(CSV_FOLDER) / f"{_file_name(reading.view.name)}.csv"


def _file_name(name: str) -> str:
    """A name that stays inside the folder it is written to."""
    return NOT_IN_FILE_NAME.sub("-", name)


def _different_parts(product: Product, present: bytes) -> list[str]:
    """What differs in a file, in words: of a workbook, the parts that are not the same."""
    if not product.sheets:
        return ["its rows or headers"]
    with ZipFile(io.BytesIO(product.content)) as ours, ZipFile(io.BytesIO(present)) as theirs:
        sizes = {entry.filename: entry.file_size for entry in theirs.infolist()}
        names = _sheet_names(ours)
        found = [
            names.get(entry.filename, entry.filename)
            for entry in ours.infolist()
            # The size is looked at first, so that a bomb is never unpacked.
            if sizes.pop(entry.filename, None) != entry.file_size
            or ours.read(entry) != theirs.read(entry.filename)
        ]
    return found + sorted(sizes)


def _sheet_names(workbook: ZipFile) -> dict[str, str]:
    root = ElementTree.fromstring(workbook.read("xl/workbook.xml"))
    names = [element.get("name") for element in root.iter(SHEET_ELEMENT)]
    return {
        entry.filename: f"the sheet “{names[int(match[1]) - 1]}”"
        for entry in workbook.infolist()
        if (match := SHEET_PART.fullmatch(entry.filename))
    }
