"""The sheets people edit: one a resource, with exactly the fields of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetpack.package import Resource
from sheetpack.table import Table
from sheetpack.workbook.addresses import Addresses
from sheetpack.workbook.cells import as_text, converter, style
from sheetpack.workbook.model import Choice, Column, Sheet, Styled, TableRange
from sheetpack.workbook.sizes import column_width
from sheetpack.workbook.wording import note

ROWS_MEASURED = 1_000
WIDEST_FROZEN = 50


def data_sheet(table: Table, addresses: Addresses, choices: Sequence[Choice]) -> Sheet:
    """Lay out one resource."""
    resource = table.resource
    headers = addresses.headers[resource.name]
    columns = tuple(
        Column(
            header,
            column_width(header, _texts(table, at)),
            style(field.type),
            note(field, resource, addresses.package),
        )
        for at, (header, field) in enumerate(zip(headers, resource.fields, strict=True))
    )

    def rows() -> Iterator[Sequence[object]]:
        yield tuple(Styled(header, "header") for header in headers)
        converters = [converter(field.type) for field in resource.fields]
        for row in table.rows:
            yield [
                convert(raw, value)
                for convert, raw, value in zip(converters, row.raw, row.values, strict=True)
            ]

    return Sheet(
        name=addresses.resources[resource.name],
        group="reference" if resource.settings.get("group") == "reference" else "data",
        columns=columns,
        rows=rows(),
        height=len(table.rows) + 1,
        table=TableRange(addresses.tables[resource.name], 1, len(table.rows), len(headers)),
        freeze=(1, _frozen(resource, columns)),
        choices=tuple(choices),
    )


def _texts(table: Table, at: int) -> Iterator[str]:
    cells = (as_text(row.raw[at]) for row in table.rows[:ROWS_MEASURED])
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
