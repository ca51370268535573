from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.verify.runs import BREAK, repeats, runs, without, words

TEXT = [("p1", "One two three, four five."), ("p2", "Six seven eight")]
FORBIDDEN = runs(TEXT, 3)


def told(text, forbidden=FORBIDDEN, length=3):
    return [
        (text[each.start : each.end], each.words, each.place)
        for each in repeats(text, forbidden, length)
    ]


def test_capitals_punctuation_and_line_breaks_make_no_difference():
    assert words("Anna’s 2nd\n“DRAFT”") == ["anna", "s", "2nd", "draft"]
    assert told("zero ONE\ntwo — “three” nine") == [("ONE\ntwo — “three", 3, "p1")]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Один два три", "ОДИН, два, три"),
        ("eins zwei Straße", "eins zwei STRASSE"),
        ("un deux caf\u00e9", "un deux cafe\u0301"),
        ("un deux cafe\u0301", "un deux caf\u00e9"),
    ],
)
def test_words_of_any_script_are_compared(text, other):
    assert len(words(text)) == 3
    (found,) = repeats(other, runs([("p", text)], 3), 3)
    assert (found.words, found.place) == (3, "p")


def test_words_that_differ_in_other_letters_than_latin_ones_are_different():
    assert told("один два три", runs([("p", "пять два три")], 3)) == []


def test_an_underscore_parts_words():
    assert words("one_two") == ["one", "two"]


def test_fewer_words_in_a_row_are_free():
    assert told("one two nine three four nine") == []


def test_words_that_go_on_are_told_once():
    assert told("zero one two three four five six") == [("one two three four five", 5, "p1")]


def test_repetitions_apart_from_each_other_are_told_one_by_one():
    found = told("one two three, then a lot of others, six seven eight")
    assert found == [("one two three", 3, "p1"), ("six seven eight", 3, "p2")]


def test_a_run_does_not_go_on_into_the_next_paragraph():
    assert told("four five six") == []


def test_a_run_does_not_go_from_one_cell_into_the_next():
    assert told(f"one two{BREAK}three") == []


def test_what_is_part_of_an_exempt_text_is_free_and_no_more():
    allowed = without(FORBIDDEN, ["Two, three, four"], 3)
    assert told("two three four", allowed) == []
    assert told("one two three four", allowed) == [("one two three", 3, "p1")]


small = st.lists(st.sampled_from("abc"), max_size=12)


@given(small, small, st.integers(1, 4))
def test_exactly_the_windows_that_stand_in_the_text_are_told(text, other, length):
    forbidden = runs([("p", " ".join(text))], length)
    covered = set()
    for each in repeats(" ".join(other), forbidden, length):
        covered |= set(range(each.start // 2, (each.end + 1) // 2))
    windows = {tuple(text[at : at + length]) for at in range(len(text) - length + 1)}
    expected = set()
    for at in range(len(other) - length + 1):
        if tuple(other[at : at + length]) in windows:
            expected |= set(range(at, at + length))
    assert covered == expected
