"""The rows of a sheet as XML.

Written here rather than by openpyxl, which would make a formula of any text that begins
with "=", an error of "#N/A" and another text of "_x0041_", and takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from sheetpack.issue import column_letters
from sheetpack.workbook.cells import is_safe_integer, is_safe_number
from sheetpack.workbook.model import Link, Sheet, Styled
from sheetpack.workbook.names import LONGEST_TIP, cut
from sheetpack.workbook.sizes import row_height

DAY_ZERO = date(1899, 12, 30)  # Excel counts a 29 February 1900; from March on this is right
SECONDS_A_DAY = 86_400
ROWS_A_CHUNK = 100
MOST_KNOWN = 50_000  # texts of one sheet whose XML is remembered
# Spreadsheets read _x000D_ as the character with that number, in hexadecimal.
# LibreOffice takes fewer digits too; a carriage return becomes such an escape itself.
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{1,4}[_\r])")
SPECIAL = re.compile(r"[&<>\r_]")
IN_ATTRIBUTE = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}
SPECIAL_IN_ATTRIBUTE = re.compile(f"[{''.join(IN_ATTRIBUTE)}]")
SPACE_AT_EDGE = re.compile(r"^\s|\s$|\n")


def escape(text: str) -> str:
    """A text as the parts of a workbook write it, apart from XML's own characters.

    >>> escape("_x0041_")
    '_x005F_x0041_'
    """
    return LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def unescape(text: str) -> str:
    """The text that `escape` was given.

    >>> unescape("_x005F_x0041_")
    '_x0041_'
    """
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def chunks(sheet: Sheet, styles: Mapping[str, int]) -> Iterator[bytes]:
    """The elements `row` of a sheet, in pieces fit for writing.

    Args:
        sheet: Its rows are read; a None or an empty text makes no cell.
        styles: Style name → its number in this workbook.
    """
    writers: dict[type, Callable[[Any], str]] = {
        str: _Texts(styles["text"]).__getitem__,
        bool: lambda value: f' s="{styles["boolean"]}" t="b"><v>{value:d}</v></c>',
        int: partial(_number, styles["integer"], styles["text"]),
        float: partial(_number, styles["number"], styles["text"]),
        Decimal: lambda value: f' s="{styles["number"]}"><v>{value}</v></c>',
        date: lambda value: f' s="{styles["date"]}"><v>{serial(value)}</v></c>',
        datetime: lambda value: f' s="{styles["datetime"]}"><v>{serial(value)!r}</v></c>',
        Styled: lambda cell: _styled(styles[cell.style], cell.value),
    }
    letters = [column_letters(at) for at in range(1, len(sheet.columns) + 1)]
    pieces: list[str] = []
    for number, row in enumerate(sheet.rows, start=1):
        height = row_height(row, sheet.columns)
        pieces.append(f'<row r="{number}" ht="{height}">' if height else f'<row r="{number}">')
        pieces += [
            f'<c r="{column}{number}"{writers[type(cell)](cell)}'
            for column, cell in zip(letters, row, strict=False)
            if cell is not None and cell != ""
        ]
        pieces.append("</row>")
        if number % ROWS_A_CHUNK == 0:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join(pieces).encode()


def link_chunks(links: Iterable[Link]) -> Iterator[bytes]:
    """The element `hyperlinks` of links that all lead to spots of the workbook, in pieces."""
    yield b"<hyperlinks>"
    left = iter(links)
    while chunk := "".join(map(_link, islice(left, ROWS_A_CHUNK))):
        yield chunk.encode()
    yield b"</hyperlinks>"


def _link(link: Link) -> str:
    place = f"{column_letters(link.column)}{link.row}"
    spot, tip = _attribute(link.target.reference), _attribute(escape(cut(link.tip, LONGEST_TIP)))
    return f'<hyperlink ref="{place}" location="{spot}" tooltip="{tip}" />'


def _attribute(text: str) -> str:
    """A text as it stands between double quotation marks."""
    return SPECIAL_IN_ATTRIBUTE.sub(lambda match: IN_ATTRIBUTE[match[0]], text)


class _Texts(dict[str, str]):
    """Text → its XML in one style. Most texts of a sheet stand there several times."""

    def __init__(self, style: int):
        super().__init__()
        self.style = style

    def __missing__(self, text: str) -> str:
        written = _text(self.style, text)
        if len(self) < MOST_KNOWN:
            self[text] = written
        return written


def _styled(style: int, value: Any) -> str:
    if isinstance(value, bool):
        return f' s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return _number(style, style, value)
    if isinstance(value, Decimal):
        return f' s="{style}"><v>{value}</v></c>'
    return _text(style, str(value))


def _number(style: int, text_style: int, value: float) -> str:
    """A number of a query, as text where no cell can hold it: the sheets of data know theirs."""
    # Only what is calculated has more digits than a cell shows, and none that anybody wrote.
    rounded = value if isinstance(value, int) else float(f"{value:.15g}")
    safe = is_safe_integer if isinstance(value, int) else is_safe_number
    return f' s="{style}"><v>{value!r}</v></c>' if safe(rounded) else _text(text_style, str(value))


def _text(style: int, text: str) -> str:
    if SPECIAL.search(text):
        text = escape(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if SPACE_AT_EDGE.search(text) else ""
    return f' s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def serial(value: date) -> float:
    """The number by which a spreadsheet knows a day, or a day with a time."""
    if not isinstance(value, datetime):
        return (value - DAY_ZERO).days
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (value.date() - DAY_ZERO).days + seconds / SECONDS_A_DAY
