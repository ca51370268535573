"""The sheets people edit: one a resource, with exactly the fields of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sheetpack.package import Resource
from sheetpack.spool import Spool
from sheetpack.table import Row, Table
from sheetpack.workbook.addresses import FIRST_ROW, MOST_LINKS, Addresses
from sheetpack.workbook.cells import as_text, converter, style
from sheetpack.workbook.marks import Marks
from sheetpack.workbook.model import Choice, Column, Link, Sheet, Styled, TableRange
from sheetpack.workbook.reading_sheet import Shown
from sheetpack.workbook.sizes import column_width
from sheetpack.workbook.wording import note

ROWS_MEASURED = 1_000
WIDEST_FROZEN = 50


def data_sheet(
    table: Table,
    addresses: Addresses,
    choices: Sequence[Choice],
    marks: Marks,
    shown: Shown,
) -> Sheet:
    """Lay out one resource.

    Args:
        choices: What may be typed into its columns.
        shown: Which row of a reading sheet shows a record.
    """
    resource = table.resource
    headers = addresses.headers[resource.name]
    own_marks = marks.of_resource[resource.name]
    marked = {mark.column for mark in own_marks}
    key = resource.positions[resource.primary_key[0]] if resource.primary_key else 0
    links = Spool(_links(table, key, shown), make=Link._make)
    sample = table.rows[:ROWS_MEASURED]
    columns = tuple(
        Column(
            header,
            column_width(header, _texts(sample, at)),
            style(field.type),
            note(
                field,
                resource,
                addresses.package,
                marked=at + 1 in marked,
                unmarked=marks.unmarked.get((resource.name, field.name), ()),
            ),
        )
        for at, (header, field) in enumerate(zip(headers, resource.fields, strict=True))
    )

    def rows() -> Iterator[Sequence[object]]:
        yield tuple(Styled(header, "header") for header in headers)
        converters = [converter(field.type) for field in resource.fields]
        linked = {link.row for link in links}
        for number, row in enumerate(table.rows, start=FIRST_ROW):
            cells: list[object] = [
                convert(raw, value)
                for convert, raw, value in zip(converters, row.raw, row.values, strict=True)
            ]
            # A number stays one; its cell leads there all the same.
            if number in linked and isinstance(cells[key], str):
                cells[key] = Styled(cells[key], "link")
            yield cells

    return Sheet(
        name=addresses.resources[resource.name],
        group="reference" if resource.settings.get("group") == "reference" else "data",
        columns=columns,
        rows=rows(),
        height=len(table.rows) + 1,
        table=TableRange(addresses.tables[resource.name], 1, len(table.rows), len(headers)),
        freeze=(1, _frozen(resource, columns)),
        choices=tuple(choices),
        links=links,
        marks=own_marks,
    )


def _links(table: Table, key: int, shown: Shown) -> Iterator[Link]:
    """From the key of each record to the reading sheet that shows it."""
    for number, row in enumerate(islice(table.rows, MOST_LINKS - FIRST_ROW), start=FIRST_ROW):
        spot = shown.spot(table.resource.name, number)
        if spot:
            yield Link(number, key + 1, spot, f"Show {row.raw[key]} on the sheet {spot.sheet}")


def _texts(rows: Sequence[Row], at: int) -> Iterator[str]:
    cells = (as_text(row.raw[at]) for row in rows)
    return (cell for cell in cells if cell)


def _frozen(resource: Resource, columns: Sequence[Column]) -> int:
    """How many columns of the key stay in sight: those at the left that leave room enough."""
    count, width = 0, 0.0
    for field, column in zip(resource.fields, columns, strict=True):
        width += column.width
        if field.name not in resource.primary_key or width > WIDEST_FROZEN:
            break
        count += 1
    return count
