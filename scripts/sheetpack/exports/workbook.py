"""The workbook, as a file of a build."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree
from zipfile import ZipFile

from sheetpack.exports.product import Content, Product, file_name
from sheetpack.package import Package
from sheetpack.scratch import Scratch, pieces_of
from sheetpack.workbook import fingerprint
from sheetpack.workbook.layout import layout
from sheetpack.workbook.writer import write

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_PART = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
SHEET_ELEMENT = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


def patterns(package: Package) -> list[str]:
    """Which files in a built folder are of this format."""
    return [f"{file_name(package.name)}.xlsx"]


def products(content: Content) -> list[Product]:
    """The one workbook. Raises `Refusal` where something cannot stand in a spreadsheet."""
    for_sheets = [reading for reading in content.readings if "sheet" in reading.view.outputs]
    book = layout(content.package, content.tables, for_sheets, content.charts)
    seen = [sheet for sheet in book.sheets if sheet.group != "hidden"]
    (path,) = patterns(content.package)
    about = {
        "name": "workbook",
        "title": content.package.title,
        "description": "Everything on the sheets of one workbook, to be read and edited.",
        "format": "xlsx",
        "mediatype": MEDIATYPE,
    }
    made = Scratch()
    with made.filling() as file:
        write(book, file)
    return [Product(Path(path), made, content.rows, len(seen), about, different_parts)]


def different_parts(ours: BinaryIO, theirs: BinaryIO) -> list[str]:
    """The parts of two workbooks that are not the same; sheets are called by their names.

    The same parts can be compressed in many ways.
    """
    with ZipFile(ours) as mine, ZipFile(theirs) as other:
        sizes = {entry.filename: entry.file_size for entry in other.infolist()}
        names = _sheet_names(mine)
        found = [
            names.get(entry.filename, entry.filename)
            for entry in mine.infolist()
            # The size is looked at first, so that a bomb is never unpacked.
            if sizes.pop(entry.filename, None) != entry.file_size
            or not _is_same(mine, other, entry.filename)
        ]
    differing = [*found, *sorted(sizes)]
    # The fingerprint differs whenever anything does.
    return [name for name in differing if name != fingerprint.PART] or differing


def _is_same(mine: ZipFile, other: ZipFile, name: str) -> bool:
    """Do both hold the same under a name? They are known to have the same size."""
    with mine.open(name) as one, other.open(name) as two:
        return all(piece == two.read(len(piece)) for piece in pieces_of(one))


def _sheet_names(workbook: ZipFile) -> dict[str, str]:
    root = ElementTree.fromstring(workbook.read("xl/workbook.xml"))
    names = [element.get("name") for element in root.iter(SHEET_ELEMENT)]
    return {
        entry.filename: f"the sheet “{names[int(match[1]) - 1]}”"
        for entry in workbook.infolist()
        if (match := SHEET_PART.fullmatch(entry.filename))
    }
