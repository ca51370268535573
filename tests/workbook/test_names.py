"""Names that a spreadsheet accepts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.workbook.names import (
    LONGEST_SHEET,
    Namer,
    cut,
    formula_wish,
    headers,
    plain,
    sheet_wish,
    units,
)

CELL = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}")


@given(st.text())
def test_a_sheet_name_is_allowed_whatever_the_title(title):
    name = sheet_wish(title)
    assert 0 < units(name) <= LONGEST_SHEET
    assert not set(name) & set("[]:*?/\\")
    assert not name.startswith("'") and not name.endswith("'")
    assert name.casefold() != "history"


@given(st.lists(st.text(alphabet="abAB ", max_size=40), max_size=20))
def test_no_two_names_are_equal_without_regard_to_capitals(wishes):
    namer = Namer(12)
    names = [namer.name(wish) for wish in wishes]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(units(name) <= 12 for name in names)


def test_long_titles_that_begin_alike_get_different_names():
    namer = Namer(LONGEST_SHEET)
    one, two = (
        namer.name(sheet_wish("The same long beginning of a title: " + end)) for end in "ab"
    )
    assert one != two
    assert len(two) <= LONGEST_SHEET


@given(st.text())
def test_a_name_for_formulas_is_allowed_whatever_the_resource(name):
    made = formula_wish(name)
    assert re.fullmatch(r"\w+", made)
    assert made[0].isalpha() or made[0] == "_"
    assert not CELL.fullmatch(made)


@pytest.mark.parametrize("name", ["r1c1", "R", "c", "A1", "XFD1048576", "rc", "r2", "C3"])
def test_a_name_for_formulas_is_never_that_of_a_cell(name):
    assert formula_wish(name) == f"_{name}"


@given(st.lists(st.tuples(st.text(), st.text(alphabet="abc", min_size=1)), max_size=10))
def test_headers_are_never_blank_and_never_equal(titles):
    found = headers(titles)
    assert len(found) == len(titles)
    assert all(header == header.strip() and header for header in found)
    assert len({header.casefold() for header in found}) == len(found)


def test_the_second_of_two_equal_headers_names_its_field():
    assert headers([("Date", "from"), ("date", "to")]) == ("Date", "date (to)")


def test_a_text_is_cut_between_characters_that_take_two_units():
    assert cut("🚗🚗🚗", 5) == "🚗🚗…"


def test_text_on_one_line_has_no_character_that_cannot_be_shown():
    assert plain(" a\nb\x07\tc\u0085d ") == "a b c d"
