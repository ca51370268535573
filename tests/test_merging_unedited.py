"""The short ways of merging a workbook without edits: they never pass over one that has some."""

from __future__ import annotations

import io
import shutil
from datetime import datetime
from zipfile import ZipFile, ZipInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from sheetpack import build, merging
from sheetpack.checks import check
from sheetpack.edits.model import Grid, Line
from sheetpack.issue import Refusal
from sheetpack.received import as_built
from sheetpack.received import edited as received
from sheetpack.workbook.fingerprint import STAMP
from tests.conftest import PACKAGES
from tests.editing import built, edit, merged_in_full, set_cell
from tests.samples import opened
from tests.strategies import packages
from tests.workbook.test_round_trip import saved_by_libreoffice

PACKAGE = PACKAGES / "workbook-library"
SLOW = [*HealthCheck]


def never():
    raise AssertionError("the data is read though there is nothing to merge")


def told(package, outcome):
    """All that is told, shown and written of an outcome."""
    files, _ = merging.contents(package, outcome)
    return outcome.issues, outcome.conflicts, outcome.changes, outcome.checked, files


def stamped(path):
    """The same parts in an archive that bears the times of one that was built."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, STAMP), content)
    return path


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(made=packages(), saved=st.booleans())
def test_a_workbook_without_edits_is_told_as_the_long_way_tells_it(tmp_path_factory, made, saved):
    folder = tmp_path_factory.mktemp("package")
    package, tables = opened(made.write(folder))
    if check(package, tables):  # what the data itself says wrongly is not told then
        return
    book = folder / "book.xlsx"
    try:
        book.write_bytes(build.products(package, tables)[0][0].content)
    except Refusal:  # what no sheet can hold
        return
    assert as_built.origin(book)
    if saved:
        edit(book, lambda workbook: None)
        assert not as_built.origin(book)
    short = merging.bring_back(package, lambda: tables, book)
    assert told(package, short) == told(package, merged_in_full(package, tables, book))


@pytest.fixture(scope="module")
def built_book(tmp_path_factory):
    return built(PACKAGE, tmp_path_factory.mktemp("built") / "built.xlsx")


def cell(book, number, row, column):
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible" and sheet.tables]
    return sheets[number % len(sheets)].cell(row, column)


VALUES = st.sampled_from(
    [
        *(None, "", " ", "other", "Other", "odyssey", "=1+1", "#N/A", True, 0, 1, 2.5, "2", "true"),
        *(datetime(2024, 5, 1), datetime(2024, 5, 1, 12), "x" * 300, "“a”", "ada ", "陳 Chen"),
    ]
)
PLACES = st.tuples(st.integers(0, 9), st.integers(1, 6), st.integers(1, 7))


@st.composite
def changes(draw):
    """Something that somebody does to a workbook: what it is called, and the doing of it."""
    place, value = draw(PLACES), draw(VALUES)
    kinds = {
        "write": lambda book: setattr(cell(book, *place), "value", value),
        "comment": lambda book: setattr(cell(book, *place), "comment", Comment("Sure?", "Eve")),
        "format": lambda book: setattr(cell(book, *place), "number_format", "yyyy-mm-dd"),
        "delete row": lambda book: cell(book, *place).parent.delete_rows(place[1]),
        "insert row": lambda book: cell(book, *place).parent.insert_rows(place[1]),
        "delete column": lambda book: cell(book, *place).parent.delete_cols(place[2]),
        "insert column": lambda book: cell(book, *place).parent.insert_cols(place[2]),
        "rename sheet": lambda book: setattr(cell(book, *place).parent, "title", "Mine"),
        "remove sheet": lambda book: book.remove(cell(book, *place).parent),
        "add sheet": lambda book: book.create_sheet("Mine"),
        "merge cells": lambda book: cell(book, *place).parent.merge_cells("B2:B3"),
        "hide row": lambda book: cell(book, *place).parent.row_dimensions.group(2, hidden=True),
    }
    name = draw(st.sampled_from(["write", *kinds]))
    return name, kinds[name]


@pytest.fixture(scope="module")
def moved_on(tmp_path_factory):
    """The same package where somebody else has changed a price."""
    folder = shutil.copytree(PACKAGE, tmp_path_factory.mktemp("moved") / "on")
    books = folder / "data" / "books.csv"
    books.write_text(books.read_text("utf-8").replace("1614/1616,12.5", "1614/1616,13"), "utf-8")
    return folder


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(done=st.lists(changes(), min_size=1, max_size=3), meanwhile=st.booleans())
def test_whatever_somebody_does_comes_to_what_the_long_way_comes_to(
    built_book, moved_on, done, meanwhile
):
    book = built_book.with_name("book.xlsx")
    book.write_bytes(built_book.read_bytes())

    def change(workbook):
        for _, do in done:
            do(workbook)

    stamped(edit(book, change))
    package, tables = opened(moved_on if meanwhile else PACKAGE)
    try:
        long = merged_in_full(package, tables, book)
    except Refusal as refusal:
        with pytest.raises(Refusal) as refused:
            merging.bring_back(package, lambda: tables, book)
        assert refused.value.issues == refusal.issues
        return
    short = merging.bring_back(package, lambda: tables, book)
    assert told(package, short) == told(package, long)


def test_a_change_of_any_one_cell_is_seen(built_book, tmp_path):
    """In a file whose archive looks as it was built."""
    package, tables = opened(PACKAGE)
    book = tmp_path / "book.xlsx"
    as_it_was = received.read(package, built_book)
    for name, grid in as_it_was.side.items():
        sheet = as_it_was.places[name].sheet.name
        for at, field in enumerate(grid.fields, start=1):
            row = grid.lines[at % len(grid.lines)].row
            new = "zzz" if package.resource(name).field(field).type == "string" else 77
            book.write_bytes(built_book.read_bytes())
            edit(book, lambda b, s=sheet, r=row, c=at, v=new: put(b[s], r, c, v))
            found = merging.bring_back(package, lambda: tables, stamped(book))
            assert found.changes or found.conflicts or found.issues, (name, row, field)


def put(sheet, row, column, value):
    sheet.cell(row, column).value = value


def test_of_a_workbook_as_built_nothing_is_read_but_its_bytes(library, book, monkeypatch):
    monkeypatch.setattr(received, "read", never)
    outcome = merging.bring_back(opened(library.folder)[0], never, book)
    assert (outcome.edited.file, outcome.checked.tables) == (book.name, 4)
    assert not outcome.changes


def test_where_the_sheets_say_what_the_base_does_the_data_is_not_read(library, book):
    def arrange(workbook):
        workbook["Books"].column_dimensions["A"].width = 50
        workbook["Books"]["B2"].comment = Comment("Sure?", "Eve")

    edit(book, arrange)
    outcome = merging.bring_back(opened(library.folder)[0], never, book)
    assert [issue.code for issue in outcome.issues] == ["comment-left"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
def test_of_a_workbook_that_libreoffice_merely_saved_the_data_is_not_read(library, book, tmp_path):
    book.write_bytes(saved_by_libreoffice(book.read_bytes(), tmp_path))
    assert as_built.origin(book) is None
    outcome = merging.bring_back(opened(library.folder)[0], never, book)
    assert (outcome.issues, outcome.checked.tables) == ([], 4)


def test_a_question_is_asked_though_nothing_else_differs(library, book):
    edit(book, lambda workbook: set_cell(workbook["Books"], "odyssey", "Genre", "#N/A"))
    package, tables = opened(library.folder)
    found = merging.bring_back(package, lambda: tables, book)
    assert [issue.level for issue in found.issues] == ["error"]
    assert told(package, found) == told(package, merged_in_full(package, tables, book))


def test_where_the_contract_has_changed_since_the_sheets_are_read(library, book):
    library.replace("datapackage.json", '"Title of the book"', '"Title"')
    package, tables = opened(library.folder)
    found = merging.bring_back(package, lambda: tables, book)
    assert told(package, found) == told(package, merged_in_full(package, tables, book))
    assert [issue.code for issue in found.issues] == ["sheet-header-unclear"]


def test_with_a_base_that_is_named_the_sheets_are_compared_with_that(library, book):
    package, tables = opened(library.folder)
    side = received.read(package, book).base
    books = side["books"]
    first = Line(("odyssey", "The Iliad", *books.lines[0].cells[2:]), 2)
    base = side | {"books": Grid(books.fields, [first, *books.lines[1:]])}
    found = merging.bring_back(package, lambda: tables, book, base)
    assert told(package, found) == told(package, merged_in_full(package, tables, book))
    with pytest.raises(AssertionError, match="the data is read"):
        merging.bring_back(package, never, book, base)


def test_a_workbook_as_built_of_another_package_is_refused(copy_of, book):
    package, tables = opened(copy_of("workbook-bare").folder)
    with pytest.raises(Refusal) as refused:
        merging.bring_back(package, lambda: tables, book)
    assert [issue.code for issue in refused.value.issues] == ["workbook-foreign"]


def test_a_property_that_fits_no_more_is_no_proof(library, book):
    content = book.read_bytes()
    with ZipFile(io.BytesIO(content)) as archive:
        kept = archive.read("docProps/custom.xml")
    edit(book, lambda workbook: set_cell(workbook["Books"], "odyssey", "Genre", "other"))
    with ZipFile(book, "a") as archive:
        archive.writestr("docProps/custom.xml.bak", kept)
    stamped(book)
    assert openpyxl.load_workbook(book)["Books"]["C2"].value == "other"
    package, tables = opened(library.folder)
    assert merging.bring_back(package, lambda: tables, book).changes
