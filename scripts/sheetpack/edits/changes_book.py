"""The workbook of changes: what differs, coloured, for people who review in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sheetpack.catalogue import issue
from sheetpack.edits.counts import by_resource, count, summary
from sheetpack.edits.model import Changes, RowChange
from sheetpack.edits.wording import BLANK, column_words
from sheetpack.issue import Refusal
from sheetpack.package import Package, Resource
from sheetpack.workbook.cells import ILLEGAL, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS
from sheetpack.workbook.layout import NO_DATE
from sheetpack.workbook.model import Book, Column, Link, Sheet, Spot, Styled, TableRange
from sheetpack.workbook.names import (
    LONGEST_NAME,
    LONGEST_SHEET,
    Namer,
    cut,
    formula_wish,
    plain,
    sheet_wish,
)
from sheetpack.workbook.names import headers as unique_headers
from sheetpack.workbook.sizes import column_width
from sheetpack.workbook.styles import CHANGE_STYLES

FIRST = "Changes"
# No sheet is named as one of the data, so that nobody takes this workbook for the other.
ENDING = " (changes)"
OWN_HEADERS = ("Change", "Row")
OVERVIEW = (
    Column("Sheet", 36),
    Column("Rows added", 12, "integer"),
    Column("Rows removed", 12, "integer"),
    Column("Rows changed", 12, "integer"),
    Column("Cells changed", 12, "integer"),
    Column("Rows renamed", 12, "integer"),
)
GUIDE = (
    "Each sheet holds the rows of one sheet of the data that differ.",
    "An added or removed row is shown whole. A changed or renamed row takes two rows, before the",
    "change and after it: they hold the key and, coloured, the cells that differ; no others.",
    "Columns in which nothing differs are left out. “Row” is the number of the row in the data.",
)
ROWS_MEASURED = 1_000
# Kind of a change → the words of its rows, each with the side that it shows.
STATES: Mapping[str, Sequence[tuple[str, str]]] = {
    "added": [("Added", "new")],
    "removed": [("Removed", "old")],
    "changed": [("Changed: before", "old"), ("Changed: after", "new")],
    "renamed": [("Renamed: before", "old"), ("Renamed: after", "new")],
}


class _Part(NamedTuple):
    """The changed rows of one resource, and the columns that show them."""

    name: str
    title: str
    key: tuple[str, ...]
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    rows: Sequence[RowChange]


def book(changes: Changes, package: Package) -> Book:
    """Lay out the workbook of changes; `workbook.writer` writes it.

    The first sheet says how much differs and leads to the others: one a resource with changed
    rows. Colours only repeat what the column "Change" says.

    Args:
        package: Where the titles of sheets and columns and their order are taken from.

    Raises:
        Refusal: More differs than a sheet can hold.
    """
    sheets, tables = Namer(LONGEST_SHEET, [FIRST]), Namer(LONGEST_NAME, [FIRST])
    found = []
    for name, rows in by_resource(changes).items():
        part = _part(name, rows, package)
        sheet = sheets.name(cut(sheet_wish(part.title), LONGEST_SHEET - len(ENDING)) + ENDING)
        found.append(
            (part, _sheet(part, sheet, tables.name(formula_wish(f"{name}_changes"), "_{}")))
        )
    title = plain(f"Changes: {package.title}")
    return Book(
        title=title,
        description=summary(changes),
        creator="",
        language="en",
        created=NO_DATE,
        sheets=(_first_sheet(title, changes, found), *(sheet for _, sheet in found)),
        styles=CHANGE_STYLES,
    )


def _part(name: str, rows: Sequence[RowChange], package: Package) -> _Part:
    resource = next((each for each in package.resources if each.name == name), None)
    key = resource.primary_key if resource else ()
    differing = {cell.field for row in rows for cell in row.cells}
    known = tuple(field.name for field in resource.fields) if resource else ()
    fields = [field for field in known if field in differing or field in key]
    fields += sorted(differing.difference(known))
    titles = ((_title(resource, field), field) for field in fields)
    return _Part(
        name=name,
        title=resource.title if resource else name,
        key=key,
        fields=tuple(fields),
        headers=unique_headers([*((header, header) for header in OWN_HEADERS), *titles]),
        rows=rows,
    )


def _title(resource: Resource | None, field: str) -> str:
    return resource.field(field).title if resource and field in resource.positions else field


def _sheet(part: _Part, name: str, table: str) -> Sheet:
    height = sum(len(STATES[row.kind]) for row in part.rows)
    for code, counted, limit in (
        ("diff-rows", height, MOST_ROWS),
        ("diff-columns", len(part.headers), MOST_COLUMNS),
    ):
        if counted > limit:
            raise Refusal(issue(code, resource=part.name, count=counted, limit=limit))
    measured = [cells for _, cells in zip(range(ROWS_MEASURED), _rows(part), strict=False)]
    columns = tuple(
        Column(header, column_width(header, _texts(measured, at)))
        for at, header in enumerate(part.headers)
    )

    def rows() -> Iterator[Sequence[Any]]:
        yield tuple(Styled(header, "header") for header in part.headers)
        yield from _rows(part)

    return Sheet(
        name=name,
        group="reading",
        columns=columns,
        rows=rows(),
        height=height + 1,
        table=TableRange(table, 1, height, len(columns)),
        freeze=(1, len(OWN_HEADERS)),
    )


def _rows(part: _Part) -> Iterator[tuple[Any, ...]]:
    at = {field: position for position, field in enumerate(part.fields)}
    for row in part.rows:
        for words, side in STATES[row.kind]:
            is_new = side == "new"
            cells: list[Any] = [None] * len(part.fields)
            for field, value in zip(part.key, row.new_key if is_new else row.key, strict=False):
                cells[at[field]] = _text(value)
            for cell in row.cells:
                cells[at[cell.field]] = Styled(_text(cell.new if is_new else cell.old), side)
            yield Styled(words, side), row.new_row if is_new else row.old_row, *cells


def _text(value: str | None) -> str:
    """The cell as a sheet can hold it; what is too long visibly ends in an ellipsis."""
    if value is None:
        return BLANK
    shown = ILLEGAL.sub(lambda match: match[0].encode("unicode_escape").decode(), value)
    return cut(shown, LONGEST_TEXT) if len(shown) * 2 > LONGEST_TEXT else shown


def _texts(rows: Sequence[Sequence[Any]], at: int) -> Iterator[str]:
    cells = (row[at] for row in rows)
    return (str(cell.value if isinstance(cell, Styled) else cell) for cell in cells if cell)


def _first_sheet(title: str, changes: Changes, found: Sequence[tuple[_Part, Sheet]]) -> Sheet:
    lines = [summary(changes), *_news(changes), *(GUIDE if found else ())]
    rows: list[tuple[Any, ...]] = [(Styled(title, "title"),)]
    rows += [(Styled(_text(line), "line"),) for line in lines]
    table, links = None, []
    if found:
        rows.append(tuple(Styled(column.header, "header") for column in OVERVIEW))
        table = TableRange(FIRST, len(rows), len(found), len(OVERVIEW), filtered=False)
    for part, sheet in found:
        links.append(Link(len(rows) + 1, 1, Spot(sheet.name, 1, 1), f"Go to {sheet.name}"))
        counts = count(part.rows)
        numbers = (counts.added, counts.removed, counts.changed, counts.cells, counts.renamed)
        rows.append((Styled(sheet.name, "link"), *numbers))
    return Sheet(
        name=FIRST,
        group="reading",
        columns=OVERVIEW,
        rows=rows,
        height=len(rows),
        table=table,
        freeze=(0, 0),
        links=tuple(links),
    )


def _news(changes: Changes) -> Iterator[str]:
    """What came or went as a whole, a line each."""
    for what, names in (("added", changes.added), ("removed", changes.removed)):
        yield from (f"Sheet {what}: {name}" for name in names)
    for name in dict.fromkeys([*changes.fields_added, *changes.fields_removed]):
        added, removed = changes.fields_added.get(name, ()), changes.fields_removed.get(name, ())
        yield from (f"{name}, {words}" for words in column_words(added, removed))
