from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.verify.quotations import quoted_spans

from .conftest import places

QUOTES = "data/quotes.csv"


def spans(paragraph: str, marks: str = "“”") -> list[str]:
    return [paragraph[slice(*span)] for span in quoted_spans(paragraph, marks)]


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("nothing", []),
        ("a “b” c “d e”", ["b", "d e"]),
        ("a ”b” c", ["b"]),
        ("a “b“ c", ["b"]),
        ("“b”", ["b"]),
        ("“b,” she said, “c.”", ["b,", "c."]),
        ("it goes on: “b c", ["b c"]),
        ("empty “” and “ ” stay out", []),
        ("spaces “ b ” too", ["b"]),
        ('other «marks» "stay" out', []),
    ],
)
def test_a_span_runs_from_one_mark_to_the_next(paragraph, found):
    assert spans(paragraph) == found


def test_any_characters_can_be_marks():
    assert spans('a «b» [c] "d"', '«»"[]') == ["b", "c", "d"]
    assert spans("a “b”", "") == []


@given(st.lists(st.tuples(st.text("ab c"), st.text("de f"))))
def test_spans_are_what_was_put_between_marks(pairs):
    paragraph = "".join(f"{outside}“{inside}”" for outside, inside in pairs)
    assert spans(paragraph) == [inside.strip() for _, inside in pairs if inside.strip()]


def test_a_changed_letter_is_told_with_what_the_text_says(island):
    island.replace(QUOTES, "burns for ships", "burns for shops")
    (issue,) = island.found()
    assert places([issue]) == [("quote-changed", "quotes", 4, "words")]
    assert "shops" in issue["message"]
    assert "ships" in issue["message"]
    assert "Lighthouse ¶4" in issue["message"]


def test_a_quote_that_stands_nowhere_is_told(island):
    island.replace(QUOTES, "a cost without a harbour", "an unheard-of thing")
    assert places(island.found()) == [
        ("quote-forgotten", "quotes", 0, ""),
        ("quote-absent", "quotes", 5, "words"),
    ]


def test_a_paragraph_number_that_moved_is_told_with_the_right_one(island):
    island.replace(
        QUOTES,
        "a cost without a harbour,island-lighthouse,5",
        "a cost without a harbour,island-lighthouse,4",
    )
    (issue,) = island.found()
    assert places([issue]) == [("quote-moved", "quotes", 5, "paragraph")]
    assert "Lighthouse ¶5" in issue["message"]


def test_a_paragraph_of_another_section_is_told(island):
    island.replace(
        QUOTES,
        "fair-weather,fair-weather,island-ferry,7",
        "fair-weather,fair-weather,island-lighthouse,7",
    )
    (issue,) = island.found()
    assert places([issue]) == [("paragraph-outside", "quotes", 6, "paragraph")]
    assert "“Lighthouse”, which has 3 to 5" in issue["message"]


def test_a_forgotten_span_is_told_with_its_paragraph(island):
    island.replace(QUOTES, "forty-minutes,in forty minutes or less,island-ferry,7\n", "")
    (issue,) = island.found()
    assert issue["code"] == "quote-forgotten"
    assert "in forty minutes or less" in issue["message"]
    assert "Ferry ¶7" in issue["message"]


def test_a_span_after_a_mark_printed_the_wrong_way_round_is_found(island):
    island.replace(QUOTES, "fair-weather,fair-weather,island-ferry,7\n", "")
    (issue,) = island.found()
    assert (issue["code"], "fair-weather" in issue["message"]) == ("quote-forgotten", True)


def test_two_equal_spans_are_two_quotes(island):
    island.replace(QUOTES, "patient-in-the-fog,patient,island-lighthouse,4\n", "")
    assert [issue["code"] for issue in island.found()] == ["quote-forgotten"]


def test_a_third_quote_where_the_text_has_two_is_told(island):
    island.replace(
        QUOTES, "burning-lamp,", "patient-again,patient,island-lighthouse,4\nburning-lamp,"
    )
    (issue,) = island.found()
    assert places([issue]) == [("quote-twice", "quotes", 4, "words")]
    assert "2 times" in issue["message"]


def test_a_quote_may_stand_outside_of_marks(island):
    island.replace(
        QUOTES, "burning-lamp,", "brass,the brass of the lamp,island-lighthouse,4\nburning-lamp,"
    )
    assert island.found() == []


def test_a_quote_inside_marks_is_preferred_to_the_same_words_before_them(island):
    island.rewrite("first.txt", "He calls", "The patient man calls")
    assert island.found() == []
    paragraph = island.texts.path("first.txt").read_text("utf-8").splitlines()[3]
    (row,) = [
        line.split(",")
        for line in island.path("validation/verified.csv").read_text("utf-8").splitlines()
        if line.startswith("patient-in-the-morning,")
    ]
    start, end = int(row[3]), int(row[4])
    assert paragraph[start - 1 : end + 1] == "“patient”"


def test_spans_of_paragraphs_that_are_not_coded_need_no_quote(island):
    island.rewrite("first.txt", "The ferry\n", "The “second” ferry\n")
    assert island.found() == []


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        (",,island-ferry,7", "words"),
        (",fair-weather,,7", "source_id"),
        (",fair-weather,island-ferry,", "paragraph"),
    ],
)
def test_a_quote_without_words_or_place_is_told(island, cell, field):
    island.replace(QUOTES, ",fair-weather,island-ferry,7", cell)
    assert ("quote-incomplete", "quotes", 6, field) in places(island.found())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_are_the_same_however_their_accents_are_stored(island, form):
    island.rewrite("second.txt", "a warm room", unicodedata.normalize(form, "a café"))
    other = unicodedata.normalize({"NFC": "NFD", "NFD": "NFC"}[form], "a café")
    island.replace(QUOTES, "a warm room", other)
    assert island.found() == []
    record = island.path("validation/verified.csv").read_text("utf-8")
    assert ",letter,3,34,57," in record  # counted in composed letters
