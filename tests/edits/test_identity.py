from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.edits import identity
from tests.edits.written import cells, grid

ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", None])), max_size=9)


def pair(key, old, new, **renamed):
    renamed = {(one,): (other,) for one, other in renamed.items()}
    return identity.pair(tuple(key.split()), old, new, renamed)


def test_rows_are_found_by_their_key_in_any_order():
    old, new = grid("id n", "a|1", "b|2", "c|3"), grid("id n", "c|9", "d|4", "a|1")
    assert pair("id", old, new) == [2, None, 0]


def test_renamed_rows_are_found_by_what_their_key_became():
    assert pair("id", grid("id n", "a|1", "b|2"), grid("id n", "b|2", "z|1"), a="z") == [1, 0]


def test_keys_that_change_places_are_not_changed_twice():
    old, new = grid("id n", "a|1", "b|2"), grid("id n", "b|1", "a|2")
    assert pair("id", old, new, a="b", b="a") == [0, 1]


def test_of_a_repeated_key_the_nth_is_the_nth():
    old, new = grid("id n", "a|1", "a|2", "a|3"), grid("id n", "a|2", "a|3")
    assert pair("id", old, new) == [0, 1]


def test_rows_without_a_key_are_found_by_their_cells():
    old, new = grid("n m", "1|x", "2|x", "3|x"), grid("n m", "3|x", "1|x")
    assert pair("", old, new) == [2, 0]


def test_rows_with_a_blank_key_are_found_by_their_cells():
    old, new = grid("id n", "a|1", "|2", "|3"), grid("id n", "|3", "a|9", "|2")
    assert pair("id", old, new) == [2, 0, 1]


def test_a_key_that_one_side_lacks_counts_for_nothing():
    old, new = grid("id n", "a|1", "b|2"), grid("n", "2", "1")
    assert pair("id", old, new) == [1, 0]


def test_a_key_of_several_parts_counts_as_a_whole():
    old, new = grid("a b n", "1|2|x", "1|3|y"), grid("b a n", "3|1|y", "2|2|x")
    assert pair("a b", old, new) == [1, None]


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        (["a|1", "b|2", "c|3"], ["a|1", "b|9", "c|3"], [0, 1, 2]),
        (["a|1", "b|2", "c|3"], ["a|1", "x|9", "c|3"], [0, None, 2]),
        (["a|1", "b|2"], ["a|1", "b|2", "b|9"], [0, 1, None]),
        (["a|1", "a|1", "b|2"], ["a|9", "a|1", "b|2"], [0, 1, 2]),
        (["a|1", "b|2", "c|3", "d|4"], ["c|3", "d|4", "a|9", "b|2"], [2, 3, None, 1]),
        ([], ["a|1"], [None]),
        (["a|1"], [], []),
    ],
)
def test_rows_that_changed_are_found_between_their_neighbours(old, new, places):
    assert identity.align([cells(row) for row in old], [cells(row) for row in new]) == places


def test_many_rows_that_are_all_alike_are_no_trouble():
    rows = [("x", "y")] * 100_000
    places = identity.align(rows, [*rows[:-1], ("z", "y"), ("x", "y")])
    assert places == [*range(99_999), None, 99_999]


@given(ROWS, ROWS)
def test_no_row_is_found_twice_and_equal_rows_are_found_wherever_they_stand(old, new):
    places = identity.align(old, new)
    known = [place for place in places if place is not None]
    assert len(set(known)) == len(known)
    left = [row for at, row in enumerate(old) if at not in known]
    for row, place in zip(new, places, strict=True):
        assert place is not None or row not in left
