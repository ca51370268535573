from __future__ import annotations

from sheetpack.edits.triples import Triple, triples


def test_a_row_stands_where_it_stands_in_the_data():
    assert triples([0, 1], [1, 0], {}) == [Triple(1, 1, 0), Triple(0, 0, 1)]


def test_rows_of_the_workbook_stand_behind_the_row_before_them():
    assert triples([0, None, None, 1], [0, None, 1], {}) == [
        Triple(0, 0, 0),
        Triple(None, 1, None),
        Triple(None, 2, None),
        Triple(None, None, 1),
        Triple(1, 3, 2),
    ]


def test_rows_of_a_workbook_sorted_anew_stand_at_the_end():
    assert triples([1, None, 0], [0, 1], {}) == [
        Triple(0, 2, 0),
        Triple(1, 0, 1),
        Triple(None, 1, None),
    ]


def test_a_row_that_both_sides_added_is_one():
    assert triples([0, None, None], [0, None], {2: 1}) == [
        Triple(0, 0, 0),
        Triple(None, 1, None),
        Triple(None, 2, 1),
    ]


def test_a_row_that_neither_side_has_is_none():
    assert triples([1], [1], {}) == [Triple(1, 0, 0)]


def test_rows_of_the_workbook_alone_are_all_there_is():
    assert triples([None, 0], [], {}) == [Triple(None, 0, None), Triple(0, 1, None)]
