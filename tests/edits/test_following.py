from __future__ import annotations

import pytest

from sheetpack.edits.model import Link, Shape
from tests.edits.followed import follow
from tests.edits.written import grid, rows_of

PEOPLE = Shape(key=("id",), shared_ids=True, links=(Link(("boss",), "people", ("id",)),))
PARTS = Shape(key=("person", "part"), links=(Link(("person",), "people", ("id",)),))
NOTES = Shape(any_id=("about",))
SHAPES = {"notes": NOTES, "parts": PARTS, "people": PEOPLE}


def test_all_that_refers_to_a_renamed_row_follows():
    side = {
        "people": grid("id name boss", "a|Ann|", "b|Bob|a"),
        "parts": grid("part person", "1|a", "1|b"),
        "notes": grid("about text", "a|a", "b|a"),
    }
    made = follow(SHAPES, side, {"people": {("a",): ("z",)}})
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
    assert rows_of(follow(SHAPES, side, {"people": made})["people"]) == expected


def test_an_id_that_two_resources_have_is_not_followed():
    shapes = SHAPES | {"places": Shape(key=("id",), shared_ids=True)}
    side = {
        "people": grid("id", "a"),
        "places": grid("id", "a"),
        "notes": grid("about", "a"),
    }
    made = follow(shapes, side, {"people": {("a",): ("z",)}})
    assert rows_of(made["notes"]) == ["a"]
    both = {"people": {("a",): ("z",)}, "places": {("a",): ("y",)}}
    assert rows_of(follow(shapes, side, both)["notes"]) == ["a"]


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
    assert rows_of(follow(shapes, side, {"codes": renamed})["coded"]) == [followed]


def test_a_part_of_a_key_is_not_followed_where_rows_with_it_stay():
    shapes = {
        "codes": Shape(key=("list", "code")),
        "coded": Shape(links=(Link(("kind",), "codes", ("code",)),)),
    }
    side = {"codes": grid("list code", "l|a", "m|a"), "coded": grid("kind", "a")}
    one = {"codes": {("l", "a"): ("l", "z")}}
    both = {"codes": {("l", "a"): ("l", "z"), ("m", "a"): ("m", "z")}}
    assert rows_of(follow(shapes, side, one)["coded"]) == ["a"]
    assert rows_of(follow(shapes, side, both)["coded"]) == ["z"]


def test_a_whole_key_of_several_parts_is_followed_in_any_order():
    shapes = {
        "codes": Shape(key=("list", "code")),
        "coded": Shape(links=(Link(("kind", "list"), "codes", ("code", "list")),)),
    }
    side = {"codes": grid("code list", "a|l"), "coded": grid("list kind", "l|a", "m|a")}
    made = follow(shapes, side, {"codes": {("l", "a"): ("l", "z")}})
    assert rows_of(made["coded"]) == ["l|z", "m|a"]


def test_of_two_references_in_one_cell_the_first_is_followed():
    links = Link(("kind", "list"), "codes", ("code", "list")), Link(("list",), "lists", ("id",))
    shapes = {
        "codes": Shape(key=("list", "code")),
        "lists": Shape(key=("id",)),
        "coded": Shape(links=links),
    }
    side = {"codes": grid("list code", "l|a"), "coded": grid("list kind", "l|a", "l|b")}
    made = {"codes": {("l", "a"): ("m", "a")}, "lists": {("l",): ("n",)}}
    assert rows_of(follow(shapes, side, made)["coded"]) == ["m|a", "n|b"]
