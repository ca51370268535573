"""The data dictionary: one row a field of every resource."""

from __future__ import annotations

from collections.abc import Iterator

from sheetpack.package import Package
from sheetpack.workbook.addresses import DICTIONARY, FIRST_ROW, Addresses
from sheetpack.workbook.cells import LONGEST_TEXT
from sheetpack.workbook.model import Column, Link, Sheet, Spot, Styled, TableRange
from sheetpack.workbook.names import cut, formula_wish, plain
from sheetpack.workbook.sizes import column_width
from sheetpack.workbook.wording import filled, kind, rules

HEADERS = (
    "Sheet",
    "Column",
    "What it says",
    "What may stand there",
    "Kind",
    "Must be filled",
    "Example",
    "Name in the data",
)


def dictionary_sheet(addresses: Addresses) -> Sheet:
    """Lay out the dictionary; each row leads to its column."""
    package = addresses.package
    entries = list(_entries(package, addresses))
    links = tuple(
        Link(number, 2, spot, f"Show this column on the sheet {spot.sheet}")
        for number, (spot, _) in enumerate(entries, start=FIRST_ROW)
    )
    rows = [cells for _, cells in entries]
    columns = tuple(
        Column(header, column_width(header, _texts(rows, at))) for at, header in enumerate(HEADERS)
    )
    return Sheet(
        name=DICTIONARY,
        group="reference",
        columns=columns,
        rows=[tuple(Styled(header, "header") for header in HEADERS), *rows],
        height=len(entries) + 1,
        table=TableRange(formula_wish(DICTIONARY), 1, len(entries), len(columns)),
        freeze=(1, 2),
        links=links,
    )


def _texts(rows: list[tuple[object, ...]], at: int) -> Iterator[str]:
    cells = (row[at] for row in rows)
    return (str(cell.value if isinstance(cell, Styled) else cell) for cell in cells if cell)


def _entries(package: Package, addresses: Addresses) -> Iterator[tuple[Spot, tuple[object, ...]]]:
    for resource in package.resources:
        sheet = addresses.resources[resource.name]
        headers = addresses.headers[resource.name]
        for at, (header, field) in enumerate(zip(headers, resource.fields, strict=True), start=1):
            yield (
                Spot(sheet, 1, at),
                (
                    sheet,
                    Styled(header, "link"),
                    cut(plain(field.description), LONGEST_TEXT) or None,
                    cut(plain(" ".join(rules(field, resource, package))), LONGEST_TEXT) or None,
                    kind(field),
                    "yes" if filled(field, resource) else "no",
                    cut(plain(field.example), LONGEST_TEXT) or None,
                    plain(field.name),
                ),
            )
