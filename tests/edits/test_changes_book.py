from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetpack.descriptor import load
from sheetpack.edits import changes_book
from sheetpack.edits.model import CellChange, Changes, RowChange
from sheetpack.issue import Refusal
from sheetpack.workbook.styles import CHANGE_STYLES, STYLES
from sheetpack.workbook.writer import write
from tests.samples import PACKAGES, resource, write_package

OLD, NEW = (CHANGE_STYLES[side]["fill"].fgColor.rgb for side in ("old", "new"))


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    size = {"name": "size", "type": "integer", "title": "How big"}
    goods = resource("goods", ["id", size, "note", "unused"], ["id"], title="Goods: all")
    return load(write_package(folder, [goods, resource("loose", ["a", "b"])], {}, title="Trade"))


def change(kind, *cells, key=("a",), new_key=None, name="goods"):
    there = {"added": (0, 4), "removed": (3, 0)}.get(kind, (3, 4))
    found = tuple(CellChange(*cell) for cell in cells)
    return RowChange(name, kind, key, new_key or key, found, *there)


def opened(changes, package):
    content = io.BytesIO()
    write(changes_book.book(changes, package), content)
    return openpyxl.load_workbook(content)


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_changed_row_takes_two_rows_with_its_key_and_the_cells_that_differ(package):
    row = change("changed", ("size", "042", "42"), ("note", None, "=1+1"))
    sheet = opened(Changes(rows=(row,)), package)["Goods all (changes)"]
    assert values(sheet) == [
        ["Change", "Row", "id", "How big", "note"],
        ["Changed: before", 3, "a", "042", "(blank)"],
        ["Changed: after", 4, "a", "42", "=1+1"],
    ]
    assert sheet["E3"].data_type == "s", "no formula"


def test_colours_tell_the_old_from_the_new_and_never_alone(package):
    rows = (
        change("changed", ("size", "1", "2")),
        change("added", ("id", None, "b"), key=("b",)),
        change("removed", ("id", "c", None), key=("c",)),
        change("renamed", ("id", "d", "e"), key=("d",), new_key=("e",)),
    )
    sheet = opened(Changes(rows=rows), package)["Goods all (changes)"]
    seen = [(row[0].value, row[0].fill.fgColor.rgb) for row in sheet.iter_rows(min_row=2)]
    assert seen == [
        ("Changed: before", OLD),
        ("Changed: after", NEW),
        ("Added", NEW),
        ("Removed", OLD),
        ("Renamed: before", OLD),
        ("Renamed: after", NEW),
    ]
    assert (sheet["D2"].fill.fgColor.rgb, sheet["D3"].fill.fgColor.rgb) == (OLD, NEW)
    assert sheet["C2"].fill.fill_type is None, "the key is the same"
    assert [sheet[f"C{row}"].value for row in (6, 7)] == ["d", "e"]


def test_the_first_sheet_counts_and_leads_to_the_others(package):
    rows = (
        change("changed", ("size", "1", "2"), ("note", "x", "y")),
        change("added", ("a", None, "z"), key=(), name="loose"),
    )
    changes = Changes(added=("new",), fields_removed={"loose": ("c",)}, rows=rows)
    first = opened(changes, package).worksheets[0]
    cells = values(first)
    assert cells[0][0] == "Changes: Trade"
    assert cells[1][0] == ("1 sheet added, 1 column removed, 1 row added, 1 changed (2 cells).")
    assert cells[2][0] == "Sheet added: new"
    assert cells[3][0] == "loose, column removed: c"
    assert cells[-2:] == [
        ["Goods all (changes)", 0, 0, 1, 2, 0],
        ["loose (changes)", 1, 0, 0, 0, 0],
    ]
    assert first.cell(len(cells), 1).hyperlink.location == "'loose (changes)'!A1"


def test_where_nothing_differs_there_is_one_sheet_that_says_so(package):
    book = opened(Changes(), package)
    assert len(book.worksheets) == 1
    assert values(book.worksheets[0]) == [["Changes: Trade"], ["Nothing differs."]]


def test_a_text_that_a_cell_cannot_hold_is_cut_visibly_or_written_with_escapes(package):
    row = change("added", ("note", None, "🚗" * 20_000), ("size", None, "a\x00b"), key=("a",))
    sheet = opened(Changes(rows=(row,)), package)["Goods all (changes)"]
    assert sheet["E2"].value == "🚗" * 16_383 + "…"
    assert sheet["D2"].value == "a\\x00b"


def test_tables_and_columns_that_the_package_does_not_know_are_shown_too(package):
    rows = (
        change("removed", ("old", "1", None), name="gone", key=("a",)),
        change("removed", ("id", "b", None), ("former", "2", None), key=("b",)),
    )
    book = opened(Changes(removed=("gone",), rows=rows), package)
    assert values(book["gone (changes)"]) == [["Change", "Row", "old"], ["Removed", 3, "1"]]
    assert values(book["Goods all (changes)"])[0] == ["Change", "Row", "id", "former"]


@pytest.mark.parametrize(
    ("limit", "code"), [("MOST_ROWS", "diff-rows"), ("MOST_COLUMNS", "diff-columns")]
)
def test_more_than_a_sheet_holds_is_refused(package, monkeypatch, limit, code):
    monkeypatch.setattr(changes_book, limit, 1)
    rows = (change("changed", ("size", "1", "2")),)
    with pytest.raises(Refusal) as refusal:
        changes_book.book(Changes(rows=rows), package)
    assert [issue.code for issue in refusal.value.issues] == [code]


def test_the_same_changes_give_the_same_bytes_and_a_workbook_that_excel_need_not_repair(
    package, tmp_path
):
    rows = (change("changed", ("size", "1", "2")), change("added", ("note", None, "x")))
    for name in ("a.xlsx", "b.xlsx"):
        with (tmp_path / name).open("wb") as file:
            write(changes_book.book(Changes(rows=rows), package), file)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    result = audit.OpenXmlValidator(max_errors=0).validate(tmp_path / "a.xlsx")
    # As in tests/workbook/test_ooxml.py, where the texts stand is no fault.
    assert not [each for each in result.errors if each.id != "Excel_InlineStrCells"]


def test_no_sheet_is_named_as_one_of_the_data():
    gallery = load(PACKAGES / "gallery")
    rows = tuple(
        change("added", (each.fields[0].name, None, "x"), name=each.name, key=())
        for each in gallery.resources
    )
    names = {sheet.name for sheet in changes_book.book(Changes(rows=rows), gallery).sheets}
    assert len(names) == len(rows) + 1
    assert names.isdisjoint(each.title for each in gallery.resources)


def test_its_styles_are_its_own():
    assert STYLES.keys().isdisjoint(CHANGE_STYLES)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True), st.text())
def test_any_name_and_any_text_can_be_shown(names, text):
    package = load(PACKAGES / "gallery")
    rows = tuple(change("changed", (name, text, None), name=name, key=(text,)) for name in names)
    assert len(opened(Changes(rows=rows), package).worksheets) == len(names) + 1
