"""Keys renamed on one side or both, and what refers to them on all three."""

from __future__ import annotations

import pytest

from sheetpack.edits.merge import merge
from tests.edits.written import SHAPES, grid, rows_of, told


def family(people, parts=(), pets=(), notes=()):
    return {
        "people": grid("id name boss", *people),
        "parts": grid("person part n", *parts),
        "pets": grid("pet owner n", *pets),
        "notes": grid("about text", *notes),
    }


BASE = family(["a|Ann|", "b|Bob|a"], ["a|1|x"], ["rex|a|1"], ["a|old"])


def texts(made):
    return {name: rows_of(rows) for name, rows in made.rows.items()}


def test_all_that_refers_to_a_renamed_row_follows_though_nobody_touched_it():
    edited = BASE | {"people": grid("id name boss", "z|Ann|", "b|Bob|a")}
    made = merge(SHAPES, BASE, edited, BASE)
    assert texts(made) == {
        "people": ["z|Ann|", "b|Bob|z"],
        "parts": ["z|1|x"],
        "pets": ["rex|z|1"],
        "notes": ["z|old"],
    }
    assert not made.conflicts


def test_what_was_followed_by_hand_already_is_not_followed_twice():
    edited = family(["z|Ann|", "b|Bob|z"], ["z|1|x"], ["rex|z|1"], ["z|old"])
    made = merge(SHAPES, BASE, edited, BASE)
    assert texts(made) == {name: rows_of(side) for name, side in edited.items()}
    assert not made.conflicts


def test_rows_that_the_data_got_since_follow_a_key_renamed_in_the_workbook():
    edited = BASE | {"people": grid("id name boss", "z|Ann|", "b|Bob|a")}
    current = family(
        ["a|Ann|", "b|Bob|a", "c|Cy|a"],
        ["a|1|y", "a|2|x"],
        ["rex|b|1", "tom|a|2"],
        ["a|old", "a|new"],
    )
    made = merge(SHAPES, BASE, edited, current)
    assert texts(made) == {
        "people": ["z|Ann|", "b|Bob|z", "c|Cy|z"],
        "parts": ["z|1|y", "z|2|x"],
        "pets": ["rex|b|1", "tom|z|2"],
        "notes": ["z|old", "z|new"],
    }
    assert not made.conflicts


def test_rows_of_the_workbook_follow_a_key_renamed_in_the_data():
    current = family(["z|Ann|", "b|Bob|z"], ["z|1|x"], ["rex|z|1"], ["z|old"])
    edited = family(
        ["a|Ann|", "b|Bob|a", "c|Cy|a"],
        ["a|1|y", "a|2|x"],
        ["rex|b|1", "tom|a|2"],
        ["a|old", "a|new"],
    )
    made = merge(SHAPES, BASE, edited, current)
    assert texts(made) == {
        "people": ["z|Ann|", "b|Bob|z", "c|Cy|z"],
        "parts": ["z|1|y", "z|2|x"],
        "pets": ["rex|b|1", "tom|z|2"],
        "notes": ["z|old", "z|new"],
    }
    assert not made.conflicts


def test_a_child_added_on_both_sides_is_one_row_though_its_parent_was_renamed_on_one():
    current = family(["z|Ann|", "b|Bob|z"], ["z|1|x", "z|2|q"], ["rex|z|1"], ["z|old"])
    edited = family(["a|Ann|", "b|Bob|a"], ["a|1|x", "a|2|q"], ["rex|a|1"], ["a|old"])
    made = merge(SHAPES, BASE, edited, current)
    assert texts(made) == {name: rows_of(side) for name, side in current.items()}


@pytest.mark.parametrize(("choice", "key"), [(None, "y"), ("ours", "y"), ("theirs", "z")])
def test_references_to_a_row_renamed_differently_get_the_key_that_is_decided(choice, key):
    edited = family(["z|Ann|", "b|Bob|z"], ["z|1|x"], ["rex|z|1"], ["a|old", "z|new"])
    current = family(["y|Ann|", "b|Bob|y"], ["y|1|x", "y|2|x"], ["rex|y|1"], ["y|old"])
    made = merge(SHAPES, BASE, edited, current, lambda conflict: choice)
    assert texts(made) == {
        "people": [f"{key}|Ann|", f"b|Bob|{key}"],
        "parts": [f"{key}|1|x", f"{key}|2|x"],
        "pets": [f"rex|{key}|1"],
        "notes": [f"{key}|old", f"{key}|new"],
    }
    expected = [] if choice else [("y", "", "a", "y", "z")]
    assert told(made.conflicts) == expected


def test_a_row_and_its_parent_can_be_renamed_on_different_sides():
    edited = BASE | {"parts": grid("person part n", "a|7|x")}
    current = family(["z|Ann|", "b|Bob|z"], ["z|1|x"], ["rex|z|1"], ["z|old"])
    made = merge(SHAPES, BASE, edited, current)
    assert texts(made)["parts"] == ["z|7|x"]
    assert not made.conflicts


def test_a_deleted_row_is_unchanged_where_only_its_parent_was_renamed():
    edited = BASE | {
        "people": grid("id name boss", "z|Ann|", "b|Bob|a"),
        "parts": grid("person part n"),
    }
    made = merge(SHAPES, BASE, edited, BASE)
    assert texts(made)["parts"] == []
    assert not made.conflicts


def test_a_resource_that_the_workbook_lacks_is_not_edited_but_follows_renamed_keys():
    edited = {"people": grid("id name boss", "z|Ann|", "b|Bob|a")}
    made = merge(SHAPES, BASE, edited, BASE)
    assert texts(made)["pets"] == ["rex|z|1"]
    assert [(row.current_row, row.edited_row) for row in made.rows["pets"]] == [(2, 0)]


def test_where_nothing_was_edited_the_data_stays_even_where_it_is_wrong():
    current = BASE | {"people": grid("id name boss", "z|Ann|", "b|Bob|a")}
    made = merge(SHAPES, BASE, BASE, current)
    assert texts(made) == {name: rows_of(side) for name, side in current.items()}
    made = merge(SHAPES, BASE, current, current)
    assert texts(made) == {name: rows_of(side) for name, side in current.items()}


def test_what_the_workbook_lacks_is_never_in_conflict_even_where_keys_stand_twice_in_it():
    base = family(["a|Ann|", "b|Bob|"], pets=["rex|b|1"], parts=["b|1|x"])
    edited = {"people": grid("id name boss", "a|Ann|", "b|Eve|", "b|Bob|")}
    current = family(["a|Ann|", "z|Bob|"], pets=["rex|a|1"], parts=["a|1|x"])
    made = merge(SHAPES, base, edited, current)
    assert texts(made)["pets"] == ["rex|a|1"]
    assert texts(made)["parts"] == ["a|1|x"]
    assert {each.resource for each in made.conflicts} <= {"people"}
