"""The views as CSVs for people who do not program.

They are made for a double-click: UTF-8 with a byte order mark, which Excel needs to show
accents right and all others skip; commas; the line ends of RFC 4180 (CRLF), while a line
break inside a cell is a line feed, so that no program mistakes one for the other; human
headers. No value is changed to keep spreadsheets from running it: any mark put before
it would become part of it. A text that would be run is named instead, see `problems`, and
none is built that could do harm.

A view that is made for another program says `"byteOrderMark": false`: some of them take the
mark for a part of the first header.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from sheetpack.catalogue import issue
from sheetpack.checks.cells import FORMULA_STARTS, looks_like_formula, may_do_harm
from sheetpack.issue import Issue, Level
from sheetpack.views import Reading

ROWS_A_PIECE = 1_000


class _Echo:
    """A file that gives back what is written to it, and keeps nothing."""

    def write(self, text: str) -> str:
        return text


def content(reading: Reading) -> Iterator[bytes]:
    """A view's rows as the bytes of a CSV, in pieces."""
    marked = reading.view.settings.get("byteOrderMark", True)
    if marked:
        yield codecs.BOM_UTF8
    line = csv.writer(_Echo(), lineterminator="\r\n").writerow
    yield line(reading.headers).encode()
    rows = iter(reading.rows)
    while piece := "".join(map(line, islice(rows, ROWS_A_PIECE))):
        yield piece.encode()


def problems(readings: Sequence[Reading], level: Level) -> Iterator[Issue]:
    """Texts that a spreadsheet would run as a formula on opening the CSV.

    One that could call anything is an error always: no mark in a CSV would make it inert.
    """
    for reading in readings:
        for number, row in enumerate(reading.rows, start=2):
            for at, value in enumerate(row):
                is_start = isinstance(value, str) and value[:1] in FORMULA_STARTS
                if is_start and looks_like_formula(value):
                    yield issue(
                        "csv-formula",
                        file=reading.file,
                        row=number,
                        column=at + 1,
                        level="error" if may_do_harm(value) else level,
                        field=reading.headers[at],
                        value=value,
                    )
