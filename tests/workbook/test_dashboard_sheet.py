"""Where the charts and their tables lie, without opening a file."""

from __future__ import annotations

import pytest

from sheetpack.charts import Chart
from sheetpack.workbook.addresses import addresses
from sheetpack.workbook.dashboard_sheet import WIDEST_BESIDE, dashboard_sheet
from sheetpack.workbook.model import Styled
from sheetpack.workbook.sizes import LINE_PIXELS
from tests.samples import PACKAGES, opened

ROWS = (("Novels", 3), ("Poetry", 1), ("Plays", None))


def chart(name="books", kind="bar", headers=("Kind", "Books"), rows=ROWS, resource=None):
    return Chart(name, name.title(), "What there is.", kind, headers, rows, resource)


def sheet_of(*charts):
    return dashboard_sheet(charts, addresses(*opened(PACKAGES / "workbook-library"), []))


def plain(sheet):
    return [
        tuple(cell.value if isinstance(cell, Styled) else cell for cell in row)
        for row in sheet.rows
    ]


def test_a_chart_has_a_title_a_description_and_a_table_at_the_left_edge():
    sheet = sheet_of(chart())
    rows, (table,) = plain(sheet), sheet.tables
    at = table.row - 1
    assert rows[at - 2 : at] == [("Books",), ("What there is.",)]
    assert rows[at : at + 4] == [("Kind", "Books"), *ROWS]
    assert (table.range, table.headers, table.filtered) == ("A5:B8", ("Kind", "Books"), False)


def test_a_chart_is_drawn_from_the_cells_of_its_table():
    (drawing,) = sheet_of(chart()).drawings
    (series,) = drawing.series
    assert drawing.range == "'Dashboard'!$A$6:$A$8"
    assert (series.range, series.title_cell) == ("'Dashboard'!$B$6:$B$8", "'Dashboard'!$B$5")
    assert (drawing.labels, series.values) == (("Novels", "Poetry", "Plays"), (3, 1, None))


@pytest.mark.parametrize("width", [2, WIDEST_BESIDE, WIDEST_BESIDE + 1, 9])
def test_a_chart_stands_beside_its_table_or_below_and_never_on_it(width):
    headers = ("Kind", *(f"N{at}" for at in range(1, width)))
    sheet = sheet_of(chart(headers=headers, rows=(("a", *range(1, width)),)))
    (table,), (drawing,) = sheet.tables, sheet.drawings
    beside = drawing.column > table.width and drawing.row == table.row
    below = drawing.column == 1 and drawing.row > table.row + table.length
    assert (beside, below) == (width <= WIDEST_BESIDE, width > WIDEST_BESIDE)


@pytest.mark.parametrize("count", [1, 12, 100])
def test_nothing_lies_on_anything_else(count):
    many = tuple((f"A rather long label, number {at}", at) for at in range(count))
    sheet = sheet_of(chart("one", rows=many), chart("two"), chart("three", "pie"))
    ends = [drawing.row + drawing.height / LINE_PIXELS for drawing in sheet.drawings]
    for table, other, end in zip(sheet.tables, sheet.tables[1:], ends, strict=False):
        heading = other.row - 2
        assert heading > table.row + table.length
        assert heading > end - 1
    assert sheet.height >= ends[-1] - 1


def test_bars_lie_where_their_labels_are_too_long_to_stand_side_by_side():
    long = tuple((f"{label} of the whole nineteenth century", number) for label, number in ROWS)
    kinds = [drawing.kind for drawing in sheet_of(chart(), chart("long", rows=long)).drawings]
    assert kinds == ["column", "bar"]


def test_a_table_of_one_row_shows_key_figures():
    sheet = sheet_of(chart(kind="table", headers=("Books", "People"), rows=((3, 2),)))
    figures = list(sheet.rows)[sheet.tables[0].row]
    assert [(cell.value, cell.style) for cell in figures] == [(3, "figure"), (2, "figure")]
    assert (sheet.drawings, sheet.shaded) == ((), ())


def test_a_matrix_is_shaded_but_for_its_labels():
    rows = (("Ada", None, 2), ("Ben", 1, None))
    sheet = sheet_of(chart(kind="table", headers=("Who", "Ada", "Ben"), rows=rows))
    assert sheet.shaded == ("B6:C7",)
    assert sheet.drawings == ()


def test_a_chart_of_a_resource_is_drawn_from_the_sheet_of_that_resource():
    package, _ = opened(PACKAGES / "workbook-library")
    books = package.resource("books")
    headers = (books.fields[0].name, books.fields[3].name)
    drawn = chart(headers=headers, rows=(("a", 1), ("b", 2), ("c", 3)), resource=books)
    sheet = sheet_of(drawn)
    assert sheet.tables == ()
    (drawing,) = sheet.drawings
    assert (drawing.range, drawing.series[0].range) == ("'Books'!$A$2:$A$4", "'Books'!$D$2:$D$4")
    assert drawing.series[0].title == sheet_title(books, 3)


def sheet_title(resource, at):
    return resource.fields[at].title


def test_the_text_for_those_who_cannot_see_a_chart_says_what_it_shows():
    (drawing,) = sheet_of(chart()).drawings
    for part in ("Column chart", "Books", "What there is.", "Novels", "3", "table"):
        assert part in drawing.text


def test_names_of_tables_are_free_ones():
    sheet = sheet_of(chart("a b"), chart("a-b"))
    names = [table.name.casefold() for table in sheet.tables]
    assert len(set(names)) == 2
