from __future__ import annotations

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import catalogue
from sheetpack.catalogue import LONGEST_SHOWN, did_you_mean, issue, messages, neighbours, shown

TYPES = [plugin.type for plugin in vars(frictionless.fields).values() if hasattr(plugin, "type")]


def test_every_entry_has_a_message_and_perhaps_a_hint():
    for code, entry in messages().items():
        assert entry["message"], code
        assert entry.keys() <= {"message", "hint"}, code


@pytest.mark.parametrize("type_", sorted(set(TYPES) - {"any"}))
def test_there_are_words_for_every_type_frictionless_knows(type_):
    assert f"type-{type_}" in messages()


def test_facts_and_places_are_filled_in():
    found = issue("type-integer", file="a.csv", row=2, column=1, cell="x", sample="")
    assert (found.file, found.row, found.cell) == ("a.csv", 2, "A2")
    assert "“x”" in found.message


def test_an_unknown_code_or_a_missing_fact_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        issue("no-such-code")
    with pytest.raises(KeyError):
        issue("enum")


@given(st.text())
def test_what_is_shown_is_one_line_that_moves_no_cursor(text):
    assert all(character.isprintable() for character in shown(text))


def test_a_long_text_is_cut_and_says_so():
    words = shown("x" * 1000)
    assert words.startswith("x" * LONGEST_SHOWN + "…")
    assert "1000" in words


def test_a_long_list_says_how_many_more_there_are():
    assert shown([str(number) for number in range(25)]).endswith("“19”, and 5 more")


@pytest.mark.parametrize(
    ("word", "possible", "guess"),
    [
        ("oill", ["oil", "ink"], "oil"),
        ("soil", ["ink"], None),
        ("12", ["13"], None),
        ("table-4999x", [f"table-{number}" for number in range(5000)], "table-4999"),
        (
            "table-4999x",
            [f"table-{number}" for number in range(1000)] + ["table-4999"],
            "table-4999",
        ),
    ],
)
def test_a_guess_is_made_where_something_is_close(word, possible, guess):
    assert did_you_mean(word, possible) == (f" Did you mean “{guess}”?" if guess else "")


WORDS = st.lists(st.text("abc", max_size=4), max_size=60)


@given(WORDS.filter(bool), WORDS)
def test_among_the_neighbours_is_every_word_that_would_be_guessed(words, possible):
    possible = sorted(set(possible))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "MOST_COMPARED", 4)
        among = neighbours(words, possible)
        assert set(among) <= set(possible)
        for word in words:
            assert did_you_mean(word, among) == did_you_mean(word, possible)


def test_of_very_many_words_few_are_kept(monkeypatch):
    monkeypatch.setattr(catalogue, "MOST_COMPARED", 4)
    assert len(neighbours(["m"], (f"{at:06}" for at in range(1_000)))) <= 4 * 4
