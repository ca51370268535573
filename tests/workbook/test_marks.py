"""The red marking, decided without a file. What it marks is in test_marks_calculated."""

from __future__ import annotations

import pytest

from sheetpack.workbook import marks as marks_module
from sheetpack.workbook.addresses import ROOM, addresses
from sheetpack.workbook.choices import choices
from sheetpack.workbook.marks import marks
from tests.samples import PACKAGES, opened, resource, write_package

V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}


def marks_of(path):
    package, tables = opened(path)
    where = addresses(package, tables, [])
    return marks(where, choices(where))


def one_field(folder, rows="", **field):
    field = {"name": "a", "type": "string"} | field
    path = write_package(folder, [resource("t", [field])], {"t.csv": f"a\n{rows}"}, **V2)
    return marks_of(path)


@pytest.fixture(scope="module")
def library():
    return marks_of(PACKAGES / "workbook-library")


def formulas(found, name, column):
    return [mark.formula for mark in found.of_resource[name] if mark.column == column]


def test_there_is_room_for_new_rows(library):
    assert {mark.range for mark in library.of_resource["loans"] if mark.column == 2} == {
        f"B2:B{4 + ROOM}"
    }


def test_a_column_without_rules_has_no_mark(library):
    assert formulas(library, "loans", 5) == []


def test_what_a_field_must_be_is_marked_by_its_type_and_limits(tmp_path):
    limits = {"minimum": 3, "maximum": 9}
    found = one_field(tmp_path, type="integer", constraints=limits)
    assert len(formulas(found, "t", 1)) == 3
    assert any("$A2<3" in formula for formula in formulas(found, "t", 1))
    assert any("$A2>9" in formula for formula in formulas(found, "t", 1))


def test_a_limit_of_a_date_is_the_number_of_that_day(tmp_path):
    found = one_field(tmp_path, type="date", constraints={"minimum": "2024-06-19"})
    assert any("$A2<45462)" in formula for formula in formulas(found, "t", 1))


def test_a_date_that_is_written_in_its_own_manner_is_left_to_the_check(tmp_path):
    found = one_field(tmp_path, type="date", format="%d/%m/%Y")
    assert formulas(found, "t", 1) == []


def test_a_field_that_must_be_filled_is_marked_in_rows_that_have_something(library):
    (missing,) = [each for each in formulas(library, "books", 2) if "COUNTA" in each]
    assert "$B2=" in missing and "COUNTA($A2:$F2)>0" in missing


def test_a_code_is_looked_for_in_its_list_by_name(library):
    assert any("list_genre" in formula for formula in formulas(library, "books", 3))


def test_a_reference_is_looked_for_in_the_key_of_the_other_sheet_by_name(library):
    assert library.names["keys_books_book_id"] == f"'Books'!$A$2:$A${4 + ROOM}"
    assert any("keys_books_book_id" in formula for formula in formulas(library, "loans", 2))


def test_no_formula_names_another_sheet(library):
    every = [mark.formula for each in library.of_resource.values() for mark in each]
    assert not [formula for formula in every if "!" in formula]


def test_a_key_is_compared_with_its_own_sheet_and_those_that_share_its_ids(library):
    (repeated,) = [each for each in formulas(library, "people", 1) if each.endswith(">1),FALSE)")]
    assert f"$A$2:$A${4 + ROOM}" in repeated
    assert "keys_books_book_id" in repeated and "keys_loans_loan_id" in repeated


def test_a_key_of_two_fields_marks_both(library):
    pairs = [formulas(library, "codes", column)[-1] for column in (1, 2)]
    assert pairs[0] == pairs[1]
    assert "*EXACT" in pairs[0]


def test_a_pattern_that_no_formula_can_say_is_left_to_the_check(tmp_path):
    found = one_field(tmp_path, constraints={"pattern": "(ab)+c?"})
    assert (found.of_resource["t"], found.unmarked["t", "a"]) == ((), ("the pattern",))


def test_a_date_as_exactly_as_known_is_left_to_the_check(library):
    assert library.unmarked["books", "published"] == ("what is no date",)


def test_keys_of_a_long_sheet_are_not_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(marks_module, "MOST_COMPARED", 2)
    key = {"fields": ["up"], "reference": {"resource": "", "fields": ["id"]}}
    one = resource("t", ["id", "up"], ["id"], schema={"foreignKeys": [key]})
    for rows, compared in (("a,\nb,a\n", True), ("a,\nb,a\nc,a\n", False)):
        found = marks_of(write_package(tmp_path, [one], {"t.csv": f"id,up\n{rows}"}))
        every = [mark.formula for mark in found.of_resource["t"]]
        assert any("EXACT" in formula for formula in every) == compared
        assert (("t", "id") in found.unmarked, ("t", "up") in found.unmarked) == (
            not compared,
            not compared,
        )


def test_a_formula_that_is_too_long_is_left_out_and_said(tmp_path):
    field = {"name": "a", "type": "string", "constraints": {"required": True}}
    schema = {"missingValues": ["", *(f"missing for reason {number}" for number in range(300))]}
    path = write_package(tmp_path, [resource("t", [field], schema=schema)], {"t.csv": "a\n"})
    found = marks_of(path)
    assert (found.of_resource["t"], found.unmarked["t", "a"]) == ((), ("some of this",))
