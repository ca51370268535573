"""Every constraint, key and declared setting of the real descriptor catches its violation.

The cases are read off `datapackage.json`, so that a constraint added there is tested at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import ROOT, Copy

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))

# What breaks a constraint or a type, given what the constraint says.
BREAKERS = {
    "required": lambda _: "",
    "enum": lambda _: "no_such_code",
    "pattern": lambda _: "Not! A match",
    "minimum": lambda limit: str(limit - 1),
    "maximum": lambda limit: str(limit + 1),
    "minLength": lambda length: "x" * (length - 1),
    "integer": lambda _: "a few",
    "number": lambda _: "a few",
    "boolean": lambda _: "perhaps",
    "date": lambda _: "2024-02-30",
    "uri": lambda _: "not an address",
    "edtf": lambda _: "next month",
    "anyId": lambda _: "no-such-record",
}
PLAIN = {"string", "default"}
KEYS = {"unique", "primaryKey", "uniqueKeys", "foreignKeys"}


def cell_cases() -> Iterator[tuple[str, str, str, Any]]:
    """(resource, field, kind, what it says) of all that a single cell can break."""
    for resource in DESCRIPTOR["resources"]:
        for field in resource["schema"]["fields"]:
            kinds = {field["type"]: None, field.get("format", "default"): None}
            kinds |= field.get("constraints", {})
            settings = field.get("sheetpack", {})
            kinds |= {name: settings[name] for name in ("edtf", "anyId") if name in settings}
            for kind, limit in kinds.items():
                if kind not in PLAIN | KEYS:
                    yield resource["name"], field["name"], kind, limit


CELL_CASES = list(cell_cases())


def test_no_kind_of_constraint_is_left_out() -> None:
    assert {kind for _, _, kind, _ in CELL_CASES} == set(BREAKERS)


@pytest.mark.parametrize("resource", [each["name"] for each in DESCRIPTOR["resources"]])
def test_every_cell_that_breaks_a_constraint_is_named(copy: Copy, resource: str) -> None:
    cases = [case for case in CELL_CASES if case[0] == resource]
    lines = copy.rows(resource)
    planted = []

    def plant(rows: list[dict[str, str]]) -> None:
        for at, (_, field, kind, limit) in enumerate(cases):
            row = dict(lines[at % len(lines)]) | {field: BREAKERS[kind](limit)}
            rows.append(row)
            planted.append((len(rows) + 1, field))

    copy.edit(resource, plant)
    found = {(issue.row, issue.field) for issue in copy.issues() if issue.resource == resource}
    missed = [
        (case[1:3], place) for case, place in zip(cases, planted, strict=True) if place not in found
    ]
    assert missed == []


def key_cases() -> Iterator[tuple[str, list[str]]]:
    """(resource, fields) of each key whose values must not come twice."""
    for resource in DESCRIPTOR["resources"]:
        schema = resource["schema"]
        yield resource["name"], schema["primaryKey"]
        for fields in schema.get("uniqueKeys", []):
            yield resource["name"], fields
        for field in schema["fields"]:
            if field.get("constraints", {}).get("unique"):
                yield resource["name"], [field["name"]]


@pytest.mark.parametrize(("resource", "fields"), list(key_cases()))
def test_a_key_that_comes_twice_is_named(copy: Copy, resource: str, fields: list[str]) -> None:
    def plant(rows: list[dict[str, str]]) -> None:
        rows[-1].update({name: rows[0][name] for name in fields})

    copy.edit(resource, plant)
    last = len(copy.rows(resource)) + 1
    assert (resource, last) in {
        (issue.resource, issue.row) for issue in copy.issues() if issue.code != "rule"
    }


def reference_cases() -> Iterator[tuple[str, str]]:
    for resource in DESCRIPTOR["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            yield resource["name"], key["fields"][0]


@pytest.mark.parametrize(("resource", "field"), list(reference_cases()))
def test_a_reference_to_nothing_is_named(copy: Copy, resource: str, field: str) -> None:
    copy.edit(resource, lambda rows: rows[-1].update({field: "no-such-record"}))
    last = len(copy.rows(resource)) + 1
    assert (resource, last, field) in {
        (issue.resource, issue.row, issue.field) for issue in copy.issues() if issue.code != "rule"
    }


def test_an_id_that_another_resource_has_is_named(copy: Copy) -> None:
    copy.edit("places", lambda rows: rows.append(dict(rows[0]) | {"place_id": "japan"}))
    last = len(copy.rows("places")) + 1
    assert ("places", last, "place_id") in {
        (issue.resource, issue.row, issue.field) for issue in copy.issues()
    }


def test_a_code_without_its_enum_and_an_enum_without_its_code_are_named(copy: Copy) -> None:
    row = copy.set("codes", "severity", code="grave", label="Grave")
    issues = [issue for issue in copy.issues() if issue.code != "rule"]
    assert ("codes", row) in {(issue.resource, issue.row) for issue in issues}
    assert any("low" in issue.message for issue in issues)


@pytest.mark.parametrize("cell", [" Kim", "Kim ", "Kim\x07", "=1+1", "+A1", "@SUM(A1)"])
def test_an_untidy_cell_is_named(copy: Copy, cell: str) -> None:
    row = copy.set("actors", "kim-jong-un", name=cell)
    assert ("actors", row, "name") in {
        (issue.resource, issue.row, issue.field) for issue in copy.issues()
    }
