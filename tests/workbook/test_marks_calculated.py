"""What turns red: the formulas of the marks, calculated by a spreadsheet."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from sheetpack import build
from sheetpack.checks import check
from sheetpack.workbook.addresses import addresses
from sheetpack.workbook.layout import layout
from tests.samples import PACKAGES, opened, resource, write_package
from tests.workbook.test_round_trip import saved_by_libreoffice

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing"
)

V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}


def field(kind, name="a", **constraints):
    return {"name": name, "type": kind, "constraints": constraints}


def one(kind, good, bad, blanks=("",), **constraints):
    """A table of one column, and its cells with what is marked in their row."""
    rows = [([cell], "") for cell in [None, *good]] + [([cell], "a") for cell in bad]
    return {"fields": [field(kind, **constraints)], "missingValues": list(blanks)}, rows


def key_of(parent, *fields):
    names = list(fields)
    return {"fields": names, "reference": {"resource": parent, "fields": names}}


DAYS = [date(2024, 6, 19), "1850-06-19", "1896-02-29"]
CASES = {
    "integer": one(
        "integer",
        [0, -5, 12345, "12345678901234567890", "042"],
        [1.5, "five", "5 cars", "2024-05", 10**15],
    ),
    "number": one(
        "number", [0, 1.5, -2, "1.2345678901234567890", "NaN"], ["1,5", "5%", "about 5"]
    ),
    "year": one("year", [2024, "0800"], [2024.5, "MMXXIV"]),
    "boolean": one("boolean", [True, False], ["yes", "TRUE", "2"]),
    "date": one("date", DAYS, ["2024-05", "19 June 2024", "2024-13-01", "1850/06/19", 2.5]),
    "datetime": one(
        "datetime",
        [datetime(2024, 6, 19, 18, 30), "2024-06-19T18:30:00Z", "1850-06-19T18:30:00"],
        ["2024-06-19", "noon"],
    ),
    "blanks": one("integer", [1, "n/a", "-"], ["N/A", "--x"], blanks=["", "n/a", "-"]),
    "minimum": one("integer", [3, 4], [2], minimum=3),
    "maximum": one("number", [3, 2.5], [3.1], maximum=3),
    "above": one("number", [3.1], [3, 2], exclusiveMinimum=3),
    "below": one("number", [2.9], [3, 4], exclusiveMaximum=3),
    "days": one(
        "date",
        [date(2024, 1, 1), date(2024, 12, 31)],
        [date(2023, 12, 31), date(2025, 1, 1)],
        minimum="2024-01-01",
        maximum="2024-12-31",
    ),
    "lengths": one("string", ["ab", "abcd", 123], ["a", "abcde"], minLength=2, maxLength=4),
    "letters": one("string", ["PRK", "RUS"], ["prk", "RU", "RUSS", "R S"], pattern="^[A-Z]{3}$"),
    "words": one(
        "string",
        ["kim", "kim-jong-un", "k-2"],
        ["Kim", "-kim", "kim-", "kim--un", "kim un", "kím"],
        pattern="[a-z0-9]+(-[a-z0-9]+)*",
    ),
    "list": one("string", ["yes", "no", "042", "*"], ["Yes", "42", "ye*", "?"],
                enum=["yes", "no", "042", "*"]),
    "numbers": one("integer", [1, 20], [2], enum=[1, 20]),
    "required": (
        {"fields": [field("string"), field("string", "b", required=True)]},
        [([None, None], ""), (["x", None], "b"), (["x", "y"], ""), ([None, "y"], "")],
    ),
    "blank_required": (
        {
            "fields": [field("string"), field("string", "b", required=True)],
            "missingValues": ["", "n/a"],
        },
        [(["x", "n/a"], "b"), (["x", "y"], "")],
    ),
    "key": (
        {"fields": [field("string"), field("string", "b")], "primaryKey": ["a"]},
        [
            (["x", None], "a"),
            (["x", "1"], "a"),
            (["X", "2"], ""),
            (["042", None], ""),
            (["42", None], ""),
            (["*", None], ""),
            ([None, "1"], "a"),
            (["long" * 100, None], "a"),
            (["long" * 100, None], "a"),
            (["a~b", None], "a"),
            (["a~b", None], "a"),
            (["ab", None], ""),
            (["a~*", None], ""),
            ([">5", None], "a"),
            ([">5", None], "a"),
            (["2024-06-19", None], ""),
            (["a?c", None], ""),
            (["abc", None], ""),
        ],
    ),
    "key_typed": (
        {"fields": [field("string")], "primaryKey": ["a"]},
        [(["42"], "a"), ([42], "a"), (["042"], ""), ([7], ""), (["07"], "")],
    ),
    "key_number": (
        {"fields": [field("integer")], "primaryKey": ["a"]},
        [([1], "a"), ([2], ""), ([1], "a"), ([10], "")],
    ),
    "key_of_two": (
        {"fields": [field("string"), field("integer", "b")], "primaryKey": ["a", "b"]},
        [(["x", 1], "ab"), (["x", 2], ""), (["y", 1], ""), (["x", 1], "ab")],
    ),
    "key_in_part": (
        {"fields": [field("string"), field("string", "b")], "primaryKey": ["a", "b"]},
        [(["x", None], "ab"), (["x", '=""'], "ab"), (["y", None], "b"), (["z", '=""'], "b")],
    ),
    "unique_key": (
        {"fields": [field("string"), field("integer", "b")], "uniqueKeys": [["a", "b"]]},
        [(["x", 1], "ab"), (["x", None], ""), (["x", None], ""), (["x", 1], "ab")],
    ),
    "unique": one("string", ["x", "y"], ["z", "z"], unique=True),
    "parent": (
        {"fields": [field("string"), field("string", "b")], "uniqueKeys": [["a", "b"]]},
        [(["p", "1"], ""), ([None, None], ""), (["q", "2"], ""), (["Q", None], "")],
    ),
    "child": (
        {"fields": [field("string")], "foreignKeys": [key_of("parent", "a")]},
        [(["p"], ""), (["q"], ""), (["Q"], ""), (["P"], "a"), (["*"], "a"), ([None], "")],
    ),
    "child_of_two": (
        {
            "fields": [field("string"), field("string", "b")],
            "foreignKeys": [key_of("parent", "a", "b")],
        },
        [(["p", "1"], ""), (["p", "2"], "ab"), (["q", None], "ab"), ([None, None], "")],
    ),
}  # fmt: skip
SHARING = {
    "shared_1": (
        {"fields": [field("string")], "primaryKey": ["a"]},
        [(["x"], ""), (["y"], "a")],
    ),
    "shared_2": (
        {"fields": [field("string")], "primaryKey": ["a"]},
        [(["y"], "a"), (["z"], "")],
    ),
    "any_id": (
        {"fields": [field("string") | {"sheetpack": {"anyId": True}}]},
        [(["x"], ""), (["z"], ""), (["w"], "a")],
    ),
}
ALL = CASES | SHARING


def marked(package, tables, folder, planted=None):
    """Sheet and row → letters of the columns that are marked, as LibreOffice calculates it.

    Args:
        planted: Sheet → its rows of cells, to be put in place of those of the data.
    """
    content = build.products(package, tables)[0][0].content
    sheets = [sheet for sheet in layout(package, tables, []).sheets if sheet.marks]
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in sheets:
        there = workbook[sheet.name]
        for number, cells in enumerate((planted or {}).get(sheet.name, ()), start=2):
            for column, cell in enumerate(cells, start=1):
                there.cell(number, column).value = cell
    lasts = {sheet.name: workbook[sheet.name].max_row for sheet in sheets}
    for name, _, _, mark, place in formulas(sheets, lasts):
        # As the range of a mark begins in row 2, so does its formula.
        first = Translator(f"={mark.formula}", re.sub(r"\d+", "2", place))
        workbook[name][place] = first.translate_formula(place)
    file = io.BytesIO()
    workbook.save(file)
    saved = saved_by_libreoffice(file.getvalue(), folder)
    results = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    found = {(name, row): "" for name, last in lasts.items() for row in range(2, last + 1)}
    for name, letters, number, _, place in formulas(sheets, lasts):
        value = results[name][place].value
        assert value in (True, False)
        if value and letters not in found[name, number]:
            found[name, number] += letters
    return {place: "".join(sorted(letters)) for place, letters in found.items()}


def formulas(sheets, lasts):
    """Where the formula of each mark is calculated for each row: right of the table."""
    for sheet in sheets:
        for at, mark in enumerate(sheet.marks, start=len(sheet.columns) + 2):
            for number in range(2, lasts[sheet.name] + 1):
                place = f"{get_column_letter(at)}{number}"
                yield sheet.name, get_column_letter(mark.column), number, mark, place


@pytest.fixture(scope="module")
def calculated(tmp_path_factory):
    """What is marked in the sheets of all cases."""
    folder = tmp_path_factory.mktemp("marks")
    resources = [
        resource(name, [], schema=schema)
        | ({"sheetpack": {"sharedIds": True}} if name.startswith("shared") else {})
        for name, (schema, _) in ALL.items()
    ]
    headers = {name: ",".join(each["name"] for each in ALL[name][0]["fields"]) for name in ALL}
    data = {f"{name}.csv": f"{line}\n" for name, line in headers.items()}
    package, tables = opened(write_package(folder, resources, data, **V2))
    planted = {name: [cells for cells, _ in rows] for name, (_, rows) in ALL.items()}
    return marked(package, tables, folder, planted)


@pytest.mark.parametrize("name", ALL)
def test_exactly_the_cells_that_break_a_rule_are_marked(calculated, name):
    rows = ALL[name][1]
    wanted = {str(cells): marked for cells, marked in rows}
    found = {
        str(cells): calculated[name, number].lower() for number, (cells, _) in enumerate(rows, 2)
    }
    assert found == wanted


@pytest.mark.parametrize(
    "name", ["gallery", "workbook-library", "workbook-small", "workbook-types", "missing_values"]
)
def test_nothing_is_marked_in_data_that_is_valid(name, tmp_path):
    package, tables = opened(PACKAGES / name)
    wrong = {
        (issue.resource, issue.row) for issue in check(package, tables) if issue.level == "error"
    }
    titles = addresses(package, tables, []).resources
    found = marked(package, tables, tmp_path)
    assert found
    assert {place for place, letters in found.items() if letters} <= {
        (titles[resource], row) for resource, row in wrong
    }
