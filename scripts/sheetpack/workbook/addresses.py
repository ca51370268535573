"""Where everything lies: the sheets of resources and views, their columns and rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from sheetpack.issue import column_letters
from sheetpack.package import Package, Resource, View
from sheetpack.table import Table
from sheetpack.views import Reading, Record
from sheetpack.workbook.cells import MOST_ROWS
from sheetpack.workbook.model import Spot, quoted
from sheetpack.workbook.names import LONGEST_NAME, LONGEST_SHEET, Namer, formula_wish, sheet_wish
from sheetpack.workbook.names import headers as unique_headers

START = "Start here"
DASHBOARD = "Dashboard"
DICTIONARY = "Data dictionary"
LISTS = "Lists"
BASE = "Base"
FIRST_ROW = 2  # of the data, below the header
MOST_LINKS = 65_530  # Excel's limit for one sheet; rows beyond it stay without a link
ROOM = 1_000  # rows below the last one that are prepared for new records


class Names(NamedTuple):
    """Names of views or of resources → names of their sheets and of the tables on them."""

    sheets: dict[str, str]
    tables: dict[str, str]


@dataclass(frozen=True)
class Addresses:
    """The addresses of one workbook.

    Attributes:
        views: View name → sheet name, and `resources` likewise.
        view_tables: View name → name of its table, and `tables` for resources likewise.
        heights: Resource name → number of its rows.
        runs: Name of a resource whose ids are shared → where the numbers of its rows in the
            file begin to be counted on, and the row of its sheet there.
        formula_names: Gives names to lists that clash with no table.
    """

    package: Package
    views: Mapping[str, str]
    resources: Mapping[str, str]
    view_tables: Mapping[str, str]
    tables: Mapping[str, str]
    heights: Mapping[str, int]
    runs: Mapping[str, Sequence[tuple[int, int]]] = field(repr=False)
    formula_names: Namer = field(repr=False)

    @cached_property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """Resource name → the headers of its sheet."""
        return {
            resource.name: unique_headers((field.title, field.name) for field in resource.fields)
            for resource in self.package.resources
        }

    def header(self, resource: str, name: str) -> str:
        """The header of a field."""
        return self.headers[resource][self.package.resource(resource).positions[name]]

    def column(self, resource: str, name: str) -> int:
        """The column of a field, counted from 1."""
        return self.package.resource(resource).positions[name] + 1

    def record(self, record: Record) -> Spot:
        """Where a record begins."""
        return Spot(self.resources[record.resource], self.row(record), 1)

    def row(self, record: Record) -> int:
        """On which row of its sheet a record stands."""
        runs = self.runs[record.resource]
        number, row = runs[bisect_right(runs, record.row, key=itemgetter(0)) - 1]
        return row + record.row - number

    def last_row(self, resource: str) -> int:
        """The last row that is prepared, those for new records included."""
        return min(self.heights[resource] + 1 + ROOM, MOST_ROWS + 1)

    def prepared_range(self, resource: str, name: str) -> str:
        """All prepared cells of a field, on its own sheet; it need not end where the rows do."""
        letters = column_letters(self.column(resource, name))
        return f"${letters}${FIRST_ROW}:${letters}${self.last_row(resource)}"

    def filled_range(self, resource: str, name: str) -> str:
        """A formula for all values of a field that are there, those of new rows included.

        It ends where a column without gaps does, that of the key; the range is never empty.
        """
        sheet = quoted(self.resources[resource])
        letters = column_letters(self.column(resource, name))
        one = self.package.resource(resource)
        whole = [*one.primary_key, *(field.name for field in one.fields if field.required)]
        if whole:
            counted = column_letters(self.column(resource, whole[0]))
            last = f"MAX({FIRST_ROW},COUNTA({sheet}!${counted}:${counted}))"
        else:
            cells = f"{sheet}!{self.prepared_range(resource, name)}"
            last = f'MAX({FIRST_ROW},SUMPRODUCT(MAX(({cells}<>"")*ROW({cells}))))'
        return f"{sheet}!${letters}${FIRST_ROW}:INDEX({sheet}!${letters}:${letters},{last})"


def addresses(
    package: Package, tables: Mapping[str, Table], readings: Sequence[Reading]
) -> Addresses:
    """Give every sheet and table a name that a spreadsheet accepts, and find all rows."""
    views, resources, names = _named(package, [reading.view for reading in readings])
    return Addresses(
        package=package,
        views=views.sheets,
        resources=resources.sheets,
        view_tables=views.tables,
        tables=resources.tables,
        heights={name: len(table.rows) for name, table in tables.items()},
        runs={
            name: list(_runs(table))
            for name, table in tables.items()
            if table.resource.settings.get("sharedIds")
        },
        formula_names=names,
    )


def _runs(table: Table) -> Iterator[tuple[int, int]]:
    """What `Addresses.runs` says of one resource: blank lines of the file are on no sheet."""
    missing = None
    for at, row in enumerate(table.rows, start=FIRST_ROW):
        if row.number - at != missing:
            missing = row.number - at
            yield row.number, at


def expected(package: Package) -> tuple[Names, Names]:
    """The names that the sheets and tables of views and of resources have in its workbook."""
    shown = [view for view in package.views if "sheet" in view.outputs]
    views, resources, _ = _named(package, shown)
    return views, resources


def _named(package: Package, views: Sequence[View]) -> tuple[Names, Names, Namer]:
    sheets = Namer(LONGEST_SHEET, (START, DASHBOARD, DICTIONARY, LISTS, BASE))
    names = Namer(LONGEST_NAME, (formula_wish(START), formula_wish(DICTIONARY)))

    def named(items: Sequence[View | Resource]) -> Names:
        of_sheets = {item.name: sheets.name(sheet_wish(item.title)) for item in items}
        of_tables = {item.name: names.name(formula_wish(item.name), "_{}") for item in items}
        return Names(of_sheets, of_tables)

    # Tables of resources have the first choice: formulas of people name them.
    of_resources = named(package.resources)
    return named(views), of_resources, names
