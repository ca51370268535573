"""The sheets made for reading: one a view."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sheetpack.catalogue import issue
from sheetpack.issue import Issue
from sheetpack.spool import Spool
from sheetpack.views import NO_RECORD, Reading
from sheetpack.workbook.addresses import FIRST_ROW, MOST_LINKS, Addresses
from sheetpack.workbook.cells import MOST_COLUMNS, is_surely_fit, text_problems
from sheetpack.workbook.model import Column, Link, Sheet, Spot, Styled, TableRange
from sheetpack.workbook.names import headers as unique_headers
from sheetpack.workbook.sizes import column_width

ROWS_MEASURED = 1_000


def reading_sheet(reading: Reading, addresses: Addresses) -> Sheet:
    """Lay out what a view gives, each row linked to its record."""
    name = addresses.views[reading.view.name]
    headers = unique_headers((header, header) for header in reading.headers)
    links = Spool(_links(reading, addresses), make=Link._make)
    sample = reading.rows[:ROWS_MEASURED]

    def rows() -> Iterator[Sequence[object]]:
        yield tuple(Styled(header, "header") for header in headers)
        linked = {link.row for link in links}
        at = links[0].column - 1 if links else 0
        for number, row in enumerate(reading.rows, start=FIRST_ROW):
            if number in linked:
                yield (*row[:at], Styled(row[at], "link"), *row[at + 1 :])
            else:
                yield row

    return Sheet(
        name=name,
        group="reading",
        columns=tuple(
            Column(header, column_width(header, _texts(sample, at)))
            for at, header in enumerate(headers)
        ),
        rows=rows(),
        height=len(reading.rows) + 1,
        table=TableRange(
            addresses.view_tables[reading.view.name], 1, len(reading.rows), len(headers)
        ),
        links=links,
    )


class Shown:
    """Which cell of a reading sheet is the first that links to a record.

    Only records whose row can carry a link back are known, and of each a number is kept.
    """

    def __init__(self, readings: Sequence[Reading], addresses: Addresses):
        self._columns = [
            (addresses.views[reading.view.name], _column(reading)) for reading in readings
        ]
        heights = {name: min(addresses.heights[name] + 2, MOST_LINKS) for name in addresses.runs}
        self._cells = {name: array("q", bytes(8 * size)) for name, size in heights.items()}
        for at, reading in enumerate(readings):
            for number, record in enumerate(reading.records, start=FIRST_ROW):
                if record == NO_RECORD:
                    continue
                cells, row = self._cells[record.resource], addresses.row(record)
                if row < len(cells) and not cells[row]:
                    cells[row] = number * len(readings) + at

    def spot(self, resource: str, row: int) -> Spot | None:
        """The cell for the record on a row of the sheet of a resource."""
        cells = self._cells.get(resource, ())
        if row >= len(cells) or not cells[row]:
            return None
        number, at = divmod(cells[row], len(self._columns))
        sheet, column = self._columns[at]
        return Spot(sheet, number, column)


def problems(readings: Sequence[Reading]) -> Iterator[Issue]:
    """Everything in the views that a sheet cannot hold."""
    for reading in readings:
        file, count = reading.file, len(reading.headers)
        if count > MOST_COLUMNS:
            yield issue("sheet-columns", file=file, count=count, limit=MOST_COLUMNS)
        for number, row in enumerate(reading.rows, start=FIRST_ROW):
            for at, value in enumerate(row):
                if isinstance(value, str) and not is_surely_fit(value):
                    place = {"row": number, "column": at + 1, "field": reading.headers[at]}
                    for code, facts in text_problems(value):
                        yield issue(code, file=file, **place, **facts)


def _column(reading: Reading) -> int:
    """The column whose cells are links, counted from 1; 0 for none."""
    link = reading.view.settings.get("link")
    return 0 if link is None else reading.headers.index(link) + 1


def _texts(rows: Sequence[tuple[Any, ...]], at: int) -> Iterator[str]:
    return (str(row[at]) for row in rows if row[at] is not None)


def _links(reading: Reading, addresses: Addresses) -> Iterator[Link]:
    column = _column(reading)
    pairs = islice(zip(reading.rows, reading.records, strict=False), MOST_LINKS - FIRST_ROW)
    for number, (row, record) in enumerate(pairs, start=FIRST_ROW):
        if record != NO_RECORD:
            spot = addresses.record(record)
            yield Link(number, column, spot, f"Show {row[column - 1]} on the sheet {spot.sheet}")
