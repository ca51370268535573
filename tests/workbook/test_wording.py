"""What may stand in a column, in plain words."""

from __future__ import annotations

import pytest

from sheetpack.workbook.wording import advice, kind, marking, note, rules
from tests.samples import PACKAGES, opened, resource, write_package


@pytest.fixture(scope="module")
def library():
    return opened(PACKAGES / "workbook-library")[0]


def words(package, name, field):
    one = package.resource(name)
    return " ".join(rules(one.field(field), one, package))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("people", "person_id"), ["Different in every row", "[a-z-]+"]),
        (("people", "guarantor_id"), ["“Person”", "“People”"]),
        (("books", "genre"), ["novel, poetry, other"]),
        (("books", "title"), ["At most 500"]),
        (("books", "shelf"), ["1, 2, 3", "Not below 1"]),
        (("books", "published"), ["2024-06"]),
        (("loans", "day"), ["A day"]),
        (("codes", "code"), ["List + Code"]),
    ],
)
def test_a_rule_names_what_it_asks_for(library, place, expected):
    sentence = words(library, *place)
    assert all(part in sentence for part in expected)


def test_a_column_without_rules_has_none(library):
    assert words(library, "loans", "note") == ""


def test_a_long_list_says_how_many_more_there_are(tmp_path):
    field = {"name": "a", "type": "string", "constraints": {"enum": [f"c{n}" for n in range(40)]}}
    path = write_package(tmp_path, [resource("t", [field])], {"t.csv": "a\n"})
    assert "28 more" in words(opened(path)[0], "t", "a")


def test_a_note_says_what_may_be_written_and_gives_an_example(library):
    people = library.resource("people")
    text = note(people.field("person_id"), people, library)
    for part in ("What the other sheets call", "Must be filled", "Example: ada", "person_id"):
        assert part in text


def test_a_note_says_that_a_cell_may_stay_empty(library):
    loans = library.resource("loans")
    assert "May stay empty" in note(loans.field("note"), loans, library)


def test_the_kind_is_told_without_a_programmers_word(library):
    books = library.resource("books")
    kinds = [kind(field) for field in books.fields]
    assert kinds == [
        "Text",
        "Text",
        "Choice from a list",
        "Choice from a list",
        "Date, as exactly as known",
        "Number",
    ]


def test_before_a_cell_is_filled_only_the_form_of_its_value_is_told(library):
    people, books = library.resource("people"), library.resource("books")
    assert advice(people.field("person_id"), people) == "Written like ada. Different in every row."
    assert "2024-06" in advice(books.field("published"), books)
    assert advice(people.field("name"), people) == ""


@pytest.mark.parametrize(
    ("marked", "unmarked", "said", "not_said"),
    [
        (True, (), "red", "later"),
        (True, ("the pattern",), "later: the pattern", "without"),
        (False, ("the pattern", "what is no date"), "the pattern or what is no date", "red"),
    ],
)
def test_a_note_says_what_red_means_and_what_is_not_marked(marked, unmarked, said, not_said):
    sentence = marking(marked, unmarked)
    assert said in sentence and not_said not in sentence


def test_a_column_of_which_nothing_is_marked_says_nothing():
    assert marking(False, ()) == ""
