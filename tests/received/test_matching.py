"""What people rename, move and add is understood, or asked."""

from __future__ import annotations

import pytest

from sheetpack.descriptor import load
from sheetpack.received import matching
from tests.conftest import PACKAGES
from tests.received.sheets import sheet
from tests.samples import resource, write_package

PACKAGE = load(PACKAGES / "workbook-library")
PEOPLE = PACKAGE.resource("people")
HEADER = ("Person", "Full name", "Is a member", "Guarantor")
BOOKS = ("Book", "Title of the book", "Genre", "Shelf", "Published", "Price")


def of_sheets(*found):
    numbered = [
        sheet(
            one.name, *[[*cells.values()] for _, cells in one.read()], number=at, tables=one.tables
        )
        for at, one in enumerate(found, start=1)
    ]
    matched, issues = matching.sheets(PACKAGE, numbered, "book.xlsx")
    missing = [issue for issue in issues if issue.code == "sheet-missing"]
    told = [issue for issue in issues if issue.code != "sheet-missing"]
    assert len(missing) == len(PACKAGE.resources) - len(matched)
    return {name: one.name for name, one in matched.items()}, told


def of_header(*rows):
    header, issues = matching.header(
        PEOPLE, one := sheet("People", *rows), "b.xlsx", list(one.read())
    )
    return header, issues


def codes(issues):
    return [(issue.code, issue.level) for issue in issues]


def test_sheets_are_found_by_their_names_in_any_order():
    matched, issues = of_sheets(sheet("Loans"), sheet("Books"), sheet("People"), sheet("Codes"))
    assert matched == {"people": "People", "books": "Books", "loans": "Loans", "codes": "Codes"}
    assert issues == []


@pytest.mark.parametrize("name", ["people", " People ", "PEOPLE!", "Peo ple"])
def test_case_spaces_and_signs_do_not_matter(name):
    matched, issues = of_sheets(sheet(name))
    assert (matched, issues) == ({"people": name}, [])


def test_a_renamed_sheet_is_known_by_its_table():
    matched, issues = of_sheets(sheet("Folk", tables={"people": "A1:D4"}))
    assert matched == {"people": "Folk"}
    assert codes(issues) == [("sheet-renamed", "warning")]


def test_a_renamed_sheet_is_known_by_its_headers():
    matched, issues = of_sheets(sheet("Folk", HEADER), sheet("Tomes", BOOKS[:5]))
    assert matched == {"people": "Folk", "books": "Tomes"}
    assert codes(issues) == [("sheet-renamed", "warning")] * 2


def test_a_copy_of_a_sheet_is_left_out_and_told():
    matched, issues = of_sheets(sheet("People", HEADER), sheet("People (2)", HEADER))
    assert matched == {"people": "People"}
    assert codes(issues) == [("sheet-extra", "warning")]


def test_which_of_two_sheets_with_the_headers_of_one_is_meant_is_asked():
    matched, issues = of_sheets(sheet("One", HEADER), sheet("Other", HEADER))
    assert matched == {}
    assert codes(issues) == [("sheet-unclear", "error")] * 2
    assert all("“People”" in issue.hint for issue in issues)


def test_a_sheet_with_half_of_the_headers_of_a_missing_one_is_asked_for():
    _, (issue,) = of_sheets(sheet("Folk", ("Person", "Full name", "Since")))
    assert (issue.code, issue.level) == ("sheet-unclear", "error")


def test_a_sheet_that_may_be_another_is_asked_for():
    _, (issue,) = of_sheets(sheet("Peoples", ("something", "else")))
    assert (issue.code, issue.level, issue.sheet) == ("sheet-unclear", "error", "Peoples")
    assert "“People”" in issue.message


def test_reading_sheets_and_our_own_are_passed_over():
    names = [
        "Start here",
        "Dashboard",
        "Data dictionary",
        "Lists",
        "Base",
        "Who has what",
        "Problems",
    ]
    assert of_sheets(*map(sheet, names)) == ({}, [])


def test_columns_may_stand_in_any_order_under_titles_or_names():
    header, issues = of_header(("Guarantor", None, "name", "IS A  MEMBER", "person_id"))
    assert header.columns == {"guarantor_id": 1, "name": 3, "member": 4, "person_id": 5}
    assert issues == []


def test_the_header_may_stand_below_a_title():
    header, issues = of_header(("The people of the village",), (), HEADER)
    assert (header.row, header.columns["person_id"], issues) == (3, 1, [])


def test_an_obvious_new_name_of_a_column_is_told():
    header, (issue,) = of_header(("Person", "Full names", "Is a member", "Guarantor"))
    assert header.columns["name"] == 2
    assert (issue.code, issue.level, issue.cell) == ("sheet-header-renamed", "warning", "B1")


def test_a_new_name_that_is_not_obvious_is_asked_for():
    header, (issue,) = of_header(("Person", "Called", "Is a member", "Guarantor"))
    assert "name" not in header.columns
    assert (issue.code, issue.level, issue.cell) == ("sheet-header-unclear", "error", "B1")
    assert "“Full name”" in issue.hint


def test_where_several_are_missing_a_strange_column_may_be_each_of_them():
    header, issues = of_header(("Person", "Nom", "Membre", "Guarantor"))
    assert set(header.columns) == {"person_id", "guarantor_id"}
    assert codes(issues) == [("sheet-header-unclear", "error")] * 2
    assert "“Full name” or “Is a member”" in issues[0].message


def test_columns_that_differ_in_signs_only_are_told_apart(tmp_path):
    prices = [{"name": f"p{at}", "title": f"Price ({sign})"} for at, sign in enumerate("€$")]
    path = write_package(tmp_path, [resource("t", ["c", "c++", *prices])], {})
    rows = sheet("t", ("Price ($)", "c++", "C", "Price (€)"))
    found, issues = matching.header(load(path).resource("t"), rows, "b.xlsx", list(rows.read()))
    assert (found.columns, issues) == ({"p1": 1, "c++": 2, "c": 3, "p0": 4}, [])


def test_columns_of_ones_own_are_told_and_left_out():
    header, (issue,) = of_header((*HEADER, "Checked by"))
    assert header.labels[5] == "Checked by" and 5 not in header.columns.values()
    assert (issue.code, issue.level, issue.cell) == ("column-extra", "warning", "E1")


def test_a_missing_column_is_told():
    _, (issue,) = of_header(HEADER[:3])
    assert (issue.code, issue.level) == ("column-missing", "warning")


def test_without_its_key_a_sheet_cannot_be_read():
    _, (issue,) = of_header(HEADER[1:])
    assert (issue.code, issue.level) == ("column-missing-key", "error")


def test_a_header_that_stands_twice_is_an_error_at_the_second():
    _, (issue,) = of_header((*HEADER, "Person"))
    assert (issue.code, issue.level, issue.cell) == ("sheet-header-twice", "error", "E1")
    assert "column A" in issue.message


def test_a_sheet_without_any_header_is_an_error():
    header, (issue,) = of_header(("ada", "Ada Reader"))
    assert header is None
    assert (issue.code, issue.level) == ("sheet-header-unfound", "error")
    assert "“Full name”" in issue.hint
