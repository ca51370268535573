"""What is native in a cell, and what stays text because something would be lost."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from sheetpack.workbook.cells import LONGEST_TEXT, converter, problems, text_problems
from tests.samples import PACKAGES, opened, resource, write_package


def column(field):
    """The cells of one column of the package of all types, by the id of the row."""
    _, tables = opened(PACKAGES / "workbook-types")
    table = tables["everything"]
    convert = converter(table.resource.field(field).type)
    at = table.resource.positions[field]
    return {row.values[0]: convert(row.raw[at], row.values[at]) for row in table.rows}


def test_text_stays_text_whatever_it_looks_like():
    cells = column("a_string")
    assert [cells[row] for row in range(2, 7)] == ["042", "=1+1", "#N/A", "TRUE", "2024-05"]


def test_integers_up_to_fifteen_digits_are_numbers_and_longer_ones_text():
    cells = column("an_integer")
    assert cells[2] == 999999999999999
    assert cells[3] == "1000000000000000"
    assert cells[4] == "-12345678901234567890"


def test_numbers_of_more_than_fifteen_digits_or_none_are_text():
    cells = column("a_number")
    assert cells[2] == Decimal("0.1")
    assert cells[3] == "0.1234567890123456"
    assert cells[4] == Decimal("1e20")
    assert (cells[5], cells[6]) == ("NaN", "INF")
    assert cells[8] == "123456789012345.6"
    assert cells[9] == Decimal("99999999999999900000")


def test_booleans_are_booleans():
    assert column("a_boolean")[1] is True


def test_days_are_native_from_march_1900_on():
    cells = column("a_date")
    assert cells[2] == date(1900, 3, 1)
    assert (cells[3], cells[4]) == ("1900-02-28", "1561-01-01")


def test_moments_with_a_zone_or_parts_of_a_second_are_text():
    cells = column("a_datetime")
    assert cells[1] == datetime(2024, 6, 19, 18, 30)
    assert (cells[4], cells[5]) == ("2024-06-19T18:30:00Z", "2024-06-19T23:59:59.5")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("a_time", "18:30:00"),
        ("a_yearmonth", "2024-06"),
        ("a_duration", "P1Y6M"),
        ("a_geopoint", "125.7, 39.0"),
        ("an_object", '{"a": 1}'),
        ("an_array", "[1, 2]"),
        ("a_list", "a,b"),
        ("anything", "2024-06"),
    ],
)
def test_what_spreadsheets_do_not_know_is_the_text_of_the_file(field, text):
    assert column(field)[1] == text


def test_years_of_four_digits_are_numbers_others_text():
    cells = column("a_year")
    assert (cells[1], cells[2]) == (2024, "0987")


def test_a_sign_for_a_missing_value_is_kept_as_it_is_written():
    assert column("an_integer")[6] == "n/a"


def test_a_blank_is_no_cell():
    assert column("a_time")[4] is None


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"]
)
def test_characters_that_no_workbook_can_hold_are_named(character):
    ((code, facts),) = text_problems(f"a{character}b")
    assert code == "sheet-text-illegal"
    assert facts["character"] == f"U+{ord(character):04X}"


@pytest.mark.parametrize("text", ["a\tb\nc\rd", "\x7f\x85\u2028", "🚗", "x" * LONGEST_TEXT])
def test_all_other_characters_can_stand_in_a_cell(text):
    assert list(text_problems(text)) == []


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "🚗" * (LONGEST_TEXT // 2 + 1)])
def test_a_text_too_long_for_a_cell_is_named_with_its_length(text):
    ((code, facts),) = text_problems(text)
    assert code == "sheet-text-long"
    assert facts["length"] == len(text.encode("utf-16-le")) // 2


def test_every_cell_that_cannot_be_held_is_told_with_its_place(tmp_path):
    data = "id,note\na,fine\nb," + "x" * 40_000 + "\nc,\x01\n"
    path = write_package(tmp_path, [resource("t", ["id", "note"], ["id"])], {"t.csv": data})
    _, tables = opened(path)
    found = [(issue.code, issue.row, issue.field, issue.key) for issue in problems(tables.values())]
    assert found == [("sheet-text-long", 3, "note", "b"), ("sheet-text-illegal", 4, "note", "c")]


@pytest.mark.parametrize(
    ("limit", "code"), [("MOST_ROWS", "sheet-rows"), ("MOST_COLUMNS", "sheet-columns")]
)
def test_a_table_too_large_for_a_sheet_is_named(monkeypatch, limit, code):
    monkeypatch.setattr(f"sheetpack.workbook.cells.{limit}", 2)
    _, tables = opened(PACKAGES / "workbook-library")
    found = {(issue.code, issue.resource) for issue in problems(tables.values())}
    assert found == {(code, name) for name in tables}
