"""Packages of other people, without any settings: nothing is lost, or it is said."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from sheetpack import build
from sheetpack.workbook.addresses import addresses
from tests.samples import PACKAGES, opened, resource, write_package
from tests.workbook.test_round_trip import cells, expected, same

V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
FIXTURES = [
    "dialects",
    "formats",
    "gallery",
    "in_yaml",
    "island",
    "matching",
    "missing_values",
    "parts",
    "without_schema",
]


def made(path):
    """The workbook of a package, of which every part can be read and every value is there."""
    package, tables = opened(path)
    content = build.products(package, tables)[0][0].content
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    sheets = addresses(package, tables, []).resources
    for table in tables.values():
        assert same(cells(content, sheets[table.resource.name]), expected(table))
    return openpyxl.load_workbook(io.BytesIO(content))


def of_one_field(folder, schema=None, data="a\n", **field):
    field = {"name": "a", "type": "string"} | field
    one = resource("t", [field], schema=schema or {})
    return made(write_package(folder, [one], {"t.csv": data}, **V2))


@pytest.mark.parametrize("name", FIXTURES)
def test_every_fixture_becomes_a_workbook(name):
    suffix = "yaml" if name == "in_yaml" else "json"
    made(PACKAGES / name / f"datapackage.{suffix}")


@pytest.mark.parametrize("character", ["\x01", "\ufffe", "\r", "_x0007_", '"', "&<>", "🚗"])
def test_any_character_in_the_descriptor_keeps_the_file_whole(tmp_path, character):
    text = f"a{character}b"
    of_one_field(
        tmp_path,
        data='"{}"\n'.format(text.replace('"', '""')),
        name=text,
        title=text,
        description=text,
        example=text,
        constraints={"pattern": f"[a{character}]+", "enum": ["x", text], "required": True},
        schema={"missingValues": ["", text]},
    )


def test_a_value_that_no_cell_can_hold_is_not_offered(tmp_path):
    enum = ["x", "\x01", "y" * 40_000]
    lists = of_one_field(tmp_path, constraints={"enum": enum})["Lists"]
    assert [cell.value for cell in lists["A"]] == ["a", "x"]


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("number", "1e400"),
        ("number", "NaN"),
        ("integer", 10**30),
        ("date", "0001-01-01"),
        ("datetime", "2024-06-19T18:30:00Z"),
    ],
)
def test_a_limit_that_no_formula_can_hold_is_left_to_the_check(tmp_path, kind, limit):
    sheet = of_one_field(tmp_path, type=kind, constraints={"minimum": limit})["t"]
    formulas = [
        formula
        for each in sheet.conditional_formatting
        for rule in each.rules
        for formula in rule.formula
    ]
    assert not [formula for formula in formulas if "AND(ISNUMBER" in formula]


def test_a_long_word_for_no_value_keeps_every_formula_within_limits(tmp_path):
    sheet = of_one_field(
        tmp_path,
        type="integer",
        constraints={"required": True},
        schema={"missingValues": ["", "x" * 300]},
    )["t"]
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["A2:A1002"]


def test_three_hundred_columns_of_every_type_keep_all_values(tmp_path):
    values = {
        "string": "=1+1",
        "integer": "12345678901234567890",
        "number": "0.1",
        "boolean": "true",
        "date": "1850-06-19",
        "time": "18:30:00",
        "datetime": "2024-06-19T18:30:00Z",
        "year": "2024",
        "yearmonth": "2024-06",
        "duration": "P1Y6M",
        "geopoint": '"125.7, 39.0"',
        "object": '"{""a"": 1}"',
        "array": '"[1, 2]"',
        "list": '"a,b"',
        "any": "042",
    }
    kinds = list(values) * 20
    fields = [{"name": f"f{at}", "type": kind} for at, kind in enumerate(kinds)]
    lines = [[field["name"] for field in fields], [values[kind] for kind in kinds]]
    data = "".join(",".join(line) + "\n" for line in lines)
    workbook = made(write_package(tmp_path, [resource("t", fields)], {"t.csv": data}, **V2))
    assert (workbook["t"].max_column, workbook["t"].max_row) == (300, 2)


def test_rows_that_stand_in_the_descriptor_itself_keep_their_values(tmp_path):
    rows = [{"a": 1, "b": "x", "c": {"k": [1]}}, {"a": None, "b": None, "c": {}}]
    fields = [
        {"name": "a", "type": "integer"},
        {"name": "b", "type": "string"},
        {"name": "c", "type": "object"},
    ]
    one = {"name": "t", "data": rows, "schema": {"fields": fields}}
    workbook = made(write_package(tmp_path, [one], {}))
    assert [cell.value for cell in workbook["t"][2]] == [1, "x", '{"k": [1]}']


def test_titles_that_begin_alike_give_sheets_of_different_names(tmp_path):
    title = "The very long title of a table that goes on: part"
    many = [resource(f"t{at}", ["a"], title=f"{title} {at}") for at in range(12)]
    data = {f"t{at}.csv": "a\n" for at in range(12)}
    names = made(write_package(tmp_path, many, data)).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 15
    assert max(map(len, names)) <= 31
