"""The points of docs/accessibility.md that no other test holds, in the package's own workbook."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from sheetpack import build
from tests.samples import opened

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
NO_TABLE = {"Start here", "Dashboard"}  # which hold more than one table and nothing else


@pytest.fixture(scope="module")
def content():
    return build.products(*opened(ROOT))[0][0].content


@pytest.fixture(scope="module")
def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def sheets(workbook):
    """All sheets that can be seen."""
    return [sheet for sheet in workbook if sheet.sheet_state == "visible"]


def tables(sheet):
    return list(sheet.tables.values())


def last_row(sheet):
    """The last row that holds something."""
    filled = [cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return max(filled)


def test_every_test_that_the_page_names_exists():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    there = {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.M)}
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 15
    assert named - there == set()


def test_everything_that_looks_like_a_table_is_one(sheets):
    for sheet in sheets:
        assert tables(sheet), sheet.title
        if sheet.title not in NO_TABLE:
            (table,) = tables(sheet)
            left, top, right, bottom = range_boundaries(table.ref)
            assert (left, top) == (1, 1)
            assert bottom == max(last_row(sheet), 2)
            filled = [cell.column for row in sheet.iter_rows() for cell in row if cell.value]
            assert right >= max(filled)


def test_tables_are_named_after_what_they_hold(workbook):
    package, _ = opened(ROOT)
    for resource in package.resources:
        assert resource.name in workbook[resource.title].tables
    names = [name for sheet in workbook for name in sheet.tables]
    assert not [name for name in names if re.fullmatch(r"table_?\d+", name, re.IGNORECASE)]


def test_no_row_of_a_table_is_blank(sheets):
    for sheet in sheets:
        for table in tables(sheet):
            for row in sheet[table.ref]:
                assert any(cell.value is not None for cell in row), (sheet.title, row[0].row)


def test_text_in_tables_is_wrapped(sheets):
    for sheet in sheets:
        for table in tables(sheet):
            for row in sheet[table.ref]:
                for cell in row:
                    if isinstance(cell.value, str):
                        assert cell.alignment.wrap_text, (sheet.title, cell.coordinate)


def test_only_sheets_that_need_it_have_filters_and_frozen_panes(sheets):
    with_panes = {sheet.title for sheet in sheets if sheet.freeze_panes}
    with_filter = {
        sheet.title for sheet in sheets if any(table.autoFilter for table in tables(sheet))
    }
    assert NO_TABLE.isdisjoint(with_panes | with_filter)


def test_no_row_or_column_is_hidden(workbook):
    for sheet in workbook:
        assert not [row for row in sheet.row_dimensions.values() if row.hidden]
        assert not [column for column in sheet.column_dimensions.values() if column.hidden]


def test_there_is_no_superscript(content):
    archive = ZipFile(io.BytesIO(content))
    assert b"vertAlign" not in archive.read("xl/styles.xml")
    assert not [name for name in archive.namelist() if b"vertAlign" in archive.read(name)]


def test_links_say_where_they_lead(sheets):
    count = 0
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    assert len(str(cell.value)) > 1
                    assert str(cell.value).casefold() not in ("here", "click here", "link", "more")
                    assert cell.hyperlink.tooltip
                    count += 1
    assert count > 100


def test_every_sheet_begins_in_its_first_cell(sheets):
    for sheet in sheets:
        assert sheet["A1"].value
        if sheet.title in NO_TABLE:
            assert sheet["A1"].font.size >= 20


def test_there_are_no_headers_footers_or_text_boxes(content):
    archive = ZipFile(io.BytesIO(content))
    for name in archive.namelist():
        part = archive.read(name).decode("utf-8", "replace")
        if name.startswith("xl/worksheets/sheet"):
            assert not re.search(r"<(odd|even|first)(Header|Footer)>[^<]", part)
        if re.match(r"xl/drawings/drawing\d+\.xml", name):
            assert "graphicFrame" in part
            assert not re.search(r"<(xdr:)?(sp|pic)>", part)


def test_a_column_that_can_turn_red_says_its_rules_in_words(sheets):
    checked = 0
    for sheet in sheets:
        for area in sheet.conditional_formatting:
            fills = [rule.dxf and rule.dxf.fill for rule in area.rules]
            if any(fills):
                for cells in area.sqref.ranges:
                    assert sheet.cell(1, cells.min_col).comment, (sheet.title, cells.coord)
                    checked += 1
    assert checked > 20


def test_every_sheet_has_a_name_of_its_own_and_something_on_it(sheets):
    names = [sheet.title.casefold() for sheet in sheets]
    assert len(set(names)) == len(names)
    for sheet in sheets:
        assert last_row(sheet) > 1


def test_tables_stand_at_the_left_edge_and_only_charts_share_a_sheet(sheets):
    for sheet in sheets:
        bounds = [range_boundaries(table.ref) for table in tables(sheet)]
        assert {left for left, *_ in bounds} == {1}
        if sheet.title != "Dashboard":
            ((_, _, _, bottom),) = bounds
            assert last_row(sheet) <= bottom
        else:
            assert all(sheet.cell(top - 1, 1).value for _, top, _, _ in bounds)
