from __future__ import annotations

import pytest

from sheetpack.edits import renames
from sheetpack.edits.model import Link, Shape
from tests.edits.written import grid, rows_of

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
            ["a|Ann|Rome|", "a|Ann|Rome|x"], ["z|Ann|Rome|"], {}, id="a key that stands twice"
        ),
        pytest.param(["|Ann|Rome|"], ["z|Ann|Rome|"], {}, id="a blank key is none"),
        pytest.param(["a|Ann|Rome|"], ["|Ann|Rome|"], {}, id="a key made blank is none"),
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


def test_all_that_refers_to_a_renamed_row_follows():
    side = {
        "people": grid("id name boss", "a|Ann|", "b|Bob|a"),
        "parts": grid("part person", "1|a", "1|b"),
        "notes": grid("about text", "a|a", "b|a"),
    }
    made = renames.follow(SHAPES, side, {"people": {("a",): ("z",)}})
    assert rows_of(made["people"]) == ["z|Ann|", "b|Bob|z"]
    assert rows_of(made["parts"]) == ["1|z", "1|b"]
    assert rows_of(made["notes"]) == ["z|a", "b|a"]
    assert [line.row for line in made["people"].lines] == [2, 3]


@pytest.mark.parametrize(
    ("renamed", "expected"),
    [
        ({"a": "b", "b": "a"}, ["b|a", "a|b", "c|b"]),
        ({"a": "b", "b": "c", "c": "d"}, ["b|c", "c|b", "d|b"]),
    ],
)
def test_keys_that_change_places_or_follow_each_other_change_once(renamed, expected):
    side = {"people": grid("id boss", "a|b", "b|a", "c|a")}
    made = {(one,): (other,) for one, other in renamed.items()}
    assert rows_of(renames.follow(SHAPES, side, {"people": made})["people"]) == expected


def test_an_id_that_two_resources_have_is_not_followed():
    shapes = SHAPES | {"places": Shape(key=("id",), shared_ids=True)}
    side = {
        "people": grid("id", "a"),
        "places": grid("id", "a"),
        "notes": grid("about", "a"),
    }
    made = renames.follow(shapes, side, {"people": {("a",): ("z",)}})
    assert rows_of(made["notes"]) == ["a"]
    both = {"people": {("a",): ("z",)}, "places": {("a",): ("y",)}}
    assert rows_of(renames.follow(shapes, side, both)["notes"]) == ["a"]


@pytest.mark.parametrize(
    ("renamed", "followed"),
    [
        pytest.param({("l", "a"): ("l", "z")}, "z", id="one row with it"),
        pytest.param({("l", "b"): ("l", "y")}, "a", id="another row"),
        pytest.param({("l", "a"): ("m", "a")}, "a", id="another part"),
    ],
)
def test_a_part_of_a_key_is_followed(renamed, followed):
    shapes = {
        "codes": Shape(key=("list", "code")),
        "coded": Shape(links=(Link(("kind",), "codes", ("code",)),)),
    }
    side = {"codes": grid("list code", "l|a", "l|b"), "coded": grid("kind", "a")}
    assert rows_of(renames.follow(shapes, side, {"codes": renamed})["coded"]) == [followed]


def test_a_part_of_a_key_is_not_followed_where_rows_with_it_stay():
    shapes = {
        "codes": Shape(key=("list", "code")),
        "coded": Shape(links=(Link(("kind",), "codes", ("code",)),)),
    }
    side = {"codes": grid("list code", "l|a", "m|a"), "coded": grid("kind", "a")}
    one = {"codes": {("l", "a"): ("l", "z")}}
    both = {"codes": {("l", "a"): ("l", "z"), ("m", "a"): ("m", "z")}}
    assert rows_of(renames.follow(shapes, side, one)["coded"]) == ["a"]
    assert rows_of(renames.follow(shapes, side, both)["coded"]) == ["z"]


def test_a_whole_key_of_several_parts_is_followed_in_any_order():
    shapes = {
        "codes": Shape(key=("list", "code")),
        "coded": Shape(links=(Link(("kind", "list"), "codes", ("code", "list")),)),
    }
    side = {"codes": grid("code list", "a|l"), "coded": grid("list kind", "l|a", "m|a")}
    made = renames.follow(shapes, side, {"codes": {("l", "a"): ("l", "z")}})
    assert rows_of(made["coded"]) == ["l|z", "m|a"]
