"""Views as CSVs for a double-click."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetpack import csvs
from sheetpack.package import View
from sheetpack.views import Reading


def reading(rows, headers=("Name", "Words")):
    view = View("view", Path("view.sql"), "View")
    return Reading(view, "views/view.sql", headers, rows)


def content(rows) -> bytes:
    return b"".join(csvs.content(reading(rows)))


def test_a_csv_has_a_mark_that_tells_excel_its_encoding():
    assert content([("Zoë", "é")]).startswith(b"\xef\xbb\xbfName,Words\r\n")


def test_rows_end_as_the_standard_says_and_lines_inside_cells_do_not():
    assert content([("a", "one\ntwo")]).endswith(b'a,"one\ntwo"\r\n')


def test_a_blank_is_an_empty_cell_and_numbers_are_plain():
    assert content([(None, 1), (2.5, "")]).endswith(b"\r\n,1\r\n2.5,\r\n")


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", "-cmd|' /C calc'!A0", "+x", "\t=x", " =x", "＝1+1", "\r@x (1)"]
)
def test_text_that_would_be_run_is_kept_and_named(text):
    one = reading([("plain", "plain"), ("b", text)])
    assert text in b"".join(csvs.content(one)).decode("utf-8-sig").replace('""', '"')
    (found,) = csvs.problems([one], "warning")
    level = "error" if "(" in text or "|" in text else "warning"
    assert (found.code, found.cell, found.level) == ("csv-formula", "B3", level)
    assert found.file == "views/view.sql"


@pytest.mark.parametrize("value", ["-1", "+2.5", "-", "a=b", "", None, -3])
def test_what_is_no_formula_is_not_named(value):
    assert list(csvs.problems([reading([("a", value)])], "error")) == []
