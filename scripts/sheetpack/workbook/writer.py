"""Renders a layout as an .xlsx file: openpyxl writes all but the rows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, Rule
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from sheetpack.issue import column_letters
from sheetpack.workbook import fingerprint
from sheetpack.workbook.addresses import ROOM
from sheetpack.workbook.cells import MOST_ROWS
from sheetpack.workbook.drawings import chart, described
from sheetpack.workbook.fingerprint import STAMP, Fingerprint
from sheetpack.workbook.model import Book, Choice, Link, Sheet, Spot, TableRange
from sheetpack.workbook.names import LONGEST_TIP, cut
from sheetpack.workbook.rows import chunks, escape, link_chunks
from sheetpack.workbook.sizes import LINE, note_size
from sheetpack.workbook.styles import BROKEN, ROW_LINE, SHADE, STYLES, TABS, register

PAPER_A4 = 9
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}  # inches
READABLE_BY_ALL = 0o644 << 16
SHEET_DATA = re.compile(rb"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
HYPERLINKS = re.compile(rb"<hyperlinks>.*</hyperlinks>", re.DOTALL)
DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')


class Parts(dict[str, bytes]):
    """The parts of a workbook by name: the archive that openpyxl believes to write to."""

    def writestr(self, name: str, content: bytes | str) -> None:
        self[name] = content.encode() if isinstance(content, str) else content

    def write(self, file: str, name: str) -> None:
        with open(file, "rb") as content:  # noqa: PTH123 - openpyxl's temporary file
            self[name] = content.read()

    def namelist(self) -> list[str]:
        return list(self)

    def close(self) -> None:
        """There is nothing to close; openpyxl asks all the same."""


def written(book: Book) -> bytes:
    """The file that `write` writes."""
    file = io.BytesIO()
    write(book, file)
    return file.getvalue()


def write(book: Book, file: BinaryIO) -> None:
    """Write a workbook. The same book gives the same bytes, whenever and wherever.

    Nothing in the file tells the time or the machine; only the compression may differ
    between versions of zlib, and the parts inside are the same even then.
    """
    workbook = Workbook()
    workbook.properties = DocumentProperties(
        title=book.title,
        description=book.description or None,
        creator=book.creator or book.title,
        language=book.language,
        created=book.created,
        modified=book.created,
    )
    styles = register(workbook, book.styles)
    workbook.remove(workbook.active)
    frames = {}
    for number, sheet in enumerate(book.sheets, start=1):
        _frame(workbook.create_sheet(sheet.name), sheet)
        frames[f"xl/worksheets/sheet{number}.xml"] = sheet
    for name, formula in book.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=formula)
    # Its value is known only once all other parts are written.
    workbook.custom_doc_props.append(StringProperty(name=fingerprint.PROPERTY, value=""))
    parts = Parts()
    # Not workbook.save(), which would note the present time.
    ExcelWriter(workbook, parts).save()
    drawn = [sheet.drawings for sheet in book.sheets if sheet.drawings]
    for number, drawings in enumerate(drawn, start=1):
        part = f"xl/drawings/drawing{number}.xml"
        parts[part] = described(parts[part], drawings)
    seen = Fingerprint()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts.keys() - {fingerprint.PART}):
            sheet = frames.get(name)
            content = _with_rows(parts[name], sheet, styles) if sheet else (parts[name],)
            with archive.open(_entry(name), "w") as part:
                part.writelines(seen.passed(name, content))
        with archive.open(_entry(fingerprint.PART), "w") as part:
            part.write(seen.content(book.origin))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, STAMP)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # the same on every machine
    entry.external_attr = READABLE_BY_ALL
    return entry


def _with_rows(frame: bytes, sheet: Sheet, styles: dict[str, int]) -> Iterator[bytes]:
    """What openpyxl wrote, with our rows in place of its few cells."""
    frame = DIMENSION.sub(f'<dimension ref="{sheet.size}"/>'.encode(), frame, count=1)
    before, after = SHEET_DATA.split(frame, maxsplit=1)
    yield before
    yield b"<sheetData>"
    yield from chunks(sheet, styles)
    yield b"</sheetData>"
    if not _leads_inside(sheet.links):
        yield after
        return
    before, after = HYPERLINKS.split(after, maxsplit=1)
    yield before
    yield from link_chunks(sheet.links)
    yield after


def _leads_inside(links: Sequence[Link]) -> bool:
    """Are these links, of which there are some, all to places in the workbook?"""
    return bool(links) and all(isinstance(link.target, Spot) for link in links)


def _frame(worksheet: Worksheet, sheet: Sheet) -> None:
    """Everything about a sheet but its rows."""
    worksheet.sheet_properties.tabColor = TABS[sheet.group]
    worksheet.sheet_view.tabSelected = worksheet is worksheet.parent.worksheets[0]
    if sheet.group == "hidden":
        worksheet.sheet_state = "hidden"
    rows, columns = sheet.freeze
    if rows or columns:
        worksheet.freeze_panes = f"{column_letters(columns + 1)}{rows + 1}"
    worksheet.sheet_format.defaultRowHeight = LINE
    worksheet.sheet_view.showGridLines = not sheet.drawings and (
        sheet.table is None or sheet.table.row == 1
    )
    _add_columns(worksheet, sheet)
    _set_printing(worksheet, sheet)
    for mark in sheet.marks:
        # Before the lines, as of two rules that draw a border the first one counts.
        rule = Rule(type="expression", formula=[escape(mark.formula)], dxf=BROKEN)
        worksheet.conditional_formatting.add(mark.range, rule)
    if sheet.table:
        worksheet.add_table(_table(sheet.table, [column.header for column in sheet.columns]))
        _add_lines(worksheet, sheet.table)
    for table in sheet.tables:
        worksheet.add_table(_table(table, table.headers))
    for drawing in sheet.drawings:
        worksheet.add_chart(chart(drawing))
    for cells in sheet.shaded:
        shades = ColorScaleRule(
            start_type="num", start_value=0, start_color="FFFFFF", end_type="max", end_color=SHADE
        )
        worksheet.conditional_formatting.add(cells, shades)
    for choice in sheet.choices:
        worksheet.add_data_validation(_validation(choice))
    # Ours are written with the rows, as there can be one a row; one holds their place.
    for link in sheet.links[:1] if _leads_inside(sheet.links) else sheet.links:
        cell = worksheet.cell(link.row, link.column)
        cell.hyperlink = _hyperlink(cell.coordinate, link)


def _add_columns(worksheet: Worksheet, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        dimension = worksheet.column_dimensions[column_letters(number)]
        dimension.width = column.width
        for attribute, value in STYLES[column.style].items():
            setattr(dimension, attribute, value)
        if column.note:
            width, height = note_size(column.note)
            note = Comment(escape(column.note), worksheet.parent.properties.title, height, width)
            worksheet.cell(1, number).comment = note


def _add_lines(worksheet: Worksheet, table: TableRange) -> None:
    """A line below each row that is not empty, new rows included."""
    last = column_letters(table.width)
    first_row = table.row + 1
    last_row = min(first_row + table.length + ROOM, MOST_ROWS + 1)
    filled = f"COUNTA($A{first_row}:${last}{first_row})>0"
    rule = Rule(type="expression", formula=[filled], dxf=ROW_LINE)
    worksheet.conditional_formatting.add(f"A{first_row}:{last}{last_row}", rule)


def _set_printing(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.page_margins = PageMargins(**MARGINS)
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = PAPER_A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.freeze[0]:
        worksheet.print_title_rows = f"1:{sheet.freeze[0]}"


def _table(place: TableRange, headers: Sequence[str]) -> Table:
    table = Table(displayName=place.name, ref=place.range)
    table.tableColumns = [
        TableColumn(id=number, name=escape(header)) for number, header in enumerate(headers, 1)
    ]
    if place.filtered:
        table.autoFilter = AutoFilter(ref=place.range)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table


def _validation(choice: Choice) -> DataValidation:
    return DataValidation(
        type="none" if choice.kind == "any" else choice.kind,
        formula1=escape(choice.source) or None,
        sqref=choice.range,
        allow_blank=choice.blank,
        showInputMessage=True,
        promptTitle=escape(choice.prompt_title),
        prompt=escape(choice.prompt),
        showErrorMessage=choice.kind != "any",
        errorStyle="stop",
        errorTitle=escape(choice.error_title),
        error=escape(choice.error),
    )


def _hyperlink(place: str, link: Link) -> Hyperlink:
    tip = escape(cut(link.tip, LONGEST_TIP))
    if isinstance(link.target, Spot):
        return Hyperlink(ref=place, location=link.target.reference, tooltip=tip)
    return Hyperlink(ref=place, target=link.target, tooltip=tip)
