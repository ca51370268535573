"""The layout of a whole workbook, decided without opening a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sheetpack.charts import Chart
from sheetpack.issue import Refusal
from sheetpack.package import Package, Resource
from sheetpack.table import Table
from sheetpack.views import Reading
from sheetpack.workbook import cells, dashboard_sheet, reading_sheet
from sheetpack.workbook.addresses import addresses
from sheetpack.workbook.base import base_sheet
from sheetpack.workbook.choices import choices
from sheetpack.workbook.data_sheet import data_sheet
from sheetpack.workbook.dictionary_sheet import dictionary_sheet
from sheetpack.workbook.entries import entries
from sheetpack.workbook.fingerprint import contract
from sheetpack.workbook.lists_sheet import lists_sheet
from sheetpack.workbook.marks import marks
from sheetpack.workbook.model import Book, Origin, Sheet
from sheetpack.workbook.names import plain
from sheetpack.workbook.start_sheet import authors, start_sheet

NO_DATE = datetime(2000, 1, 1)


def layout(
    package: Package,
    tables: Mapping[str, Table],
    readings: Sequence[Reading],
    charts: Sequence[Chart] = (),
) -> Book:
    """Lay out the workbook of a package.

    Args:
        package: The contract.
        tables: Resource name → what was read from it, all of it valid.
        readings: What the views give that are to become sheets.
        charts: What the dashboard shows; without any there is none.

    Raises:
        Refusal: Something in the data cannot stand in a spreadsheet; all of it is told.
    """
    problems = [
        *cells.problems(tables.values()),
        *reading_sheet.problems(readings),
        *dashboard_sheet.problems(charts, package),
    ]
    if problems:
        raise Refusal(*problems)
    where = addresses(package, tables, readings)
    drop_downs = choices(where)
    marking = marks(where, drop_downs)
    shown = reading_sheet.Shown(readings, where)

    def data(resource: Resource) -> Sheet:
        listed = drop_downs.of_resource[resource.name]
        typed = entries(resource, where, {choice.column for choice in listed})
        return data_sheet(tables[resource.name], where, [*listed, *typed], marking, shown)

    sheets = [
        *([dashboard_sheet.dashboard_sheet(charts, where)] if charts else []),
        *(reading_sheet.reading_sheet(reading, where) for reading in readings),
        *sorted(
            map(data, package.resources),
            key=lambda sheet: sheet.group == "reference",
        ),
        dictionary_sheet(where),
    ]
    if drop_downs.lists:
        sheets.append(lists_sheet(drop_downs.lists))
    sheets.append(base_sheet(package, tables))
    return Book(
        title=plain(package.title),
        description=plain(str(package.metadata.get("description") or "")),
        creator=", ".join(authors(package)),
        language=_language(package),
        created=_created(package),
        sheets=(start_sheet(package, where, sheets), *sheets),
        names=drop_downs.names | marking.names,
        origin=Origin(contract(package), sum(len(table.rows) for table in tables.values())),
    )


def _language(package: Package) -> str:
    """The language of the workbook's own words, where the descriptor names none."""
    language = package.metadata.get("language")
    return language if isinstance(language, str) and language else "en"


def _created(package: Package) -> datetime:
    """The date of the package; never the clock, so that the same data gives the same file."""
    try:
        created = datetime.fromisoformat(str(package.metadata.get("created")))
    except ValueError:
        return NO_DATE
    if created.tzinfo:
        created = created.astimezone(UTC).replace(tzinfo=None)
    return created.replace(microsecond=0)
