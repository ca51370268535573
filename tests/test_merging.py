"""Build, edit, merge: for packages of every kind, nothing is lost and nothing is made up."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import build, merging
from sheetpack.checks import check
from sheetpack.issue import Refusal
from tests.editing import merged_in_full
from tests.samples import opened, resource, write_package
from tests.strategies import packages

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def merged(descriptor: Path, workbook: Path):
    """The outcome of a merge, and the new contents of the files."""
    package, tables = opened(descriptor)
    outcome = merged_in_full(package, tables, workbook)
    files, issues = merging.contents(package, outcome)
    assert issues == []
    return outcome, files


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(made=packages())
def test_a_workbook_nobody_edited_gives_the_files_byte_by_byte(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("package")
    descriptor = made.write(folder)
    package, tables = opened(descriptor)
    if any(issue.level == "error" for issue in check(package, tables)):  # a blank row, for one
        return
    try:
        workbook = build.products(package, tables)[0][0]
    except Refusal as refusal:  # what no sheet can hold
        assert {issue.code for issue in refusal.issues} <= {"sheet-text-illegal"}
        return
    (folder / "book.xlsx").write_bytes(workbook.content)
    outcome, files = merged(descriptor, folder / "book.xlsx")
    assert outcome.edited.issues == [], "a workbook as built needs no repair"
    assert outcome.conflicts == []
    assert not outcome.changes
    assert files == {}


# Text that no spreadsheet and no person would write otherwise.
PLAIN = st.text("abcxyzäß陳 .=+@#,;:", max_size=8).filter(lambda text: text == text.strip())
NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=2).map(float)
FIELDS = ["id", "words", {"name": "count", "type": "number"}, "note"]


def as_text(value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


@st.composite
def edited_tables(draw):
    """Rows of a table, and what somebody makes of them in a sheet."""
    ids = st.text("abcdef", min_size=1, max_size=4)
    rows = draw(
        st.lists(
            st.tuples(ids, PLAIN, NUMBERS, PLAIN), min_size=1, max_size=8, unique_by=lambda r: r[0]
        )
    )
    rows = [list(row) for row in rows]
    edited = [list(row) for row in rows]
    known = {row[0] for row in rows}
    for at in draw(st.lists(st.integers(0, len(rows) - 1), max_size=4)):
        column = draw(st.integers(1, 3))
        edited[at][column] = draw(NUMBERS | st.none() if column == 2 else PLAIN)
    gone = set(draw(st.lists(st.integers(0, len(rows) - 1), max_size=2)))
    edited = [row for at, row in enumerate(edited) if at not in gone]
    for new in draw(st.lists(ids.filter(lambda key: key not in known), max_size=3, unique=True)):
        cells = [new, "new " + draw(PLAIN).strip(), draw(NUMBERS), draw(PLAIN)]
        cells[1] = cells[1].strip()
        edited.insert(draw(st.integers(0, len(edited))), cells)
    return rows, edited


def written(rows):
    file = io.StringIO()
    lines = [["id", "words", "count", "note"], *[[as_text(cell) for cell in row] for row in rows]]
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(tables=edited_tables(), gap=st.integers(0, 2))
def test_edits_in_a_sheet_give_what_the_same_edits_to_the_file_give(tmp_path_factory, tables, gap):
    rows, edited = tables
    folder = tmp_path_factory.mktemp("package")
    table = resource("table", FIELDS, ["id"], encoding="utf-8", dialect={"delimiter": ","})
    descriptor = write_package(folder, [table], {"table.csv": written(rows)})
    book = folder / "book.xlsx"
    book.write_bytes(build.products(*opened(descriptor))[0][0].content)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["table"]
    sheet.delete_rows(2, sheet.max_row)
    for at, cells in enumerate(edited):
        number = at + 2 + (gap if at > len(edited) // 2 else 0)  # with some blank rows between
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            cell.value = value if value != "" else None
            if isinstance(value, str) and value:
                cell.data_type = "s"  # openpyxl takes a text such as "=a" for a formula
    workbook.save(book)
    outcome, files = merged(descriptor, book)
    assert outcome.conflicts == []
    result = files.get(folder / "table.csv", (folder / "table.csv").read_bytes()).decode()
    assert result == written(edited)


@pytest.mark.parametrize("name", ["workbook-library", "gallery"])
def test_a_merge_twice_is_a_merge_once(copy_of, name):
    package = copy_of(name)
    book = package.path("book.xlsx")
    book.write_bytes(build.products(*opened(package.descriptor))[0][0].content)
    workbook = openpyxl.load_workbook(book)
    for sheet in workbook:
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                if sheet.sheet_state == "visible" and cell.value == "other":
                    cell.value = "poetry"
    workbook.save(book)
    _, files = merged(package.descriptor, book)
    for path, data in files.items():
        path.write_bytes(data)
    outcome, files = merged(package.descriptor, book)
    assert (files, bool(outcome.changes), outcome.conflicts) == ({}, False, [])
