"""What may be typed into columns without a drop-down."""

from __future__ import annotations

import pytest

from sheetpack.workbook.addresses import ROOM, addresses
from sheetpack.workbook.entries import entries
from sheetpack.workbook.formulas import LIMITS, TYPES
from tests.samples import opened, resource, write_package


def entries_of(folder, *fields, listed=(), **schema):
    names = [field["name"] for field in fields]
    one = resource("t", fields, schema=schema)
    data = {"t.csv": ",".join(names) + "\n"}
    package, tables = opened(write_package(folder, [one], data))
    return list(entries(package.resource("t"), addresses(package, tables, []), set(listed)))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "integer"}, ["whole number"]),
        ({"type": "number", "constraints": {"maximum": 5}}, ["number", "Not above 5"]),
        ({"type": "date"}, ["2024-06-19"]),
        ({"type": "datetime"}, ["2024-06-19 18:30:00"]),
        ({"type": "year"}, ["2024"]),
        ({"type": "string", "constraints": {"maxLength": 4}}, ["At most 4"]),
    ],
)
def test_what_is_refused_is_told_beforehand_and_afterwards(tmp_path, field, words):
    (entry,) = entries_of(tmp_path, {"name": "a"} | field)
    assert (entry.kind, entry.range) == ("custom", f"A2:A{1 + ROOM}")
    assert entry.source.startswith("NOT(") and "A2" in entry.source
    assert all(word in entry.prompt and word in entry.error for word in words)


def test_free_text_is_never_refused(tmp_path):
    field = {
        "name": "a",
        "type": "string",
        "example": "ab-c",
        "constraints": {"pattern": "[a-c-]+"},
    }
    (entry,) = entries_of(tmp_path, field)
    assert (entry.kind, entry.source) == ("any", "")
    assert "ab-c" in entry.prompt


def test_a_column_without_rules_is_left_alone(tmp_path):
    fields = [
        {"name": "a", "type": "string"},
        {"name": "b", "type": "string", "constraints": {"required": True}},
    ]
    assert entries_of(tmp_path, *fields) == []


def test_a_column_with_a_drop_down_gets_no_second_rule(tmp_path):
    assert entries_of(tmp_path, {"name": "a", "type": "integer"}, listed=[1]) == []


def test_only_a_field_that_may_stay_empty_says_so(tmp_path):
    fields = [
        {"name": "a", "type": "integer"},
        {"name": "b", "type": "integer", "constraints": {"required": True}},
    ]
    free, needed = entries_of(tmp_path, *fields)
    assert (free.blank, needed.blank) == (True, False)
    assert "empty" in free.error and "empty" not in needed.error


def test_the_words_for_no_value_are_accepted(tmp_path):
    (entry,) = entries_of(tmp_path, {"name": "a", "type": "integer"}, missingValues=["", "n/a"])
    assert entry.source.startswith('OR(EXACT(A2,"n/a"),NOT(')


def test_a_formula_that_excel_would_not_take_is_left_out(tmp_path):
    values = ["", *(f"missing for reason {number}" for number in range(30))]
    (entry,) = entries_of(tmp_path, {"name": "a", "type": "date"}, missingValues=values)
    assert (entry.kind, entry.source) == ("any", "")


@pytest.mark.parametrize("kind", TYPES)
def test_the_formula_of_a_type_fits_with_two_limits(kind):
    limits = [LIMITS[name].replace("{limit}", "45462") for name in ("minimum", "maximum")]
    whole = f"NOT(OR({','.join([TYPES[kind], *limits])}))"
    assert len(whole.format(cell="ABC2")) <= 255


def test_what_is_said_is_as_short_as_excel_asks(tmp_path):
    field = {
        "name": "a",
        "type": "string",
        "title": "A title that is longer than a prompt may have",
        "example": "x" * 300,
        "constraints": {"pattern": "x+", "maxLength": 400},
    }
    (entry,) = entries_of(tmp_path, field)
    assert len(entry.prompt_title) <= 32 and len(entry.error_title) <= 32
    assert max(len(entry.prompt), len(entry.error)) <= 255
