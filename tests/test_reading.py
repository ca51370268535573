from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from sheetpack.descriptor import load
from sheetpack.reading import read, read_all
from tests.conftest import PACKAGES


def table_of(folder, name):
    package = load(folder)
    return read(package.resource(name), package)


def codes_of(folder, name):
    return [issue.code for issue in table_of(folder, name).issues]


def test_raw_cells_and_typed_values_come_together():
    table = table_of(PACKAGES / "gallery", "paintings")
    first, _, third = table.rows
    assert first.raw[:2] == ("harbour", "The harbour")
    assert (first.values[5], first.values[6]) == (1875, Decimal("120.5"))
    assert third.raw[5] == "" and third.values[5] is None


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    table = table_of(PACKAGES / "gallery", "remarks")
    assert [row.number for row in table.rows] == [2, 3, 4]  # row 2 takes up two lines
    assert table.rows[0].raw[2] == "Two\nlines"


def test_comments_take_part_in_the_count():
    table = table_of(PACKAGES / "dialects", "comments")
    assert [row.number for row in table.rows] == [3, 4]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("latin", [("Köln", Decimal("1200.50"), True), ("Zürich", None, False)]),
        ("windows", [(1, "a"), (2, "b, c")]),
        ("tabs", [(1, "a"), (2, "b")]),
        ("headless", [(1, "a"), (2, "b")]),
        ("quoted", [(1, "a, b"), (2, "c")]),
    ],
)
def test_any_dialect_and_encoding_is_read(name, rows):
    assert [row.values for row in table_of(PACKAGES / "dialects", name).rows] == rows


def test_a_workbook_can_be_a_resource():
    table = table_of(PACKAGES / "formats", "book")
    assert table.rows[0].values == (1, datetime.date(2024, 6, 19), "a")


def test_data_in_the_descriptor_and_in_parts_are_read():
    objects = table_of(PACKAGES / "without_files", "objects")
    assert [row.values for row in objects.rows] == [(1, "a"), (2, None)]
    parts = table_of(PACKAGES / "parts", "parts")
    assert [row.values[0] for row in parts.rows] == [1, 2, 3, 2]


def test_columns_in_another_order_reach_their_fields():
    table = table_of(PACKAGES / "matching", "equal")
    assert table.rows[0].raw == ("1", "a", "n")
    assert table.columns == {"note": 1, "id": 2, "name": 3}


def test_a_column_that_may_be_absent_is_blank():
    table = table_of(PACKAGES / "matching", "superset")
    assert table.rows[0].values == (1, "a", None)
    assert "note" not in table.columns


def test_a_cell_of_the_wrong_kind_has_no_value():
    table = table_of(PACKAGES / "broken_rows", "parents")
    (row,) = [row for row in table.rows if row.raw[0] == "five"]
    assert row.values[0] is None


def test_a_ragged_row_is_told_once_and_keeps_its_place():
    table = table_of(PACKAGES / "broken_rows", "parents")
    codes = {issue.row: issue.code for issue in table.issues if issue.row in (9, 10, 11)}
    assert codes == {9: "row-long", 10: "row-short", 11: "row-blank"}
    assert len(table.rows) == 11


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("absent", "file-missing"),
        ("folder", "file-is-folder"),
        ("empty", "file-empty"),
        ("bytes", "file-encoding"),
        ("damaged", "file-unreadable"),
        ("no_reader", "file-reader"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_issue_and_no_rows(name, code):
    table = table_of(PACKAGES / "broken_files", name)
    assert [issue.code for issue in table.issues] == [code]
    assert not table.readable
    assert table.rows == []


def test_a_wrong_byte_is_told_with_its_row():
    (issue,) = table_of(PACKAGES / "broken_files", "bytes").issues
    assert issue.row == 4  # row 3 takes up two lines
    assert "byte 33" in issue.message


def test_a_file_that_may_not_be_read_is_told(gallery, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert codes_of(gallery.folder, "people") == ["file-forbidden"]


def test_an_encoding_that_had_to_be_guessed_is_told_with_its_row(gallery):
    gallery.write("data/codes.csv", "list,code,label\nkinds,oil,Öl\n".encode("latin-1"))
    (issue,) = table_of(gallery.folder, "codes").issues
    assert (issue.code, issue.level, issue.row) == ("untidy-encoding", "warning", 2)


def test_utf8_is_read_as_such_however_few_accents_it_has(gallery):
    text = "list,code,label\n" + "kinds,oil,Oil\n" * 900 + "kinds,ink,encre à l’œuf\n"
    gallery.write("data/codes.csv", text)
    table = table_of(gallery.folder, "codes")
    assert table.rows[-1].raw[2] == "encre à l’œuf"
    assert table.issues == []


def test_whatever_a_reader_raises_becomes_a_sentence(gallery, monkeypatch):
    def fail(self, *arguments):
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("frictionless.Dialect.read_enumerated_content_stream", fail)
    (issue,) = table_of(gallery.folder, "codes").issues
    assert issue.code == "file-unreadable"
    assert "codes" in issue.message and "of all things" in issue.message


def test_column_names_that_repeat_are_told_where_columns_are_matched_by_name():
    (issue,) = table_of(PACKAGES / "matching_broken", "twice").issues
    assert issue.code == "header-duplicate"
    assert "“id”" in issue.message


def test_a_value_of_a_list_and_of_an_unusual_kind_are_told(tmp_path):
    (tmp_path / "datapackage.json").write_text(
        """{"name": "p", "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"}, "schema":
        {"fields": [{"name": "a", "type": "list", "itemType": "integer"},
                    {"name": "b", "type": "any"}]}}]}"""
    )
    (tmp_path / "a.csv").write_text("a;b\n1,x;c\n")
    (issue,) = table_of(tmp_path, "a").issues
    assert (issue.code, issue.cell) == ("type-list", "A2")


def test_reading_twice_gives_the_same():
    package = load(PACKAGES / "dialects")
    first, second = read_all(package), read_all(package)
    assert {name: table.rows for name, table in first.items()} == {
        name: table.rows for name, table in second.items()
    }
