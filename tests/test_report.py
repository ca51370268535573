from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from sheetpack import report
from sheetpack.issue import Issue
from sheetpack.report import Checked

CELL = Issue(
    file="data/a.csv",
    resource="a",
    row=12,
    column=28,
    field="date",
    code="edtf",
    message="“soon” is not a date.",
    hint="Write a day.",
    key="x-1",
)
FILE = Issue(
    file="data/a.csv", resource="a", code="untidy-file", message="Untidy.", level="warning"
)
PACKAGE = Issue(code="rule", message="Something else is wrong.")
ISSUES = sorted([CELL, FILE, PACKAGE])
CHECKED = Checked(tables=2, rows=1300)


def test_text_groups_by_file_and_names_place_fault_and_remedy():
    assert report.text(ISSUES, CHECKED) == (
        "Something else is wrong.\n"
        "\n"
        "data/a.csv\n"
        "  note: Untidy.\n"
        "  row 12, “date” (cell AB12): “soon” is not a date.\n"
        "    → Write a day.\n"
        "\n"
        "Checked 2 tables with 1,300 rows: 2 problems, 1 note."
    )


def test_text_names_the_sheet_of_a_workbook():
    on_sheet = replace(CELL, file="book.xlsx", sheet="Events")
    assert report.text([on_sheet], CHECKED).startswith(
        "book.xlsx, sheet “Events”\n  row 12, “date” (cell AB12): "
    )
    assert report.markdown([on_sheet], CHECKED).startswith("### book.xlsx, sheet “Events”\n")


@pytest.mark.parametrize(
    ("issues", "checked", "line"),
    [
        ([], Checked(1, 1), "Checked 1 table with 1 row: no problem."),
        ([FILE], Checked(1, 0), "Checked 1 table with 0 rows: no problem, 1 note."),
        ([CELL], Checked(2, 2), "Checked 2 tables with 2 rows: 1 problem."),
        ([PACKAGE, CELL], Checked(), "Nothing was done: 2 problems."),
    ],
)
def test_the_last_line_says_what_was_checked_and_found(issues, checked, line):
    for render in (report.text, report.markdown):
        assert render(issues, checked).splitlines()[-1] == line


def test_a_table_without_a_file_is_named():
    issue = Issue(resource="a", row=2, code="enum", message="Wrong.")
    assert report.text([issue], CHECKED).startswith("table “a”\n  row 2: Wrong.\n")
    assert report.markdown([issue], CHECKED).startswith("### table “a”\n")


def test_json_holds_everything():
    found = json.loads(report.as_json(ISSUES, CHECKED))
    assert found["issues"][2] == CELL.to_dict()
    assert found["issues"][2]["cell"] == "AB12"
    del found["issues"]
    assert found == {"valid": False, "tables": 2, "rows": 1300, "errors": 2, "warnings": 1}


def test_a_package_with_notes_only_is_valid():
    assert json.loads(report.as_json([FILE], CHECKED))["valid"] is True


def test_markdown_shows_every_issue_in_a_row_of_its_files_table():
    lines = report.markdown(ISSUES, CHECKED).splitlines()
    assert "### data/a.csv" in lines
    assert "| 12 | date | AB12 | “soon” is not a date. | Write a day. |" in lines


@pytest.mark.parametrize("text", ["<script>", "a|b", "[x](y)", "`x`", "*x*", "# x", "a\\|b", "!x"])
def test_markdown_in_a_cell_stays_text(text):
    issue = Issue(file="a.csv", code="enum", message=text)
    row = report.markdown([issue], CHECKED).splitlines()[4]
    shown = re.sub(r"\\(.)", "", row)  # what is left without the escaped signs
    assert shown.count("|") == 6
    assert not set("<>[]`*#!") & set(shown)


def test_github_annotations_stand_at_the_line_of_the_file():
    lines = report.github(ISSUES, CHECKED, lambda issue: (f"sub/{issue.file}", issue.row + 1))
    assert (
        "::error file=sub/data/a.csv,line=13,title=row 12%2C “date” (cell AB12)"
        "::“soon” is not a date. Write a day."
    ) in lines.splitlines()
    assert "::warning file=sub/data/a.csv,line=1,title=data/a.csv::Untidy." in lines.splitlines()


def test_a_message_cannot_end_an_annotation_or_begin_another():
    issue = Issue(file="a,b:c.csv", code="enum", message="x\n::error::y 100%")
    (line, _) = report.github([issue], CHECKED, lambda issue: (issue.file, 0)).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.csv")
    assert line.endswith("::x%0A::error::y 100%25")
