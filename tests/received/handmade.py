"""Workbooks made by hand, part by part, for what no program would write."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheetpack.received.model import Received, Value
from sheetpack.received.opening import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
SHEET_LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"

Parts = dict[str, str | bytes]


def links(*targets: tuple[str, str]) -> str:
    """A part that says what belongs to another: kind and target of each."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def sheet(rows: str, after: str = "") -> str:
    """The part of a sheet, by the XML of its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def texts(*items: str) -> str:
    """The part of shared texts, by the XML inside each."""
    inside = "".join(f"<si>{item}</si>" for item in items)
    return f'<sst xmlns="{MAIN}">{inside}</sst>'


def styles(*codes: str) -> str:
    """The part of styles: style 0 is plain, the others have these formats or built-in numbers."""
    numbers = [code if code.isdecimal() else str(200 + at) for at, code in enumerate(codes)]
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in zip(numbers, codes, strict=True)
        if number != code
    )
    used = "".join(f'<xf numFmtId="{number}"/>' for number in ["0", *numbers])
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>'
    )


def workbook(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>') -> Parts:
    """The parts of a workbook with one sheet, named One."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("officeDocument", WORKBOOK)),
        WORKBOOK: (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        WORKBOOK_LINKS: links(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        SHEET: sheet(rows),
    }


def zipped(parts: Mapping[str, str | bytes | Iterator[bytes]]) -> bytes:
    """Parts as one file; a large part can be given piece by piece."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for name, content in parts.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            pieces = [content] if isinstance(content, str | bytes) else content
            with target.open(entry, "w") as stream:
                for piece in pieces:
                    stream.write(piece.encode() if isinstance(piece, str) else piece)
    return file.getvalue()


def opened(folder: Path, parts: Mapping[str, str | bytes]) -> Received:
    """Write a workbook and open it."""
    path = folder / "made.xlsx"
    path.write_bytes(zipped(parts))
    return open_workbook(path)


def cells(folder: Path, parts: Mapping[str, str | bytes]) -> dict[int, dict[int, Value]]:
    """All cells of the first sheet."""
    return dict(opened(folder, parts).sheets[0].read())
