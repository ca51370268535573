from __future__ import annotations

import pytest

from sheetpack.edits import renames
from sheetpack.edits.model import Link, Shape
from tests.edits.written import grid

PEOPLE = Shape(key=("id",), shared_ids=True, links=(Link(("boss",), "people", ("id",)),))
PARTS = Shape(key=("person", "part"), links=(Link(("person",), "people", ("id",)),))
NOTES = Shape(any_id=("about",))
SHAPES = {"notes": NOTES, "parts": PARTS, "people": PEOPLE}
FIELDS = "id name town boss"


def found(old, new, shape=PEOPLE, fields=FIELDS):
    """What is renamed, of one resource by itself."""
    old, new = {"people": grid(fields, *old)}, {"people": grid(fields, *new)}
    made = renames.find({"people": shape}, old, new).get("people", {})
    return {" ".join(map(str, one)): " ".join(map(str, other)) for one, other in made.items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["a|Ann|Rome|"], ["z|Ann|Rome|"], {"a": "z"}, id="all else equal"),
        pytest.param(["a|Ann|Rome|q"], ["z|Ann|Rome|p"], {"a": "z"}, id="most cells equal"),
        pytest.param(["a|Ann|Rome|q"], ["z|Ann|Oslo|p"], {}, id="too few cells equal"),
        pytest.param(["a|||"], ["z|||"], {}, id="nothing to go by"),
        pytest.param(["a|Ann|Rome|"], ["a|Ann|Rome|", "z|Ann|Rome|"], {}, id="a copy is no rename"),
        pytest.param(
            ["a|Ann|Rome|"], ["y|Ann|Rome|", "z|Ann|Rome|"], {}, id="two that it could be"
        ),
        pytest.param(
            ["a|Ann|Rome|", "b|Ann|Rome|"], ["z|Ann|Rome|"], {}, id="two that it could have been"
        ),
        pytest.param(
            ["a|Ann|Rome|", "b|Bob|Oslo|"],
            ["y|Bob|Oslo|", "z|Ann|Rome|"],
            {"a": "z", "b": "y"},
            id="two at once",
        ),
        pytest.param(
            ["a|Ann|Rome|q", "c|Cy|Rome|q", "q|Q||"],
            ["b|Bob|Rome|q", "c|Cy|Rome|q", "q|Q||"],
            {},
            id="another row that has only common cells in common",
        ),
        pytest.param(
            ["a|Ann|Rome|", "b|Bob|Oslo|a"],
            ["z|Ann|Rome|", "b|Bob|Oslo|z"],
            {"a": "z"},
            id="its own children follow",
        ),
        pytest.param(
            ["a|Ann|Rome|", "b|Bob||a"],
            ["y|Bob||z", "z|Ann|Rome|"],
            {"a": "z", "b": "y"},
            id="a child that is renamed as well",
        ),
        pytest.param(
            ["a|Ann||", "b|Bob|Rome|a"],
            ["z|Ann||", "y|Bob|Oslo|z"],
            {"a": "z", "b": "y"},
            id="a child that is renamed and changed as well",
        ),
        pytest.param(
            ["a|Ann||", "b||Rome|a", "c||Rome|", "d|||a"],
            ["z|Ann||", "y||Rome|z", "c||Rome|", "d|||z"],
            {"a": "z", "b": "y"},
            id="a child that has only common cells, all of them equal",
        ),
        pytest.param(
            ["a|Ann|Rome|", "a|Ann|Rome|x"], ["z|Ann|Rome|"], {}, id="a key that stands twice"
        ),
        pytest.param(
            ["a|Ann|Rome|q", "b|Bob|Rome|q"],
            ["z|Zoe|Rome|q", "b|Bob||p"],
            {},
            id="a cell of its own now, but not before",
        ),
        pytest.param(
            ["a|Ann|Rome|q", "b|Bob||p"],
            ["z|Zoe|Rome|q", "b|Bob|Rome|q"],
            {},
            id="a cell of its own before, but not now",
        ),
        pytest.param(["|Ann|Rome|"], ["z|Ann|Rome|"], {}, id="a blank key is none"),
        pytest.param(["a|Ann|Rome|"], ["|Ann|Rome|"], {}, id="a key made blank is none"),
        pytest.param(
            ["a||Rome|", "b||Rome|", "c||Oslo|"],
            ["a||Rome|", "c||Oslo|", "z||Rome|"],
            {},
            id="one gone, another come elsewhere that has only common cells",
        ),
        pytest.param(
            ["a||Rome|", "b||Rome|", "c||Oslo|"],
            ["a||Rome|", "z||Rome|", "c||Oslo|", "d||Oslo|"],
            {"b": "z"},
            id="only common cells, in its old place",
        ),
        pytest.param(
            ["a|Ann|Rome|", "b|Bob|Oslo|"], ["b|Ann|Rome|", "a|Bob|Oslo|"], {}, id="keys swapped"
        ),
    ],
)
def test_a_key_is_renamed_where_it_is_certainly_the_same_row(old, new, expected):
    assert found(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["a|1"], ["a|2"], {"a 1": "a 2"}, id="one part changed"),
        pytest.param(["a|1"], ["b|2"], {}, id="both parts changed"),
        pytest.param(["a|1"], ["a|2", "a|3"], {}, id="two that it could be"),
        pytest.param(["a|1", "a|2"], ["a|3"], {}, id="two that it could have been"),
        pytest.param(["a|1"], ["a|2", "b|1"], {}, id="one by each part"),
        pytest.param(["a|1"], ["a|2", "a|3", "b|1"], {}, id="two by one part, one by the other"),
        pytest.param(
            ["a|1", "b|1"], ["a|2", "b|3"], {"a 1": "a 2", "b 1": "b 3"}, id="two at once"
        ),
    ],
)
def test_a_row_that_is_nothing_but_its_key_is_renamed_in_one_part(old, new, expected):
    shape = Shape(key=("one", "other"))
    assert found(old, new, shape, "one other") == expected


def test_equal_parts_of_the_key_decide_between_rows_that_are_equal_otherwise():
    shape = Shape(key=("one", "other"))
    old, new = ["a|1|yes", "b|1|yes"], ["b|2|yes", "a|3|yes"]
    assert found(old, new, shape, "one other n") == {"a 1": "a 3", "b 1": "b 2"}


def test_a_row_whose_key_holds_that_of_a_renamed_row_is_renamed_too():
    old = {
        "people": grid("id name town boss", "a|Ann|Rome|"),
        "parts": grid("person part", "a|1", "a|2"),
    }
    new = {
        "people": grid("id name town boss", "z|Ann|Rome|"),
        "parts": grid("person part", "z|1", "z|2"),
    }
    assert renames.find(SHAPES, old, new)["parts"] == {
        ("a", "1"): ("z", "1"),
        ("a", "2"): ("z", "2"),
    }


def test_a_child_that_still_has_the_old_key_is_the_same_row():
    old = {"people": grid("id name", "a|Ann"), "parts": grid("person part", "a|1")}
    new = {"people": grid("id name", "z|Ann"), "parts": grid("person part", "a|1")}
    assert renames.find(SHAPES, old, new) == {"people": {("a",): ("z",)}}


def test_equal_parts_of_the_key_decide_between_rows_found_by_their_own_cells():
    shape = Shape(key=("one", "other"))
    old, new = ["a|1|x|y"], ["a|2|x|q", "b|3|p|y"]
    assert found(old, new, shape, "one other n m") == {}
    assert found(["a|1|x|y|r"], ["a|2|x|q|r", "b|3|p|y|r"], shape, "one other n m o") == {
        "a 1": "a 2"
    }


def test_a_reference_that_stayed_behind_is_as_good_as_one_that_followed():
    old = {"people": grid("id name town boss", "a|Ann|Rome|", "b|Bob||a")}
    new = {"people": grid("id name town boss", "z|Ann|Rome|", "y|Bob||a")}
    assert renames.find(SHAPES, old, new) == {"people": {("a",): ("z",), ("b",): ("y",)}}


def test_two_rows_that_would_get_one_key_are_not_renamed():
    ids = Shape(key=("id",), shared_ids=True)
    shapes = {"people": ids, "places": ids, "cited": Shape(key=("id",), any_id=("id",))}
    old = {"people": grid("id n", "a|Ann"), "places": grid("id n", "b|Rome")}
    new = {"people": grid("id n", "n|Ann"), "places": grid("id n", "n|Rome")}
    cited = {"cited": grid("id", "a", "b")}, {"cited": grid("id", "n")}
    assert "cited" not in renames.find(shapes, old | cited[0], new | cited[1])
