from __future__ import annotations

import pytest

from sheetpack.edits.diff import compare
from sheetpack.edits.model import Link, Shape
from tests.edits.written import grid

SHAPES = {
    "people": Shape(key=("id",)),
    "parts": Shape(key=("person", "part"), links=(Link(("person",), "people", ("id",)),)),
    "notes": Shape(),
}


def told(changes):
    """Changes in short: where, what, which row, which cells."""
    return [
        (
            *(each.kind, "/".join(map(str, each.key)), each.old_row, each.new_row),
            *(f"{cell.field}: {cell.old} → {cell.new}" for cell in each.cells),
        )
        for each in changes.rows
    ]


def between(old, new, name="people", fields="id n m"):
    return told(compare(SHAPES, {name: grid(fields, *old)}, {name: grid(fields, *new)}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["a|1|", "b|2|"], ["a|1|", "b|2|"], [], id="nothing"),
        pytest.param(["a|1|", "b|2|"], ["b|2|", "a|1|"], [], id="only the order"),
        pytest.param(["a|1|"], ["a|2|"], [("changed", "a", 2, 2, "n: 1 → 2")], id="a cell"),
        pytest.param(["a|1|"], ["a||"], [("changed", "a", 2, 2, "n: 1 → None")], id="a blank"),
        pytest.param(
            ["a|1|"],
            ["b||2", "a|1|"],
            [("added", "b", 0, 2, "id: None → b", "m: None → 2")],
            id="a row more",
        ),
        pytest.param(
            ["a|1|", "b|2|", "c|3|"],
            ["c|4|", "a|5|"],
            [
                ("changed", "c", 4, 2, "n: 3 → 4"),
                ("changed", "a", 2, 3, "n: 1 → 5"),
                ("removed", "b", 3, 0, "id: b → None", "n: 2 → None"),
            ],
            id="a row less stands behind the one before it",
        ),
        pytest.param(["a|1|x"], ["z|1|x"], [("renamed", "a", 2, 2, "id: a → z")], id="another key"),
        pytest.param(
            ["a|1|", "a|2|"],
            ["a|1|", "a|3|", "a|4|"],
            [
                ("changed", "a", 3, 3, "n: 2 → 3"),
                ("added", "a", 0, 4, "id: None → a", "n: None → 4"),
            ],
            id="a key that stands several times",
        ),
    ],
)
def test_rows_differ_by_their_key(old, new, expected):
    assert between(old, new) == expected


def test_rows_without_keys_differ_by_their_cells():
    assert between(["a|1", "b|2", "c|3"], ["c|3", "a|1", "b|4"], "notes", "n m") == [
        ("changed", "", 3, 4, "m: 2 → 4")
    ]
    assert between(["a|1", "b|2"], ["a|1", "c|3"], "notes", "n m") == [
        ("removed", "", 3, 0, "n: b → None", "m: 2 → None"),
        ("added", "", 0, 3, "n: None → c", "m: None → 3"),
    ]


def test_children_of_a_renamed_row_change_or_are_renamed():
    old = {
        "people": grid("id name", "a|Ann"),
        "parts": grid("person part", "a|1"),
        "pets": grid("pet owner", "rex|a"),
    }
    new = {
        "people": grid("id name", "z|Ann"),
        "parts": grid("person part", "z|1"),
        "pets": grid("pet owner", "rex|z"),
    }
    pets = Shape(key=("pet",), links=(Link(("owner",), "people", ("id",)),))
    assert told(compare(SHAPES | {"pets": pets}, old, new)) == [
        ("renamed", "a", 2, 2, "id: a → z"),
        ("renamed", "a/1", 2, 2, "person: a → z"),
        ("changed", "rex", 2, 2, "owner: a → z"),
    ]


def test_fields_of_one_side_only_are_told_apart_from_changes_of_rows():
    old, new = {"people": grid("id old n", "a|x|1")}, {"people": grid("n id new", "2|a|y")}
    changes = compare(SHAPES, old, new)
    assert changes.fields_added == {"people": ("new",)}
    assert changes.fields_removed == {"people": ("old",)}
    assert told(changes) == [("changed", "a", 2, 2, "n: 1 → 2")]


def test_resources_of_one_side_only_are_named_and_their_rows_listed():
    changes = compare(SHAPES, {"people": grid("id", "a")}, {"notes": grid("n", "x")})
    assert (changes.added, changes.removed) == (("notes",), ("people",))
    assert told(changes) == [
        ("added", "", 0, 2, "n: None → x"),
        ("removed", "a", 2, 0, "id: a → None"),
    ]
    assert not changes.fields_added and not changes.fields_removed


def test_sides_that_are_alike_differ_in_nothing():
    side = {"people": grid("id n", "a|1")}
    assert not compare(SHAPES, side, {"people": grid("id n", "a|1")})
