"""The dashboard: charts, each beside the small table that it is drawn from.

The tables stand at the left edge, one below the other, so that the sheet can be read from
top to bottom without seeing a chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sheetpack.catalogue import issue
from sheetpack.charts import Chart
from sheetpack.issue import Issue, column_letters
from sheetpack.package import Package
from sheetpack.workbook.addresses import DASHBOARD, FIRST_ROW, Addresses
from sheetpack.workbook.cells import text_problems
from sheetpack.workbook.model import (
    Column,
    Drawing,
    Series,
    Sheet,
    Spot,
    Styled,
    TableRange,
    quoted,
)
from sheetpack.workbook.names import cut, formula_wish, headers, plain
from sheetpack.workbook.sizes import (
    BOLD,
    LINE_PIXELS,
    PADDING,
    column_width,
    text_width,
)

ABOUT = "Key figures and charts, made from the data. The numbers of a chart stand in its table."
NARROWEST = 12
WIDEST_BESIDE = 4  # columns of a table that still leave room for a chart beside it
GAP = 30  # pixels
WIDTH, LEAST_HEIGHT = 680, 315  # of a chart, in pixels
LABELS_ABREAST = 64  # digits that fit below the columns of an upright chart
BAR_HEIGHT, FRAME_HEIGHT = 28, 120  # pixels for each lying bar, and for all around them
LONGEST_LABEL, LONGEST_TEXT = 60, 1_000
KINDS = {"column": "Column chart", "bar": "Bar chart", "line": "Line chart", "pie": "Pie chart"}


def dashboard_sheet(charts: Sequence[Chart], addresses: Addresses) -> Sheet:
    """Lay out all charts with their tables, one below the other."""
    columns = _columns(charts)
    rows: list[tuple[Any, ...]] = [(Styled(DASHBOARD, "title"),), (Styled(ABOUT, "line"),)]
    tables: list[TableRange] = []
    drawings: list[Drawing] = []
    shaded: list[str] = []
    for chart in charts:
        rows.append((Styled(plain(chart.title), "heading"),))
        if chart.description:
            rows.append((Styled(plain(chart.description), "line"),))
        top = len(rows) + 1  # of the table, and of a chart beside it
        if chart.resource is None:
            table = _table(chart, top, addresses)
            tables.append(table)
            shaded += _shaded(chart, table)
            rows += _rows(chart, table)
        if chart.kind != "table":
            width = len(chart.headers) if chart.resource is None else 0
            beside = 0 < width <= WIDEST_BESIDE
            at = Spot(DASHBOARD, top if beside else len(rows) + 1, width + 1 if beside else 1)
            drawing = _drawing(chart, at, top, addresses)
            drawings.append(drawing)
            bottom = drawing.row + drawing.height // LINE_PIXELS
            rows += [()] * (bottom - len(rows))
        rows.append(())
    return Sheet(
        name=DASHBOARD,
        group="reading",
        columns=columns,
        rows=rows,
        height=len(rows),
        freeze=(0, 0),
        tables=tuple(tables),
        drawings=tuple(drawings),
        shaded=tuple(shaded),
    )


def problems(charts: Sequence[Chart], package: Package) -> Iterator[Issue]:
    """Everything in the tables of the charts that a sheet cannot hold."""
    for chart in charts:
        # What is drawn from the sheet of a resource is looked at there.
        for number, row in enumerate(chart.rows if chart.resource is None else (), FIRST_ROW):
            for at, (header, value) in enumerate(zip(chart.headers, row, strict=True), start=1):
                if isinstance(value, str):
                    place = {"row": number, "column": at, "field": f"{chart.title}: {header}"}
                    for code, facts in text_problems(value):
                        yield issue(code, file=package.path.name, **place, **facts)


def _columns(charts: Sequence[Chart]) -> tuple[Column, ...]:
    """The columns that all tables share."""
    own = [chart for chart in charts if chart.resource is None]
    labels = [str(row[0]) for chart in own for row in chart.rows if row[0] is not None]
    words = [word for chart in own for header in chart.headers for word in header.split()]
    narrow = max([text_width(word) * BOLD + PADDING for word in words] + [NARROWEST])
    count = max([len(chart.headers) for chart in own] + [1])
    first = Column("", max(column_width("", labels), narrow))
    return (first, *[Column("", narrow)] * (count - 1))


def _table(chart: Chart, row: int, addresses: Addresses) -> TableRange:
    return TableRange(
        name=addresses.formula_names.name(formula_wish(f"chart_{chart.name}"), "_{}"),
        row=row,
        length=len(chart.rows),
        width=len(chart.headers),
        filtered=False,
        headers=headers((header, header) for header in chart.headers),
    )


def _rows(chart: Chart, table: TableRange) -> list[tuple[Any, ...]]:
    """Header and rows of a table; the numbers of a single row are key figures."""
    header = tuple(Styled(text, "header") for text in table.headers)
    if chart.kind == "table" and len(chart.rows) == 1:
        return [header, tuple(None if v is None else Styled(v, "figure") for v in chart.rows[0])]
    return [header, *chart.rows]


def _shaded(chart: Chart, table: TableRange) -> list[str]:
    """The numbers of a matrix: of a table with more than one row and column of them."""
    if chart.kind != "table" or min(table.length, table.width - 1) < 2:
        return []
    last = f"{column_letters(table.width)}{table.row + table.length}"
    return [f"B{table.row + 1}:{last}"]


def _drawing(chart: Chart, at: Spot, top: int, addresses: Addresses) -> Drawing:
    labels = tuple("" if row[0] is None else str(row[0]) for row in chart.rows)
    name = chart.resource.name if chart.resource else ""
    if chart.resource is None:
        sheet, first, columns = DASHBOARD, top + 1, range(1, len(chart.headers) + 1)
    else:
        sheet, first = addresses.resources[name], FIRST_ROW
        columns = [addresses.column(name, header) for header in chart.headers]
    last = first + len(chart.rows) - 1

    def cells(column: int) -> str:
        letters = column_letters(column)
        return f"{quoted(sheet)}!${letters}${first}:${letters}${last}"

    kind = chart.kind
    abreast = len(labels) * (max(map(text_width, labels)) + 1)
    if kind == "bar" and abreast <= LABELS_ABREAST:
        kind = "column"
    height = FRAME_HEIGHT + BAR_HEIGHT * len(labels) if kind == "bar" else LEAST_HEIGHT
    return Drawing(
        kind=kind,
        title=plain(chart.title),
        text=_text(chart, KINDS[kind], labels),
        row=at.row,
        column=at.column,
        offset=GAP if at.column > 1 else 0,
        width=WIDTH,
        height=max(height, LEAST_HEIGHT),
        range=cells(columns[0]),
        labels=tuple(cut(label, LONGEST_LABEL) for label in labels),
        series=tuple(
            Series(
                plain(addresses.header(name, header) if chart.resource else header),
                f"{quoted(sheet)}!${column_letters(column)}${first - 1}",
                cells(column),
                tuple(row[number] for row in chart.rows),
            )
            for number, (header, column) in enumerate(
                zip(chart.headers[1:], columns[1:], strict=True), start=1
            )
        ),
    )


def _text(chart: Chart, kind: str, labels: Sequence[str]) -> str:
    """What a chart shows, for those who cannot see it."""
    sentences = [f"{kind}: {plain(chart.title)}."]
    if chart.description:
        sentences.append(plain(chart.description))
    for at, header in enumerate(chart.headers[1:], start=1):
        numbers = [(row[at], label) for row, label in zip(chart.rows, labels, strict=True)]
        known = [pair for pair in numbers if pair[0] is not None]
        if known:
            most, label = max(known, key=lambda pair: pair[0])
            sentences.append(f"{plain(header)}: most for {plain(label)} ({most:.15g}).")
    where = "in the table beside it" if chart.resource is None else "on their own sheet"
    return cut(" ".join([*sentences, f"All numbers stand {where}."]), LONGEST_TEXT)
