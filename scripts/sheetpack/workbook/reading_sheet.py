"""The sheets made for reading: one a view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetpack.catalogue import issue
from sheetpack.issue import Issue
from sheetpack.views import Reading, Record
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
    links = tuple(_links(reading, addresses))
    linked = {(link.row, link.column) for link in links}
    link_column = links[0].column if links else 0

    def rows() -> Iterator[Sequence[object]]:
        yield tuple(Styled(header, "header") for header in headers)
        for number, row in enumerate(reading.rows, start=FIRST_ROW):
            if (number, link_column) in linked:
                at = link_column - 1
                yield (*row[:at], Styled(row[at], "link"), *row[at + 1 :])
            else:
                yield row

    return Sheet(
        name=name,
        group="reading",
        columns=tuple(
            Column(header, column_width(header, _texts(reading, at)))
            for at, header in enumerate(headers)
        ),
        rows=rows(),
        height=len(reading.rows) + 1,
        table=TableRange(
            addresses.view_tables[reading.view.name], 1, len(reading.rows), len(headers)
        ),
        links=links,
    )


def shown(readings: Sequence[Reading], addresses: Addresses) -> dict[Record, Spot]:
    """Record → the first cell of a reading sheet that links to it."""
    found: dict[Record, Spot] = {}
    for reading in readings:
        sheet, link = addresses.views[reading.view.name], reading.view.settings.get("link")
        column = reading.headers.index(link) + 1 if link is not None else 0
        for number, record in enumerate(reading.records, start=FIRST_ROW):
            if record is not None:
                found.setdefault(record, Spot(sheet, number, column))
    return found


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


def _texts(reading: Reading, at: int) -> Iterator[str]:
    return (str(row[at]) for row in reading.rows[:ROWS_MEASURED] if row[at] is not None)


def _links(reading: Reading, addresses: Addresses) -> Iterator[Link]:
    if reading.view.settings.get("link") is None:
        return
    column = reading.headers.index(reading.view.settings["link"]) + 1
    pairs = zip(reading.rows, reading.records, strict=True)
    for number, (row, record) in enumerate(pairs, start=FIRST_ROW):
        if record is not None and number < MOST_LINKS:
            spot = addresses.record(record)
            yield Link(number, column, spot, f"Show {row[column - 1]} on the sheet {spot.sheet}")
