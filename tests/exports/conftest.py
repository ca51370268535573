"""What the tests of all formats share: built files, and the data as the CSVs have it."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheetpack import build
from tests.samples import PACKAGES, opened, resource, write_package

ROOT = Path(__file__).parents[2]
OWN = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
EVERY = ("sqlite", "parquet", "json")

# One column of every kind that the formats treat in their own way, and what is hard about it.
FIELDS = [
    {"name": "id", "type": "integer", "title": "Number", "constraints": {"required": True}},
    {"name": "code", "type": "string", "description": "Keeps its zeros.\nAlways."},
    {"name": "name", "type": "string", "constraints": {"required": True, "maxLength": 20}},
    {"name": "day", "type": "date", "constraints": {"minimum": "1900-01-01"}},
    {"name": "month", "type": "string"},
    {"name": "at", "type": "datetime"},
    {"name": "price", "type": "number", "constraints": {"minimum": 0, "maximum": 1000}},
    {"name": "open", "type": "boolean"},
    {"name": "size", "type": "string", "constraints": {"enum": ["s", "it's"]}},
    {"name": "long", "type": "integer"},
    {"name": "span", "type": "duration"},
    {"name": "tags", "type": "array"},
    {"name": "parent", "type": "integer"},
]
HARD = (
    "id,code,name,day,month,at,price,open,size,long,span,tags,parent\n"
    "2,042,Zoë Ångström,1949-01-31,2024-05,2024-06-19T18:30:00,1.10,true,it's,"
    '123456789012345678901,P1Y6M,"[""é"", 1]",1\n'
    "1,,平壌 🚗,,,,,false,,7,,,\n"
    '3,"a ""b"", c","two\nlines",2024-06-19,1961,,0.1,,s,,,,3\n'
)


@cache
def cells(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV as the standard library reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def own_cells(name: str) -> list[dict[str, str]]:
    """The rows of a resource of this package, by its CSV."""
    (found,) = [each for each in OWN["resources"] if each["name"] == name]
    return cells(ROOT / found["path"])


def own_types(name: str) -> dict[str, str]:
    """Field name → type, of a resource of this package."""
    (found,) = [each for each in OWN["resources"] if each["name"] == name]
    return {field["name"]: field["type"] for field in found["schema"]["fields"]}


def own_names() -> list[str]:
    return [each["name"] for each in OWN["resources"]]


def write_hard(folder: Path, data: str = HARD, **more: Any) -> Path:
    """A package of one table with everything that formats get wrong."""
    schema = {
        "primaryKey": ["id"],
        "foreignKeys": [{"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}],
    }
    things = resource("things", FIELDS, title="Things", description="Of all kinds.", schema=schema)
    return write_package(folder, [things], {"things.csv": data}, **more)


@pytest.fixture(scope="session")
def own(tmp_path_factory) -> Path:
    """A folder with this package in every format."""
    folder = tmp_path_factory.mktemp("own") / "dist"
    build.write(build.products(*opened(ROOT), EVERY)[0], folder)
    return folder


@pytest.fixture(scope="session")
def hard(tmp_path_factory) -> Path:
    """A folder with the hard table in every format."""
    folder = tmp_path_factory.mktemp("hard")
    build.write(build.products(*opened(write_hard(folder)), EVERY)[0], folder / "dist")
    return folder / "dist"


@pytest.fixture(scope="session")
def types(tmp_path_factory) -> Path:
    """A folder with a table of every type of field in every format."""
    folder = tmp_path_factory.mktemp("types")
    build.write(build.products(*opened(PACKAGES / "workbook-types"), EVERY)[0], folder)
    return folder
