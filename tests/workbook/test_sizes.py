"""Columns, rows and notes that are large enough for what is in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheetpack.workbook.model import Column, Styled
from sheetpack.workbook.sizes import (
    HIGHEST,
    LINE,
    NARROWEST,
    WIDEST,
    column_width,
    note_size,
    row_height,
    text_width,
)


@given(st.text(), st.lists(st.text()))
def test_a_column_is_neither_too_narrow_nor_too_wide(header, texts):
    assert NARROWEST <= column_width(header, texts) <= WIDEST


def test_a_short_column_shows_its_longest_cell_whole():
    assert column_width("Id", ["x" * 20, "y"]) >= text_width("x" * 20)


def test_a_header_has_room_for_its_longest_word_and_the_filter_button():
    assert column_width("Internationalisation of it", ["x"]) > text_width("Internationalisation")


def test_a_header_takes_two_lines_at_most():
    for header in ("Which of several", "Must be filled", "A place in a series of them"):
        width = column_width(header, ["x"])
        assert row_height([Styled(header, "header")], [Column(header, width)]) <= 2 * LINE


def test_wide_letters_take_more_room_than_narrow_ones():
    assert text_width("mmm") > text_width("nnn") > text_width("iii")
    assert text_width("平壌") > text_width("ab")


def test_a_row_of_short_cells_has_the_usual_height():
    assert row_height(["short", None, 12], [Column("a", 20)] * 3) is None


def test_a_row_is_as_high_as_its_longest_cell():
    columns = [Column("a", 20), Column("b", 20)]
    assert row_height(["one\ntwo\nthree", "one\ntwo"], columns) == 3 * LINE


def test_a_long_text_is_wrapped_between_words():
    height = row_height(["word " * 20], [Column("a", 22)])
    assert 5 * LINE <= height <= 7 * LINE


def test_a_text_without_spaces_is_broken():
    assert row_height(["x" * 100], [Column("a", 20)]) >= 5 * LINE


def test_no_row_is_higher_than_allowed():
    assert row_height(["line\n" * 500], [Column("a", 20)]) == HIGHEST


def test_a_title_does_not_wrap():
    assert row_height([Styled("A very long title " * 9, "title")], [Column("a", 9)]) < 3 * LINE


def test_a_longer_note_is_larger():
    assert note_size("word " * 80)[1] > note_size("word")[1]
