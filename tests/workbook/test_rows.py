"""Rows as XML."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.workbook.model import Column, Sheet, Styled
from sheetpack.workbook.rows import chunks, escape, unescape
from sheetpack.workbook.styles import STYLES

NUMBERS = {name: number for number, name in enumerate(STYLES, start=1)}


def cells(*rows):
    """The elements `c` of a sheet with these rows."""
    columns = tuple(Column(str(at), 20) for at in range(max(map(len, rows))))
    sheet = Sheet("s", "data", columns, rows, len(rows))
    xml = b"".join(chunks(sheet, NUMBERS)).decode()
    return ElementTree.fromstring(f"<rows>{xml}</rows>").findall(".//c")


@given(st.text())
def test_no_text_is_changed_by_escaping_and_back(text):
    assert unescape(escape(text)) == text


def test_what_looks_like_an_escape_is_escaped():
    assert escape("_x0041_ and \r") == "_x005F_x0041_ and _x000D_"


@pytest.mark.parametrize("text", ["042", "2024-05", "=1+1", "#N/A", "TRUE", "1e5", "'x", "+1"])
def test_text_is_written_as_text(text):
    (cell,) = cells([text])
    assert cell.get("t") == "inlineStr"
    assert cell.find("is/t").text == text
    assert cell.find("f") is None


@pytest.mark.parametrize(
    ("value", "kind", "content", "style"),
    [
        (True, "b", "1", "boolean"),
        (7, None, "7", "integer"),
        (Decimal("0.10"), None, "0.10", "number"),
        (2.5, None, "2.5", "number"),
        (date(1900, 3, 1), None, "61", "date"),
        (date(2024, 6, 19), None, "45462", "date"),
        (datetime(2024, 6, 19, 18), None, "45462.75", "datetime"),
    ],
)
def test_native_values_are_written_as_such(value, kind, content, style):
    (cell,) = cells([value])
    assert (cell.get("t"), cell.find("v").text) == (kind, content)
    assert cell.get("s") == str(NUMBERS[style])


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e305, 10**15, -(10**17)])
@pytest.mark.parametrize("style", [None, "figure"])
def test_a_number_that_no_cell_can_hold_is_written_as_text(value, style):
    (cell,) = cells([Styled(value, style) if style else value])
    assert (cell.get("t"), cell.find("is/t").text) == ("inlineStr", str(value))


def test_a_calculated_number_of_many_digits_stays_a_number():
    assert cells([100 / 3])[0].find("v").text == repr(100 / 3)


def test_a_yes_with_a_style_of_its_own_stays_one():
    (cell,) = cells([Styled(True, "figure")])
    assert (cell.get("t"), cell.find("v").text) == ("b", "1")


def test_blanks_make_no_cell_and_others_keep_their_place():
    assert [cell.get("r") for cell in cells([None, "x", "", "y"], [1])] == ["B1", "D1", "A2"]


def test_spaces_at_the_edges_and_line_breaks_are_kept():
    (cell,) = cells([" a\n b "])
    text = cell.find("is/t")
    assert text.text == " a\n b "
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_style_of_its_own_takes_precedence():
    (cell,) = cells([Styled("x", "header")])
    assert cell.get("s") == str(NUMBERS["header"])
